//! The inputs that fuzzing has found worth keeping, through the functions that are fuzzed.

use std::path::Path;

#[allow(unreachable_pub)] // public for the programs that fuzz
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

#[test]
fn answers_read_and_write_as_the_same() {
    replay("decode", fuzz::decode);
}

#[test]
fn every_error_answer_says_what_it_is() {
    replay("error", fuzz::error);
}

#[test]
fn no_model_stops_the_generator_without_a_reason() {
    replay("model", fuzz::model);
}

#[test]
fn every_profile_file_is_read_or_refused_in_one_line() {
    replay("profile", fuzz::profile);
}

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut count = 0;
    for entry in entries {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("an input");
        println!("{}", path.display());
        run(&bytes);
        count += 1;
    }
    assert!(count > 0, "no corpus in {}", folder.display());
}
