// Written by specwright; changes are overwritten.

//! Turns requests into calls of [`OauthApi`](super::super::oauth::OauthApi), and their results
//! into responses.

use std::sync::Arc;

use super::super::oauth::{GetAuthorizedOAuthAppsParams, GetOAuthAppsParams, OauthApi};
use super::super::support::{
    self, Exchange, Handlers, HttpResponse, Limits, Operation, Problem,
};

/// The operation of `register_oauth_app`.
pub static REGISTER_OAUTH_APP: Operation = Operation {
    id: "POST /oauth/apps",
    method: "POST",
    path: "/oauth/apps",
    tags: &["Register", "OAuth", "App"],
    consumes: &["application/json"],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_oauth_apps`.
pub static GET_OAUTH_APPS: Operation = Operation {
    id: "GET /oauth/apps",
    method: "GET",
    path: "/oauth/apps",
    tags: &["OAuth", "Apps"],
    consumes: &[],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_oauth_app`.
pub static GET_OAUTH_APP: Operation = Operation {
    id: "GET /oauth/apps/{app_id}",
    method: "GET",
    path: "/oauth/apps/{app_id}",
    tags: &["OAuth", "App"],
    consumes: &[],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `update_oauth_app`.
pub static UPDATE_OAUTH_APP: Operation = Operation {
    id: "PUT /oauth/apps/{app_id}",
    method: "PUT",
    path: "/oauth/apps/{app_id}",
    tags: &["OAuth", "App"],
    consumes: &["application/json"],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `delete_oauth_app`.
pub static DELETE_OAUTH_APP: Operation = Operation {
    id: "DELETE /oauth/apps/{app_id}",
    method: "DELETE",
    path: "/oauth/apps/{app_id}",
    tags: &["OAuth", "App"],
    consumes: &[],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `regenerate_oauth_app_secret`.
pub static REGENERATE_OAUTH_APP_SECRET: Operation = Operation {
    id: "POST /oauth/apps/{app_id}/regen_secret",
    method: "POST",
    path: "/oauth/apps/{app_id}/regen_secret",
    tags: &["Regenerate", "OAuth", "App", "Secret"],
    consumes: &[],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_info_on_oauth_app`.
pub static GET_INFO_ON_OAUTH_APP: Operation = Operation {
    id: "GET /oauth/apps/{app_id}/info",
    method: "GET",
    path: "/oauth/apps/{app_id}/info",
    tags: &["Info", "On", "OAuth", "App"],
    consumes: &[],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `get_authorized_oauth_apps`.
pub static GET_AUTHORIZED_OAUTH_APPS: Operation = Operation {
    id: "GET /users/{user_id}/oauth/apps/authorized",
    method: "GET",
    path: "/users/{user_id}/oauth/apps/authorized",
    tags: &["Authorized", "OAuth", "Apps"],
    consumes: &[],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operations of the group.
pub const OPERATIONS: &[&Operation] = &[
    &REGISTER_OAUTH_APP,
    &GET_OAUTH_APPS,
    &GET_OAUTH_APP,
    &UPDATE_OAUTH_APP,
    &DELETE_OAUTH_APP,
    &REGENERATE_OAUTH_APP_SECRET,
    &GET_INFO_ON_OAUTH_APP,
    &GET_AUTHORIZED_OAUTH_APPS,
];

impl GetOAuthAppsParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        Ok(Self {
            page: exchange.query("page")?,
            per_page: exchange.query("per_page")?,
        })
    }
}

impl GetAuthorizedOAuthAppsParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        Ok(Self {
            page: exchange.query("page")?,
            per_page: exchange.query("per_page")?,
        })
    }
}

/// The handlers of the group's operations.
pub(super) struct Operations<P, A>(std::marker::PhantomData<(P, A)>);

impl<P, A> Operations<P, A>
where
    P: OauthApi,
{
    pub(super) async fn register_oauth_app(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let body = exchange.json_optional().await?;
        let call = exchange.call(());
        let result = server.api.register_oauth_app(call, body).await;
        support::reply(result, |()| support::empty(200))
    }

    pub(super) async fn get_oauth_apps(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let params = GetOAuthAppsParams::read(&exchange)?;
        let call = exchange.call(());
        let result = server.api.get_oauth_apps(call, params).await;
        support::reply(result, |()| support::empty(200))
    }

    pub(super) async fn get_oauth_app(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(());
        let result = server.api.get_oauth_app(call, app_id).await;
        support::reply(result, |()| support::empty(200))
    }

    pub(super) async fn update_oauth_app(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let app_id: String = exchange.path(0, "app_id")?;
        let body = exchange.json_optional().await?;
        let call = exchange.call(());
        let result = server.api.update_oauth_app(call, app_id, body).await;
        support::reply(result, |()| support::empty(200))
    }

    pub(super) async fn delete_oauth_app(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(());
        let result = server.api.delete_oauth_app(call, app_id).await;
        support::reply(result, |()| support::empty(200))
    }

    pub(super) async fn regenerate_oauth_app_secret(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(());
        let result = server.api.regenerate_oauth_app_secret(call, app_id).await;
        support::reply(result, |()| support::empty(200))
    }

    pub(super) async fn get_info_on_oauth_app(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(());
        let result = server.api.get_info_on_oauth_app(call, app_id).await;
        support::reply(result, |()| support::empty(200))
    }

    pub(super) async fn get_authorized_oauth_apps(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let user_id: String = exchange.path(0, "user_id")?;
        let params = GetAuthorizedOAuthAppsParams::read(&exchange)?;
        let call = exchange.call(());
        let result = server.api.get_authorized_oauth_apps(call, user_id, params).await;
        support::reply(result, |()| support::empty(200))
    }
}
