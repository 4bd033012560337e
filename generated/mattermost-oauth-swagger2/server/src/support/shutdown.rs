//! The end of a server: streams end, and tasks are waited for. Needs `body.rs`.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;
use tokio::sync::watch;

use super::{Body, BoxError, BoxFuture};

/// Tells a server to end, and waits for what it still does; see [`ServerBuilder::shutdown`](super::ServerBuilder::shutdown). Clones are
/// about the same server.
#[derive(Clone)]
pub struct Shutdown(Arc<Inner>);

struct Inner {
    has_begun: watch::Sender<bool>,
    /// Each stream and each task has a receiver.
    at_work: watch::Sender<()>,
}

/// Marks a response whose stream has no end of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Endless;

/// Something that has to be waited for, as long as it exists.
#[derive(Debug)]
pub(crate) struct AtWork(#[allow(dead_code)] watch::Receiver<()>);

impl Shutdown {
    /// Creates a handle.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Inner {
            has_begun: watch::Sender::new(false),
            at_work: watch::Sender::new(()),
        }))
    }

    /// Begins: streams of events and of lines end, so that their connections can be closed.
    pub fn begin(&self) {
        self.0.has_begun.send_replace(true);
    }

    /// Whether it has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.0.has_begun.borrow()
    }

    /// Waits until it begins.
    pub async fn begun(&self) {
        let mut has_begun = self.0.has_begun.subscribe();
        // An error would mean that the sender is gone, but this has it.
        has_begun.wait_for(|has_begun| *has_begun).await.ok();
    }

    /// Waits until all streams and all [detached](super::ServerBuilder::detached) methods have ended.
    pub async fn finished(&self) {
        self.0.at_work.closed().await;
    }

    pub(crate) fn at_work(&self) -> AtWork {
        AtWork(self.0.at_work.subscribe())
    }

    /// The body, which ends at the latest when the shutdown begins.
    pub(crate) fn ending(&self, body: Body) -> Body {
        let shutdown = self.clone();
        Body::stream(Ending {
            body: Some((body, self.at_work())),
            end: Box::pin(async move { shutdown.begun().await }),
        })
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Shutdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has_begun = self.has_begun();
        f.debug_struct("Shutdown")
            .field("has_begun", &has_begun)
            .finish_non_exhaustive()
    }
}

struct Ending {
    /// `None` after its end.
    body: Option<(Body, AtWork)>,
    end: BoxFuture<'static, ()>,
}

impl http_body::Body for Ending {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        let Some((body, _)) = &mut this.body else {
            return Poll::Ready(None);
        };
        let frame = match this.end.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => Pin::new(body).poll_frame(cx),
        };
        if let Poll::Ready(None) = frame {
            // Whoever fills it gets to know.
            this.body = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body
            .as_ref()
            .is_none_or(|(body, _)| body.is_end_stream())
    }
}
