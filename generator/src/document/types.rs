//! `type`: the types of the specification, and what other words mean.

use super::read::Reader;
use super::{Schema, Types};
use crate::diag::{Code, Place};
use crate::source::Node;
use std::sync::Arc;

impl<'a> Reader<'a> {
    /// Reads one type or a list of them.
    pub(super) fn types(&mut self, schema: &mut Schema, value: &Node<'a>) {
        if value.value.is_array() {
            for item in value.items() {
                self.one_type(schema, &item);
            }
        } else {
            self.one_type(schema, value);
        }
    }

    fn one_type(&mut self, schema: &mut Schema, value: &Node<'a>) {
        let Some(word) = value.value.as_str() else {
            // In YAML, `type: [null]` is a list with null, not with the string.
            if value.value.is_null() {
                schema.types.null = true;
            } else {
                self.ignored("a type", value);
            }
            return;
        };
        if set_type(&mut schema.types, word) {
            return;
        }
        if word == "file" {
            schema.types.string = true;
            schema.format = Some("binary".into());
            return;
        }
        let (used, format) = nearest_type(word);
        if !set_type(&mut schema.types, used) {
            // With an unknown type the others say nothing: any value is allowed.
            schema.types = Types::default();
        }
        if schema.format.is_none() {
            schema.format = format.map(Arc::from);
        }
        let code = Code::UnknownType {
            found: word.to_owned(),
            used: used.to_owned(),
        };
        self.report(code, Place::Value(value.origin()));
    }
}

/// Adds a type of the specification; returns whether `word` is one.
pub(super) fn set_type(types: &mut Types, word: &str) -> bool {
    let flag = match word {
        "null" => &mut types.null,
        "boolean" => &mut types.boolean,
        "integer" => &mut types.integer,
        "number" => &mut types.number,
        "string" => &mut types.string,
        "array" => &mut types.array,
        "object" => &mut types.object,
        _ => return false,
    };
    *flag = true;
    true
}

/// The type that an invalid word most likely means, with the format it implies; `any value` if unclear.
fn nearest_type(word: &str) -> (&'static str, Option<&'static str>) {
    match word.to_ascii_lowercase().as_str() {
        "boolean" | "bool" => ("boolean", None),
        "integer" | "int" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "long" | "int64" => ("integer", Some("int64")),
        "number" | "decimal" | "numeric" => ("number", None),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "string" | "str" | "text" | "enum" | "url" => ("string", None),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" | "timestamp" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "uri" => ("string", Some("uri")),
        "binary" => ("string", Some("binary")),
        "byte" => ("string", Some("byte")),
        "array" | "list" => ("array", None),
        "object" | "map" | "hash" | "dictionary" | "dict" => ("object", None),
        _ => ("any value", None),
    }
}
