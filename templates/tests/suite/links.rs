//! Links of responses: the next request, with values of the response and of the request before.

use sample_client::oauth::{CreateOAuthAppLinks, GetOAuthAppsLinks, UpdateOAuthAppLinks};
use sample_client::runtime::Recorder;
use sample_client::types::OAuthApp;
use sample_client::{CallOptions, Client, oauth};
use serde_json::{Value, json};

use crate::provider::{answer, body};

fn client(recorder: &Recorder) -> Client {
    let client = Client::builder("http://links.test/base").transport(recorder.clone());
    client.bearer("secret").build().unwrap()
}

fn app(id: &str) -> Value {
    json!({ "id": id, "name": "ci", "callback_urls": [] })
}

/// Method and URL of the last request.
fn last(recorder: &Recorder) -> String {
    let requests = recorder.requests();
    let last = requests.last().unwrap();
    format!("{} {}", last.method, last.uri)
}

#[tokio::test]
async fn a_link_takes_values_of_the_response() {
    let recorder = Recorder::new()
        .json(201, &app("a/1"))
        .json(200, &app("a/1"))
        .json(200, &app("a/1"));
    let client = client(&recorder);
    let call = client.oauth().create_oauth_app(body()).send();
    let created = call.await.unwrap();

    let show: oauth::GetOAuthApp = created.show(&client);
    show.await.unwrap();
    assert_eq!(
        last(&recorder),
        "GET http://links.test/base/api/v4/oauth/apps/a%2F1"
    );

    let body: OAuthApp = created.body().clone();
    created.rename(&client, body).await.unwrap();
    assert_eq!(
        last(&recorder),
        "PUT http://links.test/base/api/v4/oauth/apps/a%2F1"
    );
}

#[tokio::test]
async fn a_link_takes_values_of_the_request_before() {
    let recorder = Recorder::new()
        .json(200, &app("a"))
        .respond(|_| Ok(answer(204, "text/plain", "")));
    let client = client(&recorder);
    let app = serde_json::from_value(app("a")).unwrap();
    let call = client.oauth().update_oauth_app("ä b/c", app).send();
    let updated = call.await.unwrap();
    updated.delete(&client).unwrap().await.unwrap();
    assert_eq!(
        last(&recorder),
        "DELETE http://links.test/base/api/v4/oauth/apps/%C3%A4%20b%2Fc"
    );
}

#[tokio::test]
async fn a_link_whose_values_are_missing_gives_no_request() {
    let recorder = Recorder::new()
        .json(200, &json!([]))
        .response(answer(204, "text/plain", ""))
        .json(200, &json!([app("x"), app("y")]))
        .json(200, &json!([]));
    let client = client(&recorder);
    let none = client.oauth().get_oauth_apps().send().await.unwrap();
    assert!(none.first(&client).is_none());

    // The link belongs to another of the operation's responses.
    let app = serde_json::from_value(app("a")).unwrap();
    let unchanged = client.oauth().update_oauth_app("a", app).send().await;
    assert!(unchanged.unwrap().delete(&client).is_none());

    let call = client.oauth().get_oauth_apps().page(7);
    let some = call.x_request_id("r 1").send().await.unwrap();
    let first = some.first(&client).unwrap();
    assert!(format!("{first:?}").contains("GetOAuthApp"));
    some.refresh(&client).unwrap().await.unwrap();
    let requests = recorder.requests();
    let request = requests.last().unwrap();
    assert_eq!(request.uri.query(), Some("page=7"));
    assert_eq!(request.headers["x-request-id"], "r 1");
    let cookie = request.headers["cookie"].to_str().unwrap();
    // The URL of the request before.
    assert_eq!(
        cookie,
        "locale=http%3A%2F%2Flinks.test%2Fbase%2Fapi%2Fv4%2Foauth%2Fapps%3Fpage%3D7"
    );
}

#[tokio::test]
async fn optional_parameters_without_a_value_are_not_sent() {
    let recorder = Recorder::new().json(200, &json!([])).json(200, &json!([]));
    let client = client(&recorder);
    let apps = client.oauth().get_oauth_apps().send().await.unwrap();
    // The request had neither a page nor an id.
    apps.refresh(&client).unwrap().await.unwrap();
    let requests = recorder.requests();
    let request = requests.last().unwrap();
    assert_eq!(request.uri.query(), None);
    assert!(!request.headers.contains_key("x-request-id"));
    assert!(request.headers.contains_key("cookie"));
}

#[tokio::test]
async fn a_value_of_another_type_gives_no_request() {
    let recorder = Recorder::new().json(200, &json!([]));
    let client = client(&recorder);
    let options = CallOptions::new().query("page", "last");
    let call = client.oauth().get_oauth_apps().options(options);
    let apps = call.send().await.unwrap();
    // Without it, this would be the first page.
    assert!(apps.refresh(&client).is_none());
}
