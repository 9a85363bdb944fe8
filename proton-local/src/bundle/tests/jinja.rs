//! Templates as Jinja 2.11 and Proton render them.

use crate::bundle::render::{
    ComponentOf, EnvironmentValues, Namespaces, RenderError, ServiceValues, Stamp, render_component,
};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const MANIFEST: &str =
    "infrastructure: {templates: [{file: a.yaml, rendering_engine: jinja, template_language: cloudformation}]}";

fn instance(component: Option<ComponentOf>) -> Namespaces {
    Namespaces::Instance {
        environment: EnvironmentValues {
            name: "beta".into(),
            account_id: "123456789012".into(),
            outputs: BTreeMap::from([("Vpc".into(), "vpc-1".into())]),
        },
        service: ServiceValues { name: "shop".into(), ..ServiceValues::default() },
        name: "dev".into(),
        inputs: json!({
            "port": 80, "ratio": 0.5, "public": true, "zones": ["a", "b"],
            "env": {"A": "1", "B": "it's \"two\""}, "title": "a rather long title", "text": "x;y",
        }),
        component,
    }
}

fn render(template: &str, component: Option<ComponentOf>) -> Result<String, RenderError> {
    let rendered = render_component(MANIFEST, template, &instance(component), &Stamp::default());
    rendered.map(|(_, mut files)| files.remove("a.yaml").unwrap())
}

pub(super) fn rendered(template: &str) -> Result<String, RenderError> {
    render(template, None)
}

fn refused(template: &str) -> String {
    rendered(template).unwrap_err().to_string()
}

#[test]
fn what_samples_of_templates_use() {
    for (template, expected) in [
        ("a\n\n", "a\n\n"),
        ("{{ service_instance.inputs.port }}", "80"),
        ("{{ service_instance.inputs.ratio }}", "0.5"),
        ("{{ service_instance.inputs.public }} {{ none }}", "True None"),
        ("{% if service_instance.inputs.public %}yes{% else %}no{% endif %}", "yes"),
        ("{% for zone in service_instance.inputs.zones -%}\n  {{ loop.index }}{{ zone }}\n{%- endfor %}", "1a2b"),
        ("{{ service_instance.inputs.zones | length }}", "2"),
        ("{{ service.name ~ '-' ~ service_instance.name }}", "shop-dev"),
        ("{{ service_instance.inputs.absent | default }}.", "."),
        ("{{ service_instance.inputs.absent | default('x') }}", "x"),
        ("{{ service_instance.inputs.absent is defined }}", "False"),
        ("{{ ('a' * 30) | truncate(29, true, 'zzz', 0) }}", &format!("{}zzz", "a".repeat(26))),
        ("{{ service_instance.inputs.title | truncate(12) }}", "a rather..."),
        ("{{ service_instance.inputs.title | truncate(length=12, killwords=true, end='') }}", "a rather lon"),
        ("{{ service_instance.inputs.title | truncate(15) }}", "a rather long title"),
        ("{% raw %}{{resolve:ssm:x}}{% endraw %}", "{{resolve:ssm:x}}"),
        ("{{ service.name.upper() }} {{ service_instance.inputs.env.get('A') }}", "SHOP 1"),
        ("{{ service.repository_id }}.", "."),
        ("{{ environment.outputs.Vpc }} {{ environment.account_id }}", "vpc-1 123456789012"),
        ("<{{ service_instance.inputs.env.B }}>", "<it's \"two\">"),
    ] {
        assert_eq!(rendered(template).unwrap(), expected, "{template}");
    }
}

#[test]
fn an_instance_without_a_component_has_an_empty_one() {
    for (template, expected) in [
        ("{% if service_instance.components.default %}one{% else %}none{% endif %}", "none"),
        ("{{ service_instance.components.default.outputs | length }}", "0"),
        ("{{ service_instance.components.default.outputs.table | default('-') }}", "-"),
        ("[{{ service_instance.components.default.outputs | proton_cfn_iam_policy_arns }}]", "[]"),
    ] {
        assert_eq!(rendered(template).unwrap(), expected, "{template}");
    }
    assert_eq!(
        refused("{{ service_instance.components.default.name }}"),
        "a.yaml:1:4: it reads service_instance.components.default.name, which is not there"
    );
    let component = ComponentOf { name: "bucket".into(), outputs: BTreeMap::from([("table".into(), "t".into())]) };
    let template =
        "{{ service_instance.components.default.name }} {{ service_instance.components.default.outputs.table }}";
    assert_eq!(render(template, Some(component)).unwrap(), "bucket t");
}

#[test]
fn the_filters_line_up_with_their_place() {
    let template = "\
Environment:
  - Name: FIRST
    Value: x
  {{ service_instance.inputs.env | proton_cfn_ecs_task_definition_formatted_env_vars }}
Variables:
    {{ service_instance.inputs.env | proton_cfn_lambda_function_formatted_env_vars }}
";
    let expected = "\
Environment:
  - Name: FIRST
    Value: x
  - Name: \"A\"
    Value: \"1\"
  - Name: \"B\"
    Value: \"it's \\\"two\\\"\"
Variables:
    \"A\": \"1\"
    \"B\": \"it's \\\"two\\\"\"
";
    assert_eq!(rendered(template).unwrap(), expected);
    let arn = "arn:aws:iam::123456789012:policy/p";
    let outputs = [("a", arn), ("b", "arn:aws:s3:::bucket"), ("c", "arn:aws-cn:iam::123456789012:policy/x/y")];
    let component = ComponentOf {
        name: "c".into(),
        outputs: outputs.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
    };
    let template = "  {{ service_instance.components.default.outputs | proton_cfn_iam_policy_arns }}\n";
    assert_eq!(
        render(template, Some(component)).unwrap(),
        format!("  - {arn}\n  - arn:aws-cn:iam::123456789012:policy/x/y\n")
    );
}

#[test]
fn sanitize_lets_plain_words_and_arns_through() {
    for text in ["", "a_B-9", "arn:aws:s3:::bucket/key", "arn:aws:iam::123456789012:role/x"] {
        assert_eq!(rendered(&format!("{{{{ '{text}' | proton_cfn_sanitize }}}}")).unwrap(), text);
    }
    assert_eq!(
        refused("\n{{ service_instance.inputs.text | proton_cfn_sanitize }}"),
        "a.yaml:2:35: invalid operation: Illegal character(s) detected in \"x;y\". Must match regex ^[a-zA-Z0-9_-]*$ or be a valid ARN"
    );
    assert!(
        refused("{{ service_instance.inputs.env | proton_cfn_lambda_function_formatted_env_vars(raw=False) }}")
            .contains("Illegal")
    );
}

#[test]
fn what_is_not_there_is_named_with_its_place() {
    assert_eq!(
        refused("a:\n  b: {{ environment.inputs.size }}\n"),
        "a.yaml:2:9: it reads environment.inputs.size, which is not there"
    );
    assert_eq!(refused("{{ size }}"), "a.yaml:1:4: it reads size, which is not there");
    assert!(refused("{% for x in sizes %}{% endfor %}").contains("not there"));
    assert!(refused("{{ service.name | shout }}").contains("unknown filter"));
}

#[test]
fn work_and_memory_are_bounded() {
    let loops = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
    let doubled = format!("{{% set x = 'xxxxxxxx' %}}{}{{{{ x }}}}", "{% set x = x ~ x %}".repeat(60));
    let repeated = "{{ 'x' * 999999999 }}";
    let recursive = "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}";
    for template in [
        loops,
        &doubled,
        repeated,
        recursive,
        &"{% if 1 %}".repeat(9_999),
        &format!("{{{{ {}1 }}}}", "(".repeat(9_999)),
    ] {
        let began = Instant::now();
        assert!(rendered(template).is_err(), "{template:.40}");
        assert!(began.elapsed() < Duration::from_secs(20), "{template:.40}");
    }
}
