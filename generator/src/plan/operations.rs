//! Operations, planned once for client and server: names, arguments, responses, errors, security.

use super::doc::Doc;
use super::locals::Locals;
use super::routes::Routes;
use super::rust::{Ident, Ty};
use super::types::{Argument, Check};
use super::{Kind, Location, ParameterStyle, Status, Style};

/// What the operations of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKind {
    /// Calls of one tag: a module of the client, a trait of the server.
    Calls,
    /// The webhooks: a trait of the server.
    Webhooks,
    /// The callbacks: a trait of the server.
    Callbacks,
}

impl GroupKind {
    /// What one of its operations is called: `operation`, `webhook`, `callback`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Calls => "operation",
            Self::Webhooks => "webhook",
            Self::Callbacks => "callback",
        }
    }
}

/// Requests that the API sends, and a server of their own handles.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// The webhooks or the callbacks.
    pub group: Group,
    /// The type that tells their server from others: `WebhookRequests`.
    pub requests: Ident,
    /// Their routes; operations are counted in the group.
    pub routes: Routes,
}

/// The operations of one tag, or those of one kind that the API sends.
#[derive(Debug, Clone)]
pub struct Group {
    /// What its operations are.
    pub kind: GroupKind,
    /// Its module, and the method of the client or the server that leads to it: `oauth`.
    pub module: Ident,
    /// `OauthApi`: a struct in the client, a trait in the server.
    pub api: Ident,
    /// Its documentation.
    pub doc: Doc,
    /// The cargo feature that compiles it, if not all is compiled always.
    pub feature: Option<String>,
    /// With a feature, the trait of the server that asks for [`api`](Self::api) only where that is compiled: `WantedIssuesApi`.
    pub stand_in: Option<Ident>,
    /// Its operations, in the order of the description.
    pub operations: Vec<Operation>,
}

impl Group {
    /// Whether any of its operations asks callers to prove who they are.
    #[must_use]
    pub fn is_secured(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| operation.security != Security::Public)
    }
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its method: `create_oauth_app`.
    pub name: Ident,
    /// The client's request: `CreateOAuthApp`.
    pub request: Ident,
    /// The facts of the operation, a static: `CREATE_OAUTH_APP`.
    pub constant: Ident,
    /// The error of the server's method, and of the client's where errors differ by status: `CreateOAuthAppError`.
    pub error: Ident,
    /// The error type that the server's method shares with others, which its own name stands for then.
    pub shared_error: Option<Ident>,
    /// The result where there are several successes: `CreateOAuthAppResponse`.
    pub response: Ident,
    /// The struct of the server's parameters beside those of the path: `CreateOAuthAppParams`.
    pub params: Ident,
    /// The enum of what its body may hold, where that is several things: `CreateOAuthAppPayload`.
    pub payload: Ident,
    /// The form of its body, where that is made of parts: `CreateOAuthAppForm`.
    pub form: Ident,
    /// The struct of what the client's method requires beside what stands in the path, where that could be mixed up:
    /// `CreateOAuthAppRequired`.
    pub required: Option<Ident>,
    /// The same for the required parts of its form: `CreateOAuthAppFormRequired`.
    pub form_required: Option<Ident>,
    /// The same for the required ones of the server's parameters: `CreateOAuthAppParamsRequired`.
    pub params_required: Option<Ident>,
    /// What it is called in messages: its operationId, or method and path.
    pub id: String,
    /// Its documentation.
    pub doc: Doc,
    /// What it does, in a line; empty where the description has no summary.
    pub summary: Doc,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// The method, in upper case.
    pub method: String,
    /// The path, below the server.
    pub path: String,
    /// What its query always has, as it stands in a URL; mostly nothing.
    pub query: String,
    /// The parameters of the path, in its order.
    pub path_parameters: Vec<Parameter>,
    /// All others, in the order of the description.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The media types of its responses: `Accept` of the client, what the server can give.
    pub produces: Vec<String>,
    /// The redirects that are among its responses.
    pub redirects: Vec<u16>,
    /// What callers have to prove.
    pub security: Security,
    /// The URL of its own server.
    pub server: Option<String>,
    /// What its functions call what isn't the description's.
    pub locals: Locals,
    /// The struct of the headers of its responses.
    pub headers: Option<Ident>,
    /// What a call that works results in.
    pub success: Success,
    /// What the client's error holds.
    pub failure: Failure,
    /// All documented errors.
    pub errors: Vec<Outcome>,
    /// The media types of errors that may also be text or bytes, which have no type of their own.
    pub untyped_errors: Vec<(Status, Vec<String>)>,
}

impl Operation {
    /// Whether the caller chooses between JSON and XML for some answer.
    #[must_use]
    pub fn responds_as_accepted(&self) -> bool {
        Outcome::any_is_choice(self.success.outcomes()) || Outcome::any_is_choice(&self.errors)
    }

    /// The parameters beside those of the path that have to be there, by name, as the order of a description means nothing.
    #[must_use]
    pub fn required_parameters(&self) -> Vec<&Parameter> {
        let parameters = self.parameters.iter();
        let mut required: Vec<&Parameter> = parameters.filter(|one| one.required).collect();
        required.sort_by(|a, b| a.name.plain().cmp(b.name.plain()));
        required
    }

    /// Whether a few lines can call it: with simple arguments, and a body that is read from somewhere as it is.
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

/// Response headers.
#[derive(Debug, Clone)]
pub struct Headers {
    /// Their struct: `LinkHeaders`.
    pub name: Ident,
    /// Them, by name.
    pub fields: Vec<HeaderField>,
    /// Whether `new` makes the struct from those that have to be there: none is, or two could be mixed up, where fields are clearer.
    pub has_new: bool,
}

/// A header of an answer.
#[derive(Debug, Clone)]
pub struct HeaderField {
    /// Its documentation.
    pub doc: Doc,
    /// Its field.
    pub name: Ident,
    /// Its name on the wire, in lower case.
    pub wire: String,
    /// The type of its value, or of each of its values.
    pub ty: Ty,
    /// Whether there are several, separated by commas.
    pub list: bool,
    /// Whether it is in every answer that has the headers.
    pub required: bool,
}

impl HeaderField {
    /// Whether there is always one value of it.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.required && !self.list
    }
}

/// A parameter.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // the words of the specification
pub struct Parameter {
    /// Its documentation.
    pub doc: Doc,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// The name of the argument that takes it.
    pub name: Ident,
    /// What it is called by the function of the server that reads it.
    pub local: Ident,
    /// The name of its field in the server's struct of parameters; those of the path have none.
    pub field: Ident,
    /// The name of the client's setter.
    pub setter: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// Which of the templates of the path it is the value of: the first of its name. Zero elsewhere.
    pub position: usize,
    /// Where else in the path its name stands.
    pub repeats: Vec<usize>,
    /// Its type.
    pub ty: Ty,
    /// How it is written.
    pub style: ParameterStyle,
    /// How `new` of the server's parameters takes it.
    pub argument: Argument,
    /// Whether it has to be there.
    pub required: bool,
    /// What the server fills in when it isn't. Only what needn't be there has one.
    pub default: Option<Literal>,
    /// The default that the description declares, as a code span; empty without one.
    pub default_doc: Doc,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether it may be there without a value.
    pub allow_empty: bool,
    /// What its value has to satisfy.
    pub checks: Vec<Check>,
}

/// A value of a scalar type, as a literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `true`
    Bool(bool),
    /// `60`
    Integer(i64),
    /// `0.5`
    Float(f64),
    /// `"text"`, for a `String` or a type made from one.
    Text(String),
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// What it may hold, the preferred first; never empty. Several are the variants of an enum.
    pub contents: Vec<BodyContent>,
    /// Whether it has to be there.
    pub required: bool,
    /// The media types that it may have beside those that are sent for its contents.
    pub others: Vec<String>,
}

impl Body {
    /// What it holds, if that is one thing.
    #[must_use]
    pub fn only(&self) -> Option<&BodyContent> {
        match &self.contents[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// One of the things that a body may hold.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyContent {
    /// Its variant in the enum of all: `Json`.
    pub variant: Ident,
    /// Whether the enum is made from it with `From`: no earlier variant holds the same type.
    pub from: bool,
    /// What it holds.
    pub payload: Payload,
    /// What it has to satisfy beside what its type says itself.
    pub checks: Vec<Check>,
    /// The media type that is sent.
    pub media_type: String,
    /// The media types that are taken, ranges among them.
    pub media_types: Vec<String>,
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// Nothing.
    Empty,
    /// JSON of a type.
    Json(Ty),
    /// XML of a type, or either of XML and JSON.
    Xml(Xml),
    /// A form in one line, with how properties are written that aren't written in the default way.
    Form(Ty, Vec<(String, Style, Kind)>),
    /// A form of parts.
    Multipart(Vec<Part>),
    /// Server-sent events whose data is JSON of a type, or text.
    Events(Option<Ty>),
    /// A JSON value of a type on each line.
    Lines(Ty),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A body that is XML, or either of XML and JSON: one type, two ways to write it.
#[derive(Debug, Clone, PartialEq)]
pub struct Xml {
    /// Its type.
    pub ty: Ty,
    /// The table of how the type stands in XML: `PET`.
    pub table: Ident,
    /// The media type that is XML.
    pub media_type: String,
    /// The media type that is JSON, which is preferred.
    pub json: Option<String>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its documentation.
    pub doc: Doc,
    /// Its field, argument and setter.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// What it holds.
    pub content: PartContent,
    /// Whether there may be several of its name.
    pub many: bool,
    /// Whether it has to be there.
    pub required: bool,
    /// The media type that the description gives it.
    pub content_type: Option<String>,
    /// What it has to satisfy beside what is seen to while it is read.
    pub checks: Vec<Check>,
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq)]
pub enum PartContent {
    /// Bytes, perhaps with a file name.
    File,
    /// A plain value.
    Text(Ty),
    /// JSON of a type.
    Json(Ty),
}

impl Payload {
    /// Whether it comes in pieces that are read one after the other.
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

    /// Whether the client's error holds it: JSON, or nothing.
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

    /// The type of the value that it is, whatever way that is written.
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

    /// How it is XML, if it may be.
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

/// One of the responses of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its status.
    pub status: Status,
    /// Its body.
    pub payload: Payload,
    /// The media type of its body that is sent; empty without one.
    pub media_type: String,
    /// The media types that its body may have.
    pub media_types: Vec<String>,
    /// Its variant in an enum of responses: `NotFound`.
    pub variant: Ident,
    /// Its documentation.
    pub doc: Doc,
}

impl Outcome {
    /// Whether the caller chooses between JSON and XML for any of these.
    #[must_use]
    pub fn any_is_choice(outcomes: &[Self]) -> bool {
        outcomes.iter().any(|outcome| outcome.payload.is_choice())
    }
}

impl Success {
    /// The responses.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        match self {
            Self::One(outcome) => std::slice::from_ref(outcome),
            Self::Several(outcomes) => outcomes,
        }
    }
}

/// What a call that works results in.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// One kind of answer.
    One(Outcome),
    /// Several, in an enum.
    Several(Vec<Outcome>),
}

/// What the client's error holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// No errors are documented.
    None,
    /// Whatever the status, the same body.
    Same(Payload),
    /// An enum by status.
    ByStatus,
}

/// What callers have to prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Security {
    /// Nothing.
    Public,
    /// Something, or nothing: the caller may be known.
    Optional(Vec<Vec<(Ident, Vec<String>)>>),
    /// One of these groups of schemes, each with the scopes that are needed.
    Required(Vec<Vec<(Ident, Vec<String>)>>),
}

impl Security {
    /// Whether a scheme is among what callers may prove.
    #[must_use]
    pub fn names(&self, scheme: &Ident) -> bool {
        match self {
            Self::Public => false,
            Self::Optional(groups) | Self::Required(groups) => {
                groups.iter().flatten().any(|(name, _)| name == scheme)
            }
        }
    }
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Its facts, a static: `BEARER_AUTH`.
    pub constant: Ident,
    /// The method of the client's builder that takes the credential: `bearer`.
    pub setter: Ident,
    /// Its name in the description.
    pub wire: String,
    /// Where the credential goes.
    pub placement: Placement,
    /// Its documentation.
    pub doc: Doc,
}

/// Where a credential goes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // the variants of the support code's enum
pub enum Placement {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
    External,
}
