//! Plans the tables of how types are written in XML.

use super::Planner;
use super::doc::{self, Doc};
use super::names::{self, Case, Wanted};
use super::operations::{Group, Operation, Payload};
use super::rust::Ident;
use super::type_names::RoleNames;
use crate::ir::{self, Api, TypeId};
pub use crate::ir::{XmlName, XmlNode};
use std::collections::BTreeMap;

/// A constant such as `pub static PET: Xml = Xml { … };`.
#[derive(Debug, Clone)]
pub struct XmlTable {
    pub doc: Doc,
    /// The constant: `PET`.
    pub constant: Ident,
    /// The name of the root element.
    pub name: XmlName,
    /// The content of an element of the type.
    pub shape: XmlShape,
}

/// The content of an element.
#[derive(Debug, Clone)]
pub enum XmlShape {
    /// A scalar, or anything.
    Value(XmlRef),
    /// An object.
    Object {
        /// The declared properties.
        members: Vec<XmlMember>,
        /// The values of additional properties.
        others: XmlRef,
    },
    /// A list.
    List {
        /// The name of item elements, if they have one of their own.
        item: Option<XmlName>,
        /// The values of the items.
        items: XmlRef,
    },
}

impl XmlShape {
    /// The tables that it refers to.
    fn tables(&self) -> impl Iterator<Item = &Ident> {
        let (own, members) = match self {
            Self::Value(only) | Self::List { items: only, .. } => (only, &[][..]),
            Self::Object { members, others } => (others, &members[..]),
        };
        let all = members.iter().map(|member| &member.ty).chain([own]);
        all.filter_map(|value| match value {
            XmlRef::Table(constant) => Some(constant),
            XmlRef::Text | XmlRef::Token | XmlRef::Any => None,
        })
    }
}

/// The content of an element or an attribute.
#[derive(Debug, Clone)]
pub enum XmlRef {
    /// Text, including white space.
    Text,
    /// A number, a date or the like.
    Token,
    Any,
    /// That of another table.
    Table(Ident),
}

/// A property.
#[derive(Debug, Clone)]
pub struct XmlMember {
    /// The name in JSON.
    pub key: String,
    /// The name of its element or attribute.
    pub name: XmlName,
    pub node: XmlNode,
    pub ty: XmlRef,
    pub required: bool,
}

/// Names of tables in the support code.
const TAKEN: &[&str] = &["ANY", "TEXT", "TOKEN"];

/// The constants of the tables, by type.
pub(super) type Constants = BTreeMap<TypeId, Ident>;

/// Names the constants of all tables.
pub(super) fn constants(planner: &Planner<'_>, roles: &RoleNames<'_>) -> Constants {
    let ids = planner.api.xml.keys().copied();
    let wanted: Vec<Wanted> = ids
        .clone()
        .map(|id| Wanted {
            text: roles.of(planner, id).to_owned(),
            wire: planner.api.type_name(id),
            explicit: !planner.api[id].role.is_place(),
            otherwise: None,
        })
        .collect();
    let named = names::scope(&planner.speller, Case::Constant, TAKEN, &wanted);
    ids.zip(named.idents).collect()
}

/// The tables that operations need, by name. Not all contents of an error are decoded.
pub(super) fn tables(api: &Api, constants: &Constants, groups: &[Group]) -> Vec<XmlTable> {
    let tables = api.xml.iter().filter_map(|(id, table)| {
        let name = api.spoken_name(*id);
        Some(XmlTable {
            doc: Doc::text(&format!("{} in XML.", doc::code(&name))),
            constant: constants.get(id)?.clone(),
            name: table.name.clone(),
            shape: shape(constants, &table.shape),
        })
    });
    let mut tables: BTreeMap<Ident, XmlTable> = tables
        .map(|table| (table.constant.clone(), table))
        .collect();
    let operations = groups.iter().flat_map(|group| &group.operations);
    let mut waiting: Vec<Ident> = operations
        .flat_map(Operation::payloads)
        .filter_map(Payload::xml)
        .map(|xml| xml.table.clone())
        .collect();
    let mut needed = Vec::new();
    while let Some(constant) = waiting.pop() {
        if let Some(table) = tables.remove(&constant) {
            waiting.extend(table.shape.tables().cloned());
            needed.push(table);
        }
    }
    needed.sort_by(|a, b| a.constant.cmp(&b.constant));
    needed
}

fn shape(constants: &Constants, shape: &ir::XmlShape) -> XmlShape {
    match shape {
        ir::XmlShape::Value(value) => XmlShape::Value(reference(constants, *value)),
        ir::XmlShape::Object { members, others } => {
            let members = members.iter().map(|member| XmlMember {
                key: member.key.clone(),
                name: member.name.clone(),
                node: member.node,
                ty: reference(constants, member.ty),
                required: member.required,
            });
            XmlShape::Object {
                members: members.collect(),
                others: reference(constants, *others),
            }
        }
        ir::XmlShape::List { item, items } => XmlShape::List {
            item: item.clone(),
            items: reference(constants, *items),
        },
    }
}

fn reference(constants: &Constants, value: ir::XmlRef) -> XmlRef {
    match value {
        ir::XmlRef::Text => XmlRef::Text,
        ir::XmlRef::Token => XmlRef::Token,
        ir::XmlRef::Any => XmlRef::Any,
        ir::XmlRef::Type(id) => constants
            .get(&id)
            .map_or(XmlRef::Any, |constant| XmlRef::Table(constant.clone())),
    }
}
