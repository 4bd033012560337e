//! Operations that go on after their response: where the state is, how long the client waits, and how it ends.

use std::time::Duration;

use sample_client::runtime::{PollingError, Recorder};
use sample_client::{Body, Client, Error};
use serde_json::{Value, json};
use tokio::time::Instant;

fn client(recorder: &Recorder) -> Client {
    let client = Client::builder("http://jobs.test/v1").transport(recorder.clone());
    client.build().unwrap()
}

fn response(status: u16, headers: &[(&str, &str)], body: &Value) -> http::Response<Body> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let body = match body {
        Value::Null => Body::empty(),
        body => body.to_string().into(),
    };
    let response = response.header("content-type", "application/json");
    response.body(body).unwrap()
}

/// Methods and URLs of all requests.
fn sent(recorder: &Recorder) -> Vec<String> {
    let requests = recorder.requests();
    let sent = requests
        .iter()
        .map(|one| format!("{} {}", one.method, one.uri));
    sent.collect()
}

const REPORT: &str = "http://jobs.test/v1/reports/a";

fn report(phase: &str) -> Value {
    json!({ "name": "a", "status": phase })
}

#[tokio::test(start_paused = true)]
async fn a_state_at_a_url_of_its_own_leads_to_the_result() {
    let at = [
        ("operation-location", "/v1/operations/7?v=2"),
        ("retry-after", "5"),
    ];
    let recorder = Recorder::new()
        .response(response(200, &at, &report("Running")))
        .response(response(
            200,
            &[("retry-after", "20")],
            &json!({ "status": "Running" }),
        ))
        .response(response(200, &[], &json!({ "status": "succeeded" })))
        .response(response(200, &[], &report("Succeeded")));
    let begin = Instant::now();
    let report = client(&recorder).shop().set_report("a").until_done().await;
    assert_eq!(report.unwrap().name, "a");
    assert_eq!(begin.elapsed(), Duration::from_secs(25));
    let state = "GET http://jobs.test/v1/operations/7?v=2";
    let (put, get) = (format!("PUT {REPORT}"), format!("GET {REPORT}"));
    assert_eq!(sent(&recorder), [&put, state, state, &get]);
}

#[tokio::test(start_paused = true)]
async fn a_location_is_asked_until_its_status_says_more_than_accepted() {
    let at = [("location", "results/1")];
    let recorder = Recorder::new()
        .response(response(202, &at, &Value::Null))
        .response(response(202, &[], &Value::Null))
        .response(response(202, &[], &Value::Null))
        // A state of the result, not of the operation.
        .response(response(200, &[], &report("any")));
    let begin = Instant::now();
    let call = client(&recorder).shop().start_report().until_done();
    let report = call.interval(Duration::from_secs(2)).send().await.unwrap();
    assert_eq!(report.status(), 200);
    // The waits double.
    assert_eq!(begin.elapsed(), Duration::from_secs(2 + 4 + 8));
    assert_eq!(sent(&recorder)[3], "GET http://jobs.test/v1/results/1");
}

#[tokio::test(start_paused = true)]
async fn a_state_in_the_response_is_asked_for_at_its_own_url() {
    let recorder = Recorder::new()
        .response(response(201, &[], &report("Creating")))
        .response(response(200, &[], &report("Failed")));
    let result = client(&recorder).shop().set_report("a").until_done().await;
    let Err(PollingError::Failed(last)) = result else {
        panic!("{result:?}");
    };
    assert_eq!(last.json::<Value>().unwrap()["status"], "Failed");
    assert_eq!(
        sent(&recorder),
        [format!("PUT {REPORT}"), format!("GET {REPORT}")]
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_done_at_once_isnt_asked_for() {
    let recorder = Recorder::new().response(response(200, &[], &report("any")));
    let report = client(&recorder).shop().set_report("a").until_done().await;
    assert_eq!(report.unwrap().name, "a");
    assert_eq!(recorder.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_error_of_any_call_is_the_error() {
    let error = json!({ "id": "x", "message": "no", "status_code": 404 });
    let recorder = Recorder::new().response(response(404, &[], &error));
    let result = client(&recorder).shop().set_report("a").until_done().await;
    assert!(
        matches!(result, Err(PollingError::Call(Error::Api(_)))),
        "{result:?}"
    );

    let at = [("azure-asyncoperation", "/v1/operations/7")];
    let recorder = Recorder::new()
        .response(response(200, &at, &Value::Null))
        .response(response(404, &[], &error));
    let result = client(&recorder).shop().set_report("a").until_done().await;
    assert!(
        matches!(result, Err(PollingError::Call(Error::Api(_)))),
        "{result:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_limit_ends_the_questions() {
    let at = [("operation-location", "/v1/operations/7")];
    let recorder = Recorder::new().response(response(202, &at, &Value::Null));
    let recorder = recorder.respond(|_| Ok(response(200, &[], &json!({ "status": "Running" }))));
    let begin = Instant::now();
    let call = client(&recorder).shop().set_report("a").until_done();
    let result = call.within(Duration::from_secs(10)).await;
    assert!(matches!(result, Err(PollingError::Late(_))), "{result:?}");
    // After 1 and 2 and 4 seconds; the next one would be too late.
    assert_eq!(begin.elapsed(), Duration::from_secs(7));
    assert_eq!(recorder.requests().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_to_another_server() {
    for url in [
        "http://evil.test/steal",
        "//evil.test/steal",
        "https://jobs.test:8443/x",
    ] {
        let at = [("operation-location", url)];
        let recorder = Recorder::new().response(response(202, &at, &Value::Null));
        let result = client(&recorder).shop().set_report("a").until_done().await;
        assert!(matches!(result, Err(PollingError::Nowhere(_))), "{url}");
        assert_eq!(recorder.requests().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_result_is_where_the_description_says() {
    // `final-state-via: location`, not the last response.
    let at = [
        ("operation-location", "/v1/operations/7"),
        ("location", "/v1/reports/new"),
    ];
    let recorder = Recorder::new()
        .response(response(202, &at, &Value::Null))
        .response(response(200, &[], &json!({ "status": "Succeeded" })))
        .response(response(200, &[], &report("x")));
    let call = client(&recorder).shop().start_report().until_done();
    call.send().await.unwrap();
    assert_eq!(sent(&recorder)[2], "GET http://jobs.test/v1/reports/new");
}

#[tokio::test(start_paused = true)]
async fn words_of_the_configuration_say_the_state() {
    let at = [("operation-location", "/v1/operations/7")];
    let recorder = Recorder::new()
        .response(response(202, &at, &Value::Null))
        // The usual words say nothing here.
        .response(response(
            200,
            &[],
            &json!({ "status": "Failed", "phase": "Working" }),
        ))
        .response(response(
            200,
            &[],
            &json!({ "phase": "GONE", "text": "kept" }),
        ));
    let call = client(&recorder).shop().delete_report("a").until_done();
    let last = call.await.unwrap();
    assert_eq!(last.json::<Value>().unwrap()["text"], "kept");
}

#[test]
fn there_is_a_blocking_twin() {
    let at = [
        ("operation-location", "/v1/operations/7"),
        ("retry-after-ms", "1"),
    ];
    let recorder = Recorder::new()
        .response(response(202, &at, &Value::Null))
        .response(response(200, &[], &json!({ "status": "Succeeded" })))
        .response(response(200, &[], &report("x")));
    let call = client(&recorder).shop().set_report("a").until_done();
    assert_eq!(call.send_blocking().unwrap().body().name, "a");
}
