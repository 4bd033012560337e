//! Serves streamable HTTP. Needs `handler.rs`; packages behind the feature `streamable-http`.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;
use tower_service::Service;

use super::{BoxFuture, Handler};

type HttpService<C> = StreamableHttpService<Handler<C>, LocalSessionManager>;

/// Serves at an address for ever. Requests need the token, if there is one; those of browsers, and those for other hosts than this computer
/// or the given ones are rejected, as a page that a user visits could send them.
pub(crate) async fn serve_http<C: Send + Sync + 'static>(
    handler: Handler<C>,
    address: &str,
    hosts: &[String],
    token: Option<String>,
) -> Result<(), String> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|error| format!("{address} can't be listened at: {error}"))?;
    let local = listener.local_addr().map_err(|error| error.to_string())?;
    let mut config = StreamableHttpServerConfig::default().enforce_origin_validation();
    config.allowed_hosts.extend(hosts.iter().cloned());
    let guarded = Guarded {
        service: StreamableHttpService::new(
            move || Ok(handler.clone()),
            Arc::new(LocalSessionManager::default()),
            config,
        ),
        token: token.map(|token| format!("Bearer {token}").into()),
    };
    eprintln!("serving at http://{local}");
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, or who called is gone.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(guarded.clone());
        tokio::spawn(async move {
            let builder = Builder::new(TokioExecutor::new());
            // Callers may leave at any time.
            let _ = builder
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// A service that asks for a token.
struct Guarded<C: 'static> {
    service: HttpService<C>,
    /// The value that the header `Authorization` has to have.
    token: Option<Arc<str>>,
}

impl<C> Clone for Guarded<C> {
    fn clone(&self) -> Self {
        Self {
            service: self.service.clone(),
            token: self.token.clone(),
        }
    }
}

impl<C> Guarded<C> {
    fn accepts<B>(&self, request: &Request<B>) -> bool {
        self.token.as_deref().is_none_or(|token| {
            let given = request.headers().get(AUTHORIZATION);
            given.is_some_and(|given| is_same(given.as_bytes(), token.as_bytes()))
        })
    }
}

/// Whether texts are the same, in a time that doesn't tell how much of them is.
fn is_same(given: &[u8], wanted: &[u8]) -> bool {
    let pairs = given.iter().zip(wanted);
    let different = pairs.fold(0, |different, (a, b)| different | (a ^ b));
    given.len() == wanted.len() && different == 0
}

impl<C, B> Service<Request<B>> for Guarded<C>
where
    C: Send + Sync + 'static,
    HttpService<C>: Service<
            Request<B>,
            Response = Response<BoxBody<Bytes, Infallible>>,
            Error = Infallible,
            Future: Send + 'static,
        >,
{
    type Response = Response<BoxBody<Bytes, Infallible>>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        if self.accepts(&request) {
            return Box::pin(self.service.call(request));
        }
        let mut response = Response::new(BoxBody::default());
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        let challenge = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        Box::pin(async { Ok(response) })
    }
}
