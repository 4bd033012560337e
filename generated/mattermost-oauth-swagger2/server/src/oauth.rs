// Written by specwright; changes are overwritten.

//! The operations tagged `OAuth`.
//!
//! The trait to implement is [`OauthApi`].

pub use super::service::oauth::*;

use super::support::{self, Call};
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
pub type RegisterOAuthAppError = super::errors::Undocumented;

/// The parameters of [`OauthApi::get_oauth_apps`] other than those of the path.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct GetOAuthAppsParams {
    /// The page to select
    pub page: Option<String>,
    /// The number of apps per page
    pub per_page: Option<String>,
}

/// The error responses of [`OauthApi::get_oauth_apps`].
pub type GetOAuthAppsError = super::errors::Undocumented;

/// The error responses of [`OauthApi::get_oauth_app`].
pub type GetOAuthAppError = super::errors::Undocumented;

/// The error responses of [`OauthApi::update_oauth_app`].
pub type UpdateOAuthAppError = super::errors::Undocumented;

/// The error responses of [`OauthApi::delete_oauth_app`].
pub type DeleteOAuthAppError = super::errors::Undocumented;

/// The error responses of [`OauthApi::regenerate_oauth_app_secret`].
pub type RegenerateOAuthAppSecretError = super::errors::Undocumented;

/// The error responses of [`OauthApi::get_info_on_oauth_app`].
pub type GetInfoOnOAuthAppError = super::errors::Undocumented;

/// The parameters of [`OauthApi::get_authorized_oauth_apps`] other than those of the path.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct GetAuthorizedOAuthAppsParams {
    /// The page to select
    pub page: Option<String>,
    /// The number of apps per page
    pub per_page: Option<String>,
}

/// The error responses of [`OauthApi::get_authorized_oauth_apps`].
pub type GetAuthorizedOAuthAppsError = super::errors::Undocumented;
