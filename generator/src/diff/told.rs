//! What several comparisons say: names, places, and findings about types as such.

use super::rules::{self, Rule};
use super::walk::{Found, Pair, Walk};
use crate::ir::{Api, Role, Shape, TypeId};
use crate::source::Origin;

/// A type in a few words.
pub(super) fn brief(api: &Api, id: TypeId) -> String {
    match &api[id].shape {
        Shape::Array(_) => "array".to_owned(),
        Shape::Tuple(items) => format!("array of {} items", items.len()),
        Shape::Map(_) => "map".to_owned(),
        Shape::Object(_) => "object".to_owned(),
        Shape::Union(union) => format!("{} alternatives", union.variants.len()),
        _ => api.type_text(id),
    }
}

/// The name that a type has wherever it is used.
pub(super) fn own_name(role: &Role) -> Option<String> {
    match role {
        Role::Named(name) | Role::Referenced(name) => Some(name.to_string()),
        Role::Shared(kind, name) => Some(format!("{} {name}", kind.word())),
        Role::As(whole, what) => Some(format!("{} as {what}", own_name(whole)?)),
        _ => None,
    }
}

/// The member of an object, for places; a place that doesn't exist is shown as the one around it.
pub(super) fn member(origin: &Origin, name: &str) -> Origin {
    Origin {
        file: origin.file,
        pointer: origin.pointer.join(name),
    }
}

/// Adds a finding about the types themselves.
pub(super) fn tell(walk: &mut Walk<'_>, pair: Pair, rule: &'static Rule) {
    let found = Found::new(rule, &walk.old[pair.old].origin, &walk.new[pair.new].origin);
    walk.push(pair.spot, pair.way, found);
}

/// Compares whether null is allowed.
pub(super) fn nullable(walk: &mut Walk<'_>, pair: Pair, old: bool, new: bool) {
    match (old, new) {
        (false, true) => tell(walk, pair, rules::NULLABLE),
        (true, false) => tell(walk, pair, rules::NOT_NULLABLE),
        _ => {}
    }
}
