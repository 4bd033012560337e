// Written by specwright; changes are overwritten.

//! Turns requests into calls of [`ShopApi`](super::super::shop::ShopApi), and their results
//! into responses.

use std::sync::Arc;

use super::super::shop::{CreateChargeParams, ShopApi};
use super::super::support::{
    self, Exchange, Handlers, HttpResponse, Kind, Limits, Operation, Problem, Reply,
    Style,
};
use super::super::types;

/// The operation of `start_report`.
pub static START_REPORT: Operation = Operation {
    id: "StartReport",
    method: "POST",
    path: "/reports",
    tags: &["Shop"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `set_report`.
pub static SET_REPORT: Operation = Operation {
    id: "SetReport",
    method: "PUT",
    path: "/reports/{name}",
    tags: &["Shop"],
    consumes: &[],
    produces: &["application/json"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `delete_report`.
pub static DELETE_REPORT: Operation = Operation {
    id: "DeleteReport",
    method: "DELETE",
    path: "/reports/{name}",
    tags: &["Shop"],
    consumes: &[],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `create_charge`.
pub static CREATE_CHARGE: Operation = Operation {
    id: "CreateCharge",
    method: "POST",
    path: "/charges",
    tags: &["Shop"],
    consumes: &["application/x-www-form-urlencoded"],
    produces: &["text/plain"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `add_book`.
pub static ADD_BOOK: Operation = Operation {
    id: "AddBook",
    method: "POST",
    path: "/books",
    tags: &["Shop"],
    consumes: &["application/xml"],
    produces: &["application/xml"],
    security: &[],
    limits: Limits::NONE,
};

/// The operation of `set_counts`.
pub static SET_COUNTS: Operation = Operation {
    id: "SetCounts",
    method: "POST",
    path: "/books",
    tags: &["Shop"],
    consumes: &["application/xml"],
    produces: &["application/xml"],
    security: &[],
    limits: Limits::NONE,
};

/// The operations of the group.
pub const OPERATIONS: &[&Operation] = &[
    &START_REPORT,
    &SET_REPORT,
    &DELETE_REPORT,
    &CREATE_CHARGE,
    &ADD_BOOK,
    &SET_COUNTS,
];

impl CreateChargeParams {
    fn read(exchange: &Exchange) -> Result<Self, Problem> {
        Ok(Self {
            idempotency_key: exchange.header("Idempotency-Key")?,
        })
    }
}

/// The handlers of the group's operations.
pub(super) struct Operations<P, A>(std::marker::PhantomData<(P, A)>);

impl<P, A> Operations<P, A>
where
    P: ShopApi,
{
    pub(super) async fn start_report(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.start_report(call).await;
        support::reply(result, Reply::reply)
    }

    pub(super) async fn set_report(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let name: String = exchange.path(0, "name")?;
        let call = exchange.call(());
        let result = server.api.set_report(call, name).await;
        support::reply(result, |body| support::json(200, &body))
    }

    pub(super) async fn delete_report(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let name: String = exchange.path(0, "name")?;
        let call = exchange.call(());
        let result = server.api.delete_report(call, name).await;
        support::reply(result, |()| support::empty(202))
    }

    pub(super) async fn create_charge(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let params = CreateChargeParams::read(&exchange)?;
        let body = exchange
            .form(
                &[
                    ("items", Style::DeepObject, Kind::List),
                    ("metadata", Style::DeepObject, Kind::Object),
                ],
            )
            .await?;
        let call = exchange.call(());
        let result = server.api.create_charge(call, params, body).await;
        support::reply(result, |body| support::text(200, body))
    }

    pub(super) async fn add_book(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let body = exchange.xml(&types::xml::BOOK).await?;
        let call = exchange.call(());
        let result = server.api.add_book(call, body).await;
        match result {
            Ok(body) => support::xml(200, "application/xml", &types::xml::BOOKS, &body),
            Err(error) => Reply::reply(error),
        }
    }

    pub(super) async fn set_counts(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let body = exchange.xml(&types::xml::COUNTS).await?;
        let call = exchange.call(());
        let result = server.api.set_counts(call, body).await;
        match result {
            Ok(body) => support::xml(200, "application/xml", &types::xml::NUMBERS, &body),
            Err(error) => Reply::reply(error),
        }
    }
}
