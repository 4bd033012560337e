//! Client and server over a real socket, with axum and reqwest.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use sample_client::{Client, Error};

use crate::provider::{body, server};

pub async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn client_and_server_understand_each_other() {
    let url = serve(Router::new().fallback_service(server())).await;
    let client = Client::builder(url)
        .bearer("good")
        .csrf("c")
        .build()
        .unwrap();
    let app = client.oauth().create_oauth_app(body()).await.unwrap();
    assert_eq!((app.id.as_str(), app.name.as_str()), ("ann", "ci"));
    let app = client.oauth().get_oauth_app("ü/?#%").await.unwrap();
    assert_eq!(app.id, "ü/?#%");
    let Err(Error::Api(error)) = client.oauth().get_oauth_app("nope").await else {
        panic!()
    };
    assert_eq!(error.message(), Some("no such app"));
    assert_eq!(
        client
            .oauth()
            .delete_oauth_app("a")
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        501
    );
}

#[tokio::test]
async fn head_and_limits_work_over_http() {
    let url = serve(Router::new().fallback_service(server())).await;
    let http = reqwest::Client::new();
    let head = http
        .head(format!("{url}/api/v4/oauth/apps/a1"))
        .send()
        .await
        .unwrap();
    assert_eq!(head.status(), 200);
    assert!(
        head.headers()["content-length"]
            .to_str()
            .unwrap()
            .parse::<usize>()
            .unwrap()
            > 10
    );
    assert!(head.bytes().await.unwrap().is_empty());

    let post = http
        .post(format!("{url}/api/v4/oauth/apps"))
        .bearer_auth("good");
    let large = post
        .header("content-type", "application/json")
        .body(vec![b' '; 2000]);
    assert_eq!(large.send().await.unwrap().status(), 413);
}

#[tokio::test]
async fn the_server_can_be_nested() {
    let nested = sample_server::Server::builder(crate::provider::Provider);
    let nested = nested
        .authenticate(crate::provider::Tokens)
        .base_path("")
        .build();
    let url = serve(Router::new().nest_service("/mm", nested)).await;
    let client = Client::builder(format!("{url}/mm/")).build().unwrap();
    assert_eq!(client.oauth().get_oauth_app("a1").await.unwrap().id, "a1");
}

/// Responds with the credentials of the request.
async fn echo(headers: HeaderMap, request: Request) -> impl IntoResponse {
    let has_token = headers.contains_key("authorization") || request.uri().query().is_some();
    let name = if has_token { "token" } else { "no token" };
    (
        StatusCode::OK,
        format!(r#"{{"id":"i","name":"{name}","callback_urls":[]}}"#),
    )
}

#[tokio::test]
async fn redirects_do_not_leave_the_server() {
    let other = serve(Router::new().fallback(echo)).await;
    let elsewhere = format!("{other}/api/v4/oauth/apps/moved");
    let router = Router::new()
        .route(
            "/api/v4/oauth/apps/away",
            get(async move || Redirect::temporary(&elsewhere)),
        )
        .route(
            "/api/v4/oauth/apps/here",
            get(async || Redirect::temporary("/api/v4/oauth/apps/there")),
        )
        .route(
            "/api/v4/oauth/apps/loop",
            get(async || Redirect::temporary("/api/v4/oauth/apps/loop")),
        )
        .route("/api/v4/oauth/apps/there", get(echo));
    let client = Client::builder(serve(router).await)
        .bearer("t")
        .build()
        .unwrap();
    assert_eq!(
        client.oauth().get_oauth_app("here").await.unwrap().name,
        "token"
    );
    let away = client.oauth().get_oauth_app("away").await.unwrap_err();
    assert!(
        matches!(&away, Error::Unexpected(response) if response.headers().contains_key("location")),
        "{away}"
    );
    let endless = client.oauth().get_oauth_app("loop").await.unwrap_err();
    assert_eq!(endless.status().unwrap(), 307);
}

#[tokio::test]
async fn failures_of_the_network_say_so_without_keys() {
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::builder(format!("http://{address}"))
        .key("s3cret")
        .build()
        .unwrap();
    let error = client.oauth().delete_oauth_app("a").await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error}");
    assert!(error.to_string().contains("onnection refused"), "{error}");
    assert!(
        !format!("{error} {error:?}").contains("s3cret"),
        "{error:?}"
    );
}

#[tokio::test]
async fn reqwest_keeps_to_the_time() {
    // Accepts connections and never responds.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::builder(url)
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = client.oauth().get_oauth_apps().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[test]
fn blocking_and_async_calls_share_a_client() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let url = runtime.block_on(serve(Router::new().fallback_service(server())));
    let client = Client::builder(url)
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    for _ in 0..3 {
        assert_eq!(
            client
                .oauth()
                .get_oauth_app("a1")
                .send_blocking()
                .unwrap()
                .id,
            "a1"
        );
        let app = runtime.block_on(async { client.oauth().get_oauth_app("a2").await });
        assert_eq!(app.unwrap().id, "a2");
    }
}
