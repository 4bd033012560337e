//! What a service has responded with, so that later requests are about things that are there.

use super::Received;
use serde_json::Value;
use std::collections::HashMap;

/// Values of one name that are kept.
const MANY: usize = 32;

/// Values by the names of properties, without case and punctuation: those of successful responses and of the items in them.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<String, Vec<Value>>);

impl Known {
    /// Remembers what a response says of a thing, or of several.
    pub(super) fn learn(&mut self, received: &Received) {
        if !(200..300).contains(&received.status) {
            return;
        }
        let Ok(value) = serde_json::from_slice::<Value>(&received.body) else {
            return;
        };
        let lists = |value: &Value| match value {
            Value::Array(items) => items.clone(),
            other => vec![other.clone()],
        };
        for thing in lists(&value) {
            self.add(&thing);
            // Lists are often a property of what is sent.
            for member in thing
                .as_object()
                .into_iter()
                .flat_map(|members| members.values())
            {
                for item in member.as_array().into_iter().flatten() {
                    self.add(item);
                }
            }
        }
    }

    fn add(&mut self, thing: &Value) {
        for (name, value) in thing.as_object().into_iter().flatten() {
            if value.is_string() || value.is_number() {
                let values = self.0.entry(plain(name)).or_default();
                if values.len() == MANY {
                    values.remove(0);
                }
                values.push(value.clone());
            }
        }
    }

    /// The values that a parameter of this name may mean: of properties of the same name, or of the id for `pet_id`.
    pub(super) fn of(&self, name: &str) -> &[Value] {
        let name = plain(name);
        let found = self.0.get(&name);
        let found = found.or_else(|| self.0.get("id").filter(|_| name.ends_with("id")));
        let found = found.or_else(|| self.0.get("name").filter(|_| name.ends_with("name")));
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
