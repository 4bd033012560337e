//! Extensions of a description (`x-…`) that the document form has no place for.

use crate::source::Value;
use std::collections::BTreeSet;

/// Those that it has a place for.
const KEPT: [&str; 23] = [
    "x-api-path-slug",
    "x-body-limit",
    "x-deprecated",
    "x-enum-descriptions",
    "x-enum-keys",
    "x-enum-names",
    "x-enum-varnames",
    "x-enumDescriptions",
    "x-enumNames",
    "x-example",
    "x-extensible-enum",
    "x-fern-pagination",
    "x-idempotent",
    "x-ms-enum",
    "x-ms-long-running-operation",
    "x-ms-long-running-operation-options",
    "x-ms-pageable",
    "x-nullable",
    "x-rust-type",
    "x-speakeasy-pagination",
    "x-stainless-pagination-property",
    "x-time-limit",
    "x-webhooks",
];

/// As many are named in a message.
const NAMED: usize = 5;

/// The names of extensions in a description that aren't kept.
#[must_use]
pub fn extensions(root: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter()),
            Value::Object(members) => {
                for (key, member) in members.iter() {
                    // The keys of these are names of the user's.
                    if ["properties", "headers", "example", "examples"].contains(&&**key) {
                        continue;
                    }
                    if key.starts_with("x-") && !KEPT.contains(&&**key) {
                        found.insert(key.to_string());
                    } else {
                        open.push(member);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

/// The first of some names, and how many more there are.
#[must_use]
pub fn listed(names: &BTreeSet<String>) -> String {
    let first: Vec<_> = names
        .iter()
        .take(NAMED)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = names.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!(" and {more} more"));
    first.join(", ") + &more.unwrap_or_default()
}
