//! What actions do to a value, and to the record of where its parts come from.

use super::super::Origin;
use super::super::trace::Trace;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashSet};

/// Why a value doesn't fit what is there.
#[derive(Debug)]
pub(super) struct Unfit {
    /// The origin of the value.
    pub(super) from: Origin,
    pub(super) reason: String,
}

/// A value in a document, and where it and its parts are from.
pub(super) struct Spot<'s> {
    value: &'s mut Json,
    trace: &'s mut Trace,
    at: Origin,
}

/// A value to merge, and where it is from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Update<'u> {
    pub(super) value: &'u Json,
    pub(super) trace: &'u Trace,
}

impl<'s> Spot<'s> {
    /// The value at a pointer, as text.
    pub(super) fn find(root: &'s mut Json, trace: &'s mut Trace, pointer: &str) -> Option<Self> {
        let value = root.pointer_mut(pointer)?;
        let tokens: Vec<String> = pointer.split('/').skip(1).map(unescaped).collect();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let at = trace.find(&tokens)?;
        let trace = tokens.iter().fold(trace, |trace, token| trace.enter(token));
        Some(Self { value, trace, at })
    }

    /// Merges a value into this one, or adds it to a list.
    pub(super) fn update(self, update: Update<'_>) -> Result<(), Unfit> {
        match (&mut *self.value, update.value) {
            (Json::Array(items), value) if !value.is_array() => {
                let traced = self.trace.items(&self.at, items.len());
                traced.push(update.trace.clone());
                items.push(value.clone());
                Ok(())
            }
            _ => self.merge(update),
        }
    }

    /// Merges as the specification of overlays says: objects member by member; lists are added to; other values are replaced. A key without
    /// a value says nothing about an object or a list.
    fn merge(self, update: Update<'_>) -> Result<(), Unfit> {
        let Self { value, trace, at } = self;
        match (&mut *value, update.value) {
            (Json::Object(_) | Json::Array(_), Json::Null) => {}
            (Json::Object(own), Json::Object(new)) => {
                for (key, new) in new {
                    let part = update.trace.of(&[key]);
                    let update = Update {
                        value: new,
                        trace: &part,
                    };
                    let Some(known) = own.get_mut(key) else {
                        own.insert(key.clone(), new.clone());
                        *trace.enter(key) = part;
                        continue;
                    };
                    let known = trace.spot(known, key, &at);
                    known.merge(update)?;
                }
            }
            (Json::Array(own), Json::Array(new)) => {
                let traced = trace.items(&at, own.len());
                for (index, item) in new.iter().enumerate() {
                    traced.push(update.trace.of(&[&index.to_string()]));
                    own.push(item.clone());
                }
            }
            (Json::Null, new) => {
                *value = new.clone();
                *trace = update.trace.clone();
            }
            (old, new) if is_plain(old) && is_plain(new) => {
                *value = new.clone();
                *trace = update.trace.clone();
            }
            (old, new) => {
                let reason = format!("{} can't be merged into {}", kind(new), kind(old));
                let from = update.trace.find(&[]).unwrap_or(at);
                return Err(Unfit { from, reason });
            }
        }
        Ok(())
    }
}

impl Trace {
    /// A member of an object, whose trace this is.
    fn spot<'s>(&'s mut self, value: &'s mut Json, key: &str, at: &Origin) -> Spot<'s> {
        let trace = self.enter(key);
        let at = trace.find(&[]).unwrap_or_else(|| at.join(key));
        Spot { value, trace, at }
    }
}

/// Removes what stands at pointers, as text; the root stays. What is removed of one object or list is removed at once.
pub(super) fn remove(root: &mut Json, trace: &mut Trace, pointers: &[String]) {
    let mut holders: BTreeMap<&str, HashSet<String>> = BTreeMap::new();
    for (holder, token) in pointers.iter().filter_map(|path| path.rsplit_once('/')) {
        holders.entry(holder).or_default().insert(unescaped(token));
    }
    // Indexes change in what is around a list, so that comes later.
    let mut holders: Vec<_> = holders.into_iter().collect();
    holders.sort_by_key(|(holder, _)| std::cmp::Reverse(holder.matches('/').count()));
    for (holder, gone) in holders {
        let Some(Spot { value, trace, at }) = Spot::find(root, trace, holder) else {
            continue;
        };
        match value {
            Json::Object(members) => {
                members.retain(|key, _| !gone.contains(key));
                trace.forget(|key| gone.contains(key));
            }
            Json::Array(items) => {
                let gone: HashSet<usize> = gone.iter().filter_map(|at| at.parse().ok()).collect();
                let traced = trace.items(&at, items.len());
                let mut number = 0..;
                traced.retain(|_| number.next().is_some_and(|at| !gone.contains(&at)));
                let mut number = 0..;
                items.retain(|_| number.next().is_some_and(|at| !gone.contains(&at)));
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }
}

/// How many values a value consists of, and how deep they are nested.
pub(super) fn measure(value: &Json) -> (u64, usize) {
    let parts: Vec<&Json> = match value {
        Json::Array(items) => items.iter().collect(),
        Json::Object(members) => members.values().collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => return (1, 0),
    };
    let all = parts.into_iter().map(measure);
    all.fold((1, 1), |(count, depth), (own, deep)| {
        (count + own, depth.max(deep + 1))
    })
}

fn is_plain(value: &Json) -> bool {
    !value.is_object() && !value.is_array()
}

fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "a mapping",
    }
}

/// A token of a pointer (RFC 6901, section 4).
fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
