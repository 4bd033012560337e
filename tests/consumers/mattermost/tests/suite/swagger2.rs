//! The same API from its Swagger 2 listing, which has less information: no types but JSON, no errors, no security, and a separate base
//! path.

use std::sync::{Arc, Mutex};

use mattermost_oauth_swagger2_client::types::Value;
use mattermost_oauth_swagger2_client::{Client, Error, SERVERS, TowerTransport};
use mattermost_oauth_swagger2_server::oauth::{
    DeleteOAuthAppError, GetAuthorizedOAuthAppsError, GetAuthorizedOAuthAppsParams,
    GetInfoOnOAuthAppError, GetOAuthAppError, GetOAuthAppsError, GetOAuthAppsParams,
    RegenerateOAuthAppSecretError, RegisterOAuthAppError, UpdateOAuthAppError,
};
use mattermost_oauth_swagger2_server::{Call, OauthApi, Problem, Server, StatusCode};
use serde_json::json;

use crate::world::raw;

/// Records calls with their arguments.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, call: &Call, arguments: &str) {
        let note = format!("{} {} {arguments}", call.method(), call.uri().path());
        self.0.lock().unwrap().push(note);
    }
}

impl OauthApi for Notes {
    async fn register_oauth_app(
        &self,
        call: Call,
        body: Option<Value>,
    ) -> Result<(), RegisterOAuthAppError> {
        self.add(&call, &body.unwrap_or_default().to_string());
        Ok(())
    }

    async fn get_oauth_apps(
        &self,
        call: Call,
        params: GetOAuthAppsParams,
    ) -> Result<(), GetOAuthAppsError> {
        self.add(&call, &format!("{:?} {:?}", params.page, params.per_page));
        Ok(())
    }

    async fn get_oauth_app(&self, call: Call, app_id: String) -> Result<(), GetOAuthAppError> {
        self.add(&call, &app_id);
        match app_id.as_str() {
            "nope" => Err(Problem::new(StatusCode::NOT_FOUND).into()),
            _ => Ok(()),
        }
    }

    async fn update_oauth_app(
        &self,
        call: Call,
        app_id: String,
        body: Option<Value>,
    ) -> Result<(), UpdateOAuthAppError> {
        self.add(&call, &format!("{app_id} {}", body.unwrap_or_default()));
        Ok(())
    }

    async fn delete_oauth_app(
        &self,
        call: Call,
        app_id: String,
    ) -> Result<(), DeleteOAuthAppError> {
        self.add(&call, &app_id);
        Ok(())
    }

    async fn regenerate_oauth_app_secret(
        &self,
        call: Call,
        app_id: String,
    ) -> Result<(), RegenerateOAuthAppSecretError> {
        self.add(&call, &app_id);
        Ok(())
    }

    async fn get_info_on_oauth_app(
        &self,
        call: Call,
        app_id: String,
    ) -> Result<(), GetInfoOnOAuthAppError> {
        self.add(&call, &app_id);
        Ok(())
    }

    async fn get_authorized_oauth_apps(
        &self,
        call: Call,
        user_id: String,
        params: GetAuthorizedOAuthAppsParams,
    ) -> Result<(), GetAuthorizedOAuthAppsError> {
        self.add(
            &call,
            &format!("{user_id} {:?} {:?}", params.page, params.per_page),
        );
        Ok(())
    }
}

/// Nothing is secured, so the server is built without an authentication hook.
fn server() -> (Notes, Server<Notes>) {
    let notes = Notes::default();
    (notes.clone(), Server::builder(notes).build())
}

#[tokio::test]
async fn all_eight_operations_work_below_the_base_path() {
    let (notes, server) = server();
    assert_eq!(SERVERS, ["http://your-mattermost-url.com/api/v4"]);
    let transport = TowerTransport::new(server);
    let client = Client::builder(SERVERS[0])
        .transport(transport)
        .build()
        .unwrap();
    let oauth = client.oauth();
    oauth
        .register_oauth_app()
        .body(json!({ "name": "ci" }))
        .await
        .unwrap();
    oauth.register_oauth_app().await.unwrap();
    oauth.get_oauth_apps().page("2").await.unwrap();
    oauth.get_oauth_app("a/b").await.unwrap();
    oauth.update_oauth_app("a1").body(json!([1])).await.unwrap();
    oauth.delete_oauth_app("a1").await.unwrap();
    assert_eq!(
        oauth
            .regenerate_oauth_app_secret("a1")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    oauth.get_info_on_oauth_app("a1").await.unwrap();
    oauth
        .get_authorized_oauth_apps("me")
        .per_page("5")
        .await
        .unwrap();
    assert_eq!(
        *notes.0.lock().unwrap(),
        [
            r#"POST /api/v4/oauth/apps {"name":"ci"}"#,
            "POST /api/v4/oauth/apps null",
            r#"GET /api/v4/oauth/apps Some("2") None"#,
            "GET /api/v4/oauth/apps/a%2Fb a/b",
            "PUT /api/v4/oauth/apps/a1 a1 [1]",
            "DELETE /api/v4/oauth/apps/a1 a1",
            "POST /api/v4/oauth/apps/a1/regen_secret a1",
            "GET /api/v4/oauth/apps/a1/info a1",
            r#"GET /api/v4/users/me/oauth/apps/authorized me None Some("5")"#,
        ]
    );
}

/// The listing documents no errors, so every error is an undocumented one.
#[tokio::test]
async fn errors_are_handed_over_as_they_came() {
    let (_, server) = server();
    let builder = Client::builder(SERVERS[0]).transport(TowerTransport::new(server.clone()));
    let error = builder
        .build()
        .unwrap()
        .oauth()
        .get_oauth_app("nope")
        .await
        .unwrap_err();
    let Error::Unexpected(response) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (response.status().as_u16(), response.content_type()),
        (404, Some("application/problem+json"))
    );

    // Paths outside of the base path aren't found.
    assert_eq!(
        raw(server.clone(), "GET", "/oauth/apps", &[], "")
            .await
            .status(),
        404
    );
    assert_eq!(
        raw(server, "GET", "/api/v4/oauth/apps", &[], "")
            .await
            .status(),
        200
    );
}
