//! Spans of calls and attempts, by OpenTelemetry's semantic conventions for HTTP clients. Needs `attempt.rs`, `connection.rs`, `error.rs`,
//! `operation.rs`, `response.rs`; crate `tracing`.
//!
//! They hold neither arguments, nor queries, bodies or credentials.

use std::time::Duration;
#[cfg(not(target_family = "wasm"))]
use std::time::Instant;
#[cfg(target_family = "wasm")]
use web_time::Instant;

use http::Method;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

use super::connection::Inner;
use super::{Attempt, Error, OperationInfo, RawResponse};

/// Waits for a call in a span of its own, and emits an event with its result.
pub(crate) async fn call(
    operation: &'static OperationInfo,
    call: impl Future<Output = Result<RawResponse, Error>>,
) -> Result<RawResponse, Error> {
    let span = tracing::info_span!(
        "call",
        otel.name = operation.id,
        otel.kind = "internal",
        otel.status_code = Empty,
        operation = operation.id,
        http.request.method = operation.method,
        url.template = operation.path,
        http.response.status_code = Empty,
        error.type = Empty,
        attempts = Empty,
        request_id = Empty,
    );
    let start = Instant::now();
    let result = call.instrument(span.clone()).await;
    outcome(&span, &result);
    let (attempts, request_id) = match &result {
        Ok(response) => (response.attempts(), response.request_id()),
        Err(error) => (error.attempts(), error.request_id()),
    };
    span.record("attempts", attempts);
    if let Some(request_id) = request_id {
        span.record("request_id", request_id);
    }
    let _entered = span.enter();
    tracing::debug!(
        operation = operation.id,
        method = %operation.method,
        path = operation.path,
        status = result.as_ref().ok().map(|response| response.status().as_u16()),
        error = result.as_ref().err().map(display),
        attempts,
        milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        "called an operation"
    );
    result
}

/// Waits for an attempt in a span of its own.
pub(crate) async fn attempt(
    client: &Inner,
    attempt: Attempt,
    method: &Method,
    work: impl Future<Output = Result<RawResponse, Error>>,
) -> Result<RawResponse, Error> {
    let operation = attempt.operation;
    let span = tracing::info_span!(
        "attempt",
        otel.name = format_args!("{method} {}", operation.path),
        otel.kind = "client",
        otel.status_code = Empty,
        operation = operation.id,
        http.request.method = method.as_str(),
        url.template = operation.path,
        server.address = client.authority.host(),
        server.port = client.port(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        error.type = Empty,
    );
    if attempt.number > 1 {
        span.record("http.request.resend_count", attempt.number - 1);
    }
    let result = work.instrument(span.clone()).await;
    outcome(&span, &result);
    result
}

/// Emits an event before an attempt is repeated.
pub(crate) fn repeated(attempt: Attempt, delay: Duration, result: &Result<RawResponse, Error>) {
    tracing::debug!(
        operation = attempt.operation.id,
        attempt = attempt.number,
        status = result
            .as_ref()
            .ok()
            .map(|response| response.status().as_u16()),
        error = result.as_ref().err().map(display),
        delay_milliseconds = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
        "repeating a call"
    );
}

fn outcome(span: &Span, result: &Result<RawResponse, Error>) {
    let status = match result {
        Ok(response) => Some(response.status()),
        Err(error) => error.status(),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Some(error_type) = Error::type_of(result) {
        span.record("error.type", display(error_type));
        span.record("otel.status_code", "ERROR");
    }
}
