//! Plans enums of listed values.

use super::names::{self, Case, Wanted};
use super::rust::Ident;
use super::types::{Extras, IntegerEnum, ListedEnum, ListedVariant, StringEnum, TypeItem};
use super::{Doc, Planner};
use crate::diag::Place;
use crate::ir::{Enum, EnumKind, Listed, TypeDef};
use serde_json::Value;

/// An enum of strings or integers; `None` for values that aren't an enum in Rust.
pub(super) fn item(
    planner: &mut Planner<'_>,
    ty: &TypeDef,
    listed: &Enum,
    name: &Ident,
    doc: &Doc,
) -> Option<TypeItem> {
    match listed.kind {
        EnumKind::String => {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let item: StringEnum = planned(planner, ty, listed, name, doc, text);
            Some(TypeItem::StringEnum(item))
        }
        EnumKind::Integer => {
            let item: IntegerEnum = planned(planner, ty, listed, name, doc, Value::as_i64);
            Some(TypeItem::IntegerEnum(item))
        }
        EnumKind::Number | EnumKind::Boolean | EnumKind::Any => None,
    }
}

fn planned<T>(
    planner: &mut Planner<'_>,
    ty: &TypeDef,
    listed: &Enum,
    name: &Ident,
    doc: &Doc,
    read: impl Fn(&Value) -> Option<T>,
) -> ListedEnum<T> {
    let wishes: Vec<Wanted> = listed.values.iter().map(wish).collect();
    let named = names::scope(&planner.speller, Case::Variant, &["Self"], &wishes);
    planner.report_clashes(&named, |index| {
        (wishes[index].wire.clone(), Place::value(&ty.origin))
    });
    let used: Vec<&str> = named.idents.iter().map(Ident::as_str).collect();
    let other = names::scope(
        &planner.speller,
        Case::Variant,
        &used,
        &[Wanted::as_on_wire("other")],
    );
    let other = other.idents.into_iter().next();
    let variants = named
        .idents
        .into_iter()
        .zip(&listed.values)
        .filter_map(|(name, listed)| {
            let said = Doc::markdown(listed.description.as_deref().unwrap_or_default());
            Some(ListedVariant {
                doc: said.or(|| Doc::code(&wire(&listed.value))),
                name,
                value: read(&listed.value)?,
            })
        });
    ListedEnum {
        doc: doc.clone(),
        deprecated: ty.deprecated,
        extras: Extras::default(),
        name: name.clone(),
        variants: variants.collect(),
        other: other.unwrap_or_else(|| name.clone()),
        open: listed.open,
    }
}

/// A value as text: a string without quotes.
fn wire(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The wanted name of a value: the one in the description, else from the value itself.
fn wish(listed: &Listed) -> Wanted {
    let own = || listed_words(&listed.value);
    Wanted {
        text: listed.name.clone().unwrap_or_else(own),
        wire: wire(&listed.value),
        explicit: false,
        otherwise: None,
    }
}

/// The words for a listed value.
pub(super) fn listed_words(value: &Value) -> String {
    let wire = wire(value);
    if value.is_number() {
        match wire.strip_prefix('-') {
            Some(digits) => format!("minus {digits}"),
            None => format!("value {wire}"),
        }
    } else if wire.is_empty() {
        "empty".to_owned()
    } else {
        wire
    }
}
