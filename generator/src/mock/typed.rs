//! Text of parameters and forms as the JSON that a schema allows.

use super::support::types::TextTree;
use super::table::{Tables, Way};
use crate::document::{Document, Schema, SchemaId, Types};
use serde_json::{Map, Number, Value};
use std::collections::HashSet;

/// Schemas of one value that are looked at; more say nothing new.
const MOST: usize = 256;

/// Reads trees of text.
pub(super) struct Typed<'t> {
    pub(super) document: &'t Document,
    pub(super) tables: &'t mut Tables,
    /// Whether a property without a value is absent if it may not be null, as an empty element of XML is.
    pub(super) drops_nulls: bool,
}

impl Typed<'_> {
    /// The value that a text stands for: of those that the schemas allow the first, or the most likely one.
    pub(super) fn read(&mut self, tree: &TextTree, schemas: &[SchemaId]) -> Value {
        let parts = parts(self.document, schemas);
        match tree {
            TextTree::Null => Value::Null,
            TextTree::Leaf { text, .. } => self.leaf(text, &parts, schemas),
            TextTree::List(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let schemas = parts
                        .iter()
                        .filter_map(|part| part.prefix_items.get(index).copied().or(part.items));
                    self.read(item, &schemas.collect::<Vec<_>>())
                });
                Value::Array(items.collect())
            }
            TextTree::Map(members) => {
                let members = members.iter().filter_map(|(name, member)| {
                    let schemas = schemas_of(&parts, name);
                    let value = self.read(member, &schemas);
                    let is_dropped =
                        self.drops_nulls && value.is_null() && !self.holds(&schemas, &Value::Null);
                    (!is_dropped).then(|| (name.clone(), value))
                });
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }

    /// A text that stands alone is a list of one item if only a list is meant, as a part of a form.
    fn leaf(&mut self, text: &str, parts: &[&Schema], schemas: &[SchemaId]) -> Value {
        let (value, types) = self.scalar(text, parts, schemas);
        if !types.array || value.is_array() || self.holds(schemas, &value) {
            return value;
        }
        let inner = parts
            .iter()
            .filter_map(|part| part.prefix_items.first().copied().or(part.items));
        let inner: Vec<SchemaId> = inner.collect();
        let (item, _) = self.scalar(text, &self::parts(self.document, &inner), &inner);
        let list = Value::Array(vec![item]);
        if types.string && !self.holds(schemas, &list) {
            value
        } else {
            list
        }
    }

    /// The value of a text, and the types that it may have.
    fn scalar(&mut self, text: &str, parts: &[&Schema], schemas: &[SchemaId]) -> (Value, Types) {
        let types = parts.iter().fold(Types::default(), |all, part| {
            let own = part.types;
            Types {
                null: all.null || own.null || part.nullable,
                boolean: all.boolean || own.boolean,
                integer: all.integer || own.integer,
                number: all.number || own.number,
                string: all.string || own.string,
                array: all.array || own.array,
                object: all.object || own.object,
            }
        });
        let is_untyped = types == Types::default();
        let mut candidates = Vec::new();
        let number = serde_json::from_str::<Number>(text).ok();
        if types.integer || types.number {
            candidates.extend(number.clone().map(Value::Number));
        }
        if types.boolean && (text == "true" || text == "false") {
            candidates.push(Value::Bool(text == "true"));
        }
        if types.array || types.object {
            let parsed = serde_json::from_str::<Value>(text).ok();
            candidates.extend(parsed.filter(|value| value.is_array() || value.is_object()));
        }
        if types.null && (text.is_empty() || text == "null") {
            candidates.push(Value::Null);
        }
        candidates.push(Value::from(text));
        if is_untyped {
            candidates.extend(number.map(Value::Number));
            candidates
                .extend((text == "true" || text == "false").then_some(Value::Bool(text == "true")));
        }
        let mut allowed = candidates.iter().filter(|value| self.holds(schemas, value));
        let found = allowed.next().or(candidates.first()).cloned();
        (found.unwrap_or_default(), types)
    }

    fn holds(&mut self, schemas: &[SchemaId], value: &Value) -> bool {
        let (document, tables) = (self.document, &mut *self.tables);
        let mut schemas = schemas.iter();
        schemas.all(|schema| tables.holds(document, *schema, Way::Request, value))
    }
}

/// The schemas that may be about the value itself.
fn parts<'d>(document: &'d Document, schemas: &[SchemaId]) -> Vec<&'d Schema> {
    let mut open: Vec<SchemaId> = schemas.iter().rev().copied().collect();
    let mut seen = HashSet::new();
    let mut parts = Vec::new();
    while let Some(id) = open.pop() {
        if parts.len() >= MOST || !seen.insert(id) {
            continue;
        }
        let schema = &document[id];
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
    parts
}

fn schemas_of(parts: &[&Schema], name: &str) -> Vec<SchemaId> {
    let mut schemas = Vec::new();
    for part in parts {
        let mut own = part.properties.iter().filter(|(known, _)| **known == *name);
        match (own.next(), part.additional) {
            (Some((_, schema)), _) => schemas.push(*schema),
            (None, crate::document::Additional::Schema(rest)) => schemas.push(rest),
            (None, _) => {}
        }
    }
    // Of alternatives, any may be meant; one is as good as another to tell a number from a string.
    schemas.truncate(1);
    schemas
}
