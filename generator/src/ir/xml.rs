//! How types stand in XML (OpenAPI 3.1.1, section 4.8.26; 3.2 adds `nodeType`).
//!
//! Beside the types, which are the same in JSON: a table for each object and list that a body in XML is made of.

use super::TypeId;

/// How a type stands in XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlType {
    /// The name of the root element.
    pub name: XmlName,
    /// What is in an element of the type.
    pub shape: XmlShape,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XmlShape {
    /// One value, or anything.
    Value(XmlRef),
    /// An object.
    Object {
        /// Its properties.
        members: Vec<XmlMember>,
        /// What other properties hold.
        others: XmlRef,
    },
    /// A list.
    List {
        /// The name of the elements of items, if they have one of their own.
        item: Option<XmlName>,
        /// What they hold.
        items: XmlRef,
    },
}

/// What an element or an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlRef {
    /// Text, white space included.
    Text,
    /// A number, a date and the like.
    Token,
    /// Anything.
    Any,
    /// What a table says, in [`Api::xml`](super::Api::xml).
    Type(TypeId),
}

/// A property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlMember {
    /// Its key in JSON.
    pub key: String,
    /// The name of its element or attribute.
    pub name: XmlName,
    /// Where it stands.
    pub node: XmlNode,
    /// What it holds.
    pub ty: XmlRef,
    /// Whether it has to be there.
    pub required: bool,
}

/// The name of an element or an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlName {
    /// Without a prefix.
    pub local: String,
    /// The prefix; empty for none.
    pub prefix: String,
    /// The URI of the namespace; empty for none.
    pub namespace: String,
}

/// Where a property stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlNode {
    /// In an element.
    Element,
    /// In an attribute.
    Attribute,
    /// It is the text of the element that the object is.
    Text,
    /// The same, as a CDATA section.
    Cdata,
    /// Without a node of its own: items and properties stand in its place.
    Inline,
}
