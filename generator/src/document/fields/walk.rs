//! Walks a description by the tables of fields.
//!
//! In: the files, and the object at each place. Out: every member of every object, with its field if it is one. Follows references to files
//! that can't be reached otherwise. Pointers are built only on demand.

use super::super::read::Reader;
use super::{Field, Object, Part};
use crate::source::{FileId, Mapping, Origin, Pointer, Value};
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

/// A member of an object.
pub(super) struct Member<'w> {
    pub object: Object,
    pub name: &'w str,
    pub value: &'w Value,
    /// The field in this version, or in another one.
    pub field: Option<&'static Field>,
    file: FileId,
    trail: Trail<'w>,
}

/// The path to a place; its parts are on the stack of the walk.
#[derive(Clone, Copy)]
enum Trail<'w> {
    Start(&'w Pointer),
    Key(&'w Trail<'w>, &'w Arc<str>),
    Index(&'w Trail<'w>, usize),
}

struct Walk<'a, F> {
    /// The entry, whose components the walk reaches anyway.
    entry: FileId,
    file: FileId,
    visit: F,
    asked: HashSet<(FileId, &'a str)>,
    queue: VecDeque<(Object, FileId, &'a str)>,
}

/// Visits every member of every object of a description. `visit` returns the field as which the walk enters it, if any.
pub(super) fn walk(reader: &Reader<'_>, visit: impl FnMut(&Member<'_>) -> Option<&'static Field>) {
    let mut walk = Walk {
        entry: reader.root.file,
        file: reader.root.file,
        visit,
        asked: HashSet::new(),
        queue: VecDeque::new(),
    };
    let root = &reader.root;
    walk.object(Object::Top, root.value, Trail::Start(&root.pointer));
    let mut seen = HashSet::new();
    while let Some((object, file, reference)) = walk.queue.pop_front() {
        // An unresolved reference is reported where it is read.
        let Ok(node) = reader.lookup(file, reference) else {
            continue;
        };
        if seen.insert((std::ptr::from_ref(node.value).addr(), object)) {
            walk.file = node.file;
            walk.object(object, node.value, Trail::Start(&node.pointer));
        }
    }
}

impl<'a, F: FnMut(&Member<'_>) -> Option<&'static Field>> Walk<'a, F> {
    fn object(&mut self, object: Object, value: &'a Value, trail: Trail<'_>) {
        let Some(members) = value.as_object() else {
            return;
        };
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            self.refers(object, reference);
            // Siblings of `$ref` count only in schemas and path items.
            if !matches!(object, Object::Schema | Object::PathItem) {
                return;
            }
        }
        let fields = object.fields();
        for (key, value) in members.iter() {
            let field = fields.iter().find(|field| *field.name == **key);
            let trail = Trail::Key(&trail, key);
            let member = Member {
                object,
                name: key,
                value,
                field,
                file: self.file,
                trail,
            };
            if let Some(field) = (self.visit)(&member) {
                self.part(field.part, value, trail);
            }
        }
    }

    fn part(&mut self, part: Part, value: &'a Value, trail: Trail<'_>) {
        match part {
            Part::Value => {}
            Part::Of(object) => {
                for (index, item) in value.as_array().unwrap_or_default().iter().enumerate() {
                    self.object(object, item, Trail::Index(&trail, index));
                }
                self.object(object, value, trail);
            }
            Part::Named(object) => {
                for (key, value) in members(value) {
                    self.object(object, value, Trail::Key(&trail, key));
                }
            }
            Part::Patterned(object) => {
                for (key, value) in members(value).filter(|(key, _)| !key.starts_with("x-")) {
                    self.object(object, value, Trail::Key(&trail, key));
                }
            }
            Part::Callbacks => {
                for (key, value) in members(value) {
                    let part = Part::Patterned(Object::PathItem);
                    self.part(part, value, Trail::Key(&trail, key));
                }
            }
        }
    }

    fn refers(&mut self, object: Object, reference: &'a str) {
        const WALKED: [&str; 4] = [
            "#/components/",
            "#/definitions/",
            "#/parameters/",
            "#/responses/",
        ];
        let walked = WALKED.iter().any(|place| reference.starts_with(place));
        if (self.file == self.entry && walked) || !self.asked.insert((self.file, reference)) {
            return;
        }
        self.queue.push_back((object, self.file, reference));
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&Arc<str>, &Value)> {
    value.as_object().into_iter().flat_map(Mapping::iter)
}

impl Member<'_> {
    pub(super) fn origin(&self) -> Origin {
        Origin {
            file: self.file,
            pointer: self.trail.pointer(),
        }
    }
}

impl Trail<'_> {
    fn pointer(self) -> Pointer {
        match self {
            Self::Start(pointer) => pointer.clone(),
            Self::Key(around, key) => around.pointer().join(key.clone()),
            Self::Index(around, index) => around.pointer().index(index),
        }
    }
}
