// Written by specwright; changes are overwritten.

//! Routes requests to operations.

use super::super::super::support::{Authenticate, Dispatch, Endpoint, Handlers, routes};
use super::super::super::webhooks::{WebhookRequests, Webhooks};

impl<P, A> Dispatch<WebhookRequests> for Handlers<P, A>
where
    P: Webhooks<Session = A::Session>,
    A: Authenticate,
{
    const BASE_PATH: &'static str = "";

    routes! {
        ("GET", "/event", super::GET_EVENT, super::Operations::get_event),
        ("POST", "/event", super::EVENT, super::Operations::event),
    }
}
