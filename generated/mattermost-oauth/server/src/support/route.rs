//! From a path to an operation. Needs `decode.rs`.

use std::borrow::Cow;

use super::percent_decoded;

/// All paths. Generated code holds them as a constant.
#[derive(Debug)]
pub struct Routes(
    /// The places on the way: each says by number where it leads. Paths begin at the first.
    pub &'static [Node],
);

/// What may follow at one place of a path.
#[derive(Debug)]
pub struct Node {
    /// Segments that stand in the description as they are, sorted.
    pub literals: &'static [(&'static str, usize)],
    /// Segments that are only partly parameters, such as `{name}.json`, in the order in which they are tried.
    pub patterns: &'static [(Pattern, usize)],
    /// Where any segment leads that is a parameter as a whole.
    pub parameter: Option<usize>,
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

    /// How many choices there are of what follows: the literals as one, each pattern, the parameter.
    fn choices(&self) -> usize {
        1 + self.patterns.len() + usize::from(self.parameter.is_some())
    }
}

impl Routes {
    /// Finds the operation of a method and a path (which is still percent-encoded, and begins with a slash).
    ///
    /// A literal segment wins over a pattern, and both over a parameter; but if the way of the literal leads to
    /// nothing, the others are tried. A path that is more concrete than others gets all its requests, those with methods that it
    /// doesn't have too (OpenAPI 3.1, Path Templating Matching): `DELETE /apps/register` doesn't delete the app `register`. `HEAD` leads
    /// to the operation of `GET` unless it has one of its own.
    pub fn find(&self, method: &str, path: &str) -> Route {
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
            nodes: self.0,
            method,
            segments,
            values: Vec::new(),
            refused: Vec::new(),
            allowed: Vec::new(),
        };
        match search.run() {
            Some(operation) => Route::Found(operation, search.values),
            None if search.allowed.is_empty() => Route::Unknown,
            None => Route::OtherMethods(search.allowed()),
        }
    }
}

struct Search<'r> {
    nodes: &'static [Node],
    method: &'r str,
    segments: Vec<Segment<'r>>,
    values: Vec<String>,
    /// The paths without the method that have been found so far: which of their segments are values.
    refused: Vec<Vec<bool>>,
    allowed: Vec<&'static str>,
}

/// A segment of a request's path. It is compared decoded, and kept as a value as it stands in the URL: what separates the items of
/// a list is told from what belongs to an item by its encoding.
struct Segment<'r> {
    raw: &'r str,
    text: Cow<'r, str>,
    /// Whether it is a value on the way that is being tried, wholly or partly.
    is_value: bool,
}

/// Where the search stands, and which choice of what follows is the next.
#[derive(Clone, Copy, Default)]
struct Place {
    node: usize,
    depth: usize,
    choice: usize,
    values: usize,
}

impl Search<'_> {
    fn run(&mut self) -> Option<usize> {
        // What is left to be tried: nothing, for most paths.
        let mut waiting: Vec<Place> = Vec::new();
        let mut place = Place::default();
        loop {
            let node = self.nodes.get(place.node)?;
            if place.depth == self.segments.len() {
                if let Some(operation) = self.arrive(node) {
                    return Some(operation);
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

    /// The first choice that fits, from that of the place on, and where it leads.
    fn step(&mut self, node: &'static Node, place: Place) -> Option<(usize, usize)> {
        let segment = self.segments.get_mut(place.depth)?;
        if place.choice == 0 {
            let text = segment.text.as_ref();
            let found = (node.literals).binary_search_by(|(literal, _)| (*literal).cmp(text));
            if let Some((_, next)) = found.ok().and_then(|index| node.literals.get(index)) {
                segment.is_value = false;
                return Some((0, *next));
            }
        }
        // A client that sends these as values has been tricked, and an empty one isn't a value.
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

    fn arrive(&mut self, node: &'static Node) -> Option<usize> {
        if self.refused.iter().any(|path| self.is_counterpart(path)) {
            return None;
        }
        let operation = |method: &str| {
            node.methods
                .iter()
                .find(|(known, _)| *known == method)
                .map(|(_, number)| *number)
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

    /// Whether the path that the search has come to is like another one, with values where that is concrete.
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
