//! Properties that can have one value only, as they tell a struct from the other variants of a union or as no other is listed, so that
//! nobody has to say it.

use crate::ir::{Api, EnumKind, Presence, Property, Shape, StringFormat, TypeId, UnionKind};
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

    /// What a property has to be in a struct, if it can only be this. It is set where it may be left out too, as readers tell the struct by it.
    pub(super) fn value(&self, api: &Api, owner: TypeId, property: &Property) -> Option<String> {
        if !matches!(property.presence, Presence::Required | Presence::Optional) {
            return None;
        }
        let shape = &api[unaliased(api, property.ty)].shape;
        if let Some(only) = constant(shape) {
            return Some(only.to_owned());
        }
        let key = self.0.get(&(owner, property.name.to_string()))?.as_ref()?;
        let takes = if let Shape::Enum(listed) = shape {
            listed.values.iter().any(|one| one.value == **key)
        } else {
            matches!(shape, Shape::String(StringFormat::Plain, _))
        };
        takes.then(|| key.clone())
    }
}

/// The only text that a type has, if there is but one.
fn constant(shape: &Shape) -> Option<&str> {
    if let Shape::Enum(listed) = shape
        && listed.kind == EnumKind::String
        && let [only] = &listed.values[..]
    {
        only.value.as_str()
    } else {
        None
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
