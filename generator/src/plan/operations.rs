//! Operations, planned once for client and server: names, arguments, answers, errors, security.

use super::doc::{self, Doc};
use super::names::{self, Case, Wanted};
use super::rust::{Ident, Ty};
use super::shapes::{self, Shapes};
use super::types::{Argument, Check};
use super::{Location, ParameterStyle, Planner, Status};
use crate::diag::{Code, Place};
use crate::ir::{self, Content, Credential};
use serde_json::Value;
use std::collections::HashMap;

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

/// The names of an operation, needed before types are named.
#[derive(Debug, Clone)]
pub(super) struct OperationNames {
    pub(super) method: Ident,
    pub(super) type_name: Ident,
    error: Ident,
    response: Ident,
    params: Ident,
}

/// Which operations go together.
pub(super) struct Grouping {
    tag: Option<String>,
    module: Ident,
    api: Ident,
    /// Indices into the API's operations.
    pub(super) operations: Vec<usize>,
}

/// Modules of the generated crates that a group must not hide.
const TAKEN_MODULES: &[&str] = &[
    "support", "types", "service", "models", "builder", "new", "core", "std", "alloc", "client",
    "server",
];

/// Methods that the builder of a client has anyway.
const TAKEN_CREDENTIALS: &[&str] = &[
    "build",
    "header",
    "timeout",
    "transport",
    "user_agent",
    "max_response_bytes",
    "new",
];

/// Names that the client's and server's modules import or define beside the operations.
const TAKEN_REQUESTS: &[&str] = &[
    "Authenticate",
    "BTreeMap",
    "Body",
    "BoxFuture",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "Core",
    "CoreBuilder",
    "Debug",
    "Dispatch",
    "Err",
    "Error",
    "Exchange",
    "From",
    "Future",
    "Handlers",
    "Into",
    "Method",
    "NoError",
    "None",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "Pattern",
    "Placement",
    "Problem",
    "RawResponse",
    "Reply",
    "Request",
    "Requirement",
    "Response",
    "Result",
    "Scheme",
    "Secret",
    "Self",
    "Send",
    "Server",
    "Some",
    "StatusCode",
    "String",
    "Sync",
    "Validate",
    "Validator",
    "Vec",
];

/// Methods that a group has anyway, or that are taken for those of the standard library's traits.
const TAKEN_METHODS: &[&str] = &["clone", "cmp", "new"];

/// Methods of every request of the client, or that are taken for those of the standard library's traits.
const TAKEN_SETTERS: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "decode",
    "div",
    "header",
    "into_future",
    "mul",
    "new",
    "rem",
    "send",
    "send_blocking",
    "send_raw",
    "send_raw_blocking",
    "shl",
    "shr",
    "sub",
    "timeout",
];

/// Locals of the functions around parameters.
const TAKEN_PARAMETERS: &[&str] = &[
    "body", "call", "request", "exchange", "params", "api", "auth",
];

impl Planner<'_> {
    /// Sorts operations into groups and names them: an operation in several tags goes to the one that most operations share.
    pub(super) fn group_operations(&mut self) -> Vec<Grouping> {
        let mut sizes: HashMap<&str, usize> = HashMap::new();
        for tag in self
            .api
            .operations
            .iter()
            .flat_map(|operation| &operation.tags)
        {
            *sizes.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<Option<&str>> = Vec::new();
        let mut members: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
        for (index, operation) in self.api.operations.iter().enumerate() {
            // Of tags of one size the first by name, so that the order of the document doesn't matter.
            let tag = operation
                .tags
                .iter()
                .map(String::as_str)
                .max_by(|a, b| sizes[a].cmp(&sizes[b]).then_with(|| b.cmp(a)));
            if !members.contains_key(&tag) {
                tags.push(tag);
            }
            members.entry(tag).or_default().push(index);
        }
        let wanted: Vec<Wanted> = tags
            .iter()
            .map(|tag| Wanted {
                text: tag.unwrap_or("api").to_owned(),
                wire: tag.unwrap_or_default().to_owned(),
                explicit: false,
            })
            .collect();
        let modules = names::scope(&self.speller, Case::Value, TAKEN_MODULES, &wanted);
        let groupings: Vec<Grouping> = tags
            .into_iter()
            .zip(modules.idents)
            .map(|(tag, module)| Grouping {
                tag: tag.map(str::to_owned),
                api: names::group_api(&module),
                module,
                operations: members.remove(&tag).unwrap_or_default(),
            })
            .collect();
        self.name_operations(&groupings);
        groupings
    }

    fn name_operations(&mut self, groupings: &[Grouping]) {
        let mut by_index: Vec<Option<OperationNames>> = vec![None; self.api.operations.len()];
        let wishes = self.operation_wishes();
        for grouping in groupings {
            let wanted: Vec<Wanted> = grouping
                .operations
                .iter()
                .map(|index| wishes[*index].clone())
                .collect();
            let methods = names::scope(&self.speller, Case::Value, TAKEN_METHODS, &wanted);
            self.report_clashes(&methods, |position| {
                let operation = &self.api.operations[grouping.operations[position]];
                (wanted[position].wire.clone(), Place::key(&operation.origin))
            });
            let taken = [TAKEN_REQUESTS, &[grouping.api.as_str()]].concat();
            let types = names::scope(&self.speller, Case::Type, &taken, &wanted).idents;
            let mut beside = self.names_beside(&taken, &types);
            for ((index, method), type_name) in grouping
                .operations
                .iter()
                .zip(methods.idents)
                .zip(types)
                .rev()
            {
                // Three for each operation, taken from the end.
                let (Some(params), Some(response), Some(error)) =
                    (beside.pop(), beside.pop(), beside.pop())
                else {
                    break;
                };
                by_index[*index] = Some(OperationNames {
                    method,
                    type_name,
                    error,
                    response,
                    params,
                });
            }
        }
        self.operation_names = by_index.into_iter().flatten().collect();
    }

    /// `XError`, `XResponse` and `XParams` for each request type `X` of a group.
    fn names_beside(&self, taken: &[&str], types: &[Ident]) -> Vec<Ident> {
        let taken: Vec<&str> = taken
            .iter()
            .copied()
            .chain(types.iter().map(Ident::as_str))
            .collect();
        let wanted: Vec<Wanted> = types
            .iter()
            .flat_map(|name| {
                ["Error", "Response", "Params"].map(|suffix| format!("{}{suffix}", name.plain()))
            })
            .map(|name| Wanted {
                text: name.clone(),
                wire: name,
                explicit: false,
            })
            .collect();
        names::scope(&self.speller, Case::Type, &taken, &wanted).idents
    }

    /// The words that each operation is named after: its operationId if that is a name, else its summary, else method and path.
    fn operation_wishes(&mut self) -> Vec<Wanted> {
        let api = self.api;
        let mut counts: HashMap<String, usize> = HashMap::new();
        let first: Vec<(String, bool)> = api.operations.iter().map(first_choice).collect();
        for (text, _) in &first {
            *counts.entry(text.clone()).or_default() += 1;
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut wishes = Vec::new();
        for (operation, (text, explicit)) in api.operations.iter().zip(first) {
            let earlier = seen.entry(text.clone()).or_default();
            *earlier += 1;
            // Several with one name: the first keeps an operationId, a summary distinguishes none of them.
            let keeps = counts[&text] == 1 || (explicit && *earlier == 1);
            let text = if keeps {
                text
            } else {
                names::from_path(&operation.method, &operation.path.template)
            };
            if let Some(id) = operation.id.as_deref().filter(|id| !names::is_name(id)) {
                let used = names::ident(&self.speller, Case::Value, &text)
                    .plain()
                    .to_owned();
                let place = Place::Value(crate::source::Origin {
                    file: operation.origin.file,
                    pointer: operation.origin.pointer.join("operationId"),
                });
                self.diagnostics.push(
                    Code::OperationIdNotAName {
                        id: id.to_owned(),
                        used,
                    },
                    place,
                );
            }
            let wire = operation
                .id
                .clone()
                .unwrap_or_else(|| format!("{} {}", operation.method, operation.path.template));
            wishes.push(Wanted {
                text,
                wire,
                explicit: explicit && keeps,
            });
        }
        wishes
    }

    /// The security schemes with their constants and setters.
    pub(super) fn schemes(&mut self) -> Vec<Scheme> {
        let api = self.api;
        let placements: Vec<Placement> = api
            .schemes
            .iter()
            .map(|scheme| placement(&scheme.credential))
            .collect();
        let wanted = |text: &str, wire: &str| Wanted {
            text: text.to_owned(),
            wire: wire.to_owned(),
            explicit: false,
        };
        let constants: Vec<Wanted> = api
            .schemes
            .iter()
            .map(|scheme| wanted(&scheme.name, &scheme.name))
            .collect();
        let setters: Vec<Wanted> = api
            .schemes
            .iter()
            .zip(&placements)
            .map(|(scheme, placement)| {
                // The only scheme of its kind is called by the kind: `.bearer(token)`.
                let alone = placements
                    .iter()
                    .filter(|other| kind(other) == kind(placement))
                    .count()
                    == 1;
                wanted(
                    if alone { kind(placement) } else { &scheme.name },
                    &scheme.name,
                )
            })
            .collect();
        let constants = names::scope(
            &self.speller,
            Case::Constant,
            &["SERVERS", "ROUTES", "BASE_PATH"],
            &constants,
        );
        let setters = names::scope(&self.speller, Case::Value, TAKEN_CREDENTIALS, &setters);
        let parts = api
            .schemes
            .iter()
            .zip(placements)
            .zip(constants.idents)
            .zip(setters.idents);
        parts
            .map(|(((scheme, placement), constant), setter)| Scheme {
                constant,
                setter,
                wire: scheme.name.clone(),
                placement,
                doc: Doc::markdown(scheme.description.as_deref().unwrap_or_default()),
            })
            .collect()
    }

    /// The groups with everything that client and server need.
    pub(super) fn groups(
        &mut self,
        shapes: &Shapes,
        groupings: &[Grouping],
        schemes: &[Scheme],
    ) -> Vec<Group> {
        groupings
            .iter()
            .map(|grouping| Group {
                module: grouping.module.clone(),
                api: grouping.api.clone(),
                doc: self.group_doc(grouping),
                operations: grouping
                    .operations
                    .iter()
                    .map(|index| self.operation(shapes, *index, schemes))
                    .collect(),
            })
            .collect()
    }

    fn group_doc(&self, grouping: &Grouping) -> Doc {
        let Some(tag) = &grouping.tag else {
            return Doc::text("The operations of the API.");
        };
        let described = self
            .api
            .tags
            .iter()
            .find(|(name, _)| name == tag)
            .and_then(|(_, description)| description.as_deref());
        Doc::markdown(described.unwrap_or_default())
            .or(|| Doc::text(&format!("The operations tagged {}.", doc::code(tag))))
    }

    fn operation(&mut self, shapes: &Shapes, index: usize, schemes: &[Scheme]) -> Operation {
        let api = self.api;
        let operation = &api.operations[index];
        let named = self.operation_names[index].clone();
        let parameters = self.parameters(shapes, operation);
        let (path_parameters, parameters) = parameters
            .into_iter()
            .partition(|parameter| parameter.location == Location::Path);
        let errors = self.outcomes(shapes, operation.responses.errors());
        Operation {
            request: named.type_name.clone(),
            constant: names::ident(&self.speller, Case::Constant, named.method.plain()),
            error: named.error.clone(),
            response: named.response.clone(),
            params: named.params.clone(),
            name: named.method.clone(),
            id: operation
                .id
                .clone()
                .unwrap_or_else(|| format!("{} {}", operation.method, operation.path.template)),
            doc: self.operation_doc(operation),
            deprecated: operation.deprecated,
            method: operation.method.clone(),
            path: operation.path.template.clone(),
            path_parameters,
            parameters,
            body: operation
                .body
                .as_ref()
                .and_then(|body| self.body(shapes, body)),
            produces: produces(operation),
            security: security(&operation.security, schemes),
            success: self.success(shapes, operation),
            failure: failure(&errors),
            errors,
        }
    }

    fn operation_doc(&self, operation: &ir::Operation) -> Doc {
        let summary = Doc::markdown(operation.summary.as_deref().unwrap_or_default());
        let said = match (&operation.summary, &operation.description) {
            (Some(summary), Some(description)) if summary == description => Doc::none(),
            (_, description) => Doc::markdown(description.as_deref().unwrap_or_default()),
        };
        let endpoint = Doc::text(&shapes::endpoint(operation));
        let reference = self
            .reference(operation)
            .map(|(words, url)| Doc::markdown(&format!("# API reference\n\n[{words}](<{url}>)")));
        summary
            .then(endpoint)
            .then(said)
            .then(reference.unwrap_or_default())
    }

    /// Words and link to the operation's place in the API reference.
    fn reference(&self, operation: &ir::Operation) -> Option<(String, String)> {
        if let Some(url) = &operation.docs_url {
            return Some((
                operation
                    .id
                    .clone()
                    .unwrap_or_else(|| "documentation".to_owned()),
                url.clone(),
            ));
        }
        let id = operation.id.as_deref().filter(|id| names::is_name(id))?;
        let template = self.options.docs_url.as_deref()?;
        Some((id.to_owned(), template.replace("{operationId}", id)))
    }

    fn parameters(&mut self, shapes: &Shapes, operation: &ir::Operation) -> Vec<Parameter> {
        let wanted: Vec<Wanted> = operation
            .parameters
            .iter()
            .map(|parameter| Wanted {
                text: parameter.name.clone(),
                // The same name may stand in the path and in the query.
                wire: if parameter.location == Location::Path {
                    parameter.name.clone()
                } else {
                    format!("{} {}", parameter.name, parameter.location.word())
                },
                explicit: parameter.location == Location::Path,
            })
            .collect();
        let fields = names::scope(&self.speller, Case::Value, TAKEN_PARAMETERS, &wanted);
        self.report_clashes(&fields, |index| {
            (
                operation.parameters[index].name.clone(),
                Place::value(&operation.parameters[index].origin),
            )
        });
        let setters = names::scope(&self.speller, Case::Value, TAKEN_SETTERS, &wanted);
        let named = operation
            .parameters
            .iter()
            .zip(fields.idents)
            .zip(setters.idents);
        named
            .map(|((parameter, name), setter)| {
                let ty = shapes.ty(self.api, parameter.ty);
                Parameter {
                    doc: parameter_doc(parameter),
                    deprecated: parameter.deprecated,
                    name,
                    setter,
                    wire: parameter.name.clone(),
                    location: parameter.location,
                    argument: shapes::argument(&ty),
                    style: parameter.style,
                    ty,
                    required: parameter.required,
                    default: parameter.default.as_ref().and_then(literal),
                    checks: shapes.checks(self.api, parameter.ty),
                }
            })
            .collect()
    }

    fn body(&self, shapes: &Shapes, body: &ir::Body) -> Option<Body> {
        let content = body.contents.first()?;
        Some(Body {
            payload: self.payload(shapes, content.content),
            required: body.required,
            media_type: concrete(&content.media_type).to_owned(),
        })
    }

    fn payload(&self, shapes: &Shapes, content: Content) -> Payload {
        match content {
            Content::Json(ty) => Payload::Json(shapes.ty(self.api, ty)),
            Content::Text => Payload::Text,
            Content::Bytes => Payload::Bytes,
        }
    }

    fn outcomes<'r>(
        &self,
        shapes: &Shapes,
        responses: impl Iterator<Item = &'r ir::Response>,
    ) -> Vec<Outcome> {
        let outcome = |response: &ir::Response| Outcome {
            status: response.status,
            payload: response
                .content
                .as_ref()
                .map_or(Payload::Empty, |(_, content)| {
                    self.payload(shapes, *content)
                }),
            media_type: response
                .content
                .as_ref()
                .map(|(media_type, _)| concrete(media_type).to_owned())
                .unwrap_or_default(),
            variant: names::ident(&self.speller, Case::Variant, &status_words(response.status)),
            doc: Doc::text(&format!("{}:", response.status))
                .beside(Doc::markdown(&response.description)),
        };
        responses.map(outcome).collect()
    }

    /// The successes; where none is documented, `default` says what an answer holds, and any 2xx is a success.
    fn success(&self, shapes: &Shapes, operation: &ir::Operation) -> Success {
        let mut outcomes = self.outcomes(shapes, operation.responses.successes());
        if outcomes.len() > 1 {
            return Success::Several(outcomes);
        }
        Success::One(outcomes.pop().unwrap_or_else(|| {
            let default = operation
                .responses
                .list
                .iter()
                .find(|response| response.status == Status::Default);
            let mut implied = self.outcomes(shapes, default.into_iter());
            let (payload, media_type) = implied
                .pop()
                .map_or((Payload::Empty, String::new()), |outcome| {
                    (outcome.payload, outcome.media_type)
                });
            let variant = names::ident(&self.speller, Case::Variant, "Success");
            Outcome {
                status: Status::Range(2),
                payload,
                media_type,
                variant,
                doc: Doc::none(),
            }
        }))
    }
}

/// The text an operation would like to be named after, and whether that is its operationId.
fn first_choice(operation: &ir::Operation) -> (String, bool) {
    if let Some(id) = operation.id.as_deref().filter(|id| names::is_name(id)) {
        return (id.to_owned(), true);
    }
    let summary = operation.summary.as_deref().and_then(names::from_summary);
    (
        summary.unwrap_or_else(|| names::from_path(&operation.method, &operation.path.template)),
        false,
    )
}

fn placement(credential: &Credential) -> Placement {
    match credential {
        Credential::Bearer => Placement::Bearer,
        Credential::Basic => Placement::Basic,
        Credential::Header(name) => Placement::Header(name.clone()),
        Credential::Query(name) => Placement::Query(name.clone()),
        Credential::Cookie(name) => Placement::Cookie(name.clone()),
    }
}

/// What a credential is called when it is the only one of its kind.
fn kind(placement: &Placement) -> &'static str {
    match placement {
        Placement::Bearer => "bearer",
        Placement::Basic => "basic",
        Placement::Header(_) | Placement::Query(_) | Placement::Cookie(_) => "api_key",
    }
}

fn security(requirements: &[ir::Requirement], schemes: &[Scheme]) -> Security {
    let group = |requirement: &ir::Requirement| -> Vec<(Ident, Vec<String>)> {
        requirement
            .schemes
            .iter()
            .map(|(index, scopes)| (schemes[*index].constant.clone(), scopes.clone()))
            .collect()
    };
    let groups: Vec<_> = requirements
        .iter()
        .filter(|requirement| !requirement.schemes.is_empty())
        .map(group)
        .collect();
    let optional = requirements
        .iter()
        .any(|requirement| requirement.schemes.is_empty());
    match (groups.is_empty(), optional) {
        (true, _) => Security::Public,
        (false, true) => Security::Optional(groups),
        (false, false) => Security::Required(groups),
    }
}

/// Text and bytes have no type of their own: such an error is an unexpected response, with its body at hand.
fn failure(errors: &[Outcome]) -> Failure {
    let typed: Vec<&Payload> = errors
        .iter()
        .map(|outcome| &outcome.payload)
        .filter(|payload| payload.is_typed())
        .collect();
    match &typed[..] {
        [] => Failure::None,
        [first, rest @ ..] if rest.iter().all(|other| other == first) => {
            Failure::Same((*first).clone())
        }
        _ => Failure::ByStatus,
    }
}

/// The media types of all answers, each once, in the order of the responses.
fn produces(operation: &ir::Operation) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (media_type, _) in operation
        .responses
        .list
        .iter()
        .filter_map(|response| response.content.as_ref())
    {
        let media_type = concrete(media_type);
        if !all.iter().any(|known| known == media_type) {
            all.push(media_type.to_owned());
        }
    }
    all
}

/// The media type that is sent: JSON where anything goes, bytes where there is a choice or no media type.
fn concrete(media_type: &str) -> &str {
    match media_type {
        "*/*" | "*" => "application/json",
        _ if media_type.contains('*') || !media_type.contains('/') || !media_type.is_ascii() => {
            "application/octet-stream"
        }
        _ => media_type,
    }
}

fn parameter_doc(parameter: &ir::Parameter) -> Doc {
    let said = Doc::markdown(parameter.description.as_deref().unwrap_or_default());
    let said = said.or(|| {
        Doc::text(&format!(
            "The {} parameter {}.",
            parameter.location.word(),
            doc::code(&parameter.name)
        ))
    });
    let default = parameter
        .default
        .as_ref()
        .map(|value| Doc::text(&format!("Default: {}.", doc::code(&value.to_string()))));
    said.then(default.unwrap_or_default())
}

fn literal(value: &Value) -> Option<Literal> {
    match value {
        Value::Bool(value) => Some(Literal::Bool(*value)),
        Value::Number(number) => number
            .as_i64()
            .map(Literal::Integer)
            .or_else(|| number.as_f64().map(Literal::Float)),
        Value::String(text) => Some(Literal::Text(text.clone())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The reason phrase of a status (RFC 9110 section 15), or what stands in for it.
pub(super) fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => reason(code).map_or_else(|| format!("Status{code}"), str::to_owned),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(5) => "ServerError".to_owned(),
        Status::Range(digit) => format!("Status{digit}xx"),
        Status::Default => "Default".to_owned(),
    }
}

/// The names of the statuses in the IANA registry.
fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        100 => "Continue",
        101 => "SwitchingProtocols",
        102 => "Processing",
        103 => "EarlyHints",
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        305 => "UseProxy",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        418 => "ImATeapot",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        506 => "VariantAlsoNegotiates",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        510 => "NotExtended",
        511 => "NetworkAuthenticationRequired",
        _ => return None,
    })
}
