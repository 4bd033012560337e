//! The transport that is used unless another is given. Needs `body.rs`, `time_limit.rs`, `transport.rs`; crate `reqwest`.

use http_body_util::BodyExt;

use super::time_limit::TimeLimit;
use super::{Body, BoxFuture, Transport, TransportError};

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// Sends requests with [`reqwest`].
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with a connection pool of its own.
    ///
    /// It follows redirects within the same scheme, host and port only. One that leads elsewhere is handed back as
    /// the response that it is, so that credentials go to nobody but the server that was named.
    ///
    /// # Errors
    /// TLS couldn't be set up.
    pub fn new() -> Result<Self, TransportError> {
        let client = ::reqwest::Client::builder()
            .redirect(redirects())
            .build()
            .map_err(TransportError::new)?;
        Ok(Self { client })
    }
}

/// A client with settings of its own, such as proxies, certificates, or other rules for redirects.
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
            let answer = async {
                let response = self.client.execute(request).await;
                let response = http::Response::from(response.map_err(transport_error)?);
                Ok(response.map(|body| Body::stream(body.map_err(transport_error))))
            };
            limit.keep(answer).await
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

fn redirects() -> ::reqwest::redirect::Policy {
    ::reqwest::redirect::Policy::custom(|attempt| {
        let origin = |url: &::reqwest::Url| {
            (
                url.scheme().to_owned(),
                url.host_str().map(str::to_owned),
                url.port_or_known_default(),
            )
        };
        let stays = attempt
            .previous()
            .last()
            .is_some_and(|from| origin(from) == origin(attempt.url()));
        if stays && attempt.previous().len() <= MAX_REDIRECTS {
            attempt.follow()
        } else {
            attempt.stop()
        }
    })
}
