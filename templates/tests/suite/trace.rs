//! The spans and events of calls for `tracing`, and what is measured for `metrics`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use metrics::{
    Counter, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata as Meta, SharedString,
};
use sample_client::{Client, ClientBuilder, Recorder, Retries, TransportError};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::subscribed::subscribed;

type Fields = BTreeMap<String, String>;

/// Records the fields of spans and events.
#[derive(Clone, Default)]
struct Log(Arc<Inner>);

#[derive(Default)]
struct Inner {
    next: AtomicU64,
    spans: Mutex<Vec<(&'static str, Fields)>>,
    events: Mutex<Vec<Fields>>,
    entered: Mutex<Vec<u64>>,
    parents: Mutex<Vec<Option<u64>>>,
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("sample_client")
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Fields::new();
        event.record(&mut Line(&mut line));
        line.remove("milliseconds");
        line.remove("delay_milliseconds");
        self.0.events.lock().unwrap().push(line);
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Fields::new();
        span.record(&mut Line(&mut line));
        let parent = self.0.entered.lock().unwrap().last().copied();
        self.0.parents.lock().unwrap().push(parent);
        self.0
            .spans
            .lock()
            .unwrap()
            .push((span.metadata().name(), line));
        Id::from_u64(self.0.next.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let mut spans = self.0.spans.lock().unwrap();
        let at = usize::try_from(id.into_u64()).unwrap() - 1;
        values.record(&mut Line(&mut spans[at].1));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, id: &Id) {
        self.0.entered.lock().unwrap().push(id.into_u64());
    }

    fn exit(&self, _: &Id) {
        self.0.entered.lock().unwrap().pop();
    }
}

struct Line<'l>(&'l mut Fields);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = format!("{value:?}").trim_matches('"').to_owned();
        self.0.insert(field.name().to_owned(), text);
    }
}

fn fields<const N: usize>(fields: [(&str, &str); N]) -> Fields {
    let fields = fields.into_iter();
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn block_on<T>(future: impl IntoFuture<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_time().build().unwrap();
    runtime.block_on(future.into_future())
}

fn client(recorder: Recorder) -> ClientBuilder {
    let retries = Retries::new().base_delay(Duration::ZERO);
    let client = Client::builder("https://chat.test/s3cret").retries(retries);
    client.bearer("s3cret").key("s3cret").transport(recorder)
}

#[test]
fn a_call_is_told_without_its_arguments() {
    let log = Log::default();
    subscribed(log.clone(), || {
        let recorder = Recorder::new().json(404, &json!({}));
        let client = client(recorder).build().unwrap();
        let _ = block_on(client.oauth().get_oauth_app("s3cret"));
    });
    let called = fields([
        ("message", "called an operation"),
        ("operation", "GetOAuthApp"),
        ("method", "GET"),
        ("path", "/api/v4/oauth/apps/{app_id}"),
        ("status", "404"),
        ("attempts", "1"),
    ]);
    assert_eq!(*log.0.events.lock().unwrap(), [called]);
}

#[test]
fn a_call_has_a_span_with_one_for_each_attempt() {
    let log = Log::default();
    subscribed(log.clone(), || {
        let recorder = Recorder::new().json(503, &json!({ "message": "s3cret" }));
        let recorder = recorder
            .response(TransportError::new("reset"))
            .json(200, &json!([]));
        let client = client(recorder).build().unwrap();
        block_on(client.oauth().get_oauth_apps().words(["s3cret"])).unwrap();
    });
    let operation = [
        ("operation", "GetOAuthApps"),
        ("http.request.method", "GET"),
        ("url.template", "/api/v4/oauth/apps"),
    ];
    let call = [
        ("otel.name", "GetOAuthApps"),
        ("otel.kind", "internal"),
        ("attempts", "3"),
    ];
    let mut call = fields(call);
    call.extend(fields(operation));
    call.insert("http.response.status_code".to_owned(), "200".to_owned());
    let mut attempt = fields([
        ("otel.name", "GET /api/v4/oauth/apps"),
        ("otel.kind", "client"),
        ("server.address", "chat.test"),
        ("server.port", "443"),
    ]);
    attempt.extend(fields(operation));
    let attempt = |more: &[(&str, &str)]| {
        let mut attempt = attempt.clone();
        attempt.extend(
            more.iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        ("attempt", attempt)
    };
    let (error, status) = ("error.type", "http.response.status_code");
    let failed = ("otel.status_code", "ERROR");
    let expected = [
        ("call", call),
        attempt(&[(status, "503"), (error, "503"), failed]),
        attempt(&[
            ("http.request.resend_count", "1"),
            (error, "transport"),
            failed,
        ]),
        attempt(&[("http.request.resend_count", "2"), (status, "200")]),
    ];
    assert_eq!(*log.0.spans.lock().unwrap(), expected);
    assert_eq!(
        *log.0.parents.lock().unwrap(),
        [None, Some(1), Some(1), Some(1)]
    );
    let events = log.0.events.lock().unwrap();
    let messages: Vec<&str> = events.iter().map(|event| &*event["message"]).collect();
    assert_eq!(
        messages,
        [
            "repeating a call",
            "repeating a call",
            "called an operation"
        ]
    );
    assert!(!format!("{expected:?} {events:?}").contains("s3cret"));
}

/// Keeps what is measured.
#[derive(Default)]
struct Meter(Arc<Mutex<Vec<(String, f64)>>>);

struct Measured(String, Arc<Mutex<Vec<(String, f64)>>>);

impl HistogramFn for Measured {
    fn record(&self, value: f64) {
        self.1.lock().unwrap().push((self.0.clone(), value));
    }
}

impl metrics::Recorder for Meter {
    fn describe_counter(&self, _: KeyName, _: Option<metrics::Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<metrics::Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<metrics::Unit>, _: SharedString) {}

    fn register_counter(&self, _: &Key, _: &Meta<'_>) -> Counter {
        Counter::noop()
    }

    fn register_gauge(&self, _: &Key, _: &Meta<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Meta<'_>) -> Histogram {
        let labels = key
            .labels()
            .map(|label| format!(" {}={}", label.key(), label.value()));
        let line = key.name().to_owned() + &labels.collect::<String>();
        Histogram::from_arc(Arc::new(Measured(line, self.0.clone())))
    }
}

#[test]
fn attempts_are_measured() {
    let meter = Meter::default();
    metrics::with_local_recorder(&meter, || {
        let recorder = Recorder::new().json(503, &json!({})).json(200, &json!([]));
        let client = client(recorder).build().unwrap();
        block_on(client.oauth().get_oauth_apps()).unwrap();
    });
    let measured = meter.0.lock().unwrap();
    let lines: Vec<&str> = measured.iter().map(|(line, _)| &**line).collect();
    let line = "http.client.request.duration http.request.method=GET url.template=/api/v4/oauth/apps \
                server.address=chat.test server.port=443 http.response.status_code=";
    assert_eq!(
        lines,
        [format!("{line}503 error.type=503"), format!("{line}200")]
    );
    assert!(
        measured
            .iter()
            .all(|(_, seconds)| (0.0..1.0).contains(seconds))
    );
}
