// Written by specwright; changes are overwritten.

//! Forms, and books in XML
//!
//! The trait to implement is [`ShopApi`].

pub use super::service::shop::*;

use super::support::{self, Call};
use super::types;

/// Forms, and books in XML
///
/// Methods that aren't implemented respond with 501.
pub trait ShopApi: Send + Sync + 'static {
    /// Charge
    ///
    /// `POST /charges`
    fn create_charge(
        &self,
        call: Call,
        params: CreateChargeParams,
        body: types::Charge,
    ) -> impl Future<Output = Result<String, CreateChargeError>> + Send {
        let _ = (call, params, body);
        support::not_implemented("CreateCharge")
    }

    /// Add a book
    ///
    /// `POST /books?kind=new`
    fn add_book(
        &self,
        call: Call,
        body: types::Book,
    ) -> impl Future<Output = Result<types::Books, AddBookError>> + Send {
        let _ = (call, body);
        support::not_implemented("AddBook")
    }

    /// Set how many there are
    ///
    /// `POST /books?kind=counts`
    fn set_counts(
        &self,
        call: Call,
        body: types::Counts,
    ) -> impl Future<Output = Result<types::Numbers, SetCountsError>> + Send {
        let _ = (call, body);
        support::not_implemented("SetCounts")
    }
}

/// The parameters of [`ShopApi::create_charge`] other than those of the path.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct CreateChargeParams {
    /// What a repeated request is recognized by.
    pub idempotency_key: Option<String>,
}

/// The error responses of [`ShopApi::create_charge`].
pub type CreateChargeError = super::errors::Undocumented;

/// The error responses of [`ShopApi::add_book`].
pub type AddBookError = super::errors::Undocumented;

/// The error responses of [`ShopApi::set_counts`].
pub type SetCountsError = super::errors::Undocumented;
