//! `examples/basic.rs`, which the README shows too.

use super::tokens::{FOREIGN_LETTERS, head, recursion_limit, use_list, version_order};
use super::{Chunk, Emitter, Piece, SourceFile};
use crate::plan::{
    Body, CrateKind, Doc, Group, Held, Named, NamedKind, Operation, Parameter, Placement, Plan,
    Security, Success, Ty, TypeItem,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// What an example is made of.
pub(super) struct Example {
    pub(super) doc: Doc,
    /// Groups of lines.
    pub(super) imports: Vec<Vec<String>>,
    pub(super) items: TokenStream,
    /// What no formatter lays out, last.
    pub(super) main: Vec<String>,
}

/// `examples/basic.rs`, if there is anything to show.
pub(super) fn file<'p>(plan: &'p Plan, emitter: &'static Emitter) -> Option<SourceFile<'p>> {
    example(plan, emitter)?;
    Some(SourceFile::pieces("examples/basic.rs", move || {
        example(plan, emitter)
            .map(Piece::Rust)
            .into_iter()
            .collect()
    }))
}

/// The example of one of the packages.
pub(super) fn example(plan: &Plan, emitter: &Emitter) -> Option<Vec<Chunk>> {
    let Example {
        doc,
        imports,
        items,
        main,
    } = (emitter.example)(plan)?;
    // An example is a crate of its own.
    let limit = recursion_limit(plan).map(|limit| {
        let limit = limit.to_string();
        quote! { #![recursion_limit = #limit] }
    });
    let is_foreign =
        !items.to_string().is_ascii() || imports.iter().flatten().any(|line| !line.is_ascii());
    let letters = is_foreign.then(|| {
        let lints: TokenStream = FOREIGN_LETTERS.parse().unwrap_or_default();
        quote! { #![allow(#lints)] }
    });
    let mut chunks = head(&doc, &quote! { #limit #letters }, imports);
    chunks.push(Chunk::Tokens(items));
    chunks.extend((!main.is_empty()).then_some(Chunk::Lines(main)));
    Some(chunks)
}

/// Reads a value from standard input, checks it and writes it back.
pub(super) fn types_example(plan: &Plan) -> Option<Example> {
    let name = &plan.types.iter().find_map(TypeItem::as_shown)?.name;
    let mut used = [name.as_str(), "Validate"];
    used.sort_by(|a, b| version_order(a, b));
    Some(Example {
        doc: Doc::text("Reads a value from standard input, validates it, and writes it back."),
        imports: vec![use_list(&plan.crate_name(CrateKind::Types), &used)],
        items: quote! {
            fn main() -> Result<(), Box<dyn std::error::Error>> {
                let value: #name = serde_json::from_reader(std::io::stdin())?;
                value.validate()?;
                let json = serde_json::to_string_pretty(&value)?;
                println!("{json}");
                Ok(())
            }
        },
        main: Vec::new(),
    })
}

/// Calls the operation that needs the least.
pub(super) fn client_example(plan: &Plan) -> Option<Example> {
    let (group, operation) = plan
        .operations()
        .filter(|(_, operation)| operation.is_simple())
        .min_by_key(|(_, operation)| effort(operation))?;
    let gives_nothing = match &operation.success {
        Success::One(outcome) => outcome.codec().held == Held::Nothing,
        Success::Several(_) => false,
    };
    let (prints, shown) = if gives_nothing {
        ("", None)
    } else {
        let shown = quote! { println!("{answer:?}"); };
        (" and prints what it gives", Some(shown))
    };
    let answer = shown.as_ref().map(|_| quote! { let answer = });
    let (module, name) = (&group.module, &operation.name);
    let client = client(plan, operation);
    let body = body_statement(operation);
    let arguments = operation.path_parameters.iter().map(sample);
    let arguments = arguments.chain(required(operation));
    let arguments = arguments.chain(body.as_ref().map(|_| quote! { body }));
    let doc = format!("Calls {}{prints}.", Doc::code(name.plain()).as_str());
    Some(Example {
        doc: Doc::text(&doc),
        imports: vec![imports(plan, group, operation)],
        items: quote! {
            #[tokio::main(flavor = "current_thread")]
            async fn main() -> Result<(), Box<dyn std::error::Error>> {
                #client
                #body
                let api = client.#module();
                #answer api.#name(#(#arguments),*).await?;
                #shown
                Ok(())
            }
        },
        main: Vec::new(),
    })
}

/// What an example that calls an operation imports.
fn imports(plan: &Plan, group: &Group, operation: &Operation) -> Vec<String> {
    let client = plan.crate_name(CrateKind::Client);
    let required = operation.required.as_ref();
    let required = required.map(|name| format!("use {client}::{}::{name};", group.module));
    let client = format!("use {client}::Client;");
    [client].into_iter().chain(required).collect()
}

/// The arguments for what an operation requires beside what stands in the path.
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

/// How much has to be known for a call: nothing is best, then parameters, then a body.
fn effort(operation: &Operation) -> (bool, usize, bool) {
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .count()
        + operation.path_parameters.len();
    (
        operation.body.as_ref().is_some_and(|body| body.required),
        required,
        operation.method != "GET",
    )
}

/// `let client = Client::builder("https://…").bearer(bearer).build()?;`, with what has to be known for it.
fn client(plan: &Plan, operation: &Operation) -> TokenStream {
    let urls = plan.servers.iter().map(|server| server.url.as_str());
    let url = urls
        .filter(|url| url.starts_with("http"))
        .find(|url| !url.contains(['{', '"', '\\']));
    let url = url.unwrap_or("https://api.example.com");
    let (Security::Required(groups) | Security::Optional(groups)) = &operation.security else {
        return quote! { let client = Client::new(#url)?; };
    };
    let schemes = groups.first().into_iter().flatten();
    let schemes = schemes.filter_map(|(constant, _)| {
        let mut schemes = plan.schemes.iter();
        schemes
            .find(|scheme| scheme.constant == *constant && scheme.placement != Placement::External)
    });
    let mut lines = TokenStream::new();
    let mut setters = TokenStream::new();
    for scheme in schemes {
        let name = &scheme.setter;
        if scheme.placement == Placement::Basic {
            lines.extend(quote! { let #name = std::env::var("PASSWORD")?; });
            setters.extend(quote! { .#name("user", &#name) });
        } else {
            lines.extend(quote! { let #name = std::env::var("TOKEN")?; });
            setters.extend(quote! { .#name(#name) });
        }
    }
    quote! {
        #lines
        let client = Client::builder(#url)#setters.build()?;
    }
}

/// `let body = …;`, if there has to be one.
fn body_statement(operation: &Operation) -> Option<TokenStream> {
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
        quote! { serde_json::from_reader }
    } else {
        quote! { std::io::read_to_string }
    };
    Some(quote! { let body = #read(std::io::stdin())?; })
}

/// A value for a parameter that is the field of a struct.
fn sample_field(ty: &Ty, parameter: &Parameter) -> TokenStream {
    let value = sample_of(ty, parameter);
    if matches!(ty.plain(), Ty::Text(_)) {
        quote! { #value.into() }
    } else {
        value
    }
}

/// A value for a parameter.
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

/// What serving needs of other crates.
const IMPORTS: [&str; 5] = [
    "use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};",
    "use hyper_util::server::conn::auto::Builder;",
    "use hyper_util::server::graceful::GracefulShutdown;",
    "use hyper_util::service::TowerToHyperService;",
    "use tokio::net::TcpListener;",
];

/// A provider that hasn't written anything yet, served by hyper: a framework hides what slow peers and an end are about.
pub(super) fn server_example(plan: &Plan) -> Option<Example> {
    plan.groups.first()?;
    let secured = plan.is_secured();
    let apis = plan.groups.iter().map(|group| group.api.as_str());
    let mut imports: Vec<&str> = apis.chain(["Server"]).collect();
    if secured {
        imports.extend(["AuthError", "Credentials"]);
    }
    imports.sort_by(|a, b| version_order(a, b));
    let providers = plan.groups.iter().map(provider);
    let authenticate = secured.then(authenticate);
    Some(Example {
        doc: Doc::text(
            "Serves the API at http://127.0.0.1:3000 until Ctrl-C; operations respond with 501 until they are implemented.",
        ),
        imports: vec![
            ["use std::pin::pin;", "use std::time::Duration;"]
                .map(str::to_owned)
                .to_vec(),
            IMPORTS.map(str::to_owned).to_vec(),
            use_list(&plan.crate_name(CrateKind::Server), &imports),
        ],
        items: quote! {
            struct Provider;

            #(#providers)*

            #authenticate
        },
        main: serving(secured),
    })
}

/// `async fn main() …`
fn serving(secured: bool) -> Vec<String> {
    let hook = if secured {
        ".authenticate(authenticate)"
    } else {
        ""
    };
    let service = format!("    let service = Server::builder(Provider){hook}.build();");
    let lines = SERVING.lines().map(|line| match line {
        "    SERVICE" => service.clone(),
        line => line.to_owned(),
    });
    lines.collect()
}

const SERVING: &str = r#"#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    SERVICE
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    let mut http = Builder::new(TokioExecutor::new());
    // Whoever takes longer for the head of a request is sent away. The server limits the time of bodies.
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

    // What is being answered has time to end; streams of events, which have no end, are ended then.
    let ended = connections.shutdown();
    let grace = Duration::from_secs(10);
    tokio::time::timeout(grace, ended).await.ok();
    Ok(())
}"#;

/// `impl PetsApi for Provider { … }`
fn provider(group: &Group) -> TokenStream {
    let api = &group.api;
    let session = group
        .is_secured()
        .then(|| quote! { type Session = String; });
    quote! { impl #api for Provider { #session } }
}

/// The hook that finds out who calls.
fn authenticate() -> TokenStream {
    quote! {
        async fn authenticate(credentials: Credentials) -> Result<String, AuthError> {
            match credentials.bearer() {
                Some("secret") => Ok("a user".to_owned()),
                _ => Err(AuthError::Unauthorized),
            }
        }
    }
}
