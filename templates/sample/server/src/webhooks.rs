//! Requests that the API sends.

use crate::support::{Call, Problem, Server, ServerBuilder, Unauthenticated, not_implemented};
use crate::types::Event;

/// The requests that the API sends to whoever it has been told to tell.
///
/// A method that isn't written answers 501. [`Server::webhooks`] serves them.
pub trait Webhooks: Send + Sync + 'static {
    /// What the authentication hook says of a caller.
    type Session: Send + 'static;

    /// Something has happened
    ///
    /// The webhook `event`: `POST /event`
    fn event(
        &self,
        call: Call<Self::Session>,
        body: Event,
    ) -> impl Future<Output = Result<(), Problem>> + Send {
        let _ = (call, body);
        not_implemented("event")
    }

    /// Somebody wants to know whether this is the receiver
    ///
    /// The webhook `event`: `GET /event`
    fn get_event(&self, call: Call) -> impl Future<Output = Result<String, Problem>> + Send {
        let _ = call;
        not_implemented("get_event")
    }
}

/// The requests of webhooks: what a [`Server`] with this type as its third one answers.
#[derive(Debug)]
pub enum WebhookRequests {}

impl<P> Server<P, Unauthenticated, WebhookRequests> {
    /// Begins a server of [`Webhooks`], each at a path that is called like it unless
    /// [`only_path`](ServerBuilder::only_path) says otherwise.
    pub fn webhooks(receiver: P) -> ServerBuilder<P, Unauthenticated, WebhookRequests> {
        Self::begin(receiver)
    }
}
