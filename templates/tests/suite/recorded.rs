//! Calls that are recorded to files, and replayed from these.

use std::path::PathBuf;

use sample_client::runtime::{Recording, Replay};
use sample_client::{Body, Client, Error, Method, Recorder, TowerTransport, Transport};
use serde_json::{Value, json};

use crate::provider::{BASE_URL, answer, body, server};

/// A file of a test.
fn file(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("recorded");
    let path = directory.join(format!("{name}.json"));
    let _ = std::fs::remove_file(&path);
    path
}

fn client(transport: impl Transport) -> Client {
    let client = Client::builder(BASE_URL).transport(transport);
    client
        .bearer("good")
        .csrf("t0ken")
        .key("k3y")
        .build()
        .unwrap()
}

fn app(id: &str) -> Value {
    json!({ "id": id, "name": id, "callback_urls": [] })
}

fn read(path: &PathBuf) -> (String, Value) {
    let text = std::fs::read_to_string(path).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

/// What a replay says of a request that was not recorded.
fn said<T: std::fmt::Debug, E: std::fmt::Debug>(result: Result<T, Error<E>>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }) && !error.is_retryable());
    error.to_string()
}

#[tokio::test]
async fn what_was_recorded_is_replayed() {
    let path = file("replayed");
    let calls = async |client: Client| {
        let created = client
            .oauth()
            .create_oauth_app(body())
            .send()
            .await
            .unwrap();
        let missing = client.oauth().get_oauth_app("nope").await.unwrap_err();
        let apps = client
            .oauth()
            .get_oauth_apps()
            .page(1)
            .ids(["a&b", "ü"])
            .await
            .unwrap();
        (
            created.status(),
            created.into_body(),
            missing.to_string(),
            apps,
        )
    };
    let recording = Recording::new(TowerTransport::new(server()), &path);
    let recorded = calls(client(recording)).await;
    let replayed = calls(client(Replay::open(&path).unwrap())).await;
    assert_eq!(recorded, replayed);
    let (_, file) = read(&path);
    let operations = file["calls"].as_array().unwrap().iter();
    let operations: Vec<&str> = operations
        .map(|call| call["operation"].as_str().unwrap())
        .collect();
    assert_eq!(
        operations,
        ["CreateOAuthApp", "GetOAuthApp", "GetOAuthApps"]
    );
    let request = &file["calls"][0]["request"];
    assert_eq!(request["method"], "POST");
    assert_eq!(request["path"], "/api/v4/oauth/apps");
    assert_eq!(request["body"]["json"]["name"], "ci");
    assert_eq!(
        file["calls"][2]["request"]["query"]["ids"],
        json!(["a&b", "ü"])
    );
}

#[tokio::test]
async fn secrets_are_not_in_the_file() {
    let path = file("secrets");
    let secret = json!({
        "id": "a1",
        "name": "ci",
        "callback_urls": ["https://a.example"],
        "client_secret": "s1-hidden",
        "more": [{ "accessToken": "s2-hidden", "pin": 4711, "shown": "yes" }],
    });
    let mut moved = answer(302, "text/plain", "");
    for (name, value) in [
        (
            "location",
            "https://a.example/?code=1&access_token=s3-hidden#x",
        ),
        ("set-cookie", "session=s4-hidden"),
        ("x-api-key", "s5-hidden"),
        ("x-shown", "yes"),
    ] {
        moved.headers_mut().insert(name, value.parse().unwrap());
    }
    let form = answer(
        200,
        "application/x-www-form-urlencoded",
        "token=s6-hidden&shown=yes",
    );
    let recorder = Recorder::new()
        .json(200, &secret)
        .response(moved)
        .response(form);
    let recording = Recording::new(recorder, &path).remove("PIN");
    let client = client(recording);
    let get = client.oauth().get_oauth_app("a1").send_raw();
    let got: Value = get.await.unwrap().json().unwrap();
    // What the caller gets has all of it.
    assert_eq!(got, secret);
    let raw = client.raw(Method::POST, "/x?password=s7-hidden&shown=yes");
    let raw = raw.header("x-auth-token", "s8-hidden");
    raw.json(&json!({ "refresh_token": "s9-hidden" }))
        .await
        .unwrap();
    client.raw(Method::GET, "/form").await.unwrap();
    let (text, file) = read(&path);
    for hidden in ["hidden", "Bearer", "t0ken", "k3y", "4711"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    assert_eq!(text.matches("yes").count(), 4, "{text}");
    assert_eq!(
        file["calls"][0]["response"]["body"]["json"]["more"][0]["pin"],
        0
    );
    assert_eq!(file["removed"], json!(["pin"]));
    // The same secrets needn't be known for a replay.
    let replay = Replay::open(&path).unwrap();
    let client = Client::builder(BASE_URL).transport(replay).build().unwrap();
    assert_eq!(client.oauth().get_oauth_app("a1").await.unwrap().id, "a1");
    let raw = client.raw(Method::POST, "/x?password=other&shown=yes");
    let moved = raw
        .json(&json!({ "refresh_token": "other" }))
        .await
        .unwrap();
    assert_eq!(
        moved.headers()["location"],
        "https://a.example/?code=1&access_token=***#x"
    );
}

#[tokio::test]
async fn equal_calls_take_their_turns_and_the_last_one_is_repeated() {
    let path = file("turns");
    let recorder = Recorder::new().json(200, &app("a")).json(200, &app("b"));
    let recording = client(Recording::new(recorder, &path));
    let replayed = |client: &Client| client.oauth().get_oauth_app("x").into_future();
    for id in ["a", "b"] {
        assert_eq!(replayed(&recording).await.unwrap().id, id);
    }
    let replay = client(Replay::open(&path).unwrap());
    for id in ["a", "b", "b"] {
        assert_eq!(replayed(&replay).await.unwrap().id, id);
    }
}

#[tokio::test]
async fn what_was_not_recorded_names_the_nearest_call() {
    let path = file("nearest");
    let recorder = Recorder::new()
        .json(200, &app("a"))
        .json(200, &json!([app("a")]))
        .json(201, &app("a"));
    let recording = client(Recording::new(recorder, &path));
    let oauth = recording.oauth();
    oauth.get_oauth_app("a").await.unwrap();
    oauth.get_oauth_apps().page(1).await.unwrap();
    oauth.create_oauth_app(body()).await.unwrap();
    let replay = client(Replay::open(&path).unwrap());
    let oauth = replay.oauth();
    let name = path.display();
    for (said, expected) in [
        (
            said(oauth.get_oauth_app("b").await),
            "call 1, GET /api/v4/oauth/apps/a (GetOAuthApp): \
             the path is /api/v4/oauth/apps/b, not /api/v4/oauth/apps/a",
        ),
        (
            said(oauth.get_oauth_apps().page(2).await),
            "call 2, GET /api/v4/oauth/apps (GetOAuthApps): the query is page=2, not page=1",
        ),
        (
            said(oauth.create_oauth_app(body().lifetime(5)).await),
            "call 3, POST /api/v4/oauth/apps (CreateOAuthApp): \
             /lifetime of the body is 5, it should be missing",
        ),
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
        assert!(
            said.contains(&format!("{name} has no recorded call for ")),
            "{said}"
        );
    }
}

#[tokio::test]
async fn bodies_of_all_kinds_are_replayed_byte_by_byte() {
    let path = file("bodies");
    let bodies: [(&str, &[u8]); 5] = [
        ("application/json", b"[123456789012345678901234567890, 1.0]"),
        ("application/json", b"{"),
        ("text/plain", "ü\n".as_bytes()),
        ("image/png", &[0x89, 0xff, 0]),
        ("application/json", b""),
    ];
    let recorder = bodies
        .iter()
        .fold(Recorder::new(), |recorder, (media_type, body)| {
            recorder.response(answer(200, media_type, body.to_vec()))
        });
    let calls = async |client: Client| {
        let mut got = Vec::new();
        for index in 0..bodies.len() {
            let call = client.raw(Method::GET, &format!("/{index}"));
            got.push(call.await.unwrap().bytes().clone());
        }
        got
    };
    calls(client(Recording::new(recorder, &path))).await;
    let replayed = calls(client(Replay::open(&path).unwrap())).await;
    for ((_, body), replayed) in bodies.iter().zip(replayed) {
        assert_eq!(replayed, *body);
    }
}

#[tokio::test]
async fn streams_are_recorded_while_they_are_read() {
    let path = file("streams");
    let pieces = ["data: one\n\n", "data: two\n\n"].into_iter();
    let stream = Body::unfold(pieces, |mut pieces| async move {
        Ok::<_, std::io::Error>(pieces.next().map(|piece| (piece.into(), pieces)))
    });
    let recorder = Recorder::new().response(answer(200, "text/event-stream", stream));
    let recording = client(Recording::new(recorder, &path));
    let mut talk = recording.files().get_talk().await.unwrap();
    assert!(!path.exists());
    while let Some(event) = talk.next().await {
        event.unwrap();
    }
    drop(talk);
    let replay = client(Replay::open(&path).unwrap());
    let mut talk = replay.files().get_talk().await.unwrap();
    for data in ["one", "two"] {
        assert_eq!(talk.next().await.unwrap().unwrap().data, data);
    }
    assert!(talk.next().await.is_none());
}

#[tokio::test]
async fn files_that_can_not_be_read_or_written_are_errors() {
    let path = file("unreadable");
    let missing = Replay::open(&path).unwrap_err();
    assert!(missing.to_string().starts_with(&path.display().to_string()));
    for text in ["", "{}", r#"{"calls":[{}]}"#, r#"{"calls":7}"#] {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        assert!(Replay::open(&path).is_err(), "{text}");
    }
    std::fs::write(&path, r#"{"calls":[]}"#).unwrap();
    let empty = client(Replay::open(&path).unwrap());
    let said = said(empty.oauth().get_oauth_app("a").await);
    assert!(
        said.contains("has no recorded call, so none for GET"),
        "{said}"
    );
    let below_a_file = path.join("below.json");
    let recorder = Recorder::new().json(200, &app("a"));
    let recording = client(Recording::new(recorder, below_a_file));
    let error = recording.oauth().get_oauth_app("a").await.unwrap_err();
    assert!(error.to_string().contains("can't be written"), "{error}");
}
