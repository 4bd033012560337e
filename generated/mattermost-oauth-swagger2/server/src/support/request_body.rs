//! Reading request bodies. Needs `body.rs`, `exchange.rs`, `media.rs`, `operation.rs`, `problem.rs`.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http_body::Body as _;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{Body, Exchange, Operation, Problem, essence, is_in_range, is_json, is_utf8};

impl Exchange {
    /// The body as it comes, however large it is: 415 if it is of another media type.
    pub(crate) fn body(&mut self) -> Result<Body, Problem> {
        self.content_type()?;
        Ok(std::mem::take(&mut self.body))
    }
}

/// Reads a whole body, up to the limit.
pub(crate) async fn read_body(body: Body, limit: usize) -> Result<Bytes, Problem> {
    // A `Content-Length` that is too large is answered before anything is read.
    if body.size_hint().lower() > limit as u64 {
        return Err(Problem::too_large(limit));
    }
    match Limited::new(body, limit).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Problem::too_large(limit)),
        Err(_) => Err(Problem::invalid("the body ended too early")),
    }
}

/// The media type of a request body, without parameters. Without a header it is the one that the description lists.
pub(crate) fn body_type(headers: &HeaderMap, operation: &Operation) -> Result<String, Problem> {
    let refused = || Problem::unsupported_media_type(operation.consumes);
    let Some(header) = headers.get(CONTENT_TYPE) else {
        return match operation.consumes {
            [only] => Ok(essence(only)),
            _ => Err(refused()),
        };
    };
    let header = header.to_str().map_err(|_| refused())?;
    let sent = essence(header);
    let mut listed = operation.consumes.iter();
    match listed.any(|listed| is_listed(&sent, listed)) && (!is_json(&sent) || is_utf8(header)) {
        true => Ok(sent),
        false => Err(refused()),
    }
}

/// Whether a media type (its essence) is one that the description lists, or in a range of it. JSON goes by many names.
pub(crate) fn is_listed(sent: &str, listed: &str) -> bool {
    let listed = essence(listed);
    is_in_range(sent, &listed) || (is_json(sent) && is_json(&listed))
}
