//! Operations as they are on the wire.

use super::{Length, Server, TypeId};
use crate::source::Origin;
use serde_json::Value;
use std::fmt::Write;

/// One method of one path, or of a webhook or callback.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Who sends its requests, and why.
    pub cause: Cause,
    /// The method, in upper case.
    pub method: String,
    /// The path, below the server. Requests that the API sends go to URLs that it is told; at this path they are served.
    pub path: Path,
    /// The `operationId`.
    pub id: Option<String>,
    /// The name that an APIs.json index gives it.
    pub slug: Option<String>,
    /// One line.
    pub summary: Option<String>,
    /// CommonMark text.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// A link to documentation of its own.
    pub docs_url: Option<String>,
    /// The parameters: those of the path in the path's order, then the others in the document's.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The responses.
    pub responses: Responses,
    /// Alternatives; empty: nothing has to be proved.
    pub security: Vec<Requirement>,
    /// Where it is, if that is elsewhere than the API.
    pub servers: Vec<Server>,
    /// Where it stands.
    pub origin: Origin,
}

/// Who sends the requests of an operation, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A caller, who wants something of the API.
    Call,
    /// The API, to whom it has been told to tell.
    Webhook {
        /// Its name.
        name: String,
    },
    /// The API, on account of a call.
    Callback {
        /// Its name.
        name: String,
        /// Whether it is defined once for all operations, so that its name alone tells it from others.
        shared: bool,
        /// Where it goes, as written: a runtime expression such as `{$request.body#/url}`.
        url: String,
        /// The operations whose calls it follows, by their position in [`Api::operations`](super::Api::operations); never empty.
        of: Vec<usize>,
    },
}

impl Operation {
    /// The types of its parameters, bodies, responses and their headers.
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

    /// Whether callers send its requests.
    #[must_use]
    pub fn is_call(&self) -> bool {
        self.cause == Cause::Call
    }

    /// What tells it from all others: `GET /pets`, `webhook POST /pet-born`.
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
    /// As written: `/pets/{id}`; also a query and a fragment that stand behind it.
    pub template: String,
    /// Where the path itself ends in it.
    pub end: usize,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// What its query always has.
    pub query: Vec<FixedQuery>,
}

/// A piece of a query that is always the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FixedQuery {
    /// As written: `a=b`, or `a`.
    pub text: String,
    /// The name, decoded.
    pub name: String,
    /// The value, decoded; `None` without a `=`.
    pub value: Option<String>,
}

impl Path {
    /// Its segments as they are, nothing encoded; what stands behind the path as written.
    #[must_use]
    pub fn written(&self) -> String {
        let segments = self.segments.iter().map(Segment::written);
        let segments = segments.flat_map(|segment| ["/".to_owned(), segment]);
        segments.chain([self.behind().to_owned()]).collect()
    }

    /// What stands behind the path in its template: a query, a fragment.
    #[must_use]
    pub fn behind(&self) -> &str {
        self.template.get(self.end..).unwrap_or_default()
    }

    /// As it stands in a URL: what may not stand there is percent-encoded, the rest is as written (RFC 3986 section 3.3).
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

    /// What its query always has, as it stands in a URL; empty if it has none.
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

/// What is visible ASCII and may not stand in a path (RFC 3986 section 3.3).
const NOT_IN_PATHS: &[u8] = b"%\"<>\\^`{|}?#";

/// What is visible ASCII and may not stand in a query (RFC 3986 section 3.4).
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
    /// Its parts as they are, nothing encoded.
    #[must_use]
    pub fn written(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            SegmentPart::Literal(text) => text.clone(),
            SegmentPart::Parameter(name) => format!("{{{name}}}"),
        });
        parts.collect()
    }
}

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Literals and parameters; one literal or one parameter for almost every path there is.
    pub parts: Vec<SegmentPart>,
}

/// A piece of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SegmentPart {
    /// Text, decoded.
    Literal(String),
    /// The value of the path parameter of this name.
    Parameter(String),
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

impl Location {
    /// The word of the specification: `path`, `query`, `header`, `cookie`.
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

/// A parameter.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // the words of the specification
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// CommonMark text.
    pub description: Option<String>,
    /// Whether it has to be there.
    pub required: bool,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// Its type.
    pub ty: TypeId,
    /// How it is written.
    pub style: ParameterStyle,
    /// What it is when absent; of its type.
    pub default: Option<Box<Value>>,
    /// Whether reserved characters stay as they are in the query (`allowReserved`).
    pub allow_reserved: bool,
    /// Whether it may be there without a value in the query (`allowEmptyValue`).
    pub allow_empty: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterStyle {
    /// One value, as plain text.
    Plain,
    /// Once for each item: `name=a&name=b`.
    Each,
    /// Items with a character between them: `name=a,b`.
    Separated(char, Kind),
    /// All others: by a style, read as a value of a kind.
    Styled(Style, Kind),
}

/// The styles of the specification with `explode` (OpenAPI 3.1.1 section 4.8.12.6), and JSON for parameters with `content`.
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

/// What a reader has to expect where the text doesn't tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One plain value.
    Value,
    /// A list.
    List,
    /// A list whose items hold no comma, like numbers.
    Atoms,
    /// An object or a map.
    Object,
    /// Any of them.
    Any,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// CommonMark text.
    pub description: Option<String>,
    /// Whether it has to be there.
    pub required: bool,
    /// What it may hold, the preferred first; never empty.
    pub contents: Vec<BodyContent>,
    /// The media types that say in another syntax what one of the contents says, and are passed over.
    pub passed_over: Vec<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// Media types of a body that hold the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyContent {
    /// As written: `application/json`, `image/*`; never empty.
    pub media_types: Vec<String>,
    /// What they hold.
    pub content: Content,
    /// Whether null may stand in its place: of JSON or XML as a whole, of each line of JSON.
    pub nullable: bool,
}

/// How a body is read and written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// JSON of a type.
    Json(TypeId),
    /// XML of a type, and JSON too if a media type says so; [`Api::xml`](super::Api::xml) says how.
    Xml(TypeId),
    /// `application/x-www-form-urlencoded`.
    Form(Form),
    /// Parts with names (RFC 7578).
    Multipart(Multipart),
    /// Server-sent events whose data is JSON of a type, or text.
    Events(Option<TypeId>),
    /// A JSON value of a type on each line.
    Lines(TypeId),
    /// UTF-8 text.
    Text,
    /// Bytes.
    Bytes,
}

impl Content {
    /// The types that it is made of.
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

/// A form in one line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its type: an object, a map or a choice of such.
    pub ty: TypeId,
    /// Properties that aren't written in the default way (form style, exploded), and how they are.
    pub encodings: Vec<(String, Style, Kind)>,
}

/// A form of parts, which may be files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multipart {
    /// The parts that are named; empty: nothing is said of them.
    pub parts: Vec<Part>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// What it holds.
    pub content: PartContent,
    /// Whether there may be several of this name.
    pub many: bool,
    /// How many, then.
    pub length: Length,
    /// Whether it has to be there.
    pub required: bool,
    /// The media type that the description gives it.
    pub content_type: Option<String>,
}

/// What a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartContent {
    /// Bytes, perhaps with a file name.
    File,
    /// A plain value.
    Text(TypeId),
    /// JSON of a type.
    Json(TypeId),
}

/// What an operation may answer, in ascending order of status; ranges behind codes, `default` last.
#[derive(Debug, Clone, Default)]
pub struct Responses {
    /// The responses.
    pub list: Vec<Response>,
}

impl Responses {
    /// The responses that mean success: 2xx and, where there is none of these, 3xx or 1xx codes.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.list
            .iter()
            .filter(|response| response.status.is_success())
    }

    /// The responses that mean failure, with `default`.
    pub fn errors(&self) -> impl Iterator<Item = &Response> {
        self.list
            .iter()
            .filter(|response| !response.status.is_success())
    }
}

/// A status, a range of them, or all that aren't named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A hundred: the leading digit.
    Range(u8),
    /// All others.
    Default,
}

impl Status {
    /// Whether it is below 400: what a caller who asked for the operation's result gets it with.
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

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// For which statuses.
    pub status: Status,
    /// CommonMark text.
    pub description: String,
    /// Its headers.
    pub headers: Vec<Header>,
    /// What its body may hold, the preferred first; empty: no body.
    pub contents: Vec<BodyContent>,
    /// Where it stands.
    pub origin: Origin,
}

/// A header of a response.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// CommonMark text.
    pub description: Option<String>,
    /// Its type; `None`: nothing is said, so it is text.
    pub ty: Option<TypeId>,
    /// Whether every response has it.
    pub required: bool,
}

/// Schemes that are needed together; empty: nothing is needed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requirement {
    /// Index into [`Api::schemes`](super::Api::schemes), and the scopes that are needed.
    pub schemes: Vec<(usize, Vec<String>)>,
}

/// A media type without its parameters, in small letters (RFC 9110 section 8.3.1).
#[must_use]
pub fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is that of merge patches (RFC 7396), or a vendor's name for them.
#[must_use]
pub fn is_merge_patch(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/merge-patch+json" || essence.ends_with(".merge-patch+json")
}

/// Whether a text is a token, as methods and the names of headers are (RFC 9110 section 5.6.2).
#[must_use]
pub fn is_token(text: &str) -> bool {
    let is_token_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token_byte)
}
