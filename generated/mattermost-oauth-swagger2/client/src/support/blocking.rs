//! Calls outside of async code. Needs `body.rs`, `error.rs`, `operation.rs`, `response.rs`, `transport.rs`; crate `tokio` (rt-multi-thread).

use std::sync::OnceLock;

use tokio::runtime::{self, Handle};

use super::{BoxFuture, Error, Operation, RawResponse, TransportError};

/// The runtime behind blocking calls, started by the first of them.
///
/// It has a thread of its own. If it ran in the calling thread only, connections would stand still between blocking
/// calls, and so would an async call of the same client that was given one of them from the pool.
#[derive(Debug, Default)]
pub(crate) struct Runtime(OnceLock<runtime::Runtime>);

impl Runtime {
    /// Waits for a response. Inside an async runtime this fails, as it would stop all other tasks of the thread.
    pub(crate) fn wait(
        &self,
        operation: &'static Operation,
        response: BoxFuture<'static, Result<RawResponse, Error>>,
    ) -> Result<RawResponse, Error> {
        if Handle::try_current().is_ok() {
            return Err(Error::Blocking { operation });
        }
        let runtime = self.started().map_err(|error| Error::Transport {
            operation,
            error: TransportError::new(error),
        })?;
        runtime.block_on(response)
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

/// A client may be dropped inside of async code, where a runtime must not wait for its threads.
impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
