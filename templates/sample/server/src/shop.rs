// Written by specwright; changes are overwritten.

//! Forms, and books in XML
//!
//! The trait to implement is [`ShopApi`].

pub use super::service::shop::*;

use super::support::{self, Call, HttpResponse, Problem, Reply};
use super::types;

/// Forms, and books in XML
///
/// Methods that aren't implemented respond with 501.
pub trait ShopApi: Send + Sync + 'static {
    /// `POST /reports`
    fn start_report(
        &self,
        call: Call,
    ) -> impl Future<Output = Result<StartReportResponse, StartReportError>> + Send {
        let _ = call;
        support::not_implemented("StartReport")
    }

    /// `PUT /reports/{name}`
    fn set_report(
        &self,
        call: Call,
        name: String,
    ) -> impl Future<Output = Result<types::Report, SetReportError>> + Send {
        let _ = (call, name);
        support::not_implemented("SetReport")
    }

    /// `DELETE /reports/{name}`
    fn delete_report(
        &self,
        call: Call,
        name: String,
    ) -> impl Future<Output = Result<(), DeleteReportError>> + Send {
        let _ = (call, name);
        support::not_implemented("DeleteReport")
    }

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

/// The successful responses of [`ShopApi::start_report`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StartReportResponse {
    /// 200: the report
    Ok(types::Report),
    /// 202: it is begun
    Accepted,
}

impl Reply for StartReportResponse {
    fn reply(self) -> Result<HttpResponse, Problem> {
        match self {
            Self::Ok(body) => support::json(200, &body),
            Self::Accepted => support::empty(202),
        }
    }
}

/// The error responses of [`ShopApi::start_report`].
pub type StartReportError = super::errors::Undocumented;

/// The error responses of [`ShopApi::set_report`].
pub type SetReportError = super::errors::AppError4xx;

/// The error responses of [`ShopApi::delete_report`].
pub type DeleteReportError = super::errors::Undocumented;

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
