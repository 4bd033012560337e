//! Responses. Needs `body.rs`, `json_bytes.rs`, `problem.rs`, `response_checks.rs`.

use std::future::{Ready, ready};

use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use super::{Body, Problem, Validate, checked_response, json_bytes};

/// A response to send.
pub type HttpResponse = http::Response<Body>;

/// A response other than the successful ones. The error types of operations know their statuses and bodies.
#[doc(hidden)]
pub trait Reply {
    /// The response, or a problem for the server to render.
    fn reply(self) -> Result<HttpResponse, Problem>;
}

impl Reply for Problem {
    fn reply(self) -> Result<HttpResponse, Problem> {
        Err(self)
    }
}

/// Converts the result of a provider to a response.
pub(crate) fn reply<T, E: Reply>(
    result: Result<T, E>,
    success: impl FnOnce(T) -> Result<HttpResponse, Problem>,
) -> Result<HttpResponse, Problem> {
    match result {
        Ok(value) => success(value),
        Err(error) => error.reply(),
    }
}

/// A response with a JSON body.
pub(crate) fn json(
    status: impl IntoStatus,
    body: &(impl Serialize + Validate),
) -> Result<HttpResponse, Problem> {
    json_as(status, "application/json", body)
}

/// A response with a body of another JSON media type.
pub(crate) fn json_as(
    status: impl IntoStatus,
    media_type: &'static str,
    body: &(impl Serialize + Validate),
) -> Result<HttpResponse, Problem> {
    checked_response(body)?;
    unchecked_json(status, media_type, body)
}

/// A response with a body of a JSON media type, which can't be validated.
pub(crate) fn unchecked_json(
    status: impl IntoStatus,
    media_type: &'static str,
    body: &impl Serialize,
) -> Result<HttpResponse, Problem> {
    match json_bytes(body) {
        Ok(json) => respond(status, media_type, json),
        Err(_) => Err(Problem::internal("the response can't be written as JSON")),
    }
}

/// A response with plain text.
pub(crate) fn text(
    status: impl IntoStatus,
    body: impl Into<String>,
) -> Result<HttpResponse, Problem> {
    respond(status, "text/plain; charset=utf-8", body.into())
}

/// A response with a body of this media type; if it is a range, the body has its own.
pub(crate) fn respond(
    status: impl IntoStatus,
    media_type: &'static str,
    body: impl Into<Body>,
) -> Result<HttpResponse, Problem> {
    let mut body = body.into();
    let content_type = match body.take_content_type() {
        Some(said) => HeaderValue::try_from(said).map_err(|_| {
            Problem::internal("the media type of the response is not valid in a header")
        })?,
        None if media_type.contains('*') => HeaderValue::from_static("application/octet-stream"),
        None => HeaderValue::from_static(media_type),
    };
    let mut response = empty(status)?;
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    *response.body_mut() = body;
    Ok(response)
}

/// A response without a body.
pub(crate) fn empty(status: impl IntoStatus) -> Result<HttpResponse, Problem> {
    let status = status
        .into_status()
        .ok_or_else(|| Problem::internal("the status of the response is not valid"))?;
    let mut response = HttpResponse::new(Body::empty());
    *response.status_mut() = status;
    Ok(response)
}

/// The response of an operation that isn't implemented: 501.
pub(crate) fn not_implemented<T, E: From<Problem>>(operation: &'static str) -> Ready<Result<T, E>> {
    ready(Err(Problem::not_implemented(operation).into()))
}

/// A status: a [`StatusCode`], or a number in generated code.
pub(crate) trait IntoStatus {
    fn into_status(self) -> Option<StatusCode>;
}

impl IntoStatus for StatusCode {
    fn into_status(self) -> Option<StatusCode> {
        Some(self)
    }
}

impl IntoStatus for u16 {
    fn into_status(self) -> Option<StatusCode> {
        StatusCode::from_u16(self).ok()
    }
}
