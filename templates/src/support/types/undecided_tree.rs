//! A whole value as a tree of numbered nodes, and what is known of each. Needs `text.rs`.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{self, Unexpected};
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
    pub(super) nodes: Vec<Node>,
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
    pub(super) fn new(value: Value, is_text: bool) -> Self {
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

/// Adds a value to the nodes; what is within it is before it.
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
