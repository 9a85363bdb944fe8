//! The rules of a regional AWS service, for models that state none.

use serde_json::{Value, json};

/// `https://<prefix>.<Region>.<suffix>`, with `-fips` after the prefix and the dual-stack suffix where asked for.
pub(super) fn regional(prefix: &str) -> Value {
    let set = |name: &str| json!({ "fn": "isSet", "argv": [{ "ref": name }] });
    let on = |name: &str| json!({ "fn": "booleanEquals", "argv": [{ "ref": name }, true] });
    let supports = |what: &str| {
        let attribute = json!({ "fn": "getAttr", "argv": [{ "ref": "PartitionResult" }, what] });
        json!({ "fn": "booleanEquals", "argv": [attribute, true] })
    };
    let error = |conditions: Value, error: &str| json!({ "type": "error", "conditions": conditions, "error": error });
    let tree = |conditions: Value, rules: Value| json!({ "type": "tree", "conditions": conditions, "rules": rules });
    let endpoint = |conditions: Value, url: &str| json!({ "type": "endpoint", "conditions": conditions, "endpoint": { "url": url } });
    let url = |fips: &str, suffix: &str| format!("https://{prefix}{fips}.{{Region}}.{{PartitionResult#{suffix}}}");
    let partition = json!({ "fn": "aws.partition", "argv": [{ "ref": "Region" }], "assign": "PartitionResult" });
    let (fips, dual_stack) = (on("UseFIPS"), on("UseDualStack"));
    let both = json!([supports("supportsFIPS"), supports("supportsDualStack")]);
    json!({
        "version": "1.0",
        "parameters": {
            "Region": { "type": "string", "builtIn": "AWS::Region" },
            "UseFIPS": { "type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false },
            "UseDualStack": { "type": "boolean", "builtIn": "AWS::UseDualStack", "required": true, "default": false },
            "Endpoint": { "type": "string", "builtIn": "SDK::Endpoint" },
        },
        "rules": [
            tree(json!([set("Endpoint")]), json!([
                error(json!([fips]), "Invalid Configuration: FIPS and custom endpoint are not supported"),
                error(json!([dual_stack]), "Invalid Configuration: Dualstack and custom endpoint are not supported"),
                endpoint(json!([]), "{Endpoint}"),
            ])),
            tree(json!([set("Region"), partition]), json!([
                tree(json!([fips, dual_stack]), json!([
                    endpoint(both, &url("-fips", "dualStackDnsSuffix")),
                    error(json!([]), "FIPS and DualStack are enabled, but this partition does not support one or both"),
                ])),
                tree(json!([fips]), json!([
                    endpoint(json!([supports("supportsFIPS")]), &url("-fips", "dnsSuffix")),
                    error(json!([]), "FIPS is enabled but this partition does not support FIPS"),
                ])),
                tree(json!([dual_stack]), json!([
                    endpoint(json!([supports("supportsDualStack")]), &url("", "dualStackDnsSuffix")),
                    error(json!([]), "DualStack is enabled but this partition does not support DualStack"),
                ])),
                endpoint(json!([]), &url("", "dnsSuffix")),
            ])),
            error(json!([]), "Invalid Configuration: Missing Region"),
        ],
    })
}
