//! The description in one typed form, shaped like OpenAPI 3.1.
//!
//! In: [`Sources`](crate::source::Sources) with every file loaded. Out: a [`Document`] in which every reference has been
//! followed: schemas are ids into one arena, everything else stands where it is used. The parts of a schema form a tree;
//! `reference` and discriminators lead from one tree to another, and so to cycles. Swagger 2.0
//! (`v2.rs`) and OpenAPI 3.x (`v3.rs`) read into the same types, so that no later stage asks for the version.
//! Doesn't know Rust, names, or what any of it means on the wire.

mod arena;
mod check;
mod discriminators;
mod dump;
mod fields;
mod keywords;
mod operation;
mod parameters;
mod path_key;
mod read;
mod references;
mod resolve;
mod resources;
mod responses;
mod schema;
mod suggest;
#[cfg(test)]
mod tests;
mod top;
mod types;
mod uri;
mod v2;
mod v3;
mod values;

pub use dump::dump;
pub use fields::{all_fields, passed_over};
pub use path_key::PathKey;
pub use schema::{
    Additional, Bound, Discriminator, More, Rare, Schema, SchemaId, Types, ValueWords,
};
pub use top::read;

use crate::source::{Origin, Value};
use crate::spelling::nearest;

/// One API description.
#[derive(Debug, Clone)]
pub struct Document {
    /// The version line it was read from, `2.0` or `3.0.0`.
    pub version: String,
    /// `info`.
    pub info: Info,
    /// Where the API is; from `host`, `basePath` and `schemes` in Swagger 2.
    pub servers: Vec<Server>,
    /// The paths, in the order of the document.
    pub paths: Vec<PathItem>,
    /// The webhooks of OpenAPI 3.1, `x-webhooks` before it: requests that the API sends. Their `path` is the name of the webhook.
    pub webhooks: Vec<PathItem>,
    /// The named schemas, in the order of the document: `components.schemas`, `definitions`.
    pub named_schemas: Vec<(String, SchemaId)>,
    /// The security schemes, in the order of the document.
    pub security_schemes: Vec<SecurityScheme>,
    /// The tags that are described.
    pub tags: Vec<Tag>,
    /// The documentation elsewhere.
    pub external_docs: Option<ExternalDocs>,
    /// The formats that somebody knows what to do with, whatever the document says of them.
    pub known_formats: Vec<String>,
    /// Every schema that was read.
    pub schemas: Vec<Schema>,
    /// Where it stands.
    pub origin: Origin,
}

impl std::ops::Index<SchemaId> for Document {
    type Output = Schema;
    fn index(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0 as usize]
    }
}

/// `info`.
#[derive(Debug, Clone, Default)]
pub struct Info {
    /// The name of the API.
    pub title: String,
    /// The version of the description.
    pub version: String,
    /// One line.
    pub summary: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
    /// A link.
    pub terms_of_service: Option<String>,
    /// The name of the licence.
    pub license: Option<String>,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL, with `{variables}` as written; may be relative.
    pub url: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// The variables of the URL: name, default, allowed values (empty: any).
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// The name in the braces.
    pub name: String,
    /// What it stands for when nobody says.
    pub default: String,
    /// The values it may have; empty for any.
    pub allowed: Vec<String>,
    /// CommonMark text.
    pub description: Option<String>,
}

/// A tag that the document describes.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The name.
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
}

/// A link to documentation.
#[derive(Debug, Clone, PartialEq)]
pub struct ExternalDocs {
    /// The link.
    pub url: String,
    /// CommonMark text.
    pub description: Option<String>,
}

/// A path with its operations.
#[derive(Debug, Clone)]
pub struct PathItem {
    /// The key as written, `/pets/{id}`; [`PathKey`] takes it apart.
    pub path: String,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// Where it stands.
    pub origin: Origin,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The method, in upper case.
    pub method: String,
    /// The `operationId`.
    pub id: Option<String>,
    /// One line.
    pub summary: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// `x-api-path-slug`: the name that an APIs.json index gives it.
    pub slug: Option<String>,
    /// The documentation elsewhere.
    pub external_docs: Option<ExternalDocs>,
    /// The parameters, those of the path first unless overridden; without Swagger 2's body and form parameters.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The responses, in the order of the document.
    pub responses: Vec<Response>,
    /// The alternatives of the security that applies: the operation's, else the document's. Empty: none is needed.
    pub security: Vec<SecurityRequirement>,
    /// Its own servers, or those of its path; empty: those of the document.
    pub servers: Vec<Server>,
    /// Requests that the API sends on account of this one; those of a callback have none of their own.
    pub callbacks: Vec<Callback>,
    /// Where it stands.
    pub origin: Origin,
}

/// A callback.
#[derive(Debug, Clone)]
pub struct Callback {
    /// Its name in the operation.
    pub name: String,
    /// What is sent; the `path` of each is a runtime expression.
    pub items: Vec<PathItem>,
    /// Where it stands.
    pub origin: Origin,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// A parameter.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // the words of the specification
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// CommonMark text.
    pub description: Option<String>,
    /// Whether it has to be there.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// How it is written.
    pub format: ParameterFormat,
    /// Where it stands.
    pub origin: Origin,
}

/// How a parameter's value is written.
#[derive(Debug, Clone)]
pub enum ParameterFormat {
    /// By a style.
    Style {
        /// The style; the default of the location when none is given. Swagger 2's `collectionFormat` is read into it.
        style: Style,
        /// `explode`, or the default of the style.
        explode: bool,
        /// The schema.
        schema: SchemaId,
    },
    /// As a document of a media type (`content`).
    Content(MediaType),
}

/// The styles of OpenAPI 3, and two of Swagger 2 that it has no word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the words of the specification
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// Swagger 2 `collectionFormat: tsv`.
    TabDelimited,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// CommonMark text.
    pub description: Option<String>,
    /// Whether it has to be there.
    pub required: bool,
    /// The media types it may have, in the order of the document. Swagger 2's `formData` parameters are one object schema
    /// under `application/x-www-form-urlencoded` or `multipart/form-data`.
    pub content: Vec<MediaType>,
    /// Where it stands.
    pub origin: Origin,
}

/// One media type of a body or a response.
#[derive(Debug, Clone)]
pub struct MediaType {
    /// The media type or range as written: `application/json`, `image/*`.
    pub name: String,
    /// The schema of the whole; `None`: nothing is said.
    pub schema: Option<SchemaId>,
    /// `itemSchema` of OpenAPI 3.2: the schema of each item of a stream.
    pub item_schema: Option<SchemaId>,
    /// `encoding` by property.
    pub encoding: Vec<(String, Encoding)>,
    /// Examples.
    pub examples: Vec<Value>,
    /// Where it stands.
    pub origin: Origin,
}

/// How one property of a form is written.
#[derive(Debug, Clone)]
pub struct Encoding {
    /// The media types the part may have.
    pub content_type: Option<String>,
    /// The headers of the part.
    pub headers: Vec<Header>,
    /// The style.
    pub style: Option<Style>,
    /// `explode`.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
}

/// Which statuses a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusKey {
    /// One status.
    Code(u16),
    /// `4XX`: the leading digit.
    Range(u8),
    /// `default`.
    Default,
}

/// A response.
#[derive(Debug, Clone)]
pub struct Response {
    /// For which statuses.
    pub status: StatusKey,
    /// CommonMark text.
    pub description: String,
    /// The headers.
    pub headers: Vec<Header>,
    /// The media types it may have; empty: no body.
    pub content: Vec<MediaType>,
    /// Where it stands.
    pub origin: Origin,
}

/// A header of a response or a part.
#[derive(Debug, Clone)]
pub struct Header {
    /// The name.
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// Whether it has to be there.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The schema.
    pub schema: Option<SchemaId>,
    /// Where it stands.
    pub origin: Origin,
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// What it is.
    pub kind: SecurityKind,
    /// Where it stands.
    pub origin: Origin,
}

/// The kinds of security schemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// The name of the header, query parameter or cookie.
        name: String,
        /// Where it goes; never the path.
        location: Location,
    },
    /// An HTTP authentication scheme (RFC 9110 section 11), in lower case: `bearer`, `basic`, …
    Http {
        /// The scheme.
        scheme: String,
        /// `bearerFormat`.
        bearer_format: Option<String>,
    },
    /// OAuth 2 with its flows.
    OAuth2 {
        /// The flows.
        flows: Vec<OAuthFlow>,
    },
    /// OpenID Connect.
    OpenIdConnect {
        /// The discovery document.
        url: String,
    },
    /// A client certificate.
    MutualTls,
}

/// A flow of OAuth 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthFlow {
    /// `implicit`, `password`, `clientCredentials`, `authorizationCode`, `deviceAuthorization`.
    pub name: String,
    /// Where users authorize.
    pub authorization_url: Option<String>,
    /// Where tokens come from.
    pub token_url: Option<String>,
    /// Where tokens are refreshed.
    pub refresh_url: Option<String>,
    /// Scope and what it allows.
    pub scopes: Vec<(String, String)>,
}

/// One alternative of a security requirement: schemes that are needed together. Empty: nothing is needed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SecurityRequirement {
    /// Scheme and scopes.
    pub schemes: Vec<(String, Vec<String>)>,
}

impl Document {
    /// Leaves out operations, each named by its operationId or as `METHOD /path`; of a webhook or a callback by `METHOD` and its
    /// name or its URL. Out come the numbers of the names that are no operation's, each with the one that may have been meant.
    pub fn skip(&mut self, names: &[String]) -> Vec<(usize, Option<String>)> {
        let unmatched = self.unmatched(names);
        for items in [&mut self.paths, &mut self.webhooks] {
            skip(items, names);
            let operations = items.iter_mut().flat_map(|item| &mut item.operations);
            for callback in operations.flat_map(|operation| &mut operation.callbacks) {
                skip(&mut callback.items, names);
            }
        }
        unmatched
    }

    fn unmatched(&self, names: &[String]) -> Vec<(usize, Option<String>)> {
        if names.is_empty() {
            return Vec::new();
        }
        let mut known = Vec::new();
        for item in self.paths.iter().chain(&self.webhooks) {
            names_of(item, &mut known);
            let callbacks = item.operations.iter().flat_map(|one| &one.callbacks);
            for item in callbacks.flat_map(|callback| &callback.items) {
                names_of(item, &mut known);
            }
        }
        let is_known = |name: &str| {
            known
                .iter()
                .any(|(id, endpoint)| id == name || name.eq_ignore_ascii_case(endpoint))
        };
        let meant = |name: &str| {
            let known = known.iter().flat_map(|(id, endpoint)| [&**id, endpoint]);
            nearest(name, known).map(str::to_owned)
        };
        let unmatched = names.iter().enumerate().filter(|(_, name)| !is_known(name));
        unmatched
            .map(|(number, name)| (number, meant(name)))
            .collect()
    }
}

/// The operationId (empty if there is none) and `METHOD /path` of each operation.
fn names_of(item: &PathItem, names: &mut Vec<(String, String)>) {
    names.extend(item.operations.iter().map(|operation| {
        let id = operation.id.clone().unwrap_or_default();
        (id, format!("{} {}", operation.method, item.path))
    }));
}

fn skip(items: &mut Vec<PathItem>, names: &[String]) {
    for item in items.iter_mut() {
        let path = &item.path;
        item.operations.retain(|operation| {
            let endpoint = format!("{} {path}", operation.method);
            !names.iter().any(|name| {
                operation.id.as_ref() == Some(name) || name.eq_ignore_ascii_case(&endpoint)
            })
        });
    }
    items.retain(|item| !item.operations.is_empty());
}
