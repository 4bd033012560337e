//! Finds every reference of a description, for whoever moves what they lead to.
//!
//! In: the files. Out: [`References`]: what stands for something else, what that is, and where it is. Goes from the entry to all that
//! is referred to, by the tables of fields; also finds references in values and extensions, which the specification doesn't know.

use super::fields::{Object, Part};
use super::read::{Reader, Version};
use super::top;
use crate::diag::Diagnostics;
use crate::source::{FileId, Node, Origin, Sources, Value};
use std::collections::{HashMap, HashSet, VecDeque};

/// What a reference stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the words of the specification
pub enum Kind {
    Schema,
    Response,
    Parameter,
    Example,
    RequestBody,
    Header,
    SecurityScheme,
    Link,
    Callback,
    PathItem,
    MediaType,
    /// A list of objects, or a mapping from names to objects.
    Group,
    /// An object that can't be a component, or any other value.
    Value,
}

impl Kind {
    /// What stands for an object.
    #[must_use]
    pub fn of(object: Object) -> Self {
        kind(object)
    }

    /// The object that stands there, if it is always one.
    #[must_use]
    pub fn object(self) -> Option<Object> {
        object(self)
    }
}

/// A reference.
#[derive(Debug, Clone)]
pub struct Reference {
    /// What it stands for.
    pub kind: Kind,
    /// The place of the object with the `$ref`, or of the text in another field that refers to something.
    pub place: Origin,
    /// Where it leads.
    pub target: Origin,
    /// The definition that contains the target, and what that is: a schema for one of its properties, else the target itself.
    pub home: (Kind, Origin),
}

/// The references of a description.
#[derive(Debug)]
pub struct References {
    /// In the order in which they are met from the beginning of the entry.
    pub all: Vec<Reference>,
    /// Texts that mean another file by something else than a `$ref`, as written, each with its field.
    pub apart: Vec<(&'static str, String, Origin)>,
    /// Whether this is Swagger 2.0.
    pub is_v2: bool,
    /// Whether schemas are those of JSON Schema (OpenAPI 3.1).
    pub is_json_schema: bool,
    /// Whether media types can be components (OpenAPI 3.2).
    pub has_media_types: bool,
    /// Indexes into `all` by the address of the value at the place.
    by_address: HashMap<usize, usize>,
}

impl References {
    /// The reference that a value of [`Sources`] is.
    #[must_use]
    pub fn of(&self, value: &Value) -> Option<&Reference> {
        let index = self.by_address.get(&address(value))?;
        self.all.get(*index)
    }
}

/// The references of the description in the file `entry`; `None` if it isn't one. What doesn't lead anywhere isn't among them.
#[must_use]
pub fn references(sources: &Sources, entry: FileId) -> Option<References> {
    let root = sources.root(entry);
    let (_, version) = top::version(&root).ok()?;
    // Problems are reported by the reader of the document.
    let mut diagnostics = Diagnostics::default();
    let mut walk = Walk {
        reader: Reader::new(sources, root.clone(), version, &mut diagnostics),
        found: References {
            all: Vec::new(),
            apart: Vec::new(),
            is_v2: version == Version::V2,
            is_json_schema: version >= Version::V31,
            has_media_types: version >= Version::V32,
            by_address: HashMap::new(),
        },
        seen: HashSet::new(),
        queue: VecDeque::from([(Part::Of(Object::Top), root)]),
    };
    while let Some((part, node)) = walk.queue.pop_front() {
        walk.part(part, &node);
    }
    Some(walk.found)
}

struct Walk<'a> {
    reader: Reader<'a>,
    found: References,
    /// Addresses of values, each with what it was read as.
    seen: HashSet<(usize, Part)>,
    queue: VecDeque<(Part, Node<'a>)>,
}

impl<'a> Walk<'a> {
    /// A value of a field.
    fn part(&mut self, part: Part, node: &Node<'a>) {
        let is_compound = node.value.is_object() || node.value.is_array();
        if !is_compound || !self.seen.insert((address(node.value), part)) {
            return;
        }
        match part {
            Part::Value => self.value(node),
            Part::Of(object) => {
                node.items().for_each(|item| self.part(part, &item));
                if node.value.is_object() {
                    self.object(object, node);
                }
            }
            Part::Named(_) | Part::Patterned(_) | Part::Callbacks => {
                // A property may be called `$ref`; its value is no string.
                if let Some(reference) = reference(node) {
                    return self.refers(Kind::Group, part, node, &reference);
                }
                for (key, member) in node.members() {
                    self.member(part, key, &member);
                }
            }
        }
    }

    /// A member of a mapping from names to objects.
    fn member(&mut self, part: Part, key: &str, member: &Node<'a>) {
        let inner = match part {
            Part::Patterned(_) if key.starts_with("x-") => Part::Value,
            Part::Named(object) | Part::Patterned(object) => Part::Of(object),
            Part::Callbacks => {
                let inner = Part::Patterned(Object::PathItem);
                if let Some(reference) = reference(member) {
                    return self.refers(Kind::Callback, inner, member, &reference);
                }
                inner
            }
            Part::Value | Part::Of(_) => Part::Value,
        };
        self.part(inner, member);
    }

    fn object(&mut self, object: Object, node: &Node<'a>) {
        if let Some(reference) = reference(node) {
            self.refers(kind(object), Part::Of(object), node, &reference);
            // Siblings of `$ref` count only in schemas and path items.
            if !matches!(object, Object::Schema | Object::PathItem) {
                return;
            }
        }
        let fields = object.fields();
        for (key, member) in node.members() {
            match (object, key) {
                (Object::Schema | Object::PathItem, "$ref") => continue,
                (Object::Discriminator, "mapping") => {
                    for (_, target) in member.members() {
                        self.mapped(&target);
                    }
                }
                (Object::Discriminator, "defaultMapping") => self.mapped(&member),
                (Object::Schema, "$dynamicRef") => {
                    self.refers(Kind::Schema, Part::Of(Object::Schema), &member, &member);
                }
                (Object::Link, "operationRef") => self.apart("operationRef", &member),
                (Object::Example, "externalValue") => self.apart("externalValue", &member),
                _ => {}
            }
            let field = fields.iter().find(|field| *field.name == *key);
            self.part(field.map_or(Part::Value, |field| field.part), &member);
        }
    }

    /// What the specification doesn't look into: a reference in it stands for its target nevertheless.
    fn value(&mut self, node: &Node<'a>) {
        if let Some(reference) = reference(node) {
            return self.refers(Kind::Value, Part::Value, node, &reference);
        }
        for (_, member) in node.members() {
            self.part(Part::Value, &member);
        }
        node.items().for_each(|item| self.part(Part::Value, &item));
    }

    /// A value of a discriminator's `mapping`: the name of a schema, or a reference.
    fn mapped(&mut self, target: &Node<'a>) {
        let Some(text) = target.value.as_str() else {
            return;
        };
        let components = self.reader.root.get("components");
        let named = components.and_then(|components| components.get("schemas"));
        if named.is_none_or(|schemas| schemas.get(text).is_none()) {
            self.refers(Kind::Schema, Part::Of(Object::Schema), target, target);
        }
    }

    /// A field that is a URI of something else.
    fn apart(&mut self, field: &'static str, node: &Node<'a>) {
        let Some(text) = node.value.as_str() else {
            return;
        };
        let target = self.reader.target(node).ok();
        match target.filter(|target| target.file == self.reader.root.file) {
            Some(target) => self.add(Kind::Value, node, &target),
            None if crate::source::is_url(text) || text.starts_with('#') => {}
            None => {
                let text = text.to_owned();
                self.found.apart.push((field, text, node.origin()));
            }
        }
    }

    /// A node that stands for what `reference` leads to, read as `part`.
    fn refers(&mut self, kind: Kind, part: Part, node: &Node<'a>, reference: &Node<'a>) {
        let target = match kind {
            Kind::Schema => self.reader.schema_target(reference),
            _ => self.reader.target_or_meant(reference),
        };
        let Ok(target) = target else { return };
        // A list in the place of one of its items: `parameters: {$ref: …}`.
        let kind = match kind {
            Kind::Value => kind,
            _ if target.value.is_array() => Kind::Group,
            _ => kind,
        };
        self.add(kind, node, &target);
        self.queue.push_back((part, target));
    }

    fn add(&mut self, kind: Kind, node: &Node<'a>, target: &Node<'a>) {
        let home = home(self.reader.sources, kind, target);
        let known = self.found.by_address.entry(address(node.value));
        known.or_insert(self.found.all.len());
        self.found.all.push(Reference {
            kind,
            place: node.origin(),
            target: target.origin(),
            home: (home.0, home.1.origin()),
        });
        if let (Some(object), true) = (object(home.0), home.1.pointer != target.pointer) {
            self.queue.push_back((Part::Of(object), home.1));
        }
    }
}

/// The definition that a target is in: what is named in the place of components, or the schema around a part of one.
fn home<'a>(sources: &'a Sources, kind: Kind, target: &Node<'a>) -> (Kind, Node<'a>) {
    let tokens = target.pointer.tokens();
    let component = match tokens.as_slice() {
        ["components", place, _, ..] => section(place).map(|kind| (kind, 3)),
        [place, name, ..] if name.parse::<usize>().is_err() => section(place).map(|kind| (kind, 2)),
        _ => None,
    };
    let part = tokens.iter().position(|token| PARTS.contains(token));
    let part = part.filter(|part| *part > 0 || is_schema(&sources.root(target.file)));
    let (kind, length) = match (component, part) {
        (Some(component), _) => component,
        (None, Some(part)) if kind == Kind::Schema => (kind, part),
        (None, _) => return (kind, target.clone()),
    };
    let around = tokens[..length]
        .iter()
        .try_fold(sources.root(target.file), |at, token| at.get(token));
    match around {
        Some(around) if around.value.is_object() => (kind, around),
        _ => (kind, target.clone()),
    }
}

/// Whether a whole file looks like a schema, and not like a mapping of names to schemas.
fn is_schema(root: &Node<'_>) -> bool {
    ["type", "$schema", "$id"].iter().any(|key| {
        let value = root.value.get(key);
        value.is_some_and(|value| value.is_string() || value.is_array())
    })
}

/// Keywords below which a schema has parts of its own.
const PARTS: [&str; 11] = [
    "properties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "additionalProperties",
    "patternProperties",
    "prefixItems",
    "if",
    "then",
];

/// What stands in a mapping of definitions.
fn section(place: &str) -> Option<Kind> {
    Some(match place {
        "schemas" | "definitions" | "$defs" | "models" => Kind::Schema,
        "responses" => Kind::Response,
        "parameters" => Kind::Parameter,
        "examples" => Kind::Example,
        "requestBodies" => Kind::RequestBody,
        "headers" => Kind::Header,
        "links" => Kind::Link,
        _ => return None,
    })
}

fn kind(object: Object) -> Kind {
    match object {
        Object::Schema => Kind::Schema,
        Object::Response => Kind::Response,
        Object::Parameter => Kind::Parameter,
        Object::Example => Kind::Example,
        Object::RequestBody => Kind::RequestBody,
        Object::Header => Kind::Header,
        Object::SecurityScheme => Kind::SecurityScheme,
        Object::Link => Kind::Link,
        Object::PathItem => Kind::PathItem,
        Object::MediaType => Kind::MediaType,
        _ => Kind::Value,
    }
}

fn object(kind: Kind) -> Option<Object> {
    Some(match kind {
        Kind::Schema => Object::Schema,
        Kind::Response => Object::Response,
        Kind::Parameter => Object::Parameter,
        Kind::Example => Object::Example,
        Kind::RequestBody => Object::RequestBody,
        Kind::Header => Object::Header,
        Kind::SecurityScheme => Object::SecurityScheme,
        Kind::Link => Object::Link,
        Kind::PathItem => Object::PathItem,
        Kind::MediaType => Object::MediaType,
        Kind::Callback | Kind::Group | Kind::Value => return None,
    })
}

/// The `$ref` of an object.
fn reference<'a>(node: &Node<'a>) -> Option<Node<'a>> {
    node.get("$ref").filter(|node| node.value.is_string())
}

/// Values of [`Sources`] don't move.
fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}
