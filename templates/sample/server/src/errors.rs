// Written by specwright; changes are overwritten.

//! Error responses that several operations document alike. Each operation has a name of its own
//! for its type.

use super::support::errors;
use super::types;

errors! {
    /// Error responses of 2 operations, such as `GET /api/v4/oauth/apps/{app_id}`.
    AppError404 {
        /// 404: it can't be done
        NotFound(types::AppError) = 404,
    }
}

errors! {
    /// Error responses of 27 operations, such as `DELETE /api/v4/oauth/apps/{app_id}`.
    Undocumented {}
}
