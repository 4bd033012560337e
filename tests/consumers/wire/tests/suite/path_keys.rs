//! Paths with queries and fragments.

use consumer_wire::Named;
use consumer_wire::keys::client::{Client, TowerTransport};
use consumer_wire::keys::server::{Body, Server};
use consumer_wire::keys::types::{CloseXTarget, OpenXTarget};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower_service::Service;

fn client() -> Client {
    let transport = TowerTransport::new(Server::builder(Named).build());
    Client::builder("https://keys.example/v1")
        .transport(transport)
        .build()
        .unwrap()
}

/// The status and the text of the response for a path.
async fn get(path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = Server::builder(Named).build().call(request).await.unwrap();
    let status = answer.status();
    let text = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(text.to_vec()).unwrap())
}

#[tokio::test]
async fn operations_of_one_path_are_told_apart_by_its_query() {
    let client = client();
    let api = client.api();
    assert_eq!(api.get_box("x?").await.unwrap(), ["box", "x?"]);
    assert_eq!(api.get_acl("x").await.unwrap(), ["acl", "x", "None"]);
    let deep = api.get_acl("x").depth(2);
    assert_eq!(deep.await.unwrap(), ["acl", "x", "Some(2)"]);
    assert_eq!(api.get_lease("x").await.unwrap(), ["lease", "x"]);
    for (path, name) in [
        ("/v1/boxes/x", r#"["box","x"]"#),
        ("/v1/boxes/x?depth=1&c%6fmp=acl", r#"["acl","x","Some(1)"]"#),
        ("/v1/boxes/x?comp=other", r#"["box","x"]"#),
        ("/v1/boxes/x?restype=a+b&comp=lease", r#"["lease","x"]"#),
    ] {
        assert_eq!(get(path).await, (StatusCode::OK, name.to_owned()), "{path}");
    }
}

#[tokio::test]
async fn templates_of_a_query_are_parameters() {
    let client = client();
    let find = client.api().find("2", ["a", "b,c"]).r#in("here");
    assert_eq!(find.await.unwrap(), ["find", "a+b,c", "here", "2"]);
    let (status, text) = get("/v1/find?flag&page=2&q=a").await;
    assert_eq!(
        (status, text.as_str()),
        (StatusCode::OK, r#"["find","a","","2"]"#)
    );
    assert_eq!(get("/v1/find?page=2&q=a").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get("/v1/find?flag&page=2").await.0, StatusCode::BAD_REQUEST);
    let search = client.api().search().limit(3).await.unwrap();
    assert_eq!(search, ["search", "Some(3)"]);
}

#[tokio::test]
async fn what_operations_require_tells_them_apart_where_fragments_did() {
    let client = client();
    let api = client.api();
    assert_eq!(api.list_assets().await.unwrap(), ["assets"]);
    assert_eq!(api.get_asset_by_name("n").await.unwrap(), ["asset", "n"]);
    assert_eq!(api.open(OpenXTarget::BoxesOpen).await.unwrap(), ["open"]);
    assert_eq!(
        api.close(CloseXTarget::BoxesClose).await.unwrap(),
        ["close"]
    );
    assert_eq!(api.right().await.unwrap(), ["left"]);
    assert_eq!(api.send_to("x").await.unwrap(), ["send", "x"]);
}
