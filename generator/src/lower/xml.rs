//! What the `xml` objects of schemas say, and the tables of how types stand in XML.
//!
//! While schemas are lowered, what their `xml` objects say is written down beside the types. When all types are complete, a table
//! is made for each that a body in XML is made of. The types themselves stay as they are in JSON.

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

/// What the `xml` object of a schema says, and of those that it only refers to.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    name: Option<String>,
    namespace: Option<String>,
    prefix: Option<String>,
    node: Option<XmlNode>,
    /// Whether `wrapped` or `nodeType` says that a list has an element of its own.
    wrapped: Option<bool>,
}

/// What the `xml` objects of schemas say, by what the schemas have become.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Whether any schema has one; most documents don't, and references needn't be followed for them.
    any: bool,
    types: HashMap<TypeId, Said>,
    properties: HashMap<(TypeId, Arc<str>), Said>,
    items: HashMap<TypeId, Said>,
}

impl Facts {
    /// None yet of a document.
    pub(super) fn of(document: &Document) -> Self {
        Self {
            any: document.schemas.iter().any(|schema| schema.xml.is_some()),
            ..Self::default()
        }
    }
}

/// What a schema is.
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
    /// Writes down what `xml` says at a schema and where it refers to.
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

    /// What a schema says beside its references has the first word.
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
                // A property that several parts of an `allOf` describe; a schema that extends others isn't called like them.
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
            // Some write the prefix where the name stands.
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

    /// This, and what another one says beside it.
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

    /// A name in the namespace that is said; `other` is the name unless another is said, perhaps with a prefix.
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

/// The tables of all types that bodies in XML are made of.
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

/// The types of the bodies that are XML.
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
    /// The table of a body, under the type that the body has: that of what it is another name for, but for its own name.
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

    /// What the schema says, else its name, else its title; of what has none the specification says nothing.
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

    /// An object, or the objects of a choice together: what they call alike stands alike.
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

    /// The name of items that have none of their own, where nothing stands around them: what the list itself says of its name isn't
    /// about them (OpenAPI 3.1.1, `wrapped`).
    fn unwrapped_name(&self, property: &Property) -> XmlName {
        let items = self.facts.items.get(&self.resolved(property.ty));
        let said = items.cloned().unwrap_or_default();
        let unnamed = Said { name: None, ..said };
        unnamed.name_or(&property.name)
    }

    /// Where a property stands: a list has no element of its own unless it says so.
    fn node(&self, said: &Said, ty: XmlRef) -> XmlNode {
        let is_list = matches!(ty, XmlRef::Type(id) if matches!(self.api[id].shape, Shape::Array(_) | Shape::Tuple(_)));
        match said.node {
            Some(node @ (XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata)) => node,
            _ if is_list && said.wrapped != Some(true) => XmlNode::Inline,
            Some(XmlNode::Inline) => XmlNode::Inline,
            _ => XmlNode::Element,
        }
    }

    /// What holds a value of a type; what needs a table is going to get one.
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

    /// What holds a choice: objects if there is one among them, text if there is nothing but values.
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

    /// The types that a type may be: itself, or the variants of a union, and theirs.
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

    /// The type that another one is only a name for.
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

/// Whether a text is a name in XML without a prefix (Namespaces in XML 1.0, section 3), of the characters that names are made of.
fn is_name(text: &str) -> bool {
    let begins = |c: char| c == '_' || c.is_alphabetic();
    let mut chars = text.chars();
    chars.next().is_some_and(begins)
        && chars.all(|c| begins(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
}
