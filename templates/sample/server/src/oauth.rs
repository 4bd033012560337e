// Written by specwright; changes are overwritten.

//! Endpoints for OAuth 2.0 apps
//!
//! The trait to implement is [`OauthApi`].

pub use super::service::oauth::*;

use super::support::{self, Body, Call, HttpResponse, Problem, Reply, StatusCode, errors};
use super::types;

/// Endpoints for OAuth 2.0 apps
///
/// Methods that aren't implemented respond with 501.
pub trait OauthApi: Send + Sync + 'static {
    /// The identity of a caller, as returned by the authentication hook.
    type Session: Send + 'static;

    /// Register OAuth app
    ///
    /// `POST /api/v4/oauth/apps`
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
    /// Credentials are welcome, but not needed.
    fn get_oauth_app(
        &self,
        call: Call<Option<Self::Session>>,
        app_id: String,
    ) -> impl Future<Output = Result<types::OAuthApp, GetOAuthAppError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("GetOAuthApp")
    }

    /// Update an OAuth app
    ///
    /// `PUT /api/v4/oauth/apps/{app_id}`
    ///
    /// Both credentials are needed.
    fn update_oauth_app(
        &self,
        call: Call<Self::Session>,
        app_id: String,
        body: types::OAuthApp,
    ) -> impl Future<Output = Result<UpdateOAuthAppResponse, UpdateOAuthAppError>> + Send {
        let _ = (call, app_id, body);
        support::not_implemented("UpdateOAuthApp")
    }

    /// Delete an OAuth app
    ///
    /// `DELETE /api/v4/oauth/apps/{app_id}`
    ///
    /// Any of the credentials will do.
    fn delete_oauth_app(
        &self,
        call: Call<Self::Session>,
        app_id: String,
    ) -> impl Future<Output = Result<(), DeleteOAuthAppError>> + Send {
        let _ = (call, app_id);
        support::not_implemented("DeleteOAuthApp")
    }

    /// Get an OAuth app's icon
    ///
    /// `GET /api/v4/oauth/apps/{app_id}/icon-{size}.png`
    fn get_oauth_app_icon(
        &self,
        call: Call,
        app_id: String,
        size: i32,
    ) -> impl Future<Output = Result<Body, GetOAuthAppIconError>> + Send {
        let _ = (call, app_id, size);
        support::not_implemented("GetOAuthAppIcon")
    }

    /// Set an OAuth app's icon
    ///
    /// `PUT /api/v4/oauth/apps/{app_id}/icon`
    fn set_oauth_app_icon(
        &self,
        call: Call,
        app_id: String,
        body: Body,
    ) -> impl Future<Output = Result<String, SetOAuthAppIconError>> + Send {
        let _ = (call, app_id, body);
        support::not_implemented("SetOAuthAppIcon")
    }

    /// Register OAuth client using Dynamic Client Registration
    ///
    /// `POST /api/v4/oauth/apps/register`
    fn register_oauth_client(
        &self,
        call: Call,
        body: types::ClientRegistrationRequest,
    ) -> impl Future<Output = Result<types::ClientRegistrationResponse, RegisterOAuthClientError>> + Send {
        let _ = (call, body);
        support::not_implemented("RegisterOAuthClient")
    }

    /// Get what a token of OAuth 2 allows
    ///
    /// `GET /guarded/token`
    fn get_by_token(
        &self,
        call: Call<Self::Session>,
    ) -> impl Future<Output = Result<(), GetByTokenError>> + Send {
        let _ = call;
        support::not_implemented("GetByToken")
    }

    /// Set what a token of OAuth 2 allows
    ///
    /// `POST /guarded/token`
    fn set_by_token(
        &self,
        call: Call<Self::Session>,
        body: Body,
    ) -> impl Future<Output = Result<(), SetByTokenError>> + Send {
        let _ = (call, body);
        support::not_implemented("SetByToken")
    }

    /// Get what credentials of an HTTP scheme allow
    ///
    /// `GET /guarded/scheme`
    fn get_by_scheme(
        &self,
        call: Call<Self::Session>,
    ) -> impl Future<Output = Result<(), GetBySchemeError>> + Send {
        let _ = call;
        support::not_implemented("GetByScheme")
    }

    /// Get what a certificate allows, or a key
    ///
    /// `GET /guarded/either`
    fn get_by_either(
        &self,
        call: Call<Self::Session>,
    ) -> impl Future<Output = Result<(), GetByEitherError>> + Send {
        let _ = call;
        support::not_implemented("GetByEither")
    }
}

errors! {
    /// The error responses of [`OauthApi::create_oauth_app`].
    CreateOAuthAppError {
        /// 400: it can't be done
        BadRequest(types::AppError) = 400,
        /// 401: it can't be done
        Unauthorized(types::AppError) = 401,
        /// 403: it can't be done
        Forbidden(types::AppError) = 403,
        /// 501: it can't be done
        NotImplemented(types::AppError) = 501,
    }
}

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
    /// Only these apps.
    pub ids: Option<Vec<String>>,
    /// Only apps that have all these words in their names.
    pub words: Option<Vec<String>>,
    /// Names the request in the server's log.
    pub x_request_id: Option<String>,
    /// The language of messages.
    pub locale: Option<String>,
}

impl Default for GetOAuthAppsParams {
    fn default() -> Self {
        Self {
            page: 0,
            per_page: 60,
            ids: None,
            words: None,
            x_request_id: None,
            locale: None,
        }
    }
}

errors! {
    /// The error responses of [`OauthApi::get_oauth_apps`].
    GetOAuthAppsError {
        /// 403: it can't be done
        Forbidden(types::AppError) = 403,
    }
}

/// The error responses of [`OauthApi::get_oauth_app`].
pub type GetOAuthAppError = super::errors::AppError404;

/// The successful responses of [`OauthApi::update_oauth_app`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum UpdateOAuthAppResponse {
    /// 200: the app after the update
    Ok(types::OAuthApp),
    /// 204: nothing had to be changed
    NoContent,
}

impl Reply for UpdateOAuthAppResponse {
    fn reply(self) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok(body) => support::json(200, &body),
            Self::NoContent => support::empty(204),
        }
    }
}

/// The error responses of [`OauthApi::update_oauth_app`].
pub type UpdateOAuthAppError = super::errors::AppError4xx;

/// The error responses of [`OauthApi::delete_oauth_app`].
pub type DeleteOAuthAppError = super::errors::Undocumented;

/// The error responses of [`OauthApi::get_oauth_app_icon`].
pub type GetOAuthAppIconError = super::errors::Undocumented;

/// The error responses of [`OauthApi::set_oauth_app_icon`].
pub type SetOAuthAppIconError = super::errors::Undocumented;

/// The error responses of [`OauthApi::register_oauth_client`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RegisterOAuthClientError {
    /// 400: the request is not valid
    BadRequest(types::ClientRegistrationError),
    /// 403: registration is switched off
    Forbidden,
    /// default: it can't be done
    Default(StatusCode, types::AppError),
    /// Any other error.
    Other(Problem),
}

impl<E: Into<Problem>> From<E> for RegisterOAuthClientError {
    fn from(error: E) -> Self {
        let problem: Problem = error.into();
        match problem.status().as_u16() {
            400 => problem.into_body().map_or_else(Self::Other, Self::BadRequest),
            403 => problem.into_body().map_or_else(Self::Other, |()| Self::Forbidden),
            _ => {
                let status = problem.status();
                problem
                    .into_body()
                    .map_or_else(Self::Other, |body| Self::Default(status, body))
            }
        }
    }
}

impl Reply for RegisterOAuthClientError {
    fn reply(self) -> Result<HttpResponse, Problem> {
        match self {
            Self::BadRequest(body) => support::json(400, &body),
            Self::Forbidden => support::empty(403),
            Self::Default(status, body) => support::json(status, &body),
            Self::Other(problem) => Err(problem),
        }
    }
}

/// The error responses of [`OauthApi::get_by_token`].
pub type GetByTokenError = super::errors::Undocumented;

/// The error responses of [`OauthApi::set_by_token`].
pub type SetByTokenError = super::errors::Undocumented;

/// The error responses of [`OauthApi::get_by_scheme`].
pub type GetBySchemeError = super::errors::Undocumented;

/// The error responses of [`OauthApi::get_by_either`].
pub type GetByEitherError = super::errors::Undocumented;
