//! The reader that all parts of this stage share: typed access to members, lenient with a diagnostic.
//!
//! In: nodes of [`Sources`]. Out: strings, flags, numbers, lists and mappings, or a diagnostic at a value of another kind. `null` counts as
//! absent; numbers are accepted as strings. An invalid description or similar is dropped with a warning ([`Code::IgnoredValue`]); where the
//! meaning depends on the value it is an error ([`Code::WrongKind`]). Doesn't know the objects of OpenAPI.

use super::{Schema, SchemaId};
use crate::diag::{Code, Diagnostics, Place};
use crate::source::{FileId, Node, Origin, Sources, Value};
use serde_json::Number;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

/// Suggestions are computed only for the first messages, as each compares all names.
const SUGGESTIONS: usize = 50;

/// Schemas and documents by the URI that they declare.
pub(super) type Named<'a> = HashMap<String, Node<'a>>;

/// Version lines that differ in how they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    V2,
    V30,
    V31,
    V32,
}

/// The form in which an object is read as a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// A Schema Object.
    Schema,
    /// A parameter or header of Swagger 2, which has the keywords of its schema next to its own.
    Parameter,
    /// A form parameter of Swagger 2, whose description becomes that of a property.
    Field,
    /// Any value, read as a string schema.
    Untyped,
    /// Any value, read as a schema that allows everything.
    Anything,
}

/// The state of reading a document.
pub(super) struct Reader<'a> {
    pub sources: &'a Sources,
    pub version: Version,
    /// The root of the entry file.
    pub root: Node<'a>,
    diagnostics: &'a mut Diagnostics,
    /// Security schemes that are declared, or were reported as undeclared.
    pub declared: HashSet<String>,
    /// Security schemes that are used but not declared, each with a place that uses it.
    pub undeclared: Vec<(String, Origin)>,
    /// Diagnostics so far: shared definitions are read at every use.
    reported: HashSet<String>,
    /// How many messages may still contain a suggestion.
    pub suggestions: usize,
    /// The arena; schemas in `queue` are only reserved.
    pub schemas: Vec<Schema>,
    /// Ids by the address of the value. Values of [`Sources`] don't move while the reader lives.
    pub ids: HashMap<(usize, Form), SchemaId>,
    /// Schemas still to be read. A queue, so that nesting needs no stack.
    pub queue: VecDeque<(SchemaId, Node<'a>, Form)>,
    /// Schemas by `$anchor`, for files in which one was looked up.
    pub anchors: RefCell<HashMap<FileId, HashMap<&'a str, Node<'a>>>>,
    /// Schemas and documents by URI, once one was looked up.
    pub named: RefCell<Option<Named<'a>>>,
    /// Schemas by anchor within a resource, by its address, for resources in which one was looked up.
    pub inside: RefCell<HashMap<usize, HashMap<&'a str, Node<'a>>>>,
    /// The names of what references lead to, apart from schemas.
    pub definitions: HashMap<Origin, Arc<str>>,
    /// Schemas with a `$ref`, and its value.
    pub references: Vec<(SchemaId, Node<'a>)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        sources: &'a Sources,
        root: Node<'a>,
        version: Version,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            sources,
            version,
            root,
            diagnostics,
            declared: HashSet::new(),
            undeclared: Vec::new(),
            reported: HashSet::new(),
            suggestions: SUGGESTIONS,
            schemas: Vec::new(),
            ids: HashMap::new(),
            queue: VecDeque::new(),
            anchors: RefCell::default(),
            named: RefCell::default(),
            inside: RefCell::default(),
            definitions: HashMap::new(),
            references: Vec::new(),
        }
    }

    /// Reports a problem, once even if its place is read several times.
    pub(super) fn report(&mut self, code: Code, place: Place) {
        self.report_related(code, place, Vec::new());
    }

    /// Reports a problem with related places.
    pub(super) fn report_related(
        &mut self,
        code: Code,
        place: Place,
        related: Vec<(Place, String)>,
    ) {
        if self.reported.insert(format!("{code:?} {place:?}")) {
            let mut related = related;
            related.extend(self.suggestion(&code, &place));
            self.diagnostics.push_related(code, place, related);
        }
    }

    /// Reports a value of the wrong kind that the meaning depends on.
    pub(super) fn wrong_kind(&mut self, expected: &str, node: &Node<'a>) {
        let code = Code::WrongKind {
            expected: expected.to_owned(),
            found: describe(node),
        };
        self.report(code, Place::Value(node.origin()));
    }

    /// Reports a value of the wrong kind in an annotation.
    pub(super) fn ignored(&mut self, expected: &str, node: &Node<'a>) {
        let code = Code::IgnoredValue {
            expected: expected.to_owned(),
            found: describe(node),
        };
        self.report(code, Place::Value(node.origin()));
    }

    /// Reports a word that isn't in the specification, and the one that it is read as.
    pub(super) fn read_as(&mut self, found: &str, used: &str, node: &Node<'a>) {
        let (found, used) = (found.to_owned(), used.to_owned());
        self.report(Code::ReadAs { found, used }, Place::Value(node.origin()));
    }

    /// Reports a value whose form isn't in the specification, and the form that it is read as.
    pub(super) fn form_read_as(&mut self, found: &str, used: &str, node: &Node<'a>) {
        let (found, used) = (found.to_owned(), used.to_owned());
        self.report(
            Code::FormReadAs { found, used },
            Place::Value(node.origin()),
        );
    }

    /// Reports a malformed reference, and the one that it is read as.
    pub(super) fn ref_read_as(&mut self, found: &str, used: &str, node: &Node<'a>) {
        let (found, used) = (found.to_owned(), used.to_owned());
        self.report(Code::RefReadAs { found, used }, Place::Value(node.origin()));
    }

    /// Reports a key that isn't in the specification, and the one that it is read as.
    pub(super) fn key_read_as(&mut self, found: &str, used: &str, node: &Node<'a>) {
        let (found, used) = (found.to_owned(), used.to_owned());
        self.report(Code::ReadAs { found, used }, Place::Key(node.origin()));
    }

    /// Keeps the first of several members that mean the same, however they are spelled; reports the others.
    pub(super) fn distinct<T: Clone + Eq + Hash>(
        &mut self,
        members: Vec<(T, &'a str, Node<'a>)>,
    ) -> Vec<(T, &'a str, Node<'a>)> {
        let mut first: HashMap<T, (&str, Origin)> = HashMap::new();
        let mut distinct = members;
        distinct.retain(|(meaning, key, node)| {
            let Some((other, first)) = first.get(meaning) else {
                first.insert(meaning.clone(), (key, node.origin()));
                return true;
            };
            let (found, other) = ((*key).to_owned(), (*other).to_owned());
            self.report_related(
                Code::SameMeaning { found, other },
                Place::Key(node.origin()),
                vec![(Place::Key(first.clone()), "this counts".to_owned())],
            );
            false
        });
        distinct
    }

    /// The place of a node's key, or of its value if it has no key.
    pub(super) fn head(&self, node: &Node<'a>) -> Place {
        let parent = node.pointer.parent().map(|parent| Origin {
            file: node.file,
            pointer: parent.clone(),
        });
        match parent.and_then(|parent| self.sources.at(&parent)) {
            Some(parent) if parent.value.is_object() => Place::Key(node.origin()),
            _ => Place::Value(node.origin()),
        }
    }

    /// Reports a required key missing from `node`, which the message calls `object`.
    pub(super) fn missing(&mut self, object: &str, key: &str, node: &Node<'a>) {
        let code = Code::MissingKey {
            object: object.to_owned(),
            key: key.to_owned(),
        };
        let place = self.head(node);
        self.report(code, place);
    }

    /// Reports a missing key without which `node` is dropped.
    pub(super) fn left_out(&mut self, object: &str, key: &str, node: &Node<'a>) {
        let code = Code::LeftOut {
            object: object.to_owned(),
            key: key.to_owned(),
        };
        let place = self.head(node);
        self.report(code, place);
    }

    /// The member `key`, unless it is null. If the specification expects a string, list or mapping, callers resolve a `$ref` in its place
    /// by [`Self::followed`].
    pub(super) fn member(node: &Node<'a>, key: &str) -> Option<Node<'a>> {
        node.get(key).filter(|member| !member.value.is_null())
    }

    /// The member `key`, with a `$ref` resolved.
    fn followed(&mut self, node: &Node<'a>, key: &str) -> Option<Node<'a>> {
        let member = Self::member(node, key)?;
        // In a mapping of names, `$ref` may be a name.
        if member
            .get("$ref")
            .is_some_and(|reference| reference.value.is_string())
        {
            return self.follow(member);
        }
        Some(member)
    }

    /// A string used as an annotation.
    pub(super) fn text(&mut self, node: &Node<'a>, key: &str) -> Option<String> {
        let member = self.followed(node, key)?;
        let text = text_of(member.value);
        if text.is_none() {
            self.ignored("a string", &member);
        }
        text
    }

    /// A required string.
    pub(super) fn required_text(
        &mut self,
        object: &str,
        node: &Node<'a>,
        key: &str,
    ) -> Option<String> {
        let Some(member) = self.followed(node, key) else {
            self.missing(object, key, node);
            return None;
        };
        let text = text_of(member.value);
        if text.is_none() {
            self.wrong_kind("a string", &member);
        }
        text
    }

    /// `true` or `false`, also as a string; false if absent.
    pub(super) fn flag(&mut self, node: &Node<'a>, key: &str) -> bool {
        self.optional_flag(node, key).unwrap_or(false)
    }

    /// `true` or `false`, also as a string.
    pub(super) fn optional_flag(&mut self, node: &Node<'a>, key: &str) -> Option<bool> {
        let member = Self::member(node, key)?;
        self.flag_of(&member)
    }

    /// A node that is a boolean.
    pub(super) fn flag_of(&mut self, node: &Node<'a>) -> Option<bool> {
        let flag = match node.value {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
            _ => None,
        };
        if flag.is_none() {
            self.ignored("a boolean", node);
        }
        flag
    }

    /// A node that is a count: a non-negative integer.
    pub(super) fn count_of(&mut self, node: &Node<'a>) -> Option<u64> {
        let count = number_of(node.value).and_then(|number| whole(&number));
        if count.is_none() {
            self.ignored("a non-negative integer", node);
        }
        count
    }

    /// A node that is a number.
    pub(super) fn number_of(&mut self, node: &Node<'a>) -> Option<Number> {
        let number = number_of(node.value);
        if number.is_none() {
            self.ignored("a number", node);
        }
        number
    }

    /// The items of a list.
    pub(super) fn list(&mut self, node: &Node<'a>, key: &str) -> Vec<Node<'a>> {
        let Some(member) = self.followed(node, key) else {
            return Vec::new();
        };
        self.list_of(&member)
    }

    /// The items of a node that is a list.
    pub(super) fn list_of(&mut self, node: &Node<'a>) -> Vec<Node<'a>> {
        if node.value.is_array() {
            return node.items().collect();
        }
        self.wrong_kind("a list", node);
        Vec::new()
    }

    /// The items of a list; a single mapping or string is a list of one.
    pub(super) fn list_or_one(&mut self, node: &Node<'a>, key: &str) -> Vec<Node<'a>> {
        let Some(member) = self.followed(node, key) else {
            return Vec::new();
        };
        if member.value.is_object() || member.value.is_string() {
            self.form_read_as(&describe(&member), "a list with it", &member);
            return vec![member];
        }
        self.list_of(&member)
    }

    /// A list of strings; a single string is a list of one.
    pub(super) fn texts(&mut self, node: &Node<'a>, key: &str) -> Vec<String> {
        let member = self.followed(node, key);
        let texts = member.map_or_else(Vec::new, |member| self.texts_of(&member));
        texts.iter().map(|text| (**text).to_owned()).collect()
    }

    /// A node that is a list of strings.
    pub(super) fn texts_of(&mut self, node: &Node<'a>) -> Vec<Arc<str>> {
        if let Some(text) = shared_text_of(node.value) {
            return vec![text];
        }
        if !node.value.is_array() {
            self.ignored("a list of strings", node);
            return Vec::new();
        }
        let mut texts = Vec::new();
        for item in node.items() {
            match shared_text_of(item.value) {
                Some(text) => texts.push(text),
                None => self.ignored("a string", &item),
            }
        }
        texts
    }

    /// The member `key` if it is a mapping, with a `$ref` resolved.
    pub(super) fn mapping(&mut self, node: &Node<'a>, key: &str) -> Option<Node<'a>> {
        let member = self.followed(node, key)?;
        self.is_mapping(&member).then_some(member)
    }

    /// Whether the node is a mapping, and reports it otherwise. Accepts an empty list, which some languages write for an empty mapping.
    pub(super) fn is_mapping(&mut self, node: &Node<'a>) -> bool {
        if node.value.as_array().is_some_and(<[_]>::is_empty) {
            self.form_read_as("an empty list", "an empty mapping", node);
            return true;
        }
        if !node.value.is_object() {
            self.wrong_kind("a mapping", node);
        }
        node.value.is_object()
    }

    /// All members of the mapping `key`, whatever their names.
    pub(super) fn named(&mut self, node: &Node<'a>, key: &str) -> Vec<(&'a str, Node<'a>)> {
        self.mapping(node, key)
            .map_or_else(Vec::new, |mapping| mapping.members().collect())
    }

    /// The members of the mapping `key` that aren't extensions.
    pub(super) fn entries(&mut self, node: &Node<'a>, key: &str) -> Vec<(&'a str, Node<'a>)> {
        let mut members = self.named(node, key);
        members.retain(|(key, _)| !key.starts_with("x-"));
        members
    }
}

/// Joins two texts as paragraphs.
pub(super) fn paragraphs(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}\n\n{second}")),
        (first, second) => first.or(second),
    }
}

/// A scalar as the text in the file.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some((**text).to_owned()),
        _ => shared_text_of(value).map(|text| (*text).to_owned()),
    }
}

/// Like [`text_of`], without copying a string.
pub(super) fn shared_text_of(value: &Value) -> Option<Arc<str>> {
    match value {
        Value::String(text) => Some(Arc::clone(text)),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Bool(flag) => Some(flag.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn number_of(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A non-negative integer, written as `3` or `3.0`.
fn whole(number: &Number) -> Option<u64> {
    number.as_u64().or_else(|| {
        let float = number.as_f64()?;
        // An f64 is exact up to 2^53, and no count of characters or items is greater.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (float.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&float))
            .then_some(float as u64)
    })
}

/// Describes a value; a short string is quoted.
pub(super) fn describe(node: &Node<'_>) -> String {
    match node.value {
        Value::String(text) if text.len() <= 40 => format!("the string `{text}`"),
        _ => node.kind().to_owned(),
    }
}

/// Whether a media type has this name, ignoring its parameters (RFC 9110, section 8.3.1).
pub(super) fn is_media_type(media_type: &str, name: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(name)
}
