//! How requests become calls of [`Webhooks`](super::super::webhooks::Webhooks), and its answers responses.

mod dispatch;

use std::sync::Arc;

use super::BEARER_AUTH;
use crate::support::{
    Authenticate, Exchange, Handlers, HttpResponse, Operation, Problem, Requirement, empty, reply,
    text,
};
use crate::webhooks::Webhooks;

pub(super) static EVENT: Operation = Operation {
    id: "event",
    method: "POST",
    path: "/event",
    consumes: &["application/json"],
    produces: &[],
    security: &[Requirement {
        schemes: &[(&BEARER_AUTH, &[])],
    }],
};

pub(super) async fn event<P, A>(
    server: Arc<Handlers<P, A>>,
    mut exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: Webhooks<Session = A::Session>,
    A: Authenticate,
{
    let session = exchange.authenticate(&server.auth).await?;
    let body = exchange.json().await?;
    let answer = server.api.event(exchange.call(session), body).await;
    reply(answer, |()| empty(204))
}

pub(super) static GET_EVENT: Operation = Operation {
    id: "get_event",
    method: "GET",
    path: "/event",
    consumes: &[],
    produces: &["text/plain"],
    security: &[],
};

pub(super) async fn get_event<P, A>(
    server: Arc<Handlers<P, A>>,
    exchange: Exchange,
) -> Result<HttpResponse, Problem>
where
    P: Webhooks,
    A: Send + Sync + 'static,
{
    let answer = server.api.get_event(exchange.call(())).await;
    reply(answer, |body| text(200, body))
}
