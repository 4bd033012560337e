//! Writes the bundle: a copy of the entry, in which references lead to where things stand now.

use super::{Left, Object};
use crate::document::{Definition, Homes, Kind, Reference, References, belongs_to_file, is_bare};
use crate::export::pointer;
use crate::source::{FileId, Mapping, Node, Origin, Pointer, Sources, Value};
use serde_json::{Value as Json, json};

/// As many values may take the place of references in all: what is referred to twice is there twice.
const INLINED: usize = 1_000_000;

pub(super) struct Writer<'a> {
    sources: &'a Sources,
    references: &'a References,
    homes: &'a Homes<'a>,
    /// The targets that are being written in the place of a reference.
    open: Vec<Origin>,
    inlined: usize,
    pub left: Vec<Left>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        sources: &'a Sources,
        references: &'a References,
        homes: &'a Homes<'a>,
    ) -> Self {
        Self {
            sources,
            references,
            homes,
            open: Vec::new(),
            inlined: 0,
            left: Vec::new(),
        }
    }

    /// The whole document.
    pub(super) fn document(&mut self) -> Json {
        let entry = self.homes.entry;
        let mut value = self.value(self.sources.root(entry).value, entry);
        for (place, definition) in &self.homes.hosted {
            let copied = self.definition(definition);
            if let Some(component) = value.pointer_mut(&place.to_string()) {
                *component = copied;
            }
        }
        for (section, key, definition) in &self.homes.added {
            let copied = self.definition(definition);
            if let Some(members) = objects(&mut value, section) {
                members.insert(key.clone(), copied);
            }
        }
        value
    }

    /// A definition of another file, without what gives that file a name.
    fn definition(&mut self, definition: &Definition) -> Json {
        let Some(node) = self.sources.at(&definition.origin) else {
            return Json::Null;
        };
        let mut copied = self.value(node.value, node.file);
        if let (Json::Object(members), true) = (&mut copied, definition.is_schema) {
            // `id` and `$id` may also be the names of something else.
            let is_name = |key: &str, member: &Json| {
                belongs_to_file(key, self.references)
                    && (member.is_string() || matches!(key, "definitions" | "$defs"))
            };
            members.retain(|key, member| !is_name(key, member));
        }
        copied
    }

    /// A value of a file.
    fn value(&mut self, value: &'a Value, file: FileId) -> Json {
        if let Some(reference) = self.references.of(value) {
            return self.reference(reference, value, file);
        }
        match value {
            Value::Array(items) => items.iter().map(|item| self.value(item, file)).collect(),
            Value::Object(_) => Json::Object(self.members(value, file)),
            scalar => scalar.into(),
        }
    }

    /// The members of an object but for its `$ref`, if that is a reference.
    fn members(&mut self, value: &'a Value, file: FileId) -> Object {
        let members = value.as_object().into_iter().flat_map(Mapping::iter);
        let is_reference = self.references.of(value).is_some();
        let members = members.filter(|(key, _)| !is_reference || &***key != "$ref");
        members
            .map(|(key, member)| (key.to_string(), self.value(member, file)))
            .collect()
    }

    fn reference(&mut self, reference: &'a Reference, value: &'a Value, file: FileId) -> Json {
        let within = file == self.homes.entry && reference.target.file == file;
        if within {
            return self.with_reference(value, file, None);
        }
        let reference = self.homes.last(reference);
        let is_inlined = self.homes.is_inlined(reference) && value.is_object();
        let place = self.homes.place(&reference.target);
        match place {
            Some(place) if !is_inlined => self.with_reference(value, file, Some(&place)),
            Some(place) if reference.target.file == self.homes.entry && is_linked(reference) => {
                self.with_reference(value, file, Some(&place))
            }
            _ if value.is_object() => self.inlined(reference, value, file),
            _ => value.into(),
        }
    }

    /// An object with its `$ref`, or a text that refers to something; either leads to `place`, or where it led.
    fn with_reference(&mut self, value: &'a Value, file: FileId, place: Option<&Pointer>) -> Json {
        let place = place.map(|place| {
            let tokens: Vec<_> = place.tokens().iter().map(|it| (*it).to_owned()).collect();
            Json::String(pointer(&tokens))
        });
        let Value::Object(members) = value else {
            // An anchor moves with the schema that has it, and may be a dynamic one.
            let is_anchor = |text: &str| text.starts_with('#') && !text.starts_with("#/");
            return match place {
                Some(place) if !value.as_str().is_some_and(is_anchor) => place,
                _ => value.into(),
            };
        };
        let mut object = Object::new();
        for (key, member) in members.iter() {
            let written = match &place {
                Some(place) if **key == *"$ref" => place.clone(),
                _ if **key == *"$ref" => member.into(),
                _ => self.value(member, file),
            };
            object.insert(key.to_string(), written);
        }
        Json::Object(object)
    }

    /// What a reference leads to, in its place; what else the object says comes first (OpenAPI 3.1.1, section 4.8.9).
    fn inlined(&mut self, reference: &'a Reference, value: &'a Value, file: FileId) -> Json {
        let target = &reference.target;
        let Some(node) = self.sources.at(target) else {
            return value.into();
        };
        if self.open.contains(target) {
            self.left.push(Left::Recursive(reference.place.clone()));
            return json!({});
        }
        self.inlined += size(&node, INLINED);
        if self.inlined > INLINED {
            if !self.left.iter().any(|left| matches!(left, Left::Large(_))) {
                self.left.push(Left::Large(reference.place.clone()));
            }
            return json!({});
        }
        self.open.push(target.clone());
        let mut copied = self.value(node.value, node.file);
        self.open.pop();
        if reference.kind == Kind::PathItem
            && !is_bare(value)
            && let Json::Object(theirs) = copied
        {
            let mut own = self.members(value, file);
            for (key, member) in theirs {
                own.entry(key).or_insert(member);
            }
            copied = Json::Object(own);
        }
        copied
    }
}

/// The object at a path of keys, made where it is missing, or written as `null`.
fn objects<'v>(value: &'v mut Json, path: &[&str]) -> Option<&'v mut Object> {
    let mut at = value.as_object_mut()?;
    for token in path {
        let next = at.entry(*token).or_insert(Json::Null);
        if next.is_null() {
            *next = json!({});
        }
        at = next.as_object_mut()?;
    }
    Some(at)
}

/// Whether a place of the entry can be referred to from where the reference stands.
fn is_linked(reference: &Reference) -> bool {
    reference.kind != Kind::Value
}

/// The number of values within a value, up to a limit.
fn size(node: &Node<'_>, limit: usize) -> usize {
    let mut count = 0;
    let mut open = vec![node.value];
    while let Some(value) = open.pop() {
        count += 1;
        if count > limit {
            break;
        }
        match value {
            Value::Array(items) => open.extend(items.iter()),
            Value::Object(members) => open.extend(members.iter().map(|(_, member)| member)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    count
}
