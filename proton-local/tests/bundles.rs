//! Bundles on disk, through the command: good ones render as recorded, each bad one has exactly the faults in its
//! `expected.txt`. `UPDATE=1` writes what is found, for a reader to judge.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it should be

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// A bad bundle is the good one that its name begins with, changed: its own files instead, those in `remove.txt` not.
#[test]
fn each_bad_bundle_has_its_faults() {
    let bad = folder("bad");
    let mut names: Vec<_> = fs::read_dir(&bad).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 25);
    for case in names {
        let name = case.file_name().unwrap().to_str().unwrap();
        let place = tempfile::tempdir().unwrap();
        copy(&folder("good").join(name.split('-').next().unwrap()), place.path());
        copy(&case, place.path());
        for removed in fs::read_to_string(case.join("remove.txt")).unwrap_or_default().lines() {
            fs::remove_file(place.path().join(removed)).unwrap();
        }
        let output = run(&["check", place.path().to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{name}: {output:?}");
        let faults = String::from_utf8(output.stderr).unwrap();
        expect(&case.join("expected.txt"), &faults.replace(&format!("{}/", place.path().display()), ""), name);
    }
}

#[test]
fn good_bundles_have_no_faults() {
    for entry in fs::read_dir(folder("good")).unwrap() {
        let output = run(&["check", entry.unwrap().path().to_str().unwrap()]);
        assert!(output.status.success(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("no faults"), "{output:?}");
    }
}

#[test]
fn good_bundles_render_as_recorded() {
    for entry in fs::read_dir(folder("rendered")).unwrap() {
        let case = entry.unwrap().path();
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let (bundle, spec, values) = (folder("good").join(&name), case.join("spec.yaml"), case.join("values.yaml"));
        let mut arguments = vec!["render", bundle.to_str().unwrap(), "--spec", spec.to_str().unwrap()];
        if values.exists() {
            arguments.extend(["--values", values.to_str().unwrap()]);
        }
        let output = run(&arguments);
        assert!(output.status.success(), "{output:?}");
        expect(&case.join("expected.txt"), &String::from_utf8(output.stdout).unwrap(), &name);
    }
}

#[test]
fn outputs_that_nobody_gives_are_made_up_and_told() {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/service");
    let place = tempfile::tempdir().unwrap();
    let (spec, values) = (place.path().join("spec.yaml"), place.path().join("values.yaml"));
    fs::write(&spec, "proton: ServiceSpec\ninstances: [{name: dev, environment: beta, spec: {copies: 1}}]\n").unwrap();
    let arguments = ["render", bundle.to_str().unwrap(), "--spec", spec.to_str().unwrap()];

    let made_up = run(&arguments);
    assert!(made_up.status.success(), "{made_up:?}");
    let (text, note) = (String::from_utf8(made_up.stdout).unwrap(), String::from_utf8(made_up.stderr).unwrap());
    assert!(text.contains("Subnets: [\"<environment.outputs.NetworkId>\"]"), "{text}");
    assert!(text.contains("Version: \"<service_instances.dev.outputs.Endpoint>\""), "{text}");
    let names = "<environment.outputs.NetworkId> <service_instances.dev.outputs.Endpoint>";
    assert_eq!(note, format!("note: these outputs are made up; --values gives others: {names}\n"));

    fs::write(&values, "environment_outputs: {beta: {NetworkId: vpc-1}}\n").unwrap();
    let arguments = [&arguments[..], &["--values", values.to_str().unwrap()]].concat();
    let (said, note) = (run(&arguments), "note: these outputs are made up; --values gives others: ");
    assert!(String::from_utf8_lossy(&said.stdout).contains("Subnets: [\"vpc-1\"]"), "{said:?}");
    assert_eq!(
        String::from_utf8_lossy(&said.stderr),
        format!("{note}<service_instances.dev.outputs.Endpoint>\n"),
        "what is said is not made up"
    );

    fs::write(&values, "environment_outputs: {beta: {}}\n").unwrap();
    let lacking = run(&arguments);
    assert_eq!(lacking.status.code(), Some(1), "an environment that is named gives what is said, and no more");
    assert!(String::from_utf8_lossy(&lacking.stderr).contains("environment.outputs.NetworkId, which is not there"));
}

#[test]
fn rendered_files_are_written_below_the_output_folder() {
    let out = tempfile::tempdir().unwrap();
    let (bundle, spec) = (folder("good/terraform"), folder("rendered/terraform/spec.yaml"));
    let (bundle, spec) = (bundle.to_str().unwrap(), spec.to_str().unwrap());
    let output = run(&["render", bundle, "--spec", spec, "--output", out.path().to_str().unwrap()]);
    assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
    let files = files(out.path());
    let names: Vec<_> = files.keys().map(|path| path.to_str().unwrap()).collect();
    let folder = "environment/my-environment";
    let expected = [
        ".proton/deployment-metadata.json",
        "main.tf",
        "outputs.tf",
        "proton.auto.tfvars.json",
        "proton.environment.variables.tf",
    ];
    assert_eq!(names, expected.map(|name| format!("{folder}/{name}")));
}

#[test]
fn a_fault_names_file_line_and_reason() {
    let spec = |text: &str| {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("spec.yaml");
        fs::write(&path, text).unwrap();
        let output = run(&["render", folder("good/environment").to_str().unwrap(), "--spec", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap().replace(&format!("{}/", place.path().display()), "")
    };
    assert_eq!(
        spec("proton: EnvironmentSpec\nspec:\n  zones: many\n  name: x\n"),
        "spec.yaml:3:10: spec.zones: it must be an integer, not a string; write it without quotes\n\
         spec.yaml:4:3: spec.name: the schema has no such input; it has vpc_cidr, zones\n"
    );
    assert_eq!(spec("proton: ServiceSpec\n"), "spec.yaml:1:9: proton: it must be EnvironmentSpec\n");
}

#[test]
fn a_wrong_call_ends_with_2() {
    assert_eq!(run(&["render", "."]).status.code(), Some(2));
}

fn expect(path: &Path, found: &str, name: &str) {
    if env::var_os("UPDATE").is_some() {
        fs::write(path, found).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(found, expected, "{name}; UPDATE=1 writes what is found");
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_proton-local")).arg("bundle").args(arguments).output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bundles").join(name)
}

fn copy(from: &Path, to: &Path) {
    for (path, content) in files(from) {
        if matches!(path.to_str(), Some("expected.txt" | "remove.txt")) {
            continue;
        }
        fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        fs::write(to.join(path), content).unwrap();
    }
}

/// Contents by the path below a folder.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}
