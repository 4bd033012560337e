//! Operations on the wire.

use super::{Length, Link, Listing, Server, TypeId};
use crate::limits::Limits;
use crate::polling::LongRunning;
use crate::source::Origin;
use serde_json::Value;
use std::fmt::Write;

/// A method of a path, of a webhook or of a callback.
#[derive(Debug, Clone)]
pub struct Operation {
    pub cause: Cause,
    /// The method, in upper case.
    pub method: String,
    /// The path relative to the server. For webhooks and callbacks it is where receivers serve them, as the URL is chosen by the receiver.
    pub path: Path,
    /// `operationId`.
    pub id: Option<String>,
    /// `x-api-path-slug`: the name that an APIs.json index has for it.
    pub slug: Option<String>,
    /// Whether a client may repeat its requests, where description or configuration say so; else the method decides.
    pub idempotent: Option<bool>,
    /// Whether it goes on after its response, and how a client knows that it is done.
    pub long_running: Option<LongRunning>,
    /// How it lists page by page, where an extension says it.
    pub listing: Option<Listing>,
    /// A one-line summary.
    pub summary: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
    pub tags: Vec<String>,
    /// Its own limits in servers.
    pub limits: Limits,
    pub deprecated: bool,
    /// The URL of `externalDocs`.
    pub docs_url: Option<String>,
    /// The parameters: those of the path in the path's order, then the others in document order.
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub responses: Responses,
    /// Alternative requirements; empty if no credentials are needed.
    pub security: Vec<Requirement>,
    /// The servers of the operation, if they differ from the API's.
    pub servers: Vec<Server>,
    pub origin: Origin,
}

/// Who sends the requests of an operation, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A caller sends them.
    Call,
    /// The API sends them to a registered receiver.
    Webhook { name: String },
    /// The API sends them in consequence of a call.
    Callback {
        name: String,
        /// Whether it is declared in `components`, so that its name alone identifies it.
        shared: bool,
        /// The URL as written: a runtime expression such as `{$request.body#/url}`.
        url: String,
        /// The operations that cause it, as indexes into [`Api::operations`](super::Api::operations); never empty.
        of: Vec<usize>,
    },
}

impl Operation {
    /// The types of its parameters, bodies, responses and response headers.
    pub fn types(&self) -> impl Iterator<Item = TypeId> {
        let parameters = self.parameters.iter().map(|parameter| parameter.ty);
        let body = self.body.iter().flat_map(|body| &body.contents);
        let responses = self.responses.list.iter();
        let headers = responses.clone().flat_map(|response| &response.headers);
        let contents = body.chain(responses.flat_map(|response| &response.contents));
        let contents = contents.flat_map(|held| held.content.parts());
        let headers = headers.filter_map(|header| header.ty);
        parameters.chain(contents).chain(headers)
    }

    #[must_use]
    pub fn is_call(&self) -> bool {
        self.cause == Cause::Call
    }

    /// Identifies the operation: `GET /pets`, `webhook POST /pet-born`.
    #[must_use]
    pub fn label(&self) -> String {
        let kind = match self.cause {
            Cause::Call => "",
            Cause::Webhook { .. } => "webhook ",
            Cause::Callback { .. } => "callback ",
        };
        format!("{kind}{} {}", self.method, self.path.template)
    }
}

/// A path template.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Path {
    /// The template as written, `/pets/{id}`, including a query and a fragment after it.
    pub template: String,
    /// The end of the path itself in `template`.
    pub end: usize,
    pub segments: Vec<Segment>,
    /// Fixed query parameters.
    pub query: Vec<FixedQuery>,
}

/// A fixed parameter in the query of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FixedQuery {
    /// The text as written: `a=b`, or `a`.
    pub text: String,
    /// The decoded name.
    pub name: String,
    /// The decoded value; `None` without `=`.
    pub value: Option<String>,
}

impl Path {
    /// The decoded segments, followed by the query and fragment as written.
    #[must_use]
    pub fn written(&self) -> String {
        let segments = self.segments.iter().map(Segment::written);
        let segments = segments.flat_map(|segment| ["/".to_owned(), segment]);
        segments.chain([self.behind().to_owned()]).collect()
    }

    /// The query and fragment after the path, as written.
    #[must_use]
    pub fn behind(&self) -> &str {
        self.template.get(self.end..).unwrap_or_default()
    }

    /// The path as it is in a URL, percent-encoded where necessary (RFC 3986, section 3.3).
    #[must_use]
    pub fn encoded(&self) -> String {
        let mut encoded = String::new();
        let mut rest = self.template.get(..self.end).unwrap_or_default();
        while let Some(open) = rest.find('{') {
            let close = rest[open..]
                .find('}')
                .map_or(rest.len(), |at| open + at + 1);
            push_encoded(&mut encoded, &rest[..open], NOT_IN_PATHS);
            encoded.push_str(&rest[open..close]);
            rest = &rest[close..];
        }
        push_encoded(&mut encoded, rest, NOT_IN_PATHS);
        encoded
    }

    /// The fixed query as it is in a URL; empty if there is none.
    #[must_use]
    pub fn encoded_query(&self) -> String {
        let mut encoded = String::new();
        for piece in &self.query {
            if !encoded.is_empty() {
                encoded.push('&');
            }
            push_encoded(&mut encoded, &piece.text, NOT_IN_QUERIES);
        }
        encoded
    }
}

/// Visible ASCII characters that aren't allowed in a path (RFC 3986, section 3.3).
const NOT_IN_PATHS: &[u8] = b"%\"<>\\^`{|}?#";

/// Visible ASCII characters that aren't allowed in a query (RFC 3986, section 3.4).
const NOT_IN_QUERIES: &[u8] = b"%\"<>\\^`{|}#";

fn push_encoded(encoded: &mut String, text: &str, refused: &[u8]) {
    for (at, byte) in text.bytes().enumerate() {
        let code = text.as_bytes().get(at + 1..at + 3);
        let is_code = code.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let may_stand = byte.is_ascii_graphic() && !refused.contains(&byte);
        if may_stand || (byte == b'%' && is_code) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String can't fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
}

impl Segment {
    /// The decoded text of the segment, with its templates.
    #[must_use]
    pub fn written(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            SegmentPart::Literal(text) => text.clone(),
            SegmentPart::Parameter(name) => format!("{{{name}}}"),
        });
        parts.collect()
    }
}

/// The part of a path between two slashes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Literals and parameters; in almost every path a single one.
    pub parts: Vec<SegmentPart>,
}

/// A part of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SegmentPart {
    /// Decoded text.
    Literal(String),
    /// The value of the path parameter with this name.
    Parameter(String),
}

/// The location of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// The location as in the specification: `path`, `query`, `header`, `cookie`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A parameter of an operation.
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
    pub ty: TypeId,
    pub style: ParameterStyle,
    /// The default, as a value of its type.
    pub default: Option<Box<Value>>,
    /// `allowReserved`: reserved characters aren't encoded in the query.
    pub allow_reserved: bool,
    /// `allowEmptyValue`: the parameter may have no value in the query.
    pub allow_empty: bool,
    pub origin: Origin,
}

/// How a parameter is serialized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterStyle {
    /// A scalar, as plain text.
    Plain,
    /// Repeated for each item: `name=a&name=b`.
    Each,
    /// Items with a separator: `name=a,b`.
    Separated(char, Kind),
    /// Any other style, which is read as this kind of value.
    Styled(Style, Kind),
}

/// The styles of the specification combined with `explode` (OpenAPI 3.1.1, section 4.8.12.6), and JSON for parameters with `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the words of the specification
pub enum Style {
    Simple,
    SimpleExploded,
    Label,
    LabelExploded,
    Matrix,
    MatrixExploded,
    Form,
    FormExploded,
    Space,
    Pipe,
    Tab,
    DeepObject,
    Json,
}

/// The expected kind of value, where the text is ambiguous.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A scalar.
    Value,
    List,
    /// A list of items without commas, such as numbers.
    Atoms,
    /// An object or a map.
    Object,
    /// Any kind.
    Any,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// CommonMark text.
    pub description: Option<String>,
    pub required: bool,
    /// The alternatives, the preferred one first; never empty.
    pub contents: Vec<BodyContent>,
    /// Media types that are ignored, as they are another syntax of one of the contents.
    pub passed_over: Vec<String>,
    pub origin: Origin,
}

/// Media types of a body with the same content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyContent {
    /// As written: `application/json`, `image/*`; never empty.
    pub media_types: Vec<String>,
    pub content: Content,
    /// Whether null is allowed in its place: for the whole of JSON or XML, or for each line of JSON.
    pub nullable: bool,
}

/// How a body is read and written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// JSON of this type.
    Json(TypeId),
    /// XML of this type, or also JSON, depending on the media types; [`Api::xml`](super::Api::xml) has the tables.
    Xml(TypeId),
    /// `application/x-www-form-urlencoded`.
    Form(Form),
    /// Named parts (RFC 7578).
    Multipart(Multipart),
    /// Server-sent events with JSON data of this type, or text.
    Events(Option<TypeId>),
    /// A JSON value of this type on each line.
    Lines(TypeId),
    /// UTF-8 text.
    Text,
    Bytes,
}

impl Content {
    /// The types that it consists of.
    #[must_use]
    pub fn parts(&self) -> Vec<TypeId> {
        match self {
            Self::Json(ty) | Self::Xml(ty) | Self::Events(Some(ty)) | Self::Lines(ty) => vec![*ty],
            Self::Form(form) => vec![form.ty],
            Self::Multipart(multipart) => {
                let parts = multipart.parts.iter();
                let types = parts.filter_map(|part| match part.content {
                    PartContent::File => None,
                    PartContent::Text(ty) | PartContent::Json(ty) => Some(ty),
                });
                types.collect()
            }
            Self::Events(None) | Self::Text | Self::Bytes => Vec::new(),
        }
    }
}

/// A URL-encoded form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The type: an object, a map or a union of these.
    pub ty: TypeId,
    /// Properties that aren't serialized in the default way (form style, exploded), and how they are.
    pub encodings: Vec<(String, Style, Kind)>,
}

/// A multipart form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multipart {
    /// The declared parts; empty if there are none.
    pub parts: Vec<Part>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    pub content: PartContent,
    /// Whether it may be repeated.
    pub many: bool,
    /// How often, then.
    pub length: Length,
    pub required: bool,
    /// The media type in the description.
    pub content_type: Option<String>,
}

/// The content of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartContent {
    /// Bytes, optionally with a file name.
    File,
    /// A scalar as text.
    Text(TypeId),
    /// JSON of this type.
    Json(TypeId),
}

/// The responses of an operation, in ascending order of status; ranges after codes, `default` last.
#[derive(Debug, Clone, Default)]
pub struct Responses {
    pub list: Vec<Response>,
}

impl Responses {
    /// The responses that mean success: those with 2xx, else those with 3xx or 1xx.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.list
            .iter()
            .filter(|response| response.status.is_success())
    }

    /// The responses that mean failure, including `default`.
    pub fn errors(&self) -> impl Iterator<Item = &Response> {
        self.list
            .iter()
            .filter(|response| !response.status.is_success())
    }
}

/// The statuses of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// A single status code.
    Code(u16),
    /// A range such as `4XX`, as its first digit.
    Range(u8),
    /// `default`: all others.
    Default,
}

impl Status {
    /// Whether the status is below 400, so that callers get the response as the result.
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code < 400,
            Self::Range(digit) => digit < 4,
            Self::Default => false,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A response.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: Status,
    /// CommonMark text.
    pub description: String,
    pub headers: Vec<Header>,
    /// The alternatives of its body, the preferred one first; empty if there is no body.
    pub contents: Vec<BodyContent>,
    /// What may follow.
    pub links: Vec<Link>,
    pub origin: Origin,
}

/// A header of a response.
#[derive(Debug, Clone)]
pub struct Header {
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// The type; `None` without a schema, which means text.
    pub ty: Option<TypeId>,
    pub required: bool,
}

/// Security schemes that are needed together; empty if no credentials are needed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requirement {
    /// Indexes into [`Api::schemes`](super::Api::schemes), with the required scopes.
    pub schemes: Vec<(usize, Vec<String>)>,
}

/// A media type without its parameters, in lower case (RFC 9110, section 8.3.1).
#[must_use]
pub fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is that of merge patches (RFC 7396), or a vendor's variant of it.
#[must_use]
pub fn is_merge_patch(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/merge-patch+json" || essence.ends_with(".merge-patch+json")
}

/// Whether a text is a token, as methods and header names are (RFC 9110, section 5.6.2).
#[must_use]
pub fn is_token(text: &str) -> bool {
    let is_token_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token_byte)
}
