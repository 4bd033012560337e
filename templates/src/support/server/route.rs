//! Routing: finds the operation of a path. Needs `body.rs`, `decode.rs`, `exchange.rs`, `operation.rs`, `problem.rs`, `reply.rs`.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

use super::{BoxFuture, Exchange, HttpResponse, Operation, Problem, percent_decoded};

/// An operation with its method and path: a row of the routing table.
#[derive(Debug)]
#[doc(hidden)]
pub struct Endpoint<H> {
    /// The method of its requests.
    pub method: &'static str,
    /// The path relative to the base path, with a `{name}` for each parameter; other braces are percent-encoded.
    pub path: &'static str,
    /// Further conditions, if several operations have this method and path.
    pub when: &'static [Condition],
    /// Metadata and handler; `None` if the operation's feature is disabled.
    pub operation: Option<(&'static Operation, Handler<H>)>,
}

/// The function that handles the requests of an operation.
pub type Handler<H> = fn(Arc<H>, Exchange) -> BoxFuture<'static, Result<HttpResponse, Problem>>;

/// A parameter that a request has to have, by its name, with a fixed value if there is one.
#[derive(Debug)]
#[doc(hidden)]
pub enum Condition {
    /// A parameter of the query.
    Query(&'static str, Option<&'static str>),
    /// A header.
    Header(&'static str, Option<&'static str>),
}

/// Declares the constant `ROUTES` of a server, with a row for each operation: method, path, metadata, handler, and conditions.
macro_rules! routes {
    ($($(#[cfg($cfg:meta)])? ($method:literal, $path:literal, $facts:path, $handler:path $(, $when:expr)*),)*) => {
        const ROUTES: &'static [Endpoint<Self>] = &[$(
            Endpoint {
                method: $method,
                path: $path,
                when: &[$($when),*],
                $(#[cfg($cfg)])?
                operation: ::core::option::Option::Some((
                    &$facts,
                    |handlers, exchange| ::std::boxed::Box::pin($handler(handlers, exchange)),
                )),
                $(
                    #[cfg(not($cfg))]
                    operation: ::core::option::Option::None,
                )?
            },
        )*];
    };
}
pub(crate) use routes;

/// All paths as a tree of segments, built once per server.
#[derive(Debug)]
#[doc(hidden)]
pub struct Routes {
    /// Nodes of the tree, which refer to each other by index. The first is the root.
    nodes: Vec<Node>,
}

/// The children of a node, and the operations of its path.
#[derive(Debug, Default)]
struct Node {
    /// Children for literal segments, sorted.
    literals: Vec<(Cow<'static, str>, usize)>,
    /// Children for segments that are partly parameters, such as `{name}.json`, in the order in which they are tried: most literal text
    /// first.
    patterns: Vec<(Pattern, usize)>,
    /// The child for a segment that is a parameter as a whole.
    parameter: Option<usize>,
    /// The methods of a path that ends here, with the operations of each in the order in which they are tried.
    methods: Vec<(&'static str, Vec<usize>)>,
}

/// The literal text before, between and after the parameters of a segment: `{a}-{b}.json` is `["", "-", ".json"]`.
type Pattern = Vec<Cow<'static, str>>;

/// The result of routing a request.
#[derive(Debug, PartialEq)]
#[doc(hidden)]
pub enum Route<'r> {
    /// The indexes of the operations with this method and path (several if they have conditions), and the values of the path parameters.
    Found(&'r [usize], Vec<String>),
    /// The path exists, with these methods.
    OtherMethods(Vec<&'static str>),
    /// The path isn't UTF-8.
    Unreadable,
    /// The path is not found.
    Unknown,
}

impl Node {
    /// Number of kinds of children to try: the literals as one, each pattern, the parameter.
    fn choices(&self) -> usize {
        1 + self.patterns.len() + usize::from(self.parameter.is_some())
    }

    /// The child for a segment of a declared path, added with the index `new` if there is none yet.
    fn follow(&mut self, segment: &'static str, new: usize) -> usize {
        let mut literals = pattern(segment);
        match literals.as_mut_slice() {
            [only] => match self.literals.binary_search_by(|(known, _)| known.cmp(only)) {
                Ok(at) => self.literals.get(at).map_or(new, |(_, next)| *next),
                Err(at) => {
                    self.literals.insert(at, (std::mem::take(only), new));
                    new
                }
            },
            [before, behind] if before.is_empty() && behind.is_empty() => {
                *self.parameter.get_or_insert(new)
            }
            _ => {
                let rank =
                    |one: &Pattern| Reverse(one.iter().map(|text| text.len()).sum::<usize>());
                let order = |(known, _): &(Pattern, usize)| {
                    rank(known)
                        .cmp(&rank(&literals))
                        .then_with(|| known.cmp(&literals))
                };
                match self.patterns.binary_search_by(order) {
                    Ok(at) => self.patterns.get(at).map_or(new, |(_, next)| *next),
                    Err(at) => {
                        self.patterns.insert(at, (literals, new));
                        new
                    }
                }
            }
        }
    }

    fn add(&mut self, method: &'static str, operation: usize) {
        match self.methods.iter_mut().find(|(known, _)| *known == method) {
            Some((_, operations)) => operations.push(operation),
            None => self.methods.push((method, vec![operation])),
        }
    }
}

/// The decoded literal text around the parameters of a segment.
fn pattern(segment: &'static str) -> Pattern {
    let mut pieces = segment.split('{');
    let first = pieces.next().into_iter();
    let behind = pieces.map(|piece| piece.split_once('}').map_or(piece, |(_, behind)| behind));
    let decoded = |text: &'static str| percent_decoded(text).unwrap_or(Cow::Borrowed(text));
    first.chain(behind).map(decoded).collect()
}

impl Routes {
    /// Builds the tree from the method and path of each operation.
    pub fn new(operations: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        let mut nodes = vec![Node::default()];
        for (operation, (method, path)) in operations.into_iter().enumerate() {
            let mut at = 0;
            for segment in path.strip_prefix('/').unwrap_or(path).split('/') {
                let new = nodes.len();
                at = nodes
                    .get_mut(at)
                    .map_or(0, |node| node.follow(segment, new));
                if at == new {
                    nodes.push(Node::default());
                }
            }
            if let Some(node) = nodes.get_mut(at) {
                node.add(method, operation);
            }
        }
        Self { nodes }
    }

    /// Finds the operations of a method and a path (percent-encoded, beginning with a slash).
    ///
    /// A literal segment takes precedence over a pattern, and both over a parameter; if the literal's branch doesn't match, the others are
    /// tried. A path that is more concrete than another one handles all its requests, even with methods that it doesn't have (OpenAPI 3.1,
    /// Path Templating Matching): `DELETE /apps/register` doesn't delete the app `register`. `HEAD` falls back to the operation of `GET`.
    pub fn find(&self, method: &str, path: &str) -> Route<'_> {
        let Some(path) = path.strip_prefix('/') else {
            return Route::Unknown;
        };
        let segments = path.split('/').map(|raw| {
            Some(Segment {
                raw,
                text: percent_decoded(raw)?,
                is_value: false,
            })
        });
        let Some(segments) = segments.collect() else {
            return Route::Unreadable;
        };
        let mut search = Search {
            nodes: &self.nodes,
            method,
            segments,
            values: Vec::new(),
            refused: Vec::new(),
            allowed: Vec::new(),
        };
        match search.run() {
            Some(operations) => Route::Found(operations, search.values),
            None if search.allowed.is_empty() => Route::Unknown,
            None => Route::OtherMethods(search.allowed()),
        }
    }
}

struct Search<'n, 'r> {
    nodes: &'n [Node],
    method: &'r str,
    segments: Vec<Segment<'r>>,
    values: Vec<String>,
    /// Paths found so far that lack the method: which of their segments are values.
    refused: Vec<Vec<bool>>,
    allowed: Vec<&'static str>,
}

/// A segment of the request's path. It is compared decoded, and kept encoded as a value: encoding distinguishes separators of list items
/// from the same characters within items.
struct Segment<'r> {
    raw: &'r str,
    text: Cow<'r, str>,
    /// Whether the segment is a value in the current branch, wholly or partly.
    is_value: bool,
}

/// A position of the search, and the next child to try.
#[derive(Clone, Copy, Default)]
struct Place {
    node: usize,
    depth: usize,
    choice: usize,
    values: usize,
}

impl<'n> Search<'n, '_> {
    fn run(&mut self) -> Option<&'n [usize]> {
        // Positions to return to; for most paths there are none.
        let mut waiting: Vec<Place> = Vec::new();
        let mut place = Place::default();
        loop {
            let node = self.nodes.get(place.node)?;
            if place.depth == self.segments.len() {
                if let Some(operations) = self.arrive(node) {
                    return Some(operations);
                }
            } else if let Some((choice, next)) = self.step(node, place) {
                if choice + 1 < node.choices() {
                    let choice = choice + 1;
                    waiting.push(Place { choice, ..place });
                }
                place = Place {
                    node: next,
                    depth: place.depth + 1,
                    choice: 0,
                    values: self.values.len(),
                };
                continue;
            }
            place = waiting.pop()?;
            self.values.truncate(place.values);
        }
    }

    /// The first child that matches, from the given one on, and its node.
    fn step(&mut self, node: &Node, place: Place) -> Option<(usize, usize)> {
        let segment = self.segments.get_mut(place.depth)?;
        if place.choice == 0 {
            let text = segment.text.as_ref();
            let found = (node.literals).binary_search_by(|(literal, _)| literal.as_ref().cmp(text));
            if let Some((_, next)) = found.ok().and_then(|index| node.literals.get(index)) {
                segment.is_value = false;
                return Some((0, *next));
            }
        }
        // A client that sends these as values was tricked; and a value is never empty.
        if matches!(segment.text.as_ref(), "" | "." | "..") {
            return None;
        }
        segment.is_value = true;
        let patterns = (node.patterns.iter().enumerate()).skip(place.choice.saturating_sub(1));
        for (index, (pattern, next)) in patterns {
            if let Some(values) = captured(pattern, segment.raw) {
                self.values.extend(values);
                return Some((index + 1, *next));
            }
        }
        let next = node.parameter?;
        self.values.push(segment.raw.to_owned());
        Some((node.patterns.len() + 1, next))
    }

    fn arrive(&mut self, node: &'n Node) -> Option<&'n [usize]> {
        if self.refused.iter().any(|path| self.is_counterpart(path)) {
            return None;
        }
        let operation = |method: &str| {
            node.methods
                .iter()
                .find(|(known, _)| *known == method)
                .map(|(_, operations)| operations.as_slice())
        };
        let found =
            operation(self.method).or_else(|| operation("GET").filter(|_| self.method == "HEAD"));
        if found.is_none() && !node.methods.is_empty() {
            self.refused
                .push(self.segments.iter().map(|s| s.is_value).collect());
            self.allowed
                .extend(node.methods.iter().map(|(method, _)| *method));
        }
        found
    }

    /// Whether the found path matches a more concrete one, with values in place of its literals.
    fn is_counterpart(&self, concrete: &[bool]) -> bool {
        let mut pairs = concrete.iter().zip(&self.segments);
        let differs = pairs.clone().any(|(is_value, s)| *is_value != s.is_value);
        differs && pairs.all(|(is_value, s)| s.is_value || !is_value)
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

/// The values in a segment that matches a pattern, as they are in the URL. Each has at least one character and is as short as possible.
fn captured(pattern: &[Cow<'static, str>], segment: &str) -> Option<Vec<String>> {
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

/// A byte of a segment.
struct Unit {
    byte: u8,
    /// Its range in the text: one byte, or three if it is percent-encoded.
    at: std::ops::Range<usize>,
}

impl Unit {
    fn is_encoded(&self) -> bool {
        self.at.len() > 1
    }
}

/// The bytes of a segment whose encoding is known to be valid.
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

/// The position of a literal between two values, after the first byte: preferably unencoded, as encoded text more likely belongs to a
/// value.
fn find(units: &[Unit], literal: &str) -> Option<usize> {
    let last = units.len().checked_sub(literal.len())?;
    let places = || {
        (1..=last)
            .filter(|at| stands(&units[*at..*at + literal.len()], literal))
            // The empty literal matches anywhere, but mustn't split a character.
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
