//! The default transport. Needs `body.rs`, `received.rs`, `transport.rs`; crates `reqwest`, and `rustls` behind the feature of this name.

use std::time::Duration;

use http::Uri;
use http::uri::{Authority, PathAndQuery};
#[cfg(not(target_family = "wasm"))]
use http_body_util::BodyExt;

use super::received::received;
use super::{Body, BoxFuture, Limits, Transport, TransportError};

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
        Self::built(::reqwest::Client::builder())
    }

    /// Creates a transport with a connection pool of its own, which sets up a connection within this time or fails.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub fn with_connect_timeout(timeout: Duration) -> Result<Self, TransportError> {
        Self::with_identity(timeout, None)
    }

    /// The same with a client certificate and its key, as PEM.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn with_identity(
        timeout: Duration,
        pem: Option<&[u8]>,
    ) -> Result<Self, TransportError> {
        let builder = ::reqwest::Client::builder().connect_timeout(timeout);
        match pem {
            None => Self::built(builder),
            #[cfg(any(feature = "aws-lc-rs", feature = "rustls"))]
            Some(pem) => {
                let identity = ::reqwest::Identity::from_pem(pem).map_err(TransportError::new)?;
                Self::built(builder.tls_backend_rustls().identity(identity))
            }
            #[cfg(not(any(feature = "aws-lc-rs", feature = "rustls")))]
            Some(_) => Err(TransportError::new(
                "client certificates need the feature `rustls` or `aws-lc-rs`",
            )),
        }
    }

    /// A browser connects, and chooses certificates, by itself.
    #[cfg(target_family = "wasm")]
    pub(crate) fn with_identity(
        _timeout: Duration,
        pem: Option<&[u8]>,
    ) -> Result<Self, TransportError> {
        match pem {
            None => Self::built(::reqwest::Client::builder()),
            Some(_) => Err(TransportError::new("a browser chooses client certificates")),
        }
    }

    fn built(builder: ::reqwest::ClientBuilder) -> Result<Self, TransportError> {
        provide_cryptography();
        #[cfg(not(target_family = "wasm"))]
        let builder = builder.redirect(::reqwest::redirect::Policy::none());
        let client = builder.build().map_err(TransportError::new)?;
        Ok(Self { client })
    }
}

/// Makes ring the cryptography of rustls in this process, unless the program has chosen another one
/// (`rustls::crypto::CryptoProvider::install_default`).
#[cfg(all(
    feature = "rustls",
    not(feature = "aws-lc-rs"),
    not(target_family = "wasm")
))]
fn provide_cryptography() {
    use ::rustls::crypto::{CryptoProvider, ring};

    if CryptoProvider::get_default().is_none() {
        // An error is another thread that was faster.
        let _ = ring::default_provider().install_default();
    }
}

/// reqwest has a cryptography of its own, or needs none.
#[cfg(not(all(
    feature = "rustls",
    not(feature = "aws-lc-rs"),
    not(target_family = "wasm")
)))]
fn provide_cryptography() {}

/// Uses a reqwest client with custom settings, such as proxies and certificates.
///
/// Set `redirect(Policy::none())`; otherwise reqwest follows redirects by its own rules, even those that the description documents as
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
        let limits = Limits::of(request.extensions());
        self.send_within(request, limits)
    }

    fn send_within(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(exchange(self.client.clone(), request, limits))
    }
}

#[cfg(not(target_family = "wasm"))]
async fn exchange(
    client: ::reqwest::Client,
    request: http::Request<Body>,
    limits: Limits,
) -> Result<http::Response<Body>, TransportError> {
    let request = reqwest_request(request)?;
    let response = client.execute(request).await;
    let response = http::Response::from(response.map_err(transport_error)?);
    received(response.map(|body| body.map_err(transport_error)), limits).await
}

/// In a browser, which sends and receives whole bodies.
#[cfg(target_family = "wasm")]
async fn exchange(
    client: ::reqwest::Client,
    request: http::Request<Body>,
    limits: Limits,
) -> Result<http::Response<Body>, TransportError> {
    let (head, body) = request.into_parts();
    let body = body.bytes().await.map_err(TransportError::new)?;
    let request = reqwest_request(http::Request::from_parts(head, body.into()))?;
    let fetched = super::browser::run(async move {
        let response = client.execute(request).await.map_err(transport_error)?;
        let mut whole = http::Response::new(Body::empty());
        *whole.status_mut() = response.status();
        *whole.headers_mut() = response.headers().clone();
        *whole.body_mut() = response.bytes().await.map_err(transport_error)?.into();
        Ok::<_, TransportError>(whole)
    });
    received(fetched.await?, limits).await
}

/// The request as reqwest sends it. reqwest would format the URL piece by piece, to parse it again.
fn reqwest_request(request: http::Request<Body>) -> Result<::reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let url = url(&head.uri).parse().map_err(TransportError::permanent)?;
    let mut request = ::reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    #[cfg(not(target_family = "wasm"))]
    {
        *request.version_mut() = head.version;
    }
    *request.body_mut() = Some(reqwest_body(body));
    Ok(request)
}

fn url(uri: &Uri) -> String {
    let authority = uri.authority().map_or("", Authority::as_str);
    let path = uri.path_and_query().map_or("", PathAndQuery::as_str);
    [uri.scheme_str().unwrap_or_default(), "://", authority, path].concat()
}

fn reqwest_body(body: Body) -> ::reqwest::Body {
    match body.into_bytes() {
        Ok(bytes) => bytes.into(),
        #[cfg(not(target_family = "wasm"))]
        Err(stream) => ::reqwest::Body::wrap(stream),
        // It was collected.
        #[cfg(target_family = "wasm")]
        Err(_) => Vec::new().into(),
    }
}

/// Removes the URL from the error, as the query may contain a key.
fn transport_error(error: ::reqwest::Error) -> TransportError {
    match error {
        _ if error.is_timeout() => TransportError::timeout(error.without_url()),
        _ if error.is_builder() => TransportError::permanent(error.without_url()),
        _ => TransportError::new(error.without_url()),
    }
}
