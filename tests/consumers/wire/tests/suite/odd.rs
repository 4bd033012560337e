//! Client and server in one process, and requests as others write them.

use consumer_wire::Echo;
use consumer_wire::odd::client::api::SendPartsForm;
use consumer_wire::odd::client::{Client, Error, TowerTransport};
use consumer_wire::odd::server::{Body, Server};
use consumer_wire::odd::types::SendPartsKind;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower_service::Service;

fn client() -> Client {
    let server = Server::builder(Echo).build();
    let transport = TowerTransport::new(server);
    Client::builder("https://odd.example")
        .transport(transport)
        .build()
        .unwrap()
}

/// The status and the text that a request for a path is answered with.
async fn get(path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = Server::builder(Echo).build().call(request).await.unwrap();
    let status = answer.status();
    let text = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(text.to_vec()).unwrap())
}

#[tokio::test]
async fn a_template_that_stands_twice_is_one_value() {
    assert_eq!(
        client().api().read_twice("x", "y").await.unwrap(),
        ["x", "y"]
    );
}

#[tokio::test]
async fn literals_are_what_they_stand_for() {
    let client = client();
    assert_eq!(client.api().read_encoded("x/ü").await.unwrap(), ["x/ü"]);
    assert_eq!(client.api().read_plain("x").await.unwrap(), ["x"]);
    for path in [
        "/caf%C3%A9/x",
        "/caf%c3%a9/x",
        "/c%61f%C3%A9/x",
        "/new%20caf%C3%A9/x-caf%C3%A9",
    ] {
        assert_eq!(
            get(path).await,
            (StatusCode::OK, r#"["x"]"#.to_owned()),
            "{path}"
        );
    }
    assert_eq!(get("/caf%25C3%25A9/x").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn parameters_of_one_name_are_told_apart_by_where_they_are() {
    let request = client().api().read_names("1", "2").id("3").session("4");
    assert_eq!(request.await.unwrap(), ["1", "2", "3", "4"]);
}

#[tokio::test]
async fn parts_are_checked() {
    let client = client();
    let good = || {
        SendPartsForm::new("abc", ["x", "y"])
            .count(9)
            .kind(SendPartsKind::Big)
            .pairs([vec![1, 2]])
    };
    assert_eq!(
        client.api().send_parts(good()).await.unwrap(),
        ["abc", "x", "y"]
    );
    let none: [&str; 0] = [];
    for (form, pointer) in [
        (SendPartsForm::new("a", ["x"]), "/name"),
        (SendPartsForm::new("a1", ["x"]), "/name"),
        (SendPartsForm::new("ab", none), "/tags"),
        (SendPartsForm::new("ab", ["x", "y", "z"]), "/tags"),
        (SendPartsForm::new("ab", ["x", "long"]), "/tags/1"),
        (good().count(0), "/count"),
        (good().count(10), "/count"),
        (
            good().kind(SendPartsKind::Other("huge".to_owned())),
            "/kind",
        ),
        (good().pairs([vec![1], vec![1, 2, 3]]), "/pairs/2"),
    ] {
        let error = client.api().send_parts(form).await.unwrap_err();
        assert_eq!(
            error.status().unwrap(),
            StatusCode::BAD_REQUEST,
            "{pointer}"
        );
        let Error::Unexpected(response) = error else {
            panic!("{pointer}: {error}");
        };
        let problem: serde_json::Value = serde_json::from_slice(response.bytes()).unwrap();
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
}
