//! What may be written at the cursor: fields of the object there, words that a field knows, references to definitions of the right kind.

mod references;
mod values;

use super::documents::Document;
use super::place::At;
use super::tree::{Cursor, Kind, NodeId, Span, Tree};
use crate::document::{self, Object, Part};
use std::collections::BTreeSet;

/// Fields whose values are lists of objects.
const LISTS: [&str; 8] = [
    "allOf",
    "anyOf",
    "oneOf",
    "parameters",
    "prefixEncoding",
    "prefixItems",
    "servers",
    "tags",
];

/// What an item is, for its icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Field,
    Word,
    Reference,
}

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) label: String,
    pub(super) what: What,
    /// What it is, in words.
    pub(super) detail: String,
    /// The text in the place of what is written.
    pub(super) text: String,
    /// What is compared with what is written.
    pub(super) filter: String,
}

/// The items at a cursor, and the range whose place they take.
#[derive(Debug)]
pub(super) struct Completion {
    pub(super) span: Span,
    pub(super) items: Vec<Item>,
}

/// What may be written at a cursor.
pub(super) fn complete(at: &At<'_>) -> Option<Completion> {
    let before = at.text().get(..at.offset)?;
    let (tree, cursor) = Tree::before(before);
    let writing = |word| Writing::new(at, &tree, word);
    let (writing, items) = match cursor {
        Cursor::Key(node, word) => {
            let writing = writing(word);
            let items = writing.keys(node);
            (writing, items)
        }
        Cursor::Value(node, word) => {
            let writing = writing(word);
            let items = writing.values(node);
            (writing, items)
        }
        Cursor::Either(node, word) => {
            let writing = writing(word);
            let mut items = writing.keys(node);
            items.extend(writing.values(node));
            (writing, items)
        }
        Cursor::Nothing => return None,
    };
    Some(Completion {
        span: writing.span,
        items,
    })
}

/// Something that is being written.
struct Writing<'a> {
    at: &'a At<'a>,
    /// The text before the cursor.
    tree: &'a Tree,
    /// What is written of it, and what follows the cursor without a gap.
    span: Span,
    /// The quote that it begins with.
    quote: Option<char>,
    /// Whether the text is JSON.
    is_json: bool,
}

impl<'a> Writing<'a> {
    fn new(at: &'a At<'a>, tree: &'a Tree, word: Span) -> Self {
        let text = at.text();
        let written = word.of(text);
        let quote = written
            .chars()
            .next()
            .filter(|first| ['"', '\''].contains(first));
        let after = text.get(word.end..).unwrap_or_default();
        let is_word = |c: char| c.is_alphanumeric() || "_-.$/#~%{}".contains(c);
        let rest = match quote {
            Some(quote) => {
                let word = after.find(|c: char| !is_word(c)).unwrap_or(after.len());
                word + usize::from(after[word..].starts_with(quote))
            }
            None => after
                .find(|c: char| !is_word(c) || "{}".contains(c))
                .unwrap_or(after.len()),
        };
        let begin = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        Self {
            at,
            tree,
            span: Span {
                start: word.start,
                end: word.end + rest,
            },
            quote,
            is_json: begin.starts_with('{'),
        }
    }

    /// What the specification says of a node of the text before the cursor.
    fn part(&self, node: NodeId) -> Option<Part> {
        self.at.part(&self.tree.pointer(node, self.at.text()))
    }

    /// The keys that a mapping may have.
    fn keys(&self, node: NodeId) -> Vec<Item> {
        let taken = self.taken(node);
        let version = self.at.version();
        if let Some(schemes) = self.schemes(node) {
            let item = |name: String| self.key(&name, "a security scheme", Part::Value);
            return schemes.into_iter().map(item).collect();
        }
        let named = |words: &[&str], what: &str| -> Vec<Item> {
            let free = words.iter().filter(|word| !taken.contains(**word));
            let part = Part::Of(Object::Response);
            free.map(|word| self.key(word, what, part)).collect()
        };
        match self.part(node) {
            Some(Part::Of(object)) => {
                if self.is_list(node) {
                    return Vec::new();
                }
                let fields = object.fields_of(version);
                let free = fields.filter(|field| !taken.contains(field.name));
                let mut items: Vec<Item> = free
                    .map(|field| self.key(field.name, object.words(), field.part))
                    .collect();
                if refers(object) && !taken.contains("$ref") {
                    items.push(self.key("$ref", "a reference", Part::Value));
                }
                items.dedup_by(|a, b| a.label == b.label);
                items
            }
            Some(Part::Patterned(Object::Response)) => named(values::STATUSES, "a status"),
            Some(Part::Named(Object::MediaType)) => named(values::MEDIA_TYPES, "a media type"),
            Some(Part::Value | Part::Named(_) | Part::Patterned(_) | Part::Callbacks) | None => {
                Vec::new()
            }
        }
    }

    /// Whether a list of objects stands at a node, or is about to.
    fn is_list(&self, node: NodeId) -> bool {
        let name = self.tree.name(node, self.at.text());
        let around = self.tree.parent(node);
        // A name that somebody has given may be any word.
        let is_field = around
            .and_then(|around| self.part(around))
            .and_then(Part::object);
        self.tree.kind(node) == Kind::Sequence || is_field.is_some() && LISTS.contains(&&*name)
    }

    /// The keys that a mapping has already, after the cursor as well, but for the one that is being written.
    fn taken(&self, node: NodeId) -> BTreeSet<String> {
        let text = self.at.text();
        let whole = self.at.tree();
        let pointer = self.tree.pointer(node, text);
        let same = whole.find(&pointer.tokens(), text);
        let members = same.into_iter().flat_map(|node| whole.children(node));
        let others = members.filter(|member| {
            let key = whole.key(*member);
            key.is_some_and(|key| key.start != self.span.start)
        });
        others
            .map(|member| whole.name(member, text).into_owned())
            .collect()
    }

    /// The values that a node may have.
    fn values(&self, node: NodeId) -> Vec<Item> {
        let text = self.at.text();
        let Some(parent) = self.tree.parent(node) else {
            return Vec::new();
        };
        // Of an item, the list that it is in.
        let is_item = self.tree.kind(parent) == Kind::Sequence;
        let (field, around) = if is_item {
            (parent, self.tree.parent(parent))
        } else {
            (node, Some(parent))
        };
        let Some(around) = around else {
            return Vec::new();
        };
        let name = self.tree.name(field, text);
        if name == "$ref" {
            let offered = self.part(around).and_then(super::place::kind);
            let offered = offered.map(|kind| references::references(self.at, kind));
            let offered = offered.unwrap_or_default().into_iter();
            return offered
                .map(|reference| self.value(&reference, What::Reference, "a reference", true))
                .collect();
        }
        let Some(object) = self.part(around).and_then(Part::object) else {
            return Vec::new();
        };
        let sibling = |name: &str| {
            let (tree, pointer) = (self.at.tree(), self.tree.pointer(around, text));
            let same = tree.find(&pointer.tokens(), text)?;
            tree.text(tree.child(same, name, text)?, text)
        };
        let field = values::Field {
            object,
            name: &name,
            version: self.at.version(),
            sibling: &sibling,
        };
        let words = field.words().into_iter();
        let mut items: Vec<Item> = words
            .map(|(word, is_text)| self.value(word, What::Word, object.words(), is_text))
            .collect();
        if is_item {
            let names = self.listed(object, &name, around);
            let names = names.into_iter();
            items.extend(names.map(|name| self.value(&name, What::Word, "declared here", true)));
        }
        items
    }

    /// The names that the items of a list are of: declared tags, the properties of a schema.
    fn listed(&self, object: Object, field: &str, around: NodeId) -> Vec<String> {
        let (tree, text) = (self.at.tree(), self.at.text());
        match (object, field) {
            (Object::Operation, "tags") => {
                let tags = tree.child(Tree::root(), "tags", text).into_iter();
                let tags = tags.flat_map(|tags| tree.children(tags));
                let names = tags.filter_map(|tag| tree.child(tag, "name", text));
                names
                    .filter_map(|name| Some(tree.text(name, text)?.into_owned()))
                    .collect()
            }
            (Object::Schema, "required") => {
                let pointer = self.tree.pointer(around, text).join("properties");
                names(self.at.document, &pointer.tokens())
            }
            _ => Vec::new(),
        }
    }

    /// The security schemes, if a node is a security requirement.
    fn schemes(&self, node: NodeId) -> Option<Vec<String>> {
        let text = self.at.text();
        let list = self.tree.parent(node)?;
        if self.tree.name(list, text) != "security" {
            return None;
        }
        let here = self.at.document;
        let mut found = names(here, &["components", "securitySchemes"]);
        found.extend(names(here, &["securityDefinitions"]));
        Some(found)
    }

    /// A key. After one that had a colon already there is none.
    fn key(&self, name: &str, what: &str, part: Part) -> Item {
        let after = self.at.text().get(self.span.end..).unwrap_or_default();
        let has_colon = after.trim_start_matches([' ', '\t']).starts_with(':');
        let quoted = self.quoted(
            name,
            self.is_json || name.starts_with(|c: char| c.is_ascii_digit()),
        );
        let colon = match part {
            _ if has_colon => "",
            // What follows a key of an object in YAML stands below it.
            Part::Of(_) | Part::Named(_) | Part::Patterned(_) | Part::Callbacks
                if !self.is_json =>
            {
                ":"
            }
            Part::Of(_) | Part::Named(_) | Part::Patterned(_) | Part::Callbacks | Part::Value => {
                ": "
            }
        };
        self.item(name, What::Field, what, format!("{quoted}{colon}"))
    }

    /// A scalar. In JSON, text has quotes; in YAML, if it would be something else without.
    fn value(&self, value: &str, what: What, words: &str, is_text: bool) -> Item {
        let looks_otherwise = value.starts_with(['#', '@', '*', '&', '!', '%'])
            || value.parse::<f64>().is_ok()
            || ["null", "true", "false"].contains(&value);
        let text = self.quoted(value, is_text && (self.is_json || looks_otherwise));
        self.item(value, what, words, text)
    }

    fn quoted(&self, value: &str, needs_quotes: bool) -> String {
        match self.quote {
            Some('\'') => format!("'{}'", value.replace('\'', "''")),
            Some(_) => serde_json::Value::from(value).to_string(),
            None if self.is_json && needs_quotes => serde_json::Value::from(value).to_string(),
            None if needs_quotes => format!("'{}'", value.replace('\'', "''")),
            None => value.to_owned(),
        }
    }

    fn item(&self, label: &str, what: What, detail: &str, text: String) -> Item {
        Item {
            label: label.to_owned(),
            what,
            detail: detail.to_owned(),
            text,
            filter: self.quote.into_iter().chain(label.chars()).collect(),
        }
    }
}

/// Whether the object may be a reference, without having a field for it.
fn refers(object: Object) -> bool {
    let kind = document::Kind::of(object);
    kind != document::Kind::Value && object.field("$ref").is_none()
}

/// The names of the members at a place of a document.
fn names(document: &Document, tokens: &[&str]) -> Vec<String> {
    let (tree, text) = (document.tree(), &document.text);
    let Some(node) = tree.find(tokens, text) else {
        return Vec::new();
    };
    let members = tree.children(node);
    members
        .map(|member| tree.name(member, text).into_owned())
        .collect()
}
