//! Responses, read and unread. Needs `body.rs`, `error.rs`, `operation.rs`, `transport.rs`.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    ApiError, Body, DecodeError, Error, Operation, ReadError, TransportError, from_json, has_json,
    media_type,
};

/// A response whose body has been read as the description says.
#[derive(Debug, Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body, by value.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Everything, by value.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }
}

/// The fields of the body can be used directly.
impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// A response as it came.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    unread: Option<Unread>,
}

/// A body that hasn't been read. Clones of a response share it: the first that asks gets it.
type Unread = Arc<Mutex<Option<Body>>>;

impl RawResponse {
    pub(crate) fn new(
        operation: &'static Operation,
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
        }
    }

    /// A response whose body is read as it comes.
    pub(crate) fn streamed(
        operation: &'static Operation,
        head: http::response::Parts,
        body: Body,
    ) -> Self {
        Self {
            unread: Some(Arc::new(Mutex::new(Some(body)))),
            ..Self::new(operation, head.status, head.headers, Bytes::new())
        }
    }

    /// The operation that it answers.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; nothing if it is [unread](Self::take_stream).
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body as text; what isn't UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It isn't JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ReadError> {
        from_json(&self.body)
    }

    /// The body of a success that is read as it comes, for the first that asks. `None` if the body has been collected.
    pub fn take_stream(&self) -> Option<Body> {
        let unread = self.unread.as_ref()?;
        unread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The media type in the `Content-Type` header, without its parameters.
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

    /// Whether the `Content-Type` is `application/json` or ends in `+json` (RFC 6839, section 3.1).
    pub(crate) fn is_json(&self) -> bool {
        has_json(&self.headers)
    }

    /// What an error body says for people, found where servers put it.
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

/// Where the first of a problem's errors is, and what it is: `page: must be an integer` (RFC 9457, section 3).
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

/// What `decode` functions of operations end with: one line for each status that the description lists.
impl RawResponse {
    /// A success with a JSON body.
    pub(crate) fn into_json<T: DeserializeOwned, E>(self) -> Result<Response<T>, Error<E>> {
        let body = self.read()?;
        Ok(self.with_body(body))
    }

    /// A success with a JSON body that is one of several.
    pub(crate) fn into_json_as<B: DeserializeOwned, T, E>(
        self,
        variant: fn(B) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.read()?);
        Ok(self.with_body(body))
    }

    /// A success with a body of text.
    pub(crate) fn into_text<E>(self) -> Result<Response<String>, Error<E>> {
        let body = self.collected()?.text();
        Ok(self.with_body(body))
    }

    /// A success with a body of text that is one of several.
    pub(crate) fn into_text_as<T, E>(
        self,
        variant: fn(String) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.collected()?.text());
        Ok(self.with_body(body))
    }

    /// A success with a body of any bytes.
    pub(crate) fn into_bytes<E>(self) -> Result<Response<Bytes>, Error<E>> {
        let body = self.collected()?.body.clone();
        Ok(self.with_body(body))
    }

    /// A success with a body of any bytes that is one of several.
    pub(crate) fn into_bytes_as<T, E>(
        self,
        variant: fn(Bytes) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.collected()?.body.clone());
        Ok(self.with_body(body))
    }

    /// A success with a body that is read as it comes.
    pub(crate) fn into_body<E>(self) -> Result<Response<Body>, Error<E>> {
        let body = self.stream();
        Ok(self.with_body(body))
    }

    /// A success with a body that is read as it comes and is one of several.
    pub(crate) fn into_body_as<T, E>(
        self,
        variant: fn(Body) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.stream());
        Ok(self.with_body(body))
    }

    /// A success whose body, if it has one, doesn't matter: `()`, or the variant of the status.
    pub(crate) fn into_empty<T, E>(self, body: T) -> Result<Response<T>, Error<E>> {
        Ok(self.with_body(body))
    }

    /// A listed error with a JSON body.
    pub(crate) fn into_error<T, E: DeserializeOwned>(self) -> Result<Response<T>, Error<E>> {
        let body = self.try_read();
        Err(self.with_error(body))
    }

    /// A listed error with a JSON body that is one of several.
    pub(crate) fn into_error_as<B: DeserializeOwned, T, E>(
        self,
        variant: fn(B) -> E,
    ) -> Result<Response<T>, Error<E>> {
        let body = self.try_read().map(variant);
        Err(self.with_error(body))
    }

    /// A listed error whose body, if it has one, isn't described.
    pub(crate) fn into_empty_error<T, E>(self, body: E) -> Result<Response<T>, Error<E>> {
        Err(self.with_error(Ok(body)))
    }

    /// A listed error whose body is described as text or bytes, which have no type of their own.
    pub(crate) fn into_untyped_error<T, E>(self) -> Result<Response<T>, Error<E>> {
        Err(self.api_error(None, None))
    }

    /// A status that the description doesn't list.
    pub(crate) fn into_unexpected<T, E>(self) -> Result<Response<T>, Error<E>> {
        Err(Error::Unexpected(Box::new(self)))
    }

    /// The body, read or unread.
    pub(crate) fn stream(&self) -> Body {
        self.take_stream()
            .unwrap_or_else(|| self.body.clone().into())
    }

    /// This response, unless its body is a stream where the description has none.
    fn collected<E>(&self) -> Result<&Self, Error<E>> {
        match self.unread {
            None => Ok(self),
            Some(_) => Err(Error::Transport {
                operation: self.operation,
                error: TransportError::new("the body is a stream"),
            }),
        }
    }

    fn read<T: DeserializeOwned, E>(&self) -> Result<T, Error<E>> {
        self.try_read().map_err(Error::Decode)
    }

    fn try_read<T: DeserializeOwned>(&self) -> Result<T, Box<DecodeError>> {
        self.json().map_err(|error| {
            let expected = (!self.is_json()).then_some("JSON");
            self.unreadable(error, expected)
        })
    }

    /// The error of a body that isn't as described; `expected` is what it should be, where it is something else.
    pub(crate) fn unreadable(
        &self,
        error: ReadError,
        expected: Option<&'static str>,
    ) -> Box<DecodeError> {
        Box::new(DecodeError {
            response: self.clone(),
            error,
            expected,
        })
    }

    pub(crate) fn with_body<T>(self, body: T) -> Response<T> {
        Response {
            status: self.status,
            headers: self.headers,
            body,
        }
    }

    /// A listed error, also where its body isn't as described: its status says what happened. That of a success, which only
    /// `default` stands for, says nothing.
    pub(crate) fn with_error<E>(self, body: Result<E, Box<DecodeError>>) -> Error<E> {
        match body {
            Ok(body) => self.api_error(Some(body), None),
            Err(mismatch) if self.status.as_u16() >= 400 => self.api_error(None, Some(mismatch)),
            Err(mismatch) => Error::Decode(mismatch),
        }
    }

    fn api_error<E>(self, body: Option<E>, mismatch: Option<Box<DecodeError>>) -> Error<E> {
        Error::Api(Box::new(ApiError {
            message: self.error_message(),
            response: self,
            body,
            mismatch,
        }))
    }
}

/// Shows the size of the body only: bodies hold what people send each other.
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
