//! Finds fields that are read but have no effect on the output.
//!
//! In: a description. Out: each such field with its object and place, for `report`.

use super::super::read::Reader;
use super::super::top;
use super::walk::walk;
use crate::diag::Diagnostics;
use crate::source::{FileId, Origin, Sources, Value};

/// Every field of a description that has no effect on the output: its name, its object in words, and its place. For an index, those of each
/// description that was read. Values of such fields aren't searched.
#[must_use]
pub fn passed_over(sources: &Sources, entry: FileId) -> Vec<(String, String, Origin)> {
    let mut found = Vec::new();
    if top::version(&sources.root(entry)).is_ok() {
        add(sources, entry, &mut found);
    } else {
        for file in sources.files() {
            add(sources, file, &mut found);
        }
    }
    found
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
