//! Lowers requests that the API sends, webhooks and callbacks, and chooses the paths at which receivers serve them.
//!
//! In: webhooks of the document, callbacks of its operations. Out: operations. Their paths are made here, as the receiver chooses the URL
//! of a request: `/{name}` for a webhook, and `/{operation}/{name}` for a callback, followed by what the callback's expression appends to
//! the receiver's URL. So a receiver that registers `https://host/base/{operation}/{name}` gets the requests there. The paths don't depend
//! on anything else in the document.

use super::Lower;
use super::paths::segment;
use crate::diag::{Code, Place};
use crate::document::{self, Callback, Location};
use crate::ir::{Cause, Operation, Path, Segment, SegmentPart};
use crate::source::Origin;
use std::collections::{HashMap, HashSet};

/// Methods and paths in use.
type Taken = HashSet<(String, String)>;

impl Lower<'_> {
    /// Adds webhooks, and callbacks with the index of the operation that each belongs to.
    pub(super) fn incoming(
        &mut self,
        operations: &mut Vec<Operation>,
        callbacks: &[(usize, &Callback)],
    ) {
        let document = self.document;
        let mut taken = Taken::new();
        for item in &document.webhooks {
            for operation in &item.operations {
                let name = item.path.clone();
                let is_template = |segments: &Vec<Segment>| {
                    let mut parts = segments.iter().flat_map(|segment| &segment.parts);
                    parts.any(|part| matches!(part, SegmentPart::Parameter(_)))
                };
                let (names, behind) = match template(&name, operation).filter(is_template) {
                    Some(segments) => (Vec::new(), segments),
                    None => (vec![name.clone()], Vec::new()),
                };
                let cause = Cause::Webhook { name };
                let path = path(&names, &behind, &operation.method, &mut taken);
                self.receive(operations, cause, path, operation);
            }
        }
        self.callbacks(operations, callbacks);
    }

    fn callbacks(&mut self, operations: &mut Vec<Operation>, callbacks: &[(usize, &Callback)]) {
        let mut taken = Taken::new();
        // A callback of `components` is the same for all operations that refer to it.
        let mut known: HashMap<(Origin, Origin), usize> = HashMap::new();
        for (caller, callback) in callbacks {
            let shared = shared(callback);
            for item in &callback.items {
                for operation in &item.operations {
                    let key = (item.origin.clone(), operation.origin.clone());
                    if let Some(index) = known.get(&key) {
                        if let Cause::Callback { of, .. } = &mut operations[*index].cause {
                            of.push(*caller);
                        }
                        continue;
                    }
                    let name = shared.unwrap_or(&callback.name).to_owned();
                    let names = match shared {
                        Some(_) => vec![name.clone()],
                        None => vec![caller_name(&operations[*caller]), name.clone()],
                    };
                    let behind = behind(&item.path)
                        .and_then(|path| template(path, operation))
                        .unwrap_or_default();
                    let path = path(&names, &behind, &operation.method, &mut taken);
                    let cause = Cause::Callback {
                        name,
                        shared: shared.is_some(),
                        url: item.path.clone(),
                        of: vec![*caller],
                    };
                    known.insert(key, operations.len());
                    self.receive(operations, cause, path, operation);
                }
            }
        }
    }

    /// Adds an operation, without path parameters that its path doesn't have.
    fn receive(
        &mut self,
        operations: &mut Vec<Operation>,
        cause: Cause,
        path: Path,
        operation: &document::Operation,
    ) {
        if !self.has_method(operation) {
            return;
        }
        let names = path.parameters();
        let parameters = operation.parameters.iter().cloned();
        let (used, unused): (Vec<_>, Vec<_>) =
            parameters.partition(|parameter| is_used(parameter, &names));
        for parameter in unused {
            let code = Code::UnusedPathParameter {
                name: parameter.name,
                path: path.template.clone(),
            };
            self.diagnostics.push(code, Place::value(&parameter.origin));
        }
        let operation = document::Operation {
            parameters: used,
            ..operation.clone()
        };
        let lowered = self.operation(operations.len(), cause, path, &operation);
        operations.push(lowered);
    }
}

fn is_used(parameter: &document::Parameter, names: &[&str]) -> bool {
    parameter.location != Location::Path || names.contains(&parameter.name.as_str())
}

/// The name of a callback in `components`.
fn shared(callback: &Callback) -> Option<&str> {
    match callback.origin.pointer.tokens()[..] {
        ["components", "callbacks", _] => callback.origin.pointer.last(),
        _ => None,
    }
}

/// The name of a callback's operation in a path: its operationId, else the words of its method and path.
fn caller_name(operation: &Operation) -> String {
    operation.id.clone().unwrap_or_else(|| {
        let text = format!("{} {}", operation.method, operation.path.template).to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join("-")
    })
}

/// The part of a callback's URL after the receiver's, which is the expression that it begins with. The path of a fixed URL is only used if
/// it has parameters.
fn behind(url: &str) -> Option<&str> {
    let rest = match (url.strip_prefix("{$"), url.split_once("://")) {
        (Some(rest), _) => rest.split_once('}')?.1,
        (None, Some((_, rest))) => rest.get(rest.find('/')?..)?,
        (None, None) => url,
    };
    let path = rest.split(['?', '#']).next()?.strip_prefix('/')?;
    (url.starts_with("{$") || path.contains('{')).then_some(path)
}

/// The segments of a path whose templates are parameters of the operation, each once; `None` for any other path.
fn template(path: &str, operation: &document::Operation) -> Option<Vec<Segment>> {
    let segments: Vec<Segment> = path.split('/').map(segment).collect::<Option<_>>()?;
    let path = Path {
        segments,
        ..Path::default()
    };
    let declared = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| parameter.location == Location::Path && parameter.name == name)
    };
    let mut seen = HashSet::new();
    let known = path
        .parameters()
        .into_iter()
        .all(|name| declared(name) && seen.insert(name));
    known.then_some(path.segments)
}

/// A path of `names`, one literal segment each, followed by `behind`. If another operation has the same path and method, the last name gets
/// a number: a callback may have several URLs.
fn path(names: &[String], behind: &[Segment], method: &str, taken: &mut Taken) -> Path {
    let mut number = 1;
    loop {
        let path = numbered(names, behind, number);
        if taken.insert((method.to_owned(), path.template.clone())) || names.is_empty() {
            return path;
        }
        number += 1;
    }
}

fn numbered(names: &[String], behind: &[Segment], number: usize) -> Path {
    let mut names = names.to_vec();
    if let Some(last) = names.last_mut().filter(|_| number > 1) {
        *last = format!("{last}-{number}");
    }
    let encoded = names.iter().map(|name| encoded(name));
    let template = encoded.chain(behind.iter().map(encoded_segment));
    let literals = names.iter().map(|name| Segment {
        parts: vec![SegmentPart::Literal(name.clone())],
    });
    let template: String = template.flat_map(|text| ["/".to_owned(), text]).collect();
    Path {
        end: template.len(),
        query: Vec::new(),
        template,
        segments: literals.chain(behind.iter().cloned()).collect(),
    }
}

/// A segment, percent-encoded apart from its templates.
fn encoded_segment(segment: &Segment) -> String {
    let parts = segment.parts.iter().map(|part| match part {
        SegmentPart::Literal(text) => encoded(text),
        SegmentPart::Parameter(name) => format!("{{{name}}}"),
    });
    parts.collect()
}

/// A name as a segment of a URL (RFC 3986, section 3.3).
fn encoded(name: &str) -> String {
    let written = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    name.bytes().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::{behind, encoded};

    #[test]
    fn what_stands_behind_the_receiver_s_url() {
        for (url, expected) in [
            ("{$request.body#/url}", None),
            ("{$request.body#/url}/", Some("")),
            (
                "{$request.query.url}/orders/{id}?at={$request.body#/at}",
                Some("orders/{id}"),
            ),
            ("https://example.com/hooks?id={$request.body#/id}", None),
            ("https://example.com/hooks/{id}", Some("hooks/{id}")),
            ("https://example.com", None),
            ("/hooks/{id}#top", Some("hooks/{id}")),
            ("event", None),
            ("{$request.body#/url", None),
        ] {
            assert_eq!(behind(url), expected, "{url}");
        }
    }

    #[test]
    fn names_are_one_segment() {
        assert_eq!(encoded("new pet/{x}?"), "new%20pet%2F%7Bx%7D%3F");
        assert_eq!(encoded("issues.opened:v2"), "issues.opened:v2");
    }
}
