//! The syntax of a text that may be broken, as it is while somebody types.
//!
//! In: the text of a YAML or JSON file, up to its end or to the cursor. Out: a [`Tree`] of what can be made out, with the place of each key
//! and value, and what is about to be written at the cursor. Never fails: what is odd belongs to what is around it. Takes time in proportion
//! to the text. Doesn't know OpenAPI.
//!
//! The parsers of [`source`](crate::source) stay the authority on what a file says; this only tells where in it something is.

mod block;
mod flow;
#[cfg(test)]
mod tests;

use crate::source::Pointer;
use std::borrow::Cow;

/// A range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether a cursor is within it, or at one of its ends.
    fn touches(self, offset: usize) -> bool {
        (self.start..=self.end).contains(&offset)
    }

    /// The text in this range; empty if it isn't one of this text.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A node, as an index into its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing is written yet.
    Empty,
    Scalar,
    Mapping,
    Sequence,
}

/// The root, a member of a mapping, or an item of a list.
#[derive(Debug)]
struct Node {
    parent: NodeId,
    kind: Kind,
    /// The key as written, of a member.
    key: Option<Span>,
    /// The value as written. Of a block collection, from its first key or dash to the end of its last value.
    value: Span,
    /// The position among the items around it.
    index: u32,
    /// The number of its items or members so far.
    count: u32,
    /// The next node after this one and its descendants; 0 as long as it isn't closed.
    next: u32,
}

#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// What is about to be written at the end of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cursor {
    /// A key of a mapping, with what is written of it.
    Key(NodeId, Span),
    /// A scalar as the value of a node.
    Value(NodeId, Span),
    /// Either a scalar as the value of a node, or the first key of a mapping there.
    Either(NodeId, Span),
    /// Nothing that could be guessed: a comment, prose, the end of something.
    Nothing,
}

/// What is beneath a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beneath {
    pub(super) node: NodeId,
    /// Whether it is at the key, not at the value.
    pub(super) is_key: bool,
}

impl Tree {
    /// The tree of a text.
    pub(super) fn of(text: &str) -> Self {
        Self::before(text).0
    }

    /// The tree of the text before a cursor, and what is about to be written there.
    pub(super) fn before(text: &str) -> (Self, Cursor) {
        let mut tree = Self {
            nodes: vec![Node {
                parent: NodeId(0),
                kind: Kind::Empty,
                key: None,
                value: Span::default(),
                index: 0,
                count: 0,
                next: 0,
            }],
        };
        let begin = text.len()
            - text
                .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
                .len();
        let is_flow = text[begin..].starts_with(['{', '[']);
        let cursor = if is_flow {
            flow::read(&mut tree, text, NodeId(0), begin, None).cursor
        } else {
            block::read(&mut tree, text)
        };
        tree.finish(text.len());
        (tree, cursor)
    }

    /// The whole description.
    pub(super) fn root() -> NodeId {
        NodeId(0)
    }

    pub(super) fn kind(&self, node: NodeId) -> Kind {
        self.node(node).kind
    }

    /// The range of the key as written, quotes included.
    pub(super) fn key(&self, node: NodeId) -> Option<Span> {
        self.node(node).key
    }

    /// The range of the value as written.
    pub(super) fn value(&self, node: NodeId) -> Span {
        self.node(node).value
    }

    /// The range of key and value.
    pub(super) fn whole(&self, node: NodeId) -> Span {
        let Node { key, value, .. } = self.node(node);
        match key {
            Some(key) => Span::new(key.start, value.end.max(key.end)),
            None => *value,
        }
    }

    /// The name of a member; of an item, its position.
    pub(super) fn name<'t>(&self, node: NodeId, text: &'t str) -> Cow<'t, str> {
        let Node { key, index, .. } = self.node(node);
        match key {
            Some(key) => plain(key.of(text)),
            None => Cow::Owned(index.to_string()),
        }
    }

    /// A scalar, without its quotes.
    pub(super) fn text<'t>(&self, node: NodeId, text: &'t str) -> Option<Cow<'t, str>> {
        let Node { kind, value, .. } = self.node(node);
        (*kind == Kind::Scalar).then(|| plain(value.of(text)))
    }

    /// The node around another one; `None` for the root.
    pub(super) fn parent(&self, node: NodeId) -> Option<NodeId> {
        (node.0 > 0).then(|| self.node(node).parent)
    }

    /// The members of a mapping, or the items of a list.
    pub(super) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.node(node).next;
        let within = move |child: &u32| *child < end;
        let first = Some(node.0 + 1).filter(within);
        let all = std::iter::successors(first, move |child| {
            let next = self.node(NodeId(*child)).next;
            Some(next).filter(|next| next > child).filter(within)
        });
        all.map(NodeId)
    }

    /// The member with this name, or the item at this position; of duplicate members the last one.
    pub(super) fn child(&self, node: NodeId, name: &str, text: &str) -> Option<NodeId> {
        let children = self.children(node);
        children
            .filter(|child| self.name(*child, text) == name)
            .last()
    }

    /// What the tokens of a pointer lead to.
    pub(super) fn find(&self, tokens: &[&str], text: &str) -> Option<NodeId> {
        let mut tokens = tokens.iter();
        tokens.try_fold(Self::root(), |at, token| self.child(at, token, text))
    }

    /// The pointer that leads to a node.
    pub(super) fn pointer(&self, node: NodeId, text: &str) -> Pointer {
        let mut names = Vec::new();
        let mut at = node;
        while let Some(parent) = self.parent(at) {
            names.push(self.name(at, text));
            at = parent;
        }
        let names = names.into_iter().rev();
        names.fold(Pointer::root(), |pointer, name| pointer.join(&*name))
    }

    /// What is at an offset: the innermost key or value there.
    pub(super) fn beneath(&self, offset: usize) -> Option<Beneath> {
        let mut at = Self::root();
        loop {
            let mut around = self.children(at);
            // Of two that meet at the offset, the first one: the cursor is after its last character.
            let child = around.find(|child| self.whole(*child).touches(offset))?;
            let is_key = self.key(child).is_some_and(|key| key.touches(offset));
            let is_leaf = matches!(self.kind(child), Kind::Scalar | Kind::Empty);
            if is_key || is_leaf {
                let is_written = is_key || self.value(child).touches(offset);
                return is_written.then_some(Beneath {
                    node: child,
                    is_key,
                });
            }
            at = child;
        }
    }

    fn node(&self, node: NodeId) -> &Node {
        // Ids come from this tree; those of another one would lead to its root.
        self.nodes.get(node.0 as usize).unwrap_or(&self.nodes[0])
    }

    fn node_mut(&mut self, node: NodeId) -> &mut Node {
        let at = if (node.0 as usize) < self.nodes.len() {
            node.0 as usize
        } else {
            0
        };
        &mut self.nodes[at]
    }

    /// Adds a member, or an item that begins at an offset.
    fn add(&mut self, parent: NodeId, key: Option<Span>, offset: usize) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let around = self.node_mut(parent);
        let index = around.count;
        around.count += 1;
        self.nodes.push(Node {
            parent,
            kind: Kind::Empty,
            key,
            value: Span::new(offset, offset),
            index,
            count: 0,
            next: 0,
        });
        id
    }

    /// Says what a node is. What it was before was the beginning of it, or a mistake.
    fn set(&mut self, node: NodeId, kind: Kind, value: Span) {
        let node = self.node_mut(node);
        (node.kind, node.value) = (kind, value);
    }

    /// Ends a node, after its descendants, at an offset.
    fn close(&mut self, node: NodeId, end: usize) {
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let node = self.node_mut(node);
        node.next = next;
        node.value.end = end.max(node.value.start);
    }

    /// Ends what is open still, which are the last nodes and those around them; scalars have nothing within.
    fn finish(&mut self, end: usize) {
        let all = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        for (at, node) in self.nodes.iter_mut().enumerate() {
            if node.next > 0 {
                continue;
            }
            if matches!(node.kind, Kind::Mapping | Kind::Sequence) {
                node.next = all;
                node.value.end = end;
            } else {
                node.next = u32::try_from(at + 1).unwrap_or(u32::MAX);
            }
        }
    }
}

/// A key or scalar without quotes and escapes; as written if they are broken.
pub(super) fn plain(written: &str) -> Cow<'_, str> {
    if let Some(inner) = written.strip_prefix('\'') {
        let inner = inner.strip_suffix('\'').unwrap_or(inner);
        return if inner.contains("''") {
            Cow::Owned(inner.replace("''", "'"))
        } else {
            Cow::Borrowed(inner)
        };
    }
    let Some(inner) = written.strip_prefix('"') else {
        return Cow::Borrowed(written);
    };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    serde_json::from_str(written).map_or(Cow::Borrowed(inner), Cow::Owned)
}

/// Length of the quoted scalar that a text begins with, if it ends in this line; else that of the rest of the line.
fn quoted(text: &str) -> (usize, bool) {
    let mut bytes = text.bytes().enumerate();
    let quote = bytes.next().map(|(_, quote)| quote);
    let mut escaped = false;
    for (at, byte) in bytes {
        match byte {
            b'\n' => return (at, false),
            _ if escaped => escaped = false,
            b'\\' if quote == Some(b'"') => escaped = true,
            // A quote is doubled in single quotes.
            _ if Some(byte) == quote => {
                let doubled = byte == b'\'' && text.as_bytes().get(at + 1) == Some(&byte);
                if !doubled {
                    return (at + 1, true);
                }
                escaped = true;
            }
            _ => {}
        }
    }
    (text.len(), false)
}
