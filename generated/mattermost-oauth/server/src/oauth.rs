// Written by specwright; changes are overwritten.

//! Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.
//!
//! The trait to implement is [`OauthApi`].

pub use super::service::oauth::*;

use super::support::{self, Call, errors};
use super::types;

/// Endpoints for configuring and interacting with Mattermost as an OAuth 2.0 service provider.
///
/// Methods that aren't implemented respond with 501.
pub trait OauthApi: Send + Sync + 'static {
    /// The identity of a caller, as returned by the authentication hook.
    type Session: Send + 'static;

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
    fn create_oauth_app(
        &self,
        call: Call<Self::Session>,
        body: types::CreateOAuthAppBody,
    ) -> impl Future<Output = Result<types::OAuthApp, CreateOAuthAppError>> + Send {
        let _ = (call, body);
        support::not_implemented("CreateOAuthApp")
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
    fn get_oauth_apps(
        &self,
        call: Call<Self::Session>,
        params: GetOAuthAppsParams,
    ) -> impl Future<Output = Result<Vec<types::OAuthApp>, GetOAuthAppsError>> + Send {
        let _ = (call, params);
        support::not_implemented("GetOAuthApps")
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
    fn get_oauth_app(
        &self,
        call: Call<Self::Session>,
        app_id: String,
    ) -> impl Future<Output = Result<types::OAuthApp, GetOAuthAppError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("GetOAuthApp")
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
    fn update_oauth_app(
        &self,
        call: Call<Self::Session>,
        app_id: String,
        body: types::UpdateOAuthAppBody,
    ) -> impl Future<Output = Result<types::OAuthApp, UpdateOAuthAppError>> + Send {
        let _ = (call, app_id, body);
        support::not_implemented("UpdateOAuthApp")
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
    fn delete_oauth_app(
        &self,
        call: Call<Self::Session>,
        app_id: String,
    ) -> impl Future<Output = Result<types::StatusOK, DeleteOAuthAppError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("DeleteOAuthApp")
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
    fn regenerate_oauth_app_secret(
        &self,
        call: Call<Self::Session>,
        app_id: String,
    ) -> impl Future<Output = Result<types::OAuthApp, RegenerateOAuthAppSecretError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("RegenerateOAuthAppSecret")
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
    fn get_oauth_app_info(
        &self,
        call: Call<Self::Session>,
        app_id: String,
    ) -> impl Future<Output = Result<types::OAuthApp, GetOAuthAppInfoError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("GetOAuthAppInfo")
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
    fn get_authorization_server_metadata(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<types::AuthorizationServerMetadata, GetAuthorizationServerMetadataError>> + Send {
        let _ = call;
        support::not_implemented("GetAuthorizationServerMetadata")
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
    fn register_oauth_client(
        &self,
        call: Call,
        body: types::ClientRegistrationRequest,
    ) -> impl Future<Output = Result<types::ClientRegistrationResponse, RegisterOAuthClientError>> + Send {
        let _ = (call, body);
        support::not_implemented("RegisterOAuthClient")
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
    fn get_authorized_oauth_apps_for_user(
        &self,
        call: Call<Self::Session>,
        user_id: String,
        params: GetAuthorizedOAuthAppsForUserParams,
    ) -> impl Future<Output = Result<Vec<types::OAuthApp>, GetAuthorizedOAuthAppsForUserError>> + Send {
        let _ = (call, user_id, params);
        support::not_implemented("GetAuthorizedOAuthAppsForUser")
    }
}

/// The error responses of [`OauthApi::create_oauth_app`].
pub type CreateOAuthAppError = super::errors::AppError400_401_403_501;

/// The parameters of [`OauthApi::get_oauth_apps`] other than those of the path.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct GetOAuthAppsParams {
    /// The page to select.
    ///
    /// Default: `0`.
    pub page: i64,
    /// The number of apps per page.
    ///
    /// Default: `60`.
    pub per_page: i64,
}

impl Default for GetOAuthAppsParams {
    fn default() -> Self {
        Self { page: 0, per_page: 60 }
    }
}

/// The error responses of [`OauthApi::get_oauth_apps`].
pub type GetOAuthAppsError = super::errors::AppError400_401_403_501;

/// The error responses of [`OauthApi::get_oauth_app`].
pub type GetOAuthAppError = super::errors::AppError400_401_403_404_501;

/// The error responses of [`OauthApi::update_oauth_app`].
pub type UpdateOAuthAppError = super::errors::AppError400_401_403_404_501;

/// The error responses of [`OauthApi::delete_oauth_app`].
pub type DeleteOAuthAppError = super::errors::AppError400_401_403_404_501;

/// The error responses of [`OauthApi::regenerate_oauth_app_secret`].
pub type RegenerateOAuthAppSecretError = super::errors::AppError400_401_403_404_501;

errors! {
    /// The error responses of [`OauthApi::get_oauth_app_info`].
    GetOAuthAppInfoError {
        /// 400: A parameter of the URL or the body is missing or wrong
        BadRequest(types::AppError) = 400,
        /// 401: No valid access token was sent
        Unauthorized(types::AppError) = 401,
        /// 404: There is no such resource
        NotFound(types::AppError) = 404,
        /// 501: The feature is switched off
        NotImplemented(types::AppError) = 501,
    }
}

errors! {
    /// The error responses of [`OauthApi::get_authorization_server_metadata`].
    GetAuthorizationServerMetadataError {
        /// 501: OAuth Service Provider is not enabled
        NotImplemented(types::AppError) = 501,
    }
}

errors! {
    /// The error responses of [`OauthApi::register_oauth_client`].
    RegisterOAuthClientError {
        /// 400: A parameter of the URL or the body is missing or wrong
        BadRequest(types::AppError) = 400,
        /// 501: The feature is switched off
        NotImplemented(types::AppError) = 501,
    }
}

/// The parameters of [`OauthApi::get_authorized_oauth_apps_for_user`] other than those of the
/// path.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct GetAuthorizedOAuthAppsForUserParams {
    /// The page to select.
    ///
    /// Default: `0`.
    pub page: i64,
    /// The number of apps per page.
    ///
    /// Default: `60`.
    pub per_page: i64,
}

impl Default for GetAuthorizedOAuthAppsForUserParams {
    fn default() -> Self {
        Self { page: 0, per_page: 60 }
    }
}

/// The error responses of [`OauthApi::get_authorized_oauth_apps_for_user`].
pub type GetAuthorizedOAuthAppsForUserError = super::errors::AppError400_401_403_501;
