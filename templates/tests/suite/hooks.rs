//! What is told of each attempt, choices for one call, and calls that are no operation.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sample_client::*;
use serde_json::json;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Hook for Log {
    fn before(&self, attempt: Attempt, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let OperationInfo {
            id,
            method,
            path,
            tags,
            ..
        } = attempt.operation;
        let number = attempt.number;
        let signed = request.headers().contains_key("authorization");
        request.headers_mut().insert("x-signed", number.into());
        let line = format!("{number} {id} {method} {path} {tags:?} {signed}");
        self.0.lock().unwrap().push(line);
        if request.uri().path().ends_with("refused") {
            return Err("no".into());
        }
        Ok(())
    }

    fn after(&self, attempt: Attempt, result: Result<&RawResponse, &Error>) {
        let status = result.ok().map(|response| response.status().as_u16());
        let line = format!("{} {status:?}", attempt.number);
        self.0.lock().unwrap().push(line);
    }
}

fn quick() -> Retries {
    Retries::new().base_delay(Duration::from_millis(1))
}

fn app() -> serde_json::Value {
    json!({ "id": "a1", "name": "ci", "callback_urls": [] })
}

#[tokio::test]
async fn hooks_see_each_attempt() {
    let log = Log::default();
    let recorder = Recorder::new()
        .json(503, &())
        .response(TransportError::new("reset"));
    let recorder = recorder.json(200, &app());
    let client = Client::builder("http://a.test")
        .bearer("t")
        .transport(recorder.clone());
    let client = client.hook(log.clone()).retries(quick()).build().unwrap();
    client.oauth().get_oauth_app("a").await.unwrap();
    let line = r#"GetOAuthApp GET /api/v4/oauth/apps/{app_id} ["OAuth"] true"#;
    let lines = [1, 2, 3].map(|number| format!("{number} {line}"));
    assert_eq!(
        log.lines(),
        [
            &lines[0],
            "1 Some(503)",
            &lines[1],
            "2 None",
            &lines[2],
            "3 Some(200)"
        ]
    );
    let signed: Vec<u32> = recorder
        .requests()
        .iter()
        .map(|request| {
            request.headers["x-signed"]
                .to_str()
                .unwrap()
                .parse()
                .unwrap()
        })
        .collect();
    assert_eq!(signed, [1, 2, 3]);

    let error = client.oauth().get_oauth_app("refused").await.unwrap_err();
    assert!(matches!(&error, Error::Request(_)), "{error}");
    assert!(
        error.to_string().ends_with("not sent: a hook failed: no"),
        "{error}"
    );
    assert_eq!(recorder.requests().len(), 3);
}

/// Keeps the extensions of requests.
#[derive(Clone)]
struct Layer(Arc<Mutex<Vec<Attempt>>>);

impl tower_service::Service<http::Request<Body>> for Layer {
    type Response = http::Response<Body>;
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<http::Response<Body>, Self::Error>>;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let mut seen = self.0.lock().unwrap();
        seen.extend(request.extensions().get::<Attempt>().copied());
        let mut response = http::Response::new(Body::from("{}"));
        *response.status_mut() = http::StatusCode::BAD_GATEWAY;
        std::future::ready(Ok(response))
    }
}

#[tokio::test]
async fn layers_find_operation_and_attempt_in_the_extensions() {
    let layer = Layer(Arc::default());
    let client = Client::builder("http://a.test").transport(TowerTransport::new(layer.clone()));
    let client = client.retries(quick()).build().unwrap();
    let _ = client
        .oauth()
        .update_oauth_app("a", serde_json::from_value(app()).unwrap())
        .await;
    let seen = layer.0.lock().unwrap();
    let seen: Vec<(&str, u32)> = seen
        .iter()
        .map(|one| (one.operation.id, one.number))
        .collect();
    assert_eq!(seen, [1, 2, 3].map(|number| ("UpdateOAuthApp", number)));
}

#[tokio::test]
async fn a_call_has_choices_of_its_own() {
    let recorder = Recorder::new().json(200, &json!([]));
    let client = Client::builder("http://a.test")
        .transport(recorder.clone())
        .build()
        .unwrap();
    let options = CallOptions::new()
        .query("trace", "a b")
        .header("x-debug", 1);
    client
        .oauth()
        .get_oauth_apps()
        .page(1)
        .options(options)
        .await
        .unwrap();
    let request = recorder.requests().remove(0);
    assert_eq!(request.uri.query(), Some("page=1&trace=a%20b"));
    assert_eq!(request.headers["x-debug"], "1");
}

#[tokio::test]
async fn what_is_no_operation_is_called_in_the_same_way() {
    let recorder = Recorder::new().json(503, &()).json(404, &());
    let recorder = recorder.json(200, &json!({ "n": 1 }));
    let client = Client::builder("http://a.test/base")
        .bearer("t")
        .transport(recorder.clone());
    let client = client
        .header("x-team", "a")
        .retries(quick())
        .build()
        .unwrap();
    let call = client.raw(Method::GET, "/new/thing?a=1").query("b", "2 3");
    let response = call.header("x-one", "1").await.unwrap();
    assert_eq!((response.status().as_u16(), response.attempts()), (404, 2));
    let call = client.raw(Method::POST, "/new").json(&json!({ "x": 1 }));
    let value: serde_json::Value = call.await.unwrap().json().unwrap();
    assert_eq!(value, json!({ "n": 1 }));

    let requests = recorder.requests();
    assert_eq!(requests[1].uri, "http://a.test/base/new/thing?a=1&b=2%203");
    for (name, value) in [
        ("authorization", "Bearer t"),
        ("x-team", "a"),
        ("x-one", "1"),
    ] {
        assert_eq!(requests[1].headers[name], value, "{name}");
    }
    assert_eq!(requests[2].method, Method::POST);
    assert_eq!(requests[2].headers["content-type"], "application/json");
    for path in [
        "new",
        "//b.test/",
        "/a/../b",
        "/a#b",
        "/a\\b",
        "http://b.test/",
        "/%2e%2e",
    ] {
        let sent = recorder.requests().len();
        let result = client.raw(Method::GET, path).await;
        let elsewhere = recorder.requests().len() > sent
            && recorder.requests()[sent].uri.authority().unwrap() != "a.test";
        assert!(!elsewhere, "{path}");
        assert!(
            path == "//b.test/" || matches!(result, Err(Error::Request(_))),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_servers_id_of_a_request_is_told() {
    let response = |status: u16, name: &str| {
        let response = http::Response::builder().status(status).header(name, "r-1");
        response.body(Body::from(app().to_string())).unwrap()
    };
    let recorder = Recorder::new().response(response(200, "x-request-id"));
    let recorder = recorder.response(response(500, "request-id"));
    let client = Client::builder("http://a.test")
        .transport(recorder)
        .build()
        .unwrap();
    let full = client.oauth().get_oauth_app("a").send().await.unwrap();
    assert_eq!(full.request_id(), Some("r-1"));
    let error = client.oauth().get_oauth_app("a").await.unwrap_err();
    assert_eq!(error.request_id(), Some("r-1"));
}

/// The example of the README compiles.
#[allow(dead_code)]
async fn example(token: String) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder("https://chat.example.com")
        .bearer(token)
        .timeout(Duration::from_secs(60))
        .attempt_timeout(Duration::from_secs(10))
        .stall_timeout(Duration::from_secs(90))
        .retries(Retries::new().attempts(5))
        .hook(Log::default())
        .build()?;

    let patient = CallOptions::new()
        .timeout(Duration::from_secs(300))
        .no_retries()
        .query("trace", true);
    let apps = client.oauth().get_oauth_apps().options(patient).await?;
    let other = client
        .raw(Method::GET, "/api/v4/system/ping")
        .query("full", true)
        .await?;
    println!("{apps:?} {other:?}");
    Ok(())
}
