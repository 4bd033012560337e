//! Unions in which a value may match several alternatives.

use super::Lower;
use super::formats::bounds;
use super::kind::{Kind, is_silent, kind_of, listed};
use crate::diag::{Code, Place};
use crate::document::{Additional, Schema, SchemaId};
use crate::ir::Bounds;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Limit of alternatives that are compared pairwise.
const COMPARED: usize = 64;

impl Lower<'_> {
    /// An additional alternative for a union of objects in which several may match: an object with the properties of all of them, so that a
    /// value that matches several keeps all its properties. `oneOf` is checked on what was kept.
    ///
    /// `None` if one alternative declares everything, or if a property has different types in two alternatives: then each keeps the
    /// properties of the others ([`kept`](super::kept)).
    pub(super) fn several_at_once(
        &mut self,
        owner: SchemaId,
        choice: &Schema,
        members: &[SchemaId],
    ) -> Option<SchemaId> {
        if choice.discriminator.is_some() {
            return None;
        }
        // Next to a closed object, properties that only an alternative declares aren't allowed at all.
        let additional = self.merged(owner).schema.additional;
        if matches!(additional, Additional::Forbidden | Additional::Schema(_)) {
            return None;
        }
        let merged = members.iter().map(|member| self.merged(*member).schema);
        let objects: Vec<Rc<Schema>> = merged.filter(|one| is_open_object(one)).collect();
        if objects.len() < 2 {
            return None;
        }
        let mut all = Schema::empty(choice.origin.clone());
        let mut known: HashMap<Arc<str>, SchemaId> = HashMap::new();
        for (name, property) in objects.iter().flat_map(|object| &object.properties) {
            match known.get(name) {
                Some(same) if !self.is_alike(*same, *property) => return None,
                Some(_) => {}
                None => {
                    known.insert(name.clone(), *property);
                    all.properties.push((name.clone(), *property));
                }
            }
        }
        let wanted: Vec<HashSet<&Arc<str>>> = objects
            .iter()
            .map(|object| object.required.iter().collect())
            .collect();
        // An alternative that declares everything is enough if it matches whenever two others do.
        let declares_all = |(index, object): (usize, &Rc<Schema>)| {
            let missed = |name: &Arc<str>| {
                let others = wanted.iter().enumerate();
                let mut others =
                    others.filter(|(at, wanted)| *at != index && !wanted.contains(name));
                others.nth(1).is_some()
            };
            object.properties.len() == known.len() && !object.required.iter().any(missed)
        };
        if objects.iter().enumerate().any(declares_all) {
            return None;
        }
        let is_common = |name: &&Arc<str>| wanted.iter().all(|wanted| wanted.contains(*name));
        all.required = objects[0]
            .required
            .iter()
            .filter(is_common)
            .cloned()
            .collect();
        all.types.object = true;
        all.title = Some("Several".into());
        let description = if choice.one_of.is_empty() {
            "A value that matches several of the other variants."
        } else {
            "A value that matches several of the other variants, which validation rejects."
        };
        all.description = Some(description.into());
        let sets = objects.iter().map(|object| {
            let own = object.required.iter().filter(|name| !is_common(name));
            own.cloned().collect::<Vec<_>>()
        });
        let sets: Vec<Vec<Arc<str>>> = sets.collect();
        if sets.iter().all(|set| !set.is_empty()) {
            for required in sets {
                let mut set = Schema::empty(choice.origin.clone());
                set.required = required;
                all.any_of.push(self.make(set));
            }
        }
        Some(self.make(all))
    }

    /// Reports a `oneOf` if every minimal value of one alternative matches another one too, and is therefore rejected.
    pub(super) fn report_overlap(&mut self, schema: &Schema, members: &[SchemaId]) {
        let merged: Vec<Rc<Schema>> = members
            .iter()
            .map(|member| self.merged(*member).schema)
            .collect();
        if merged.len() > COMPARED {
            return;
        }
        for (index, one) in merged.iter().enumerate() {
            let mut others = merged.iter().enumerate();
            let other = others.find(|(at, other)| *at != index && self.is_always(one, other));
            if let Some((at, _)) = other {
                let number = |index: usize| (index + 1).to_string();
                let code = Code::Overlap {
                    one: number(index),
                    other: number(at),
                };
                self.diagnostics.push(code, Place::value(&schema.origin));
                return;
            }
        }
    }

    /// Whether every value that has only what `one` requires matches `other` too.
    fn is_always(&self, one: &Schema, other: &Schema) -> bool {
        let (kind, wider) = (kind_of(one), kind_of(other));
        let says_more = !other.one_of.is_empty() || !other.any_of.is_empty() || other.nullable;
        if says_more || !one.one_of.is_empty() || !one.any_of.is_empty() {
            return false;
        }
        match (kind, wider) {
            (Some(Kind::Object), Some(Kind::Object)) => {
                let properties: HashMap<&Arc<str>, SchemaId> = one
                    .properties
                    .iter()
                    .map(|(name, id)| (name, *id))
                    .collect();
                let required: HashSet<&Arc<str>> = one.required.iter().collect();
                let declared: HashMap<&Arc<str>, SchemaId> = other
                    .properties
                    .iter()
                    .map(|(name, id)| (name, *id))
                    .collect();
                let fits = |name: &&Arc<str>| match (properties.get(name), declared.get(name)) {
                    (Some(one), Some(other)) => self.is_alike(*one, *other),
                    (Some(_), None) => is_open_object(other),
                    (None, _) => false,
                };
                says_properties_only(other)
                    && other.required.iter().all(|name| required.contains(name))
                    && required.iter().all(fits)
            }
            (Some(one_kind), Some(other_kind)) if is_scalar(one_kind) => {
                let is_wider = one_kind == other_kind
                    || (one_kind == Kind::Integer && other_kind == Kind::Number);
                is_wider && is_unlimited(other)
            }
            _ => false,
        }
    }

    /// Whether two schemas of a property are the same, or have the same kind and no constraints.
    fn is_alike(&self, a: SchemaId, b: SchemaId) -> bool {
        let (a, b) = (self.definition(a), self.definition(b));
        if a == b {
            return true;
        }
        let (a, b) = (self.schema(a), self.schema(b));
        let is_plain = |schema: &Schema| {
            schema.all_of.is_empty()
                && schema.reference.is_none()
                && schema.one_of.is_empty()
                && schema.any_of.is_empty()
                && is_unlimited(schema)
        };
        let same = kind_of(&a) == kind_of(&b) && a.format == b.format && a.nullable == b.nullable;
        let is_plain_kind = kind_of(&a).is_some_and(is_scalar);
        same && is_plain_kind && is_plain(&a) && is_plain(&b)
    }
}

fn is_scalar(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Boolean | Kind::Integer | Kind::Number | Kind::String
    )
}

/// Whether a schema allows every value of its kind.
fn is_unlimited(schema: &Schema) -> bool {
    listed(schema).is_none()
        && schema.format.is_none()
        && schema.pattern.is_none()
        && schema.not.is_none()
        && schema.unread.is_empty()
        && schema.min_length.is_none()
        && schema.max_length.is_none()
        && bounds(schema) == Bounds::default()
}

/// Whether a schema declares properties of objects and nothing else.
fn says_properties_only(schema: &Schema) -> bool {
    schema.pattern_properties.is_empty()
        && schema.property_names.is_none()
        && schema.dependent_required.is_empty()
        && schema.unread.is_empty()
        && schema.not.is_none()
        && schema.min_properties.is_none()
        && schema.max_properties.is_none()
        && !matches!(schema.additional, Additional::Schema(_))
}

/// Whether a schema is an object that declares properties and allows others.
fn is_open_object(schema: &Schema) -> bool {
    kind_of(schema) == Some(Kind::Object)
        && !is_silent(schema)
        && !schema.properties.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && matches!(schema.additional, Additional::Unstated | Additional::Any)
        && matches!(schema.unevaluated, Additional::Unstated | Additional::Any)
        && says_properties_only(schema)
}
