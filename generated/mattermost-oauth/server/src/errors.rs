// Written by specwright; changes are overwritten.

//! Error responses that several operations document alike. Each operation has a name of its own
//! for its type.

use super::support::errors;
use super::types;

errors! {
    /// Error responses of 4 operations, such as `GET /api/v4/oauth/apps/{app_id}`.
    AppError400_401_403_404_501 {
        /// 400: A parameter of the URL or the body is missing or wrong
        BadRequest(types::AppError) = 400,
        /// 401: No valid access token was sent
        Unauthorized(types::AppError) = 401,
        /// 403: The caller lacks a permission
        Forbidden(types::AppError) = 403,
        /// 404: There is no such resource
        NotFound(types::AppError) = 404,
        /// 501: The feature is switched off
        NotImplemented(types::AppError) = 501,
    }
}

errors! {
    /// Error responses of 3 operations, such as `POST /api/v4/oauth/apps`.
    AppError400_401_403_501 {
        /// 400: A parameter of the URL or the body is missing or wrong
        BadRequest(types::AppError) = 400,
        /// 401: No valid access token was sent
        Unauthorized(types::AppError) = 401,
        /// 403: The caller lacks a permission
        Forbidden(types::AppError) = 403,
        /// 501: The feature is switched off
        NotImplemented(types::AppError) = 501,
    }
}
