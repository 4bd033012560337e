//! Compares two APIs, operation by operation.
//!
//! In: two [`Api`]s. Out: a [`Comparison`] as data, and its table as text. Operations match if their method and their path relative to the
//! server's base path are equal; names of path templates don't matter. Types are compared by their wire format, regardless of names.
//! Doesn't know documents or Rust.

mod json;
#[cfg(test)]
mod tests;
mod text;
mod types;

use crate::ir::{
    Api, BodyContent, Cause, Content, Credential, Operation, Parameter, Response, Responses,
    SegmentPart,
};
pub use crate::ir::{Location, Status};
use std::collections::{HashMap, HashSet};
pub use types::TypeDifference;

/// The result of comparing `A` with `B`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The names of A and B in the text.
    pub labels: [String; 2],
    /// The operations of A in order, then those that only B has.
    pub rows: Vec<Row>,
}

/// An operation of either API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The method, in upper case.
    pub method: String,
    /// The full path, as written in A if A has it.
    pub path: String,
    /// Which API has it, and how they differ.
    pub outcome: Outcome,
}

/// Which API has an operation, and whether they agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Both have it, and it is the same.
    Same,
    /// Only A has it.
    OnlyA,
    /// Only B has it.
    OnlyB,
    /// Both have it, with these differences.
    Differs(Vec<Difference>),
}

/// A difference of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A parameter.
    Parameter {
        /// Its name in A, else in B.
        name: String,
        /// The location of the parameter.
        location: Location,
        /// What differs.
        change: Change,
    },
    /// The request body.
    Body(Change),
    /// A response.
    Response {
        /// The status.
        status: Status,
        /// What differs.
        change: Change,
    },
    /// The security requirements.
    Security(Pair),
    /// A text or a flag of the operation.
    Text {
        /// Which text or flag.
        field: Field,
        /// Its two values.
        values: Pair,
    },
}

/// A text or a flag of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the words of the specification
pub enum Field {
    OperationId,
    Summary,
    Description,
    Tags,
    Deprecated,
}

/// How a part of an operation differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Only A has it.
    OnlyA,
    /// Only B has it.
    OnlyB,
    /// The types of its values differ.
    Type(TypeDifference),
    /// Another property differs, which is named: `required`, `default`, `media type`.
    Fact(&'static str, Pair),
}

/// The two sides of a difference, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The value in A.
    pub a: String,
    /// The value in B.
    pub b: String,
}

/// Compares two APIs in the form of the IR; [`specwright::compare`](crate::compare()) compares files.
#[doc(hidden)]
#[must_use]
pub fn run(a: &Api, b: &Api) -> Comparison {
    let mut others: HashMap<Key, Vec<&Operation>> = HashMap::new();
    for operation in b.operations.iter().rev() {
        others.entry(key(b, operation)).or_default().push(operation);
    }
    let mut both = Both {
        a,
        b,
        same: types::Same::new(),
    };
    let mut rows = Vec::new();
    for operation in &a.operations {
        let outcome = match others.get_mut(&key(a, operation)).and_then(Vec::pop) {
            Some(other) => outcome(&mut both, operation, other),
            None => Outcome::OnlyA,
        };
        rows.push(row(a, operation, outcome));
    }
    let mut rest: Vec<_> = b.operations.iter().collect();
    rest.retain(|operation| {
        others
            .get(&key(b, operation))
            .is_some_and(|left| left.iter().any(|one| std::ptr::eq(*one, *operation)))
    });
    rows.extend(
        rest.into_iter()
            .map(|operation| row(b, operation, Outcome::OnlyB)),
    );
    Comparison {
        labels: ["A".to_owned(), "B".to_owned()],
        rows,
    }
}

impl Comparison {
    /// Sets the names of A and B, such as those of their files.
    #[must_use]
    pub fn labelled(self, labels: [String; 2]) -> Self {
        Self { labels, ..self }
    }

    /// Counts the operations with a matching outcome.
    pub fn count(&self, of: impl Fn(&Outcome) -> bool) -> usize {
        self.rows.iter().filter(|row| of(&row.outcome)).count()
    }
}

/// What operations are matched by: the method, and the path without the names of its templates. Webhooks and callbacks never match
/// operations that are called.
type Key = (String, String);

fn key(api: &Api, operation: &Operation) -> Key {
    let parts = operation.path.segments.iter().map(|segment| {
        let parts = segment.parts.iter().map(|part| match part {
            SegmentPart::Literal(text) => text.as_str(),
            SegmentPart::Parameter(_) => "{}",
        });
        format!("/{}", parts.collect::<String>())
    });
    (
        operation.method.clone(),
        above(api, operation) + &parts.collect::<String>(),
    )
}

/// The base path of an operation; for webhooks and callbacks, words that say so.
fn above(api: &Api, operation: &Operation) -> String {
    match operation.cause {
        Cause::Call => base(api).to_owned(),
        Cause::Webhook { .. } => "webhook ".to_owned(),
        Cause::Callback { .. } => "callback ".to_owned(),
    }
}

fn base(api: &Api) -> &str {
    api.servers.first().map_or("", crate::ir::Server::base_path)
}

fn row(api: &Api, operation: &Operation, outcome: Outcome) -> Row {
    let path = above(api, operation) + &operation.path.template;
    Row {
        method: operation.method.clone(),
        path,
        outcome,
    }
}

/// The APIs of the operations.
struct Both<'a> {
    a: &'a Api,
    b: &'a Api,
    same: types::Same,
}

fn outcome(both: &mut Both, a: &Operation, b: &Operation) -> Outcome {
    let mut found = Vec::new();
    both.parameters(a, b, &mut found);
    found.extend(both.body(a, b).into_iter().map(Difference::Body));
    both.responses(&a.responses, &b.responses, &mut found);
    found.extend(pair(security(both.a, a), security(both.b, b)).map(Difference::Security));
    let quoted = |text: &Option<String>| {
        text.as_ref()
            .map_or("none".to_owned(), |text| format!("{:?}", flat(text)))
    };
    let tags = |operation: &Operation| {
        if operation.tags.is_empty() {
            "none".to_owned()
        } else {
            operation.tags.join(", ")
        }
    };
    let texts = [
        (Field::OperationId, quoted(&a.id), quoted(&b.id)),
        (Field::Summary, quoted(&a.summary), quoted(&b.summary)),
        (
            Field::Description,
            quoted(&a.description),
            quoted(&b.description),
        ),
        (Field::Tags, tags(a), tags(b)),
        (Field::Deprecated, yes(a.deprecated), yes(b.deprecated)),
    ];
    found.extend(texts.into_iter().filter_map(|(field, a, b)| {
        Some(Difference::Text {
            field,
            values: pair(a, b)?,
        })
    }));
    if found.is_empty() {
        Outcome::Same
    } else {
        Outcome::Differs(found)
    }
}

impl Both<'_> {
    fn parameters(&mut self, a: &Operation, b: &Operation, found: &mut Vec<Difference>) {
        let mut push = |parameter: &Parameter, change| {
            found.push(Difference::Parameter {
                name: parameter.name.clone(),
                location: parameter.location,
                change,
            });
        };
        let (places, others) = (places(a), places(b));
        let by_place: HashMap<&Place, &Parameter> = others.iter().zip(&b.parameters).collect();
        for (place, parameter) in places.iter().zip(&a.parameters) {
            match by_place.get(place) {
                Some(other) => self
                    .parameter(parameter, other)
                    .into_iter()
                    .for_each(|change| push(parameter, change)),
                None => push(parameter, Change::OnlyA),
            }
        }
        let known: HashSet<&Place> = places.iter().collect();
        for (place, other) in others.iter().zip(&b.parameters) {
            if !known.contains(place) {
                push(other, Change::OnlyB);
            }
        }
    }

    fn parameter(&mut self, a: &Parameter, b: &Parameter) -> Vec<Change> {
        let default = |parameter: &Parameter| {
            parameter
                .default
                .as_ref()
                .map_or("none".to_owned(), ToString::to_string)
        };
        let style = |parameter: &Parameter| format!("{:?}", parameter.style).to_lowercase();
        let facts = [
            ("name", a.name.clone(), b.name.clone()),
            ("required", yes(a.required), yes(b.required)),
            ("default", default(a), default(b)),
            ("style", style(a), style(b)),
            ("deprecated", yes(a.deprecated), yes(b.deprecated)),
        ];
        let ty = types::difference(self.a, a.ty, self.b, b.ty, &mut self.same).map(Change::Type);
        ty.into_iter()
            .chain(
                facts
                    .into_iter()
                    .filter_map(|(name, a, b)| fact(name, a, b)),
            )
            .collect()
    }

    fn body(&mut self, a: &Operation, b: &Operation) -> Vec<Change> {
        let (a, b) = match (&a.body, &b.body) {
            (None, None) => return Vec::new(),
            (Some(_), None) => return vec![Change::OnlyA],
            (None, Some(_)) => return vec![Change::OnlyB],
            (Some(a), Some(b)) => (a, b),
        };
        let mut changes = self.contents(&a.contents, &b.contents);
        changes.extend(fact("required", yes(a.required), yes(b.required)));
        changes
    }

    fn responses(&mut self, a: &Responses, b: &Responses, found: &mut Vec<Difference>) {
        let mut push = |status, change| found.push(Difference::Response { status, change });
        let mut statuses: Vec<Status> = a
            .list
            .iter()
            .chain(&b.list)
            .map(|response| response.status)
            .collect();
        statuses.sort_unstable();
        statuses.dedup();
        for status in statuses {
            let of = |responses: &Responses| {
                responses
                    .list
                    .iter()
                    .find(|one| one.status == status)
                    .cloned()
            };
            match (of(a), of(b)) {
                (Some(a), Some(b)) => self
                    .response(&a, &b)
                    .into_iter()
                    .for_each(|change| push(status, change)),
                (Some(_), None) => push(status, Change::OnlyA),
                _ => push(status, Change::OnlyB),
            }
        }
    }

    fn response(&mut self, a: &Response, b: &Response) -> Vec<Change> {
        let mut changes = self.contents(&a.contents, &b.contents);
        let headers = |response: &Response| {
            let mut names: Vec<_> = response
                .headers
                .iter()
                .map(|header| header.name.to_ascii_lowercase())
                .collect();
            names.sort_unstable();
            if names.is_empty() {
                "none".to_owned()
            } else {
                names.join(", ")
            }
        };
        changes.extend(fact("headers", headers(a), headers(b)));
        changes
    }

    fn contents(&mut self, a: &[BodyContent], b: &[BodyContent]) -> Vec<Change> {
        if a.is_empty() || b.is_empty() {
            let words = |api: &Api, contents: &[BodyContent]| {
                contents.first().map_or("no body".to_owned(), |one| {
                    types::content(api, &one.content)
                })
            };
            return fact("body", words(self.a, a), words(self.b, b))
                .into_iter()
                .collect();
        }
        let media = |contents: &[BodyContent]| {
            contents
                .iter()
                .map(|one| one.media_types.join(", "))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut changes: Vec<_> = fact("media type", media(a), media(b)).into_iter().collect();
        for one in a {
            // A media type that only one API has is reported separately; if each has one, comparing their types says more.
            let single = a.len() == 1 && b.len() == 1;
            let other = b
                .iter()
                .find(|other| single || other.media_types == one.media_types);
            let Some(other) = other else { continue };
            changes.extend(self.content(&one.content, &other.content));
            changes.extend(fact("null", allowed(one), allowed(other)));
        }
        changes
    }

    fn content(&mut self, a: &Content, b: &Content) -> Option<Change> {
        let held = |content: &Content| match content {
            Content::Json(ty)
            | Content::Xml(ty)
            | Content::Events(Some(ty))
            | Content::Lines(ty) => Some(*ty),
            Content::Form(form) => Some(form.ty),
            Content::Multipart(_) | Content::Events(None) | Content::Text | Content::Bytes => None,
        };
        let alike = std::mem::discriminant(a) == std::mem::discriminant(b);
        if let (true, Some(a), Some(b)) = (alike, held(a), held(b)) {
            return types::difference(self.a, a, self.b, b, &mut self.same).map(Change::Type);
        }
        fact("body", types::content(self.a, a), types::content(self.b, b))
    }
}

/// Whether a body may be null.
fn allowed(content: &BodyContent) -> String {
    let words = if content.nullable {
        "allowed"
    } else {
        "not allowed"
    };
    words.to_owned()
}

/// What parameters are matched by: the name; in the path the position, as templates may have different names.
type Place<'a> = (Location, usize, &'a str);

/// The key of each parameter.
fn places(operation: &Operation) -> Vec<Place<'_>> {
    let in_path = operation.path.parameters();
    let positions = in_path.iter().enumerate().rev();
    let positions: HashMap<&str, usize> = positions.map(|(index, name)| (&**name, index)).collect();
    let place = |parameter: &'_ Parameter| match parameter.location {
        Location::Path => positions.get(&*parameter.name).copied(),
        _ => None,
    };
    let parameters = operation.parameters.iter();
    parameters
        .map(|parameter| match place(parameter) {
            Some(position) => (Location::Path, position, ""),
            None => (parameter.location, usize::MAX, &*parameter.name),
        })
        .collect()
}

/// The security requirements in words. Equal requirements give equal words: the credentials count, not the scheme's name.
fn security(api: &Api, operation: &Operation) -> String {
    let scheme = |(index, scopes): &(usize, Vec<String>)| {
        let credential = match &api.schemes[*index].credential {
            Credential::Bearer => "bearer token".to_owned(),
            Credential::Basic => "user and password".to_owned(),
            Credential::Http(scheme) => format!("scheme {}", scheme.to_ascii_lowercase()),
            Credential::Header(name) => format!("header {}", name.to_ascii_lowercase()),
            Credential::Query(name) => format!("query {name}"),
            Credential::Cookie(name) => format!("cookie {name}"),
            Credential::Certificate => "client certificate".to_owned(),
            Credential::External => "nothing in the request".to_owned(),
        };
        if scopes.is_empty() {
            credential
        } else {
            format!("{credential} ({})", sorted(scopes.clone()).join(" "))
        }
    };
    let all = operation
        .security
        .iter()
        .map(|requirement| match requirement.schemes.as_slice() {
            [] => "none".to_owned(),
            schemes => sorted(schemes.iter().map(scheme).collect()).join(" and "),
        });
    let mut all = sorted(all.collect());
    all.dedup();
    if all.is_empty() {
        "none".to_owned()
    } else {
        all.join(" or ")
    }
}

/// Normalises whitespace, as line breaks don't matter.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts
}

fn fact(name: &'static str, a: String, b: String) -> Option<Change> {
    pair(a, b).map(|pair| Change::Fact(name, pair))
}

fn pair(a: String, b: String) -> Option<Pair> {
    (a != b).then_some(Pair { a, b })
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}
