//! Slow peers are shed: a slow head, a slow body, a slow reader. Others aren't disturbed, and connections beyond the limit wait.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::database::Database;
use crate::program::{Running, answer, new_app, send};
use crate::world::APPS;

const SECOND: Duration = Duration::from_secs(1);

/// All limits of time a second, which keeps the tests short.
const SHORT: [(&str, &str); 3] = [
    ("SERVICE_HEAD_SECONDS", "1"),
    ("SERVICE_BODY_SECONDS", "1"),
    ("SERVICE_WRITE_SECONDS", "1"),
];

/// Reads until the peer hangs up, and returns how long that took.
async fn hung_up(stream: &mut TcpStream) -> (Duration, String) {
    let (start, mut bytes) = (Instant::now(), Vec::new());
    // The peer may also reset the connection.
    timeout(10 * SECOND, stream.read_to_end(&mut bytes))
        .await
        .expect("it hangs up")
        .ok();
    (
        start.elapsed(),
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

#[tokio::test]
async fn a_slow_head_is_not_waited_for() {
    let database = Database::sqlite();
    let running = Running::start(&database, &SHORT);
    // One byte at a time doesn't help.
    let mut dripping = TcpStream::connect(&running.address).await.unwrap();
    let mut silent = TcpStream::connect(&running.address).await.unwrap();
    let start = Instant::now();
    for byte in format!("GET {APPS} HTTP/1.1\r\nhost: {}", "a".repeat(1000)).bytes() {
        if dripping.write_all(&[byte]).await.is_err() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
        if start.elapsed() > 5 * SECOND {
            break;
        }
    }
    assert!(
        start.elapsed() < 3 * SECOND,
        "it hangs up although bytes come"
    );
    hung_up(&mut silent).await;
    assert!(start.elapsed() < 4 * SECOND);
    // Neither is an idle connection kept.
    let mut idle = TcpStream::connect(&running.address).await.unwrap();
    idle.write_all(b"GET /.well-known/oauth-authorization-server HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    let (waited, text) = hung_up(&mut idle).await;
    assert!(
        text.starts_with("HTTP/1.1 200") && waited < 3 * SECOND,
        "{waited:?} {text}"
    );
}

#[tokio::test]
async fn a_slow_body_is_408() {
    let database = Database::sqlite();
    let running = Running::start(&database, &SHORT);
    let mut stream = TcpStream::connect(&running.address).await.unwrap();
    let token = running.first_token();
    let head = format!(
        "POST {APPS} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\ncontent-length: 100\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let (waited, text) = hung_up(&mut stream).await;
    let (status, error) = answer(&text).unwrap_or_else(|| panic!("{text}"));
    assert_eq!((status, error["status_code"].as_u64()), (408, Some(408)));
    assert!(waited < 3 * SECOND, "{waited:?}");
}

#[tokio::test]
async fn a_slow_reader_is_hung_up_on() {
    let database = Database::sqlite();
    let running = Running::start(&database, &SHORT);
    let token = running.first_token();
    let mut long: serde_json::Value = serde_json::from_str(&new_app("long")).unwrap();
    long["description"] = "\u{1f980}".repeat(512).into();
    for _ in 0..200 {
        assert_eq!(
            send(&running.address, "POST", APPS, token, &long.to_string())
                .await
                .unwrap()
                .0,
            201
        );
    }
    // Some 500 KB a response, and many of them asked for at once: more than sockets hold.
    let mut stream = TcpStream::connect(&running.address).await.unwrap();
    let request = format!(
        "GET {APPS}?per_page=200 HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\n\r\n"
    );
    stream
        .write_all(request.repeat(40).as_bytes())
        .await
        .unwrap();
    sleep(4 * SECOND).await;
    let (_, text) = hung_up(&mut stream).await;
    let answers = text.matches("HTTP/1.1 200").count();
    assert!(answers < 40, "it wasn't hung up on: {answers} responses");
    // A patient peer that reads gets all of them.
    let (status, apps) = send(
        &running.address,
        "GET",
        &format!("{APPS}?per_page=200"),
        token,
        "",
    )
    .await
    .unwrap();
    assert_eq!((status, apps.as_array().unwrap().len()), (200, 200));
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_for_a_place() {
    let database = Database::sqlite();
    let running = Running::start(&database, &[SHORT[0], ("SERVICE_MAX_CONNECTIONS", "8")]);
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(TcpStream::connect(&running.address).await.unwrap());
    }
    // Those are idle, and so are closed after a second: then it is this one's turn.
    let start = Instant::now();
    let (status, _) = send(
        &running.address,
        "GET",
        "/.well-known/oauth-authorization-server",
        "",
        "",
    )
    .await
    .unwrap();
    assert_eq!(status, 200);
    assert!(
        start.elapsed() > SECOND / 2 && start.elapsed() < 4 * SECOND,
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn a_head_that_is_too_large_is_431_or_hung_up_on() {
    let database = Database::sqlite();
    let running = Running::start(&database, &[]);
    let mut stream = TcpStream::connect(&running.address).await.unwrap();
    let head = format!(
        "GET {APPS} HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "a".repeat(200_000)
    );
    stream.write_all(head.as_bytes()).await.ok();
    let (_, text) = hung_up(&mut stream).await;
    assert!(
        text.is_empty() || text.starts_with("HTTP/1.1 431"),
        "{text}"
    );
}
