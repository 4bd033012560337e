//! An event for each call. Needs `error.rs`, `operation.rs`, `response.rs`; crate `tracing`.

use std::time::Instant;

use super::{Error, OperationInfo, RawResponse};

/// Waits for a call and emits an event with its result, without arguments, bodies and credentials.
pub(crate) async fn traced(
    operation: &'static OperationInfo,
    call: impl Future<Output = Result<RawResponse, Error>>,
) -> Result<RawResponse, Error> {
    let start = Instant::now();
    let result = call.await;
    tracing::debug!(
        operation = operation.id,
        method = %operation.method,
        path = operation.path,
        status = result.as_ref().ok().map(|response| response.status().as_u16()),
        error = result.as_ref().err().map(tracing::field::display),
        milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        "called an operation"
    );
    result
}
