//! An operation of the client: its method, metadata, request and errors.

use super::argument::{argument, given, given_items, listed_item};
use super::{body, links, paging, polling, required, responses, snippet};
use crate::emit::code::Code;
use crate::emit::tokens::{compact, deprecated, literal, style};
use crate::emit::{Chunk, Used, docs, headers, overview};
use crate::plan::{
    Body, Failure, Group, Link, Location, Operation, Outcome, Parameter, ParameterStyle, Plan,
    Security, Success,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `pub fn get_oauth_app(&self, app_id: impl AsRef<str>) -> GetOAuthApp { … }`.
pub(super) fn method(plan: &Plan, group: &Group, operation: &Operation) -> TokenStream {
    let Operation {
        name,
        request,
        constant,
        locals,
        ..
    } = operation;
    let (output, error) = (responses::output(operation), responses::error(operation));
    let doc = overview::method(operation, &compact(&output), &compact(&error));
    let doc = doc.then(snippet::example(plan, group, operation));
    let local = locals.request.to_token_stream();
    let body_local = locals.body.to_token_stream();
    let deprecated = deprecated(operation.deprecated);
    let body = operation.body.as_ref().filter(|body| body.required);
    let arguments = arguments(operation);
    let in_path = operation.path_parameters.iter();
    let filled = in_path
        .map(|parameter| fill_into(&local, parameter))
        .chain(fill_required(operation, &local))
        .chain(body.map(|body| body::fill(&local, &body_local, operation, body)));
    let allow = (arguments.len() > 6).then(|| quote! { #[allow(clippy::too_many_arguments)] });
    let held = if locals.request.as_str() == "request" {
        quote! { request }
    } else {
        quote! { request: #local }
    };
    let mutable = (!arguments.is_empty()).then(|| quote! { mut });
    quote! {
        #doc
        #deprecated
        #allow
        pub fn #name(&self, #(#arguments),*) -> #request {
            let #mutable #local = self.core.request(&#constant);
            #(#filled)*
            #request { #held }
        }
    }
}

/// `pub fn get_oauth_app(&self, app_id: impl AsRef<str>) -> GetOAuthApp`, and what it resolves to.
#[cfg(feature = "lsp")]
pub(in crate::emit) fn signature(operation: &Operation) -> String {
    let arguments = arguments(operation);
    let arguments = arguments
        .iter()
        .map(|argument| format!(", {}", compact(argument)));
    let arguments: String = arguments.collect();
    let (output, error) = (responses::output(operation), responses::error(operation));
    let Operation { name, request, .. } = operation;
    let result = format!("Response<{}>, Error<{}>", compact(&output), compact(&error));
    format!("// resolves to Result<{result}>\npub fn {name}(&self{arguments}) -> {request}")
}

/// The arguments of the method: those of the path, what else is required, the body.
fn arguments(operation: &Operation) -> Vec<TokenStream> {
    let body = operation.body.as_ref().filter(|body| body.required);
    let local = operation.locals.body.to_token_stream();
    let in_path = operation.path_parameters.iter().map(argument);
    in_path
        .chain(required_arguments(operation))
        .chain(body.map(|body| body::argument(&local, operation, body)))
        .collect()
}

/// The arguments for what is required outside of the path: one each, or a struct with all.
fn required_arguments(operation: &Operation) -> Vec<TokenStream> {
    let Some(name) = &operation.required else {
        let required = operation.required_parameters();
        return required.into_iter().map(argument).collect();
    };
    let local = &operation.locals.required;
    let ty = required::taken(name, required::borrows(operation));
    vec![quote! { #local: #ty }]
}

/// The statements that add these arguments, in document order.
fn fill_required(operation: &Operation, request: &TokenStream) -> Vec<TokenStream> {
    let local = &operation.locals.required;
    let required = operation.parameters.iter().filter(|one| one.required);
    let fill = |parameter: &Parameter| {
        if operation.required.is_none() {
            return fill_into(request, parameter);
        }
        let name = &parameter.name;
        fill_with(request, parameter, &quote! { #local.#name })
    };
    required.map(fill).collect()
}

/// The other items of an operation, in the order of the file.
pub(super) fn items(group: &Group, operation: &Operation) -> Vec<Chunk> {
    let mut chunks = vec![facts(operation), Chunk::Tokens(request(group, operation))];
    chunks.push(sendable(operation));
    chunks.extend(paging::item(operation).map(Chunk::Tokens));
    chunks.extend(links::item(group, operation).map(Chunk::Tokens));
    chunks.extend(required::parameters(group, operation).map(Chunk::Tokens));
    chunks.extend(headers::alias(group, operation).map(Chunk::Tokens));
    if let Success::Several(outcomes) = &operation.success {
        let doc = docs::client_response(group, operation);
        chunks.push(Chunk::Tokens(responses::definition(
            &doc,
            &operation.response,
            outcomes,
        )));
    }
    if operation.failure == Failure::ByStatus {
        let doc = docs::client_error(group, operation);
        let typed: Vec<Outcome> = operation
            .errors
            .iter()
            .filter(|outcome| outcome.payload.is_typed())
            .cloned()
            .collect();
        chunks.push(Chunk::Tokens(responses::definition(
            &doc,
            &operation.error,
            &typed,
        )));
    }
    chunks.extend(body::items(group, operation));
    chunks
}

/// `static GET_OAUTH_APP: OperationInfo = OperationInfo { … };`, with what differs from the defaults.
fn facts(operation: &Operation) -> Chunk {
    let Operation {
        constant,
        id,
        method,
        path,
        query,
        redirects,
        security,
        tags,
        links,
        ..
    } = operation;
    let mut code = Code::item(constant.as_str());
    code.names("OperationInfo");
    let head = format!("static {constant}: OperationInfo = OperationInfo {{");
    code.line(0, head);
    code.line(1, format!("id: {},", literal(id)));
    code.line(1, format!("method: {},", literal(method)));
    if let Some(url) = &operation.server {
        code.line(1, format!("server: Some({}),", literal(url)));
    }
    let separator = if query.is_empty() { "" } else { "?" };
    let path = literal(&format!("{path}{separator}{query}"));
    code.line(1, format!("path: {path},"));
    if !tags.is_empty() {
        let tags: Vec<String> = tags.iter().map(|tag| literal(tag)).collect();
        code.list(1, "tags: &[", &tags, "],");
    }
    if !operation.produces.is_empty() {
        let accept = literal(&operation.produces.join(", "));
        code.line(1, format!("accept: Some({accept}),"));
    }
    if !redirects.is_empty() {
        let redirects: Vec<String> = redirects.iter().map(ToString::to_string).collect();
        code.list(1, "redirects: &[", &redirects, "],");
    }
    if is_streamed(operation) {
        code.line(1, "streams: true,");
    }
    credentials(security, &mut code);
    if let Some(said) = operation.idempotent {
        code.line(1, format!("idempotent: Some({said}),"));
    }
    if let Some(name) = &operation.idempotency_key {
        code.line(1, format!("idempotency_key: Some({}),", literal(name)));
    }
    if links.iter().any(Link::needs_request) {
        code.line(1, "keeps_request: true,");
    }
    code.line(1, "..OperationInfo::PLAIN");
    code.line(0, "};");
    code.chunk()
}

/// `security: &[&[&OAUTH2]],` and `scopes: &[(OAUTH2.name, &["read:pets"])],`: the alternatives, and the scopes of each scheme of each
/// alternative that lists some.
fn credentials(security: &Security, code: &mut Code) {
    let groups = security.alternatives();
    if groups.is_empty() {
        return;
    }
    for (scheme, _) in groups.iter().flatten() {
        code.names(scheme.as_str());
    }
    let listed = groups.iter().map(|group| {
        let schemes: Vec<String> = group.iter().map(|(name, _)| format!("&{name}")).collect();
        format!("&[{}]", schemes.join(", "))
    });
    code.list(1, "security: &[", &listed.collect::<Vec<_>>(), "],");
    let scoped = groups.iter().flatten();
    let scoped: Vec<String> = scoped
        .filter(|(_, scopes)| !scopes.is_empty())
        .map(|(scheme, scopes)| {
            let listed: Vec<String> = scopes.iter().map(|scope| literal(scope)).collect();
            format!("({scheme}.name, &[{}])", listed.join(", "))
        })
        .collect();
    if !scoped.is_empty() {
        code.list(1, "scopes: &[", &scoped, "],");
    }
}

/// Whether a successful response is read as a stream.
fn is_streamed(operation: &Operation) -> bool {
    operation
        .success
        .outcomes()
        .iter()
        .any(|outcome| outcome.payload.is_stream())
}

/// `pub struct GetOAuthApps { request: Request }`, with its setters and the function that decodes responses.
fn request(group: &Group, operation: &Operation) -> TokenStream {
    let Operation { request, .. } = operation;
    let doc = docs::request(group, operation);
    let setters = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .map(setter);
    let body = operation
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| body_setter(operation, body));
    let body_as = operation.body.as_ref().and_then(body_as);
    let paginate = paging::method(operation);
    let until_done = polling::method(operation);
    let decode = responses::decode(operation);
    quote! {
        #doc
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #request {
            request: Request,
        }

        impl #request {
            #(#setters)*
            #body
            #body_as
            #paginate
            #until_done
            #decode
        }
    }
}

/// `pub fn page(mut self, page: i64) -> Self { … }`.
fn setter(parameter: &Parameter) -> TokenStream {
    let Parameter { doc, setter, .. } = parameter;
    let deprecated = deprecated(parameter.deprecated);
    let argument = argument(parameter);
    let fill = fill_into(&quote! { self.request }, parameter);
    let allow = setter
        .is_operator()
        .then(|| quote! { #[allow(clippy::should_implement_trait)] });
    quote! {
        #doc
        #deprecated
        #allow
        pub fn #setter(mut self, #argument) -> Self {
            #fill
            self
        }
    }
}

fn body_setter(operation: &Operation, body: &Body) -> TokenStream {
    let local = quote! { body };
    let argument = body::argument(&local, operation, body);
    let fill = body::fill(&quote! { self.request }, &local, operation, body);
    quote! {
        #[doc = " Sets the body."]
        pub fn body(mut self, #argument) -> Self {
            #fill
            self
        }
    }
}

/// `pub fn body_as(mut self, media_type: &str, body: impl Into<Body>) -> Self { … }`, for a body that may have further media types.
fn body_as(body: &Body) -> Option<TokenStream> {
    let doc = docs::body_as(body)?;
    Some(quote! {
        #doc
        pub fn body_as(mut self, media_type: &str, body: impl Into<Body>) -> Self {
            self.request.body(media_type, body);
            self
        }
    })
}

/// `request.query("page", page);`.
fn fill_into(request: &TokenStream, parameter: &Parameter) -> TokenStream {
    let Parameter { name, ty, .. } = parameter;
    let value = match listed_item(parameter) {
        Some(item) => given_items(item, name),
        None => given(ty, name),
    };
    fill_with(request, parameter, &value)
}

/// The same for a value, or values, of the parameter's type.
fn fill_with(request: &TokenStream, parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let Parameter {
        wire,
        location,
        style: written,
        ..
    } = parameter;
    match (written, location) {
        (ParameterStyle::Plain, _) => {}
        (ParameterStyle::Styled(styled, _), _) => {
            let styled = style(*styled);
            let method = match (location, parameter.allow_reserved) {
                (Location::Path, _) => quote! { path_styled },
                (Location::Query, false) => quote! { query_styled },
                (Location::Query, true) => quote! { query_styled_reserved },
                (Location::Header, _) => quote! { header_styled },
                (Location::Cookie, _) => quote! { cookie_styled },
            };
            return quote! { #request.#method(#wire, &#value, #styled); };
        }
        (_, Location::Header) => return quote! { #request.header_list(#wire, #value); },
        (ParameterStyle::Each, _) => return quote! { #request.query_each(#wire, #value); },
        (ParameterStyle::Separated(separator, _), _) => {
            let separator = separator_text(*separator);
            return quote! { #request.query_list(#wire, #value, #separator); };
        }
    }
    match location {
        Location::Path => quote! { #request.path(#wire, #value); },
        Location::Query if parameter.allow_reserved => {
            quote! { #request.query_reserved(#wire, #value); }
        }
        Location::Query => quote! { #request.query(#wire, #value); },
        Location::Header => quote! { #request.header(#wire, #value); },
        Location::Cookie => quote! { #request.cookie(#wire, #value); },
    }
}

/// The separator of items in a URL, percent-encoded if necessary.
fn separator_text(separator: char) -> String {
    match separator {
        ' ' => "%20".to_owned(),
        '|' => "%7C".to_owned(),
        '\t' => "%09".to_owned(),
        other => other.to_string(),
    }
}

/// `sendable! { GetOAuthApps: GET_OAUTH_APPS => Vec<types::OAuthApp>, types::AppError }`.
fn sendable(operation: &Operation) -> Chunk {
    let (output, error) = (responses::output(operation), responses::error(operation));
    let decode = &operation.locals.decode;
    let decode = (decode.as_str() != "decode").then(|| format!(", {decode}"));
    let line = format!(
        "sendable! {{ {}: {} => {}, {}{} }}",
        operation.request,
        operation.constant,
        compact(&output),
        compact(&error),
        decode.unwrap_or_default()
    );
    let used = Used::names(&["sendable"]).and(Used::of_type(output));
    Chunk::Call(vec![line], used.and(Used::of_type(error)))
}
