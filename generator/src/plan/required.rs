//! Plans how functions take required values: as separate arguments, or by name if two of them could be confused.

use super::codec::Held;
use super::names::{self, Case, Wanted};
use super::operations::{Body, Parameter, PartContent};
use super::reserved::PRELUDE;
use super::rust::{Ident, Ty};
use super::shapes::Shapes;
use super::tags::unaliased;
use super::types::{Field, New};
use super::{Planner, taken};
use crate::ir::{Api, Object, Presence, Property, Shape, TypeId};
use std::collections::HashMap;
use std::mem;

/// Whether two arguments of these types could be swapped and still compile: they have the same type, or accept the same values, such as any
/// text.
pub(super) fn are_confusable<'t>(types: impl IntoIterator<Item = &'t Ty>) -> bool {
    are_confusable_beside(Vec::new(), types)
}

/// Whether one of these arguments could be swapped with another one, or with one of `fixed`, and still compile.
fn are_confusable_beside<'t>(fixed: Vec<&'t Ty>, types: impl IntoIterator<Item = &'t Ty>) -> bool {
    let mut before = fixed;
    types.into_iter().any(|ty| {
        let confusable = before.iter().any(|other| is_like(ty, other));
        before.push(ty);
        confusable
    })
}

/// Whether the client's method takes its required parameters as a struct. The path determines the order of its parameters, and the body
/// comes last; the order of all others would depend on the description.
pub(super) fn is_by_name(path: &[Parameter], others: &[Parameter], body: Option<&Body>) -> bool {
    let required = others.iter().filter(|parameter| parameter.required);
    let contents = body.iter().filter(|body| body.required);
    let contents = contents.flat_map(|body| &body.contents);
    let bodies = contents.filter_map(|content| match content.codec().held {
        Held::Value(ty) => Some(ty),
        Held::Text | Held::Bytes | Held::Events(_) | Held::Lines(_) => Some(&Ty::String),
        Held::Nothing | Held::Form(_) => None,
    });
    let fixed = path.iter().map(|parameter| &parameter.ty).chain(bodies);
    are_confusable_beside(fixed.collect(), required.map(|parameter| &parameter.ty))
}

/// Whether the form of a body takes its required parts as a struct.
pub(super) fn is_form_by_name(body: &Body) -> bool {
    let mut parts = body.contents.iter().filter_map(|one| one.payload.parts());
    parts.any(|parts| {
        let required = parts.iter().filter(|part| part.required);
        let types = required.map(|part| {
            let ty = match &part.content {
                // A file can also be made from text.
                PartContent::File => Ty::String,
                PartContent::Text(ty) | PartContent::Json(ty) => ty.clone(),
            };
            if part.many { Ty::Vec(Box::new(ty)) } else { ty }
        });
        are_confusable(&types.collect::<Vec<_>>())
    })
}

/// Whether an argument for one type is accepted for the other.
fn is_like(a: &Ty, b: &Ty) -> bool {
    let (a, b) = (unboxed(a), unboxed(b));
    // JSON can be made from nearly anything, but not from types of the description.
    let is_json =
        |ty: &Ty, other: &Ty| *ty == Ty::Value && !matches!(other, Ty::Named(_) | Ty::Local(_));
    if is_json(a, b) || is_json(b, a) {
        return true;
    }
    if a.parts().is_empty() {
        return a == b || (a.is_text() && b.is_text()) || (is_integer(a) && is_integer(b));
    }
    let mut parts = a.parts().iter().zip(b.parts());
    mem::discriminant(a) == mem::discriminant(b)
        && a.parts().len() == b.parts().len()
        && parts.all(|(a, b)| is_like(a, b))
}

/// The type in which an argument is given.
fn unboxed(ty: &Ty) -> &Ty {
    let mut ty = ty.plain();
    while let Ty::Box(inner) = ty {
        ty = inner.plain();
    }
    ty
}

/// Whether an integer literal is a value of the type.
fn is_integer(ty: &Ty) -> bool {
    matches!(ty, Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64)
}

/// The structs by which `new` takes required values, by the struct that it creates and by each alias of that.
pub(super) struct Required(HashMap<TypeId, Ident>);

impl Required {
    /// Names the structs of all types. They yield to the names of types.
    pub(super) fn of(planner: &Planner<'_>, shapes: &Shapes) -> Self {
        let api = planner.api;
        let mut by_name: HashMap<TypeId, bool> = HashMap::new();
        let mut owners = Vec::new();
        let mut wanted = Vec::new();
        for (id, named) in shapes.named() {
            let home = unaliased(api, id);
            let Shape::Object(object) = &api[home].shape else {
                continue;
            };
            let by_name = by_name
                .entry(home)
                .or_insert_with(|| are_confusable(&shapes.required_types(api, home, object)));
            if *by_name {
                let name = named.name.plain();
                wanted.push(Wanted::as_on_wire(&format!("{name}Required")));
                owners.push(id);
            }
        }
        let mut taken = [PRELUDE, taken::TYPES].concat();
        taken.extend(shapes.named().map(|(_, named)| named.name.plain()));
        taken.extend(shapes.foreign.names().iter().map(Ident::plain));
        let idents = names::scope(&planner.speller, Case::Type, &taken, &wanted).idents;
        Self(owners.into_iter().zip(idents).collect())
    }

    /// How `new` of a struct with these fields takes required values.
    pub(super) fn new_of(&self, id: TypeId, fields: &[Field]) -> New {
        if let Some(name) = self.0.get(&id) {
            return New::Struct(name.clone());
        }
        let positions = 0..fields.len();
        let mut arguments: Vec<usize> = positions.filter(|at| fields[*at].is_argument()).collect();
        // Sorted by name, as the order of the description doesn't matter.
        arguments.sort_by(|a, b| fields[*a].name.cmp(&fields[*b].name));
        New::Arguments(arguments)
    }

    /// For an alias, the name of its struct of required values, and that of its target.
    pub(super) fn alias(&self, api: &Api, id: TypeId) -> Option<(Ident, Ident)> {
        let home = self.0.get(&unaliased(api, id))?;
        Some((self.0.get(&id)?.clone(), home.clone()))
    }
}

impl Shapes {
    /// The types of the values that `new` of a struct takes.
    fn required_types(&self, api: &Api, id: TypeId, object: &Object) -> Vec<Ty> {
        let properties = object.properties.iter();
        let required = properties.filter(|property| self.is_argument(api, id, property));
        let types = required.map(|property| {
            let ty = self.ty(api, property.ty);
            if property.presence == Presence::Nullable {
                Ty::Option(Box::new(ty))
            } else {
                ty
            }
        });
        types.collect()
    }

    /// Whether `new` takes the value of a property: it is required, and not a constant.
    fn is_argument(&self, api: &Api, id: TypeId, property: &Property) -> bool {
        let required = matches!(property.presence, Presence::Required | Presence::Nullable);
        required && self.tags.value(api, id, property).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::{Ty, are_confusable};
    use crate::plan::TextType;

    #[test]
    fn what_takes_the_same_values_could_be_mixed_up() {
        let list = |item: Ty| Ty::Vec(Box::new(item));
        for (a, b) in [
            (Ty::String, Ty::String),
            (Ty::String, Ty::Text(TextType::Uuid)),
            (Ty::I32, Ty::I64),
            (Ty::Value, Ty::Bool),
            (list(Ty::String), list(Ty::Text(TextType::Uri))),
            (Ty::Box(Box::new(Ty::Bool)), Ty::Bool),
        ] {
            assert!(are_confusable([&a, &b]), "{a} {b}");
            assert!(are_confusable([&b, &Ty::Unit, &a]), "{b} {a}");
        }
        for (a, b) in [
            (Ty::String, Ty::I64),
            (Ty::F64, Ty::I64),
            (list(Ty::String), Ty::String),
            (list(Ty::String), list(Ty::Bool)),
        ] {
            assert!(!are_confusable([&a, &b]), "{a} {b}");
        }
    }
}
