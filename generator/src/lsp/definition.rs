//! Where references lead, and what refers to a definition.

use super::documents::Documents;
use super::place::{At, Finder, Ranges, Target};
use super::tree::{Kind, NodeId};
use crate::source::Origin;
use gen_lsp_types::Range;
use std::path::PathBuf;

/// The definition that the cursor is about: what a reference leads to, or the security scheme of a requirement.
pub(super) fn definition(at: &At<'_>, documents: &Documents) -> Option<(PathBuf, Ranges)> {
    let target = match at.reference() {
        Some((reference, _)) => at.target(&reference)?,
        None => scheme(at)?,
    };
    let mut finder = Finder::new(documents, at.known.map(|(analysis, _)| analysis));
    let ranges = finder.ranges(&target)?;
    Some((target.path, ranges))
}

/// The security scheme that is required at the cursor.
fn scheme(at: &At<'_>) -> Option<Target> {
    let beneath = at.beneath().filter(|beneath| beneath.is_key)?;
    let (tree, text) = (at.tree(), at.text());
    let name = tree.name(beneath.node, text);
    let item = tree.parent(beneath.node)?;
    let list = tree.parent(item)?;
    if tree.name(list, text) != "security" || tree.kind(list) != Kind::Sequence {
        return None;
    }
    let escaped = name.replace('~', "~0").replace('/', "~1");
    let places = ["components/securitySchemes", "securityDefinitions"];
    let mut places = places
        .map(|place| format!("#/{place}/{escaped}"))
        .into_iter();
    places.find_map(|reference| at.target(&reference))
}

/// The references to the definition that the cursor is in, or that the reference there leads to, as the last analysis has them; with the
/// definition itself if that is asked for.
pub(super) fn references(
    at: &At<'_>,
    documents: &Documents,
    with_definition: bool,
) -> Vec<(PathBuf, Range)> {
    let Some((analysis, _)) = at.known else {
        return Vec::new();
    };
    let Some(wanted) = wanted(at) else {
        return Vec::new();
    };
    let mut finder = Finder::new(documents, Some(analysis));
    let mut found = Vec::new();
    let mut add = |origin: &Origin, is_reference: bool| {
        let mut target = Target {
            path: analysis.sources.actual(origin.file).to_path_buf(),
            pointer: origin.pointer.clone(),
        };
        if is_reference
            && analysis
                .sources
                .at(origin)
                .is_some_and(|node| node.value.is_object())
        {
            target.pointer = target.pointer.join("$ref");
        }
        if let Some(ranges) = finder.ranges(&target) {
            let range = if is_reference {
                ranges.whole
            } else {
                ranges.name
            };
            found.push((target.path, range));
        }
    };
    if with_definition {
        add(&wanted, false);
    }
    let all = analysis.references().into_iter().flat_map(|all| &all.all);
    for reference in all.filter(|one| one.target == wanted) {
        add(&reference.place, true);
    }
    found.dedup();
    found
}

/// The definition whose references are wanted: the innermost around the cursor that anything refers to.
fn wanted(at: &At<'_>) -> Option<Origin> {
    if let Some((reference, _)) = at.reference() {
        return at.known_origin(&at.target(&reference)?);
    }
    let (analysis, _) = at.known?;
    let all = &analysis.references()?.all;
    let mut node: NodeId = at.beneath()?.node;
    loop {
        let origin = at.origin(node)?;
        if all.iter().any(|one| one.target == origin) {
            return Some(origin);
        }
        node = at.tree().parent(node)?;
    }
}
