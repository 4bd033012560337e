//! The service on axum, with the checks of the description and its errors.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::types::{App, AppError, NewApp};

/// Some apps, by their id too.
#[derive(Debug)]
pub struct Shop {
    apps: Vec<App>,
    by_id: HashMap<String, App>,
}

impl Shop {
    /// A shop of these apps.
    pub fn new(apps: Vec<App>) -> Self {
        let by_id = apps.iter().map(|app| (app.id.clone(), app.clone()));
        Self {
            by_id: by_id.collect(),
            apps,
        }
    }
}

/// The service.
pub fn router(shop: Arc<Shop>) -> Router {
    Router::new()
        .route("/api/v1/apps", get(list_apps).post(create_app))
        .route("/api/v1/apps/{app_id}", get(get_app))
        .method_not_allowed_fallback(not_allowed)
        .with_state(shop)
}

/// An error response.
struct Failure(StatusCode, &'static str, String);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(status, id, message) = self;
        let body = AppError {
            id: id.to_owned(),
            message,
            request_id: None,
            status_code: i32::from(status.as_u16()),
        };
        (status, Json(body)).into_response()
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        Self(StatusCode::BAD_REQUEST, "body", rejection.body_text())
    }
}

impl From<QueryRejection> for Failure {
    fn from(rejection: QueryRejection) -> Self {
        Self(StatusCode::BAD_REQUEST, "query", rejection.body_text())
    }
}

/// Whoever calls.
struct User(String);

impl<S: Sync> FromRequestParts<S> for User {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        match bearer(&parts.headers) {
            Some("secret") => Ok(Self("a user".to_owned())),
            _ => Err(Failure(
                StatusCode::UNAUTHORIZED,
                "token",
                "The token is wrong.".to_owned(),
            )),
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
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

async fn list_apps(
    _: User,
    State(shop): State<Arc<Shop>>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Vec<App>>, Failure> {
    let Query(page) = page?;
    if page.page < 0 || page.per_page < 1 || page.per_page > 200 {
        let message = "page or per_page is out of range".to_owned();
        return Err(Failure(StatusCode::BAD_REQUEST, "query", message));
    }
    let skipped = usize::try_from(page.page * page.per_page).unwrap_or(usize::MAX);
    let wanted = usize::try_from(page.per_page).unwrap_or(0);
    let apps = shop.apps.iter().skip(skipped).take(wanted);
    Ok(Json(apps.cloned().collect()))
}

async fn create_app(
    User(user): User,
    State(shop): State<Arc<Shop>>,
    body: Result<Json<NewApp>, JsonRejection>,
) -> Result<(StatusCode, Json<App>), Failure> {
    let Json(body) = body?;
    if let Err((pointer, message)) = body.check() {
        let message = format!("{pointer}: {message}");
        return Err(Failure(StatusCode::BAD_REQUEST, "body", message));
    }
    let mut app = shop.apps[0].clone();
    app.creator_id = user;
    app.name = body.name;
    app.callback_urls = body.callback_urls;
    app.description = body.description;
    app.homepage = body.homepage;
    app.is_trusted = body.is_trusted.unwrap_or_default();
    Ok((StatusCode::CREATED, Json(app)))
}

async fn get_app(
    _: User,
    State(shop): State<Arc<Shop>>,
    Path(app_id): Path<String>,
) -> Result<Json<App>, Failure> {
    let app = shop.by_id.get(&app_id).cloned();
    app.map(Json).ok_or_else(|| {
        let message = "There is no such app.".to_owned();
        Failure(StatusCode::NOT_FOUND, "app.not_found", message)
    })
}

async fn not_allowed() -> Failure {
    let message = "The path has other methods.".to_owned();
    Failure(StatusCode::METHOD_NOT_ALLOWED, "method", message)
}
