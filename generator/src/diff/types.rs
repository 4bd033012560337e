//! Compares two types without the types that they consist of, which are compared later.

use super::rules::{self, Rule};
use super::told::{brief, nullable, own_name, tell};
use super::walk::{Found, Pair, Spot, Walk, Way};
use super::{Finding, choices, keywords, objects, values};
use crate::ir::{
    Array, EnumKind, Item, NumberFormat, Shape, StringFormat, TypeDef, TypeId, XmlShape,
};
use std::collections::HashSet;

/// Comparing types, with what they consist of.
impl Walk<'_> {
    /// Compares two types now, with all that they consist of, unless it was done before.
    pub(super) fn compare(&mut self, spot: Spot, way: Way, old: TypeId, new: TypeId) {
        self.expect(spot, way, old, new);
        while let Some(pair) = self.waiting.pop_front() {
            step(self, pair);
        }
    }

    /// Has two types compared, unless it was done before.
    pub(super) fn expect(&mut self, spot: Spot, way: Way, old: TypeId, new: TypeId) {
        let pair = Pair {
            spot,
            way,
            old,
            new,
        };
        let (from, to) = (self.old.resolved(old), self.new.resolved(new));
        if !self.seen.insert((from, to, way)) {
            texts(self, pair);
        } else if way == Way::Unsent {
            self.unsent.push(pair);
        } else {
            self.met.insert((from, to));
            self.waiting.push_back(pair);
        }
    }

    /// Compares what nobody sends, and returns everything that was found.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        while let Some(pair) = self.unsent.pop() {
            let met = (self.old.resolved(pair.old), self.new.resolved(pair.new));
            if self.met.insert(met) {
                step(&mut self, pair);
            }
        }
        let told = |one: &Finding| (one.rule.id, one.old.clone(), one.new.clone());
        let sent = self.findings.iter().filter(|one| one.direction.is_some());
        let sent: HashSet<_> = sent.map(told).collect();
        // What one direction leaves out is told by the other one, if there is any.
        self.findings
            .retain(|one| one.direction.is_some() || !sent.contains(&told(one)));
        self.findings
    }
}

/// Compares a pair; what it consists of is queued.
fn step(walk: &mut Walk<'_>, pair: Pair) {
    texts(walk, pair);
    let (old_api, new_api) = (walk.old, walk.new);
    let pair = Pair {
        old: old_api.resolved(pair.old),
        new: new_api.resolved(pair.new),
        ..pair
    };
    texts(walk, pair);
    let (old, new) = (&old_api[pair.old], &new_api[pair.new]);
    name(walk, pair, old, new);
    xml(walk, pair);
    keywords::compare(walk, pair, old.rules, new.rules);
    let found = |rule| Found::new(rule, &old.origin, &new.origin);
    match (&old.shape, &new.shape) {
        (Shape::Integer(x, a), Shape::Integer(y, b)) => {
            let rule = values::integer_format(*x, *y);
            let words = |format| format!("{format:?}").to_lowercase();
            told(walk, pair, rule.map(found), words(x), words(y));
            values::bounds(walk, pair, a, b);
        }
        (Shape::Number(x, a), Shape::Number(y, b)) => {
            let rule = match (x, y) {
                (NumberFormat::Float, NumberFormat::Double) => Some(rules::PRECISION_RAISED),
                (NumberFormat::Double, NumberFormat::Float) => Some(rules::PRECISION_LOWERED),
                _ => None,
            };
            let words = |format| format!("{format:?}").to_lowercase();
            told(walk, pair, rule.map(found), words(x), words(y));
            values::bounds(walk, pair, a, b);
        }
        (Shape::String(x, a), Shape::String(y, b)) => {
            let rule = values::string_format(x, y);
            told(walk, pair, rule.map(found), words(x), words(y));
            values::length(walk, pair, ["minLength", "maxLength"], a.length, b.length);
            values::pattern(walk, pair, a.pattern.as_deref(), b.pattern.as_deref());
        }
        (Shape::Enum(x), Shape::Enum(y)) if alike(x.kind, y.kind) => {
            values::listed(walk, pair, x, y);
        }
        (Shape::Array(x), Shape::Array(y)) => list(walk, pair, x, y),
        (Shape::Tuple(x), Shape::Tuple(y)) => tuple(walk, pair, x, y),
        (Shape::Map(_) | Shape::Object(_), Shape::Map(_) | Shape::Object(_)) => {
            objects::compare(walk, pair, &old.shape, &new.shape);
        }
        (Shape::Union(x), Shape::Union(y)) => choices::compare(walk, pair, x, y),
        (Shape::Union(x), _) if choices::holds(walk, pair, x, true) => {}
        (_, Shape::Union(y)) if choices::holds(walk, pair, y, false) => {}
        (x, y) if std::mem::discriminant(x) == std::mem::discriminant(y) && x == y => {}
        (x, y) => {
            let (before, after) = (brief(old_api, pair.old), brief(new_api, pair.new));
            let found = found(relation(x, y)).before(before).after(after);
            walk.push(pair.spot, pair.way, found);
        }
    }
}

/// Strings and listed strings are one kind, whatever else is listed beside them.
fn alike(old: EnumKind, new: EnumKind) -> bool {
    old == new || old == EnumKind::Any || new == EnumKind::Any
}

fn told(walk: &mut Walk<'_>, pair: Pair, found: Option<Found>, before: String, after: String) {
    if let Some(found) = found {
        walk.push(pair.spot, pair.way, found.before(before).after(after));
    }
}

fn words(format: &StringFormat) -> String {
    format.to_string()
}

/// How two shapes of different kinds are related.
fn relation(old: &Shape, new: &Shape) -> &'static Rule {
    match (old, new) {
        (Shape::Enum(listed), plain) if values::is_listed_of(listed, plain) => rules::ENUM_REMOVED,
        (plain, Shape::Enum(listed)) if values::is_listed_of(listed, plain) => rules::ENUM_ADDED,
        (_, Shape::Any) | (Shape::Integer(..), Shape::Number(..)) => rules::TYPE_WIDENED,
        (Shape::Any, _) | (Shape::Number(..), Shape::Integer(..)) => rules::TYPE_NARROWED,
        _ => rules::TYPE_CHANGED,
    }
}

fn list(walk: &mut Walk<'_>, pair: Pair, old: &Array, new: &Array) {
    let items = walk.below(pair.spot, "[]".to_owned());
    nullable(
        walk,
        Pair {
            spot: items,
            ..pair
        },
        old.nullable_items,
        new.nullable_items,
    );
    values::length(walk, pair, ["minItems", "maxItems"], old.length, new.length);
    let rule = match (old.unique, new.unique) {
        (false, true) => Some(rules::UNIQUE_ADDED),
        (true, false) => Some(rules::UNIQUE_REMOVED),
        _ => None,
    };
    if let Some(rule) = rule {
        tell(walk, pair, rule);
    }
    walk.expect(items, pair.way, old.items, new.items);
}

fn tuple(walk: &mut Walk<'_>, pair: Pair, old: &[Item], new: &[Item]) {
    for (index, (old, new)) in old.iter().zip(new).enumerate() {
        let spot = walk.below(pair.spot, format!("[{index}]"));
        nullable(walk, Pair { spot, ..pair }, old.nullable, new.nullable);
        walk.expect(spot, pair.way, old.ty, new.ty);
    }
    let rule = match old.len().cmp(&new.len()) {
        std::cmp::Ordering::Less => rules::ITEM_ADDED,
        std::cmp::Ordering::Equal => return,
        std::cmp::Ordering::Greater => rules::ITEM_REMOVED,
    };
    let places = [&walk.old[pair.old].origin, &walk.new[pair.new].origin];
    let found = Found::new(rule, places[0], places[1]);
    let (before, after) = (
        format!("{} items", old.len()),
        format!("{} items", new.len()),
    );
    walk.push(pair.spot, pair.way, found.before(before).after(after));
}

/// Compares title, description, deprecation and the suggested Rust type, once for all directions.
fn texts(walk: &mut Walk<'_>, pair: Pair) {
    if !walk.read.insert((pair.old, pair.new)) {
        return;
    }
    let (old, new) = (&walk.old[pair.old], &walk.new[pair.new]);
    let mut rules = Vec::new();
    if (&old.title, &old.description) != (&new.title, &new.description) {
        rules.push(rules::TYPE_TEXT);
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => rules.push(rules::TYPE_DEPRECATED),
        (true, false) => rules.push(rules::TYPE_REACTIVATED),
        _ => {}
    }
    if walk.old.suggested.get(&pair.old) != walk.new.suggested.get(&pair.new) {
        rules.push(rules::RUST_TYPE);
    }
    for rule in rules {
        walk.note(pair.spot, Found::new(rule, &old.origin, &new.origin));
    }
}

/// Compares the names of schemas that are items in Rust. Names of places follow from those of what is around them.
fn name(walk: &mut Walk<'_>, pair: Pair, old: &TypeDef, new: &TypeDef) {
    let is_item = |shape: &Shape| match shape {
        Shape::Object(_) | Shape::Union(_) => true,
        Shape::Enum(listed) => matches!(listed.kind, EnumKind::String | EnumKind::Integer),
        _ => false,
    };
    let (was, is) = (own_name(&old.role), own_name(&new.role));
    // A place that takes another schema of another kind has more to say.
    let same_kind = std::mem::discriminant(&old.shape) == std::mem::discriminant(&new.shape);
    if was != is && same_kind && is_item(&old.shape) && pair.way != Way::Unsent {
        let words = |name: Option<String>| name.unwrap_or_else(|| "no name".to_owned());
        let found = Found::new(rules::SCHEMA_RENAMED, &old.origin, &new.origin);
        let found = found.before(words(was)).after(words(is));
        walk.note_once(pair.spot, found);
    }
}

/// Compares how a type is written in XML, if both are.
fn xml(walk: &mut Walk<'_>, pair: Pair) {
    let (Some(old), Some(new)) = (walk.old.xml.get(&pair.old), walk.new.xml.get(&pair.new)) else {
        return;
    };
    let differs = old.name != new.name
        || match (&old.shape, &new.shape) {
            (XmlShape::Object { members: x, .. }, XmlShape::Object { members: y, .. }) => {
                let mut known: std::collections::HashMap<&str, _> = x
                    .iter()
                    .map(|member| (member.key.as_str(), (&member.name, member.node)))
                    .collect();
                y.iter().any(|member| {
                    let was = known.remove(member.key.as_str());
                    was.is_some_and(|was| was != (&member.name, member.node))
                })
            }
            (XmlShape::List { item: x, .. }, XmlShape::List { item: y, .. }) => x != y,
            _ => false,
        };
    if differs {
        tell(walk, pair, rules::XML);
    }
}
