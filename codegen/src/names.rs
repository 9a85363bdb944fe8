//! Rust names for what a model names, the ones that the official SDK gives.
//!
//! The splits into words differ from heck's, so heck is not used: `ACLs` is one word in a field, and in a type
//! `P256K1` is two. A program that was written against the official SDK relies on each of these names.

mod words;

pub(crate) use words::{pascal_words, snake_words};

/// Keywords that may stand as `r#keyword`.
const RAW: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that Rust admits nowhere else, not even raw.
const NEVER: [&str; 5] = ["crate", "self", "super", "Self", "_"];

/// Fields that would clash with what builders and generated types have besides.
const RESERVED_FIELDS: [&str; 8] =
    ["build", "builder", "customize", "default", "make_operation", "meta", "presigned", "send"];

/// Fields that would clash with what the fluent builder of an operation has besides.
const RESERVED_INPUT_FIELDS: [&str; 4] = ["as_input", "into_paginator", "send_with", "wait_options"];

/// Operations whose methods would clash with what a client has besides.
const RESERVED_OPERATIONS: [&str; 6] = ["clone", "config", "from_conf", "new", "try_from_conf", "with_config"];

/// The name of a type: `SSEDescription` is `SseDescription`.
pub(crate) fn type_name(name: &str) -> String {
    identifier(pascal(name))
}

/// The name of a variant of an enum or union; `Unknown` is kept for what the model does not have.
pub(crate) fn variant(name: &str) -> String {
    match pascal(name).as_str() {
        "Self" => "SelfValue".into(),
        "SelfValue" => "SelfValue_".into(),
        "Unknown" => "UnknownValue".into(),
        "UnknownValue" => "UnknownValue_".into(),
        other => identifier(other.into()),
    }
}

/// The name of an error's variant; `Unhandled` is kept for what the model does not have.
pub(crate) fn error_variant(rust_name: &str) -> String {
    match rust_name {
        "Unhandled" => "UnhandledError".into(),
        other => other.into(),
    }
}

/// The name of an operation's method and module.
pub(crate) fn operation(name: &str) -> String {
    match bare_snake(name) {
        name if RESERVED_OPERATIONS.contains(&name.as_str()) => name + "_operation",
        name => raw(&name),
    }
}

/// The name of a module, method or function; raw where it is a keyword.
pub(crate) fn snake(name: &str) -> String {
    raw(&bare_snake(name))
}

/// The name of a field without `r#`, as it stands behind `set_`. Builders give inputs more methods than others.
pub(crate) fn bare_field(name: &str, input: bool) -> String {
    let field = bare_snake(name);
    if RESERVED_FIELDS.contains(&field.as_str()) || (input && RESERVED_INPUT_FIELDS.contains(&field.as_str())) {
        return field + "_value";
    }
    field
}

/// Makes a keyword usable as a name: `type` is `r#type`, and `self` is `self_`.
pub(crate) fn raw(name: &str) -> String {
    if NEVER.contains(&name) {
        format!("{name}_")
    } else if RAW.binary_search(&name).is_ok() {
        format!("r#{name}")
    } else {
        name.into()
    }
}

/// The name of a static: `ResourceName` is `RESOURCE_NAME`.
pub(crate) fn static_name(name: &str) -> String {
    bare_snake(name).to_uppercase()
}

/// Snake case without `r#`: what stands behind `is_` and `as_`.
pub(crate) fn bare_snake(name: &str) -> String {
    identifier(snake_words(name).join("_"))
}

fn pascal(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    for word in pascal_words(name) {
        let mut letters = word.chars();
        result.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        result.push_str(letters.as_str());
    }
    result
}

/// Something that Rust accepts for a name: not empty, and no digit in front.
fn identifier(name: String) -> String {
    match name.chars().next() {
        None => "Empty".into(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) if name == "Self" => "Self_".into(),
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted() {
        assert!(RAW.is_sorted());
    }

    #[test]
    fn types() {
        for (name, rust) in [
            ("CreateServiceInput", "CreateServiceInput"),
            ("SSEDescription", "SseDescription"),
            ("S3ObjectSource", "S3ObjectSource"),
            ("AWSAccountNotFound", "AwsAccountNotFound"),
            ("DynamoDBStreamsADFS", "DynamoDbStreamsAdfs"),
            ("record", "Record"),
            ("Self", "Self_"),
            ("Box", "Box"),
        ] {
            assert_eq!(type_name(name), rust);
        }
    }

    #[test]
    fn variants() {
        for (name, rust) in [
            ("CREATE_IN_PROGRESS", "CreateInProgress"),
            ("createdAtBefore", "CreatedAtBefore"),
            ("ECC_SECG_P256K1", "EccSecgP256K1"),
            ("RSAES_OAEP_SHA_256", "RsaesOaepSha256"),
            ("AWSTraceHeader", "AwsTraceHeader"),
            ("AES256", "Aes256"),
            ("s3", "S3"),
            ("BOOL", "Bool"),
            ("SS", "Ss"),
            ("1_MINUTE", "_1Minute"),
            ("2.0", "_20"),
            ("aws.s3:read-only", "AwsS3ReadOnly"),
            ("Unknown", "UnknownValue"),
            ("UNKNOWN_VALUE", "UnknownValue_"),
            ("SELF", "SelfValue"),
            ("", "Empty"),
        ] {
            assert_eq!(variant(name), rust);
        }
    }

    #[test]
    fn fields() {
        for (name, rust) in [
            ("deploymentStatus", "deployment_status"),
            ("SSEType", "sse_type"),
            ("KMSMasterKeyArn", "kms_master_key_arn"),
            ("S3Bucket", "s3_bucket"),
            ("s3Key", "s3_key"),
            ("ACLs", "acls"),
            ("resourceARNs", "resource_arns"),
            ("IPv4Address", "ipv4_address"),
            ("SizeInMiB", "size_in_mib"),
            ("IAMUser", "iam_user"),
            ("DynamoDBv2", "dynamo_dbv2"),
            ("MD5OfBody", "md5_of_body"),
            ("NULL", "null"),
            ("snake_case__name", "snake_case_name"),
            ("type", "type"),
            ("build", "build_value"),
            ("Default", "default_value"),
            ("as_input", "as_input"),
        ] {
            assert_eq!(bare_field(name, false), rust);
        }
        assert_eq!(bare_field("as_input", true), "as_input_value");
    }

    #[test]
    fn keywords_become_raw_or_take_an_underscore() {
        for (name, rust) in
            [("type", "r#type"), ("gen", "r#gen"), ("self", "self_"), ("crate", "crate_"), ("plain", "plain")]
        {
            assert_eq!(raw(name), rust);
        }
        assert_eq!(snake("Match"), "r#match");
    }
}
