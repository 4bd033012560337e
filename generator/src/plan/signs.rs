//! What a variant of a union can't be read without: the kind of its values, and a property that it requires.
//!
//! Of a union whose variants are tried, those that a value can't be needn't be. It makes no difference to what a value becomes.

use super::foreign::Foreign;
use super::types::Sign;
use crate::ir::{Api, Closedness, EnumKind, Object, Presence, Shape, TypeId, Union, UnionKind};
use std::collections::HashMap;

/// The signs of the variants of a union, in their order; they say nothing where a tag tells, or where they would all be the same.
pub(super) fn signs(api: &Api, foreign: &Foreign, union: &Union) -> Vec<Sign> {
    let count = union.variants.len();
    let types = union.variants.iter().map(|one| own(api, foreign, one.ty));
    let types: Vec<Option<TypeId>> = types.collect();
    let object = |ty: &Option<TypeId>| {
        if let Shape::Object(object) = &api[(*ty)?].shape {
            Some(&**object)
        } else {
            None
        }
    };
    let objects: Vec<Option<&Object>> = types.iter().map(object).collect();
    let kinds = types.iter().map(|ty| kind(&api[(*ty)?].shape));
    let signs: Vec<Sign> = match union.kind {
        UnionKind::Tagged { .. } => Vec::new(),
        UnionKind::ByKind => {
            let kinds = union
                .variants
                .iter()
                .zip(kinds)
                .map(|(variant, kind)| Sign {
                    kind: stated(variant.keys.first().map(String::as_str), kind),
                    needs: None,
                });
            return kinds.collect();
        }
        UnionKind::ByField => {
            let variants = union.variants.iter().zip(objects);
            let signs = variants.map(|(variant, object)| {
                let key = variant.keys.first();
                let is_required = |key: &&String| {
                    object.is_some_and(|object| required(object).any(|name| *name == ***key))
                };
                let needs = key.filter(is_required).cloned();
                let kind = needs.as_ref().map(|_| "object");
                Sign { kind, needs }
            });
            signs.collect()
        }
        UnionKind::Ordered => {
            let needs = needs(&objects);
            let signs = kinds.zip(needs).map(|(kind, needs)| Sign { kind, needs });
            signs.collect()
        }
    };
    let is_told = signs
        .iter()
        .any(|sign| *sign != signs[0] || sign.needs.is_some());
    if is_told {
        signs
    } else {
        vec![Sign::default(); count]
    }
}

/// What a type is behind its aliases, unless it is one of the user's own, of which nothing is known.
fn own(api: &Api, foreign: &Foreign, mut ty: TypeId) -> Option<TypeId> {
    // Chains can't be longer than there are types.
    for _ in 0..api.types.len() {
        if foreign.ty(ty).is_some() {
            return None;
        }
        let Shape::Alias(target) = api[ty].shape else {
            break;
        };
        ty = target;
    }
    Some(ty)
}

/// The one kind of values that a type is read from.
fn kind(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Null => Some("null"),
        Shape::Boolean => Some("boolean"),
        Shape::Integer(..) | Shape::Number(..) => Some("number"),
        Shape::String(..) => Some("string"),
        Shape::Enum(listed) => match listed.kind {
            EnumKind::String => Some("string"),
            EnumKind::Integer | EnumKind::Number => Some("number"),
            EnumKind::Boolean => Some("boolean"),
            EnumKind::Any => None,
        },
        Shape::Array(_) | Shape::Tuple(_) => Some("array"),
        Shape::Object(object) => match object.rest {
            Closedness::Open | Closedness::Closed => Some("object"),
            Closedness::Typed { .. } => Some("map"),
        },
        Shape::Map(_) => Some("map"),
        Shape::Any | Shape::Alias(_) | Shape::Union(_) => None,
    }
}

/// The kind that a description states, of a type that is read from this one.
fn stated(kind: Option<&str>, read: Option<&'static str>) -> Option<&'static str> {
    let kinds = ["null", "boolean", "number", "string", "array"];
    match kind? {
        "object" if read == Some("object") => read,
        "object" => Some("map"),
        kind => kinds.into_iter().find(|known| *known == kind),
    }
}

/// The properties without which an object can't be read.
fn required(object: &Object) -> impl Iterator<Item = &str> {
    let properties = object.properties.iter();
    let required = properties.filter(|one| match one.presence {
        Presence::Required | Presence::Nullable => true,
        Presence::Optional | Presence::OptionalNullable => false,
    });
    required.map(|one| &*one.name)
}

/// Of each object the required property that the fewest others require, and of these the one that the fewest have.
fn needs(objects: &[Option<&Object>]) -> Vec<Option<String>> {
    let all = || objects.iter().flatten();
    let (mut having, mut requiring) = (HashMap::new(), HashMap::new());
    for object in all() {
        for property in &object.properties {
            *having.entry(&*property.name).or_insert(0_usize) += 1;
        }
        for name in required(object) {
            *requiring.entry(name).or_insert(0_usize) += 1;
        }
    }
    let telling = |object: Option<&Object>| {
        let names = required(object?).filter(|name| requiring[name] < all().count());
        let best = names.min_by_key(|name| (requiring[name], having[name]));
        best.map(str::to_owned)
    };
    objects.iter().copied().map(telling).collect()
}
