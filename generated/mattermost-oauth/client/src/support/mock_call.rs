//! Calls that a mock receives, and those that it expects. Needs `attempt.rs`, `body.rs`, `differences.rs`, `encode.rs`, `operation.rs`,
//! `outgoing.rs`, `recorder.rs`, `request.rs`, `scheme.rs`; behind the feature `mock`.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::de::DeserializeOwned;

use super::outgoing::Outgoing;
use super::{
    Attempt, Body, BoxError, CredentialLocation, FromParam, OperationInfo, RecordedRequest,
    Request, body_difference, percent_decoded, shown_body, shown_pairs, sorted_pairs, text_of,
    with_usual_boundary,
};

/// A call that a [`Mock`](super::Mock) received: an attempt of it, if it was repeated.
///
/// Its methods are for tests: they panic where the call isn't what the test takes it for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MockCall {
    /// The operation that is called.
    pub operation: &'static OperationInfo,
    /// 1 for the first attempt of the call.
    pub attempt: u32,
    /// The request, with all that was sent.
    pub request: RecordedRequest,
}

impl MockCall {
    pub(crate) async fn new(
        attempt: Attempt,
        request: http::Request<Body>,
    ) -> Result<Self, BoxError> {
        let (head, body) = request.into_parts();
        Ok(Self {
            operation: attempt.operation,
            attempt: attempt.number,
            request: RecordedRequest {
                method: head.method,
                uri: head.uri,
                headers: head.headers,
                body: body.bytes().await?,
            },
        })
    }

    /// Returns a parameter of the path, by its name in the description.
    ///
    /// # Panics
    /// The operation has no such parameter, or its value isn't one of this type.
    #[must_use]
    pub fn path<T: FromParam>(&self, name: &str) -> T {
        let values = path_values(self.operation.path, self.request.uri.path());
        let value = values.into_iter().find(|(known, _)| *known == name);
        match value {
            Some((_, value)) => self.parsed("path", name, &value),
            None => panic!("{self}: there is no path parameter {name:?}"),
        }
    }

    /// Returns a parameter of the query, by its name in the description; `None` if it wasn't sent.
    ///
    /// # Panics
    /// Its value isn't one of this type.
    #[must_use]
    pub fn query<T: FromParam>(&self, name: &str) -> Option<T> {
        self.query_all(name).into_iter().next()
    }

    /// Returns all values of a parameter of the query: of `?tag=a&tag=b` these are `a` and `b`.
    ///
    /// # Panics
    /// One of them isn't a value of this type.
    #[must_use]
    pub fn query_all<T: FromParam>(&self, name: &str) -> Vec<T> {
        let query = self.request.uri.query().unwrap_or_default();
        let pairs = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let values = pairs.filter(|(known, _)| percent_decoded(known) == name);
        values
            .map(|(_, value)| self.parsed("query", name, &percent_decoded(value)))
            .collect()
    }

    /// Returns a header; `None` if it wasn't sent, or isn't text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request.headers.get(name)?.to_str().ok()
    }

    /// Returns the body, read as JSON.
    ///
    /// # Panics
    /// It isn't JSON, or not of this type.
    #[must_use]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match self.request.json() {
            Ok(body) => body,
            Err(error) => panic!(
                "{self}: {error} in the body: {}",
                shown_body(&self.request.body)
            ),
        }
    }

    fn parsed<T: FromParam>(&self, location: &str, name: &str, text: &str) -> T {
        match T::from_param(text) {
            Ok(value) => value,
            Err(problem) => panic!("{self}: the {location} parameter {name:?} {problem}: {text:?}"),
        }
    }
}

/// `GET /pets/5?limit=2 (getPet)`.
impl std::fmt::Display for MockCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let RecordedRequest { method, uri, .. } = &self.request;
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        write!(f, "{method} {target} ({})", self.operation.id)
    }
}

/// The values in a path, decoded, by the template that it was made of. What precedes is the path of the server's URL.
fn path_values<'t>(template: &'t str, path: &str) -> Vec<(&'t str, String)> {
    let template = template.split('?').next().unwrap_or_default();
    let mut values = Vec::new();
    let segments = template.rsplit('/').zip(path.rsplit('/'));
    for (segment, text) in segments.filter(|(segment, _)| segment.contains('{')) {
        segment_values(segment, text, &mut values);
    }
    values
}

/// The values in a segment such as `{from}-{to}`, which end where the text after them begins.
fn segment_values<'t>(mut segment: &'t str, mut text: &str, values: &mut Vec<(&'t str, String)>) {
    while let Some((before, after)) = segment.split_once('{') {
        text = text.strip_prefix(before).unwrap_or(text);
        let Some((name, rest)) = after.split_once('}') else {
            return;
        };
        let next = rest.split('{').next().unwrap_or_default();
        let end = match next.is_empty() {
            true => text.len(),
            false => text.find(next).unwrap_or(text.len()),
        };
        // In a path, `+` is no space.
        values.push((name, percent_decoded(&text[..end].replace('+', "%2B"))));
        (segment, text) = (rest, &text[end..]);
    }
}

/// A call as it would be sent, without credentials and what all calls of a client have in common.
pub(crate) struct ExpectedCall {
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(HeaderName, HeaderValue)>,
    cookies: String,
    media_type: Option<String>,
    body: Vec<u8>,
}

impl ExpectedCall {
    /// An error is an argument that isn't valid, or a body that is a stream.
    pub(crate) fn new(request: Request) -> Result<Self, String> {
        let (headers, cookies) = (request.headers.clone(), request.cookies.clone());
        let core = request.core().clone();
        let sent = Outgoing::new(Box::new(request)).and_then(|mut outgoing| {
            let uri = outgoing.uri(core.shared())?;
            outgoing.request(uri, &HeaderMap::new(), std::iter::empty())
        });
        let (head, body) = sent.map_err(|error| error.to_string())?.into_parts();
        let body = match pin!(body.bytes()).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(body) => body.map_err(|error| error.to_string())?,
            Poll::Pending => {
                return Err("its body is a stream, which can't be compared".to_owned());
            }
        };
        let (media_type, body) = with_usual_boundary(&head.headers, &body);
        Ok(Self {
            path: head.uri.path().to_owned(),
            query: sorted_pairs(head.uri.query().unwrap_or_default()),
            headers,
            cookies,
            media_type,
            body,
        })
    }

    /// What a call of the same operation has otherwise.
    pub(crate) fn differences(&self, call: &MockCall) -> Vec<String> {
        let request = &call.request;
        let mut found = Vec::new();
        if request.uri.path() != self.path {
            found.push(format!(
                "the path is {}, not {}",
                request.uri.path(),
                self.path
            ));
        }
        let query = sorted_pairs(request.uri.query().unwrap_or_default());
        let query: Vec<(String, String)> = query
            .into_iter()
            .filter(|(name, _)| !is_credential(call.operation, name))
            .collect();
        if query != self.query {
            let (sent, expected) = (shown_pairs(&query), shown_pairs(&self.query));
            found.push(format!("the query is {sent}, not {expected}"));
        }
        found.extend(
            self.headers
                .iter()
                .filter_map(|header| header_difference(header, call)),
        );
        if !self.cookies.is_empty() {
            found.extend(
                self.cookies
                    .split("; ")
                    .filter_map(|one| cookie_difference(one, call)),
            );
        }
        let (media_type, body) = with_usual_boundary(&request.headers, &request.body);
        if media_type != self.media_type {
            let shown = |one: &Option<String>| one.clone().unwrap_or_else(|| "missing".to_owned());
            let (sent, expected) = (shown(&media_type), shown(&self.media_type));
            found.push(format!("the content-type is {sent}, not {expected}"));
        }
        found.extend(body_difference(&self.body, &body));
        found
    }
}

/// A header that isn't as it was expected. The type of the content is compared with the body.
fn header_difference(
    (name, expected): &(HeaderName, HeaderValue),
    call: &MockCall,
) -> Option<String> {
    let sent = call.request.headers.get(name);
    if *name == CONTENT_TYPE || sent == Some(expected) {
        return None;
    }
    let sent = sent.map_or("missing".to_owned(), text_of);
    Some(format!(
        "the header {name} is {sent}, not {}",
        text_of(expected)
    ))
}

fn cookie_difference(expected: &str, call: &MockCall) -> Option<String> {
    let sent = call.request.headers.get(COOKIE).map(text_of);
    let is_sent = sent.is_some_and(|sent| sent.split("; ").any(|cookie| cookie == expected));
    (!is_sent).then(|| format!("the cookie {expected} is missing"))
}

/// Whether a parameter of the query has a credential.
fn is_credential(operation: &OperationInfo, name: &str) -> bool {
    let mut schemes = operation.security.iter().flat_map(|group| group.iter());
    schemes.any(|scheme| matches!(scheme.location, CredentialLocation::Query(key) if key == name))
}
