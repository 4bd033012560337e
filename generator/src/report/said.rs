//! Finds the keywords of schemas that are read as any value.
//!
//! In: the types of an IR that are any value. Out: the keywords at the place of each.

use crate::ir::{Api, Role, Shape, TypeDef};
use crate::source::{Node, Sources};

/// Keywords that don't constrain values. Everything that begins with `x-` doesn't either.
const SILENT: [&str; 22] = [
    "$anchor",
    "$comment",
    "$id",
    "$schema",
    "allowEmptyValue",
    "collectionFormat",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "in",
    "name",
    "nullable",
    "readOnly",
    "required",
    "summary",
    "title",
    "writeOnly",
    "xml",
];

/// Keywords of objects whose properties have no schema of their own.
const OF_OBJECTS: [&str; 8] = [
    "type",
    "properties",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "allOf",
];

/// The types that are any JSON value, apart from aliases of them.
pub(super) fn any(api: &Api) -> impl Iterator<Item = &TypeDef> {
    api.types.iter().filter(|ty| ty.shape == Shape::Any)
}

/// The keywords that constrain the values of a type; empty if it is free-form.
pub(super) fn keywords<'s>(sources: &'s Sources, ty: &TypeDef) -> Vec<&'s str> {
    let Some(node) = sources.at(&ty.origin) else {
        return Vec::new();
    };
    // A part without a schema of its own has the place of the schema around it. Only some keywords of that are about the part.
    let is_part = |holder: &[&str]| holder.iter().any(|keyword| node.get(keyword).is_some());
    match ty.role {
        Role::Item(_) if is_array(&node) => about(&node, &["prefixItems", "items"]),
        // Values that match a pattern have a type of their own.
        Role::Value(_) if is_part(&OF_OBJECTS) => Vec::new(),
        Role::Variant(..) if is_part(&["patternProperties"]) => Vec::new(),
        // A property that only `required` mentions.
        Role::Property(_, ref name) if node.pointer.last() != Some(name) => Vec::new(),
        _ => own(&node),
    }
}

fn is_array(node: &Node<'_>) -> bool {
    let is_array = |word: &Node<'_>| word.value == "array";
    node.get("type")
        .is_some_and(|word| is_array(&word) || word.items().any(|item| is_array(&item)))
        || node.get("items").is_some()
        || node.get("prefixItems").is_some()
}

fn about<'s>(node: &Node<'s>, keywords: &[&str]) -> Vec<&'s str> {
    let members = node.members().map(|(key, _)| key);
    members.filter(|key| keywords.contains(key)).collect()
}

/// The constraining keywords at a place. A list of schemas without any is skipped.
fn own<'s>(node: &Node<'s>) -> Vec<&'s str> {
    let silent = |key: &str, value: &Node<'_>| {
        let parts = ["allOf", "anyOf", "oneOf"].contains(&key);
        SILENT.contains(&key)
            || key.starts_with("x-")
            || value.value.is_null()
            || (parts
                && value
                    .items()
                    .all(|part| part.get("$ref").is_none() && is_silent(&part)))
            || (key == "type" && names_every_type(value))
            || (key == "properties" && value.members().next().is_none())
    };
    let members = node.members();
    members
        .filter(|(key, value)| !silent(key, value))
        .map(|(key, _)| key)
        .collect()
}

/// Whether a schema says nothing. One level is enough; nested empty choices are rare.
fn is_silent(node: &Node<'_>) -> bool {
    node.members()
        .all(|(key, _)| SILENT.contains(&key) || key.starts_with("x-"))
}

/// Whether a list contains all types, which says nothing.
fn names_every_type(value: &Node<'_>) -> bool {
    ["string", "number", "boolean", "array", "object"]
        .iter()
        .all(|word| value.items().any(|item| item.value == *word))
}
