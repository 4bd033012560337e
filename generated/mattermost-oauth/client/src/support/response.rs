//! Responses, collected and streamed. Needs `body.rs`, `operation.rs`, `transport.rs`.

use std::any::Any;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Body, OperationInfo, ReadError, from_json, has_json, media_type};

/// A response with its status, headers and decoded body.
#[derive(Debug, Clone)]
pub struct Response<T> {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: T,
    pub(super) sent: Option<Arc<Sent>>,
}

/// The request of a response, for an operation whose links take values of it.
pub(crate) struct Sent {
    pub(super) url: String,
    /// Path parameters, percent-encoded.
    pub(super) path: Vec<(&'static str, String)>,
    /// Without credentials.
    pub(super) query: String,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

/// Shows nothing of what may be private.
impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sent(…)")
    }
}

impl<T> Response<T> {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the server's id of the request, to be given to its operators; see [`RawResponse::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the body, by value.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The request, if the links of its operation need it.
    pub(crate) fn sent(&self) -> Option<&Sent> {
        self.sent.as_deref()
    }

    /// Returns status, headers and body, by value.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }
}

/// Gives access to the fields of the body.
impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// Names of headers with the server's id of a request.
const REQUEST_IDS: [&str; 6] = [
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-ms-request-id",
    "x-github-request-id",
    "x-correlation-id",
];

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let values = REQUEST_IDS.iter().find_map(|name| headers.get(*name));
    values.and_then(|value| value.to_str().ok())
}

/// A response that isn't decoded.
#[derive(Clone)]
pub struct RawResponse {
    pub(super) operation: &'static OperationInfo,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) unread: Option<Unread>,
    pub(super) attempts: u32,
    pub(super) origin: Option<Origin>,
    pub(super) sent: Option<Arc<Sent>>,
    #[cfg(feature = "mock")]
    pub(super) mocked: Option<MockedResponse>,
}

/// The request of a stream that may be requested again; of a type that this file needn't know.
pub(super) type Origin = Arc<dyn Any + Send + Sync>;

/// What a mock has instead of a body; of a type that this file needn't know. Clones share it: the first one to take it gets it.
#[cfg(feature = "mock")]
#[derive(Clone)]
pub(crate) struct MockedResponse(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

#[cfg(feature = "mock")]
impl MockedResponse {
    pub(crate) fn new(content: impl Any + Send) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(content)))))
    }

    /// Takes it, if it is of this type.
    pub(crate) fn take<T: Any>(&self) -> Option<T> {
        let mut content = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match content.take()?.downcast() {
            Ok(found) => Some(*found),
            Err(other) => {
                *content = Some(other);
                None
            }
        }
    }
}

/// A body that isn't read yet. Clones of a response share it: the first one to take it gets it.
type Unread = Arc<Mutex<Option<Body>>>;

impl RawResponse {
    pub(crate) fn new(
        operation: &'static OperationInfo,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        Self {
            operation,
            status,
            headers,
            body,
            unread: None,
            attempts: 1,
            origin: None,
            sent: None,
            #[cfg(feature = "mock")]
            mocked: None,
        }
    }

    /// Creates a response whose body is a stream.
    pub(crate) fn streamed(
        operation: &'static OperationInfo,
        head: http::response::Parts,
        body: Body,
    ) -> Self {
        Self {
            unread: Some(Arc::new(Mutex::new(Some(body)))),
            ..Self::new(operation, head.status, head.headers, Bytes::new())
        }
    }

    /// Returns the operation that was called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the server's id of the request, to be given to its operators: the first of the headers `X-Request-Id`, `Request-Id`,
    /// `X-Amzn-RequestId`, `X-Ms-Request-Id`, `X-GitHub-Request-Id`, `X-Correlation-Id`.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns how many attempts the call made.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the body; empty if it is [unread](Self::take_stream).
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// Returns the body as text; what isn't UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    /// The body isn't JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ReadError> {
        from_json(&self.body)
    }

    /// Takes the body of a streamed response. `None` if it is taken, or was collected.
    pub fn take_stream(&self) -> Option<Body> {
        let unread = self.unread.as_ref()?;
        unread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Returns the media type of the `Content-Type` header, without its parameters.
    pub fn content_type(&self) -> Option<&str> {
        media_type(&self.headers)
    }

    /// Whether the `Content-Type` is one of these media types or in one of these ranges (`text/*`).
    pub(crate) fn is_one_of(&self, media_types: &[&str]) -> bool {
        let sent = self.content_type().unwrap_or_default().to_ascii_lowercase();
        media_types.iter().any(|listed| {
            let listed = listed.split(';').next().unwrap_or_default().trim();
            match listed.strip_suffix('*') {
                Some("*/") => true,
                Some(range) => sent.starts_with(&range.to_ascii_lowercase()),
                None => listed.eq_ignore_ascii_case(&sent),
            }
        })
    }

    /// Whether it is a stream of server-sent events.
    pub(crate) fn is_event_stream(&self) -> bool {
        self.status == StatusCode::OK && self.is_one_of(&["text/event-stream"])
    }

    /// Whether the `Content-Type` is `application/json` or ends in `+json` (RFC 6839, section 3.1).
    pub(crate) fn is_json(&self) -> bool {
        has_json(&self.headers)
    }

    /// The error message for people, from the usual places in the body.
    pub(crate) fn error_message(&self) -> Option<String> {
        const NAMES: [&str; 6] = [
            "message",
            "detail",
            "error_description",
            "title",
            "msg",
            "error",
        ];
        let Ok(body) = serde_json::from_slice::<Value>(&self.body) else {
            return self.plain_text();
        };
        let message = NAMES.iter().find_map(|name| match body.get(name)? {
            Value::String(message) => Some(message.clone()),
            Value::Object(inner) => inner.get("message")?.as_str().map(str::to_owned),
            _ => None,
        })?;
        match first_of_errors(&body) {
            Some(first) if !message.is_empty() => Some(format!("{message}: {first}")),
            _ => (!message.is_empty()).then_some(message),
        }
    }

    fn plain_text(&self) -> Option<String> {
        let is_plain = self.is_one_of(&["text/plain"]);
        let text = is_plain.then(|| self.text().trim().to_owned());
        text.filter(|text| !text.is_empty())
    }
}

/// The first error of a problem document with its place: `page: must be an integer` (RFC 9457, section 3).
fn first_of_errors(body: &Value) -> Option<String> {
    let first = body.get("errors")?.get(0)?;
    let text = |name: &str| first.get(name).and_then(Value::as_str);
    let detail = text("detail")?;
    let place = text("parameter").or_else(|| text("pointer"));
    match place.filter(|place| !place.is_empty()) {
        Some(place) => Some(format!("{place}: {detail}")),
        None => Some(detail.to_owned()),
    }
}

/// Shows only the size of the body, which may be private.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RawResponse");
        shown
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &self.headers);
        match self.unread {
            Some(_) => shown.field("body", &format_args!("unread")),
            None => shown.field("body", &format_args!("{} bytes", self.body.len())),
        };
        shown.finish()
    }
}
