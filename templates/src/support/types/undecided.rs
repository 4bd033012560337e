//! A whole value of which it isn't known yet what it is, and reading it as one type after the other. Needs `text.rs`,
//! `undecided_reader.rs`.
//!
//! The outermost union takes the value into a tree whose nodes have numbers. Unions within it get the number of their node instead of a
//! copy, so that what is found out about a node is found out once, however often it is read on the way.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::{Map, Number, Value};

use super::undecided_reader::At;
use super::{UNDECIDED, json_within};

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

/// What `run` returns; nobody reads its errors, so they say nothing.
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
#[derive(Debug)]
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
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
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

#[derive(Debug)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    /// Text that may stand for other values, and the list or object that it is if it is JSON.
    Text(String, Option<u32>),
    /// Whether it is a list of text, and its items.
    List(bool, Vec<u32>),
    /// Whether it is a map of text, and its members by name.
    Map(bool, Vec<(String, u32)>),
}

impl Tree {
    fn new(value: Value, is_text: bool) -> Self {
        let mut nodes = Vec::new();
        add(&mut nodes, value, is_text);
        let steps = nodes.len().saturating_mul(VISITS) + SOME_VISITS;
        Self {
            told: RefCell::new(Findings {
                last: vec![NONE; nodes.len()],
                all: Vec::new(),
            }),
            nodes,
            counts_all: false,
            grade: Cell::default(),
            steps: Cell::new(steps),
        }
    }

    pub(super) fn node(&self, number: u32) -> &Node {
        // The number comes from this tree.
        self.nodes.get(number as usize).unwrap_or(&Node::Null)
    }

    /// The list or object that a node is, if it is text that is JSON.
    fn within(&self, number: u32) -> &Node {
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

    fn json(&self, number: u32) -> Value {
        match self.within(number) {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Number(number) => Value::Number(number.clone()),
            Node::String(text) | Node::Text(text, _) => Value::String(text.clone()),
            Node::List(_, items) => items.iter().map(|item| self.json(*item)).collect(),
            Node::Map(_, members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.clone(), self.json(*value)));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}

/// Adds a value to the nodes; what is within it stands before it.
fn add(nodes: &mut Vec<Node>, value: Value, is_text: bool) -> u32 {
    let node = match value {
        Value::Null => Node::Null,
        Value::Bool(value) => Node::Bool(value),
        Value::Number(number) => Node::Number(number),
        Value::String(text) if is_text => {
            let within = json_within(&text).map(|value| add(nodes, value, false));
            Node::Text(text, within)
        }
        Value::String(text) => Node::String(text),
        Value::Array(items) => {
            let items = items.into_iter().map(|item| add(nodes, item, is_text));
            Node::List(is_text, items.collect())
        }
        Value::Object(members) => {
            let members = members.into_iter();
            let members = members.map(|(name, value)| (name, add(nodes, value, is_text)));
            let mut members: Vec<(String, u32)> = members.collect();
            members.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            Node::Map(is_text, members)
        }
    };
    nodes.push(node);
    u32::try_from(nodes.len() - 1).unwrap_or(u32::MAX)
}

thread_local! {
    /// Whether nobody reads errors.
    static QUIET: Cell<bool> = const { Cell::new(false) };

    /// The tree that is being read: serde hands nothing on to the types within a type.
    static CURRENT: RefCell<Option<Rc<Tree>>> = const { RefCell::new(None) };
}

/// Makes a tree the one that is being read, until it is dropped.
struct Reading(Option<Rc<Tree>>);

impl Reading {
    /// Nothing if it is that already.
    fn of(tree: &Rc<Tree>) -> Option<Self> {
        CURRENT.with_borrow_mut(|current| match current {
            Some(current) if Rc::ptr_eq(current, tree) => None,
            current => Some(Self(current.replace(Rc::clone(tree)))),
        })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        CURRENT.with(|current| current.replace(self.0.take()));
    }
}

/// A value, before it is known what it is.
#[derive(Debug, Clone)]
pub(crate) struct Undecided {
    pub(crate) tree: Rc<Tree>,
    pub(crate) node: u32,
}

impl Undecided {
    fn new(value: Value, is_text: bool) -> Self {
        let tree = Tree::new(value, is_text);
        // What is within a value stands before it.
        let node = u32::try_from(tree.nodes.len() - 1).unwrap_or(u32::MAX);
        Self {
            tree: Rc::new(tree),
            node,
        }
    }

    /// A value of which every variant is tried.
    pub(crate) fn counting_all(value: Value) -> Self {
        let mut tree = Tree::new(value, false);
        tree.counts_all = true;
        let node = u32::try_from(tree.nodes.len() - 1).unwrap_or(u32::MAX);
        Self {
            tree: Rc::new(tree),
            node,
        }
    }

    /// The value of a property.
    fn member(&self, property: &str) -> Option<&Node> {
        let Node::Map(_, members) = self.tree.within(self.node) else {
            return None;
        };
        Some(self.tree.node(find(members, property)?))
    }

    /// Whether a property is there.
    pub(crate) fn has(&self, property: &str) -> bool {
        self.member(property).is_some()
    }

    /// The string that a property is.
    pub(crate) fn text_of(&self, property: &str) -> Option<&str> {
        match self.member(property)? {
            Node::String(text) | Node::Text(text, _) => Some(text),
            _ => None,
        }
    }

    /// The value as JSON; what was text is strings.
    pub(crate) fn json(&self) -> Value {
        self.tree.json(self.node)
    }

    /// The value as a type.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        self.read_without(None)
    }

    /// The value as a type that doesn't get to see one of the properties.
    pub(crate) fn read_without<T: DeserializeOwned>(
        &self,
        property: Option<&str>,
    ) -> Result<T, Mismatch> {
        let _reading = Reading::of(&self.tree);
        T::deserialize(At::new(&self.tree, self.node, property))
    }

    /// The value that a JSON pointer leads to from here.
    pub(crate) fn at(&self, pointer: &str) -> Option<Self> {
        let mut node = self.node;
        for token in pointer.split('/').skip(1) {
            node = match self.tree.node(node) {
                Node::List(_, items) => *items.get(token.parse::<usize>().ok()?)?,
                Node::Map(_, members) => {
                    let name = token.replace("~1", "/").replace("~0", "~");
                    find(members, &name)?
                }
                _ => return None,
            };
        }
        Some(Self {
            tree: Rc::clone(&self.tree),
            node,
        })
    }
}

fn find(members: &[(String, u32)], name: &str) -> Option<u32> {
    let index = members.binary_search_by(|member| (*member.0).cmp(name));
    members.get(index.ok()?).map(|member| member.1)
}

/// Reads the whole value, if that hasn't been done already.
pub(crate) fn buffered<'de, D: Deserializer<'de>>(from: D) -> Result<Undecided, D::Error> {
    from.deserialize_newtype_struct(UNDECIDED, UndecidedVisitor)
}

struct UndecidedVisitor;

fn json<E>(value: impl Into<Value>) -> Result<Undecided, E> {
    Ok(Undecided::new(value.into(), false))
}

/// Readers answer to the question for a newtype; those that take no hints answer with the value itself.
impl<'de> Visitor<'de> for UndecidedVisitor {
    type Value = Undecided;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Undecided, D::Error> {
        Value::deserialize(from).and_then(json)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Undecided, D::Error> {
        Ok(Undecided::new(Value::deserialize(from)?, true))
    }

    /// The number of a node; nothing else answers with a number of this width.
    fn visit_i128<E: de::Error>(self, node: i128) -> Result<Undecided, E> {
        let tree = CURRENT.with(|current| current.borrow().clone());
        match (tree, u32::try_from(node)) {
            (Some(tree), Ok(node)) => Ok(Undecided { tree, node }),
            _ => Err(E::invalid_type(Unexpected::Other("number"), &self)),
        }
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Undecided, E> {
        json(value)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Undecided, E> {
        json(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Undecided, E> {
        json(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Undecided, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).and_then(json)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Undecided, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(members)).and_then(json)
    }
}

/// Kinds of JSON values, by the words of JSON Schema. Text is of every kind that it may stand for.
pub(crate) mod kind {
    use serde_json::Number;

    use super::{Node, Undecided};

    fn node(value: &Undecided) -> &Node {
        value.tree.node(value.node)
    }

    pub(crate) fn null(value: &Undecided) -> bool {
        matches!(node(value), Node::Null)
    }

    pub(crate) fn boolean(value: &Undecided) -> bool {
        match node(value) {
            Node::Bool(_) => true,
            Node::Text(text, _) => text == "true" || text == "false",
            _ => false,
        }
    }

    pub(crate) fn number(value: &Undecided) -> bool {
        match node(value) {
            Node::Number(_) => true,
            Node::Text(text, _) => text.parse::<Number>().is_ok(),
            _ => false,
        }
    }

    pub(crate) fn string(value: &Undecided) -> bool {
        matches!(node(value), Node::String(_) | Node::Text(..))
    }

    pub(crate) fn array(value: &Undecided) -> bool {
        matches!(value.tree.within(value.node), Node::List(..))
    }

    pub(crate) fn object(value: &Undecided) -> bool {
        matches!(value.tree.within(value.node), Node::Map(..))
    }
}
