// Written by specwright; changes are overwritten.

//! Turns requests into calls of [`OauthApi`](super::super::oauth::OauthApi), and their results
//! into responses.

use std::sync::Arc;

use super::super::oauth::{GetOAuthAppsParams, OauthApi};
use super::super::support::{
    self, Authenticate, Exchange, Handlers, HttpResponse, Limits, Operation, Problem,
    Reply, Requirement, Validator,
};
use super::{BASIC, BEARER, CERTIFICATE, CSRF, GRANTS, KEY, VAULT};

/// The operation of `create_oauth_app`.
pub static CREATE_OAUTH_APP: Operation = Operation {
    id: "CreateOAuthApp",
    method: "POST",
    path: "/api/v4/oauth/apps",
    tags: &["OAuth"],
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[Requirement::new(&[(&BEARER, &["manage_oauth"])])],
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
    security: &[Requirement::new(&[(&BEARER, &[])])],
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
    security: &[Requirement::new(&[(&BEARER, &[])])],
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
    security: &[Requirement::new(&[(&BEARER, &[]), (&CSRF, &[])])],
    limits: Limits {
        body_bytes: Some(2048),
        time: None,
    },
};

/// The operation of `delete_oauth_app`.
pub static DELETE_OAUTH_APP: Operation = Operation {
    id: "DeleteOAuthApp",
    method: "DELETE",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    consumes: &[],
    produces: &[],
    security: &[
        Requirement::new(&[(&KEY, &[])]),
        Requirement::new(&[(&BEARER, &[])]),
        Requirement::new(&[(&BASIC, &[])]),
    ],
    limits: Limits::NONE,
};

/// The operation of `get_oauth_app_icon`.
pub static GET_OAUTH_APP_ICON: Operation = Operation {
    id: "GetOAuthAppIcon",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}/icon-{size}.png",
    tags: &["OAuth"],
    consumes: &[],
    produces: &["image/png"],
    security: &[],
    limits: Limits {
        body_bytes: None,
        time: Some(std::time::Duration::from_millis(2000)),
    },
};

/// The operation of `set_oauth_app_icon`.
pub static SET_OAUTH_APP_ICON: Operation = Operation {
    id: "SetOAuthAppIcon",
    method: "PUT",
    path: "/api/v4/oauth/apps/{app_id}/icon",
    tags: &["OAuth"],
    consumes: &["image/*"],
    produces: &["text/plain"],
    security: &[],
    limits: Limits {
        body_bytes: Some(1048576),
        time: None,
    },
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

/// The operation of `get_by_token`.
pub static GET_BY_TOKEN: Operation = Operation {
    id: "GetByToken",
    method: "GET",
    path: "/guarded/token",
    tags: &["OAuth"],
    consumes: &[],
    produces: &[],
    security: &[Requirement::new(&[(&GRANTS, &["read"])])],
    limits: Limits::NONE,
};

/// The operation of `set_by_token`.
pub static SET_BY_TOKEN: Operation = Operation {
    id: "SetByToken",
    method: "POST",
    path: "/guarded/token",
    tags: &["OAuth"],
    consumes: &["application/octet-stream"],
    produces: &[],
    security: &[Requirement::new(&[(&GRANTS, &["read", "write"])])],
    limits: Limits::NONE,
};

/// The operation of `get_by_scheme`.
pub static GET_BY_SCHEME: Operation = Operation {
    id: "GetByScheme",
    method: "GET",
    path: "/guarded/scheme",
    tags: &["OAuth"],
    consumes: &[],
    produces: &[],
    security: &[Requirement::new(&[(&VAULT, &[])])],
    limits: Limits::NONE,
};

/// The operation of `get_by_either`.
pub static GET_BY_EITHER: Operation = Operation {
    id: "GetByEither",
    method: "GET",
    path: "/guarded/either",
    tags: &["OAuth"],
    consumes: &[],
    produces: &[],
    security: &[
        Requirement::new(&[(&CERTIFICATE, &[])]),
        Requirement::new(&[(&KEY, &[])]),
    ],
    limits: Limits::NONE,
};

/// The operations of the group.
pub const OPERATIONS: &[&Operation] = &[
    &CREATE_OAUTH_APP,
    &GET_OAUTH_APPS,
    &GET_OAUTH_APP,
    &UPDATE_OAUTH_APP,
    &DELETE_OAUTH_APP,
    &GET_OAUTH_APP_ICON,
    &SET_OAUTH_APP_ICON,
    &REGISTER_OAUTH_CLIENT,
    &GET_BY_TOKEN,
    &SET_BY_TOKEN,
    &GET_BY_SCHEME,
    &GET_BY_EITHER,
];

impl GetOAuthAppsParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        let params = Self {
            page: exchange.query("page")?.unwrap_or(0),
            per_page: exchange.query("per_page")?.unwrap_or(60),
            ids: exchange.query_each("ids")?,
            words: exchange.query_list("words", ',')?,
            x_request_id: exchange.header("X-Request-Id")?,
            locale: exchange.cookie("locale")?,
        };
        let v = &mut Validator::of_request();
        v.enter("page");
        v.minimum(params.page, 0);
        v.leave();
        v.enter("per_page");
        v.minimum(params.per_page, 1);
        v.maximum(params.per_page, 200);
        v.leave();
        exchange.checked(v)?;
        Ok(params)
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
        let session = exchange.authenticate_optional(&server.auth).await?;
        let app_id: String = exchange.path(0, "app_id")?;
        let v = &mut Validator::of_request();
        v.enter("app_id");
        v.max_length(&app_id, 26);
        v.leave();
        exchange.checked(v)?;
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
        support::reply(result, Reply::reply)
    }

    pub(super) async fn delete_oauth_app(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let app_id: String = exchange.path(0, "app_id")?;
        let call = exchange.call(session);
        let result = server.api.delete_oauth_app(call, app_id).await;
        support::reply(result, |()| support::empty(204))
    }

    pub(super) async fn get_oauth_app_icon(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let app_id: String = exchange.path(0, "app_id")?;
        let size: i32 = exchange.path(1, "size")?;
        let call = exchange.call(());
        let result = server.api.get_oauth_app_icon(call, app_id, size).await;
        support::reply(result, |body| support::respond(200, "image/png", body))
    }

    pub(super) async fn set_oauth_app_icon(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let app_id: String = exchange.path(0, "app_id")?;
        exchange.require_body()?;
        let body = exchange.body()?;
        let call = exchange.call(());
        let result = server.api.set_oauth_app_icon(call, app_id, body).await;
        support::reply(result, |body| support::text(200, body))
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

    pub(super) async fn get_by_token(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let call = exchange.call(session);
        let result = server.api.get_by_token(call).await;
        support::reply(result, |()| support::empty(204))
    }

    pub(super) async fn set_by_token(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        exchange.require_body()?;
        let body = exchange.body()?;
        let call = exchange.call(session);
        let result = server.api.set_by_token(call, body).await;
        support::reply(result, |()| support::empty(204))
    }

    pub(super) async fn get_by_scheme(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let call = exchange.call(session);
        let result = server.api.get_by_scheme(call).await;
        support::reply(result, |()| support::empty(204))
    }

    pub(super) async fn get_by_either(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let call = exchange.call(session);
        let result = server.api.get_by_either(call).await;
        support::reply(result, |()| support::empty(204))
    }
}
