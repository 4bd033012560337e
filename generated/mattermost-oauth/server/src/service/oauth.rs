// Written by specwright; changes are overwritten.

//! Turns requests into calls of [`OauthApi`](super::super::oauth::OauthApi), and their results
//! into responses.

use std::sync::Arc;

use super::super::oauth::{
    GetAuthorizedOAuthAppsForUserParams, GetOAuthAppsParams, OauthApi,
};
use super::super::support::{
    self, Authenticate, Exchange, Handlers, HttpResponse, Limits, Operation, Problem,
    Requirement,
};
use super::BEARER_AUTH;

/// The operation of `create_oauth_app`.
pub static CREATE_OAUTH_APP: Operation = Operation {
    id: "CreateOAuthApp",
    method: "POST",
    path: "/api/v4/oauth/apps",
    tags: &["OAuth"],
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER_AUTH, &[])])],
    limits: Limits::NONE,
};

/// The operation of `get_oauth_apps`.
pub static GET_OAUTH_APPS: Operation = Operation {
    id: "GetOAuthApps",
    method: "GET",
    path: "/api/v4/oauth/apps",
    tags: &["OAuth"],
    consumes: &[],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER_AUTH, &[])])],
    limits: Limits::NONE,
};

/// The operation of `get_oauth_app`.
pub static GET_OAUTH_APP: Operation = Operation {
    id: "GetOAuthApp",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    consumes: &[],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER_AUTH, &[])])],
    limits: Limits::NONE,
};

/// The operation of `update_oauth_app`.
pub static UPDATE_OAUTH_APP: Operation = Operation {
    id: "UpdateOAuthApp",
    method: "PUT",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER_AUTH, &[])])],
    limits: Limits::NONE,
};

/// The operation of `delete_oauth_app`.
pub static DELETE_OAUTH_APP: Operation = Operation {
    id: "DeleteOAuthApp",
    method: "DELETE",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    consumes: &[],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER_AUTH, &[])])],
    limits: Limits::NONE,
};

/// The operation of `regenerate_oauth_app_secret`.
pub static REGENERATE_OAUTH_APP_SECRET: Operation = Operation {
    id: "RegenerateOAuthAppSecret",
    method: "POST",
    path: "/api/v4/oauth/apps/{app_id}/regen_secret",
    tags: &["OAuth"],
    consumes: &[],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER_AUTH, &[])])],
    limits: Limits::NONE,
};

/// The operation of `get_oauth_app_info`.
pub static GET_OAUTH_APP_INFO: Operation = Operation {
    id: "GetOAuthAppInfo",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}/info",
    tags: &["OAuth"],
    consumes: &[],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER_AUTH, &[])])],
    limits: Limits::NONE,
};

/// The operation of `get_authorization_server_metadata`.
pub static GET_AUTHORIZATION_SERVER_METADATA: Operation = Operation {
    id: "GetAuthorizationServerMetadata",
    method: "GET",
    path: "/.well-known/oauth-authorization-server",
    tags: &["OAuth"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `register_oauth_client`.
pub static REGISTER_OAUTH_CLIENT: Operation = Operation {
    id: "RegisterOAuthClient",
    method: "POST",
    path: "/api/v4/oauth/apps/register",
    tags: &["OAuth"],
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_authorized_oauth_apps_for_user`.
pub static GET_AUTHORIZED_OAUTH_APPS_FOR_USER: Operation = Operation {
    id: "GetAuthorizedOAuthAppsForUser",
    method: "GET",
    path: "/api/v4/users/{user_id}/oauth/apps/authorized",
    tags: &["OAuth"],
    consumes: &[],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER_AUTH, &[])])],
    limits: Limits::NONE,
};

/// The operations of the group.
pub const OPERATIONS: &[&Operation] = &[
    &CREATE_OAUTH_APP,
    &GET_OAUTH_APPS,
    &GET_OAUTH_APP,
    &UPDATE_OAUTH_APP,
    &DELETE_OAUTH_APP,
    &REGENERATE_OAUTH_APP_SECRET,
    &GET_OAUTH_APP_INFO,
    &GET_AUTHORIZATION_SERVER_METADATA,
    &REGISTER_OAUTH_CLIENT,
    &GET_AUTHORIZED_OAUTH_APPS_FOR_USER,
];

impl GetOAuthAppsParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        Ok(Self {
            page: exchange.query("page")?.unwrap_or(0),
            per_page: exchange.query("per_page")?.unwrap_or(60),
        })
    }
}

impl GetAuthorizedOAuthAppsForUserParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        Ok(Self {
            page: exchange.query("page")?.unwrap_or(0),
            per_page: exchange.query("per_page")?.unwrap_or(60),
        })
    }
}

/// The handlers of the group's operations.
pub(super) struct Operations<P, A>(std::marker::PhantomData<(P, A)>);

impl<P, A> Operations<P, A>
where
    P: OauthApi<Session = A::Session>,
    A: Authenticate,
{
    pub(super) async fn create_oauth_app(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let body = exchange.json().await?;
        let call = exchange.call(session);
        let result = server.api.create_oauth_app(call, body).await;
        support::reply(result, |body| support::json(201, &body))
    }

    pub(super) async fn get_oauth_apps(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let params = GetOAuthAppsParams::read(&exchange)?;
        let call = exchange.call(session);
        let result = server.api.get_oauth_apps(call, params).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn get_oauth_app(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(session);
        let result = server.api.get_oauth_app(call, app_id).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn update_oauth_app(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let app_id: String = exchange.path(0, "app_id")?;
        let body = exchange.json().await?;
        let call = exchange.call(session);
        let result = server.api.update_oauth_app(call, app_id, body).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn delete_oauth_app(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(session);
        let result = server.api.delete_oauth_app(call, app_id).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn regenerate_oauth_app_secret(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(session);
        let result = server.api.regenerate_oauth_app_secret(call, app_id).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn get_oauth_app_info(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(session);
        let result = server.api.get_oauth_app_info(call, app_id).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn get_authorization_server_metadata(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.get_authorization_server_metadata(call).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn register_oauth_client(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let body = exchange.json().await?;
        let call = exchange.call(());
        let result = server.api.register_oauth_client(call, body).await;
        support::reply(result, |body| support::json(201, &body))
    }

    pub(super) async fn get_authorized_oauth_apps_for_user(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let user_id: String = exchange.path(0, "user_id")?;
        let params = GetAuthorizedOAuthAppsForUserParams::read(&exchange)?;
        let call = exchange.call(session);
        let result = server
            .api
            .get_authorized_oauth_apps_for_user(call, user_id, params)
            .await;
        support::reply(result, |body| support::json(200, &body))
    }
}
