//! Hooks around the attempts of calls. Needs `attempt.rs`, `body.rs`, `error.rs`, `response.rs`.

use super::{Attempt, Body, BoxError, Error, RawResponse};

/// Is told of each attempt of each call.
///
/// ```text
/// struct Signed(Key);
///
/// impl Hook for Signed {
///     fn before(&self, _: Attempt, request: &mut http::Request<Body>) -> Result<(), BoxError> {
///         let signature = self.0.sign(request.uri().path())?;
///         request.headers_mut().insert("x-signature", signature);
///         Ok(())
///     }
/// }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Called with each request, complete with its credentials, before it is sent; again if it is redirected, or sent with a new token.
    /// It may change the request.
    ///
    /// # Errors
    /// The request can't be sent: the call fails, and isn't repeated.
    fn before(
        &self,
        _attempt: Attempt,
        _request: &mut http::Request<Body>,
    ) -> Result<(), BoxError> {
        Ok(())
    }

    /// Called with the result of each attempt, whatever the status of its response. Not called if the call is dropped.
    fn after(&self, _attempt: Attempt, _result: Result<&RawResponse, &Error>) {}
}
