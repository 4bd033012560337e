//! Serves streamable HTTP. Needs `api.rs`, `handler.rs`, `protected.rs`, `settings.rs`; packages behind the feature `streamable-http`.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::combinators::BoxBody;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;
use tower_service::Service;

use super::{Access, Api, BoxFuture, Handler, Settings};

type HttpService<C> = StreamableHttpService<Handler<C>, LocalSessionManager>;

/// Serves at an address for ever. Requests need a token if the settings or the environment say so; those of browsers, and those for other
/// hosts than this computer or the given ones are rejected, as a page that a user visits could send them.
pub(crate) async fn serve_http<C: Send + Sync + 'static>(
    api: &Api<C>,
    handler: Handler<C>,
    address: &str,
    settings: &Settings,
) -> Result<(), String> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|error| format!("{address} can't be listened at: {error}"))?;
    let local = listener.local_addr().map_err(|error| error.to_string())?;
    let local = format!("http://{local}");
    let variable = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let access = Access::new(api, settings, &local, variable).await?;
    let mut config = StreamableHttpServerConfig::default().enforce_origin_validation();
    config.allowed_hosts.extend(settings.hosts.iter().cloned());
    let guarded = Guarded {
        service: StreamableHttpService::new(
            move || Ok(handler.clone()),
            Arc::new(LocalSessionManager::default()),
            config,
        ),
        access: Arc::new(access),
    };
    eprintln!("serving at {local}");
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

/// A service that responds to those who aren't accepted.
struct Guarded<C: 'static> {
    service: HttpService<C>,
    access: Arc<Access>,
}

impl<C> Clone for Guarded<C> {
    fn clone(&self) -> Self {
        Self {
            service: self.service.clone(),
            access: Arc::clone(&self.access),
        }
    }
}

impl<C, B> Service<Request<B>> for Guarded<C>
where
    C: Send + Sync + 'static,
    B: Send + 'static,
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
        let Self {
            mut service,
            access,
        } = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let response = access.respond(&head.method, head.uri.path(), &head.headers);
            match response.await {
                Some(response) => Ok(response),
                None => service.call(Request::from_parts(head, body)).await,
            }
        })
    }
}
