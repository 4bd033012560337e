//! Streamed responses. Needs `events.rs`, `lines.rs`, `problem.rs`, `reply.rs`, `shutdown.rs`.

use http::HeaderValue;
use http::header::CACHE_CONTROL;

use super::{Endless, Events, HttpResponse, IntoStatus, Lines, Problem, respond};

/// A response with events.
pub(crate) fn events<T>(
    status: impl IntoStatus,
    stream: Events<T>,
) -> Result<HttpResponse, Problem> {
    let mut response = respond(status, "text/event-stream", stream.into_body())?;
    let no_cache = HeaderValue::from_static("no-cache");
    response.headers_mut().insert(CACHE_CONTROL, no_cache);
    response.extensions_mut().insert(Endless);
    Ok(response)
}

/// A response with JSON lines or a JSON text sequence, depending on the media type.
pub(crate) fn lines<T>(
    status: impl IntoStatus,
    media_type: &'static str,
    stream: Lines<T>,
) -> Result<HttpResponse, Problem> {
    let mut response = respond(status, media_type, stream.into_body(media_type))?;
    response.extensions_mut().insert(Endless);
    Ok(response)
}
