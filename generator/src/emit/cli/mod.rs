//! Writes the crate of a command line: a table of operations for each group, and a function for each operation that makes the call.

mod call;
mod guide;
mod next_page;
mod operation;

use super::shared::{client_import, program_imports, support};
use super::tokens::{
    allow_deprecated, crate_attributes, elsewhere, head, inner_doc, items, literal,
};
use super::{Chunk, Emitter, SourceFile, Used, code::Code, readme};
use crate::plan::{
    CommandCredential, CommandLine, CommandLogin, CrateKind, Doc, Group, GroupCommands, Layout,
    Plan,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Names of the support code that the modules of groups may use.
const SUPPORT: &[&str] = &[
    "Argument",
    "Call",
    "Content",
    "Form",
    "Given",
    "Invalid",
    "Kind",
    "NextBy",
    "NextPage",
    "Operation",
    "Place",
];

/// The module of the commands' modules.
const COMMANDS: &str = "commands";

pub(super) const EMITTER: Emitter = Emitter {
    files,
    example: |_| None,
    readme: readme::CLI,
};

/// `src/lib.rs`, `src/main.rs`, and a module for each group.
fn files(plan: &Plan) -> Vec<SourceFile<'_>> {
    let mut files = vec![SourceFile::rust("src/lib.rs", || lib(plan))];
    if plan.layout == Layout::Crates {
        files.push(SourceFile::rust("src/main.rs", || main(plan)));
    }
    files.push(group_modules(plan, COMMANDS));
    let groups = plan.groups.iter().zip(&plan.command_line.groups);
    files.extend(groups.map(|(group, commands)| group_file(plan, group, commands, COMMANDS)));
    files
}

fn lib(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&guide::doc(plan));
    let attributes = crate_attributes(plan);
    let support = support(plan, CrateKind::Cli).unwrap_or_else(|| quote! { mod support; });
    let first = quote! {
        #doc
        #attributes
        mod commands;
        #support
    };
    let CommandLine {
        credentials,
        logins,
        ..
    } = &plan.command_line;
    let mut support = vec!["Api", "Group", "Settings", "connect"];
    support.extend((!credentials.is_empty()).then_some("Credential"));
    support.extend(
        logins
            .first()
            .into_iter()
            .flat_map(|_| ["Logins", "OAuthLogin"]),
    );
    // Macros, whose names are in lower case, come last.
    support.sort_unstable();
    let imports = vec![
        client_import(plan, CrateKind::Cli),
        format!("use support::{{{}}};", support.join(", ")),
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
        #[doc = " Runs the program with arguments, of which the first is its name. Prints what there is to print, and returns the exit code."]
        pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
            support::run(&API, arguments)
        }
    }
}

fn main(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&Doc::text(&format!(
        "The command line of {}.",
        Doc::escaped(&plan.title)
    )));
    let krate: TokenStream = plan.crate_name(CrateKind::Cli).parse().unwrap_or_default();
    vec![Chunk::Tokens(quote! {
        #doc
        #![forbid(unsafe_code)]

        use std::process::ExitCode;

        fn main() -> ExitCode {
            #krate::run(std::env::args_os())
        }
    })]
}

/// The module with this name, which has a module for each group.
pub(super) fn group_modules<'p>(plan: &'p Plan, parent: &'static str) -> SourceFile<'p> {
    SourceFile::rust(&format!("src/{parent}.rs"), move || modules(plan, parent))
}

fn modules(plan: &Plan, parent: &str) -> Vec<Chunk> {
    let doc = inner_doc(&Doc::text("The operations of each group."));
    let mut modules: Vec<_> = plan.groups.iter().map(|group| &group.module).collect();
    modules.sort_by_key(|module| module.plain());
    let modules = modules.into_iter().map(|module| {
        let path = elsewhere(module, &format!("{parent}/")).map(|path| quote! { #[path = #path] });
        quote! { #path pub(crate) mod #module; }
    });
    vec![Chunk::Tokens(quote! {
        #doc
        #(#modules)*
    })]
}

/// `static API: Api<Client> = Api { … };`.
fn api(plan: &Plan) -> Chunk {
    let mut code = Code::item("API");
    code.line(0, "static API: Api<Client> = Api {");
    let CommandLine {
        program,
        version,
        title,
        profile_variable,
        credentials,
        logins,
        groups,
    } = &plan.command_line;
    let fields = [
        format!("program: {}", literal(program)),
        format!("name: {}", literal(&plan.name)),
        format!("version: {}", literal(version)),
        format!("title: {}", literal(title)),
        format!("about: {}", literal(plan.doc.as_str())),
        "servers: client::SERVERS".to_owned(),
        format!("server_variable: {}", literal(&plan.base_url_variable)),
        format!("profile_variable: {}", literal(profile_variable)),
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
    for (group, commands) in plan.groups.iter().zip(groups) {
        let fields = [
            format!("name: {}", literal(&commands.name)),
            format!("about: {}", literal(&commands.about)),
            format!("operations: commands::{}::OPERATIONS", group.module),
        ];
        code.line(2, "Group {");
        for field in fields {
            code.line(3, format!("{field},"));
        }
        code.line(2, "},");
    }
    code.line(1, "],");
    code.line(1, "connect: connected,");
    login(logins, &mut code);
    code.line(0, "};");
    code.chunk()
}

/// `Credential { name: "bearer", … },`.
fn credential(credential: &CommandCredential, code: &mut Code) {
    let CommandCredential {
        setter,
        about,
        variables,
        query,
        has_user: _,
    } = credential;
    let variables: Vec<String> = variables.iter().map(|name| literal(name)).collect();
    let query = match query {
        Some(name) => format!("Some({})", literal(name)),
        None => "None".to_owned(),
    };
    code.line(2, "Credential {");
    code.line(3, format!("name: {},", literal(setter.plain())));
    code.line(3, format!("about: {},", literal(about)));
    code.list(3, "variables: &[", &variables, "],");
    code.line(3, format!("query: {query},"));
    code.line(2, "},");
}

/// `login: Some(&Logins(&[OAuthLogin { … }])),`.
fn login(logins: &[CommandLogin], code: &mut Code) {
    if logins.is_empty() {
        return code.line(1, "login: None,");
    }
    code.line(1, "login: Some(&Logins(&[");
    for CommandLogin {
        setter,
        constant,
        client_id,
        client_secret,
    } in logins
    {
        let fields = [
            format!("name: {}", literal(setter.plain())),
            format!("scheme: Client::{constant}"),
            format!("client_id: {}", literal(client_id)),
            format!("client_secret: {}", literal(client_secret)),
        ];
        code.line(2, "OAuthLogin {");
        for field in fields {
            code.line(3, format!("{field},"));
        }
        code.line(2, "},");
    }
    code.line(1, "])),");
}

/// `fn connected(settings: Settings) -> Result<Client, BuildError> { … }`.
fn connected(plan: &Plan) -> TokenStream {
    let CommandLine {
        program,
        version,
        credentials,
        ..
    } = &plan.command_line;
    let given: Vec<TokenStream> = credentials.iter().map(from_profile).collect();
    let from_env = super::client::has_variables(plan).then(|| {
        quote! { let builder = builder.credentials_from_env(); }
    });
    let agent = format!("{program}/{version}");
    let mutable = (!given.is_empty()).then(|| quote! { mut });
    quote! {
        #[doc = " A client with these settings; credentials of the environment go before those of a profile."]
        fn connected(settings: Settings) -> Result<Client, BuildError> {
            let #mutable builder = Client::builder(settings.server.as_str()).user_agent(#agent);
            #(#given)*
            #from_env
            connect!(builder, settings)
        }
    }
}

fn from_profile(credential: &CommandCredential) -> TokenStream {
    let (setter, name) = (&credential.setter, credential.setter.plain());
    if credential.has_user {
        quote! {
            if let Some((user, password)) = settings.user_and_password(#name) {
                builder = builder.#setter(&user, &password);
            }
        }
    } else {
        quote! {
            if let Some(credential) = settings.credential(#name) {
                builder = builder.#setter(credential);
            }
        }
    }
}

/// The table of a group's operations, and the functions that make calls, in a module below `parent`.
pub(super) fn group_file<'p>(
    plan: &'p Plan,
    group: &'p Group,
    commands: &'p GroupCommands,
    parent: &str,
) -> SourceFile<'p> {
    let begin = |used: &Used| {
        let imports = vec![
            used.imports("std::collections", &["BTreeMap"]),
            used.imports("super::super::support", SUPPORT),
            used.imports("super::super::client", &[group.module.as_str(), "types"]),
            used.imports("super::super", &["Client"]),
        ];
        head(
            &group_doc(group),
            &allow_deprecated(plan).to_token_stream(),
            imports,
        )
    };
    let mut parts: Vec<super::Make<'p, Vec<Chunk>>> =
        vec![Box::new(|| vec![operation::table(group, commands)])];
    for (operation, command) in group.operations.iter().zip(&commands.commands) {
        parts.push(Box::new(|| vec![call::function(group, operation, command)]));
    }
    SourceFile::parts(
        &format!("src/{parent}/{}.rs", group.module.file()),
        begin,
        parts,
    )
}

fn group_doc(group: &Group) -> Doc {
    Doc::text(&format!("The operations of `client.{}()`.", group.module))
}
