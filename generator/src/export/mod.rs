//! A description as a document again: one of OpenAPI 3.1, 3.0 or 3.2, whatever version and how many files it came in.
//!
//! In: a [`Document`]. Out: an [`Export`], a JSON value and what it can't say. A schema that is used in several places is written where it is
//! met first, named schemas below `components.schemas`, and referred to from everywhere else; parameters, responses, headers and
//! bodies that came from one definition are one component again. `bundle` stays with the author's text instead, and only moves what was in
//! other files. Knows nothing of the wire, Rust or the disk.

mod bundle;
mod choose;
mod compact;
mod components;
mod extensions;
mod operation;
mod schema;
mod shared;
mod top;
mod v30;
mod yaml;

pub use bundle::{Bundle, Left, bundle};
pub use choose::choose;
pub use extensions::{extensions, listed};

use crate::document::{Document, SchemaId, SecurityRequirement};
use crate::source::Origin;
use compact::compact;
use components::Components;
use serde_json::{Map, Value as Json, json};
use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt::Write as _;

/// The version to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0.3.
    V30,
    /// OpenAPI 3.1.1.
    V31,
    /// OpenAPI 3.2.0.
    V32,
}

impl Version {
    /// As messages name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }
}

/// Fields that generated code doesn't say, but the written document does: object and field.
const KEPT: [(&str, &[&str]); 10] = [
    (
        "`info`",
        &["summary", "termsOfService", "contact", "license"],
    ),
    ("an API description", &["externalDocs"]),
    ("a tag", &["externalDocs"]),
    ("a media type", &["example", "examples"]),
    ("a response", &["examples"]),
    ("an encoding", &["headers", "allowReserved"]),
    ("a parameter", &["allowEmptyValue"]),
    ("a schema", &["example", "examples"]),
    ("the items of a parameter", &["default"]),
    (
        "a header",
        &[
            "default",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "multipleOf",
        ],
    ),
];

/// Whether a field that nothing in generated code says is in the document nevertheless.
#[must_use]
pub fn keeps(object: &str, field: &str) -> bool {
    let kept = KEPT.iter().find(|(known, _)| *known == object);
    kept.is_some_and(|(_, fields)| fields.contains(&field))
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Export {
    /// The document.
    pub value: Json,
    /// What the version has no words for, each with the place in the description.
    pub unsaid: Vec<Unsaid>,
    /// Where the schema at a pointer of the output comes from.
    places: HashMap<String, Origin>,
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// JSON (RFC 8259), indented by two spaces.
    Json,
    /// YAML 1.2, which readers of 1.1 understand as well.
    Yaml,
}

impl Syntax {
    /// A document as text.
    #[must_use]
    pub fn text(self, value: &Json) -> String {
        match self {
            Self::Json => format!("{value:#}\n"),
            Self::Yaml => yaml::text(value),
        }
    }
}

impl Export {
    /// The document as text.
    #[must_use]
    pub fn text(&self, syntax: Syntax) -> String {
        syntax.text(&self.value)
    }
}

/// Something that a version of OpenAPI can't say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// What it is, as in "the keyword `if`".
    pub what: String,
    /// What is written in its place; empty if nothing is.
    pub instead: String,
    /// Where the description says it.
    pub origin: Origin,
}

impl Unsaid {
    /// What is in its place, as a sentence.
    #[must_use]
    pub fn instead(&self) -> String {
        if self.instead.is_empty() {
            "it is left out".to_owned()
        } else {
            format!("{} is written instead", self.instead)
        }
    }
}

/// Writes a document in a version.
#[must_use]
pub fn export(document: &Document, version: Version) -> Export {
    let export = Writer::new(document, version).write();
    match version {
        Version::V31 | Version::V32 => export,
        Version::V30 => v30::lower(export, &document.origin),
    }
}

/// A document of OpenAPI 3.1 as text, with a line for each operation and each component.
///
/// Each becomes text as soon as it is complete: as values, the whole takes several times as much memory.
#[must_use]
pub fn recorded(document: &Document) -> String {
    let mut writer = Writer::new(document, Version::V31);
    writer.texts_but = Some(holders(document));
    let top = writer.assemble();
    let places = writer.places;
    compact(top, |part, out| match part {
        Json::String(text) => resolve_text(&text, &places, out),
        mut value => {
            resolve(&mut value, &places);
            out.push_str(&value.to_string());
        }
    })
}

type Object = Map<String, Json>;

/// Writes the parts of a document, and remembers where each schema stands.
struct Writer<'a> {
    document: &'a Document,
    /// The version that comes of it in the end.
    version: Version,
    components: Components<'a>,
    /// Where a schema was written first: a pointer into the output.
    places: HashMap<SchemaId, String>,
    /// Schemas that are referred to, in the order in which they were met.
    wanted: VecDeque<SchemaId>,
    asked: HashSet<SchemaId>,
    /// Where the writer is in the output.
    at: Vec<String>,
    unsaid: Vec<Unsaid>,
    /// The security of the document, which operations needn't repeat.
    security: Vec<SecurityRequirement>,
    /// If operations and components become text: where schemas stand that others may be added to, and which therefore don't.
    texts_but: Option<HashSet<Origin>>,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document, version: Version) -> Self {
        Self {
            document,
            version,
            components: Components::default(),
            places: HashMap::new(),
            wanted: VecDeque::new(),
            asked: HashSet::new(),
            at: Vec::new(),
            unsaid: Vec::new(),
            security: top::usual_security(document),
            texts_but: None,
        }
    }

    fn write(mut self) -> Export {
        let mut value = Json::Object(self.assemble());
        resolve(&mut value, &self.places);
        let origin = |(id, place): (SchemaId, String)| (place, self.document[id].origin.clone());
        Export {
            value,
            unsaid: self.unsaid,
            places: self.places.into_iter().map(origin).collect(),
        }
    }

    /// The document, in which references to schemas are pending.
    fn assemble(&mut self) -> Object {
        let named = self.named_schemas();
        let paths = self.paths();
        let webhooks = self.webhooks();
        let schemas = self.wanted_schemas(named);
        self.top(paths, webhooks, schemas)
    }

    /// A value that is complete, as text if it is a part of a record.
    fn complete(&self, value: Json) -> Json {
        if self.texts_but.is_some() && self.at.len() == compact::DEPTH {
            Json::String(value.to_string())
        } else {
            value
        }
    }

    /// Writes a schema of `components.schemas`.
    fn named_schema(&mut self, key: &str, id: SchemaId) -> Json {
        self.elsewhere(&["components", "schemas", key], |writer| {
            let written = writer.schema(id);
            let origin = &writer.document[id].origin;
            match &writer.texts_but {
                Some(holders) if holders.contains(origin) => written,
                Some(_) | None => writer.complete(written),
            }
        })
    }

    /// Whether what only 3.2 can say is written.
    fn is_newest(&self) -> bool {
        self.version == Version::V32
    }

    /// Writes a member of the object that the writer is in.
    fn within<T>(&mut self, key: impl Into<String>, write: impl FnOnce(&mut Self) -> T) -> T {
        self.at.push(key.into());
        let written = write(self);
        self.at.pop();
        written
    }

    /// Writes what belongs at another place of the output.
    fn elsewhere<T>(&mut self, place: &[&str], write: impl FnOnce(&mut Self) -> T) -> T {
        let place = place.iter().map(|token| (*token).to_owned()).collect();
        let here = std::mem::replace(&mut self.at, place);
        let written = write(self);
        self.at = here;
        written
    }

    fn unsaid(&mut self, what: impl Into<String>, instead: impl Into<String>, origin: &Origin) {
        self.unsaid.push(Unsaid {
            what: what.into(),
            instead: instead.into(),
            origin: origin.clone(),
        });
    }

    /// The schemas that are referred to and stand nowhere yet, added to the named ones: they were in other files, or among the
    /// definitions of another schema.
    fn wanted_schemas(&mut self, mut schemas: Object) -> Object {
        while let Some(id) = self.wanted.pop_front() {
            if self.places.contains_key(&id) {
                continue;
            }
            if let Some((of, name)) = self.definition_of(id) {
                let place = ["components", "schemas", &of, "$defs", &name];
                let written = self.elsewhere(&place, |writer| writer.schema(id));
                let holder = schemas.get_mut(&of).and_then(Json::as_object_mut);
                if let Some(holder) = holder {
                    let definitions = holder.entry("$defs").or_insert_with(|| json!({}));
                    definitions[name] = written;
                }
                continue;
            }
            let name = self.components.schema_name(&self.document[id]);
            let written = self.named_schema(&name, id);
            schemas.insert(name, written);
        }
        schemas
    }

    /// The key of the named schema in whose definitions a schema stands, and its name there. In 3.0 there are none.
    fn definition_of(&self, id: SchemaId) -> Option<(String, String)> {
        if self.version == Version::V30 {
            return None;
        }
        let origin = &self.document[id].origin;
        let holder = holder(origin)?;
        let mut named = self.document.named_schemas.iter();
        let (_, named) = named.find(|(_, id)| self.document[*id].origin == holder)?;
        let key = self.places.get(named)?.rsplit('/').next()?;
        Some((key.to_owned(), origin.pointer.last()?.to_owned()))
    }
}

/// Where the schema is in whose definitions a schema stands, by its place.
fn holder(origin: &Origin) -> Option<Origin> {
    let definitions = origin.pointer.parent()?;
    let is_one = ["definitions", "$defs"].contains(&definitions.last()?);
    let pointer = is_one.then(|| definitions.parent())??.clone();
    Some(Origin {
        file: origin.file,
        pointer,
    })
}

/// The places of schemas that have definitions.
fn holders(document: &Document) -> HashSet<Origin> {
    let schemas = document.schemas.iter();
    schemas
        .filter_map(|schema| holder(&schema.origin))
        .collect()
}

/// A pointer into the output as a reference.
fn pointer(tokens: &[String]) -> String {
    tokens.iter().fold("#".to_owned(), |mut pointer, token| {
        pointer.push('/');
        pointer.push_str(&escaped(token));
        pointer
    })
}

/// A token of a JSON pointer (RFC 6901 section 3) in a URI fragment (section 6).
fn escaped(token: &str) -> String {
    let token = token.replace('~', "~0").replace('/', "~1");
    let mut out = String::with_capacity(token.len());
    for byte in token.bytes() {
        // RFC 3986 section 3.5: `pchar`.
        if byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@".contains(&byte) {
            out.push(byte as char);
        } else {
            // Writing to a String can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// How a reference is marked whose place isn't known yet: nobody writes this.
const PENDING: &str = "\u{0}schema ";

/// A reference to a schema, for now by its number.
fn pending(id: SchemaId) -> Json {
    let mut reference = Object::new();
    reference.insert("$ref".into(), format!("{PENDING}{}", id.0).into());
    Json::Object(reference)
}

/// The place of the schema that a pending reference is to.
fn place<'p>(reference: &str, places: &'p HashMap<SchemaId, String>) -> Option<&'p String> {
    let number = reference.strip_prefix(PENDING)?.parse().ok()?;
    places.get(&SchemaId(number))
}

/// Writes JSON with the places of schemas where their numbers stand.
fn resolve_text(mut text: &str, places: &HashMap<SchemaId, String>, out: &mut String) {
    // As it is written: the value of `$ref`, or one of a discriminator's mapping. Within a string the quote would be escaped.
    const BEGIN: &str = ":\"\\u0000schema ";
    while let Some((before, rest)) = text.split_once(BEGIN) {
        out.push_str(before);
        let end = rest.find('"').unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        if let Some(place) = place(&format!("{PENDING}{number}"), places) {
            let place = Json::from(place.as_str()).to_string();
            out.push(':');
            out.push_str(place.trim_end_matches('"'));
            text = after;
        } else {
            // Something else that the author wrote.
            out.push_str(BEGIN);
            text = rest;
        }
    }
    out.push_str(text);
}

/// Puts the places of schemas where their numbers stand.
fn resolve(value: &mut Json, places: &HashMap<SchemaId, String>) {
    match value {
        Json::String(text) => {
            if let Some(place) = place(text, places) {
                text.clone_from(place);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| resolve(item, places)),
        Json::Object(members) => members
            .iter_mut()
            .for_each(|(_, member)| resolve(member, places)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// Adds a member if there is something to say.
fn set(object: &mut Object, key: &str, value: Option<impl Into<Json>>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value.into());
    }
}

/// Adds a flag if it is set.
fn flag(object: &mut Object, key: &str, is_set: bool) {
    set(object, key, is_set.then_some(true));
}

/// Adds a list if there is something in it.
fn list(object: &mut Object, key: &str, items: Vec<Json>) {
    set(object, key, (!items.is_empty()).then_some(items));
}

/// Adds an object if there is something in it.
fn members(object: &mut Object, key: &str, members: Object) {
    set(object, key, (!members.is_empty()).then_some(members));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::source::Sources;

    /// A record is what the document would be as a value, whatever its texts look like.
    #[test]
    fn a_record_is_the_document() {
        let text = json!({
            "openapi": "3.1.0",
            "info": {"title": "\u{0}1", "version": "1", "contact": {"name": "\"x\""}},
            "paths": {"/a": {
                "post": {
                    "requestBody": {"content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Odd~1Name"},
                        "example": {"$ref": "\u{0}a\"b", "x": {"$ref": "\u{0}schema a\"b"}, "y": "\"$ref\":\"\u{0}schema 1\""},
                    }}},
                    "responses": {"200": {"$ref": "#/components/responses/R"}},
                    "callbacks": {"c": {"{$url}": {"put": {"responses": {"200": {"$ref": "#/components/responses/R"}}}}}},
                },
            }},
            "components": {
                "responses": {"R": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Holder/$defs/Inner"}}}}},
                "schemas": {
                    "Odd/Name": {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Odd~1Name", "description": "It."}}},
                    "Holder": {"type": "object", "properties": {"kind": {"type": "string"}}, "$defs": {"Inner": {"type": "array", "items": {"$ref": "#/components/schemas/Odd~1Name"}}}},
                    "Nothing": false,
                    "Either": {
                        "oneOf": [{"$ref": "#/components/schemas/Odd~1Name"}, {"$ref": "#/components/schemas/Holder"}],
                        "discriminator": {"propertyName": "kind", "mapping": {"odd": "#/components/schemas/Odd~1Name"}},
                    },
                },
            },
        });
        let mut diagnostics = Diagnostics::default();
        let texts = [("a.json", &*text.to_string())];
        let (sources, entry) = Sources::from_texts(&texts, &mut diagnostics);
        let document = crate::document::read(&sources, entry.unwrap(), &mut diagnostics).unwrap();
        let recorded = recorded(&document);
        let read: Json = serde_json::from_str(&recorded).unwrap();
        assert_eq!(read, export(&document, Version::V31).value);
        assert!(
            recorded.contains("\"#/components/schemas/Holder/$defs/Inner\""),
            "{recorded}"
        );
        assert!(recorded.contains("\n\"post\":{"), "{recorded}");
        assert!(!recorded.contains("\\u0000schema 0"), "{recorded}");
    }
}
