//! JSON for version control: a line for each operation and each component, so that a change shows as the lines that changed.

use serde_json::Value as Json;
use std::fmt::Write as _;

/// Levels of objects whose members have lines of their own: the document, `paths` or `components`, a path or a kind of component.
const LEVELS: usize = 3;

/// A document as text.
#[must_use]
pub fn compact(document: &Json) -> String {
    let mut out = String::new();
    write(document, LEVELS, &mut out);
    out.push('\n');
    out
}

fn write(value: &Json, levels: usize, out: &mut String) {
    match value {
        Json::Object(members) if levels > 0 && !members.is_empty() => {
            let mut before = "{\n";
            for (key, member) in members {
                out.push_str(before);
                // Writing to a String can't fail.
                let _ = write!(out, "{}:", Json::from(key.as_str()));
                write(member, levels - 1, out);
                before = ",\n";
            }
            out.push('}');
        }
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::compact;
    use serde_json::json;

    #[test]
    fn a_changed_operation_is_a_changed_line() {
        let document =
            json!({"openapi": "3.1.1", "paths": {"/a": {"get": {"x": [1]}, "put": {}}}, "e": {}});
        let text = compact(&document);
        assert_eq!(
            text,
            "{\n\"openapi\":\"3.1.1\",\n\"paths\":{\n\"/a\":{\n\"get\":{\"x\":[1]},\n\"put\":{}}},\n\"e\":{}}\n"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            document
        );
    }
}
