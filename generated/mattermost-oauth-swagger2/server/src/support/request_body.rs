//! Reading request bodies. Needs `body.rs`, `media.rs`, `operation.rs`, `problem.rs`.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::{
    Body, BodyError, Operation, Problem, essence, is_in_range, is_json, is_utf8, refusing_nulls,
    within,
};

/// Settings for reading bodies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// Limit of a body that is read into memory.
    pub(crate) max_body_bytes: usize,
    /// Time limit of a body that is read into memory, and of a chunk of one that is streamed.
    pub(crate) body_timeout: Duration,
    /// Whether null is rejected for optional properties that aren't nullable.
    pub(crate) refuses_nulls: bool,
}

impl Reading {
    /// Runs `read` on a value sent by a client, with these settings.
    pub(crate) fn value<T>(self, read: impl FnOnce() -> T) -> T {
        match self.refuses_nulls {
            true => refusing_nulls(read),
            false => read(),
        }
    }
}

const JSON: &str = "application/json";

/// Reads a whole body, within the limits of size and time.
pub(crate) async fn read_body(body: Body, reading: Reading) -> Result<Bytes, Problem> {
    let limit = reading.max_body_bytes;
    match within(reading.body_timeout, body.bytes_up_to(limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(BodyError::TooLarge)) => Err(Problem::too_large(limit)),
        Ok(Err(BodyError::Failed(_))) => Err(Problem::invalid("the body ended too early")),
        Err(_) => Err(Problem::too_slow()),
    }
}

/// The media type of a request body, without parameters. Without a header it is the documented one.
pub(crate) fn body_type<'h>(
    headers: &'h HeaderMap,
    operation: &Operation,
) -> Result<Cow<'h, str>, Problem> {
    let refused = || Problem::unsupported_media_type(operation.consumes);
    let Some(header) = headers.get(CONTENT_TYPE) else {
        return match operation.consumes {
            [only] => Ok(essence(only)),
            _ => Err(refused()),
        };
    };
    // What most clients send.
    if header == JSON && operation.consumes.contains(&JSON) {
        return Ok(Cow::Borrowed(JSON));
    }
    let header = header.to_str().map_err(|_| refused())?;
    let sent = essence(header);
    let mut listed = operation.consumes.iter();
    match listed.any(|listed| is_listed(&sent, listed)) && (!is_json(&sent) || is_utf8(header)) {
        true => Ok(sent),
        false => Err(refused()),
    }
}

/// Whether a body has a content encoding (RFC 9110, section 8.4).
pub(crate) fn is_encoded(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(CONTENT_ENCODING).into_iter();
    lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .any(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity"))
}

/// Whether a media type (without parameters) is the documented one, or in the documented range. All JSON media types match each other.
pub(crate) fn is_listed(sent: &str, listed: &str) -> bool {
    let listed = essence(listed);
    is_in_range(sent, &listed) || (is_json(sent) && is_json(&listed))
}
