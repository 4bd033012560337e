//! Fuzzes a service with requests that its description allows.
//!
//! In: a description and a `tower` service, such as a generated server with the user's methods. Out: the responses that the description
//! doesn't have, each with a request that causes it.

mod known;
mod request;
mod verdict;

use super::operations::{Operation, Operations};
use super::random::Random;
use super::table::{Tables, Way};
use super::value::Heights;
use super::{Described, Error, Request, described};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use known::Known;
use request::Drawing;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::future::poll_fn;
use std::path::PathBuf;
use tower_service::Service;
use verdict::Judge;

/// What errors of bodies and services are turned into.
type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The longest body that is shown.
const SHOWN: usize = 600;

/// Fuzzes a service in a test: sends requests that the description allows, with values at their limits and with ids of earlier responses, and
/// looks for responses that it doesn't have.
///
/// ```no_run
/// # async fn test(service: impl tower_service::Service<http::Request<http_body_util::Full<bytes::Bytes>>,
/// #     Response = http::Response<String>, Error = std::convert::Infallible, Future: Send> + Clone) {
/// let report = specwright::mock::Fuzz::new("openapi.yaml").unwrap().bearer("secret").run(service).await;
/// report.assert();
/// # }
/// ```
pub struct Fuzz {
    described: Described,
    cases: usize,
    seed: u64,
    base_path: Option<String>,
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    only: Vec<String>,
    skip: Vec<String>,
}

impl Fuzz {
    /// A test by the description at this path: 50 requests to each operation.
    ///
    /// # Errors
    /// The description has errors.
    pub fn new(spec: impl Into<PathBuf>) -> Result<Self, Error> {
        Ok(Self {
            described: described(&spec.into())?.0,
            cases: 50,
            seed: 0,
            base_path: None,
            headers: Vec::new(),
            query: Vec::new(),
            only: Vec::new(),
            skip: Vec::new(),
        })
    }

    /// Sets the number of requests to each operation.
    #[must_use]
    pub fn cases(mut self, cases: usize) -> Self {
        self.cases = cases;
        self
    }

    /// Sets the seed: the same gives the same requests, as long as the responses are the same.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the path before those of the operations, instead of that of the description's first server.
    #[must_use]
    pub fn base_path(mut self, path: impl Into<String>) -> Self {
        self.base_path = Some(path.into());
        self
    }

    /// Sends a token with each request, as `Authorization: Bearer …`.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    /// Sends a header with each request.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends a parameter in the query of each request.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Calls this operation, given by its operationId or as `METHOD /path`, and others that are named so.
    #[must_use]
    pub fn only(mut self, operation: impl Into<String>) -> Self {
        self.only.push(operation.into());
        self
    }

    /// Doesn't call an operation, given by its operationId or as `METHOD /path`.
    #[must_use]
    pub fn skip(mut self, operation: impl Into<String>) -> Self {
        self.skip.push(operation.into());
        self
    }

    /// Sends the requests, one after the other: in each round one to each operation, those that create things first.
    pub async fn run<S, B>(&self, mut service: S) -> Report
    where
        S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>>,
        S::Error: Into<BoxError>,
        B: hyper::body::Body,
        B::Error: Into<BoxError>,
    {
        let Described { document, api } = &self.described;
        let operations = Operations::of(document, api);
        let heights = Heights::of(document, Way::Request);
        let (mut tables, mut known) = (Tables::new(), Known::default());
        let mut report = Report::default();
        let base_path = self.base_path.as_deref();
        let base_path = base_path.or_else(|| Some(api.servers.first()?.base_path()));
        for round in 0..self.cases {
            for operation in self.order(&operations) {
                let label = operation.ir.label();
                let random = Random::new(self.seed, &[&label, &round.to_string()]);
                let mut drawing = Drawing {
                    document,
                    api,
                    tables: &mut tables,
                    heights: &heights,
                    random,
                    known: &known,
                    base_path: base_path.unwrap_or_default(),
                };
                let request = match drawing.request(operation) {
                    Ok(request) => self.completed(request),
                    Err(reason) => {
                        report.undrawn.entry(label).or_insert(reason);
                        continue;
                    }
                };
                let received = match send(&mut service, &request).await {
                    Ok(received) => received,
                    Err(error) => {
                        let what = format!("the service fails: {error}");
                        report.add(label, what, request, None);
                        continue;
                    }
                };
                let statuses = report.statuses.entry(label.clone()).or_default();
                *statuses.entry(received.status).or_default() += 1;
                let mut judge = Judge {
                    document,
                    tables: &mut tables,
                };
                match judge.fault(operation, &request.method, &received) {
                    Some(what) => report.add(label, what, request, Some(received)),
                    None => known.learn(&received),
                }
            }
        }
        report
    }

    /// The operations that are called: those that create things before those that use or remove them.
    fn order<'s>(&'s self, operations: &Operations) -> Vec<Operation<'s>> {
        let Described { document, api } = &self.described;
        let all = (0..operations.len()).map(|call| operations.get(call, document, api));
        let is_called = |operation: &Operation<'_>| {
            let label = operation.ir.label();
            let is_named = |names: &[String]| {
                let mut names = names.iter();
                names.any(|one| *one == label || Some(one) == operation.ir.id.as_ref())
            };
            (self.only.is_empty() || is_named(&self.only)) && !is_named(&self.skip)
        };
        let mut called: Vec<_> = all.filter(is_called).collect();
        let methods = ["POST", "PUT", "GET", "HEAD", "OPTIONS", "PATCH", "DELETE"];
        called.sort_by_key(|operation| {
            methods
                .iter()
                .position(|one| *one == operation.ir.method)
                .unwrap_or(methods.len())
        });
        called
    }

    /// The request with what is sent with each.
    fn completed(&self, mut request: Request) -> Request {
        for (name, value) in &self.headers {
            let name = http::HeaderName::try_from(name);
            if let (Ok(name), Ok(value)) = (name, http::HeaderValue::try_from(value)) {
                request.headers.insert(name, value);
            }
        }
        for (name, value) in &self.query {
            request::push_pair(&mut request.query, name, value);
        }
        request
    }
}

impl fmt::Debug for Fuzz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fuzz")
            .field("cases", &self.cases)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}

/// A response of the service.
#[derive(Debug, Clone)]
struct Received {
    status: u16,
    headers: http::HeaderMap,
    body: Bytes,
}

async fn send<S, B>(service: &mut S, request: &Request) -> Result<Received, BoxError>
where
    S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>>,
    S::Error: Into<BoxError>,
    B: hyper::body::Body,
    B::Error: Into<BoxError>,
{
    let between = if request.query.is_empty() { "" } else { "?" };
    let uri = format!("http://localhost{}{between}{}", request.path, request.query);
    let mut sent = http::Request::builder()
        .method(request.method.as_str())
        .uri(uri)
        .body(Full::new(request.body.clone()))?;
    sent.headers_mut().clone_from(&request.headers);
    poll_fn(|cx| service.poll_ready(cx))
        .await
        .map_err(Into::into)?;
    let (head, body) = service.call(sent).await.map_err(Into::into)?.into_parts();
    let collected = body.collect().await.map_err(Into::into)?;
    Ok(Received {
        status: head.status.as_u16(),
        headers: head.headers,
        body: collected.to_bytes(),
    })
}

/// What a service responded with.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
    statuses: BTreeMap<String, BTreeMap<u16, usize>>,
    undrawn: BTreeMap<String, String>,
}

/// A response that the description doesn't have.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// The operation by method and path, `GET /pets/{id}`.
    pub operation: String,
    /// What is wrong with the response.
    pub what: String,
    /// The smallest request that got this response.
    pub request: Request,
    /// The status of the response, if there was one, and its body.
    pub response: Option<(u16, Bytes)>,
    /// How many requests got it.
    pub times: usize,
}

impl Report {
    fn add(
        &mut self,
        operation: String,
        what: String,
        request: Request,
        received: Option<Received>,
    ) {
        let response = received.map(|received| (received.status, received.body));
        let mut findings = self.findings.iter_mut();
        let known = findings.find(|one| one.operation == operation && one.what == what);
        let Some(known) = known else {
            self.findings.push(Finding {
                operation,
                what,
                request,
                response,
                times: 1,
            });
            return;
        };
        known.times += 1;
        let size = |request: &Request| request.query.len() + request.body.len();
        if size(&request) < size(&known.request) {
            (known.request, known.response) = (request, response);
        }
    }

    /// What was found, in the order in which it was.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How often an operation, `GET /pets/{id}`, responded with each status: whether requests got to where they should.
    #[must_use]
    pub fn statuses(&self, operation: &str) -> BTreeMap<u16, usize> {
        self.statuses.get(operation).cloned().unwrap_or_default()
    }

    /// Operations that weren't called, and why: no request could be made of the description.
    pub fn undrawn(&self) -> impl Iterator<Item = (&str, &str)> {
        let undrawn = self.undrawn.iter();
        undrawn.map(|(operation, reason)| (operation.as_str(), reason.as_str()))
    }

    /// Fails a test if there are findings.
    ///
    /// # Panics
    /// There are findings; the message has them.
    pub fn assert(&self) {
        assert!(self.findings.is_empty(), "{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls: usize = self.statuses.values().flat_map(BTreeMap::values).sum();
        let (found, operations) = (self.findings.len(), self.statuses.len());
        writeln!(
            f,
            "{calls} requests to {operations} operations, {found} findings"
        )?;
        for finding in &self.findings {
            write!(f, "\n{finding}")?;
        }
        for (operation, reason) in &self.undrawn {
            writeln!(f, "\n{operation}: not called: {reason}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            what,
            request,
            response,
            times,
        } = self;
        writeln!(f, "{operation}: {what} ({times} times)")?;
        let between = if request.query.is_empty() { "" } else { "?" };
        writeln!(
            f,
            "  {} {}{between}{}",
            request.method, request.path, request.query
        )?;
        for (name, value) in &request.headers {
            // Credentials stay out of logs.
            let is_secret = ["authorization", "cookie"].contains(&name.as_str());
            let value = if is_secret {
                "…".into()
            } else {
                String::from_utf8_lossy(value.as_bytes())
            };
            writeln!(f, "  {name}: {value}")?;
        }
        if !request.body.is_empty() {
            writeln!(f, "  {}", shown(&request.body))?;
        }
        match response {
            Some((status, body)) => writeln!(f, "  => {status} {}", shown(body)),
            None => Ok(()),
        }
    }
}

/// The beginning of a body, without line breaks and control characters.
fn shown(body: &[u8]) -> String {
    let mut text = String::new();
    for (at, c) in String::from_utf8_lossy(body).chars().enumerate() {
        if at == SHOWN {
            text.push('…');
            break;
        }
        if c.is_control() {
            let _ = write!(text, "{}", c.escape_default());
        } else {
            text.push(c);
        }
    }
    text
}
