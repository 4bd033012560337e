//! Lowers lists, tuples, and the additional properties of objects.

use super::Lower;
use super::xml::Spot;
use crate::document::{Additional, Schema, SchemaId};
use crate::ir::{Array, Closedness, Item, Length, Role, Shape, TypeId};
use serde_json::Value;

/// Longest tuple with trait implementations that generated code needs; longer ones become lists.
const LONGEST_TUPLE: usize = 8;

impl Lower<'_> {
    /// The shape of a list; `ty` is its type.
    pub(super) fn array(&mut self, schema: &Schema, ty: TypeId) -> Shape {
        let length = Length {
            min: schema.min_items.filter(|min| *min > 0),
            max: schema.max_items,
        };
        let count = schema.prefix_items.len();
        if count == 0 {
            let items = self.use_or_any(schema.items, Role::Item(ty), schema);
            if let Some(items) = schema.items {
                self.note_xml(items, Spot::Items(ty));
            }
            return Shape::Array(Array {
                items: items.ty,
                nullable_items: items.nullable,
                length,
                unique: schema.unique_items,
            });
        }
        let at_least = |limit: Option<u64>| limit.is_some_and(|limit| limit >= count as u64);
        let closed = schema.max_items.is_some_and(|max| max <= count as u64)
            || schema.items.is_some_and(|items| self.is_never(items));
        if closed
            && at_least(length.min)
            && at_least(length.max.or(length.min))
            && count <= LONGEST_TUPLE
        {
            let items = schema.prefix_items.iter().map(|item| {
                let used = self.use_of(*item, Role::Item(ty));
                Item {
                    ty: used.ty,
                    nullable: used.nullable,
                }
            });
            return Shape::Tuple(items.collect());
        }
        let mut all = schema.prefix_items.clone();
        if !closed {
            all.push(self.schema_or_any(schema.items, schema));
        }
        let items = self.one_of(all, schema);
        let items = self.use_of(items, Role::Item(ty));
        Shape::Array(Array {
            items: items.ty,
            nullable_items: items.nullable,
            length: Length {
                max: length.max.or_else(|| closed.then_some(count as u64)),
                ..length
            },
            unique: schema.unique_items,
        })
    }

    /// What an object does with additional properties.
    pub(super) fn rest(&mut self, schema: &Schema, ty: TypeId) -> Closedness {
        let additional = match schema.additional {
            Additional::Unstated => schema.unevaluated,
            stated => stated,
        };
        if !schema.pattern_properties.is_empty() {
            let patterns = schema.pattern_properties.iter();
            let mut values: Vec<SchemaId> = patterns.map(|(_, values)| *values).collect();
            match additional {
                Additional::Forbidden => {}
                Additional::Schema(others) => values.push(others),
                Additional::Unstated | Additional::Any => {
                    values.push(self.schema_or_any(None, schema));
                }
            }
            let values = self.one_of(values, schema);
            return self.typed(values, ty);
        }
        match additional {
            Additional::Unstated => Closedness::Open,
            Additional::Forbidden => Closedness::Closed,
            Additional::Any => Closedness::Typed {
                values: self.any(Role::Value(ty), schema),
                nullable: false,
            },
            Additional::Schema(values) => self.typed(values, ty),
        }
    }

    fn typed(&mut self, values: SchemaId, ty: TypeId) -> Closedness {
        let values = self.use_of(values, Role::Value(ty));
        Closedness::Typed {
            values: values.ty,
            nullable: values.nullable,
        }
    }

    /// The pattern for the names of additional properties: that of `patternProperties` if no others are allowed, and that of
    /// `propertyNames`.
    pub(super) fn keys(&mut self, schema: &Schema) -> Option<String> {
        let closed = Additional::Forbidden == schema.additional
            || (schema.additional, schema.unevaluated)
                == (Additional::Unstated, Additional::Forbidden);
        let patterns = schema.pattern_properties.iter().filter(|_| closed);
        let patterns: Vec<&str> = patterns.map(|(pattern, _)| &**pattern).collect();
        let listed = match &patterns[..] {
            [] => None,
            [only] => Some(only.to_string()),
            several => Some(format!("(?:{})", several.join(")|(?:"))),
        };
        let named = schema
            .property_names
            .and_then(|names| self.name_pattern(names));
        let both = match (listed, named) {
            (Some(a), Some(b)) => Some(format!(r"^(?=[\s\S]*(?:{a}))(?=[\s\S]*(?:{b}))")),
            (a, b) => a.or(b),
        };
        both.and_then(|pattern| self.pattern(&pattern, schema))
    }

    /// `propertyNames` as a pattern.
    fn name_pattern(&mut self, names: SchemaId) -> Option<String> {
        let names = self.merged(names).schema;
        if let Some(values) = &names.values {
            let names = values.iter().filter_map(Value::as_str).map(escaped);
            return Some(format!("^(?:{})$", names.collect::<Vec<_>>().join("|")));
        }
        let length = match (names.min_length.unwrap_or(0), names.max_length) {
            (0, None) => None,
            (min, None) => Some(format!(r"^[\s\S]{{{min},}}$")),
            (min, Some(max)) => Some(format!(r"^[\s\S]{{{min},{max}}}$")),
        };
        match (names.pattern.as_deref().map(str::to_owned), length) {
            (Some(a), Some(b)) => Some(format!(r"^(?=[\s\S]*(?:{a}))(?:{b})")),
            (a, b) => a.or(b),
        }
    }

    /// Whether no value satisfies a schema.
    fn is_never(&self, schema: SchemaId) -> bool {
        self.schema(schema).boolean == Some(false)
    }

    fn schema_or_any(&mut self, schema: Option<SchemaId>, parent: &Schema) -> SchemaId {
        schema.unwrap_or_else(|| self.make(Schema::empty(parent.origin.clone())))
    }

    /// A choice of several schemas without duplicates; the schema itself if only one is left.
    fn one_of(&mut self, schemas: Vec<SchemaId>, parent: &Schema) -> SchemaId {
        let mut different: Vec<SchemaId> = Vec::new();
        for schema in schemas {
            let known = different.iter().any(|known| {
                self.definition(*known) == self.definition(schema) || self.are_alike(*known, schema)
            });
            if !known && !self.is_never(schema) {
                different.push(schema);
            }
        }
        match different[..] {
            [only] => only,
            _ => self.make(Schema::choice(different, parent.origin.clone())),
        }
    }

    /// Whether two schemas of numbers, strings or booleans are equal.
    fn are_alike(&self, a: SchemaId, b: SchemaId) -> bool {
        let (a, b) = (self.schema(a), self.schema(b));
        let is_plain = |schema: &Schema| {
            super::kind::is_silent(&Schema {
                types: crate::document::Types::default(),
                nullable: false,
                ..schema.clone()
            })
        };
        a.types == b.types && a.nullable == b.nullable && is_plain(&a) && is_plain(&b)
    }
}

/// A regular expression that matches only this text.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if r"^$\.*+?()[]{}|/".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
