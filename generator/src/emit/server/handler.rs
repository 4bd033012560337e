//! The metadata of operations, and the functions that call the provider: each reads a request and builds the response.

use super::{body, bound, params, responses};
use crate::emit::tokens::{View, kind, style};
use crate::emit::types::{Value, entered, optional};
use crate::emit::{Chunk, Make, members};
use crate::plan::{
    Group, Held, Ident, Kind, Literal as PlanLiteral, Location, Operation, Outcome, Parameter,
    ParameterStyle, Security, Style, Success, Ty,
};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// `pub(super) struct Operations<P, A>`, with a function for each operation of the group.
pub(super) fn functions(group: &Group) -> Vec<Make<'_, Vec<Chunk>>> {
    let head = || {
        let provider = bound(group);
        let authenticator = group.is_secured().then(|| quote! { A: Authenticate, });
        quote! { impl<P, A> Operations<P, A> where P: #provider, #authenticator }
    };
    let mut parts: Vec<Make<'_, Vec<Chunk>>> = Vec::new();
    let mut functions: Vec<Make<'_, TokenStream>> = Vec::new();
    for operation in &group.operations {
        parts.push(Box::new(|| {
            params_reader(operation)
                .map(Chunk::Tokens)
                .into_iter()
                .collect()
        }));
        functions.push(Box::new(|| handler(operation)));
    }
    parts.push(Box::new(|| vec![Chunk::Tokens(operations())]));
    parts.extend(members(head, functions));
    parts
}

fn operations() -> TokenStream {
    quote! {
        #[doc = " The handlers of the group's operations."]
        pub(super) struct Operations<P, A>(std::marker::PhantomData<(P, A)>);
    }
}

/// `pub const OPERATIONS: &[&Operation] = &[…];`: a slice, so that an operation more doesn't change its type.
pub(super) fn list(group: &Group) -> Chunk {
    let constants = group.operations.iter().map(|operation| &operation.constant);
    Chunk::Tokens(quote! {
        #[doc = " The operations of the group."]
        pub const OPERATIONS: &[&Operation] = &[#(&#constants),*];
    })
}

/// `pub static GET_OAUTH_APP: Operation = Operation { … };`.
pub(super) fn facts(operation: &Operation) -> Chunk {
    let Operation {
        name,
        constant,
        id,
        method,
        path,
        tags,
        ..
    } = operation;
    let consumes = operation
        .body
        .iter()
        .flat_map(|body| &body.contents)
        .flat_map(|content| &content.media_types);
    let produces = operation.offered();
    let security = security(&operation.security);
    let limits = limits(operation);
    let doc = format!(" The operation of `{}`.", name.plain());
    Chunk::Tokens(quote! {
        #[doc = #doc]
        pub static #constant: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            tags: &[#(#tags),*],
            consumes: &[#(#consumes),*],
            produces: &[#(#produces),*],
            security: &[#(#security),*],
            limits: #limits,
        };
    })
}

/// `Limits { body_bytes: Some(1024), time: None }`.
fn limits(operation: &Operation) -> TokenStream {
    let (body, time) = (operation.limits.body, operation.limits.time);
    if (body, time) == (None, None) {
        return quote! { Limits::NONE };
    }
    let some = |limit: Option<TokenStream>| {
        limit.map_or_else(|| quote! { None }, |limit| quote! { Some(#limit) })
    };
    let body = some(body.map(|bytes| Literal::u64_unsuffixed(bytes).into_token_stream()));
    let time = some(time.map(|time| {
        let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let milliseconds = Literal::u64_unsuffixed(milliseconds);
        quote! { std::time::Duration::from_millis(#milliseconds) }
    }));
    quote! { Limits { body_bytes: #body, time: #time } }
}

/// `Requirement::new(&[(&BEARER_TOKEN, &[])])` for each alternative.
fn security(security: &Security) -> Vec<TokenStream> {
    let groups = match security {
        Security::Public => return Vec::new(),
        Security::Optional(groups) | Security::Required(groups) => groups,
    };
    let groups = groups.iter().map(|group| {
        let schemes = group.iter().map(|(scheme, scopes)| {
            quote! { (&#scheme, &[#(#scopes),*]) }
        });
        quote! { Requirement::new(&[#(#schemes),*]) }
    });
    groups.collect()
}

fn handler(operation: &Operation) -> TokenStream {
    let Operation { name, .. } = operation;
    let public = operation.security == Security::Public;
    let session = session(&operation.security);
    let path = operation.path_parameters.iter().map(path_parameter);
    let checks = path_checks(operation);
    let params = (!operation.parameters.is_empty()).then(|| {
        let params = &operation.params;
        quote! { let params = #params::read(&exchange)?; }
    });
    let body = operation
        .body
        .as_ref()
        .map(|body| body::statement(operation, body));
    let codings = (operation.body.is_some() && takes_codings(operation))
        .then(|| quote! { exchange.take_codings(); });
    let mutable = body.as_ref().map(|_| quote! { mut });
    let arguments = arguments(operation);
    let caller = if public {
        quote! { () }
    } else {
        quote! { session }
    };
    let reply = reply(operation);
    let accept = operation
        .responds_as_accepted()
        .then(|| quote! { let accept = &exchange.accept(); });
    quote! {
        pub(super) async fn #name(server: Arc<Handlers<P, A>>, #mutable exchange: Exchange) -> Result<HttpResponse, Problem> {
            #session
            #(#path)*
            #checks
            #params
            #codings
            #body
            #accept
            let call = exchange.call(#caller);
            let result = server.api.#name(call, #(#arguments),*).await;
            #reply
        }
    }
}

/// Whether the provider handles the `Content-Encoding` of the body, as it gets that as a parameter.
fn takes_codings(operation: &Operation) -> bool {
    operation.parameters.iter().any(|parameter| {
        parameter.location == Location::Header
            && parameter.wire.eq_ignore_ascii_case("content-encoding")
    })
}

fn session(security: &Security) -> Option<TokenStream> {
    match security {
        Security::Public => None,
        Security::Optional(_) => {
            Some(quote! { let session = exchange.authenticate_optional(&server.auth).await?; })
        }
        Security::Required(_) => {
            Some(quote! { let session = exchange.authenticate(&server.auth).await?; })
        }
    }
}

/// `let app_id: String = exchange.path(0, "app_id")?;`, and a check that it is the same at each occurrence.
fn path_parameter(parameter: &Parameter) -> TokenStream {
    let Parameter {
        local, wire, ty, ..
    } = parameter;
    let repeats = parameter.repeats.iter().map(|repeat| {
        let (index, repeat) = (parameter.position, *repeat);
        let [index, repeat] = [index, repeat].map(Literal::usize_unsuffixed);
        quote! { exchange.same_path(#index, #repeat)?; }
    });
    let index = Literal::usize_unsuffixed(parameter.position);
    let ty = View::Outside.ty(ty);
    if let ParameterStyle::Styled(written, expected) = parameter.style {
        let (style, kind) = (style(written), kind(expected));
        quote! {
            #(#repeats)*
            let #local: #ty = exchange.path_styled(#index, #wire, #style, #kind)?;
        }
    } else {
        quote! {
            #(#repeats)*
            let #local: #ty = exchange.path(#index, #wire)?;
        }
    }
}

/// Path parameters are checked together, so that all problems are reported at once.
fn path_checks(operation: &Operation) -> Option<TokenStream> {
    let checks = operation
        .path_parameters
        .iter()
        .filter(|parameter| !parameter.checks.is_empty())
        .map(|parameter| {
            let local = &parameter.local;
            entered(
                &parameter.wire,
                &parameter.checks,
                &Value::Owned(quote! { #local }),
            )
        });
    check(&checks.collect::<Vec<_>>())
}

fn check(checks: &[TokenStream]) -> Option<TokenStream> {
    (!checks.is_empty()).then(|| {
        quote! {
            let v = &mut Validator::of_request();
            #(#checks)*
            exchange.checked(v)?;
        }
    })
}

/// `impl GetOAuthAppsParams { fn read(exchange: &Exchange) -> Result<Self, Problem> { … } }`.
///
/// A function of its own, as the compiler needs much more time and memory for the same number of `?` in an async function.
fn params_reader(operation: &Operation) -> Option<TokenStream> {
    if operation.parameters.is_empty() {
        return None;
    }
    let name = &operation.params;
    let fields = operation.parameters.iter().map(|parameter| {
        let Parameter { field, .. } = parameter;
        let value = parameter_value(operation, parameter);
        quote! { #field: #value }
    });
    let checks = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.checks.is_empty())
        .map(|parameter| {
            let Parameter {
                field,
                wire,
                checks,
                ..
            } = parameter;
            let place = quote! { params.#field };
            if parameter.required || parameter.default.is_some() {
                entered(wire, checks, &Value::Owned(place))
            } else {
                optional(wire, checks, &place)
            }
        });
    let read = quote! { Self { #(#fields,)* } };
    let body = match check(&checks.collect::<Vec<_>>()) {
        None => quote! { Ok(#read) },
        Some(checks) => quote! {
            let params = #read;
            #checks
            Ok(params)
        },
    };
    Some(quote! {
        impl #name {
            fn read(exchange: &Exchange) -> Result<Self, Problem> {
                #body
            }
        }
    })
}

/// `exchange.query("page")?.unwrap_or(0)`.
fn parameter_value(operation: &Operation, parameter: &Parameter) -> TokenStream {
    let (plain, required, arguments) = reading(operation, parameter);
    match (&parameter.default, parameter.required) {
        (_, true) => quote! { exchange.#required(#arguments)? },
        (Some(default), false) => {
            let default = default_value(default, &parameter.ty);
            quote! { exchange.#plain(#arguments)?#default }
        }
        (None, false) => quote! { exchange.#plain(#arguments)? },
    }
}

/// The method that reads an optional parameter, the one that reads a required parameter, and their arguments.
fn reading(
    operation: &Operation,
    parameter: &Parameter,
) -> (TokenStream, TokenStream, TokenStream) {
    let Parameter { wire, location, .. } = parameter;
    let both = |plain: TokenStream, required: TokenStream| (plain, required, quote! { #wire });
    match (parameter.style, location) {
        (ParameterStyle::Styled(Style::FormExploded, Kind::Object), Location::Query) => {
            let others = other_names(operation, parameter);
            let arguments = quote! { &[#(#others),*] };
            (
                quote! { query_members },
                quote! { require_query_members },
                arguments,
            )
        }
        (ParameterStyle::Styled(written, expected), _) => {
            let (style, kind) = (style(written), kind(expected));
            let (plain, required) = match location {
                Location::Header => (quote! { header_styled }, quote! { require_header_styled }),
                Location::Cookie => (quote! { cookie_styled }, quote! { require_cookie_styled }),
                Location::Query | Location::Path => {
                    (quote! { query_styled }, quote! { require_query_styled })
                }
            };
            (plain, required, quote! { #wire, #style, #kind })
        }
        (ParameterStyle::Separated(',', Kind::Atoms), Location::Query) => {
            both(quote! { query_atoms }, quote! { require_query_atoms })
        }
        (ParameterStyle::Separated(separator, _), Location::Query) => (
            quote! { query_list },
            quote! { require_query_list },
            quote! { #wire, #separator },
        ),
        (ParameterStyle::Each | ParameterStyle::Separated(..), Location::Header) => {
            both(quote! { header_list }, quote! { require_header_list })
        }
        (ParameterStyle::Each, Location::Query) => {
            both(quote! { query_each }, quote! { require_query_each })
        }
        (ParameterStyle::Plain, Location::Header) => {
            both(quote! { header }, quote! { require_header })
        }
        (
            ParameterStyle::Plain | ParameterStyle::Each | ParameterStyle::Separated(..),
            Location::Cookie,
        ) => both(quote! { cookie }, quote! { require_cookie }),
        // Path parameters are arguments, so there is none here.
        (
            ParameterStyle::Plain | ParameterStyle::Each | ParameterStyle::Separated(..),
            Location::Query | Location::Path,
        ) if parameter.allow_empty && !parameter.required && !parameter.ty.is_text() => {
            both(quote! { query_or_empty }, quote! { require_query })
        }
        (
            ParameterStyle::Plain | ParameterStyle::Each | ParameterStyle::Separated(..),
            Location::Query | Location::Path,
        ) => both(quote! { query }, quote! { require_query }),
    }
}

/// The names in the query that aren't members of an exploded object.
fn other_names<'o>(operation: &'o Operation, parameter: &'o Parameter) -> Vec<&'o str> {
    operation
        .parameters
        .iter()
        .filter(|other| other.location == Location::Query && other.wire != parameter.wire)
        .map(|other| other.wire.as_str())
        .collect()
}

fn default_value(default: &PlanLiteral, ty: &Ty) -> TokenStream {
    let value = params::literal(default, ty);
    match (default, ty.plain()) {
        (PlanLiteral::Integer(_), Ty::Named(_)) | (PlanLiteral::Text(_), _) => {
            quote! { .unwrap_or_else(|| #value) }
        }
        (PlanLiteral::Bool(_) | PlanLiteral::Integer(_) | PlanLiteral::Float(_), _) => {
            quote! { .unwrap_or(#value) }
        }
    }
}

/// The arguments of the provider's method, after the call.
fn arguments(operation: &Operation) -> Vec<TokenStream> {
    let path = operation.path_parameters.iter().map(|parameter| {
        let local: &Ident = &parameter.local;
        quote! { #local }
    });
    let params = (!operation.parameters.is_empty()).then(|| quote! { params });
    let body = operation.body.as_ref().map(|_| quote! { body });
    path.chain(params).chain(body).collect()
}

/// `reply(result, |body| json(200, &body))`.
fn reply(operation: &Operation) -> TokenStream {
    let is_asked = Outcome::any_is_choice(&operation.errors);
    let outcome = match &operation.success {
        Success::Several(outcomes) if Outcome::any_is_choice(outcomes) => {
            let reply = quote! { ReplyAs::reply_as(result, accept) };
            return matched(operation, &quote! { result }, &reply);
        }
        Success::Several(_) if is_asked => {
            return matched(
                operation,
                &quote! { result },
                &quote! { Reply::reply(result) },
            );
        }
        Success::Several(_) => return quote! { support::reply(result, Reply::reply) },
        Success::One(outcome) => outcome,
    };
    let status = Literal::u16_unsuffixed(outcome.code()).into_token_stream();
    let reply = responses::written(outcome, &status);
    let body = if outcome.codec().held == Held::Nothing {
        quote! { () }
    } else {
        quote! { body }
    };
    if is_asked || outcome.payload.xml().is_some() {
        matched(operation, &body, &reply)
    } else {
        quote! { support::reply(result, |#body| #reply) }
    }
}

/// `match result { Ok(body) => accept.reply(200, &types::xml::PET, &body), Err(error) => Reply::reply(error) }`.
fn matched(operation: &Operation, body: &TokenStream, reply: &TokenStream) -> TokenStream {
    let error = if Outcome::any_is_choice(&operation.errors) {
        quote! { ReplyAs::reply_as(error, accept) }
    } else {
        quote! { Reply::reply(error) }
    };
    quote! {
        match result {
            Ok(#body) => #reply,
            Err(error) => #error,
        }
    }
}
