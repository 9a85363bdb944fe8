//! Patterns of a model: each is in the tables, or named in the report because the runtime cannot match it.

use serde_json::json;
use smithy_codegen::ir::Report;
use smithy_codegen::{Options, generate};

/// Patterns as AWS services have them, and whether the runtime can match them.
const PUBLIC: &[(&str, bool)] = &[
    ("^[!-~]+$", true),
    ("^[^\\$]+$", true),
    ("^[,;:|\\t ]$", true),
    ("^[A-Za-z0-9][A-Za-z0-9\\-\\_\\.]{0,126}[A-Za-z0-9]$", true),
    ("^[\\x20-\\x21\\x23-\\x2B\\x2D-\\x7E]*$", true),
    ("^[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+$", true),
    ("^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$", true),
    ("^[A-Za-z-0-9+/=]+$", true),
    // Look-around, Unicode classes, surrogates.
    ("^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$", false),
    ("^(?!^.*--)(?!^[0-9]+$)(?!^-)(?!.*-$)^[A-Za-z0-9-]+$", false),
    ("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$", false),
    ("^[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*$", false),
];

#[test]
fn patterns_that_the_runtime_cannot_match_are_reported_and_left_out() {
    for (pattern, checked) in PUBLIC {
        let model = json!({
            "smithy": "2.0",
            "shapes": {
                "x.y#Service": {
                    "type": "service", "version": "1", "operations": [{ "target": "x.y#Call" }],
                    "traits": {
                        "aws.protocols#awsJson1_0": {},
                        "aws.api#service": { "sdkId": "Small" },
                        "aws.auth#sigv4": { "name": "small" }
                    }
                },
                "x.y#Call": { "type": "operation", "input": { "target": "x.y#Input" } },
                "x.y#Input": { "type": "structure", "members": { "text": { "target": "x.y#Text" } } },
                "x.y#Text": { "type": "string", "traits": { "smithy.api#pattern": pattern } }
            }
        });
        let sdk = generate(&model.to_string(), &Options::default()).expect("a good model");
        let text = sdk.single_file().replace("\n    /// ", " ");
        let reported: Vec<_> = sdk.report.unchecked_patterns.iter().map(|it| (&*it.shape, &*it.pattern)).collect();
        if *checked {
            assert_eq!(reported, [], "{pattern}");
            assert!(text.contains(&format!(".pattern({pattern:?})")), "{pattern}");
            assert!(!text.contains("cannot check"), "{pattern}");
        } else {
            assert_eq!(reported, [("x.y#Text", *pattern)]);
            assert!(!text.contains(".pattern("), "{pattern}");
            assert!(text.contains("(which the client cannot check)"), "{pattern}");
        }
    }
}

#[test]
fn every_pattern_of_proton_is_checked() {
    let model = include_str!("../../model/proton.json");
    let Report { unchecked_patterns, .. } = generate(model, &Options::default()).expect("a good model").report;
    assert_eq!(unchecked_patterns, []);
}
