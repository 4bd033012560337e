//! Reads XML into trees of text. Needs `read.rs`, `text.rs`, `xml_names.rs`, `xml_table.rs`, and the crate quick-xml.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{
    ANY, ReadError, TextTree, Xml, XmlMember, XmlName, XmlNode, XmlShape, is_xml_char,
    key_of_xml_name,
};

/// Nesting limit of elements.
const MAX_DEPTH: usize = 128;

/// Limit of attributes per element: they are compared pairwise, as their names have to be unique.
const MAX_ATTRIBUTES: usize = 256;

/// Reads a document.
///
/// # Errors
/// The document isn't XML in UTF-8, is nested too deeply, or uses custom entities.
pub(crate) fn tree_of_xml(document: &[u8], xml: &Xml) -> Result<TextTree, ReadError> {
    let text = std::str::from_utf8(document)
        .map_err(|_| ReadError::syntax("is not XML: it is not UTF-8".to_owned()))?;
    let root = Document::new(text).root()?;
    Ok(tree(root, xml))
}

/// An element; names are unescaped.
#[derive(Debug, Default)]
struct Element {
    /// The name without its prefix.
    name: String,
    prefix: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    /// All text directly inside.
    text: String,
    is_nil: bool,
}

impl Element {
    fn is_plain(&self) -> bool {
        self.attributes.is_empty() && self.children.is_empty()
    }
}

/// A document being read.
struct Document<'d> {
    text: &'d str,
    reader: Reader<&'d [u8]>,
    /// Open elements, outermost first.
    open: Vec<Element>,
    root: Option<Element>,
}

impl<'d> Document<'d> {
    fn new(text: &'d str) -> Self {
        Self {
            text,
            reader: Reader::from_str(text),
            open: Vec::new(),
            root: None,
        }
    }

    /// Reads the root element up to the end of the document. Comments, processing instructions and the document type are ignored.
    fn root(mut self) -> Result<Element, ReadError> {
        loop {
            let event = self.reader.read_event();
            match event.map_err(|_| self.wrong("it is not well-formed"))? {
                Event::Start(start) => self.start(&start)?,
                Event::Empty(start) => {
                    self.start(&start)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(entity) => self.entity(&entity)?,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
                Event::Eof => break,
            }
        }
        match (self.open.is_empty(), self.root.take()) {
            (true, Some(root)) => Ok(root),
            _ => Err(self.wrong("it ends too early")),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.wrong("it nests too deeply"));
        }
        if self.root.is_some() {
            return Err(self.wrong("it has more than one root"));
        }
        let mut element = Element {
            name: key(start.local_name().as_ref()),
            prefix: start
                .name()
                .prefix()
                .map(|prefix| prefix.as_ref().to_owned())
                .unwrap_or_default(),
            ..Element::default()
        };
        for (number, attribute) in start.attributes().enumerate() {
            if number == MAX_ATTRIBUTES {
                return Err(self.wrong("an element has too many attributes"));
            }
            let attribute = attribute.map_err(|_| self.wrong("an attribute is not well-formed"))?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|_| self.wrong("an attribute has an unknown entity"))?;
            match (
                attribute.key.prefix().as_ref().map(AsRef::as_ref),
                attribute.key.local_name().as_ref(),
            ) {
                // Namespace declarations, and attributes of XML itself.
                (None, "xmlns") | (Some("xmlns" | "xml"), _) => {}
                (Some("xsi"), name) => {
                    element.is_nil |= name == "nil" && matches!(value.trim(), "true" | "1")
                }
                (_, name) => element.attributes.push((key(name), value.into_owned())),
            }
        }
        self.open.push(element);
        Ok(())
    }

    fn end(&mut self) {
        if let Some(element) = self.open.pop() {
            match self.open.last_mut() {
                Some(parent) => parent.children.push(element),
                None => self.root = Some(element),
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        match self.open.last_mut() {
            Some(element) if text.chars().all(is_xml_char) => element.text.push_str(text),
            None if text.trim_start_matches('\u{FEFF}').trim().is_empty() => {}
            Some(_) => return Err(self.wrong("it has a character that XML doesn't have")),
            None => return Err(self.wrong("there is text outside of the root")),
        }
        Ok(())
    }

    /// Adds a character reference, or one of the five predefined entities (XML 1.0, section 4.6).
    fn entity(&mut self, entity: &BytesRef<'_>) -> Result<(), ReadError> {
        let by_number = entity.resolve_char_ref();
        let by_number =
            by_number.map_err(|_| self.wrong("it has a character that XML doesn't have"))?;
        let c = by_number.or(match entity.as_ref() {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "apos" => Some('\''),
            "quot" => Some('"'),
            _ => None,
        });
        match c {
            Some(c) => self.text(c.encode_utf8(&mut [0; 4])),
            None => Err(self.wrong("it has an unknown entity")),
        }
    }

    /// An error at the reader's position. It doesn't repeat the text, which may be a secret.
    #[cold]
    fn wrong(&self, detail: &str) -> ReadError {
        let position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let read = self.text.as_bytes().iter().take(position);
        let line = 1 + read.filter(|byte| **byte == b'\n').count();
        ReadError::syntax(format!("is not XML: {detail}, at line {line}"))
    }
}

/// A name as a key.
fn key(name: &str) -> String {
    key_of_xml_name(name).into_owned()
}

/// The value of an element.
fn tree(element: Element, xml: &Xml) -> TextTree {
    if element.is_nil {
        return TextTree::Null;
    }
    match &xml.shape {
        XmlShape::Text => TextTree::leaf(element.text),
        XmlShape::Token => token(&element.text),
        XmlShape::Any if element.is_plain() => TextTree::leaf(element.text),
        XmlShape::Any => TextTree::Map(others(element, &ANY)),
        XmlShape::Object { members, others } => object(element, members, others),
        XmlShape::List { items, .. } => {
            let items = element.children.into_iter().map(|item| tree(item, items));
            TextTree::List(items.collect())
        }
    }
}

/// The text of a number, a date or the like; only white space counts as no value.
fn token(text: &str) -> TextTree {
    match text.trim() {
        "" => TextTree::Null,
        text => TextTree::leaf(text),
    }
}

/// The text of an attribute, or of an element whose text is a property.
fn plain(text: String, xml: &Xml) -> TextTree {
    match &xml.shape {
        XmlShape::Token => token(&text),
        XmlShape::List { items, .. } => {
            let items = text
                .split_whitespace()
                .map(|item| plain(item.to_owned(), items));
            TextTree::List(items.collect())
        }
        _ => TextTree::leaf(text),
    }
}

fn object(mut element: Element, members: &'static [XmlMember], other: &'static Xml) -> TextTree {
    let has_text = members
        .iter()
        .any(|member| matches!(member.node(), XmlNode::Text | XmlNode::Cdata));
    // Text where an object is expected may be another variant of a union. An element without content is an empty object.
    if element.is_plain() && !has_text && !element.text.trim().is_empty() {
        return TextTree::leaf(element.text);
    }
    let mut map = take(&mut element, members);
    let known = map.len();
    for (key, value) in others(element, other) {
        if !map[..known].iter().any(|(taken, _)| *taken == key) {
            map.push((key, value));
        }
    }
    TextTree::Map(map)
}

/// Takes the properties that are in a table.
fn take(element: &mut Element, members: &'static [XmlMember]) -> Vec<(String, TextTree)> {
    let mut map = Vec::new();
    for member in members {
        let value = match member.node() {
            XmlNode::Attribute => attribute(element, member),
            XmlNode::Text | XmlNode::Cdata => text(element, member),
            XmlNode::Inline => inline(element, member, members),
            XmlNode::Element => property(element, member, members),
        };
        map.extend(value.map(|value| (member.key().to_owned(), value)));
    }
    map
}

fn attribute(element: &mut Element, member: &XmlMember) -> Option<TextTree> {
    let mut attributes = element.attributes.iter();
    let index = attributes.position(|(name, _)| name == member.name().local)?;
    let (_, value) = element.attributes.swap_remove(index);
    Some(plain(value, member.ty()))
}

/// The text of the element as a property. No content may mean an empty string.
fn text(element: &mut Element, member: &XmlMember) -> Option<TextTree> {
    let text = std::mem::take(&mut element.text);
    (!text.is_empty() || member.is_required()).then(|| plain(text, member.ty()))
}

/// A property in an element of its own; several elements become a list even if none is declared.
fn property(element: &mut Element, member: &XmlMember, members: &[XmlMember]) -> Option<TextTree> {
    let found = take_children(element, member, members);
    let mut values: Vec<TextTree> = found
        .into_iter()
        .map(|child| tree(child, member.ty()))
        .collect();
    match (values.len(), &member.ty().shape) {
        (0, _) => None,
        (1, _) => values.pop(),
        (_, XmlShape::List { .. }) => Some(joined(values)),
        _ => Some(TextTree::List(values)),
    }
}

/// A property without an element of its own, whose items or properties take its place.
fn inline(element: &mut Element, member: &XmlMember, members: &[XmlMember]) -> Option<TextTree> {
    match &member.ty().shape {
        XmlShape::List { items, .. } => {
            let found = take_children(element, member, members);
            let values: Vec<TextTree> = found.into_iter().map(|child| tree(child, items)).collect();
            (!values.is_empty() || member.is_required()).then_some(TextTree::List(values))
        }
        XmlShape::Object { members, .. } => {
            let values = take(element, members);
            (!values.is_empty() || member.is_required()).then_some(TextTree::Map(values))
        }
        XmlShape::Text | XmlShape::Token | XmlShape::Any => property(element, member, members),
    }
}

/// Joins the lists of several elements.
fn joined(lists: Vec<TextTree>) -> TextTree {
    let items = lists.into_iter().flat_map(|list| match list {
        TextTree::List(items) => items,
        other => vec![other],
    });
    TextTree::List(items.collect())
}

/// Takes the children that belong to a property. Prefixes are chosen by the sender, so they only matter if another property has the same
/// local name.
fn take_children(element: &mut Element, member: &XmlMember, members: &[XmlMember]) -> Vec<Element> {
    let name = name_of_children(member);
    let is_of_another = |child: &Element| {
        members.iter().any(|other| {
            let name = name_of_children(other);
            name.local == child.name && name.prefix == child.prefix
        })
    };
    let is_wanted = |child: &Element| {
        child.name == name.local && (child.prefix == name.prefix || !is_of_another(child))
    };
    if !element.children.iter().any(is_wanted) {
        return Vec::new();
    }
    let children = std::mem::take(&mut element.children).into_iter();
    let (found, others) = children.partition(is_wanted);
    element.children = others;
    found
}

/// The name of the elements of a property.
fn name_of_children(member: &XmlMember) -> XmlName<'static> {
    match (&member.ty().shape, member.node()) {
        (XmlShape::List { item, .. }, XmlNode::Inline) => item.or(member.name()),
        _ => member.name(),
    }
}

/// Attributes and elements that aren't in the table; several elements with the same name become a list.
fn others(element: Element, xml: &'static Xml) -> Vec<(String, TextTree)> {
    let mut map: Vec<(String, TextTree)> = element
        .attributes
        .into_iter()
        .map(|(name, value)| (name, plain(value, xml)))
        .collect();
    let (value, always_list) = match &xml.shape {
        XmlShape::List { items, .. } => (*items, true),
        _ => (xml, false),
    };
    let mut places: HashMap<String, usize> = HashMap::new();
    for (index, (name, _)) in map.iter().enumerate() {
        places.insert(name.clone(), index);
    }
    for mut child in element.children {
        let name = std::mem::take(&mut child.name);
        let held = tree(child, value);
        match places.get(&name) {
            Some(index) => repeated(&mut map[*index].1, held),
            None => {
                places.insert(name.clone(), map.len());
                let held = match always_list {
                    true => TextTree::List(vec![held]),
                    false => held,
                };
                map.push((name, held));
            }
        }
    }
    map
}

/// Adds another value of the same name.
fn repeated(known: &mut TextTree, value: TextTree) {
    match known {
        TextTree::List(items) => items.push(value),
        first => {
            let first_value = std::mem::replace(first, TextTree::Null);
            *first = TextTree::List(vec![first_value, value]);
        }
    }
}
