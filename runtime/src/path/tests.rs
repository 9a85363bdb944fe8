//! Paths over a job, plain ones and expressions.

use super::fixture::{OUTPUT, Output, input, output};
use super::{Found, Path, Scalar, Step};
use crate::value::Structure as _;

const FIELD_JOB: Step = Step::Field("job");
const STATES: Path = Path::Plain(&[FIELD_JOB, Step::Field("parts"), Step::Flatten, Step::Field("State")]);

fn texts(path: Path, output: &Output) -> Vec<String> {
    path.find(output).texts().map(str::to_owned).collect()
}

fn job() -> Output {
    output(
        r#"{"job": {"status": "DONE", "ready": true, "at": 1.5, "more": {"list": ["x", 1], "deep": {"flag": false}},
            "parts": [{"State": "UP", "codes": ["a", "b"]}, {}, {"State": "DOWN", "codes": ["c"]}],
            "named": {"two": {"State": "B"}, "one": {"State": "A"}}}}"#,
    )
}

#[test]
fn fields_find_one_value() {
    let job = job();
    assert_eq!(Path::Plain(&[FIELD_JOB, Step::Field("status")]).find(&job).text(), Some("DONE"));
    assert_eq!(Path::Plain(&[FIELD_JOB, Step::Field("ready")]).find(&job).boolean(), Some(true));
    assert!(Path::Plain(&[FIELD_JOB, Step::Field("at")]).find(&job) == Found::One(Scalar::Other));
    assert!(Path::Plain(&[FIELD_JOB, Step::Field("message")]).find(&job) == Found::Absent);
    assert!(Path::Plain(&[FIELD_JOB, Step::Field("status"), Step::Field("x")]).find(&job) == Found::Absent);
    assert!(Path::Plain(&[FIELD_JOB, Step::Field("nothing")]).find(&output("{}")) == Found::Absent);
}

#[test]
fn flattening_leaves_absent_values_out_and_joins_inner_lists() {
    const CODES: Path =
        Path::Plain(&[FIELD_JOB, Step::Field("parts"), Step::Flatten, Step::Field("codes"), Step::Flatten]);
    assert_eq!(texts(STATES, &job()), ["UP", "DOWN"]);
    assert_eq!(texts(CODES, &job()), ["a", "b", "c"]);
    assert!(STATES.find(&output(r#"{"job": {"parts": []}}"#)) == Found::Many(Vec::new()));
    assert!(STATES.find(&output(r#"{"job": {}}"#)) == Found::Absent);
}

#[test]
fn maps_give_values_keys_and_entries() {
    const NAMED: Step = Step::Field("named");
    let job = job();
    assert_eq!(texts(Path::Plain(&[FIELD_JOB, NAMED, Step::Values, Step::Field("State")]), &job), ["A", "B"]);
    assert_eq!(texts(Path::Plain(&[FIELD_JOB, NAMED, Step::Keys]), &job), ["one", "two"]);
    assert_eq!(texts(Path::Plain(&[FIELD_JOB, NAMED, Step::Field("two"), Step::Field("State")]), &job), ["B"]);
}

#[test]
fn documents_are_walked_too() {
    const MORE: Step = Step::Field("more");
    let job = job();
    let list = Path::Plain(&[FIELD_JOB, MORE, Step::Field("list"), Step::Flatten]).find(&job);
    assert!(list == Found::Many(vec![Scalar::Text("x".into()), Scalar::Other]));
    let flag = Path::Plain(&[FIELD_JOB, MORE, Step::Field("deep"), Step::Field("flag")]);
    assert_eq!(flag.find(&job).boolean(), Some(false));
}

#[test]
fn a_call_has_its_input_and_its_output() {
    let (input, job) = (input("mine"), job());
    let find = |path: Path| path.find_in_call(&input, &job).text().map(str::to_owned);
    assert_eq!(find(Path::Plain(&[Step::Field("input"), Step::Field("name")])).as_deref(), Some("mine"));
    assert_eq!(find(Path::Plain(&[Step::Field("output"), FIELD_JOB, Step::Field("status")])).as_deref(), Some("DONE"));
    assert_eq!(find(Path::Plain(&[FIELD_JOB, Step::Field("status")])), None);
}

#[test]
fn sensitive_shapes_on_the_way_are_noticed() {
    let shape = output("{}").shape();
    assert!(std::ptr::eq(shape, &OUTPUT));
    assert!(Path::Plain(&[FIELD_JOB, Step::Field("message")]).is_sensitive(shape));
    assert!(!Path::Plain(&[FIELD_JOB, Step::Field("status")]).is_sensitive(shape));
    assert!(!STATES.is_sensitive(shape));
    assert!(Path::Plain(&[Step::Field("unheard of")]).is_sensitive(shape));
}

#[test]
fn paths_show_as_jmespath() {
    assert_eq!(STATES.to_string(), "job.parts[].State");
    assert_eq!(Path::Plain(&[FIELD_JOB, Step::Values, Step::Field("x")]).to_string(), "job.*.x");
    assert_eq!(Path::Plain(&[Step::Field("Items"), Step::Keys]).to_string(), "keys(Items)");
}

#[cfg(feature = "jmespath")]
mod expressions {
    use super::*;

    fn boolean(text: &'static str) -> Option<bool> {
        Path::Expression(text).find(&job()).boolean()
    }

    #[test]
    fn functions_filters_and_comparisons() {
        assert_eq!(boolean("length(job.parts) == `3`"), Some(true));
        assert_eq!(boolean("length(job.parts[?State == 'UP']) > `1`"), Some(false));
        assert_eq!(boolean("job.status != 'DONE' && job.status != 'FAILED'"), Some(false));
        assert_eq!(boolean("contains(job.parts[].[length(codes || `[]`) >= `1`][], `false`)"), Some(true));
        assert_eq!(boolean("job.at > `1`"), Some(true));
        assert_eq!(boolean("job.more.list[1] == `1`"), Some(true));
    }

    #[test]
    fn plain_paths_give_the_same() {
        let (job, expression) = (job(), Path::Expression("job.parts[].State"));
        assert!(expression.find(&job) == STATES.find(&job));
    }

    #[test]
    fn input_and_output_are_named() {
        let same = Path::Expression("output.job.status == input.name");
        assert_eq!(same.find_in_call(&input("DONE"), &job()).boolean(), Some(true));
    }

    #[test]
    fn what_cannot_be_evaluated_finds_nothing() {
        assert!(Path::Expression("length(").find(&job()) == Found::Absent);
        assert!(Path::Expression("length(job.ready)").find(&job()) == Found::Absent);
    }
}
