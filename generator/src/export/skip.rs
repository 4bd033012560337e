//! A document in the author's words without some operations.

use super::Object;
use serde_json::Value as Json;

/// The fields of a Path Item that are operations, but for `additionalOperations`.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Removes operations from a document: those with these operationIds, and those named as `METHOD /path` (for webhooks and callbacks by
/// `METHOD` and the name or URL). Components stay, whether something else needs them or not.
pub fn skip(document: &mut Json, names: &[String]) {
    if names.is_empty() {
        return;
    }
    let shared = shared_items(document);
    for field in ["paths", "webhooks", "x-webhooks"] {
        if let Some(items) = document.get_mut(field).and_then(Json::as_object_mut) {
            skip_items(items, &shared, names, true);
        }
    }
}

/// The path items that others may refer to, each with the reference: they may be needed elsewhere as they are.
fn shared_items(document: &Json) -> Vec<(String, Json)> {
    let places = ["/components/pathItems", "/paths"];
    let items = places.into_iter().flat_map(|place| {
        let items = document.pointer(place).and_then(Json::as_object);
        items.into_iter().flatten().map(move |(key, item)| {
            let reference = format!("#{place}/{}", super::escaped(key));
            (reference, item.clone())
        })
    });
    items.collect()
}

fn skip_items(items: &mut Object, shared: &[(String, Json)], names: &[String], callbacks: bool) {
    items.retain(|path, item| {
        let had_operations = inlined(item, shared, path, names) || count(item) > 0;
        let Some(fields) = item.as_object_mut() else {
            return true;
        };
        for method in METHODS {
            if is_meant(fields.get(method), method, path, names) {
                fields.remove(method);
            }
        }
        let additional = fields.get_mut("additionalOperations");
        if let Some(additional) = additional.and_then(Json::as_object_mut) {
            additional.retain(|method, one| !is_meant(Some(one), method, path, names));
        }
        if callbacks {
            for operation in operations(fields) {
                skip_callbacks(operation, shared, names);
            }
        }
        !had_operations || count(item) > 0
    });
}

fn skip_callbacks(operation: &mut Json, shared: &[(String, Json)], names: &[String]) {
    let callbacks = operation.get_mut("callbacks").and_then(Json::as_object_mut);
    for callback in callbacks.into_iter().flat_map(Object::values_mut) {
        if let Some(items) = callback.as_object_mut() {
            skip_items(items, shared, names, false);
        }
    }
}

/// Puts the path item that is referred to in the place of the reference, if something of it is to be removed here. Returns whether it did.
fn inlined(item: &mut Json, shared: &[(String, Json)], path: &str, names: &[String]) -> bool {
    let Some(reference) = item.get("$ref").and_then(Json::as_str) else {
        return false;
    };
    let Some((_, target)) = shared.iter().find(|(known, _)| known == reference) else {
        return false;
    };
    let has_meant = METHODS
        .iter()
        .any(|method| is_meant(target.get(method), method, path, names));
    if let (true, Some(own), Some(all)) = (has_meant, item.as_object(), target.as_object()) {
        let mut all = all.clone();
        let own = own.iter().filter(|(key, _)| *key != "$ref");
        all.extend(own.map(|(key, value)| (key.clone(), value.clone())));
        *item = Json::Object(all);
        return true;
    }
    false
}

/// The operations of a path item.
fn operations(item: &mut Object) -> impl Iterator<Item = &mut Json> {
    let fields = item.iter_mut();
    fields.flat_map(|(key, value)| match key.as_str() {
        "additionalOperations" => {
            let all = value.as_object_mut().into_iter();
            all.flat_map(Object::values_mut).collect()
        }
        key if METHODS.contains(&key) => vec![value],
        _ => Vec::new(),
    })
}

/// How many operations a path item has.
fn count(item: &mut Json) -> usize {
    item.as_object_mut()
        .map_or(0, |item| operations(item).count())
}

/// Whether a name means this operation, if there is one.
fn is_meant(operation: Option<&Json>, method: &str, path: &str, names: &[String]) -> bool {
    let Some(operation) = operation else {
        return false;
    };
    let id = operation.get("operationId").and_then(Json::as_str);
    let endpoint = format!("{method} {path}");
    let mut names = names.iter();
    names.any(|name| Some(name.as_str()) == id || name.eq_ignore_ascii_case(&endpoint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn operations_are_removed_by_id_and_by_path_wherever_they_are() {
        let mut document = json!({
            "paths": {
                "/a": {"get": {"operationId": "a"}, "post": {}, "summary": "kept"},
                "/b": {"get": {"operationId": "b"}},
                "/c": {"$ref": "#/components/pathItems/C", "description": "here"},
                "/d": {"$ref": "#/components/pathItems/C"},
                "/e": {"additionalOperations": {"LINK": {}, "UNLINK": {}}},
                "/f": {"post": {"callbacks": {"done": {"{$url}": {"post": {"operationId": "done"}, "put": {}}}}}},
                "/nothing": {"parameters": []},
                "x-own": 1
            },
            "webhooks": {"new": {"post": {}}},
            "components": {"pathItems": {"C": {"get": {}, "put": {}}}}
        });
        let names = [
            "a", "GET /b", "get /c", "LINK /e", "done", "POST new", "none",
        ];
        skip(&mut document, &names.map(str::to_owned));
        assert_eq!(
            document,
            json!({
                "paths": {
                    "/a": {"post": {}, "summary": "kept"},
                    "/c": {"put": {}, "description": "here"},
                    "/d": {"$ref": "#/components/pathItems/C"},
                    "/e": {"additionalOperations": {"UNLINK": {}}},
                    "/f": {"post": {"callbacks": {"done": {"{$url}": {"put": {}}}}}},
                    "/nothing": {"parameters": []},
                    "x-own": 1
                },
                "webhooks": {},
                "components": {"pathItems": {"C": {"get": {}, "put": {}}}}
            })
        );
    }
}
