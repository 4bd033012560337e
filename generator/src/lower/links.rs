//! Lowers the links of responses.
//!
//! In: links of the document, and all operations. Out: [`Link`]s that know their operation and what their expressions mean.

use super::Lower;
use crate::document::{self, Document};
use crate::ir::{Link, LinkTarget, LinkValue, Location, Operation};
use crate::source::Origin;
use std::collections::HashMap;

/// The links of a response. Where they lead is settled when all operations are known.
pub(super) fn links(response: &document::Response) -> Vec<Link> {
    let links = response.links.iter().map(|link| {
        let parameters = link.parameters.iter().map(|(name, value)| {
            let (location, name) = located(name);
            (location, name.to_owned(), LinkValue::of(&value.into()))
        });
        Link {
            name: link.name.clone(),
            description: link.description.clone(),
            target: LinkTarget::Unknown(written(&link.target).to_owned()),
            parameters: parameters.collect(),
            body: link.body.as_ref().map(|body| LinkValue::of(&body.into())),
            server: link.server.clone(),
            origin: link.origin.clone(),
        }
    });
    links.collect()
}

/// A parameter's name, after its location if it is said: `path.id`.
fn located(name: &str) -> (Option<Location>, &str) {
    let location = |word: &str| match word {
        "path" => Some(Location::Path),
        "query" => Some(Location::Query),
        "header" => Some(Location::Header),
        "cookie" => Some(Location::Cookie),
        _ => None,
    };
    let split = name.split_once('.');
    let split = split.and_then(|(word, rest)| Some((location(word)?, rest)));
    match split {
        Some((location, rest)) => (Some(location), rest),
        None => (None, name),
    }
}

/// How a link names its operation.
fn written(target: &document::LinkTarget) -> &str {
    match target {
        document::LinkTarget::Id(text)
        | document::LinkTarget::Place(text, _)
        | document::LinkTarget::Unknown(text) => text,
        document::LinkTarget::None => "",
    }
}

impl Lower<'_> {
    /// Finds the operations that links lead to.
    pub(super) fn settle_links(&self, operations: &mut [Operation]) {
        let targets = targets(self.document);
        if targets.is_empty() {
            return;
        }
        let (mut ids, mut places) = (HashMap::new(), HashMap::new());
        for (index, operation) in operations.iter().enumerate() {
            if operation.is_call() {
                if let Some(id) = &operation.id {
                    ids.entry(id.clone()).or_insert(index);
                }
                places.insert(operation.origin.clone(), index);
            }
        }
        let responses = operations.iter_mut().map(|one| &mut one.responses.list);
        for link in responses.flatten().flat_map(|one| &mut one.links) {
            let found = match targets.get(&link.origin) {
                Some(document::LinkTarget::Id(id)) => ids.get(id),
                Some(document::LinkTarget::Place(_, place)) => places.get(place),
                Some(document::LinkTarget::Unknown(_) | document::LinkTarget::None) | None => None,
            };
            if let Some(index) = found {
                link.target = LinkTarget::Operation(*index);
            }
        }
    }
}

/// What each link of the document leads to, by its place.
fn targets(document: &Document) -> HashMap<&Origin, &document::LinkTarget> {
    let items = document.paths.iter().chain(&document.webhooks);
    let operations = items.flat_map(|item| &item.operations);
    let callbacks = operations.clone().flat_map(|one| &one.callbacks);
    let called_back = callbacks
        .flat_map(|one| &one.items)
        .flat_map(|one| &one.operations);
    let responses = operations.chain(called_back).flat_map(|one| &one.responses);
    let links = responses.flat_map(|response| &response.links);
    links.map(|link| (&link.origin, &link.target)).collect()
}
