//! The description that a server has next to the API, and the page that shows it.

use crate::provider::server;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, LOCATION,
};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use sample_server::document;
use sample_server::runtime::{Body, Document};
use tower_service::Service;

/// The response to a request, and its body.
async fn ask(document: Document, request: http::request::Builder) -> (Response<()>, Vec<u8>) {
    let mut service = document.serve(server());
    let request = request.body(Body::empty()).unwrap();
    let (parts, body) = service.call(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    (Response::from_parts(parts, ()), body)
}

fn get(path: &str) -> http::request::Builder {
    Request::get(path)
}

#[tokio::test]
async fn both_syntaxes_are_served_with_a_validator() {
    let own = document();
    for (path, media_type, text) in [
        ("/openapi.json", "application/json", own.json()),
        ("/openapi.yaml", "application/yaml", own.yaml()),
    ] {
        let (response, body) = ask(document(), get(path)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], media_type);
        assert_eq!(response.headers()[CACHE_CONTROL], "no-cache");
        assert_eq!(body, text);
        let etag = response.headers()[ETAG].to_str().unwrap().to_owned();

        for known in [etag.clone(), format!("\"x\", W/{etag}"), "*".to_owned()] {
            let (response, body) = ask(document(), get(path).header(IF_NONE_MATCH, known)).await;
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
            assert_eq!(response.headers()[ETAG], etag.as_str());
            assert!(body.is_empty() && !response.headers().contains_key(CONTENT_TYPE));
        }
        let (response, _) = ask(document(), get(path).header(IF_NONE_MATCH, "\"x\"")).await;
        assert_eq!(response.status(), StatusCode::OK);

        let (response, body) = ask(document(), Request::head(path)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_LENGTH], text.len().to_string());
        assert!(body.is_empty());
    }
    let json: serde_json::Value = serde_json::from_slice(own.json()).unwrap();
    assert_eq!(json["info"]["title"], "Sample");
}

#[tokio::test]
async fn paths_are_the_users_and_all_else_is_the_apis() {
    let moved = || document().json_at("/spec").yaml_at("/spec.yml");
    assert_eq!(ask(moved(), get("/spec")).await.0.status(), 200);
    assert_eq!(ask(moved(), get("/spec.yml")).await.0.status(), 200);
    for request in [
        get("/openapi.json"),
        Request::post("/spec"),
        get("/explorer/"),
    ] {
        let (response, _) = ask(moved(), request).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    }
}

#[tokio::test]
async fn the_explorer_has_all_of_its_files() {
    let explored = || document().json_at("/v1/spec").explorer_at("/docs/api/");
    let (response, _) = ask(explored(), get("/docs/api")).await;
    assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(response.headers()[LOCATION], "api/");

    let (response, page) = ask(explored(), get("/docs/api/")).await;
    assert_eq!(response.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    let policy = response.headers()[CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; "));
    let page = String::from_utf8(page).unwrap();
    let files = ["swagger-ui.css", "swagger-ui-bundle.js", "explorer.js"];
    for file in files {
        assert!(page.contains(&format!("=\"{file}\"")), "{page}");
        let (response, body) = ask(explored(), get(&format!("/docs/api/{file}"))).await;
        assert_eq!(response.status(), StatusCode::OK, "{file}");
        assert!(response.headers().contains_key(CONTENT_SECURITY_POLICY));
        assert!(response.headers().contains_key(ETAG));
        let is_gzip = response.headers().get(CONTENT_ENCODING).is_some();
        assert_eq!(is_gzip, body.starts_with(&[0x1f, 0x8b, 8]), "{file}");
    }

    // Whatever is in front of the path of the page, all else is relative to it.
    let (_, script) = ask(explored(), get("/docs/api/explorer.js")).await;
    let script = String::from_utf8(script).unwrap();
    let begin = "const DOCUMENT = \"./../../v1/spec\";\nconst BASE = \"./../../\";\n";
    assert!(script.starts_with(begin), "{script}");
    let below = explored().base_path("/api/v4").explorer_at("/");
    let (_, script) = ask(below.clone(), get("/explorer.js")).await;
    let script = String::from_utf8(script).unwrap();
    let begin = "const DOCUMENT = \"./v1/spec\";\nconst BASE = \"./api/v4\";\n";
    assert!(script.starts_with(begin), "{script}");
    let (response, _) = ask(below, get("/")).await;
    assert_eq!(response.status(), StatusCode::OK);
}
