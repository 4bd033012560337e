//! From a path to an operation. Needs `decode.rs`.

use std::borrow::Cow;

use super::percent_decoded;

/// What may follow at one place of a path. Generated code holds the tree of all paths as a constant.
#[derive(Debug)]
pub struct Node {
    /// Segments that stand in the description as they are, sorted.
    pub literals: &'static [(&'static str, Node)],
    /// Segments that are only partly parameters, such as `{name}.json`, in the order in which they are tried.
    pub patterns: &'static [(Pattern, Node)],
    /// Where any segment leads that is a parameter as a whole.
    pub parameter: Option<&'static Node>,
    /// The operations of a path that ends here: each method and the operation's number.
    pub methods: &'static [(&'static str, usize)],
}

/// The literal text before, between and behind the parameters of a segment: `{a}-{b}.json` is `["", "-", ".json"]`.
pub type Pattern = &'static [&'static str];

/// What a request leads to.
#[derive(Debug, PartialEq)]
pub enum Route {
    /// An operation's number, and the values of its path parameters.
    Found(usize, Vec<String>),
    /// The path exists, with these methods.
    OtherMethods(Vec<&'static str>),
    /// The path isn't text.
    Unreadable,
    /// There is no such path.
    Unknown,
}

impl Node {
    /// A node that nothing follows.
    pub const EMPTY: Self = Self {
        literals: &[],
        patterns: &[],
        parameter: None,
        methods: &[],
    };

    /// Finds the operation of a method and a path (which is still percent-encoded, and begins with a slash).
    ///
    /// A literal segment wins over a pattern, and both over a parameter; but if the way of the literal leads to
    /// nothing, the others are tried. `HEAD` leads to the operation of `GET` unless it has one of its own.
    pub fn find(&self, method: &str, path: &str) -> Route {
        let Some(path) = path.strip_prefix('/') else {
            return Route::Unknown;
        };
        let Some(segments) = path
            .split('/')
            .map(|raw| Some((raw, percent_decoded(raw)?)))
            .collect::<Option<Vec<_>>>()
        else {
            return Route::Unreadable;
        };
        let mut search = Search {
            method,
            values: Vec::new(),
            allowed: Vec::new(),
        };
        match search.walk(self, &segments) {
            Some(operation) => Route::Found(operation, search.values),
            None if search.allowed.is_empty() => Route::Unknown,
            None => Route::OtherMethods(search.allowed()),
        }
    }
}

struct Search<'m> {
    method: &'m str,
    values: Vec<String>,
    allowed: Vec<&'static str>,
}

impl Search<'_> {
    /// Segments are compared decoded, and values kept as they stand in the URL: what separates the items of a list is told from
    /// what belongs to an item by its encoding.
    fn walk(&mut self, node: &Node, segments: &[(&str, Cow<'_, str>)]) -> Option<usize> {
        let Some(((raw, segment), rest)) = segments.split_first() else {
            return self.arrive(node);
        };
        let known = self.values.len();
        if let Ok(index) = node
            .literals
            .binary_search_by(|(literal, _)| (*literal).cmp(segment.as_ref()))
            && let Some(operation) = self.walk(&node.literals[index].1, rest)
        {
            return Some(operation);
        }
        // A client that sends these as values has been tricked, and an empty one isn't a value.
        if matches!(segment.as_ref(), "" | "." | "..") {
            return None;
        }
        for (pattern, next) in node.patterns {
            if let Some(values) = captured(pattern, raw) {
                self.values.extend(values);
                if let Some(operation) = self.walk(next, rest) {
                    return Some(operation);
                }
                self.values.truncate(known);
            }
        }
        self.values.push((*raw).to_owned());
        let operation = node.parameter.and_then(|next| self.walk(next, rest));
        if operation.is_none() {
            self.values.truncate(known);
        }
        operation
    }

    fn arrive(&mut self, node: &Node) -> Option<usize> {
        let operation = |method: &str| {
            node.methods
                .iter()
                .find(|(known, _)| *known == method)
                .map(|(_, number)| *number)
        };
        let found =
            operation(self.method).or_else(|| operation("GET").filter(|_| self.method == "HEAD"));
        if found.is_none() {
            self.allowed
                .extend(node.methods.iter().map(|(method, _)| *method));
        }
        found
    }

    fn allowed(mut self) -> Vec<&'static str> {
        if self.allowed.contains(&"GET") {
            self.allowed.push("HEAD");
        }
        self.allowed.sort_unstable();
        self.allowed.dedup();
        self.allowed
    }
}

/// The values in a segment that looks like the pattern, as they stand in the URL. None of them is empty, and each is as short as
/// it can be: of two with nothing between them the first is one character.
fn captured(pattern: &[&str], segment: &str) -> Option<Vec<String>> {
    let units = units(segment);
    let (first, others) = pattern.split_first()?;
    let (last, between) = others.split_last()?;
    let end = units.len().checked_sub(last.len())?;
    let mut start = first.len();
    if start > end || !stands(&units[..start], first) || !stands(&units[end..], last) {
        return None;
    }
    let mut values = Vec::with_capacity(others.len());
    for literal in between {
        let found = find(&units[start..end], literal)?;
        values.push(raw(segment, &units[start..start + found]));
        start += found + literal.len();
    }
    values.push(raw(segment, &units[start..end]));
    values
        .iter()
        .all(|value| !value.is_empty())
        .then_some(values)
}

/// A byte of a segment, and how it is written.
struct Unit {
    byte: u8,
    /// Where it stands: one byte, or three if it is percent-encoded.
    at: std::ops::Range<usize>,
}

impl Unit {
    fn is_encoded(&self) -> bool {
        self.at.len() > 1
    }
}

/// The bytes of a segment that is known to be well encoded.
fn units(segment: &str) -> Vec<Unit> {
    let bytes = segment.as_bytes();
    let mut units = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let decoded = segment
            .get(at + 1..at + 3)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .filter(|_| byte == b'%');
        let end = at + if decoded.is_some() { 3 } else { 1 };
        units.push(Unit {
            byte: decoded.unwrap_or(byte),
            at: at..end,
        });
        at = end;
    }
    units
}

fn stands(units: &[Unit], literal: &str) -> bool {
    units.iter().map(|unit| unit.byte).eq(literal.bytes())
}

/// Where a literal stands between two values, behind the first byte: as it is, or else percent-encoded. What is encoded is rather
/// part of a value.
fn find(units: &[Unit], literal: &str) -> Option<usize> {
    let last = units.len().checked_sub(literal.len())?;
    let places = || {
        (1..=last)
            .filter(|at| stands(&units[*at..*at + literal.len()], literal))
            // Nothing stands everywhere, also within a character.
            .filter(|at| units.get(*at).is_none_or(|unit| unit.byte & 0xC0 != 0x80))
    };
    let is_plain = |at: &usize| {
        let unit = |unit: &Unit| !unit.is_encoded() || !unit.byte.is_ascii();
        units[*at..*at + literal.len()].iter().all(unit)
    };
    places().find(is_plain).or_else(|| places().next())
}

fn raw(segment: &str, units: &[Unit]) -> String {
    let range = units.first().zip(units.last());
    let text = range.and_then(|(first, last)| segment.get(first.at.start..last.at.end));
    text.unwrap_or_default().to_owned()
}
