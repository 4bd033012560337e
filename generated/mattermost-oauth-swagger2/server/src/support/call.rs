//! The context of a request, as a provider gets it. Needs `asked.rs`, `operation.rs`, `reply_headers.rs`, `request_id.rs`, `shutdown.rs`.

use std::sync::Arc;

use http::{Extensions, HeaderMap, Method, Uri};

use super::{Asked, Operation, ReplyHeaders, RequestId, Requirement, Shutdown};

/// The context of a request, in addition to its decoded parameters and body: the caller's session, method, URL and headers.
#[derive(Debug)]
pub struct Call<S = ()> {
    session: S,
    operation: &'static Operation,
    requirement: Option<&'static Requirement>,
    asked: Arc<Asked>,
}

impl<S> Call<S> {
    pub(crate) fn new(
        session: S,
        operation: &'static Operation,
        requirement: Option<&'static Requirement>,
        asked: Arc<Asked>,
    ) -> Self {
        Self {
            session,
            operation,
            requirement,
            asked,
        }
    }

    /// Adds headers to any response, including errors: documented ones, or any in a [`HeaderMap`].
    pub fn add_response_headers(&self, headers: &impl ReplyHeaders) {
        self.asked.add_response_headers(headers);
    }

    /// Returns the caller's session, which the authentication hook created.
    pub fn session(&self) -> &S {
        &self.session
    }

    /// Returns the caller's session, by value.
    pub fn into_session(self) -> S {
        self.session
    }

    /// Returns the operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the alternative of the operation's security by which the caller was authenticated; `None` for an anonymous one.
    pub fn requirement(&self) -> Option<&'static Requirement> {
        self.requirement
    }

    /// Returns the id of the request, if the server gives [ids](super::ServerBuilder::request_ids).
    pub fn request_id(&self) -> Option<&str> {
        RequestId::of(&self.asked.parts).map(RequestId::as_str)
    }

    /// Returns the end of the server, if it has [one](super::ServerBuilder::shutdown), for methods that wait for long.
    pub fn shutdown(&self) -> Option<&Shutdown> {
        self.asked.parts.extensions.get()
    }

    /// Returns the method, which may be `HEAD` for a `GET` operation.
    pub fn method(&self) -> &Method {
        &self.asked.parts.method
    }

    /// Returns the URL.
    pub fn uri(&self) -> &Uri {
        &self.asked.parts.uri
    }

    /// Returns the headers of the request.
    pub fn headers(&self) -> &HeaderMap {
        &self.asked.parts.headers
    }

    /// Returns the extensions that middleware has added.
    pub fn extensions(&self) -> &Extensions {
        &self.asked.parts.extensions
    }
}
