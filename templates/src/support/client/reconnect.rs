//! Streams of events that are requested again when they break off (HTML Standard, section 9.2.3). Needs `body.rs`, `connection.rs`, `error.rs`,
//! `events.rs`, `request.rs`, `response.rs`, `retry.rs`, `stream_error.rs`, `timer.rs`, `blocking.rs` (feature `blocking`).

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderName, HeaderValue, StatusCode};

use super::timer::sleep;
use super::{
    Again, Body, BoxFuture, Error, Events, RawResponse, Request, StreamError, may_pass, random_part,
};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The longest time that a server can ask for, by `retry`.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// When a stream of events is requested again, and how often: see [`Events::reconnecting`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a policy does nothing until a stream has it"]
pub struct Reconnect {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

impl Reconnect {
    /// Waits for a second, or as long as the server says by `retry`; twice as long after each attempt that brought no event, at most half a
    /// minute. Fails with the fifth attempt in a row that failed.
    pub const fn new() -> Self {
        Self {
            attempts: 5,
            base_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(30),
        }
    }

    /// Sets how many attempts in a row may fail, without an event between them. Default: 5. With `u32::MAX` it is tried for ever.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets how long to wait before the first attempt, unless the server says so by `retry`. Default: one second.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest wait before any attempt, unless the server asks for more: up to an hour. Default: half a minute.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How long to wait after so many attempts without an event: at least as long as the server wants, at most a time that doubles.
    fn delay(&self, made: u32, asked: Option<u64>) -> Duration {
        let asked = asked.map(Duration::from_millis);
        let least = asked.unwrap_or(self.base_delay).min(LONGEST_WAIT);
        // Nobody is asked many times a second, even by a server that allows it.
        let base = if made == 0 {
            least
        } else {
            least.max(self.base_delay)
        };
        let doubled = base.saturating_mul(1_u32.checked_shl(made).unwrap_or(u32::MAX));
        let most = doubled.min(self.max_delay).max(least);
        least + (most - least).mul_f64(random_part())
    }
}

impl Default for Reconnect {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Events<T> {
    /// Has the stream requested again whenever it ends or breaks off, with the header `Last-Event-ID`, as browsers do: events go on
    /// where they stopped, if the server has ids for them. It ends when the server responds with 204, when it can't be had again, and with
    /// data that marks the end.
    ///
    /// ```text
    /// let mut events = client.chat().follow().await?.reconnecting(Reconnect::new());
    /// ```
    ///
    /// Only responses to `GET` without a body are requested again, as other requests may do something. Other streams stay as they are.
    /// Each request has the limits and retries of the first one.
    #[must_use]
    pub fn reconnecting(mut self, policy: Reconnect) -> Self {
        let request = self.origin.take().map(Arc::downcast);
        if let Some(Ok(request)) = request {
            self.resumed_by(Reconnection {
                request,
                policy,
                made: 0,
                step: Step::Idle,
            });
        }
        self
    }
}

/// A stream that is requested again.
struct Reconnection {
    request: Arc<Request>,
    policy: Reconnect,
    /// The attempts since the last event.
    made: u32,
    step: Step,
}

enum Step {
    Idle,
    Waiting(BoxFuture<'static, ()>),
    Calling(BoxFuture<'static, Result<RawResponse, Error>>),
}

impl Again for Reconnection {
    fn poll_again(
        &mut self,
        last_id: &str,
        retry: Option<u64>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<Body>, StreamError>> {
        loop {
            match &mut self.step {
                Step::Idle => {
                    let delay = self.policy.delay(self.made, retry);
                    let by = self.request.core().shared().sleep.clone();
                    self.step = Step::Waiting(sleep(by.as_ref(), delay));
                }
                Step::Waiting(wait) => {
                    ready!(wait.as_mut().poll(cx));
                    self.step = Step::Calling(self.call(last_id));
                }
                Step::Calling(call) => {
                    let result = ready!(call.as_mut().poll(cx));
                    self.step = Step::Idle;
                    self.made = self.made.saturating_add(1);
                    if let Some(end) = self.settle(result) {
                        return Poll::Ready(end);
                    }
                }
            }
        }
    }

    fn arrived(&mut self) {
        self.made = 0;
    }
}

impl Reconnection {
    fn call(&self, last_id: &str) -> BoxFuture<'static, Result<RawResponse, Error>> {
        let mut request = self.request.bare();
        if !last_id.is_empty() {
            match HeaderValue::try_from(last_id) {
                Ok(id) => request.set_header(LAST_EVENT_ID, id),
                Err(_) => request.fail_header(LAST_EVENT_ID.as_str()),
            }
        }
        let call = request.send();
        #[cfg(feature = "blocking")]
        let call = {
            let runtime = &self.request.core().shared().runtime;
            runtime.driven(self.request.operation(), call)
        };
        call
    }

    /// What an attempt leads to; `None` if there is another one.
    fn settle(
        &self,
        result: Result<RawResponse, Error>,
    ) -> Option<Result<Option<Body>, StreamError>> {
        let is_left = self.made < self.policy.attempts;
        match result {
            Ok(response) if response.is_event_stream() => Some(Ok(Some(response.stream()))),
            Ok(response) if response.status() == StatusCode::NO_CONTENT => Some(Ok(None)),
            failed if is_left && may_pass(&failed) => None,
            Ok(response) => Some(Err(failed(Error::Unexpected(Box::new(response))))),
            Err(error) => Some(Err(failed(error))),
        }
    }
}

fn failed(error: Error) -> StreamError {
    StreamError::Body(error.into())
}
