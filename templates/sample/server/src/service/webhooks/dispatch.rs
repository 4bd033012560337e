//! How requests reach the operations.

use std::sync::Arc;

use super::{EVENT, GET_EVENT, event, get_event};
use crate::support::{
    Authenticate, BoxFuture, Dispatch, Exchange, Handlers, Node, Operation, Problem, Response,
    Routes,
};
use crate::webhooks::{WebhookRequests, Webhooks};

impl<P, A> Dispatch<WebhookRequests> for Handlers<P, A>
where
    P: Webhooks<Session = A::Session>,
    A: Authenticate,
{
    const ROUTES: &'static Routes = &ROUTES;
    const OPERATIONS: &'static [&'static Operation] = &[&EVENT, &GET_EVENT];
    const BASE_PATH: &'static str = "";

    fn dispatch(
        self: Arc<Self>,
        operation: usize,
        exchange: Exchange,
    ) -> BoxFuture<'static, Result<Response, Problem>> {
        match operation {
            0 => Box::pin(event(self, exchange)),
            1 => Box::pin(get_event(self, exchange)),
            _ => Box::pin(async { Err(Problem::not_found()) }),
        }
    }
}

static ROUTES: Routes = Routes(&[
    Node {
        literals: &[("event", 1)],
        ..Node::EMPTY
    },
    Node {
        methods: &[("GET", 1), ("POST", 0)],
        ..Node::EMPTY
    },
]);
