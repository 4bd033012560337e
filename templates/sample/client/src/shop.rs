// Written by specwright; changes are overwritten.

//! Forms, and books in XML
//!
//! The operations are the methods of [`ShopApi`]; each returns a request of its own type.

use super::support::{
    Core, Error, NoError, OperationInfo, RawResponse, Request, Response, Style, sendable,
};
use super::types;

/// Forms, and books in XML
///
/// Returned by [`Client::shop`](super::Client::shop).
#[derive(Debug, Clone)]
pub struct ShopApi {
    core: Core,
}

impl ShopApi {
    pub(super) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Charge
    ///
    /// `POST /charges`
    ///
    /// # Optional parameters
    ///
    /// [`idempotency_key`](CreateCharge::idempotency_key).
    ///
    /// # Response
    ///
    /// `String`.
    pub fn create_charge(&self, body: types::Charge) -> CreateCharge {
        let mut request = self.core.request(&CREATE_CHARGE);
        request
            .form(
                &body,
                &[("items", Style::DeepObject), ("metadata", Style::DeepObject)],
            );
        CreateCharge { request }
    }

    /// Add a book
    ///
    /// `POST /books?kind=new`
    ///
    /// # Response
    ///
    /// [`Books`](types::Books).
    pub fn add_book(&self, body: types::Book) -> AddBook {
        let mut request = self.core.request(&ADD_BOOK);
        request.xml("application/xml", &types::xml::BOOK, &body);
        AddBook { request }
    }

    /// Set how many there are
    ///
    /// `POST /books?kind=counts`
    ///
    /// # Response
    ///
    /// [`Numbers`](types::Numbers).
    pub fn set_counts(&self, body: types::Counts) -> SetCounts {
        let mut request = self.core.request(&SET_COUNTS);
        request.xml("application/xml", &types::xml::COUNTS, &body);
        SetCounts { request }
    }
}

static CREATE_CHARGE: OperationInfo = OperationInfo {
    id: "CreateCharge",
    method: "POST",
    path: "/charges",
    tags: &["Shop"],
    accept: Some("text/plain"),
    idempotency_key: Some("Idempotency-Key"),
    ..OperationInfo::PLAIN
};

/// Charge
///
/// A request of [`ShopApi::create_charge`], `POST /charges`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct CreateCharge {
    request: Request,
}

impl CreateCharge {
    /// What a repeated request is recognized by.
    pub fn idempotency_key(mut self, idempotency_key: impl AsRef<str>) -> Self {
        self.request.header("Idempotency-Key", idempotency_key.as_ref());
        self
    }

    fn decode(response: RawResponse) -> Result<Response<String>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { CreateCharge => String, NoError }

static ADD_BOOK: OperationInfo = OperationInfo {
    id: "AddBook",
    method: "POST",
    path: "/books?kind=new",
    tags: &["Shop"],
    accept: Some("application/xml"),
    ..OperationInfo::PLAIN
};

/// Add a book
///
/// A request of [`ShopApi::add_book`], `POST /books`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct AddBook {
    request: Request,
}

impl AddBook {
    fn decode(response: RawResponse) -> Result<Response<types::Books>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_xml(&types::xml::BOOKS),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { AddBook => types::Books, NoError }

static SET_COUNTS: OperationInfo = OperationInfo {
    id: "SetCounts",
    method: "POST",
    path: "/books?kind=counts",
    tags: &["Shop"],
    accept: Some("application/xml"),
    idempotent: Some(true),
    ..OperationInfo::PLAIN
};

/// Set how many there are
///
/// A request of [`ShopApi::set_counts`], `POST /books`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct SetCounts {
    request: Request,
}

impl SetCounts {
    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::Numbers>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_xml(&types::xml::NUMBERS),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { SetCounts => types::Numbers, NoError }
