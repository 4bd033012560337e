//! The clock of time limits, and waiting. Needs `body.rs`; `browser.rs` in browsers; crate `tokio` (rt, time) behind the features `hyper`,
//! `reqwest` and `tower`, crates `gloo-timers` and `web-time` in browsers.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::BoxFuture;

/// The clock. Tests can stop tokio's.
#[cfg(all(
    not(any(feature = "hyper", feature = "reqwest", feature = "tower")),
    not(target_family = "wasm")
))]
pub(crate) use std::time::Instant;
#[cfg(all(
    any(feature = "hyper", feature = "reqwest", feature = "tower"),
    not(target_family = "wasm")
))]
pub(crate) use tokio::time::Instant;
#[cfg(target_family = "wasm")]
pub(crate) use web_time::Instant;

/// Waits, for a runtime other than tokio.
///
/// It is implemented for functions: `|time| async move { smol::Timer::after(time).await; }`.
pub trait Sleep: Send + Sync + 'static {
    /// Ends after this time.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;
}

impl<F, R> Sleep for F
where
    F: Fn(Duration) -> R + Send + Sync + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(self(time))
    }
}

/// Waits: by tokio inside of its runtimes, else on a thread.
pub(crate) fn sleep(by: Option<&Arc<dyn Sleep>>, time: Duration) -> BoxFuture<'static, ()> {
    match (by, runtime_sleep(time)) {
        (Some(by), _) => by.sleep(time),
        (None, Some(sleep)) => sleep,
        (None, None) => Box::pin(OnThread::start(time)),
    }
}

/// In a browser, its timer.
#[cfg(target_family = "wasm")]
fn runtime_sleep(time: Duration) -> Option<BoxFuture<'static, ()>> {
    let timer = gloo_timers::future::sleep(time);
    Some(Box::pin(super::browser::run(timer)))
}

/// `None` outside of tokio.
#[cfg(not(target_family = "wasm"))]
fn runtime_sleep(_time: Duration) -> Option<BoxFuture<'static, ()>> {
    #[cfg(any(feature = "hyper", feature = "reqwest", feature = "tower"))]
    if tokio::runtime::Handle::try_current().is_ok() {
        return Some(Box::pin(tokio::time::sleep(_time)));
    }
    None
}

/// A timer of a limit.
pub(crate) enum Timer {
    /// No limit, or no way to keep it.
    None,
    /// Not started, as nothing had to wait yet.
    At(Instant, Option<Arc<dyn Sleep>>),
    /// Running.
    Set(BoxFuture<'static, ()>),
}

impl Timer {
    pub(crate) fn new(end: Option<Instant>, by: Option<&Arc<dyn Sleep>>) -> Self {
        end.map_or(Self::None, |end| Self::At(end, by.cloned()))
    }

    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Self::At(end, by) = self {
            let left = end.saturating_duration_since(Instant::now());
            // A thread for each call would be too many.
            let set = match by {
                Some(by) => Some(by.sleep(left)),
                None => runtime_sleep(left),
            };
            *self = set.map_or(Self::None, Self::Set);
        }
        match self {
            Self::Set(sleep) => sleep.as_mut().poll(cx),
            Self::None | Self::At(..) => Poll::Pending,
        }
    }
}

/// A thread that waits.
struct OnThread(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    is_over: bool,
    waker: Option<Waker>,
}

impl OnThread {
    fn start(time: Duration) -> Self {
        let waiting = Arc::new(Mutex::new(Waiting::default()));
        let shared = waiting.clone();
        let end = move || {
            let mut waiting = shared.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.is_over = true;
            waiting.waker.take()
        };
        let ended = end.clone();
        let thread = std::thread::Builder::new().spawn(move || {
            std::thread::sleep(time);
            if let Some(waker) = end() {
                waker.wake();
            }
        });
        if thread.is_err() {
            // Where there are no threads there is no waiting.
            ended();
        }
        Self(waiting)
    }
}

impl Future for OnThread {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.is_over {
            return Poll::Ready(());
        }
        waiting.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}
