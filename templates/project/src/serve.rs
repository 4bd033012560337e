//! Connections: how they are served, and how they end.

use std::pin::pin;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use api_server::runtime::Shutdown;

/// How long the head of a request may take, and a connection be idle. The server of the API limits the time of bodies.
const HEAD: Duration = Duration::from_secs(30);

/// How long to wait when the operating system has no more files to open.
const OUT_OF_FILES: Duration = Duration::from_millis(100);

/// Serves connections until `end`, then gives requests that are being handled some time. Returns whether that was enough.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    grace: Duration,
    shutdown: &Shutdown,
    end: impl Future<Output = ()>,
) -> bool {
    let mut http = Builder::new(TokioExecutor::new());
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD);
    let connections = GracefulShutdown::new();
    let mut end = pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            sleep(OUT_OF_FILES).await;
            continue;
        };
        stream.set_nodelay(true).ok();
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection.into_owned());
        tokio::spawn(async move {
            // It ends with an error when a peer hangs up, is too slow or doesn't speak HTTP.
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended: {error}");
            }
        });
    }
    drop(listener);
    // Streams of events have no end of their own.
    shutdown.begin();
    let finished = async {
        connections.shutdown().await;
        shutdown.finished().await;
    };
    timeout(grace, finished).await.is_ok()
}

/// Ends with Ctrl-C, or with what service managers send.
pub async fn signal() {
    let ctrl_c = async { tokio::signal::ctrl_c().await.ok() };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => terminate.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = ctrl_c => {}
        _ = terminate => {}
    }
}
