//! Spans and metrics of requests, named by OpenTelemetry's semantic conventions of HTTP servers. Needs `asked.rs`, `operation.rs`,
//! `problem.rs`, `request_id.rs`; crates `tracing` and `metrics`, if their features are enabled.
//!
//! Nothing that a client chose is in them, except for its request id, whose characters are known: no path, no query, no header, no body.

#[cfg(any(feature = "tracing", feature = "metrics"))]
use std::borrow::Cow;
#[cfg(feature = "metrics")]
use std::time::Instant;

use http::StatusCode;
#[cfg(feature = "metrics")]
use metrics::{Label, SharedString};

#[cfg(feature = "tracing")]
use super::RequestId;
use super::{Operation, RequestParts};

/// What is told about a request, from its beginning to its response.
pub(crate) struct Observed {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
    #[cfg(feature = "metrics")]
    active: Option<Active>,
}

#[cfg_attr(
    not(any(feature = "tracing", feature = "metrics")),
    allow(clippy::unused_self, unused_variables)
)]
impl Observed {
    /// Begins with a request, which is that of an operation below a base path, or of none.
    pub(crate) fn begin(
        request: &RequestParts,
        operation: Option<&'static Operation>,
        base_path: &str,
    ) -> Self {
        Self {
            #[cfg(feature = "tracing")]
            span: span(request, operation, base_path),
            #[cfg(feature = "metrics")]
            active: Some(Active::new(request, operation, base_path)),
        }
    }

    /// A part of the work for a request that is being observed.
    pub(crate) fn part() -> Self {
        Self {
            #[cfg(feature = "tracing")]
            span: tracing::Span::current(),
            #[cfg(feature = "metrics")]
            active: None,
        }
    }

    /// Runs something within the span.
    #[inline]
    pub(crate) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
        #[cfg(feature = "tracing")]
        return self.span.in_scope(run);
        #[cfg(not(feature = "tracing"))]
        run()
    }

    /// Ends with the status of the response.
    #[inline]
    pub(crate) fn end(&mut self, status: StatusCode) {
        #[cfg(feature = "tracing")]
        {
            let span = &self.span;
            span.record("http.response.status_code", status.as_u16());
            if status.is_server_error() {
                span.record("error.type", status.as_str());
                span.record("otel.status_code", "ERROR");
            }
        }
        #[cfg(feature = "metrics")]
        if let Some(active) = self.active.take() {
            active.end(status);
        }
    }
}

/// A known method; any other has one name for all, as clients choose it.
#[cfg(any(feature = "tracing", feature = "metrics"))]
fn method(request: &RequestParts, operation: Option<&'static Operation>) -> &'static str {
    const KNOWN: [&str; 10] = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY", "TRACE", "CONNECT",
    ];
    let sent = request.method.as_str();
    let declared = operation.map(|operation| operation.method);
    let mut known = KNOWN.into_iter().chain(declared);
    known.find(|known| *known == sent).unwrap_or("_OTHER")
}

/// The route of an operation, with the base path.
#[cfg(any(feature = "tracing", feature = "metrics"))]
fn route(operation: &'static Operation, base_path: &str) -> Cow<'static, str> {
    match base_path.trim_end_matches('/') {
        "" => Cow::Borrowed(operation.path),
        base => Cow::Owned(format!("{base}{}", operation.path)),
    }
}

#[cfg(feature = "tracing")]
fn span(
    request: &RequestParts,
    operation: Option<&'static Operation>,
    base_path: &str,
) -> tracing::Span {
    use tracing::field::Empty;

    let span = tracing::info_span!(
        "request",
        "otel.name" = Empty,
        "otel.kind" = "server",
        "otel.status_code" = Empty,
        "http.request.method" = Empty,
        "http.route" = Empty,
        "http.response.status_code" = Empty,
        "error.type" = Empty,
        "operation.id" = operation.map(|operation| operation.id),
        "request.id" = RequestId::of(request).map(RequestId::as_str),
    );
    if span.is_disabled() {
        return span;
    }
    let method = method(request, operation);
    span.record("http.request.method", method);
    match operation.map(|operation| route(operation, base_path)) {
        Some(route) => {
            span.record("http.route", &*route);
            span.record("otel.name", format!("{method} {route}"));
        }
        None => {
            span.record("otel.name", method);
        }
    }
    span
}

/// A request that is being handled, as it is measured.
#[cfg(feature = "metrics")]
struct Active {
    started: Instant,
    /// The labels of all metrics.
    labels: [Label; 2],
    route: Option<Cow<'static, str>>,
}

#[cfg(feature = "metrics")]
impl Active {
    fn new(request: &RequestParts, operation: Option<&'static Operation>, base_path: &str) -> Self {
        let scheme = match request.uri.scheme_str() {
            Some("https") => "https",
            _ => "http",
        };
        let labels = [
            Label::from_static_parts("http.request.method", method(request, operation)),
            Label::from_static_parts("url.scheme", scheme),
        ];
        metrics::gauge!("http.server.active_requests", labels.to_vec()).increment(1.0);
        Self {
            started: Instant::now(),
            labels,
            route: operation.map(|operation| route(operation, base_path)),
        }
    }

    fn end(mut self, status: StatusCode) {
        let mut labels = self.labels.to_vec();
        if let Some(route) = self.route.take() {
            labels.push(Label::new("http.route", SharedString::from(route)));
        }
        let code = status.as_str().to_owned();
        if status.is_server_error() {
            labels.push(Label::new("error.type", code.clone()));
        }
        labels.push(Label::new("http.response.status_code", code));
        metrics::histogram!("http.server.request.duration", labels)
            .record(self.started.elapsed().as_secs_f64());
    }
}

/// Also if the client didn't wait for the response.
#[cfg(feature = "metrics")]
impl Drop for Active {
    fn drop(&mut self) {
        metrics::gauge!("http.server.active_requests", self.labels.to_vec()).decrement(1.0);
    }
}
