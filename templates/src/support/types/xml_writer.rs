//! Writes trees of text as XML. Needs `text.rs`, `xml_names.rs`, `xml_table.rs`.

use super::{ANY, TextTree, Xml, XmlMember, XmlName, XmlNode, XmlShape, is_xml_char, xml_name};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// The namespace of `xsi:nil` (XML Schema part 1, section 2.6.2).
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Writes a tree as a document.
///
/// # Errors
/// A text contains a character that XML doesn't allow.
pub(crate) fn xml_of_tree(tree: &TextTree, xml: &Xml) -> Result<String, serde_json::Error> {
    let mut writer = Writer {
        out: DECLARATION.to_owned(),
        scope: Vec::new(),
    };
    let name = xml.name.or(XmlName::new("value"));
    // The items of a list that isn't a property are named after their type.
    let item = match &xml.shape {
        XmlShape::List { items, .. } => items.name.or(name),
        _ => name,
    };
    writer.element_of(name, item, tree, xml);
    match writer.out.chars().all(is_xml_char) {
        true => Ok(writer.out),
        false => Err(serde::ser::Error::custom(
            "XML doesn't have all characters of a text",
        )),
    }
}

struct Writer<'t> {
    out: String,
    /// Declared prefixes with their namespaces.
    scope: Vec<(&'t str, &'t str)>,
}

impl<'t> Writer<'t> {
    /// Writes a value in an element.
    fn element(&mut self, name: XmlName<'t>, tree: &'t TextTree, xml: &'static Xml) {
        self.element_of(name, name, tree, xml);
    }

    /// Writes a value in an element; `item` is the name of list items without a name of their own.
    fn element_of(&mut self, name: XmlName<'t>, item: XmlName<'t>, tree: &'t TextTree, xml: &Xml) {
        let declared = self.scope.len();
        let tag = tag(name);
        self.out.push('<');
        self.out.push_str(&tag);
        self.declare(name);
        self.attributes(tree, xml);
        self.out.push('>');
        let start = self.out.len();
        self.content(item, tree, xml);
        if self.out.len() == start {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            self.out.push_str(&format!("</{tag}>"));
        }
        self.scope.truncate(declared);
    }

    /// Declares the namespace of a name, unless it is declared already. A name without a namespace inherits that of its parent, which is
    /// what descriptions mean.
    fn declare(&mut self, name: XmlName<'t>) {
        let known = self
            .scope
            .iter()
            .rev()
            .find(|(prefix, _)| *prefix == name.prefix);
        if name.namespace.is_empty() || known.is_some_and(|(_, uri)| *uri == name.namespace) {
            return;
        }
        self.scope.push((name.prefix, name.namespace));
        let colon = if name.prefix.is_empty() { "" } else { ":" };
        self.out
            .push_str(&format!(" xmlns{colon}{}=\"", name.prefix));
        self.text(name.namespace, true);
        self.out.push('"');
    }

    /// Writes the attributes of a value's element.
    fn attributes(&mut self, tree: &'t TextTree, xml: &Xml) {
        match (tree, &xml.shape) {
            (TextTree::Null, _) => {
                let nil = XmlName::within("nil", "xsi", INSTANCE);
                self.attribute(nil, &TextTree::leaf("true"));
            }
            (TextTree::Map(values), XmlShape::Object { members, .. }) => {
                for (key, value) in values {
                    match member(members, key) {
                        Some(member) if member.node() == XmlNode::Attribute => {
                            self.attribute(member.name(), value);
                        }
                        Some(member) if member.node() == XmlNode::Inline && !is_null(value) => {
                            self.attributes(value, member.ty());
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Writes an attribute; omitted for null. The items of a list are separated by spaces, as in XML Schema.
    fn attribute(&mut self, name: XmlName<'t>, value: &TextTree) {
        let value = match value {
            TextTree::List(items) => {
                let items = items.iter().filter_map(TextTree::to_value);
                items.collect::<Vec<_>>().join(" ")
            }
            value => match value.to_value() {
                Some(value) => value,
                None => return,
            },
        };
        // A namespace without a prefix applies to elements only.
        if !name.prefix.is_empty() {
            self.declare(name);
        }
        self.out.push_str(&format!(" {}=\"", tag(name)));
        self.text(&value, true);
        self.out.push('"');
    }

    /// Writes the content of a value's element.
    fn content(&mut self, unnamed: XmlName<'t>, tree: &'t TextTree, xml: &Xml) {
        match (tree, &xml.shape) {
            (TextTree::Null, _) => {}
            (TextTree::Leaf { text, .. }, _) => self.text(text, false),
            (TextTree::List(values), XmlShape::List { item, items }) => {
                for value in values {
                    self.element(item.or(unnamed), value, items);
                }
            }
            (TextTree::List(values), _) => {
                for value in values {
                    self.element(XmlName::new("item"), value, &ANY);
                }
            }
            (TextTree::Map(values), XmlShape::Object { members, others }) => {
                self.members(values, members, others);
            }
            (TextTree::Map(values), _) => self.members(values, &[], &ANY),
        }
    }

    fn members(
        &mut self,
        values: &'t [(String, TextTree)],
        members: &'static [XmlMember],
        others: &'static Xml,
    ) {
        for (key, value) in values {
            let Some(member) = member(members, key) else {
                self.other(XmlName::new(key), value, others);
                continue;
            };
            match member.node() {
                XmlNode::Attribute => {}
                XmlNode::Text => self.text(&value.to_value().unwrap_or_default(), false),
                XmlNode::Cdata => self.cdata(&value.to_value().unwrap_or_default()),
                XmlNode::Inline => self.inline(member.name(), value, member.ty()),
                XmlNode::Element => self.property(member.name(), value, member.ty()),
            }
        }
    }

    /// Writes a property as an element. A list that isn't declared as one is written as a list anyway.
    fn property(&mut self, name: XmlName<'t>, value: &'t TextTree, xml: &'static Xml) {
        match (value, &xml.shape) {
            (
                TextTree::List(items),
                XmlShape::Text | XmlShape::Token | XmlShape::Any | XmlShape::Object { .. },
            ) => {
                for item in items {
                    self.element(name, item, xml);
                }
            }
            _ => self.element(name, value, xml),
        }
    }

    /// Writes an additional property; a list becomes an element of its name for each item.
    fn other(&mut self, name: XmlName<'t>, value: &'t TextTree, xml: &'static Xml) {
        match (value, &xml.shape) {
            (TextTree::List(values), XmlShape::List { items, .. }) => {
                for value in values {
                    self.element(name, value, items);
                }
            }
            _ => self.property(name, value, xml),
        }
    }

    /// Writes a property without an element of its own; null is omitted.
    fn inline(&mut self, name: XmlName<'t>, value: &'t TextTree, xml: &'static Xml) {
        match (value, &xml.shape) {
            (TextTree::List(values), XmlShape::List { item, items }) => {
                for value in values {
                    self.element(item.or(name), value, items);
                }
            }
            (TextTree::Map(values), XmlShape::Object { members, others }) => {
                self.members(values, members, others);
            }
            (TextTree::Null, _) => {}
            _ => self.property(name, value, xml),
        }
    }

    /// Writes text of an element or of an attribute. White space that a reader would normalise is written as character references (XML 1.0,
    /// sections 2.11 and 3.3.3).
    fn text(&mut self, text: &str, in_attribute: bool) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' if in_attribute => self.out.push_str("&quot;"),
                '\r' => self.out.push_str("&#13;"),
                '\n' if in_attribute => self.out.push_str("&#10;"),
                '\t' if in_attribute => self.out.push_str("&#9;"),
                c => self.out.push(c),
            }
        }
    }

    /// Writes text as a CDATA section, which is split at each `]]>` in it.
    fn cdata(&mut self, text: &str) {
        if !text.is_empty() {
            let text = text.replace("]]>", "]]]]><![CDATA[>");
            self.out.push_str(&format!("<![CDATA[{text}]]>"));
        }
    }
}

fn is_null(tree: &TextTree) -> bool {
    *tree == TextTree::Null
}

fn member(members: &'static [XmlMember], key: &str) -> Option<&'static XmlMember> {
    members.iter().find(|member| member.key() == key)
}

/// A name as it is written.
fn tag(name: XmlName<'_>) -> String {
    let local = xml_name(name.local);
    match name.prefix {
        "" => local.into_owned(),
        prefix => format!("{}:{local}", xml_name(prefix)),
    }
}
