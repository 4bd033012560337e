//! All that one value has to satisfy: a schema with what it refers to, its `allOf`, and one alternative of each choice.

use super::heights::Heights;
use crate::document::{Discriminator, Document, Schema, SchemaId, Types};
use std::collections::HashSet;

/// The schemas of a value, with every choice made.
pub(super) struct Whole<'d> {
    pub(super) parts: Vec<&'d Schema>,
    pub(super) ids: Vec<SchemaId>,
    /// A property and its value, by a discriminator.
    pub(super) tags: Vec<(&'d str, String)>,
    /// Types that `not` excludes.
    pub(super) excluded: Types,
    /// Properties that `not` excludes, or that only a dependent schema would allow.
    pub(super) unwanted: HashSet<&'d str>,
    /// Whether a keyword looks at the finished value, so that it has to be checked.
    pub(super) is_checked: bool,
}

/// Makes choices: by number, so that every combination has its turn.
pub(super) struct Choices {
    number: u64,
    /// Whether a choice had several alternatives.
    pub(super) any: bool,
}

impl Choices {
    pub(super) fn new(number: u64) -> Self {
        Self { number, any: false }
    }

    /// An index into a list of this length.
    pub(super) fn index(&mut self, length: usize) -> usize {
        if length < 2 {
            return 0;
        }
        self.any = true;
        let length = length as u64;
        let index = self.number % length;
        self.number /= length;
        usize::try_from(index).unwrap_or(0)
    }
}

/// What alternatives are chosen by.
pub(super) struct Chooser<'c> {
    pub(super) heights: &'c Heights,
    /// Levels that are left.
    pub(super) left: u32,
    pub(super) choices: &'c mut Choices,
}

impl<'d> Whole<'d> {
    pub(super) fn of(
        document: &'d Document,
        roots: &[SchemaId],
        chooser: &mut Chooser<'_>,
    ) -> Self {
        let mut whole = Self {
            parts: Vec::new(),
            ids: Vec::new(),
            tags: Vec::new(),
            excluded: Types::default(),
            unwanted: HashSet::new(),
            is_checked: false,
        };
        let mut seen = HashSet::new();
        let mut open: Vec<SchemaId> = roots.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let schema = &document[id];
            whole.parts.push(schema);
            whole.ids.push(id);
            let mut next: Vec<SchemaId> = schema.reference.into_iter().collect();
            next.extend(&schema.all_of);
            next.extend(whole.chosen(document, schema, chooser));
            next.extend(whole.conditional(schema, chooser));
            whole.excluded_by(document, schema);
            open.extend(next.iter().rev());
        }
        let base = |schema: &&&Schema| schema.discriminator.is_some();
        let base = whole.parts.iter().find(base).copied();
        if let Some(discriminator) = base.and_then(|base| base.discriminator.as_deref())
            && whole.tags.is_empty()
            && let Some(named) = whole.ids.iter().find(|id| document[**id].name.is_some())
        {
            let tag = tag(document, discriminator, *named);
            whole
                .tags
                .extend(tag.map(|tag| (&*discriminator.property, tag)));
        }
        whole
    }

    /// An alternative of `oneOf` and one of `anyOf`.
    fn chosen(
        &mut self,
        document: &'d Document,
        schema: &'d Schema,
        chooser: &mut Chooser<'_>,
    ) -> Vec<SchemaId> {
        let mut chosen = Vec::new();
        for alternatives in [&schema.one_of, &schema.any_of] {
            let mut order = alternatives.clone();
            // What fits into the levels that are left comes first, null last.
            let height = |id: &SchemaId| chooser.heights.at(*id);
            let is_null = |id: &SchemaId| is_null(document, *id);
            let least = order.iter().map(height).min().unwrap_or(0);
            let fits = |id: &SchemaId| height(id) <= chooser.left.max(least);
            order.sort_by_key(|id| (!fits(id), is_null(id)));
            let count = order.iter().filter(|id| fits(id)).count();
            let index = chooser.choices.index(count);
            let Some(one) = order.get(index).copied() else {
                continue;
            };
            self.is_checked |= alternatives.len() > 1 && !schema.one_of.is_empty();
            if let Some(discriminator) = schema.discriminator.as_deref() {
                let tag = tag(document, discriminator, one);
                self.tags
                    .extend(tag.map(|tag| (&*discriminator.property, tag)));
            }
            chosen.push(one);
        }
        chosen
    }

    /// `if` with `then`, or `else`; and dependent schemas, whose property is left out in every other attempt.
    fn conditional(&mut self, schema: &'d Schema, chooser: &mut Chooser<'_>) -> Vec<SchemaId> {
        let mut parts = Vec::new();
        if let Some(condition) = schema.condition {
            self.is_checked = true;
            if chooser.choices.index(2) == 0 {
                parts.push(condition);
                parts.extend(schema.then);
            } else {
                parts.extend(schema.otherwise);
            }
        }
        for (name, dependent) in &schema.dependent_schemas {
            self.is_checked = true;
            if chooser.choices.index(2) == 0 {
                parts.push(*dependent);
            } else {
                self.unwanted.insert(name);
            }
        }
        parts
    }

    fn excluded_by(&mut self, document: &'d Document, schema: &'d Schema) {
        self.is_checked |= schema.not.is_some()
            || schema.contains.is_some()
            || schema.property_names.is_some()
            || schema.unevaluated != crate::document::Additional::Unstated
            || schema.unevaluated_items != crate::document::Additional::Unstated;
        let Some(not) = schema.not.map(|not| &document[not]) else {
            return;
        };
        let only_types = Schema {
            types: not.types,
            ..Schema::empty(not.origin.clone())
        };
        let says_types_only = *not == only_types;
        if says_types_only {
            self.excluded = either(self.excluded, not.types);
        }
        if let [only] = not.required.as_slice() {
            self.unwanted.insert(only);
        }
        let alternatives = not.any_of.iter().map(|id| &document[*id]);
        let lone = alternatives.filter(|one| one.required.len() == 1);
        self.unwanted
            .extend(lone.flat_map(|one| &one.required).map(|name| &**name));
    }
}

/// Whether a schema allows nothing but null.
fn is_null(document: &Document, id: SchemaId) -> bool {
    let schema = &document[id];
    let target = schema.reference.map_or(schema, |target| &document[target]);
    target.types
        == Types {
            null: true,
            ..Types::default()
        }
}

fn either(a: Types, b: Types) -> Types {
    Types {
        null: a.null || b.null,
        boolean: a.boolean || b.boolean,
        integer: a.integer || b.integer,
        number: a.number || b.number,
        string: a.string || b.string,
        array: a.array || b.array,
        object: a.object || b.object,
    }
}

/// The tag of an alternative: its key in the mapping, or else its name.
fn tag(document: &Document, discriminator: &Discriminator, one: SchemaId) -> Option<String> {
    let target = |id: SchemaId| document[id].reference.unwrap_or(id);
    let mut mapping = discriminator.mapping.iter();
    let mapped = mapping.find(|(_, id)| target(*id) == target(one));
    let named = || document[target(one)].name.as_deref().map(str::to_owned);
    mapped.map(|(tag, _)| tag.clone()).or_else(named)
}
