//! `enum`: the listed values, and their names and descriptions from extensions.

use super::ValueWords;
use super::read::{Reader, text_of};
use crate::source::{Node, Value};
use serde_json::Value as Json;
use std::collections::HashMap;

impl<'a> Reader<'a> {
    /// The values of `enum`. A single value is a list of one; an empty list counts as absent.
    pub(super) fn values(&mut self, value: &Node<'a>) -> Option<Vec<Json>> {
        let value = self.follow(value.clone())?;
        match value.value {
            Value::Array(values) if values.is_empty() => {
                self.form_read_as("an `enum` without values", "no `enum`", &value);
                None
            }
            Value::Array(values) => Some(values.iter().map(Json::from).collect()),
            single => Some(vec![single.into()]),
        }
    }
}

/// Names and descriptions that extensions give to the values of `enum`, by position or by value.
pub(super) fn value_words(node: &Node<'_>, values: &[Json]) -> Vec<ValueWords> {
    let text = |key: &str, index: usize, value: &Json| {
        let words = node.get(key)?;
        let word = match words.value {
            Value::Array(words) => words.get(index)?,
            Value::Object(words) => words.get(&json_text(value)?)?.1,
            _ => return None,
        };
        text_of(word).filter(|word| !word.is_empty())
    };
    let first = |keys: &[&str], index: usize, value: &Json| {
        keys.iter().find_map(|key| text(key, index, value))
    };
    let extension = node.get("x-ms-enum");
    let listed = extension.and_then(|extension| extension.get("values"));
    let listed = listed.and_then(|listed| listed.value.as_array());
    // Of several entries for one value the first wins.
    let listed = listed.unwrap_or_default().iter().rev();
    let listed = listed.filter_map(|listed| Some((Json::from(listed.get("value")?), listed)));
    let listed: HashMap<Json, &Value> = listed.collect();
    let microsoft = |value: &Json, key: &str| {
        let text = listed.get(value)?.get(key)?.as_str();
        text.map(str::to_owned)
    };
    let words = values.iter().enumerate().map(|(index, value)| ValueWords {
        value: value.clone(),
        name: first(
            &[
                "x-enum-varnames",
                "x-enumNames",
                "x-enum-names",
                "x-enum-keys",
            ],
            index,
            value,
        )
        .or_else(|| microsoft(value, "name")),
        description: first(&["x-enum-descriptions", "x-enumDescriptions"], index, value)
            .or_else(|| microsoft(value, "description")),
    });
    words
        .filter(|words| words.name.is_some() || words.description.is_some())
        .collect()
}

/// A scalar as text.
fn json_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
