//! `shapes.rs`: the table entries that no Rust type stands for.

use super::file::File;
use super::names::{Place, Scope};
use crate::error::Error;
use crate::ir::{Constraints, Leaf, LeafKind, Model, Number, Prelude, TimestampFormat};

/// The file's text.
pub(super) fn emit(model: &Model, scope: &Scope) -> Result<String, Error> {
    let mut file =
        File::new(scope, ["Simple shapes, lists and maps: what members hold and which values the model admits."]);
    for leaf in &model.leaves {
        let value = constructor(&mut file, leaf) + &modifiers(leaf);
        file.import("smithy_runtime::schema", "Shape");
        let line = format!("pub(crate) static {}: Shape = {value};", leaf.table);
        file.text(match line.len() {
            0..=110 => line,
            _ => format!("pub(crate) static {}: Shape =\n    {value};", leaf.table),
        });
    }
    file.finish()
}

fn constructor(file: &mut File<'_>, leaf: &Leaf) -> String {
    let id = &leaf.shape_id;
    match &leaf.kind {
        LeafKind::Simple(Prelude::String) => format!("Shape::string({id:?})"),
        LeafKind::Simple(Prelude::Timestamp) => timestamp(file, id, TimestampFormat::EpochSeconds),
        LeafKind::Simple(prelude) => {
            file.import("smithy_runtime::schema", "Kind");
            format!("Shape::simple({id:?}, Kind::{prelude:?})")
        }
        LeafKind::Enum(values) => format!("Shape::string_enum({id:?}, &{values:?})"),
        LeafKind::IntEnum(values) => format!("Shape::int_enum({id:?}, &{values:?})"),
        LeafKind::Timestamp(format) => timestamp(file, id, *format),
        LeafKind::List { item, sparse } => {
            let item = file.table(Place::Shapes, item);
            format!("Shape::list({id:?}, &{item}){}", sparse_call(*sparse))
        }
        LeafKind::Map { key, value, sparse } => {
            let key = file.table(Place::Shapes, key);
            let value = file.table(Place::Shapes, value);
            format!("Shape::map({id:?}, &{key}, &{value}){}", sparse_call(*sparse))
        }
    }
}

fn timestamp(file: &mut File<'_>, id: &str, format: TimestampFormat) -> String {
    file.import("smithy_runtime::schema", "TimestampFormat");
    format!("Shape::timestamp({id:?}, TimestampFormat::{format:?})")
}

fn sparse_call(sparse: bool) -> &'static str {
    if sparse { ".sparse()" } else { "" }
}

fn modifiers(leaf: &Leaf) -> String {
    let Constraints { length, pattern, range, unique_items } = &leaf.constraints;
    let mut out = String::new();
    if leaf.sensitive {
        out += ".sensitive()";
    }
    if let Some((min, max)) = length {
        let max = if *max == u64::MAX { "u64::MAX".to_owned() } else { max.to_string() };
        out += &format!(".length({min}, {max})");
    }
    if let Some(pattern) = pattern {
        out += &format!(".pattern({pattern:?})");
    }
    if let Some((min, max)) = range {
        out += &format!(".range({}, {})", bound(*min), bound(*max));
    }
    if *unique_items {
        out += ".unique_items()";
    }
    out
}

fn bound(number: Option<Number>) -> String {
    match number {
        Some(Number::Integer(value)) => format!("Some(smithy_runtime::schema::Number::Integer({value}))"),
        Some(Number::Float(value)) => format!("Some(smithy_runtime::schema::Number::Float({value:?}))"),
        None => "None".to_owned(),
    }
}
