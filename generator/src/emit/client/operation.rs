//! An operation of the client: its method, metadata, request and errors.

use super::argument::{argument, given, given_items, listed_item};
use super::{body, links, paging, polling, required, responses, snippet};
use crate::emit::tokens::{compact, deprecated, style};
use crate::emit::{Chunk, Used, docs, headers, overview};
use crate::plan::{
    Body, Failure, Group, Link, Location, Operation, Outcome, Parameter, ParameterStyle, Plan,
    Security, Success,
};
use proc_macro2::{Literal, TokenStream};
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
    let mut chunks = vec![
        Chunk::Tokens(facts(operation)),
        Chunk::Tokens(request(group, operation)),
    ];
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

/// `static GET_OAUTH_APP: OperationInfo = OperationInfo { … };`.
fn facts(operation: &Operation) -> TokenStream {
    let Operation {
        constant,
        id,
        method,
        path,
        query,
        produces,
        redirects,
        security,
        server,
        tags,
        idempotent,
        idempotency_key,
        links,
        ..
    } = operation;
    let path = if query.is_empty() {
        path.clone()
    } else {
        format!("{path}?{query}")
    };
    let server = server.as_ref().map(|url| quote! { server: Some(#url), });
    let accept = (!produces.is_empty()).then(|| {
        let produces = produces.join(", ");
        quote! { accept: Some(#produces), }
    });
    let redirects = (!redirects.is_empty()).then(|| {
        let redirects = redirects.iter().map(|code| Literal::u16_unsuffixed(*code));
        quote! { redirects: &[#(#redirects),*], }
    });
    let streams = is_streamed(operation).then(|| quote! { streams: true, });
    let scopes = scopes(security);
    let groups = security.alternatives();
    let security = (!groups.is_empty()).then(|| {
        let groups = groups.iter().map(|group| {
            let schemes = group.iter().map(|(scheme, _)| scheme);
            quote! { &[#(&#schemes),*] }
        });
        quote! { security: &[#(#groups),*], }
    });
    let tags = (!tags.is_empty()).then(|| quote! { tags: &[#(#tags),*], });
    let idempotent = idempotent.map(|said| quote! { idempotent: Some(#said), });
    let key = idempotency_key.as_ref();
    let key = key.map(|name| quote! { idempotency_key: Some(#name), });
    let keeps = links.iter().any(Link::needs_request);
    let keeps = keeps.then(|| quote! { keeps_request: true, });
    quote! {
        static #constant: OperationInfo = OperationInfo {
            id: #id,
            method: #method,
            #server
            path: #path,
            #tags
            #accept
            #redirects
            #streams
            #security
            #scopes
            #idempotent
            #key
            #keeps
            ..OperationInfo::PLAIN
        };
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

/// `scopes: &[(&OAUTH2.name, &["read:pets"])],`: the scopes of each scheme of each alternative that lists some.
fn scopes(security: &Security) -> Option<TokenStream> {
    let listed = security.alternatives().iter().flatten();
    let listed: Vec<TokenStream> = listed
        .filter(|(_, scopes)| !scopes.is_empty())
        .map(|(scheme, scopes)| quote! { (#scheme.name, &[#(#scopes),*]) })
        .collect();
    (!listed.is_empty()).then(|| quote! { scopes: &[#(#listed),*], })
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

/// `sendable! { GetOAuthApps => Vec<types::OAuthApp>, types::AppError }`.
fn sendable(operation: &Operation) -> Chunk {
    let (output, error) = (responses::output(operation), responses::error(operation));
    let decode = &operation.locals.decode;
    let decode = (decode.as_str() != "decode").then(|| format!(", {decode}"));
    let line = format!(
        "sendable! {{ {} => {}, {}{} }}",
        operation.request,
        compact(&output),
        compact(&error),
        decode.unwrap_or_default()
    );
    let used = Used::names(&["sendable"]).and(Used::of_type(output));
    Chunk::Call(vec![line], used.and(Used::of_type(error)))
}
