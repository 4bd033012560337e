//! How deep the least value of each schema is, so that values of recursive schemas end.

use super::super::table::{Way, required};
use crate::document::{Document, Schema, SchemaId};
use std::collections::VecDeque;

/// The height of what has no finite value.
pub(super) const INFINITE: u32 = u32::MAX;

/// For each schema the least number of levels that lists and objects of it need; a scalar needs none.
#[derive(Debug)]
pub(crate) struct Heights(Vec<u32>);

impl Heights {
    /// Finds all heights: beginning with infinity, each is lowered until none changes.
    pub(crate) fn of(document: &Document, way: Way) -> Self {
        let count = document.schemas.len();
        let parts: Vec<Needs> = document
            .schemas
            .iter()
            .map(|schema| Needs::of(document, schema, way))
            .collect();
        let mut users: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (index, needs) in parts.iter().enumerate() {
            let user = u32::try_from(index).unwrap_or(u32::MAX);
            for part in needs.all() {
                users[part.0 as usize].push(user);
            }
        }
        let mut heights = Self(vec![INFINITE; count]);
        let mut open: VecDeque<usize> = (0..count).collect();
        let mut waits = vec![true; count];
        while let Some(index) = open.pop_front() {
            waits[index] = false;
            let height = parts[index].height(&heights);
            if height < heights.0[index] {
                heights.0[index] = height;
                for user in users[index].iter().map(|user| *user as usize) {
                    if !std::mem::replace(&mut waits[user], true) {
                        open.push_back(user);
                    }
                }
            }
        }
        heights
    }

    pub(super) fn at(&self, schema: SchemaId) -> u32 {
        self.0[schema.0 as usize]
    }
}

/// What a value of a schema needs.
struct Needs {
    /// Schemas of the value itself.
    same: Vec<SchemaId>,
    /// Schemas of what has to be within it.
    within: Vec<SchemaId>,
    /// Alternatives of the value itself.
    choices: Vec<Vec<SchemaId>>,
}

impl Needs {
    fn of(document: &Document, schema: &Schema, way: Way) -> Self {
        let mut needs = Self {
            same: schema
                .reference
                .iter()
                .chain(&schema.all_of)
                .copied()
                .collect(),
            within: Vec::new(),
            choices: Vec::new(),
        };
        let choices = [&schema.one_of, &schema.any_of];
        let choices = choices.into_iter().filter(|choice| !choice.is_empty());
        needs.choices.extend(choices.cloned());
        let types = schema.types;
        let is_scalar =
            types.null || types.boolean || types.integer || types.number || types.string;
        if is_scalar || schema.nullable || schema.values.is_some() || schema.constant.is_some() {
            if schema.nullable {
                needs.same.clear();
                needs.choices.clear();
            }
            return needs;
        }
        if types.object || !types.array {
            let required = required(document, schema, way);
            let properties = schema.properties.iter();
            let properties = properties.filter(|(name, _)| required.contains(name));
            needs
                .within
                .extend(properties.map(|(_, property)| *property));
        }
        if !types.object {
            let least = usize::try_from(schema.min_items.unwrap_or(0)).unwrap_or(usize::MAX);
            needs.within.extend(schema.prefix_items.iter().take(least));
            if least > schema.prefix_items.len() {
                needs.within.extend(schema.items);
            }
            if schema.min_contains != Some(0) && types.array {
                needs.within.extend(schema.contains);
            }
        }
        needs
    }

    fn all(&self) -> impl Iterator<Item = SchemaId> {
        let choices = self.choices.iter().flatten();
        self.same.iter().chain(&self.within).chain(choices).copied()
    }

    fn height(&self, heights: &Heights) -> u32 {
        let same = self.same.iter().map(|part| heights.at(*part)).max();
        let within = self.within.iter().map(|part| heights.at(*part)).max();
        let within = within.map(|height| height.saturating_add(1));
        let choice = |choice: &Vec<SchemaId>| choice.iter().map(|part| heights.at(*part)).min();
        let choices = self.choices.iter().filter_map(choice).max();
        same.into_iter()
            .chain(within)
            .chain(choices)
            .max()
            .unwrap_or(0)
    }
}
