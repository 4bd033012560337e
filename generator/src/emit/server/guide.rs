//! The server's documentation for new users, and its example.

use crate::emit::example::Example;
use crate::emit::overview::{about, operations, quick_start, section};
use crate::emit::tokens::{literal, use_list, version_order};
use crate::plan::{CrateKind, CredentialLocation, Doc, Group, Plan, Scheme};

/// The greatest number of traits that the quick start implements.
const SHOWN: usize = 3;

/// Documentation of the crate.
pub(super) fn doc(plan: &Plan) -> Doc {
    let what = format!(
        "A server stub for {}. Start with [`{}`].",
        Doc::escaped(&plan.title),
        begin(plan)
    );
    let call = |group: &Group| group.api.to_string();
    let sections = vec![
        start(plan),
        authentication(plan),
        received(plan),
        operations(&plan.groups, call),
    ];
    about(plan, CrateKind::Server, &what, sections)
}

/// The function that configures a server.
fn begin(plan: &Plan) -> String {
    match (&plan.groups[..], &plan.receivers[..]) {
        ([], [first, ..]) => plan.receiving(first),
        _ => "Server::builder".to_owned(),
    }
}

/// The groups of that server.
fn provided(plan: &Plan) -> Vec<&Group> {
    match (&plan.groups[..], &plan.receivers[..]) {
        ([], [first, ..]) => vec![&first.group],
        (groups, _) => groups.iter().collect(),
    }
}

/// A first server, and what applies to all servers.
fn start(plan: &Plan) -> Doc {
    let groups = provided(plan);
    let secured = groups.iter().any(|group| group.is_secured());
    let (shown, hidden) = groups.split_at(groups.len().min(SHOWN));
    let krate = plan.crate_name(CrateKind::Server);
    let mut imports = imports(plan, shown, secured);
    imports.extend((!hidden.is_empty()).then(|| format!("# use {krate}::*;")));
    let mut lines = provider(shown);
    if !hidden.is_empty() {
        let more = format!(
            "// … and {} more traits, one for each group of operations.",
            hidden.len()
        );
        lines.extend([String::new(), more]);
        lines.extend(
            hidden
                .iter()
                .map(|group| format!("# {}", implementation(group).join(" "))),
        );
    }
    if secured {
        lines.push(String::new());
        lines.extend(authenticate(plan));
    }
    let service = format!(
        "let service = {}(Provider){}.build();",
        begin(plan),
        hook(secured)
    );
    lines.extend([
        String::new(),
        "# fn serve() {".to_owned(),
        service,
        "# let _ = service;".to_owned(),
        "# }".to_owned(),
    ]);
    let code = quick_start(plan, imports, lines);
    let session = if secured {
        "the session of the caller and "
    } else {
        ""
    };
    let methods = format!("{METHODS} {session}{GIVEN}");
    let more = [TOWER, &methods, PROBLEMS, TESTS].map(Doc::bullet);
    let more = more.into_iter().fold(Doc::none(), Doc::and);
    let served = plan.served.iter().map(|_| Doc::bullet(DOCUMENT));
    let more = served.fold(more, Doc::and).and(base_path(plan));
    section("Quick start", code.then(more))
}

const TOWER: &str = "A [`Server`] is a `tower` service. `axum::Router::new().fallback_service(service)` serves it in axum; hyper is shown \
                     in `examples/basic.rs`.";

const METHODS: &str = "A method of a trait gets a [`Call`], which has";

const GIVEN: &str = "the request's headers, and the decoded and validated parameters and body. Methods that aren't implemented respond \
                     with 501.";

const PROBLEMS: &str = "Requests that are not valid don't reach the traits. The server responds with a [`Problem`], as \
                        `application/problem+json`; [`problems_as`](ServerBuilder::problems_as) sends the error type of the API instead.";

const TESTS: &str = "In tests, a generated client calls it without a socket: `Client::over(service).build()`, with the client's feature \
                     `tower`.";

const DOCUMENT: &str = "`document().serve(service)` also serves the description of the API, at `/openapi.json` and `/openapi.yaml`, and with the \
                        feature `explorer` and `explorer_at` a page that sends requests to this server.";

/// The base path.
fn base_path(plan: &Plan) -> Doc {
    if plan.base_path.is_empty() || plan.groups.is_empty() {
        return Doc::none();
    }
    let path = Doc::code(&plan.base_path);
    Doc::bullet(&format!(
        "All paths are below {}, the path of the first server that the description declares, unless \
         [`base_path`](ServerBuilder::base_path) is set.",
        path.as_str()
    ))
}

/// How callers are authenticated.
fn authentication(plan: &Plan) -> Doc {
    if plan.schemes.is_empty() || !plan.all_groups().any(Group::is_secured) {
        return Doc::none();
    }
    let rows = plan.schemes.iter().map(|scheme| {
        vec![
            Doc::code(&scheme.wire),
            scheme.location.in_words(),
            read_by(scheme),
        ]
    });
    let begin = "[`authenticate`](ServerBuilder::authenticate) takes an async function from [`Credentials`] to a session, a type of your \
                 own, which methods get from their [`Call`]. Requests without the credentials that an operation requires are \
                 rejected before.";
    let table = Doc::table(&["scheme", "sent as", "read with"], rows);
    section("Authentication", Doc::text(begin).then(table))
}

fn read_by(scheme: &Scheme) -> Doc {
    match &scheme.location {
        CredentialLocation::Bearer => Doc::text("[`bearer()`](Credentials::bearer)"),
        CredentialLocation::Basic => Doc::text("[`basic()`](Credentials::basic)"),
        CredentialLocation::Http(_)
        | CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_) => {
            let call = format!("api_key({})", literal(&scheme.wire));
            Doc::text(&format!(
                "[{}](Credentials::api_key)",
                Doc::code(&call).as_str()
            ))
        }
        CredentialLocation::Certificate | CredentialLocation::External => {
            Doc::text("known to the transport")
        }
    }
}

/// How webhooks and callbacks are received.
fn received(plan: &Plan) -> Doc {
    let items = plan.receivers.iter().map(|receiver| {
        let (api, begin) = (&receiver.group.api, plan.receiving(receiver));
        Doc::bullet(&format!("[`{api}`], served by [`{begin}`]"))
    });
    let list = items.fold(Doc::none(), Doc::and);
    if list.is_empty() {
        return list;
    }
    let begin = "The API sends requests, too. Each kind has a trait and a server of its own:";
    section("Incoming requests", Doc::text(begin).then(list))
}

/// The imports of the example for serving.
const IMPORTS: [&str; 5] = [
    "use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};",
    "use hyper_util::server::conn::auto::Builder;",
    "use hyper_util::server::graceful::GracefulShutdown;",
    "use hyper_util::service::TowerToHyperService;",
    "use tokio::net::TcpListener;",
];

/// A provider without any methods, served by hyper directly, as a framework would hide timeouts and graceful shutdown.
pub(super) fn example(plan: &Plan) -> Option<Example> {
    plan.groups.first()?;
    let secured = plan.is_secured();
    let groups: Vec<&Group> = plan.groups.iter().collect();
    let mut lines = provider(&groups);
    lines.push(String::new());
    if secured {
        lines.extend(authenticate(plan));
        lines.push(String::new());
    }
    let service = format!(
        "    let service = Server::builder(Provider){}.build();",
        hook(secured)
    );
    lines.extend(SERVING.lines().map(|line| match line {
        "    SERVICE" => service.clone(),
        line => line.to_owned(),
    }));
    Some(Example {
        doc: Doc::text(
            "Serves the API at http://127.0.0.1:3000 until Ctrl-C; operations respond with 501 until they are implemented.",
        ),
        imports: vec![
            ["use std::pin::pin;", "use std::time::Duration;"]
                .map(str::to_owned)
                .to_vec(),
            IMPORTS.map(str::to_owned).to_vec(),
            imports(plan, &groups, secured),
        ],
        lines,
    })
}

fn imports(plan: &Plan, groups: &[&Group], secured: bool) -> Vec<String> {
    let apis = groups.iter().map(|group| group.api.as_str());
    let begin = begin(plan);
    let first = begin.split("::").next();
    let mut names: Vec<&str> = apis.chain(first).collect();
    if secured {
        names.extend(["AuthError", "Credentials"]);
    }
    names.sort_by(|a, b| version_order(a, b));
    use_list(&plan.crate_name(CrateKind::Server), &names)
}

fn hook(secured: bool) -> &'static str {
    if secured {
        ".authenticate(authenticate)"
    } else {
        ""
    }
}

/// `struct Provider;`, and its implementations.
fn provider(groups: &[&Group]) -> Vec<String> {
    let mut lines = vec!["struct Provider;".to_owned()];
    for group in groups {
        lines.push(String::new());
        lines.extend(implementation(group));
    }
    lines
}

/// `impl PetsApi for Provider { … }`.
fn implementation(group: &Group) -> Vec<String> {
    let begin = format!("impl {} for Provider {{", group.api);
    if group.is_secured() {
        let session = "    type Session = String;".to_owned();
        vec![begin, session, "}".to_owned()]
    } else {
        vec![begin + "}"]
    }
}

/// The authentication hook.
fn authenticate(plan: &Plan) -> Vec<String> {
    let locations = plan
        .schemes
        .iter()
        .filter(|scheme| scheme.location.is_written());
    let (read, expected) = match locations
        .map(|scheme| (&scheme.location, &scheme.wire))
        .next()
    {
        Some((CredentialLocation::Basic, _)) => ("basic()".to_owned(), "(\"user\", \"secret\")"),
        Some((
            CredentialLocation::Http(_)
            | CredentialLocation::Header(_)
            | CredentialLocation::Query(_)
            | CredentialLocation::Cookie(_),
            name,
        )) => (format!("api_key({})", literal(name)), "\"secret\""),
        Some((
            CredentialLocation::Bearer
            | CredentialLocation::Certificate
            | CredentialLocation::External,
            _,
        ))
        | None => ("bearer()".to_owned(), "\"secret\""),
    };
    vec![
        "async fn authenticate(credentials: Credentials) -> Result<String, AuthError> {".to_owned(),
        format!("    match credentials.{read} {{"),
        format!("        Some({expected}) => Ok(\"a user\".to_owned()),"),
        "        _ => Err(AuthError::Unauthorized),".to_owned(),
        "    }".to_owned(),
        "}".to_owned(),
    ]
}

/// Serves `SERVICE`.
const SERVING: &str = r#"#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    SERVICE
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    let mut http = Builder::new(TokioExecutor::new());
    // A connection is closed if the head of a request takes longer; the server limits the time of bodies.
    let (timer, head) = (TokioTimer::new(), Duration::from_secs(15));
    http.http1().timer(timer).header_read_timeout(head);

    let connections = GracefulShutdown::new();
    let mut end = pin!(tokio::signal::ctrl_c());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let service = TowerToHyperService::new(service.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(connections.watch(connection.into_owned()));
    }

    // Requests that are being handled have time to finish; streams of events, which are endless, are closed then.
    let ended = connections.shutdown();
    let grace = Duration::from_secs(10);
    tokio::time::timeout(grace, ended).await.ok();
    Ok(())
}"#;
