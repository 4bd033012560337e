//! The same service on axum 0.8 with serde's derive, as a careful engineer writes it without the generated server. What isn't HTTP is the
//! library's, so that the load differs only by what the generated server does. It serves as the program does, and prints no token.

use std::convert::Infallible;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{
    DefaultBodyLimit, FromRef, FromRequest, FromRequestParts, Path, Query, Request, State,
};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use http::{Extensions, StatusCode};
use mattermost_oauth_service::config::Config;
use mattermost_oauth_service::provider::{Provider, Registration};
use mattermost_oauth_service::refusal::{REGISTER, Refusal};
use mattermost_oauth_service::rules::is_web;
use mattermost_oauth_service::secrets::new_id;
use mattermost_oauth_service::session::Session;
use mattermost_oauth_service::store::{App, Changes, NewApp, Store};
use mattermost_oauth_service::{listen, start};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tower_service::Service;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let config = Config::read(std::env::vars())?;
    let store = start::open(&config).await?;
    let listener = TcpListener::bind(config.listen).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let provider = Provider::new(store.clone(), config.settings.clone());
    let state = Desk {
        provider,
        store,
        body_timeout: config.body_timeout,
    };
    let service = Front(router(state, config.max_body));
    let end = async { drop(tokio::signal::ctrl_c().await) };
    listen::serve(listener, service, &config.limits, end).await;
    Ok(())
}

#[derive(Clone)]
struct Desk {
    provider: Provider,
    store: Store,
    body_timeout: Duration,
}

impl FromRef<Desk> for Provider {
    fn from_ref(desk: &Desk) -> Self {
        desk.provider.clone()
    }
}

fn router(desk: Desk, max_body: usize) -> Router {
    let app = get(get_app).put(update_app).delete(delete_app);
    Router::new()
        .route("/api/v4/oauth/apps", post(create_app).get(list_apps))
        .route("/api/v4/oauth/apps/{app_id}", app)
        .route("/api/v4/oauth/apps/{app_id}/regen_secret", post(regenerate))
        .route("/api/v4/oauth/apps/{app_id}/info", get(info))
        .route("/.well-known/oauth-authorization-server", get(metadata))
        .route(REGISTER, post(register))
        .route(
            "/api/v4/users/{user_id}/oauth/apps/authorized",
            get(authorized),
        )
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(max_body))
        .with_state(desk)
}

/// The id of a request.
#[derive(Debug, Clone)]
struct RequestId(Arc<str>);

/// The id of a request; empty if it has none.
fn request_id(extensions: &Extensions) -> &str {
    extensions.get().map_or("", |RequestId(id)| id)
}

/// What stands in front of the routes: each request gets an id, and no response is stored.
#[derive(Debug, Clone)]
struct Front<S>(S);

impl<S, B, R> Service<http::Request<B>> for Front<S>
where
    S: Service<http::Request<B>, Response = http::Response<R>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = http::Response<R>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<http::Response<R>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<B>) -> Self::Future {
        let id = new_id();
        let value = HeaderValue::try_from(&id);
        request.extensions_mut().insert(RequestId(id.into()));
        let response = self.0.call(request);
        Box::pin(async move {
            let mut response = response.await?;
            let headers = response.headers_mut();
            if let Ok(value) = value {
                headers.insert("x-request-id", value);
            }
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            );
            Ok(response)
        })
    }
}

/// An error response, in the form of Mattermost's.
struct Failure {
    status: StatusCode,
    body: Box<AppError>,
    header: Option<(HeaderName, &'static str)>,
}

#[derive(Serialize)]
struct AppError {
    id: &'static str,
    message: String,
    request_id: String,
    status_code: u16,
    detailed_error: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_description: Option<String>,
}

impl Failure {
    fn new(status: StatusCode, id: &'static str, message: String, extensions: &Extensions) -> Self {
        let body = AppError {
            id,
            message,
            request_id: request_id(extensions).to_owned(),
            status_code: status.as_u16(),
            detailed_error: "",
            error: None,
            error_description: None,
        };
        Self {
            status,
            body: Box::new(body),
            header: None,
        }
    }

    fn of(refusal: &Refusal, Asked(extensions): &Asked) -> Self {
        if let Refusal::Store(error) = refusal {
            eprintln!("request {}: {error}", request_id(extensions));
        }
        let message = refusal.message().into_owned();
        let mut failure = Self::new(refusal.status(), refusal.id(), message, extensions);
        failure.body.error = refusal.registration_error();
        let description = &failure.body.message;
        failure.body.error_description = failure.body.error.map(|_| description.clone());
        if refusal.is_temporary() {
            failure.header = Some((header::RETRY_AFTER, "1"));
        }
        failure
    }

    fn unauthorized(extensions: &Extensions, challenge: &'static str) -> Self {
        let id = "api.context.session_expired.app_error";
        let message = "the credentials are not accepted".to_owned();
        let mut failure = Self::new(StatusCode::UNAUTHORIZED, id, message, extensions);
        failure.header = Some((header::WWW_AUTHENTICATE, challenge));
        failure
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, AppendHeaders(self.header), Json(self.body)).into_response()
    }
}

/// The extensions of a request, for its id.
struct Asked(Extensions);

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.clone()))
    }
}

/// Whoever calls.
struct Caller(Session);

impl FromRequestParts<Desk> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Failure> {
        let extensions = &parts.extensions;
        let token = bearer(&parts.headers);
        let token = token.ok_or_else(|| Failure::unauthorized(extensions, "Bearer"))?;
        match desk.store.session(token).await {
            Ok(Some(session)) => Ok(Self(session)),
            Ok(None) => Err(Failure::unauthorized(
                extensions,
                "Bearer error=\"invalid_token\"",
            )),
            Err(error) => Err(Failure::of(&error.into(), &Asked(extensions.clone()))),
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).into_iter();
    let (Some(only), None) = (values.next(), values.next()) else {
        return None;
    };
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty();
    is_bearer.then_some(token.trim())
}

/// A body of JSON that arrives in time.
struct Body<T>(T);

impl<T: DeserializeOwned> FromRequest<Desk> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Failure> {
        let extensions = request.extensions().clone();
        let refuse = |status, id, message| Failure::new(status, id, message, &extensions);
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let is_json =
            content_type.is_none_or(|value| value.as_bytes().starts_with(b"application/json"));
        if !is_json {
            let message = "the body must be application/json".to_owned();
            return Err(refuse(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "api.context.request.app_error",
                message,
            ));
        }
        let bytes =
            tokio::time::timeout(desk.body_timeout, Bytes::from_request(request, desk)).await;
        let bytes = bytes.map_err(|_| {
            let message = "the body did not arrive in time".to_owned();
            refuse(
                StatusCode::REQUEST_TIMEOUT,
                "api.context.request.app_error",
                message,
            )
        })?;
        let bytes = bytes.map_err(|rejection| {
            refuse(
                rejection.status(),
                "api.context.request.app_error",
                rejection.body_text(),
            )
        })?;
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            refuse(
                StatusCode::BAD_REQUEST,
                "api.context.invalid_body_param.app_error",
                error.to_string(),
            )
        })?;
        Ok(Self(value))
    }
}

#[derive(Serialize)]
struct Shown {
    id: String,
    client_secret: String,
    name: String,
    description: String,
    icon_url: String,
    callback_urls: Vec<String>,
    homepage: String,
    is_trusted: bool,
    create_at: i64,
    update_at: i64,
    creator_id: String,
    mattermost_app_id: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_dynamically_registered: bool,
}

impl From<App> for Shown {
    fn from(app: App) -> Self {
        Self {
            id: app.id,
            client_secret: app.secret,
            name: app.name,
            description: app.description,
            icon_url: app.icon_url,
            callback_urls: app.callback_urls,
            homepage: app.homepage,
            is_trusted: app.is_trusted,
            create_at: app.create_at,
            update_at: app.update_at,
            creator_id: app.creator_id,
            mattermost_app_id: "",
            is_dynamically_registered: app.is_dynamically_registered,
        }
    }
}

#[derive(Deserialize)]
struct Create {
    name: String,
    description: String,
    callback_urls: Vec<String>,
    homepage: String,
    icon_url: Option<String>,
    is_trusted: Option<bool>,
    is_public: Option<bool>,
}

async fn create_app(
    State(provider): State<Provider>,
    Caller(session): Caller,
    asked: Asked,
    Body(body): Body<Create>,
) -> Result<(StatusCode, Json<Shown>), Failure> {
    let new = NewApp {
        name: body.name,
        description: body.description,
        icon_url: body.icon_url.unwrap_or_default(),
        callback_urls: body.callback_urls,
        homepage: body.homepage,
        is_trusted: body.is_trusted.unwrap_or_default(),
        is_public: body.is_public.unwrap_or_default(),
        ..NewApp::default()
    };
    let app = provider.create(&session, new).await;
    let app = app.map_err(|refusal| Failure::of(&refusal, &asked))?;
    Ok((StatusCode::CREATED, Json(app.into())))
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    page: i64,
    #[serde(default = "sixty")]
    per_page: i64,
}

fn sixty() -> i64 {
    60
}

fn page(page: Result<Query<Page>, QueryRejection>, asked: &Asked) -> Result<Page, Failure> {
    let id = "api.context.invalid_url_param.app_error";
    let page = page.map_err(|rejection| {
        Failure::new(StatusCode::BAD_REQUEST, id, rejection.body_text(), &asked.0)
    });
    page.map(|Query(page)| page)
}

type Shelf = Result<Json<Vec<Shown>>, Failure>;

async fn list_apps(
    State(provider): State<Provider>,
    Caller(session): Caller,
    asked: Asked,
    query: Result<Query<Page>, QueryRejection>,
) -> Shelf {
    let page = page(query, &asked)?;
    let apps = provider.apps(&session, page.page, page.per_page).await;
    let apps = apps.map_err(|refusal| Failure::of(&refusal, &asked))?;
    Ok(Json(apps.into_iter().map(Shown::from).collect()))
}

async fn authorized(
    State(provider): State<Provider>,
    Caller(session): Caller,
    asked: Asked,
    Path(user_id): Path<String>,
    query: Result<Query<Page>, QueryRejection>,
) -> Shelf {
    let page = page(query, &asked)?;
    let apps = provider.authorized(&session, &user_id, page.page, page.per_page);
    let apps = apps
        .await
        .map_err(|refusal| Failure::of(&refusal, &asked))?;
    Ok(Json(apps.into_iter().map(Shown::from).collect()))
}

type One = Result<Json<Shown>, Failure>;

fn one(app: Result<App, Refusal>, asked: &Asked) -> One {
    let app = app.map_err(|refusal| Failure::of(&refusal, asked))?;
    Ok(Json(app.into()))
}

async fn get_app(
    State(provider): State<Provider>,
    Caller(session): Caller,
    asked: Asked,
    Path(app_id): Path<String>,
) -> One {
    one(provider.app(&session, &app_id).await, &asked)
}

#[derive(Deserialize)]
struct Update {
    id: String,
    name: String,
    description: String,
    callback_urls: Vec<String>,
    homepage: String,
    icon_url: Option<String>,
    is_trusted: Option<bool>,
}

async fn update_app(
    State(provider): State<Provider>,
    Caller(session): Caller,
    asked: Asked,
    Path(app_id): Path<String>,
    Body(body): Body<Update>,
) -> One {
    let changes = Changes {
        name: body.name,
        description: body.description,
        icon_url: body.icon_url.unwrap_or_default(),
        callback_urls: body.callback_urls,
        homepage: body.homepage,
        is_trusted: body.is_trusted,
    };
    one(
        provider.update(&session, &app_id, &body.id, changes).await,
        &asked,
    )
}

#[derive(Serialize)]
struct StatusOk {
    status: &'static str,
}

async fn delete_app(
    State(provider): State<Provider>,
    Caller(session): Caller,
    asked: Asked,
    Path(app_id): Path<String>,
) -> Result<Json<StatusOk>, Failure> {
    let deleted = provider.delete(&session, &app_id).await;
    deleted.map_err(|refusal| Failure::of(&refusal, &asked))?;
    Ok(Json(StatusOk { status: "OK" }))
}

async fn regenerate(
    State(provider): State<Provider>,
    Caller(session): Caller,
    asked: Asked,
    Path(app_id): Path<String>,
) -> One {
    one(provider.regenerate(&session, &app_id).await, &asked)
}

async fn info(
    State(provider): State<Provider>,
    _: Caller,
    asked: Asked,
    Path(app_id): Path<String>,
) -> One {
    one(provider.info(&app_id).await, &asked)
}

#[derive(Serialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    response_types_supported: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_endpoint: Option<String>,
    scopes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    token_endpoint_auth_methods_supported: [&'static str; 2],
    code_challenge_methods_supported: [&'static str; 1],
}

async fn metadata(
    State(provider): State<Provider>,
    asked: Asked,
) -> Result<Json<Metadata>, Failure> {
    provider
        .is_on()
        .map_err(|refusal| Failure::of(&refusal, &asked))?;
    let settings = provider.settings();
    let url = &settings.site_url;
    let registration = settings.has_registration;
    Ok(Json(Metadata {
        issuer: url.clone(),
        authorization_endpoint: format!("{url}/oauth/authorize"),
        token_endpoint: format!("{url}/oauth/access_token"),
        response_types_supported: ["code"],
        registration_endpoint: registration.then(|| format!("{url}{REGISTER}")),
        scopes_supported: ["user"],
        grant_types_supported: ["authorization_code", "refresh_token"],
        token_endpoint_auth_methods_supported: ["client_secret_post", "none"],
        code_challenge_methods_supported: ["S256"],
    }))
}

#[derive(Deserialize)]
#[allow(clippy::struct_field_names)] // the names of RFC 7591
struct Client {
    redirect_uris: Vec<String>,
    client_name: Option<String>,
    client_uri: Option<String>,
    token_endpoint_auth_method: Option<String>,
}

#[derive(Serialize)]
struct Registered {
    client_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    client_secret: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret_expires_at: Option<u64>,
    client_id_issued_at: i64,
    redirect_uris: Vec<String>,
    token_endpoint_auth_method: &'static str,
    grant_types: [&'static str; 2],
    response_types: [&'static str; 1],
    client_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    client_uri: String,
}

async fn register(
    State(provider): State<Provider>,
    asked: Asked,
    Body(body): Body<Client>,
) -> Result<(StatusCode, Json<Registered>), Failure> {
    let refuse = |refusal: Refusal| Failure::of(&refusal, &asked);
    if body
        .client_name
        .as_ref()
        .is_some_and(|name| name.chars().count() > 64)
    {
        return Err(refuse(Refusal::ClientMetadata("client_name")));
    }
    let is_good = |uri: &String| uri.chars().count() <= 256 && is_web(uri);
    if !body.client_uri.as_ref().is_none_or(is_good) {
        return Err(refuse(Refusal::ClientMetadata("client_uri")));
    }
    let registration = Registration {
        redirect_uris: body.redirect_uris,
        client_name: body.client_name,
        client_uri: body.client_uri,
        token_endpoint_auth_method: body.token_endpoint_auth_method,
    };
    let app = provider.register(registration).await.map_err(refuse)?;
    let is_public = app.secret.is_empty();
    let registered = Registered {
        client_id: app.id,
        client_secret_expires_at: (!is_public).then_some(0),
        client_secret: app.secret,
        client_id_issued_at: app.create_at / 1000,
        redirect_uris: app.callback_urls,
        token_endpoint_auth_method: if is_public {
            "none"
        } else {
            "client_secret_post"
        },
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        client_name: app.name,
        client_uri: app.homepage,
    };
    Ok((StatusCode::CREATED, Json(registered)))
}

async fn not_found(asked: Asked) -> Failure {
    let message = "Not Found".to_owned();
    Failure::new(
        StatusCode::NOT_FOUND,
        "api.context.404.app_error",
        message,
        &asked.0,
    )
}

async fn not_allowed(asked: Asked) -> Failure {
    let (status, message) = (StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed");
    Failure::new(
        status,
        "api.context.request.app_error",
        message.to_owned(),
        &asked.0,
    )
}
