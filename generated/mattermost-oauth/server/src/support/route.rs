//! From a path to an operation. Needs `decode.rs`.

use std::borrow::Cow;

use super::percent_decoded;

/// What may follow at one place of a path. Generated code holds the tree of all paths as a constant.
#[derive(Debug)]
pub struct Node {
    /// Segments that stand in the description as they are, sorted.
    pub literals: &'static [(&'static str, Node)],
    /// Segments that are only partly parameters, such as `{name}.json`.
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

/// The values in a segment that looks like the pattern. None of them is empty, and each is as short as it can be.
fn captured(pattern: &[&str], segment: &str) -> Option<Vec<String>> {
    let (first, others) = pattern.split_first()?;
    let (last, between) = others.split_last()?;
    let mut rest = segment.strip_prefix(first)?.strip_suffix(last)?;
    let mut values = Vec::with_capacity(others.len());
    for literal in between {
        let (value, after) = split_behind_first_character(rest, literal)?;
        values.push(value.to_owned());
        rest = after;
    }
    values.push(rest.to_owned());
    values
        .iter()
        .all(|value| !value.is_empty())
        .then_some(values)
}

fn split_behind_first_character<'s>(text: &'s str, literal: &str) -> Option<(&'s str, &'s str)> {
    let first = text.chars().next()?.len_utf8();
    let at = first + text[first..].find(literal)?;
    Some((&text[..at], &text[at + literal.len()..]))
}
