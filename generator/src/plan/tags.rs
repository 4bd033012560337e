//! Constants: properties with only one possible value, as it identifies the struct in a union or as no other value is listed. `new` sets
//! them.

use super::types::Constant;
use crate::ir::{
    Api, EnumKind, Listed, Presence, Property, Shape, StringFormat, TypeId, UnionKind,
};
use std::collections::HashMap;

/// The tag of each struct and property; `None` if there are several.
#[derive(Default)]
pub(super) struct Tags(HashMap<(TypeId, String), Option<String>>);

impl Tags {
    /// The tags of all variants that declare them.
    pub(super) fn of(api: &Api) -> Self {
        let mut tags = Self::default();
        for ty in &api.types {
            let Shape::Union(union) = &ty.shape else {
                continue;
            };
            let UnionKind::Tagged { property } = &union.kind else {
                continue;
            };
            for variant in union.variants.iter().filter(|variant| !variant.writes_tag) {
                let key = match &variant.keys[..] {
                    [key] => Some(key.clone()),
                    _ => None,
                };
                let place = (unaliased(api, variant.ty), property.clone());
                let known = tags.0.entry(place).or_insert_with(|| key.clone());
                *known = known.take().filter(|known| key.as_ref() == Some(known));
            }
        }
        tags
    }

    /// The constant of a property in a struct, if it has one. An optional string is set too, as readers identify the struct by it; the
    /// presence of an optional boolean or number may have a meaning.
    pub(super) fn value(&self, api: &Api, owner: TypeId, property: &Property) -> Option<Constant> {
        let shape = &api[unaliased(api, property.ty)].shape;
        let set = |only: &Constant| match property.presence {
            Presence::Required => true,
            Presence::Optional => matches!(only, Constant::Text(_)),
            Presence::Nullable => matches!(only, Constant::Null),
            Presence::OptionalNullable => false,
        };
        if let Some(only) = constant(shape).filter(set) {
            return Some(only);
        }
        if !matches!(property.presence, Presence::Required | Presence::Optional) {
            return None;
        }
        let key = self.0.get(&(owner, property.name.to_string()))?.as_ref()?;
        let takes = if let Shape::Enum(listed) = shape {
            listed.values.iter().any(|one| one.value == **key)
        } else {
            matches!(shape, Shape::String(StringFormat::Plain, _))
        };
        takes.then(|| Constant::Text(key.clone()))
    }
}

/// The only value of a type, if it has one that is easy to write down.
fn constant(shape: &Shape) -> Option<Constant> {
    if *shape == Shape::Null {
        return Some(Constant::Null);
    }
    let Shape::Enum(listed) = shape else {
        return None;
    };
    let [Listed { value, .. }] = &listed.values[..] else {
        return None;
    };
    if listed.open {
        return None;
    }
    match listed.kind {
        EnumKind::String => value.as_str().map(|text| Constant::Text(text.to_owned())),
        EnumKind::Integer => value.as_i64().map(Constant::Integer),
        EnumKind::Boolean => value.as_bool().map(Constant::Bool),
        // Values beyond 63 bits, lists and objects.
        EnumKind::Number if listed.is_unsigned() => None,
        EnumKind::Number => value.as_f64().map(Constant::Float),
        EnumKind::Any => None,
    }
}

/// The only value of a type that accepts others in Rust, so that reading has to compare: a flag or a fraction.
pub(super) fn compared(api: &Api, ty: TypeId) -> Option<Constant> {
    let only = constant(&api[unaliased(api, ty)].shape);
    only.filter(|only| matches!(only, Constant::Bool(_) | Constant::Float(_)))
}

/// Resolves aliases.
pub(super) fn unaliased(api: &Api, mut ty: TypeId) -> TypeId {
    for _ in 0..api.types.len() {
        let Shape::Alias(target) = api[ty].shape else {
            break;
        };
        ty = target;
    }
    ty
}
