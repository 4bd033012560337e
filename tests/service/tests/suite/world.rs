//! The service in this process, with a few users, and clients for it.

use std::fmt::Debug;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use mattermost_oauth_client::types::{
    AppError, CreateOAuthAppBody, CreateOAuthAppBodyRequired, OAuthApp, UpdateOAuthAppBody,
    UpdateOAuthAppBodyRequired,
};
use mattermost_oauth_client::{Client, Error, Response, TowerTransport};
use mattermost_oauth_service::config::Config;
use mattermost_oauth_service::secrets::Keyring;
use mattermost_oauth_service::session::Permission::{
    self, EditOtherUsers, ManageOAuth, ManageSystem, ManageSystemWideOAuth,
};
use mattermost_oauth_service::store::Store;
use mattermost_oauth_service::{Service, service};
use serde_json::Value;
use tower_service::Service as _;

use crate::database::Database;

pub(crate) const URL: &str = "https://chat.test";
pub(crate) const APPS: &str = "/api/v4/oauth/apps";

/// An id of nothing.
pub(crate) const UNKNOWN: &str = "abcdefghijklmnopqrstuvwxyz";

pub(crate) const KEY: [u8; 32] = [7; 32];

/// A user: the id and a token.
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// Ann and Bob manage their apps, Root everything; Guest has no permissions, and Old's token has expired.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) service: Service,
    pub(crate) ann: User,
    pub(crate) bob: User,
    pub(crate) root: User,
    pub(crate) guest: User,
    pub(crate) old: User,
    pub(crate) database: Database,
}

/// The configuration with these variables. A response that isn't as described is 500.
pub(crate) fn config(variables: &[(&str, &str)]) -> Config {
    let always = [
        ("SERVICE_SITE_URL", URL),
        ("SERVICE_CHECK_RESPONSES", "refuse"),
    ];
    let all = [&always, variables].concat();
    Config::read(
        all.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    )
    .unwrap()
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        let registration = ("SERVICE_REGISTRATION", "on");
        Self::with(
            database,
            &[registration, ("SERVICE_REGISTRATIONS_PER_SECOND", "0")],
        )
        .await
    }

    pub(crate) async fn with(database: Database, variables: &[(&str, &str)]) -> Self {
        let store = Store::open(&database.url, Keyring::new(KEY, &[]))
            .await
            .unwrap();
        let hour = Some(Duration::from_hours(1));
        let all = [
            ManageOAuth,
            ManageSystemWideOAuth,
            EditOtherUsers,
            ManageSystem,
        ];
        Self {
            service: service(&store, &config(variables)),
            ann: user(&store, "ann", &[ManageOAuth], hour).await,
            bob: user(&store, "bob", &[ManageOAuth], None).await,
            root: user(&store, "root", &all, None).await,
            guest: user(&store, "guest", &[], None).await,
            old: user(&store, "old", &all, Some(Duration::ZERO)).await,
            store,
            database,
        }
    }

    /// The same database with other settings.
    pub(crate) fn switch(&mut self, variables: &[(&str, &str)]) {
        self.service = service(&self.store, &config(variables));
    }

    /// A client that calls the service without a network.
    pub(crate) fn client(&self, token: &str) -> Client {
        let builder = Client::builder(URL).bearer(token);
        builder
            .transport(TowerTransport::new(self.service.clone()))
            .build()
            .unwrap()
    }

    pub(crate) fn ann(&self) -> Client {
        self.client(&self.ann.token)
    }

    /// Registers an app of Ann's.
    pub(crate) async fn app(&self) -> OAuthApp {
        self.ann().oauth().create_oauth_app(body()).await.unwrap()
    }

    /// Sends a raw request.
    pub(crate) async fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<String>,
    ) -> Raw {
        let mut request = http::Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::from(body.into())).unwrap();
        let (parts, body) = self
            .service
            .clone()
            .call(request)
            .await
            .unwrap()
            .into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Raw { parts, json }
    }
}

async fn user(
    store: &Store,
    name: &str,
    permissions: &[Permission],
    lifetime: Option<Duration>,
) -> User {
    let id = store
        .put_user(name, permissions.iter().copied().collect())
        .await
        .unwrap();
    let token = store.add_token(&id, lifetime).await.unwrap();
    User { id, token }
}

/// A raw response.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) parts: http::response::Parts,
    pub(crate) json: Value,
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

    /// The id of an error of Mattermost's, which has all its members.
    #[track_caller]
    pub(crate) fn error_id(&self) -> &str {
        assert_eq!(self.json["status_code"], self.status(), "{self:?}");
        assert_eq!(
            self.json["request_id"].as_str(),
            self.header("x-request-id")
        );
        assert_eq!(self.json["detailed_error"], "");
        assert!(!self.json["message"].as_str().unwrap().is_empty());
        assert_eq!(self.header("content-type"), Some("application/json"));
        self.json["id"].as_str().unwrap()
    }
}

pub(crate) fn body() -> CreateOAuthAppBody {
    CreateOAuthAppBody::new(CreateOAuthAppBodyRequired {
        name: "ci".to_owned(),
        description: "CI login".to_owned(),
        callback_urls: vec!["https://ci.test/cb".to_owned()],
        homepage: "https://ci.test".to_owned(),
    })
}

pub(crate) fn change(id: &str) -> UpdateOAuthAppBody {
    UpdateOAuthAppBody::new(UpdateOAuthAppBodyRequired {
        id: id.to_owned(),
        name: "new".to_owned(),
        description: "New".to_owned(),
        callback_urls: vec![
            "https://new.test/1".to_owned(),
            "https://new.test/2".to_owned(),
        ],
        homepage: "https://new.test".to_owned(),
    })
}

/// Checks that the response is a documented error with this status, and its body an error of Mattermost's with this id.
#[track_caller]
pub(crate) fn refused<T: Debug>(
    status: u16,
    id: &str,
    answer: Result<Response<T>, Error<AppError>>,
) {
    let error = answer.expect_err("an error");
    let operation = error.operation().id;
    let Error::Api(error) = error else {
        panic!("{operation}: {error:?}")
    };
    let request_id = error.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(request_id.len(), 26);
    let seen = error.status().as_u16();
    let body = error.into_body().unwrap();
    assert_eq!(
        (seen, body.id.as_deref()),
        (status, Some(id)),
        "{operation}"
    );
    assert_eq!(body.status_code, Some(status.into()));
    assert_eq!(body.request_id, Some(request_id));
    assert!(body.message.is_some_and(|message| !message.is_empty()));
    assert_eq!(body.additional_properties["detailed_error"], "");
}
