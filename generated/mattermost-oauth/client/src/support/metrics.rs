//! Measures attempts, by OpenTelemetry's semantic conventions for HTTP clients. Needs `attempt.rs`, `connection.rs`, `error.rs`, `response.rs`;
//! crate `metrics`.

#[cfg(not(target_family = "wasm"))]
use std::time::Instant;
#[cfg(target_family = "wasm")]
use web_time::Instant;

use http::Method;
use metrics::{Label, Unit};

use super::connection::Inner;
use super::{Attempt, Error, RawResponse};

/// The histogram of how long attempts take, in seconds.
const DURATION: &str = "http.client.request.duration";

/// Waits for an attempt and measures it, with the facts of the operation and of the response.
pub(crate) async fn measured(
    client: &Inner,
    attempt: Attempt,
    method: &Method,
    work: impl Future<Output = Result<RawResponse, Error>>,
) -> Result<RawResponse, Error> {
    let start = Instant::now();
    let result = work.await;
    let mut labels = vec![
        Label::new("http.request.method", method.to_string()),
        Label::new("url.template", attempt.operation.path),
        Label::new("server.address", client.authority.host().to_owned()),
        Label::new("server.port", client.port().to_string()),
    ];
    let status = match &result {
        Ok(response) => Some(response.status()),
        Err(error) => error.status(),
    };
    if let Some(status) = status {
        let status = status.as_str().to_owned();
        labels.push(Label::new("http.response.status_code", status));
    }
    if let Some(error_type) = Error::type_of(&result) {
        labels.push(Label::new("error.type", error_type));
    }
    metrics::describe_histogram!(DURATION, Unit::Seconds, "How long HTTP requests take.");
    metrics::histogram!(DURATION, labels).record(start.elapsed().as_secs_f64());
    result
}
