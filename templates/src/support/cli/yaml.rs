//! Writes values as YAML (1.2, core schema). Needs no other file.

use serde_json::Value;

/// A value as YAML, without a line break at the end.
pub(crate) fn yaml(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, 0);
    out.trim_start().to_owned()
}

/// Writes a value after a key or a dash: what is nested on lines of its own.
fn write(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (key, value) in object {
                line(out, depth);
                out.push_str(&scalar(key));
                out.push(':');
                let is_list = matches!(value, Value::Array(items) if !items.is_empty());
                write(out, value, depth + usize::from(!is_list));
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                line(out, depth);
                out.push('-');
                let mut nested = String::new();
                write(&mut nested, item, depth + 1);
                out.extend([" ", nested.trim_start_matches(['\n', ' '])]);
            }
        }
        Value::String(text) => out.extend([" ", &scalar(text)]),
        Value::Object(_) => out.push_str(" {}"),
        Value::Array(_) => out.push_str(" []"),
        Value::Null | Value::Bool(_) | Value::Number(_) => out.extend([" ", &value.to_string()]),
    }
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// A text, in quotes unless it is a word that can't be anything else.
fn scalar(text: &str) -> String {
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    match is_word {
        true => text.to_owned(),
        // A JSON string is one in YAML (YAML 1.2.2, section 1.3).
        false => Value::from(text).to_string(),
    }
}
