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
fn one_file_reads_the_clock_one_sleeps_one_draws_random_numbers() {
    assert_eq!(users(&["Instant::now()", "SystemTime::now()", "SystemTimeSource"]), ["runtime/src/clock.rs"]);
    assert_eq!(users(&["tokio::time::sleep", "TokioSleep", "thread::sleep"]), ["runtime/src/sleep.rs"]);
    assert_eq!(users(&["fastrand", "getrandom", "RandomState", "rand::"]), ["runtime/src/random.rs"]);
}

#[test]
fn peers_stay_out_of_the_lock_file() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("a lock file");
    for peer in ["aws-sdk-", "aws-config\"", "aws-lc-", "openssl-sys"] {
        assert!(!lock.contains(&format!("name = \"{peer}")), "{peer} is in Cargo.lock");
    }
}
