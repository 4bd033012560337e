//! Streamed responses. Needs `events.rs`, `lines.rs`, `problem.rs`, `reply.rs`, `shutdown.rs`, `stream_checks.rs`.

use std::task::Context;

use http::HeaderValue;
use http::header::CACHE_CONTROL;
use serde::de::DeserializeOwned;

use super::{
    Endless, Events, HttpResponse, IntoStatus, Lines, Problem, Validate, checked_stream, respond,
};

/// A response with events.
pub(crate) fn events<T: Validate + 'static>(
    status: impl IntoStatus,
    stream: Events<T>,
) -> Result<HttpResponse, Problem> {
    let read = stream.reader();
    let mut response = unchecked_events(status, stream)?;
    checked_stream(&mut response, |sent| {
        let mut events = read(sent);
        move |cx: &mut Context<'_>| events.poll_next(cx).map_ok(|event| event.data)
    });
    Ok(response)
}

/// A response with events whose data can't be validated.
pub(crate) fn unchecked_events<T>(
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
pub(crate) fn lines<T: Validate + DeserializeOwned + 'static>(
    status: impl IntoStatus,
    media_type: &'static str,
    stream: Lines<T>,
) -> Result<HttpResponse, Problem> {
    let mut response = unchecked_lines(status, media_type, stream)?;
    checked_stream(&mut response, |sent| {
        let mut lines = Lines::<T>::from_body(sent);
        move |cx: &mut Context<'_>| lines.poll_next(cx)
    });
    Ok(response)
}

/// The same of values that can't be validated.
pub(crate) fn unchecked_lines<T>(
    status: impl IntoStatus,
    media_type: &'static str,
    stream: Lines<T>,
) -> Result<HttpResponse, Problem> {
    let mut response = respond(status, media_type, stream.into_body(media_type))?;
    response.extensions_mut().insert(Endless);
    Ok(response)
}
