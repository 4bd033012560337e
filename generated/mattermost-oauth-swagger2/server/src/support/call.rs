//! What a provider is told of a request. Needs `answer_headers.rs`, `asked.rs`, `operation.rs`.

use std::sync::Arc;

use http::{Extensions, HeaderMap, Method, Uri};

use super::{AnswerHeaders, Asked, Operation};

/// A request as a provider sees it, besides the decoded parameters and body: who calls, and how.
#[derive(Debug)]
pub struct Call<S = ()> {
    session: S,
    operation: &'static Operation,
    asked: Arc<Asked>,
}

impl<S> Call<S> {
    pub(crate) fn new(session: S, operation: &'static Operation, asked: Arc<Asked>) -> Self {
        Self {
            session,
            operation,
            asked,
        }
    }

    /// Adds headers to the answer, whatever it will be: those that the description lists, or any in a [`HeaderMap`].
    pub fn answer_with(&self, headers: &impl AnswerHeaders) {
        self.asked.answer_with(headers);
    }

    /// What the authentication hook said of the caller.
    pub fn session(&self) -> &S {
        &self.session
    }

    /// What the authentication hook said of the caller, by value.
    pub fn into_session(self) -> S {
        self.session
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The method: `HEAD` may arrive at the operation of `GET`.
    pub fn method(&self) -> &Method {
        &self.asked.parts.method
    }

    /// The URL.
    pub fn uri(&self) -> &Uri {
        &self.asked.parts.uri
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.asked.parts.headers
    }

    /// What middleware has added.
    pub fn extensions(&self) -> &Extensions {
        &self.asked.parts.extensions
    }
}
