//! A whole value as a tree of numbered nodes, and what is known of each. Needs `text.rs`.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::{Map, Number, Value};

use super::json_within;

thread_local! {
    /// Whether errors are ignored.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What isn't as a type wants it; begins with a JSON pointer where that is known.
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

/// What `run` returns; its errors are ignored, so they say nothing.
pub(crate) fn quietly<T>(is_quiet: bool, run: impl FnOnce() -> T) -> T {
    let before = QUIET.replace(is_quiet || QUIET.get());
    let result = run();
    QUIET.set(before);
    result
}

/// How well a value is what a type wants; nothing of everything is best.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Grade {
    /// Broken constraints.
    pub(crate) violations: usize,
    /// Properties that are there and that the type doesn't declare, whether it keeps them or not.
    pub(crate) undeclared: usize,
    /// What isn't written back as it was: `null` for nothing, `05` for 5.
    pub(crate) changed: usize,
}

impl Grade {
    /// What is compared: constraints first, then how much is declared.
    pub(crate) fn rank(self) -> (bool, usize, usize, usize) {
        let is_broken = self.violations > 0;
        (is_broken, self.undeclared, self.violations, self.changed)
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            violations: self.violations + other.violations,
            undeclared: self.undeclared + other.undeclared,
            changed: self.changed + other.changed,
        }
    }
}

/// What is known of a node as one union.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    /// It is being found out: a union that asks again is a variant of itself, which adds nothing.
    Trying,
    /// It is none of the variants.
    Nothing,
    /// It is this variant.
    Variant {
        /// Its number.
        index: usize,
        /// How well.
        grade: Grade,
        /// How many variants hold altogether.
        holding: usize,
    },
}

/// What was found out about the nodes of a tree.
#[derive(Debug, Default)]
struct Findings {
    /// By the number of a node, the last about it.
    last: Vec<u32>,
    all: Vec<Finding>,
}

#[derive(Debug)]
struct Finding {
    union: TypeId,
    told: Told,
    /// The one before about the same node.
    before: u32,
}

/// The number of no finding.
const NONE: u32 = u32::MAX;

/// A value, and what was found out about it.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// What is within a value is before it.
    nodes: Vec<Node>,
    /// The texts of strings and names, one behind the other, as are those below: a value of many parts is in few pieces of memory.
    texts: String,
    /// The items of lists.
    items: Vec<u32>,
    /// The members of maps, by name where there are many.
    members: Vec<Member>,
    /// Whether every variant is tried, to see whether several hold.
    pub(crate) counts_all: bool,
    /// The grade of what is being read.
    pub(crate) grade: Cell<Grade>,
    told: RefCell<Findings>,
    /// How many nodes may still be visited.
    steps: Cell<usize>,
}

/// How often each node may be visited on average, before it is given up to find out what the value is. Each level of unions within
/// each other adds as many visits as it has variants that can be read.
const VISITS: usize = 64;

/// How many visits a small value has in any case; this is some milliseconds.
const SOME_VISITS: usize = 250_000;

/// What is said when it takes too many steps to find out what a value is.
pub(crate) const TOO_MANY_STEPS: &str =
    "it takes too many steps to tell which of the types it is that it may be";

/// A part of one of the tree's lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    start: usize,
    end: usize,
}

/// A member of a map: its name and its node.
pub(super) type Member = (Span, u32);

/// So many members are looked through faster than sorted.
const FEW: usize = 16;

#[derive(Debug)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Number(Number),
    String(Span),
    /// Text that may stand for other values, and the list or object that it is if it is JSON.
    Text(Span, Option<u32>),
    /// Whether it is a list of text, and its items.
    List(bool, Span),
    /// Whether it is a map of text, and its members.
    Map(bool, Span),
}

impl Tree {
    /// The tree of a value, and the number of its node.
    pub(super) fn of<'de, D: Deserializer<'de>>(
        from: D,
        is_text: bool,
    ) -> Result<(Self, u32), D::Error> {
        let mut tree = Self::default();
        let node = Building {
            tree: &mut tree,
            is_text,
        };
        let node = node.deserialize(from)?;
        tree.told.get_mut().last = vec![NONE; tree.nodes.len()];
        tree.steps = Cell::new(tree.nodes.len().saturating_mul(VISITS) + SOME_VISITS);
        Ok((tree, node))
    }

    pub(super) fn node(&self, number: u32) -> &Node {
        // The number comes from this tree.
        self.nodes.get(number as usize).unwrap_or(&Node::Null)
    }

    pub(super) fn text(&self, span: Span) -> &str {
        // As all spans, this comes from this tree.
        self.texts.get(span.start..span.end).unwrap_or_default()
    }

    pub(super) fn items(&self, span: Span) -> &[u32] {
        self.items.get(span.start..span.end).unwrap_or_default()
    }

    pub(super) fn members(&self, span: Span) -> &[Member] {
        self.members.get(span.start..span.end).unwrap_or_default()
    }

    /// The node of the member with a name.
    pub(super) fn member(&self, members: Span, name: &str) -> Option<u32> {
        let members = self.members(members);
        let index = if members.len() > FEW {
            let found = members.binary_search_by(|member| self.text(member.0).cmp(name));
            found.ok()
        } else {
            let mut names = members.iter().map(|member| self.text(member.0));
            names.position(|known| known == name)
        };
        members.get(index?).map(|member| member.1)
    }

    /// The list or object that a node is, if it is text that is JSON.
    pub(super) fn within(&self, number: u32) -> &Node {
        match self.node(number) {
            Node::Text(_, Some(within)) => self.node(*within),
            node => node,
        }
    }

    /// Takes a step, unless there are none left.
    pub(super) fn step(&self) -> bool {
        let left = self.steps.get().saturating_sub(1);
        self.steps.set(left);
        left > 0
    }

    /// Whether a value was given up.
    pub(crate) fn is_given_up(&self) -> bool {
        self.steps.get() == 0
    }

    /// What is known of a node as a union.
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

    /// Keeps what was found out; the last word counts.
    pub(crate) fn tell(&self, (node, union): (u32, TypeId), told: Told) {
        let findings = &mut *self.told.borrow_mut();
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

    fn add(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    fn add_text(&mut self, text: &str) -> Span {
        let start = self.texts.len();
        self.texts.push_str(text);
        Span {
            start,
            end: self.texts.len(),
        }
    }

    fn add_list(&mut self, is_text: bool, items: &[u32]) -> u32 {
        let start = self.items.len();
        self.items.extend_from_slice(items);
        let end = self.items.len();
        self.add(Node::List(is_text, Span { start, end }))
    }

    fn add_map(&mut self, is_text: bool, mut members: Vec<Member>) -> u32 {
        if members.len() > FEW {
            members.sort_by(|a, b| self.text(a.0).cmp(self.text(b.0)));
        }
        let start = self.members.len();
        self.members.append(&mut members);
        let end = self.members.len();
        self.add(Node::Map(is_text, Span { start, end }))
    }
}

/// Takes a value into a tree, and gives the number of its node.
struct Building<'t> {
    tree: &'t mut Tree,
    is_text: bool,
}

impl Building<'_> {
    /// The same, for what is within.
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

/// The name of a member, added to the texts.
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

/// The name under which serde_json has a number in a map, if anything in the program asks for numbers of any precision.
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
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(self.again())? {
            items.push(item);
        }
        Ok(self.tree.add_list(self.is_text, &items))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut from: A) -> Result<u32, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = from.next_key_seed(Name(self.tree))? {
            if members.is_empty() && self.tree.text(name) == NUMBER {
                let number = from.next_value::<String>()?.parse::<Number>();
                let number = number.map_err(de::Error::custom)?;
                return Ok(self.tree.add(Node::Number(number)));
            }
            members.push((name, from.next_value_seed(self.again())?));
        }
        Ok(self.tree.add_map(self.is_text, members))
    }
}
