//! The cursor that the readers share: members of the kind that is meant, with leniency and a diagnostic where it ends.
//!
//! In: nodes of [`Sources`]. Out: texts, flags, numbers, lists and mappings, or a diagnostic at the value that is something
//! else. `null` is read as absent; numbers are read where texts are meant. What only describes ([`Code::IgnoredValue`])
//! is left out with a warning; what the meaning depends on ([`Code::WrongKind`]) is an error. Knows no OpenAPI object.

use super::{Schema, SchemaId};
use crate::diag::{Code, Diagnostics, Place};
use crate::source::{FileId, Node, Origin, Sources, Value};
use serde_json::Number;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

/// Names are compared for the first messages only: each costs as much as there are names.
const SUGGESTIONS: usize = 50;

/// What calls itself by a URI, by that.
pub(super) type Named<'a> = HashMap<String, Node<'a>>;

/// The lines of versions whose differences matter while reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V2,
    V30,
    V31,
    V32,
}

/// How an object is read as a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// As a Schema Object.
    Schema,
    /// A parameter or header of Swagger 2, which holds the keywords of its schema beside its own.
    Parameter,
    /// The same for a form parameter, whose description is that of a property.
    Field,
    /// Anything that has no type and is read as a string.
    Untyped,
    /// Anything that is read as a schema that takes every value.
    Anything,
}

/// What is known while a document is read.
pub(super) struct Reader<'a> {
    pub sources: &'a Sources,
    pub version: Version,
    /// The entry document.
    pub root: Node<'a>,
    diagnostics: &'a mut Diagnostics,
    /// The names of the security schemes that are declared, or whose absence was reported.
    pub declared: HashSet<String>,
    /// The security schemes that are asked for and not declared, with a place that asks for each.
    pub undeclared: Vec<(String, Origin)>,
    /// What was reported already: shared definitions are read wherever they are used.
    reported: HashSet<String>,
    /// How many messages may still ask what was meant.
    pub suggestions: usize,
    /// The schemas; those of `queue` are reserved only.
    pub schemas: Vec<Schema>,
    /// The schemas by the address of their value. Every value of [`Sources`] stays where it is while this lives.
    pub ids: HashMap<(usize, Form), SchemaId>,
    /// What is still to be read; a queue, so that nesting costs no stack.
    pub queue: VecDeque<(SchemaId, Node<'a>, Form)>,
    /// The schemas that each file's `$anchor`s name, for files where one was looked for.
    pub anchors: RefCell<HashMap<FileId, HashMap<&'a str, Node<'a>>>>,
    /// What calls itself by a URI, once something was looked for by one.
    pub named: RefCell<Option<Named<'a>>>,
    /// The schemas that the anchors of a resource name, by its address, for those where one was looked for.
    pub inside: RefCell<HashMap<usize, HashMap<&'a str, Node<'a>>>>,
    /// The `$ref` values of the schemas that have one.
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
            references: Vec::new(),
        }
    }

    /// Reports a problem, once however often its place is read.
    pub(super) fn report(&mut self, code: Code, place: Place) {
        self.report_related(code, place, Vec::new());
    }

    /// Reports a problem that has to do with other places too.
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

    /// A value of the wrong kind that the meaning depends on.
    pub(super) fn wrong_kind(&mut self, expected: &str, node: &Node<'a>) {
        let code = Code::WrongKind {
            expected: expected.to_owned(),
            found: describe(node),
        };
        self.report(code, Place::Value(node.origin()));
    }

    /// A value of the wrong kind that only describes.
    pub(super) fn ignored(&mut self, expected: &str, node: &Node<'a>) {
        let code = Code::IgnoredValue {
            expected: expected.to_owned(),
            found: describe(node),
        };
        self.report(code, Place::Value(node.origin()));
    }

    /// A word that isn't the specification's, and the one it is taken for.
    pub(super) fn read_as(&mut self, found: &str, used: &str, node: &Node<'a>) {
        let (found, used) = (found.to_owned(), used.to_owned());
        self.report(Code::ReadAs { found, used }, Place::Value(node.origin()));
    }

    /// A value of another form than the specification's, and what it is taken for.
    pub(super) fn form_read_as(&mut self, found: &str, used: &str, node: &Node<'a>) {
        let (found, used) = (found.to_owned(), used.to_owned());
        self.report(
            Code::FormReadAs { found, used },
            Place::Value(node.origin()),
        );
    }

    /// A reference in another form, and the one it is taken for.
    pub(super) fn ref_read_as(&mut self, found: &str, used: &str, node: &Node<'a>) {
        let (found, used) = (found.to_owned(), used.to_owned());
        self.report(Code::RefReadAs { found, used }, Place::Value(node.origin()));
    }

    /// A key that isn't the specification's.
    pub(super) fn key_read_as(&mut self, found: &str, used: &str, node: &Node<'a>) {
        let (found, used) = (found.to_owned(), used.to_owned());
        self.report(Code::ReadAs { found, used }, Place::Key(node.origin()));
    }

    /// Of members that mean the same, spelt in whatever way, the first; the others are told of.
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

    /// The key of a node; the value where it has none.
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

    /// A key that has to be in `node`, which is called `object` to the user.
    pub(super) fn missing(&mut self, object: &str, key: &str, node: &Node<'a>) {
        let code = Code::MissingKey {
            object: object.to_owned(),
            key: key.to_owned(),
        };
        let place = self.head(node);
        self.report(code, place);
    }

    /// A key without which `node` is left out.
    pub(super) fn left_out(&mut self, object: &str, key: &str, node: &Node<'a>) {
        let code = Code::LeftOut {
            object: object.to_owned(),
            key: key.to_owned(),
        };
        let place = self.head(node);
        self.report(code, place);
    }

    /// The member `key`, unless it is null. A `$ref` that stands for a text, a list or a mapping of the specification is
    /// followed where the caller asks for one of those; see [`Self::followed`].
    pub(super) fn member(node: &Node<'a>, key: &str) -> Option<Node<'a>> {
        node.get(key).filter(|member| !member.value.is_null())
    }

    /// The member `key`, behind its `$ref` if it has one.
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

    /// A text that describes.
    pub(super) fn text(&mut self, node: &Node<'a>, key: &str) -> Option<String> {
        let member = self.followed(node, key)?;
        let text = text_of(member.value);
        if text.is_none() {
            self.ignored("a string", &member);
        }
        text
    }

    /// A text that has to be there.
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

    /// `true` or `false`, also as a text; absent is false.
    pub(super) fn flag(&mut self, node: &Node<'a>, key: &str) -> bool {
        self.optional_flag(node, key).unwrap_or(false)
    }

    /// `true` or `false`, also as a text.
    pub(super) fn optional_flag(&mut self, node: &Node<'a>, key: &str) -> Option<bool> {
        let member = Self::member(node, key)?;
        self.flag_of(&member)
    }

    /// A node that is `true` or `false`.
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

    /// A node that is a count: a whole number, not negative.
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

    /// The items of a list; a mapping or a text alone is a list of one.
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

    /// A list of texts; one text alone is a list of one.
    pub(super) fn texts(&mut self, node: &Node<'a>, key: &str) -> Vec<String> {
        let member = self.followed(node, key);
        let texts = member.map_or_else(Vec::new, |member| self.texts_of(&member));
        texts.iter().map(|text| (**text).to_owned()).collect()
    }

    /// A node that is a list of texts.
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

    /// The member `key` if it is a mapping, behind its `$ref` if it has one.
    pub(super) fn mapping(&mut self, node: &Node<'a>, key: &str) -> Option<Node<'a>> {
        let member = self.followed(node, key)?;
        self.is_mapping(&member).then_some(member)
    }

    /// Whether the node is a mapping; reports it when not. An empty list is one too: some languages write empty mappings so.
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

    /// The members of the mapping `key`, whatever they are called.
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

/// What two texts say, each as a paragraph.
pub(super) fn paragraphs(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}\n\n{second}")),
        (first, second) => first.or(second),
    }
}

/// A scalar as the text that stands in the file.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some((**text).to_owned()),
        _ => shared_text_of(value).map(|text| (*text).to_owned()),
    }
}

/// The same without a copy, for what there is much of.
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

/// A number that is whole and not negative, `3` or `3.0`.
fn whole(number: &Number) -> Option<u64> {
    number.as_u64().or_else(|| {
        let float = number.as_f64()?;
        // A u64 holds every whole float up to 2^53; no count of characters or items is greater.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (float.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&float))
            .then_some(float as u64)
    })
}

/// What a value is, in words; a short text is quoted.
pub(super) fn describe(node: &Node<'_>) -> String {
    match node.value {
        Value::String(text) if text.len() <= 40 => format!("the string `{text}`"),
        _ => node.kind().to_owned(),
    }
}

/// Whether a media type is that of a name, whatever its parameters (RFC 9110 section 8.3.1).
pub(super) fn is_media_type(media_type: &str, name: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(name)
}
