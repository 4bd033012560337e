//! Enums: listed values, each with a name.

use super::names::{self, Case, Wanted};
use super::rust::Ident;
use super::shapes::wanted;
use super::types::StringEnum;
use super::{Doc, Planner};
use crate::diag::Place;
use crate::ir::TypeDef;

/// An enum of strings.
pub(super) fn string_enum(
    planner: &mut Planner<'_>,
    ty: &TypeDef,
    values: &[serde_json::Value],
    name: Ident,
    doc: Doc,
) -> StringEnum {
    let texts: Vec<&str> = values
        .iter()
        .filter_map(serde_json::Value::as_str)
        .collect();
    let wishes: Vec<Wanted> = texts.iter().map(|text| variant_wish(text)).collect();
    let named = names::scope(&planner.speller, Case::Variant, &["Self"], &wishes);
    planner.report_clashes(&named, |index| {
        (texts[index].to_owned(), Place::value(&ty.origin))
    });
    let used: Vec<&str> = named.idents.iter().map(Ident::as_str).collect();
    let other = names::scope(&planner.speller, Case::Variant, &used, &[wanted("other")]);
    let other = other
        .idents
        .into_iter()
        .next()
        .unwrap_or_else(|| name.clone());
    let variants = named
        .idents
        .into_iter()
        .zip(texts.into_iter().map(str::to_owned))
        .collect();
    StringEnum {
        doc,
        deprecated: ty.deprecated,
        name,
        variants,
        other,
    }
}

/// A value without any letter or digit is named after what it is.
fn variant_wish(text: &str) -> Wanted {
    let words = if text.is_empty() { "empty" } else { text };
    Wanted {
        text: words.to_owned(),
        wire: text.to_owned(),
        explicit: false,
    }
}
