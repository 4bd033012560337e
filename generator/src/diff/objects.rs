//! Compares objects: properties, what else they may have, and which properties go together.

use super::rules::{self, Rule};
use super::told::{brief, nullable, tell};
use super::values;
use super::walk::{Found, Pair, Walk, Way};
use crate::ir::{Api, Closedness, Direction, Groups, Length, Presence, Property, Shape, TypeId};
use std::collections::HashMap;

/// An object or a map, seen as an object.
struct View<'a> {
    properties: &'a [Property],
    rest: Closedness,
    keys: Option<&'a str>,
    groups: &'a [Groups],
    length: Length,
}

impl<'a> View<'a> {
    fn of(shape: &'a Shape) -> Option<Self> {
        match shape {
            Shape::Object(object) => Some(Self {
                properties: &object.properties,
                rest: object.rest,
                keys: object.keys.as_deref(),
                groups: &object.groups,
                length: object.length,
            }),
            Shape::Map(map) => Some(Self {
                properties: &[],
                rest: Closedness::Typed {
                    values: map.values,
                    nullable: map.nullable_values,
                },
                keys: map.keys.as_deref(),
                groups: &[],
                length: map.length,
            }),
            _ => None,
        }
    }
}

/// Compares two objects or maps.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair, old: &Shape, new: &Shape) {
    let (Some(old_view), Some(new_view)) = (View::of(old), View::of(new)) else {
        return;
    };
    let same_kind = std::mem::discriminant(old) == std::mem::discriminant(new);
    if !same_kind {
        let found = found(walk, pair, rules::OBJECT_KIND);
        let (before, after) = (brief(walk.old, pair.old), brief(walk.new, pair.new));
        walk.push(pair.spot, pair.way, found.before(before).after(after));
    }
    properties(walk, pair, old_view.properties, new_view.properties);
    rest(walk, pair, same_kind, old_view.rest, new_view.rest);
    let keywords = ["minProperties", "maxProperties"];
    values::length(walk, pair, keywords, old_view.length, new_view.length);
    values::pattern(walk, pair, old_view.keys, new_view.keys);
    for (from, to, rule) in [
        (new_view.groups, old_view.groups, rules::GROUP_RULE_ADDED),
        (old_view.groups, new_view.groups, rules::GROUP_RULE_REMOVED),
    ] {
        for group in from.iter().filter(|group| !to.contains(group)) {
            let found = found(walk, pair, rule).after(group_words(group));
            walk.push(pair.spot, pair.way, found);
        }
    }
}

fn found(walk: &Walk<'_>, pair: Pair, rule: &'static Rule) -> Found {
    Found::new(rule, &walk.old[pair.old].origin, &walk.new[pair.new].origin)
}

fn group_words(group: &Groups) -> String {
    let list = |groups: &[Vec<std::sync::Arc<str>>]| {
        let groups: Vec<String> = groups.iter().map(|one| one.join(" and ")).collect();
        groups.join(", ")
    };
    match group {
        Groups::Any(groups) => format!("at least one of: {}", list(groups)),
        Groups::One(groups) => format!("exactly one of: {}", list(groups)),
        Groups::Not(names) => format!("not {}", names.join(" with ")),
        Groups::With(name, needed) => format!("{name} needs {}", needed.join(" and ")),
    }
}

fn properties(walk: &mut Walk<'_>, pair: Pair, old: &[Property], new: &[Property]) {
    // Of two with one name the first counts; documents can't have that, but merged schemas could.
    let by_name = |list: &[Property]| -> HashMap<String, usize> {
        let named = list.iter().enumerate().rev();
        named.map(|(at, one)| (one.name.to_string(), at)).collect()
    };
    let (ours, theirs) = (by_name(old), by_name(new));
    let mut places = Vec::new();
    for property in old {
        match theirs.get(&*property.name) {
            Some(at) => {
                places.push(*at);
                both(walk, pair, property, &new[*at]);
            }
            None => removed(walk, pair, property),
        }
    }
    for property in new {
        if !ours.contains_key(&*property.name) {
            added(walk, pair, property);
        }
    }
    if !places.is_sorted() {
        let found = found(walk, pair, rules::PROPERTY_ORDER);
        walk.note_once(pair.spot, found);
    }
}

/// The direction in which a property matters: none if this one leaves it out.
fn way_of(way: Way, property: &Property) -> Way {
    match way {
        Way::Request if property.read_only => Way::Unsent,
        Way::Response if property.write_only => Way::Unsent,
        way => way,
    }
}

/// Whether a property is required of what is sent this way.
fn is_required(property: &Property, way: Way) -> bool {
    let wanted = property.wanted.is_some_and(|wanted| match way {
        Way::Request => wanted == Direction::Request,
        Way::Response => wanted == Direction::Response,
        Way::Unsent => false,
    });
    wanted || required(property)
}

fn required(property: &Property) -> bool {
    matches!(property.presence, Presence::Required | Presence::Nullable)
}

fn can_be_null(property: &Property) -> bool {
    matches!(
        property.presence,
        Presence::Nullable | Presence::OptionalNullable
    )
}

/// Whether a property has one value only, so that nobody has to give it.
fn is_constant(api: &Api, property: &Property) -> bool {
    match &api[api.resolved(property.ty)].shape {
        Shape::Enum(listed) => listed.values.len() == 1 && !listed.open,
        Shape::Null => true,
        _ => false,
    }
}

fn step_of(property: &Property) -> String {
    format!(".{}", property.name)
}

fn removed(walk: &mut Walk<'_>, pair: Pair, property: &Property) {
    let way = way_of(pair.way, property);
    let rule = if is_required(property, way) {
        rules::REQUIRED_PROPERTY_REMOVED
    } else {
        rules::OPTIONAL_PROPERTY_REMOVED
    };
    let spot = walk.below(pair.spot, step_of(property));
    let found = Found::new(rule, &property.origin, &walk.new[pair.new].origin);
    let found = found.before(walk.old.type_text(property.ty));
    walk.push(spot, way, found);
}

fn added(walk: &mut Walk<'_>, pair: Pair, property: &Property) {
    let way = way_of(pair.way, property);
    let rule = match (is_required(property, way), required(property)) {
        // It is an argument of `new`, though not required of what is sent.
        (true, _) | (false, true) if is_constant(walk.new, property) => {
            rules::CONSTANT_PROPERTY_ADDED
        }
        (_, true) => rules::REQUIRED_PROPERTY_ADDED,
        (true, false) => rules::WANTED_PROPERTY_ADDED,
        (false, false) => rules::OPTIONAL_PROPERTY_ADDED,
    };
    let spot = walk.below(pair.spot, step_of(property));
    let found = Found::new(rule, &walk.old[pair.old].origin, &property.origin);
    let found = found.after(walk.new.type_text(property.ty));
    walk.push(spot, way, found);
}

fn both(walk: &mut Walk<'_>, pair: Pair, old: &Property, new: &Property) {
    let spot = walk.below(pair.spot, step_of(new));
    let way = match (way_of(pair.way, old), way_of(pair.way, new)) {
        (Way::Unsent, Way::Unsent) => Way::Unsent,
        _ => pair.way,
    };
    let found = |rule| Found::new(rule, &old.origin, &new.origin);
    let effective = (is_required(old, way), is_required(new, way));
    let rust = required(old) != required(new);
    let presence = match effective {
        (false, true) if rust => Some(rules::PROPERTY_REQUIRED),
        (false, true) => Some(rules::PROPERTY_WANTED),
        (true, false) if rust => Some(rules::PROPERTY_OPTIONAL),
        (true, false) => Some(rules::PROPERTY_UNWANTED),
        _ if rust => Some(rules::PROPERTY_PRESENCE),
        _ => None,
    };
    let null = match (can_be_null(old), can_be_null(new)) {
        (false, true) => Some(rules::NULLABLE),
        (true, false) => Some(rules::NOT_NULLABLE),
        _ => None,
    };
    let flag = |was: bool, is: bool, on, off| match (was, is) {
        (false, true) => Some(on),
        (true, false) => Some(off),
        _ => None,
    };
    let (read, write) = (
        flag(
            old.read_only,
            new.read_only,
            rules::READ_ONLY,
            rules::NOT_READ_ONLY,
        ),
        flag(
            old.write_only,
            new.write_only,
            rules::WRITE_ONLY,
            rules::NOT_WRITE_ONLY,
        ),
    );
    let (on, off) = (rules::PROPERTY_DEPRECATED, rules::PROPERTY_REACTIVATED);
    let deprecated = flag(old.deprecated, new.deprecated, on, off);
    for rule in [presence, null, read, write].into_iter().flatten() {
        walk.push(spot, way, found(rule));
    }
    let text = (old.description != new.description).then_some(rules::PROPERTY_TEXT);
    for rule in [deprecated, text].into_iter().flatten() {
        walk.note_once(spot, found(rule));
    }
    let rule = match (&old.default, &new.default) {
        (None, Some(_)) => Some(rules::PROPERTY_DEFAULT_ADDED),
        (Some(_), None) => Some(rules::PROPERTY_DEFAULT_REMOVED),
        (Some(x), Some(y)) if x != y => Some(rules::PROPERTY_DEFAULT),
        _ => None,
    };
    if let Some(rule) = rule {
        let mut found = found(rule);
        if let Some(was) = &old.default {
            found = found.before(was);
        }
        if let Some(is) = &new.default {
            found = found.after(is);
        }
        walk.push(spot, way, found);
    }
    walk.expect(spot, way, old.ty, new.ty);
}

/// Compares what properties there may be in addition.
fn rest(walk: &mut Walk<'_>, pair: Pair, same_kind: bool, old: Closedness, new: Closedness) {
    let any = |api: &Api, values: TypeId| matches!(api[api.resolved(values)].shape, Shape::Any);
    let spot = walk.below(pair.spot, "{}".to_owned());
    match (old, new) {
        (Closedness::Open, Closedness::Closed) => tell(walk, pair, rules::REST_CLOSED),
        (Closedness::Closed, Closedness::Open) => tell(walk, pair, rules::REST_OPENED),
        (Closedness::Open, Closedness::Typed { values, .. }) => {
            if same_kind || !any(walk.new, values) {
                let found = found(walk, pair, rules::REST_TYPED);
                let found = found.after(walk.new.type_text(values));
                walk.push(spot, pair.way, found);
            }
        }
        (Closedness::Typed { values, .. }, Closedness::Open) => {
            if same_kind || !any(walk.old, values) {
                let found = found(walk, pair, rules::REST_UNTYPED);
                let found = found.before(walk.old.type_text(values));
                walk.push(spot, pair.way, found);
            }
        }
        (Closedness::Closed, Closedness::Typed { values, .. }) => {
            let found = found(walk, pair, rules::REST_OPENED_TYPED);
            let found = found.after(walk.new.type_text(values));
            walk.push(spot, pair.way, found);
        }
        (Closedness::Typed { values, .. }, Closedness::Closed) => {
            let found = found(walk, pair, rules::REST_CLOSED_TYPED);
            let found = found.before(walk.old.type_text(values));
            walk.push(spot, pair.way, found);
        }
        (
            Closedness::Typed {
                values: x,
                nullable: was,
            },
            Closedness::Typed {
                values: y,
                nullable: is,
            },
        ) => {
            nullable(walk, Pair { spot, ..pair }, was, is);
            walk.expect(spot, pair.way, x, y);
        }
        (Closedness::Open, Closedness::Open) | (Closedness::Closed, Closedness::Closed) => {}
    }
}
