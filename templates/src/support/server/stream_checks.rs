//! Checks of streamed responses. Needs `body.rs`, `problem.rs`, `reply.rs`, `response_checks.rs`, `stream_error.rs`.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{
    Body, BoxError, HttpResponse, Place, Problem, ReportingSlot, ResponseChecks, StreamError,
    Validate, Validator, response_checks,
};

/// Checks the values of a streamed response when they are sent, if responses are checked. `read` makes what reads them from a body.
pub(crate) fn checked_stream<T, N>(response: &mut HttpResponse, read: impl FnOnce(Body) -> N)
where
    T: Validate,
    N: FnMut(&mut Context<'_>) -> Poll<Option<Result<T, StreamError>>> + Send + 'static,
{
    let checks = response_checks();
    if checks == ResponseChecks::Off {
        return;
    }
    let sent = Sent::default();
    let mut next = read(Body::stream(sent.clone()));
    let slot = ReportingSlot::default();
    response.extensions_mut().insert(slot.clone());
    let body = std::mem::take(response.body_mut());
    *response.body_mut() = Body::stream(Checked {
        body,
        refuses: checks == ResponseChecks::Refuse,
        sent,
        check: Box::new(move |cx, index| {
            next(cx).map(|value| value.map(|value| checked(value, index)))
        }),
        index: 0,
        slot,
        has_ended: false,
    });
}

/// Checks a value of a stream. The stream is an array to JSON pointers, as it is to schemas (OpenAPI 3.2, Sequential Media Types).
fn checked<T: Validate>(value: Result<T, StreamError>, index: usize) -> Result<(), Problem> {
    let place = |pointer: &str| Place::Body(format!("/{index}{pointer}"));
    let unreadable = Problem::internal("the response is not as described");
    match value {
        Ok(value) => value
            .validate_response()
            .map_err(|violations| Problem::invalid_response(violations, |pointer| place(&pointer))),
        Err(StreamError::Value(error)) => {
            Err(unreadable.with_error(place(error.pointer()), error.message()))
        }
        Err(error) => Err(unreadable.with_error(place(""), error.to_string())),
    }
}

/// A body whose values are checked: each chunk is sent when all values that end in it are.
struct Checked {
    body: Body,
    /// Whether the body ends with an error before the chunk with a violation.
    refuses: bool,
    sent: Sent,
    /// Checks the next value of what was sent, which has this number.
    check: Box<Check>,
    index: usize,
    slot: ReportingSlot,
    has_ended: bool,
}

type Check = dyn FnMut(&mut Context<'_>, usize) -> Poll<Option<Result<(), Problem>>> + Send;

impl Checked {
    /// Checks the values that are complete by now, and reports their violations. Whether there were any.
    fn check(&mut self) -> bool {
        // What was sent is there, so there is nothing to wait for.
        let mut cx = Context::from_waker(Waker::noop());
        let mut is_violated = false;
        while let Poll::Ready(Some(result)) = self.check_next(&mut cx) {
            self.index += 1;
            if let Err(problem) = result {
                is_violated = true;
                if let Some(reporting) = self.slot.0.get() {
                    (reporting.report)(&problem);
                }
            }
        }
        is_violated
    }

    fn check_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Problem>>> {
        let reporting = self.slot.0.get();
        match reporting.is_some_and(|reporting| reporting.accept_overlaps) {
            true => Validator::accepting_overlaps(|| (self.check)(cx, self.index)),
            false => (self.check)(cx, self.index),
        }
    }
}

impl http_body::Body for Checked {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if this.has_ended {
            return Poll::Ready(None);
        }
        let frame = ready!(Pin::new(&mut this.body).poll_frame(cx));
        match &frame {
            Some(Ok(frame)) => this.sent.push(frame.data_ref()),
            Some(Err(_)) => return Poll::Ready(frame),
            None => {
                this.has_ended = true;
                this.sent.end();
            }
        }
        if this.check() && this.refuses {
            this.has_ended = true;
            // Whoever fills it gets to know.
            this.body = Body::empty();
            let error = BoxError::from("a value of the response is not as described");
            return Poll::Ready(Some(Err(error)));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        // A value may end with the body, so that has to be read to its end.
        self.has_ended
    }

    fn size_hint(&self) -> SizeHint {
        http_body::Body::size_hint(&self.body)
    }
}

/// What has been sent and not been read yet, as the body that values are read from.
#[derive(Clone, Default)]
struct Sent(Arc<Mutex<(Option<Bytes>, bool)>>);

impl Sent {
    fn push(&self, chunk: Option<&Bytes>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = chunk.cloned();
    }

    fn end(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
    }
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let (chunk, has_ended) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match (chunk.take(), has_ended) {
            (Some(chunk), _) => Poll::Ready(Some(Ok(Frame::data(chunk)))),
            (None, true) => Poll::Ready(None),
            (None, false) => Poll::Pending,
        }
    }
}
