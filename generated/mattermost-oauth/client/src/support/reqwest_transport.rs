//! The transport that is used unless another is given. Needs `body.rs`, `time_limit.rs`, `transport.rs`; crate `reqwest`.

use http_body_util::BodyExt;

use super::time_limit::TimeLimit;
use super::{Body, BoxFuture, Transport, TransportError};

/// The default transport, reqwest.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
}

impl ReqwestTransport {
    /// Creates a transport with a connection pool of its own.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub fn new() -> Result<Self, TransportError> {
        let client = ::reqwest::Client::builder()
            .redirect(::reqwest::redirect::Policy::none())
            .build()
            .map_err(TransportError::new)?;
        Ok(Self { client })
    }
}

/// A client with settings of its own, such as proxies and certificates.
///
/// Set `redirect(Policy::none())`: reqwest would follow redirects by rules of its own, even those that the description documents as
/// responses.
impl From<::reqwest::Client> for ReqwestTransport {
    fn from(client: ::reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let limit = TimeLimit::of(&request);
            let request =
                ::reqwest::Request::try_from(request.map(reqwest_body)).map_err(transport_error)?;
            let response = async {
                let response = self.client.execute(request).await;
                let response = http::Response::from(response.map_err(transport_error)?);
                Ok(response.map(|body| body.map_err(transport_error)))
            };
            limit.keep(response).await
        })
    }
}

fn reqwest_body(body: Body) -> ::reqwest::Body {
    match body.into_bytes() {
        Ok(bytes) => bytes.into(),
        Err(stream) => ::reqwest::Body::wrap(stream),
    }
}

/// The error without its URL: the query may hold a key.
fn transport_error(error: ::reqwest::Error) -> TransportError {
    match error.is_timeout() {
        true => TransportError::timeout(error.without_url()),
        false => TransportError::new(error.without_url()),
    }
}
