//! Calls outside of async code. Needs `body.rs`, `error.rs`, `operation.rs`, `response.rs`, `transport.rs`; crate `tokio` (rt-multi-thread).

use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use bytes::Bytes;

use tokio::runtime::{self, Handle};

use super::{Body, BoxError, BoxFuture, Error, OperationInfo, RawResponse, TransportError};

/// The runtime of blocking calls, started by the first one.
///
/// It has a thread of its own. If it ran only in the calling thread, connections would stop between blocking calls, and so would an async
/// call of the same client that uses one of these connections.
#[derive(Debug, Default)]
pub(crate) struct Runtime(OnceLock<runtime::Runtime>);

impl Runtime {
    /// Waits for a response. Fails inside an async runtime, as it would block all other tasks of the thread.
    pub(crate) fn wait<T>(
        &self,
        operation: &'static OperationInfo,
        response: BoxFuture<'static, Result<T, Error>>,
    ) -> Result<T, Error> {
        if Handle::try_current().is_ok() {
            return Err(Error::Blocking { operation });
        }
        let runtime = self.started().map_err(|error| Error::Transport {
            operation,
            error: TransportError::permanent(error),
            attempts: 0,
        })?;
        runtime.block_on(response)
    }

    /// A call that also goes on where there is no runtime: between blocking calls, in the runtime of these.
    pub(crate) fn driven(
        &self,
        operation: &'static OperationInfo,
        call: BoxFuture<'static, Result<RawResponse, Error>>,
    ) -> BoxFuture<'static, Result<RawResponse, Error>> {
        let runtime = self.0.get().filter(|_| Handle::try_current().is_err());
        let Some(runtime) = runtime else {
            return call;
        };
        let task = runtime.spawn(call);
        Box::pin(async move {
            let ended = |error| Error::Transport {
                operation,
                error: TransportError::permanent(error),
                attempts: 0,
            };
            task.await.unwrap_or_else(|error| Err(ended(error)))
        })
    }

    fn started(&self) -> std::io::Result<&runtime::Runtime> {
        if let Some(runtime) = self.0.get() {
            return Ok(runtime);
        }
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        Ok(self.0.get_or_init(|| runtime))
    }
}

/// A client may be dropped in async code, where a runtime must not wait for its threads.
impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Reading a body outside of async code. Needs the client that the body comes from to exist.
impl Body {
    /// Like [`chunk`](Self::chunk), outside of async code.
    ///
    /// # Errors
    /// Like those of `chunk`; or the call is made inside an async runtime.
    pub fn chunk_blocking(&mut self) -> Option<Result<Bytes, BoxError>> {
        waited_for(self.chunk()).unwrap_or_else(|| Some(Err(INSIDE_RUNTIME.into())))
    }

    /// Like [`bytes`](Self::bytes), outside of async code.
    ///
    /// # Errors
    /// Like those of `bytes`; or the call is made inside an async runtime.
    pub fn bytes_blocking(self) -> Result<Bytes, BoxError> {
        waited_for(self.bytes()).unwrap_or_else(|| Err(INSIDE_RUNTIME.into()))
    }

    /// Returns an iterator over the chunks, outside of async code.
    pub fn blocking(mut self) -> impl Iterator<Item = Result<Bytes, BoxError>> {
        std::iter::from_fn(move || self.chunk_blocking())
    }
}

const INSIDE_RUNTIME: &str = "a blocking call inside an async runtime";

/// Waits for a future that the client's runtime drives. `None` inside an async runtime, where waiting would block all other tasks of the
/// thread.
pub(crate) fn waited_for<F: Future>(future: F) -> Option<F::Output> {
    if Handle::try_current().is_ok() {
        return None;
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return Some(output),
            Poll::Pending => std::thread::park(),
        }
    }
}

/// Wakes a waiting thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
