//! Requests that the server itself rejects, on the wire.

use mattermost_oauth_server::{OauthApi, Server};
use serde_json::{Value, json};

use crate::world::{APPS, METADATA, Raw, World, raw, world};

const ANN: (&str, &str) = ("authorization", "Bearer ann");
const JSON: (&str, &str) = ("content-type", "application/json");
const GOOD: &str =
    r#"{"name":"ci","description":"d","callback_urls":["https://a"],"homepage":"https://a"}"#;

fn register() -> String {
    format!("{APPS}/register")
}

async fn create(world: &World, body: &str) -> Raw {
    world.raw("POST", APPS, &[ANN, JSON], body).await
}

#[tokio::test]
async fn a_wrong_method_is_405_and_the_right_ones_are_named() {
    let world = world();
    for (path, allowed) in [
        (APPS, "GET, HEAD, OPTIONS, POST"),
        ("/api/v4/oauth/apps/a1", "DELETE, GET, HEAD, OPTIONS, PUT"),
        ("/api/v4/oauth/apps/a1/regen_secret", "OPTIONS, POST"),
        (METADATA, "GET, HEAD, OPTIONS"),
    ] {
        for method in ["PATCH", "BREW"] {
            let answer = world.raw(method, path, &[], "").await;
            assert_eq!(
                (answer.status(), answer.header("allow")),
                (405, Some(allowed)),
                "{method} {path}"
            );
            assert_eq!(
                answer.problem(),
                json!({ "title": "Method Not Allowed", "status": 405 })
            );
        }
        let asked = world.raw("OPTIONS", path, &[], "").await;
        let (status, methods) = (asked.status(), asked.header("allow"));
        assert_eq!((status, methods), (204, Some(allowed)), "{path}");
    }
    // `register` is a path of its own and not an app's id, whatever the method.
    for method in ["PATCH", "DELETE", "GET", "PUT"] {
        let answer = world.raw(method, &register(), &[ANN], "").await;
        assert_eq!(
            (answer.status(), answer.header("allow")),
            (405, Some("OPTIONS, POST")),
            "{method}"
        );
    }
}

#[tokio::test]
async fn an_unknown_path_is_404() {
    let world = world();
    for path in [
        "/",
        "/api/v4",
        "/api/v4/oauth/apps/",
        "/api/v4/oauth/apps//info",
        "/api/v4/oauth/apps/../apps",
        "/api/v4/oauth/apps/%2E%2E",
        "/api/v4/oauth/apps/a1/b2",
        "/API/v4/oauth/apps",
        "/mm/api/v4/oauth/apps",
        "//api/v4/oauth/apps",
    ] {
        let answer = world.raw("GET", path, &[ANN], "").await;
        assert_eq!(answer.status(), 404, "{path}");
        assert_eq!(
            answer.problem(),
            json!({ "title": "Not Found", "status": 404 }),
            "{path}"
        );
    }
    for path in [
        "/api/v4/oauth/apps/%FF",
        "/api/v4/oauth/apps/%",
        "/api/v4/oauth/apps/%zz",
    ] {
        assert_eq!(
            world.raw("GET", path, &[ANN], "").await.status(),
            400,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_body_of_another_media_type_is_415() {
    let world = world();
    for media_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "json",
        "application/json; charset=latin1",
    ] {
        let answer = world
            .raw("POST", APPS, &[ANN, ("content-type", media_type)], GOOD)
            .await;
        assert_eq!(answer.status(), 415, "{media_type}");
        assert_eq!(
            answer.problem()["detail"],
            "the body must be application/json"
        );
    }
    for media_type in [
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/vnd.mm+json",
    ] {
        let answer = world
            .raw("POST", APPS, &[ANN, ("content-type", media_type)], GOOD)
            .await;
        assert_eq!(answer.status(), 201, "{media_type}");
    }
    assert_eq!(
        world.raw("POST", APPS, &[ANN], GOOD).await.status(),
        201,
        "there is but one it can be"
    );
}

#[tokio::test]
async fn an_accept_header_without_json_is_406() {
    let world = world();
    let status = async |accept: &str| {
        world
            .raw("GET", APPS, &[ANN, ("accept", accept)], "")
            .await
            .status()
    };
    for accept in [
        "text/html",
        "application/xml, text/*;q=0.5",
        "application/json;q=0, */*",
        "image/*",
    ] {
        assert_eq!(status(accept).await, 406, "{accept}");
    }
    for accept in [
        "*/*",
        "application/*",
        "text/html, application/json;q=0.1",
        "",
        "APPLICATION/JSON",
    ] {
        assert_eq!(status(accept).await, 200, "{accept}");
    }
    let answer = world
        .raw("GET", METADATA, &[("accept", "text/html")], "")
        .await;
    assert_eq!(
        answer.problem()["detail"],
        "the response would be application/json"
    );
}

/// The only error of a problem document.
#[track_caller]
fn error(answer: &Raw) -> (String, String) {
    assert_eq!(answer.status(), 400);
    let problem = answer.problem();
    let [error] = &problem["errors"].as_array().unwrap()[..] else {
        panic!("{problem}")
    };
    let text = |name: &str| error[name].as_str().unwrap().to_owned();
    (text("pointer"), text("detail"))
}

#[tokio::test]
async fn a_body_that_is_not_json_is_400() {
    let world = world();
    for body in [
        "{",
        "nonsense",
        r#"{"name":"s3cret",}"#,
        "{}{}",
        "\u{feff}{}",
        "\"\\x\"",
    ] {
        let answer = create(&world, body).await;
        assert_eq!(answer.problem()["detail"], "the body is not JSON", "{body}");
        assert_eq!(error(&answer).0, "");
        assert!(!answer.text.contains("s3cret"), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_missing_or_mistyped_property_is_400_and_named() {
    let world = world();
    let with = |name: &str, value: Value| {
        let mut body: Value = serde_json::from_str(GOOD).unwrap();
        body[name] = value;
        body.to_string()
    };
    for missing in ["name", "description", "callback_urls", "homepage"] {
        let mut body: Value = serde_json::from_str(GOOD).unwrap();
        body.as_object_mut().unwrap().remove(missing);
        let answer = create(&world, &body.to_string()).await;
        assert_eq!(
            error(&answer),
            (
                format!("/{missing}"),
                "required property is missing".to_owned()
            )
        );
    }
    for (name, value, expected) in [
        (
            "name",
            json!(4711),
            "invalid type: integer, expected a string",
        ),
        ("name", json!(null), "invalid type: null, expected a string"),
        (
            "name",
            json!({ "s3cret": 1 }),
            "invalid type: map, expected a string",
        ),
        (
            "callback_urls",
            json!("s3cret"),
            "invalid type: string, expected a sequence",
        ),
        (
            "is_trusted",
            json!("s3cret"),
            "invalid type: string, expected a boolean",
        ),
        (
            "is_public",
            json!(1.5),
            "invalid type: floating point, expected a boolean",
        ),
    ] {
        let answer = create(&world, &with(name, value)).await;
        assert_eq!(error(&answer), (format!("/{name}"), expected.to_owned()));
        assert!(
            !answer.text.contains("s3cret") && !answer.text.contains("4711"),
            "{}",
            answer.text
        );
    }
    let answer = create(&world, &with("callback_urls", json!(["https://a", false]))).await;
    assert_eq!(error(&answer).0, "/callback_urls/1");
    let answer = create(&world, &GOOD.replacen('{', r#"{"name":"first","#, 1)).await;
    assert_eq!(
        error(&answer),
        ("/name".to_owned(), "duplicate property".to_owned())
    );
    for body in ["[]", "null", "7", r#""text""#] {
        assert_eq!(error(&create(&world, body).await).0, "", "{body}");
    }
}

#[tokio::test]
async fn a_property_that_nobody_described_is_taken() {
    let world = world();
    let body = GOOD.replacen('{', r#"{"x-new":{"a":[1]},"#, 1);
    assert_eq!(create(&world, &body).await.status(), 201);
    // The provider gets it: Mattermost has a property here that its description doesn't declare.
    let body = r#"{"redirect_uris":["https://a"],"token_endpoint_auth_method":"none"}"#;
    let answer = world.raw("POST", &register(), &[JSON], body).await;
    assert_eq!(answer.json()["token_endpoint_auth_method"], "none");
    assert_eq!(answer.json().get("client_secret"), None);
}

#[tokio::test]
async fn all_broken_constraints_are_reported_at_once() {
    let world = world();
    let body = json!({ "redirect_uris": [], "client_name": "s3cret".repeat(11), "client_uri": "no s3cret URI" });
    let answer = world
        .raw("POST", &register(), &[JSON], body.to_string())
        .await;
    assert_eq!(answer.status(), 400);
    let problem = answer.problem();
    assert_eq!(
        problem["errors"],
        json!([
            { "pointer": "/redirect_uris", "detail": "must have at least 1 item" },
            { "pointer": "/client_name", "detail": "must be at most 64 characters long" },
            { "pointer": "/client_uri", "detail": "must be a URI" },
        ]),
        "{problem}"
    );
    assert!(!answer.text.contains("s3cret"), "{}", answer.text);

    // Characters count, not bytes, and the limit itself is allowed.
    let body = json!({ "redirect_uris": ["https://a"], "client_name": "ü".repeat(64), "client_uri": "urn:a" });
    assert_eq!(
        world
            .raw("POST", &register(), &[JSON], body.to_string())
            .await
            .status(),
        201
    );
    let long = format!("https://{}", "a".repeat(249));
    let body = json!({ "redirect_uris": ["https://a"], "client_uri": long });
    let problem = world
        .raw("POST", &register(), &[JSON], body.to_string())
        .await
        .problem();
    assert_eq!(problem["errors"][0]["pointer"], "/client_uri");
}

#[tokio::test]
async fn a_parameter_that_is_not_as_described_is_400_and_named() {
    let world = world();
    for (query, expected) in [
        ("page=s3cret", "must be an integer of 64 bits"),
        ("page=", "must be an integer of 64 bits"),
        ("page=1.0", "must be an integer of 64 bits"),
        ("page=%2B1", "must be an integer of 64 bits"),
        ("page=9223372036854775808", "must be an integer of 64 bits"),
        ("page=1&page=2", "must not stand twice"),
        ("page=%FF", "is not valid text"),
    ] {
        let answer = world
            .raw("GET", &format!("{APPS}?{query}"), &[ANN], "")
            .await;
        let errors = answer.problem()["errors"].clone();
        assert_eq!(
            errors,
            json!([{ "parameter": "page", "detail": expected }]),
            "{query}"
        );
        assert!(!answer.text.contains("s3cret"));
    }
    for good in [
        "page=1&x=%FF",
        "p%61ge=1",
        "page=-0&per_page=007",
        "page=1&&",
    ] {
        assert_eq!(
            world
                .raw("GET", &format!("{APPS}?{good}"), &[ANN], "")
                .await
                .status(),
            200,
            "{good}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413() {
    let world = world();
    let large = |size: usize| {
        GOOD.replacen(
            '{',
            &format!(r#"{{"description2":"{}","#, "s".repeat(size)),
            1,
        )
    };
    assert_eq!(create(&world, &large(60 << 10)).await.status(), 201);
    let answer = create(&world, &large(64 << 10)).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(
        answer.problem()["detail"],
        "the body must not be larger than 65536 bytes"
    );
    // The token is checked before a large body is read.
    assert_eq!(
        world
            .raw("POST", APPS, &[JSON], large(64 << 10))
            .await
            .status(),
        401
    );
}

#[tokio::test]
async fn an_empty_body_is_400_where_one_is_required() {
    let world = world();
    for headers in [&[ANN, JSON][..], &[ANN]] {
        let answer = world.raw("POST", APPS, headers, "").await;
        assert_eq!(
            (answer.status(), &answer.problem()["detail"]),
            (400, &json!("a JSON body is required"))
        );
    }
    let blank = create(&world, "  ").await;
    assert_eq!(blank.problem()["detail"], "the body is not JSON");
    // An unexpected body is ignored.
    assert_eq!(
        world
            .raw("GET", APPS, &[ANN, ("content-type", "text/plain")], "x")
            .await
            .status(),
        200
    );
}

#[tokio::test]
async fn huge_and_deep_values_do_no_harm() {
    let world = world();
    let number = "9".repeat(1000);
    let body = GOOD.replacen('{', &format!(r#"{{"x":{number},"#), 1);
    assert!([201, 400].contains(&create(&world, &body).await.status()));
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let answer = create(&world, &GOOD.replacen('{', &format!(r#"{{"x":{deep},"#), 1)).await;
    assert_eq!(answer.status(), 400);
    let urls = vec!["https://a"; 4000];
    let mut body: Value = serde_json::from_str(GOOD).unwrap();
    body["callback_urls"] = json!(urls);
    let answer = create(&world, &body.to_string()).await;
    assert_eq!(
        answer.json()["callback_urls"].as_array().unwrap().len(),
        4000
    );
    let long = format!("{APPS}/{}", "a".repeat(20_000));
    let answer = world.raw("GET", &long, &[ANN], "").await;
    assert_eq!(
        (answer.status(), &answer.json()["id"]),
        (400, &json!("api.context.invalid_param"))
    );
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let world = world();
    let get = world.raw("GET", METADATA, &[], "").await;
    let head = world.raw("HEAD", METADATA, &[], "").await;
    assert_eq!((head.status(), head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-type"), Some("application/json"));
    assert_eq!(
        head.header("content-length"),
        Some(get.text.len().to_string().as_str())
    );
    assert_eq!(world.raw("HEAD", APPS, &[], "").await.status(), 401);
    assert_eq!(
        world
            .raw("HEAD", &format!("{APPS}/a1/regen_secret"), &[ANN], "")
            .await
            .status(),
        405
    );
}

/// Implements no operation.
struct Nothing;

impl OauthApi for Nothing {
    type Session = ();
}

#[tokio::test]
async fn an_operation_that_is_not_written_is_501() {
    async fn anybody(
        _: mattermost_oauth_server::Credentials,
    ) -> Result<(), mattermost_oauth_server::AuthError> {
        Ok(())
    }
    let server = Server::builder(Nothing).authenticate(anybody).build();
    let answer = raw(server.clone(), "DELETE", &format!("{APPS}/a1"), &[ANN], "").await;
    assert_eq!(
        answer.problem(),
        json!({ "title": "Not Implemented", "status": 501, "detail": "DeleteOAuthApp is not implemented" })
    );
    assert_eq!(
        raw(server.clone(), "GET", METADATA, &[], "").await.status(),
        501
    );
    // Requests are checked nevertheless.
    assert_eq!(
        raw(server.clone(), "POST", APPS, &[ANN, JSON], "{}")
            .await
            .status(),
        400
    );
    assert_eq!(raw(server, "GET", APPS, &[], "").await.status(), 401);
}
