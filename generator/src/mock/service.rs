//! Responds to requests: finds the operation, checks the request, makes the response.
//!
//! In: requests. Out: responses, and codes for what couldn't be made as described. Doesn't know sockets.

use super::input::Input;
use super::message::{Error, Problem, Request, Response};
use super::operations::{Operation, Operations, Routed};
use super::random::Random;
use super::reply::{Preferences, Replier, chosen, default, for_status};
use super::state::{State, Step};
use super::support::server::query_pairs;
use super::table::{Tables, Way};
use super::value::Heights;
use crate::diag::Code;
use crate::document::{self, Document, StatusKey};
use crate::ir::{Api, Location};
use serde_json::Value;

/// Choices for all requests.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // flags
pub(super) struct Choices {
    pub(super) seed: u64,
    pub(super) dynamic: bool,
    pub(super) stateful: bool,
    /// Whether requests that aren't as described get a response like any other.
    pub(super) lenient: bool,
}

/// An API that responds by itself.
#[derive(Debug)]
pub(super) struct Service {
    document: Document,
    api: Api,
    operations: Operations,
    tables: Tables,
    heights: Heights,
    choices: Choices,
    state: State,
}

/// A response, the operation that it is of, and what was remarkable.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) response: Response,
    /// `GET /pets/{id}`.
    pub(super) operation: Option<String>,
    pub(super) notes: Vec<Code>,
}

impl Service {
    pub(super) fn new(document: Document, api: Api, choices: Choices) -> Self {
        let operations = Operations::of(&document, &api);
        let heights = Heights::of(&document, Way::Response);
        Self {
            document,
            api,
            operations,
            tables: Tables::new(),
            heights,
            choices,
            state: State::default(),
        }
    }

    /// Responds to a request.
    pub(super) fn reply(&mut self, request: &Request) -> Reply {
        let mut notes = Vec::new();
        let (operation, made) = self.respond(request, &mut notes);
        let response = made
            .unwrap_or_else(|problem| problem.response())
            .with_header("access-control-allow-origin", "*")
            .with_header("access-control-expose-headers", "*");
        Reply {
            response,
            operation,
            notes,
        }
    }

    /// Makes each response of each operation once, and returns what can't be made as described.
    pub(super) fn check(&mut self) -> Vec<Code> {
        let mut notes = Vec::new();
        for call in 0..self.operations.len() {
            let operation = self.operations.get(call, &self.document, &self.api);
            for response in &operation.document.responses {
                let status = match response.status {
                    StatusKey::Code(code) => code,
                    StatusKey::Range(digit) => u16::from(digit) * 100,
                    StatusKey::Default => 500,
                };
                for content in &response.content {
                    let mut replier = Replier {
                        document: &self.document,
                        api: &self.api,
                        tables: &mut self.tables,
                        heights: &self.heights,
                        random: Random::new(self.choices.seed, &[&operation.ir.label()]),
                        dynamic: self.choices.dynamic,
                        notes: &mut notes,
                    };
                    let accept = Some(content.name.as_str());
                    // What went wrong is among the notes.
                    let _ = replier.respond(operation, response, status, accept, None);
                }
            }
        }
        notes.dedup();
        notes
    }

    /// Of several operations with the same method and path the one that the request fits best: constants tell them apart, so what is wrong
    /// counts for more than what is missing, and that for more than what only another one has.
    fn meant(&mut self, calls: &[usize], request: &Request, values: &[String]) -> usize {
        let first = calls.first().copied().unwrap_or(0);
        if calls.len() < 2 {
            return first;
        }
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let (document, api, tables) = (&self.document, &self.api, &mut self.tables);
        let misfit = |call: &&usize| {
            let operation = self.operations.get(**call, document, api);
            let mut input = Input {
                document,
                api,
                tables,
                request,
            };
            let errors = input.parameters(&operation, &values);
            let missing = errors.iter().filter(|error| error.is_absence()).count();
            let unknown = query_pairs(&request.query).filter(|(name, _)| {
                let mut parameters = operation.ir.parameters.iter();
                !parameters.any(|one| one.location == Location::Query && one.name == *name)
            });
            (errors.len() - missing, missing, unknown.count())
        };
        calls.iter().min_by_key(misfit).copied().unwrap_or(first)
    }

    /// The operation and the response.
    fn respond(
        &mut self,
        request: &Request,
        notes: &mut Vec<Code>,
    ) -> (Option<String>, Result<Response, Problem>) {
        let routed =
            self.operations
                .find(&self.api, &request.method, &request.path, &request.query);
        let (calls, values, path) = match routed {
            Routed::Found {
                calls,
                values,
                path,
            } => (calls, values, path),
            Routed::OtherMethods(allow) => return (None, Ok(other_method(request, &allow))),
            Routed::Unknown => {
                let detail = format!("no path of the description matches `{}`", request.path);
                return (None, Err(Problem::new(404, detail)));
            }
        };
        let call = self.meant(&calls, request, &values);
        let operation = self.operations.get(call, &self.document, &self.api);
        let label = operation.ir.label();
        let mut turn = Turn {
            document: &self.document,
            api: &self.api,
            tables: &mut self.tables,
            heights: &self.heights,
            choices: self.choices,
            operation,
            request,
            notes,
        };
        let made = turn.respond(&values, &path, &mut self.state);
        (Some(label), made)
    }
}

/// One request to one operation.
struct Turn<'t> {
    document: &'t Document,
    api: &'t Api,
    tables: &'t mut Tables,
    heights: &'t Heights,
    choices: Choices,
    operation: Operation<'t>,
    request: &'t Request,
    notes: &'t mut Vec<Code>,
}

impl Turn<'_> {
    fn respond(
        &mut self,
        values: &[String],
        path: &str,
        state: &mut State,
    ) -> Result<Response, Problem> {
        let operation = self.operation;
        let preferences = Preferences::of(self.request);
        preferences.check()?;
        let mut input = Input {
            document: self.document,
            api: self.api,
            tables: self.tables,
            request: self.request,
        };
        let is_lenient = self.choices.lenient;
        if !is_lenient && !input.is_authorized(&operation.ir.security) {
            let problem = Problem::new(
                401,
                "the request has none of the credentials that are described",
            );
            return Ok(self
                .refusal(&problem)
                .with_header("www-authenticate", &challenge(self.api, operation)));
        }
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut errors = input.parameters(&operation, &values);
        let mut status = 422;
        let body = match input.body(&operation) {
            Ok(body) => body,
            Err(problem) if problem.status == 415 && !is_lenient => {
                return Ok(self.refusal(&problem));
            }
            Err(problem) => {
                status = problem.status;
                errors.extend(problem.errors);
                None
            }
        };
        if !errors.is_empty() && !is_lenient {
            let problem = Problem {
                errors,
                ..Problem::new(status, "the request is not as described")
            };
            return Ok(self.refusal(&problem));
        }
        if self.choices.stateful && preferences.code.is_none() && preferences.example.is_none() {
            return self.kept(path, body.as_ref(), &preferences, state);
        }
        self.described(&preferences)
    }

    /// The response that the description has for a request that isn't valid, or else the problem. Either lists the violations. That the
    /// client accepts the response matters less than that it learns what is wrong.
    fn refusal(&mut self, problem: &Problem) -> Response {
        let responses = &self.operation.document.responses;
        let statuses: &[u16] = match problem.status {
            401 => &[401],
            415 => &[415, 422, 400],
            400 => &[400, 422],
            _ => &[422, 400],
        };
        let found = statuses
            .iter()
            .find_map(|status| Some((for_status(responses, *status)?, *status)));
        let found = found.or_else(|| Some((default(responses)?, problem.status)));
        let made = found.and_then(|(response, status)| {
            let dynamic = Preferences::of(self.request).dynamic;
            let (accept, operation) = (self.request.accept(), self.operation);
            [accept.as_deref(), None].into_iter().find_map(|accept| {
                let mut replier = self.replier(dynamic);
                let made = replier.respond(operation, response, status, accept, None);
                made.ok()
            })
        });
        match made {
            Some(made) => {
                let violations: Value = problem.errors.iter().map(Error::json).collect();
                // Readers of headers expect ASCII.
                let ascii = |c: char| {
                    if c.is_ascii() && !c.is_ascii_control() {
                        c
                    } else {
                        '?'
                    }
                };
                let text: String = violations
                    .to_string()
                    .chars()
                    .map(ascii)
                    .take(4_000)
                    .collect();
                made.with_header("sl-violations", &text)
            }
            None => problem.response(),
        }
    }

    /// The response that the description has.
    fn described(&mut self, preferences: &Preferences) -> Result<Response, Problem> {
        let responses = &self.operation.document.responses;
        let (response, status) = chosen(responses, preferences.code.as_deref())?;
        let example = preferences.example.as_deref();
        self.made(response, status, example, preferences.dynamic)
    }

    fn made(
        &mut self,
        response: &document::Response,
        status: u16,
        example: Option<&str>,
        dynamic: Option<bool>,
    ) -> Result<Response, Problem> {
        let accept = self.request.accept();
        let operation = self.operation;
        self.replier(dynamic)
            .respond(operation, response, status, accept.as_deref(), example)
    }

    fn replier(&mut self, dynamic: Option<bool>) -> Replier<'_> {
        let dynamic = dynamic.unwrap_or(self.choices.dynamic);
        let label = self.operation.ir.label();
        let body = String::from_utf8_lossy(&self.request.body);
        // Without `dynamic`, an operation always has the same response.
        let texts = [&*label, &self.request.path, &self.request.query, &body];
        let texts = if dynamic { &texts[..] } else { &texts[..1] };
        Replier {
            document: self.document,
            api: self.api,
            tables: self.tables,
            heights: self.heights,
            random: Random::new(self.choices.seed, texts),
            dynamic,
            notes: self.notes,
        }
    }

    /// The response from what was created before, where the operation is one of those that state is kept for.
    fn kept(
        &mut self,
        path: &str,
        body: Option<&Value>,
        preferences: &Preferences,
        state: &mut State,
    ) -> Result<Response, Problem> {
        let made = self.described(preferences)?;
        let step = Step::of(self.api, self.operation.ir, path);
        let Some(step) = step else {
            return Ok(made);
        };
        let (response, _) = chosen(&self.operation.document.responses, None)?;
        let content_type = made.headers.get(http::header::CONTENT_TYPE).cloned();
        let content_type = content_type.as_ref().and_then(|value| value.to_str().ok());
        let schema = content_type.and_then(|content_type| {
            let essence = super::support::server::media::essence(content_type).into_owned();
            super::input::described(&response.content, &essence)?.schema
        });
        let (document, tables) = (self.document, &mut *self.tables);
        let mut is_valid = |value: &Value| {
            schema.is_none_or(|schema| tables.holds(document, schema, Way::Response, value))
        };
        let value: Option<Value> = serde_json::from_slice(&made.body).ok();
        match state.take(&step, body, value, &mut is_valid) {
            Ok(Some(value)) => {
                let media_type = content_type.unwrap_or("application/json").to_owned();
                Ok(made.with_body(&media_type, value.to_string()))
            }
            Ok(None) => Ok(made),
            Err(missing) => {
                let responses = &self.operation.document.responses;
                let problem = Problem::new(404, missing);
                let described = for_status(responses, 404).or_else(|| default(responses));
                let Some(response) = described else {
                    return Err(problem);
                };
                Ok(self
                    .made(response, 404, None, preferences.dynamic)
                    .unwrap_or(problem.response()))
            }
        }
    }
}

/// 405, or the response to a browser that asks which requests it may send to another origin (Fetch Standard, CORS preflight).
fn other_method(request: &Request, allow: &str) -> Response {
    if request.method == "OPTIONS" {
        let headers = request.header("access-control-request-headers");
        return Response::new(204)
            .with_header("allow", allow)
            .with_header("access-control-allow-methods", allow)
            .with_header(
                "access-control-allow-headers",
                headers.as_deref().unwrap_or("*"),
            );
    }
    let problem = Problem::new(405, format!("the path has the methods {allow}"));
    problem.response().with_header("allow", allow)
}

/// The challenges of the schemes that an operation requires (RFC 9110, section 11.6.1).
fn challenge(api: &Api, operation: Operation<'_>) -> String {
    use crate::ir::Credential;
    let schemes = operation.ir.security.iter().flat_map(|one| &one.schemes);
    let schemes = schemes.filter_map(|(index, _)| api.schemes.get(*index));
    let mut challenges: Vec<&str> = schemes
        .map(|scheme| match &scheme.credential {
            Credential::Basic => "Basic realm=\"mock\"",
            Credential::Bearer => "Bearer",
            Credential::Http(name) => name,
            Credential::Header(_)
            | Credential::Query(_)
            | Credential::Cookie(_)
            | Credential::Certificate
            | Credential::External => "ApiKey",
        })
        .collect();
    challenges.dedup();
    challenges.join(", ")
}
