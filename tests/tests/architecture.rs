//! The invariants of ARCHITECTURE.md that a test can hold.

use std::path::{Path, PathBuf};
use tests::model::root;

/// Rust files below a folder of the repository, with their text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.ends_with("generated") && !path.ends_with("fixtures") && !path.ends_with("target")
            {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                found.push((path.strip_prefix(root()).expect("below the root").to_owned(), text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder}");
    found
}

fn all() -> Vec<(PathBuf, String)> {
    ["codegen", "proton-local", "proton-sdk", "runtime", "tests", "xtask"].into_iter().flat_map(sources).collect()
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    for (path, text) in all() {
        assert!(text.starts_with("//!"), "{} does not open with //!", path.display());
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
    }
}

#[test]
fn generator_and_runtime_know_no_service() {
    for (path, text) in sources("codegen/src").into_iter().chain(sources("runtime/src")) {
        let end = text.find("#[cfg(test)]").unwrap_or(text.len());
        let line = text[..end].lines().position(|line| {
            // Examples in documentation and tests may show what a real model has.
            let code = line.trim_start();
            !code.starts_with("//") && code.to_lowercase().contains("proton")
        });
        assert_eq!(line, None, "{} names Proton", path.display());
    }
}

#[test]
fn the_generator_does_no_io() {
    for (path, text) in sources("codegen/src") {
        for word in ["std::fs", "std::net", "std::env::var", "std::process", "println!"] {
            assert!(!text.contains(word), "{} uses {word}", path.display());
        }
    }
}

/// The files of the runtime whose code (tests and comments aside) has one of the words.
fn users(words: &[&str]) -> Vec<String> {
    let code = |text: &str| {
        let end = text.find("#[cfg(test)]").unwrap_or(text.len());
        let lines = text[..end].lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let mut found: Vec<_> = sources("runtime/src")
        .into_iter()
        .filter(|(_, text)| words.iter().any(|word| code(text).contains(word)))
        .map(|(path, _)| path.to_string_lossy().into_owned())
        .collect();
    found.sort();
    found
}

#[test]
fn one_file_reads_the_clock_one_sleeps_one_draws_random_numbers_one_reads_the_environment() {
    assert_eq!(users(&["Instant::now()", "SystemTime::now()", "SystemTimeSource"]), ["runtime/src/clock.rs"]);
    assert_eq!(users(&["tokio::time::sleep", "TokioSleep", "thread::sleep"]), ["runtime/src/sleep.rs"]);
    assert_eq!(users(&["fastrand", "getrandom", "RandomState", "rand::"]), ["runtime/src/random.rs"]);
    assert_eq!(users(&["std::env::var"]), ["runtime/src/environment.rs"]);
}

/// The packages that a program with the SDK builds, with these features besides the default ones.
fn packages(features: &str) -> Vec<String> {
    let tree =
        ["tree", "--package", "proton-sdk", "--edges", "normal,build", "--prefix", "none", "--features", features];
    let output = std::process::Command::new(env!("CARGO")).args(tree).current_dir(root()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let name = |line: &str| {
        line.split_once(" v").map(|(name, rest)| format!("{name} {}", rest.split(' ').next().unwrap_or(rest)))
    };
    let mut packages: Vec<_> = text.lines().filter_map(name).collect();
    packages.sort();
    packages.dedup();
    packages
}

#[test]
fn peers_stay_out_of_the_lock_file_and_services_out_of_the_default_tree() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("a lock file");
    assert!(!lock.contains("name = \"aws-sdk-proton\""), "the peer is in Cargo.lock");
    let default = packages("");
    for unwanted in ["aws-sdk-", "aws-config ", "aws-smithy-runtime ", "aws-lc-", "openssl-sys "] {
        assert!(!default.iter().any(|package| package.starts_with(unwanted)), "{unwanted} is built by default");
    }
}

#[test]
fn the_official_chain_brings_no_second_http_or_tls_stack() {
    let chain = packages("aws-config");
    let of = |name: &str| chain.iter().filter(|package| package.starts_with(name)).count();
    assert_eq!((of("aws-sdk-sts "), of("aws-sdk-sso "), of("aws-config ")), (1, 1, 1));
    assert_eq!(
        (of("hyper "), of("rustls "), of("hyper-rustls "), of("tokio-rustls "), of("http "), of("ring ")),
        (1, 1, 1, 1, 1, 1)
    );
    assert_eq!((of("aws-smithy-http-client "), of("aws-lc-"), of("openssl-sys "), of("native-tls ")), (0, 0, 0, 0));
}

#[test]
fn other_tls_libraries_come_only_when_asked_for() {
    let tree = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "proton-sdk", "--edges", "normal,build", "--prefix", "none"])
        .current_dir(root())
        .output()
        .expect("cargo");
    let tree = String::from_utf8_lossy(&tree.stdout);
    assert!(tree.contains("\nring v"), "{tree}");
    for library in ["aws-lc-", "openssl-sys", "native-tls", "h2 v"] {
        assert!(!tree.contains(&format!("\n{library}")), "{library} is in the default build");
    }
}
