// Written by specwright; changes are overwritten.

//! The operations tagged `OAuth`.
//!
//! The operations are the methods of [`OauthApi`]; each returns a request of its own type.

use super::support::{
    Core, Error, NoError, OperationInfo, RawResponse, Request, Response, sendable,
};
use super::types;

/// The operations tagged `OAuth`.
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
    /// `POST /oauth/apps`
    ///
    /// Register an OAuth 2.0 client application with Mattermost as the service provider.
    ///
    /// # Permissions
    ///
    /// Must have `manage_oauth` permission.
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_swagger2_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().register_oauth_app().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn register_oauth_app(&self) -> RegisterOAuthApp {
        let request = self.core.request(&REGISTER_OAUTH_APP);
        RegisterOAuthApp { request }
    }

    /// Get OAuth apps
    ///
    /// `GET /oauth/apps`
    ///
    /// Get a page of OAuth 2.0 client applications registered with Mattermost.
    ///
    /// # Permissions
    ///
    /// With `manage_oauth` permission, the apps registered by the logged in user are returned. With
    /// `manage_system_wide_oauth` permission, all apps regardless of creator are returned.
    ///
    /// # Optional parameters
    ///
    /// [`page`](GetOAuthApps::page), [`per_page`](GetOAuthApps::per_page).
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_swagger2_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().get_oauth_apps().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_oauth_apps(&self) -> GetOAuthApps {
        let request = self.core.request(&GET_OAUTH_APPS);
        GetOAuthApps { request }
    }

    /// Get an OAuth app
    ///
    /// `GET /oauth/apps/{app_id}`
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
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_swagger2_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().get_oauth_app(app_id).await?;
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
    /// `PUT /oauth/apps/{app_id}`
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
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_swagger2_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().update_oauth_app(app_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_oauth_app(&self, app_id: impl AsRef<str>) -> UpdateOAuthApp {
        let mut request = self.core.request(&UPDATE_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        UpdateOAuthApp { request }
    }

    /// Delete an OAuth app
    ///
    /// `DELETE /oauth/apps/{app_id}`
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
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_swagger2_client::Client;
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

    /// Regenerate OAuth app secret
    ///
    /// `POST /oauth/apps/{app_id}/regen_secret`
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
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_swagger2_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().regenerate_oauth_app_secret(app_id).await?;
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
    /// `GET /oauth/apps/{app_id}/info`
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
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_swagger2_client::Client;
    /// # async fn run(client: Client, app_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().get_info_on_oauth_app(app_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_info_on_oauth_app(&self, app_id: impl AsRef<str>) -> GetInfoOnOAuthApp {
        let mut request = self.core.request(&GET_INFO_ON_OAUTH_APP);
        request.path("app_id", app_id.as_ref());
        GetInfoOnOAuthApp { request }
    }

    /// Get authorized OAuth apps
    ///
    /// `GET /users/{user_id}/oauth/apps/authorized`
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
    /// # Optional parameters
    ///
    /// [`page`](GetAuthorizedOAuthApps::page), [`per_page`](GetAuthorizedOAuthApps::per_page).
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use mattermost_oauth_swagger2_client::Client;
    /// # async fn run(client: Client, user_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.oauth().get_authorized_oauth_apps(user_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_authorized_oauth_apps(
        &self,
        user_id: impl AsRef<str>,
    ) -> GetAuthorizedOAuthApps {
        let mut request = self.core.request(&GET_AUTHORIZED_OAUTH_APPS);
        request.path("user_id", user_id.as_ref());
        GetAuthorizedOAuthApps { request }
    }
}

static REGISTER_OAUTH_APP: OperationInfo = OperationInfo {
    id: "POST /oauth/apps",
    method: "POST",
    path: "/oauth/apps",
    tags: &["Register", "OAuth", "App"],
    ..OperationInfo::PLAIN
};

/// Register OAuth app
///
/// A request of [`OauthApi::register_oauth_app`], `POST /oauth/apps`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RegisterOAuthApp {
    request: Request,
}

impl RegisterOAuthApp {
    /// Sets the body.
    pub fn body(mut self, body: impl Into<types::Value>) -> Self {
        let body: types::Value = body.into();
        self.request.json(&body);
        self
    }

    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { RegisterOAuthApp: REGISTER_OAUTH_APP => (), NoError }

static GET_OAUTH_APPS: OperationInfo = OperationInfo {
    id: "GET /oauth/apps",
    method: "GET",
    path: "/oauth/apps",
    tags: &["OAuth", "Apps"],
    ..OperationInfo::PLAIN
};

/// Get OAuth apps
///
/// A request of [`OauthApi::get_oauth_apps`], `GET /oauth/apps`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthApps {
    request: Request,
}

impl GetOAuthApps {
    /// The page to select
    pub fn page(mut self, page: impl AsRef<str>) -> Self {
        self.request.query("page", page.as_ref());
        self
    }

    /// The number of apps per page
    pub fn per_page(mut self, per_page: impl AsRef<str>) -> Self {
        self.request.query("per_page", per_page.as_ref());
        self
    }

    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthApps: GET_OAUTH_APPS => (), NoError }

static GET_OAUTH_APP: OperationInfo = OperationInfo {
    id: "GET /oauth/apps/{app_id}",
    method: "GET",
    path: "/oauth/apps/{app_id}",
    tags: &["OAuth", "App"],
    ..OperationInfo::PLAIN
};

/// Get an OAuth app
///
/// A request of [`OauthApi::get_oauth_app`], `GET /oauth/apps/{app_id}`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetOAuthApp {
    request: Request,
}

impl GetOAuthApp {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetOAuthApp: GET_OAUTH_APP => (), NoError }

static UPDATE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "PUT /oauth/apps/{app_id}",
    method: "PUT",
    path: "/oauth/apps/{app_id}",
    tags: &["OAuth", "App"],
    ..OperationInfo::PLAIN
};

/// Update an OAuth app
///
/// A request of [`OauthApi::update_oauth_app`], `PUT /oauth/apps/{app_id}`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateOAuthApp {
    request: Request,
}

impl UpdateOAuthApp {
    /// Sets the body.
    pub fn body(mut self, body: impl Into<types::Value>) -> Self {
        let body: types::Value = body.into();
        self.request.json(&body);
        self
    }

    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { UpdateOAuthApp: UPDATE_OAUTH_APP => (), NoError }

static DELETE_OAUTH_APP: OperationInfo = OperationInfo {
    id: "DELETE /oauth/apps/{app_id}",
    method: "DELETE",
    path: "/oauth/apps/{app_id}",
    tags: &["OAuth", "App"],
    ..OperationInfo::PLAIN
};

/// Delete an OAuth app
///
/// A request of [`OauthApi::delete_oauth_app`], `DELETE /oauth/apps/{app_id}`; `.await` sends
/// it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteOAuthApp {
    request: Request,
}

impl DeleteOAuthApp {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { DeleteOAuthApp: DELETE_OAUTH_APP => (), NoError }

static REGENERATE_OAUTH_APP_SECRET: OperationInfo = OperationInfo {
    id: "POST /oauth/apps/{app_id}/regen_secret",
    method: "POST",
    path: "/oauth/apps/{app_id}/regen_secret",
    tags: &["Regenerate", "OAuth", "App", "Secret"],
    ..OperationInfo::PLAIN
};

/// Regenerate OAuth app secret
///
/// A request of [`OauthApi::regenerate_oauth_app_secret`], `POST
/// /oauth/apps/{app_id}/regen_secret`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RegenerateOAuthAppSecret {
    request: Request,
}

impl RegenerateOAuthAppSecret {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { RegenerateOAuthAppSecret: REGENERATE_OAUTH_APP_SECRET => (), NoError }

static GET_INFO_ON_OAUTH_APP: OperationInfo = OperationInfo {
    id: "GET /oauth/apps/{app_id}/info",
    method: "GET",
    path: "/oauth/apps/{app_id}/info",
    tags: &["Info", "On", "OAuth", "App"],
    ..OperationInfo::PLAIN
};

/// Get info on an OAuth app
///
/// A request of [`OauthApi::get_info_on_oauth_app`], `GET /oauth/apps/{app_id}/info`; `.await`
/// sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetInfoOnOAuthApp {
    request: Request,
}

impl GetInfoOnOAuthApp {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetInfoOnOAuthApp: GET_INFO_ON_OAUTH_APP => (), NoError }

static GET_AUTHORIZED_OAUTH_APPS: OperationInfo = OperationInfo {
    id: "GET /users/{user_id}/oauth/apps/authorized",
    method: "GET",
    path: "/users/{user_id}/oauth/apps/authorized",
    tags: &["Authorized", "OAuth", "Apps"],
    ..OperationInfo::PLAIN
};

/// Get authorized OAuth apps
///
/// A request of [`OauthApi::get_authorized_oauth_apps`], `GET
/// /users/{user_id}/oauth/apps/authorized`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetAuthorizedOAuthApps {
    request: Request,
}

impl GetAuthorizedOAuthApps {
    /// The page to select
    pub fn page(mut self, page: impl AsRef<str>) -> Self {
        self.request.query("page", page.as_ref());
        self
    }

    /// The number of apps per page
    pub fn per_page(mut self, per_page: impl AsRef<str>) -> Self {
        self.request.query("per_page", per_page.as_ref());
        self
    }

    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetAuthorizedOAuthApps: GET_AUTHORIZED_OAUTH_APPS => (), NoError }
