//! Properties that can have one value only, as they tell a struct from the other variants of a union or as no other is listed, so that
//! nobody has to say it.

use super::types::Constant;
use crate::ir::{
    Api, EnumKind, Listed, Presence, Property, Shape, StringFormat, TypeId, UnionKind,
};
use std::collections::HashMap;

/// The value of the tag, by struct and property; `None` where there are several.
#[derive(Default)]
pub(super) struct Tags(HashMap<(TypeId, String), Option<String>>);

impl Tags {
    /// The tags of all variants that declare theirs.
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

    /// What a property has to be in a struct, if it can only be this. Text is set where it may be left out too, as readers tell the struct by
    /// it; whether a flag or a number is there at all may mean something.
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

/// The only value that a type has, if there is but one, and it is written down easily.
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
        // Beyond 63 bits, and lists and objects.
        EnumKind::Number if listed.is_unsigned() => None,
        EnumKind::Number => value.as_f64().map(Constant::Float),
        EnumKind::Any => None,
    }
}

/// The type that an alias stands for.
pub(super) fn unaliased(api: &Api, mut ty: TypeId) -> TypeId {
    for _ in 0..api.types.len() {
        let Shape::Alias(target) = api[ty].shape else {
            break;
        };
        ty = target;
    }
    ty
}
