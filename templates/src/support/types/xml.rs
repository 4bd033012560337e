//! Values in XML. Needs `read.rs`, `text.rs`, `xml_reader.rs`, `xml_table.rs`, `xml_writer.rs`.
//!
//! JSON and XML are two formats of the same types. What the types don't know, such as names of elements, which properties are attributes,
//! and how lists are written, is in tables made from the description's `xml` objects (OpenAPI 3.1.1, section 4.8.26). A value is converted
//! by way of a tree of text to XML, and back.

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use super::xml_table::*;
use super::{ReadError, TextTree, tree_of_xml, xml_of_tree};

/// Reads a value from an XML document in UTF-8. The name of its root and namespaces are ignored.
///
/// # Errors
/// Says which value doesn't match the description, without repeating that value; the place is a JSON pointer. Elements may be nested up to
/// 128 levels deep, and only the five predefined entities are supported.
pub fn from_xml<T: DeserializeOwned>(document: &[u8], xml: &Xml) -> Result<T, ReadError> {
    tree_of_xml(document, xml)?.read()
}

/// Writes a value as an XML document in UTF-8.
///
/// # Errors
/// The value can't be written as JSON, or contains a character that XML doesn't allow.
pub fn to_xml(value: &(impl Serialize + ?Sized), xml: &Xml) -> Result<String, serde_json::Error> {
    xml_of_tree(&TextTree::of(value)?, xml)
}
