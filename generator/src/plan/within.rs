//! Properties of types that depend on nested types.

use crate::ir::{Api, Bounds, EnumKind, Length, Shape, StringFormat, TypeDef, TypeId, UnionKind};
use std::collections::HashSet;

/// The types with checks, their own or nested ones.
pub(super) fn checked(api: &Api) -> HashSet<TypeId> {
    closure(api, |_, ty| ty.rules.is_some() || has_own_checks(&ty.shape))
}

/// The types that contain a float or another type without `Eq`, directly or not.
pub(super) fn floats(api: &Api, is_unequal: impl Fn(TypeId) -> bool) -> HashSet<TypeId> {
    closure(api, |id, ty| has_float(&ty.shape) || is_unequal(id))
}

/// Whether a shape has checks of its own.
fn has_own_checks(shape: &Shape) -> bool {
    match shape {
        Shape::Integer(_, bounds) | Shape::Number(_, bounds) => *bounds != Bounds::default(),
        Shape::String(format, text) => {
            text.pattern.is_some() || text.length != Length::default() || is_checked(format)
        }
        Shape::Enum(listed) => !listed.open,
        Shape::Array(array) => array.unique || array.length != Length::default(),
        Shape::Map(map) => map.length != Length::default() || map.keys.is_some(),
        // A value with an unknown tag is kept, and rejected when it is validated.
        Shape::Union(union) => {
            union.exclusive.is_some() || matches!(union.kind, UnionKind::Tagged { .. })
        }
        Shape::Any | Shape::Null | Shape::Boolean | Shape::Tuple(_) | Shape::Alias(_) => false,
        Shape::Object(object) => {
            let mut properties = object.properties.iter();
            object.keys.is_some()
                || object.length != Length::default()
                || !object.groups.is_empty()
                || properties.any(|property| property.wanted.is_some())
        }
    }
}

/// Whether text with a format is checked. Unknown formats aren't.
fn is_checked(format: &StringFormat) -> bool {
    match format {
        StringFormat::Plain | StringFormat::Other(_) => false,
        StringFormat::Uri
        | StringFormat::DateTime
        | StringFormat::Date
        | StringFormat::Time
        | StringFormat::Duration
        | StringFormat::Uuid
        | StringFormat::Base64
        | StringFormat::Decimal
        | StringFormat::Grammar(_) => true,
    }
}

fn has_float(shape: &Shape) -> bool {
    match shape {
        Shape::Number(..) => true,
        Shape::Enum(listed) => listed.kind == EnumKind::Number && !listed.is_unsigned(),
        Shape::Any
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(..)
        | Shape::String(..)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Object(_)
        | Shape::Union(_)
        | Shape::Alias(_) => false,
    }
}

/// The types for which `holds` is true, and all types that contain one.
fn closure(api: &Api, holds: impl Fn(TypeId, &TypeDef) -> bool) -> HashSet<TypeId> {
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut found: Vec<TypeId> = Vec::new();
    for (index, ty) in api.types.iter().enumerate() {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        for part in ty.shape.parts() {
            users[part.index()].push(id);
        }
        if holds(id, ty) {
            found.push(id);
        }
    }
    let mut all: HashSet<TypeId> = found.iter().copied().collect();
    while let Some(id) = found.pop() {
        found.extend(
            users[id.index()]
                .iter()
                .copied()
                .filter(|user| all.insert(*user)),
        );
    }
    all
}
