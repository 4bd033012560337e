//! The future of a server's response. Needs `asked.rs`, `body.rs`, `problem.rs`, `reply.rs`.

use std::convert::Infallible;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Method};
use http_body::Body as _;

use super::{Asked, Body, BoxFuture, HttpResponse, Problem, RequestParts, Validator};

/// What makes the response of a problem.
pub(crate) type Renderer = dyn Fn(&Problem, &RequestParts) -> HttpResponse + Send + Sync;

/// How responses are made.
#[derive(Clone)]
pub(crate) struct Responding {
    /// `None` for `application/problem+json`.
    pub(crate) render: Option<Arc<Renderer>>,
    pub(crate) accept_overlaps: bool,
}

/// The future of a response. It never fails: whatever goes wrong is a response, too.
#[must_use = "a request isn't handled until this is awaited"]
pub struct ResponseFuture {
    asked: Arc<Asked>,
    responding: Responding,
    response: Handling,
}

/// What the operation of a request makes of it.
pub(crate) type Handled = BoxFuture<'static, Result<HttpResponse, Problem>>;

enum Handling {
    Running(Handled),
    Refused(Problem),
    Done,
}

impl ResponseFuture {
    /// The response to a request that an operation handles, or a problem.
    pub(crate) fn new(
        asked: Arc<Asked>,
        responding: Responding,
        handled: Result<Handled, Problem>,
    ) -> Self {
        Self {
            asked,
            responding,
            response: match handled {
                Ok(running) => Handling::Running(running),
                Err(problem) => Handling::Refused(problem),
            },
        }
    }
}

impl Future for ResponseFuture {
    type Output = Result<HttpResponse, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let result = match std::mem::replace(&mut this.response, Handling::Done) {
            Handling::Running(mut running) => match this.responding.poll(&mut running, cx) {
                Poll::Ready(result) => result,
                Poll::Pending => {
                    this.response = Handling::Running(running);
                    return Poll::Pending;
                }
            },
            Handling::Refused(problem) => Err(problem),
            Handling::Done => Err(Problem::internal("the response has been taken")),
        };
        let parts = &this.asked.parts;
        let mut response = result.unwrap_or_else(|problem| this.responding.render(&problem, parts));
        this.asked.move_added(response.headers_mut());
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
        let render = || match (problem.own_body(), &self.render) {
            (Some(json), _) => rendered(problem, "application/json", json),
            (None, Some(render)) => render(problem, request),
            (None, None) => problem_json(problem),
        };
        let mut response =
            catch_unwind(AssertUnwindSafe(render)).unwrap_or_else(|_| problem_json(problem));
        for (name, value) in problem.headers() {
            response.headers_mut().append(name, value.clone());
        }
        response
    }
}

impl fmt::Debug for ResponseFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture(…)")
    }
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

/// A problem document (RFC 9457).
pub(crate) fn problem_json(problem: &Problem) -> HttpResponse {
    rendered(problem, "application/problem+json", problem.to_vec())
}

/// The response of a problem, with this body.
pub(crate) fn rendered(problem: &Problem, media_type: &'static str, json: Vec<u8>) -> HttpResponse {
    let is_empty = json.is_empty();
    let mut response = HttpResponse::new(Body::from(json));
    *response.status_mut() = problem.status();
    if !is_empty {
        let media_type = HeaderValue::from_static(media_type);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    response
}
