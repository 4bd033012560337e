//! How types are written in XML (OpenAPI 3.1.1, section 4.8.26; 3.2 adds `nodeType`).
//!
//! The types are the same as for JSON. In addition, there is a table for each object and list that a body in XML consists of.

use super::TypeId;

/// How a type is written in XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlType {
    /// The name of the root element.
    pub name: XmlName,
    /// The content of an element of the type.
    pub shape: XmlShape,
}

/// The content of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// The content of an element or an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlRef {
    /// Text, including white space.
    Text,
    /// A number, a date or the like.
    Token,
    Any,
    /// That of the table in [`Api::xml`](super::Api::xml).
    Type(TypeId),
}

/// A property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlMember {
    /// The name in JSON.
    pub key: String,
    /// The name of its element or attribute.
    pub name: XmlName,
    pub node: XmlNode,
    pub ty: XmlRef,
    pub required: bool,
}

/// The name of an element or an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlName {
    /// The name without its prefix.
    pub local: String,
    /// The prefix; empty for none.
    pub prefix: String,
    /// The URI of the namespace; empty for none.
    pub namespace: String,
}

/// How a property is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlNode {
    /// As an element.
    Element,
    /// As an attribute.
    Attribute,
    /// As the text of the object's element.
    Text,
    /// As the text of the object's element, in a CDATA section.
    Cdata,
    /// Without a node of its own: the items of a list or the properties of an object take its place.
    Inline,
}
