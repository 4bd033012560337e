//! Calls that are no operation of the description. Needs `body.rs`, `call_options.rs`, `connection.rs`, `encode.rs`, `error.rs`, `operation.rs`,
//! `request.rs`, `response.rs`, `scheme.rs`, `sendable.rs`.

use std::time::Duration;

use http::Method;
use serde::Serialize;

use super::request::Raw;
use super::{
    Body, CallOptions, Core, Error, OperationInfo, RawResponse, Request, Scheme, Sending, ToParam,
    is_dots,
};

/// A request that is no operation of the description, for what the API has and the description hasn't.
///
/// It is sent like those of operations: with the client's credentials, limits, retries, hooks. `.await` gives the response, whatever its
/// status.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawCall {
    request: Request,
}

impl RawCall {
    /// A request for a path below the client's base URL, with or without a query. `security` are alternative groups of credentials.
    pub(crate) fn new(
        core: Core,
        method: Method,
        path: &str,
        security: &'static [&'static [&'static Scheme]],
    ) -> Self {
        let mut request = Request::new(core, operation(&method));
        let (before, _) = path.split_once('?').unwrap_or((path, ""));
        if !path.starts_with('/') || path.contains(['#', '\\']) || before.split('/').any(is_dots) {
            let message = "the path must begin with `/`, and have no `#`, `\\`, `.` or `..`";
            request.fail(message.to_owned(), None);
        }
        request.push_path_value("path", path.to_owned());
        request.raw = Some(Box::new(Raw { method, security }));
        Self { request }
    }

    /// Adds `name=value` to the query.
    pub fn query(mut self, name: &str, value: impl ToParam) -> Self {
        self.request.query(name, value);
        self
    }

    /// Sets a header, instead of the client's default of this name.
    pub fn header(mut self, name: &str, value: impl ToParam) -> Self {
        self.request.header(name, value);
        self
    }

    /// Sets the body as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.request.json(body);
        self
    }

    /// Sets the body.
    pub fn body(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        self.request.body(media_type, body);
        self
    }

    /// Sets how long this call may take, instead of the client's limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.timeout(timeout);
        self
    }

    /// Sets choices for this call only: limits, retries, further headers and query parameters.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the request and returns the response, whatever its status.
    pub fn send(self) -> Sending<RawResponse, super::NoError> {
        Sending::raw(self.request)
    }

    /// Like [`send`](Self::send), outside of async code.
    ///
    /// # Errors
    /// There is no complete response.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<RawResponse, Error> {
        self.send().wait()
    }
}

impl IntoFuture for RawCall {
    type Output = Result<RawResponse, Error>;
    type IntoFuture = Sending<RawResponse, super::NoError>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Stands for the operation of a raw call.
const fn raw(method: &'static str) -> OperationInfo {
    OperationInfo {
        id: "raw",
        method,
        path: "{path}",
        ..OperationInfo::PLAIN
    }
}

static GET: OperationInfo = raw("GET");
static HEAD: OperationInfo = raw("HEAD");
static OPTIONS: OperationInfo = raw("OPTIONS");
static POST: OperationInfo = raw("POST");
static PUT: OperationInfo = raw("PUT");
static PATCH: OperationInfo = raw("PATCH");
static DELETE: OperationInfo = raw("DELETE");
/// Any other method; OpenTelemetry's word for it.
static OTHER: OperationInfo = raw("_OTHER");

pub(super) fn operation(method: &Method) -> &'static OperationInfo {
    match method.as_str() {
        "GET" => &GET,
        "HEAD" => &HEAD,
        "OPTIONS" => &OPTIONS,
        "POST" => &POST,
        "PUT" => &PUT,
        "PATCH" => &PATCH,
        "DELETE" => &DELETE,
        _ => &OTHER,
    }
}
