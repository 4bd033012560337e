//! A transport without reqwest. Needs `body.rs`, `received.rs`, `transport.rs`; crates `hyper-util`, `tokio` and `tower-service`, and
//! `hyper-rustls` and `rustls` behind the feature `hyper-rustls`.

use std::error::Error;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::{self, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower_service::Service;

use super::received::received;
use super::{Body, BoxError, BoxFuture, Limits, Transport, TransportError};

/// How often the operating system asks whether an idle connection still exists.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A transport by hyper-util, which is the default if the feature `reqwest` is disabled. It needs a runtime of tokio.
///
/// It speaks HTTP/1.1 and, where TLS agrees on it, HTTP/2, and uses no proxy. For other settings give a hyper-util client of your own to
/// `TowerTransport` (feature `tower`).
#[derive(Debug, Clone)]
pub struct HyperTransport {
    client: legacy::Client<Within<Connector>, Body>,
}

impl HyperTransport {
    /// Creates a transport with a connection pool of its own.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub fn new() -> Result<Self, TransportError> {
        Ok(Self::built(connector(None)?, None))
    }

    /// Creates a transport with a connection pool of its own, which sets up a connection within this time or fails.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub fn with_connect_timeout(timeout: Duration) -> Result<Self, TransportError> {
        Self::with_identity(timeout, None)
    }

    /// Creates a transport with a connection pool of its own, which shows a client certificate (mutual TLS): PEM with the certificate, those
    /// that vouch for it, and its private key. Needs the feature `hyper-rustls`.
    ///
    /// # Errors
    /// TLS can't be set up, or isn't there; or this isn't a certificate with its key.
    pub fn with_client_certificate(pem: impl AsRef<[u8]>) -> Result<Self, TransportError> {
        Ok(Self::built(connector(Some(pem.as_ref()))?, None))
    }

    /// Like [`with_connect_timeout`](Self::with_connect_timeout), with a client certificate or without.
    pub(crate) fn with_identity(
        timeout: Duration,
        pem: Option<&[u8]>,
    ) -> Result<Self, TransportError> {
        Ok(Self::built(connector(pem)?, Some(timeout)))
    }

    fn built(connector: Connector, limit: Option<Duration>) -> Self {
        let client = legacy::Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .build(Within { connector, limit });
        Self { client }
    }
}

impl Transport for HyperTransport {
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
        Box::pin(async move {
            check_scheme(request.uri())?;
            let response = self.client.request(request).await;
            received(response.map_err(transport_error)?, limits).await
        })
    }
}

/// What connects by TCP.
fn tcp() -> HttpConnector {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_keepalive(Some(KEEP_ALIVE));
    tcp
}

#[cfg(feature = "hyper-rustls")]
type Connector = hyper_rustls::HttpsConnector<HttpConnector>;

#[cfg(not(feature = "hyper-rustls"))]
type Connector = HttpConnector;

#[cfg(feature = "hyper-rustls")]
fn connector(identity: Option<&[u8]>) -> Result<Connector, TransportError> {
    use hyper_rustls::{ConfigBuilderExt, HttpsConnectorBuilder};
    use rustls::ClientConfig;
    use rustls::crypto::{CryptoProvider, ring};

    // What the program has chosen, else ring.
    let chosen = CryptoProvider::get_default().cloned();
    let provider = chosen.unwrap_or_else(|| ring::default_provider().into());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(ConfigBuilderExt::try_with_platform_verifier)
        .map_err(TransportError::new)?;
    let config = match identity {
        None => config.with_no_client_auth(),
        Some(pem) => {
            let (chain, key) = identity_of(pem).map_err(TransportError::new)?;
            let config = config.with_client_auth_cert(chain, key);
            config.map_err(TransportError::new)?
        }
    };
    let connector = HttpsConnectorBuilder::new().with_tls_config(config);
    Ok(connector
        .https_or_http()
        .enable_all_versions()
        .wrap_connector(tcp()))
}

#[cfg(not(feature = "hyper-rustls"))]
fn connector(identity: Option<&[u8]>) -> Result<Connector, TransportError> {
    match identity {
        None => Ok(tcp()),
        Some(_) => Err(TransportError::new(
            "client certificates need the feature `hyper-rustls`",
        )),
    }
}

/// A certificate with those that vouch for it, and its key.
#[cfg(feature = "hyper-rustls")]
type Identity = (
    Vec<rustls::pki_types::CertificateDer<'static>>,
    rustls::pki_types::PrivateKeyDer<'static>,
);

#[cfg(feature = "hyper-rustls")]
fn identity_of(pem: &[u8]) -> Result<Identity, rustls::pki_types::pem::Error> {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};

    let chain = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>()?;
    Ok((chain, PrivateKeyDer::from_pem_slice(pem)?))
}

#[cfg(feature = "hyper-rustls")]
fn check_scheme(_: &Uri) -> Result<(), TransportError> {
    Ok(())
}

/// Without TLS nothing is sent to a server that expects it.
#[cfg(not(feature = "hyper-rustls"))]
fn check_scheme(uri: &Uri) -> Result<(), TransportError> {
    if uri.scheme() == Some(&http::uri::Scheme::HTTPS) {
        let problem = "https needs the feature `hyper-rustls`";
        return Err(TransportError::permanent(problem));
    }
    Ok(())
}

/// Connects within a time limit, which covers looking up the host's name and the handshake of TLS, too.
#[derive(Debug, Clone)]
struct Within<C> {
    connector: C,
    limit: Option<Duration>,
}

impl<C> Service<Uri> for Within<C>
where
    C: Service<Uri>,
    C::Error: Into<BoxError>,
    C::Future: Send + 'static,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<C::Response, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (connecting, limit) = (self.connector.call(uri), self.limit);
        Box::pin(async move {
            let Some(limit) = limit else {
                return connecting.await.map_err(Into::into);
            };
            match tokio::time::timeout(limit, connecting).await {
                Ok(connected) => connected.map_err(Into::into),
                Err(_) => Err(TransportError::timeout("connecting took too long").into()),
            }
        })
    }
}

/// A time limit may be among the causes.
fn transport_error(error: legacy::Error) -> TransportError {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    let mut limits = causes.filter_map(|cause| cause.downcast_ref::<TransportError>());
    let is_timeout = limits.any(TransportError::is_timeout);
    match is_timeout {
        true => TransportError::timeout(error),
        false => TransportError::new(error),
    }
}
