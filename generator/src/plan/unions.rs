//! Plans unions: the names and types of their variants.

use super::names::{self, Case, Wanted};
use super::rust::{Named, Ty};
use super::shapes::Shapes;
use super::signs;
use super::type_docs::variant_doc;
use super::types::{Extras, Union as PlannedUnion, UnionVariant};
use super::{Doc, Planner};
use crate::ir::{Role, TypeDef, TypeId, Union, UnionKind, Variant};

impl Shapes {
    pub(super) fn union(
        &self,
        planner: &mut Planner<'_>,
        id: TypeId,
        ty: &TypeDef,
        union: &Union,
        named: &Named,
        doc: Doc,
    ) -> PlannedUnion {
        let api = planner.api;
        let types: Vec<Ty> = union
            .variants
            .iter()
            .map(|variant| self.ty(api, variant.ty))
            .collect();
        let is_repeated = |ty: &Ty| types.iter().filter(|other| other.is_same(ty)).count() > 1;
        let wishes: Vec<Wanted> = union
            .variants
            .iter()
            .zip(&types)
            .map(|(variant, ty)| {
                let role = &api[variant.ty].role;
                let is_nameless = (matches!(role, Role::Variant(..))
                    && api[variant.ty].title.is_none())
                    || matches!(role, Role::As(_, Role::BASE));
                let is_named = matches!(ty, Ty::Named(_));
                let tag = tag(union, variant);
                if let Some(tag) = tag.filter(|_| is_repeated(ty)) {
                    Wanted::as_on_wire(tag)
                } else if let (Role::Extended(_, name), true) = (role, is_named) {
                    Wanted::as_on_wire(name)
                // Such a type is not named after another place where it is used: in an `Animal`, a `CatBase` is a `Cat`.
                } else if let Some(tag) = tag.filter(|_| is_nameless && is_named) {
                    Wanted::as_on_wire(tag)
                } else {
                    Wanted::as_on_wire(&without_prefix(&variant_words(ty), named.name.plain()))
                }
            })
            .collect();
        let other = matches!(union.kind, UnionKind::Tagged { .. });
        let taken: &[&str] = if other { &["Self", "Other"] } else { &["Self"] };
        let idents = names::scope(&planner.speller, Case::Variant, taken, &wishes).idents;
        let mut signs = signs::signs(api, &self.foreign, union).into_iter();
        let variants = union
            .variants
            .iter()
            .zip(&types)
            .zip(idents)
            .enumerate()
            .map(|(position, ((variant, plain), name))| {
                let boxed = self.room.boxed.contains(&(id, position));
                UnionVariant {
                    doc: variant_doc(api, &self.names, variant.ty),
                    name,
                    ty: if boxed {
                        Ty::Box(Box::new(plain.clone()))
                    } else {
                        plain.clone()
                    },
                    keys: variant.keys.clone(),
                    sign: signs.next().unwrap_or_default(),
                    writes_tag: variant.writes_tag,
                    from: types.iter().filter(|other| other.is_same(plain)).count() == 1 && !boxed,
                    checks: self.checks(api, variant.ty),
                }
            });
        PlannedUnion {
            doc,
            deprecated: ty.deprecated,
            eq_hash: planner.wants_eq_hash() && !self.floats.contains(&id),
            extras: Extras::default(),
            unequal: self.room.is_unequal(id),
            name: named.name.clone(),
            kind: union.kind.clone(),
            exclusive: union.exclusive,
            variants: variants.collect(),
            rules: self.rules_of(api, id),
            other: other.then(|| names::ident(&planner.speller, Case::Variant, "Other")),
        }
    }
}

/// The tag of a variant, if it has exactly one.
fn tag<'u>(union: &Union, variant: &'u Variant) -> Option<&'u str> {
    let first = variant.keys.first()?;
    matches!(union.kind, UnionKind::Tagged { .. }).then_some(first)
}

/// `First` from `EitherFirst`, in `Either`.
fn without_prefix(words: &str, prefix: &str) -> String {
    let rest = words
        .strip_prefix(prefix)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    rest.unwrap_or(words).to_owned()
}

/// The words for a variant: those of its type, or of the kind of its value.
fn variant_words(ty: &Ty) -> String {
    match ty {
        Ty::Named(named) => named.name.plain().to_owned(),
        Ty::Bool => "Boolean".to_owned(),
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 => "Integer".to_owned(),
        Ty::F64 => "Number".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Text(text) => text.name().to_owned(),
        Ty::Vec(item) => format!("{}List", variant_words(item)),
        Ty::Tuple(_) => "Tuple".to_owned(),
        Ty::Map(_) | Ty::JsonMap => "Map".to_owned(),
        Ty::Option(inner) | Ty::Box(inner) => variant_words(inner),
        Ty::Unit | Ty::Value | Ty::Bytes | Ty::Local(_) | Ty::NoError => "Value".to_owned(),
    }
}
