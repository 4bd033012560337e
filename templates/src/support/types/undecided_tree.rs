//! A value as a tree of numbered nodes, with cached results for each. Needs `object.rs`, `text.rs`.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::{Map, Number, Value};

use super::{is_equal, json_within};

thread_local! {
    /// Whether error messages are discarded.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The message for a value that doesn't match a type; begins with a JSON pointer if the place is known.
#[derive(Debug)]
pub(crate) struct Mismatch(String);

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        match QUIET.get() {
            true => Self(String::new()),
            false => Self(message.to_string()),
        }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        match found {
            Unexpected::Unit => {
                Self::custom(format_args!("invalid type: null, expected {expected}"))
            }
            found => Self::custom(format_args!("invalid type: {found}, expected {expected}")),
        }
    }
}

/// Calls `run` with error messages discarded, which saves the time to format them.
pub(crate) fn quietly<T>(is_quiet: bool, run: impl FnOnce() -> T) -> T {
    let before = QUIET.replace(is_quiet || QUIET.get());
    let result = run();
    QUIET.set(before);
    result
}

/// How well a value matches a type; all zero is a perfect match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Grade {
    /// Number of violated constraints.
    pub(crate) violations: usize,
    /// Number of properties that the type doesn't declare, whether it keeps them or not.
    pub(crate) undeclared: usize,
    /// Number of values that would be written back differently: `null` as absent, `05` as 5.
    pub(crate) changed: usize,
}

impl Grade {
    /// Sort key, best first: no violations, then few undeclared properties.
    pub(crate) fn rank(self) -> (bool, usize, usize, usize) {
        let is_broken = self.violations > 0;
        (is_broken, self.undeclared, self.violations, self.changed)
    }

    /// Adds both grades.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            violations: self.violations + other.violations,
            undeclared: self.undeclared + other.undeclared,
            changed: self.changed + other.changed,
        }
    }
}

/// The result for a node and a union.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    /// Not finished: a union that asks for its own node again is a variant of itself, which adds nothing.
    Trying,
    /// No variant matches.
    Nothing,
    /// This variant matches best.
    Variant {
        /// The index of the variant.
        index: usize,
        /// How well it matches.
        grade: Grade,
        /// How many variants match in total.
        holding: usize,
    },
}

/// Cached results for the nodes of a tree.
#[derive(Debug, Default)]
struct Findings {
    /// The last finding for each node.
    last: Vec<u32>,
    all: Vec<Finding>,
}

#[derive(Debug)]
struct Finding {
    union: TypeId,
    told: Told,
    /// The previous finding for the same node.
    before: u32,
}

/// No finding.
const NONE: u32 = u32::MAX;

/// A value, with cached results for its parts.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Children come before their parents.
    nodes: Vec<Node>,
    /// The texts of all strings and names. Like `items` and `members`, one buffer for the whole value, so that it needs few allocations.
    texts: String,
    /// The items of all lists.
    items: Vec<u32>,
    /// The members of all maps; those of a large map are sorted by name.
    members: Vec<Member>,
    /// Items and members of incomplete lists and maps, the outermost first.
    open_items: Vec<u32>,
    open_members: Vec<Member>,
    /// Whether every variant is tried, to find out whether several match.
    pub(crate) counts_all: bool,
    /// Whether the grade of the value that is being read is needed.
    is_grading: Cell<bool>,
    /// The grade of the value that is being read.
    pub(crate) grade: Cell<Grade>,
    told: RefCell<Findings>,
    /// How many more visits are allowed.
    steps: Cell<usize>,
}

/// How often each node may be visited on average before reading gives up. Each level of nested unions multiplies the visits by the number
/// of variants that can be read.
const VISITS: usize = 64;

/// Visits that are always allowed, even for a small value; they take a few milliseconds.
const SOME_VISITS: usize = 250_000;

/// The error for a value that takes too many visits.
pub(crate) const TOO_MANY_STEPS: &str =
    "too many steps are needed to tell which of its possible types it is";

/// A range of one of the tree's buffers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    start: usize,
    end: usize,
}

/// A member of a map: its name and its node.
pub(super) type Member = (Span, u32);

/// Maps up to this size are searched linearly instead of sorted.
const FEW: usize = 16;

#[derive(Debug)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Number(Number),
    String(Span),
    /// Text that may be parsed as another type, and the node of the list or object in it if it is JSON.
    Text(Span, Option<u32>),
    /// A list: whether it comes from text, and its items.
    List(bool, Span),
    /// A map: whether it comes from text, and its members.
    Map(bool, Span),
}

/// Trees with a capacity of more nodes than this aren't reused.
const SMALL: usize = 1_024;

/// Nor are those with a capacity of more bytes of text.
const SHORT: usize = 32_768;

impl Tree {
    /// Reads a value into an empty tree; returns the number of its node.
    pub(super) fn fill<'de, D: Deserializer<'de>>(
        &mut self,
        from: D,
        is_text: bool,
    ) -> Result<u32, D::Error> {
        let value = Building {
            tree: self,
            is_text,
        };
        let node = value.deserialize(from)?;
        self.steps = Cell::new(self.nodes.len().saturating_mul(VISITS) + SOME_VISITS);
        Ok(node)
    }

    /// Whether its memory is kept for the next value.
    pub(super) fn is_small(&self) -> bool {
        let findings = self.told.try_borrow();
        let told = findings.map_or(usize::MAX, |told| told.all.capacity());
        let counts = [
            self.nodes.capacity(),
            self.items.capacity(),
            self.members.capacity(),
            told,
        ];
        counts.iter().all(|count| *count <= SMALL) && self.texts.capacity() <= SHORT
    }

    /// Removes everything but the memory.
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.texts.clear();
        self.items.clear();
        self.members.clear();
        self.open_items.clear();
        self.open_members.clear();
        let told = self.told.get_mut();
        told.last.clear();
        told.all.clear();
        self.counts_all = false;
        self.is_grading.set(false);
        self.grade.take();
    }

    /// Whether the grade of the value that is being read is needed.
    pub(crate) fn is_grading(&self) -> bool {
        self.is_grading.get() || self.counts_all
    }

    /// Runs `run`, which reads a value whose grade is needed.
    pub(crate) fn grading<T>(&self, run: impl FnOnce() -> T) -> T {
        let before = self.is_grading.replace(true);
        let result = run();
        self.is_grading.set(before);
        result
    }

    // These are so small that crates which read this one's types should have copies.
    #[inline]
    pub(super) fn node(&self, number: u32) -> &Node {
        // Numbers are always of this tree.
        self.nodes.get(number as usize).unwrap_or(&Node::Null)
    }

    #[inline]
    pub(super) fn text(&self, span: Span) -> &str {
        // Spans are always of this tree.
        self.texts.get(span.start..span.end).unwrap_or_default()
    }

    #[inline]
    pub(super) fn items(&self, span: Span) -> &[u32] {
        self.items.get(span.start..span.end).unwrap_or_default()
    }

    #[inline]
    pub(super) fn members(&self, span: Span) -> &[Member] {
        self.members.get(span.start..span.end).unwrap_or_default()
    }

    /// The node of the member with this name.
    pub(super) fn member(&self, members: Span, name: &str) -> Option<u32> {
        let members = self.members(members);
        let index = if members.len() > FEW {
            let found = members.binary_search_by(|member| self.text(member.0).cmp(name));
            found.ok()
        } else {
            // Bytes needn't be checked for where characters begin.
            let texts = self.texts.as_bytes();
            let is_name = |Span { start, end }: Span| {
                let known = texts.get(start..end).unwrap_or_default();
                is_equal(known, name.as_bytes())
            };
            members.iter().position(|member| is_name(member.0))
        };
        members.get(index?).map(|member| member.1)
    }

    /// The list or object in a text node that is JSON, else the node itself.
    pub(super) fn within(&self, number: u32) -> &Node {
        match self.node(number) {
            Node::Text(_, Some(within)) => self.node(*within),
            node => node,
        }
    }

    /// Counts a visit; false if none is left.
    #[inline]
    pub(super) fn step(&self) -> bool {
        let left = self.steps.get().saturating_sub(1);
        self.steps.set(left);
        left > 0
    }

    /// Whether reading has given up.
    pub(crate) fn is_given_up(&self) -> bool {
        self.steps.get() == 0
    }

    /// The cached result for a node as a union.
    pub(crate) fn told(&self, (node, union): (u32, TypeId)) -> Option<Told> {
        let findings = self.told.borrow();
        let mut at = *findings.last.get(node as usize)?;
        while let Some(finding) = findings.all.get(at as usize) {
            if finding.union == union {
                return Some(finding.told);
            }
            at = finding.before;
        }
        None
    }

    /// Caches a result; it replaces an earlier one.
    pub(crate) fn tell(&self, (node, union): (u32, TypeId), told: Told) {
        let findings = &mut *self.told.borrow_mut();
        if findings.last.is_empty() {
            findings.last.resize(self.nodes.len(), NONE);
        }
        let number = u32::try_from(findings.all.len()).unwrap_or(NONE);
        if let Some(last) = findings.last.get_mut(node as usize) {
            findings.all.push(Finding {
                union,
                told,
                before: std::mem::replace(last, number),
            });
        }
    }

    pub(super) fn json(&self, number: u32) -> Value {
        match self.within(number) {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Number(number) => Value::Number(number.clone()),
            Node::String(text) | Node::Text(text, _) => self.text(*text).into(),
            Node::List(_, items) => {
                let items = self.items(*items).iter();
                items.map(|item| self.json(*item)).collect()
            }
            Node::Map(_, members) => {
                let members = self.members(*members).iter();
                let members =
                    members.map(|(name, value)| (self.text(*name).to_owned(), self.json(*value)));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }

    #[inline]
    fn add(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    #[inline]
    fn add_text(&mut self, text: &str) -> Span {
        let start = self.texts.len();
        self.texts.push_str(text);
        Span {
            start,
            end: self.texts.len(),
        }
    }

    /// Adds a list of the open items from `first` on.
    fn add_list(&mut self, is_text: bool, first: usize) -> u32 {
        let start = self.items.len();
        self.items.extend(self.open_items.drain(first..));
        let end = self.items.len();
        self.add(Node::List(is_text, Span { start, end }))
    }

    /// Adds a map of the open members from `first` on.
    fn add_map(&mut self, is_text: bool, first: usize) -> u32 {
        let members = self.open_members.get_mut(first..).unwrap_or_default();
        if members.len() > FEW {
            let text = |span: &Span| self.texts.get(span.start..span.end);
            members.sort_by(|a, b| text(&a.0).cmp(&text(&b.0)));
        }
        let start = self.members.len();
        self.members.extend(self.open_members.drain(first..));
        let end = self.members.len();
        self.add(Node::Map(is_text, Span { start, end }))
    }
}

/// Reads a value into a tree; returns the number of its node.
struct Building<'t> {
    tree: &'t mut Tree,
    is_text: bool,
}

impl Building<'_> {
    /// Reborrows, for a nested value.
    fn again(&mut self) -> Building<'_> {
        Building {
            tree: self.tree,
            is_text: self.is_text,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Building<'_> {
    type Value = u32;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<u32, D::Error> {
        from.deserialize_any(self)
    }
}

/// Reads the name of a member and appends it to the texts.
struct Name<'t>(&'t mut Tree);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Span;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Span, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name<'_> {
    type Value = Span;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Span, E> {
        Ok(self.0.add_text(name))
    }
}

/// The key that serde_json's feature `arbitrary_precision`, which any crate in the program may enable, wraps numbers in.
const NUMBER: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for Building<'_> {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<u32, E> {
        Ok(self.tree.add(Node::Null))
    }

    fn visit_none<E: de::Error>(self) -> Result<u32, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<u32, D::Error> {
        self.deserialize(from)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<u32, D::Error> {
        self.deserialize(from)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<u32, E> {
        Ok(self.tree.add(Node::Bool(value)))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<u32, E> {
        Ok(self.tree.add(Node::Number(value.into())))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<u32, E> {
        Ok(self.tree.add(Node::Number(value.into())))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<u32, E> {
        let number = Number::from_f64(value).map_or(Node::Null, Node::Number);
        Ok(self.tree.add(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u32, E> {
        let span = self.tree.add_text(text);
        if !self.is_text {
            return Ok(self.tree.add(Node::String(span)));
        }
        let within = json_within(text).and_then(|value| {
            let (tree, is_text) = (&mut *self.tree, false);
            Building { tree, is_text }.deserialize(value).ok()
        });
        Ok(self.tree.add(Node::Text(span, within)))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut from: A) -> Result<u32, A::Error> {
        let first = self.tree.open_items.len();
        while let Some(item) = from.next_element_seed(self.again())? {
            self.tree.open_items.push(item);
        }
        Ok(self.tree.add_list(self.is_text, first))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut from: A) -> Result<u32, A::Error> {
        let first = self.tree.open_members.len();
        while let Some(name) = from.next_key_seed(Name(self.tree))? {
            if self.tree.open_members.len() == first && self.tree.text(name) == NUMBER {
                let number = from.next_value::<String>()?.parse::<Number>();
                let number = number.map_err(de::Error::custom)?;
                return Ok(self.tree.add(Node::Number(number)));
            }
            let value = from.next_value_seed(self.again())?;
            self.tree.open_members.push((name, value));
        }
        Ok(self.tree.add_map(self.is_text, first))
    }
}
