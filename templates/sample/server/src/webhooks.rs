// Written by specwright; changes are overwritten.

//! Webhooks: requests that the API sends to registered URLs.
//!
//! The trait to implement is [`Webhooks`].

pub use super::service::webhooks::*;

use super::support::{self, Call, Server, ServerBuilder, Unauthenticated};
use super::types;

/// Webhooks: requests that the API sends to registered URLs.
///
/// Methods that aren't implemented respond with 501.
pub trait Webhooks: Send + Sync + 'static {
    /// The identity of a caller, as returned by the authentication hook.
    type Session: Send + 'static;

    /// Something has happened
    ///
    /// The webhook `event`: `POST`, served at `/event`.
    fn event(
        &self,
        call: Call<Self::Session>,
        body: types::Event,
    ) -> impl Future<Output = Result<(), EventError>> + Send {
        let _ = (call, body);
        support::not_implemented("event")
    }

    /// Somebody wants to know whether this is the receiver
    ///
    /// The webhook `event`: `GET`, served at `/event`.
    fn get_event(&self, call: Call) -> impl Future<Output = Result<String, GetEventError>> + Send {
        let _ = call;
        support::not_implemented("get_event")
    }
}

/// Marks a [`Server`] that handles webhook requests.
#[derive(Debug)]
pub enum WebhookRequests {}

impl<P> Server<P, Unauthenticated, WebhookRequests> {
    /// Configures a server whose webhooks the receiver implements. Each has the path that the
    /// documentation of its method of [`Webhooks`] gives, below
    /// [`base_path`](ServerBuilder::base_path) if that is set. For a webhook with a URL of its own
    /// set [`only_path`](ServerBuilder::only_path). With the feature `signatures`,
    /// `.verify(webhooks::OPERATIONS, …)` of the builder has each verified before it is decoded.
    pub fn webhooks(receiver: P) -> ServerBuilder<P, Unauthenticated, WebhookRequests> {
        Self::begin(receiver)
    }
}

/// The error responses of [`Webhooks::event`].
pub type EventError = super::errors::Undocumented;

/// The error responses of [`Webhooks::get_event`].
pub type GetEventError = super::errors::Undocumented;
