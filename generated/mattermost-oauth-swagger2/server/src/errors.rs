// Written by specwright; changes are overwritten.

//! Error responses that several operations document alike. Each operation has a name of its own
//! for its type.

use super::support::errors;

errors! {
    /// Error responses of 8 operations, such as `POST /oauth/apps`.
    Undocumented {}
}
