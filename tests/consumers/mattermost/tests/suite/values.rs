//! Values on the wire: parameters, defaults, encoding, lists.

use std::sync::{Arc, Mutex};

use mattermost_oauth_client::types::OAuthApp;
use mattermost_oauth_client::{Client, Error, Recorder};
use mattermost_oauth_server::oauth::{
    GetAuthorizedOAuthAppsForUserError, GetAuthorizedOAuthAppsForUserParams, GetOAuthAppError,
    GetOAuthAppsError, GetOAuthAppsParams,
};
use mattermost_oauth_server::{AuthError, Call, Credentials, OauthApi, Server};
use serde_json::json;

use crate::world::{APPS, URL, body, recorded, world};

/// Records the arguments of operations.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, note: String) {
        self.0.lock().unwrap().push(note);
    }

    fn last(&self) -> Option<String> {
        self.0.lock().unwrap().pop()
    }
}

impl OauthApi for Notes {
    type Session = ();

    async fn get_oauth_apps(
        &self,
        call: Call,
        params: GetOAuthAppsParams,
    ) -> Result<Vec<OAuthApp>, GetOAuthAppsError> {
        let query = call.uri().query().unwrap_or("no query");
        self.add(format!("{query}: {} {}", params.page, params.per_page));
        Ok(Vec::new())
    }

    async fn get_oauth_app(&self, _: Call, app_id: String) -> Result<OAuthApp, GetOAuthAppError> {
        self.add(app_id);
        Ok(OAuthApp::new())
    }

    async fn get_authorized_oauth_apps_for_user(
        &self,
        _: Call,
        user_id: String,
        params: GetAuthorizedOAuthAppsForUserParams,
    ) -> Result<Vec<OAuthApp>, GetAuthorizedOAuthAppsForUserError> {
        self.add(format!("{user_id}: {} {}", params.page, params.per_page));
        Ok(Vec::new())
    }
}

async fn anybody(_: Credentials) -> Result<(), AuthError> {
    Ok(())
}

fn noted() -> (Notes, Client) {
    let notes = Notes::default();
    let server = Server::builder(notes.clone()).authenticate(anybody).build();
    let client = Client::over(server).bearer("any").build().unwrap();
    (notes, client)
}

#[tokio::test]
async fn defaults_are_filled_in_by_the_server() {
    let (notes, client) = noted();
    let oauth = client.oauth();
    oauth.get_oauth_apps().await.unwrap();
    assert_eq!(notes.last().unwrap(), "no query: 0 60");
    oauth.get_oauth_apps().page(3).await.unwrap();
    assert_eq!(notes.last().unwrap(), "page=3: 3 60");
    oauth
        .get_oauth_apps()
        .per_page(i64::MAX)
        .page(i64::MIN)
        .await
        .unwrap();
    assert_eq!(
        notes.last().unwrap(),
        format!(
            "per_page={max}&page={min}: {min} {max}",
            max = i64::MAX,
            min = i64::MIN
        )
    );
    // A value that equals the default is sent if it is set.
    oauth.get_oauth_apps().page(0).per_page(60).await.unwrap();
    assert_eq!(notes.last().unwrap(), "page=0&per_page=60: 0 60");
    oauth
        .get_authorized_oauth_apps_for_user("me")
        .per_page(5)
        .await
        .unwrap();
    assert_eq!(notes.last().unwrap(), "me: 0 5");
}

#[tokio::test]
async fn any_text_goes_through_a_path() {
    let (notes, client) = noted();
    let long = "ü".repeat(2000);
    for value in [
        "a/b c%?#é",
        "%2F",
        "..a",
        "...",
        ". .",
        "a..",
        "registered",
        "+&=",
        "\u{0}\u{1f980}",
        "{app_id}",
        &long,
    ] {
        client.oauth().get_oauth_app(value).await.unwrap();
        assert_eq!(notes.last().as_deref(), Some(value));
    }
    client
        .oauth()
        .get_authorized_oauth_apps_for_user("a/b c%?#é")
        .await
        .unwrap();
    assert_eq!(notes.last().unwrap(), "a/b c%?#é: 0 60");
}

#[tokio::test]
async fn what_is_not_safe_in_a_path_is_percent_encoded() {
    let recorder = Recorder::new().respond(|_| Ok(http::Response::new("{}".into())));
    let oauth = recorded(&recorder).oauth();
    oauth.get_oauth_app("a/b c%?#é").await.unwrap();
    oauth.get_oauth_app("AZaz09-._~").await.unwrap();
    let sent: Vec<String> = recorder
        .requests()
        .iter()
        .map(|request| request.uri.to_string())
        .collect();
    assert_eq!(
        sent,
        [
            format!("{URL}{APPS}/a%2Fb%20c%25%3F%23%C3%A9"),
            format!("{URL}{APPS}/AZaz09-._~"),
        ]
    );
}

/// URL parsers remove such segments, so the request would go to another endpoint, such as the list of all apps.
#[tokio::test]
async fn path_values_that_lead_elsewhere_are_not_sent() {
    let recorder = Recorder::new();
    let oauth = recorded(&recorder).oauth();
    for value in ["", ".", ".."] {
        let error = oauth.delete_oauth_app(value).await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{error:?}");
        assert!(
            error
                .to_string()
                .contains("not sent: the path segment {app_id}"),
            "{error}"
        );
        assert!(
            oauth
                .get_authorized_oauth_apps_for_user(value)
                .await
                .is_err()
        );
    }
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn requests_look_as_described() {
    let recorder = Recorder::new().respond(|_| Ok(http::Response::new("{}".into())));
    let oauth = recorded(&recorder).oauth();
    // The response isn't a valid one for create, but only the request matters here.
    let _ = oauth
        .create_oauth_app(body().icon_url("https://ci.test/i.png"))
        .header("x-request-id", "7")
        .await;
    oauth.get_oauth_app("a1").await.unwrap();
    let requests = recorder.requests();
    assert_eq!(
        (requests[0].method.as_str(), requests[0].uri.path()),
        ("POST", APPS)
    );
    assert_eq!(requests[0].headers["content-type"], "application/json");
    assert_eq!(requests[0].headers["accept"], "application/json");
    assert_eq!(requests[0].headers["x-request-id"], "7");
    assert_eq!(
        requests[0].json::<serde_json::Value>().unwrap(),
        json!({
            "name": "ci", "description": "CI login", "icon_url": "https://ci.test/i.png",
            "callback_urls": ["https://ci.test/cb"], "homepage": "https://ci.test",
        })
    );
    assert_eq!(
        (requests[1].method.as_str(), requests[1].body.len()),
        ("GET", 0)
    );
    assert_eq!(requests[1].headers.get("content-type"), None);
    assert!(
        requests[1].headers["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("mattermost-oauth-client/")
    );
}

#[tokio::test]
async fn lists_come_page_by_page() {
    let world = world();
    let oauth = world.client("ann").oauth();
    let mut ids = Vec::new();
    for _ in 0..65 {
        ids.push(world.app_id().await);
    }
    let page = async |page: i64, per_page: i64| {
        let apps = oauth
            .get_oauth_apps()
            .page(page)
            .per_page(per_page)
            .await
            .unwrap();
        apps.into_iter()
            .map(|app| app.id.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(page(0, 2).await, ids[..2]);
    assert_eq!(page(2, 30).await, ids[60..]);
    assert_eq!(page(0, 1000).await, ids);
    assert!(page(9, 60).await.is_empty());
    assert!(page(i64::MAX, i64::MAX).await.is_empty());
    assert_eq!(oauth.get_oauth_apps().await.unwrap().len(), 60);
}
