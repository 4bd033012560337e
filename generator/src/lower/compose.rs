//! Merges `allOf`, and `$ref` with siblings: several schemas that a value has to satisfy at once become one schema.
//!
//! They are merged as schemas, before anything is lowered, so that the rest of lowering sees an ordinary schema. A property that two parts
//! declare becomes an `allOf` of both, which is merged when that property is lowered.

use super::Lower;
use super::kind::{is_conditional, is_silent, only_annotations};
use crate::document::{Additional, Bound, Schema, SchemaId, Types};
use crate::source::Origin;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

/// A schema of the document, or one that was made while lowering.
#[derive(Debug, Clone)]
pub(super) enum Held<'a> {
    Document(&'a Schema),
    Made(Rc<Schema>),
}

impl Deref for Held<'_> {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        match self {
            Self::Document(schema) => schema,
            Self::Made(schema) => schema,
        }
    }
}

/// Limit of alternatives that result from combining two choices. A long `allOf` of small choices would have too many combinations.
const COMBINATIONS: usize = 1_000;

/// Index of what the parts merged so far declare.
#[derive(Default)]
struct Names {
    /// Index of each property in the merged schema.
    properties: HashMap<Arc<str>, usize>,
    required: HashSet<Arc<str>>,
}

/// The result of merging.
#[derive(Clone)]
pub(super) struct Merged {
    pub(super) schema: Rc<Schema>,
    /// Why no value satisfies all parts, and the place of the conflicting part.
    pub(super) conflict: Option<(&'static str, Origin)>,
}

impl<'a> Lower<'a> {
    /// A schema by its id. Ids after those of the document belong to schemas that were made here.
    pub(super) fn schema(&self, id: SchemaId) -> Held<'a> {
        let index = id.0 as usize;
        match self.document.schemas.get(index) {
            Some(schema) => Held::Document(schema),
            None => Held::Made(Rc::clone(&self.made[index - self.document.schemas.len()])),
        }
    }

    /// Adds a schema that isn't in the document.
    pub(super) fn make(&mut self, schema: Schema) -> SchemaId {
        let index = self.document.schemas.len() + self.made.len();
        self.made.push(Rc::new(schema));
        SchemaId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Merges a schema with its `allOf` and `$ref`. Its own annotations and name are kept.
    ///
    /// This is asked for several times for each alternative of a choice, and merged the first time: a schema, its parts and what is decided
    /// about them never change.
    pub(super) fn merged(&mut self, id: SchemaId) -> Merged {
        if let Some(known) = self.merged.get(&id) {
            return known.clone();
        }
        let merged = self.merge_parts(id);
        self.merged.insert(id, merged.clone());
        merged
    }

    fn merge_parts(&mut self, id: SchemaId) -> Merged {
        let own = self.schema(id);
        let parts = self.parts(id);
        let mut merged = Schema::empty(own.origin.clone());
        merged.name.clone_from(&own.name);
        merged.hint.clone_from(&own.hint);
        let mut conflict = None;
        let mut names = Names::default();
        let decided = self.decided(&parts);
        let mut conditional = false;
        for part in parts {
            let is_own = part == id;
            let mut part = self.without_decided(part, &decided);
            conditional |= is_conditional(&part);
            if !is_own
                && part.unevaluated != Additional::Unstated
                && part.additional == Additional::Unstated
            {
                // For properties of the other parts, both keywords mean the same.
                let mut closed = (*part).clone();
                closed.additional = part.unevaluated;
                part = Held::Made(Rc::new(closed));
            }
            if let Err(detail) = self.merge(&mut merged, &part, &mut names) {
                conflict.get_or_insert((detail, part.origin.clone()));
            }
        }
        merged.title.clone_from(&own.title);
        merged.description.clone_from(&own.description);
        merged.deprecated = own.deprecated;
        // Applies to what all parts declare together.
        merged.unevaluated = match own.unevaluated {
            Additional::Unstated => Additional::Unstated,
            _ if conditional => Additional::Any,
            stated => stated,
        };
        Merged {
            schema: Rc::new(merged),
            conflict,
        }
    }

    /// The alternatives that a value of these parts is known to match: the parts, and those chosen on the way to them.
    fn decided(&self, parts: &[SchemaId]) -> HashSet<SchemaId> {
        let before = parts.iter().filter_map(|part| self.chosen.get(part));
        parts
            .iter()
            .chain(before.flat_map(|ids| ids.iter()))
            .copied()
            .collect()
    }

    /// A part without its choice, if one of the alternatives is decided. Without this, a schema that extends a base which lists it as an
    /// alternative would have to choose again.
    fn without_decided(&self, part: SchemaId, decided: &HashSet<SchemaId>) -> Held<'a> {
        let schema = self.schema(part);
        let is_decided = |choices: &[SchemaId]| {
            let mut choices = choices.iter();
            choices.any(|choice| decided.contains(&self.definition(*choice)))
        };
        let (one, any) = (is_decided(&schema.one_of), is_decided(&schema.any_of));
        if !one && !any {
            return schema;
        }
        let mut rest = (*schema).clone();
        if one {
            rest.one_of.clear();
        }
        if any {
            rest.any_of.clear();
        }
        rest.discriminator = None;
        Held::Made(Rc::new(rest))
    }

    /// For each schema with a discriminator, or derived from one, collects the schemas derived from it by `allOf`, directly or not.
    pub(super) fn find_descendants(&mut self) {
        let mut schemas = self.document.schemas.iter();
        if !schemas.any(|schema| schema.discriminator.is_some()) {
            return;
        }
        for (_, schema) in &self.document.named_schemas {
            // A part comes after the parts that it is derived from.
            let mut is_told = HashSet::new();
            for part in self.parts(*schema) {
                let held = self.schema(part);
                let mut of = held.reference.iter().chain(&held.all_of);
                if held.discriminator.is_none() && !of.any(|of| is_told.contains(of)) {
                    continue;
                }
                is_told.insert(part);
                let is_base = held.discriminator.is_some() || held.name.is_some();
                if part != *schema && is_base {
                    self.descendants.entry(part).or_default().push(*schema);
                }
            }
        }
    }

    /// The schemas that `id` is composed of. It is itself last, so that it wins where only one value is possible.
    ///
    /// Chains of inheritance may have any length, so the stack is explicit.
    pub(super) fn parts(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut parts = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![(id, false)];
        while let Some((id, finished)) = open.pop() {
            if finished {
                parts.push(id);
            } else if seen.insert(id) {
                let schema = self.schema(id);
                open.push((id, true));
                open.extend(
                    schema
                        .reference
                        .iter()
                        .chain(&schema.all_of)
                        .rev()
                        .map(|part| (*part, false)),
                );
            }
        }
        parts
    }

    /// Merges `part` into `into`, apart from its `allOf` and `$ref`.
    fn merge(
        &mut self,
        into: &mut Schema,
        part: &Schema,
        names: &mut Names,
    ) -> Result<(), &'static str> {
        let types = types_in_both(into.types, part.types);
        into.types = types.unwrap_or(into.types);
        into.nullable |= part.nullable;
        if into.boolean != Some(false) {
            into.boolean = part.boolean.or(into.boolean);
        }
        let values = merge_values(into, part);
        into.value_words.extend(part.value_words.iter().cloned());
        into.extensible |= part.extensible;
        self.merge_object(into, part, names);
        into.property_names = self.both(into.property_names, part.property_names);
        let dependent = part.dependent_required.iter().cloned();
        into.dependent_required.extend(dependent);
        for keyword in &part.unread {
            if !into.unread.contains(keyword) {
                into.unread.push(keyword.clone());
            }
        }
        into.items = self.both(into.items, part.items);
        if into.prefix_items.is_empty() {
            into.prefix_items.clone_from(&part.prefix_items);
        }
        self.merge_choices(into, part);
        merge_bounds(into, part);
        into.format = part.format.clone().or(into.format.take());
        into.default = part.default.clone().or(into.default.take());
        into.content_encoding = part
            .content_encoding
            .clone()
            .or(into.content_encoding.take());
        into.content_media_type = part
            .content_media_type
            .clone()
            .or(into.content_media_type.take());
        into.content_schema = part.content_schema.or(into.content_schema);
        into.discriminator = part.discriminator.clone().or(into.discriminator.take());
        into.xml = part.xml.clone().or(into.xml.take());
        into.read_only |= part.read_only;
        into.write_only |= part.write_only;
        types
            .map(|_| ())
            .ok_or("no value has both types")
            .and(values)
    }

    fn merge_object(&mut self, into: &mut Schema, part: &Schema, names: &mut Names) {
        for (name, property) in &part.properties {
            if let Some(index) = names.properties.get(name).copied() {
                let known = into.properties[index].1;
                into.properties[index].1 = self.both(Some(known), Some(*property)).unwrap_or(known);
            } else {
                names.properties.insert(name.clone(), into.properties.len());
                into.properties.push((name.clone(), *property));
            }
        }
        for name in &part.required {
            if names.required.insert(name.clone()) {
                into.required.push(name.clone());
            }
        }
        // A closed part means its own properties; properties that other parts add are allowed all the same.
        into.additional = match (into.additional, part.additional) {
            (Additional::Schema(a), Additional::Schema(b)) => self
                .both(Some(a), Some(b))
                .map_or(Additional::Any, Additional::Schema),
            (Additional::Schema(a), _) => Additional::Schema(a),
            (_, Additional::Schema(b)) => Additional::Schema(b),
            (Additional::Forbidden, Additional::Forbidden) => Additional::Forbidden,
            (Additional::Unstated, Additional::Forbidden)
                if into.properties.len() == part.properties.len() =>
            {
                Additional::Forbidden
            }
            (Additional::Any, _) | (_, Additional::Any) => Additional::Any,
            _ => Additional::Unstated,
        };
        into.pattern_properties
            .extend(part.pattern_properties.iter().cloned());
    }

    fn merge_choices(&mut self, into: &mut Schema, part: &Schema) {
        for choices in [&part.one_of, &part.any_of] {
            if choices.is_empty() {
                continue;
            }
            if into.one_of.is_empty() && into.any_of.is_empty() {
                into.one_of.clone_from(choices);
            } else if into.one_of.len() * choices.len() > COMBINATIONS {
                into.unread.push("oneOf".to_owned());
            } else if into.one_of != *choices {
                into.one_of = self.product(&into.one_of.clone(), choices);
            }
        }
        into.not = into.not.or(part.not);
    }

    /// All combinations of an alternative of `a` with one of `b`.
    fn product(&mut self, a: &[SchemaId], b: &[SchemaId]) -> Vec<SchemaId> {
        let mut all = Vec::new();
        for left in a {
            for right in b {
                all.extend(self.both(Some(*left), Some(*right)));
            }
        }
        all
    }

    /// A schema that requires both.
    pub(super) fn both(&mut self, a: Option<SchemaId>, b: Option<SchemaId>) -> Option<SchemaId> {
        let (Some(a), Some(b)) = (a, b) else {
            return a.or(b);
        };
        if self.definition(a) == self.definition(b) || is_silent(&self.schema(b)) {
            return Some(a);
        }
        if is_silent(&self.schema(a)) {
            return Some(b);
        }
        let (of_a, of_b) = (self.said_by(a), self.said_by(b));
        if of_b.is_subset(&of_a) {
            return Some(a);
        }
        if of_a.is_subset(&of_b) {
            return Some(b);
        }
        // Combinations of the same schemas are shared; else a schema that is composed of itself and others would never end.
        let of_both: Vec<SchemaId> = of_a.union(&of_b).copied().collect();
        self.compared += of_both.len();
        if let Some(known) = self.pairs.get(&of_both) {
            return Some(*known);
        }
        let last = self.schema(b);
        if self.has_made_enough() {
            self.report_too_much("allOf", &last.origin);
            return Some(b);
        }
        let mut described = Schema {
            description: last
                .description
                .clone()
                .or_else(|| self.schema(a).description.clone()),
            ..Schema::empty(last.origin.clone())
        };
        described.all_of = vec![a, b];
        let made = self.make(described);
        self.pairs.insert(of_both, made);
        Some(made)
    }

    /// The schemas with keywords that apply to a value of `id`.
    fn said_by(&self, id: SchemaId) -> BTreeSet<SchemaId> {
        let says_something = |part: &SchemaId| {
            let schema = self.schema(*part);
            !only_annotations(&schema) || !schema.one_of.is_empty() || !schema.any_of.is_empty()
        };
        self.parts(id).into_iter().filter(says_something).collect()
    }

    /// Reports that a keyword would take more schemas than [`has_made_enough`](Self::has_made_enough) allows.
    pub(super) fn report_too_much(&mut self, keyword: &str, origin: &Origin) {
        let mut lost = Schema::empty(origin.clone());
        lost.unread.push(keyword.to_owned());
        self.report_lost(&lost);
    }

    /// Whether lowering has made more schemas than any meaningful document needs.
    pub(super) fn has_made_enough(&self) -> bool {
        let enough = 10_000 + 20 * self.document.schemas.len();
        self.made.len() > enough || self.compared / 8 > enough
    }
}

/// Keeps the values that both list.
fn merge_values(into: &mut Schema, part: &Schema) -> Result<(), &'static str> {
    let listed = part
        .values
        .clone()
        .or_else(|| part.constant.clone().map(|value| vec![*value]));
    let Some(listed) = listed else { return Ok(()) };
    let wanted: HashSet<_> = listed.iter().collect();
    let both: Vec<_> = match &into.values {
        Some(values) => values
            .iter()
            .filter(|value| wanted.contains(value))
            .cloned()
            .collect(),
        None => listed,
    };
    if both.is_empty() {
        return Err("no value is in both lists");
    }
    into.values = Some(both);
    Ok(())
}

/// Keeps the tighter of each pair of bounds.
fn merge_bounds(into: &mut Schema, part: &Schema) {
    into.minimum = tighter(into.minimum.take(), part.minimum.as_ref(), |new, old| {
        new > old
    });
    into.maximum = tighter(into.maximum.take(), part.maximum.as_ref(), |new, old| {
        new < old
    });
    into.multiple_of = part.multiple_of.clone().or(into.multiple_of.take());
    into.min_length = into.min_length.max(part.min_length);
    into.max_length = smaller(into.max_length, part.max_length);
    into.min_items = into.min_items.max(part.min_items);
    into.max_items = smaller(into.max_items, part.max_items);
    into.min_properties = into.min_properties.max(part.min_properties);
    into.max_properties = smaller(into.max_properties, part.max_properties);
    into.unique_items |= part.unique_items;
    into.pattern = match (into.pattern.take(), &part.pattern) {
        (Some(a), Some(b)) if a != *b => {
            Some(format!(r"^(?=[\s\S]*(?:{a}))(?=[\s\S]*(?:{b}))").into())
        }
        (a, b) => a.or_else(|| b.clone()),
    };
}

fn smaller(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn tighter(
    old: Option<Bound>,
    new: Option<&Bound>,
    wins: impl Fn(f64, f64) -> bool,
) -> Option<Bound> {
    match (old, new) {
        (Some(old), Some(new)) => {
            let (a, b) = (
                new.value.as_f64().unwrap_or_default(),
                old.value.as_f64().unwrap_or_default(),
            );
            #[allow(clippy::float_cmp)] // the same text gives the same number
            let new_wins = wins(a, b) || (a == b && new.exclusive);
            Some(if new_wins { new.clone() } else { old })
        }
        (old, new) => old.or_else(|| new.cloned()),
    }
}

/// The types that both allow; `None` if there are none. An empty set allows all types.
fn types_in_both(a: Types, b: Types) -> Option<Types> {
    if a == Types::default() {
        return Some(b);
    }
    if b == Types::default() {
        return Some(a);
    }
    let both = Types {
        null: a.null && b.null,
        boolean: a.boolean && b.boolean,
        // Every integer is a number.
        integer: (a.integer && (b.integer || b.number)) || (b.integer && a.number),
        number: a.number && b.number,
        string: a.string && b.string,
        array: a.array && b.array,
        object: a.object && b.object,
    };
    (both != Types::default()).then_some(both)
}

#[cfg(test)]
mod tests {
    use super::Lower;
    use crate::diag::Diagnostics;
    use crate::document::read;
    use crate::source::Sources;
    use std::rc::Rc;

    #[test]
    fn a_schema_is_merged_once() {
        let text = "{openapi: 3.1.0, info: {title: T, version: '1'}, components: {schemas: {\
            A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {b: {minLength: 1}}}]}, \
            B: {properties: {b: {type: string}}}}}}";
        let mut diagnostics = Diagnostics::new(false);
        let (sources, entry) = Sources::from_texts(&[("a.yaml", text)], &mut diagnostics);
        let document = read(&sources, entry.expect("it parses"), &mut diagnostics);
        let document = document.expect("a description");
        let (_, a) = document.named_schemas[0];
        let mut lower = Lower::new(&document, &mut diagnostics);
        let (first, second) = (lower.merged(a), lower.merged(a));
        assert!(Rc::ptr_eq(&first.schema, &second.schema));
        assert_eq!(first.schema.properties.len(), 1);
    }
}
