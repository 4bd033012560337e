//! Compares two types of two APIs by their wire format.
//!
//! In: a type of each. Out: the first difference, nearest to the root. Names, titles, descriptions and the order of properties don't
//! matter.

use crate::ir::{
    Api, Closedness, Content, Enum, Item, Object, Property, Role, Shape, TypeId, Union,
};
use serde_json::Value;
use std::collections::{HashMap, HashSet, VecDeque};

/// The first difference of two types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDifference {
    /// The path to it: `name`, `[].id`; empty for the types themselves.
    pub at: String,
    /// What A has there, in words.
    pub a: String,
    /// What B has there, in words.
    pub b: String,
}

/// Pairs of equal types, as operations use the same few types over and over.
pub(super) type Same = HashSet<(TypeId, TypeId)>;

/// The first difference of two types, if any. Equal pairs are added to `same`.
pub(super) fn difference(
    left: &Api,
    a: TypeId,
    right: &Api,
    b: TypeId,
    same: &mut Same,
) -> Option<TypeDifference> {
    let mut walk = Walk {
        left,
        right,
        waiting: VecDeque::new(),
        steps: Vec::new(),
        same,
        seen: HashSet::new(),
    };
    walk.expect(None, String::new(), a, b);
    // A queue instead of recursion, as types nest without limit.
    while let Some((at, a, b)) = walk.waiting.pop_front() {
        if let Some(found) = walk.step(at, a, b) {
            let at = walk.way(at) + &found.at;
            let at = at.strip_prefix('.').unwrap_or(&at).to_owned();
            return Some(TypeDifference { at, ..found });
        }
    }
    let seen = walk.seen;
    same.extend(seen);
    None
}

/// The content of a body, in words.
pub(super) fn content(api: &Api, content: &Content) -> String {
    match content {
        Content::Json(ty) | Content::Xml(ty) => words(api, *ty),
        other => api.content_text(other),
    }
}

struct Walk<'a> {
    left: &'a Api,
    right: &'a Api,
    waiting: VecDeque<(usize, TypeId, TypeId)>,
    /// For each pair the last step of its path, and the pair before it. Paths are written only for differences.
    steps: Vec<(Option<usize>, String)>,
    same: &'a Same,
    /// Pairs that were queued before, as types may contain themselves.
    seen: HashSet<(TypeId, TypeId)>,
}

impl Walk<'_> {
    fn expect(&mut self, before: Option<usize>, step: String, a: TypeId, b: TypeId) {
        let pair = (self.left.resolved(a), self.right.resolved(b));
        if !self.same.contains(&pair) && self.seen.insert(pair) {
            self.waiting.push_back((self.steps.len(), pair.0, pair.1));
            self.steps.push((before, step));
        }
    }

    /// The path to a pair: `.name`, `[].id`.
    fn way(&self, at: usize) -> String {
        let before = |at: &usize| self.steps.get(*at).and_then(|(before, _)| *before);
        let steps = std::iter::successors(Some(at), before);
        let steps = steps.filter_map(|at| Some(self.steps.get(at)?.1.as_str()));
        let mut steps: Vec<&str> = steps.collect();
        steps.reverse();
        steps.concat()
    }

    /// Compares two types without their parts, which are queued. Returns the difference with the path below `at`.
    fn step(&mut self, at: usize, a: TypeId, b: TypeId) -> Option<TypeDifference> {
        let (left, right) = (self.left, self.right);
        let differ = |a: String, b: String| {
            Some(TypeDifference {
                at: String::new(),
                a,
                b,
            })
        };
        match (&left[a].shape, &right[b].shape) {
            (Shape::Array(x), Shape::Array(y)) => {
                self.expect(Some(at), "[]".to_owned(), x.items, y.items);
                let same = (x.length, x.unique, x.nullable_items)
                    == (y.length, y.unique, y.nullable_items);
                if same {
                    None
                } else {
                    differ(left.type_text(a), right.type_text(b))
                }
            }
            (Shape::Tuple(x), Shape::Tuple(y)) => {
                for (index, (x, y)) in x.iter().zip(y).enumerate() {
                    self.expect(Some(at), format!("[{index}]"), x.ty, y.ty);
                }
                let nullable = |items: &[Item]| -> Vec<bool> {
                    items.iter().map(|item| item.nullable).collect()
                };
                if nullable(x) == nullable(y) {
                    None
                } else {
                    differ(left.type_text(a), right.type_text(b))
                }
            }
            (Shape::Map(x), Shape::Map(y)) => {
                self.expect(Some(at), "{}".to_owned(), x.values, y.values);
                let same = (x.length, x.nullable_values, &x.keys)
                    == (y.length, y.nullable_values, &y.keys);
                if same {
                    None
                } else {
                    differ(left.type_text(a), right.type_text(b))
                }
            }
            (Shape::Object(x), Shape::Object(y)) => self.object(at, x, y),
            (Shape::Union(x), Shape::Union(y)) => {
                if self.union(at, x, y) {
                    None
                } else {
                    differ(union_words(x), union_words(y))
                }
            }
            // Names of values don't matter.
            (Shape::Enum(x), Shape::Enum(y)) => {
                let values = |listed: &Enum| -> Vec<Value> {
                    let values = listed.values.iter();
                    values.map(|listed| listed.value.clone()).collect()
                };
                if (x.kind, x.open, values(x)) == (y.kind, y.open, values(y)) {
                    None
                } else {
                    differ(words(left, a), words(right, b))
                }
            }
            // No parts: equal or not.
            (x, y) if x == y => None,
            _ => differ(words(left, a), words(right, b)),
        }
    }

    fn object(&mut self, at: usize, a: &Object, b: &Object) -> Option<TypeDifference> {
        let path = |name: &str| format!(".{name}");
        let ours: HashSet<&str> = a.properties.iter().map(|one| &*one.name).collect();
        let theirs = b.properties.iter().rev();
        let theirs: HashMap<&str, &Property> = theirs.map(|other| (&*other.name, other)).collect();
        for property in &a.properties {
            let other = theirs.get(&*property.name).copied();
            let (ours, theirs) = (facts(property), other.map_or("absent".to_owned(), facts));
            if ours != theirs {
                let ours = if other.is_none() {
                    "present".to_owned()
                } else {
                    ours
                };
                return Some(TypeDifference {
                    at: path(&property.name),
                    a: ours,
                    b: theirs,
                });
            }
            if let Some(other) = other {
                self.expect(Some(at), path(&property.name), property.ty, other.ty);
            }
        }
        let mut others = b.properties.iter();
        let extra = others.find(|other| !ours.contains(&*other.name));
        if let Some(extra) = extra {
            return Some(TypeDifference {
                at: path(&extra.name),
                a: "absent".to_owned(),
                b: "present".to_owned(),
            });
        }
        if let (Closedness::Typed { values, .. }, Closedness::Typed { values: others, .. }) =
            (a.rest, b.rest)
        {
            self.expect(Some(at), "{}".to_owned(), values, others);
        }
        let (a, b) = (rest(a), rest(b));
        (a != b).then(|| TypeDifference {
            at: String::new(),
            a,
            b,
        })
    }

    /// Whether two unions tell their variants in the same way; queues the variants.
    fn union(&mut self, at: usize, a: &Union, b: &Union) -> bool {
        for (index, (x, y)) in a.variants.iter().zip(&b.variants).enumerate() {
            self.expect(Some(at), format!("|{index}"), x.ty, y.ty);
        }
        a.kind == b.kind
            && a.variants
                .iter()
                .map(|variant| &variant.keys)
                .eq(b.variants.iter().map(|variant| &variant.keys))
    }
}

/// Facts about a property other than its type, in words.
fn facts(property: &Property) -> String {
    let mut words = format!("{:?}", property.presence).to_lowercase();
    for (flag, word) in [
        (property.read_only, "read-only"),
        (property.write_only, "write-only"),
        (property.deprecated, "deprecated"),
    ] {
        if flag {
            words += ", ";
            words += word;
        }
    }
    property.default.as_ref().map_or(words.clone(), |default| {
        format!("{words}, default {default}")
    })
}

/// What an object does with additional properties, and how many it may have, in words.
fn rest(object: &Object) -> String {
    let words = match object.rest {
        Closedness::Open => "open object",
        Closedness::Closed => "closed object",
        Closedness::Typed {
            nullable: false, ..
        } => "object with typed rest",
        Closedness::Typed { nullable: true, .. } => "object with typed rest, or null",
    };
    let keys = object.keys.as_deref().unwrap_or_default();
    format!("{words}{}{keys}", object.length)
}

fn union_words(union: &Union) -> String {
    format!("union of {} by {:?}", union.variants.len(), union.kind)
}

/// A short name of a type: its own if it has one.
fn words(api: &Api, id: TypeId) -> String {
    let mut at = id;
    let (mut open, mut close) = (String::new(), String::new());
    // Lists may nest without limit, but only aliases can be cyclic.
    for _ in 0..api.types.len() {
        let named = matches!(api[at].role, Role::Named(_));
        at = match &api[at].shape {
            Shape::Array(array) if !named => {
                open.push('[');
                close.insert(0, ']');
                array.items
            }
            Shape::Alias(next) if !named => *next,
            Shape::Object(_) if !named => return format!("{open}object{close}"),
            Shape::Union(union) if !named => return format!("{open}{}{close}", union_words(union)),
            Shape::Map(_) if !named => return format!("{open}map{close}"),
            _ => break,
        };
    }
    format!("{open}{}{close}", api.type_text(at))
}
