//! Responses that come compressed (RFC 9110, section 8.4). Needs `body.rs`; crates `tower-http` and `tower-service`, behind the features
//! `brotli`, `gzip`, `zstd`.
//!
//! It is done here, above the transports, so that all of them are alike and the limit of a response is one of what comes out: a few bytes may
//! stand for gigabytes. What a transport has decompressed itself has no `Content-Encoding` any more, and is left as it is.
#![cfg(any(feature = "brotli", feature = "gzip", feature = "zstd"))]

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::OnceLock;
use std::task::{Context, Poll};

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, RANGE};
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body::Body as _;
use tower_http::decompression::Decompression;
use tower_service::Service;

use super::Body;

/// Asks for a compressed response, unless the request says itself what it accepts, or wants a part of what may be compressed. Returns whether
/// the response is to be [decompressed].
pub(crate) fn ask(headers: &mut HeaderMap) -> bool {
    static ACCEPTED: OnceLock<HeaderValue> = OnceLock::new();
    if headers.contains_key(ACCEPT_ENCODING) || headers.contains_key(RANGE) {
        return false;
    }
    let accepted = ACCEPTED.get_or_init(|| {
        let codings = [
            ("zstd", cfg!(feature = "zstd")),
            ("br", cfg!(feature = "brotli")),
            ("gzip", cfg!(feature = "gzip")),
        ];
        let enabled = codings.iter().filter(|(_, is_enabled)| *is_enabled);
        let names: Vec<&str> = enabled.map(|(name, _)| *name).collect();
        HeaderValue::try_from(names.join(", ")).unwrap_or(HeaderValue::from_static("identity"))
    });
    headers.insert(ACCEPT_ENCODING, accepted.clone());
    true
}

/// The response with its body as it was before it was compressed, piece by piece.
pub(crate) async fn decompressed(response: Response<Body>) -> Response<Body> {
    let is_encoded = response.headers().contains_key(CONTENT_ENCODING);
    // The response to `HEAD` has the header and no body.
    if !is_encoded || response.body().is_end_stream() {
        return response;
    }
    let mut service = Decompression::new(Arrived(Some(response)));
    let decompressed = service.call(Request::new(())).await;
    let response = decompressed.unwrap_or_else(|never| match never {});
    response.map(Body::received)
}

/// A service that responds with what has arrived already.
struct Arrived(Option<Response<Body>>);

impl Service<Request<()>> for Arrived {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        ready(Ok(self.0.take().unwrap_or_default()))
    }
}
