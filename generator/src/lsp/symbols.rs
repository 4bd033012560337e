//! The outline of a document: its paths with their operations, and its definitions.

use super::documents::Document;
use super::tree::{Kind, NodeId, Span, Tree};
use crate::document::{Object, Part};
use std::borrow::Cow;

/// What a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A part of the document.
    Section,
    Path,
    Operation,
    Schema,
    /// Any other definition.
    Definition,
}

/// A symbol.
#[derive(Debug)]
pub(super) struct Symbol {
    pub(super) name: String,
    /// Of an operation, its operationId.
    pub(super) detail: Option<String>,
    pub(super) what: What,
    pub(super) whole: Span,
    pub(super) key: Span,
    pub(super) children: Vec<Symbol>,
}

/// The symbols of a document; of one that isn't a description, its members.
pub(super) fn symbols(document: &Document) -> Vec<Symbol> {
    let outliner = Outliner {
        tree: document.tree(),
        text: &document.text,
    };
    if document.is_entry() {
        return outliner.sections(Tree::root(), Part::DESCRIPTION);
    }
    outliner.members(Tree::root(), |node, _| {
        Some(outliner.symbol(node, What::Definition, Vec::new()))
    })
}

struct Outliner<'a> {
    tree: &'a Tree,
    text: &'a str,
}

impl Outliner<'_> {
    fn members(&self, node: NodeId, make: impl Fn(NodeId, &str) -> Option<Symbol>) -> Vec<Symbol> {
        if self.tree.kind(node) != Kind::Mapping {
            return Vec::new();
        }
        let members = self.tree.children(node);
        members
            .filter_map(|member| make(member, &self.tree.name(member, self.text)))
            .collect()
    }

    fn symbol(&self, node: NodeId, what: What, children: Vec<Symbol>) -> Symbol {
        let whole = self.tree.whole(node);
        Symbol {
            name: self.tree.name(node, self.text).into_owned(),
            detail: None,
            what,
            whole,
            key: self.tree.key(node).unwrap_or(whole),
            children,
        }
    }

    /// The members of a description or its components that are worth a symbol, as the specification has them.
    fn sections(&self, node: NodeId, part: Part) -> Vec<Symbol> {
        self.members(node, |node, name| {
            let definitions =
                |what| self.members(node, |node, _| Some(self.symbol(node, what, Vec::new())));
            let children = match part.step(name)? {
                Part::Named(Object::PathItem) | Part::Patterned(Object::PathItem) => {
                    self.members(node, |node, _| Some(self.path(node)))
                }
                Part::Named(Object::Schema) => definitions(What::Schema),
                Part::Named(_) | Part::Patterned(_) | Part::Callbacks => {
                    definitions(What::Definition)
                }
                components @ Part::Of(Object::Components) => self.sections(node, components),
                Part::Of(_) => Vec::new(),
                Part::Value => return None,
            };
            Some(self.symbol(node, What::Section, children))
        })
    }

    fn path(&self, node: NodeId) -> Symbol {
        let operations = self.members(node, |node, name| {
            let field = Part::Of(Object::PathItem).step(&name.to_ascii_lowercase());
            if field != Some(Part::Of(Object::Operation)) {
                return None;
            }
            let id = self.tree.child(node, "operationId", self.text);
            let id = id.and_then(|id| self.tree.text(id, self.text));
            let mut symbol = self.symbol(node, What::Operation, Vec::new());
            symbol.name = name.to_uppercase();
            symbol.detail = id.map(Cow::into_owned);
            Some(symbol)
        });
        self.symbol(node, What::Path, operations)
    }
}
