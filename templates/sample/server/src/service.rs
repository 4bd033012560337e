mod webhooks;

use std::sync::Arc;

use crate::files::FilesApi;
use crate::oauth::{GetOAuthAppsParams, OauthApi};
use crate::support::{
    Authenticate, Dispatch, Endpoint, Exchange, Handlers, HttpResponse, Operation, Placement,
    Problem, Reply, Requirement, Scheme, Validate, Validator, empty, events, json, lines, reply,
    respond, routes, text,
};

impl<P, A> Dispatch for Handlers<P, A>
where
    P: FilesApi + OauthApi<Session = A::Session>,
    A: Authenticate,
{
    const BASE_PATH: &'static str = "";

    routes! {
        ("GET", "/api/v4/oauth/apps", GET_OAUTH_APPS, get_oauth_apps),
        ("POST", "/api/v4/oauth/apps", CREATE_OAUTH_APP, create_oauth_app),
        ("POST", "/api/v4/oauth/apps/register", REGISTER_OAUTH_CLIENT, register_oauth_client),
        ("DELETE", "/api/v4/oauth/apps/{app_id}", DELETE_OAUTH_APP, delete_oauth_app),
        ("GET", "/api/v4/oauth/apps/{app_id}", GET_OAUTH_APP, get_oauth_app),
        ("PUT", "/api/v4/oauth/apps/{app_id}", UPDATE_OAUTH_APP, update_oauth_app),
        ("PUT", "/api/v4/oauth/apps/{app_id}/icon", SET_OAUTH_APP_ICON, set_oauth_app_icon),
        ("GET", "/api/v4/oauth/apps/{app_id}/icon-{size}.png", GET_OAUTH_APP_ICON, get_oauth_app_icon),
        ("POST", "/files", UPLOAD_FILE, upload_file),
        ("GET", "/files/events", GET_EVENTS, get_events),
        ("GET", "/files/lines", GET_LINES, get_lines),
        ("POST", "/files/related", UPLOAD_RELATED, upload_related),
        ("GET", "/files/sequence", GET_SEQUENCE, get_sequence),
        ("GET", "/files/talk", GET_TALK, get_talk),
        ("GET", "/files/{name}", GET_FILE, get_file),
        ("PUT", "/files/{name}", SET_FILE, set_file),
    }
}

static BEARER_AUTH: Scheme = Scheme {
    name: "bearerAuth",
    placement: Placement::Bearer,
};
static CSRF: Scheme = Scheme {
    name: "csrf",
    placement: Placement::Header("X-CSRF-Token"),
};
static BASIC: Scheme = Scheme {
    name: "basic",
    placement: Placement::Basic,
};
static KEY: Scheme = Scheme {
    name: "key",
    placement: Placement::Query("key"),
};

static CREATE_OAUTH_APP: Operation = Operation {
    id: "CreateOAuthApp",
    method: "POST",
    path: "/api/v4/oauth/apps",
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[Requirement {
        schemes: &[(&BEARER_AUTH, &["manage_oauth"])],
    }],
};

static GET_OAUTH_APPS: Operation = Operation {
    id: "GetOAuthApps",
    method: "GET",
    path: "/api/v4/oauth/apps",
    consumes: &[],
    produces: &["application/json"],
    security: &[Requirement {
        schemes: &[(&BEARER_AUTH, &[])],
    }],
};

static GET_OAUTH_APP: Operation = Operation {
    id: "GetOAuthApp",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}",
    consumes: &[],
    produces: &["application/json"],
    security: &[
        Requirement { schemes: &[] },
        Requirement {
            schemes: &[(&BEARER_AUTH, &[])],
        },
    ],
};

static UPDATE_OAUTH_APP: Operation = Operation {
    id: "UpdateOAuthApp",
    method: "PUT",
    path: "/api/v4/oauth/apps/{app_id}",
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[Requirement {
        schemes: &[(&BEARER_AUTH, &[]), (&CSRF, &[])],
    }],
};

static DELETE_OAUTH_APP: Operation = Operation {
    id: "DeleteOAuthApp",
    method: "DELETE",
    path: "/api/v4/oauth/apps/{app_id}",
    consumes: &[],
    produces: &[],
    security: &[
        Requirement {
            schemes: &[(&KEY, &[])],
        },
        Requirement {
            schemes: &[(&BEARER_AUTH, &[])],
        },
        Requirement {
            schemes: &[(&BASIC, &[])],
        },
    ],
};

static GET_OAUTH_APP_ICON: Operation = Operation {
    id: "GetOAuthAppIcon",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}/icon-{size}.png",
    consumes: &[],
    produces: &["image/png"],
    security: &[],
};

static SET_OAUTH_APP_ICON: Operation = Operation {
    id: "SetOAuthAppIcon",
    method: "PUT",
    path: "/api/v4/oauth/apps/{app_id}/icon",
    consumes: &["image/*"],
    produces: &["text/plain"],
    security: &[],
};

static REGISTER_OAUTH_CLIENT: Operation = Operation {
    id: "RegisterOAuthClient",
    method: "POST",
    path: "/api/v4/oauth/apps/register",
    consumes: &["application/json"],
    produces: &["application/json"],
    security: &[],
};

static UPLOAD_FILE: Operation = Operation {
    id: "UploadFile",
    method: "POST",
    path: "/files",
    consumes: &["multipart/form-data"],
    produces: &["text/plain"],
    security: &[],
};

static UPLOAD_RELATED: Operation = Operation {
    id: "UploadRelated",
    method: "POST",
    path: "/files/related",
    consumes: &["multipart/related"],
    produces: &["text/plain"],
    security: &[],
};

static GET_FILE: Operation = Operation {
    id: "GetFile",
    method: "GET",
    path: "/files/{name}",
    consumes: &[],
    produces: &["application/octet-stream"],
    security: &[],
};

static SET_FILE: Operation = Operation {
    id: "SetFile",
    method: "PUT",
    path: "/files/{name}",
    consumes: &["application/octet-stream"],
    produces: &["text/plain"],
    security: &[],
};

static GET_EVENTS: Operation = Operation {
    id: "GetEvents",
    method: "GET",
    path: "/files/events",
    consumes: &[],
    produces: &["text/event-stream", "application/json"],
    security: &[],
};

static GET_TALK: Operation = Operation {
    id: "GetTalk",
    method: "GET",
    path: "/files/talk",
    consumes: &[],
    produces: &["text/event-stream"],
    security: &[],
};

static GET_LINES: Operation = Operation {
    id: "GetLines",
    method: "GET",
    path: "/files/lines",
    consumes: &[],
    produces: &["application/x-ndjson"],
    security: &[],
};

static GET_SEQUENCE: Operation = Operation {
    id: "GetSequence",
    method: "GET",
    path: "/files/sequence",
    consumes: &[],
    produces: &["application/json-seq"],
    security: &[],
};

async fn create_oauth_app<P, A>(
    server: Arc<Handlers<P, A>>,
    mut exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: OauthApi<Session = A::Session>,
    A: Authenticate,
{
    let session = exchange.authenticate(&server.auth).await?;
    let body = exchange.json().await?;
    let answer = server
        .api
        .create_oauth_app(exchange.call(session), body)
        .await;
    reply(answer, |body| json(201, &body))
}

async fn get_oauth_apps<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: OauthApi<Session = A::Session>,
    A: Authenticate,
{
    let session = exchange.authenticate(&server.auth).await?;
    let params = GetOAuthAppsParams {
        page: exchange.query("page")?.unwrap_or(0),
        per_page: exchange.query("per_page")?.unwrap_or(60),
        ids: exchange.query_each("ids")?,
        words: exchange.query_list("words", ',')?,
        x_request_id: exchange.header("X-Request-Id")?,
        locale: exchange.cookie("locale")?,
    };
    let v = &mut Validator::of_request();
    params.validate_at(v);
    exchange.checked(v)?;
    let answer = server
        .api
        .get_oauth_apps(exchange.call(session), params)
        .await;
    reply(answer, |body| json(200, &body))
}

async fn get_oauth_app<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: OauthApi<Session = A::Session>,
    A: Authenticate,
{
    let session = exchange.authenticate_optional(&server.auth).await?;
    let app_id: String = exchange.path(0, "app_id")?;
    let v = &mut Validator::of_request();
    v.enter("app_id");
    v.max_length(&app_id, 26);
    v.leave();
    exchange.checked(v)?;
    let answer = server
        .api
        .get_oauth_app(exchange.call(session), app_id)
        .await;
    reply(answer, |body| json(200, &body))
}

async fn update_oauth_app<P, A>(
    server: Arc<Handlers<P, A>>,
    mut exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: OauthApi<Session = A::Session>,
    A: Authenticate,
{
    let session = exchange.authenticate(&server.auth).await?;
    let app_id = exchange.path(0, "app_id")?;
    let body = exchange.json().await?;
    let answer = server
        .api
        .update_oauth_app(exchange.call(session), app_id, body)
        .await;
    reply(answer, Reply::reply)
}

async fn delete_oauth_app<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: OauthApi<Session = A::Session>,
    A: Authenticate,
{
    let session = exchange.authenticate(&server.auth).await?;
    let app_id = exchange.path(0, "app_id")?;
    let answer = server
        .api
        .delete_oauth_app(exchange.call(session), app_id)
        .await;
    reply(answer, |()| empty(204))
}

async fn register_oauth_client<P, A>(
    server: Arc<Handlers<P, A>>,
    mut exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: OauthApi,
    A: Send + Sync + 'static,
{
    let body = exchange.json().await?;
    let answer = server
        .api
        .register_oauth_client(exchange.call(()), body)
        .await;
    reply(answer, |body| json(201, &body))
}

async fn get_oauth_app_icon<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: OauthApi,
    A: Send + Sync + 'static,
{
    let app_id = exchange.path(0, "app_id")?;
    let size = exchange.path(1, "size")?;
    let answer = server
        .api
        .get_oauth_app_icon(exchange.call(()), app_id, size)
        .await;
    reply(answer, |body| respond(200, "image/png", body))
}

async fn set_oauth_app_icon<P, A>(
    server: Arc<Handlers<P, A>>,
    mut exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: OauthApi,
    A: Send + Sync + 'static,
{
    let app_id = exchange.path(0, "app_id")?;
    let body = exchange.bytes().await?;
    let answer = server
        .api
        .set_oauth_app_icon(exchange.call(()), app_id, body)
        .await;
    reply(answer, |body| text(200, body))
}

async fn upload_file<P, A>(
    server: Arc<Handlers<P, A>>,
    mut exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: FilesApi,
    A: Send + Sync + 'static,
{
    let body = exchange.multipart()?;
    let answer = server.api.upload_file(exchange.call(()), body).await;
    reply(answer, |body| text(200, body))
}

async fn upload_related<P, A>(
    server: Arc<Handlers<P, A>>,
    mut exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: FilesApi,
    A: Send + Sync + 'static,
{
    let body = exchange.multipart()?;
    let answer = server.api.upload_related(exchange.call(()), body).await;
    reply(answer, |body| text(200, body))
}

async fn get_file<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: FilesApi,
    A: Send + Sync + 'static,
{
    let name = exchange.path(0, "name")?;
    let answer = server.api.get_file(exchange.call(()), name).await;
    reply(answer, |body| {
        respond(200, "application/octet-stream", body)
    })
}

async fn set_file<P, A>(
    server: Arc<Handlers<P, A>>,
    mut exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: FilesApi,
    A: Send + Sync + 'static,
{
    let name = exchange.path(0, "name")?;
    let body = exchange.body()?;
    let answer = server.api.set_file(exchange.call(()), name, body).await;
    reply(answer, |body| text(200, body))
}

async fn get_events<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: FilesApi,
    A: Send + Sync + 'static,
{
    let answer = server.api.get_events(exchange.call(())).await;
    reply(answer, |body| events(200, body))
}

async fn get_talk<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: FilesApi,
    A: Send + Sync + 'static,
{
    let answer = server.api.get_talk(exchange.call(())).await;
    reply(answer, |body| events(200, body))
}

async fn get_lines<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: FilesApi,
    A: Send + Sync + 'static,
{
    let answer = server.api.get_lines(exchange.call(())).await;
    reply(answer, |body| lines(200, "application/x-ndjson", body))
}

async fn get_sequence<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: FilesApi,
    A: Send + Sync + 'static,
{
    let answer = server.api.get_sequence(exchange.call(())).await;
    reply(answer, |body| lines(200, "application/json-seq", body))
}
