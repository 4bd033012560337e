//! Spans and metrics of requests.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};
use sample_server::{Body, Problem, RequestIds, Server};
use tower_service::Service;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};

use crate::provider::{Provider, Tokens};
use crate::subscribed::subscribed;

fn server() -> Server<Provider, Tokens> {
    Server::builder(Provider)
        .authenticate(Tokens)
        .request_ids(RequestIds::new())
        .build()
}

/// Sends requests that hold a secret wherever they can.
fn send(method: &str, path: &str, token: &str) {
    let request = http::Request::builder()
        .method(method)
        .uri(format!("{path}?token=s3cret"))
        .header("authorization", format!("Bearer {token}"))
        .header("cookie", "a=s3cret")
        .header("x-request-id", "r1")
        .body(Body::from("s3cret"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(server().call(request.unwrap())).unwrap();
}

/// The fields of each span, and of events the span that they are in.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    spans: Vec<BTreeMap<String, String>>,
    entered: Vec<u64>,
    events: Vec<(Option<u64>, BTreeMap<String, String>)>,
}

struct Fields<'f>(&'f mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let value = format!("{value:?}").trim_matches('"').to_owned();
        self.0.insert(field.name().to_owned(), value);
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with("sample_server")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut state = self.0.lock().unwrap();
        let mut fields = BTreeMap::new();
        attributes.record(&mut Fields(&mut fields));
        state.spans.push(fields);
        Id::from_u64(state.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut state = self.0.lock().unwrap();
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Fields(&mut state.spans[index]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut state = self.0.lock().unwrap();
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        let span = state.entered.last().copied();
        state.events.push((span, fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().entered.push(span.into_u64());
    }

    fn exit(&self, _: &Id) {
        self.0.lock().unwrap().entered.pop();
    }
}

/// The span of a request, and the events in it.
fn traced(
    method: &str,
    path: &str,
    token: &str,
) -> (BTreeMap<String, String>, Vec<BTreeMap<String, String>>) {
    let spans = Spans::default();
    subscribed(spans.clone(), || send(method, path, token));
    let state = std::mem::take(&mut *spans.0.lock().unwrap());
    let shown = format!("{:?}{:?}", state.spans, state.events);
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(state.events.iter().all(|(span, _)| *span == Some(1)));
    let [span] = <[_; 1]>::try_from(state.spans).unwrap();
    (
        span,
        state.events.into_iter().map(|(_, fields)| fields).collect(),
    )
}

fn fields<const N: usize>(fields: [(&str, &str); N]) -> BTreeMap<String, String> {
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

#[test]
fn a_request_is_a_span_with_its_route() {
    let (span, events) = traced("GET", "/api/v4/oauth/apps/s3cret/icon-7.png", "");
    let expected = fields([
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("http.route", "/api/v4/oauth/apps/{app_id}/icon-{size}.png"),
        ("operation.id", "GetOAuthAppIcon"),
        ("otel.kind", "server"),
        (
            "otel.name",
            "GET /api/v4/oauth/apps/{app_id}/icon-{size}.png",
        ),
        ("request.id", "r1"),
    ]);
    assert_eq!(span, expected);
    assert_eq!(events, []);
}

#[test]
fn a_span_of_no_operation_has_no_route() {
    for (method, path, known, status) in [
        ("GET", "/s3cret", "GET", "404"),
        ("s3cret", "/s3cret", "_OTHER", "404"),
        ("s3cret", "/api/v4/oauth/apps", "_OTHER", "405"),
    ] {
        let (span, events) = traced(method, path, "");
        let expected = fields([
            ("http.request.method", known),
            ("http.response.status_code", status),
            ("otel.kind", "server"),
            ("otel.name", known),
            ("request.id", "r1"),
        ]);
        assert_eq!((span, events), (expected, vec![]));
    }
}

#[test]
fn only_the_servers_fault_is_an_error() {
    let (span, events) = traced("DELETE", "/api/v4/oauth/apps/s3cret", "s3cret");
    assert_eq!(span["http.response.status_code"], "401");
    assert!(!span.contains_key("error.type") && !span.contains_key("otel.status_code"));
    assert_eq!(events, []);

    let (span, events) = traced("GET", "/api/v4/oauth/apps/broken", "good");
    let (code, error) = (&span["http.response.status_code"], &span["error.type"]);
    assert_eq!((code.as_str(), error.as_str()), ("500", "500"));
    assert_eq!(span["otel.status_code"], "ERROR");
    let expected = fields([
        ("message", "a request failed"),
        (
            "problem",
            "500 Internal Server Error: of the disk: no\\nroom",
        ),
        ("status", "500"),
    ]);
    assert_eq!(events, [expected]);
    assert_eq!(Problem::unexpected("x").to_json()["status"], 500);
}

/// The values of each metric by its name and labels.
#[derive(Clone, Default)]
struct Values(Arc<Mutex<BTreeMap<String, Arc<Value>>>>);

#[derive(Default)]
struct Value {
    sum: AtomicU64,
    count: AtomicU64,
}

impl Values {
    fn value(&self, key: &Key) -> Arc<Value> {
        let mut labels: Vec<String> = key
            .labels()
            .map(|label| format!("{}={}", label.key(), label.value()))
            .collect();
        labels.sort();
        let name = format!("{} {}", key.name(), labels.join(" "));
        Arc::clone(self.0.lock().unwrap().entry(name).or_default())
    }
}

impl CounterFn for Value {
    fn increment(&self, _: u64) {}
    fn absolute(&self, _: u64) {}
}

impl GaugeFn for Value {
    fn increment(&self, _: f64) {
        self.sum.fetch_add(1, Ordering::Relaxed);
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    fn decrement(&self, _: f64) {
        self.sum.fetch_sub(1, Ordering::Relaxed);
    }

    fn set(&self, _: f64) {}
}

impl HistogramFn for Value {
    fn record(&self, value: f64) {
        assert!((0.0..60.0).contains(&value), "in seconds");
        self.count.fetch_add(1, Ordering::Relaxed);
    }
}

impl Recorder for Values {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.value(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.value(key))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.value(key))
    }
}

#[test]
fn requests_are_measured_by_route_and_status() {
    let values = Values::default();
    metrics::with_local_recorder(&values, || {
        for app in ["a", "b", "broken"] {
            send(
                "GET",
                &format!("/api/v4/oauth/apps/{app}/icon-1.png"),
                "good",
            );
            send("GET", &format!("/api/v4/oauth/apps/{app}"), "good");
        }
        send("s3cret", "/s3cret", "good");
        // A client that doesn't wait.
        let request = http::Request::get("/api/v4/oauth/apps/a/icon-1.png");
        drop(server().call(request.body(Body::empty()).unwrap()));
    });
    let values = values.0.lock().unwrap();
    let counted: Vec<String> = values
        .iter()
        .map(|(name, value)| {
            let [sum, count] = [&value.sum, &value.count].map(|it| it.load(Ordering::Relaxed));
            format!("{name}: {sum} of {count}")
        })
        .collect();
    let route = "http.route=/api/v4/oauth/apps/{app_id}";
    let request = "http.request.method=GET http.response.status_code";
    let expected = [
        "http.server.active_requests http.request.method=GET url.scheme=http: 0 of 7".to_owned(),
        "http.server.active_requests http.request.method=_OTHER url.scheme=http: 0 of 1".to_owned(),
        format!("http.server.request.duration error.type=500 {request}=500 {route} url.scheme=http: 0 of 1"),
        format!("http.server.request.duration {request}=200 {route} url.scheme=http: 0 of 2"),
        format!("http.server.request.duration {request}=200 {route}/icon-{{size}}.png url.scheme=http: 0 of 3"),
        "http.server.request.duration http.request.method=_OTHER http.response.status_code=404 url.scheme=http: 0 of 1".to_owned(),
    ];
    assert_eq!(counted, expected);
}
