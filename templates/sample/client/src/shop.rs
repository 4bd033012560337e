// Written by specwright; changes are overwritten.

//! Forms, and books in XML
//!
//! The operations are the methods of [`ShopApi`]; each returns a request of its own type.

use super::support::{
    Core, Error, LongRunning, NoError, OperationInfo, Polling, RawResponse, Request,
    Response, Style, sendable,
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

    /// `POST /reports`
    ///
    /// # Response
    ///
    /// [`StartReportResponse`].
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.shop().start_report().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn start_report(&self) -> StartReport {
        let request = self.core.request(&START_REPORT);
        StartReport { request }
    }

    /// `PUT /reports/{name}`
    ///
    /// # Response
    ///
    /// [`Report`](types::Report). Errors with [`AppError`](types::AppError): 4XX.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.shop().set_report(name).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_report(&self, name: impl AsRef<str>) -> SetReport {
        let mut request = self.core.request(&SET_REPORT);
        request.path("name", name.as_ref());
        SetReport { request }
    }

    /// `DELETE /reports/{name}`
    ///
    /// # Response
    ///
    /// No content.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::Client;
    /// # async fn run(client: Client, name: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.shop().delete_report(name).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_report(&self, name: impl AsRef<str>) -> DeleteReport {
        let mut request = self.core.request(&DELETE_REPORT);
        request.path("name", name.as_ref());
        DeleteReport { request }
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
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, types};
    /// # async fn run(client: Client, body: types::Charge) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.shop().create_charge(body).await?;
    /// # Ok(())
    /// # }
    /// ```
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
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, types};
    /// # async fn run(client: Client, body: types::Book) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.shop().add_book(body).await?;
    /// # Ok(())
    /// # }
    /// ```
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
    ///
    /// # Example
    ///
    /// ```no_run
    /// # use sample_client::{Client, types};
    /// # async fn run(client: Client, body: types::Counts) -> Result<(), Box<dyn std::error::Error>> {
    /// let result = client.shop().set_counts(body).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_counts(&self, body: types::Counts) -> SetCounts {
        let mut request = self.core.request(&SET_COUNTS);
        request.xml("application/xml", &types::xml::COUNTS, &body);
        SetCounts { request }
    }
}

static START_REPORT: OperationInfo = OperationInfo {
    id: "StartReport",
    method: "POST",
    path: "/reports",
    tags: &["Shop"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`ShopApi::start_report`], `POST /reports`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct StartReport {
    request: Request,
}

impl StartReport {
    /// Sends the request when it is awaited, and asks the server until what it has begun is done.
    pub fn until_done(self) -> Polling<StartReportResponse, NoError> {
        Polling::new(self.request, Self::decode, LongRunning::new().result_at_location())
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<StartReportResponse>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_json_as(StartReportResponse::Ok),
            202 => response.into_empty(StartReportResponse::Accepted),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { StartReport: START_REPORT => StartReportResponse, NoError }

/// The successful responses of [`ShopApi::start_report`], by status.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StartReportResponse {
    /// 200: the report
    Ok(types::Report),
    /// 202: it is begun
    Accepted,
}

static SET_REPORT: OperationInfo = OperationInfo {
    id: "SetReport",
    method: "PUT",
    path: "/reports/{name}",
    tags: &["Shop"],
    accept: Some("application/json"),
    ..OperationInfo::PLAIN
};

/// A request of [`ShopApi::set_report`], `PUT /reports/{name}`; `.await` sends it.
///
/// Documented errors: 4XX.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct SetReport {
    request: Request,
}

impl SetReport {
    /// Sends the request when it is awaited, and asks the server until what it has begun is done.
    pub fn until_done(self) -> Polling<types::Report, types::AppError> {
        Polling::new(self.request, Self::decode, LongRunning::new())
    }

    fn decode(
        response: RawResponse,
    ) -> Result<Response<types::Report>, Error<types::AppError>> {
        match response.status().as_u16() {
            200 => response.into_json(),
            400..=499 => response.into_error(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { SetReport: SET_REPORT => types::Report, types::AppError }

static DELETE_REPORT: OperationInfo = OperationInfo {
    id: "DeleteReport",
    method: "DELETE",
    path: "/reports/{name}",
    tags: &["Shop"],
    ..OperationInfo::PLAIN
};

/// A request of [`ShopApi::delete_report`], `DELETE /reports/{name}`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteReport {
    request: Request,
}

impl DeleteReport {
    /// Sends the request when it is awaited, and asks the server until what it has begun is done.
    pub fn until_done(self) -> Polling<RawResponse, NoError> {
        Polling::whole(
            self.request,
            |response| Self::decode(response).map(drop),
            LongRunning::new().state(&["/phase"]).done(&["GONE"]),
        )
    }

    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            202 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { DeleteReport: DELETE_REPORT => (), NoError }

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

sendable! { CreateCharge: CREATE_CHARGE => String, NoError }

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

sendable! { AddBook: ADD_BOOK => types::Books, NoError }

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

sendable! { SetCounts: SET_COUNTS => types::Numbers, NoError }
