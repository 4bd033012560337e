//! Writes the crate of a command line: a table of operations for each group, and a function for each operation that makes the call.

mod call;
mod guide;
mod operation;

use super::shared::support;
use super::tokens::{
    allow_deprecated, crate_attributes, elsewhere, head, inner_doc, items, literal,
};
use super::{Chunk, Emitter, SourceFile, Used, code::Code, readme};
use crate::plan::{
    CrateKind, CredentialLocation, Doc, Group, GroupCommands, Layout, Plan, Scheme, Variables,
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
    "Operation",
    "Place",
];

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
    files.push(SourceFile::rust("src/commands.rs", || commands(plan)));
    let groups = plan.groups.iter().zip(&plan.commands);
    files.extend(groups.map(|(group, commands)| group_file(plan, group, commands)));
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
    let client = match plan.layout {
        Layout::Crates => {
            let krate = plan.crate_name(CrateKind::Client);
            format!("use {krate}::{{self as client, BuildError, Client, types}};")
        }
        Layout::Modules => "use super::client::{self, BuildError, Client, types};".to_owned(),
    };
    let is_secured = plan.schemes.iter().any(is_given);
    let credential = if is_secured { "Credential, " } else { "" };
    let imports = vec![
        "use std::ffi::OsString;".to_owned(),
        "use std::process::ExitCode;".to_owned(),
        String::new(),
        client,
        format!("use support::{{Api, {credential}Group, Settings, connect}};"),
    ];
    vec![
        Chunk::Tokens(first),
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

/// The modules of groups.
fn commands(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&Doc::text("The operations of each group."));
    let mut modules: Vec<_> = plan.groups.iter().map(|group| &group.module).collect();
    modules.sort_by_key(|module| module.plain());
    let modules = modules.into_iter().map(|module| {
        let path = elsewhere(module, "commands/").map(|path| quote! { #[path = #path] });
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
    let title = match plan.title.trim() {
        "" => plan.name.as_str(),
        title => title,
    };
    let prefix = plan.base_url_variable.trim_end_matches("BASE_URL");
    let texts = [
        ("program", CrateKind::Cli.package(&plan.name)),
        ("name", plan.name.clone()),
        ("version", version(plan)),
        ("title", printable_line(title)),
        ("about", plan.doc.as_str().to_owned()),
    ];
    for (field, text) in texts {
        code.line(1, format!("{field}: {},", literal(&text)));
    }
    code.line(1, "servers: client::SERVERS,");
    code.line(
        1,
        format!("server_variable: {},", literal(&plan.base_url_variable)),
    );
    code.line(
        1,
        format!(
            "profile_variable: {},",
            literal(&format!("{prefix}PROFILE"))
        ),
    );
    code.line(1, "credentials: &[");
    for scheme in plan.schemes.iter().filter(|scheme| is_given(scheme)) {
        credential(scheme, &mut code);
    }
    code.line(1, "],");
    code.line(1, "groups: &[");
    for (group, commands) in plan.groups.iter().zip(&plan.commands) {
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
    code.line(0, "};");
    code.chunk()
}

/// The version of the package.
fn version(plan: &Plan) -> String {
    let mut packages = plan.packages.iter();
    let package = packages.find(|package| package.kind == CrateKind::Cli);
    package
        .map(|package| package.version.clone())
        .unwrap_or_default()
}

/// Text of the description as one line that a terminal may show.
fn printable_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    crate::hidden::printable(&words.join(" "))
}

/// Whether a credential can be given to the client's builder as text.
fn is_given(scheme: &Scheme) -> bool {
    scheme.location.is_written()
}

/// `Credential { name: "bearer", … },`.
fn credential(scheme: &Scheme, code: &mut Code) {
    let variables = match &scheme.variables {
        Variables::None => Vec::new(),
        Variables::One(name) => vec![literal(name)],
        Variables::UserAndPassword(user, password) => vec![literal(user), literal(password)],
    };
    let sent = super::docs::sent_as(scheme);
    let about = format!("the credential {}: {}", scheme.wire, sent.as_str());
    let about = printable_line(&about.replace('`', ""));
    let query = match &scheme.location {
        CredentialLocation::Query(name) => format!("Some({})", literal(name)),
        CredentialLocation::Bearer
        | CredentialLocation::Basic
        | CredentialLocation::Http(_)
        | CredentialLocation::Header(_)
        | CredentialLocation::Cookie(_)
        | CredentialLocation::Certificate
        | CredentialLocation::External => "None".to_owned(),
    };
    code.line(2, "Credential {");
    code.line(3, format!("name: {},", literal(scheme.setter.plain())));
    code.line(3, format!("about: {},", literal(&about)));
    code.list(3, "variables: &[", &variables, "],");
    code.line(3, format!("query: {query},"));
    code.line(2, "},");
}

/// `fn connected(settings: Settings) -> Result<Client, BuildError> { … }`.
fn connected(plan: &Plan) -> TokenStream {
    let given = plan.schemes.iter().filter(|scheme| is_given(scheme));
    let given: Vec<TokenStream> = given.map(from_profile).collect();
    let from_env = super::client::has_variables(plan).then(|| {
        quote! { let builder = builder.credentials_from_env(); }
    });
    let agent = format!("{}/{}", CrateKind::Cli.package(&plan.name), version(plan));
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

fn from_profile(scheme: &Scheme) -> TokenStream {
    let (setter, name) = (&scheme.setter, scheme.setter.plain());
    match scheme.location {
        CredentialLocation::Basic => quote! {
            if let Some((user, password)) = settings.user_and_password(#name) {
                builder = builder.#setter(&user, &password);
            }
        },
        CredentialLocation::Bearer
        | CredentialLocation::Http(_)
        | CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_)
        | CredentialLocation::Certificate
        | CredentialLocation::External => quote! {
            if let Some(credential) = settings.credential(#name) {
                builder = builder.#setter(credential);
            }
        },
    }
}

/// The table of a group's operations, and the functions that make calls.
fn group_file<'p>(plan: &'p Plan, group: &'p Group, commands: &'p GroupCommands) -> SourceFile<'p> {
    let begin = |used: &Used| {
        let imports = vec![
            used.imports("std::collections", &["BTreeMap"]),
            used.imports("super::super::support", SUPPORT),
            used.imports("super::super::client", &[group.module.as_str()]),
            used.imports("super::super", &["Client", "types"]),
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
        &format!("src/commands/{}.rs", group.module.file()),
        begin,
        parts,
    )
}

fn group_doc(group: &Group) -> Doc {
    Doc::text(&format!("The operations of `client.{}()`.", group.module))
}
