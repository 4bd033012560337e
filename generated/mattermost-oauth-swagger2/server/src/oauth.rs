// Written by specwright; changes are overwritten.

//! The operations tagged `OAuth`.

use super::support::{self, Call, Problem, Reply, Response};
use super::types;

/// The operations tagged `OAuth`.
///
/// Methods that aren't implemented respond with 501.
pub trait OauthApi: Send + Sync + 'static {
    /// Register OAuth app
    ///
    /// `POST /oauth/apps`
    ///
    /// Register an OAuth 2.0 client application with Mattermost as the service provider.
    ///
    /// # Permissions
    ///
    /// Must have `manage_oauth` permission.
    fn register_oauth_app(
        &self,
        call: Call,
        body: Option<types::Value>,
    ) -> impl Future<Output = Result<(), RegisterOAuthAppError>> + Send {
        let _ = (call, body);
        support::not_implemented("POST /oauth/apps")
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
    fn get_oauth_apps(
        &self,
        call: Call,
        params: GetOAuthAppsParams,
    ) -> impl Future<Output = Result<(), GetOAuthAppsError>> + Send {
        let _ = (call, params);
        support::not_implemented("GET /oauth/apps")
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
    fn get_oauth_app(
        &self,
        call: Call,
        app_id: String,
    ) -> impl Future<Output = Result<(), GetOAuthAppError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("GET /oauth/apps/{app_id}")
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
    fn update_oauth_app(
        &self,
        call: Call,
        app_id: String,
        body: Option<types::Value>,
    ) -> impl Future<Output = Result<(), UpdateOAuthAppError>> + Send {
        let _ = (call, app_id, body);
        support::not_implemented("PUT /oauth/apps/{app_id}")
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
    fn delete_oauth_app(
        &self,
        call: Call,
        app_id: String,
    ) -> impl Future<Output = Result<(), DeleteOAuthAppError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("DELETE /oauth/apps/{app_id}")
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
    fn regenerate_oauth_app_secret(
        &self,
        call: Call,
        app_id: String,
    ) -> impl Future<Output = Result<(), RegenerateOAuthAppSecretError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("POST /oauth/apps/{app_id}/regen_secret")
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
    fn get_info_on_oauth_app(
        &self,
        call: Call,
        app_id: String,
    ) -> impl Future<Output = Result<(), GetInfoOnOAuthAppError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("GET /oauth/apps/{app_id}/info")
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
    fn get_authorized_oauth_apps(
        &self,
        call: Call,
        user_id: String,
        params: GetAuthorizedOAuthAppsParams,
    ) -> impl Future<Output = Result<(), GetAuthorizedOAuthAppsError>> + Send {
        let _ = (call, user_id, params);
        support::not_implemented("GET /users/{user_id}/oauth/apps/authorized")
    }
}

/// The error responses of [`OauthApi::register_oauth_app`].
#[derive(Debug, Clone, PartialEq)]
pub enum RegisterOAuthAppError {
    /// Any other error, as a problem document (RFC 9457).
    Problem(Problem),
}

impl From<Problem> for RegisterOAuthAppError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Reply for RegisterOAuthAppError {
    fn reply(self) -> Result<Response, Problem> {
        match self {
            Self::Problem(problem) => Err(problem),
        }
    }
}

/// The parameters of [`OauthApi::get_oauth_apps`] other than those of the path.
#[derive(Debug, Clone, PartialEq)]
pub struct GetOAuthAppsParams {
    /// The page to select
    pub page: Option<String>,
    /// The number of apps per page
    pub per_page: Option<String>,
}

/// The error responses of [`OauthApi::get_oauth_apps`].
#[derive(Debug, Clone, PartialEq)]
pub enum GetOAuthAppsError {
    /// Any other error, as a problem document (RFC 9457).
    Problem(Problem),
}

impl From<Problem> for GetOAuthAppsError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Reply for GetOAuthAppsError {
    fn reply(self) -> Result<Response, Problem> {
        match self {
            Self::Problem(problem) => Err(problem),
        }
    }
}

/// The error responses of [`OauthApi::get_oauth_app`].
#[derive(Debug, Clone, PartialEq)]
pub enum GetOAuthAppError {
    /// Any other error, as a problem document (RFC 9457).
    Problem(Problem),
}

impl From<Problem> for GetOAuthAppError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Reply for GetOAuthAppError {
    fn reply(self) -> Result<Response, Problem> {
        match self {
            Self::Problem(problem) => Err(problem),
        }
    }
}

/// The error responses of [`OauthApi::update_oauth_app`].
#[derive(Debug, Clone, PartialEq)]
pub enum UpdateOAuthAppError {
    /// Any other error, as a problem document (RFC 9457).
    Problem(Problem),
}

impl From<Problem> for UpdateOAuthAppError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Reply for UpdateOAuthAppError {
    fn reply(self) -> Result<Response, Problem> {
        match self {
            Self::Problem(problem) => Err(problem),
        }
    }
}

/// The error responses of [`OauthApi::delete_oauth_app`].
#[derive(Debug, Clone, PartialEq)]
pub enum DeleteOAuthAppError {
    /// Any other error, as a problem document (RFC 9457).
    Problem(Problem),
}

impl From<Problem> for DeleteOAuthAppError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Reply for DeleteOAuthAppError {
    fn reply(self) -> Result<Response, Problem> {
        match self {
            Self::Problem(problem) => Err(problem),
        }
    }
}

/// The error responses of [`OauthApi::regenerate_oauth_app_secret`].
#[derive(Debug, Clone, PartialEq)]
pub enum RegenerateOAuthAppSecretError {
    /// Any other error, as a problem document (RFC 9457).
    Problem(Problem),
}

impl From<Problem> for RegenerateOAuthAppSecretError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Reply for RegenerateOAuthAppSecretError {
    fn reply(self) -> Result<Response, Problem> {
        match self {
            Self::Problem(problem) => Err(problem),
        }
    }
}

/// The error responses of [`OauthApi::get_info_on_oauth_app`].
#[derive(Debug, Clone, PartialEq)]
pub enum GetInfoOnOAuthAppError {
    /// Any other error, as a problem document (RFC 9457).
    Problem(Problem),
}

impl From<Problem> for GetInfoOnOAuthAppError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Reply for GetInfoOnOAuthAppError {
    fn reply(self) -> Result<Response, Problem> {
        match self {
            Self::Problem(problem) => Err(problem),
        }
    }
}

/// The parameters of [`OauthApi::get_authorized_oauth_apps`] other than those of the path.
#[derive(Debug, Clone, PartialEq)]
pub struct GetAuthorizedOAuthAppsParams {
    /// The page to select
    pub page: Option<String>,
    /// The number of apps per page
    pub per_page: Option<String>,
}

/// The error responses of [`OauthApi::get_authorized_oauth_apps`].
#[derive(Debug, Clone, PartialEq)]
pub enum GetAuthorizedOAuthAppsError {
    /// Any other error, as a problem document (RFC 9457).
    Problem(Problem),
}

impl From<Problem> for GetAuthorizedOAuthAppsError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Reply for GetAuthorizedOAuthAppsError {
    fn reply(self) -> Result<Response, Problem> {
        match self {
            Self::Problem(problem) => Err(problem),
        }
    }
}
