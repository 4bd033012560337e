//! Error responses. Needs `body.rs`, `json_bytes.rs`, `shown.rs`, and `Violations` and `ReadError` of the types.

use std::any::Any;
use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, ALLOW, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::{BoxError, ReadError, Shown, Violations, json_bytes, write_causes};

/// An error response, with a problem document (RFC 9457) or a [custom body](Self::with_body).
///
/// Each error type of an operation can be made from it, and from anything that converts to it, so that `?` accepts your own error in every
/// operation:
///
/// ```text
/// impl From<MyError> for Problem {
///     fn from(error: MyError) -> Self {
///         match error {
///             MyError::NoSuchPet => Problem::new(StatusCode::NOT_FOUND).with_body(types::Error::new("no such pet")),
///             MyError::Database(error) => Problem::unexpected(error),
///         }
///     }
/// }
/// ```
///
/// A status of 500 tells the client nothing else, whatever the problem holds: its detail and [source](Self::with_source) are for the log.
///
/// Problems created by the server itself never repeat what the client sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone, PartialEq)]
struct Inner {
    kind: ProblemKind,
    status: StatusCode,
    type_uri: Option<Cow<'static, str>>,
    title: Option<Cow<'static, str>>,
    detail: Option<Cow<'static, str>>,
    errors: Vec<ProblemError>,
    headers: HeaderMap,
    body: Option<OwnBody>,
    source: Option<Source>,
}

/// The error behind a problem, which only the log gets.
#[derive(Debug, Clone)]
struct Source(Arc<dyn std::error::Error + Send + Sync>);

/// Compares sources by what they say.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.to_string() == other.0.to_string()
    }
}

/// A body that replaces the problem document.
#[derive(Clone)]
struct OwnBody(Arc<dyn AnyBody>);

trait AnyBody: Any + Send + Sync {
    fn json(&self) -> serde_json::Result<Bytes>;
}

impl<T: Serialize + Send + Sync + 'static> AnyBody for T {
    fn json(&self) -> serde_json::Result<Bytes> {
        json_bytes(self)
    }
}

/// Compares bodies by their JSON.
impl PartialEq for OwnBody {
    fn eq(&self, other: &Self) -> bool {
        matches!((self.0.json(), other.0.json()), (Ok(own), Ok(other)) if own == other)
    }
}

impl fmt::Debug for OwnBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = self.0.json().unwrap_or_default();
        f.write_str(&String::from_utf8_lossy(&json))
    }
}

/// The kinds of problems, which are more specific than the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// 400: the body or a parameter is not valid.
    InvalidRequest,
    /// 401: credentials are missing or not valid.
    Unauthorized,
    /// 403: the credentials don't allow this.
    Forbidden,
    /// 404: the path is not found.
    NotFound,
    /// 405: the path doesn't have this method.
    MethodNotAllowed,
    /// 406: the client accepts none of the media types.
    NotAcceptable,
    /// 408: the body didn't arrive in time.
    TooSlow,
    /// 413: the body is too large.
    TooLarge,
    /// 415: the body has another media type, or is compressed.
    UnsupportedMediaType,
    /// 500: the response can't be written, or isn't as described.
    Internal,
    /// 500: the provider panicked.
    Panicked,
    /// 501: the operation isn't implemented.
    NotImplemented,
    /// 503: the operation took too long.
    TimedOut,
    /// A problem created by the provider.
    Other,
}

/// A violation in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemError {
    /// The place of the violation.
    pub place: Place,
    /// The problem, in words.
    pub detail: String,
}

/// A place in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A JSON pointer (RFC 6901) into the body; empty for the body as a whole.
    Body(String),
    /// The name of a parameter in the path, query, headers or cookies.
    Parameter(String),
}

/// Creating problems.
impl Problem {
    /// Creates a problem with a status.
    pub fn new(status: StatusCode) -> Self {
        Self::of(ProblemKind::Other, status)
    }

    /// Creates a problem with status 500 from any error. Neither the error nor its sources are sent to the client.
    pub fn unexpected(error: impl Into<BoxError>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR).with_source(error)
    }

    /// Sets the error that caused the problem, for the log: it is never part of the response.
    #[must_use]
    pub fn with_source(mut self, error: impl Into<BoxError>) -> Self {
        self.0.source = Some(Source(error.into().into()));
        self
    }

    /// Sets a URI that identifies the type of the problem (RFC 9457, section 3.1.1). Default: none, which means that the status says it
    /// all.
    #[must_use]
    pub fn with_type(mut self, uri: impl Into<Cow<'static, str>>) -> Self {
        self.0.type_uri = Some(uri.into());
        self
    }

    /// Sets a short text that is the same for all problems of this type. Default: the phrase of the status.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<Cow<'static, str>>) -> Self {
        self.0.title = Some(title.into());
        self
    }

    /// Sets a text about this occurrence of the problem. With a status of 500 it isn't sent.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds a violation.
    #[must_use]
    pub fn with_error(mut self, place: Place, detail: impl Into<String>) -> Self {
        self.0.errors.push(ProblemError {
            place,
            detail: detail.into(),
        });
        self
    }

    /// Sends this body instead of the problem document: a value of the documented schema, or `()` for none.
    ///
    /// An operation that documents the status with a body of this type responds as documented, as if its error variant had been returned.
    /// Any other operation responds with the status and the body in JSON. Renderers of problems are not called in either case.
    #[must_use]
    pub fn with_body(mut self, body: impl Serialize + Send + Sync + 'static) -> Self {
        self.0.body = Some(OwnBody(Arc::new(body)));
        self
    }

    /// Adds a header to the response.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    fn of(kind: ProblemKind, status: StatusCode) -> Self {
        Self(Box::new(Inner {
            kind,
            status,
            type_uri: None,
            title: None,
            detail: None,
            errors: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            source: None,
        }))
    }
}

/// Accessors.
impl Problem {
    /// Returns the kind of the problem.
    pub fn kind(&self) -> ProblemKind {
        self.0.kind
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the title: the phrase of the status unless another title was set.
    pub fn title(&self) -> &str {
        self.0
            .title
            .as_deref()
            .or(self.0.status.canonical_reason())
            .unwrap_or("Problem")
    }

    /// Returns the text about this occurrence.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Returns the violations in the request.
    pub fn errors(&self) -> &[ProblemError] {
        &self.0.errors
    }

    /// Returns the headers of the response, such as `Allow`.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The problem document.
    pub fn to_json(&self) -> Value {
        serde_json::from_slice(&self.to_bytes(None)).unwrap_or_default()
    }

    /// The problem document as text (RFC 9457, section 3.1), for a request with this id.
    pub(crate) fn to_bytes(&self, request_id: Option<&str>) -> Bytes {
        let Inner {
            type_uri, errors, ..
        } = &*self.0;
        let mut document = Document(Vec::with_capacity(512));
        document.raw("{");
        if let Some(detail) = self.detail() {
            document.member("\"detail\":", detail);
            document.raw(",");
        }
        if !errors.is_empty() {
            document.errors(errors);
        }
        if let Some(id) = request_id {
            document.member("\"request_id\":", id);
            document.raw(",");
        }
        document.raw("\"status\":");
        document.raw(self.0.status.as_str());
        document.member(",\"title\":", self.title());
        if let Some(uri) = type_uri {
            document.member(",\"type\":", uri);
        }
        document.raw("}");
        document.0.into()
    }
}

/// What the client gets to know.
impl Problem {
    /// The problem without what is for the log only.
    pub(crate) fn for_client(&self) -> Cow<'_, Self> {
        let is_internal = self.status() == StatusCode::INTERNAL_SERVER_ERROR;
        if !is_internal && self.0.source.is_none() {
            return Cow::Borrowed(self);
        }
        let mut shown = self.clone();
        shown.0.source = None;
        if is_internal {
            shown.0.detail = None;
            shown.0.errors.clear();
        }
        Cow::Owned(shown)
    }

    /// All that is known, in one line.
    pub(crate) fn log(&self) -> impl fmt::Display {
        struct Log<'p>(&'p Problem);
        impl fmt::Display for Log<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut out = Shown::new(f);
                write_causes(&mut out, self.0)?;
                for ProblemError { place, detail } in self.0.errors() {
                    let (Place::Body(place) | Place::Parameter(place)) = place;
                    write!(out, "; {place}: {detail}")?;
                }
                Ok(())
            }
        }
        Log(self)
    }
}

/// The custom body.
impl Problem {
    /// The body, if it has this type and there are no headers, which only a problem can hold.
    pub(crate) fn into_body<B: Clone + Send + Sync + 'static>(mut self) -> Result<B, Self> {
        let taken = self.0.headers.is_empty().then(|| self.0.body.take());
        let Some(Some(OwnBody(body))) = taken else {
            return Err(self);
        };
        if (&*body as &dyn Any).is::<B>() {
            let body: Arc<dyn Any + Send + Sync> = body;
            if let Ok(body) = body.downcast() {
                return Ok(Arc::unwrap_or_clone(body));
            }
        } else {
            self.0.body = Some(OwnBody(body));
        }
        Err(self)
    }

    /// The body as JSON, empty for `()`. `None` if there is none, or it can't be serialized.
    pub(crate) fn own_body(&self) -> Option<Bytes> {
        let OwnBody(body) = self.0.body.as_ref()?;
        match (&**body as &dyn Any).is::<()>() {
            true => Some(Bytes::new()),
            false => body.json().ok(),
        }
    }
}

/// A problem document that is being written. Its members are few and known, so their names are written as they are in JSON.
struct Document(Vec<u8>);

impl Document {
    fn raw(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// A member; what comes before its value is JSON.
    fn member(&mut self, name: &str, value: &str) {
        self.raw(name);
        // Writing a text into memory can't fail.
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn errors(&mut self, errors: &[ProblemError]) {
        self.raw("\"errors\":[");
        for (index, ProblemError { place, detail }) in errors.iter().enumerate() {
            let name = if index == 0 {
                "{\"detail\":"
            } else {
                ",{\"detail\":"
            };
            self.member(name, detail);
            match place {
                Place::Body(pointer) => self.member(",\"pointer\":", pointer),
                Place::Parameter(name) => self.member(",\"parameter\":", name),
            }
            self.raw("}");
        }
        self.raw("],");
    }
}

/// Problems created by the server itself.
impl Problem {
    pub(crate) fn invalid(detail: &'static str) -> Self {
        Self::of(ProblemKind::InvalidRequest, StatusCode::BAD_REQUEST).with_detail(detail)
    }

    pub(crate) fn parameter(name: &str, detail: &str) -> Self {
        Self::invalid("a parameter is not as described")
            .with_error(Place::Parameter(cut(name)), detail)
    }

    pub(crate) fn unreadable(error: &ReadError) -> Self {
        let problem = match error.is_syntax() {
            true => Self::invalid("the body is not JSON"),
            false => Self::invalid("the body is not as described"),
        };
        problem.with_error(Place::Body(error.pointer().to_owned()), error.message())
    }

    pub(crate) fn invalid_body(violations: Violations) -> Self {
        Self::violated("the body is not as described", violations, Place::Body)
    }

    /// Lists the violations; if some are omitted, the detail says how many there are.
    pub(crate) fn violated(
        what: &'static str,
        violations: Violations,
        place: impl Fn(String) -> Place,
    ) -> Self {
        let (total, listed) = (violations.total(), violations.iter().len());
        let problem = match total > listed {
            true => Self::invalid(what).with_detail(format!(
                "{what}: {total} errors, the first {listed} are listed"
            )),
            false => Self::invalid(what),
        };
        violations.into_iter().fold(problem, |problem, v| {
            problem.with_error(place(v.pointer), v.message)
        })
    }

    /// The first token of each pointer is the name of a parameter.
    pub(crate) fn invalid_parameters(violations: Violations) -> Self {
        Self::violated("a parameter is not as described", violations, |pointer| {
            let name = pointer.split('/').nth(1).unwrap_or_default();
            Place::Parameter(name.replace("~1", "/").replace("~0", "~"))
        })
    }

    /// 401, with a challenge for each scheme that is accepted (RFC 9110, section 15.5.2).
    pub(crate) fn unauthorized(challenges: impl IntoIterator<Item = String>) -> Self {
        Self::of(ProblemKind::Unauthorized, StatusCode::UNAUTHORIZED).challenge(challenges)
    }

    pub(crate) fn forbidden(challenges: impl IntoIterator<Item = String>) -> Self {
        Self::of(ProblemKind::Forbidden, StatusCode::FORBIDDEN).challenge(challenges)
    }

    fn challenge(self, challenges: impl IntoIterator<Item = String>) -> Self {
        let values = challenges
            .into_iter()
            .filter_map(|challenge| HeaderValue::try_from(challenge).ok());
        values.fold(self, |problem, value| {
            problem.with_header(WWW_AUTHENTICATE, value)
        })
    }

    pub(crate) fn not_found() -> Self {
        Self::of(ProblemKind::NotFound, StatusCode::NOT_FOUND)
    }

    /// 405, with the supported methods (RFC 9110, section 15.5.6).
    pub(crate) fn method_not_allowed(methods: HeaderValue) -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::of(ProblemKind::MethodNotAllowed, status).with_header(ALLOW, methods)
    }

    pub(crate) fn not_acceptable(media_types: &[&str]) -> Self {
        let detail = format!("the response would be {}", media_types.join(" or "));
        Self::of(ProblemKind::NotAcceptable, StatusCode::NOT_ACCEPTABLE).with_detail(detail)
    }

    /// 408 (RFC 9110, section 15.5.9).
    pub(crate) fn too_slow() -> Self {
        Self::of(ProblemKind::TooSlow, StatusCode::REQUEST_TIMEOUT)
            .with_detail("the body did not arrive in time")
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let detail = format!("the body must not be larger than {limit} bytes");
        Self::of(ProblemKind::TooLarge, StatusCode::PAYLOAD_TOO_LARGE).with_detail(detail)
    }

    pub(crate) fn too_many_parts(limit: usize) -> Self {
        let detail = format!("the body must not have more than {limit} parts");
        Self::of(ProblemKind::TooLarge, StatusCode::PAYLOAD_TOO_LARGE).with_detail(detail)
    }

    pub(crate) fn unsupported_media_type(media_types: &[&str]) -> Self {
        let detail = format!("the body must be {}", media_types.join(" or "));
        Self::of(
            ProblemKind::UnsupportedMediaType,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        )
        .with_detail(detail)
    }

    /// 415, with the supported encodings (RFC 9110, section 12.5.3).
    pub(crate) fn unsupported_encoding() -> Self {
        Self::of(
            ProblemKind::UnsupportedMediaType,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        )
        .with_detail("the body must not have a content coding")
        .with_header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
    }

    pub(crate) fn internal(detail: &'static str) -> Self {
        Self::of(ProblemKind::Internal, StatusCode::INTERNAL_SERVER_ERROR).with_detail(detail)
    }

    /// 500. The message of the panic is for the log, not for the client.
    pub(crate) fn panicked() -> Self {
        Self::of(ProblemKind::Panicked, StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// 500, with the violations for the log.
    pub(crate) fn invalid_response(
        violations: Violations,
        place: impl Fn(String) -> Place,
    ) -> Self {
        let mut problem = Self::violated("the response is not as described", violations, place);
        problem.0.kind = ProblemKind::Internal;
        problem.0.status = StatusCode::INTERNAL_SERVER_ERROR;
        problem
    }

    pub(crate) fn timed_out() -> Self {
        Self::of(ProblemKind::TimedOut, StatusCode::SERVICE_UNAVAILABLE)
            .with_detail("the operation took too long")
    }

    pub(crate) fn not_implemented(operation: &str) -> Self {
        let detail = format!("{operation} is not implemented");
        Self::of(ProblemKind::NotImplemented, StatusCode::NOT_IMPLEMENTED).with_detail(detail)
    }
}

/// Truncates a name, which the client may have chosen, to 256 bytes.
fn cut(name: &str) -> String {
    let mut end = name.len().min(256);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let mark = if end < name.len() { "…" } else { "" };
    format!("{}{mark}", &name[..end])
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.status.as_u16(), self.title())?;
        match self.detail() {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let Source(error) = self.0.source.as_ref()?;
        Some(&**error)
    }
}
