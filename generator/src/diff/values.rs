//! Compares scalars: formats, limits, patterns, listed values.

use super::rules::{self, Rule};
use super::told::tell;
use super::walk::{Found, Pair, Walk};
use crate::ir::{Bounds, Enum, EnumKind, IntegerFormat, Length, Listed, Shape, StringFormat};
use serde_json::{Number, Value};
use std::cmp::Ordering;
use std::collections::HashMap;

pub(super) fn integer_format(old: IntegerFormat, new: IntegerFormat) -> Option<&'static Rule> {
    use IntegerFormat::{Int32, Int64, UInt32, UInt64};
    match (old, new) {
        _ if old == new => None,
        (Int32, Int64) | (UInt32, Int64 | UInt64) => Some(rules::TYPE_WIDENED),
        (Int64, Int32 | UInt32) | (UInt64, UInt32) => Some(rules::TYPE_NARROWED),
        _ => Some(rules::TYPE_CHANGED),
    }
}

/// What a format of a string does: it has a Rust type of its own, is checked, or is only a remark.
fn rank(format: &StringFormat) -> u8 {
    match format {
        StringFormat::Plain | StringFormat::Other(_) => 0,
        StringFormat::Grammar(_) => 1,
        StringFormat::Uri
        | StringFormat::DateTime
        | StringFormat::Date
        | StringFormat::Time
        | StringFormat::Duration
        | StringFormat::Uuid
        | StringFormat::Base64
        | StringFormat::Decimal => 2,
    }
}

pub(super) fn string_format(old: &StringFormat, new: &StringFormat) -> Option<&'static Rule> {
    if old == new {
        return None;
    }
    Some(match (rank(old), rank(new)) {
        (0, 0) => rules::UNKNOWN_FORMAT,
        (0, 1) => rules::CHECKED_FORMAT_ADDED,
        (1, 0) => rules::CHECKED_FORMAT_REMOVED,
        (1, 1) => rules::CHECKED_FORMAT,
        (0, _) => rules::FORMAT_ADDED,
        (_, 0) => rules::FORMAT_REMOVED,
        _ => rules::FORMAT_CHANGED,
    })
}

/// Compares what a number may be.
pub(super) fn bounds(walk: &mut Walk<'_>, pair: Pair, old: &Bounds, new: &Bounds) {
    let end = |bound: &Option<(Number, bool)>| {
        bound
            .as_ref()
            .map(|(number, excluded)| (number.clone(), *excluded))
    };
    let words = |name: &str, bound: &Option<(Number, bool)>| {
        bound.as_ref().map(|(number, excluded)| match excluded {
            true => format!("{name} {number}, excluded"),
            false => format!("{name} {number}"),
        })
    };
    for (name, upper, old, new) in [
        ("minimum", false, &old.minimum, &new.minimum),
        ("maximum", true, &old.maximum, &new.maximum),
    ] {
        let order = match (end(old), end(new)) {
            (Some((x, not_x)), Some((y, not_y))) => number_order(&x, &y).then({
                // What is excluded is tighter: below the same maximum, above the same minimum.
                if upper {
                    not_y.cmp(&not_x)
                } else {
                    not_x.cmp(&not_y)
                }
            }),
            _ => Ordering::Equal,
        };
        let rule = limit(old.is_some(), new.is_some(), order, upper);
        limited(walk, pair, rule, words(name, old), words(name, new));
    }
    let (old, new) = (&old.multiple_of, &new.multiple_of);
    let rule = match (old, new) {
        (None, Some(_)) => Some(rules::LIMIT_ADDED),
        (Some(_), None) => Some(rules::LIMIT_REMOVED),
        (Some(x), Some(y)) if x != y => Some(rules::LIMIT_CHANGED),
        _ => None,
    };
    let words = |number: &Option<Number>| number.as_ref().map(|one| format!("multipleOf {one}"));
    limited(walk, pair, rule, words(old), words(new));
}

fn number_order(a: &Number, b: &Number) -> Ordering {
    let wide = |number: &Number| {
        let signed = number.as_i64().map(i128::from);
        signed.or_else(|| number.as_u64().map(i128::from))
    };
    if let (Some(a), Some(b)) = (wide(a), wide(b)) {
        return a.cmp(&b);
    }
    let (a, b) = (a.as_f64().unwrap_or(0.0), b.as_f64().unwrap_or(0.0));
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// The rule for a limit; `order` compares the old one with the new one.
fn limit(old: bool, new: bool, order: Ordering, upper: bool) -> Option<&'static Rule> {
    match (old, new) {
        (false, false) => None,
        (false, true) => Some(rules::LIMIT_ADDED),
        (true, false) => Some(rules::LIMIT_REMOVED),
        (true, true) => match (order, upper) {
            (Ordering::Equal, _) => None,
            (Ordering::Less, true) | (Ordering::Greater, false) => Some(rules::LIMIT_RELAXED),
            (Ordering::Greater, true) | (Ordering::Less, false) => Some(rules::LIMIT_TIGHTENED),
        },
    }
}

fn limited(
    walk: &mut Walk<'_>,
    pair: Pair,
    rule: Option<&'static Rule>,
    before: Option<String>,
    after: Option<String>,
) {
    let Some(rule) = rule else { return };
    let mut found = Found::new(rule, &walk.old[pair.old].origin, &walk.new[pair.new].origin);
    if let Some(before) = before {
        found = found.before(before);
    }
    if let Some(after) = after {
        found = found.after(after);
    }
    walk.push(pair.spot, pair.way, found);
}

/// Compares a count; `names` are the keywords of the least and the greatest one.
pub(super) fn length(
    walk: &mut Walk<'_>,
    pair: Pair,
    [least, most]: [&str; 2],
    old: Length,
    new: Length,
) {
    // No count is below zero.
    let min = |length: Length| length.min.filter(|min| *min > 0);
    for (name, upper, old, new) in [
        (least, false, min(old), min(new)),
        (most, true, old.max, new.max),
    ] {
        let rule = limit(old.is_some(), new.is_some(), old.cmp(&new), upper);
        let words = |count: Option<u64>| count.map(|count| format!("{name} {count}"));
        limited(walk, pair, rule, words(old), words(new));
    }
}

/// Compares a regular expression.
pub(super) fn pattern(walk: &mut Walk<'_>, pair: Pair, old: Option<&str>, new: Option<&str>) {
    let rule = match (old, new) {
        (None, Some(_)) => Some(rules::PATTERN_ADDED),
        (Some(_), None) => Some(rules::PATTERN_REMOVED),
        (Some(x), Some(y)) if x != y => Some(rules::PATTERN_CHANGED),
        _ => None,
    };
    let words = |pattern: Option<&str>| pattern.map(str::to_owned);
    limited(walk, pair, rule, words(old), words(new));
}

/// Whether an enum lists values of a plain type.
pub(super) fn is_listed_of(listed: &Enum, plain: &Shape) -> bool {
    match plain {
        Shape::Any => true,
        Shape::Boolean => listed.kind == EnumKind::Boolean,
        Shape::Integer(..) => listed.kind == EnumKind::Integer,
        Shape::Number(..) => matches!(listed.kind, EnumKind::Integer | EnumKind::Number),
        Shape::String(..) => listed.kind == EnumKind::String,
        _ => false,
    }
}

/// Compares listed values.
pub(super) fn listed(walk: &mut Walk<'_>, pair: Pair, old: &Enum, new: &Enum) {
    let places = (
        walk.old[pair.old].origin.clone(),
        walk.new[pair.new].origin.clone(),
    );
    let found = |rule| Found::new(rule, &places.0, &places.1);
    if let ([was], [is]) = (&old.values[..], &new.values[..])
        && was.value != is.value
        && !old.open
        && !new.open
    {
        let found = found(rules::CONSTANT_CHANGED);
        let found = found.before(&was.value).after(&is.value);
        walk.push(pair.spot, pair.way, found);
        return;
    }
    let key = |listed: &Listed| listed.value.to_string();
    let known: HashMap<String, &Listed> = old.values.iter().map(|one| (key(one), one)).collect();
    let mut left = known.clone();
    let constant = old.values.len() == 1 && !old.open;
    for value in &new.values {
        let Some(was) = known.get(&key(value)) else {
            let rule = if constant {
                rules::CONSTANT_OPENED
            } else {
                rules::VALUE_ADDED
            };
            walk.push(pair.spot, pair.way, found(rule).after(&value.value));
            continue;
        };
        left.remove(&key(value));
        if was.name != value.name {
            let name = |listed: &Listed| listed.name.clone().unwrap_or_else(|| key(listed));
            let found = found(rules::VALUE_NAME)
                .before(name(was))
                .after(name(value));
            walk.note_once(pair.spot, found);
        }
        if was.description != value.description {
            let found = found(rules::VALUE_TEXT).after(&value.value);
            walk.note_once(pair.spot, found);
        }
    }
    for value in &old.values {
        if left.contains_key(&key(value)) {
            let found = found(rules::VALUE_REMOVED).before(&value.value);
            walk.push(pair.spot, pair.way, found);
        }
    }
    match (old.open, new.open) {
        (false, true) => tell(walk, pair, rules::ENUM_OPENED),
        (true, false) => tell(walk, pair, rules::ENUM_CLOSED),
        _ => {}
    }
    let values = |listed: &Enum| -> Vec<Value> {
        listed.values.iter().map(|one| one.value.clone()).collect()
    };
    if old.values.len() == new.values.len() && left.is_empty() && values(old) != values(new) {
        walk.note_once(pair.spot, found(rules::VALUE_ORDER));
    }
}
