//! Credentials: which are sent, tokens that expire, the environment.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sample_client::*;
use serde_json::json;
use tokio::time::{advance, sleep};

use crate::provider::BASE_URL;

/// Hands out `t1`, `t2`, … after a second, valid for so many seconds.
fn counted(count: &Arc<AtomicUsize>, lifetime: u64) -> impl TokenSource + use<> {
    let count = count.clone();
    move || {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            sleep(Duration::from_secs(1)).await;
            let token = Token::new(format!("t{number}"));
            Ok::<_, BoxError>(token.expires_in(Duration::from_secs(lifetime)))
        }
    }
}

/// A server that responds with 204, or to these tokens with 401.
fn rejecting(tokens: &'static [&'static str]) -> Recorder {
    Recorder::new().respond(move |request| {
        let sent = request.headers["authorization"].to_str().unwrap();
        let is_rejected = tokens
            .iter()
            .any(|token| sent.strip_prefix("Bearer ") == Some(token));
        let status = if is_rejected { 401 } else { 204 };
        let response = http::Response::builder().status(status);
        Ok(response.body(Body::empty()).unwrap())
    })
}

fn sent(recorder: &Recorder) -> Vec<String> {
    let requests = recorder.requests();
    let value = |request: &RecordedRequest| {
        let value = request.headers.get("authorization");
        value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    };
    requests.iter().map(value).collect()
}

fn client(recorder: &Recorder, token: impl Into<Secret>) -> Client {
    let client = Client::builder(BASE_URL).grants(token);
    client.transport(recorder.clone()).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_token_is_fetched_once_for_all_that_wait_for_it() {
    let (recorder, count) = (rejecting(&[]), Arc::default());
    let client = client(&recorder, Secret::tokens(counted(&count, 3600)));
    let calls = (0..50).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.oauth().get_by_token().await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert_eq!(sent(&recorder), vec!["Bearer t1"; 50]);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_it_expires_and_meanwhile_used() {
    let (recorder, count) = (rejecting(&[]), Arc::default());
    let client = client(&recorder, Secret::tokens(counted(&count, 1000)));
    client.oauth().get_by_token().await.unwrap();
    advance(Duration::from_secs(870)).await;
    client.oauth().get_by_token().await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 1);
    // In the last two minutes one call waits for another token, others go on with this one.
    advance(Duration::from_secs(20)).await;
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.oauth().get_by_token().await.unwrap() }
    });
    tokio::task::yield_now().await;
    client.oauth().get_by_token().await.unwrap();
    first.await.unwrap();
    client.oauth().get_by_token().await.unwrap();
    assert_eq!(
        sent(&recorder),
        [
            "Bearer t1",
            "Bearer t1",
            "Bearer t1",
            "Bearer t2",
            "Bearer t2"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_that_cannot_be_renewed_is_used_until_it_expires() {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = count.clone();
    let source = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        async move {
            match number {
                0 => Ok(Token::new("t1").expires_in(Duration::from_secs(1000))),
                _ => Err::<Token, BoxError>("the vault is sealed".into()),
            }
        }
    };
    let recorder = rejecting(&[]);
    let client = client(&recorder, Secret::tokens(source));
    client.oauth().get_by_token().await.unwrap();
    advance(Duration::from_secs(900)).await;
    for _ in 0..3 {
        client.oauth().get_by_token().await.unwrap();
    }
    assert_eq!(count.load(Ordering::SeqCst), 2);
    advance(Duration::from_secs(101)).await;
    let error = client.oauth().get_by_token().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetByToken: GET /guarded/token: not sent: there is no credential for grants: the vault is sealed"
    );
    assert_eq!(sent(&recorder).len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_rejected_token_is_renewed_once_and_the_request_sent_again() {
    let (recorder, count) = (rejecting(&["t1"]), Arc::default());
    let client = client(&recorder, Secret::tokens(counted(&count, 3600)));
    // Not an idempotent operation, and a client that repeats nothing.
    let response = client.oauth().set_by_token("x").send_raw().await.unwrap();
    assert_eq!((response.status().as_u16(), response.attempts()), (204, 1));
    assert_eq!(sent(&recorder), ["Bearer t1", "Bearer t2"]);
    assert_eq!(recorder.requests()[1].body, "x");
    client.oauth().get_by_token().await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_second_rejection_is_the_response() {
    let (recorder, count) = (rejecting(&["t1", "t2", "t3"]), Arc::default());
    let client = client(&recorder, Secret::tokens(counted(&count, 3600)));
    let error = client.oauth().get_by_token().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(sent(&recorder), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test(start_paused = true)]
async fn many_rejected_requests_renew_the_token_once() {
    let (recorder, count) = (rejecting(&["t1"]), Arc::default());
    let client = client(&recorder, Secret::tokens(counted(&count, 3600)));
    let calls = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.oauth().get_by_token().await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_streamed_body_is_not_sent_again() {
    let (recorder, count) = (rejecting(&["t1"]), Arc::default());
    let client = client(&recorder, Secret::tokens(counted(&count, 3600)));
    let body = crate::provider::chunked(3);
    let error = client.oauth().set_by_token(body).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(sent(&recorder), ["Bearer t1"]);
}

/// The server may have given out a token that can be fetched only once.
#[tokio::test(start_paused = true)]
async fn a_fetch_comes_to_its_end_when_the_call_is_dropped() {
    let (recorder, count) = (rejecting(&[]), Arc::default());
    let client = client(&recorder, Secret::tokens(counted(&count, 3600)));
    let call = client.oauth().get_by_token().send();
    let dropped = tokio::time::timeout(Duration::from_millis(500), call).await;
    assert!(dropped.is_err());
    client.oauth().get_by_token().await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert_eq!(sent(&recorder), ["Bearer t1"]);
}

#[tokio::test(start_paused = true)]
async fn who_waits_shares_an_error_of_the_transport_which_may_be_repeated() {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = count.clone();
    let source = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        async move {
            sleep(Duration::from_secs(1)).await;
            match number {
                0 => Err(TransportError::new("the vault is away")),
                _ => Ok(Token::new("t1").expires_in(Duration::ZERO)),
            }
        }
    };
    let recorder = rejecting(&[]);
    let client = client(&recorder, Secret::tokens(source));
    let calls = (0..5).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.oauth().get_by_token().await.unwrap_err() })
    });
    for call in calls.collect::<Vec<_>>() {
        let error = call.await.unwrap();
        assert!(error.is_retryable(), "{error}");
        assert!(error.to_string().contains("the vault is away"), "{error}");
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    // A token that is over at once is used by the request that it was fetched for.
    client.oauth().get_by_token().await.unwrap();
    client.oauth().get_by_token().await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 3);
}

/// Outside of tokio, too: with nothing but a thread.
#[test]
fn tokens_need_no_runtime() {
    let source = || async { Ok::<_, BoxError>(Token::new("t1")) };
    let recorder = rejecting(&[]);
    let client = client(&recorder, Secret::tokens(source));
    let mut call = std::pin::pin!(client.oauth().get_by_token().send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let result = call.as_mut().poll(&mut context);
    assert!(matches!(result, std::task::Poll::Ready(Ok(_))));
    assert_eq!(sent(&recorder), ["Bearer t1"]);
}

#[test]
fn tokens_are_not_shown() {
    let token = Token::new("t0ken").expires_in(Duration::from_secs(60));
    let shown = format!(
        "{token:?} {:?}",
        Secret::tokens(|| async { Ok::<_, BoxError>(Token::new("t0ken")) })
    );
    assert!(!shown.contains("t0ken"), "{shown}");
}

#[tokio::test]
async fn an_http_scheme_goes_before_its_credentials() {
    let recorder = Recorder::new().respond(|_| {
        let response = http::Response::builder().status(204);
        Ok(response.body(Body::empty()).unwrap())
    });
    for credentials in ["s3cret", "vault s3cret"] {
        let client = Client::builder(BASE_URL).vault(credentials);
        let client = client.transport(recorder.clone()).build().unwrap();
        client.oauth().get_by_scheme().await.unwrap();
    }
    assert_eq!(sent(&recorder), ["Vault s3cret", "vault s3cret"]);
}

/// A certificate is no part of the request, so an alternative that is goes before it if it is given.
#[tokio::test]
async fn a_key_is_sent_where_a_certificate_would_do_too() {
    let recorder = Recorder::new().respond(|_| {
        let response = http::Response::builder().status(204);
        Ok(response.body(Body::empty()).unwrap())
    });
    let client = Client::builder(BASE_URL).key("k1");
    let client = client.transport(recorder.clone()).build().unwrap();
    client.oauth().get_by_either().await.unwrap();
    assert_eq!(recorder.requests()[0].uri.query(), Some("key=k1"));
}

/// In a process of its own, as the environment belongs to all threads.
#[test]
fn credentials_come_from_the_environment() {
    if std::env::var("SAMPLE_GRANTS_TOKEN").is_err() {
        let name = "credentials::credentials_come_from_the_environment";
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact"])
            .envs([
                ("SAMPLE_BASE_URL", "https://sample.test/v1"),
                ("SAMPLE_GRANTS_TOKEN", "t0ken"),
                ("SAMPLE_BEARER_TOKEN", ""),
                ("SAMPLE_USERNAME", "ann"),
            ])
            .status();
        assert!(status.unwrap().success());
        return;
    }
    let client = Client::from_env().unwrap();
    assert!(format!("{client:?}").contains("sample.test"));
    let recorder = Recorder::new().respond(|_| {
        let body = Body::from(serde_json::to_vec(&json!([])).unwrap());
        let response = http::Response::builder().header("content-type", "application/json");
        Ok(response.body(body).unwrap())
    });
    let client = Client::builder(BASE_URL).credentials_from_env();
    let client = client.transport(recorder.clone()).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        client.oauth().get_by_token().send_raw().await.unwrap();
        client.oauth().get_by_either().send_raw().await.unwrap();
        let deleted = client.oauth().delete_oauth_app("a1").send_raw();
        deleted.await.unwrap();
    });
    // Of all that the environment has: what the operation requires.
    assert_eq!(sent(&recorder), ["Bearer t0ken", "", "Basic YW5uOg=="]);
}
