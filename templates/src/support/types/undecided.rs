//! Values whose type isn't decided yet, which can be read as one type after the other. Needs `text.rs`, `undecided_reader.rs`,
//! `undecided_tree.rs`.
//!
//! The outermost union reads the value into a tree of numbered nodes. Unions inside it get the number of their node instead of a copy, so
//! that the result for a node is cached, however often the node is read.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, DeserializeOwned, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde_json::{Number, Value};

use super::UNDECIDED;
use super::undecided_reader::At;
use super::undecided_tree::{Mismatch, Node, Tree};

thread_local! {
    /// The tree that is being read. A thread-local, as serde passes no context to nested types.
    static CURRENT: RefCell<Option<Rc<Tree>>> = const { RefCell::new(None) };
}

/// Makes a tree the current one until it is dropped.
struct Reading(Option<Rc<Tree>>);

impl Reading {
    /// `None` if it is the current one already.
    fn of(tree: &Rc<Tree>) -> Option<Self> {
        CURRENT.with_borrow_mut(|current| match current {
            Some(current) if Rc::ptr_eq(current, tree) => None,
            current => Some(Self(current.replace(Rc::clone(tree)))),
        })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        CURRENT.with(|current| current.replace(self.0.take()));
    }
}

/// A value whose type isn't decided yet: a node of a tree.
#[derive(Debug, Clone)]
pub(crate) struct Undecided {
    pub(crate) tree: Rc<Tree>,
    pub(crate) node: u32,
}

thread_local! {
    /// A tree to reuse: most values are small, and the allocations of a new tree would take longer than reading them.
    static SPARE: Cell<Option<Rc<Tree>>> = const { Cell::new(None) };
}

impl Drop for Undecided {
    fn drop(&mut self) {
        if let Some(tree) = Rc::get_mut(&mut self.tree)
            && tree.is_small()
        {
            tree.clear();
            // Fails while the thread ends.
            let _ = SPARE.try_with(|spare| spare.set(Some(Rc::clone(&self.tree))));
        }
    }
}

/// An empty tree.
fn empty() -> Rc<Tree> {
    let spare = SPARE.try_with(Cell::take).ok().flatten();
    spare.unwrap_or_default()
}

impl Undecided {
    fn of<'de, D: Deserializer<'de>>(from: D, is_text: bool) -> Result<Self, D::Error> {
        Self::filled(|tree| tree.fill(from, is_text))
    }

    fn filled<E>(fill: impl FnOnce(&mut Tree) -> Result<u32, E>) -> Result<Self, E> {
        let mut tree = empty();
        // Nobody else has it yet.
        let node = Rc::get_mut(&mut tree).map_or(Ok(0), fill)?;
        Ok(Self { tree, node })
    }

    /// A value for which every variant is tried, even after a perfect match.
    pub(crate) fn counting_all(value: &Value) -> Option<Self> {
        let filled = Self::filled(|tree| {
            tree.counts_all = true;
            tree.fill(value, false)
        });
        filled.ok()
    }

    /// The value of a property.
    fn member(&self, property: &str) -> Option<&Node> {
        let Node::Map(_, members) = self.tree.within(self.node) else {
            return None;
        };
        Some(self.tree.node(self.tree.member(*members, property)?))
    }

    /// Whether a property exists.
    pub(crate) fn has(&self, property: &str) -> bool {
        self.member(property).is_some()
    }

    /// Whether it is text, which may be parsed as other kinds.
    pub(crate) fn is_text(&self) -> bool {
        matches!(
            self.tree.node(self.node),
            Node::Text(..) | Node::List(true, _) | Node::Map(true, _)
        )
    }

    /// The value of a property that is a string.
    pub(crate) fn text_of(&self, property: &str) -> Option<&str> {
        match self.member(property)? {
            Node::String(text) | Node::Text(text, _) => Some(self.tree.text(*text)),
            _ => None,
        }
    }

    /// Reads the value as a type.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        self.reading(|from| T::deserialize(from))
    }

    /// Reads the value with `read`.
    pub(crate) fn reading<'a, T>(
        &'a self,
        read: impl FnOnce(At<'a>) -> Result<T, Mismatch>,
    ) -> Result<T, Mismatch> {
        let _reading = Reading::of(&self.tree);
        read(At::new(&self.tree, self.node))
    }

    /// The value at a JSON pointer, relative to this one.
    pub(crate) fn at(&self, pointer: &str) -> Option<Self> {
        let mut node = self.node;
        for token in pointer.split('/').skip(1) {
            node = match self.tree.node(node) {
                Node::List(_, items) => {
                    *self.tree.items(*items).get(token.parse::<usize>().ok()?)?
                }
                Node::Map(_, members) => {
                    let name = token.replace("~1", "/").replace("~0", "~");
                    self.tree.member(*members, &name)?
                }
                _ => return None,
            };
        }
        Some(Self {
            tree: Rc::clone(&self.tree),
            node,
        })
    }
}

/// Reads a value into a tree, unless it is a node of one already.
pub(crate) struct UndecidedVisitor;

/// For readers that ignore the request and respond with a plain value.
fn from_plain<'de, E: de::Error>(value: impl IntoDeserializer<'de, E>) -> Result<Undecided, E> {
    Undecided::of(value.into_deserializer(), false)
}

/// Receives the reader's response to the request for an undecided value; formats that ignore hints respond with the value itself.
impl<'de> Visitor<'de> for UndecidedVisitor {
    type Value = Undecided;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Undecided, D::Error> {
        Undecided::of(from, false)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Undecided, D::Error> {
        Undecided::of(from, true)
    }

    /// The number of a node; no format responds with an integer of this width.
    fn visit_i128<E: de::Error>(self, node: i128) -> Result<Undecided, E> {
        let tree = CURRENT.with(|current| current.borrow().clone());
        match (tree, u32::try_from(node)) {
            (Some(tree), Ok(node)) => Ok(Undecided { tree, node }),
            _ => Err(E::invalid_type(Unexpected::Other("number"), &self)),
        }
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Undecided, E> {
        from_plain(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Undecided, E> {
        from_plain(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Undecided, E> {
        from_plain(value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Undecided, E> {
        from_plain(value)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Undecided, E> {
        from_plain(value)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Undecided, E> {
        from_plain(())
    }

    fn visit_none<E: de::Error>(self) -> Result<Undecided, E> {
        from_plain(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Undecided, A::Error> {
        Undecided::of(SeqAccessDeserializer::new(items), false)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Undecided, A::Error> {
        Undecided::of(MapAccessDeserializer::new(members), false)
    }
}

/// The kinds of JSON values in JSON Schema. Text counts as every kind that it can be parsed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    /// An object that isn't read as a struct.
    Map,
}

impl Kind {
    /// Whether a value is of this kind.
    pub(crate) fn is_of(self, value: &Undecided) -> bool {
        let tree = &value.tree;
        let within = || tree.within(value.node);
        match (self, tree.node(value.node)) {
            (Self::Boolean, Node::Text(text, _)) => matches!(tree.text(*text), "true" | "false"),
            (Self::Number, Node::Text(text, _)) => tree.text(*text).parse::<Number>().is_ok(),
            (Self::Null, Node::Null)
            | (Self::Boolean, Node::Bool(_))
            | (Self::Number, Node::Number(_))
            | (Self::String, Node::String(_) | Node::Text(..)) => true,
            (Self::Array, _) => matches!(within(), Node::List(..)),
            (Self::Object | Self::Map, _) => matches!(within(), Node::Map(..)),
            _ => false,
        }
    }
}
