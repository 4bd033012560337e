//! A document in the author's words without some operations.

use super::Object;
use crate::document::{Choice, Traits};
use serde_json::Value as Json;

/// The fields of a Path Item that are operations, but for `additionalOperations`.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Removes the operations that a user doesn't want from a document. Components stay, whether something else needs them or not.
pub fn choose(document: &mut Json, choice: &Choice<'_>) {
    if choice.is_all() {
        return;
    }
    let shared = shared_items(document);
    for field in ["paths", "webhooks", "x-webhooks"] {
        if let Some(items) = document.get_mut(field).and_then(Json::as_object_mut) {
            choose_items(items, &shared, choice, false);
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

fn choose_items(
    items: &mut Object,
    shared: &[(String, Json)],
    choice: &Choice<'_>,
    is_callback: bool,
) {
    items.retain(|path, item| {
        let had_operations = inlined(item, shared, path, (choice, is_callback)) || count(item) > 0;
        let Some(fields) = item.as_object_mut() else {
            return true;
        };
        let marks = marks(fields);
        let is_dropped = |operation: Option<&Json>, method: &str| {
            operation.is_some_and(|one| !keeps(one, (method, path), &marks, (choice, is_callback)))
        };
        for method in METHODS {
            if is_dropped(fields.get(method), method) {
                fields.remove(method);
            }
        }
        let additional = fields.get_mut("additionalOperations");
        if let Some(additional) = additional.and_then(Json::as_object_mut) {
            additional.retain(|method, one| !is_dropped(Some(one), method));
        }
        if !is_callback {
            for operation in operations(fields) {
                choose_callbacks(operation, shared, choice);
            }
        }
        !had_operations || count(item) > 0
    });
}

fn choose_callbacks(operation: &mut Json, shared: &[(String, Json)], choice: &Choice<'_>) {
    let callbacks = operation.get_mut("callbacks").and_then(Json::as_object_mut);
    for callback in callbacks.into_iter().flat_map(Object::values_mut) {
        if let Some(items) = callback.as_object_mut() {
            choose_items(items, shared, choice, true);
        }
    }
}

/// Puts the path item that is referred to in the place of the reference, if something of it is to be removed here. Returns whether it did.
fn inlined(
    item: &mut Json,
    shared: &[(String, Json)],
    path: &str,
    choice: (&Choice<'_>, bool),
) -> bool {
    let Some(reference) = item.get("$ref").and_then(Json::as_str) else {
        return false;
    };
    let Some((_, target)) = shared.iter().find(|(known, _)| known == reference) else {
        return false;
    };
    let marks: Vec<String> = [&*item, target]
        .into_iter()
        .filter_map(Json::as_object)
        .flat_map(self::marks)
        .collect();
    let mut methods = METHODS
        .iter()
        .filter_map(|method| Some((*method, target.get(method)?)));
    let loses_any = methods.any(|(method, one)| !keeps(one, (method, path), &marks, choice));
    if let (true, Some(own), Some(all)) = (loses_any, item.as_object(), target.as_object()) {
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

/// The names of the extensions of an object that are `true`.
fn marks(object: &Object) -> Vec<String> {
    let marks = object
        .iter()
        .filter(|(key, value)| key.starts_with("x-") && **value == Json::Bool(true));
    marks.map(|(key, _)| key.clone()).collect()
}

/// Whether an operation is wanted; `marks` are those of its path.
fn keeps(
    operation: &Json,
    (method, path): (&str, &str),
    marks: &[String],
    (choice, is_callback): (&Choice<'_>, bool),
) -> bool {
    let own = operation.as_object().map(self::marks).unwrap_or_default();
    let tags = operation.get("tags").and_then(Json::as_array);
    let traits = Traits {
        id: operation.get("operationId").and_then(Json::as_str),
        method,
        path,
        tags: tags
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect(),
        marks: own.iter().chain(marks).map(String::as_str).collect(),
    };
    choice.keeps(&traits, is_callback)
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
        let exclude = &names.map(str::to_owned);
        let include = &[];
        choose(&mut document, &Choice { include, exclude });
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

    #[test]
    fn tags_and_extensions_choose_as_they_do_in_the_document() {
        let mut document = json!({
            "paths": {
                "/a": {"get": {"tags": ["a", "b"]}, "put": {"tags": ["a"], "x-internal": true}, "post": {}},
                "/b": {"x-internal": true, "get": {"tags": ["a"]}},
                "/c": {"$ref": "#/components/pathItems/C", "x-internal": true},
                "/d": {"$ref": "#/components/pathItems/C", "x-internal": false}
            },
            "components": {"pathItems": {"C": {"get": {"tags": ["a"]}}}}
        });
        let [include, exclude] = ["tag:a", "x-internal"].map(|entry| vec![entry.to_owned()]);
        let (include, exclude) = (&include, &exclude);
        choose(&mut document, &Choice { include, exclude });
        assert_eq!(
            document["paths"],
            json!({
                "/a": {"get": {"tags": ["a", "b"]}},
                "/d": {"$ref": "#/components/pathItems/C", "x-internal": false}
            })
        );
    }
}
