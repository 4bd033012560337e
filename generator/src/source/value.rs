//! JSON values in little memory. A description has a hundred thousand of them, mostly equal to others.
//!
//! Strings and keys are shared, collections have no spare capacity, and cloning is a reference count.

use serde_json::Number;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// A JSON value. Objects keep the order of their members.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)] // the words of JSON
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(Arc<str>),
    Array(Arc<[Value]>),
    Object(Mapping),
}

#[derive(Debug, Clone)]
pub struct Mapping(Members);

type Member = (Arc<str>, Value);

#[derive(Debug, Clone)]
enum Members {
    Few(Arc<[Member]>),
    Many(Arc<Indexed>),
}

/// Members with an index by key.
#[derive(Debug)]
struct Indexed {
    members: Box<[Member]>,
    index: HashMap<Arc<str>, usize>,
}

/// Mappings with more members than this are indexed.
const FEW: usize = 16;

impl Value {
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    #[must_use]
    pub fn is_boolean(&self) -> bool {
        matches!(self, Self::Bool(_))
    }

    #[must_use]
    pub fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    #[must_use]
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    #[must_use]
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    #[must_use]
    pub fn as_object(&self) -> Option<&Mapping> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        Some(self.as_object()?.get(key)?.1)
    }
}

impl Value {
    /// A value that was made, with its strings among the known ones.
    #[cfg(feature = "overlays")]
    pub(super) fn of_json(value: &serde_json::Value, texts: &mut Texts) -> Self {
        use serde_json::Value as Json;
        match value {
            Json::Null => Self::Null,
            Json::Bool(flag) => Self::Bool(*flag),
            Json::Number(number) => Self::Number(number.clone()),
            Json::String(text) => Self::String(texts.get(text)),
            Json::Array(items) => {
                let items = items.iter().map(|item| Self::of_json(item, texts));
                Self::Array(items.collect())
            }
            Json::Object(members) => {
                let mut all = Builder::default();
                for (key, member) in members {
                    let member = Self::of_json(member, texts);
                    all.insert(texts.get(key), member);
                }
                Self::Object(all.build())
            }
        }
    }
}

impl Mapping {
    /// The member `key` with its shared key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<(&Arc<str>, &Value)> {
        let (key, value) = match &self.0 {
            Members::Few(members) => members.iter().find(|(known, _)| **known == *key)?,
            Members::Many(many) => &many.members[*many.index.get(key)?],
        };
        Some((key, value))
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Value)> {
        let members = match &self.0 {
            Members::Few(members) => &members[..],
            Members::Many(many) => &many.members,
        };
        members.iter().map(|(key, value)| (key, value))
    }

    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Members::Few(members) => members.len(),
            Members::Many(many) => many.members.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Ignores the order of members.
impl PartialEq for Mapping {
    fn eq(&self, other: &Self) -> bool {
        let same = |(key, value): (&Arc<str>, &Value)| {
            other.get(key).is_some_and(|(_, other)| other == value)
        };
        self.len() == other.len() && self.iter().all(same)
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

/// Formats the value as JSON.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde_json::Value::from(self).fmt(f)
    }
}

impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::String(text.to_string()),
            Value::Array(items) => items.iter().map(Self::from).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(key, value)| (key.to_string(), Self::from(value)))
                .collect(),
        }
    }
}

/// Builds a [`Mapping`].
#[derive(Default)]
pub(super) struct Builder {
    members: Vec<Member>,
    /// Filled once there are more than [`FEW`] members.
    index: HashMap<Arc<str>, usize>,
}

impl Builder {
    /// Adds or replaces a member; returns whether the key was there already.
    pub(super) fn insert(&mut self, key: Arc<str>, value: Value) -> bool {
        if let Some(at) = self.position(&key) {
            self.members[at].1 = value;
            return true;
        }
        self.add(key, value);
        false
    }

    /// Adds a member unless the key is there already.
    pub(super) fn insert_new(&mut self, key: &Arc<str>, value: &Value) {
        if self.position(key).is_none() {
            self.add(key.clone(), value.clone());
        }
    }

    pub(super) fn build(self) -> Mapping {
        let Self { members, index } = self;
        Mapping(if members.len() <= FEW {
            Members::Few(members.into())
        } else {
            let members = members.into();
            Members::Many(Arc::new(Indexed { members, index }))
        })
    }

    fn position(&self, key: &str) -> Option<usize> {
        if self.members.len() > FEW {
            return self.index.get(key).copied();
        }
        self.members.iter().position(|(known, _)| **known == *key)
    }

    fn add(&mut self, key: Arc<str>, value: Value) {
        self.members.push((key, value));
        let unindexed = match self.members.len() {
            ..=FEW => return,
            len if len == FEW + 1 => 0,
            len => len - 1,
        };
        for (at, (key, _)) in self.members.iter().enumerate().skip(unindexed) {
            self.index.insert(key.clone(), at);
        }
    }
}

/// Interned short strings.
#[derive(Default)]
pub(super) struct Texts(HashSet<Arc<str>>);

/// Length in bytes of the longest string that is interned.
const SHORT: usize = 48;

impl Texts {
    pub(super) fn get(&mut self, text: &str) -> Arc<str> {
        if text.len() > SHORT {
            return text.into();
        }
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        self.0.insert(text.clone());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_and_keep_their_order() {
        for count in [0, 1, FEW, FEW + 1, 5 * FEW] {
            let mut builder = Builder::default();
            let key = |n: usize| Arc::from(format!("key {n}"));
            for n in 0..count {
                assert!(!builder.insert(key(n), Value::Bool(false)));
            }
            for n in (0..count).step_by(2) {
                assert!(builder.insert(key(n), Value::Bool(true)));
                builder.insert_new(&key(n), &Value::Null);
            }
            let mapping = builder.build();
            assert_eq!(mapping.is_empty(), count == 0);
            assert_eq!(mapping.iter().count(), count);
            for (n, (name, value)) in mapping.iter().enumerate() {
                assert_eq!(**name, *format!("key {n}"));
                assert!(matches!(value, Value::Bool(flag) if *flag == (n % 2 == 0)));
                assert!(std::ptr::eq(mapping.get(name).unwrap().1, value));
            }
            assert!(mapping.get("key").is_none());
        }
    }

    #[test]
    fn a_value_is_small() {
        assert!(size_of::<Value>() <= 24);
    }
}
