//! Collects the `xml` objects of schemas, and builds the tables of how types are written in XML.
//!
//! While schemas are lowered, their `xml` objects are recorded by type. Once all types are complete, each type that a body in XML consists
//! of gets a table. The types themselves stay as they are for JSON.

use super::Lower;
use super::compose::Held;
use crate::diag::{Code, Diagnostics, Place};
use crate::document::{Document, SchemaId};
use crate::ir::{
    Api, Closedness, Content, EnumKind, Object, Presence, Property, Role, Shape, StringFormat,
    TypeId, XmlMember, XmlName, XmlNode, XmlRef, XmlShape, XmlType,
};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// The `xml` object of a schema, combined with those of the schemas that it only refers to.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    name: Option<String>,
    namespace: Option<String>,
    prefix: Option<String>,
    node: Option<XmlNode>,
    /// Whether a list has an element of its own, by `wrapped` or `nodeType`.
    wrapped: Option<bool>,
}

/// The `xml` objects of schemas, by what the schemas became.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Whether any schema has one. Most documents have none, and then references needn't be followed for them.
    any: bool,
    types: HashMap<TypeId, Said>,
    properties: HashMap<(TypeId, Arc<str>), Said>,
    items: HashMap<TypeId, Said>,
}

impl Facts {
    pub(super) fn of(document: &Document) -> Self {
        Self {
            any: document.schemas.iter().any(|schema| schema.xml.is_some()),
            ..Self::default()
        }
    }
}

/// What a schema became.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot<'s> {
    /// The definition of a type.
    Type(TypeId),
    /// A property of a type.
    Property(TypeId, &'s Arc<str>),
    /// The items of a type.
    Items(TypeId),
}

impl Lower<'_> {
    /// Records `xml` of a schema and of what it refers to.
    pub(super) fn note_xml(&mut self, schema: SchemaId, spot: Spot<'_>) {
        if !self.xml.any {
            return;
        }
        let Some(said) = self.said(schema) else {
            return;
        };
        match spot {
            Spot::Type(ty) => self.xml.types.insert(ty, said),
            Spot::Property(ty, name) => self.xml.properties.insert((ty, Arc::clone(name)), said),
            Spot::Items(ty) => self.xml.items.insert(ty, said),
        };
    }

    /// The combined `xml` object of a schema; its own wins over those of references.
    fn said(&self, schema: SchemaId) -> Option<Said> {
        let mut said: Option<Said> = None;
        let mut seen = HashSet::new();
        let mut open = vec![schema];
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let schema = self.schema(id);
            if let Some(xml) = schema.xml.as_deref() {
                let more = Said::of(xml);
                said = Some(said.map_or_else(|| more.clone(), |said| said.or(&more)));
            }
            match schema.reference.or_else(|| self.forwards_to(id)) {
                Some(next) => open.push(next),
                // A property that several parts of an `allOf` declare. In contrast, a schema that extends others doesn't inherit their
                // names.
                None if matches!(schema, Held::Made(_)) => open.extend(&schema.all_of),
                None => {}
            }
        }
        said
    }
}

impl Said {
    fn of(xml: &Value) -> Self {
        let text = |key: &str| xml.get(key)?.as_str().map(str::to_owned);
        let flag = |key: &str| xml.get(key)?.as_bool();
        let node = match xml.get("nodeType").and_then(Value::as_str) {
            Some("element") => Some(XmlNode::Element),
            Some("attribute") => Some(XmlNode::Attribute),
            Some("text") => Some(XmlNode::Text),
            Some("cdata") => Some(XmlNode::Cdata),
            Some("none") => Some(XmlNode::Inline),
            _ => flag("attribute").and_then(|is| is.then_some(XmlNode::Attribute)),
        };
        let (prefix, name) = match text("name") {
            // Some descriptions write the prefix in the name.
            Some(name) => match name.split_once(':') {
                Some((prefix, local)) => (Some(prefix.to_owned()), Some(local.to_owned())),
                None => (None, Some(name)),
            },
            None => (None, None),
        };
        Self {
            name: name.filter(|name| !name.is_empty()),
            namespace: text("namespace"),
            prefix: text("prefix").or(prefix),
            node,
            wrapped: flag("wrapped").or(node.map(|node| node == XmlNode::Element)),
        }
    }

    /// Fills in what is missing from another one.
    fn or(&self, other: &Self) -> Self {
        // A prefix and its namespace belong together.
        let place = if self.namespace.is_some() || self.prefix.is_some() {
            self
        } else {
            other
        };
        Self {
            name: self.name.clone().or_else(|| other.name.clone()),
            namespace: place.namespace.clone(),
            prefix: place.prefix.clone(),
            node: self.node.or(other.node),
            wrapped: self.wrapped.or(other.wrapped),
        }
    }

    /// The name and namespace; `other` is the name if there is none, perhaps with a prefix.
    fn name_or(&self, other: &str) -> XmlName {
        let (prefix, other) = match other.split_once(':') {
            Some((prefix, local)) if self.name.is_none() && is_name(prefix) && is_name(local) => {
                (prefix, local)
            }
            _ => ("", other),
        };
        XmlName {
            local: self.name.clone().unwrap_or_else(|| other.to_owned()),
            prefix: self.prefix.clone().unwrap_or_else(|| prefix.to_owned()),
            namespace: self.namespace.clone().unwrap_or_default(),
        }
    }
}

/// The tables of all types that bodies in XML consist of.
pub(super) fn tables(
    api: &Api,
    facts: &Facts,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<TypeId, XmlType> {
    let mut tables = Tables {
        api,
        facts,
        diagnostics,
        made: BTreeMap::new(),
        open: Vec::new(),
    };
    for root in roots(api) {
        tables.root(root);
    }
    while let Some(id) = tables.open.pop() {
        if !tables.made.contains_key(&id) {
            let table = tables.table(id);
            tables.made.insert(id, table);
        }
    }
    tables.made
}

/// The types of bodies in XML.
fn roots(api: &Api) -> Vec<TypeId> {
    let bodies = api.operations.iter().flat_map(|operation| &operation.body);
    let responses = api
        .operations
        .iter()
        .flat_map(|operation| &operation.responses.list);
    let contents = bodies
        .flat_map(|body| &body.contents)
        .chain(responses.flat_map(|response| &response.contents));
    let roots = contents.filter_map(|content| match content.content {
        Content::Xml(ty) => Some(ty),
        _ => None,
    });
    roots.collect()
}

struct Tables<'a, 'd> {
    api: &'a Api,
    facts: &'a Facts,
    diagnostics: &'d mut Diagnostics,
    made: BTreeMap<TypeId, XmlType>,
    /// Types that need a table and may not have one yet.
    open: Vec<TypeId>,
}

impl Tables<'_, '_> {
    /// Adds the table of a body, under the body's type. It is that of the aliased type, apart from its root name.
    fn root(&mut self, id: TypeId) {
        let shape = match self.reference(id) {
            XmlRef::Type(of) if of == id => return,
            XmlRef::Type(of) => self.table(of).shape,
            value => XmlShape::Value(value),
        };
        let name = self.root_name(id);
        self.made.insert(id, XmlType { name, shape });
    }

    fn table(&mut self, id: TypeId) -> XmlType {
        XmlType {
            name: self.root_name(id),
            shape: self.shape(id),
        }
    }

    /// The name in `xml`, else that of the schema, else its title. The specification leaves the rest open.
    fn root_name(&self, id: TypeId) -> XmlName {
        let ty = &self.api[id];
        let called = match &ty.role {
            Role::Named(name)
            | Role::Referenced(name)
            | Role::Shared(_, name)
            | Role::Property(_, name) => Some(&**name),
            _ => ty.title.as_deref(),
        };
        let called = called.filter(|name| is_name(name)).unwrap_or("root");
        let said = self.facts.types.get(&id).cloned().unwrap_or_default();
        said.name_or(called)
    }

    fn shape(&mut self, id: TypeId) -> XmlShape {
        let api = self.api;
        match &api[id].shape {
            Shape::Array(array) => XmlShape::List {
                item: self.item_name(id),
                items: self.reference(array.items),
            },
            Shape::Tuple(_) => XmlShape::List {
                item: self.item_name(id),
                items: XmlRef::Any,
            },
            Shape::Map(map) => XmlShape::Object {
                members: Vec::new(),
                others: self.reference(map.values),
            },
            Shape::Object(_) | Shape::Union(_) => self.objects(id),
            _ => XmlShape::Value(self.reference(id)),
        }
    }

    fn item_name(&self, list: TypeId) -> Option<XmlName> {
        let said = self.facts.items.get(&list)?;
        said.name.as_deref().map(|name| said.name_or(name))
    }

    /// An object, or the objects of a union combined: members of the same name are written in the same way.
    fn objects(&mut self, id: TypeId) -> XmlShape {
        let mut members: Vec<XmlMember> = Vec::new();
        let mut others = XmlRef::Any;
        let mut known = HashSet::new();
        for id in self.choices(id) {
            match &self.api[id].shape {
                Shape::Object(object) => {
                    if let Closedness::Typed { values, .. } = object.rest {
                        others = self.reference(values);
                    }
                    let new = self.members(id, object);
                    members.extend(
                        new.into_iter()
                            .filter(|member| known.insert(member.key.clone())),
                    );
                }
                Shape::Map(map) => others = self.reference(map.values),
                _ => {}
            }
        }
        XmlShape::Object { members, others }
    }

    fn members(&mut self, id: TypeId, object: &Object) -> Vec<XmlMember> {
        let mut members = Vec::new();
        for property in &object.properties {
            let key = (id, property.name.clone());
            let said = self.facts.properties.get(&key).cloned().unwrap_or_default();
            let ty = self.reference(property.ty);
            let node = self.node(&said, ty);
            let name = match node {
                XmlNode::Inline => self.unwrapped_name(property),
                _ => said.name_or(&property.name),
            };
            if !is_name(&name.local) {
                let code = Code::NoXmlName {
                    name: name.local.clone(),
                };
                self.diagnostics.push(code, Place::key(&property.origin));
            }
            members.push(XmlMember {
                key: property.name.to_string(),
                name,
                node,
                ty,
                required: matches!(property.presence, Presence::Required | Presence::Nullable),
            });
        }
        members
    }

    /// The name of items without a name of their own and without an element around them. The list's own name doesn't apply to them (OpenAPI
    /// 3.1.1, `wrapped`).
    fn unwrapped_name(&self, property: &Property) -> XmlName {
        let items = self.facts.items.get(&self.resolved(property.ty));
        let said = items.cloned().unwrap_or_default();
        let unnamed = Said { name: None, ..said };
        unnamed.name_or(&property.name)
    }

    /// How a property is written: a list has an element of its own only if that is declared.
    fn node(&self, said: &Said, ty: XmlRef) -> XmlNode {
        let is_list = matches!(ty, XmlRef::Type(id) if matches!(self.api[id].shape, Shape::Array(_) | Shape::Tuple(_)));
        match said.node {
            Some(node @ (XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata)) => node,
            _ if is_list && said.wrapped != Some(true) => XmlNode::Inline,
            Some(XmlNode::Inline) => XmlNode::Inline,
            _ => XmlNode::Element,
        }
    }

    /// How values of a type are written; queues types that need a table.
    fn reference(&mut self, id: TypeId) -> XmlRef {
        let id = self.resolved(id);
        match &self.api[id].shape {
            Shape::Any | Shape::Alias(_) => XmlRef::Any,
            Shape::String(StringFormat::Plain | StringFormat::Other(_), _) => XmlRef::Text,
            Shape::Null
            | Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..) => XmlRef::Token,
            Shape::Enum(listed) => match listed.kind {
                EnumKind::Any => XmlRef::Any,
                EnumKind::String => XmlRef::Text,
                EnumKind::Integer | EnumKind::Number | EnumKind::Boolean => XmlRef::Token,
            },
            Shape::Union(_) => self.choice(id),
            Shape::Array(_) | Shape::Tuple(_) | Shape::Map(_) | Shape::Object(_) => self.needed(id),
        }
    }

    /// How a union is written: as objects if there is one among its variants, as text if all are scalars.
    fn choice(&mut self, id: TypeId) -> XmlRef {
        let choices = self.choices(id);
        let shapes = || choices.iter().map(|id| &self.api[*id].shape);
        if shapes().any(|shape| matches!(shape, Shape::Object(_) | Shape::Map(_))) {
            return self.needed(id);
        }
        let is_list =
            |shape: &Shape| matches!(shape, Shape::Array(_) | Shape::Tuple(_) | Shape::Any);
        if shapes().any(is_list) {
            return XmlRef::Any;
        }
        let is_text =
            |id: &TypeId| matches!(self.api[*id].shape, Shape::String(..) | Shape::Enum(_));
        if choices.iter().any(is_text) {
            XmlRef::Text
        } else {
            XmlRef::Token
        }
    }

    fn needed(&mut self, id: TypeId) -> XmlRef {
        self.open.push(id);
        XmlRef::Type(id)
    }

    /// The types of the values of a type: itself, or recursively the variants of a union.
    fn choices(&self, id: TypeId) -> Vec<TypeId> {
        let mut choices = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let id = self.resolved(id);
            if !seen.insert(id) {
                continue;
            }
            match &self.api[id].shape {
                Shape::Union(union) => {
                    open.extend(union.variants.iter().rev().map(|variant| variant.ty));
                }
                _ => choices.push(id),
            }
        }
        choices
    }

    /// Resolves aliases.
    fn resolved(&self, id: TypeId) -> TypeId {
        let mut at = id;
        for _ in 0..self.api.types.len() {
            match self.api[at].shape {
                Shape::Alias(target) => at = target,
                _ => break,
            }
        }
        at
    }
}

/// Whether a text is an XML name without a prefix (Namespaces in XML 1.0, section 3), approximated by character classes.
fn is_name(text: &str) -> bool {
    let begins = |c: char| c == '_' || c.is_alphabetic();
    let mut chars = text.chars();
    chars.next().is_some_and(begins)
        && chars.all(|c| begins(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
}
