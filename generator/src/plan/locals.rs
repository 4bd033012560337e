//! Names of arguments and locals in generated functions, which yield to names of the description.

use super::names;
use super::rust::Ident;

/// The names in an operation's functions that aren't its parameters'.
#[derive(Debug, Clone)]
pub struct Locals {
    /// The request under construction, in the client's method: `request`.
    pub request: Ident,
    /// The context, in the server's method: `call`.
    pub call: Ident,
    /// The struct of parameters outside of the path, in the server's method: `params`.
    pub params: Ident,
    /// The struct of required parameters, in the client's method: `required`.
    pub required: Ident,
    /// The body: `body`.
    pub body: Ident,
    /// The parts of a form, in the client: `parts`.
    pub parts: Ident,
    /// The function of the client's request that reads a response: `decode`.
    pub decode: Ident,
}

impl Locals {
    /// Chooses the names for an operation with these arguments, these form parts and these setters.
    pub(super) fn beside<'n>(
        arguments: impl Iterator<Item = &'n Ident>,
        parts: impl Iterator<Item = &'n Ident>,
        setters: impl Iterator<Item = &'n Ident>,
    ) -> Self {
        let arguments: Vec<&str> = arguments.map(Ident::as_str).collect();
        let parts: Vec<&str> = parts.map(Ident::as_str).collect();
        let setters: Vec<&str> = setters.map(Ident::as_str).collect();
        Self {
            request: names::local("request", &arguments),
            call: names::local("call", &arguments),
            params: names::local("params", &arguments),
            required: names::local("required", &arguments),
            body: names::local("body", &arguments),
            parts: names::local("parts", &parts),
            decode: names::first_free(&["decode", "decode_response"], &setters),
        }
    }
}
