//! The filters that Proton adds to Jinja's, and `truncate` as Jinja 2.11 has it.

use minijinja::value::{Kwargs, Rest, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};
use regex_lite::Regex;

/// Stands before a block of lines until the block is lined up.
const BEGIN: char = '\u{F0001}';
/// Stands between the lines of a block until it is lined up.
const BREAK: char = '\u{F0002}';

const PLAIN: &str = "^[a-zA-Z0-9_-]*$";
const ARN: &str = r"^arn:[a-zA-Z-]+:[a-zA-Z0-9-]+:[a-zA-Z0-9-]*:\d{0,12}:[a-zA-Z0-9_/:+=,.@*-]+$";
const POLICY: &str = r"^arn:[a-zA-Z-]+:iam::\d{12}:policy/";

/// Makes the filters known.
pub(super) fn add(environment: &mut Environment<'_>) {
    environment.add_filter("proton_cfn_ecs_task_definition_formatted_env_vars", ecs_variables);
    environment.add_filter("proton_cfn_lambda_function_formatted_env_vars", lambda_variables);
    environment.add_filter("proton_cfn_iam_policy_arns", policy_arns);
    environment.add_filter("proton_cfn_sanitize", sanitize);
    environment.add_filter("truncate", truncate);
}

/// Indents the further lines of each block to the column of its first.
pub(super) fn line_up(rendered: &str) -> String {
    let mut text = String::with_capacity(rendered.len());
    let mut column = 0;
    let mut indent = 0;
    for character in rendered.chars() {
        match character {
            BEGIN => indent = column,
            BREAK => {
                text.push('\n');
                text.extend(std::iter::repeat_n(' ', indent));
                column = indent;
            }
            '\n' => {
                text.push('\n');
                column = 0;
            }
            other => {
                text.push(other);
                column += 1;
            }
        }
    }
    text
}

fn block(lines: &[String]) -> String {
    let mut block = String::from(BEGIN);
    block += &lines.join(&String::from(BREAK));
    block
}

/// `- Name: …` and `Value: …` for each entry.
fn ecs_variables(value: &Value, options: Kwargs) -> Result<String, Error> {
    let lines = entries(value, options)?.into_iter();
    Ok(block(
        &lines.flat_map(|(key, value)| [format!("- Name: {key}"), format!("  Value: {value}")]).collect::<Vec<_>>(),
    ))
}

/// `key: value` for each entry.
fn lambda_variables(value: &Value, options: Kwargs) -> Result<String, Error> {
    let lines = entries(value, options)?.into_iter();
    Ok(block(&lines.map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>()))
}

/// Keys and values of an object, quoted as YAML takes them.
fn entries(value: &Value, options: Kwargs) -> Result<Vec<(String, String)>, Error> {
    let raw = options.get::<Option<bool>>("raw")?.unwrap_or(true);
    options.assert_all_used()?;
    if value.kind() != ValueKind::Map {
        return Err(refuse(format!("it takes an object, not {}", value.kind())));
    }
    let mut entries = Vec::new();
    for key in value.try_iter()? {
        let found = value.get_item(&key)?;
        if !raw {
            check(&key.to_string())?;
            check(&found.to_string())?;
        }
        entries.push((quote(&key), quote(&found)));
    }
    Ok(entries)
}

/// `- arn` for each value that is the ARN of a policy.
fn policy_arns(value: &Value) -> Result<String, Error> {
    let policy = regex(POLICY)?;
    let values: Vec<Value> = match value.kind() {
        ValueKind::Map => value.try_iter()?.map(|key| value.get_item(&key)).collect::<Result<_, _>>()?,
        ValueKind::Seq | ValueKind::Iterable => value.try_iter()?.collect(),
        kind => return Err(refuse(format!("it takes an object or a list, not {kind}"))),
    };
    let texts = values.iter().filter_map(Value::as_str).filter(|text| policy.is_match(text));
    Ok(block(&texts.map(|text| format!("- {text}")).collect::<Vec<_>>()))
}

/// Lets through what cannot break out of its place in a template.
fn sanitize(value: &Value) -> Result<String, Error> {
    let text = value.to_string();
    check(&text)?;
    Ok(text)
}

fn check(text: &str) -> Result<(), Error> {
    if regex(PLAIN)?.is_match(text) || regex(ARN)?.is_match(text) {
        return Ok(());
    }
    Err(refuse(format!("Illegal character(s) detected in {text:?}. Must match regex {PLAIN} or be a valid ARN")))
}

/// Cuts text off as Jinja 2.11 does: `truncate(length=255, killwords=False, end='...', leeway=5)`, by place or by name.
fn truncate(text: String, places: Rest<Value>, options: Kwargs) -> Result<String, Error> {
    const NAMES: [&str; 4] = ["length", "killwords", "end", "leeway"];
    if places.len() > NAMES.len() {
        return Err(ErrorKind::TooManyArguments.into());
    }
    let option = |index: usize| match places.get(index) {
        Some(value) => Ok(Some(value.clone())),
        None => options.get::<Option<Value>>(NAMES[index]),
    };
    let count = |value: Option<Value>, default: usize| value.map_or(Ok(default), usize::try_from);
    let length = count(option(0)?, 255)?;
    let killwords = option(1)?.is_some_and(|value| value.is_true());
    let end = option(2)?.map_or_else(|| "...".to_owned(), |value| value.to_string());
    let leeway = count(option(3)?, 5)?;
    options.assert_all_used()?;
    let room = length.checked_sub(end.chars().count());
    let room = room.ok_or_else(|| refuse("the end is longer than the length".to_owned()))?;
    if text.chars().count() <= length.saturating_add(leeway) {
        return Ok(text);
    }
    let mut cut: String = text.chars().take(room).collect();
    if !killwords && let Some(space) = cut.rfind(' ') {
        cut.truncate(space);
    }
    Ok(cut + &end)
}

fn quote(value: &Value) -> String {
    match value.as_str() {
        Some(text) => serde_json::Value::from(text).to_string(),
        // Variables are text to the services that read them.
        None => serde_json::Value::from(value.to_string()).to_string(),
    }
}

fn regex(pattern: &str) -> Result<Regex, Error> {
    Regex::new(pattern).map_err(|error| refuse(error.to_string()))
}

fn refuse(reason: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason)
}
