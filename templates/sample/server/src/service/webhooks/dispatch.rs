//! How requests reach the operations.

use super::{EVENT, GET_EVENT, event, get_event};
use crate::support::{Authenticate, Dispatch, Endpoint, Handlers, routes};
use crate::webhooks::{WebhookRequests, Webhooks};

impl<P, A> Dispatch<WebhookRequests> for Handlers<P, A>
where
    P: Webhooks<Session = A::Session>,
    A: Authenticate,
{
    const BASE_PATH: &'static str = "";

    routes! {
        ("GET", "/event", GET_EVENT, get_event),
        ("POST", "/event", EVENT, event),
    }
}
