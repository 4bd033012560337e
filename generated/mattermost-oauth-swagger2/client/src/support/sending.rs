//! Sending a request: credentials, redirects, limits. Needs `body.rs`, `connection.rs`, `error.rs`, `operation.rs`,
//! `redirect.rs`, `request.rs`, `response.rs`, `scheme.rs`, `secret.rs`, `transport.rs`; `trace.rs` behind the feature `tracing`.

use std::time::{Duration, Instant};

use super::redirect::Outgoing;
use super::{
    Body, BodyError, BoxFuture, Core, Credential, Error, Limits, OperationInfo, Placement,
    RawResponse, Request, RequestError, Scheme, Streamed, TransportError, mark_secrets,
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
        #[cfg(feature = "tracing")]
        return Box::pin(super::trace::traced(request.operation(), async move {
            self.exchange(request, streams).await
        }));
        #[cfg(not(feature = "tracing"))]
        return Box::pin(async move { self.exchange(request, streams).await });
    }

    async fn exchange(&self, mut request: Request, streams: bool) -> Result<RawResponse, Error> {
        let operation = request.operation();
        let timeout = request.timeout_or(self.shared().timeout);
        self.add_credentials(&mut request).await?;
        let base_url = self.base_url(operation);
        let request = request.assemble(base_url, &self.shared().headers)?;
        let failed = |error: TransportError| match error.is_timeout() {
            true => Error::Timeout {
                operation,
                after: timeout,
            },
            false => Error::Transport { operation, error },
        };
        let response = self
            .send_on(operation, request, timeout, streams)
            .await
            .map_err(failed)?;
        let is_stream = streams && Streamed::is_stream(&response);
        let (mut head, body) = response.into_parts();
        mark_secrets(&mut head.headers);
        if is_stream {
            return Ok(RawResponse::streamed(operation, head, body));
        }
        let limit = self.shared().max_response_bytes;
        match body.bytes_up_to(limit).await {
            Ok(bytes) => Ok(RawResponse::new(
                operation,
                head.status,
                head.headers,
                bytes,
            )),
            Err(BodyError::TooLarge) => Err(Error::BodyTooLarge { operation, limit }),
            Err(BodyError::Failed(error)) => Err(failed(TransportError::from_body(error))),
        }
    }

    /// Sends a request, and follows redirects that the operation doesn't document, all within the time of one call.
    async fn send_on(
        &self,
        operation: &OperationInfo,
        mut outgoing: Outgoing,
        timeout: Option<Duration>,
        streams: bool,
    ) -> Result<http::Response<Body>, TransportError> {
        let end = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let mut limits = Limits {
            timeout,
            is_streamed: streams,
            max_bytes: Some(self.shared().max_response_bytes),
        };
        let mut redirects = 0;
        loop {
            let request = outgoing.request();
            let response = self.shared().transport.send_within(request, limits).await?;
            let is_documented = operation.redirects.contains(&response.status().as_u16());
            if is_documented
                || redirects == self.shared().max_redirects
                || !outgoing.follow(&response)
            {
                return Ok(response);
            }
            redirects += 1;
            limits.timeout = end.map(|end| end.saturating_duration_since(Instant::now()));
            if limits.timeout.is_some_and(|left| left.is_zero()) {
                return Err(TransportError::timeout("the time is up"));
            }
        }
    }

    /// The URL of an operation's server. A client for a server that isn't in the description (a test double, a self-hosted installation)
    /// uses that one for all operations.
    fn base_url(&self, operation: &OperationInfo) -> &str {
        match operation.server {
            Some(server) if self.shared().is_documented => server,
            _ => &self.shared().base_url,
        }
    }

    /// Adds the credentials of the operation's first group that the client has completely.
    ///
    /// Without such a group the request is sent without credentials, and the server decides.
    async fn add_credentials(&self, request: &mut Request) -> Result<(), Error> {
        let operation = request.operation();
        // External credentials aren't part of the request.
        let is_written = |scheme: &&&Scheme| scheme.placement != Placement::External;
        let mut groups = operation.security.iter().filter(|group| !group.is_empty());
        let group = groups.find(|group| {
            let mut written = group.iter().filter(is_written);
            written.all(|scheme| self.credential(scheme).is_some())
        });
        for scheme in group.copied().unwrap_or_default() {
            let Some(credential) = self.credential(scheme) else {
                continue;
            };
            if let Some(header) = &credential.header {
                request.set_header(header.0.clone(), header.1.clone());
                continue;
            }
            let text = credential.secret.reveal().await.map_err(|source| {
                let message = format!("there is no credential for {}", scheme.name);
                Error::Request(Box::new(RequestError {
                    operation,
                    message,
                    source: Some(source),
                }))
            })?;
            request.credential(scheme.placement, &text);
        }
        Ok(())
    }

    fn credential(&self, scheme: &Scheme) -> Option<&Credential> {
        let mut credentials = self.shared().credentials.iter();
        credentials.find(|credential| credential.scheme.name == scheme.name)
    }
}
