//! Leaves out named schemas that nothing reaches.
//!
//! A schema reaches its parts, what it refers to, the alternatives of its discriminator, and, as a base with a discriminator, the schemas
//! that are derived from it: any of them may be what is sent.

use super::{
    Additional, Document, Header, MediaType, Operation, ParameterFormat, Schema, SchemaId,
};
use std::collections::{HashMap, HashSet};

/// The schemas that something reaches.
#[derive(Debug)]
pub struct Reached(HashSet<SchemaId>);

impl Document {
    /// The schemas that operations reach, those of webhooks and callbacks as well.
    #[must_use]
    pub fn reached(&self) -> Reached {
        let mut waiting = Vec::new();
        for item in self.paths.iter().chain(&self.webhooks) {
            for operation in &item.operations {
                used_by(operation, &mut waiting);
            }
        }
        Reached(self.reached_from(waiting))
    }

    /// Leaves out the named schemas that no operation reaches; with `before`, only those that one has reached at that time. What is left
    /// keeps what it needs.
    pub fn prune(&mut self, before: Option<&Reached>) {
        let Reached(now) = self.reached();
        let had_use = |id: &SchemaId| before.is_none_or(|Reached(before)| before.contains(id));
        let named = self.named_schemas.iter().map(|(_, id)| *id);
        let kept = named.filter(|id| now.contains(id) || !had_use(id));
        let kept = self.reached_from(kept.collect());
        let named = std::mem::take(&mut self.named_schemas).into_iter();
        let (kept, pruned): (Vec<_>, Vec<_>) = named.partition(|(_, id)| kept.contains(id));
        self.named_schemas = kept;
        let origins = pruned.iter().map(|(_, id)| self[*id].origin.clone());
        let origins: Vec<_> = origins.collect();
        self.left_out.extend(origins);
    }

    fn reached_from(&self, mut waiting: Vec<SchemaId>) -> HashSet<SchemaId> {
        let derived = self.derived();
        let mut reached = HashSet::new();
        while let Some(id) = waiting.pop() {
            if reached.insert(id) {
                waiting.extend(self[id].parts());
                waiting.extend(derived.get(&id).into_iter().flatten());
            }
        }
        reached
    }

    /// For each schema with a discriminator, the named ones that are made of it.
    fn derived(&self) -> HashMap<SchemaId, Vec<SchemaId>> {
        let mut derived: HashMap<_, Vec<_>> = HashMap::new();
        if !self.schemas.iter().any(|one| one.discriminator.is_some()) {
            return derived;
        }
        for (_, schema) in &self.named_schemas {
            let (mut waiting, mut seen) = (vec![*schema], HashSet::new());
            while let Some(id) = waiting.pop() {
                if !seen.insert(id) {
                    continue;
                }
                let part = &self[id];
                waiting.extend(part.reference.iter().chain(&part.all_of));
                if id != *schema && part.discriminator.is_some() {
                    derived.entry(id).or_default().push(*schema);
                }
            }
        }
        derived
    }
}

/// Adds the schemas that an operation uses itself.
fn used_by(operation: &Operation, schemas: &mut Vec<SchemaId>) {
    for parameter in &operation.parameters {
        match &parameter.format {
            ParameterFormat::Style { schema, .. } => schemas.push(*schema),
            ParameterFormat::Content(media) => of_media(media, schemas),
        }
    }
    let bodies = operation.body.iter().flat_map(|body| &body.content);
    let responses = operation.responses.iter();
    for media in bodies.chain(responses.clone().flat_map(|response| &response.content)) {
        of_media(media, schemas);
    }
    of_headers(responses.flat_map(|response| &response.headers), schemas);
    let items = operation
        .callbacks
        .iter()
        .flat_map(|callback| &callback.items);
    // Operations of callbacks have none themselves.
    for operation in items.flat_map(|item| &item.operations) {
        used_by(operation, schemas);
    }
}

fn of_media(media: &MediaType, schemas: &mut Vec<SchemaId>) {
    schemas.extend(media.schema);
    schemas.extend(media.item_schema);
    let encodings = media.encoding.iter();
    of_headers(
        encodings.flat_map(|(_, encoding)| &encoding.headers),
        schemas,
    );
}

fn of_headers<'h>(headers: impl Iterator<Item = &'h Header>, schemas: &mut Vec<SchemaId>) {
    schemas.extend(headers.filter_map(|header| header.schema));
}

impl Schema {
    /// The schemas that this one refers to or is made of.
    fn parts(&self) -> Vec<SchemaId> {
        let additional = [self.additional, self.unevaluated, self.unevaluated_items];
        let additional = additional.into_iter().filter_map(|one| match one {
            Additional::Schema(id) => Some(id),
            Additional::Unstated | Additional::Forbidden | Additional::Any => None,
        });
        let single = [
            self.reference,
            self.items,
            self.not,
            self.condition,
            self.then,
            self.otherwise,
            self.contains,
            self.content_schema,
            self.property_names,
        ];
        let listed = [&self.all_of, &self.one_of, &self.any_of, &self.prefix_items];
        let named = [
            &self.properties,
            &self.dependent_schemas,
            &self.pattern_properties,
        ];
        let mapped = self.discriminator.iter().flat_map(|one| &one.mapping);
        let parts = single.into_iter().flatten().chain(additional);
        let parts = parts.chain(listed.into_iter().flatten().copied());
        let parts = parts.chain(named.into_iter().flatten().map(|(_, id)| *id));
        parts.chain(mapped.map(|(_, id)| *id)).collect()
    }
}
