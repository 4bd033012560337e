//! The transport by hyper-util, over real sockets.

use std::time::Duration;

use axum::Router;
use sample_client::{Client, Error, HyperTransport, Method};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::provider::{body, server};
use crate::socket::serve;

const LONG: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(50);

fn client(url: String) -> Client {
    let builder = Client::builder(url).bearer("good").csrf("c").key("s3cret");
    let transport = HyperTransport::with_connect_timeout(LONG).unwrap();
    builder.transport(transport).no_retries().build().unwrap()
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Reads the head of a request.
async fn requested(listener: &TcpListener) -> TcpStream {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    stream
}

#[tokio::test]
async fn a_call_is_sent_and_answered() {
    let client = client(serve(Router::new().fallback_service(server())).await);
    let app = client.oauth().create_oauth_app(body()).await.unwrap();
    assert_eq!((app.id.as_str(), app.name.as_str()), ("ann", "ci"));
    let app = client.oauth().get_oauth_app("ü/?#%").await.unwrap();
    assert_eq!(app.id, "ü/?#%");
    let Err(Error::Api(error)) = client.oauth().get_oauth_app("nope").await else {
        panic!()
    };
    assert_eq!(error.message(), Some("no such app"));
}

#[tokio::test]
async fn connections_are_used_again() {
    let (listener, url) = listener().await;
    let client = client(url);
    let both = async {
        client.raw(Method::GET, "/a").await.unwrap();
        client.raw(Method::GET, "/b").await.unwrap();
    };
    let served = async {
        let mut stream = requested(&listener).await;
        for _ in 0..2 {
            let response = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(response).await.unwrap();
            // The second request, on the same connection.
            let _ = stream.read(&mut [0; 4096]).await.unwrap();
        }
    };
    tokio::select! {
        () = served => panic!("the connection was closed"),
        done = timeout(LONG, both) => done.unwrap(),
    }
}

#[tokio::test]
async fn what_is_streamed_arrives_before_its_end() {
    let (listener, url) = listener().await;
    let client = client(url);
    let (next, wanted) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(async move {
        let mut stream = requested(&listener).await;
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n";
        let start = format!("{head}content-type: application/octet-stream\r\n\r\n1\r\na\r\n");
        stream.write_all(start.as_bytes()).await.unwrap();
        wanted.await.unwrap();
        stream.write_all(b"1\r\nb\r\n0\r\n\r\n").await.unwrap();
    });
    let mut body = client.files().get_file("x").await.unwrap();
    let first = timeout(LONG, body.chunk()).await.unwrap();
    assert_eq!(first.unwrap().unwrap(), "a");
    next.send(()).unwrap();
    assert_eq!(body.bytes().await.unwrap(), "b");
}

#[tokio::test]
async fn a_refused_connection_says_so_without_keys() {
    let (listener, url) = listener().await;
    drop(listener);
    let error = client(url).oauth().delete_oauth_app("a").await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error}");
    assert!(error.to_string().contains("onnection refused"), "{error}");
    let all = format!("{error} {error:?}");
    assert!(!all.contains("s3cret"), "{all}");
}

#[tokio::test]
async fn a_server_that_never_responds_is_a_timeout() {
    let (_listener, url) = listener().await;
    let client = Client::builder(url).timeout(SHORT).no_retries();
    let client = client.transport(HyperTransport::new().unwrap());
    let called = client.build().unwrap().oauth().get_oauth_apps().await;
    let error = called.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

/// The handshake is a part of connecting.
#[tokio::test]
async fn a_server_that_never_shakes_hands_is_a_timeout() {
    let (_listener, url) = listener().await;
    let transport = HyperTransport::with_connect_timeout(SHORT).unwrap();
    let client = Client::builder(url.replace("http:", "https:")).no_retries();
    let client = client.timeout(LONG).transport(transport).build().unwrap();
    let started = std::time::Instant::now();
    let error = client.oauth().get_oauth_apps().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(started.elapsed() < LONG, "the call's own limit ended it");
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let (listener, url) = listener().await;
    let client = client(url);
    let call = tokio::spawn(async move { client.raw(Method::GET, "/").await });
    let mut stream = requested(&listener).await;
    call.abort();
    let read = timeout(LONG, stream.read(&mut [0; 1])).await;
    // Closed in either way.
    assert!(matches!(read.unwrap(), Ok(0) | Err(_)));
}
