//! How values stand in XML. Needs `read.rs`, `text.rs`, `xml_reader.rs`, `xml_table.rs`, `xml_writer.rs`.
//!
//! JSON and XML are two ways to write the same types. What the types don't know — names of elements, which properties are
//! attributes, how lists are written — is in tables made from the description's `xml` objects (OpenAPI 3.1.1, section
//! 4.8.26), and the tables lead from a value to a tree of text to XML, and back.

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use super::xml_table::*;
use super::{ReadError, TextTree, tree_of_xml, xml_of_tree};

/// Reads a value from an XML document in UTF-8. The name of its root is not looked at, nor are namespaces.
///
/// # Errors
/// Says which value isn't what the description promises, without repeating that value; the place is a JSON pointer. Elements
/// must not be nested more than 128 levels deep, and there are no entities but the five of XML itself.
pub fn from_xml<T: DeserializeOwned>(document: &[u8], xml: &Xml) -> Result<T, ReadError> {
    tree_of_xml(document, xml)?.read()
}

/// Writes a value as an XML document in UTF-8.
///
/// # Errors
/// The value can't be written as JSON, or has text with a character that XML doesn't have.
pub fn to_xml(value: &(impl Serialize + ?Sized), xml: &Xml) -> Result<String, serde_json::Error> {
    xml_of_tree(&TextTree::of(value)?, xml)
}
