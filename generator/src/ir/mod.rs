//! What an API says on the wire: the facts that types, client and server are planned from.
//!
//! In: nothing; `lower` builds it. Out: [`Api`], ids into one arena, an [`Origin`] on every definition, a readable
//! [`dump`](Api::dump). Doesn't know versions of OpenAPI, Rust names, or tokens.

mod dump;
mod operation;
mod rules;
mod types;
mod xml;

pub use operation::{
    Body, BodyContent, Cause, Content, FixedQuery, Form, Header, Kind, Location, Multipart,
    Operation, Parameter, ParameterStyle, Part, PartContent, Path, Requirement, Response,
    Responses, Segment, SegmentPart, Status, Style, essence, is_merge_patch, is_token,
};
pub use rules::{Rule, RuleId, Rules};
pub use types::{
    Array, Bounds, Closedness, Direction, Enum, EnumKind, Grammar, Groups, IntegerFormat, Item,
    Length, Listed, Map, NumberFormat, Object, Presence, Property, Role, Shape, Shared,
    StringFormat, Text, TypeDef, TypeId, Union, UnionKind, Variant,
};
pub use xml::{XmlMember, XmlName, XmlNode, XmlRef, XmlShape, XmlType};

use crate::source::Origin;
use std::collections::BTreeMap;

/// One API.
#[derive(Debug, Clone)]
pub struct Api {
    /// Its name, for people.
    pub title: String,
    /// The version of its description.
    pub version: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// Where it is: absolute or relative URLs, variables replaced by their defaults.
    pub servers: Vec<Server>,
    /// How callers prove who they are.
    pub schemes: Vec<SecurityScheme>,
    /// Tags that are described: name and CommonMark text.
    pub tags: Vec<(String, Option<String>)>,
    /// Every type; [`TypeId`] is an index.
    pub types: Vec<TypeDef>,
    /// What types have to satisfy that their shapes don't say; [`RuleId`] is an index.
    pub rules: Vec<Rules>,
    /// How types stand in XML: those that bodies in XML are made of.
    pub xml: BTreeMap<TypeId, XmlType>,
    /// The types that have one of the formats that somebody asked for, with its position among those.
    pub formats: BTreeMap<TypeId, usize>,
    /// What the description suggests as types of its readers' languages, as written: `x-rust-type`.
    pub suggested: BTreeMap<TypeId, serde_json::Value>,
    /// The operations: calls in the order of the document, then webhooks, then callbacks.
    pub operations: Vec<Operation>,
}

impl std::ops::Index<TypeId> for Api {
    type Output = TypeDef;
    fn index(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its URL, with variables replaced by their defaults.
    pub url: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// The URL as written, if it has variables: `https://{region}.example.com`.
    pub template: Option<String>,
    /// The variables of the URL, in its order.
    pub variables: Vec<Variable>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What it stands for when nobody says.
    pub default: String,
    /// The values that it may have; empty for any.
    pub allowed: Vec<String>,
    /// CommonMark text.
    pub description: Option<String>,
}

impl Server {
    /// The path of the URL, without a slash at its end: `/api/v4`, or nothing.
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

/// A way to prove who is calling.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// Its name in the description.
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// What is sent.
    pub credential: Credential,
    /// Where it stands.
    pub origin: Origin,
}

/// What a security scheme sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer …` (RFC 6750): HTTP bearer, OAuth 2, OpenID Connect.
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A key in a header.
    Header(String),
    /// A key in the query.
    Query(String),
    /// A key in a cookie.
    Cookie(String),
    /// Nothing in the request: a client certificate, or a key that is a parameter of the path.
    External,
}
