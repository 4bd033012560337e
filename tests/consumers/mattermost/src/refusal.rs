//! What the provider answers when it won't do what was asked.

use mattermost_oauth_server::oauth::{
    CreateOAuthAppError, DeleteOAuthAppError, GetAuthorizationServerMetadataError,
    GetAuthorizedOAuthAppsForUserError, GetOAuthAppError, GetOAuthAppInfoError, GetOAuthAppsError,
    RegenerateOAuthAppSecretError, RegisterOAuthClientError, UpdateOAuthAppError,
};
use mattermost_oauth_server::types::AppError;
use mattermost_oauth_server::{Problem, StatusCode};

/// An error as Mattermost has it: the description lists most of its properties, but not `detailed_error`.
pub fn app_error(status: StatusCode, id: &str, message: &str) -> AppError {
    let mut error = AppError::new()
        .status_code(status.as_u16().into())
        .id(id)
        .message(message);
    let rest = &mut error.additional_properties;
    rest.insert("detailed_error".to_owned(), "".into());
    error
}

/// The refusals that the API lists, whatever the operation. Named like the variants of the operations' errors.
pub(crate) enum Refusal {
    BadRequest(AppError),
    Unauthorized(AppError),
    Forbidden(AppError),
    NotFound(AppError),
    NotImplemented(AppError),
}

impl Refusal {
    pub(crate) fn bad_request(id: &str, message: &str) -> Self {
        Self::BadRequest(app_error(StatusCode::BAD_REQUEST, id, message))
    }

    pub(crate) fn unauthorized(id: &str, message: &str) -> Self {
        Self::Unauthorized(app_error(StatusCode::UNAUTHORIZED, id, message))
    }

    pub(crate) fn forbidden(id: &str, message: &str) -> Self {
        Self::Forbidden(app_error(StatusCode::FORBIDDEN, id, message))
    }

    pub(crate) fn not_found(id: &str, message: &str) -> Self {
        Self::NotFound(app_error(StatusCode::NOT_FOUND, id, message))
    }

    pub(crate) fn not_implemented(id: &str, message: &str) -> Self {
        Self::NotImplemented(app_error(StatusCode::NOT_IMPLEMENTED, id, message))
    }
}

/// Lets `?` turn a refusal into the error of an operation, for the refusals that the operation lists.
macro_rules! refusals {
    ($($error:ident: $($listed:ident)*;)*) => {$(
        impl From<Refusal> for $error {
            fn from(refusal: Refusal) -> Self {
                match refusal {
                    $(Refusal::$listed(error) => Self::$listed(error),)*
                    #[allow(unreachable_patterns)] // some operations list all of them
                    _ => Self::Problem(Problem::new(StatusCode::INTERNAL_SERVER_ERROR)),
                }
            }
        }
    )*};
}

refusals! {
    CreateOAuthAppError: BadRequest Unauthorized Forbidden NotImplemented;
    GetOAuthAppsError: BadRequest Unauthorized Forbidden NotImplemented;
    GetOAuthAppError: BadRequest Unauthorized Forbidden NotFound NotImplemented;
    UpdateOAuthAppError: BadRequest Unauthorized Forbidden NotFound NotImplemented;
    DeleteOAuthAppError: BadRequest Unauthorized Forbidden NotFound NotImplemented;
    RegenerateOAuthAppSecretError: BadRequest Unauthorized Forbidden NotFound NotImplemented;
    GetOAuthAppInfoError: BadRequest Unauthorized NotFound NotImplemented;
    GetAuthorizationServerMetadataError: NotImplemented;
    RegisterOAuthClientError: BadRequest NotImplemented;
    GetAuthorizedOAuthAppsForUserError: BadRequest Unauthorized Forbidden NotImplemented;
}
