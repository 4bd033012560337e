//! Operations and their paths.

use super::{Lower, server};
use crate::diag::{Code, Place};
use crate::document::{self, PathItem};
use crate::ir::{self, Cause, Location, Operation, Path, Segment, SegmentPart};
use crate::source::percent_decode;

impl Lower<'_> {
    /// Every operation: calls in the order of the document, then what the API sends.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let mut lowered = Vec::new();
        let mut callbacks = Vec::new();
        for item in &document.paths {
            let Some(path) = self.path(item) else {
                continue;
            };
            for operation in &item.operations {
                if !self.has_method(operation) {
                    continue;
                }
                let index = lowered.len();
                callbacks.extend(operation.callbacks.iter().map(|callback| (index, callback)));
                lowered.push(self.operation(index, Cause::Call, path.clone(), operation));
            }
        }
        self.received(&mut lowered, &callbacks);
        lowered
    }

    /// Whether an operation's method is one that HTTP can send: any token (RFC 9110 section 9.1). Said if it isn't.
    pub(super) fn has_method(&mut self, operation: &document::Operation) -> bool {
        let is_token = ir::is_token(&operation.method);
        if !is_token {
            let what = format!("the method `{}`", operation.method);
            self.diagnostics
                .push(Code::Unsupported { what }, Place::key(&operation.origin));
        }
        is_token
    }

    pub(super) fn operation(
        &mut self,
        index: usize,
        cause: Cause,
        path: Path,
        operation: &document::Operation,
    ) -> Operation {
        let mut parameters = self.parameters(index, &operation.parameters);
        let order = path.parameters();
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => order
                .iter()
                .position(|name| *name == parameter.name)
                .unwrap_or(order.len()),
            _ => usize::MAX,
        });
        Operation {
            cause,
            method: operation.method.clone(),
            path,
            id: operation.id.clone(),
            slug: operation.slug.clone(),
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            tags: operation.tags.clone(),
            deprecated: operation.deprecated,
            docs_url: operation
                .external_docs
                .as_ref()
                .map(|docs| docs.url.clone()),
            parameters,
            body: operation
                .body
                .as_ref()
                .and_then(|body| self.body(index, body)),
            responses: self.responses(index, &operation.method, &operation.responses),
            security: operation
                .security
                .iter()
                .filter_map(|requirement| self.requirement(requirement))
                .collect(),
            servers: self.servers(operation),
            origin: operation.origin.clone(),
        }
    }

    /// Its own servers, unless they are those of the document.
    fn servers(&self, operation: &document::Operation) -> Vec<ir::Server> {
        let own: Vec<ir::Server> = operation.servers.iter().map(server).collect();
        let known: Vec<ir::Server> = self.document.servers.iter().map(server).collect();
        let elsewhere = own
            .first()
            .is_some_and(|first| known.iter().all(|server| server.url != first.url));
        if elsewhere { own } else { Vec::new() }
    }

    /// A path in pieces. A malformed one has been reported while reading.
    fn path(&mut self, item: &PathItem) -> Option<Path> {
        let segments = item
            .path
            .trim_start_matches('/')
            .split('/')
            .map(segment)
            .collect::<Option<Vec<_>>>()?;
        if segments.iter().any(has_neighbours) {
            let path = item.path.clone();
            self.diagnostics
                .push(Code::TouchingParameters { path }, Place::key(&item.origin));
        }
        Some(Path {
            template: item.path.clone(),
            segments,
        })
    }
}

impl Path {
    /// The names of its parameters, in order.
    #[must_use]
    pub fn parameters(&self) -> Vec<&str> {
        let parts = self.segments.iter().flat_map(|segment| &segment.parts);
        parts
            .filter_map(|part| match part {
                SegmentPart::Parameter(name) => Some(name.as_str()),
                SegmentPart::Literal(_) => None,
            })
            .collect()
    }
}

/// Whether two parameters touch, so that nobody could say where one ends.
fn has_neighbours(segment: &Segment) -> bool {
    segment
        .parts
        .windows(2)
        .any(|pair| matches!(pair, [SegmentPart::Parameter(_), SegmentPart::Parameter(_)]))
}

/// `None` for braces that don't pair up.
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

/// Text of a path, decoded; what isn't text then stays as it is.
fn literal(text: &str) -> SegmentPart {
    SegmentPart::Literal(percent_decode(text).unwrap_or_else(|| text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Path, segment};

    #[test]
    fn literals_are_decoded_once_and_encoded_where_they_have_to_be() {
        for (template, decoded, encoded) in [
            ("caf%C3%A9-{id}", "café-{id}", "caf%C3%A9-{id}"),
            ("café é{ü}", "café é{ü}", "caf%C3%A9%20%C3%A9{ü}"),
            ("a%2520b%", "a%20b%", "a%2520b%25"),
            ("%FF", "%FF", "%FF"),
            ("%+a:@?a=b#c", "%+a:@?a=b#c", "%25+a:@?a=b#c"),
        ] {
            let segments = vec![segment(template).unwrap()];
            let path = Path {
                template: format!("/{template}"),
                segments,
            };
            assert_eq!(path.written(), format!("/{decoded}"));
            assert_eq!(path.encoded(), format!("/{encoded}"));
        }
    }
}
