// Written by specwright; changes are overwritten.

//! Values of every kind
//!
//! The trait to implement is [`ValuesApi`].

pub use super::service::values::*;

use super::support::{self, Call};
use super::types;

/// Values of every kind
///
/// Methods that aren't implemented respond with 501.
pub trait ValuesApi: Send + Sync + 'static {
    /// Set values
    ///
    /// `POST /values/{color}`
    fn set_values(
        &self,
        call: Call,
        color: types::Color,
        body: types::Values,
    ) -> impl Future<Output = Result<(), SetValuesError>> + Send {
        let _ = (call, color, body);
        support::not_implemented("SetValues")
    }
}

/// The error responses of [`ValuesApi::set_values`].
pub type SetValuesError = super::errors::Undocumented;
