//! Which redirects are followed, with any transport, and which are returned as responses.

use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::routing::any;
use sample_client::{
    Body, Client, ClientBuilder, Error, RecordedRequest, Recorder, TowerTransport,
};

use crate::provider::{body, oauth_app};
use crate::socket::serve;

fn moved(status: u16, location: &str) -> http::Response<Body> {
    let response = http::Response::builder().status(status);
    let response = response.header("location", location);
    response.body(Body::empty()).unwrap()
}

/// A client that gets a redirect as its first response, and 204 for any other request.
fn redirected(url: &str, status: u16, location: &str) -> (ClientBuilder, Recorder) {
    let recorder = Recorder::new().response(moved(status, location));
    let recorder = recorder.respond(|_| {
        let response = http::Response::builder().status(204);
        Ok(response.body(Body::empty()).unwrap())
    });
    let builder = Client::builder(url).transport(recorder.clone());
    (builder.bearer("t").csrf("c"), recorder)
}

/// The URL requested after `GET http://a.test/mm/files/x` was redirected to this `Location`.
async fn second(url: &str, location: &str) -> Option<String> {
    let (builder, recorder) = redirected(url, 302, location);
    let client = builder.build().unwrap();
    let _ = client.files().get_file("x").send_raw().await.unwrap();
    let requests = recorder.requests();
    requests.get(1).map(|request| request.uri.to_string())
}

#[tokio::test]
async fn a_location_is_a_reference() {
    for (location, url) in [
        ("/b", "http://a.test/b"),
        ("/b?c=1#d", "http://a.test/b?c=1"),
        ("y/z", "http://a.test/mm/files/y/z"),
        ("../../z", "http://a.test/z"),
        ("../../../../z/./y/..", "http://a.test/z/"),
        ("./", "http://a.test/mm/files/"),
        ("?c", "http://a.test/mm/files/x?c"),
        ("//a.test/b", "http://a.test/b"),
        ("http://A.TEST:80/b", "http://A.TEST:80/b"),
        ("https://a.test/b", "https://a.test/b"),
        ("/ü b", "http://a.test/%C3%BC%20b"),
        ("y:z/../b", ""),
        ("", ""),
        ("#d", ""),
        ("/\\b.test/", ""),
        ("http://a.test:81/b", ""),
        ("http://a.test:443/b", ""),
        ("https://a.test:80/b", ""),
        ("https://a.test:8443/b", ""),
        ("http://b.test/b", ""),
        ("http://a.test.b.test/b", ""),
        ("http://a.test@b.test/b", ""),
        ("http://u:p@a.test/b", ""),
        ("//b.test/b", ""),
        ("ftp://a.test/b", ""),
        ("http:b", ""),
    ] {
        let second = second("http://a.test/mm", location).await;
        assert_eq!(second.unwrap_or_default(), url, "{location}");
    }
    assert_eq!(second("https://a.test", "http://a.test/b").await, None);
    assert_eq!(
        second("https://a.test", "/b").await.unwrap(),
        "https://a.test/b"
    );
    assert_eq!(second("http://a.test:8080", "https://a.test/b").await, None);
}

/// The request that follows a redirected `POST` with a body, `GET` or `DELETE`, if any.
async fn after(method: &str, status: u16) -> Option<RecordedRequest> {
    let (builder, recorder) = redirected("http://a.test", status, "/b");
    let oauth = builder.build().unwrap().oauth();
    let response = match method {
        "POST" => oauth.create_oauth_app(body()).send_raw().await,
        "GET" => {
            return second_of(
                oauth.get_oauth_app("a").send_raw().await.unwrap().status(),
                &recorder,
            );
        }
        _ => {
            return second_of(
                oauth
                    .delete_oauth_app("a")
                    .send_raw()
                    .await
                    .unwrap()
                    .status(),
                &recorder,
            );
        }
    };
    second_of(response.unwrap().status(), &recorder)
}

fn second_of(status: http::StatusCode, recorder: &Recorder) -> Option<RecordedRequest> {
    let second = recorder.requests().into_iter().nth(1);
    assert_eq!(status == 204, second.is_some());
    second
}

#[tokio::test]
async fn a_redirect_never_makes_another_request_of_one() {
    for status in [301, 302] {
        assert!(after("POST", status).await.is_none());
        assert!(after("DELETE", status).await.is_none());
        assert_eq!(after("GET", status).await.unwrap().method, Method::GET);
    }
    for status in [307, 308] {
        let again = after("POST", status).await.unwrap();
        assert_eq!(again.method, Method::POST);
        assert_eq!(again.headers["content-type"], "application/json");
        assert_eq!(again.headers["authorization"], "Bearer t");
        assert!(again.body.starts_with(b"{"));
        assert_eq!(
            after("DELETE", status).await.unwrap().method,
            Method::DELETE
        );
    }
    // 303 See Other.
    for method in ["POST", "DELETE", "GET"] {
        let other = after(method, 303).await.unwrap();
        assert_eq!((other.method, other.body.len()), (Method::GET, 0));
        assert!(!other.headers.contains_key("content-type"));
    }
    for status in [300, 304, 305, 200, 404] {
        assert!(after("GET", status).await.is_none(), "{status}");
    }
}

#[tokio::test]
async fn a_stream_is_not_sent_again() {
    let stream = || {
        Body::unfold(true, async |first| {
            Ok::<_, std::io::Error>(first.then(|| ("x".into(), false)))
        })
    };
    for (status, follows) in [(307, false), (303, true)] {
        let (builder, recorder) = redirected("http://a.test", status, "/b");
        let files = builder.build().unwrap().files();
        let _ = files.set_file("x", stream()).send_raw().await.unwrap();
        assert_eq!(recorder.requests().len() == 2, follows, "{status}");
    }
}

#[tokio::test]
async fn documented_redirects_are_answers() {
    for status in [302, 307] {
        let (builder, recorder) = redirected("http://a.test", status, "/b");
        let found = builder.build().unwrap().files().find_file("x").send().await;
        if status == 302 {
            assert_eq!(found.unwrap().headers()["location"], "/b");
            assert_eq!(recorder.requests().len(), 1);
        } else {
            assert_eq!(recorder.requests().len(), 2);
        }
    }
}

#[tokio::test]
async fn there_are_not_too_many_nor_for_too_long() {
    let endless = || Recorder::new().respond(|_| Ok(moved(307, "/b")));
    for (most, requests) in [(None, 6), (Some(0), 1), (Some(2), 3)] {
        let recorder = endless();
        let builder = Client::builder("http://a.test").transport(recorder.clone());
        let builder = match most {
            Some(most) => builder.max_redirects(most),
            None => builder,
        };
        let error = builder
            .build()
            .unwrap()
            .oauth()
            .get_oauth_apps()
            .await
            .unwrap_err();
        assert!(matches!(&error, Error::Unexpected(_)), "{error}");
        assert_eq!(recorder.requests().len(), requests);
    }
    // The time limit applies to all of them together.
    let slow = async || {
        tokio::time::sleep(Duration::from_millis(40)).await;
        (StatusCode::FOUND, [(header::LOCATION, "/b")])
    };
    let url = serve(Router::new().fallback(slow)).await;
    let client = Client::builder(url).timeout(Duration::from_millis(100));
    let error = client
        .build()
        .unwrap()
        .oauth()
        .get_oauth_apps()
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

/// reqwest's own redirect rules must not interfere.
#[tokio::test]
async fn the_transports_agree() {
    let router = || {
        let at = |status: u16| {
            let status = StatusCode::from_u16(status).unwrap();
            any(async move || (status, [(header::LOCATION, "/api/v4/oauth/apps/there")]))
        };
        let there = any(async |method: Method, headers: HeaderMap, text: String| {
            let token = headers.contains_key("authorization");
            format!(
                r#"{{"id":"{method}","name":"{token} {}","callback_urls":[]}}"#,
                text.len()
            )
        });
        Router::new()
            .route("/api/v4/oauth/apps/a302", at(302))
            .route("/api/v4/oauth/apps/a303", at(303))
            .route("/api/v4/oauth/apps", at(307))
            .route("/files/x/place", at(302))
            .route("/api/v4/oauth/apps/there", there)
    };
    let url = serve(router()).await;
    let reqwest = Client::builder(url);
    let tower = Client::builder("http://a.test").transport(TowerTransport::new(router()));
    for builder in [reqwest, tower] {
        let client = builder.bearer("t").csrf("c").build().unwrap();
        let app = client.oauth().get_oauth_app("a302").await.unwrap();
        assert_eq!((app.id.as_str(), app.name.as_str()), ("GET", "true 0"));
        let update = |id| {
            let app = oauth_app("a", "n", ["https://a"]);
            client.oauth().update_oauth_app(id, app).send_raw()
        };
        assert_eq!(update("a302").await.unwrap().status(), 302);
        assert!(update("a303").await.unwrap().text().contains("GET"));
        let again = client
            .oauth()
            .create_oauth_app(body())
            .send_raw()
            .await
            .unwrap();
        assert!(
            again.text().starts_with(r#"{"id":"POST","name":"true "#),
            "{}",
            again.text()
        );
        let found = client.files().find_file("x").send().await.unwrap();
        assert_eq!(found.headers()["location"], "/api/v4/oauth/apps/there");
    }
}
