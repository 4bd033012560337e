//! Properties of a single schema: the kind of its values, and which keywords it has.

use super::formats::{self, bounds};
use crate::document::{Additional, Schema, Types};
use crate::ir::Bounds;
use serde_json::Value;
/// The only kind of value that a schema describes, apart from null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// The name of the type in JSON Schema; `None` for any value.
    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Self::Any => None,
            Self::Null => Some("null"),
            Self::Boolean => Some("boolean"),
            Self::Integer => Some("integer"),
            Self::Number => Some("number"),
            Self::String => Some("string"),
            Self::Array => Some("array"),
            Self::Object => Some("object"),
        }
    }
}

/// Whether a schema says nothing about values in addition to what it refers to or wraps.
pub(super) fn only_annotations(schema: &Schema) -> bool {
    let types = schema.types;
    // `type: object` next to a single-member `allOf` repeats the member.
    let repeats =
        types == Types::default() || (types.object && single_kind(types) == Some(Kind::Object));
    repeats
        && schema.boolean.is_none()
        && schema.rust_type.is_none()
        && schema.values.is_none()
        && schema.constant.is_none()
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.additional == Additional::Unstated
        && schema.unevaluated == Additional::Unstated
        && schema.pattern_properties.is_empty()
        && schema.property_names.is_none()
        && schema.dependent_required.is_empty()
        && schema.unread.is_empty()
        && schema.condition.is_none()
        && schema.contains.is_none()
        && schema.dependent_schemas.is_empty()
        && schema.unevaluated_items == Additional::Unstated
        && !schema.unique_items
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.not.is_none()
        && bounds(schema) == Bounds::default()
        && schema.pattern.is_none()
        && [
            schema.min_length,
            schema.max_length,
            schema.min_items,
            schema.max_items,
        ]
        .iter()
        .all(Option::is_none)
        && [schema.min_properties, schema.max_properties]
            .iter()
            .all(Option::is_none)
}

/// Whether a schema says nothing about values.
pub(super) fn is_silent(schema: &Schema) -> bool {
    let refers = schema.reference.is_some()
        || [&schema.all_of, &schema.one_of, &schema.any_of]
            .into_iter()
            .any(|list| !list.is_empty());
    !refers
        && only_annotations(schema)
        && schema.types == Types::default()
        && schema.format.is_none()
        && !schema.nullable
}

/// Whether a choice stands alone, apart from annotations and a type that its members repeat.
pub(super) fn repeats_only(schema: &Schema) -> bool {
    only_annotations(schema)
}

/// The values of `enum` or `const`.
pub(super) fn listed(schema: &Schema) -> Option<&[Value]> {
    schema
        .values
        .as_deref()
        .or_else(|| schema.constant.as_deref().map(std::slice::from_ref))
}

pub(super) fn lists_null(schema: &Schema) -> bool {
    listed(schema).is_some_and(|values| values.len() > 1 && values.contains(&Value::Null))
}

/// The single type in `types`, apart from null; `None` if there are several.
pub(super) fn single_kind(types: Types) -> Option<Kind> {
    let kinds = [
        (types.boolean, Kind::Boolean),
        // `type: [integer, number]` is a number.
        (types.integer && !types.number, Kind::Integer),
        (types.number, Kind::Number),
        (types.string, Kind::String),
        (types.array, Kind::Array),
        (types.object, Kind::Object),
    ];
    let named: Vec<Kind> = kinds
        .into_iter()
        .filter_map(|(there, kind)| there.then_some(kind))
        .collect();
    match (&named[..], types.null) {
        ([], true) => Some(Kind::Null),
        ([], false) => Some(Kind::Any),
        ([only], _) => Some(*only),
        _ => None,
    }
}

/// The only kind of a schema's values: that of `type`, else the kind that its other keywords apply to.
pub(super) fn kind_of(schema: &Schema) -> Option<Kind> {
    let stated = single_kind(schema.types);
    if stated != Some(Kind::Any) {
        return stated;
    }
    let implied = [
        (
            !schema.properties.is_empty()
                || !schema.required.is_empty()
                || !schema.pattern_properties.is_empty()
                || schema.property_names.is_some()
                || schema.additional != Additional::Unstated
                || schema.unevaluated != Additional::Unstated,
            Kind::Object,
        ),
        (
            schema.min_properties.is_some() || schema.max_properties.is_some(),
            Kind::Object,
        ),
        (
            schema.items.is_some()
                || !schema.prefix_items.is_empty()
                || schema.min_items.is_some()
                || schema.max_items.is_some(),
            Kind::Array,
        ),
        (
            schema.pattern.is_some() || schema.min_length.is_some() || schema.max_length.is_some(),
            Kind::String,
        ),
        (
            schema.format.as_deref().is_some_and(formats::is_integer),
            Kind::Integer,
        ),
        (
            schema
                .format
                .as_deref()
                .is_some_and(|format| matches!(format, "float" | "double")),
            Kind::Number,
        ),
        (schema.format.is_some(), Kind::String),
        (bounds(schema) != Bounds::default(), Kind::Number),
    ];
    Some(
        implied
            .into_iter()
            .find_map(|(there, kind)| there.then_some(kind))
            .unwrap_or(Kind::Any),
    )
}

/// Whether the declared properties of a schema depend on the value.
pub(super) fn is_conditional(schema: &Schema) -> bool {
    schema.condition.is_some() || !schema.dependent_schemas.is_empty() || has_choice(schema)
}

pub(super) fn has_choice(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}
