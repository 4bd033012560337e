//! Lowers `enum` and `const`: an enum if all values have the same kind, else a union.

use super::Lower;
use super::kind::{Kind, kind_of, listed};
use crate::diag::{Code, Place};
use crate::document::{Schema, SchemaId, Types, ValueWords};
use crate::ir::{Enum, EnumKind, Listed, Shape, StringFormat, Text, TypeId};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

impl Lower<'_> {
    /// The shape of listed values, apart from null; `ty` is their type.
    pub(super) fn enumeration(&mut self, schema: &Schema, values: &[Value], ty: TypeId) -> Shape {
        if lists_items(schema, values) {
            return self.list_of_listed(schema, ty);
        }
        let mut kept: Vec<Listed> = Vec::new();
        let (words, mut seen) = (words_by_value(schema), HashSet::new());
        for value in values.iter().filter(|value| !value.is_null()) {
            let words = words.get(value);
            let listed = Listed {
                value: self.as_stated(schema, value),
                name: words.and_then(|words| words.name.clone()),
                description: words.and_then(|words| words.description.clone()),
            };
            if seen.insert(listed.value.clone()) {
                kept.push(listed);
            }
        }
        self.enum_of(schema, kept, ty)
    }

    fn enum_of(&mut self, schema: &Schema, values: Vec<Listed>, ty: TypeId) -> Shape {
        let kinds: Vec<EnumKind> = values.iter().map(|listed| kind(&listed.value)).collect();
        let has = |wanted: EnumKind| kinds.contains(&wanted);
        let (text, truth) = (has(EnumKind::String), has(EnumKind::Boolean));
        let number = has(EnumKind::Integer) || has(EnumKind::Number);
        let kind = match (text, number, truth, has(EnumKind::Any)) {
            (false, false, false, false) => return Shape::Null,
            (_, _, _, true) => EnumKind::Any,
            (true, false, false, _) => EnumKind::String,
            (false, true, false, _) if has(EnumKind::Number) => EnumKind::Number,
            (false, true, false, _) => EnumKind::Integer,
            (false, false, true, _) if values.len() == 2 => return Shape::Boolean,
            (false, false, true, _) => EnumKind::Boolean,
            _ => return self.several_kinds(schema, &values, ty),
        };
        Shape::Enum(Enum {
            kind,
            values,
            open: schema.extensible,
        })
    }

    /// A union with an enum for each kind of value.
    fn several_kinds(&mut self, schema: &Schema, values: &[Listed], ty: TypeId) -> Shape {
        let mut groups: Vec<(Types, Vec<Value>)> = Vec::new();
        for Listed { value, .. } in values {
            let types = Types {
                string: value.is_string(),
                number: value.is_number(),
                boolean: value.is_boolean(),
                ..Types::default()
            };
            match groups.iter_mut().find(|(known, _)| *known == types) {
                Some((_, values)) => values.push(value.clone()),
                None => groups.push((types, vec![value.clone()])),
            }
        }
        let members = groups.into_iter().map(|(types, values)| {
            let mut member = Schema {
                types,
                ..Schema::empty(schema.origin.clone())
            };
            member.values = Some(values);
            member.value_words.clone_from(&schema.value_words);
            member.extensible = schema.extensible;
            self.make(member)
        });
        let choice = Schema::choice(members.collect(), schema.origin.clone());
        self.union(&choice, ty)
    }

    /// A list whose items are limited to the values next to `type: array`.
    fn list_of_listed(&mut self, schema: &Schema, ty: TypeId) -> Shape {
        let code = Code::EnumMismatch {
            found: "of this list".to_owned(),
            expected: "a list".to_owned(),
        };
        self.diagnostics.push(code, Place::value(&schema.origin));
        let mut limited = Schema::empty(schema.origin.clone());
        limited.values.clone_from(&schema.values);
        limited.value_words.clone_from(&schema.value_words);
        let limited = self.make(limited);
        let mut list = Schema {
            items: self.both(schema.items, Some(limited)),
            ..schema.clone()
        };
        (list.values, list.constant) = (None, None);
        self.array(&list, ty)
    }

    /// Converts a listed value to the declared type: `"1"` becomes 1 if that is an integer, and 1 becomes `"1"` if it is a string.
    ///
    /// A value that can't be converted is kept; then the list wins over the type.
    fn as_stated(&mut self, schema: &Schema, value: &Value) -> Value {
        let text = value.as_str();
        let (expected, read) = match (kind_of(schema), value) {
            (Some(Kind::String), Value::Number(_) | Value::Bool(_)) => {
                ("a string", Some(Value::String(value.to_string())))
            }
            (Some(Kind::Integer | Kind::Number), Value::String(_) | Value::Bool(_)) => {
                let number = text.and_then(|text| text.parse().ok());
                ("a number", number.map(Value::Number))
            }
            (Some(Kind::Boolean), Value::String(_) | Value::Number(_)) => {
                let flag = text.and_then(|text| text.parse().ok());
                ("a boolean", flag.map(Value::Bool))
            }
            (Some(Kind::Object), value) if !value.is_object() => ("an object", None),
            _ => return value.clone(),
        };
        let code = Code::EnumMismatch {
            found: value.to_string(),
            expected: expected.to_owned(),
        };
        self.diagnostics.push(code, Place::value(&schema.origin));
        read.unwrap_or_else(|| value.clone())
    }

    /// A choice of constants becomes an enum: `oneOf: [{const: 1, title: Low}, …]`. A choice of strings becomes one string enum with the
    /// values of all lists; it is open if one of the choices is any string.
    pub(super) fn choice_of_values(
        &mut self,
        schema: &Schema,
        members: &[SchemaId],
        ty: TypeId,
    ) -> Option<Shape> {
        let mut values: Vec<Listed> = Vec::new();
        let (mut any, mut limited, mut constrained) = (false, false, false);
        for member in members {
            let name = self.schema(*member).name.clone();
            let mut member = (*self.merged(*member).schema).clone();
            member.name = name;
            constrained |= is_constrained(&member);
            match listed(&member) {
                _ if !is_settled(&member) => return None,
                Some(listed) => values.extend(listed_of(&member, listed)?),
                None if kind_of(&member) == Some(Kind::String) => {
                    any = true;
                    limited |= !is_any_string(&member);
                }
                None => return None,
            }
        }
        let texts = values.iter().all(|listed| listed.value.is_string());
        if any && !texts {
            return None;
        }
        if constrained {
            self.note_lost_choice(ty);
        }
        if limited || values.is_empty() {
            return Some(Shape::String(StringFormat::Plain, Text::default()));
        }
        let mut seen = HashSet::new();
        values.retain(|listed| seen.insert(listed.value.clone()));
        let mut origin = Schema::empty(schema.origin.clone());
        origin.extensible = any || schema.extensible;
        // Values of several kinds are told apart like in any other union.
        let kinds = values
            .iter()
            .map(|listed| std::mem::discriminant(&listed.value));
        let kinds: HashSet<_> = kinds.collect();
        (kinds.len() == 1).then(|| self.enum_of(&origin, values, ty))
    }
}

/// Names and descriptions by value; of several for one value the first wins.
fn words_by_value(schema: &Schema) -> HashMap<&Value, &ValueWords> {
    let words = schema.value_words.iter().rev();
    words.map(|words| (&words.value, words)).collect()
}

/// The values of an alternative. Its title and description belong to its value if there is only one.
fn listed_of(member: &Schema, values: &[Value]) -> Option<Vec<Listed>> {
    let scalars = values
        .iter()
        .all(|value| value.is_string() || value.is_number() || value.is_boolean());
    if !scalars || kind_of(member).is_some_and(|kind| !fits(kind, values)) {
        return None;
    }
    let alone = values.len() == 1;
    let words = words_by_value(member);
    let listed = values.iter().map(|value| {
        let words = words.get(value);
        let own = |text: &Option<Arc<str>>| {
            let text = text.as_deref().filter(|_| alone && member.name.is_none());
            text.map(str::to_owned)
        };
        Listed {
            value: value.clone(),
            name: words
                .and_then(|words| words.name.clone())
                .or_else(|| own(&member.title)),
            description: words
                .and_then(|words| words.description.clone())
                .or_else(|| own(&member.description)),
        }
    });
    Some(listed.collect())
}

/// Whether all values have the declared type.
fn fits(stated: Kind, values: &[Value]) -> bool {
    values.iter().all(|value| match stated {
        Kind::Any => true,
        Kind::String => value.is_string(),
        Kind::Integer | Kind::Number => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Null | Kind::Array | Kind::Object => false,
    })
}

/// Whether a schema has neither a choice nor a composition.
fn is_settled(schema: &Schema) -> bool {
    schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.all_of.is_empty()
        && schema.reference.is_none()
}

/// Whether a schema of strings or numbers has constraints other than a list or a format.
fn is_constrained(schema: &Schema) -> bool {
    schema.pattern.is_some()
        || schema.min_length.is_some_and(|length| length > 1)
        || schema.max_length.is_some()
        || schema.minimum.is_some()
        || schema.maximum.is_some()
        || schema.multiple_of.is_some()
}

/// Whether a schema is any string. Next to lists of strings it means that they aren't exhaustive.
fn is_any_string(schema: &Schema) -> bool {
    schema.format.is_none()
        && schema.pattern.is_none()
        && schema.min_length.is_none_or(|length| length <= 1)
        && schema.max_length.is_none()
}

/// Whether listed values are meant for the items: `type: array, enum: [a, b]`.
fn lists_items(schema: &Schema, values: &[Value]) -> bool {
    kind_of(schema) == Some(Kind::Array) && !values.iter().any(Value::is_array)
}

fn kind(value: &Value) -> EnumKind {
    match value {
        Value::String(_) => EnumKind::String,
        Value::Number(number) if number.is_i64() => EnumKind::Integer,
        Value::Number(_) => EnumKind::Number,
        Value::Bool(_) => EnumKind::Boolean,
        Value::Null | Value::Array(_) | Value::Object(_) => EnumKind::Any,
    }
}
