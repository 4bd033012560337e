//! The events that calls emit for `tracing`.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use sample_client::{Client, Recorder};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Records the fields of all events.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event()
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Line<'l>(&'l mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() != "milliseconds" {
            write!(self.0, "{}={value:?} ", field.name()).unwrap();
        }
    }
}

#[test]
fn a_call_is_told_without_its_arguments() {
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let recorder = Recorder::new().json(404, &serde_json::json!({}));
        let client = Client::builder("http://chat.test")
            .bearer("s3cret")
            .transport(recorder);
        let call = client.build().unwrap().oauth().get_oauth_app("s3cret");
        let _ = runtime.block_on(call.into_future());
    });
    assert_eq!(
        *log.0.lock().unwrap(),
        "message=called an operation operation=\"GetOAuthApp\" method=GET path=\"/api/v4/oauth/apps/{app_id}\" status=404 "
    );
}
