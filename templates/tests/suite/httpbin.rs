//! Calls of httpbin, a server that nobody here wrote: `tests/httpbin/run.py` installs it, starts it, and runs this. Without it, there is
//! nothing to test.

use std::time::{Duration, Instant};

use sample_client::{CallOptions, Client, Method, Retries};
use serde_json::{Value, json};

/// A client of httpbin, if there is one.
fn client() -> Option<Client> {
    let Ok(url) = std::env::var("HTTPBIN_URL") else {
        eprintln!("HTTPBIN_URL isn't set, so httpbin is not asked");
        return None;
    };
    let client = Client::builder(url).bearer("t0ken");
    let retries = Retries::new().base_delay(Duration::from_millis(20));
    Some(client.retries(retries).build().unwrap())
}

#[tokio::test]
async fn httpbin_is_asked_as_often_as_its_status_says() {
    let Some(client) = client() else { return };
    for (status, attempts) in [(503, 3), (500, 3), (429, 3), (501, 1), (404, 1), (200, 1)] {
        let path = format!("/status/{status}");
        let get = client.raw(Method::GET, &path).await.unwrap();
        assert_eq!((get.status().as_u16(), get.attempts()), (status, attempts));
        let post = client.raw(Method::POST, &path).await.unwrap();
        assert_eq!((post.status().as_u16(), post.attempts()), (status, 1));
        let options = CallOptions::new().idempotency_key("k");
        let post = client.raw(Method::POST, &path).options(options).await;
        assert_eq!(post.unwrap().attempts(), attempts);
    }
}

#[tokio::test]
async fn httpbin_gets_what_is_sent() {
    let Some(client) = client() else { return };
    let options = CallOptions::new().idempotency_key("k-1").query("b", "ü &");
    let call = client
        .raw(Method::POST, "/anything?a=1")
        .header("x-one", "1");
    let got: Value = call
        .json(&json!({ "x": 1 }))
        .options(options)
        .await
        .unwrap()
        .json()
        .unwrap();
    assert_eq!(got["args"], json!({ "a": "1", "b": "ü &" }));
    assert_eq!(got["json"], json!({ "x": 1 }));
    for (name, value) in [
        ("Authorization", "Bearer t0ken"),
        ("Idempotency-Key", "k-1"),
        ("X-One", "1"),
        ("User-Agent", "sample-client/0.1.0"),
    ] {
        assert_eq!(got["headers"][name], value, "{name}");
    }
    let redirected = client.raw(Method::GET, "/redirect/3").await.unwrap();
    let url = redirected.json::<Value>().unwrap()["url"].clone();
    assert!(url.as_str().unwrap().ends_with("/get"), "{url}");
    assert_eq!(redirected.attempts(), 1);
}

#[tokio::test]
async fn httpbin_is_not_waited_for_too_long() {
    let Some(client) = client() else { return };
    let start = Instant::now();
    let options = CallOptions::new().attempt_timeout(Duration::from_millis(300));
    let call = client.raw(Method::GET, "/delay/5").options(options);
    let error = call.timeout(Duration::from_secs(10)).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 3, "{error}");
    let call = client
        .raw(Method::GET, "/delay/5")
        .timeout(Duration::from_millis(500));
    let error = call.await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 1, "{error}");
    assert!(start.elapsed() < Duration::from_secs(4));
}
