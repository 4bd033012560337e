//! Responses, read and unread. Needs `error.rs`, `operation.rs`.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ApiError, DecodeError, Error, Operation, ReadError, from_json};

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
}

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

    /// The body.
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

    /// The media type in the `Content-Type` header, without its parameters.
    pub fn content_type(&self) -> Option<&str> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        Some(
            value
                .split_once(';')
                .map_or(value, |(media_type, _)| media_type)
                .trim(),
        )
    }

    /// Whether the `Content-Type` is `application/json` or ends in `+json` (RFC 6839, section 3.1).
    pub(crate) fn is_json(&self) -> bool {
        self.content_type().is_some_and(|media_type| {
            let media_type = media_type.to_ascii_lowercase();
            media_type == "application/json" || media_type.ends_with("+json")
        })
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
        let body: Value = serde_json::from_slice(&self.body).ok()?;
        let message = NAMES.iter().find_map(|name| match body.get(name)? {
            Value::String(message) => Some(message.clone()),
            Value::Object(inner) => inner.get("message")?.as_str().map(str::to_owned),
            _ => None,
        })?;
        (!message.is_empty()).then_some(message)
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
        let body = self.text();
        Ok(self.with_body(body))
    }

    /// A success with a body of text that is one of several.
    pub(crate) fn into_text_as<T, E>(
        self,
        variant: fn(String) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.text());
        Ok(self.with_body(body))
    }

    /// A success with a body of any bytes.
    pub(crate) fn into_bytes<E>(self) -> Result<Response<Bytes>, Error<E>> {
        let body = self.body.clone();
        Ok(self.with_body(body))
    }

    /// A success with a body of any bytes that is one of several.
    pub(crate) fn into_bytes_as<T, E>(
        self,
        variant: fn(Bytes) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.body.clone());
        Ok(self.with_body(body))
    }

    /// A success whose body, if it has one, doesn't matter: `()`, or the variant of the status.
    pub(crate) fn into_empty<T, E>(self, body: T) -> Result<Response<T>, Error<E>> {
        Ok(self.with_body(body))
    }

    /// A listed error with a JSON body.
    pub(crate) fn into_error<T, E: DeserializeOwned>(self) -> Result<Response<T>, Error<E>> {
        let body = self.read()?;
        Err(self.with_error(body))
    }

    /// A listed error with a JSON body that is one of several.
    pub(crate) fn into_error_as<B: DeserializeOwned, T, E>(
        self,
        variant: fn(B) -> E,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.read()?);
        Err(self.with_error(body))
    }

    /// A listed error whose body, if it has one, isn't described.
    pub(crate) fn into_empty_error<T, E>(self, body: E) -> Result<Response<T>, Error<E>> {
        Err(self.with_error(body))
    }

    /// A status that the description doesn't list.
    pub(crate) fn into_unexpected<T, E>(self) -> Result<Response<T>, Error<E>> {
        Err(Error::Unexpected(Box::new(self)))
    }

    fn read<T: DeserializeOwned, E>(&self) -> Result<T, Error<E>> {
        self.json().map_err(|error| {
            Error::Decode(Box::new(DecodeError {
                response: self.clone(),
                error,
            }))
        })
    }

    fn with_body<T>(self, body: T) -> Response<T> {
        Response {
            status: self.status,
            headers: self.headers,
            body,
        }
    }

    fn with_error<E>(self, body: E) -> Error<E> {
        let message = self.error_message();
        let Self {
            operation,
            status,
            headers,
            ..
        } = self;
        Error::Api(Box::new(ApiError {
            operation,
            status,
            headers,
            message,
            body,
        }))
    }
}

/// Shows the size of the body only: bodies hold what people send each other.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
