//! Bodies in XML, read and written by the code of generated crates.
//!
//! In: the tables of the IR (`lower/xml.rs`). Out: tables as that code has them.

use super::support::types::{
    ANY, ReadError, TEXT, TOKEN, TextTree, Xml, XmlMember, XmlName, XmlNode, XmlShape, tree_of_xml,
    xml_of_tree,
};
use crate::ir::{self, Api, TypeId, XmlRef};
use serde_json::Value;
use std::collections::HashMap;

/// Levels of nesting that have tables; how deeper ones are read follows from what they contain.
const LEVELS: usize = 24;

/// What no table is about: each property is an element of its name.
pub(super) static ANYTHING: Xml = Xml {
    name: XmlName::new("root"),
    shape: XmlShape::Any,
};

/// The tables of types so far. They live as long as the process, as those of generated crates do.
#[derive(Debug, Default)]
pub(super) struct XmlTables {
    known: HashMap<(TypeId, usize), &'static Xml>,
}

impl XmlTables {
    /// The table of the body with this type.
    pub(super) fn of(&mut self, api: &Api, ty: TypeId) -> &'static Xml {
        self.table(api, ty, LEVELS)
    }

    /// A `static` may refer to itself. Here each level of nesting has a table of its own, which refers to those of the next one.
    fn table(&mut self, api: &Api, ty: TypeId, levels: usize) -> &'static Xml {
        if let Some(known) = self.known.get(&(ty, levels)) {
            return known;
        }
        let (Some(described), Some(levels_within)) = (api.xml.get(&ty), levels.checked_sub(1))
        else {
            return &ANY;
        };
        let mut within = |of: XmlRef| match of {
            XmlRef::Text => &TEXT,
            XmlRef::Token => &TOKEN,
            XmlRef::Any => &ANY,
            XmlRef::Type(ty) => self.table(api, ty, levels_within),
        };
        let shape = match &described.shape {
            ir::XmlShape::Value(XmlRef::Text) => XmlShape::Text,
            ir::XmlShape::Value(XmlRef::Token) => XmlShape::Token,
            ir::XmlShape::Value(XmlRef::Any | XmlRef::Type(_)) => XmlShape::Any,
            ir::XmlShape::Object { members, others } => XmlShape::Object {
                members: members
                    .iter()
                    .map(|one| member(one, within(one.ty)))
                    .collect::<Vec<_>>()
                    .leak(),
                others: within(*others),
            },
            ir::XmlShape::List { item, items } => XmlShape::List {
                item: item.as_ref().map_or(XmlName::NONE, name),
                items: within(*items),
            },
        };
        let name = name(&described.name);
        let table: &'static Xml = Box::leak(Box::new(Xml { name, shape }));
        self.known.insert((ty, levels), table);
        table
    }
}

fn member(member: &ir::XmlMember, ty: &'static Xml) -> XmlMember {
    let key = text(&member.key);
    let made = match member.node {
        ir::XmlNode::Element => XmlMember::element(key, ty),
        ir::XmlNode::Attribute => XmlMember::attribute(key, ty),
        ir::XmlNode::Text => XmlMember::text(key, ty),
        ir::XmlNode::Cdata => XmlMember::cdata(key, ty),
        ir::XmlNode::Inline => XmlMember::inline(key, ty),
    };
    let made = made.named(name(&member.name));
    // Absence only matters if an empty text or list looks the same.
    let is_told = matches!(
        made.node(),
        XmlNode::Text | XmlNode::Cdata | XmlNode::Inline
    );
    if member.required && is_told {
        made.required()
    } else {
        made
    }
}

fn name(name: &ir::XmlName) -> XmlName<'static> {
    XmlName::within(text(&name.local), text(&name.prefix), text(&name.namespace))
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// Reads a document.
///
/// # Errors
/// It isn't XML, or XML that generated servers don't read either.
pub(super) fn read(document: &[u8], xml: &'static Xml) -> Result<TextTree, ReadError> {
    tree_of_xml(document, xml)
}

/// Writes a value as a document; `None` if it has a character that XML doesn't have.
pub(super) fn written(value: &Value, xml: &'static Xml) -> Option<String> {
    xml_of_tree(&TextTree::of(value).ok()?, xml).ok()
}

/// Whether a media type is XML.
pub(super) fn is_xml(essence: &str) -> bool {
    essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml")
}
