// Written by specwright; changes are overwritten.

//! Webhooks: requests that the API sends to registered URLs.
//!
//! The operations are the methods of [`Webhooks`]; each returns a request of its own type.

#![cfg(feature = "senders")]

use super::support::{
    Core, Error, NoError, OperationInfo, RawResponse, Request, Response, sendable,
};
use super::{BEARER, types};

/// Webhooks: requests that the API sends to registered URLs.
///
/// Returned by [`Client::webhooks`](super::Client::webhooks).
#[derive(Debug, Clone)]
pub struct Webhooks {
    core: Core,
}

impl Webhooks {
    pub(super) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Something has happened
    ///
    /// The webhook `event`: `POST`, served at `/event`.
    ///
    /// # Response
    ///
    /// No content.
    pub fn event(&self, body: types::Event) -> Event {
        let mut request = self.core.request(&EVENT);
        request.json(&body);
        Event { request }
    }

    /// Somebody wants to know whether this is the receiver
    ///
    /// The webhook `event`: `GET`, served at `/event`.
    ///
    /// # Response
    ///
    /// `String`.
    pub fn get_event(&self) -> GetEvent {
        let request = self.core.request(&GET_EVENT);
        GetEvent { request }
    }
}

static EVENT: OperationInfo = OperationInfo {
    id: "event",
    method: "POST",
    path: "/event",
    security: &[&[&BEARER]],
    ..OperationInfo::PLAIN
};

/// Something has happened
///
/// A request of [`Webhooks::event`], `POST /event`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Event {
    request: Request,
}

impl Event {
    fn decode(response: RawResponse) -> Result<Response<()>, Error<NoError>> {
        match response.status().as_u16() {
            204 => response.into_empty(()),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { Event: EVENT => (), NoError }

static GET_EVENT: OperationInfo = OperationInfo {
    id: "get_event",
    method: "GET",
    path: "/event",
    accept: Some("text/plain"),
    ..OperationInfo::PLAIN
};

/// Somebody wants to know whether this is the receiver
///
/// A request of [`Webhooks::get_event`], `GET /event`; `.await` sends it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetEvent {
    request: Request,
}

impl GetEvent {
    fn decode(response: RawResponse) -> Result<Response<String>, Error<NoError>> {
        match response.status().as_u16() {
            200 => response.into_text(),
            _ => response.into_unexpected(),
        }
    }
}

sendable! { GetEvent: GET_EVENT => String, NoError }
