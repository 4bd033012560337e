//! Endpoints for OAuth 2.0 apps

use crate::support::{
    Bytes, Call, HttpResponse, Problem, Reply, StatusCode, Validate, Validator, empty, errors,
    json, not_implemented,
};
use crate::types::{
    AppError, ClientRegistrationError, ClientRegistrationRequest, ClientRegistrationResponse,
    CreateOAuthAppBody, OAuthApp,
};

/// Endpoints for OAuth 2.0 apps
///
/// An operation that isn't written answers with 501.
pub trait OauthApi: Send + Sync + 'static {
    /// What the authentication hook says of a caller.
    type Session: Send + 'static;

    /// Register OAuth app
    ///
    /// `POST /api/v4/oauth/apps`
    fn create_oauth_app(
        &self,
        call: Call<Self::Session>,
        body: CreateOAuthAppBody,
    ) -> impl Future<Output = Result<OAuthApp, CreateOAuthAppError>> + Send {
        let _ = (call, body);
        not_implemented("CreateOAuthApp")
    }

    /// Get OAuth apps
    ///
    /// `GET /api/v4/oauth/apps`
    fn get_oauth_apps(
        &self,
        call: Call<Self::Session>,
        params: GetOAuthAppsParams,
    ) -> impl Future<Output = Result<Vec<OAuthApp>, GetOAuthAppsError>> + Send {
        let _ = (call, params);
        not_implemented("GetOAuthApps")
    }

    /// Get an OAuth app
    ///
    /// `GET /api/v4/oauth/apps/{app_id}`
    fn get_oauth_app(
        &self,
        call: Call<Option<Self::Session>>,
        app_id: String,
    ) -> impl Future<Output = Result<OAuthApp, GetOAuthAppError>> + Send {
        let _ = (call, app_id);
        not_implemented("GetOAuthApp")
    }

    /// Update an OAuth app
    ///
    /// `PUT /api/v4/oauth/apps/{app_id}`
    fn update_oauth_app(
        &self,
        call: Call<Self::Session>,
        app_id: String,
        body: OAuthApp,
    ) -> impl Future<Output = Result<UpdateOAuthAppResponse, UpdateOAuthAppError>> + Send {
        let _ = (call, app_id, body);
        not_implemented("UpdateOAuthApp")
    }

    /// Delete an OAuth app
    ///
    /// `DELETE /api/v4/oauth/apps/{app_id}`
    fn delete_oauth_app(
        &self,
        call: Call<Self::Session>,
        app_id: String,
    ) -> impl Future<Output = Result<(), Problem>> + Send {
        let _ = (call, app_id);
        not_implemented("DeleteOAuthApp")
    }

    /// Get an OAuth app's icon
    ///
    /// `GET /api/v4/oauth/apps/{app_id}/icon-{size}.png`
    fn get_oauth_app_icon(
        &self,
        call: Call,
        app_id: String,
        size: i32,
    ) -> impl Future<Output = Result<Bytes, Problem>> + Send {
        let _ = (call, app_id, size);
        not_implemented("GetOAuthAppIcon")
    }

    /// Set an OAuth app's icon
    ///
    /// `PUT /api/v4/oauth/apps/{app_id}/icon`
    fn set_oauth_app_icon(
        &self,
        call: Call,
        app_id: String,
        body: Bytes,
    ) -> impl Future<Output = Result<String, Problem>> + Send {
        let _ = (call, app_id, body);
        not_implemented("SetOAuthAppIcon")
    }

    /// Register OAuth client using Dynamic Client Registration
    ///
    /// `POST /api/v4/oauth/apps/register`
    fn register_oauth_client(
        &self,
        call: Call,
        body: ClientRegistrationRequest,
    ) -> impl Future<Output = Result<ClientRegistrationResponse, RegisterOAuthClientError>> + Send
    {
        let _ = (call, body);
        not_implemented("RegisterOAuthClient")
    }
}

errors! {
    /// What [`OauthApi::create_oauth_app`] may answer besides success.
    CreateOAuthAppError {
        /// 400: a parameter is missing or wrong
        BadRequest(AppError) = 400,
        /// 401: there is no access token
        Unauthorized(AppError) = 401,
        /// 403: there is no permission
        Forbidden(AppError) = 403,
        /// 501: the feature is disabled
        NotImplemented(AppError) = 501,
    }
}

/// Query, header and cookie parameters of [`OauthApi::get_oauth_apps`].
#[derive(Debug, Clone, PartialEq)]
pub struct GetOAuthAppsParams {
    /// The page to select. Default: `0`, filled in.
    pub page: i64,
    /// The number of apps per page. Default: `60`, filled in.
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

impl Validate for GetOAuthAppsParams {
    fn validate_at(&self, v: &mut Validator) {
        v.field("page", |v| v.minimum(self.page, 0));
        v.field("per_page", |v| {
            v.minimum(self.per_page, 1);
            v.maximum(self.per_page, 200);
        });
    }
}

errors! {
    /// What [`OauthApi::get_oauth_apps`] may answer besides success.
    GetOAuthAppsError {
        /// 403: there is no permission
        Forbidden(AppError) = 403,
    }
}

errors! {
    /// What [`OauthApi::get_oauth_app`] may answer besides success.
    GetOAuthAppError {
        /// 404: there is no such app
        NotFound(AppError) = 404,
    }
}

/// What [`OauthApi::update_oauth_app`] answers on success.
#[derive(Debug, Clone, PartialEq)]
pub enum UpdateOAuthAppResponse {
    /// 200: the app after the update
    Ok(OAuthApp),
    /// 204: nothing had to be changed
    NoContent,
}

impl Reply for UpdateOAuthAppResponse {
    fn reply(self) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok(body) => json(200, &body),
            Self::NoContent => empty(204),
        }
    }
}

/// What [`OauthApi::update_oauth_app`] may answer besides success.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum UpdateOAuthAppError {
    /// 4XX: the request can't be done
    ClientError(StatusCode, AppError),
    /// Any other error.
    Other(Problem),
}

impl<E: Into<Problem>> From<E> for UpdateOAuthAppError {
    fn from(error: E) -> Self {
        let problem: Problem = error.into();
        match problem.status().as_u16() {
            400..=499 => {
                let status = problem.status();
                problem
                    .into_body()
                    .map_or_else(Self::Other, |body| Self::ClientError(status, body))
            }
            _ => Self::Other(problem),
        }
    }
}

impl Reply for UpdateOAuthAppError {
    fn reply(self) -> Result<HttpResponse, Problem> {
        match self {
            Self::ClientError(status, body) => json(status, &body),
            Self::Other(problem) => Err(problem),
        }
    }
}

/// What [`OauthApi::register_oauth_client`] may answer besides success.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RegisterOAuthClientError {
    /// 400: the request is not valid
    BadRequest(ClientRegistrationError),
    /// 403: registration is switched off
    Forbidden,
    /// Any other status
    Default(StatusCode, AppError),
    /// Any other error.
    Other(Problem),
}

impl<E: Into<Problem>> From<E> for RegisterOAuthClientError {
    fn from(error: E) -> Self {
        let problem: Problem = error.into();
        match problem.status().as_u16() {
            400 => problem
                .into_body()
                .map_or_else(Self::Other, Self::BadRequest),
            403 => problem
                .into_body()
                .map_or_else(Self::Other, |()| Self::Forbidden),
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
            Self::BadRequest(body) => json(400, &body),
            Self::Forbidden => empty(403),
            Self::Default(status, body) => json(status, &body),
            Self::Other(problem) => Err(problem),
        }
    }
}
