//! Values in XML, by the `xml` objects of their schemas (OpenAPI 3.1.1, section 4.8.26).

use crate::document::{Document, Schema, SchemaId};
use serde_json::Value;
use std::fmt::Write;

/// Schemas of one value that are looked at.
const MOST: usize = 64;

/// A document with a value as its root.
pub(super) fn document(document: &Document, schema: SchemaId, value: &Value) -> String {
    let writer = Writer { document };
    let name = document[schema].reference.unwrap_or(schema);
    let name = document[name].name.as_deref().unwrap_or("root");
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    writer.element(name, &[schema], value, &mut text);
    text
}

struct Writer<'d> {
    document: &'d Document,
}

impl<'d> Writer<'d> {
    fn element(&self, name: &str, schemas: &[SchemaId], value: &Value, text: &mut String) {
        let parts = self.parts(schemas);
        let xml = said(&parts);
        let name = full_name(&parts, name);
        let is_wrapped = xml.is_some_and(|xml| xml["wrapped"] == true);
        match value {
            Value::Array(items) => {
                let inner: Vec<SchemaId> = parts.iter().filter_map(|part| part.items).collect();
                let item_name = full_name(&self.parts(&inner), &name);
                if is_wrapped {
                    let _ = write!(text, "<{name}>");
                }
                for item in items {
                    self.element(&item_name, &inner, item, text);
                }
                if is_wrapped {
                    let _ = write!(text, "</{name}>");
                }
            }
            Value::Object(members) => {
                let (mut attributes, mut inner) = (namespace(&parts), String::new());
                for (key, member) in members {
                    let schemas = properties(&parts, key);
                    let parts = self.parts(&schemas);
                    if said(&parts).is_some_and(|xml| xml["attribute"] == true) {
                        let key = full_name(&parts, key);
                        let _ = write!(attributes, " {key}=\"{}\"", escaped(&plain(member)));
                    } else {
                        self.element(key, &schemas, member, &mut inner);
                    }
                }
                let _ = write!(text, "<{name}{attributes}>{inner}</{name}>");
            }
            scalar => {
                let attributes = namespace(&parts);
                let inner = escaped(&plain(scalar));
                let _ = write!(text, "<{name}{attributes}>{inner}</{name}>");
            }
        }
    }

    fn parts(&self, schemas: &[SchemaId]) -> Vec<&'d Schema> {
        let mut open: Vec<SchemaId> = schemas.iter().rev().copied().collect();
        let mut parts: Vec<&Schema> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some(id) = open.pop() {
            if parts.len() < MOST && seen.insert(id) {
                let schema = &self.document[id];
                parts.push(schema);
                open.extend(schema.reference);
                open.extend(
                    schema
                        .all_of
                        .iter()
                        .chain(&schema.one_of)
                        .chain(&schema.any_of),
                );
            }
        }
        parts
    }
}

fn said<'d>(parts: &[&'d Schema]) -> Option<&'d Value> {
    parts.iter().find_map(|part| part.xml.as_deref())
}

/// The name that the `xml` object gives, with its prefix.
fn full_name(parts: &[&Schema], name: &str) -> String {
    let xml = said(parts);
    let own = xml.and_then(|xml| xml["name"].as_str()).unwrap_or(name);
    let is_name = |c: char| c.is_alphanumeric() || "-._:".contains(c);
    let own: String = own
        .chars()
        .map(|c| if is_name(c) { c } else { '_' })
        .collect();
    match xml.and_then(|xml| xml["prefix"].as_str()) {
        Some(prefix) if !own.contains(':') => format!("{prefix}:{own}"),
        _ => own,
    }
}

fn namespace(parts: &[&Schema]) -> String {
    let xml = said(parts);
    let Some(namespace) = xml.and_then(|xml| xml["namespace"].as_str()) else {
        return String::new();
    };
    let prefix = xml.and_then(|xml| xml["prefix"].as_str());
    let prefix = prefix.map_or(String::new(), |prefix| format!(":{prefix}"));
    format!(" xmlns{prefix}=\"{}\"", escaped(namespace))
}

fn properties(parts: &[&Schema], name: &str) -> Vec<SchemaId> {
    let properties = parts.iter().flat_map(|part| &part.properties);
    let own = properties.filter(|(known, _)| **known == *name);
    own.map(|(_, schema)| *schema).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;")
}
