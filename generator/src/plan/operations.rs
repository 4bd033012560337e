//! Operations, planned once for client and server: names, arguments, answers, errors, security.

use super::doc::Doc;
use super::rust::{Ident, Ty};
use super::types::{Argument, Check};
use super::{Location, ParameterStyle, Status};

/// The operations of one tag: a module of the client, a trait of the server.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its module, and the method of the client that leads to it: `oauth`.
    pub module: Ident,
    /// `OauthApi`: a struct in the client, a trait in the server.
    pub api: Ident,
    /// Its documentation.
    pub doc: Doc,
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
    /// The result where there are several successes: `CreateOAuthAppResponse`.
    pub response: Ident,
    /// The struct of the server's parameters beside those of the path: `CreateOAuthAppParams`.
    pub params: Ident,
    /// What it is called in messages: its operationId, or method and path.
    pub id: String,
    /// Its documentation.
    pub doc: Doc,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// The method, in upper case.
    pub method: String,
    /// The path, below the server.
    pub path: String,
    /// The parameters of the path, in its order.
    pub path_parameters: Vec<Parameter>,
    /// All others, in the order of the description.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The media types of its answers: `Accept` of the client, what the server can give.
    pub produces: Vec<String>,
    /// What callers have to prove.
    pub security: Security,
    /// What a call that works results in.
    pub success: Success,
    /// What the client's error holds.
    pub failure: Failure,
    /// All documented errors.
    pub errors: Vec<Outcome>,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its documentation.
    pub doc: Doc,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// Its name in Rust.
    pub name: Ident,
    /// The name of the client's setter.
    pub setter: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// Its type.
    pub ty: Ty,
    /// How it is written.
    pub style: ParameterStyle,
    /// How the client's method takes it.
    pub argument: Argument,
    /// Whether it has to be there.
    pub required: bool,
    /// What the server fills in when it isn't.
    pub default: Option<Literal>,
    /// What its value has to satisfy.
    pub checks: Vec<Check>,
}

impl Parameter {
    /// Whether its type has something to check of its own.
    #[must_use]
    pub fn is_nested(&self) -> bool {
        fn within(checks: &[Check]) -> bool {
            checks.iter().any(|check| match check {
                Check::Nested => true,
                Check::Items(inner) | Check::Values(inner) | Check::NotNull(inner) => within(inner),
                _ => false,
            })
        }
        within(&self.checks)
    }
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
    /// What it holds.
    pub payload: Payload,
    /// Whether it has to be there.
    pub required: bool,
    /// Its media type.
    pub media_type: String,
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// Nothing.
    Empty,
    /// JSON of a type.
    Json(Ty),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Payload {
    /// Whether the client's error holds it: JSON, or nothing.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        matches!(self, Self::Json(_) | Self::Empty)
    }
}

/// One of the answers of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its status.
    pub status: Status,
    /// Its body.
    pub payload: Payload,
    /// The media type of its body; empty without one.
    pub media_type: String,
    /// Its variant in an enum of answers: `NotFound`.
    pub variant: Ident,
    /// Its documentation.
    pub doc: Doc,
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
}
