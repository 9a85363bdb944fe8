//! Whatever comes in, an answer comes out: no panic, and in bounded time.

use super::schema;
use crate::bundle::render::check_template;
use crate::bundle::spec::{Only, resolve_current};
use crate::bundle::{Expected, Files, check, guess, unpack, yaml};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::Write;

/// Text made of the pieces that matter to a parser, and of anything.
fn text(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => proptest::sample::select(pieces).prop_map(str::to_owned), 1 => ".{0,6}"];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const YAML: &[&str] = &[
    "\n",
    "\n  ",
    "\n    ",
    "- ",
    ": ",
    "a",
    "proton: ServiceSpec\n",
    "instances:\n",
    "spec:",
    "name: ",
    "&x ",
    "*x",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|\n",
    ">-\n",
    "!!str ",
    "? ",
    "---\n",
    "...\n",
    "#",
    "${Proton::CURRENT_VAL}",
    "1e9",
    "0x",
    "~",
    "\t",
    "schema:\n",
    "  types:\n",
    "type: object\n",
    "properties:",
    "pattern: ",
    "(",
    "default: ",
    "%YAML 1.1\n",
];
const JINJA: &[&str] = &[
    "{{ ",
    " }}",
    "{% ",
    " %}",
    "{#",
    "#}",
    "for x in range(9)",
    "endfor",
    "if x",
    "endif",
    "set x = ",
    "x",
    ".y",
    "|",
    "default(",
    "(",
    ")",
    "[",
    "]",
    "'",
    "\"",
    "~",
    "*",
    "99999",
    "raw",
    "endraw",
    "macro m(x)",
    "endmacro",
    "m(m)",
    "-%}",
    "{%-",
    "\n",
    " | truncate(1, true, 'zzz', 0)",
    " | proton_cfn_sanitize",
    "loop.index",
    "not ",
    " is defined",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn archives(mut bytes in proptest::collection::vec(any::<u8>(), 0..2048), packed in any::<bool>()) {
        if packed {
            let mut archive = GzEncoder::new(Vec::new(), Compression::fast());
            archive.write_all(&bytes).unwrap();
            bytes = archive.finish().unwrap();
        }
        let _ = unpack(&bytes);
    }

    #[test]
    fn specs_and_schemas(text in text(YAML), stored in text(YAML)) {
        let _ = yaml(&text);
        let _ = resolve_current(&text, &stored);
        let schema = schema("{a: {type: string}, b: {type: array, items: {type: integer}}}");
        let _ = schema.service_spec(&text, Only::Everything);
        let _ = schema.environment_inputs(&text);
    }

    #[test]
    fn bundles(schema in text(YAML), manifest in text(YAML), template in text(JINJA)) {
        let manifest = manifest.into_bytes();
        let files: Files = [
            ("schema/schema.yaml", schema.into_bytes()),
            ("infrastructure/manifest.yaml", manifest.clone()),
            ("infrastructure/a.yaml", template.into_bytes()),
            ("instance_infrastructure/manifest.yaml", manifest),
        ].map(|(path, content)| (path.to_owned(), content)).into();
        let _ = check(&files, guess(&files));
        let _ = check(&files, Expected::Service { customer_pipeline: true });
    }

    #[test]
    fn templates(template in text(JINJA)) {
        let _ = check_template("a.yaml", &template);
        let _ = super::jinja::rendered(&template);
    }

    /// A value that is kept takes the place of its word, and nothing else of the text changes.
    #[test]
    fn kept_values(before in "[a-zé]{1,9}", value in "[ -~é]{0,20}") {
        let spec = format!("# {before}\nproton: ServiceSpec\ninstances:\n  - name: a # {before}\n    spec: {{x: {}}}\n", "${Proton::CURRENT_VAL}");
        let spec = spec.replace("x: ${Proton::CURRENT_VAL}", "x: \"${Proton::CURRENT_VAL}\"");
        let quoted = serde_json::Value::from(value).to_string();
        let stored = format!("proton: ServiceSpec\ninstances: [{{name: a, spec: {{x: {quoted}}}}}]\n");
        let resolved = resolve_current(&spec, &stored).unwrap();
        prop_assert_eq!(resolved, spec.replace("\"${Proton::CURRENT_VAL}\"", &quoted));
    }
}
