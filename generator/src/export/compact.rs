//! JSON for version control: a line for each operation and each component, so that a change shows as the lines that changed.

use serde_json::{Map, Value as Json};
use std::fmt::Write as _;

/// How deep operations and components stand: in the document, in `paths` or `components`, in a path or a kind of component.
pub(super) const DEPTH: usize = 3;

/// Where they stand.
const PLACES: [&str; 3] = ["paths", "webhooks", "components"];

/// A document as text. `part` writes an operation or a component. The document is taken, as it may be large, and each part is dropped as soon
/// as it is written.
pub(super) fn compact(document: Map<String, Json>, part: impl Fn(Json, &mut String)) -> String {
    let mut out = String::new();
    members(document, &mut out, |key, member, out| {
        if PLACES.contains(&key) {
            write(member, DEPTH - 1, &part, out);
        } else {
            write(member, DEPTH - 1, &|one, out| plain(&one, out), out);
        }
    });
    out.push('\n');
    out.shrink_to_fit();
    out
}

fn write(value: Json, depth: usize, part: &impl Fn(Json, &mut String), out: &mut String) {
    match value {
        Json::Object(object) if depth > 0 && !object.is_empty() => {
            members(object, out, |_, member, out| {
                write(member, depth - 1, part, out);
            });
        }
        other if depth == 0 => part(other, out),
        other => plain(&other, out),
    }
}

/// Writes each member in lines of its own.
fn members(object: Map<String, Json>, out: &mut String, write: impl Fn(&str, Json, &mut String)) {
    let mut before = "{\n";
    for (key, member) in object {
        out.push_str(before);
        plain(&key.as_str().into(), out);
        out.push(':');
        write(&key, member, out);
        before = ",\n";
    }
    out.push('}');
}

fn plain(value: &Json, out: &mut String) {
    // Writing to a String can't fail.
    let _ = write!(out, "{value}");
}

#[cfg(test)]
mod tests {
    use super::{Json, compact, plain};
    use serde_json::json;

    #[test]
    fn a_changed_operation_is_a_changed_line() {
        let document = json!({
            "openapi": "3.1.1", "info": {"contact": {"name": "x"}},
            "paths": {"/a": {"get": {"x": [1]}, "put": {}}}, "e": {},
        });
        let Json::Object(members) = document.clone() else {
            panic!("{document}")
        };
        let text = compact(members, |part, out| plain(&json!([part]), out));
        assert_eq!(
            text,
            "{\n\"openapi\":\"3.1.1\",\n\"info\":{\n\"contact\":{\n\"name\":\"x\"}},\n\
             \"paths\":{\n\"/a\":{\n\"get\":[{\"x\":[1]}],\n\"put\":[{}]}},\n\"e\":{}}\n"
        );
    }
}
