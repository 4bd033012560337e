//! Routing: finds the operation of a path. Needs `body.rs`, `decode.rs`, `exchange.rs`, `operation.rs`, `problem.rs`, `reply.rs`,
//! `route_values.rs`.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

use http::HeaderValue;

use super::route_values::{Pattern, captured};
use super::{BoxFuture, Exchange, HttpResponse, Operation, PathValues, Problem, percent_decoded};

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
    /// Children for literal segments, sorted by their keys.
    literals: Vec<Literal>,
    /// Children for segments that are partly parameters, such as `{name}.json`, in the order in which they are tried: most literal text
    /// first.
    patterns: Vec<(Pattern, usize)>,
    /// The child for a segment that is a parameter as a whole.
    parameter: Option<usize>,
    /// The methods of a path that ends here, with the operations of each in the order in which they are tried.
    methods: Vec<(&'static str, Vec<usize>)>,
    /// The value of the `Allow` header with these methods.
    allow: Option<HeaderValue>,
}

/// A literal segment, with the index of its node.
#[derive(Debug)]
struct Literal {
    key: u64,
    text: Cow<'static, str>,
    next: usize,
}

impl Literal {
    /// Whether a segment with the same key is equal.
    fn is(&self, segment: &str) -> bool {
        let is_in_key = segment.len() <= size_of::<u64>();
        self.text.len() == segment.len() && (is_in_key || self.text == segment)
    }
}

/// The first bytes of a segment as a number, by which most segments differ.
fn key(segment: &str) -> u64 {
    let bytes = segment.as_bytes();
    match bytes.first_chunk() {
        Some(first) => u64::from_be_bytes(*first),
        None => (bytes.iter()).fold(0, |key, byte| key << 8 | u64::from(*byte)),
    }
}

/// The result of routing a request.
#[derive(Debug, PartialEq)]
#[doc(hidden)]
pub enum Route<'r> {
    /// The indexes of the operations with this method and path (several if they have conditions), and the values of the path parameters.
    Found(&'r [usize], PathValues),
    /// The path exists, with these methods: the value of the `Allow` header.
    OtherMethods(HeaderValue),
    /// The path isn't UTF-8.
    Unreadable,
    /// The path is not found.
    Unknown,
}

impl Node {
    /// The child for a segment of a declared path, added with the index `new` if there is none yet.
    fn follow(&mut self, segment: &'static str, new: usize) -> usize {
        let mut literals = pattern(segment);
        match literals.as_mut_slice() {
            [only] => {
                let text = std::mem::take(only);
                self.literal(&text).unwrap_or_else(|| {
                    let key = key(&text);
                    let at = self.literals.partition_point(|known| known.key < key);
                    let next = new;
                    self.literals.insert(at, Literal { key, text, next });
                    next
                })
            }
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

    /// The child for a literal segment.
    fn literal(&self, segment: &str) -> Option<usize> {
        if self.literals.is_empty() {
            return None; // Many nodes have nothing but a parameter.
        }
        let key = key(segment);
        let first = self.literals.partition_point(|known| known.key < key);
        let same = self.literals.get(first..)?.iter();
        same.take_while(|known| known.key == key)
            .find(|known| known.is(segment))
            .map(|known| known.next)
    }

    /// Whether there are children for segments other than the literals.
    fn takes_values(&self) -> bool {
        self.parameter.is_some() || !self.patterns.is_empty()
    }

    fn add(&mut self, method: &'static str, operation: usize) {
        match self.methods.iter_mut().find(|(known, _)| *known == method) {
            Some((_, operations)) => operations.push(operation),
            None => self.methods.push((method, vec![operation])),
        }
        self.allow = allow([&*self]);
    }

    /// The operations of a method. `HEAD` falls back to those of `GET`.
    fn operations(&self, method: &str) -> Option<&[usize]> {
        let of = |method: &str| {
            let mut methods = self.methods.iter();
            methods.find(|(known, _)| *known == method)
        };
        let found = of(method).or_else(|| of("GET").filter(|_| method == "HEAD"));
        found.map(|(_, operations)| operations.as_slice())
    }
}

/// The value of the `Allow` header with the methods of these nodes.
fn allow<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> Option<HeaderValue> {
    let methods = nodes.into_iter().flat_map(|node| &node.methods);
    let mut methods: Vec<&str> = methods.map(|(method, _)| *method).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    // The server responds to it for every path.
    methods.push("OPTIONS");
    methods.sort_unstable();
    methods.dedup();
    HeaderValue::try_from(methods.join(", ")).ok()
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

    /// Finds the operations of a method and a path (percent-encoded, beginning with a slash at the byte `start`).
    ///
    /// A literal segment takes precedence over a pattern, and both over a parameter; if the literal's branch doesn't match, the others are
    /// tried. A path that is more concrete than another one handles all its requests, even with methods that it doesn't have (OpenAPI 3.1,
    /// Path Templating Matching): `DELETE /apps/register` doesn't delete the app `register`. `HEAD` falls back to the operation of `GET`.
    pub fn find(&self, method: &str, path: &str, start: usize) -> Route<'_> {
        if path.as_bytes().get(start) != Some(&b'/') {
            return Route::Unknown;
        }
        let mut search = Search {
            nodes: &self.nodes,
            method,
            path,
            values: PathValues::default(),
            refused: Vec::new(),
        };
        let found = (self.nodes.first()).and_then(|root| search.walk(root, Some(start + 1)));
        match (found, search.refused.as_slice()) {
            (Some(operations), _) => Route::Found(operations, search.values),
            // The search may have ended before the part that can't be decoded.
            (None, []) if path.get(start..).and_then(percent_decoded).is_none() => {
                Route::Unreadable
            }
            (None, []) => Route::Unknown,
            (None, [(only, _)]) => only
                .allow
                .clone()
                .map_or(Route::Unknown, Route::OtherMethods),
            (None, several) => allow(several.iter().map(|(node, _)| *node))
                .map_or(Route::Unknown, Route::OtherMethods),
        }
    }
}

struct Search<'n, 'r> {
    nodes: &'n [Node],
    method: &'r str,
    path: &'r str,
    /// The values in the current branch. They stay encoded: encoding distinguishes separators of list items from the same characters within
    /// items.
    values: PathValues,
    /// The nodes of paths found so far that lack the method, and which of their segments are values.
    refused: Vec<(&'n Node, Vec<usize>)>,
}

impl<'n> Search<'n, '_> {
    /// Follows the segments from the byte `rest` on, or none of them at the end of the path. It calls itself for the branches to return from,
    /// at most as often as the paths of the API have segments.
    fn walk(&mut self, mut node: &'n Node, mut rest: Option<usize>) -> Option<&'n [usize]> {
        while let Some(start) = rest {
            let (end, is_encoded) = segment_at(self.path, start);
            rest = (end < self.path.len()).then_some(end + 1);
            let segment = self.path.get(start..end)?;
            let decoded;
            let text = if is_encoded {
                decoded = percent_decoded(segment)?;
                &*decoded
            } else {
                segment
            };
            if let Some(next) = node.literal(text).and_then(|next| self.nodes.get(next)) {
                if !node.takes_values() {
                    node = next;
                    continue;
                }
                let values = self.values.len();
                let found = self.walk(next, rest);
                if found.is_some() {
                    return found;
                }
                self.values.truncate(values);
            }
            // A client that sends these as values was tricked; and a value is never empty.
            if text.len() < 3 && matches!(text, "" | "." | "..") {
                return None;
            }
            let values = self.values.len();
            for (pattern, next) in &node.patterns {
                if captured(pattern, segment, start, &mut self.values) {
                    let found = self.nodes.get(*next).and_then(|next| self.walk(next, rest));
                    if found.is_some() {
                        return found;
                    }
                }
                self.values.truncate(values);
            }
            self.values.push(start..end);
            node = self.nodes.get(node.parameter?)?;
        }
        self.arrive(node)
    }

    fn arrive(&mut self, node: &'n Node) -> Option<&'n [usize]> {
        if !self.refused.is_empty() && self.is_counterpart() {
            return None;
        }
        let found = node.operations(self.method);
        if found.is_none() && !node.methods.is_empty() {
            self.refused.push((node, self.valued()));
        }
        found
    }

    /// Whether the found path matches a more concrete one, with values in place of its literals.
    fn is_counterpart(&self) -> bool {
        let valued = self.valued();
        let mut refused = self.refused.iter();
        refused.any(|(_, concrete)| {
            *concrete != valued && concrete.iter().all(|segment| valued.contains(segment))
        })
    }

    /// The segments that are values in the current branch, wholly or partly, by the byte before each.
    fn valued(&self) -> Vec<usize> {
        let begin = |value: usize| self.path.get(..value).and_then(|before| before.rfind('/'));
        let mut valued: Vec<usize> = self
            .values
            .iter()
            .filter_map(|value| begin(value.start))
            .collect();
        valued.dedup();
        valued
    }
}

/// The end of the segment that begins at `start`, and whether it may contain anything percent-encoded. Most segments are short: eight bytes
/// at a time take a third of the instructions.
fn segment_at(path: &str, start: usize) -> (usize, bool) {
    let from_here = path.as_bytes().get(start..).unwrap_or_default();
    let (words, rest) = from_here.as_chunks();
    let mut is_encoded = false;
    let mut end = start;
    for word in words {
        let word = u64::from_le_bytes(*word);
        is_encoded |= equal_bytes(word, b'%') != 0;
        let slashes = equal_bytes(word, b'/');
        if slashes != 0 {
            return (end + slashes.trailing_zeros() as usize / 8, is_encoded);
        }
        end += size_of::<u64>();
    }
    is_encoded |= rest.contains(&b'%');
    let slash = rest.iter().position(|byte| *byte == b'/');
    (end + slash.unwrap_or(rest.len()), is_encoded)
}

/// A number that is 0 if no byte of the word is equal to this one; its lowest bit is in the first equal byte.
fn equal_bytes(word: u64, byte: u8) -> u64 {
    let differing = word ^ u64::from_ne_bytes([byte; 8]);
    differing.wrapping_sub(u64::from_ne_bytes([1; 8])) & !differing & u64::from_ne_bytes([0x80; 8])
}
