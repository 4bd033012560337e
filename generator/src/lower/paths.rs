//! Lowers paths to segments, and their fixed query parameters.

use super::Lower;
use crate::diag::{Code, Place};
use crate::document::{self, ParameterFormat, PathItem, PathKey};
use crate::ir::{FixedQuery, Path, Segment, SegmentPart};
use crate::source::percent_decode;
use std::collections::HashMap;

/// For each path, how many of its keys have a certain piece in their query.
#[derive(Debug, Default)]
pub(super) struct Queries {
    keys: HashMap<String, usize>,
    pieces: HashMap<(String, String), usize>,
}

impl Queries {
    pub(super) fn of(items: &[PathItem]) -> Self {
        let mut queries = Self::default();
        if items.iter().all(|item| !item.path.contains('?')) {
            return queries;
        }
        for item in items {
            let key = PathKey::of(&item.path);
            let path = nameless(key.path);
            for piece in key.constants() {
                let piece = (path.clone(), piece.to_owned());
                *queries.pieces.entry(piece).or_default() += 1;
            }
            *queries.keys.entry(path).or_default() += 1;
        }
        queries
    }

    /// Whether a piece distinguishes keys of the same path.
    fn tells(&self, path: &Path, piece: &FixedQuery) -> bool {
        let path = nameless(&path.template[..path.end]);
        let keys = self.keys.get(&path).copied();
        keys != self.pieces.get(&(path, piece.text.clone())).copied()
    }
}

/// A path without the names of its templates.
fn nameless(path: &str) -> String {
    let pieces = path.split('{').map(|piece| match piece.split_once('}') {
        Some((_, behind)) => format!("}}{behind}"),
        None => piece.to_owned(),
    });
    pieces.collect::<Vec<_>>().join("{")
}

impl Lower<'_> {
    /// Splits a path. A malformed one has been reported when it was read.
    pub(super) fn path(&mut self, item: &PathItem) -> Option<Path> {
        let key = PathKey::of(&item.path);
        let segments = key.path.trim_start_matches('/').split('/');
        let segments = segments.map(segment).collect::<Option<Vec<_>>>()?;
        if segments.iter().any(has_neighbours) {
            let path = item.path.clone();
            self.diagnostics
                .push(Code::TouchingParameters { path }, Place::key(&item.origin));
        }
        Some(Path {
            end: key.path.len(),
            query: key.constants().map(fixed).collect(),
            template: item.path.clone(),
            segments,
        })
    }

    /// Lowers a path, and an operation of it, if the query of the path has pieces that may also be parameters. A piece is fixed if the
    /// parameter allows no other value, or if another value belongs to another operation; else the path only shows an example value.
    pub(super) fn settle_query(
        &mut self,
        mut path: Path,
        operation: &document::Operation,
        queries: &Queries,
    ) -> (Path, document::Operation) {
        let mut operation = operation.clone();
        for piece in std::mem::take(&mut path.query) {
            let is_it = |parameter: &document::Parameter| {
                parameter.location == document::Location::Query && parameter.name == piece.name
            };
            let Some(at) = operation.parameters.iter().position(is_it) else {
                path.query.push(piece);
                continue;
            };
            let parameter = &operation.parameters[at];
            let place = Place::value(&parameter.origin);
            let is_fixed = self.is_fixed(parameter, &piece);
            match &piece.value {
                _ if is_fixed => {}
                Some(value) if queries.tells(&path, &piece) => {
                    let (name, value) = (piece.name.clone(), value.clone());
                    let code = Code::FixedParameter { name, value };
                    self.diagnostics.push(code, place);
                }
                _ => {
                    let found = format!("`{}` in the query of the path", piece.text);
                    let used = format!("the parameter `{}`", piece.name);
                    self.diagnostics
                        .push(Code::QueryReadAs { found, used }, place);
                    continue;
                }
            }
            operation.parameters.remove(at);
            path.query.push(piece);
        }
        (path, operation)
    }

    /// Whether a parameter is required and allows only the value in the path.
    fn is_fixed(&self, parameter: &document::Parameter, piece: &FixedQuery) -> bool {
        let ParameterFormat::Style { schema, .. } = parameter.format else {
            return false;
        };
        let schema = self.schema(self.definition(schema));
        let said = (schema.constant.as_deref(), schema.values.as_deref());
        let ((Some(only), _) | (None, Some([only]))) = said else {
            return false;
        };
        let only = only
            .as_str()
            .map_or_else(|| only.to_string(), str::to_owned);
        piece.value.as_ref().is_none_or(|value| *value == only)
    }
}

/// Decodes a piece of a query like a form (WHATWG URL, section 5.1).
fn fixed(text: &str) -> FixedQuery {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode(&text).unwrap_or(text)
    };
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(decoded(value))),
        None => (text, None),
    };
    FixedQuery {
        text: text.to_owned(),
        name: decoded(name),
        value,
    }
}

/// Whether two parameters are adjacent, so that it is ambiguous where the first one ends.
fn has_neighbours(segment: &Segment) -> bool {
    segment
        .parts
        .windows(2)
        .any(|pair| matches!(pair, [SegmentPart::Parameter(_), SegmentPart::Parameter(_)]))
}

/// Splits a segment; `None` if its braces don't match.
pub(super) fn segment(text: &str) -> Option<Segment> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}')?;
        if open > 0 {
            parts.push(literal(&rest[..open]));
        }
        parts.push(SegmentPart::Parameter(rest[open + 1..close].to_owned()));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(literal(rest));
    }
    Some(Segment { parts })
}

/// Percent-decodes a part of a path; leaves it as it is if the result isn't UTF-8.
fn literal(text: &str) -> SegmentPart {
    SegmentPart::Literal(percent_decode(text).unwrap_or_else(|| text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Path, nameless, segment};

    #[test]
    fn literals_are_decoded_once_and_encoded_where_they_have_to_be() {
        for (template, decoded, encoded) in [
            ("caf%C3%A9-{id}", "café-{id}", "caf%C3%A9-{id}"),
            ("café é{ü}", "café é{ü}", "caf%C3%A9%20%C3%A9{ü}"),
            ("a%2520b%", "a%20b%", "a%2520b%25"),
            ("%FF", "%FF", "%FF"),
            ("%+a:@?a=b#c", "%+a:@?a=b#c", "%25+a:@%3Fa=b%23c"),
        ] {
            let segments = vec![segment(template).unwrap()];
            let path = Path {
                template: format!("/{template}"),
                end: template.len() + 1,
                query: Vec::new(),
                segments,
            };
            assert_eq!(path.written(), format!("/{decoded}"));
            assert_eq!(path.encoded(), format!("/{encoded}"));
        }
    }

    #[test]
    fn templates_lose_their_names_only() {
        assert_eq!(nameless("/a/{b}-{c}.json/d"), "/a/{}-{}.json/d");
        assert_eq!(nameless("/"), "/");
    }
}
