//! Shares equal types that have no name of their own.
//!
//! Authors repeat the same object wherever they need it. In: an API whose types are complete. Out: the same API in which each such type
//! exists once, at its most prominent place, and every other place is an alias of it. So each place keeps the name that it would have
//! alone, and additions to the description rename nothing.
//!
//! Two types are equal if they have the same values and the same meaning: shape, constraints, defaults, deprecated and read-only flags.
//! Descriptions, titles and the order of properties don't count. A named type is equal only to itself: an author who repeats a schema of
//! the same form didn't say that they are the same, and a schema that is added must not change the types of earlier ones.

use crate::ir::{Api, Closedness, Role, RuleId, Shape, TypeId};
use crate::source::{FileId, Origin, Pointer};
use std::collections::HashMap;
use std::sync::Arc;

/// Shares equal types. Linear: each type is visited once, after its parts.
pub(super) fn share(api: &mut Api) {
    for members in equal(api) {
        let Some(home) = members.iter().copied().min_by_key(|id| place(api, *id)) else {
            continue;
        };
        agree(api, home, &members);
        api.types[home.index()].shared = true;
        for other in members.into_iter().filter(|other| *other != home) {
            api.types[other.index()].shape = Shape::Alias(home);
            api.types[other.index()].rules = None;
        }
    }
}

/// Lists of equal types that need a name in code, each with two or more.
fn equal(api: &Api) -> Vec<Vec<TypeId>> {
    let mut classes = Classes {
        api,
        open: vec![false; api.types.len()],
        of: vec![None; api.types.len()],
        known: HashMap::new(),
    };
    let mut members: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    for index in 0..api.types.len() {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        let class = classes.find(id);
        // A suggested Rust type is only for the type that has it.
        if needs_name(&api[id].shape) && !api.suggested.contains_key(&id) {
            members[class.index()].push(id);
        }
    }
    members.retain(|members| members.len() > 1);
    members
}

fn needs_name(shape: &Shape) -> bool {
    matches!(shape, Shape::Object(_) | Shape::Enum(_) | Shape::Union(_))
}

/// Equivalence classes of types, found bottom-up.
struct Classes<'a> {
    api: &'a Api,
    /// For each type, whether it was visited.
    open: Vec<bool>,
    /// For each type, the first one that it is equal to.
    of: Vec<Option<TypeId>>,
    known: HashMap<(Shape, bool, Option<RuleId>), TypeId>,
}

impl Classes<'_> {
    /// The class of a type. Its parts are visited first, with an explicit stack, so that nesting doesn't matter.
    fn find(&mut self, start: TypeId) -> TypeId {
        let mut work = vec![(start, false)];
        while let Some((id, parts_done)) = work.pop() {
            let ty = &self.api[id];
            if parts_done {
                let mut shape = bare(&ty.shape);
                for part in parts(&mut shape) {
                    // A part that is still open contains this type, and counts as equal only to itself.
                    *part = self.of[part.index()].unwrap_or(*part);
                }
                let class = *self
                    .known
                    .entry((shape, ty.deprecated, ty.rules))
                    .or_insert(id);
                self.of[id.index()] = Some(class);
            } else if !ty.role.is_place() {
                self.of[id.index()] = Some(id);
            } else if !std::mem::replace(&mut self.open[id.index()], true) {
                work.push((id, true));
                let mut shape = bare(&ty.shape);
                work.extend(parts(&mut shape).into_iter().map(|part| (*part, false)));
            }
        }
        self.of[start.index()].unwrap_or(start)
    }
}

/// A shape without what doesn't matter for equality.
fn bare(shape: &Shape) -> Shape {
    let mut shape = shape.clone();
    match &mut shape {
        Shape::Object(object) => {
            object.properties.sort_by(|a, b| a.name.cmp(&b.name));
            for property in &mut object.properties {
                property.description = None;
                property.origin = Origin {
                    file: FileId(0),
                    pointer: Pointer::root(),
                };
            }
        }
        Shape::Enum(listed) => {
            listed
                .values
                .sort_by_cached_key(|listed| listed.value.to_string());
            for listed in &mut listed.values {
                listed.description = None;
            }
        }
        _ => {}
    }
    shape
}

/// The types that a shape consists of.
pub(super) fn parts(shape: &mut Shape) -> Vec<&mut TypeId> {
    match shape {
        Shape::Array(array) => vec![&mut array.items],
        Shape::Tuple(items) => items.iter_mut().map(|item| &mut item.ty).collect(),
        Shape::Map(map) => vec![&mut map.values],
        Shape::Object(object) => {
            let rest = match &mut object.rest {
                Closedness::Typed { values, .. } => Some(values),
                Closedness::Open | Closedness::Closed => None,
            };
            let properties = object.properties.iter_mut();
            properties
                .map(|property| &mut property.ty)
                .chain(rest)
                .collect()
        }
        Shape::Union(union) => {
            let variants = union.variants.iter_mut();
            variants.map(|variant| &mut variant.ty).collect()
        }
        Shape::Alias(target) => vec![target],
        Shape::Any
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(..)
        | Shape::Number(..)
        | Shape::String(..)
        | Shape::Enum(_) => Vec::new(),
    }
}

/// Sort key for the most prominent place of a type, least first: schemas before operations, places near their root, then by name, so that
/// the order of the document doesn't matter.
fn place(api: &Api, id: TypeId) -> (bool, usize, usize, String) {
    let (mut at, mut depth) = (id, 0);
    while let Role::Property(parent, _)
    | Role::Item(parent)
    | Role::Value(parent)
    | Role::Variant(parent, _)
    | Role::Extended(parent, _) = &api[at].role
    {
        (at, depth) = (*parent, depth + 1);
    }
    let name = api.type_name(id);
    (api[at].role.is_place(), depth, name.len(), name)
}

/// Keeps only the annotations of a shared type that are the same in all places.
fn agree(api: &mut Api, home: TypeId, members: &[TypeId]) {
    let said = |text: fn(&crate::ir::TypeDef) -> Option<&Arc<str>>| {
        let mut texts = members.iter().filter_map(|id| text(&api[*id]));
        let first = texts.next()?;
        texts.all(|other| other == first).then(|| Arc::clone(first))
    };
    let title = said(|ty| ty.title.as_ref());
    let description = said(|ty| ty.description.as_ref());
    let mut told: HashMap<Arc<str>, Option<Arc<str>>> = HashMap::new();
    for id in members {
        let Shape::Object(object) = &api[*id].shape else {
            continue;
        };
        for property in &object.properties {
            let Some(text) = &property.description else {
                continue;
            };
            let agreed = told.entry(Arc::clone(&property.name));
            let agreed = agreed.or_insert_with(|| Some(Arc::clone(text)));
            agreed.take_if(|agreed| agreed != text);
        }
    }
    let mut silent = Vec::new();
    let ty = &mut api.types[home.index()];
    // The names of variants derive from their titles.
    if !matches!(ty.role, Role::Variant(..)) {
        ty.title = title;
    }
    ty.description = description;
    if let Shape::Object(object) = &mut ty.shape {
        for property in &mut object.properties {
            property.description = told.get(&property.name).cloned().flatten();
            silent.extend(property.description.is_none().then_some(property.ty));
        }
    }
    // The annotations of a property's type repeat those of the property; named types were handled above.
    for id in silent {
        let ty = &mut api.types[id.index()];
        if ty.role.is_place() && !needs_name(&ty.shape) {
            (ty.title, ty.description) = (None, None);
        }
    }
}
