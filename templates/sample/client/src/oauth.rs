//! Endpoints for OAuth 2.0 apps

use crate::support::{
    Body, Bytes, Core, Error, NoError, OperationInfo, RawResponse, Request, Response, ToParam,
    sendable,
};
use crate::types::{
    AppError, ClientRegistrationError, ClientRegistrationRequest, ClientRegistrationResponse,
    CreateOAuthAppBody, OAuthApp,
};
use crate::{BASIC, BEARER_AUTH, CSRF, KEY};

/// Endpoints for OAuth 2.0 apps
#[derive(Debug, Clone)]
pub struct OauthApi {
    core: Core,
}

impl OauthApi {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Register OAuth app
    ///
    /// `POST /api/v4/oauth/apps`
    pub fn create_oauth_app(&self, body: CreateOAuthAppBody) -> CreateOAuthApp {
        let mut request = self.core.request(&CREATE_OAUTH_APP);
        request.json(&body);
        CreateOAuthApp { request }
    }

    /// Get OAuth apps
    ///
    /// `GET /api/v4/oauth/apps`
    pub fn get_oauth_apps(&self) -> GetOAuthApps {
        GetOAuthApps {
            request: self.core.request(&GET_OAUTH_APPS),
        }
    }

    /// Get an OAuth app
    ///
    /// `GET /api/v4/oauth/apps/{app_id}`
    pub fn get_oauth_app(&self, app_id: impl AsRef<str>) -> GetOAuthApp {
        let mut request = self.core.request(&GET_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        GetOAuthApp { request }
    }

    /// Update an OAuth app
    ///
    /// `PUT /api/v4/oauth/apps/{app_id}`
    pub fn update_oauth_app(&self, app_id: impl AsRef<str>, body: OAuthApp) -> UpdateOAuthApp {
        let mut request = self.core.request(&UPDATE_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        request.json(&body);
        UpdateOAuthApp { request }
    }

    /// Delete an OAuth app
    ///
    /// `DELETE /api/v4/oauth/apps/{app_id}`
    pub fn delete_oauth_app(&self, app_id: impl AsRef<str>) -> DeleteOAuthApp {
        let mut request = self.core.request(&DELETE_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        DeleteOAuthApp { request }
    }

    /// Get an OAuth app's icon
    ///
    /// `GET /api/v4/oauth/apps/{app_id}/icon-{size}.png`
    pub fn get_oauth_app_icon(&self, app_id: impl AsRef<str>, size: i32) -> GetOAuthAppIcon {
        let mut request = self.core.request(&GET_OAUTH_APP_ICON);
        request.path("app_id", app_id.as_ref());
        request.path("size", size);
        GetOAuthAppIcon { request }
    }

    /// Set an OAuth app's icon
    ///
    /// `PUT /api/v4/oauth/apps/{app_id}/icon`
    pub fn set_oauth_app_icon(
        &self,
        app_id: impl AsRef<str>,
        body: impl Into<Body>,
    ) -> SetOAuthAppIcon {
        let mut request = self.core.request(&SET_OAUTH_APP_ICON);
        request.path("app_id", app_id.as_ref());
        request.body("image/png", body);
        SetOAuthAppIcon { request }
    }

    /// Register OAuth client using Dynamic Client Registration
    ///
    /// `POST /api/v4/oauth/apps/register`
    pub fn register_oauth_client(&self, body: ClientRegistrationRequest) -> RegisterOAuthClient {
        let mut request = self.core.request(&REGISTER_OAUTH_CLIENT);
        request.json(&body);
        RegisterOAuthClient { request }
    }
}

static CREATE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "CreateOAuthApp",
    method: "POST",
    path: "/api/v4/oauth/apps",
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

static GET_OAUTH_APPS: OperationInfo = OperationInfo {
    id: "GetOAuthApps",
    method: "GET",
    path: "/api/v4/oauth/apps",
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

// Credentials are welcome, but not needed.
static GET_OAUTH_APP: OperationInfo = OperationInfo {
    id: "GetOAuthApp",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}",
    accept: Some("application/json"),
    security: &[&[], &[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

// Both credentials are needed.
static UPDATE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "UpdateOAuthApp",
    method: "PUT",
    path: "/api/v4/oauth/apps/{app_id}",
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH, &CSRF]],
    ..OperationInfo::PLAIN
};

// Either of the credentials will do.
static DELETE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "DeleteOAuthApp",
    method: "DELETE",
    path: "/api/v4/oauth/apps/{app_id}",
    security: &[&[&KEY], &[&BEARER_AUTH], &[&BASIC]],
    ..OperationInfo::PLAIN
};

static GET_OAUTH_APP_ICON: OperationInfo = OperationInfo {
    id: "GetOAuthAppIcon",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}/icon-{size}.png",
    accept: Some("image/png"),
    ..OperationInfo::PLAIN
};

static SET_OAUTH_APP_ICON: OperationInfo = OperationInfo {
    id: "SetOAuthAppIcon",
    method: "PUT",
    path: "/api/v4/oauth/apps/{app_id}/icon",
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

static REGISTER_OAUTH_CLIENT: OperationInfo = OperationInfo {
    id: "RegisterOAuthClient",
    method: "POST",
    path: "/api/v4/oauth/apps/register",
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// Request of [`OauthApi::create_oauth_app`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct CreateOAuthApp {
    request: Request,
}

impl CreateOAuthApp {
    fn decode(response: RawResponse) -> Result<Response<OAuthApp>, Error<AppError>> {
        match response.status().as_u16() {
            201 => response.into_json(),
            400 | 401 | 403 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { CreateOAuthApp => OAuthApp, AppError }

/// Request of [`OauthApi::get_oauth_apps`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthApps {
    request: Request,
}

impl GetOAuthApps {
    /// The page to select. Default: `0`.
    pub fn page(mut self, page: i64) -> Self {
        self.request.query("page", page);
        self
    }

    /// The number of apps per page. Default: `60`.
    pub fn per_page(mut self, per_page: i64) -> Self {
        self.request.query("per_page", per_page);
        self
    }

    /// Only these apps.
    pub fn ids(mut self, ids: impl IntoIterator<Item = impl ToParam>) -> Self {
        self.request.query_each("ids", ids);
        self
    }

    /// Only apps that have all these words in their names.
    pub fn words(mut self, words: impl IntoIterator<Item = impl ToParam>) -> Self {
        self.request.query_list("words", words, ",");
        self
    }

    /// Names the request in the server's log.
    pub fn x_request_id(mut self, x_request_id: impl AsRef<str>) -> Self {
        self.request.header("X-Request-Id", x_request_id.as_ref());
        self
    }

    /// The language of messages.
    pub fn locale(mut self, locale: impl AsRef<str>) -> Self {
        self.request.cookie("locale", locale.as_ref());
        self
    }

    fn decode(response: RawResponse) -> Result<Response<Vec<OAuthApp>>, Error<AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            400 | 401 | 403 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthApps => Vec<OAuthApp>, AppError }

/// Request of [`OauthApi::get_oauth_app`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthApp {
    request: Request,
}

impl GetOAuthApp {
    fn decode(response: RawResponse) -> Result<Response<OAuthApp>, Error<AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            401 | 403 | 404 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthApp => OAuthApp, AppError }

/// Request of [`OauthApi::update_oauth_app`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateOAuthApp {
    request: Request,
}

/// What [`OauthApi::update_oauth_app`] gives.
#[derive(Debug, Clone, PartialEq)]
pub enum UpdateOAuthAppResponse {
    /// 200: the app after the update
    Ok(OAuthApp),
    /// 204: nothing had to be changed
    NoContent,
}

impl UpdateOAuthApp {
    fn decode(response: RawResponse) -> Result<Response<UpdateOAuthAppResponse>, Error<AppError>> {
        match response.status().as_u16() {
            200 => response.into_json_as(UpdateOAuthAppResponse::Ok),
            204 => response.into_empty(UpdateOAuthAppResponse::NoContent),
            400..=499 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { UpdateOAuthApp => UpdateOAuthAppResponse, AppError }

/// Request of [`OauthApi::delete_oauth_app`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteOAuthApp {
    request: Request,
}

impl DeleteOAuthApp {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            204 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { DeleteOAuthApp => (), NoError }

/// Request of [`OauthApi::get_oauth_app_icon`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthAppIcon {
    request: Request,
}

impl GetOAuthAppIcon {
    fn decode(response: RawResponse) -> Result<Response<Bytes>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_bytes(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthAppIcon => Bytes, NoError }

/// Request of [`OauthApi::set_oauth_app_icon`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct SetOAuthAppIcon {
    request: Request,
}

impl SetOAuthAppIcon {
    fn decode(response: RawResponse) -> Result<Response<String>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { SetOAuthAppIcon => String, NoError }

/// Request of [`OauthApi::register_oauth_client`]; send it with `.await`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RegisterOAuthClient {
    request: Request,
}

/// The errors of [`OauthApi::register_oauth_client`].
#[derive(Debug, Clone, PartialEq)]
pub enum RegisterOAuthClientError {
    /// 400: the request is not valid
    BadRequest(ClientRegistrationError),
    /// 403: registration is switched off
    Forbidden,
    /// Any other status
    Default(AppError),
}

impl RegisterOAuthClient {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<ClientRegistrationResponse>, Error<RegisterOAuthClientError>> {
        match response.status().as_u16() {
            201 => response.into_json(),
            400 => response.into_error_as(RegisterOAuthClientError::BadRequest),
            403 => response.into_empty_error(RegisterOAuthClientError::Forbidden),
            _ => response.into_error_as(RegisterOAuthClientError::Default),
        }
    }
}

sendable! { RegisterOAuthClient => ClientRegistrationResponse, RegisterOAuthClientError }
