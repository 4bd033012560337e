//! References to definitions of a kind, as they are written in a document.

use super::super::place::At;
use super::names;
use crate::document::{Kind, Object, Part, section};
use crate::source::{FileId, Node, Origin, Pointer, Sources};
use std::collections::BTreeSet;

/// All references of a kind that may stand in the document: to its own definitions, as they are now, then to those of other files.
pub(super) fn references(at: &At<'_>, kind: Kind) -> Vec<String> {
    let mut found = Vec::new();
    if at.document.is_entry() {
        for place in places(kind, at) {
            let names = names(at.document, &place).into_iter();
            found.extend(names.map(|name| local(&place, &name)));
        }
    }
    let mut seen: BTreeSet<String> = found.iter().cloned().collect();
    let others = elsewhere(at, kind).into_iter();
    found.extend(others.filter(|other| seen.insert(other.clone())));
    found
}

/// Where a description keeps definitions of a kind.
fn places(kind: Kind, at: &At<'_>) -> Vec<Vec<&'static str>> {
    let Some(object) = kind.object() else {
        return Vec::new();
    };
    let of = |part: Part| {
        let around = part.object().into_iter();
        let fields = around.flat_map(|around| around.fields_of(at.version()));
        fields.filter(move |field| match field.part {
            Part::Named(of) => of == object && field.name != "webhooks",
            Part::Value | Part::Of(_) | Part::Patterned(_) | Part::Callbacks => false,
        })
    };
    let own = of(Part::DESCRIPTION).map(|field| vec![field.name]);
    let components = of(Part::Of(Object::Components));
    own.chain(components.map(|field| vec!["components", field.name]))
        .collect()
}

fn local(place: &[&str], name: &str) -> String {
    let place = place
        .iter()
        .fold(Pointer::root(), |at, token| at.join(*token));
    format!("#{}", fragment(&place.join(name)))
}

/// A pointer as the fragment of a URI.
fn fragment(pointer: &Pointer) -> String {
    let text = pointer.to_string();
    text.replace('%', "%25")
        .replace(' ', "%20")
        .replace('"', "%22")
}

/// References to what is in other files: the components of the entry, and what is referred to already.
fn elsewhere(at: &At<'_>, kind: Kind) -> Vec<String> {
    let Some((analysis, here)) = at.known else {
        return Vec::new();
    };
    let (sources, entry) = (&analysis.sources, analysis.entry);
    let Some(all) = analysis.references() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if entry != here
        && let Some(place) = section(all, kind)
    {
        let components = place
            .iter()
            .try_fold(sources.root(entry), |at, token| at.get(token));
        let components = components.iter().flat_map(Node::members);
        found.extend(components.map(|(_, node)| written(sources, here, &node.origin())));
    }
    let homes = all.all.iter().filter(|one| one.home.0 == kind);
    let homes = homes.map(|one| &one.home.1);
    // Its own definitions are known already, if it is the entry.
    let homes = homes.filter(|home| home.file != here || entry != here);
    let mut rest: Vec<String> = homes.map(|home| written(sources, here, home)).collect();
    rest.sort();
    rest.dedup();
    found.extend(rest);
    found
}

/// A place as a file refers to it.
fn written(sources: &Sources, here: FileId, origin: &Origin) -> String {
    let path = if origin.file == here {
        String::new()
    } else {
        let path = sources.relative(here, origin.file);
        path.replace('%', "%25")
            .replace(' ', "%20")
            .replace('#', "%23")
    };
    let pointer = fragment(&origin.pointer);
    if pointer.is_empty() && !path.is_empty() {
        path
    } else {
        format!("{path}#{pointer}")
    }
}
