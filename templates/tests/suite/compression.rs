//! Compressed responses: those of tower-http's layer, by each coding.

use std::sync::{Arc, Mutex};

use sample_client::{
    Body, BoxFuture, Client, ClientBuilder, Error, Method, Recorder, TowerTransport, Transport,
    TransportError,
};
use tower_http::CompressionLevel;
use tower_http::compression::Compression;

use crate::provider::{BASE_URL, answer};
use crate::streams::{CHUNK, Counter, server};

const CODINGS: [&str; 3] = ["gzip", "br", "zstd"];

/// What was asked for and how it came: the values of `Accept-Encoding` and `Content-Encoding`.
type Codings = Arc<Mutex<Vec<(Option<String>, Option<String>)>>>;

/// A transport to a server that compresses, which keeps the codings.
struct Seen {
    codings: Codings,
    inner: Box<dyn Transport>,
}

impl Seen {
    /// The server knows these codings only.
    fn new(counter: &Counter, codings: &[&str]) -> Self {
        let compressed = Compression::new(server(counter))
            .gzip(codings.contains(&"gzip"))
            .br(codings.contains(&"br"))
            .zstd(codings.contains(&"zstd"))
            .quality(CompressionLevel::Fastest)
            .compress_when(All);
        Self {
            codings: Codings::default(),
            inner: Box::new(TowerTransport::new(compressed)),
        }
    }
}

/// Has everything compressed.
#[derive(Clone, Copy)]
struct All;

impl tower_http::compression::Predicate for All {
    fn should_compress<B: http_body::Body>(&self, _: &http::Response<B>) -> bool {
        true
    }
}

impl Transport for Seen {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let text = |headers: &http::HeaderMap, name: &str| {
                let value = headers.get(name).map(|value| value.to_str().unwrap());
                value.map(str::to_owned)
            };
            let asked = text(request.headers(), "accept-encoding");
            let response = self.inner.send(request).await?;
            let came = text(response.headers(), "content-encoding");
            self.codings.lock().unwrap().push((asked, came));
            Ok(response)
        })
    }
}

fn client(counter: &Counter, codings: &[&str]) -> (Codings, ClientBuilder) {
    let seen = Seen::new(counter, codings);
    let codings = seen.codings.clone();
    (codings, Client::builder(BASE_URL).transport(seen))
}

#[tokio::test]
async fn responses_come_compressed_and_are_read_as_they_were() {
    for coding in CODINGS {
        let (codings, client) = client(&Counter::default(), &[coding]);
        let files = client.build().unwrap().files();
        let text = "ü".repeat(500);
        let told = files.set_file("a", text.clone()).await.unwrap();
        assert_eq!(told, "1000");
        // Streams are read piece by piece.
        let response = files.get_file("3").send().await.unwrap();
        assert!(!response.headers().contains_key("content-encoding"));
        assert!(!response.headers().contains_key("content-length"));
        let body = response.into_body().bytes().await.unwrap();
        assert_eq!(body, vec![b'x'; 3 * CHUNK]);
        let mut lines = files.get_lines().await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap().id, "0");
        for (asked, came) in codings.lock().unwrap().iter() {
            assert_eq!(asked.as_deref(), Some("zstd, br, gzip"));
            assert_eq!(came.as_deref(), Some(coding));
        }
    }
}

#[tokio::test]
async fn the_limit_of_a_response_is_one_of_what_comes_out() {
    for coding in CODINGS {
        let counter = Counter::default();
        let (_, client) = client(&counter, &[coding]);
        let client = client.max_response_bytes(1 << 20).build().unwrap();
        // 650 megabytes as less than one.
        let bomb = client.files().get_file("10000").send_raw().await;
        let error = bomb.unwrap_err();
        assert!(matches!(error, Error::BodyTooLarge { .. }), "{error}");
        let fine = client.files().get_file("15").send_raw().await.unwrap();
        assert_eq!(fine.bytes().len(), 15 * CHUNK);
    }
}

#[tokio::test]
async fn what_a_call_accepts_itself_is_left_as_it_comes() {
    let (codings, client) = client(&Counter::default(), &CODINGS);
    let files = client.build().unwrap().files();
    let get = || files.get_file("2");
    let raw = get().header("accept-encoding", "gzip").send_raw();
    let raw = raw.await.unwrap();
    assert_eq!(raw.headers()["content-encoding"], "gzip");
    assert_eq!(raw.bytes()[..2], [0x1f, 0x8b]);
    let plain = get().header("accept-encoding", "identity").send_raw();
    assert_eq!(plain.await.unwrap().bytes().len(), 2 * CHUNK);
    // Parts are parts of what was compressed.
    let part = get().header("range", "bytes=0-9").send_raw().await.unwrap();
    assert_eq!(part.bytes().len(), 2 * CHUNK);
    let asked: Vec<_> = codings.lock().unwrap().iter().cloned().collect();
    assert_eq!(asked[2], (None, None));
}

#[tokio::test]
async fn what_was_cut_or_is_not_compressed_at_all_is_an_error() {
    for coding in CODINGS {
        let (_, client) = client(&Counter::default(), &[coding]);
        let files = client.build().unwrap().files();
        let raw = files.get_file("2").header("accept-encoding", coding);
        let raw = raw.send_raw().await.unwrap();
        assert_eq!(raw.headers()["content-encoding"], coding);
        let compressed = raw.bytes().clone();
        let cut = compressed.slice(..compressed.len() - 9);
        for body in [cut, "plain".into()] {
            let mut response = answer(200, "text/plain", body);
            let header = http::HeaderValue::from_static(coding);
            response.headers_mut().insert("content-encoding", header);
            let recorder = Recorder::new().response(response);
            let client = Client::builder(BASE_URL).transport(recorder);
            let call = client.build().unwrap().files().set_file("a", "");
            let error = call.await.unwrap_err();
            assert!(
                matches!(error, Error::Transport { .. }),
                "{coding}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn what_has_no_body_or_is_not_compressed_stays_as_it_is() {
    let mut head = answer(200, "text/plain", "");
    let gzip = http::HeaderValue::from_static("gzip");
    head.headers_mut().insert("content-encoding", gzip);
    let mut other = answer(200, "text/plain", "text");
    let coding = http::HeaderValue::from_static("compress");
    other.headers_mut().insert("content-encoding", coding);
    let recorder = Recorder::new()
        .response(head)
        .response(other)
        .response(answer(200, "text/plain", "text"));
    let client = Client::builder(BASE_URL).transport(recorder);
    let client = client.build().unwrap();
    let head = client.raw(Method::HEAD, "/files/a").await.unwrap();
    assert_eq!(head.headers()["content-encoding"], "gzip");
    let other = client.raw(Method::GET, "/files/a").await.unwrap();
    assert_eq!(other.headers()["content-encoding"], "compress");
    assert_eq!(other.text(), "text");
    // As from a transport that decompresses.
    let done = client.raw(Method::GET, "/files/a").await.unwrap();
    assert_eq!(done.text(), "text");
}
