//! Bodies that say how far they are, and bodies from paths.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use sample_client::files::UploadFileForm;
use sample_client::{
    Body, BoxFuture, Client, File, Progress, Recorder, TowerTransport, Transport, TransportError,
};

use crate::provider::{BASE_URL, answer};
use crate::streams::{CHUNK, Counter, server};

/// Keeps what a body says of itself.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<Amounts>>>);

/// What has passed, and the total if it is known.
type Amounts = (u64, Option<u64>);

impl Told {
    fn by(&self, body: impl Into<Body>) -> Body {
        let told = self.0.clone();
        let tell = move |progress: Progress| {
            let so_far = (progress.bytes, progress.total);
            told.lock().unwrap().push(so_far);
        };
        body.into().on_progress(tell)
    }

    fn all(&self) -> Vec<(u64, Option<u64>)> {
        self.0.lock().unwrap().clone()
    }
}

fn client() -> Client {
    let server = TowerTransport::new(server(&Counter::default()));
    Client::builder(BASE_URL).transport(server).build().unwrap()
}

#[tokio::test]
async fn an_upload_says_how_far_it_is() {
    let (told, size) = (Told::default(), 2 * CHUNK + 10);
    let body = told.by(vec![1; size]);
    assert_eq!(http_body::Body::size_hint(&body).exact(), Some(size as u64));
    let length = client().files().set_file("a", body).await.unwrap();
    assert_eq!(length, size.to_string());
    let total = Some(size as u64);
    let chunk = CHUNK as u64;
    let expected = [(chunk, total), (2 * chunk, total), (2 * chunk + 10, total)];
    assert_eq!(told.all(), expected);
    // Of a stream nobody knows the total; in a form it is that of the part.
    let told = Told::default();
    let form = UploadFileForm::new(told.by(Counter::default().body(2)));
    client().files().upload_file(form).await.unwrap();
    assert_eq!(told.all(), [(chunk, None), (2 * chunk, None)]);
}

#[tokio::test]
async fn a_download_knows_its_total_by_the_content_length() {
    let router = axum::Router::new().fallback(async || "x".repeat(100_000));
    let url = crate::socket::serve(router).await;
    // With a length the response isn't compressed, as the server has no layer for that.
    let body = Client::new(url).unwrap().files().get_file("a").await;
    let told = Told::default();
    let bytes = told.by(body.unwrap()).bytes().await.unwrap();
    assert_eq!(bytes.len(), 100_000);
    let all = told.all();
    assert!(all.iter().all(|(_, total)| *total == Some(100_000)));
    assert_eq!(all.last().unwrap().0, 100_000);
}

#[tokio::test]
async fn what_a_body_is_stays_and_it_is_sent_once() {
    let recorder = Recorder::new()
        .response(answer(503, "text/plain", ""))
        .response(answer(200, "text/plain", "4"));
    let client = Client::builder(BASE_URL)
        .retries(sample_client::Retries::new())
        .transport(recorder.clone());
    let body = Told::default().by(Body::from("text").content_type("text/csv"));
    let error = client.build().unwrap().files().set_file("a", body).await;
    assert_eq!(error.unwrap_err().attempts(), 1);
    assert_eq!(recorder.requests()[0].headers["content-type"], "text/csv");
}

/// A transport that wants to know sizes.
struct Sized(Recorder, Arc<Mutex<Vec<Option<u64>>>>);

impl Transport for Sized {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let size = http_body::Body::size_hint(request.body()).exact();
        self.1.lock().unwrap().push(size);
        self.0.send(request)
    }
}

/// A file of some size, in a directory of its own.
fn on_disk(test: &str, size: usize) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("specwright-{test}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let path = directory.join("käse \"1\".txt");
    std::fs::write(&path, vec![b'y'; size]).unwrap();
    path
}

#[tokio::test]
async fn a_part_is_read_from_its_path() {
    let (path, size) = (on_disk("part", 3 * CHUNK + 1), 3 * CHUNK + 1);
    let (recorder, sizes) = (Recorder::new(), Arc::default());
    let recorder = recorder.respond(|_| Ok(answer(200, "text/plain", "")));
    let transport = Sized(recorder.clone(), Arc::clone(&sizes));
    let client = Client::builder(BASE_URL).transport(transport).build();
    let files = client.unwrap().files();
    let file = File::open(&path).await.unwrap().content_type("text/plain");
    files.upload_file(UploadFileForm::new(file)).await.unwrap();
    let sent = recorder.requests()[0].body.clone();
    assert_eq!(sizes.lock().unwrap()[0], Some(sent.len() as u64));
    let text = String::from_utf8(sent.to_vec()).unwrap();
    assert!(
        text.contains("filename=\"käse %221%22.txt\""),
        "{text:.300}"
    );
    assert!(text.contains(&"y".repeat(size)));
    let body = Body::open(&path).await.unwrap();
    files.set_file("a", body).await.unwrap();
    assert_eq!(sizes.lock().unwrap()[1], Some(size as u64));
    // What a file gets more of isn't sent, what is missing is an error.
    let (longer, shorter) = (Body::open(&path).await, Body::open(&path).await);
    std::fs::write(&path, vec![b'z'; size + 5]).unwrap();
    assert_eq!(longer.unwrap().bytes().await.unwrap().len(), size);
    std::fs::write(&path, "short").unwrap();
    let error = shorter.unwrap().bytes().await.unwrap_err();
    assert_eq!(error.to_string(), "the file has become shorter");
    std::fs::remove_file(&path).unwrap();
    assert!(Body::open(&path).await.is_err());
    assert!(Body::open(path.parent().unwrap()).await.is_err());
    std::fs::remove_dir(path.parent().unwrap()).unwrap();
}

#[test]
fn blocking_calls_send_files_too() {
    let path = on_disk("blocking", 100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let router = axum::Router::new().fallback_service(server(&Counter::default()));
    let url = runtime.block_on(crate::socket::serve(router));
    let files = Client::new(url).unwrap().files();
    let form = UploadFileForm::new(File::open_blocking(&path).unwrap());
    let told = files.upload_file(form).send_blocking().unwrap();
    assert_eq!(told.body(), "file 100000");
    let body = Body::open_blocking(&path).unwrap();
    let told = files.set_file("a", body).send_blocking().unwrap();
    assert_eq!(told.body(), "100000");
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}
