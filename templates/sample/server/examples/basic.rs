//! Serves the API at http://127.0.0.1:3000 until Ctrl-C; operations respond with 501 until they
//! are implemented.

use std::pin::pin;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

use sample_server::{
    AuthError, Credentials, FilesApi, OauthApi, Server, ShopApi, ValuesApi,
};

struct Provider;

impl OauthApi for Provider {
    type Session = String;
}

impl FilesApi for Provider {}

impl ShopApi for Provider {}

impl ValuesApi for Provider {}

async fn authenticate(credentials: Credentials) -> Result<String, AuthError> {
    match credentials.bearer() {
        Some("secret") => Ok("a user".to_owned()),
        _ => Err(AuthError::Unauthorized),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = Server::builder(Provider).authenticate(authenticate).build();
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    let mut http = Builder::new(TokioExecutor::new());
    // A connection is closed if the head of a request takes longer; the server limits the time of bodies.
    let (timer, head) = (TokioTimer::new(), Duration::from_secs(15));
    http.http1().timer(timer).header_read_timeout(head);

    let connections = GracefulShutdown::new();
    let mut end = pin!(tokio::signal::ctrl_c());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let service = TowerToHyperService::new(service.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(connections.watch(connection.into_owned()));
    }

    // Requests that are being handled have time to finish; streams of events, which are endless, are closed then.
    let ended = connections.shutdown();
    let grace = Duration::from_secs(10);
    tokio::time::timeout(grace, ended).await.ok();
    Ok(())
}
