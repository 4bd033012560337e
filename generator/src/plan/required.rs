//! How functions take what is required: one value after the other, or by name where two of them could be mixed up.

use super::names::{self, Case, Wanted};
use super::reserved::TAKEN_TYPES;
use super::rust::Ty;
use super::types::{New, Presence, TypeItem};
use super::words::Speller;
use std::mem;

/// Whether two arguments of these types could change places and still compile: both are of one type, or take the same values, as all
/// that takes text does.
pub(super) fn are_confusable<'t>(types: impl IntoIterator<Item = &'t Ty>) -> bool {
    let mut before: Vec<&Ty> = Vec::new();
    types.into_iter().any(|ty| {
        let confusable = before.iter().any(|other| is_like(ty, other));
        before.push(ty);
        confusable
    })
}

/// Whether an argument for one type may be given for the other.
fn is_like(a: &Ty, b: &Ty) -> bool {
    let (a, b) = (unboxed(a), unboxed(b));
    // JSON is made of nearly anything, but not of the types of the description.
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

/// What an argument for a type is given as.
fn unboxed(ty: &Ty) -> &Ty {
    let mut ty = ty.plain();
    while let Ty::Box(inner) = ty {
        ty = inner.plain();
    }
    ty
}

/// Whether `1` is a value.
fn is_integer(ty: &Ty) -> bool {
    matches!(ty, Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64)
}

/// Decides how `new` of each struct takes what is required. Structs of the required values have the names that types leave.
pub(super) fn plan_new(speller: &Speller, items: &mut [TypeItem]) {
    let mut named = Vec::new();
    for (index, item) in items.iter_mut().enumerate() {
        let TypeItem::Struct(item) = item else {
            continue;
        };
        let mut arguments: Vec<usize> = (0..item.fields.len())
            .filter(|at| item.fields[*at].is_argument())
            .collect();
        // Names rank, as the order of a description means nothing.
        arguments.sort_by(|a, b| item.fields[*a].name.cmp(&item.fields[*b].name));
        let types: Vec<Ty> = arguments
            .iter()
            .map(|at| {
                let field = &item.fields[*at];
                match field.presence {
                    Presence::Nullable => Ty::Option(Box::new(field.ty.clone())),
                    Presence::Required | Presence::Optional | Presence::OptionalNullable => {
                        field.ty.clone()
                    }
                }
            })
            .collect();
        if are_confusable(&types) {
            named.push(index);
        }
        item.new = New::Arguments(arguments);
    }
    let mut taken = TAKEN_TYPES.to_vec();
    taken.extend(items.iter().map(|item| item.name().plain()));
    let wanted = named.iter().map(|index| {
        let name = items[*index].name().plain();
        Wanted::as_on_wire(&format!("{name}Required"))
    });
    let wanted: Vec<Wanted> = wanted.collect();
    let idents = names::scope(speller, Case::Type, &taken, &wanted).idents;
    for (index, ident) in named.into_iter().zip(idents) {
        if let TypeItem::Struct(item) = &mut items[index] {
            item.new = New::Struct(ident);
        }
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
