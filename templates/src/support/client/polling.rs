//! Operations that go on after their response: the server is asked until they are done. Needs `connection.rs`, `error.rs`, `outgoing.rs`,
//! `raw_call.rs`, `redirect.rs`, `request.rs`, `response.rs`, `retry_after.rs`, `sendable.rs`, `timer.rs`.

use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, HeaderName, HeaderValue, LOCATION};
use http::{HeaderMap, Method, StatusCode, Uri};
use serde_json::Value;

use super::connection::Target;
use super::outgoing::Outgoing;
use super::raw_call::operation;
use super::redirect::target;
use super::request::Raw;
use super::retry_after::retry_after;
use super::timer::{Instant, sleep};
use super::{BoxFuture, Core, Error, OperationInfo, RawResponse, Request, Response};

/// What is known of an operation that goes on after its response.
#[derive(Debug, Clone, Copy)]
pub struct LongRunning {
    /// JSON pointers to the state in a response; the first that leads to text says it.
    states: &'static [&'static str],
    done: &'static [&'static str],
    failed: &'static [&'static str],
    result: Outcome,
}

/// Where the result of an operation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Where its method says: at its own URL for PUT and PATCH, else at `Location`, else in the last response.
    ByMethod,
    Location,
    Own,
    Last,
}

/// Where responses usually have the state.
const USUAL: &[&str] = &["/status", "/properties/provisioningState", "/state"];

/// Words for an operation that has succeeded.
const DONE: &[&str] = &[
    "succeeded",
    "success",
    "successful",
    "completed",
    "complete",
    "done",
    "finished",
    "ready",
    "active",
    "available",
];

/// Words for an operation that has failed.
const FAILED: &[&str] = &[
    "failed",
    "failure",
    "error",
    "canceled",
    "cancelled",
    "aborted",
    "expired",
    "rejected",
];

#[allow(dead_code)] // an API may have only some of these
impl LongRunning {
    /// An operation whose state has one of the usual names and words.
    pub(crate) const fn new() -> Self {
        Self {
            states: USUAL,
            done: DONE,
            failed: FAILED,
            result: Outcome::ByMethod,
        }
    }

    /// The JSON pointer to its state.
    pub(crate) const fn state(mut self, pointer: &'static [&'static str]) -> Self {
        self.states = pointer;
        self
    }

    /// The states in which it has succeeded.
    pub(crate) const fn done(mut self, states: &'static [&'static str]) -> Self {
        self.done = states;
        self
    }

    /// The states in which it has failed.
    pub(crate) const fn failed(mut self, states: &'static [&'static str]) -> Self {
        self.failed = states;
        self
    }

    /// Its result is at the URL in `Location`.
    pub(crate) const fn result_at_location(mut self) -> Self {
        self.result = Outcome::Location;
        self
    }

    /// Its result is at the URL that the request was sent to.
    pub(crate) const fn result_at_own_url(mut self) -> Self {
        self.result = Outcome::Own;
        self
    }

    /// Its result is the response that says that it is done.
    pub(crate) const fn result_in_last(mut self) -> Self {
        self.result = Outcome::Last;
        self
    }

    /// The state in the first response. A response with 200 may be the result, with a property of its own that is called like a state, so there
    /// only the name that stands for nothing else counts, or what the configuration names.
    fn begun_in(&self, first: &RawResponse) -> Option<State> {
        let is_guessed = self.states == USUAL && first.status() == StatusCode::OK;
        let certain = Self {
            states: &["/properties/provisioningState"],
            ..*self
        };
        let plan = if is_guessed { certain } else { *self };
        plan.state_in(first)
    }

    /// The state in a response, if it has one.
    fn state_in(&self, response: &RawResponse) -> Option<State> {
        let body: Value = serde_json::from_slice(response.bytes()).ok()?;
        let mut states = self.states.iter();
        let state = states.find_map(|pointer| body.pointer(pointer)?.as_str())?;
        let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(state));
        Some(match () {
            () if is_one_of(self.done) => State::Done,
            () if is_one_of(self.failed) => State::Failed,
            () => State::Running,
        })
    }
}

/// The state of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Done,
    Failed,
}

/// Why an operation that goes on after its response has no result.
#[derive(Debug)]
#[non_exhaustive]
pub enum PollingError<E> {
    /// A call failed: the first one, or one that asked for the state or the result.
    Call(Error<E>),
    /// The operation failed or was canceled. The response is the one that says so.
    Failed(Box<RawResponse>),
    /// The operation wasn't done in time. It may still go on; the response is the last one.
    Late(Box<RawResponse>),
    /// A response refers to a URL of another server, which gets no credentials, or to none.
    Nowhere(Box<RawResponse>),
}

impl<E> PollingError<E> {
    /// Returns the last response, not decoded, if there is one.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Call(error) => error.response(),
            Self::Failed(response) | Self::Late(response) | Self::Nowhere(response) => {
                Some(response)
            }
        }
    }
}

impl<E> From<Error<E>> for PollingError<E> {
    fn from(error: Error<E>) -> Self {
        Self::Call(error)
    }
}

impl<E> fmt::Display for PollingError<E>
where
    Error<E>: fmt::Display,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (response, words) = match self {
            Self::Call(error) => return error.fmt(f),
            Self::Failed(response) => (response, "the server says that it failed"),
            Self::Late(response) => (response, "it wasn't done in time"),
            Self::Nowhere(response) => (response, "its result has no URL on this server"),
        };
        write!(f, "{}: {words}", response.operation().id)?;
        match response.error_message() {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl<E> std::error::Error for PollingError<E>
where
    Error<E>: std::error::Error + 'static,
    E: fmt::Debug,
{
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => std::error::Error::source(error),
            Self::Failed(_) | Self::Late(_) | Self::Nowhere(_) => None,
        }
    }
}

/// How a response becomes the result.
enum Read<T, E> {
    Typed(fn(RawResponse) -> Result<Response<T>, Error<E>>),
    /// The first response is checked only, and the last one is the result.
    Whole {
        check: fn(RawResponse) -> Result<(), Error<E>>,
        whole: fn(RawResponse) -> Response<T>,
    },
}

/// A request of an operation that goes on after its response. `.await` sends it, asks the server for the state until the operation is done, and
/// gives the result.
///
/// ```text
/// let cluster = client.clusters().create_cluster(body).until_done().within(Duration::from_secs(600)).await?;
/// ```
///
/// The state is at the URL in `Operation-Location`, `Azure-AsyncOperation` or `Location`, or at that of the request. `Retry-After` says how
/// long to wait, else there is a second between the first requests and more between later ones. Dropping the future ends the requests, not
/// the operation.
#[must_use = "nothing is sent until it is awaited"]
pub struct Polling<T, E> {
    request: Request,
    plan: LongRunning,
    interval: Duration,
    within: Option<Duration>,
    read: Read<T, E>,
}

/// The longest wait between two requests, unless the server asks for another one.
const LONGEST: Duration = Duration::from_secs(30);

/// The longest wait that a server can ask for.
const MOST: Duration = Duration::from_secs(300);

impl<T, E> Polling<T, E> {
    pub(crate) fn new(
        request: Request,
        decode: fn(RawResponse) -> Result<Response<T>, Error<E>>,
        plan: LongRunning,
    ) -> Self {
        Self::reading(request, Read::Typed(decode), plan)
    }

    fn reading(request: Request, read: Read<T, E>, plan: LongRunning) -> Self {
        Self {
            request,
            plan,
            interval: Duration::from_secs(1),
            within: Some(Duration::from_secs(3600)),
            read,
        }
    }

    /// Sets the wait before the first request for the state, where the server doesn't say. Later ones are longer, up to half a minute. Default: a
    /// second.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets how long all of it may take. Default: an hour.
    pub fn within(mut self, limit: Duration) -> Self {
        self.within = Some(limit);
        self
    }

    /// Sends the request and returns the result with the status and headers of the last response.
    ///
    /// # Errors
    /// See [`PollingError`].
    pub async fn send(self) -> Result<Response<T>, PollingError<E>> {
        let Self {
            request,
            plan,
            interval,
            within,
            read,
        } = self;
        let polled = poll(request, plan, interval, within).await;
        polled
            .map_err(|error| PollingError::Call(Error::of(error)))?
            .read(&read)
    }

    /// Like [`send`](Self::send), outside of async code.
    ///
    /// # Errors
    /// See [`PollingError`].
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Response<T>, PollingError<E>> {
        let Self {
            request,
            plan,
            interval,
            within,
            read,
        } = self;
        let (core, operation) = (request.core().clone(), request.operation());
        let polled = Box::pin(poll(request, plan, interval, within));
        let polled = core.shared().runtime.wait(operation, polled);
        polled
            .map_err(|error| PollingError::Call(Error::of(error)))?
            .read(&read)
    }
}

impl<E> Polling<RawResponse, E> {
    /// Of an operation whose result isn't described.
    pub(crate) fn whole(
        request: Request,
        check: fn(RawResponse) -> Result<(), Error<E>>,
        plan: LongRunning,
    ) -> Self {
        let whole = |response: RawResponse| {
            let body = response.clone();
            response.with_body(body)
        };
        Self::reading(request, Read::Whole { check, whole }, plan)
    }
}

impl<T, E> IntoFuture for Polling<T, E>
where
    T: Send + 'static,
    E: Send + 'static,
{
    type Output = Result<T, PollingError<E>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(Response::into_body) })
    }
}

impl<T, E> fmt::Debug for Polling<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Polling")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

/// How asking for the state ended.
enum Polled {
    /// The first response is all there is: an error, or a result at once.
    First(RawResponse),
    Done(RawResponse),
    Failed(RawResponse),
    Late(RawResponse),
    Nowhere(RawResponse),
}

impl Polled {
    fn read<T, E>(self, read: &Read<T, E>) -> Result<Response<T>, PollingError<E>> {
        let response = match self {
            Self::Failed(response) => return Err(PollingError::Failed(Box::new(response))),
            Self::Late(response) => return Err(PollingError::Late(Box::new(response))),
            Self::Nowhere(response) => return Err(PollingError::Nowhere(Box::new(response))),
            Self::First(response) => {
                if let Read::Whole { check, .. } = read {
                    check(response.clone())?;
                }
                response
            }
            Self::Done(response) => response,
        };
        match read {
            Read::Typed(decode) => Ok(decode(response)?),
            Read::Whole { whole, .. } if response.status().as_u16() < 400 => Ok(whole(response)),
            Read::Whole { .. } => Err(PollingError::Call(Error::Unexpected(Box::new(response)))),
        }
    }
}

/// Sends a request and asks for the state until the operation is done.
async fn poll(
    request: Request,
    plan: LongRunning,
    interval: Duration,
    within: Option<Duration>,
) -> Result<Polled, Error> {
    let end = within.and_then(|within| Instant::now().checked_add(within));
    let asking = Asking::of(&request)?;
    let first = request.core().clone().send_raw(request).await?;
    if first.status().as_u16() >= 400 {
        return Ok(Polled::First(first));
    }
    let (url, by) = match asking.place(&first, plan) {
        Ok(Some(place)) => place,
        Ok(None) => {
            let has_failed = plan.begun_in(&first) == Some(State::Failed);
            return Ok(if has_failed {
                Polled::Failed(first)
            } else {
                Polled::First(first)
            });
        }
        Err(()) => return Ok(Polled::Nowhere(first)),
    };
    let location = asking.location(first.headers());
    let mut wait = interval;
    let mut last = first;
    loop {
        let delay = retry_after(last.headers()).map_or(wait, |asked| asked.min(MOST));
        wait = wait.saturating_mul(2).min(LONGEST.max(interval));
        let in_time = end.is_none_or(|end| {
            let then = Instant::now().checked_add(delay);
            then.is_some_and(|then| then < end)
        });
        if !in_time {
            return Ok(Polled::Late(last));
        }
        sleep(asking.core.shared().sleep.as_ref(), delay).await;
        let response = asking.ask(&url, end).await?;
        if response.status().as_u16() >= 400 {
            return Ok(Polled::Done(response));
        }
        let state = match by {
            By::Status => (response.status() != StatusCode::ACCEPTED).then_some(State::Done),
            By::State => plan.state_in(&response),
        };
        match state {
            Some(State::Done) if by == By::State => {
                return asking.result(response, plan, location, end).await;
            }
            Some(State::Done) => return Ok(Polled::Done(response)),
            Some(State::Failed) => return Ok(Polled::Failed(response)),
            Some(State::Running) | None => last = response,
        }
    }
}

/// What says that an operation is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// Any other status than 202.
    Status,
    /// The state in the response.
    State,
}

/// How the server is asked: like by the request, but for what belongs to its body or its effect.
struct Asking {
    core: Core,
    operation: &'static OperationInfo,
    headers: Vec<(HeaderName, HeaderValue)>,
    timeout: Option<Duration>,
    own: Uri,
    method: &'static str,
}

impl Asking {
    fn of(request: &Request) -> Result<Self, Error> {
        let core = request.core().clone();
        let operation = request.operation();
        let key = operation.idempotency_key.unwrap_or("idempotency-key");
        let is_kept = |name: &HeaderName| {
            let name = name.as_str();
            let is_key = name.eq_ignore_ascii_case(key);
            !name.starts_with("content-") && !name.starts_with("if-") && !is_key
        };
        let headers = request.headers.iter().filter(|(name, _)| is_kept(name));
        Ok(Self {
            own: Outgoing::new(Box::new(request.bare()))?.uri(core.shared())?,
            headers: headers.cloned().collect(),
            timeout: request.timeout.or(core.shared().timeout),
            method: operation.method,
            operation,
            core,
        })
    }

    /// Where the state is, by the first response; `None` if that is the result, an error if it is on another server.
    fn place(&self, first: &RawResponse, plan: LongRunning) -> Result<Option<(Uri, By)>, ()> {
        for name in ["operation-location", "azure-asyncoperation"] {
            if let Some(url) = text(first.headers(), name) {
                let url = target(&self.own, url).ok_or(())?;
                return Ok(Some((url, By::State)));
            }
        }
        let is_accepted = first.status() == StatusCode::ACCEPTED;
        if let Some(url) = text(first.headers(), LOCATION.as_str()).filter(|_| is_accepted) {
            let url = target(&self.own, url).ok_or(())?;
            return Ok(Some((url, By::Status)));
        }
        let is_running = plan.begun_in(first) == Some(State::Running);
        let is_own = self.method != "POST" && self.method != "DELETE";
        match text(first.headers(), LOCATION.as_str()) {
            Some(url) if is_running => Ok(Some((target(&self.own, url).ok_or(())?, By::State))),
            _ if is_running && is_own => Ok(Some((self.own.clone(), By::State))),
            _ if is_running || is_accepted => Err(()),
            _ => Ok(None),
        }
    }

    fn location(&self, headers: &HeaderMap) -> Option<Uri> {
        target(&self.own, text(headers, LOCATION.as_str())?)
    }

    /// The result of an operation that is done.
    async fn result(
        &self,
        last: RawResponse,
        plan: LongRunning,
        location: Option<Uri>,
        end: Option<Instant>,
    ) -> Result<Polled, Error> {
        let location = self.location(last.headers()).or(location);
        let at = match plan.result {
            Outcome::Last => None,
            Outcome::Own => Some(self.own.clone()),
            Outcome::Location => match location {
                Some(location) => Some(location),
                None => return Ok(Polled::Nowhere(last)),
            },
            Outcome::ByMethod => match self.method {
                "PUT" | "PATCH" => Some(self.own.clone()),
                _ => self.resource(&last).or(location),
            },
        };
        match at {
            Some(url) => self.ask(&url, end).await.map(Polled::Done),
            None => Ok(Polled::Done(last)),
        }
    }

    /// The URL of the result in a response, as Microsoft's guidelines have it.
    fn resource(&self, last: &RawResponse) -> Option<Uri> {
        let body: Value = serde_json::from_slice(last.bytes()).ok()?;
        target(&self.own, body.get("resourceLocation")?.as_str()?)
    }

    /// Asks for what is at a URL.
    async fn ask(&self, url: &Uri, end: Option<Instant>) -> Result<RawResponse, Error> {
        let core = self.core.to(Target {
            url: url.to_string(),
            sign: None,
        });
        let mut request = Request::new(core.clone(), operation(&Method::GET));
        request.raw = Some(Box::new(Raw {
            method: Method::GET,
            security: self.operation.security,
        }));
        if let Some(accept) = self.operation.accept {
            request.set_header(ACCEPT, HeaderValue::from_static(accept));
        }
        for (name, value) in &self.headers {
            request.set_header(name.clone(), value.clone());
        }
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        request.timeout = self.timeout.into_iter().chain(left).min();
        let mut response = core.send_raw(request).await?;
        response.operation = self.operation;
        Ok(response)
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let value = headers.get(name)?;
    let text = std::str::from_utf8(value.as_bytes()).ok()?.trim();
    (!text.is_empty()).then_some(text)
}
