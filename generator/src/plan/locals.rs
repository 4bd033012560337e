//! What generated functions call their own arguments and locals where these stand among names of the description, which keep theirs.

use super::names;
use super::operations::{Body, Parameter, Payload};
use super::rust::Ident;

/// The names of an operation's functions beside those of its parameters.
#[derive(Debug, Clone)]
pub struct Locals {
    /// The request that the client's method makes: `request`.
    pub request: Ident,
    /// The call that the server's method is given: `call`.
    pub call: Ident,
    /// The parameters beside those of the path, of the server's method: `params`.
    pub params: Ident,
    /// The body: `body`.
    pub body: Ident,
    /// The parts that a form of the client is made of: `parts`.
    pub parts: Ident,
}

impl Locals {
    /// Of an operation with these arguments and this body.
    pub(super) fn beside<'p>(
        arguments: impl Iterator<Item = &'p Parameter>,
        body: Option<&Body>,
    ) -> Self {
        let arguments: Vec<&str> = arguments.map(|one| one.name.as_str()).collect();
        let contents = body.into_iter().flat_map(|body| &body.contents);
        let parts = contents.flat_map(|content| match &content.payload {
            Payload::Multipart(parts) => parts.as_slice(),
            _ => &[],
        });
        let parts: Vec<&str> = parts.map(|part| part.name.as_str()).collect();
        Self {
            request: names::local("request", &arguments),
            call: names::local("call", &arguments),
            params: names::local("params", &arguments),
            body: names::local("body", &arguments),
            parts: names::local("parts", &parts),
        }
    }
}
