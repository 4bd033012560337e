//! The example in the documentation of each operation's method: the call, with arguments that a function around it has.

use super::argument::{is_borrowed, listed_item};
use crate::emit::tokens::{View, compact};
use crate::plan::{
    Body, CrateKind, Doc, Group, GroupKind, Held, Layout, Operation, Parameter, Plan, Success,
};

/// The section `# Example`. Readers see the call only; for modules of a build script there is none, as nobody knows their path.
pub(super) fn example(plan: &Plan, group: &Group, operation: &Operation) -> Doc {
    if plan.layout == Layout::Modules || group.kind != GroupKind::Calls {
        return Doc::none();
    }
    let (arguments, passed) = arguments(group, operation);
    let call = call_with(group, operation, &passed);
    let krate = plan.crate_name(CrateKind::Client);
    let arguments = arguments.join(", ");
    let mut imports = vec!["Client"];
    imports.extend(arguments.contains("types::").then_some("types"));
    let modules =
        arguments.contains(&format!("{}::", group.module)) || operation.required.is_some();
    imports.extend(modules.then_some(group.module.as_str()));
    let imports = match &imports[..] {
        [only] => (*only).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    };
    let maps = arguments.contains("BTreeMap<");
    let maps = maps.then(|| "# use std::collections::BTreeMap;".to_owned());
    let comma = if arguments.is_empty() { "" } else { ", " };
    let begin = [
        format!("# use {krate}::{imports};"),
        format!(
            "# async fn run(client: Client{comma}{arguments}) -> Result<(), Box<dyn std::error::Error>> {{"
        ),
        call,
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ];
    let lines: Vec<String> = maps.into_iter().chain(begin).collect();
    Doc::heading(1, "Example").then(Doc::block("no_run", &lines))
}

/// `let result = client.oauth().get_oauth_app(app_id).await?;`.
#[cfg(feature = "lsp")]
pub(in crate::emit) fn call(group: &Group, operation: &Operation) -> String {
    let (_, passed) = arguments(group, operation);
    call_with(group, operation, &passed)
}

fn call_with(group: &Group, operation: &Operation, passed: &[String]) -> String {
    let result = match &operation.success {
        Success::One(outcome) if outcome.codec().held == Held::Nothing => "",
        Success::One(_) | Success::Several(_) => "let result = ",
    };
    format!(
        "{result}client.{}().{}({}).await?;",
        group.module,
        operation.name,
        passed.join(", ")
    )
}

/// The arguments of the function around the call, and what is passed on.
fn arguments(group: &Group, operation: &Operation) -> (Vec<String>, Vec<String>) {
    let required = operation.required_parameters();
    let in_path = operation.path_parameters.iter();
    let parameters = in_path.chain(required.iter().copied());
    let mut arguments: Vec<String> = parameters.map(argument).collect();
    let name = |parameter: &Parameter| parameter.name.as_str().to_owned();
    let mut passed: Vec<String> = operation.path_parameters.iter().map(name).collect();
    match &operation.required {
        Some(structure) => {
            let fields = required.into_iter().map(name).collect::<Vec<_>>();
            let module = &group.module;
            passed.push(format!("{module}::{structure} {{ {} }}", fields.join(", ")));
        }
        None => passed.extend(required.into_iter().map(name)),
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        let local = operation.locals.body.as_str();
        arguments.push(format!("{local}: {}", body_type(group, operation, body)));
        passed.push(local.to_owned());
    }
    (arguments, passed)
}

/// `app_id: &str`.
fn argument(parameter: &Parameter) -> String {
    let Parameter { name, ty, .. } = parameter;
    let ty = if is_borrowed(ty) {
        "&str".to_owned()
    } else if listed_item(parameter).is_some_and(is_borrowed) {
        "Vec<&str>".to_owned()
    } else {
        compact(&View::Outside.ty(ty))
    };
    format!("{name}: {ty}")
}

fn body_type(group: &Group, operation: &Operation, body: &Body) -> String {
    let module = &group.module;
    let Some(only) = body.only() else {
        return format!("{module}::{}", operation.payload);
    };
    match only.codec().held {
        Held::Value(ty) => compact(&View::Outside.ty(ty)),
        Held::Form(_) => format!("{module}::{}", operation.form),
        Held::Text | Held::Bytes | Held::Nothing | Held::Events(_) | Held::Lines(_) => {
            "String".to_owned()
        }
    }
}
