// Written by specwright; changes are overwritten.

//! Endpoints for OAuth 2.0 apps
//!
//! The operations are the methods of [`OauthApi`]; each returns a request of its own type.

use super::support::{
    Body, Core, Error, NoError, OperationInfo, Paged, Pages, Paging, RawResponse,
    Request, Response, link_value, sendable, sent_header, sent_path, sent_query, sent_url,
};
use super::{BASIC, BEARER, CERTIFICATE, CSRF, GRANTS, KEY, VAULT, types};

/// Endpoints for OAuth 2.0 apps
///
/// Returned by [`Client::oauth`](super::Client::oauth).
#[derive(Debug, Clone)]
pub struct OauthApi {
    core: Core,
}

impl OauthApi {
    pub(super) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Register OAuth app
    ///
    /// `POST /api/v4/oauth/apps`
    ///
    /// # Response
    ///
    /// [`OAuthApp`](types::OAuthApp). Errors with [`AppError`](types::AppError): 400, 401, 403,
    /// 501\.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, types};
    /// # async fn run(client: Client, body: types::CreateOAuthAppBody) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().create_oauth_app(body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_oauth_app(&self, body: types::CreateOAuthAppBody) -> CreateOAuthApp {
        let mut request = self.core.request(&CREATE_OAUTH_APP);
        request.json(&body);
        CreateOAuthApp { request }
    }

    /// Get OAuth apps
    ///
    /// `GET /api/v4/oauth/apps`
    ///
    /// # Optional parameters
    ///
    /// [`page`](GetOAuthApps::page) (default: `0`), [`per_page`](GetOAuthApps::per_page) (default:
    /// `60`), [`ids`](GetOAuthApps::ids), [`words`](GetOAuthApps::words),
    /// [`x_request_id`](GetOAuthApps::x_request_id), [`locale`](GetOAuthApps::locale).
    ///
    /// # Response
    ///
    /// [`Vec<OAuthApp>`](types::OAuthApp). One page of a list, of which
    /// [`paginate`](GetOAuthApps::paginate) gives all. Errors with [`AppError`](types::AppError):
    /// 403\.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().get_oauth_apps().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_oauth_apps(&self) -> GetOAuthApps {
        let request = self.core.request(&GET_OAUTH_APPS);
        GetOAuthApps { request }
    }

    /// Get an OAuth app
    ///
    /// `GET /api/v4/oauth/apps/{app_id}`
    ///
    /// Credentials are welcome, but not needed.
    ///
    /// # Response
    ///
    /// [`OAuthApp`](types::OAuthApp). Errors with [`AppError`](types::AppError): 404.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().get_oauth_app(app_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_oauth_app(&self, app_id: impl AsRef<str>) -> GetOAuthApp {
        let mut request = self.core.request(&GET_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        GetOAuthApp { request }
    }

    /// Update an OAuth app
    ///
    /// `PUT /api/v4/oauth/apps/{app_id}`
    ///
    /// Both credentials are needed.
    ///
    /// # Response
    ///
    /// [`UpdateOAuthAppResponse`]. Errors with [`AppError`](types::AppError): 4XX.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, types};
    /// # async fn run(client: Client, app_id: &str, body: types::OAuthApp) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().update_oauth_app(app_id, body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_oauth_app(
        &self,
        app_id: impl AsRef<str>,
        body: types::OAuthApp,
    ) -> UpdateOAuthApp {
        let mut request = self.core.request(&UPDATE_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        request.json(&body);
        UpdateOAuthApp { request }
    }

    /// Delete an OAuth app
    ///
    /// `DELETE /api/v4/oauth/apps/{app_id}`
    ///
    /// Any of the credentials will do.
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().delete_oauth_app(app_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_oauth_app(&self, app_id: impl AsRef<str>) -> DeleteOAuthApp {
        let mut request = self.core.request(&DELETE_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        DeleteOAuthApp { request }
    }

    /// Get an OAuth app's icon
    ///
    /// `GET /api/v4/oauth/apps/{app_id}/icon-{size}.png`
    ///
    /// # Response
    ///
    /// `Body`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, app_id: &str, size: i32) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().get_oauth_app_icon(app_id, size).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_oauth_app_icon(
        &self,
        app_id: impl AsRef<str>,
        size: i32,
    ) -> GetOAuthAppIcon {
        let mut request = self.core.request(&GET_OAUTH_APP_ICON);
        request.path("app_id", app_id.as_ref());
        request.path("size", size);
        GetOAuthAppIcon { request }
    }

    /// Set an OAuth app's icon
    ///
    /// `PUT /api/v4/oauth/apps/{app_id}/icon`
    ///
    /// # Response
    ///
    /// `String`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, app_id: &str, body: String) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().set_oauth_app_icon(app_id, body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_oauth_app_icon(
        &self,
        app_id: impl AsRef<str>,
        body: impl Into<Body>,
    ) -> SetOAuthAppIcon {
        let mut request = self.core.request(&SET_OAUTH_APP_ICON);
        request.path("app_id", app_id.as_ref());
        request.body("image/*", body);
        SetOAuthAppIcon { request }
    }

    /// Register OAuth client using Dynamic Client Registration
    ///
    /// `POST /api/v4/oauth/apps/register`
    ///
    /// # Response
    ///
    /// [`ClientRegistrationResponse`](types::ClientRegistrationResponse). Errors with
    /// [`RegisterOAuthClientError`]: 400, 403, default.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, types};
    /// # async fn run(client: Client, body: types::ClientRegistrationRequest) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().register_oauth_client(body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn register_oauth_client(
        &self,
        body: types::ClientRegistrationRequest,
    ) -> RegisterOAuthClient {
        let mut request = self.core.request(&REGISTER_OAUTH_CLIENT);
        request.json(&body);
        RegisterOAuthClient { request }
    }

    /// Get what a token of OAuth 2 allows
    ///
    /// `GET /guarded/token`
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().get_by_token().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_by_token(&self) -> GetByToken {
        let request = self.core.request(&GET_BY_TOKEN);
        GetByToken { request }
    }

    /// Set what a token of OAuth 2 allows
    ///
    /// `POST /guarded/token`
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, body: String) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().set_by_token(body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_by_token(&self, body: impl Into<Body>) -> SetByToken {
        let mut request = self.core.request(&SET_BY_TOKEN);
        request.body("application/octet-stream", body);
        SetByToken { request }
    }

    /// Get what credentials of an HTTP scheme allow
    ///
    /// `GET /guarded/scheme`
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().get_by_scheme().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_by_scheme(&self) -> GetByScheme {
        let request = self.core.request(&GET_BY_SCHEME);
        GetByScheme { request }
    }

    /// Get what a certificate allows, or a key
    ///
    /// `GET /guarded/either`
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().get_by_either().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_by_either(&self) -> GetByEither {
        let request = self.core.request(&GET_BY_EITHER);
        GetByEither { request }
    }
}

static CREATE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "CreateOAuthApp",
    method: "POST",
    path: "/api/v4/oauth/apps",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER]],
    scopes: &[(BEARER.name, &["manage_oauth"])],
    ..OperationInfo::PLAIN
};

/// Register OAuth app
///
/// A request of [`OauthApi::create_oauth_app`], `POST /api/v4/oauth/apps`; `.await` sends it.
///
/// Documented errors: 400, 401, 403, 501.
///
/// What may follow: [`CreateOAuthAppLinks`].
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct CreateOAuthApp {
    request: Request,
}

impl CreateOAuthApp {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::OAuthApp>, Error<types::AppError>> {
        match response.status().as_u16() {
            201 => response.into_json(),
            400 | 401 | 403 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { CreateOAuthApp: CREATE_OAUTH_APP => types::OAuthApp, types::AppError }

/// What may follow a response of [`OauthApi::create_oauth_app`]: methods of [`Response`] that
/// give the next request.
pub trait CreateOAuthAppLinks {
    /// The app as it was registered.
    ///
    /// The request of [`OauthApi::get_oauth_app`].
    fn show(&self, client: &super::Client) -> GetOAuthApp;

    /// The request of [`OauthApi::update_oauth_app`].
    fn rename(&self, client: &super::Client, body: types::OAuthApp) -> UpdateOAuthApp;
}

impl CreateOAuthAppLinks for Response<types::OAuthApp> {
    fn show(&self, client: &super::Client) -> GetOAuthApp {
        client.oauth().get_oauth_app(&self.body().id)
    }

    fn rename(&self, client: &super::Client, body: types::OAuthApp) -> UpdateOAuthApp {
        client.oauth().update_oauth_app(&self.body().id, body)
    }
}

static GET_OAUTH_APPS: OperationInfo = OperationInfo {
    id: "GetOAuthApps",
    method: "GET",
    path: "/api/v4/oauth/apps",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER]],
    keeps_request: true,
    ..OperationInfo::PLAIN
};

/// Get OAuth apps
///
/// A request of [`OauthApi::get_oauth_apps`], `GET /api/v4/oauth/apps`; `.await` sends it.
///
/// Documented errors: 403.
///
/// What may follow: [`GetOAuthAppsLinks`].
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthApps {
    request: Request,
}

impl GetOAuthApps {
    /// The page to select.
    ///
    /// Default: `0`.
    pub fn page(mut self, page: i64) -> Self {
        self.request.query("page", page);
        self
    }

    /// The number of apps per page.
    ///
    /// Default: `60`.
    pub fn per_page(mut self, per_page: i64) -> Self {
        self.request.query("per_page", per_page);
        self
    }

    /// Only these apps.
    pub fn ids(mut self, ids: impl IntoIterator<Item = impl types::ToParam>) -> Self {
        self.request.query_each("ids", ids);
        self
    }

    /// Only apps that have all these words in their names.
    pub fn words(
        mut self,
        words: impl IntoIterator<Item = impl types::ToParam>,
    ) -> Self {
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

    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<Vec<types::OAuthApp>>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            403 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthApps: GET_OAUTH_APPS => Vec<types::OAuthApp>, types::AppError }

impl Paged for GetOAuthApps {
    type Page = Vec<types::OAuthApp>;
    type Item = types::OAuthApp;
    type Error = types::AppError;

    const PAGING: Paging = Paging::page("page", 0).size("per_page");

    fn list(page: &Self::Page) -> Option<&Vec<Self::Item>> {
        Some(page)
    }

    fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
        Some(page)
    }
}

/// What may follow a response of [`OauthApi::get_oauth_apps`]: methods of [`Response`] that
/// give the next request.
pub trait GetOAuthAppsLinks {
    /// The request of [`OauthApi::get_oauth_app`]; `None` if the response lacks what it needs.
    fn first(&self, client: &super::Client) -> Option<GetOAuthApp>;

    /// The request of [`OauthApi::get_oauth_apps`]; `None` if the response lacks what it needs.
    fn refresh(&self, client: &super::Client) -> Option<GetOAuthApps>;
}

impl GetOAuthAppsLinks for Response<Vec<types::OAuthApp>> {
    fn first(&self, client: &super::Client) -> Option<GetOAuthApp> {
        Some(client.oauth().get_oauth_app(&self.body().first()?.id))
    }

    fn refresh(&self, client: &super::Client) -> Option<GetOAuthApps> {
        let mut request = client.oauth().get_oauth_apps();
        if let Some(value) = sent_query(self, "page") {
            request = request.page(link_value::<i64>(value)?);
        }
        if let Some(value) = sent_header(self, "X-Request-Id") {
            request = request.x_request_id(value);
        }
        if let Some(value) = sent_url(self) {
            request = request.locale(value);
        }
        Some(request)
    }
}

static GET_OAUTH_APP: OperationInfo = OperationInfo {
    id: "GetOAuthApp",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER]],
    ..OperationInfo::PLAIN
};

/// Get an OAuth app
///
/// A request of [`OauthApi::get_oauth_app`], `GET /api/v4/oauth/apps/{app_id}`; `.await` sends
/// it.
///
/// Documented errors: 404.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthApp {
    request: Request,
}

impl GetOAuthApp {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::OAuthApp>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            404 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthApp: GET_OAUTH_APP => types::OAuthApp, types::AppError }

static UPDATE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "UpdateOAuthApp",
    method: "PUT",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER, &CSRF]],
    keeps_request: true,
    ..OperationInfo::PLAIN
};

/// Update an OAuth app
///
/// A request of [`OauthApi::update_oauth_app`], `PUT /api/v4/oauth/apps/{app_id}`; `.await`
/// sends it.
///
/// Documented errors: 4XX.
///
/// What may follow: [`UpdateOAuthAppLinks`].
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateOAuthApp {
    request: Request,
}

impl UpdateOAuthApp {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<UpdateOAuthAppResponse>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json_as(UpdateOAuthAppResponse::Ok),
            204 => response.into_empty(UpdateOAuthAppResponse::NoContent),
            400..=499 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { UpdateOAuthApp: UPDATE_OAUTH_APP => UpdateOAuthAppResponse, types::AppError }

/// What may follow a response of [`OauthApi::update_oauth_app`]: methods of [`Response`] that
/// give the next request.
pub trait UpdateOAuthAppLinks {
    /// The request of [`OauthApi::delete_oauth_app`]; `None` if the response lacks what it needs.
    fn delete(&self, client: &super::Client) -> Option<DeleteOAuthApp>;
}

impl UpdateOAuthAppLinks for Response<UpdateOAuthAppResponse> {
    fn delete(&self, client: &super::Client) -> Option<DeleteOAuthApp> {
        let UpdateOAuthAppResponse::Ok(_) = self.body() else {
            return None;
        };
        Some(client.oauth().delete_oauth_app(sent_path(self, "app_id")?))
    }
}

/// The successful responses of [`OauthApi::update_oauth_app`], by status.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum UpdateOAuthAppResponse {
    /// 200: the app after the update
    Ok(types::OAuthApp),
    /// 204: nothing had to be changed
    NoContent,
}

static DELETE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "DeleteOAuthApp",
    method: "DELETE",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    security: &[&[&KEY], &[&BEARER], &[&BASIC]],
    ..OperationInfo::PLAIN
};

/// Delete an OAuth app
///
/// A request of [`OauthApi::delete_oauth_app`], `DELETE /api/v4/oauth/apps/{app_id}`; `.await`
/// sends it.
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

sendable! { DeleteOAuthApp: DELETE_OAUTH_APP => (), NoError }

static GET_OAUTH_APP_ICON: OperationInfo = OperationInfo {
    id: "GetOAuthAppIcon",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}/icon-{size}.png",
    tags: &["OAuth"],
    accept: Some("image/png"),
    streams: true,
    ..OperationInfo::PLAIN
};

/// Get an OAuth app's icon
///
/// A request of [`OauthApi::get_oauth_app_icon`], `GET
/// /api/v4/oauth/apps/{app_id}/icon-{size}.png`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthAppIcon {
    request: Request,
}

impl GetOAuthAppIcon {
    fn decode(response: RawResponse) -> Result<Response<Body>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_body(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthAppIcon: GET_OAUTH_APP_ICON => Body, NoError }

static SET_OAUTH_APP_ICON: OperationInfo = OperationInfo {
    id: "SetOAuthAppIcon",
    method: "PUT",
    path: "/api/v4/oauth/apps/{app_id}/icon",
    tags: &["OAuth"],
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

/// Set an OAuth app's icon
///
/// A request of [`OauthApi::set_oauth_app_icon`], `PUT /api/v4/oauth/apps/{app_id}/icon`;
/// `.await` sends it.
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

sendable! { SetOAuthAppIcon: SET_OAUTH_APP_ICON => String, NoError }

static REGISTER_OAUTH_CLIENT: OperationInfo = OperationInfo {
    id: "RegisterOAuthClient",
    method: "POST",
    path: "/api/v4/oauth/apps/register",
    tags: &["OAuth"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// Register OAuth client using Dynamic Client Registration
///
/// A request of [`OauthApi::register_oauth_client`], `POST /api/v4/oauth/apps/register`;
/// `.await` sends it.
///
/// Documented errors: 400, 403, default.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RegisterOAuthClient {
    request: Request,
}

impl RegisterOAuthClient {
    fn decode(
        response: RawResponse,
    ) -> Result<
        Response<types::ClientRegistrationResponse>,
        Error<RegisterOAuthClientError>,
    > {
        match response.status().as_u16() {
            201 => response.into_json(),
            400 => response.into_error_as(RegisterOAuthClientError::BadRequest),
            403 => response.into_empty_error(RegisterOAuthClientError::Forbidden),
            _ => response.into_error_as(RegisterOAuthClientError::Default),
        }
    }
}

sendable! { RegisterOAuthClient: REGISTER_OAUTH_CLIENT => types::ClientRegistrationResponse, RegisterOAuthClientError }

/// The documented errors of [`OauthApi::register_oauth_client`], by status.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RegisterOAuthClientError {
    /// 400: the request is not valid
    BadRequest(types::ClientRegistrationError),
    /// 403: registration is switched off
    Forbidden,
    /// default: it can't be done
    Default(types::AppError),
}

static GET_BY_TOKEN: OperationInfo = OperationInfo {
    id: "GetByToken",
    method: "GET",
    path: "/guarded/token",
    tags: &["OAuth"],
    security: &[&[&GRANTS]],
    scopes: &[(GRANTS.name, &["read"])],
    ..OperationInfo::PLAIN
};

/// Get what a token of OAuth 2 allows
///
/// A request of [`OauthApi::get_by_token`], `GET /guarded/token`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetByToken {
    request: Request,
}

impl GetByToken {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            204 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetByToken: GET_BY_TOKEN => (), NoError }

static SET_BY_TOKEN: OperationInfo = OperationInfo {
    id: "SetByToken",
    method: "POST",
    path: "/guarded/token",
    tags: &["OAuth"],
    security: &[&[&GRANTS]],
    scopes: &[(GRANTS.name, &["read", "write"])],
    ..OperationInfo::PLAIN
};

/// Set what a token of OAuth 2 allows
///
/// A request of [`OauthApi::set_by_token`], `POST /guarded/token`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct SetByToken {
    request: Request,
}

impl SetByToken {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            204 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { SetByToken: SET_BY_TOKEN => (), NoError }

static GET_BY_SCHEME: OperationInfo = OperationInfo {
    id: "GetByScheme",
    method: "GET",
    path: "/guarded/scheme",
    tags: &["OAuth"],
    security: &[&[&VAULT]],
    ..OperationInfo::PLAIN
};

/// Get what credentials of an HTTP scheme allow
///
/// A request of [`OauthApi::get_by_scheme`], `GET /guarded/scheme`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetByScheme {
    request: Request,
}

impl GetByScheme {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            204 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetByScheme: GET_BY_SCHEME => (), NoError }

static GET_BY_EITHER: OperationInfo = OperationInfo {
    id: "GetByEither",
    method: "GET",
    path: "/guarded/either",
    tags: &["OAuth"],
    security: &[&[&CERTIFICATE], &[&KEY]],
    ..OperationInfo::PLAIN
};

/// Get what a certificate allows, or a key
///
/// A request of [`OauthApi::get_by_either`], `GET /guarded/either`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetByEither {
    request: Request,
}

impl GetByEither {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            204 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetByEither: GET_BY_EITHER => (), NoError }
