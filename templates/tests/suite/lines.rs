//! Reading JSON lines and JSON text sequences with any chunk boundaries, and writing them.

use sample_client::{Body, Bytes, Lines, StreamError};
use serde_json::{Value, json};

use crate::streams::pieces;

/// All values, with the names of errors between them.
async fn read(mut lines: Lines<Value>) -> Vec<Value> {
    let mut read = Vec::new();
    while let Some(value) = lines.next().await {
        read.push(value.unwrap_or_else(|error| match error {
            StreamError::Value(_) => "value".into(),
            StreamError::Truncated => "truncated".into(),
            other => other.to_string().into(),
        }));
    }
    read
}

fn table() -> Vec<(&'static str, Value)> {
    vec![
        ("", json!([])),
        ("\n\r\n \n", json!([])),
        ("1\n2\n", json!([1, 2])),
        ("1\r\n{\"a\":\"x y\"}\r\n", json!([1, {"a": "x y"}])),
        ("\n\n1\n\n\n2", json!([1, 2])),
        ("\"ü👋\"\n", json!(["ü👋"])),
        ("1\nnonsense\n3\n", json!([1, "value", 3])),
        ("1\n{\"a\":", json!([1, "value"])),
        ("1 2\n", json!(["value"])),
        // Sequences: a value may contain line breaks, and is complete with the line break after it.
        ("\x1e1\n\x1e2\n", json!([1, 2])),
        (
            "\x1e{\n\"a\": \"}\\\"\n\"\n}\n\x1e[\n1\n]\n",
            json!(["value", [1]]),
        ),
        (
            "\x1e{\n\"a\": \"}\\\"\"\n}\n\x1e[\n1\n]\n",
            json!([{"a": "}\""}, [1]]),
        ),
        ("\x1e\x1e\n\x1e1\n", json!([1])),
        ("\n\x1e1\n", json!([1])),
        // A value that was cut off isn't mistaken for a complete one.
        ("\x1e{\"a\":1\x1e2\n", json!(["value", 2])),
        ("\x1e12\x1e3\n", json!(["truncated", 3])),
        ("\x1e12", json!(["truncated"])),
        ("\x1etru\x1e3\n", json!(["truncated", 3])),
        ("\x1e12 \x1e\"a\"\x1e[1]", json!([12, "a", [1]])),
        ("\x1e}\n\x1e1\n", json!(["value", 1])),
    ]
}

#[tokio::test]
async fn values_are_read_wherever_the_chunks_end() {
    for (text, expected) in table() {
        let whole = read(Lines::from_body(text)).await;
        assert_eq!(json!(whole), expected, "{text:?}");
        for boundary in 0..=text.len() {
            let (first, second) = text.as_bytes().split_at(boundary);
            let lines = Lines::from_body(pieces([first, b"", second]));
            assert_eq!(json!(read(lines).await), expected, "{text:?} at {boundary}");
        }
        let single = Lines::from_body(pieces(text.as_bytes().chunks(1)));
        assert_eq!(json!(read(single).await), expected, "{text:?} by bytes");
    }
}

/// A value is returned as soon as its line is complete, without waiting for more.
#[tokio::test]
async fn values_do_not_wait_for_the_next() {
    for text in [
        "{\"a\":1}\n",
        "\x1e{\"a\":\n1}\n",
        "\x1e7\n",
        "\x1e[\"}\\\"\"]\n",
        "\x1e\"\\\\\"\n",
    ] {
        let (mut sender, body) = Body::channel();
        sender.send(text).await.unwrap();
        let mut lines = Lines::<Value>::from_body(body);
        assert!(lines.next().await.unwrap().is_ok(), "{text:?}");
    }
}

#[tokio::test]
async fn a_value_without_end_is_refused() {
    let megabyte = Bytes::from(vec![b'x'; 1 << 20]);
    let endless = Body::unfold((), move |()| {
        let megabyte = megabyte.clone();
        async move { Ok::<_, std::io::Error>(Some((megabyte, ()))) }
    });
    let read = read(Lines::from_body(endless)).await;
    assert_eq!(
        json!(read),
        json!(["a value is larger than 16777216 bytes"])
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_and_the_end() {
    let (mut sender, body) = Body::channel();
    sender.send("1\n2").await.unwrap();
    sender.fail("the cable was cut");
    let read = read(Lines::from_body(body)).await;
    assert_eq!(json!(read), json!([1, "the cable was cut"]));
}

#[tokio::test]
async fn values_are_written_as_the_media_type_says() {
    let values = || {
        Lines::unfold(0, |count: i64| async move {
            let value = json!({ "n": count, "text": "a\nb" });
            Ok::<_, std::io::Error>((count < 2).then_some((value, count + 1)))
        })
    };
    let lines = values().into_body("application/x-ndjson");
    assert_eq!(
        lines.bytes().await.unwrap(),
        "{\"n\":0,\"text\":\"a\\nb\"}\n{\"n\":1,\"text\":\"a\\nb\"}\n"
    );
    let sequence = values().into_body("application/json-seq; charset=utf-8");
    assert_eq!(
        sequence.bytes().await.unwrap(),
        "\x1e{\"n\":0,\"text\":\"a\\nb\"}\n\x1e{\"n\":1,\"text\":\"a\\nb\"}\n"
    );
}
