//! Renders diagnostics for programs: one object per line, with `"reason": "diagnostic"` as in cargo's messages.

use super::super::{Diagnostic, Place};
use super::{Spot, word};
use crate::source::Sources;
use serde_json::{Map, Value, json};

pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let code = &diagnostic.code;
    let related = diagnostic.related.iter().map(|(place, words)| {
        let mut object = at(place, sources);
        object.insert("message".to_owned(), words.as_str().into());
        Value::Object(object)
    });
    let head = json!({
        "reason": "diagnostic",
        "code": code.id(),
        "severity": word(diagnostic.severity),
        "title": code.title(),
        "help": code.help(),
    });
    let mut object = head.as_object().cloned().unwrap_or_default();
    object.extend(at(&diagnostic.place, sources));
    object.insert("related".to_owned(), related.collect());
    format!("{}\n", Value::Object(object))
}

/// File, line, column, length and pointer; `null` if unknown.
fn at(place: &Place, sources: &Sources) -> Map<String, Value> {
    let spot = Spot::of(place, sources);
    let text = spot.as_ref().and_then(|spot| spot.text);
    let pointer = match place {
        Place::Value(origin) | Place::Key(origin) => Some(origin.pointer.to_string()),
        Place::Text { .. } | Place::Path(_) | Place::Nowhere => None,
    };
    let fields: [(&str, Value); 5] = [
        (
            "file",
            spot.as_ref().map(|spot| spot.path.to_string_lossy()).into(),
        ),
        ("line", text.map(|(line, ..)| line).into()),
        ("column", text.map(|(_, column, ..)| column).into()),
        ("length", text.map(|(_, _, length, _)| length).into()),
        ("pointer", pointer.into()),
    ];
    fields
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}
