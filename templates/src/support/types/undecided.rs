//! Values whose type isn't decided yet, which can be read as one type after the other. Needs `text.rs`, `undecided_reader.rs`,
//! `undecided_tree.rs`.
//!
//! The outermost union reads the value into a tree of numbered nodes. Unions inside it get the number of their node instead of a copy, so
//! that the result for a node is cached, however often the node is read.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, DeserializeOwned, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde_json::Value;

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

impl Undecided {
    fn of<'de, D: Deserializer<'de>>(from: D, is_text: bool) -> Result<Self, D::Error> {
        let (tree, node) = Tree::of(from, is_text)?;
        let tree = Rc::new(tree);
        Ok(Self { tree, node })
    }

    /// A value for which every variant is tried, even after a perfect match.
    pub(crate) fn counting_all(value: &Value) -> Option<Self> {
        let (mut tree, node) = Tree::of(value, false).ok()?;
        tree.counts_all = true;
        let tree = Rc::new(tree);
        Some(Self { tree, node })
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
pub(crate) fn buffered<'de, D: Deserializer<'de>>(from: D) -> Result<Undecided, D::Error> {
    from.deserialize_newtype_struct(UNDECIDED, UndecidedVisitor)
}

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
pub(crate) mod kind {
    use serde_json::Number;

    use super::{Node, Undecided};

    fn node(value: &Undecided) -> &Node {
        value.tree.node(value.node)
    }

    pub(crate) fn null(value: &Undecided) -> bool {
        matches!(node(value), Node::Null)
    }

    pub(crate) fn boolean(value: &Undecided) -> bool {
        match node(value) {
            Node::Bool(_) => true,
            Node::Text(text, _) => matches!(value.tree.text(*text), "true" | "false"),
            _ => false,
        }
    }

    pub(crate) fn number(value: &Undecided) -> bool {
        match node(value) {
            Node::Number(_) => true,
            Node::Text(text, _) => value.tree.text(*text).parse::<Number>().is_ok(),
            _ => false,
        }
    }

    pub(crate) fn string(value: &Undecided) -> bool {
        matches!(node(value), Node::String(_) | Node::Text(..))
    }

    pub(crate) fn array(value: &Undecided) -> bool {
        matches!(value.tree.within(value.node), Node::List(..))
    }

    pub(crate) fn object(value: &Undecided) -> bool {
        matches!(value.tree.within(value.node), Node::Map(..))
    }
}
