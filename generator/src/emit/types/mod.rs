//! The types crate.

mod alias;
mod string_enum;
mod structure;
mod union;
mod validate;

pub(super) use validate::{Value, checks, entered, optional};

use super::tokens::{allow_deprecated, head, inner_doc, use_list};
use super::{Chunk, Make, SourceFile, Used, docs};
use crate::plan::{Check, Doc, Plan, Rest, Ty, TypeItem};
use quote::{ToTokens, quote};

/// `src/lib.rs`, `src/models.rs`
pub(super) fn files(plan: &Plan) -> Vec<SourceFile<'_>> {
    let mut files = vec![SourceFile::rust("src/lib.rs", || lib(plan))];
    if !plan.types.is_empty() {
        files.push(models(plan));
    }
    files
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
    let files = [
        ("pattern.rs", "Pattern"),
        ("text.rs", "TextTree"),
        ("uri.rs", "Uri"),
    ];
    let has = |file: &str| {
        plan.packages
            .types
            .support
            .iter()
            .any(|support| support.path == file)
    };
    let optional = files
        .into_iter()
        .filter(|(file, _)| has(file))
        .map(|(_, name)| name);
    let mut names: Vec<&str> = optional
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

fn models(plan: &Plan) -> SourceFile<'_> {
    let parts = plan
        .types
        .iter()
        .map(|ty| -> Make<'_, _> { Box::new(|| item(ty)) });
    SourceFile::parts(
        "src/models.rs",
        |used| models_head(plan, used),
        parts.collect(),
    )
}

fn models_head(plan: &Plan, used: &Used) -> Vec<Chunk> {
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
    let uri: &[&str] = if uses(&Ty::Uri) { &["Uri"] } else { &[] };
    let pattern: &[&str] = if plan.types.iter().any(has_pattern) {
        &["Pattern"]
    } else {
        &[]
    };
    let names = [SUPPORT, uri, pattern].concat();
    let imports = vec![maps, json, used.imports("super::support", &names)];
    let allow = allow_deprecated(plan).into_token_stream();
    head(
        &Doc::text("The types of the API, by name."),
        &allow,
        imports,
    )
}

/// What every types crate may use of the support code.
const SUPPORT: &[&str] = &[
    "Validate",
    "Validator",
    "list",
    "object",
    "string_enum",
    "union",
];

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
            Chunk::Tokens(string_enum::definition(item)),
            Chunk::Lines(string_enum::implementations(item)),
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
        TypeItem::StringEnum(_) => Vec::new(),
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
            Check::Pattern(_) => true,
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
        TypeItem::StringEnum(_) | TypeItem::Alias(_) => false,
    }
}

/// Whether a type of the same kind as `wanted` stands in `ty`.
fn contains(ty: &Ty, wanted: &Ty) -> bool {
    std::mem::discriminant(ty) == std::mem::discriminant(wanted)
        || match ty {
            Ty::Vec(inner) | Ty::Map(inner) | Ty::Option(inner) | Ty::Box(inner) => {
                contains(inner, wanted)
            }
            _ => false,
        }
}
