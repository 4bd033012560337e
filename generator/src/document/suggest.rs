//! Suggests what an unresolved reference was meant to refer to.
//!
//! In: the message about the reference, and its place. Out: the place of something with a similar name there, or with the same name
//! elsewhere.

use super::read::{Reader, Version};
use crate::diag::{Code, Place};
use crate::source::{Node, percent_decode};
use crate::spelling::nearest;

impl<'a> Reader<'a> {
    /// A related place for the message, and the question next to it.
    pub(super) fn suggestion(&mut self, code: &Code, place: &Place) -> Option<(Place, String)> {
        let (
            Code::DanglingRef { reference }
            | Code::DanglingSchema { reference }
            | Code::DanglingResponse { reference }
            | Code::DanglingBodyRef { reference }
            | Code::DanglingExample { reference },
            Place::Value(origin),
        ) = (code, place)
        else {
            return None;
        };
        self.suggestions = self.suggestions.checked_sub(1)?;
        let kinds: &[&str] = match code {
            Code::DanglingSchema { .. } => &["schemas", "definitions", "$defs"],
            Code::DanglingResponse { .. } => &["responses"],
            Code::DanglingExample { .. } => &["examples"],
            Code::DanglingBodyRef { .. } => {
                &["requestBodies", "schemas", "definitions", "parameters"]
            }
            _ => &[],
        };
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let target = match file {
            "" => self.sources.root(origin.file),
            _ => self.lookup(origin.file, file).ok()?,
        };
        let found = percent_decode(pointer).and_then(|pointer| {
            Self::named_alike(&target, &pointer)
                .or_else(|| self.elsewhere(&target, &pointer, kinds))
        })?;
        let words = format!("did you mean `{file}#{}`?", found.pointer);
        Some((Place::Key(found.origin()), words))
    }

    /// The target of a pointer if one of its names is replaced by the most similar one that exists.
    fn named_alike(root: &Node<'a>, pointer: &str) -> Option<Node<'a>> {
        let mut at = root.clone();
        let mut slips = 0;
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = token.replace("~1", "/").replace("~0", "~");
            let item = || at.item(token.parse().ok()?);
            at = if let Some(next) = at.get(&token).or_else(item) {
                next
            } else {
                slips += 1;
                at.get(nearest(&token, at.members().map(|(key, _)| key))?)?
            };
        }
        (slips == 1).then_some(at)
    }

    /// A definition of the given kinds (of any, if there are none) with the last name of a pointer, or a similar one.
    fn elsewhere(&self, root: &Node<'a>, pointer: &str, kinds: &[&str]) -> Option<Node<'a>> {
        let name = pointer.rsplit('/').next()?;
        let name = name.replace("~1", "/").replace("~0", "~");
        let mut places = self.places(root);
        places.retain(|place| {
            kinds.is_empty() || kinds.iter().any(|kind| place.pointer.last() == Some(kind))
        });
        let same = places.iter().find_map(|place| place.get(&name));
        same.or_else(|| {
            places.iter().find_map(|place| {
                let known = place.members().map(|(key, _)| key);
                place.get(nearest(&name, known)?)
            })
        })
    }

    /// The mappings in which this version keeps definitions, then those of other versions.
    fn places(&self, root: &Node<'a>) -> Vec<Node<'a>> {
        let components = root.get("components");
        let components = components.iter().flat_map(Node::members);
        let mut places: Vec<_> = components.map(|(_, place)| place).collect();
        let rest = ["definitions", "$defs", "parameters", "responses"];
        let rest = rest.iter().filter_map(|key| root.get(key));
        if self.version == Version::V2 {
            places.splice(0..0, rest);
        } else {
            places.extend(rest);
        }
        places
    }
}
