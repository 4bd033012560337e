//! Signed requests: webhooks and callbacks of senders that prove who they are. Needs `builder.rs`, `operation.rs`, `problem.rs`, `service.rs`,
//! `signature.rs` (feature `signatures`).
#![cfg(feature = "signatures")]

use http::StatusCode;

use super::{Operation, Problem, ServerBuilder, SignatureError, Signatures};

impl<P, A, R> ServerBuilder<P, A, R> {
    /// Has the signature of each request of some operations verified before anything of it is decoded: the response is 401 if that fails.
    /// The whole body is read first, up to the limits of the server. Default: signatures aren't looked at.
    ///
    /// ```text
    /// Server::webhooks(receiver).verify(webhooks::OPERATIONS, Signatures::standard([secret])?)
    /// ```
    ///
    /// A message may arrive several times, as senders repeat what they have no response to; its id tells.
    pub fn verify(self, operations: &[&'static Operation], signatures: Signatures) -> Self {
        self.check_bodies(operations.to_vec(), move |headers, body| {
            signatures.verify(headers, body).map_err(problem)
        })
    }
}

/// There is no scheme of HTTP authentication to challenge the sender with.
fn problem(error: SignatureError) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED).with_detail(error.to_string())
}
