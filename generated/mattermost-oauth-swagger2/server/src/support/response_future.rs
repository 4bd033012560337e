//! The future of a server's response. Needs `asked.rs`, `body.rs`, `observed.rs`, `operation.rs`, `problem.rs`, `reply.rs`,
//! `request_id.rs`, `response_checks.rs`, `shutdown.rs`.

use std::convert::Infallible;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use http_body::Body as _;

use super::{
    Asked, Body, BoxFuture, Endless, HttpResponse, Observed, Operation, Problem, Reporting,
    ReportingSlot, RequestId, RequestIds, RequestParts, ResponseChecks, Shutdown, Validator,
    checking_responses,
};

/// What makes the response of a problem.
pub(crate) type Renderer = dyn Fn(&Problem, &RequestParts) -> HttpResponse + Send + Sync;

/// What is told of problems that are the server's fault.
pub(crate) type Reporter = dyn Fn(&Problem, &RequestParts) + Send + Sync;

/// How responses are made.
#[derive(Default)]
pub(crate) struct Responding {
    /// `None` for `application/problem+json`.
    pub(crate) render: Option<Box<Renderer>>,
    pub(crate) report: Option<Box<Reporter>>,
    pub(crate) accept_overlaps: bool,
    pub(crate) request_ids: Option<RequestIds>,
    /// Whether responses have their operation among their extensions.
    pub(crate) tell_operation: bool,
    pub(crate) checks: ResponseChecks,
    pub(crate) shutdown: Option<Shutdown>,
}

/// The future of a response. It never fails: whatever goes wrong is a response, too.
#[must_use = "a request isn't handled until this is awaited"]
pub struct ResponseFuture {
    asked: Arc<Asked>,
    operation: Option<&'static Operation>,
    responding: Arc<Responding>,
    observed: Observed,
    response: Handling,
    /// Whether it is all of the response, and not what layers or another task go on with.
    is_whole: bool,
}

/// What the operation of a request makes of it.
pub(crate) type Handled = BoxFuture<'static, Result<HttpResponse, Problem>>;

/// How far a request has been handled.
pub(crate) enum Handling {
    Running(Handled),
    Refused(Problem),
    /// The methods of the path, to `OPTIONS`.
    Methods(HeaderValue),
    Done,
}

impl ResponseFuture {
    /// The response to a request, of an operation or of none.
    pub(crate) fn new(
        asked: Arc<Asked>,
        operation: Option<&'static Operation>,
        responding: Arc<Responding>,
        observed: Observed,
        response: Handling,
    ) -> Self {
        Self {
            asked,
            operation,
            responding,
            observed,
            response,
            is_whole: true,
        }
    }

    /// The future of what another one goes on with.
    pub(crate) fn part(asked: Arc<Asked>, responding: Arc<Responding>, response: Handling) -> Self {
        Self {
            asked,
            operation: None,
            responding,
            observed: Observed::part(),
            response,
            is_whole: false,
        }
    }

    /// Tells the checks of a stream where to report what they find.
    fn report_stream(&self, response: &mut HttpResponse) {
        let Some(ReportingSlot(slot)) = response.extensions_mut().remove() else {
            return;
        };
        let (responding, asked) = (Arc::clone(&self.responding), Arc::clone(&self.asked));
        slot.get_or_init(|| Reporting {
            accept_overlaps: responding.accept_overlaps,
            report: Box::new(move |problem| responding.report(problem, &asked.parts)),
        });
    }
}

impl Future for ResponseFuture {
    type Output = Result<HttpResponse, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let result = match std::mem::replace(&mut this.response, Handling::Done) {
            Handling::Running(mut running) => {
                let poll = || this.responding.poll(&mut running, &this.asked.parts, cx);
                match this.observed.within(poll) {
                    Poll::Ready(result) => result,
                    Poll::Pending => {
                        this.response = Handling::Running(running);
                        return Poll::Pending;
                    }
                }
            }
            Handling::Refused(problem) => Err(problem),
            Handling::Methods(allow) => Ok(methods(allow)),
            Handling::Done => Err(Problem::internal("the response has been taken")),
        };
        let parts = &this.asked.parts;
        let mut response = match result {
            Ok(mut response) => {
                if this.responding.checks != ResponseChecks::Off {
                    this.report_stream(&mut response);
                }
                response
            }
            Err(problem) => (this.observed).within(|| this.responding.render(&problem, parts)),
        };
        this.asked.move_added(response.headers_mut());
        if this.is_whole {
            this.asked.close_unread(response.headers_mut());
            this.responding.finish(&mut response, parts, this.operation);
            this.observed.end(response.status());
        }
        Poll::Ready(Ok(match parts.method == Method::HEAD {
            true => without_body(response),
            false => response,
        }))
    }
}

impl Responding {
    /// Turns a panic into a response with status 500, so that it doesn't affect other requests. The panic hook gets the message, and prints
    /// it by default.
    fn poll(
        &self,
        running: &mut Handled,
        request: &RequestParts,
        cx: &mut Context<'_>,
    ) -> Poll<Result<HttpResponse, Problem>> {
        if self.checks != ResponseChecks::Off {
            let run = || self.poll_unchecked(running, cx);
            let (poll, found) = checking_responses(self.checks, run);
            if let Some(problem) = found {
                self.report(&problem, request);
            }
            return poll;
        }
        self.poll_unchecked(running, cx)
    }

    fn poll_unchecked(
        &self,
        running: &mut Handled,
        cx: &mut Context<'_>,
    ) -> Poll<Result<HttpResponse, Problem>> {
        // The future isn't polled again after a panic.
        let poll = catch_unwind(AssertUnwindSafe(|| match self.accept_overlaps {
            true => Validator::accepting_overlaps(|| running.as_mut().poll(cx)),
            false => running.as_mut().poll(cx),
        }));
        poll.unwrap_or_else(|_| Poll::Ready(Err(Problem::panicked())))
    }

    fn render(&self, problem: &Problem, request: &RequestParts) -> HttpResponse {
        if problem.status().is_server_error() {
            self.report(problem, request);
        }
        let problem = &*problem.for_client();
        let id = RequestId::of(request).map(RequestId::as_str);
        let render = || match (problem.own_body(), &self.render) {
            (Some(json), _) => rendered(problem, "application/json", json),
            (None, Some(render)) => render(problem, request),
            (None, None) => problem_json(problem, id),
        };
        let mut response =
            catch_unwind(AssertUnwindSafe(render)).unwrap_or_else(|_| problem_json(problem, id));
        for (name, value) in problem.headers() {
            response.headers_mut().append(name, value.clone());
        }
        response
    }

    /// Tells the log of a problem with all its details.
    fn report(&self, problem: &Problem, request: &RequestParts) {
        // What isn't implemented is no surprise.
        #[cfg(feature = "tracing")]
        if problem.status() != StatusCode::NOT_IMPLEMENTED {
            tracing::error!(
                status = problem.status().as_u16(),
                problem = %problem.log(),
                "a request failed"
            );
        }
        if let Some(report) = &self.report {
            // The response mustn't depend on it.
            catch_unwind(AssertUnwindSafe(|| report(problem, request))).ok();
        }
    }

    /// Adds to a response what the server adds to all.
    #[inline]
    fn finish(
        &self,
        response: &mut HttpResponse,
        request: &RequestParts,
        operation: Option<&'static Operation>,
    ) {
        if let Some(ids) = &self.request_ids {
            ids.tell(request, response.headers_mut());
        }
        if let (true, Some(operation)) = (self.tell_operation, operation) {
            response.extensions_mut().insert(operation);
        }
        if let Some(shutdown) = &self.shutdown
            && response.extensions().get::<Endless>().is_some()
        {
            let body = std::mem::take(response.body_mut());
            *response.body_mut() = shutdown.ending(body);
        }
    }
}

impl fmt::Debug for ResponseFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture(…)")
    }
}

/// The response to `OPTIONS` (RFC 9110, section 9.3.7).
fn methods(allow: HeaderValue) -> HttpResponse {
    let mut response = HttpResponse::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(ALLOW, allow);
    response
}

/// The response to `HEAD`: that of `GET` without its body, but with its length (RFC 9110, section 9.3.2).
fn without_body(response: HttpResponse) -> HttpResponse {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact() {
        parts
            .headers
            .entry(CONTENT_LENGTH)
            .or_insert_with(|| length.into());
    }
    HttpResponse::from_parts(parts, Body::empty())
}

/// A problem document (RFC 9457) for the request with this id.
pub(crate) fn problem_json(problem: &Problem, request_id: Option<&str>) -> HttpResponse {
    let json = problem.to_bytes(request_id);
    rendered(problem, "application/problem+json", json)
}

/// The response of a problem, with this body.
pub(crate) fn rendered(problem: &Problem, media_type: &'static str, json: Bytes) -> HttpResponse {
    let is_empty = json.is_empty();
    let mut response = HttpResponse::new(Body::from(json));
    *response.status_mut() = problem.status();
    if !is_empty {
        let media_type = HeaderValue::from_static(media_type);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    response
}
