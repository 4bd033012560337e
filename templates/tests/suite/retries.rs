//! Calls that are repeated: which, how often, after how long.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sample_client::types::{Charge, CreateOAuthAppBody};
use sample_client::*;
use serde_json::json;

use crate::provider::{body, chunked};

/// What a server does with a request.
#[derive(Clone)]
enum Act {
    Answer(u16, &'static str, &'static str),
    /// Closes the connection.
    Drop,
    /// Sends half of a response.
    Break,
    /// Never responds.
    Stall,
}

const APP: &str = r#"{"id":"a1","name":"ci","callback_urls":[]}"#;
const DOWN: Act = Act::Answer(503, "", "{}");
const FINE: Act = Act::Answer(200, "", APP);

/// A server that does one thing after the other, and keeps the requests.
struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (mut acts, seen): (VecDeque<Act>, _) = (acts.into_iter().collect(), requests.clone());
        std::thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(request) = read(&mut stream) else {
                    continue;
                };
                seen.lock().unwrap().push(request);
                match acts.pop_front().unwrap_or(Act::Answer(500, "", "{}")) {
                    Act::Answer(status, headers, body) => {
                        let length = body.len();
                        let head = format!(
                            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{headers}"
                        );
                        write!(
                            stream,
                            "{head}connection: close\r\ncontent-length: {length}\r\n\r\n{body}"
                        )
                        .unwrap();
                    }
                    Act::Drop => stream.shutdown(Shutdown::Both).unwrap(),
                    Act::Break => {
                        write!(stream, "HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n{{").unwrap()
                    }
                    Act::Stall => open.push(stream),
                }
            }
        });
        Self { url, requests }
    }

    fn client(&self) -> ClientBuilder {
        Client::builder(&self.url).retries(quick())
    }

    fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }

    /// The values of a header, by request.
    fn headers(&self, name: &str) -> Vec<Option<String>> {
        let requests = self.requests.lock().unwrap();
        let value = |request: &String| {
            let mut lines = request.lines().filter_map(|line| line.split_once(": "));
            lines.find_map(|(known, value)| (known == name).then(|| value.to_owned()))
        };
        requests.iter().map(value).collect()
    }
}

/// A request with its body, if it has a length.
fn read(stream: &mut TcpStream) -> Option<String> {
    let (mut all, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, rest)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if rest.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return Some(text);
            }
        }
        match stream.read(&mut buffer).ok()? {
            0 => return None,
            read => all.extend_from_slice(&buffer[..read]),
        }
    }
}

/// Three attempts in quick succession.
fn quick() -> Retries {
    Retries::new().base_delay(Duration::from_millis(1))
}

fn charge() -> Charge {
    serde_json::from_value(json!({ "amount": 1 })).unwrap()
}

#[tokio::test]
async fn a_failure_that_may_pass_is_repeated() {
    for acts in [
        vec![DOWN, DOWN, FINE],
        vec![Act::Answer(408, "", ""), Act::Answer(429, "", ""), FINE],
        vec![Act::Answer(500, "", ""), Act::Answer(502, "", ""), FINE],
        vec![Act::Answer(504, "", ""), Act::Drop, FINE],
        vec![Act::Break, Act::Drop, FINE],
    ] {
        let server = Server::new(acts);
        let client = server.client().bearer("t").build().unwrap();
        let raw = client.oauth().get_oauth_app("a1").send_raw().await.unwrap();
        assert_eq!((raw.status().as_u16(), raw.attempts()), (200, 3));
        assert_eq!(server.count(), 3);
        assert_eq!(
            server.headers("authorization"),
            vec![Some("Bearer t".to_owned()); 3]
        );
    }
}

#[tokio::test]
async fn three_attempts_are_made_and_told() {
    let server = Server::new(vec![DOWN; 9]);
    let client = server.client().build().unwrap();
    let error = client.oauth().get_oauth_app("a1").await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (503, 3)
    );
    assert!(error.is_retryable());
    assert!(error.to_string().ends_with(" (3 attempts)"), "{error}");
    assert_eq!(server.count(), 3);

    let server = Server::new(vec![Act::Drop; 9]);
    let client = server
        .client()
        .retries(quick().attempts(5))
        .build()
        .unwrap();
    let error = client.oauth().get_oauth_app("a1").await.unwrap_err();
    assert!(
        matches!(error, Error::Transport { attempts: 5, .. }),
        "{error}"
    );
    assert_eq!(server.count(), 5);
}

#[tokio::test]
async fn what_does_not_pass_is_not_repeated() {
    for status in [400, 401, 404, 409, 501] {
        let server = Server::new([Act::Answer(status, "", "{}"), FINE]);
        let client = server.client().build().unwrap();
        let error = client.oauth().get_oauth_app("a1").await.unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.attempts()),
            (status, 1)
        );
        assert!(!error.is_retryable() && server.count() == 1);
    }
}

#[tokio::test]
async fn retries_can_be_off_for_client_and_call() {
    let server = Server::new(vec![DOWN; 9]);
    let once = server.client().no_retries().build().unwrap();
    assert_eq!(
        once.oauth()
            .get_oauth_app("a")
            .await
            .unwrap_err()
            .attempts(),
        1
    );
    let options = CallOptions::new().retries(quick().attempts(2));
    let error = once.oauth().get_oauth_app("a").options(options).await;
    assert_eq!(error.unwrap_err().attempts(), 2);
    let options = CallOptions::new().no_retries();
    let client = server.client().build().unwrap();
    let error = client.oauth().get_oauth_app("a").options(options).await;
    assert_eq!(error.unwrap_err().attempts(), 1);
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn only_what_is_safe_is_repeated() {
    let attempts = async |send: &dyn Fn(&Client) -> BoxFuture<'static, u32>| {
        let server = Server::new(vec![DOWN; 9]);
        let client = server.client().bearer("t").build().unwrap();
        let told = send(&client).await;
        assert_eq!(server.count(), told as usize);
        told
    };
    let post = |client: &Client| -> BoxFuture<'static, u32> {
        let call = client.oauth().create_oauth_app(body());
        Box::pin(async move { call.await.unwrap_err().attempts() })
    };
    assert_eq!(attempts(&post).await, 1);
    let post = |client: &Client| -> BoxFuture<'static, u32> {
        let call = client.oauth().create_oauth_app(body());
        let call = call.options(CallOptions::new().idempotent());
        Box::pin(async move { call.await.unwrap_err().attempts() })
    };
    assert_eq!(attempts(&post).await, 3);
    let delete = |client: &Client| -> BoxFuture<'static, u32> {
        let call = client.oauth().delete_oauth_app("a");
        Box::pin(async move { call.await.unwrap_err().attempts() })
    };
    assert_eq!(attempts(&delete).await, 3);
    // The configuration says so.
    let counts = |client: &Client| -> BoxFuture<'static, u32> {
        let call = client
            .shop()
            .set_counts(serde_json::from_value(json!({})).unwrap());
        Box::pin(async move { call.await.unwrap_err().attempts() })
    };
    assert_eq!(attempts(&counts).await, 3);
    let put = |client: &Client| -> BoxFuture<'static, u32> {
        let call = client.files().set_file("a", "in memory");
        Box::pin(async move { call.await.unwrap_err().attempts() })
    };
    assert_eq!(attempts(&put).await, 3);
    let stream = |client: &Client| -> BoxFuture<'static, u32> {
        let call = client.files().set_file("a", chunked(8));
        Box::pin(async move { call.await.unwrap_err().attempts() })
    };
    assert_eq!(attempts(&stream).await, 1);
}

#[tokio::test]
async fn a_body_in_memory_is_sent_again() {
    let server = Server::new([DOWN, FINE]);
    let client = server.client().bearer("t").build().unwrap();
    let sent = CreateOAuthAppBody::new(["https://x.test/"], "again");
    let call = client.oauth().create_oauth_app(sent);
    let _ = call.options(CallOptions::new().idempotent()).await;
    let requests = server.requests.lock().unwrap();
    let bodies = requests
        .iter()
        .map(|request| request.split_once("\r\n\r\n").unwrap().1);
    let bodies: Vec<&str> = bodies.collect();
    assert!(bodies[0].contains("again") && bodies[0] == bodies[1]);
}

#[tokio::test]
async fn a_key_is_the_same_for_all_attempts_of_a_call() {
    let server = Server::new(vec![DOWN; 9]);
    let client = server.client().build().unwrap();
    for _ in 0..2 {
        let error = client.shop().create_charge(charge()).await.unwrap_err();
        assert_eq!(error.attempts(), 3);
    }
    let keys = server.headers("idempotency-key");
    assert!(
        keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3],
        "{keys:?}"
    );
    let key = keys[0].as_ref().unwrap();
    assert!(key.len() == 36 && &key[14..15] == "4", "{key}");
}

#[tokio::test]
async fn a_key_of_the_caller_stays() {
    let server = Server::new(vec![DOWN; 9]);
    let client = server.client().bearer("t").build().unwrap();
    let _ = client
        .shop()
        .create_charge(charge())
        .idempotency_key("mine")
        .await;
    let options = CallOptions::new().idempotency_key("also mine");
    let _ = client
        .shop()
        .create_charge(charge())
        .options(options.clone())
        .await;
    // An operation that declares no such header.
    let _ = client
        .oauth()
        .create_oauth_app(body())
        .options(options)
        .await;
    let keys = server.headers("idempotency-key");
    let keys: Vec<&str> = keys.iter().map(|key| key.as_deref().unwrap()).collect();
    assert_eq!(
        keys,
        [["mine"; 3], ["also mine"; 3], ["also mine"; 3]].concat()
    );
}

#[tokio::test]
async fn an_attempt_has_a_limit_within_that_of_the_call() {
    let server = Server::new([Act::Stall, FINE]);
    let client = server
        .client()
        .attempt_timeout(Duration::from_millis(80))
        .build()
        .unwrap();
    let raw = client.oauth().get_oauth_app("a").send_raw().await.unwrap();
    assert_eq!((raw.attempts(), server.count()), (2, 2));

    let server = Server::new(vec![Act::Stall; 9]);
    let client = server.client().timeout(Duration::from_millis(200));
    let client = client
        .attempt_timeout(Duration::from_millis(120))
        .build()
        .unwrap();
    let start = std::time::Instant::now();
    let error = client.oauth().get_oauth_app("a").await.unwrap_err();
    assert!(
        error.is_timeout() && start.elapsed() < Duration::from_millis(900),
        "{error}"
    );
    assert!(
        matches!(error, Error::Timeout { attempts: 2, after: Some(after), .. } if after.as_millis() == 200)
    );
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_call_that_is_dropped_ends() {
    let server = Server::new(vec![Act::Stall; 9]);
    let client = server.client().build().unwrap();
    let call = client.oauth().get_oauth_app("a").send();
    assert!(
        tokio::time::timeout(Duration::from_millis(80), call)
            .await
            .is_err()
    );
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn credentials_are_fetched_for_each_attempt() {
    let server = Server::new([DOWN, DOWN, FINE]);
    let count = Arc::new(Mutex::new(0));
    let provider = move || {
        *count.lock().unwrap() += 1;
        let token = format!("t{}", count.lock().unwrap());
        async move { Ok::<_, std::io::Error>(token) }
    };
    let client = server
        .client()
        .key(Secret::provider(provider))
        .build()
        .unwrap();
    let _ = client.oauth().delete_oauth_app("a").await;
    let requests = server.requests.lock().unwrap();
    let paths: Vec<&str> = requests
        .iter()
        .map(|request| request.split(' ').nth(1).unwrap())
        .collect();
    let path = "/api/v4/oauth/apps/a?key=t";
    assert_eq!(paths, [1, 2, 3].map(|number| format!("{path}{number}")));
}

#[test]
fn blocking_calls_are_repeated() {
    let server = Server::new([DOWN, Act::Drop, FINE]);
    let client = server.client().build().unwrap();
    let raw = client
        .oauth()
        .get_oauth_app("a")
        .send_raw_blocking()
        .unwrap();
    assert_eq!((raw.attempts(), server.count()), (3, 3));
}

/// A response of the double, with a header.
fn answer(status: u16, name: &str, value: &str) -> http::Response<Body> {
    let response = http::Response::builder().status(status);
    let response = response
        .header(name, value)
        .header("date", "Sun, 29 Nov 2026 16:00:00 GMT");
    response.body(Body::from(APP)).unwrap()
}

/// How long a call takes whose first response has a header, on a clock that only moves when everybody waits.
async fn waited(name: &'static str, value: &str) -> Duration {
    let recorder = Recorder::new().response(answer(429, name, value));
    let recorder = recorder.response(answer(200, "content-type", "application/json"));
    let client = Client::builder("http://a.test").transport(recorder.clone());
    let client = client.retries(Retries::new()).no_timeout().build().unwrap();
    let start = tokio::time::Instant::now();
    client.oauth().get_oauth_app("a").send_raw().await.unwrap();
    assert_eq!(recorder.requests().len(), 2);
    start.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_server_says_how_long_to_wait() {
    for (name, value, milliseconds) in [
        ("retry-after", "7", 7000),
        ("retry-after", "0", 0),
        ("retry-after-ms", "1500", 1500),
        ("retry-after", "Sun, 29 Nov 2026 16:00:09 GMT", 9000),
        ("retry-after", "Sunday, 29-Nov-26 16:00:09 GMT", 9000),
        ("retry-after", "Sun Nov 29 16:00:09 2026", 9000),
        ("retry-after", "Sun, 29 Nov 2026 15:00:00 GMT", 0),
        // At most a minute.
        ("retry-after", "86400", 60_000),
        ("retry-after", "Wed, 31 Dec 2036 23:59:59 GMT", 60_000),
    ] {
        let waited = waited(name, value).await.as_millis();
        assert!(
            (milliseconds..milliseconds + 5).contains(&waited),
            "{value}: {waited}"
        );
    }
    for odd in [
        "soon",
        "-1",
        "Sun, 99 Nov 2026 16:00:09 GMT",
        "NaN",
        "1e400",
    ] {
        assert!(
            waited("retry-after", odd).await < Duration::from_millis(510),
            "{odd}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn waits_are_random_and_double() {
    let down = |_: &RecordedRequest| Ok(answer(503, "x", "y"));
    let client = Client::builder("http://a.test").transport(Recorder::new().respond(down));
    let client = client.retries(Retries::new().attempts(4)).build().unwrap();
    let mut all = Vec::new();
    for _ in 0..20 {
        let start = tokio::time::Instant::now();
        let error = client.oauth().get_oauth_app("a").await.unwrap_err();
        assert_eq!(error.attempts(), 4);
        all.push(start.elapsed());
    }
    // Half a second, one, two; the timer counts whole milliseconds.
    assert!(
        all.iter().all(|time| *time <= Duration::from_millis(3510)),
        "{all:?}"
    );
    let mean = all.iter().sum::<Duration>() / 20;
    assert!((1000..2500).contains(&mean.as_millis()), "{mean:?}");
    all.dedup();
    assert!(all.len() > 10);
}

#[tokio::test(start_paused = true)]
async fn a_call_does_not_wait_beyond_its_time() {
    let recorder = Recorder::new().response(answer(503, "retry-after", "31"));
    let client = Client::builder("http://a.test").transport(recorder);
    let client = client.retries(Retries::new()).build().unwrap();
    let start = tokio::time::Instant::now();
    let error = client.oauth().get_oauth_app("a").await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (503, 1)
    );
    assert!(start.elapsed().is_zero());
}

#[tokio::test(start_paused = true)]
async fn clones_share_a_budget() {
    let down = |_: &RecordedRequest| Ok(answer(503, "x", "y"));
    let recorder = Recorder::new().respond(down);
    let client = Client::builder("http://a.test").transport(recorder.clone());
    let client = client.retries(Retries::new()).build().unwrap();
    for _ in 0..100 {
        let _ = client.clone().oauth().get_oauth_app("a").await;
    }
    // 500 tokens are a hundred repetitions.
    assert_eq!(recorder.requests().len(), 200);
    let error = client.oauth().get_oauth_app("a").await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_double_for_tests_is_asked_once() {
    let recorder = Recorder::new().response(answer(503, "x", "y"));
    let client = Client::builder("http://a.test")
        .transport(recorder.clone())
        .build()
        .unwrap();
    let error = client.oauth().get_oauth_app("a").await.unwrap_err();
    assert_eq!((error.attempts(), recorder.requests().len()), (1, 1));
}

/// Polls in a loop, as the simplest of runtimes does.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        std::thread::yield_now();
    }
}

#[test]
fn outside_of_tokio_a_thread_waits() {
    let recorder = Recorder::new().response(answer(503, "retry-after-ms", "30"));
    let recorder = recorder.response(answer(200, "content-type", "application/json"));
    let client = Client::builder("http://a.test").transport(recorder);
    let client = client.retries(Retries::new()).build().unwrap();
    let start = std::time::Instant::now();
    assert_eq!(
        block_on(client.oauth().get_oauth_app("a").into_future())
            .unwrap()
            .id,
        "a1"
    );
    assert!(start.elapsed() >= Duration::from_millis(30));
}

#[test]
fn another_runtime_waits_its_own_way() {
    let slept = Arc::new(Mutex::new(Vec::new()));
    let log = slept.clone();
    let sleep = move |time: Duration| {
        log.lock().unwrap().push(time);
        async {}
    };
    let recorder = Recorder::new().response(answer(503, "retry-after", "8"));
    let recorder = recorder.response(answer(200, "content-type", "application/json"));
    let client = Client::builder("http://a.test")
        .transport(recorder)
        .sleep(sleep);
    let client = client.retries(Retries::new()).build().unwrap();
    assert!(block_on(client.oauth().get_oauth_app("a").into_future()).is_ok());
    assert_eq!(*slept.lock().unwrap(), [Duration::from_secs(8)]);

    // The limit of a call is kept by it, too.
    let never = |request: http::Request<Body>| async move {
        std::future::pending::<()>().await;
        Ok::<_, std::convert::Infallible>(http::Response::new(request.into_body()))
    };
    let client = Client::builder("http://a.test").transport(TowerTransport::new(tower(never)));
    let client = client.sleep(|_: Duration| async {}).build().unwrap();
    let error = block_on(client.oauth().get_oauth_app("a").into_future()).unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

/// A function as a `tower` service.
fn tower<F>(function: F) -> Function<F> {
    Function(function)
}

#[derive(Clone)]
struct Function<F>(F);

impl<F, R> tower_service::Service<http::Request<Body>> for Function<F>
where
    F: FnMut(http::Request<Body>) -> R,
    R: Future<Output = Result<http::Response<Body>, std::convert::Infallible>>,
{
    type Response = http::Response<Body>;
    type Error = std::convert::Infallible;
    type Future = R;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> R {
        (self.0)(request)
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_stalls_fails() {
    let slow = |_: http::Request<Body>| async {
        let body = Body::unfold(0_u64, |sent| async move {
            let pause = if sent == 3 { 100 } else { 10 };
            tokio::time::sleep(Duration::from_secs(pause)).await;
            Ok::<_, std::io::Error>(Some((Bytes::from_static(b"x"), sent + 1)))
        });
        Ok(http::Response::new(body))
    };
    let client = Client::builder("http://a.test").transport(TowerTransport::new(tower(slow)));
    let client = client
        .stall_timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    let mut body = client.files().get_file("a").await.unwrap();
    for _ in 0..3 {
        body.chunk().await.unwrap().unwrap();
    }
    let error = body.chunk().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the stream has stalled");
}
