//! Finds fields that are read but have no effect on the output.
//!
//! In: a description. Out: each such field with its object and place, for `report`.

use super::super::Document;
use super::super::read::Reader;
use super::super::top;
use super::walk::walk;
use crate::diag::Diagnostics;
use crate::source::{FileId, Origin, Sources, Value};
use std::collections::HashSet;

/// Every field of a description that has no effect on the output: its name, its object in words, and its place. For an index, those of each
/// description that was read. Values of such fields aren't searched, and what the user has left out of `document` isn't either.
#[must_use]
pub fn passed_over(
    sources: &Sources,
    entry: FileId,
    document: &Document,
) -> Vec<(String, String, Origin)> {
    let mut found = Vec::new();
    if top::version(&sources.root(entry)).is_ok() {
        add(sources, entry, &mut found);
    } else {
        for file in sources.files() {
            add(sources, file, &mut found);
        }
    }
    let left_out = &document.left_out;
    if !left_out.is_empty() {
        found.retain(|(_, _, origin)| !is_within(origin, left_out));
    }
    found
}

/// Whether a place is one of others, or in one.
fn is_within(origin: &Origin, others: &HashSet<Origin>) -> bool {
    let mut at = Some(origin.clone());
    while let Some(place) = at {
        if others.contains(&place) {
            return true;
        }
        let around = place.pointer.parent().cloned();
        at = around.map(|pointer| Origin { pointer, ..place });
    }
    false
}

fn add(sources: &Sources, file: FileId, found: &mut Vec<(String, String, Origin)>) {
    let root = sources.root(file);
    let Ok((_, version)) = top::version(&root) else {
        return;
    };
    // Problems have been reported before.
    let mut diagnostics = Diagnostics::default();
    let reader = Reader::new(sources, root, version, &mut diagnostics);
    walk(&reader, |member| {
        let field = member.field.filter(|field| field.is_of(version))?;
        if field.passed_over && !is_empty(member.value) {
            let object = member.object.words().to_owned();
            found.push((field.name.to_owned(), object, member.origin()));
        }
        (!field.passed_over).then_some(field)
    });
}

/// Whether a value is empty.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
