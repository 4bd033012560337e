//! Reads a node of an undecided value as a type. Needs `object.rs`, `param.rs`, `pointer.rs`, `text.rs`, `undecided_tree.rs`.
//!
//! The reader counts the properties that the type doesn't declare.

use std::borrow::Cow;
use std::cell::Cell;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::undecided_tree::{Member, Node, Span, Tree};
use super::{FromParam, Grade, Mismatch, TOO_MANY_STEPS, UNDECIDED, UNDECLARED, is_index, placed};

/// The role of a node in the type that reads its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The root, or an item of a list.
    Item,
    /// A property requested by its name: declared, unless it is ignored.
    Named,
    /// An entry of a map: declared, unless any value is accepted.
    Entry,
    /// Inside of an undeclared property.
    Undeclared,
}

/// Deserializer of a node.
#[derive(Clone, Copy)]
pub(crate) struct At<'de> {
    tree: &'de Tree,
    node: u32,
    role: Role,
    /// A property to hide.
    without: Option<&'static str>,
}

impl<'de> At<'de> {
    pub(super) fn new(tree: &'de Tree, node: u32) -> Self {
        Self {
            tree,
            node,
            role: Role::Item,
            without: None,
        }
    }

    /// Hides a property.
    pub(super) fn hiding(self, property: &'static str) -> Self {
        Self {
            without: Some(property),
            ..self
        }
    }

    /// The value as JSON; text becomes strings.
    pub(super) fn value(&self) -> Value {
        self.tree.json(self.node)
    }

    /// The node; counts as a step.
    #[inline]
    fn step(&self) -> Result<&'de Node, Mismatch> {
        match self.tree.step() {
            true => Ok(self.tree.node(self.node)),
            false => Err(de::Error::custom(TOO_MANY_STEPS)),
        }
    }

    #[inline]
    fn child(&self, node: u32, role: Role) -> Self {
        let within_undeclared = self.role == Role::Undeclared;
        Self {
            node,
            role: if within_undeclared { self.role } else { role },
            without: None,
            ..*self
        }
    }

    fn count(&self, add: impl FnOnce(&mut Grade)) {
        let mut grade = self.tree.grade.get();
        add(&mut grade);
        self.tree.grade.set(grade);
    }

    /// Counts the property as undeclared.
    fn undeclared(mut self) -> Self {
        if self.role != Role::Undeclared {
            self.count(|grade| grade.undeclared += 1);
            self.role = Role::Undeclared;
        }
        self
    }

    fn visit<V: Visitor<'de>>(self, node: &'de Node, visitor: V) -> Result<V::Value, Mismatch> {
        match node {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Number(number) => number.deserialize_any(visitor).map_err(de::Error::custom),
            Node::String(text) | Node::Text(text, _) => {
                visitor.visit_borrowed_str(self.tree.text(*text))
            }
            Node::List(is_text, items) => {
                self.visit_items(self.tree.items(*items).into(), *is_text, visitor)
            }
            Node::Map(_, members) => self.visit_members(self.tree.members(*members), visitor),
        }
    }

    /// If an integer is requested, `3.0` is one (JSON Schema 2020-12, section 4.2.3).
    fn visit_integer<V: Visitor<'de>>(
        self,
        node: &'de Node,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let written = match node {
            Node::Number(number) if number.is_f64() => number.as_f64(),
            _ => None,
        };
        // The cast saturates, so a larger value stays too large.
        #[allow(clippy::cast_possible_truncation)]
        match written
            .filter(|value| value.fract() == 0.0)
            .map(|value| i64::try_from(value as i128))
        {
            Some(Ok(value)) => visitor.visit_i64(value),
            _ => self.visit(node, visitor),
        }
    }

    fn visit_items<V: Visitor<'de>>(
        self,
        items: Cow<'de, [u32]>,
        is_text: bool,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let length = items.len();
        let mut items = Items {
            of: self,
            items,
            next: 0,
            is_text,
        };
        let value = visitor.visit_seq(&mut items)?;
        if items.next == length || is_text {
            return Ok(value);
        }
        let expected: &dyn de::Expected = &"fewer elements in array";
        Err(de::Error::invalid_length(length, expected))
    }

    fn visit_members<V: Visitor<'de>>(
        self,
        members: &'de [Member],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_map(Members {
            of: self,
            members: members.iter(),
            value: None,
            is_by_name: Cell::new(false),
        })
    }
}

/// The items of a list; for text, errors contain their index.
struct Items<'de> {
    of: At<'de>,
    items: Cow<'de, [u32]>,
    /// Index of the next item.
    next: usize,
    is_text: bool,
}

impl<'de> SeqAccess<'de> for &mut Items<'de> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mismatch> {
        let number = self.next;
        let Some(item) = self.items.get(number).copied() else {
            return Ok(None);
        };
        self.next += 1;
        let item = seed.deserialize(self.of.child(item, Role::Item));
        item.map(Some).map_err(|error| match self.is_text {
            true => de::Error::custom(placed(&number.to_string(), error.to_string())),
            false => error,
        })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

/// The members of an object.
struct Members<'de> {
    of: At<'de>,
    members: std::slice::Iter<'de, Member>,
    value: Option<u32>,
    /// Whether the last name was requested as an identifier, which means that the type has declared properties.
    is_by_name: Cell<bool>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        let (tree, without) = (self.of.tree, self.of.without);
        let Some((name, value)) = self
            .members
            .find(|(name, _)| without.is_none_or(|without| tree.text(*name) != without))
        else {
            return Ok(None);
        };
        let name = tree.text(*name);
        self.value = Some(*value);
        self.is_by_name.set(false);
        let is_by_name = &self.is_by_name;
        seed.deserialize(Name { name, is_by_name }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let role = match self.is_by_name.get() {
            true => Role::Named,
            false => Role::Entry,
        };
        match self.value.take() {
            Some(value) => seed.deserialize(self.of.child(value, role)),
            None => Err(de::Error::custom("a value without a name")),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

/// The name of a member.
struct Name<'de, 'a> {
    name: &'de str,
    is_by_name: &'a Cell<bool>,
}

impl<'de> Deserializer<'de> for Name<'de, '_> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_borrowed_str(self.name)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.is_by_name.set(true);
        visitor.visit_borrowed_str(self.name)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map struct enum ignored_any
    }
}

/// Numbers, which may also be text.
macro_rules! numbers {
    ($($method:ident: $number:ty => $visit:ident or $other:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            match self.step()? {
                node @ Node::Text(text, _) => match <$number as FromParam>::from_param(self.tree.text(*text)) {
                    Ok(number) => {
                        if !is_written_as(&Value::from(number), self.tree.text(*text)) {
                            self.count(|grade| grade.changed += 1);
                        }
                        visitor.$visit(number)
                    }
                    Err(_) => self.visit(node, visitor),
                },
                node => self.$other(node, visitor),
            }
        }
    )*};
}

/// Whether a parsed number is equal to its text. A float may be written without a fraction.
fn is_written_as(number: &Value, text: &str) -> bool {
    let said = text.parse::<Number>().ok();
    said.is_some_and(|said| said.as_f64() == number.as_f64())
}

/// Types for which the request doesn't matter.
macro_rules! typed {
    ($($method:ident($($argument:ty),*)),*) => {$(
        fn $method<V: Visitor<'de>>(self, $(_: $argument,)* visitor: V) -> Result<V::Value, Mismatch> {
            self.visit(self.step()?, visitor)
        }
    )*};
}

/// Text nodes are read like `TextTree`, others like `serde_json::Value`.
impl<'de> Deserializer<'de> for At<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let node = self.step()?;
        let this = match self.role {
            Role::Entry => self.undeclared(),
            _ => self,
        };
        this.visit(node, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.undeclared();
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.step()? {
            node @ Node::Text(text, _) => match self.tree.text(*text) {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                _ => self.visit(node, visitor),
            },
            node => self.visit(node, visitor),
        }
    }

    numbers! {
        deserialize_i8: i64 => visit_i64 or visit_integer,
        deserialize_i16: i64 => visit_i64 or visit_integer,
        deserialize_i32: i64 => visit_i64 or visit_integer,
        deserialize_i64: i64 => visit_i64 or visit_integer,
        deserialize_u8: u64 => visit_u64 or visit_integer,
        deserialize_u16: u64 => visit_u64 or visit_integer,
        deserialize_u32: u64 => visit_u64 or visit_integer,
        deserialize_u64: u64 => visit_u64 or visit_integer,
        deserialize_f32: f64 => visit_f64 or visit,
        deserialize_f64: f64 => visit_f64 or visit
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.tree.node(self.node) {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match name {
            UNDECIDED => visitor.visit_i128(self.node.into()),
            UNDECLARED if self.role == Role::Named => visitor.visit_newtype_struct(Self {
                role: Role::Entry,
                ..self
            }),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.step()? {
            node @ Node::Map(true, members) => match listed(self.tree, *members) {
                Some(items) => self.visit_items(items.into(), true, visitor),
                None => self.visit(node, visitor),
            },
            Node::Text(_, within) => match within.map(|within| self.tree.node(within)) {
                Some(Node::List(_, items)) => {
                    self.visit_items(self.tree.items(*items).into(), false, visitor)
                }
                _ => self.visit_items(vec![self.node].into(), true, visitor),
            },
            node => self.visit(node, visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.step()? {
            node @ Node::Text(text, within) => match within.map(|within| self.tree.node(within)) {
                Some(Node::Map(_, members)) => {
                    self.visit_members(self.tree.members(*members), visitor)
                }
                _ if self.tree.text(*text).is_empty() => self.visit_members(&[], visitor),
                _ => self.visit(node, visitor),
            },
            Node::List(true, items) if self.tree.items(*items).is_empty() => {
                self.visit_members(&[], visitor)
            }
            node => self.visit(node, visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    typed! {
        deserialize_i128(), deserialize_u128(), deserialize_char(), deserialize_str(), deserialize_string(), deserialize_bytes(),
        deserialize_byte_buf(), deserialize_unit(), deserialize_unit_struct(&'static str),
        deserialize_enum(&'static str, &'static [&'static str]), deserialize_identifier()
    }
}

/// The items of a list that was written as an object, if it was; see `text.rs`.
fn listed(tree: &Tree, members: Span) -> Option<Vec<u32>> {
    let members = tree.members(members).iter();
    let members = members.map(|(key, value)| {
        let key = tree.text(*key);
        is_index(key).then(|| (key.parse().unwrap_or(u64::MAX), *value))
    });
    let mut members: Vec<(u64, u32)> = members.collect::<Option<_>>()?;
    members.sort_by_key(|(index, _)| *index);
    let mut items = Vec::with_capacity(members.len());
    for (index, value) in members {
        match tree.node(value) {
            // Items without an index come together.
            Node::List(_, within) if index == u64::MAX => items.extend(tree.items(*within)),
            _ => items.push(value),
        }
    }
    Some(items)
}
