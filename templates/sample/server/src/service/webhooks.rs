// Written by specwright; changes are overwritten.

//! Turns requests into calls of [`Webhooks`](super::super::webhooks::Webhooks), and their
//! results into responses.

mod dispatch;

use std::sync::Arc;

use super::super::support::{
    self, Authenticate, Exchange, Handlers, HttpResponse, Limits, Operation, Problem,
    Requirement,
};
use super::super::webhooks::Webhooks;
use super::BEARER;

/// The operation of `event`.
pub static EVENT: Operation = Operation {
    id: "event",
    method: "POST",
    path: "/event",
    tags: &[],
    consumes: &["application/json"],
    produces: &[],
    security: &[Requirement::new(&[(&BEARER, &[])])],
    limits: Limits::NONE,
};

/// The operation of `get_event`.
pub static GET_EVENT: Operation = Operation {
    id: "get_event",
    method: "GET",
    path: "/event",
    tags: &[],
    consumes: &[],
    produces: &["text/plain"],
    security: &[],
    limits: Limits::NONE,
};

/// The operations of the group.
pub const OPERATIONS: &[&Operation] = &[&EVENT, &GET_EVENT];

/// The handlers of the group's operations.
pub(super) struct Operations<P, A>(std::marker::PhantomData<(P, A)>);

impl<P, A> Operations<P, A>
where
    P: Webhooks<Session = A::Session>,
    A: Authenticate,
{
    pub(super) async fn event(
        server: Arc<Handlers<P, A>>,
        mut exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let session = exchange.authenticate(&server.auth).await?;
        let body = exchange.json().await?;
        let call = exchange.call(session);
        let result = server.api.event(call, body).await;
        support::reply(result, |()| support::empty(204))
    }

    pub(super) async fn get_event(
        server: Arc<Handlers<P, A>>,
        exchange: Exchange,
    ) -> Result<HttpResponse, Problem> {
        let call = exchange.call(());
        let result = server.api.get_event(call).await;
        support::reply(result, |body| support::text(200, body))
    }
}
