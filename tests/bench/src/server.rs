//! The service in memory, on the generated server and on axum.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;

use axum::body::Body as AxumBody;
use bytes::Bytes;
use futures_executor::block_on;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use tower_service::Service;

use crate::shop::server::apps::{CreateAppError, GetAppError, ListAppsError, ListAppsParams};
use crate::shop::server::{AppsApi, AuthError, Call, Credentials, Server};
use crate::shop::types::{App, AppError, NewApp};
use crate::{Task, by_hand, task, values};

/// A request that is sent again and again, and the status that it has to have.
#[derive(Debug, Clone)]
pub struct Case {
    pub method: Method,
    pub path: &'static str,
    pub body: String,
    pub status: StatusCode,
}

impl Case {
    fn new(method: Method, path: &'static str, body: String, status: StatusCode) -> Self {
        Self {
            method,
            path,
            body,
            status,
        }
    }

    /// Gets one app.
    pub fn one() -> Self {
        let path = "/api/v1/apps/app00000000000000000000007";
        Self::new(Method::GET, path, String::new(), StatusCode::OK)
    }

    /// Gets a page of 60.
    pub fn list() -> Self {
        let path = "/api/v1/apps?page=0&per_page=60";
        Self::new(Method::GET, path, String::new(), StatusCode::OK)
    }

    /// Adds an app.
    pub fn create() -> Self {
        let body = values::new_app();
        Self::new(Method::POST, "/api/v1/apps", body, StatusCode::CREATED)
    }

    /// Adds an app that breaks a constraint.
    pub fn refused() -> Self {
        let body = values::nameless_app();
        Self::new(Method::POST, "/api/v1/apps", body, StatusCode::BAD_REQUEST)
    }

    /// Gets an app that isn't there.
    pub fn not_found() -> Self {
        let path = "/api/v1/apps/unknown";
        Self::new(Method::GET, path, String::new(), StatusCode::NOT_FOUND)
    }

    /// Asks by a method that the path doesn't have.
    pub fn not_allowed() -> Self {
        let path = "/api/v1/apps";
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::new(Method::DELETE, path, String::new(), status)
    }

    fn request<B: From<Bytes>>(&self) -> Request<B> {
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(self.path)
            .header("host", "shop.example")
            .header("accept", "application/json")
            .header("authorization", "Bearer secret");
        if !self.body.is_empty() {
            request = request
                .header("content-type", "application/json")
                .header("content-length", self.body.len());
        }
        let body = B::from(Bytes::from(self.body.clone()));
        request.body(body).expect("the parts are valid")
    }
}

/// Answers a request by the generated server.
pub fn ours(case: Case) -> Task {
    let apps = (0..60).map(|number| serde_json::from_value(values::app(number)).expect("an app"));
    let apps: Vec<App> = apps.collect();
    let shop = Shop {
        by_id: apps
            .iter()
            .map(|app: &App| (app.id.clone(), app.clone()))
            .collect(),
        apps,
    };
    let server = Server::builder(shop).authenticate(authenticate).build();
    task(move || {
        let response = block_on(server.clone().call(case.request::<Full<Bytes>>()));
        let response = response.expect("the service doesn't fail");
        assert_eq!(response.status(), case.status);
        let body = block_on(response.into_body().collect()).expect("the body is in memory");
        black_box(body.to_bytes());
    })
}

async fn authenticate(credentials: Credentials) -> Result<String, AuthError> {
    match credentials.bearer() {
        Some("secret") => Ok("a user".to_owned()),
        _ => Err(AuthError::Unauthorized),
    }
}

struct Shop {
    apps: Vec<App>,
    by_id: HashMap<String, App>,
}

impl AppsApi for Shop {
    type Session = String;

    async fn list_apps(
        &self,
        _: Call<String>,
        params: ListAppsParams,
    ) -> Result<Vec<App>, ListAppsError> {
        let skipped = usize::try_from(params.page * params.per_page).unwrap_or(usize::MAX);
        let wanted = usize::try_from(params.per_page).unwrap_or(0);
        let apps = self.apps.iter().skip(skipped).take(wanted);
        Ok(apps.cloned().collect())
    }

    async fn create_app(&self, call: Call<String>, body: NewApp) -> Result<App, CreateAppError> {
        let mut app = self.apps[0].clone();
        app.creator_id.clone_from(call.session());
        app.name = body.name;
        app.callback_urls = body.callback_urls;
        app.description = body.description;
        app.homepage = body.homepage;
        app.is_trusted = body.is_trusted.unwrap_or_default();
        Ok(app)
    }

    async fn get_app(&self, _: Call<String>, app_id: String) -> Result<App, GetAppError> {
        self.by_id.get(&app_id).cloned().ok_or_else(|| {
            GetAppError::NotFound(AppError {
                id: "app.not_found".to_owned(),
                message: "There is no such app.".to_owned(),
                request_id: None,
                status_code: 404,
            })
        })
    }
}

/// Answers a request by hand.
pub fn by_hand(case: Case) -> Task {
    let apps = (0..60).map(|number| serde_json::from_value(values::app(number)).expect("an app"));
    let router = by_hand::server::router(Arc::new(by_hand::server::Shop::new(apps.collect())));
    task(move || {
        let mut router = router.clone();
        let request = case.request::<AxumBody>();
        let response = block_on(router.call(request)).expect("the service doesn't fail");
        assert_eq!(response.status(), case.status);
        let body = block_on(response.into_body().collect()).expect("the body is in memory");
        black_box(body.to_bytes());
    })
}
