//! The description in one typed form, shaped like OpenAPI 3.1.
//!
//! In: [`Sources`](crate::source::Sources) with every file loaded. Out: a [`Document`] with every reference resolved: schemas are ids into
//! one arena, everything else is copied to where it is used. The parts of a schema form a tree; `reference` and discriminators lead from
//! one tree to another, and may form cycles. Swagger 2.0 (`v2.rs`) and OpenAPI 3.x (`v3.rs`) are read into the same types, so that no later
//! stage needs the version. Doesn't know Rust, Rust names, or what anything means on the wire.

mod arena;
mod check;
mod component_names;
mod discriminators;
mod dump;
mod fields;
mod homes;
mod keywords;
mod links;
mod operation;
mod paging;
mod parameters;
mod path_key;
mod prune;
mod read;
mod references;
mod resolve;
mod resources;
mod response_links;
mod responses;
mod schema;
mod select;
mod suggest;
#[cfg(test)]
mod tests;
mod top;
mod types;
mod uri;
mod v2;
mod v3;
mod values;

pub use component_names::component_key;
pub use dump::dump;
pub use fields::{Field, Object, Part, all_fields, passed_over};
pub use homes::{Definition, Homes, belongs_to_file, is_bare, name_definitions, section};
pub use links::{Kind, Reference, References, references};
pub use path_key::PathKey;
pub use prune::Reached;
pub use read::Version;
pub use schema::{
    Additional, Bound, Discriminator, More, Rare, Schema, SchemaId, Types, ValueWords,
};
pub use select::{Choice, Traits, Unmatched};
pub use top::{read, version_of};

use crate::limits::Limits;
use crate::polling::LongRunning;
use crate::source::{Origin, Value};
use crate::spelling::nearest;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// An API description.
#[derive(Debug, Clone)]
pub struct Document {
    /// The version that it declares, such as `2.0` or `3.0.0`.
    pub version: String,
    pub info: Info,
    /// Base URLs of the API; from `host`, `basePath` and `schemes` in Swagger 2.
    pub servers: Vec<Server>,
    /// The paths, in document order.
    pub paths: Vec<PathItem>,
    /// `webhooks` of OpenAPI 3.1, `x-webhooks` before it: requests that the API sends. Their `path` is the name of the webhook.
    pub webhooks: Vec<PathItem>,
    /// The named schemas, in document order: `components.schemas`, or `definitions`.
    pub named_schemas: Vec<(String, SchemaId)>,
    /// The names of the responses, bodies and parameters that references lead to.
    pub definitions: HashMap<Origin, Arc<str>>,
    /// The security schemes, in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// The declared tags.
    pub tags: Vec<Tag>,
    pub external_docs: Option<ExternalDocs>,
    /// Formats that the user has configured a type for.
    pub known_formats: Vec<String>,
    /// The arena of schemas, by [`SchemaId`].
    pub schemas: Vec<Schema>,
    /// The operations and named schemas that the user has left out, and paths without any other operation.
    pub left_out: HashSet<Origin>,
    pub origin: Origin,
}

impl std::ops::Index<SchemaId> for Document {
    type Output = Schema;
    fn index(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0 as usize]
    }
}

/// The Info Object.
#[derive(Debug, Clone, Default)]
pub struct Info {
    /// The name of the API.
    pub title: String,
    /// The version of the API.
    pub version: String,
    /// A one-line summary.
    pub summary: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
    /// A URL.
    pub terms_of_service: Option<String>,
    /// Whom to ask, as written.
    pub contact: Option<Value>,
    /// The licence: its name, where it stands alone, else as written.
    pub license: Option<Value>,
}

impl Info {
    /// The name of the licence.
    #[must_use]
    pub fn license_name(&self) -> Option<&str> {
        let license = self.license.as_ref()?;
        license.get("name").unwrap_or(license).as_str()
    }
}

/// A Server Object.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL with its `{variables}` as written; may be relative.
    pub url: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// The variables in the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The default value.
    pub default: String,
    /// The allowed values; empty for any.
    pub allowed: Vec<String>,
    /// CommonMark text.
    pub description: Option<String>,
}

/// A declared tag.
#[derive(Debug, Clone)]
pub struct Tag {
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// The documentation elsewhere.
    pub external_docs: Option<ExternalDocs>,
}

/// A link to documentation.
#[derive(Debug, Clone, PartialEq)]
pub struct ExternalDocs {
    /// The URL.
    pub url: String,
    /// CommonMark text.
    pub description: Option<String>,
}

/// A path with its operations.
#[derive(Debug, Clone)]
pub struct PathItem {
    /// The key as written, such as `/pets/{id}`; [`PathKey`] splits it.
    pub path: String,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    pub origin: Origin,
}

/// An Operation Object, with what it inherits from its path and the document.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The method, in upper case.
    pub method: String,
    /// `operationId`.
    pub id: Option<String>,
    /// A one-line summary.
    pub summary: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
    pub tags: Vec<String>,
    pub deprecated: bool,
    /// The names of extensions of the operation or its path that are `true`, such as `x-internal`.
    pub marks: Vec<Arc<str>>,
    /// `x-api-path-slug`: the name that an APIs.json index has for it.
    pub slug: Option<String>,
    /// Whether a client may repeat its requests, where extensions or the configuration say so.
    pub idempotent: Option<bool>,
    /// Whether it goes on after its response, where extensions or the configuration say so.
    pub long_running: Option<LongRunning>,
    /// What an extension says of how it lists page by page.
    pub paging: Option<PagingHint>,
    /// `x-body-limit` and `x-time-limit`, or what the configuration says instead.
    pub limits: Limits,
    pub external_docs: Option<ExternalDocs>,
    /// The parameters: those of the path first, unless overridden. Excludes the body and form parameters of Swagger 2.
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    /// The responses, in document order.
    pub responses: Vec<Response>,
    /// The alternative security requirements that apply: those of the operation, else those of the document. Empty if none is needed.
    pub security: Vec<SecurityRequirement>,
    /// The servers of the operation, or of its path; empty if those of the document apply.
    pub servers: Vec<Server>,
    /// Requests that the API sends because of this operation. Operations of callbacks have no callbacks themselves.
    pub callbacks: Vec<Callback>,
    pub origin: Origin,
}

/// An extension that says how an operation lists page by page, as it is written.
#[derive(Debug, Clone)]
pub struct PagingHint {
    pub vendor: PagingVendor,
    pub value: serde_json::Value,
    pub origin: Origin,
}

/// Whose extension it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagingVendor {
    Speakeasy,
    Fern,
    Microsoft,
    /// The value says what Speakeasy's would, as the extension itself is scattered.
    Stainless,
}

impl PagingVendor {
    /// Those of operations; the first of these counts.
    pub const WHOLE: [Self; 3] = [Self::Speakeasy, Self::Fern, Self::Microsoft];

    /// The name of the extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Speakeasy => "x-speakeasy-pagination",
            Self::Fern => "x-fern-pagination",
            Self::Microsoft => "x-ms-pageable",
            Self::Stainless => "x-stainless-pagination-property",
        }
    }
}

/// A Callback Object.
#[derive(Debug, Clone)]
pub struct Callback {
    /// The name in the operation.
    pub name: String,
    /// The requests; each `path` is a runtime expression.
    pub items: Vec<PathItem>,
    pub origin: Origin,
}

/// The location of a parameter (`in`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// A Parameter Object.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // the words of the specification
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    pub location: Location,
    /// CommonMark text.
    pub description: Option<String>,
    pub required: bool,
    pub deprecated: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// How the value is serialized.
    pub format: ParameterFormat,
    pub origin: Origin,
}

/// How the value of a parameter is serialized.
#[derive(Debug, Clone)]
pub enum ParameterFormat {
    /// With a style.
    Style {
        /// The style, or the default of the location. Swagger 2's `collectionFormat` is converted.
        style: Style,
        /// `explode`, or the default of the style.
        explode: bool,
        schema: SchemaId,
    },
    /// As a document of a media type (`content`).
    Content(MediaType),
}

/// The styles of OpenAPI 3, and two of Swagger 2 that have no equivalent there.
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
    pub required: bool,
    /// The alternative media types, in document order. Swagger 2's `formData` parameters become one object schema with
    /// `application/x-www-form-urlencoded` or `multipart/form-data`.
    pub content: Vec<MediaType>,
    pub origin: Origin,
}

/// A Media Type Object.
#[derive(Debug, Clone)]
pub struct MediaType {
    /// The media type or range as written: `application/json`, `image/*`.
    pub name: String,
    /// The schema of the body; `None` if there is none.
    pub schema: Option<SchemaId>,
    /// `itemSchema` of OpenAPI 3.2: the schema of each item of a stream.
    pub item_schema: Option<SchemaId>,
    /// `encoding`, by property.
    pub encoding: Vec<(String, Encoding)>,
    pub examples: Vec<Example>,
    pub origin: Origin,
}

/// An example of a media type.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The key in `examples`; `None` for `example`.
    pub name: Option<String>,
    pub value: Value,
}

/// How a property of a form is serialized (an Encoding Object).
#[derive(Debug, Clone)]
pub struct Encoding {
    /// The allowed media types of the part.
    pub content_type: Option<String>,
    /// The headers of the part.
    pub headers: Vec<Header>,
    pub style: Option<Style>,
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
}

/// The statuses that a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusKey {
    /// A single status code.
    Code(u16),
    /// `4XX`, as its first digit.
    Range(u8),
    /// `default`.
    Default,
}

/// A Response Object.
#[derive(Debug, Clone)]
pub struct Response {
    /// The statuses that it is for.
    pub status: StatusKey,
    /// CommonMark text.
    pub description: String,
    pub headers: Vec<Header>,
    /// The alternative media types; empty if there is no body.
    pub content: Vec<MediaType>,
    /// What may follow.
    pub links: Vec<Link>,
    pub origin: Origin,
}

/// A Link Object: how the values of a response are used in another request.
#[derive(Debug, Clone)]
pub struct Link {
    /// The name in `links`.
    pub name: String,
    pub target: LinkTarget,
    /// The values of parameters, which are named `id` or `path.id`: runtime expressions or constants, as written.
    pub parameters: Vec<(String, Value)>,
    /// `requestBody`, as written.
    pub body: Option<Value>,
    /// CommonMark text.
    pub description: Option<String>,
    /// The URL of its own server.
    pub server: Option<String>,
    pub origin: Origin,
}

/// The operation that a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// `operationId`.
    Id(String),
    /// `operationRef`, as written, and where it leads.
    Place(String, Origin),
    /// An `operationRef` that leads nowhere.
    Unknown(String),
    /// Neither is there.
    None,
}

/// A header of a response or a part.
#[derive(Debug, Clone)]
pub struct Header {
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    pub required: bool,
    pub deprecated: bool,
    pub schema: Option<SchemaId>,
    pub origin: Origin,
}

/// A Security Scheme Object.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The name in the document.
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    pub kind: SecurityKind,
    pub origin: Origin,
}

/// The kinds of security schemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityKind {
    /// An API key in a header, the query or a cookie.
    ApiKey {
        /// The name of the header, query parameter or cookie.
        name: String,
        /// The API key location; never the path.
        location: Location,
    },
    /// An HTTP authentication scheme (RFC 9110, section 11).
    Http {
        /// The name of the scheme: `bearer`, `basic`, or any other as the document spells it.
        scheme: String,
        /// `bearerFormat`.
        bearer_format: Option<String>,
    },
    /// OAuth 2.
    OAuth2 {
        flows: Vec<OAuthFlow>,
        /// The URL of the server's metadata.
        metadata_url: Option<String>,
    },
    /// OpenID Connect.
    OpenIdConnect {
        /// The URL of the discovery document.
        url: String,
    },
    /// A TLS client certificate.
    MutualTls,
}

/// An OAuth 2 flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthFlow {
    /// `implicit`, `password`, `clientCredentials`, `authorizationCode` or `deviceAuthorization`.
    pub name: String,
    /// The authorization endpoint.
    pub authorization_url: Option<String>,
    /// The token endpoint.
    pub token_url: Option<String>,
    /// The refresh endpoint.
    pub refresh_url: Option<String>,
    /// Scopes with their descriptions.
    pub scopes: Vec<(String, String)>,
}

/// An alternative of a security requirement: schemes that are needed together. Empty if no credentials are needed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SecurityRequirement {
    /// Names of schemes with the required scopes.
    pub schemes: Vec<(String, Vec<String>)>,
}

impl Document {
    /// Says of operations, each by its operationId or as `METHOD /path` (for webhooks and callbacks by
    /// `METHOD` and the name or URL), whether a client may repeat their requests.
    pub fn set_idempotent(&mut self, said: &[(String, bool)]) {
        for item in &mut self.paths {
            let path = &item.path;
            for operation in &mut item.operations {
                let mut meant = said
                    .iter()
                    .filter(|(name, _)| is_meant(name, operation, path));
                operation.idempotent = meant.next().map(|said| said.1).or(operation.idempotent);
            }
        }
    }

    /// Says of operations, named as for [`set_idempotent`](Self::set_idempotent), whether they go on after their response, instead of what
    /// extensions say.
    pub fn set_long_running(&mut self, said: &[(String, Option<LongRunning>)]) {
        for item in &mut self.paths {
            let path = &item.path;
            for operation in &mut item.operations {
                let mut meant = said
                    .iter()
                    .filter(|(name, _)| is_meant(name, operation, path));
                if let Some((_, said)) = meant.next() {
                    let result = operation.long_running.take().and_then(|one| one.result);
                    operation.long_running =
                        said.clone().map(|said| LongRunning { result, ..said });
                }
            }
        }
    }

    /// Sets the limits of operations, which are named as for [`set_idempotent`](Self::set_idempotent), instead of their own.
    pub fn limit(&mut self, limits: &[(String, Limits)]) {
        for items in [&mut self.paths, &mut self.webhooks] {
            limit(items, limits);
            let operations = items.iter_mut().flat_map(|item| &mut item.operations);
            for callback in operations.flat_map(|operation| &mut operation.callbacks) {
                limit(&mut callback.items, limits);
            }
        }
    }

    /// The indexes of names, as for [`set_idempotent`](Self::set_idempotent), that match no operation, each with a similar name that may have been meant.
    #[must_use]
    pub fn unmatched(&self, names: &[String]) -> Vec<(usize, Option<String>)> {
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

/// Whether a name in the configuration means an operation of a path.
fn is_meant(name: &str, operation: &Operation, path: &str) -> bool {
    let endpoint = || format!("{} {path}", operation.method);
    operation.id.as_deref() == Some(name) || name.eq_ignore_ascii_case(&endpoint())
}

fn limit(items: &mut [PathItem], limits: &[(String, Limits)]) {
    for PathItem {
        path, operations, ..
    } in items
    {
        for operation in operations {
            let meant = limits
                .iter()
                .filter(|(name, _)| is_meant(name, operation, path));
            let set = meant.fold(operation.limits, |limits, (_, own)| own.or(limits));
            operation.limits = set;
        }
    }
}
