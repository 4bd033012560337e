// Written by specwright; changes are overwritten.

//! Error responses that several operations document alike. Each operation has a name of its own
//! for its type.

use super::support::errors;
use super::types;

errors! {
    /// The error responses of the operations that document these.
    AppError404 {
        /// 404: it can't be done
        NotFound(types::AppError) = 404,
    }
}

errors! {
    /// The error responses of the operations that document these.
    Undocumented {}
}
