//! `pub trait OauthApi { … }`, which a provider implements.

use super::body;
use crate::emit::Chunk;
use crate::emit::code::Code;
use crate::emit::shared::held;
use crate::emit::tokens::{View, literal};
use crate::plan::{Group, Ident, Locals, Operation, Parameter, Security, Success};
use proc_macro2::TokenStream;
use quote::ToTokens;

pub(super) fn api(group: &Group) -> Chunk {
    let api = &group.api;
    let mut code = Code::item(api.as_str());
    code.doc(0, &group.doc);
    if !group.doc.is_empty() {
        code.line(0, "///");
    }
    code.line(0, "/// Methods that aren't implemented respond with 501.");
    code.line(0, format!("pub trait {api}: Send + Sync + 'static {{"));
    let session = group.is_secured();
    if session {
        code.line(
            1,
            "/// The identity of a caller, as returned by the authentication hook.",
        );
        code.line(1, "type Session: Send + 'static;");
    }
    for (index, operation) in group.operations.iter().enumerate() {
        if session || index > 0 {
            code.blank();
        }
        method(operation, &mut code);
    }
    code.line(0, "}");
    code.chunk()
}

fn method(operation: &Operation, code: &mut Code) {
    let Operation {
        doc,
        name,
        id,
        path_parameters,
        ..
    } = operation;
    code.doc(1, doc);
    if path_parameters.len() > 3 {
        code.line(1, "#[allow(clippy::too_many_arguments)]");
    }
    let (arguments, result) = signature(operation, "Self::Session", code);
    let future = format!("impl Future<Output = {result}> + Send");
    code.function(1, &format!("fn {name}"), &arguments, &future);
    code.line(2, format!("let _ = {};", unused(operation)));
    code.names("support");
    code.line(2, format!("support::not_implemented({})", literal(id)));
    code.line(1, "}");
}

/// The arguments of a method and its result, in code where the type of a caller's session has this name. Records the names that they use.
pub(in crate::emit) fn signature(
    operation: &Operation,
    session: &str,
    code: &mut Code,
) -> (Vec<String>, String) {
    let Operation {
        error,
        locals,
        path_parameters,
        ..
    } = operation;
    let Locals {
        call, params, body, ..
    } = locals;
    code.names("Call");
    let mut arguments = vec![
        "&self".to_owned(),
        format!("{call}: {}", self::call(operation, session)),
    ];
    for Parameter { name, ty, .. } in path_parameters {
        arguments.push(format!("{name}: {}", code.ty(View::Outside, ty)));
    }
    if !operation.parameters.is_empty() {
        code.names(operation.params.as_str());
        arguments.push(format!("{params}: {}", operation.params));
    }
    if let Some(planned) = &operation.body {
        let ty = code.written(body::ty(operation, planned));
        arguments.push(format!("{body}: {ty}"));
    }
    let output = code.written(output(operation));
    code.names(error.as_str());
    (arguments, format!("Result<{output}, {error}>"))
}

/// The type of the call, with the session of the caller if credentials are required.
fn call(operation: &Operation, session: &str) -> String {
    match operation.security {
        Security::Public => "Call".to_owned(),
        Security::Optional(_) => format!("Call<Option<{session}>>"),
        Security::Required(_) => format!("Call<{session}>"),
    }
}

/// The result of a method.
fn output(operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(outcome) => held(outcome.codec().held),
        Success::Several(_) => operation.response.to_token_stream(),
    }
}

/// Uses the arguments in the default body of a method, which doesn't.
pub(in crate::emit) fn unused(operation: &Operation) -> String {
    let Locals {
        call, params, body, ..
    } = &operation.locals;
    let path = operation.path_parameters.iter();
    let names = path
        .map(|parameter| &parameter.name)
        .chain((!operation.parameters.is_empty()).then_some(params))
        .chain(operation.body.as_ref().map(|_| body));
    let names: Vec<&str> = std::iter::once(call)
        .chain(names)
        .map(Ident::as_str)
        .collect();
    match &names[..] {
        [call] => (*call).to_owned(),
        names => format!("({})", names.join(", ")),
    }
}
