//! Values as the text of parameters and forms. Needs `param.rs`, `pointer.rs`, `read.rs`.
//!
//! Formats without JSON's types hold trees of text. A value is converted to such a tree by way of JSON, and back by a deserializer that
//! reads text as whatever type is requested: `5` is a number for a numeric field and a string for a string field.

use std::fmt;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor, value,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{FromParam, ReadError, placed};

/// A value as a tree of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextTree {
    /// `null`.
    Null,
    /// A string, a number, or a boolean.
    Leaf {
        /// The value.
        text: String,
        /// Whether it is a string in JSON.
        is_string: bool,
    },
    /// A list.
    List(Vec<TextTree>),
    /// An object, in its original order.
    Map(Vec<(String, TextTree)>),
}

impl TextTree {
    /// Creates a leaf from text that was read.
    #[must_use]
    pub fn leaf(text: impl Into<String>) -> Self {
        Self::Leaf {
            text: text.into(),
            is_string: true,
        }
    }

    /// Converts a value.
    ///
    /// # Errors
    /// The value can't be written as JSON, for example a map whose keys aren't strings.
    pub fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, serde_json::Error> {
        let json = serde_json::to_string(value)?;
        // serde_json reads at most 127 levels, but a value from XML may have more.
        serde_json::from_str(&json).or_else(|_| Self::of_deep(&json))
    }

    /// Converts JSON text written by `serde_json`, with any nesting.
    fn of_deep(json: &str) -> Result<Self, serde_json::Error> {
        // Open lists and objects, outermost first, each with its name if it is a property.
        let mut open = vec![(String::new(), Self::List(Vec::new()))];
        let mut name = String::new();
        let mut rest = json;
        while let Some(first) = rest.chars().next() {
            let (token, behind) = rest.split_at(length_of_token(rest));
            let value = match first {
                '{' | '[' => {
                    let empty = if first == '{' {
                        Self::Map(Vec::new())
                    } else {
                        Self::List(Vec::new())
                    };
                    open.push((std::mem::take(&mut name), empty));
                    None
                }
                '}' | ']' => open.pop(),
                ',' | ':' => None,
                _ if behind.starts_with(':') => {
                    name = serde_json::from_str(token)?;
                    None
                }
                _ => Some((std::mem::take(&mut name), serde_json::from_str(token)?)),
            };
            match (value, open.last_mut()) {
                (Some((_, value)), Some((_, Self::List(items)))) => items.push(value),
                (Some(property), Some((_, Self::Map(members)))) => members.push(property),
                _ => {}
            }
            rest = behind;
        }
        let whole = match open.pop() {
            Some((_, Self::List(mut items))) => items.pop(),
            _ => None,
        };
        whole.ok_or_else(|| serde::ser::Error::custom("is no JSON"))
    }

    /// Reads a value from the tree.
    ///
    /// # Errors
    /// Says which value doesn't match its type, without repeating the text.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, ReadError> {
        T::deserialize(self).map_err(|error| ReadError::of_message(&error.0))
    }

    /// The tree as JSON, for formats without another way to nest lists and objects.
    pub fn to_json(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Leaf {
                text,
                is_string: true,
            } => Value::from(text.as_str()).to_string(),
            Self::Leaf { text, .. } => text.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::to_json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Map(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| {
                        format!("{}:{}", Value::from(name.as_str()), value.to_json())
                    })
                    .collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    /// The tree as the text of one value: the text itself, or JSON. `None` for null.
    pub fn to_value(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Leaf { text, .. } => Some(text.clone()),
            other => Some(other.to_json()),
        }
    }
}

/// Length of the token at the start of JSON text without white space.
fn length_of_token(json: &str) -> usize {
    let length = match json.as_bytes().first() {
        Some(b'"') => {
            let mut escaped = false;
            let end = json.bytes().skip(1).position(|byte| {
                let is_end = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                is_end
            });
            end.map(|end| end + 2)
        }
        Some(b'{' | b'}' | b'[' | b']' | b',' | b':') => Some(1),
        _ => json.find([',', '}', ']']),
    };
    length.unwrap_or(json.len())
}

impl<'de> Deserialize<'de> for TextTree {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

/// A value that isn't a string in JSON.
fn bare(text: impl fmt::Display) -> TextTree {
    TextTree::Leaf {
        text: text.to_string(),
        is_string: false,
    }
}

impl<'de> Visitor<'de> for TextVisitor {
    type Value = TextTree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<TextTree, E> {
        Ok(bare(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<TextTree, E> {
        Ok(bare(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<TextTree, E> {
        Ok(bare(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<TextTree, E> {
        Ok(bare(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<TextTree, E> {
        Ok(TextTree::leaf(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<TextTree, E> {
        Ok(TextTree::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<TextTree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(TextTree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<TextTree, A::Error> {
        let mut map = Vec::new();
        while let Some(member) = members.next_entry()? {
            map.push(member);
        }
        Ok(TextTree::Map(map))
    }
}

impl From<Value> for TextTree {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => bare(value),
            Value::Number(number) => bare(number),
            Value::String(text) => Self::leaf(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => Self::Map(
                members
                    .into_iter()
                    .map(|(name, value)| (name, Self::from(value)))
                    .collect(),
            ),
        }
    }
}

impl From<TextTree> for Value {
    fn from(text: TextTree) -> Self {
        match text {
            TextTree::Null => Self::Null,
            TextTree::Leaf { text, .. } => Self::String(text),
            TextTree::List(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            TextTree::Map(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name, Self::from(value)))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

/// Error message of reading text; begins with a JSON pointer if the place is known.
#[derive(Debug)]
pub struct TextTreeError(String);

impl fmt::Display for TextTreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TextTreeError {}

impl de::Error for TextTreeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The newtype name with which a union requests a value of an undecided type. A reader of text responds with `visit_some`, others with
/// `visit_newtype_struct`.
pub(crate) const UNDECIDED: &str = "$undecided";

/// Whether a key is the index of a list item: digits, or empty.
pub(crate) fn is_index(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether members are a list even if no list is requested: the keys are `0`, `1`, … without gaps, or one is empty (`a[]=x`). Other numeric
/// keys may be ids.
fn is_numbered(members: &[(String, TextTree)]) -> bool {
    // The keys are distinct, so if all of them are below their number, there are no gaps.
    let is_number = |key: &str| {
        let is_plain = is_index(key) && (key == "0" || !key.starts_with('0'));
        is_plain
            && key
                .parse()
                .is_ok_and(|number: usize| number < members.len())
    };
    match members {
        [] => false,
        [(key, _)] if key.is_empty() => true,
        members => members.iter().all(|(key, _)| is_number(key)),
    }
}

/// A list that was written as an object: `a[0]=x&a[1]=y`.
fn listed(members: Vec<(String, TextTree)>) -> Vec<TextTree> {
    let mut members: Vec<(u64, TextTree)> = members
        .into_iter()
        .map(|(key, value)| (key.parse().unwrap_or(u64::MAX), value))
        .collect();
    members.sort_by_key(|(index, _)| *index);
    members
        .into_iter()
        .flat_map(|(index, value)| match value {
            // Items without an index come together.
            TextTree::List(items) if index == u64::MAX => items,
            value => vec![value],
        })
        .collect()
}

/// Parses a leaf as JSON if a list or an object is requested, as this is how nested values are written.
///
/// Inside of it, values have JSON's types.
pub(crate) fn json_within(text: &str) -> Option<Value> {
    let value = text
        .starts_with(['[', '{'])
        .then(|| serde_json::from_str(text));
    value?.ok()
}

/// Items of a list; errors contain their index.
struct Items {
    items: std::iter::Enumerate<std::vec::IntoIter<TextTree>>,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = TextTreeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TextTreeError> {
        let Some((number, item)) = self.items.next() else {
            return Ok(None);
        };
        let item = seed.deserialize(item);
        item.map(Some)
            .map_err(|error| TextTreeError(placed(&number.to_string(), error.0)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

fn visit_items<'de, V: Visitor<'de>>(
    items: Vec<TextTree>,
    visitor: V,
) -> Result<V::Value, TextTreeError> {
    visitor.visit_seq(Items {
        items: items.into_iter().enumerate(),
    })
}

fn visit_members<'de, V: Visitor<'de>>(
    members: Vec<(String, TextTree)>,
    visitor: V,
) -> Result<V::Value, TextTreeError> {
    visitor.visit_map(value::MapDeserializer::new(members.into_iter()))
}

macro_rules! from_text {
    ($($method:ident: $plain:ty => $visit:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TextTreeError> {
            match &self {
                TextTree::Leaf { text, .. } => match <$plain as FromParam>::from_param(text) {
                    Ok(value) => visitor.$visit(value),
                    Err(expected) => {
                        // The requested type may accept text too; otherwise the error is the same as for any other parameter.
                        let taken = self.deserialize_any(visitor);
                        taken.map_err(|_| de::Error::custom(expected))
                    }
                },
                _ => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for TextTree {
    type Error = TextTreeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TextTreeError> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Leaf { text, .. } => visitor.visit_string(text),
            Self::List(items) => visit_items(items, visitor),
            Self::Map(members) if is_numbered(&members) => visit_items(listed(members), visitor),
            Self::Map(members) => visit_members(members, visitor),
        }
    }

    from_text! {
        deserialize_bool: bool => visit_bool,
        deserialize_i8: i8 => visit_i8,
        deserialize_i16: i16 => visit_i16,
        deserialize_i32: i32 => visit_i32,
        deserialize_i64: i64 => visit_i64,
        deserialize_u8: u8 => visit_u8,
        deserialize_u16: u16 => visit_u16,
        deserialize_u32: u32 => visit_u32,
        deserialize_u64: u64 => visit_u64,
        deserialize_f32: f64 => visit_f64,
        deserialize_f64: f64 => visit_f64
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TextTreeError> {
        match self {
            Self::Null => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, TextTreeError> {
        if name == UNDECIDED {
            visitor.visit_some(self)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TextTreeError> {
        match self {
            Self::Map(members) if members.iter().all(|(key, _)| is_index(key)) => {
                visit_items(listed(members), visitor)
            }
            Self::Leaf { text, is_string } => match json_within(&text) {
                Some(list @ Value::Array(_)) => {
                    list.deserialize_any(visitor).map_err(de::Error::custom)
                }
                _ => visit_items(vec![Self::Leaf { text, is_string }], visitor),
            },
            Self::Map(members) => visit_members(members, visitor),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, TextTreeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, TextTreeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TextTreeError> {
        match self {
            Self::Leaf { text, is_string } => match json_within(&text) {
                Some(map @ Value::Object(_)) => {
                    map.deserialize_any(visitor).map_err(de::Error::custom)
                }
                _ if text.is_empty() => visit_members(Vec::new(), visitor),
                _ => Self::Leaf { text, is_string }.deserialize_any(visitor),
            },
            Self::List(items) if items.is_empty() => visit_members(Vec::new(), visitor),
            Self::Map(members) => visit_members(members, visitor),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TextTreeError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, TextTreeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct enum identifier
    }
}

impl IntoDeserializer<'_, TextTreeError> for TextTree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
