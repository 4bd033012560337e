//! Compares unions: which alternatives there are, and what tells them apart.

use super::rules;
use super::told::{brief, own_name, tell};
use super::walk::{Found, Pair, Walk};
use crate::ir::{Api, Shape, TypeId, Union, UnionKind, Variant};
use std::collections::{HashMap, HashSet, VecDeque};

/// Compares two unions; matching alternatives are queued.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair, old: &Union, new: &Union) {
    tags(walk, pair, old, new);
    match (old.exclusive.is_some(), new.exclusive.is_some()) {
        (false, true) => tell(walk, pair, rules::EXCLUSIVE),
        (true, false) => tell(walk, pair, rules::NOT_EXCLUSIVE),
        _ => {}
    }
    let ours = declared(walk.old, pair.old, old);
    let theirs = declared(walk.new, pair.new, new);
    let matched = matched(walk, ours, theirs);
    let mut places = Vec::new();
    let mut taken = HashSet::new();
    for (variant, at) in ours.iter().zip(&matched) {
        if let Some(at) = at {
            places.push(*at);
            taken.insert(*at);
            both(walk, pair, (old, variant), (new, &theirs[*at]));
        } else {
            let places = (&walk.old[variant.ty].origin, &walk.new[pair.new].origin);
            let found = Found::new(rules::VARIANT_REMOVED, places.0, places.1);
            let found = found.before(alternative(walk.old, variant));
            walk.push(pair.spot, pair.way, found);
        }
    }
    let rule = if is_tagged(old) && is_tagged(new) {
        rules::TAGGED_ADDED
    } else {
        rules::VARIANT_ADDED
    };
    for (at, variant) in theirs.iter().enumerate() {
        if !taken.contains(&at) {
            let places = (&walk.old[pair.old].origin, &walk.new[variant.ty].origin);
            let found = Found::new(rule, places.0, places.1);
            let found = found.after(alternative(walk.new, variant));
            walk.push(pair.spot, pair.way, found);
        }
    }
    if !places.is_sorted() {
        let (old, new) = (&walk.old[pair.old].origin, &walk.new[pair.new].origin);
        walk.note_once(pair.spot, Found::new(rules::VARIANT_ORDER, old, new));
    }
}

/// The alternatives of the description, without the one that lowering adds for values that match several of them.
fn declared<'u>(api: &Api, id: TypeId, union: &'u Union) -> &'u [Variant] {
    let count = union.exclusive.unwrap_or(union.variants.len());
    let declared = &union.variants[..count.min(union.variants.len())];
    let is_added = |variant: &Variant| {
        let ty = &api[variant.ty];
        ty.title.as_deref() == Some("Several") && ty.origin == api[id].origin
    };
    match declared.split_last() {
        Some((last, others)) if is_added(last) => others,
        _ => declared,
    }
}

fn is_tagged(union: &Union) -> bool {
    matches!(union.kind, UnionKind::Tagged { .. })
}

fn alternative(api: &Api, variant: &Variant) -> String {
    own_name(&api[variant.ty].role).unwrap_or_else(|| brief(api, api.resolved(variant.ty)))
}

/// Compares what tells alternatives apart. Without a discriminator that follows from the alternatives.
fn tags(walk: &mut Walk<'_>, pair: Pair, old: &Union, new: &Union) {
    let property = |union: &Union| match &union.kind {
        UnionKind::Tagged { property } => Some(property.clone()),
        UnionKind::ByKind | UnionKind::ByField | UnionKind::Ordered => None,
    };
    let found = |rule| Found::new(rule, &walk.old[pair.old].origin, &walk.new[pair.new].origin);
    let found = match (property(old), property(new)) {
        (None, Some(is)) => found(rules::TAG_ADDED).after(is),
        (Some(was), None) => found(rules::TAG_REMOVED).before(was),
        (Some(was), Some(is)) if was != is => found(rules::TAG_CHANGED).before(was).after(is),
        _ => return,
    };
    walk.push(pair.spot, pair.way, found);
}

fn both(
    walk: &mut Walk<'_>,
    pair: Pair,
    (old, was): (&Union, &Variant),
    (new, is): (&Union, &Variant),
) {
    let name = alternative(walk.new, is);
    let spot = walk.below(pair.spot, format!("|{name}"));
    if is_tagged(old) && is_tagged(new) {
        let (a, b) = (&walk.old[was.ty].origin, &walk.new[is.ty].origin);
        let mut found = Vec::new();
        for key in is.keys.iter().filter(|key| !was.keys.contains(key)) {
            found.push(Found::new(rules::TAG_VALUE_ADDED, a, b).after(key));
        }
        for key in was.keys.iter().filter(|key| !is.keys.contains(key)) {
            found.push(Found::new(rules::TAG_VALUE_REMOVED, a, b).before(key));
        }
        for found in found {
            walk.push(spot, pair.way, found);
        }
    }
    walk.expect(spot, pair.way, was.ty, is.ty);
}

/// What alternatives are matched by.
type Signs<'f> = &'f dyn Fn(&Api, &Variant) -> Vec<String>;

/// For each old alternative the new one: of the same name, else with the same value of the discriminator, else of the same kind, in order.
fn matched(walk: &Walk<'_>, old: &[Variant], new: &[Variant]) -> Vec<Option<usize>> {
    let mut found = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    let signs: [Signs<'_>; 3] = [
        &|api, variant| own_name(&api[variant.ty].role).into_iter().collect(),
        &|_, variant| variant.keys.clone(),
        &|api, variant| vec![kind(&api[api.resolved(variant.ty)].shape).to_owned()],
    ];
    for sign in signs {
        let mut left: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, variant) in new.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            for sign in sign(walk.new, variant) {
                left.entry(sign).or_default().push_back(at);
            }
        }
        for (variant, found) in old
            .iter()
            .zip(&mut found)
            .filter(|(_, found)| found.is_none())
        {
            for sign in sign(walk.old, variant) {
                let Some(candidates) = left.get_mut(&sign) else {
                    continue;
                };
                while let Some(at) = candidates.pop_front() {
                    if found.is_none() && !taken[at] {
                        taken[at] = true;
                        *found = Some(at);
                        break;
                    }
                }
            }
        }
    }
    found
}

/// The kind of a shape in a word.
fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any => "any",
        Shape::Null => "null",
        Shape::Boolean => "boolean",
        Shape::Integer(..) => "integer",
        Shape::Number(..) => "number",
        Shape::String(..) => "string",
        Shape::Enum(_) => "enum",
        Shape::Array(_) => "array",
        Shape::Tuple(_) => "tuple",
        Shape::Map(_) | Shape::Object(_) => "object",
        Shape::Union(_) => "union",
        Shape::Alias(_) => "alias",
    }
}

/// Compares a type with a union that has it among its alternatives: the old one if `reduced`, else the new one. Returns whether it does.
pub(super) fn holds(walk: &mut Walk<'_>, pair: Pair, union: &Union, reduced: bool) -> bool {
    let (many, one) = if reduced {
        ((walk.old, pair.old), (walk.new, pair.new))
    } else {
        ((walk.new, pair.new), (walk.old, pair.old))
    };
    let Some(member) = member(many.0, declared(many.0, many.1, union), one.0, one.1) else {
        return false;
    };
    let rule = if reduced {
        rules::CHOICE_REMOVED
    } else {
        rules::CHOICE_ADDED
    };
    let found = Found::new(rule, &walk.old[pair.old].origin, &walk.new[pair.new].origin);
    let (before, after) = (brief(walk.old, pair.old), brief(walk.new, pair.new));
    walk.push(pair.spot, pair.way, found.before(before).after(after));
    let spot = walk.below(pair.spot, format!("|{}", alternative_of(many.0, member)));
    if reduced {
        walk.expect(spot, pair.way, member, pair.new);
    } else {
        walk.expect(spot, pair.way, pair.old, member);
    }
    true
}

fn alternative_of(api: &Api, id: TypeId) -> String {
    own_name(&api[id].role).unwrap_or_else(|| brief(api, api.resolved(id)))
}

/// The alternative of a union that stands for a type: of the same name, else of the same kind.
fn member(api: &Api, variants: &[Variant], other: &Api, ty: TypeId) -> Option<TypeId> {
    let wanted = &other[ty];
    let name = own_name(&wanted.role);
    let types = || variants.iter().map(|variant| api.resolved(variant.ty));
    let named = types().find(|id| name.is_some() && own_name(&api[*id].role) == name);
    named.or_else(|| types().find(|id| kind(&api[*id].shape) == kind(&wanted.shape)))
}
