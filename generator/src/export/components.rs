//! What is written once and referred to: the keys of components.

use super::{Object, Writer};
use crate::document::{Schema, component_key};
use crate::source::Origin;
use serde_json::{Value as Json, json};
use std::collections::{HashMap, HashSet};

/// The components of one document, by kind: `parameters`, `responses`, `headers`, `requestBodies`.
#[derive(Default)]
pub(super) struct Components<'a> {
    keys: HashMap<&'static str, HashSet<String>>,
    written: HashMap<(&'static str, &'a Origin, String), String>,
    objects: HashMap<&'static str, Object>,
}

impl Components<'_> {
    /// A key for a component that nothing else has.
    pub(super) fn key(&mut self, kind: &'static str, name: &str) -> String {
        let key = component_key(name);
        let keys = self.keys.entry(kind).or_default();
        let numbered = (2..).map(|number| format!("{key}_{number}"));
        let mut candidates = std::iter::once(key.clone()).chain(numbered);
        let free = candidates.find(|candidate| !keys.contains(candidate));
        let key = free.unwrap_or(key);
        keys.insert(key.clone());
        key
    }

    /// A key for a schema without a name: the one that its place suggests.
    pub(super) fn schema_name(&mut self, schema: &Schema) -> String {
        let hint = schema.hint.as_deref();
        let name = hint
            .or_else(|| schema.origin.pointer.last())
            .unwrap_or("Schema");
        self.key("schemas", name)
    }

    /// The components of a kind.
    pub(super) fn take(&mut self, kind: &'static str) -> Object {
        self.objects.remove(kind).unwrap_or_default()
    }
}

impl<'a> Writer<'a> {
    /// What stands at an origin: in place, or a reference to the component that it came from. `variant` tells apart what one origin
    /// comes to in several places, as a response of Swagger 2 by the media types of its operation.
    pub(super) fn component(
        &mut self,
        kind: &'static str,
        (origin, variant): (&'a Origin, String),
        write: impl FnOnce(&mut Self) -> Object,
    ) -> Json {
        let Some(name) = self.component_name(kind, origin) else {
            return Json::Object(write(self));
        };
        let id = (kind, origin, variant);
        let key = if let Some(key) = self.components.written.get(&id) {
            key.clone()
        } else {
            let key = self.components.key(kind, name);
            self.components.written.insert(id, key.clone());
            let written = self.elsewhere(&["components", kind, &key], |writer| {
                let written = write(writer);
                writer.complete(Json::Object(written))
            });
            let objects = self.components.objects.entry(kind).or_default();
            objects.insert(key.clone(), written);
            key
        };
        json!({"$ref": format!("#/components/{kind}/{key}")})
    }

    /// The name of what stands where components do, or in another file.
    fn component_name(&self, kind: &'static str, origin: &'a Origin) -> Option<&'a str> {
        if let Some(name) = self.document.definitions.get(origin) {
            return Some(name);
        }
        let tokens = origin.pointer.tokens();
        let name = match tokens.as_slice() {
            ["components", place, name] | [place, name] if *place == kind => name,
            [.., name] if origin.file != self.document.origin.file => name,
            _ => return None,
        };
        Some(name)
    }
}
