//! Bodies that are never in memory as a whole: between client and server, and produced by functions or tasks.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::StreamExt;
use http_body::Frame;
use sample_client::files::GetEventsResponse;
use sample_client::types::OAuthApp;
use sample_client::{Body, Bytes, Client, Error, Recorder};
use sample_server::files::{
    AskTalkError, GetEventsError, GetEventsResponse as SentEvents, GetFileError, GetLinesError,
    GetSequenceError, GetTalkError, SetFileError, UploadFileError, UploadFileForm,
};
use sample_server::{
    BodySender, Call, Events, FilesApi, Lines, Multipart, OauthApi, Problem, Server, ShopApi,
    ValuesApi,
};
use serde_json::json;

use crate::provider::{BASE_URL, Session, Tokens, answer, oauth_app};

/// A body of these chunks.
pub fn pieces<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Body {
    let pieces: Vec<Bytes> = pieces.into_iter().map(Bytes::copy_from_slice).collect();
    Body::unfold(pieces.into_iter(), |mut pieces| async move {
        Ok::<_, std::io::Error>(pieces.next().map(|piece| (piece, pieces)))
    })
}

/// Counts the chunks of a body that have been produced and received.
#[derive(Clone, Default)]
pub struct Counter {
    made: Arc<AtomicUsize>,
    taken: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

pub const CHUNK: usize = 64 << 10;

impl Counter {
    /// A body with this number of chunks.
    pub fn body(&self, chunks: usize) -> Body {
        let counter = self.clone();
        Body::unfold(chunks, move |left| {
            let counter = counter.clone();
            async move {
                let Some(left) = left.checked_sub(1) else {
                    return Ok::<_, std::io::Error>(None);
                };
                let made = counter.made.fetch_add(1, Ordering::SeqCst) + 1;
                let held = made - counter.taken.load(Ordering::SeqCst);
                counter.most.fetch_max(held, Ordering::SeqCst);
                Ok(Some((Bytes::from(vec![b'x'; CHUNK]), left)))
            }
        })
    }

    pub fn take(&self) {
        self.taken.fetch_add(1, Ordering::SeqCst);
    }

    /// The greatest number of chunks that existed at once.
    pub fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

/// Counts what it receives, and sends what is requested: `7` is a file of seven chunks.
pub struct Files(Counter);

impl FilesApi for Files {
    async fn upload_file(
        &self,
        _: Call,
        mut body: Multipart<UploadFileForm>,
    ) -> Result<String, UploadFileError> {
        let mut told = Vec::new();
        while let Some(mut part) = body.next_part().await? {
            let (mut length, mut chunks) = (0, 0);
            let name = part.name().unwrap_or_default().to_owned();
            while let Some(chunk) = part.chunk().await? {
                length += chunk.len();
                chunks += 1;
                // A delimiter might begin at the end of a chunk, so chunk boundaries differ.
                if length % CHUNK == 0 {
                    self.0.take();
                }
            }
            assert!(length < 2 * CHUNK || chunks > 1);
            told.push(format!("{name} {length}"));
        }
        Ok(told.join(", "))
    }

    async fn get_file(&self, _: Call, name: String) -> Result<sample_server::Body, GetFileError> {
        let chunks = name
            .parse()
            .map_err(|_| Problem::new(http::StatusCode::NOT_FOUND))?;
        Ok(sample_server::Body::stream(self.0.body(chunks)))
    }

    async fn set_file(
        &self,
        _: Call,
        _: String,
        mut body: sample_server::Body,
    ) -> Result<String, SetFileError> {
        let mut length = 0;
        while let Some(chunk) = body.chunk().await {
            length += chunk
                .map_err(|_| Problem::new(http::StatusCode::BAD_REQUEST))?
                .len();
            self.0.take();
        }
        Ok(length.to_string())
    }

    async fn get_events(&self, _: Call) -> Result<SentEvents, GetEventsError> {
        let (mut sender, events) = Events::channel();
        tokio::spawn(async move {
            for number in 0..100 {
                let app = oauth_app(number.to_string(), "n", ["https://a"]);
                if sender.send(app).await.is_err() {
                    return;
                }
            }
            sender.fail("no more apps");
        });
        Ok(SentEvents::OkEventStream(events))
    }

    async fn get_talk(&self, _: Call) -> Result<Events<String>, GetTalkError> {
        let (mut sender, events) = Events::text_channel();
        tokio::spawn(async move {
            let _ = sender.send("hello,\nworld".to_owned()).await;
            // Nothing more is sent for an hour.
            tokio::time::sleep(Duration::from_secs(3600)).await;
            let _ = sender.send("bye".to_owned()).await;
        });
        Ok(events)
    }

    async fn ask_talk(&self, _: Call) -> Result<Events<String>, AskTalkError> {
        // What users have as a stream is sent as one.
        let words = ["data: one\n\n", "data: two\n\n"].map(|text| Ok::<_, Problem>(text.into()));
        let words = futures_util::stream::iter(words);
        Ok(Events::from_text_body(sample_server::Body::from_stream(
            words,
        )))
    }

    async fn get_lines(&self, _: Call) -> Result<Lines<OAuthApp>, GetLinesError> {
        let (mut sender, lines) = Lines::channel();
        tokio::spawn(async move {
            for number in 0..50 {
                let app = oauth_app(number.to_string(), "n", ["https://a"]);
                sender.send(app).await.unwrap();
            }
        });
        Ok(lines)
    }

    async fn get_sequence(&self, call: Call) -> Result<Lines<OAuthApp>, GetSequenceError> {
        self.get_lines(call).await
    }
}

impl ShopApi for Files {}
impl ValuesApi for Files {}

impl OauthApi for Files {
    type Session = Session;
}

pub fn server(counter: &Counter) -> Server<Files, Tokens> {
    Server::builder(Files(counter.clone()))
        .authenticate(Tokens)
        .max_body_bytes(1000)
        .build()
}

fn client(counter: &Counter) -> Client {
    Client::over(server(counter))
        .max_response_bytes(1000)
        .build()
        .unwrap()
}

const MANY: usize = 1000;

#[tokio::test]
async fn a_response_is_handed_over_as_it_comes() {
    let counter = Counter::default();
    let mut body = client(&counter)
        .files()
        .get_file(MANY.to_string())
        .await
        .unwrap();
    let mut length = 0;
    while let Some(chunk) = body.chunk().await {
        length += chunk.unwrap().len();
        counter.take();
    }
    // 65 megabytes, while collected responses are limited to 1000 bytes.
    assert_eq!((length, counter.most()), (MANY * CHUNK, 1));
}

#[tokio::test]
async fn a_request_is_handed_over_as_it_comes() {
    let counter = Counter::default();
    let files = client(&counter).files();
    let length = files.set_file("a", counter.body(MANY)).await.unwrap();
    assert_eq!((length, counter.most()), ((MANY * CHUNK).to_string(), 1));
}

#[tokio::test]
async fn a_part_is_handed_over_as_it_comes() {
    let counter = Counter::default();
    let files = client(&counter).files();
    let form = sample_client::files::UploadFileForm::new(counter.body(MANY)).note("n");
    let told = files.upload_file(form).await.unwrap();
    assert_eq!(told, format!("file {}, note 1", MANY * CHUNK));
    assert_eq!(counter.most(), 1);
}

#[tokio::test]
async fn an_error_of_an_operation_that_streams_is_collected() {
    let files = client(&Counter::default()).files();
    let error = files.get_file("none").await.unwrap_err();
    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.status(), 404);
    // `send_raw` collects every response, up to the limit.
    let raw = files.get_file("0").send_raw().await.unwrap();
    assert!(raw.bytes().is_empty() && raw.take_stream().is_none());
    let error = files.get_file("1").send_raw().await.unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge { .. }), "{error}");
}

#[tokio::test]
async fn a_json_answer_of_an_operation_that_streams_is_collected() {
    let app = json!({ "id": "a1", "name": "ci", "callback_urls": [] });
    let recorder = Recorder::new().json(200, &json!([app]));
    let client = Client::builder(BASE_URL).transport(recorder).build();
    let answer = client.unwrap().files().get_events().await.unwrap();
    let GetEventsResponse::Ok(apps) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(apps[0].id, "a1");
}

#[tokio::test]
async fn a_success_that_is_not_listed_can_still_be_read() {
    let recorder = Recorder::new().response(answer(206, "text/plain", "part"));
    let client = Client::builder(BASE_URL).transport(recorder).build();
    let error = client.unwrap().files().get_file("a").await.unwrap_err();
    assert!(format!("{error:?}").contains("body: unread"), "{error:?}");
    let Error::Unexpected(response) = error else {
        panic!("{error}")
    };
    let clone = response.clone();
    let body = clone.take_stream().unwrap().bytes().await.unwrap();
    assert_eq!(body, "part");
    assert!(response.take_stream().is_none());
}

#[tokio::test]
async fn events_arrive_until_the_sender_fails() {
    let client = client(&Counter::default());
    let answer = client.files().get_events().send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-cache");
    let GetEventsResponse::OkEventStream(mut events) = answer.into_body() else {
        panic!()
    };
    for number in 0..100 {
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.data.id, number.to_string());
    }
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "no more apps");
    assert!(events.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_call_is_for_the_head_of_a_stream() {
    let client = client(&Counter::default());
    let call = client.files().get_talk().timeout(Duration::from_secs(5));
    let mut talk = call.await.unwrap();
    let hello = talk.next().await.unwrap().unwrap();
    assert_eq!(hello.data, "hello,\nworld");
    let bye = talk.next().await.unwrap().unwrap();
    assert_eq!(bye.data, "bye");
    assert!(talk.next().await.is_none());
    // A collected body has to be complete in time.
    let call = client.files().get_talk().timeout(Duration::from_secs(5));
    assert!(call.send_raw().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn lines_arrive_in_both_forms() {
    let files = client(&Counter::default()).files();
    let lines = files.get_lines().send().await.unwrap();
    let sequence = files.get_sequence().send().await.unwrap();
    assert_eq!(lines.headers()["content-type"], "application/x-ndjson");
    assert_eq!(sequence.headers()["content-type"], "application/json-seq");
    for mut lines in [lines.into_body(), sequence.into_body()] {
        for number in 0..50 {
            let app = lines.next().await.unwrap().unwrap();
            assert_eq!(app.id, number.to_string());
        }
        assert!(lines.next().await.is_none());
    }
}

#[tokio::test]
async fn what_streams_is_a_stream() {
    let counter = Counter::default();
    let files = client(&counter).files();
    let talk = files.ask_talk().await.unwrap();
    let said = talk.map(|event| event.unwrap().data);
    assert_eq!(said.collect::<Vec<_>>().await, ["one", "two"]);
    let lines = files.get_lines().await.unwrap();
    let ids = lines.filter_map(async |app| app.ok().map(|app| app.id));
    assert_eq!(ids.collect::<Vec<_>>().await.len(), 50);
    let chunks = files.get_file("3").await.unwrap();
    let lengths = chunks.map(|chunk| chunk.unwrap().len());
    assert_eq!(lengths.collect::<Vec<_>>().await, [CHUNK; 3]);
    // And back: trailers and empty chunks are none, an error is one.
    let frames = [
        Ok(Frame::data(Bytes::new())),
        Ok(Frame::trailers(http::HeaderMap::new())),
        Ok(Frame::data(Bytes::from("a"))),
        Err("broken"),
    ];
    let chunks = Body::from_stream(Body::stream(Frames(frames.into())));
    let texts = chunks.map(|chunk| chunk.map_err(|error| error.to_string()));
    let texts = texts.collect::<Vec<_>>().await;
    assert_eq!(texts, [Ok("a".into()), Err("broken".to_owned())]);
}

#[tokio::test]
async fn a_sender_waits_for_room_and_hears_of_the_end() {
    let (mut sender, mut body) = sample_server::Body::channel();
    let sent = Arc::new(AtomicUsize::new(0));
    let writer = tokio::spawn({
        let sent = Arc::clone(&sent);
        async move {
            while sender.send("x").await.is_ok() {
                sent.fetch_add(1, Ordering::SeqCst);
            }
            assert!(sender.is_closed());
        }
    });
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(sent.load(Ordering::SeqCst), 16);
    assert_eq!(body.chunk().await.unwrap().unwrap(), "x");
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(sent.load(Ordering::SeqCst), 17);
    drop(body);
    writer.await.unwrap();
}

#[tokio::test]
async fn a_body_ends_with_its_sender() {
    let (mut sender, body): (BodySender, _) = sample_server::Body::channel();
    sender.send("a").await.unwrap();
    sender.send("b").await.unwrap();
    drop(sender);
    assert_eq!(body.bytes().await.unwrap(), "ab");
}

#[tokio::test]
async fn trailers_are_no_chunk_and_errors_are() {
    let frames = [
        Ok(Frame::data(Bytes::from("a"))),
        Ok(Frame::trailers(http::HeaderMap::new())),
        Err("broken"),
    ];
    let mut body = Body::stream(Frames(frames.into()));
    assert_eq!(body.chunk().await.unwrap().unwrap(), "a");
    let error = body.chunk().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "broken");
    assert!(body.chunk().await.is_none());
}

struct Frames(VecDeque<Result<Frame<Bytes>, &'static str>>);

impl http_body::Body for Frames {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(self.0.pop_front())
    }
}

#[test]
fn streams_can_be_read_outside_of_async_code() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let counter = Counter::default();
    let client = client(&counter);
    let body = client.files().get_file("3").send_blocking().unwrap();
    assert_eq!(body.into_body().bytes_blocking().unwrap().len(), 3 * CHUNK);
    let chunks = client.files().get_file("3").send_blocking().unwrap();
    let chunks = chunks.into_body().blocking();
    assert_eq!(
        chunks.map(|chunk| chunk.unwrap().len()).sum::<usize>(),
        3 * CHUNK
    );
    let lines = client.files().get_lines().send_blocking().unwrap();
    let lines: Result<Vec<_>, _> = lines.into_body().blocking().collect();
    assert_eq!(lines.unwrap().len(), 50);
    let talk = client.files().get_talk().send_blocking().unwrap();
    let mut talk = talk.into_body();
    assert_eq!(talk.next_blocking().unwrap().unwrap().data, "hello,\nworld");
    // Blocking calls fail where they would block other tasks.
    let error = runtime.block_on(async move { talk.next_blocking() });
    assert!(error.unwrap().is_err());
}

#[test]
fn streams_arrive_over_a_socket_however_long_they_take() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let counter = Counter::default();
    let router = axum::Router::new().fallback_service(server(&counter));
    let url = runtime.block_on(crate::socket::serve(router));
    let time = Duration::from_millis(500);
    let client = Client::builder(url).timeout(time).build().unwrap();
    let file = client.files().get_file(MANY.to_string());
    let mut body = file.send_blocking().unwrap().into_body();
    std::thread::sleep(time * 2);
    // Data that hasn't been read waits at the server, apart from what the sockets buffer.
    assert!(counter.most() < MANY / 2, "{}", counter.most());
    let mut length = 0;
    while let Some(chunk) = body.chunk_blocking() {
        length += chunk.unwrap().len();
    }
    assert_eq!(length, MANY * CHUNK);
    // A collected body has to be complete in time.
    let error = client.files().get_talk().send_raw_blocking().unwrap_err();
    assert!(error.is_timeout(), "{error}");
}
