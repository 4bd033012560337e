//! Planned operations, the same for client and server: names, arguments, responses, errors, security.

use super::doc::Doc;
use super::links::Link;
use super::locals::Locals;
use super::pages::Paging;
pub use super::parameter::{Literal, Parameter};
use super::routes::Routes;
use super::rust::{Ident, Ty};
use super::types::Check;
use super::{Kind, Status, Style};
use crate::limits::Limits;
use crate::polling::LongRunning;

/// The kind of a group's operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKind {
    /// Operations with a tag: a module of the client, a trait of the server.
    Calls,
    /// The webhooks: a trait of the server.
    Webhooks,
    /// The callbacks: a trait of the server.
    Callbacks,
}

impl GroupKind {
    /// The word for one of its operations: `operation`, `webhook`, `callback`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Calls => "operation",
            Self::Webhooks => "webhook",
            Self::Callbacks => "callback",
        }
    }
}

/// Webhooks or callbacks, which are handled by a server of their own.
#[derive(Debug, Clone)]
pub struct Receiver {
    pub group: Group,
    /// The marker type of their server: `WebhookRequests`.
    pub requests: Ident,
    /// Their routes; operations are numbered within the group.
    pub routes: Routes,
}

/// The operations of a tag, or all webhooks, or all callbacks.
#[derive(Debug, Clone)]
pub struct Group {
    pub kind: GroupKind,
    /// The module, and the method of client or server that leads to it: `oauth`.
    pub module: Ident,
    /// A struct in the client, a trait in the server: `OauthApi`.
    pub api: Ident,
    pub doc: Doc,
    /// The cargo feature that enables it, if any.
    pub feature: Option<String>,
    /// With a feature, the trait of the server that requires [`api`](Self::api) only if that is compiled: `WantedIssuesApi`.
    pub stand_in: Option<Ident>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The client's example of it.
    pub example: Option<GroupExample>,
}

/// A program that calls operations of a group.
#[derive(Debug, Clone)]
pub struct GroupExample {
    /// The file in `examples/`, without `.rs`.
    pub name: String,
    /// The indexes of the operations.
    pub operations: Vec<usize>,
}

impl Group {
    /// Whether any of its operations requires credentials.
    #[must_use]
    pub fn is_secured(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| operation.security != Security::Public)
    }
}

/// A planned operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The method: `create_oauth_app`.
    pub name: Ident,
    /// The client's request type: `CreateOAuthApp`.
    pub request: Ident,
    /// The static with its metadata: `CREATE_OAUTH_APP`.
    pub constant: Ident,
    /// The error type of the server's method, and of the client's if errors differ by status: `CreateOAuthAppError`.
    pub error: Ident,
    /// The result type if there are several successes: `CreateOAuthAppResponse`.
    pub response: Ident,
    /// The server's struct of parameters outside of the path: `CreateOAuthAppParams`.
    pub params: Ident,
    /// The enum of body contents, if there are several: `CreateOAuthAppPayload`.
    pub payload: Ident,
    /// The multipart form of the body: `CreateOAuthAppForm`.
    pub form: Ident,
    /// The struct of the client's required arguments outside of the path, if these could be confused: `CreateOAuthAppRequired`.
    pub required: Option<Ident>,
    /// The struct of the form's required parts, if these could be confused: `CreateOAuthAppFormRequired`.
    pub form_required: Option<Ident>,
    /// The struct of the server's required parameters, if these could be confused: `CreateOAuthAppParamsRequired`.
    pub params_required: Option<Ident>,
    /// The name in messages: the operationId, or method and path.
    pub id: String,
    pub doc: Doc,
    /// The summary as one line; may be empty.
    pub summary: Doc,
    pub deprecated: bool,
    /// The method, in upper case.
    pub method: String,
    /// The path relative to the server.
    pub path: String,
    /// The fixed query as it is in a URL; usually empty.
    pub query: String,
    /// The tags, as written.
    pub tags: Vec<String>,
    /// Its own limits in servers.
    pub limits: Limits,
    /// The path parameters, in the order of the path.
    pub path_parameters: Vec<Parameter>,
    /// All other parameters, in document order.
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    /// The media types of responses: what the client accepts and the server may send.
    pub produces: Vec<String>,
    /// Redirects that are documented responses.
    pub redirects: Vec<u16>,
    pub security: Security,
    /// Whether a client may repeat its requests, where description or configuration say more than its method.
    pub idempotent: Option<bool>,
    /// The header of idempotency keys.
    pub idempotency_key: Option<String>,
    /// The URL of its own server.
    pub server: Option<String>,
    /// Names in generated functions that don't come from the description.
    pub locals: Locals,
    /// The struct of response headers, in the module of these.
    pub headers: Option<Ident>,
    /// Its alias for the operation: `GetAppsHeaders`.
    pub own_headers: Ident,
    /// The result of a successful call.
    pub success: Success,
    /// How its pages follow each other, if it lists page by page.
    pub paging: Option<Paging>,
    /// How a client knows that it is done, if it goes on after its response.
    pub long_running: Option<LongRunning>,
    /// Whether it would list page by page if anything said whether pages count from 0 or from 1.
    pub is_page_unsettled: bool,
    /// The error body in the client.
    pub failure: Failure,
    /// The trait with the methods of its links: `CreatePetLinks`.
    pub link_trait: Ident,
    /// What may follow its successful responses.
    pub links: Vec<Link>,
    /// All documented errors.
    pub errors: Vec<Outcome>,
    /// By status, media types of errors that may also be text or bytes, which aren't decoded.
    pub untyped_errors: Vec<(Status, Vec<String>)>,
}

impl Operation {
    /// Whether the caller chooses between JSON and XML for a response.
    #[must_use]
    pub fn responds_as_accepted(&self) -> bool {
        Outcome::any_is_choice(self.success.outcomes()) || Outcome::any_is_choice(&self.errors)
    }

    /// The required parameters outside of the path, by name, so that the order of the description doesn't matter.
    #[must_use]
    pub fn required_parameters(&self) -> Vec<&Parameter> {
        let parameters = self.parameters.iter();
        let mut required: Vec<&Parameter> = parameters.filter(|one| one.required).collect();
        required.sort_by(|a, b| a.name.plain().cmp(b.name.plain()));
        required
    }

    /// Whether a short example can call it: with simple arguments, and a body that isn't structured.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        let body = self.body.as_ref().filter(|body| body.required);
        let simple = body.is_none_or(|body| {
            let held = body.only().map(|content| &content.payload);
            matches!(
                held,
                Some(Payload::Json(_) | Payload::Xml(_) | Payload::Text | Payload::Bytes)
            )
        });
        let mut parameters = self
            .path_parameters
            .iter()
            .chain(&self.parameters)
            .filter(|parameter| parameter.required);
        simple && parameters.all(|parameter| parameter.ty.is_simple())
    }
}

/// A set of response headers.
#[derive(Debug, Clone)]
pub struct Headers {
    /// The struct: `LinkHeaders`.
    pub name: Ident,
    /// The headers, by name.
    pub fields: Vec<HeaderField>,
    /// The struct of the required headers that `new` of the server takes, if they could be confused.
    pub required: Option<Ident>,
}

/// A header of a response.
#[derive(Debug, Clone)]
pub struct HeaderField {
    pub doc: Doc,
    /// The field.
    pub name: Ident,
    /// The name on the wire, in lower case.
    pub wire: String,
    /// The type of its value, or of each of its values.
    pub ty: Ty,
    /// Whether it is a list, separated by commas.
    pub list: bool,
    /// Whether it is in every response that has the set.
    pub required: bool,
    /// The server's setter; what `new` takes has none.
    pub setter: Option<Ident>,
}

impl HeaderField {
    /// Whether it always has exactly one value.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.required && !self.list
    }
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The alternatives, the preferred one first; never empty. Several become an enum.
    pub contents: Vec<BodyContent>,
    pub required: bool,
    /// Further media types, which are accepted but not sent.
    pub others: Vec<String>,
}

impl Body {
    /// The content, if there is only one.
    #[must_use]
    pub fn only(&self) -> Option<&BodyContent> {
        match &self.contents[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// An alternative content of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyContent {
    /// The variant in the enum of contents: `Json`.
    pub variant: Ident,
    /// Whether the enum implements `From` for it: no earlier variant has the same type.
    pub from: bool,
    pub payload: Payload,
    /// The checks in addition to those of its type.
    pub checks: Vec<Check>,
    /// The media type that is sent.
    pub media_type: String,
    /// The media types that are accepted, including ranges.
    pub media_types: Vec<String>,
}

/// The content of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    Empty,
    /// JSON of this type.
    Json(Ty),
    /// XML of a type, or XML and JSON.
    Xml(Xml),
    /// A URL-encoded form, with properties that aren't serialized in the default way.
    Form(Ty, Vec<(String, Style, Kind)>),
    /// A multipart form.
    Multipart(Vec<Part>),
    /// Server-sent events with JSON data of this type, or text.
    Events(Option<Ty>),
    /// A JSON value of this type on each line.
    Lines(Ty),
    Text,
    Bytes,
}

/// A body in XML, or in XML and JSON: one type with two formats.
#[derive(Debug, Clone, PartialEq)]
pub struct Xml {
    pub ty: Ty,
    /// The table of how the type is written in XML: `PET`.
    pub table: Ident,
    /// The media type of XML.
    pub media_type: String,
    /// The media type of JSON, which is preferred.
    pub json: Option<String>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub doc: Doc,
    /// The field and argument.
    pub name: Ident,
    /// The setter of an optional part.
    pub setter: Ident,
    /// The name on the wire.
    pub wire: String,
    pub content: PartContent,
    /// Whether it may be repeated.
    pub many: bool,
    pub required: bool,
    /// The media type in the description.
    pub content_type: Option<String>,
    /// The checks that aren't done while it is read.
    pub checks: Vec<Check>,
}

/// The content of a part.
#[derive(Debug, Clone, PartialEq)]
pub enum PartContent {
    /// Bytes, optionally with a file name.
    File,
    /// A scalar as text.
    Text(Ty),
    /// JSON of this type.
    Json(Ty),
}

impl Payload {
    /// Whether it is read chunk by chunk or item by item.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        match self {
            Self::Events(_) | Self::Lines(_) | Self::Bytes => true,
            Self::Empty
            | Self::Json(_)
            | Self::Xml(_)
            | Self::Form(..)
            | Self::Multipart(_)
            | Self::Text => false,
        }
    }

    /// Whether it has a type in the client's error: JSON, or empty.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        match self {
            Self::Json(_) | Self::Xml(_) | Self::Empty => true,
            Self::Form(..)
            | Self::Multipart(_)
            | Self::Events(_)
            | Self::Lines(_)
            | Self::Text
            | Self::Bytes => false,
        }
    }

    /// The type of its value, whatever the format.
    #[must_use]
    pub fn value(&self) -> Option<&Ty> {
        match self {
            Self::Json(ty) | Self::Xml(Xml { ty, .. }) | Self::Form(ty, _) => Some(ty),
            Self::Empty
            | Self::Multipart(_)
            | Self::Events(_)
            | Self::Lines(_)
            | Self::Text
            | Self::Bytes => None,
        }
    }

    /// Its XML format, if it has one.
    #[must_use]
    pub fn xml(&self) -> Option<&Xml> {
        if let Self::Xml(xml) = self {
            Some(xml)
        } else {
            None
        }
    }

    /// Whether the caller chooses between JSON and XML.
    #[must_use]
    pub fn is_choice(&self) -> bool {
        self.xml().is_some_and(|xml| xml.json.is_some())
    }
}

/// A response of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub status: Status,
    pub payload: Payload,
    /// The media type that is sent; empty without a body.
    pub media_type: String,
    /// The media types that are documented.
    pub media_types: Vec<String>,
    /// The variant in an enum of responses: `NotFound`.
    pub variant: Ident,
    pub doc: Doc,
}

impl Outcome {
    /// Whether the caller chooses between JSON and XML for any of these responses.
    #[must_use]
    pub fn any_is_choice(outcomes: &[Self]) -> bool {
        outcomes.iter().any(|outcome| outcome.payload.is_choice())
    }
}

impl Success {
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        match self {
            Self::One(outcome) => std::slice::from_ref(outcome),
            Self::Several(outcomes) => outcomes,
        }
    }
}

/// The result of a successful call.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// A single response.
    One(Outcome),
    /// Several responses, as an enum.
    Several(Vec<Outcome>),
}

/// The error body in the client.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// No errors are documented.
    None,
    /// The same body for all statuses.
    Same(Payload),
    /// An enum by status.
    ByStatus,
}

/// The credentials that an operation requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Security {
    /// None.
    Public,
    /// One of these groups of schemes, or none.
    Optional(Vec<Vec<(Ident, Vec<String>)>>),
    /// One of these groups of schemes, each with its required scopes.
    Required(Vec<Vec<(Ident, Vec<String>)>>),
}

impl Security {
    /// The groups of schemes.
    #[must_use]
    pub fn alternatives(&self) -> &[Vec<(Ident, Vec<String>)>] {
        match self {
            Self::Public => &[],
            Self::Optional(groups) | Self::Required(groups) => groups,
        }
    }

    /// Whether a scheme is in one of the groups.
    #[must_use]
    pub fn names(&self, scheme: &Ident) -> bool {
        let mut schemes = self.alternatives().iter().flatten();
        schemes.any(|(name, _)| name == scheme)
    }
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// The static with its metadata: `BEARER_AUTH`.
    pub constant: Ident,
    /// The method of the client's builder that sets the credential: `bearer`.
    pub setter: Ident,
    /// The name in the description.
    pub wire: String,
    pub location: CredentialLocation,
    /// The environment variables that the credential may be in.
    pub variables: Variables,
    /// What OAuth 2 or OpenID Connect need to know.
    pub oauth: Option<OAuth>,
    pub doc: Doc,
}

/// A scheme of OAuth 2 or OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth {
    pub flows: Vec<OAuthFlow>,
    /// The URL of the server's metadata.
    pub metadata_url: Option<String>,
    /// The environment variables of the client's id and secret, if it may get tokens by them alone.
    pub variables: Option<(String, String)>,
}

/// A flow of OAuth 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthFlow {
    /// The variant of the support code's enum.
    pub grant: &'static str,
    pub authorization_url: Option<String>,
    pub token_url: Option<String>,
    pub refresh_url: Option<String>,
    /// Scopes with their descriptions.
    pub scopes: Vec<(String, String)>,
}

/// The environment variables of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variables {
    None,
    /// A token or key: `PETS_TOKEN`.
    One(String),
    /// `PETS_USERNAME` and `PETS_PASSWORD`.
    UserAndPassword(String, String),
}

/// Where a credential is in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // the variants of the support code's enum
pub enum CredentialLocation {
    Bearer,
    Basic,
    Http(String),
    Header(String),
    Query(String),
    Cookie(String),
    /// A client certificate, which is `External` in the support code.
    Certificate,
    External,
}

impl CredentialLocation {
    /// Whether the credential is part of requests.
    #[must_use]
    pub fn is_written(&self) -> bool {
        !matches!(self, Self::Certificate | Self::External)
    }

    /// The location as generated documentation has it.
    #[must_use]
    pub fn in_words(&self) -> Doc {
        let keyed = |place: &str, key: &str| Doc::text(place).beside(Doc::code(key));
        match self {
            Self::Bearer => Doc::code("Authorization: Bearer …"),
            Self::Basic => Doc::code("Authorization: Basic …"),
            Self::Http(scheme) => Doc::code(&format!("Authorization: {scheme} …")),
            Self::Header(header) => keyed("the header", header),
            Self::Query(parameter) => keyed("the query parameter", parameter),
            Self::Cookie(cookie) => keyed("the cookie", cookie),
            Self::Certificate => Doc::text("a client certificate"),
            Self::External => Doc::text("no part of the request"),
        }
    }
}
