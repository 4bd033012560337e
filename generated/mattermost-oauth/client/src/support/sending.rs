//! Sending a request: the layers of a call, each in a function that calls the next. From the outside in: the span of the call, its time limit
//! and repetitions (`call`), the span, time limit and hooks of an attempt (`attempt`), credentials (`exchange`), redirects (`send_on`), the
//! transport.
//!
//! Needs `attempt.rs`, `body.rs`, `connection.rs`, `error.rs`, `operation.rs`, `outgoing.rs`, `received.rs`, `redirect.rs`, `request.rs`,
//! `response.rs`, `retry.rs`, `scheme.rs`, `secret.rs`, `timer.rs`, `transport.rs`; `metrics.rs` behind the feature `metrics`, `trace.rs` behind
//! the feature `tracing`, `compression.rs` behind the features `brotli`, `gzip`, `zstd`.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use http::StatusCode;

use super::outgoing::Outgoing;
use super::received::Unstalled;
use super::redirect::Redirected;
use super::timer::{Instant, Timer, sleep};
use super::{
    Attempt, Body, BodyError, BoxError, BoxFuture, Budget, Core, Credential, CredentialLocation,
    Error, Limits, OperationInfo, RawResponse, Request, RequestError, Scheme, Streamed,
    TransportError, mark_secrets, may_pass,
};

impl Core {
    /// Starts a request of an operation.
    pub(crate) fn request(&self, operation: &'static OperationInfo) -> Request {
        Request::new(self.clone(), operation)
    }

    /// Sends a request and collects the response, unless its operation streams.
    pub(crate) fn send(self, request: Request) -> BoxFuture<'static, Result<RawResponse, Error>> {
        let streams = request.operation().streams;
        self.begin(request, streams)
    }

    /// Sends a request and collects the response.
    pub(crate) fn send_raw(
        self,
        request: Request,
    ) -> BoxFuture<'static, Result<RawResponse, Error>> {
        self.begin(request, false)
    }

    fn begin(
        self,
        request: Request,
        streams: bool,
    ) -> BoxFuture<'static, Result<RawResponse, Error>> {
        // What allocators are fast with is less than a whole call takes, so its parts are on the heap one by one.
        let request = Box::new(request);
        #[cfg(feature = "tracing")]
        return Box::pin(super::trace::call(
            request.operation(),
            self.call(request, streams),
        ));
        #[cfg(not(feature = "tracing"))]
        return Box::pin(self.call(request, streams));
    }

    /// A call: as many attempts as it takes and may take.
    async fn call(self, request: Box<Request>, streams: bool) -> Result<RawResponse, Error> {
        let shared = self.shared();
        let mut outgoing = Outgoing::new(request)?;
        let mut time = Time::new(
            outgoing.timeout_or(shared.timeout),
            outgoing.attempt_timeout_or(shared.attempt_timeout),
        );
        let retries = outgoing.retries_or(shared.retries);
        let (mut number, mut taken) = (1, 0);
        loop {
            let attempt = Attempt::new(outgoing.operation(), number);
            let mut result = self
                .attempt(&mut outgoing, attempt, &mut time, streams)
                .await;
            if !may_pass(&result) {
                if let Ok(response) = &mut result {
                    shared.budget.give(taken);
                    response.sent = outgoing.sent(shared);
                    if streams && response.is_event_stream() {
                        response.origin = outgoing.origin();
                    }
                }
                return result;
            }
            if !retries.is_left(number) || !outgoing.may_repeat() {
                return result;
            }
            let delay = retries.delay(number, &result);
            let cost = Budget::cost(&result);
            if !time.allows(delay) || !shared.budget.take(cost) {
                return result;
            }
            #[cfg(feature = "tracing")]
            super::trace::repeated(attempt, delay, &result);
            drop(result);
            sleep(shared.sleep.as_ref(), delay).await;
            (number, taken) = (number + 1, cost);
            time.begin_attempt();
        }
    }

    /// An attempt within its time, between hooks.
    async fn attempt(
        &self,
        outgoing: &mut Outgoing,
        attempt: Attempt,
        time: &mut Time,
        streams: bool,
    ) -> Result<RawResponse, Error> {
        let shared = self.shared();
        let Attempt { operation, number } = attempt;
        let limits = Limits {
            attempt: Some(attempt),
            timeout: time.limit,
            is_streamed: streams,
            max_bytes: Some(shared.max_response_bytes),
        };
        #[cfg(any(feature = "metrics", feature = "tracing"))]
        let method = outgoing.method().clone();
        let mut timer = None;
        let mut exchange = Box::pin(self.exchange(outgoing, attempt, limits));
        let in_time = poll_fn(|cx| match exchange.as_mut().poll(cx) {
            Poll::Ready(result) => Poll::Ready(result),
            Poll::Pending => {
                let set = || Timer::new(time.end(), shared.sleep.as_ref());
                let timer = timer.get_or_insert_with(set);
                timer.poll(cx).map(|()| {
                    Err(Error::Timeout {
                        operation,
                        after: time.named(),
                        attempts: number,
                    })
                })
            }
        });
        #[cfg(feature = "metrics")]
        let in_time = super::metrics::measured(shared, attempt, &method, in_time);
        #[cfg(feature = "tracing")]
        let in_time = super::trace::attempt(shared, attempt, &method, in_time);
        let result = in_time.await;
        for hook in &shared.hooks {
            hook.after(attempt, result.as_ref());
        }
        result
    }

    /// A request with its credentials, and its response, complete unless it is a stream.
    async fn exchange(
        &self,
        outgoing: &mut Outgoing,
        attempt: Attempt,
        limits: Limits,
    ) -> Result<RawResponse, Error> {
        let schemes = self.credentials_of(outgoing);
        outgoing.begin_attempt();
        if self.has_to_reveal(schemes) {
            Box::pin(self.reveal(outgoing, schemes, attempt)).await?;
        }
        let response = self.send_on(outgoing, schemes, attempt, limits).await?;
        let response = match self.unless_renewed(response, outgoing) {
            Some(response) => response,
            None => Box::pin(self.send_again(outgoing, schemes, attempt, limits)).await?,
        };
        let Attempt { operation, number } = attempt;
        let shared = self.shared();
        let (mut head, mut body) = response.into_parts();
        let is_stream = limits.is_streamed && Streamed::is_stream(head.status, &head.headers);
        #[cfg(feature = "mock")]
        let mocked = head.extensions.remove();
        mark_secrets(&mut head.headers);
        let mut response = if is_stream {
            if let Some(limit) = shared.stall_timeout {
                body = Unstalled::body(body, limit, shared.sleep.clone());
            }
            RawResponse::streamed(operation, head, body)
        } else {
            let limit = shared.max_response_bytes;
            let bytes = match body.into_bytes_up_to(limit) {
                Ok(bytes) => bytes,
                Err(stream) => Box::pin(stream.bytes_up_to(limit)).await,
            };
            let bytes = bytes.map_err(|error| match error {
                BodyError::TooLarge => Error::BodyTooLarge {
                    operation,
                    limit,
                    attempts: number,
                },
                BodyError::Failed(error) => failed(attempt, TransportError::from_body(error)),
            })?;
            RawResponse::new(operation, head.status, head.headers, bytes)
        };
        response.attempts = number;
        #[cfg(feature = "mock")]
        {
            response.mocked = mocked;
        }
        Ok(response)
    }

    /// The response, unless the secrets that it rejects were renewed.
    #[inline]
    fn unless_renewed(
        &self,
        response: http::Response<Body>,
        outgoing: &mut Outgoing,
    ) -> Option<http::Response<Body>> {
        let is_rejected = response.status() == StatusCode::UNAUTHORIZED;
        (!is_rejected || !self.renews(outgoing)).then_some(response)
    }

    /// Sends a request with renewed secrets. That is no repetition: a request with a token that has expired had no effect.
    async fn send_again(
        &self,
        outgoing: &mut Outgoing,
        schemes: &[&'static Scheme],
        attempt: Attempt,
        limits: Limits,
    ) -> Result<http::Response<Body>, Error> {
        outgoing.begin_attempt();
        self.reveal(outgoing, schemes, attempt).await?;
        self.send_on(outgoing, schemes, attempt, limits).await
    }

    /// Sends a request, and follows redirects that the operation doesn't document.
    async fn send_on(
        &self,
        outgoing: &mut Outgoing,
        schemes: &[&'static Scheme],
        attempt: Attempt,
        limits: Limits,
    ) -> Result<http::Response<Body>, Error> {
        let shared = self.shared();
        let mut redirected: Option<Box<Redirected>> = None;
        let mut redirects = 0;
        loop {
            #[allow(unused_variables)] // without compression
            let (request, is_asked_for) =
                self.prepared(outgoing, schemes, attempt, redirected.as_deref())?;
            let response = shared.transport.send_within(request, limits).await;
            let response = response.map_err(|error| failed(attempt, error))?;
            #[cfg(any(feature = "brotli", feature = "gzip", feature = "zstd"))]
            let response = match is_asked_for {
                true => super::compression::decompressed(response).await,
                false => response,
            };
            let status = response.status();
            if !status.is_redirection()
                || attempt.operation.redirects.contains(&status.as_u16())
                || redirects == shared.max_redirects
            {
                return Ok(response);
            }
            let next = match &redirected {
                Some(before) => {
                    let (method, from) = (before.method(), before.uri());
                    let next = Redirected::by(&response, method, from, outgoing.has_body());
                    next.map(|next| next.after(before))
                }
                None => {
                    let from = outgoing.uri(shared)?;
                    let method = outgoing.method();
                    Redirected::by(&response, method, &from, outgoing.has_body())
                }
            };
            let Some(next) = next else {
                return Ok(response);
            };
            redirected = Some(Box::new(next));
            redirects += 1;
        }
    }

    /// The request to send, after hooks have seen it, and whether it asks for a compressed response. A function of its own, as whatever
    /// async code borrows stays in its future.
    #[inline]
    fn prepared(
        &self,
        outgoing: &mut Outgoing,
        schemes: &[&'static Scheme],
        attempt: Attempt,
        redirected: Option<&Redirected>,
    ) -> Result<(http::Request<Body>, bool), Error> {
        let shared = self.shared();
        let uri = outgoing.uri(shared)?;
        let credentials = schemes.iter().filter_map(|scheme| self.credential(scheme));
        let headers = credentials.filter_map(|credential| credential.header.as_ref());
        let mut request = outgoing.request(uri, &shared.headers, headers)?;
        #[cfg(feature = "mock")]
        request
            .extensions_mut()
            .insert(super::Secured(outgoing.security()));
        if let Some(redirected) = redirected {
            redirected.apply(&mut request);
        }
        #[cfg(any(feature = "brotli", feature = "gzip", feature = "zstd"))]
        let is_asked_for = super::compression::ask(request.headers_mut());
        #[cfg(not(any(feature = "brotli", feature = "gzip", feature = "zstd")))]
        let is_asked_for = false;
        outgoing.sign(&mut request)?;
        self.before(attempt, &mut request)?;
        Ok((request, is_asked_for))
    }

    /// Shows a request to the hooks.
    fn before(&self, attempt: Attempt, request: &mut http::Request<Body>) -> Result<(), Error> {
        for hook in &self.shared().hooks {
            hook.before(attempt, request).map_err(|source| {
                Error::Request(Box::new(RequestError {
                    operation: attempt.operation,
                    message: "a hook failed".to_owned(),
                    source: Some(source),
                }))
            })?;
        }
        Ok(())
    }

    /// The first group of the operation's credentials that the client has completely.
    ///
    /// Without such a group the request is sent without credentials, and the server decides.
    fn credentials_of(&self, outgoing: &Outgoing) -> &'static [&'static Scheme] {
        let has = |scheme: &&'static Scheme| self.credential(scheme).is_some();
        // A credential outside of the request may be known to the transport alone.
        let may_have = |scheme: &&'static Scheme| {
            scheme.location == CredentialLocation::External || has(scheme)
        };
        let groups = || outgoing.security().iter().filter(|group| !group.is_empty());
        let group = groups()
            .find(|group| group.iter().all(has))
            .or_else(|| groups().find(|group| group.iter().any(has) && group.iter().all(may_have)));
        group.copied().unwrap_or_default()
    }

    /// Whether some credentials aren't the same header each time.
    fn has_to_reveal(&self, schemes: &[&'static Scheme]) -> bool {
        let mut credentials = schemes.iter().filter_map(|scheme| self.credential(scheme));
        credentials.any(|credential| credential.header.is_none())
    }

    /// Adds the credentials that aren't the same header each time.
    async fn reveal(
        &self,
        outgoing: &mut Outgoing,
        schemes: &[&'static Scheme],
        attempt: Attempt,
    ) -> Result<(), Error> {
        let credentials = schemes.iter().filter_map(|scheme| self.credential(scheme));
        for credential in credentials.filter(|credential| credential.header.is_none()) {
            let scheme = credential.scheme;
            let secret = &credential.secret;
            let text = secret.reveal().await;
            let text = text.map_err(|error| unrevealed(attempt, scheme, error))?;
            if secret.renewal().is_some() {
                outgoing.may_renew(scheme, &text);
            }
            outgoing.credential(scheme.location, &text);
        }
        Ok(())
    }

    /// Whether the request can be sent again with other secrets than those that were rejected.
    fn renews(&self, outgoing: &mut Outgoing) -> bool {
        let mut is_renewed = false;
        for (scheme, text) in outgoing.taken_renewable() {
            let credential = self.credential(scheme);
            let renewal = credential.and_then(|credential| credential.secret.renewal());
            is_renewed |= renewal.is_some_and(|secret| secret.reject(&text));
        }
        is_renewed
    }

    fn credential(&self, scheme: &Scheme) -> Option<&Credential> {
        let mut credentials = self.shared().credentials.iter();
        credentials.find(|credential| std::ptr::eq(credential.scheme, scheme))
    }
}

fn failed(attempt: Attempt, error: TransportError) -> Error {
    let Attempt { operation, number } = attempt;
    match error.is_timeout() {
        true => Error::Timeout {
            operation,
            after: None,
            attempts: number,
        },
        false => Error::Transport {
            operation,
            error,
            attempts: number,
        },
    }
}

/// The error of a secret that couldn't be fetched, by the transport or otherwise.
fn unrevealed(attempt: Attempt, scheme: &Scheme, source: BoxError) -> Error {
    match source.downcast::<TransportError>() {
        Ok(error) => failed(attempt, *error),
        Err(source) => Error::Request(Box::new(RequestError {
            operation: attempt.operation,
            message: format!("there is no credential for {}", scheme.name),
            source: Some(source),
        })),
    }
}

/// The time of a call and of its present attempt. Both begin when they first have to wait: what needn't doesn't ask for the clock.
struct Time {
    call: Option<Duration>,
    call_end: Option<Instant>,
    attempt: Option<Duration>,
    /// How long the attempt may take, and until when.
    limit: Option<Duration>,
    end: Option<Instant>,
}

impl Time {
    fn new(call: Option<Duration>, attempt: Option<Duration>) -> Self {
        Self {
            call,
            call_end: None,
            attempt,
            limit: earlier(call, attempt),
            end: None,
        }
    }

    /// When the attempt has to end; its time begins now, if it hasn't.
    fn end(&mut self) -> Option<Instant> {
        if self.end.is_none()
            && let Some(limit) = self.limit
        {
            let now = Instant::now();
            self.begin(now);
            self.end = now.checked_add(limit);
        }
        self.end
    }

    /// Begins the time of the call, if it hasn't begun.
    fn begin(&mut self, now: Instant) {
        if self.call_end.is_none() {
            self.call_end = self.call.and_then(|call| now.checked_add(call));
        }
    }

    /// Begins another attempt, in what is left of the time.
    fn begin_attempt(&mut self) {
        let now = Instant::now();
        self.begin(now);
        let left = self.call_end.map(|end| end.saturating_duration_since(now));
        self.limit = earlier(left, self.attempt);
        self.end = self.limit.and_then(|limit| now.checked_add(limit));
    }

    /// Whether there is time for another attempt after a wait.
    fn allows(&mut self, delay: Duration) -> bool {
        let now = Instant::now();
        self.begin(now);
        let end = self.call_end;
        end.is_none_or(|end| end.saturating_duration_since(now) > delay)
    }

    /// The limit that the end of the attempt is known by.
    fn named(&self) -> Option<Duration> {
        match self.end == self.call_end {
            true => self.call,
            false => self.limit,
        }
    }
}

/// The shorter one of two limits, if there is any.
fn earlier(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
