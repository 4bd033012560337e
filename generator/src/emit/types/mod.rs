//! The types crate.

mod alias;
mod listed_enum;
mod structure;
mod union;
mod validate;

pub(super) use validate::{Value, checks, entered, optional};

use super::tokens::{allow_deprecated, head, imports, inner_doc, use_list};
use super::{Chunk, Content, SourceFile, docs};
use crate::plan::{Check, Doc, Plan, Rest, TextType, Ty, TypeItem};
use quote::quote;

/// `src/lib.rs`, `src/models.rs`
pub(super) fn files(plan: &Plan) -> Vec<SourceFile> {
    let lib = SourceFile {
        path: "src/lib.rs".to_owned(),
        content: Content::Rust(lib(plan)),
    };
    let models = SourceFile {
        path: "src/models.rs".to_owned(),
        content: Content::Rust(models(plan)),
    };
    if plan.types.is_empty() {
        vec![lib]
    } else {
        vec![lib, models]
    }
}

fn lib(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&docs::types_crate(plan));
    let models = (!plan.types.is_empty()).then(|| quote! { mod models; });
    let head = quote! {
        #doc
        #![forbid(unsafe_code)]
        #models
        mod support;
    };
    let mut exports = vec!["pub use serde_json::{Map, Value};".to_owned()];
    if !plan.types.is_empty() {
        exports.insert(0, "pub use models::*;".to_owned());
    }
    exports.extend(use_list("pub use support", &public_support(plan)));
    vec![Chunk::Tokens(head), Chunk::Lines(exports)]
}

/// The names of the support code that users and the other crates need.
fn public_support(plan: &Plan) -> Vec<&'static str> {
    let support = &plan.packages.types.support;
    let has = |module: &str| {
        support
            .iter()
            .any(|file| file.path.strip_suffix(".rs") == Some(module))
    };
    let texts = TextType::ALL.into_iter().filter(|text| has(text.module()));
    let optional = texts.flat_map(TextType::exports).copied();
    let mut names: Vec<&str> = optional
        .chain(has("pattern").then_some("Pattern"))
        .chain(has("text").then_some("TextTree"))
        .chain([
            "FromParam",
            "ReadError",
            "ToParam",
            "Validate",
            "Validator",
            "Violation",
            "Violations",
            "from_json",
        ])
        .collect();
    names.sort_unstable();
    names
}

fn models(plan: &Plan) -> Vec<Chunk> {
    let items: Vec<Chunk> = plan.types.iter().flat_map(item).collect();
    let uses = |wanted: &Ty| {
        plan.types
            .iter()
            .any(|item| item_types(item).iter().any(|ty| contains(ty, wanted)))
    };
    let maps = if uses(&Ty::Map(Box::new(Ty::Unit))) {
        vec!["use std::collections::BTreeMap;".to_owned()]
    } else {
        Vec::new()
    };
    let json = match (uses(&Ty::JsonMap), uses(&Ty::Value)) {
        (false, false) => Vec::new(),
        (false, true) => vec!["use serde_json::Value;".to_owned()],
        (true, _) => vec!["use serde_json::{Map, Value};".to_owned()],
    };
    let texts = TextType::ALL.into_iter().filter(|text| {
        let types = plan.types.iter().flat_map(item_types);
        types.into_iter().any(|ty| has_text(ty, *text))
    });
    let texts: Vec<&str> = texts.map(TextType::name).collect();
    let pattern: &[&str] = if plan.types.iter().any(has_pattern) {
        &["Pattern"]
    } else {
        &[]
    };
    let support = imports(
        "super::support",
        &[
            &[
                "Validate",
                "Validator",
                "integer_enum",
                "object",
                "string_enum",
                "union",
            ][..],
            &texts,
            pattern,
        ]
        .concat(),
        &items,
    );
    let allow_deprecated = allow_deprecated(plan);
    let allow_undocumented = plan
        .types
        .iter()
        .any(is_undocumented)
        .then(|| quote! { #![allow(missing_docs)] });
    let allow = quote! { #allow_deprecated #allow_undocumented };
    let mut chunks = head(
        &Doc::text("The types of the API, by name."),
        &allow,
        vec![maps, json, support],
    );
    chunks.extend(items);
    chunks
}

/// Whether an item has a field of which the description says nothing; users may ask for documentation of everything.
fn is_undocumented(item: &TypeItem) -> bool {
    matches!(item, TypeItem::Struct(item) if item.fields.iter().any(|field| field.doc.is_empty()))
}

/// What one planned item yields, in the order of the file.
fn item(item: &TypeItem) -> Vec<Chunk> {
    match item {
        TypeItem::Struct(item) => vec![
            Chunk::Tokens(structure::definition(item)),
            Chunk::Tokens(structure::methods(item)),
            Chunk::Lines(structure::object(item)),
            Chunk::Tokens(validate::implementation(item)),
        ],
        TypeItem::StringEnum(item) => vec![
            Chunk::Tokens(listed_enum::strings(item)),
            Chunk::Lines(listed_enum::string_implementations(item)),
        ],
        TypeItem::IntegerEnum(item) => vec![
            Chunk::Tokens(listed_enum::integers(item)),
            Chunk::Lines(listed_enum::integer_implementations(item)),
        ],
        TypeItem::Union(item) => {
            vec![
                Chunk::Tokens(union::definition(item)),
                Chunk::Lines(union::implementations(item)),
                Chunk::Tokens(validate::union(item)),
            ]
        }
        TypeItem::Alias(item) => vec![Chunk::Tokens(alias::definition(item))],
    }
}

/// The types that an item names.
fn item_types(item: &TypeItem) -> Vec<&Ty> {
    match item {
        TypeItem::Struct(item) => {
            let rest = match &item.rest {
                Rest::Kept { ty, .. } => Some(ty),
                Rest::Ignored | Rest::Refused => None,
            };
            item.fields
                .iter()
                .map(|field| &field.ty)
                .chain(rest)
                .collect()
        }
        TypeItem::StringEnum(_) | TypeItem::IntegerEnum(_) => Vec::new(),
        TypeItem::Union(item) => {
            let other = item.other.as_ref().map(|_| &Ty::Value);
            item.variants
                .iter()
                .map(|variant| &variant.ty)
                .chain(other)
                .collect()
        }
        TypeItem::Alias(item) => vec![&item.ty],
    }
}

/// Whether an item checks a pattern.
fn has_pattern(item: &TypeItem) -> bool {
    fn within(checks: &[Check]) -> bool {
        checks.iter().any(|check| match check {
            Check::Pattern(_) | Check::Keys(_) => true,
            Check::Tuple(items) => items.iter().any(|inner| within(inner)),
            Check::Items(inner) | Check::Values(inner) | Check::NotNull(inner) => within(inner),
            _ => false,
        })
    }
    match item {
        TypeItem::Struct(item) => {
            item.fields.iter().any(|field| within(&field.checks))
                || matches!(&item.rest, Rest::Kept { checks, .. } if within(checks))
        }
        TypeItem::Union(item) => item.variants.iter().any(|variant| within(&variant.checks)),
        TypeItem::StringEnum(_) | TypeItem::IntegerEnum(_) | TypeItem::Alias(_) => false,
    }
}

/// Whether a type of the support code stands in `ty`.
fn has_text(ty: &Ty, wanted: TextType) -> bool {
    *ty == Ty::Text(wanted) || ty.parts().iter().any(|part| has_text(part, wanted))
}

/// Whether a type of the same kind as `wanted` stands in `ty`.
fn contains(ty: &Ty, wanted: &Ty) -> bool {
    std::mem::discriminant(ty) == std::mem::discriminant(wanted)
        || ty.parts().iter().any(|part| contains(part, wanted))
}
