//! Writes values as YAML (1.2, core schema). Needs `json.rs`.

use serde_json::Value;

use super::Json;

/// A value as YAML, without a line break at the end.
pub(crate) fn yaml(value: &Json<'_>) -> String {
    let mut out = String::new();
    write(&mut out, value, 0);
    out.trim_start().to_owned()
}

/// Writes a value after a key or a dash: what is nested on lines of its own.
fn write(out: &mut String, value: &Json<'_>, depth: usize) {
    match value {
        Json::Object(properties) if !properties.is_empty() => {
            for (name, value) in properties {
                line(out, depth);
                out.push_str(&scalar(&Json::Plain(name)));
                out.push(':');
                let is_list = matches!(value, Json::List(items) if !items.is_empty());
                write(out, value, depth + usize::from(!is_list));
            }
        }
        Json::List(items) if !items.is_empty() => {
            for item in items {
                line(out, depth);
                out.push('-');
                let mut nested = String::new();
                write(&mut nested, item, depth + 1);
                out.extend([" ", nested.trim_start_matches(['\n', ' '])]);
            }
        }
        Json::Plain(_) | Json::List(_) | Json::Object(_) => out.extend([" ", &scalar(value)]),
    }
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// A value without items; a string in quotes, unless it is a word that can't be anything else.
fn scalar(value: &Json<'_>) -> String {
    let Some(text) = value.as_str() else {
        return value.line();
    };
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    match is_word {
        true => text.into_owned(),
        // A JSON string is one in YAML (YAML 1.2.2, section 1.3).
        false => Value::from(&*text).to_string(),
    }
}
