//! Calls whose response is bytes of any length. Needs `call.rs`.

use super::super::client::Response;
use super::{Body, Call, Error, Failure, Reply};

impl Call {
    /// A call whose successful response is read as it arrives.
    pub(crate) fn bytes<E: 'static>(
        sending: impl Future<Output = Result<Response<Body>, Error<E>>> + Send + 'static,
    ) -> Self {
        Self::new(async {
            let response = sending.await.map_err(Failure::of)?;
            Ok(Reply::Bytes(response.into_body()))
        })
    }
}
