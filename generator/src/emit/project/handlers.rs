//! The files with the operations of a group: a method for each, which responds with 501.

use super::template::wrapped;
use crate::emit::code::Code;
use crate::emit::server::{SUPPORT, signature, unused};
use crate::emit::tokens::{allow_deprecated, literal, use_order, version_order};
use crate::plan::{CrateKind, Doc, Group, Ident, Operation, Plan};

/// The file of a group.
#[derive(Debug)]
pub struct Handlers {
    /// The trait that it implements: `PetsApi`.
    pub api: String,
    /// The path: `src/handlers/pets.rs`.
    pub path: String,
    /// The line of `src/handlers/mod.rs`: `mod pets;`.
    pub module: String,
    pub text: String,
    /// Whether it has a session.
    pub is_secured: bool,
}

/// `src/handlers/mod.rs`.
pub(super) fn module(handlers: &[Handlers]) -> String {
    let mut modules: Vec<&str> = handlers.iter().map(|one| one.module.as_str()).collect();
    let name = |module: &str| {
        let line = module.lines().last().unwrap_or_default();
        line.replace("r#", "").trim_end_matches(';').to_owned()
    };
    modules.sort_by(|a, b| version_order(&name(a), &name(b)));
    format!(
        "//! The operations, a file for each group. `specwright new` adds files for groups that are new.\n\n{}\n",
        modules.join("\n")
    )
}

pub(super) fn file(plan: &Plan, group: &Group) -> Handlers {
    let module = &group.module;
    let (name, file) = (module.as_str(), module.file());
    let module = if file == module.plain() {
        format!("mod {name};")
    } else {
        format!("#[path = \"{file}.rs\"]\nmod {name};")
    };
    Handlers {
        api: group.api.plain().to_owned(),
        path: format!("src/handlers/{file}.rs"),
        module,
        text: text(plan, group),
        is_secured: group.is_secured(),
    }
}

fn text(plan: &Plan, group: &Group) -> String {
    let mut code = Code::item("App");
    let api = &group.api;
    code.names(api.as_str());
    code.line(0, format!("impl {api} for App {{"));
    if group.is_secured() {
        code.line(1, "type Session = Session;");
        code.names("Session");
    }
    for (index, operation) in group.operations.iter().enumerate() {
        if index > 0 || group.is_secured() {
            code.blank();
        }
        method(operation, &mut code);
    }
    code.line(0, "}");
    let (body, used) = code.finish();

    let server = plan.crate_name(CrateKind::Server);
    let own: Vec<&str> = group.operations.iter().flat_map(own_names).collect();
    let own = [&own[..], &[api.as_str()]].concat();
    // What users need is at the root, too; `Call` stands there, as in the documentation.
    let runtime: Vec<&str> = SUPPORT
        .iter()
        .copied()
        .filter(|name| !["self", "Call", "errors", "routes"].contains(name) && !own.contains(name))
        .collect();
    let of_server = [
        used.imports(&format!("{server}::{}", group.module), &own),
        used.imports(&format!("{server}::runtime"), &runtime),
        used.imports(&server, &["Call", "types"]),
    ];
    let of_project = [
        vec!["use crate::app::App;".to_owned()],
        used.imports("crate::auth", &["Session"]),
        vec!["use crate::error::Error;".to_owned()],
    ];
    let groups = [
        used.imports("std::collections", &["BTreeMap"]),
        sorted(of_server.concat()),
        of_project.concat(),
    ];
    let mut out = head(group);
    if allow_deprecated(plan).is_some() {
        out.push_str("#![allow(deprecated)]\n\n");
    }
    for lines in groups.iter().filter(|lines| !lines.is_empty()) {
        for line in lines {
            out.extend([&wrapped(line), "\n"]);
        }
        out.push('\n');
    }
    out + &body
}

/// What the group says of itself, or how it is called.
fn head(group: &Group) -> String {
    let said = group.doc.first_line();
    let name = Doc::code(group.module.plain());
    let said = match said.as_str() {
        "" => format!("The operations of {}.", name.as_str()),
        said => said.to_owned(),
    };
    format!("//! {said}\n\n")
}

/// The names of an operation's items in the module of its group.
fn own_names(operation: &Operation) -> [&str; 5] {
    let Operation {
        error,
        response,
        params,
        payload,
        form,
        ..
    } = operation;
    [error, response, params, payload, form].map(Ident::as_str)
}

fn sorted(lines: Vec<String>) -> Vec<String> {
    let mut lines: Vec<[String; 1]> = lines.into_iter().map(|line| [line]).collect();
    lines.sort_by(|a, b| use_order(a, b));
    lines.concat()
}

/// A method that responds with 501.
fn method(operation: &Operation, code: &mut Code) {
    let request = Doc::code(&format!("{} {}", operation.method, operation.path));
    let summary = operation.summary.first_line();
    let about = match summary.as_str() {
        "" => request,
        said => Doc::text(&format!("{}: {said}", request.as_str())),
    };
    code.doc(1, &about.first_line());
    let (arguments, result) = signature(operation, "Session", code);
    let name = format!("async fn {}", operation.name);
    let short = format!("    {name}({}) -> {result} {{", arguments.join(", "));
    let end = format!("    ) -> {result}").chars().count();
    if short.chars().count() <= WIDTH || end <= SHORT_RESULT {
        code.function(1, &name, &arguments, &result);
    } else {
        long(operation, &name, &arguments, &result, code);
    }
    discard(&unused(operation), code);
    code.names("Error");
    let id = literal(&operation.id);
    let short = format!("        Err(Error::NotImplemented({id}).into())");
    if short.chars().count() <= WIDTH {
        code.line(0, short);
    } else {
        // What doesn't fit on a line of its own either stays where it is.
        if format!("            {id};").chars().count() <= WIDTH {
            code.assignment(2, "let operation", &id);
        } else {
            code.line(2, format!("let operation = {id};"));
        }
        code.line(2, "Err(Error::NotImplemented(operation).into())");
    }
    code.line(1, "}");
}

/// Line width in columns.
const WIDTH: usize = 100;

/// Greatest width of what ends the arguments before `{` goes to a line of its own, for rustfmt.
const SHORT_RESULT: usize = 94;

/// Greatest width of the same before the result is broken.
const LONG_RESULT: usize = 102;

/// Greatest width of a tuple's values on one line.
const SHORT_TUPLE: usize = 60;

/// `let _ = (call, id);`.
fn discard(values: &str, code: &mut Code) {
    let within = values
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    match within.filter(|within| within.chars().count() > SHORT_TUPLE) {
        None => code.line(2, format!("let _ = {values};")),
        Some(within) => {
            code.line(2, "let _ = (");
            for value in within.split(", ") {
                code.line(3, format!("{value},"));
            }
            code.line(2, ");");
        }
    }
}

/// A signature whose result leaves no room for `{`.
fn long(operation: &Operation, name: &str, arguments: &[String], result: &str, code: &mut Code) {
    code.line(1, format!("{name}("));
    for argument in arguments {
        code.line(2, format!("{argument},"));
    }
    let error = operation.error.as_str();
    let inner = result
        .strip_prefix("Result<")
        .and_then(|rest| rest.strip_suffix(&format!(", {error}>")));
    match inner.filter(|_| format!("    ) -> {result}").chars().count() > LONG_RESULT) {
        None => {
            code.line(1, format!(") -> {result}"));
            code.line(1, "{");
        }
        Some(success) => {
            code.line(1, ") -> Result<");
            code.line(2, format!("{success},"));
            code.line(2, format!("{error},"));
            // rustfmt leaves a result that no line holds as it is, apart from this space.
            let fits = |name: &str| format!("        {name},").chars().count() <= WIDTH;
            let end = if fits(success) && fits(error) {
                "> {"
            } else {
                ">{"
            };
            code.line(1, end);
        }
    }
}
