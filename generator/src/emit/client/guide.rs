//! The client's documentation for new users, and its example.

use crate::emit::example::{Example, chain, chunks, indented};
use crate::emit::overview::{about, operations, quick_start, section, servers};
use crate::emit::tokens::{compact, literal};
use crate::emit::{Piece, SourceFile};
use crate::plan::{
    Body, CrateKind, CredentialLocation, Doc, Group, GroupExample, Held, Ident, Named, NamedKind,
    Operation, Parameter, Payload, Plan, Scheme, Security, Success, Ty, Variables,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Documentation of the crate.
pub(super) fn doc(plan: &Plan) -> Doc {
    let what = format!(
        "A client for {}. Start with [`Client::builder`].",
        Doc::escaped(&plan.title)
    );
    let call = |group: &Group| format!("client.{}()", group.module);
    let sections = vec![
        start(plan),
        senders(plan),
        authentication(plan),
        servers(plan),
        operations(&plan.groups, call),
    ];
    about(plan, CrateKind::Client, &what, sections)
}

/// How webhooks and callbacks are sent, by a client of an API that has nothing else.
fn senders(plan: &Plan) -> Doc {
    if plan.operations().next().is_some() {
        return Doc::none();
    }
    let senders = plan.receivers.iter().map(|receiver| {
        let module = receiver.group.module.plain();
        Doc::bullet(&format!("`client.{module}(subscriber)`"))
    });
    let list = senders.fold(Doc::none(), Doc::and);
    section("Sending", Doc::text(SENDERS).then(list))
}

const SENDERS: &str = "The description has no operations to call, only requests that the API sends. The client sends them to a `Subscriber`, a URL and the \
                       signatures of what is sent there; the URL of the builder isn't used then.";

/// A first call, and what applies to all calls.
fn start(plan: &Plan) -> Doc {
    let Some((group, operation)) = shown(plan) else {
        return Doc::none();
    };
    let begin = "# async fn run() -> Result<(), Box<dyn std::error::Error>> {".to_owned();
    let end = ["# Ok(())", "# }"].map(str::to_owned);
    let lines = std::iter::once(begin)
        .chain(statements(plan, group, operation))
        .chain(end);
    let code = quick_start(plan, imports(plan, group, operation), lines.collect());
    let is_paged = |group: &Group| group.operations.iter().any(|one| one.paging.is_some());
    let lists = plan.groups.iter().any(is_paged).then_some(LISTS);
    let linked = has(plan, |one| !one.links.is_empty()).then_some(LINKS);
    let polled = has(plan, |one| one.long_running.is_some()).then_some(UNTIL);
    let is_events = |operation: &Operation| {
        let mut payloads = operation.payloads();
        payloads.any(|payload| matches!(payload, Payload::Events(_)))
    };
    let has_events = |group: &Group| group.operations.iter().any(is_events);
    let events = plan.groups.iter().any(has_events).then_some(EVENTS);
    let more = [AWAIT, SEND, ERRORS].into_iter().chain(lists).chain(linked);
    let more = more.chain(polled).chain(events);
    let more = more.chain([BUILDER, OPTIONS, RAW, OVER, MOCK]);
    let more = more.map(Doc::bullet);
    let more = more.fold(Doc::none(), Doc::and);
    section("Quick start", code.then(Doc::text(REQUESTS)).then(more))
}

const REQUESTS: &str = "Each operation is a method of its group. It takes what is required and returns a request, which has a method for \
                        each optional parameter.";

const AWAIT: &str =
    "`.await` sends the request and gives the body of the response, as one of the [`types`].";

const SEND: &str = "`.send().await` gives a [`Response`], which has the status and headers, too, and `.send_raw().await` the response \
                    as it came. With the feature `blocking`, `.send_blocking()` does the same outside of async code.";

const ERRORS: &str = "[`Error`] distinguishes the errors that the description documents ([`Error::Api`], with a typed body) from \
                      everything else that can happen.";

const BUILDER: &str = "[`ClientBuilder`] sets what all requests have in common: credentials, headers, timeouts, retries, hooks, the transport.";

const OPTIONS: &str = "Calls that failed for a reason which may pass are repeated if that is safe, see [`Retries`]. \
                       `.options(…)` takes choices for one call, [`CallOptions`].";

const RAW: &str = "[`Client::raw`] calls what the description doesn't have, with the same credentials and retries.";

const OVER: &str = "With the feature `tower`, `Client::over(service)` configures a client of a server in the same process, for tests: \
                    no socket, and bodies are streamed.";

const MOCK: &str = "With the feature `mock`, `Client::mocked(&mock)` configures a client of a `Mock`, whose operations respond as a test has it; \
                    `Recording` writes the calls of a client to a file without secrets, `Replay` responds with these.";

const LISTS: &str = "The request for a page of a list has `.paginate()`, which gives [`Pages`]: `.next().await` requests one \
                     page after the other, `.items()` gives the items of all.";

/// Whether any operation that is called is one of these.
fn has(plan: &Plan, is_one: impl Fn(&Operation) -> bool) -> bool {
    plan.operations().any(|(_, operation)| is_one(operation))
}

const LINKS: &str = "What may follow a response is a method of [`Response`], which takes the client and gives the next request: a trait next to the \
                     request has those of an operation, `…Links`.";

const UNTIL: &str = "The request of an operation that goes on after its response has `.until_done()`, which gives [`Polling`]: `.await` asks the server \
                     until it is done and gives the result, or a [`PollingError`].";

const EVENTS: &str = "[`Events`] give one event after the other, by `.next().await`, or with the feature `blocking` by the iterator \
                      `.blocking()`. [`.reconnecting(Reconnect::new())`](Events::reconnecting) has a stream requested again where it \
                      broke off. With the feature `stream` they are a `futures_core::Stream`, as are bodies and pages.";

/// How to set credentials.
fn authentication(plan: &Plan) -> Doc {
    if plan.schemes.is_empty() {
        return section("Authentication", Doc::text(UNDECLARED));
    }
    let rows = plan.schemes.iter().map(|scheme| {
        let setter = scheme.setter.plain();
        let method = match scheme.location {
            CredentialLocation::External => Doc::text("set up with the transport"),
            // No link: it isn't there without the feature.
            CredentialLocation::Certificate => {
                Doc::text(&format!("`{setter}`, with a feature for rustls"))
            }
            CredentialLocation::Bearer
            | CredentialLocation::Basic
            | CredentialLocation::Http(_)
            | CredentialLocation::Header(_)
            | CredentialLocation::Query(_)
            | CredentialLocation::Cookie(_) => {
                Doc::text(&format!("[`{setter}`](ClientBuilder::{setter})"))
            }
        };
        vec![Doc::code(&scheme.wire), scheme.location.in_words(), method]
    });
    let begin = "Credentials are given to the builder, once, and sent only to operations that require them.";
    let table = Doc::table(&["scheme", "sent as", "method of the builder"], rows);
    let more = [
        (has_variables(plan), FROM_ENV),
        (has_tokens(plan), TOKENS),
        (has_oauth(plan), OAUTH),
    ];
    let more = more.into_iter().filter(|(is_there, _)| *is_there);
    let more = more.map(|(_, text)| Doc::bullet(text));
    let more = more.fold(Doc::none(), Doc::and);
    section("Authentication", Doc::text(begin).then(table).then(more))
}

/// Whether credentials may be in environment variables.
pub(in crate::emit) fn has_variables(plan: &Plan) -> bool {
    let mut schemes = plan.schemes.iter();
    schemes.any(|scheme| scheme.variables != Variables::None)
}

fn has_tokens(plan: &Plan) -> bool {
    let mut schemes = plan.schemes.iter();
    schemes.any(|scheme| scheme.location == CredentialLocation::Bearer)
}

fn has_oauth(plan: &Plan) -> bool {
    let mut schemes = plan.schemes.iter();
    schemes.any(|scheme| scheme.oauth.is_some())
}

const OAUTH: &str = "With the feature `oauth2`, tokens come from flows of OAuth 2: `AuthorizationServer::new` takes what the description says \
                     of a scheme, a constant of [`Client`]; `client(\"id\")` of it has a method for each flow, whose result is the token.";

const FROM_ENV: &str = "[`Client::from_env`] takes server and credentials from the environment, \
                        [`credentials_from_env`](ClientBuilder::credentials_from_env) the credentials.";

const TOKENS: &str = "A token that expires comes from a [`TokenSource`], by [`Secret::tokens`]: it is kept, fetched anew before it \
                      expires, once for all calls that need it, and once more if the server responds with 401.";

const UNDECLARED: &str = "The description declares no security schemes. Should the API want credentials all the same, \
                          [`header`](ClientBuilder::header) sets a header of all requests.";

/// A call of the simplest operation, from the import on.
pub(super) fn first_call(plan: &Plan) -> Option<Vec<String>> {
    let (group, operation) = shown(plan)?;
    let mut lines = imports(plan, group, operation);
    lines.push(String::new());
    lines.extend(statements(plan, group, operation));
    Some(lines)
}

/// An example that calls the simplest operation.
pub(super) fn example(plan: &Plan) -> Option<Example> {
    let (group, operation) = shown(plan)?;
    let prints = if gives_nothing(operation) {
        ""
    } else {
        " and prints the result"
    };
    let doc = format!(
        "Calls {}{prints}.",
        Doc::code(operation.name.plain()).as_str()
    );
    Some(Example {
        doc: Doc::text(&doc),
        imports: vec![imports(plan, group, operation)],
        lines: main(statements(plan, group, operation)),
    })
}

/// The function `main` of an example.
fn main(statements: Vec<String>) -> Vec<String> {
    let mut lines = vec![
        "#[tokio::main(flavor = \"current_thread\")]".to_owned(),
        "async fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    lines.extend(indented(statements));
    lines.extend(["    Ok(())", "}"].map(str::to_owned));
    lines
}

/// The examples of groups: `examples/pets.rs`.
pub(super) fn group_examples(plan: &Plan) -> impl Iterator<Item = SourceFile<'_>> {
    plan.groups.iter().filter_map(move |group| {
        let planned = group.example.as_ref()?;
        let path = format!("examples/{}.rs", planned.name);
        Some(SourceFile::pieces(&path, move || {
            let example = group_example(plan, group, planned);
            vec![Piece::Rust(chunks(plan, example))]
        }))
    })
}

const FROM: &str = "Server and credentials come from the environment, see `Client::from_env`.";

/// Calls operations of a group, with a client from the environment.
fn group_example(plan: &Plan, group: &Group, planned: &GroupExample) -> Example {
    let calls = planned.operations.iter();
    let calls = calls.filter_map(|at| group.operations.get(*at));
    let has_variables = has_variables(plan);
    let client = if has_variables {
        "let client = Client::from_env()?;".to_owned()
    } else {
        format!("let client = Client::new({})?;", url(plan))
    };
    let (mut imported, mut lines) = (Vec::new(), vec![client]);
    for operation in calls {
        imported.extend(imports(plan, group, operation));
        lines.extend(call(group, operation));
    }
    imported.sort();
    imported.dedup();
    let what = Doc::code(group.module.plain());
    let what = format!(
        "Reads from the group {} and prints the results.",
        what.as_str()
    );
    let from = if has_variables {
        Doc::text(FROM)
    } else {
        Doc::none()
    };
    Example {
        doc: Doc::text(&what).then(from),
        imports: vec![imported],
        lines: main(lines),
    }
}

/// The imports of code that calls an operation.
fn imports(plan: &Plan, group: &Group, operation: &Operation) -> Vec<String> {
    let client = plan.crate_name(CrateKind::Client);
    let required = operation.required.as_ref();
    let required = required.map(|name| format!("use {client}::{}::{name};", group.module));
    let client = format!("use {client}::Client;");
    [client].into_iter().chain(required).collect()
}

/// The arguments for what an operation requires outside of the path.
fn required(operation: &Operation) -> Vec<TokenStream> {
    let required = operation.required_parameters();
    let Some(struct_name) = &operation.required else {
        return required.into_iter().map(sample).collect();
    };
    let fields = required.into_iter().map(|parameter| {
        let name = &parameter.name;
        let value = if let Ty::Vec(item) = parameter.ty.plain() {
            let item = sample_field(item, parameter);
            quote! { vec![#item] }
        } else {
            sample_field(&parameter.ty, parameter)
        };
        quote! { #name: #value }
    });
    vec![quote! { #struct_name { #(#fields),* } }]
}

/// The simplest operation.
fn shown(plan: &Plan) -> Option<(&Group, &Operation)> {
    plan.operations()
        .filter(|(_, operation)| operation.is_simple())
        .min_by_key(|(_, operation)| effort(operation))
}

/// Builds a client and calls an operation.
fn statements(plan: &Plan, group: &Group, operation: &Operation) -> Vec<String> {
    let mut lines = client(plan, operation);
    lines.extend(call(group, operation));
    lines
}

/// Calls an operation of a `client`, and prints what it gives.
fn call(group: &Group, operation: &Operation) -> Vec<String> {
    let mut lines = Vec::new();
    let body = body_statement(operation);
    let arguments = operation.path_parameters.iter().map(sample);
    let arguments = arguments.chain(required(operation));
    let arguments = arguments.map(|argument| compact(&argument));
    let arguments = arguments.chain(body.as_ref().map(|_| "body".to_owned()));
    let arguments: Vec<String> = arguments.collect();
    lines.extend(body);
    let calls = [
        format!(".{}()", group.module),
        format!(".{}({})", operation.name, arguments.join(", ")),
        ".await?".to_owned(),
    ];
    if gives_nothing(operation) {
        lines.extend(chain("client", &calls));
    } else {
        lines.extend(chain("let result = client", &calls));
        lines.push("println!(\"{result:?}\");".to_owned());
    }
    lines
}

fn gives_nothing(operation: &Operation) -> bool {
    match &operation.success {
        Success::One(outcome) => outcome.codec().held == Held::Nothing,
        Success::Several(_) => false,
    }
}

/// Sort key for the effort of a call: without arguments is best, then with parameters, then with a body; of equal ones, one with a result.
fn effort(operation: &Operation) -> (bool, usize, bool, bool) {
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .count()
        + operation.path_parameters.len();
    (
        operation.body.as_ref().is_some_and(|body| body.required),
        required,
        gives_nothing(operation),
        operation.method != "GET",
    )
}

/// `let client = Client::builder("https://…").bearer(token).build()?;`, after the variables that it needs.
fn client(plan: &Plan, operation: &Operation) -> Vec<String> {
    let url = url(plan);
    let schemes = credentials(plan, operation);
    if schemes.is_empty() {
        return vec![format!("let client = Client::new({url})?;")];
    }
    let (mut lines, mut calls) = (Vec::new(), Vec::new());
    for scheme in &schemes {
        let (local, variable, before) = match scheme.location {
            CredentialLocation::Basic => ("password", "PASSWORD", "\"user\", &"),
            CredentialLocation::Bearer => ("token", "TOKEN", ""),
            CredentialLocation::Http(_)
            | CredentialLocation::Header(_)
            | CredentialLocation::Query(_)
            | CredentialLocation::Cookie(_)
            | CredentialLocation::Certificate
            | CredentialLocation::External => ("key", "API_KEY", ""),
        };
        let local = match &schemes[..] {
            [_] => local,
            _ => scheme.setter.as_str(),
        };
        lines.push(format!("let {local} = std::env::var(\"{variable}\")?;"));
        calls.push(format!(".{}({before}{local})", scheme.setter));
    }
    calls.push(".build()?".to_owned());
    let begin = format!("let client = Client::builder({url})");
    lines.extend(chain(&begin, &calls));
    lines
}

/// The URL of a server, as a literal.
fn url(plan: &Plan) -> String {
    let urls = plan.servers.iter().map(|server| server.url.as_str());
    let url = urls
        .filter(|url| url.starts_with("http"))
        .find(|url| !url.contains(['{', '"', '\\']));
    literal(url.unwrap_or("https://api.example.com"))
}

/// The credentials of an operation's first alternative.
fn credentials<'p>(plan: &'p Plan, operation: &Operation) -> Vec<&'p Scheme> {
    let (Security::Required(groups) | Security::Optional(groups)) = &operation.security else {
        return Vec::new();
    };
    let is_given = |scheme: &&Scheme, constant: &Ident| {
        scheme.constant == *constant && scheme.location.is_written()
    };
    let constants = groups.first().into_iter().flatten();
    let schemes = constants.filter_map(|(constant, _)| {
        let mut schemes = plan.schemes.iter();
        schemes.find(|scheme| is_given(scheme, constant))
    });
    schemes.collect()
}

/// `let body = …;`, if the body is required.
fn body_statement(operation: &Operation) -> Option<String> {
    let Some(Body {
        contents,
        required: true,
        ..
    }) = &operation.body
    else {
        return None;
    };
    let held = contents.first().map(|content| content.codec().held);
    let read = if matches!(held, Some(Held::Value(_))) {
        "serde_json::from_reader"
    } else {
        "std::io::read_to_string"
    };
    Some(format!("let body = {read}(std::io::stdin())?;"))
}

/// A sample value for a parameter in a struct.
fn sample_field(ty: &Ty, parameter: &Parameter) -> TokenStream {
    let value = sample_of(ty, parameter);
    if matches!(ty.plain(), Ty::Text(_)) {
        quote! { #value.into() }
    } else {
        value
    }
}

/// A sample value for a parameter.
fn sample(parameter: &Parameter) -> TokenStream {
    sample_of(&parameter.ty, parameter)
}

fn sample_of(ty: &Ty, parameter: &Parameter) -> TokenStream {
    match ty.plain() {
        Ty::Vec(item) => {
            let item = sample_of(item, parameter);
            quote! { [#item] }
        }
        Ty::Bool => quote! { true },
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 => quote! { 1 },
        Ty::F64 => quote! { 1.0 },
        Ty::Named(Named {
            kind: NamedKind::IntegerEnum,
            ..
        }) => quote! { 1_i64.into() },
        Ty::Named(_) => quote! { "a value".into() },
        Ty::Unit
        | Ty::String
        | Ty::Text(_)
        | Ty::Value
        | Ty::Bytes
        | Ty::Tuple(_)
        | Ty::Map(_)
        | Ty::JsonMap
        | Ty::Option(_)
        | Ty::Box(_)
        | Ty::Local(_)
        | Ty::NoError => parameter.name.plain().to_token_stream(),
    }
}
