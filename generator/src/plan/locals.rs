//! What generated functions call their own arguments and locals where these stand among names of the description, which keep theirs.

use super::names;
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
    /// What is required by name, of the client's method: `required`.
    pub required: Ident,
    /// The body: `body`.
    pub body: Ident,
    /// The parts that a form of the client is made of: `parts`.
    pub parts: Ident,
}

impl Locals {
    /// Of an operation with these arguments, and these parts of its form.
    pub(super) fn beside<'n>(
        arguments: impl Iterator<Item = &'n Ident>,
        parts: impl Iterator<Item = &'n Ident>,
    ) -> Self {
        let arguments: Vec<&str> = arguments.map(Ident::as_str).collect();
        let parts: Vec<&str> = parts.map(Ident::as_str).collect();
        Self {
            request: names::local("request", &arguments),
            call: names::local("call", &arguments),
            params: names::local("params", &arguments),
            required: names::local("required", &arguments),
            body: names::local("body", &arguments),
            parts: names::local("parts", &parts),
        }
    }
}
