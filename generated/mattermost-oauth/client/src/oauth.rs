// Written by specwright; changes are overwritten.

//! Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.
//!
//! The operations are the methods of [`OauthApi`]; each returns a request of its own type.

use super::support::{
    Core, Error, OperationInfo, Paged, Pages, Paging, RawResponse, Request, Response,
    sendable,
};
use super::{BEARER_AUTH, types};

/// Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.
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
    /// Register an OAuth 2.0 client application with Mattermost as the service provider.
    ///
    /// # Permissions
    ///
    /// Must have `manage_oauth` permission.
    ///
    /// # API reference
    ///
    /// [CreateOAuthApp](https://api.mattermost.com/#operation/CreateOAuthApp)
    ///
    /// # Response
    ///
    /// [`OAuthApp`](types::OAuthApp). Errors with [`AppError`](types::AppError): 400, 401, 403,
    /// 501\.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::{Client, types};
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
    /// Get a page of OAuth 2.0 client applications registered with Mattermost.
    ///
    /// # Permissions
    ///
    /// With `manage_oauth` permission, the apps registered by the logged in user are returned. With
    /// `manage_system_wide_oauth` permission, all apps regardless of creator are returned.
    ///
    /// # API reference
    ///
    /// [GetOAuthApps](https://api.mattermost.com/#operation/GetOAuthApps)
    ///
    /// # Optional parameters
    ///
    /// [`page`](GetOAuthApps::page) (default: `0`), [`per_page`](GetOAuthApps::per_page) (default:
    /// `60`).
    ///
    /// # Response
    ///
    /// [`Vec<OAuthApp>`](types::OAuthApp). One page of a list, of which
    /// [`paginate`](GetOAuthApps::paginate) gives all. Errors with [`AppError`](types::AppError):
    /// 400, 401, 403, 501.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::Client;
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
    /// Get an OAuth 2.0 client application registered with Mattermost.
    ///
    /// # Permissions
    ///
    /// If app creator, must have `mange_oauth` permission otherwise `manage_system_wide_oauth`
    /// permission is required.
    ///
    /// # Parameters
    ///
    /// - `app_id`: Application client id
    ///
    /// # API reference
    ///
    /// [GetOAuthApp](https://api.mattermost.com/#operation/GetOAuthApp)
    ///
    /// # Response
    ///
    /// [`OAuthApp`](types::OAuthApp). Errors with [`AppError`](types::AppError): 400, 401, 403,
    /// 404, 501.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::Client;
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
    /// Update an OAuth 2.0 client application based on OAuth struct.
    ///
    /// # Permissions
    ///
    /// If app creator, must have `mange_oauth` permission otherwise `manage_system_wide_oauth`
    /// permission is required.
    ///
    /// # Parameters
    ///
    /// - `app_id`: Application client id
    ///
    /// # API reference
    ///
    /// [UpdateOAuthApp](https://api.mattermost.com/#operation/UpdateOAuthApp)
    ///
    /// # Response
    ///
    /// [`OAuthApp`](types::OAuthApp). Errors with [`AppError`](types::AppError): 400, 401, 403,
    /// 404, 501.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::{Client, types};
    /// # async fn run(client: Client, app_id: &str, body: types::UpdateOAuthAppBody) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().update_oauth_app(app_id, body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_oauth_app(
        &self,
        app_id: impl AsRef<str>,
        body: types::UpdateOAuthAppBody,
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
    /// Delete and unregister an OAuth 2.0 client application
    ///
    /// # Permissions
    ///
    /// If app creator, must have `mange_oauth` permission otherwise `manage_system_wide_oauth`
    /// permission is required.
    ///
    /// # Parameters
    ///
    /// - `app_id`: Application client id
    ///
    /// # API reference
    ///
    /// [DeleteOAuthApp](https://api.mattermost.com/#operation/DeleteOAuthApp)
    ///
    /// # Response
    ///
    /// [`StatusOK`](types::StatusOK). Errors with [`AppError`](types::AppError): 400, 401, 403,
    /// 404, 501.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().delete_oauth_app(app_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_oauth_app(&self, app_id: impl AsRef<str>) -> DeleteOAuthApp {
        let mut request = self.core.request(&DELETE_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        DeleteOAuthApp { request }
    }

    /// Regenerate OAuth app secret
    ///
    /// `POST /api/v4/oauth/apps/{app_id}/regen_secret`
    ///
    /// Regenerate the client secret for an OAuth 2.0 client application registered with Mattermost.
    ///
    /// # Permissions
    ///
    /// If app creator, must have `mange_oauth` permission otherwise `manage_system_wide_oauth`
    /// permission is required.
    ///
    /// # Parameters
    ///
    /// - `app_id`: Application client id
    ///
    /// # API reference
    ///
    /// [RegenerateOAuthAppSecret](https://api.mattermost.com/#operation/RegenerateOAuthAppSecret)
    ///
    /// # Response
    ///
    /// [`OAuthApp`](types::OAuthApp). Errors with [`AppError`](types::AppError): 400, 401, 403,
    /// 404, 501.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().regenerate_oauth_app_secret(app_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn regenerate_oauth_app_secret(
        &self,
        app_id: impl AsRef<str>,
    ) -> RegenerateOAuthAppSecret {
        let mut request = self.core.request(&REGENERATE_OAUTH_APP_SECRET);
        request.path("app_id", app_id.as_ref());
        RegenerateOAuthAppSecret {
            request,
        }
    }

    /// Get info on an OAuth app
    ///
    /// `GET /api/v4/oauth/apps/{app_id}/info`
    ///
    /// Get public information about an OAuth 2.0 client application registered with Mattermost. The
    /// application's client secret will be blanked out.
    ///
    /// # Permissions
    ///
    /// Must be authenticated.
    ///
    /// # Parameters
    ///
    /// - `app_id`: Application client id
    ///
    /// # API reference
    ///
    /// [GetOAuthAppInfo](https://api.mattermost.com/#operation/GetOAuthAppInfo)
    ///
    /// # Response
    ///
    /// [`OAuthApp`](types::OAuthApp). Errors with [`AppError`](types::AppError): 400, 401, 404,
    /// 501\.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().get_oauth_app_info(app_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_oauth_app_info(&self, app_id: impl AsRef<str>) -> GetOAuthAppInfo {
        let mut request = self.core.request(&GET_OAUTH_APP_INFO);
        request.path("app_id", app_id.as_ref());
        GetOAuthAppInfo { request }
    }

    /// Get OAuth 2.0 Authorization Server Metadata
    ///
    /// `GET /.well-known/oauth-authorization-server`
    ///
    /// Get the OAuth 2.0 Authorization Server Metadata as defined in RFC 8414. This endpoint
    /// provides metadata about the OAuth 2.0 authorization server's configuration, including
    /// supported endpoints, grant types, response types, and authentication methods.
    ///
    /// # Permissions
    ///
    /// No authentication required. This endpoint is publicly accessible to allow OAuth clients to
    /// discover the authorization server's configuration.
    ///
    /// # Notes
    ///
    /// - This endpoint implements RFC 8414 (OAuth 2.0 Authorization Server Metadata)
    /// - The metadata is dynamically generated based on the server's configuration
    /// - OAuth Service Provider must be enabled in system settings for this endpoint to be
    ///   available
    ///
    /// # API reference
    ///
    /// [GetAuthorizationServerMetadata](https://api.mattermost.com/#operation/GetAuthorizationServerMetadata)
    ///
    /// # Response
    ///
    /// [`AuthorizationServerMetadata`](types::AuthorizationServerMetadata). Errors with
    /// [`AppError`](types::AppError): 501.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().get_authorization_server_metadata().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_authorization_server_metadata(&self) -> GetAuthorizationServerMetadata {
        let request = self.core.request(&GET_AUTHORIZATION_SERVER_METADATA);
        GetAuthorizationServerMetadata {
            request,
        }
    }

    /// Register OAuth client using Dynamic Client Registration
    ///
    /// `POST /api/v4/oauth/apps/register`
    ///
    /// Register an OAuth 2.0 client application using Dynamic Client Registration (DCR) as defined
    /// in RFC 7591. This endpoint allows clients to register without requiring administrative
    /// approval.
    ///
    /// # Permissions
    ///
    /// No authentication required. This endpoint implements the OAuth 2.0 Dynamic Client
    /// Registration Protocol and can be called by unauthenticated clients.
    ///
    /// # Notes
    ///
    /// - This endpoint follows RFC 7591 (OAuth 2.0 Dynamic Client Registration Protocol)
    /// - The `client_uri` field, when provided, will be mapped to the OAuth app's homepage
    /// - All registered clients are marked as dynamically registered
    /// - Dynamic client registration must be enabled in system settings
    ///
    /// # API reference
    ///
    /// [RegisterOAuthClient](https://api.mattermost.com/#operation/RegisterOAuthClient)
    ///
    /// # Response
    ///
    /// [`ClientRegistrationResponse`](types::ClientRegistrationResponse). Errors with
    /// [`AppError`](types::AppError): 400, 501.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::{Client, types};
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

    /// Get authorized OAuth apps
    ///
    /// `GET /api/v4/users/{user_id}/oauth/apps/authorized`
    ///
    /// Get a page of OAuth 2.0 client applications authorized to access a user's account.
    ///
    /// # Permissions
    ///
    /// Must be authenticated as the user or have `edit_other_users` permission.
    ///
    /// # Parameters
    ///
    /// - `user_id`: User GUID
    ///
    /// # API reference
    ///
    /// [GetAuthorizedOAuthAppsForUser](https://api.mattermost.com/#operation/GetAuthorizedOAuthAppsForUser)
    ///
    /// # Optional parameters
    ///
    /// [`page`](GetAuthorizedOAuthAppsForUser::page) (default: `0`),
    /// [`per_page`](GetAuthorizedOAuthAppsForUser::per_page) (default: `60`).
    ///
    /// # Response
    ///
    /// [`Vec<OAuthApp>`](types::OAuthApp). One page of a list, of which
    /// [`paginate`](GetAuthorizedOAuthAppsForUser::paginate) gives all. Errors with
    /// [`AppError`](types::AppError): 400, 401, 403, 501.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_client::Client;
    /// # async fn run(client: Client, user_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.oauth().get_authorized_oauth_apps_for_user(user_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_authorized_oauth_apps_for_user(
        &self,
        user_id: impl AsRef<str>,
    ) -> GetAuthorizedOAuthAppsForUser {
        let mut request = self.core.request(&GET_AUTHORIZED_OAUTH_APPS_FOR_USER);
        request.path("user_id", user_id.as_ref());
        GetAuthorizedOAuthAppsForUser {
            request,
        }
    }
}

static CREATE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "CreateOAuthApp",
    method: "POST",
    path: "/api/v4/oauth/apps",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

/// Register OAuth app
///
/// A request of [`OauthApi::create_oauth_app`], `POST /api/v4/oauth/apps`; `.await` sends it.
///
/// Documented errors: 400, 401, 403, 501.
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

static GET_OAUTH_APPS: OperationInfo = OperationInfo {
    id: "GetOAuthApps",
    method: "GET",
    path: "/api/v4/oauth/apps",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

/// Get OAuth apps
///
/// A request of [`OauthApi::get_oauth_apps`], `GET /api/v4/oauth/apps`; `.await` sends it.
///
/// Documented errors: 400, 401, 403, 501.
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

    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<Vec<types::OAuthApp>>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            400 | 401 | 403 | 501 => response.into_error(),
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

static GET_OAUTH_APP: OperationInfo = OperationInfo {
    id: "GetOAuthApp",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

/// Get an OAuth app
///
/// A request of [`OauthApi::get_oauth_app`], `GET /api/v4/oauth/apps/{app_id}`; `.await` sends
/// it.
///
/// Documented errors: 400, 401, 403, 404, 501.
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
            400 | 401 | 403 | 404 | 501 => response.into_error(),
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
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

/// Update an OAuth app
///
/// A request of [`OauthApi::update_oauth_app`], `PUT /api/v4/oauth/apps/{app_id}`; `.await`
/// sends it.
///
/// Documented errors: 400, 401, 403, 404, 501.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateOAuthApp {
    request: Request,
}

impl UpdateOAuthApp {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::OAuthApp>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            400 | 401 | 403 | 404 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { UpdateOAuthApp: UPDATE_OAUTH_APP => types::OAuthApp, types::AppError }

static DELETE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "DeleteOAuthApp",
    method: "DELETE",
    path: "/api/v4/oauth/apps/{app_id}",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

/// Delete an OAuth app
///
/// A request of [`OauthApi::delete_oauth_app`], `DELETE /api/v4/oauth/apps/{app_id}`; `.await`
/// sends it.
///
/// Documented errors: 400, 401, 403, 404, 501.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteOAuthApp {
    request: Request,
}

impl DeleteOAuthApp {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::StatusOK>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            400 | 401 | 403 | 404 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { DeleteOAuthApp: DELETE_OAUTH_APP => types::StatusOK, types::AppError }

static REGENERATE_OAUTH_APP_SECRET: OperationInfo = OperationInfo {
    id: "RegenerateOAuthAppSecret",
    method: "POST",
    path: "/api/v4/oauth/apps/{app_id}/regen_secret",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

/// Regenerate OAuth app secret
///
/// A request of [`OauthApi::regenerate_oauth_app_secret`], `POST
/// /api/v4/oauth/apps/{app_id}/regen_secret`; `.await` sends it.
///
/// Documented errors: 400, 401, 403, 404, 501.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RegenerateOAuthAppSecret {
    request: Request,
}

impl RegenerateOAuthAppSecret {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::OAuthApp>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            400 | 401 | 403 | 404 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { RegenerateOAuthAppSecret: REGENERATE_OAUTH_APP_SECRET => types::OAuthApp, types::AppError }

static GET_OAUTH_APP_INFO: OperationInfo = OperationInfo {
    id: "GetOAuthAppInfo",
    method: "GET",
    path: "/api/v4/oauth/apps/{app_id}/info",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

/// Get info on an OAuth app
///
/// A request of [`OauthApi::get_oauth_app_info`], `GET /api/v4/oauth/apps/{app_id}/info`;
/// `.await` sends it.
///
/// Documented errors: 400, 401, 404, 501.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthAppInfo {
    request: Request,
}

impl GetOAuthAppInfo {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::OAuthApp>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            400 | 401 | 404 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthAppInfo: GET_OAUTH_APP_INFO => types::OAuthApp, types::AppError }

static GET_AUTHORIZATION_SERVER_METADATA: OperationInfo = OperationInfo {
    id: "GetAuthorizationServerMetadata",
    method: "GET",
    path: "/.well-known/oauth-authorization-server",
    tags: &["OAuth"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// Get OAuth 2.0 Authorization Server Metadata
///
/// A request of [`OauthApi::get_authorization_server_metadata`], `GET
/// /.well-known/oauth-authorization-server`; `.await` sends it.
///
/// Documented errors: 501.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetAuthorizationServerMetadata {
    request: Request,
}

impl GetAuthorizationServerMetadata {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::AuthorizationServerMetadata>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetAuthorizationServerMetadata: GET_AUTHORIZATION_SERVER_METADATA => types::AuthorizationServerMetadata, types::AppError }

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
/// Documented errors: 400, 501.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RegisterOAuthClient {
    request: Request,
}

impl RegisterOAuthClient {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::ClientRegistrationResponse>, Error<types::AppError>> {
        match response.status().as_u16() {
            201 => response.into_json(),
            400 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { RegisterOAuthClient: REGISTER_OAUTH_CLIENT => types::ClientRegistrationResponse, types::AppError }

static GET_AUTHORIZED_OAUTH_APPS_FOR_USER: OperationInfo = OperationInfo {
    id: "GetAuthorizedOAuthAppsForUser",
    method: "GET",
    path: "/api/v4/users/{user_id}/oauth/apps/authorized",
    tags: &["OAuth"],
    accept: Some("application/json"),
    security: &[&[&BEARER_AUTH]],
    ..OperationInfo::PLAIN
};

/// Get authorized OAuth apps
///
/// A request of [`OauthApi::get_authorized_oauth_apps_for_user`], `GET
/// /api/v4/users/{user_id}/oauth/apps/authorized`; `.await` sends it.
///
/// Documented errors: 400, 401, 403, 501.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetAuthorizedOAuthAppsForUser {
    request: Request,
}

impl GetAuthorizedOAuthAppsForUser {
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

    /// Returns the pages of the list, from this one on; nothing is requested yet.
    pub fn paginate(self) -> Pages<Self> {
        Pages::new(self.request, Self::decode)
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<Vec<types::OAuthApp>>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            400 | 401 | 403 | 501 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetAuthorizedOAuthAppsForUser: GET_AUTHORIZED_OAUTH_APPS_FOR_USER => Vec<types::OAuthApp>, types::AppError }

impl Paged for GetAuthorizedOAuthAppsForUser {
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
