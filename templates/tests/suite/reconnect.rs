//! Streams of events that are requested again.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sample_client::{Body, Client, Events, Reconnect, RecordedRequest, Recorder, TransportError};
use tokio::time::Instant;

use crate::provider::answer;

/// What a server does with a request.
#[derive(Clone, Copy)]
enum Act {
    /// Sends events, and ends.
    Send(&'static str),
    /// Sends events, and breaks off.
    Break(&'static str),
    Status(u16),
    /// There is no connection.
    Refuse,
}

/// A server that does one thing after the other, and keeps when it got which `Last-Event-ID`.
#[derive(Clone, Default)]
struct Script {
    acts: Arc<Mutex<VecDeque<Act>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// When, and which id.
type Asked = (Duration, Option<String>);

impl Script {
    fn new<const N: usize>(acts: [Act; N]) -> Self {
        Self {
            acts: Arc::new(Mutex::new(acts.into())),
            asked: Arc::default(),
        }
    }

    fn client(&self) -> Client {
        let (script, start) = (self.clone(), Instant::now());
        let respond = move |request: &RecordedRequest| script.respond(start, request);
        let client = Client::builder("http://talk.test").header("x-team", "a");
        client
            .transport(Recorder::new().respond(respond))
            .build()
            .unwrap()
    }

    fn respond(
        &self,
        start: Instant,
        request: &RecordedRequest,
    ) -> Result<http::Response<Body>, TransportError> {
        assert_eq!(request.headers["x-team"], "a");
        assert_eq!(request.headers["accept"], "text/event-stream");
        assert_eq!(request.uri.query(), Some("room=1"));
        let id = request.headers.get("last-event-id");
        let id = id.map(|id| String::from_utf8(id.as_bytes().to_vec()).unwrap());
        self.asked.lock().unwrap().push((start.elapsed(), id));
        let act = self.acts.lock().unwrap().pop_front();
        match act.unwrap_or(Act::Status(204)) {
            Act::Send(text) => Ok(answer(200, "text/event-stream", text)),
            Act::Break(text) => {
                let body = Body::unfold(Some(text), |text| async move {
                    match text {
                        Some(text) => Ok(Some((text.into(), None))),
                        None => Err("the cable was cut"),
                    }
                });
                Ok(answer(200, "text/event-stream; charset=utf-8", body))
            }
            Act::Status(status) => Ok(answer(status, "text/plain", "")),
            Act::Refuse => Err(TransportError::new("nobody is there")),
        }
    }

    async fn talk(&self) -> Events<String> {
        let call = self.client().files().get_talk();
        let room = sample_client::CallOptions::new().query("room", 1);
        call.options(room).await.unwrap()
    }

    /// What a stream says until it ends, and its error.
    async fn heard(&self, policy: Reconnect) -> Vec<String> {
        let mut events = self.talk().await.reconnecting(policy);
        let mut heard = Vec::new();
        while let Some(event) = events.next().await {
            heard.push(match event {
                Ok(event) => event.data,
                Err(error) => format!("error: {error}"),
            });
        }
        assert!(events.next().await.is_none());
        heard
    }

    /// The whole seconds at which requests came.
    fn seconds(&self) -> Vec<u64> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|(time, _)| time.as_secs()).collect()
    }

    fn ids(&self) -> Vec<Option<String>> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|(_, id)| id.clone()).collect()
    }
}

fn some(ids: &[&str]) -> Vec<Option<String>> {
    let ids = ids.iter().map(|id| Some((*id).to_owned()));
    ids.map(|id| id.filter(|id| !id.is_empty())).collect()
}

#[tokio::test(start_paused = true)]
async fn a_stream_goes_on_where_it_stopped() {
    let script = Script::new([
        Act::Send("id: 1\ndata: a\n\ndata: b\n\n"),
        Act::Break("id: Gr\u{fc}\u{df}e\ndata: c\n\nid: 9\ndata: not compl"),
        // An id without data counts, and one that was given before holds for what follows.
        Act::Send("data: d\n\nid: 3\n\n"),
        Act::Send("data: e\n\n"),
        Act::Send("id\ndata: f\n\n"),
    ]);
    let heard = script.heard(Reconnect::new()).await;
    assert_eq!(heard, ["a", "b", "c", "d", "e", "f"]);
    assert_eq!(script.ids(), some(&["", "1", "Grüße", "3", "3", ""]));
    assert_eq!(script.seconds(), [0, 1, 2, 3, 4, 5]);
}

#[tokio::test(start_paused = true)]
async fn without_a_policy_a_stream_ends_once() {
    let script = Script::new([Act::Break("id: 7\ndata: a\n\nid: 8\n")]);
    let mut events = script.talk().await;
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the cable was cut");
    assert!(events.next().await.is_none());
    // What is needed to go on by hand.
    assert_eq!(events.last_event_id(), Some("7"));
    assert_eq!(script.ids().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_server_says_how_long_to_wait() {
    let script = Script::new([
        Act::Send("retry: 5000\ndata: a\n\n"),
        // It needn't come with an event, or in a complete block, and not twice.
        Act::Send("data: b\n\nretry: 100000\n"),
        Act::Send("data: c\n\n"),
        Act::Send("retry: soon\ndata: d\n\nretry: 2000\n\n"),
        // Nobody waits for days.
        Act::Send("retry: 99999999999\ndata: e\n\n"),
    ]);
    let heard = script.heard(Reconnect::new()).await;
    assert_eq!(heard, ["a", "b", "c", "d", "e"]);
    assert_eq!(script.seconds(), [0, 5, 105, 205, 207, 3807]);
}

#[tokio::test(start_paused = true)]
async fn failures_are_repeated_ever_more_slowly() {
    let script = Script::new([
        Act::Send("data: a\n\n"),
        Act::Refuse,
        Act::Status(503),
        Act::Status(429),
        Act::Send("data: b\n\n"),
        Act::Refuse,
        Act::Refuse,
        Act::Refuse,
        Act::Status(502),
        Act::Status(500),
        Act::Send("data: never\n\n"),
    ]);
    let heard = script.heard(Reconnect::new()).await;
    let error = "error: GetTalk: GET /files/talk: responded with 500 Internal Server Error \
                 (the description doesn't document this status)";
    assert_eq!(heard, ["a", "b", error]);
    let seconds = script.seconds();
    let waits: Vec<u64> = seconds.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for (wait, most) in waits.iter().zip([1, 2, 4, 8, 1, 2, 4, 8, 16]) {
        assert!((1..=most).contains(wait), "{waits:?}");
    }
    assert_eq!(script.ids().len(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_sends_nothing_is_not_asked_all_the_time() {
    let script = Script::new([Act::Send("retry: 0\n\n"); 60]);
    assert!(script.heard(Reconnect::new()).await.is_empty());
    let seconds = script.seconds();
    assert_eq!(seconds.len(), 61);
    assert!(seconds[60] > 300, "{seconds:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_stream_ends_it() {
    for (act, error) in [
        (Act::Status(204), None),
        (Act::Status(404), Some("404 Not Found")),
        (Act::Status(200), Some("200 OK")),
        (Act::Status(401), Some("401 Unauthorized")),
    ] {
        let script = Script::new([Act::Send("data: a\n\n"), act, Act::Send("data: b\n\n")]);
        let heard = script.heard(Reconnect::new()).await;
        assert_eq!(heard[0], "a");
        match error {
            None => assert_eq!(heard.len(), 1),
            Some(error) => assert!(heard[1].contains(error), "{heard:?}"),
        }
        assert_eq!(script.ids().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_is_never_repeated() {
    let stream = || answer(200, "text/event-stream", "id: 1\ndata: a\n\n");
    let recorder = Recorder::new().response(stream()).response(stream());
    let client = Client::builder("http://talk.test").transport(recorder.clone());
    let talk = client.build().unwrap().files().ask_talk().await.unwrap();
    let mut talk = talk.reconnecting(Reconnect::new());
    assert_eq!(talk.next().await.unwrap().unwrap().data, "a");
    assert!(talk.next().await.is_none());
    assert_eq!(recorder.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_stalls_is_requested_again() {
    let script = Script::new([Act::Send("data: b\n\n")]);
    let stalled = Body::unfold(true, |first| async move {
        match first {
            true => Ok::<_, TransportError>(Some(("data: a\n\n".into(), false))),
            false => std::future::pending().await,
        }
    });
    let first = Mutex::new(Some(answer(200, "text/event-stream", stalled)));
    let start = Instant::now();
    let respond = move |request: &RecordedRequest| match first.lock().unwrap().take() {
        Some(response) => Ok(response),
        None => script.respond(start, request),
    };
    let client = Client::builder("http://talk.test")
        .header("x-team", "a")
        .stall_timeout(Duration::from_secs(90))
        .transport(Recorder::new().respond(respond));
    let room = sample_client::CallOptions::new().query("room", 1);
    let talk = client.build().unwrap().files().get_talk().options(room);
    let mut talk = talk.await.unwrap().reconnecting(Reconnect::new());
    assert_eq!(talk.next().await.unwrap().unwrap().data, "a");
    assert_eq!(talk.next().await.unwrap().unwrap().data, "b");
    assert_eq!(start.elapsed().as_secs(), 91);
}

#[test]
fn blocking_streams_are_requested_again_over_a_socket() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let mut seen = Vec::new();
        for (number, stream) in listener.incoming().take(4).enumerate() {
            let mut stream = stream.unwrap();
            let mut head = vec![0; 4096];
            let length = stream.read(&mut head).unwrap();
            seen.push(String::from_utf8_lossy(&head[..length]).into_owned());
            let head = match number {
                3 => "HTTP/1.1 204 X\r\nconnection: close\r\n\r\n".to_owned(),
                _ => format!(
                    "HTTP/1.1 200 X\r\nconnection: close\r\ncontent-type: text/event-stream\r\n\r\n\
                     retry: 20\nid: {number}\ndata: {number}\n\n"
                ),
            };
            stream.write_all(head.as_bytes()).unwrap();
        }
        seen
    });
    let client = Client::new(url).unwrap();
    let talk = client.files().get_talk().send_blocking().unwrap();
    let talk = talk.into_body().reconnecting(Reconnect::new());
    let heard: Vec<String> = talk.blocking().map(|event| event.unwrap().data).collect();
    assert_eq!(heard, ["0", "1", "2"]);
    let seen = server.join().unwrap();
    assert!(!seen[0].contains("last-event-id"));
    for (number, request) in seen[1..].iter().enumerate() {
        assert!(request.contains(&format!("last-event-id: {number}\r\n")));
    }
}
