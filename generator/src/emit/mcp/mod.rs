//! Writes the crate of tools for language models: the table of operations that a command line has, too, and the description, of which the
//! support code makes the schemas of tools.

mod guide;

use super::cli::{group_file, group_modules};
use super::shared::{client_import, program_imports, support};
use super::tokens::{crate_attributes, inner_doc, items, literal};
use super::{Chunk, Emitter, SourceFile, code::Code, readme};
use crate::plan::{CommandCredential, CrateKind, Doc, Layout, Plan, Tools};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) const EMITTER: Emitter = Emitter {
    files,
    example: |_| None,
    readme: readme::MCP,
};

/// The module of the operations' modules.
const OPERATIONS: &str = "operations";

/// `src/lib.rs`, `src/main.rs`, the description, and a module for each group.
fn files(plan: &Plan) -> Vec<SourceFile<'_>> {
    let mut files = vec![SourceFile::rust("src/lib.rs", || lib(plan))];
    if plan.layout == Layout::Crates {
        files.push(SourceFile::rust("src/main.rs", || main(plan)));
    }
    let described = || plan.described.clone().unwrap_or_default();
    files.push(SourceFile::text("src/openapi.json", described));
    files.push(group_modules(plan, OPERATIONS));
    let groups = plan.groups.iter().zip(&plan.tools.groups);
    files.extend(groups.map(|(group, tools)| group_file(plan, group, tools, OPERATIONS)));
    files
}

fn lib(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&guide::doc(plan));
    let attributes = crate_attributes(plan);
    let support = support(plan, CrateKind::Mcp).unwrap_or_else(|| quote! { mod support; });
    let first = quote! {
        #doc
        #attributes
        mod operations;
        #support
    };
    let credential = match &plan.tools.credentials[..] {
        [] => "",
        [..] => "Credential, ",
    };
    let imports = vec![
        client_import(plan, CrateKind::Mcp),
        format!("use support::{{Api, {credential}Group}};"),
    ];
    vec![
        Chunk::Tokens(first),
        program_imports(),
        items(imports),
        Chunk::Tokens(run()),
        api(plan),
        Chunk::Tokens(connected(plan)),
    ]
}

/// `pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode { … }`.
fn run() -> TokenStream {
    quote! {
        #[doc = " Runs the program with arguments, of which the first is its name: responds to requests of the Model Context Protocol until its input ends. Returns the exit code."]
        pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
            support::run(&API, arguments)
        }
    }
}

fn main(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&Doc::text(&format!(
        "Tools for language models: the operations of {}.",
        Doc::escaped(&plan.title)
    )));
    let krate: TokenStream = plan.crate_name(CrateKind::Mcp).parse().unwrap_or_default();
    vec![Chunk::Tokens(quote! {
        #doc
        #![forbid(unsafe_code)]

        use std::process::ExitCode;

        fn main() -> ExitCode {
            #krate::run(std::env::args_os())
        }
    })]
}

/// `static API: Api<Client> = Api { … };`.
fn api(plan: &Plan) -> Chunk {
    let mut code = Code::item("API");
    code.line(0, "static API: Api<Client> = Api {");
    let Tools {
        program,
        version,
        title,
        token_variable,
        client_variables,
        setters_of_callers,
        credentials,
        groups,
    } = &plan.tools;
    let [id, secret] = client_variables;
    let fields = [
        format!("program: {}", literal(program)),
        format!("version: {}", literal(version)),
        format!("title: {}", literal(title)),
        format!("about: {}", literal(plan.doc.as_str())),
        "servers: client::SERVERS".to_owned(),
        format!("server_variable: {}", literal(&plan.base_url_variable)),
        format!("token_variable: {}", literal(token_variable)),
        format!("client_variables: [{}, {}]", literal(id), literal(secret)),
        format!("can_forward: {}", !setters_of_callers.is_empty()),
        "description: include_str!(\"openapi.json\")".to_owned(),
    ];
    for field in fields {
        code.line(1, format!("{field},"));
    }
    code.line(1, "credentials: &[");
    for one in credentials {
        credential(one, &mut code);
    }
    code.line(1, "],");
    code.line(1, "groups: &[");
    for (group, tools) in plan.groups.iter().zip(groups) {
        let fields = [
            format!("name: {}", literal(&tools.name)),
            format!("about: {}", literal(&tools.about)),
            format!("operations: {OPERATIONS}::{}::OPERATIONS", group.module),
        ];
        code.line(2, "Group {");
        for field in fields {
            code.line(3, format!("{field},"));
        }
        code.line(2, "},");
    }
    code.line(1, "],");
    code.line(1, "connect: connected,");
    code.line(0, "};");
    code.chunk()
}

/// `Credential { about: "the credential token: …", variables: &["PETS_TOKEN"] },`.
fn credential(credential: &CommandCredential, code: &mut Code) {
    let CommandCredential {
        setter: _,
        about,
        variables,
        query: _,
        has_user: _,
    } = credential;
    let variables: Vec<String> = variables.iter().map(|name| literal(name)).collect();
    code.line(2, "Credential {");
    code.line(3, format!("about: {},", literal(about)));
    code.list(3, "variables: &[", &variables, "],");
    code.line(2, "},");
}

/// `fn connected(server: &str, forwards: bool) -> Result<Client, BuildError> { … }`.
fn connected(plan: &Plan) -> TokenStream {
    let Tools {
        program,
        version,
        setters_of_callers,
        ..
    } = &plan.tools;
    let agent = format!("{program}/{version}");
    let builder = quote! { Client::builder(server).user_agent(#agent) };
    let from_env = super::client::has_variables(plan).then(|| {
        quote! { .credentials_from_env() }
    });
    if setters_of_callers.is_empty() {
        return quote! {
            #[doc = " A client for a server, with the credentials of the environment."]
            fn connected(server: &str, _forwards: bool) -> Result<Client, BuildError> {
                #builder #from_env .build()
            }
        };
    }
    quote! {
        #[doc = " A client for a server, with the credentials of the environment, or with the tokens of callers."]
        fn connected(server: &str, forwards: bool) -> Result<Client, BuildError> {
            let builder = #builder;
            let builder = match forwards {
                true => builder #(.#setters_of_callers(support::callers_token()))*,
                false => builder #from_env,
            };
            builder.build()
        }
    }
}
