//! Converts a response to the result of a call. Needs `body.rs`, `error.rs`, `response.rs`, `transport.rs`.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use super::{ApiError, Body, DecodeError, Error, RawResponse, ReadError, Response, TransportError};

/// Used at the end of the `decode` functions of operations, one line for each documented status.
impl RawResponse {
    /// A success with a JSON body.
    pub(crate) fn into_json<T: DeserializeOwned, E>(self) -> Result<Response<T>, Error<E>> {
        let body = self.read()?;
        Ok(self.with_body(body))
    }

    /// A success with a JSON body, one of several documented responses.
    pub(crate) fn into_json_as<B: DeserializeOwned, T, E>(
        self,
        variant: fn(B) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.read()?);
        Ok(self.with_body(body))
    }

    /// A success with a text body.
    pub(crate) fn into_text<E>(self) -> Result<Response<String>, Error<E>> {
        let body = self.collected()?.text();
        Ok(self.with_body(body))
    }

    /// A success with a text body, one of several documented responses.
    pub(crate) fn into_text_as<T, E>(
        self,
        variant: fn(String) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.collected()?.text());
        Ok(self.with_body(body))
    }

    /// A success with a streamed body.
    pub(crate) fn into_body<E>(self) -> Result<Response<Body>, Error<E>> {
        let body = self.stream();
        Ok(self.with_body(body))
    }

    /// A success with a streamed body, one of several documented responses.
    pub(crate) fn into_body_as<T, E>(
        self,
        variant: fn(Body) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.stream());
        Ok(self.with_body(body))
    }

    /// A success without a body that matters: `()`, or the variant of the status.
    pub(crate) fn into_empty<T, E>(self, body: T) -> Result<Response<T>, Error<E>> {
        Ok(self.with_body(body))
    }

    /// A documented error with a JSON body.
    pub(crate) fn into_error<T, E: DeserializeOwned>(self) -> Result<Response<T>, Error<E>> {
        let body = self.try_read();
        Err(self.with_error(body))
    }

    /// A documented error with a JSON body, one of several documented responses.
    pub(crate) fn into_error_as<B: DeserializeOwned, T, E>(
        self,
        variant: fn(B) -> E,
    ) -> Result<Response<T>, Error<E>> {
        let body = self.try_read().map(variant);
        Err(self.with_error(body))
    }

    /// A documented error without a documented body.
    pub(crate) fn into_empty_error<T, E>(self, body: E) -> Result<Response<T>, Error<E>> {
        Err(self.with_error(Ok(body)))
    }

    /// A documented error whose body is text or bytes, which are not decoded.
    pub(crate) fn into_untyped_error<T, E>(self) -> Result<Response<T>, Error<E>> {
        Err(self.api_error(None, None))
    }

    /// A status that the description doesn't document.
    pub(crate) fn into_unexpected<T, E>(self) -> Result<Response<T>, Error<E>> {
        Err(Error::Unexpected(Box::new(self)))
    }

    /// The body, whether it was collected or not.
    pub(crate) fn stream(&self) -> Body {
        self.take_stream()
            .unwrap_or_else(|| self.body.clone().into())
    }

    /// This response, unless its body is a stream although no stream is documented.
    fn collected<E>(&self) -> Result<&Self, Error<E>> {
        match self.unread {
            None => Ok(self),
            Some(_) => Err(Error::Transport {
                operation: self.operation,
                error: TransportError::permanent("the body is a stream"),
                attempts: self.attempts,
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

    /// The error for a body that is not as documented; `expected` is the expected kind, if the media type differs.
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
            sent: self.sent,
        }
    }

    /// A documented error, even if its body is not as documented: the status says that it is an error. A success that only `default`
    /// documents isn't one.
    pub(crate) fn with_error<E>(self, body: Result<E, Box<DecodeError>>) -> Error<E> {
        match body {
            Ok(body) => self.api_error(Some(body), None),
            Err(mismatch) if self.status.as_u16() >= 400 => self.api_error(None, Some(mismatch)),
            Err(mismatch) => Error::Decode(mismatch),
        }
    }

    fn api_error<E>(self, body: Option<E>, mismatch: Option<Box<DecodeError>>) -> Error<E> {
        Error::Api(Box::new(ApiError {
            message: OnceLock::new(),
            response: self,
            body,
            mismatch,
        }))
    }
}
