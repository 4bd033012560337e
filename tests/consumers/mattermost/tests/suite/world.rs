//! A provider with a few users, clients for it in the same process, and raw requests.

use std::fmt::Debug;

use consumer_mattermost::{Permission, Provider, Session, Sessions};
use http::response::Parts;
use http_body_util::BodyExt;
use mattermost_oauth_client::types::{
    AppError, CreateOAuthAppBody, CreateOAuthAppBodyRequired, OAuthApp,
};
use mattermost_oauth_client::{Client, Error, Recorder, Response, TowerTransport};
use mattermost_oauth_server::Server;
use serde_json::Value;
use tower_service::Service;

pub(crate) const URL: &str = "https://chat.test";
pub(crate) const APPS: &str = "/api/v4/oauth/apps";
pub(crate) const METADATA: &str = "/.well-known/oauth-authorization-server";

/// An id of no app.
pub(crate) const UNKNOWN: &str = "abcdefghijklmnopqrstuvwxyz";

pub(crate) struct World {
    pub(crate) provider: Provider,
    pub(crate) sessions: Sessions,
    pub(crate) server: Server<Provider, Sessions>,
}

/// Ann and Bob manage their apps, Root everything. Guest has no permissions, Old's session has expired, Locked's account is locked. The
/// token of each is the name.
pub(crate) fn world() -> World {
    use Permission::{EditOtherUsers, ManageOAuth, ManageSystem, ManageSystemWideOAuth};
    let (provider, sessions) = (Provider::new(URL), Sessions::new());
    let session = |name: &str| Session::new(user_id(name));
    let all = [
        ManageOAuth,
        ManageSystemWideOAuth,
        EditOtherUsers,
        ManageSystem,
    ];
    sessions.log_in("ann", session("ann").with([ManageOAuth]));
    sessions.log_in("bob", session("bob").with([ManageOAuth]));
    sessions.log_in("root", session("root").with(all));
    sessions.log_in("guest", session("guest"));
    sessions.log_in("old", session("old").with(all).expired());
    sessions.log_in("locked", session("locked").with(all).locked());
    let server = Server::builder(provider.clone())
        .authenticate(sessions.clone())
        .max_body_bytes(64 << 10)
        .build();
    World {
        provider,
        sessions,
        server,
    }
}

/// `annxxxxxxxxxxxxxxxxxxxxxxx`.
pub(crate) fn user_id(name: &str) -> String {
    format!("{name:x<26}")
}

impl World {
    /// A client that calls the server without a network.
    pub(crate) fn client(&self, token: &str) -> Client {
        let builder = Client::builder(URL).bearer(token);
        builder.transport(self.transport()).build().unwrap()
    }

    pub(crate) fn anonymous(&self) -> Client {
        let builder = Client::builder(URL);
        builder.transport(self.transport()).build().unwrap()
    }

    pub(crate) fn transport(&self) -> TowerTransport<Server<Provider, Sessions>> {
        TowerTransport::new(self.server.clone())
    }

    /// Creates an app of Ann's.
    pub(crate) async fn app(&self) -> OAuthApp {
        let client = self.client("ann");
        client.oauth().create_oauth_app(body()).await.unwrap()
    }

    /// Creates an app of Ann's, and returns its id.
    pub(crate) async fn app_id(&self) -> String {
        self.app().await.id.unwrap()
    }

    /// Sends a raw request.
    pub(crate) async fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<String>,
    ) -> Raw {
        raw(self.server.clone(), method, path, headers, body).await
    }
}

/// A raw response.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) parts: Parts,
    pub(crate) text: String,
}

impl Raw {
    pub(crate) fn status(&self) -> u16 {
        self.parts.status.as_u16()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.parts
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The problem document of a rejected request.
    #[track_caller]
    pub(crate) fn problem(&self) -> Value {
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{self:?}"
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status());
        problem
    }
}

/// Sends a raw request to any server.
pub(crate) async fn raw<S, B>(
    mut server: S,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<String>,
) -> Raw
where
    S: Service<http::Request<String>, Response = http::Response<B>>,
    S::Error: Debug,
    B: http_body_util::BodyExt,
    B::Error: Debug,
{
    let mut request = http::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = server
        .call(request.body(body.into()).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let bytes = BodyExt::collect(body).await.unwrap().to_bytes();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    Raw { parts, text }
}

pub(crate) fn body() -> CreateOAuthAppBody {
    CreateOAuthAppBody::new(CreateOAuthAppBodyRequired {
        name: "ci".to_owned(),
        description: "CI login".to_owned(),
        callback_urls: vec!["https://ci.test/cb".to_owned()],
        homepage: "https://ci.test".to_owned(),
    })
}

/// A client that records its requests, with the responses of `recorder`.
pub(crate) fn recorded(recorder: &Recorder) -> Client {
    let builder = Client::builder(URL).bearer("t0p-s3cret");
    builder.transport(recorder.clone()).build().unwrap()
}

/// A documented error: its operation, its status and the `id` in its body, with all related checks.
#[track_caller]
pub(crate) fn refused<T: Debug>(
    answer: Result<Response<T>, Error<AppError>>,
) -> (&'static str, u16, String) {
    let error = answer.expect_err("a refusal");
    let operation = error.operation().id;
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.headers()["content-type"], "application/json");
    assert_eq!(error.message(), error.body().unwrap().message.as_deref());
    let status = error.status().as_u16();
    let body = error.into_body().unwrap();
    assert_eq!(body.status_code, Some(status.into()));
    assert_eq!(body.additional_properties["detailed_error"], "");
    (operation, status, body.id.unwrap())
}
