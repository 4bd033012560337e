//! Compares constraints that no shape expresses, keyword by keyword.

use super::rules::{self, Rule as Said};
use super::walk::{Found, Pair, Sense, Walk};
use crate::ir::{Rule, RuleId};
use serde_json::Number;
use std::collections::{BTreeMap, HashSet, VecDeque};

/// Compares the constraints of two types, with all that they refer to.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair, old: Option<RuleId>, new: Option<RuleId>) {
    let list = |api: &crate::ir::Api, id: Option<RuleId>| -> Vec<Rule> {
        id.map_or(Vec::new(), |id| api.rules[id.index()].list.clone())
    };
    let mut waiting = VecDeque::new();
    let sense = Sense::Straight;
    if let (Some(old), Some(new)) = (old, new)
        && !walk.rules.insert((old, new, pair.way, sense))
    {
        return;
    }
    let (ours, theirs) = (list(walk.old, old), list(walk.new, new));
    lists(walk, pair, sense, &ours, &theirs, &mut waiting);
    while let Some((old, new, sense)) = waiting.pop_front() {
        if walk.rules.insert((old, new, pair.way, sense)) {
            let (ours, theirs) = (list(walk.old, Some(old)), list(walk.new, Some(new)));
            lists(walk, pair, sense, &ours, &theirs, &mut waiting);
        }
    }
}

type Waiting = VecDeque<(RuleId, RuleId, Sense)>;

/// What a keyword is matched by: its name, and the property that it is about.
fn key(rule: &Rule) -> (&'static str, String) {
    let about = match rule {
        Rule::Needs(name, _) | Rule::With(name, _) => name.to_string(),
        _ => String::new(),
    };
    (rule.keyword(), about)
}

fn lists(
    walk: &mut Walk<'_>,
    pair: Pair,
    sense: Sense,
    old: &[Rule],
    new: &[Rule],
    waiting: &mut Waiting,
) {
    let mut theirs: BTreeMap<_, VecDeque<&Rule>> = BTreeMap::new();
    for rule in new {
        theirs.entry(key(rule)).or_default().push_back(rule);
    }
    for rule in old {
        match theirs.get_mut(&key(rule)).and_then(VecDeque::pop_front) {
            Some(other) => both(walk, pair, sense, rule, other, waiting),
            None => tell(walk, pair, sense, Change::Less, rule),
        }
    }
    for rule in theirs.values().flatten() {
        tell(walk, pair, sense, Change::More, rule);
    }
}

/// How a constraint changes.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    /// It forbids more.
    More,
    /// It forbids less.
    Less,
    Other,
}

impl Change {
    fn in_sense(self, sense: Sense) -> Self {
        match (self, sense) {
            (change, Sense::Straight) => change,
            (Self::More, Sense::Turned) => Self::Less,
            (Self::Less, Sense::Turned) => Self::More,
            (Self::Other, Sense::Turned) | (_, Sense::Unclear) => Self::Other,
        }
    }
}

fn tell(walk: &mut Walk<'_>, pair: Pair, sense: Sense, change: Change, rule: &Rule) {
    let said: &'static Said = match change.in_sense(sense) {
        Change::More => rules::CONSTRAINT_ADDED,
        Change::Less => rules::CONSTRAINT_REMOVED,
        Change::Other => rules::CONSTRAINT_CHANGED,
    };
    let (keyword, about) = key(rule);
    let words = format!("{keyword} {about}");
    let found = Found::new(said, &walk.old[pair.old].origin, &walk.new[pair.new].origin);
    walk.push(pair.spot, pair.way, found.after(words.trim_end()));
}

/// Compares two constraints of one keyword; the schemas within are queued.
fn both(
    walk: &mut Walk<'_>,
    pair: Pair,
    sense: Sense,
    old: &Rule,
    new: &Rule,
    waiting: &mut Waiting,
) {
    let less = |a: u64, b: u64| order(a > b, a < b);
    let change = match (old, new) {
        (Rule::Minimum(a), Rule::Minimum(b))
        | (Rule::ExclusiveMinimum(a), Rule::ExclusiveMinimum(b)) => number(a, b),
        (Rule::Maximum(a), Rule::Maximum(b))
        | (Rule::ExclusiveMaximum(a), Rule::ExclusiveMaximum(b)) => number(b, a),
        (Rule::MinLength(a), Rule::MinLength(b))
        | (Rule::MinItems(a), Rule::MinItems(b))
        | (Rule::MinProperties(a), Rule::MinProperties(b)) => less(*a, *b),
        (Rule::MaxLength(a), Rule::MaxLength(b))
        | (Rule::MaxItems(a), Rule::MaxItems(b))
        | (Rule::MaxProperties(a), Rule::MaxProperties(b)) => less(*b, *a),
        (Rule::OneOf(a), Rule::OneOf(b)) => subset(a, b),
        (Rule::Type(a), Rule::Type(b)) => subset(a, b),
        (Rule::Required(a), Rule::Required(b)) | (Rule::Needs(_, a), Rule::Needs(_, b)) => {
            subset(b, a)
        }
        (Rule::Contains(_, min, max), Rule::Contains(_, least, most)) => {
            let most = less(most.unwrap_or(u64::MAX), max.unwrap_or(u64::MAX));
            let min = less(*min, *least);
            match (min, most) {
                (None, other) | (other, None) => other,
                (Some(a), Some(b)) => Some(if a == b { a } else { Change::Other }),
            }
        }
        _ => other(old, new),
    };
    if let Some(change) = change {
        tell(walk, pair, sense, change, new);
    }
    parts(walk, pair, sense, old, new, waiting);
}

fn order(less: bool, more: bool) -> Option<Change> {
    match (less, more) {
        (true, _) => Some(Change::Less),
        (_, true) => Some(Change::More),
        _ => None,
    }
}

/// Of a least number: a greater one forbids more.
fn number(old: &Number, new: &Number) -> Option<Change> {
    let (a, b) = (old.as_f64().unwrap_or(0.0), new.as_f64().unwrap_or(0.0));
    order(a > b, a < b)
}

/// Of a list of what is allowed: a shorter one forbids more.
fn subset<T: std::fmt::Debug>(old: &[T], new: &[T]) -> Option<Change> {
    let words =
        |list: &[T]| -> HashSet<String> { list.iter().map(|one| format!("{one:?}")).collect() };
    let (old, new) = (words(old), words(new));
    match (!new.is_subset(&old), !old.is_subset(&new)) {
        (true, true) => Some(Change::Other),
        (came, gone) => order(came, gone),
    }
}

/// What differs apart from the schemas within, of keywords whose values have no order.
fn other(old: &Rule, new: &Rule) -> Option<Change> {
    let differs = match (old, new) {
        (Rule::MultipleOf(a), Rule::MultipleOf(b)) => a != b,
        (Rule::Pattern(a), Rule::Pattern(b)) => a != b,
        (Rule::Items(a, _), Rule::Items(b, _)) => a != b,
        (Rule::Others(a, b, _), Rule::Others(x, y, _)) => a != x || b != y,
        _ => false,
    };
    differs.then_some(Change::Other)
}

/// Queues the schemas within two constraints of one keyword, and tells which only one has.
fn parts(
    walk: &mut Walk<'_>,
    pair: Pair,
    sense: Sense,
    old: &Rule,
    new: &Rule,
    waiting: &mut Waiting,
) {
    let within = match (old, new) {
        (Rule::One(_), _) => Sense::Unclear,
        (Rule::Contains(.., max), Rule::Contains(.., most)) if max.is_some() || most.is_some() => {
            Sense::Unclear
        }
        (Rule::Not(_), _) => sense.turned(),
        _ => sense,
    };
    if let (Rule::If(a, b, c), Rule::If(x, y, z)) = (old, new) {
        waiting.extend([(*a, *x, Sense::Unclear), (*b, *y, sense), (*c, *z, sense)]);
        return;
    }
    let named = |rule: &Rule| -> BTreeMap<String, RuleId> {
        match rule {
            Rule::Properties(list) => list
                .iter()
                .map(|(name, id)| (name.to_string(), *id))
                .collect(),
            Rule::Matching(list) => list.iter().cloned().collect(),
            other => {
                let parts = other.parts().into_iter().enumerate();
                parts.map(|(at, id)| (format!("{at:08}"), id)).collect()
            }
        }
    };
    let (ours, mut theirs) = (named(old), named(new));
    // Fewer alternatives are a tighter constraint, fewer of everything else a looser one.
    let (gone, came) = match old {
        Rule::Any(_) => (Change::More, Change::Less),
        Rule::One(_) => (Change::Other, Change::Other),
        _ => (Change::Less, Change::More),
    };
    for (name, id) in ours {
        match theirs.remove(&name) {
            Some(other) => waiting.push_back((id, other, within)),
            None => tell(walk, pair, sense, gone, old),
        }
    }
    for _ in theirs {
        tell(walk, pair, sense, came, new);
    }
}
