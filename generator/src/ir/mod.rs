//! The API on the wire: the facts from which types, client and server are planned.
//!
//! In: nothing; `lower` builds it. Out: [`Api`], ids into arenas, an [`Origin`] for every definition, and a readable [`dump`](Api::dump).
//! Doesn't know OpenAPI versions, Rust names, or tokens.

mod dump;
mod links;
mod listing;
mod operation;
mod rules;
mod types;
mod xml;

pub use links::{Link, LinkSource, LinkTarget, LinkValue};
pub use listing::{Follow, Input, InputPlace, Listing};
pub use operation::{
    Body, BodyContent, Cause, Content, FixedQuery, Form, Header, Kind, Location, Multipart,
    Operation, Parameter, ParameterStyle, Part, PartContent, Path, Requirement, Response,
    Responses, Segment, SegmentPart, Status, Style, essence, is_merge_patch, is_token,
};
pub use rules::{Rule, RuleId, Rules, words_of_pointer};
pub use types::{
    Array, Bounds, Closedness, Direction, Enum, EnumKind, Grammar, Groups, IntegerFormat, Item,
    Length, Listed, Map, NumberFormat, Object, Presence, Property, Role, Shape, Shared,
    StringFormat, Text, TypeDef, TypeId, Union, UnionKind, Variant,
};
pub use xml::{XmlMember, XmlName, XmlNode, XmlRef, XmlShape, XmlType};

use crate::source::Origin;
use std::collections::BTreeMap;

/// An API.
#[derive(Debug, Clone)]
pub struct Api {
    pub title: String,
    /// The version of the API.
    pub version: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// Base URLs: absolute or relative, with variables replaced by their defaults.
    pub servers: Vec<Server>,
    pub schemes: Vec<SecurityScheme>,
    /// Declared tags: name and CommonMark text.
    pub tags: Vec<(String, Option<String>)>,
    /// The arena of types, by [`TypeId`].
    pub types: Vec<TypeDef>,
    /// The arena of rules, by [`RuleId`]: constraints that shapes don't express.
    pub rules: Vec<Rules>,
    /// How types are written in XML, for those that bodies in XML consist of.
    pub xml: BTreeMap<TypeId, XmlType>,
    /// Types with one of the formats that the user has configured a type for, and the index of that format.
    pub formats: BTreeMap<TypeId, usize>,
    /// `x-rust-type`, as written, by type.
    pub suggested: BTreeMap<TypeId, serde_json::Value>,
    /// The operations: calls in document order, then webhooks, then callbacks.
    pub operations: Vec<Operation>,
}

impl std::ops::Index<TypeId> for Api {
    type Output = TypeDef;
    fn index(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }
}

impl Api {
    /// The type that an alias stands for, over several aliases; any other type itself.
    #[must_use]
    pub fn resolved(&self, id: TypeId) -> TypeId {
        let mut at = id;
        // A chain can't be longer than there are types.
        for _ in 0..self.types.len() {
            match self[at].shape {
                Shape::Alias(next) => at = next,
                _ => break,
            }
        }
        at
    }
}

/// A server of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The URL, with variables replaced by their defaults.
    pub url: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// The URL as written, if it has variables: `https://{region}.example.com`.
    pub template: Option<String>,
    /// The variables of the URL, in order.
    pub variables: Vec<Variable>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    pub name: String,
    /// The default value.
    pub default: String,
    /// The allowed values; empty for any.
    pub allowed: Vec<String>,
    /// CommonMark text.
    pub description: Option<String>,
}

impl Server {
    /// The path of the URL without a trailing slash: `/api/v4`, or an empty string.
    #[must_use]
    pub fn base_path(&self) -> &str {
        let after_scheme = self
            .url
            .split_once("://")
            .map_or(self.url.as_str(), |(_, rest)| rest);
        let absolute = self.url.contains("://");
        let path = if absolute {
            after_scheme.find('/').map_or("", |at| &after_scheme[at..])
        } else {
            after_scheme
        };
        path.split(['?', '#'])
            .next()
            .unwrap_or_default()
            .trim_end_matches('/')
    }
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The name in the description.
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    pub credential: Credential,
    /// Where tokens come from, by OAuth 2 or OpenID Connect.
    pub oauth: Option<OAuth>,
    pub origin: Origin,
}

/// Where tokens come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth {
    pub flows: Vec<OAuthFlow>,
    /// The URL of the server's metadata (RFC 8414, or OpenID Connect Discovery).
    pub metadata_url: Option<String>,
}

/// A flow of OAuth 2. URLs may be relative to the API's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthFlow {
    pub grant: Grant,
    /// The authorization endpoint; for devices, the device authorization endpoint.
    pub authorization_url: Option<String>,
    pub token_url: Option<String>,
    pub refresh_url: Option<String>,
    /// Scopes with their descriptions.
    pub scopes: Vec<(String, String)>,
}

/// A way to get tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    AuthorizationCode,
    ClientCredentials,
    DeviceAuthorization,
    Implicit,
    Password,
}

/// The credential that a security scheme sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer …` (RFC 6750): HTTP bearer, OAuth 2, OpenID Connect.
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// `Authorization` with another scheme, of this name (RFC 9110, section 11.4).
    Http(String),
    /// An API key in a header.
    Header(String),
    /// An API key in the query.
    Query(String),
    /// An API key in a cookie.
    Cookie(String),
    /// A client certificate (mutual TLS).
    Certificate,
    /// Outside of the request as generated code sees it: a key that is a path parameter.
    External,
}
