//! OpenAPI 3.1 in the words of 3.0, and what these don't say.
//!
//! In: a document of 3.1. Out: the same as the `openapiv3` package has it, whose types are what 3.0 knows.

use super::{Export, Object, Unsaid};
use crate::source::Origin;
use openapiv3::OpenAPI;
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// Keywords of JSON Schema 2020-12 that OpenAPI 3.0 hasn't got, nor anything in their place.
const UNKNOWN: [&str; 16] = [
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "if",
    "then",
    "else",
    "patternProperties",
    "propertyNames",
    "dependentSchemas",
    "dependentRequired",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "contentEncoding",
    "contentMediaType",
];

/// Writes a document of 3.1 as 3.0; `whole` is the place of the description.
pub(super) fn lower(export: Export, whole: &Origin) -> Export {
    let Export {
        mut value,
        unsaid,
        places,
    } = export;
    let mut down = Down {
        at: Vec::new(),
        places: &places,
        whole,
        unsaid,
    };
    down.top(&mut value);
    let value = down.typed(value);
    Export {
        value,
        unsaid: down.unsaid,
        places,
    }
}

struct Down<'a> {
    at: Vec<String>,
    places: &'a HashMap<String, Origin>,
    whole: &'a Origin,
    unsaid: Vec<Unsaid>,
}

impl Down<'_> {
    fn unsaid(&mut self, what: impl Into<String>, instead: impl Into<String>) {
        self.unsaid.push(Unsaid {
            what: what.into(),
            instead: instead.into(),
            origin: self.origin(),
        });
    }

    /// The place of the nearest schema around what is being written.
    fn origin(&self) -> Origin {
        let lengths = (0..=self.at.len()).rev();
        let mut around = lengths.map(|length| super::pointer(&self.at[..length]));
        let found = around.find_map(|pointer| self.places.get(&pointer));
        found.unwrap_or(self.whole).clone()
    }

    /// Goes into a member, if it is there.
    fn member(&mut self, object: &mut Object, key: &str, go: impl FnOnce(&mut Self, &mut Json)) {
        if let Some(value) = object.get_mut(key) {
            self.at.push(key.to_owned());
            go(self, value);
            self.at.pop();
        }
    }

    /// Goes into each member or item of a member.
    fn each(&mut self, object: &mut Object, key: &str, go: fn(&mut Self, &mut Json)) {
        self.member(object, key, |down, value| down.all(value, go));
    }

    fn all(&mut self, value: &mut Json, go: fn(&mut Self, &mut Json)) {
        let mut one = |key: String, value: &mut Json| {
            self.at.push(key);
            go(self, value);
            self.at.pop();
        };
        match value {
            Json::Object(members) => {
                for (key, member) in members {
                    one(key.clone(), member);
                }
            }
            Json::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    one(index.to_string(), item);
                }
            }
            _ => {}
        }
    }

    fn top(&mut self, value: &mut Json) {
        let Some(top) = value.as_object_mut() else {
            return;
        };
        top.insert("openapi".into(), json!("3.0.3"));
        self.member(top, "info", |down, info| {
            if let Some(info) = info.as_object_mut()
                && info.shift_remove("summary").is_some()
            {
                down.unsaid("`info.summary`", "");
            }
        });
        self.each(top, "paths", Self::item);
        self.each(top, "webhooks", Self::item);
        if let Some(webhooks) = top.shift_remove("webhooks") {
            self.unsaid("`webhooks`", "`x-webhooks`");
            top.insert("x-webhooks".into(), webhooks);
        }
        self.member(top, "components", |down, components| {
            if let Some(components) = components.as_object_mut() {
                down.each(components, "schemas", Self::schema);
                down.each(components, "parameters", Self::parameter);
                down.each(components, "headers", Self::parameter);
                down.each(components, "requestBodies", Self::holder);
                down.each(components, "responses", Self::holder);
                down.each(components, "callbacks", |down, callback| {
                    down.all(callback, Self::item);
                });
            }
        });
        self.certificates(top);
    }

    /// `mutualTLS`, which 3.0 hasn't got.
    fn certificates(&mut self, top: &mut Object) {
        let schemes = top
            .get_mut("components")
            .and_then(|components| components.get_mut("securitySchemes")?.as_object_mut());
        let Some(schemes) = schemes else { return };
        let lost: Vec<String> = schemes
            .iter()
            .filter(|(_, scheme)| scheme["type"] == "mutualTLS")
            .map(|(name, _)| name.clone())
            .collect();
        schemes.retain(|name, _| !lost.contains(name));
        for name in &lost {
            self.unsaid(format!("the security scheme `{name}` (mutual TLS)"), "");
        }
        if lost.is_empty() {
            return;
        }
        forget(top, &lost);
    }

    fn item(&mut self, item: &mut Json) {
        self.all(item, Self::operation);
    }

    fn operation(&mut self, operation: &mut Json) {
        let Some(operation) = operation.as_object_mut() else {
            return;
        };
        self.each(operation, "parameters", Self::parameter);
        self.member(operation, "requestBody", Self::holder);
        self.each(operation, "responses", Self::holder);
        self.each(operation, "callbacks", |down, callback| {
            down.all(callback, Self::item);
        });
        if !operation.contains_key("responses") {
            // 3.0 demands one.
            let responses = json!({"default": {"description": "Any response"}});
            operation.insert("responses".into(), responses);
        }
    }

    /// A parameter or header: what has a schema or content.
    fn parameter(&mut self, parameter: &mut Json) {
        if let Some(parameter) = parameter.as_object_mut() {
            self.member(parameter, "schema", Self::schema);
            self.each(parameter, "content", Self::media_type);
        }
    }

    /// A body or response: what has content and perhaps headers.
    fn holder(&mut self, holder: &mut Json) {
        if let Some(holder) = holder.as_object_mut() {
            self.each(holder, "headers", Self::parameter);
            self.each(holder, "content", Self::media_type);
        }
    }

    fn media_type(&mut self, media_type: &mut Json) {
        if let Some(media_type) = media_type.as_object_mut() {
            self.member(media_type, "schema", Self::schema);
            self.each(media_type, "encoding", Self::holder);
        }
    }

    fn schema(&mut self, value: &mut Json) {
        if let Json::Bool(all) = value {
            *value = if *all { json!({}) } else { json!({"not": {}}) };
            return;
        }
        let Some(schema) = value.as_object_mut() else {
            return;
        };
        for key in ["properties", "allOf", "oneOf", "anyOf"] {
            self.each(schema, key, Self::schema);
        }
        for key in ["items", "not"] {
            self.member(schema, key, Self::schema);
        }
        self.member(schema, "additionalProperties", |down, value| {
            if value.is_object() {
                down.schema(value);
            }
        });
        reference(schema);
        self.contents(schema);
        self.unknown(schema);
        null_alternatives(schema);
        types(schema);
        values(schema);
        bounds(schema);
    }

    /// Texts that hold bytes have formats in 3.0.
    fn contents(&mut self, schema: &mut Object) {
        let is = |key: &str, word: &str| schema.get(key).is_some_and(|value| value == word);
        let format = if schema.contains_key("format") {
            return;
        } else if is("contentEncoding", "base64") {
            "byte"
        } else if is("contentMediaType", "application/octet-stream") {
            self.unsaid("`contentMediaType`", "`format: binary`");
            "binary"
        } else {
            return;
        };
        for key in ["contentEncoding", "contentMediaType"] {
            schema.shift_remove(key);
        }
        schema.insert("type".into(), json!("string"));
        schema.insert("format".into(), json!(format));
    }

    fn unknown(&mut self, schema: &mut Object) {
        let open = schema.contains_key("patternProperties");
        for keyword in UNKNOWN {
            if schema.shift_remove(keyword).is_some() {
                self.unsaid(format!("the keyword `{keyword}`"), "");
            }
        }
        // What matched a pattern must not be refused now.
        if open && schema.get("additionalProperties") == Some(&Json::Bool(false)) {
            schema.insert("additionalProperties".into(), Json::Bool(true));
        }
    }

    /// What the types of 3.0 have a place for; the rest is told, and left out.
    fn typed(&mut self, value: Json) -> Json {
        let read = serde_json::from_value::<OpenAPI>(value.clone());
        match read.and_then(|typed| serde_json::to_value(&typed)) {
            Ok(typed) => self.common(value, typed),
            Err(error) => {
                let what = format!("something that `openapiv3` should read ({error})");
                self.unsaid(what, "the document as it would be");
                value
            }
        }
    }

    /// What two values have in common, the first one as it was: the types add members that say what goes without saying.
    fn common(&mut self, before: Json, after: Json) -> Json {
        match (before, after) {
            (Json::Object(before), Json::Object(mut after)) => {
                let mut kept = Object::new();
                for (key, value) in before {
                    self.at.push(key.clone());
                    match after.shift_remove(&key) {
                        Some(after) => {
                            let common = self.common(value, after);
                            kept.insert(key, common);
                        }
                        None => self.unsaid(format!("`{key}`"), ""),
                    }
                    self.at.pop();
                }
                Json::Object(kept)
            }
            (Json::Array(before), Json::Array(after)) if before.len() == after.len() => {
                let items = before.into_iter().zip(after).enumerate();
                items
                    .map(|(index, (before, after))| {
                        self.at.push(index.to_string());
                        let common = self.common(before, after);
                        self.at.pop();
                        common
                    })
                    .collect()
            }
            (Json::Number(before), Json::Number(after)) if before.as_f64() == after.as_f64() => {
                Json::Number(before)
            }
            (before, after) if before == after => before,
            (before, after) => {
                self.unsaid(format!("`{before}`"), format!("`{after}`"));
                after
            }
        }
    }
}

/// Takes schemes out of all security requirements within.
fn forget(holder: &mut Object, lost: &[String]) {
    if let Some(Json::Array(alternatives)) = holder.get_mut("security") {
        for alternative in alternatives.iter_mut().filter_map(Json::as_object_mut) {
            alternative.retain(|name, _| !lost.contains(name));
        }
    }
    for (_, member) in holder.iter_mut() {
        if let Json::Object(member) = member {
            forget(member, lost);
        }
    }
}

/// Nothing applies beside `$ref` in 3.0.
fn reference(schema: &mut Object) {
    if schema.len() > 1
        && let Some(reference) = schema.shift_remove("$ref")
    {
        all_of(schema, json!({"$ref": reference}));
    }
}

fn all_of(schema: &mut Object, part: Json) {
    let parts = schema.entry("allOf").or_insert_with(|| json!([]));
    if let Some(parts) = parts.as_array_mut() {
        parts.insert(0, part);
    }
}

/// An alternative that is null is `nullable`.
fn null_alternatives(schema: &mut Object) {
    for key in ["anyOf", "oneOf"] {
        let Some(Json::Array(alternatives)) = schema.get_mut(key) else {
            continue;
        };
        let before = alternatives.len();
        alternatives.retain(|one| !is_null(one));
        if alternatives.len() == before {
            continue;
        }
        if alternatives.len() == 1
            && let Some(Json::Array(mut alternatives)) = schema.shift_remove(key)
            && let Some(only) = alternatives.pop()
        {
            all_of(schema, only);
        }
        schema.insert("nullable".into(), Json::Bool(true));
    }
}

/// A schema of null alone, as this file writes it.
fn is_null(schema: &Json) -> bool {
    *schema == json!({"nullable": true, "enum": [null]})
}

fn types(schema: &mut Object) {
    let Some(written) = schema.get_mut("type") else {
        return;
    };
    let words = match written.take() {
        Json::Array(words) => words,
        one => vec![one],
    };
    let null = words.iter().any(|word| word == "null");
    let words: Vec<Json> = words.into_iter().filter(|word| word != "null").collect();
    match words.as_slice() {
        [] => {
            schema.shift_remove("type");
            schema.insert("enum".into(), json!([null]));
        }
        [one] => {
            *written = one.clone();
            if one == "array" {
                schema.entry("items").or_insert_with(|| json!({}));
            }
        }
        _ => {
            schema.shift_remove("type");
            let one = |word: &Json| {
                if word == "array" {
                    json!({"type": word, "items": schema.get("items").cloned().unwrap_or(json!({}))})
                } else {
                    json!({"type": word})
                }
            };
            let any: Vec<Json> = words.iter().map(one).collect();
            schema.shift_remove("items");
            if schema.contains_key("anyOf") {
                all_of(schema, json!({"anyOf": any}));
            } else {
                schema.insert("anyOf".into(), Json::Array(any));
            }
        }
    }
    if null {
        schema.insert("nullable".into(), Json::Bool(true));
    }
}

fn values(schema: &mut Object) {
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".into(), json!([value]));
    }
    if let Some(Json::Array(examples)) = schema.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.insert("example".into(), first);
    }
}

fn bounds(schema: &mut Object) {
    for (key, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if let Some(bound) = schema
            .get(exclusive)
            .filter(|bound| bound.is_number())
            .cloned()
        {
            schema.insert(key.to_owned(), bound);
            schema.insert(exclusive.to_owned(), Json::Bool(true));
        }
    }
}
