//! The interface to HTTP clients. Needs `attempt.rs`, `body.rs`, `shown.rs`.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{Extensions, HeaderMap, StatusCode};

use super::{Attempt, Body, BoxError, BoxFuture, Shown, write_causes};

/// Sends requests to the server and returns its responses.
///
/// To do something with every request that has to wait (for a lock, for a signature), wrap another transport; [`Hook`](super::Hook) is
/// simpler where nothing has to:
///
/// ```text
/// struct Logged<T>(T);
///
/// impl<T: Transport> Transport for Logged<T> {
///     fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
///         Box::pin(async move {
///             let attempt = request.extensions().get::<Attempt>().copied();
///             let response = self.0.send(request).await?;
///             println!("{attempt:?}: {}", response.status());
///             Ok(response)
///         })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends one request.
    ///
    /// The request has an extension [`Attempt`], which says what is called and how often it was tried, and an extension [`Timeout`] if the
    /// call has a time limit: after that time the call drops this future, unless it has ended. If there is an extension [`Streamed`] too,
    /// the body of a successful response may take longer.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// The same with limits that aren't in the extensions: what a transport of this crate needn't look for there.
    #[doc(hidden)]
    fn send_within(
        &self,
        mut request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        limits.write(request.extensions_mut());
        self.send(request)
    }

    /// Whether it is a double for tests, whose responses are listed one by one.
    #[doc(hidden)]
    fn is_for_tests(&self) -> bool {
        false
    }
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }

    fn send_within(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send_within(request, limits)
    }

    fn is_for_tests(&self) -> bool {
        (**self).is_for_tests()
    }
}

/// What a transport is to know of a request: the attempt that it belongs to, how long that may take, and how much of its response is read.
#[derive(Debug, Clone, Copy)]
#[doc(hidden)]
pub struct Limits {
    pub(crate) attempt: Option<Attempt>,
    pub(crate) timeout: Option<Duration>,
    /// Whether the body of a success may take longer.
    pub(crate) is_streamed: bool,
    /// A body that isn't streamed may be collected by the transport, up to the piece that makes it larger than this.
    pub(crate) max_bytes: Option<usize>,
}

impl Limits {
    /// Those in the extensions of a request.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        Self {
            attempt: extensions.get().copied(),
            timeout: extensions.get().map(|Timeout(time)| *time),
            is_streamed: extensions.get::<Streamed>().is_some(),
            max_bytes: None,
        }
    }

    fn write(self, extensions: &mut Extensions) {
        self.write_attempt(extensions);
        if let Some(timeout) = self.timeout {
            extensions.insert(Timeout(timeout));
        }
        if self.is_streamed {
            extensions.insert(Streamed);
        }
    }

    pub(crate) fn write_attempt(self, extensions: &mut Extensions) {
        if let Some(attempt) = self.attempt {
            extensions.insert(attempt);
        }
    }
}

/// The time limit of a call, an extension of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// Marks a request whose successful response is a stream, which may take hours; an extension of the request.
///
/// JSON is collected nevertheless, as operations that stream may also respond with a single value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streamed;

impl Streamed {
    /// Whether the body of a response is a stream.
    pub(crate) fn is_stream(status: StatusCode, headers: &HeaderMap) -> bool {
        status.is_success() && !has_json(headers)
    }
}

/// Whether the `Content-Type` is JSON.
pub(crate) fn has_json(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|media_type| is_json(&media_type.to_ascii_lowercase()))
}

/// Whether a media type in lower case is `application/json` or ends in `+json` (RFC 6839, section 3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.ends_with("+json")
}

/// The media type in the `Content-Type` header, without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let (media_type, _) = value.split_once(';').unwrap_or((value, ""));
    Some(media_type.trim())
}

/// Error returned by a transport if there is no complete response.
#[derive(Debug)]
pub struct TransportError {
    source: BoxError,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Failed,
    Timeout,
    Permanent,
}

impl TransportError {
    /// Creates the error of a call that failed, for example because there is no connection.
    pub fn new(source: impl Into<BoxError>) -> Self {
        Self::of(Kind::Failed, source.into())
    }

    /// Creates the error of a call that took too long.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self::of(Kind::Timeout, source.into())
    }

    /// Creates the error of a request that can't be sent, however often that is tried.
    pub fn permanent(source: impl Into<BoxError>) -> Self {
        Self::of(Kind::Permanent, source.into())
    }

    fn of(kind: Kind, source: BoxError) -> Self {
        Self { source, kind }
    }

    /// Whether the call took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind == Kind::Timeout
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.kind != Kind::Permanent
    }

    /// An error of the same kind with another cause.
    pub(crate) fn like(&self, source: impl Into<BoxError>) -> Self {
        Self::of(self.kind, source.into())
    }

    pub(crate) fn inner(&self) -> &(dyn Error + 'static) {
        self.source.as_ref()
    }

    /// Converts an error that occurred while reading a body, which the transport may have created.
    pub(crate) fn from_body(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(other) => Self::new(other),
        }
    }
}

/// Includes the causes, as "error sending request" alone doesn't help.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_causes(&mut Shown::new(f), self.source.as_ref())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // `Display` is that of the inner error, so the chain continues after it.
        self.source.source()
    }
}
