//! Error responses of the provider.

use mattermost_oauth_server::types::AppError;
use mattermost_oauth_server::{Problem, StatusCode};

/// An error in Mattermost's format. The description declares most of its properties, but not `detailed_error`.
pub fn app_error(status: StatusCode, id: &str, message: &str) -> AppError {
    let mut error = AppError::new()
        .status_code(status.as_u16().into())
        .id(id)
        .message(message);
    let rest = &mut error.additional_properties;
    rest.insert("detailed_error".to_owned(), "".into());
    error
}

/// An error response of any operation.
pub(crate) struct Refusal {
    status: StatusCode,
    error: AppError,
}

impl Refusal {
    pub(crate) fn bad_request(id: &str, message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, id, message)
    }

    pub(crate) fn unauthorized(id: &str, message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, id, message)
    }

    pub(crate) fn forbidden(id: &str, message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, id, message)
    }

    pub(crate) fn not_found(id: &str, message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, id, message)
    }

    pub(crate) fn not_implemented(id: &str, message: &str) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, id, message)
    }

    fn new(status: StatusCode, id: &str, message: &str) -> Self {
        let error = app_error(status, id, message);
        Self { status, error }
    }
}

/// Lets `?` turn a refusal into the error of any operation.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.status).with_body(refusal.error)
    }
}
