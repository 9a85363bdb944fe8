//! The format of shared files: what is read, how, and which line is named when it cannot be.

use smithy_runtime::profile::{Property, parse};

/// `kind/name: key=value, …` for each section; nested properties in braces.
fn read(text: &str) -> Vec<String> {
    fn list(properties: &[Property]) -> String {
        let one = |property: &Property| {
            let nested =
                if property.nested.is_empty() { String::new() } else { format!("{{{}}}", list(&property.nested)) };
            format!("{}={}{nested}", property.key, property.value)
        };
        properties.iter().map(one).collect::<Vec<_>>().join(", ")
    }
    let file = parse(text).unwrap();
    file.sections.iter().map(|it| format!("{}/{}: {}", it.kind, it.name, list(&it.properties))).collect()
}

#[test]
fn sections_have_a_kind_and_a_name() {
    assert_eq!(
        read("[default]\n[profile dev]\n[ sso-session\tmain ] # sso\n[profile \"two words\"]\n[services a.b]; x\n"),
        ["/default: ", "profile/dev: ", "sso-session/main: ", "profile/two words: ", "services/a.b: "]
    );
}

#[test]
fn values_end_at_a_comment_that_stands_apart() {
    let text = "[a]\nA = b c\t# d\nb=c#d;e\nc = ;all\nd =\ne = f = g\n# comment\n; comment\n  # comment\n\n \t\n";
    assert_eq!(read(text), ["/a: a=b c, b=c#d;e, c=, d=, e=f = g"]);
}

#[test]
fn indented_lines_continue_or_nest() {
    let text = "[a]\nlong = one\n\ttwo # kept\n  three\ns3 =\n  addressing_style = path # x\n  Other=1\nnext = 1";
    assert_eq!(read(text), ["/a: long=one\ntwo # kept\nthree, s3={addressing_style=path, other=1}, next=1"]);
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    assert_eq!(read("\u{feff}[a]\r\nb = c\r\n"), ["/a: b=c"]);
    assert_eq!(read(""), [""; 0]);
}

#[test]
fn the_first_bad_line_is_named_without_its_text() {
    for (text, message) in [
        ("[a]\nsecret", "line 2: a property needs an equals sign"),
        ("[a]\n= secret", "line 2: a property needs a key before its equals sign"),
        ("a = secret", "line 1: a property stands before the first [section]"),
        ("[a]\n  b = secret", "line 2: an indented line continues nothing"),
        ("[a]\nb =\n  secret", "line 3: a property needs an equals sign"),
        ("\n[a", "line 2: a section header needs a closing bracket"),
        ("[a] secret", "line 1: only a comment may follow a section header"),
        ("[]", "line 1: a section needs a name"),
    ] {
        assert_eq!(parse(text).unwrap_err().to_string(), message);
    }
}

#[test]
fn debug_shows_no_values() {
    let file = parse("[a]\naws_secret_access_key = SECRET\ns =\n  t = SECRET\n").unwrap();
    let shown = format!("{file:?}");
    assert!(shown.contains("aws_secret_access_key") && !shown.contains("SECRET"), "{shown}");
}
