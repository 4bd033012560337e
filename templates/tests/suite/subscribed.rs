//! Runs something with a subscriber of `tracing`, next to tests that have none.

use std::sync::OnceLock;

use tracing::callsite::rebuild_interest_cache;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, with_default};
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// Runs something with a subscriber for this thread.
///
/// Whether anybody listens to a span or an event is remembered for the whole process when any thread comes upon it first, which may be
/// in a test without a subscriber. With two subscribers that decide each time, nothing is ever remembered as unheard.
pub fn subscribed<T>(
    subscriber: impl Subscriber + Send + Sync + 'static,
    run: impl FnOnce() -> T,
) -> T {
    static UNDECIDED: OnceLock<[Dispatch; 2]> = OnceLock::new();
    UNDECIDED.get_or_init(|| [Dispatch::new(Undecided), Dispatch::new(Undecided)]);
    with_default(subscriber, || {
        rebuild_interest_cache();
        run()
    })
}

struct Undecided;

impl Subscriber for Undecided {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        false
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
