//! Makes the schemas of tools of a description in OpenAPI 3.1, whose schemas are JSON Schema 2020-12. Needs `clean.rs`, `facts.rs`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use super::{Argument, Content, Form, Kind, Operation, Place, clean};

/// A JSON object.
pub(crate) type Object = Map<String, Value>;

/// The greatest number of characters of a description within a schema.
const LONGEST: usize = 400;

/// A description.
#[derive(Debug)]
pub(crate) struct Description(Value);

/// What of a description is about an operation.
#[derive(Debug, Clone, Copy)]
struct Described<'d> {
    item: &'d Value,
    operation: &'d Value,
}

impl Description {
    /// Reads a description. Without one that can be read, schemas say what the table of operations does.
    pub(crate) fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// The schema of the arguments of an operation.
    pub(crate) fn input<C>(&self, operation: &Operation<C>) -> Object {
        let described = self.operation(operation.request);
        let mut schemas = Schemas::new(&self.0, Direction::Sent);
        let (mut properties, mut required) = (Object::new(), Vec::new());
        for argument in operation.arguments {
            if matches!(argument.place, Place::Part | Place::Property) {
                continue;
            }
            let schema = self.argument(described, argument, &mut schemas);
            properties.insert(argument.name.to_owned(), schema);
            required.extend(argument.required.then(|| Value::from(argument.name)));
        }
        if let Some(body) = self.body(described, operation, &mut schemas) {
            properties.insert("body".to_owned(), body);
            required.extend(operation.needs_body.then(|| Value::from("body")));
        }
        if let Some(content_type) = content_type(operation.contents) {
            properties.insert("content_type".to_owned(), content_type);
        }
        let mut object = Object::new();
        object.insert("type".to_owned(), "object".into());
        object.insert("properties".to_owned(), properties.into());
        if !required.is_empty() {
            object.insert("required".to_owned(), required.into());
        }
        object.insert("additionalProperties".to_owned(), false.into());
        schemas.finish(object)
    }

    /// The schema of the result of an operation: what surrounds the body of its response, and that of the body.
    pub(crate) fn output<C>(&self, operation: &Operation<C>) -> Object {
        let described = self.operation(operation.request);
        let mut schemas = Schemas::new(&self.0, Direction::Received);
        let bodies = described.map(|one| self.responses(one, &mut schemas));
        let body = any_of(bodies.unwrap_or_default());
        let text = |about: &str| json!({"type": "string", "description": about});
        let properties = json!({
            "status": {"type": "integer", "description": "The status of the response."},
            "body": body,
            "text": text("A response that isn't JSON, or the first piece of one that is too long."),
            "base64": text("A response that isn't text."),
            "values": {"type": "array", "description": "The values of a stream."},
            "error": {"description": "The body of a response that is an error, or what went wrong."},
            "next": {"type": "object", "description": "The arguments of the next page."},
            "is_partial": {"type": "boolean", "description": "Whether only a part was read."},
            "length": {"type": "integer", "description": "The length of a response that is too long."},
            "more": {"type": "object", "description": "The arguments of read_more for what follows."},
        });
        let mut object = Object::new();
        object.insert("type".to_owned(), "object".into());
        object.insert("properties".to_owned(), properties);
        schemas.finish(object)
    }

    /// What is said of the operation with this method and path.
    fn operation(&self, request: &str) -> Option<Described<'_>> {
        let (method, path) = request.split_once(' ')?;
        let item = self.0.get("paths")?.get(path)?;
        let operation = item.get(method.to_ascii_lowercase())?;
        Some(Described { item, operation })
    }

    /// The schema of a parameter.
    fn argument(
        &self,
        described: Option<Described<'_>>,
        argument: &Argument,
        schemas: &mut Schemas<'_>,
    ) -> Value {
        let parameter = described.and_then(|one| self.parameter(one, argument));
        let schema = parameter.and_then(|parameter| {
            let content = || parameter.get("content")?.as_object()?.values().next();
            let schema = parameter.get("schema");
            schema.or_else(|| content()?.get("schema"))
        });
        let schema = schema.map_or_else(|| by_kind(argument), |schema| schemas.schema(schema));
        let mut object = match schema {
            Value::Object(object) => object,
            _ => Object::new(),
        };
        let about = parameter.and_then(|one| one.get("description")?.as_str());
        if let Some(about) = about.filter(|about| !about.is_empty()) {
            object.insert("description".to_owned(), clean(about, LONGEST).into());
        }
        Value::Object(object)
    }

    fn parameter<'d>(&'d self, described: Described<'d>, argument: &Argument) -> Option<&'d Value> {
        let Described { item, operation } = described;
        let lists = [operation, item].map(|one| one.get("parameters").and_then(Value::as_array));
        let all = lists.into_iter().flatten().flatten();
        let mut all = all.map(|one| self.followed(one));
        all.find(|one| {
            let is_in_path = one.get("in").and_then(Value::as_str) == Some("path");
            let name = one.get("name").and_then(Value::as_str);
            is_in_path == (argument.place == Place::Path) && name == Some(argument.wire)
        })
    }

    /// The schema of a body: of one of its contents.
    fn body<C>(
        &self,
        described: Option<Described<'_>>,
        operation: &Operation<C>,
        schemas: &mut Schemas<'_>,
    ) -> Option<Value> {
        if operation.contents.is_empty() {
            return None;
        }
        let body = described.and_then(|one| one.operation.get("requestBody"));
        let body = body.map(|body| self.followed(body));
        let contents = operation.contents.iter().map(|content| {
            let media_type = body.and_then(|body| body.get("content")?.get(content.media_type));
            let schema = media_type.and_then(|one| one.get("schema"));
            match content.form {
                Form::Value => schema.map_or_else(|| json!({}), |schema| schemas.schema(schema)),
                Form::Parts => self.parts(schema, operation.arguments, schemas),
                Form::Bytes => bytes(content.media_type),
            }
        });
        let mut schema = any_of(contents.collect());
        let about = body.and_then(|body| body.get("description")?.as_str());
        if let (Some(about), Some(object)) = (about, schema.as_object_mut()) {
            let about = clean(about, LONGEST);
            object.entry("description").or_insert_with(|| about.into());
        }
        Some(schema)
    }

    /// The schema of a multipart form: an object with its parts.
    fn parts(
        &self,
        schema: Option<&Value>,
        arguments: &[Argument],
        schemas: &mut Schemas<'_>,
    ) -> Value {
        let described = schema.map(|schema| self.followed(schema));
        let needed = described.and_then(|schema| schema.get("required")?.as_array());
        let (mut properties, mut required) = (Object::new(), Vec::new());
        let parts = arguments.iter().filter(|one| one.place == Place::Part);
        for part in parts {
            let described = described.and_then(|schema| schema.get("properties")?.get(part.wire));
            let schema = match (part.kind, described) {
                (Kind::File, _) if part.many => json!({"type": "array", "items": file()}),
                (Kind::File, _) => file(),
                (_, Some(schema)) => schemas.schema(schema),
                (_, None) => by_kind(part),
            };
            properties.insert(part.wire.to_owned(), schema);
            // A part that only one of several contents has isn't required of the operation.
            let is_required =
                part.required || needed.is_some_and(|all| all.contains(&Value::from(part.wire)));
            required.extend(is_required.then(|| Value::from(part.wire)));
        }
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
    }

    /// The schemas of the bodies of successful responses that are JSON.
    fn responses(&self, described: Described<'_>, schemas: &mut Schemas<'_>) -> Vec<Value> {
        let responses = described
            .operation
            .get("responses")
            .and_then(Value::as_object);
        let successful = responses.into_iter().flatten();
        let successful = successful.filter(|(status, _)| status.starts_with('2'));
        let contents = successful
            .filter_map(|(_, response)| self.followed(response).get("content")?.as_object());
        let json = contents.flatten().filter(|(media_type, _)| {
            let media_type = media_type.split(';').next().unwrap_or_default().trim();
            media_type == "application/json" || media_type.ends_with("+json")
        });
        let schemas = json.map(|(_, content)| match content.get("schema") {
            Some(schema) => schemas.schema(schema),
            None => json!({}),
        });
        schemas.collect()
    }

    /// What a value refers to, or the value itself.
    fn followed<'d>(&'d self, value: &'d Value) -> &'d Value {
        let mut found = value;
        // A cycle ends somewhere.
        for _ in 0..16 {
            let Some(next) = found.get("$ref").and_then(|to| self.0.pointer(local(to)?)) else {
                break;
            };
            found = next;
        }
        found
    }
}

/// The pointer of a reference within the description.
fn local(reference: &Value) -> Option<&str> {
    reference.as_str()?.strip_prefix('#')
}

/// One of these schemas; any value without one.
fn any_of(mut schemas: Vec<Value>) -> Value {
    let mut different: Vec<Value> = Vec::new();
    for schema in schemas.drain(..) {
        if !different.contains(&schema) {
            different.push(schema);
        }
    }
    match different.len() {
        0 => json!({}),
        1 => different.remove(0),
        _ => json!({"anyOf": different}),
    }
}

/// The schema of an argument by what the table says of it.
fn by_kind(argument: &Argument) -> Value {
    let one = match argument.kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Integer => json!({"type": "integer"}),
        Kind::Number => json!({"type": "number"}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Json => json!({}),
        Kind::File => file(),
    };
    match argument.many {
        true => json!({"type": "array", "items": one}),
        false => one,
    }
}

/// The schema of a file.
fn file() -> Value {
    json!({
        "type": "object",
        "description": "A file: its name, and its content as text or as base64.",
        "properties": {
            "name": {"type": "string"},
            "text": {"type": "string"},
            "base64": {"type": "string", "contentEncoding": "base64"},
        },
        "additionalProperties": false,
    })
}

/// The schema of a body that is sent as it is.
fn bytes(media_type: &str) -> Value {
    let is_text = media_type.starts_with("text/");
    if is_text {
        return json!({"type": "string"});
    }
    json!({
        "type": "object",
        "description": "The content, as text or as base64.",
        "properties": {
            "text": {"type": "string"},
            "base64": {"type": "string", "contentEncoding": "base64"},
        },
        "additionalProperties": false,
    })
}

/// The schema of the choice among contents, where there is one.
fn content_type(contents: &[Content]) -> Option<Value> {
    let all: Vec<&str> = contents.iter().map(|one| one.media_type).collect();
    let is_range = all.iter().any(|one| one.contains('*'));
    match all[..] {
        [] => None,
        [_] if !is_range => None,
        [first, ..] if is_range => Some(json!({
            "type": "string",
            "description": format!("The media type of the body, such as {}; by default {first}.", all.join(" or ")),
        })),
        [first, ..] => Some(json!({
            "type": "string",
            "enum": all,
            "description": format!("The media type of the body; by default {first}."),
        })),
    }
}

/// Which side reads a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// The server.
    Sent,
    /// The model, whose host may check what it gets: what servers often don't keep is left out.
    Received,
}

/// Keywords that tell a model nothing, or name schemas.
const DROPPED: &[&str] = &[
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "writeOnly",
    "xml",
];

/// Keywords that a host's validator may read otherwise, or that responses with more properties violate.
const UNCHECKED: &[&str] = &[
    "pattern",
    "patternProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Schemas that refer to each other, and the definitions that they need.
struct Schemas<'d> {
    document: &'d Value,
    direction: Direction,
    /// The names of definitions by their places in the document.
    names: BTreeMap<String, String>,
    used: BTreeSet<String>,
    waiting: VecDeque<String>,
}

impl<'d> Schemas<'d> {
    fn new(document: &'d Value, direction: Direction) -> Self {
        Self {
            document,
            direction,
            names: BTreeMap::new(),
            used: BTreeSet::new(),
            waiting: VecDeque::new(),
        }
    }

    /// A schema without what a tool's doesn't have.
    fn schema(&mut self, schema: &Value) -> Value {
        let Some(object) = schema.as_object() else {
            return schema.clone();
        };
        let hidden = self.hidden_properties(object);
        let mut out = Object::new();
        for (keyword, value) in object {
            if keyword.starts_with("x-") || DROPPED.contains(&keyword.as_str()) {
                continue;
            }
            let is_received = self.direction == Direction::Received;
            let is_closed = keyword == "additionalProperties" && value == &Value::Bool(false);
            if is_received && (is_closed || UNCHECKED.contains(&keyword.as_str())) {
                continue;
            }
            let written = match (keyword.as_str(), value) {
                ("$ref", to) => match self.reference(to) {
                    Some(to) => to,
                    None => continue,
                },
                ("description" | "title", Value::String(text)) => clean(text, LONGEST).into(),
                ("properties", Value::Object(all)) => {
                    let shown = all.iter().filter(|(name, _)| !hidden.contains(name));
                    self.named(shown)
                }
                ("$defs" | "dependentSchemas" | "patternProperties", Value::Object(all)) => {
                    self.named(all.iter())
                }
                ("required", Value::Array(names)) => {
                    let is_shown = |name: &&Value| {
                        let name = name.as_str();
                        !hidden.iter().any(|hidden| Some(hidden.as_str()) == name)
                    };
                    names.iter().filter(is_shown).cloned().collect()
                }
                ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(all)) => {
                    all.iter().map(|one| self.schema(one)).collect()
                }
                (
                    "additionalProperties"
                    | "contains"
                    | "contentSchema"
                    | "else"
                    | "if"
                    | "items"
                    | "not"
                    | "propertyNames"
                    | "then"
                    | "unevaluatedItems"
                    | "unevaluatedProperties",
                    one,
                ) => self.schema(one),
                (_, other) => other.clone(),
            };
            out.insert(keyword.clone(), written);
        }
        out.into()
    }

    fn named<'a>(&mut self, all: impl Iterator<Item = (&'a String, &'a Value)>) -> Value {
        let all = all.map(|(name, one)| (name.clone(), self.schema(one)));
        all.collect()
    }

    /// The properties that the other side writes.
    fn hidden_properties<'o>(&self, schema: &'o Object) -> Vec<&'o String> {
        let keyword = match self.direction {
            Direction::Sent => "readOnly",
            Direction::Received => "writeOnly",
        };
        let is_hidden = |one: &Value| one.get(keyword) == Some(&Value::Bool(true));
        let properties = schema.get("properties").and_then(Value::as_object);
        let properties = properties.into_iter().flatten();
        let hidden = properties.filter(|(_, property)| {
            let target = property
                .get("$ref")
                .and_then(|to| self.document.pointer(local(to)?));
            is_hidden(property) || target.is_some_and(is_hidden)
        });
        hidden.map(|(name, _)| name).collect()
    }

    /// A reference to a definition. `None` if there is nothing that it refers to.
    fn reference(&mut self, to: &Value) -> Option<Value> {
        let pointer = local(to)?;
        if let Some(name) = self.names.get(pointer) {
            return Some(format!("#/$defs/{name}").into());
        }
        self.document.pointer(pointer)?;
        let last = pointer.rsplit('/').next().unwrap_or_default();
        let base: String = last
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
            .collect();
        let mut name = base.clone();
        let mut number = 1;
        while name.is_empty() || self.used.contains(&name) {
            number += 1;
            name = format!("{base}_{number}");
        }
        self.used.insert(name.clone());
        self.names.insert(pointer.to_owned(), name.clone());
        self.waiting.push_back(pointer.to_owned());
        Some(format!("#/$defs/{name}").into())
    }

    /// A schema with the definitions that it needs.
    fn finish(mut self, mut schema: Object) -> Object {
        let mut definitions = Object::new();
        while let Some(pointer) = self.waiting.pop_front() {
            let document = self.document;
            if let Some(found) = document.pointer(&pointer) {
                let written = self.schema(found);
                let name = self.names.get(&pointer).cloned().unwrap_or_default();
                definitions.insert(name, written);
            }
        }
        if !definitions.is_empty() {
            schema.insert("$defs".to_owned(), definitions.into());
        }
        schema
    }
}
