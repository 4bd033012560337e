//! A call that is ready to be made, and what comes back. Needs no other file.

use std::fmt;
use std::task::{Context, Poll};

use serde::Serialize;

use super::{Body, BoxFuture, Error, RawResponse};

/// A call that is ready to be made.
pub struct Call(BoxFuture<'static, Result<Reply, Failure>>);

/// The result of a call.
pub enum Reply {
    /// A response, whatever its status.
    Response(RawResponse),
    /// The bytes of a successful response, as they arrive.
    Bytes(Body),
    /// Values as JSON, as they arrive: the items of a list, events, lines.
    Values(Values),
}

/// The JSON texts of values that arrive one after the other, their properties in the order of their types.
pub type Values = Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<Result<String, Failure>>> + Send>;

/// Why a call has no result.
#[derive(Debug)]
pub enum Failure {
    /// A response that is an error, or isn't as documented.
    Response(Box<RawResponse>, String),
    /// The request isn't valid, and wasn't sent.
    Request(String),
    /// There is no response, or only an incomplete one.
    Network(String),
}

impl Call {
    /// A call whose response is collected and not decoded.
    pub(crate) fn response<E: 'static>(
        sending: impl Future<Output = Result<RawResponse, Error<E>>> + Send + 'static,
    ) -> Self {
        Self::new(async { Ok(Reply::Response(sending.await.map_err(Failure::of)?)) })
    }

    /// A call of which the reply is made by a future.
    pub(crate) fn new(
        reply: impl Future<Output = Result<Reply, Failure>> + Send + 'static,
    ) -> Self {
        Self(Box::pin(reply))
    }

    /// Makes the call.
    pub(crate) async fn reply(self) -> Result<Reply, Failure> {
        self.0.await
    }
}

impl Failure {
    /// The failure of a call.
    #[allow(clippy::needless_pass_by_value)] // for `map_err`
    pub(crate) fn of<E>(error: Error<E>) -> Self {
        let message = error.to_string();
        match (&error, error.response()) {
            (_, Some(response)) => Self::Response(Box::new(response.clone()), message),
            (Error::Request(_), None) => Self::Request(message),
            _ => Self::Network(message),
        }
    }
}

/// The JSON text of a value.
pub(crate) fn json_text(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Network(error.to_string()))
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Call(…)")
    }
}
