//! Reading server-sent events with any chunk boundaries, and writing them.

use sample_client::{Body, Bytes, Event, Events, StreamError};
use serde_json::{Value, json};

use crate::streams::pieces;

/// All events, each as `event|id|retry|data`, and the error that ended the stream, if any.
async fn read(mut events: Events<String>) -> Vec<String> {
    let mut read = Vec::new();
    while let Some(event) = events.next().await {
        read.push(match event {
            Ok(event) => format!(
                "{}|{}|{}|{}",
                event.event.unwrap_or_default(),
                event.id.unwrap_or_default(),
                event
                    .retry
                    .map(|retry| retry.to_string())
                    .unwrap_or_default(),
                event.data
            ),
            Err(error) => format!("error: {error}"),
        });
    }
    read
}

const TABLE: &[(&str, &[&str])] = &[
    ("", &[]),
    ("data: a\n\n", &["|||a"]),
    ("data:a\n\ndata:  b\n\n", &["|||a", "||| b"]),
    (
        "data: a\r\n\r\ndata: b\r\rdata: c\n\n",
        &["|||a", "|||b", "|||c"],
    ),
    // CR LF is one line break, also after an empty line.
    ("data: a\r\ndata: b\r\n\r\n", &["|||a\nb"]),
    ("data\n\n", &["|||"]),
    ("data\ndata\n\n", &["|||\n"]),
    ("data:\n\n\n\n", &["|||"]),
    (": comment\n:\n\ndata: a\n: more\n\n", &["|||a"]),
    ("event: add\ndata: 1\n\ndata: 2\n\n", &["add|||1", "|||2"]),
    // An event without data is dropped, and its type is forgotten.
    ("event: add\n\ndata: 1\n\n", &["|||1"]),
    // An id is kept until the next one.
    (
        "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
        &["|1||a", "|1||b", "|||c"],
    ),
    ("id: 7\n\ndata: a\n\n", &["|7||a"]),
    ("id: a\0b\ndata: a\n\n", &["|||a"]),
    ("retry: 300\n\ndata: a\n\ndata: b\n\n", &["||300|a", "|||b"]),
    ("retry: 3s\ndata: a\n\n", &["|||a"]),
    ("retry\ndata: a\n\n", &["|||a"]),
    (
        "other: x\nDATA: x\n data: x\ndata : x\ndata: a\n\n",
        &["|||a"],
    ),
    ("data: a:b: c\n\n", &["|||a:b: c"]),
    ("\u{feff}data: a\n\n", &["|||a"]),
    ("\u{feff}\u{feff}data: a\n\ndata: b\n\n", &["|||b"]),
    ("data: a\n\n\u{feff}data: b\n\n", &["|||a"]),
    ("data: Grüße 👋\n\n", &["|||Grüße 👋"]),
    // An incomplete event is dropped.
    ("data: a\n\ndata: b\n", &["|||a"]),
    ("data: a\n\ndata: b", &["|||a"]),
    // `[DONE]` is ordinary text if the data isn't JSON.
    ("data: [DONE]\n\n", &["|||[DONE]"]),
];

#[tokio::test]
async fn events_are_read_wherever_the_chunks_end() {
    for (text, expected) in TABLE {
        let whole = Events::from_text_body(*text);
        assert_eq!(read(whole).await, *expected, "{text:?}");
        for boundary in 0..=text.len() {
            let (first, second) = text.as_bytes().split_at(boundary);
            let events = Events::from_text_body(pieces([first, b"", second]));
            assert_eq!(read(events).await, *expected, "{text:?} at {boundary}");
        }
        let single = Events::from_text_body(pieces(text.as_bytes().chunks(1)));
        assert_eq!(read(single).await, *expected, "{text:?} by bytes");
    }
}

#[tokio::test]
async fn bytes_that_are_not_utf8_are_replaced() {
    let events = Events::from_text_body(b"data: a\xff\xc3\n\n".to_vec());
    assert_eq!(read(events).await, ["|||a\u{fffd}\u{fffd}"]);
}

#[tokio::test]
async fn json_data_is_read_and_done_is_the_end() {
    let text =
        "data: {\"a\":\ndata: 1}\n\ndata: nonsense\n\ndata: 2\n\ndata: [DONE]\n\ndata: 3\n\n";
    let mut events: Events<Value> = Events::from_body(text);
    assert_eq!(events.next().await.unwrap().unwrap().data, json!({"a": 1}));
    // A value that can't be read doesn't end the stream.
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(error, StreamError::Value(_)), "{error}");
    assert!(!error.to_string().contains("nonsense"), "{error}");
    assert_eq!(events.next().await.unwrap().unwrap().data, json!(2));
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_without_end_is_refused() {
    let megabyte = Bytes::from(vec![b'x'; 1 << 20]);
    for prefix in ["data: ", ": ", "id: "] {
        let endless = Body::unfold(true, {
            let megabyte = megabyte.clone();
            move |first| {
                let chunk = if first {
                    prefix.into()
                } else {
                    megabyte.clone()
                };
                async move { Ok::<_, std::io::Error>(Some((chunk, false))) }
            }
        });
        let last = read(Events::from_text_body(endless)).await.pop();
        assert_eq!(
            last.unwrap(),
            "error: a value is larger than 16777216 bytes"
        );
    }
    // The lines of an event count together.
    let line = Bytes::from(format!("data: {}\n", "x".repeat(1 << 20)));
    let endless = Body::unfold((), move |()| {
        let line = line.clone();
        async move { Ok::<_, std::io::Error>(Some((line, ()))) }
    });
    let last = read(Events::from_text_body(endless)).await;
    assert_eq!(last, ["error: a value is larger than 16777216 bytes"]);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_and_the_end() {
    let (mut sender, body) = Body::channel();
    sender.send("data: a\n\ndata: b").await.unwrap();
    sender.fail("the cable was cut");
    let read = read(Events::from_text_body(body)).await;
    assert_eq!(read, ["|||a", "error: the cable was cut"]);
}

#[tokio::test]
async fn what_is_sent_is_what_is_read() {
    let (mut sender, mut events) = Events::<String>::text_channel();
    let sent = [
        Event::new("a".to_owned()),
        Event::new(String::new()).event("add").id("1").retry(5),
        Event::new("two\nlines, \r carriage\r\nreturns\n".to_owned()).id("1"),
        Event::new(" data: x".to_owned()).id("2"),
    ];
    let writer = tokio::spawn({
        let sent = sent.clone();
        async move {
            for event in sent {
                sender.send(event).await.unwrap();
                sender.keep_alive().await.unwrap();
            }
        }
    });
    let mut id = None;
    for mut expected in sent {
        expected.id = expected.id.or(id);
        id = expected.id.clone();
        expected.data = expected.data.replace("\r\n", "\n").replace('\r', "\n");
        assert_eq!(events.next().await.unwrap().unwrap(), expected);
    }
    assert!(events.next().await.is_none());
    writer.await.unwrap();
}

#[tokio::test]
async fn nothing_sent_can_become_another_field() {
    let (mut sender, events) = Events::<Value>::channel();
    let event = Event::new(json!("a\n\ndata: b"))
        .event("x\ndata: c\n\n")
        .id("1\r\revent: y\0");
    sender.send(event).await.unwrap();
    drop(sender);
    let body = events.into_body().bytes().await.unwrap();
    assert_eq!(
        body,
        "event: xdata: c\nid: 1event: y\ndata: \"a\\n\\ndata: b\"\n\n"
    );
}

#[tokio::test]
async fn events_are_made_by_a_function() {
    let events = Events::unfold(0, |count: i32| async move {
        match count {
            2 => Err("no third"),
            _ => Ok(Some((Event::new(count).id(count.to_string()), count + 1))),
        }
    });
    let mut events: Events<i32> = events;
    assert_eq!(events.next().await.unwrap().unwrap().data, 0);
    assert_eq!(events.next().await.unwrap().unwrap(), Event::new(1).id("1"));
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "no third");
    assert!(events.next().await.is_none());
}

/// What `eventsource-parser` (npm) makes of streams drawn at random: `tests/events/run.py` asks it, and runs this. Without it, there is nothing
/// to compare.
#[tokio::test]
async fn judged() {
    let Ok(path) = std::env::var("EVENTS_JUDGED") else {
        eprintln!("EVENTS_JUDGED isn't set, so nobody is asked");
        return;
    };
    let said = std::fs::read_to_string(path).unwrap();
    for (number, line) in said.lines().enumerate() {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = line["text"].as_str().unwrap();
        let size = number % 5 + 1;
        let chunks = pieces(text.as_bytes().chunks(size));
        let mut events = Events::from_text_body(chunks);
        for expected in line["events"].as_array().unwrap() {
            let event = events.next().await.unwrap().unwrap();
            // The judge gives an event its own id, not the last one.
            let id = match expected["id"].as_str() {
                Some(id) => (Some(id).filter(|id| !id.is_empty()), event.id.as_deref()),
                None => (None, None),
            };
            assert_eq!(id.0, id.1, "{text:?}");
            let read = json!({
                "event": event.event, "id": expected["id"], "data": event.data, "retry": event.retry,
            });
            assert_eq!(&read, expected, "{text:?}");
        }
        assert!(events.next().await.is_none(), "{text:?}");
    }
}
