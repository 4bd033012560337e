//! The facts of an operation, and the function that calls the provider: takes a request apart, puts the answer together.

use super::{answers, texts};
use crate::emit::Chunk;
use crate::emit::tokens::{View, list, literal};
use crate::emit::types::{Value, entered, optional};
use crate::plan::{
    Group, Ident, Literal as PlanLiteral, Location, Operation, Outcome, Parameter, ParameterStyle,
    Payload, Security, Status, Success, Ty,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn items(group: &Group, operation: &Operation) -> Vec<Chunk> {
    vec![
        Chunk::Lines(facts(operation)),
        Chunk::Tokens(handler(group, operation)),
    ]
}

/// `pub(super) static GET_OAUTH_APP: Operation = Operation { … };`
fn facts(operation: &Operation) -> Vec<String> {
    let Operation {
        constant,
        id,
        method,
        path,
        ..
    } = operation;
    let consumes: Vec<String> = operation
        .body
        .iter()
        .map(|body| literal(&body.media_type))
        .collect();
    let mut lines = vec![
        format!("pub(super) static {constant}: Operation = Operation {{"),
        format!("    id: {},", literal(id)),
        format!("    method: {},", literal(method)),
        format!("    path: {},", literal(path)),
    ];
    lines.extend(list("    consumes: &[", &consumes, "],"));
    lines.extend(list("    produces: &[", &texts(&produces(operation)), "],"));
    lines.extend(security(&operation.security));
    lines.push("};".to_owned());
    lines
}

/// The media types of the successes, each once.
fn produces(operation: &Operation) -> Vec<String> {
    let outcomes = match &operation.success {
        Success::One(outcome) => std::slice::from_ref(outcome),
        Success::Several(outcomes) => outcomes,
    };
    let mut all: Vec<String> = Vec::new();
    for outcome in outcomes
        .iter()
        .filter(|outcome| outcome.payload != Payload::Empty)
    {
        if !all.contains(&outcome.media_type) {
            all.push(outcome.media_type.clone());
        }
    }
    all
}

/// `security: &[Requirement { schemes: &[(&BEARER_AUTH, &[])] }],`, laid out as rustfmt does.
fn security(security: &Security) -> Vec<String> {
    let groups = match security {
        Security::Public => return vec!["    security: &[],".to_owned()],
        Security::Optional(groups) | Security::Required(groups) => groups,
    };
    let (open, indent, close) = match groups.len() {
        1 => ("    security: &[Requirement {", "", "    }],"),
        _ => ("    security: &[", "    ", "    ],"),
    };
    let mut lines = vec![open.to_owned()];
    for group in groups {
        let schemes: Vec<String> = group
            .iter()
            .map(|(scheme, scopes)| format!("(&{scheme}, &[{}])", texts(scopes).join(", ")))
            .collect();
        if groups.len() > 1 {
            lines.push("        Requirement {".to_owned());
        }
        lines.extend(list(
            &format!("        {indent}schemes: &["),
            &schemes,
            "],",
        ));
        if groups.len() > 1 {
            lines.push("        },".to_owned());
        }
    }
    lines.push(close.to_owned());
    lines
}

fn handler(group: &Group, operation: &Operation) -> TokenStream {
    let Operation { name, .. } = operation;
    let api = &group.api;
    let public = operation.security == Security::Public;
    let bounds = if public {
        quote! { P: #api, }
    } else {
        quote! { P: #api<Session = A::Session>, A: Authenticate, }
    };
    let session = session(&operation.security);
    let path = operation
        .path_parameters
        .iter()
        .enumerate()
        .map(path_parameter);
    let checks = path_checks(operation);
    let params = (!operation.parameters.is_empty()).then(|| params(operation));
    let body = operation
        .body
        .as_ref()
        .map(|body| body_statement(&body.payload, body.required));
    let mutable = body.as_ref().map(|_| quote! { mut });
    let arguments = arguments(operation);
    let caller = if public {
        quote! { () }
    } else {
        quote! { session }
    };
    let reply = reply(operation);
    quote! {
        pub(super) async fn #name<P, A>(server: Arc<Handlers<P, A>>, #mutable exchange: Exchange) -> Result<Response, Problem>
        where
            #bounds
        {
            #session
            #(#path)*
            #checks
            #params
            #body
            let call = exchange.call(#caller);
            let answer = server.api.#name(call, #(#arguments),*).await;
            #reply
        }
    }
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

/// `let app_id: String = exchange.path(0, "app_id")?;`
fn path_parameter((index, parameter): (usize, &Parameter)) -> TokenStream {
    let Parameter { name, wire, ty, .. } = parameter;
    let index = Literal::usize_unsuffixed(index);
    let ty = View::Outside.ty(ty);
    quote! { let #name: #ty = exchange.path(#index, #wire)?; }
}

/// Path parameters are checked together, so that every problem is told at once.
fn path_checks(operation: &Operation) -> Option<TokenStream> {
    let checks = operation
        .path_parameters
        .iter()
        .filter(|parameter| !parameter.checks.is_empty())
        .map(|parameter| {
            let name = &parameter.name;
            entered(
                &parameter.wire,
                &parameter.checks,
                &Value::Owned(quote! { #name }),
            )
        });
    check(&checks.collect::<Vec<_>>())
}

fn check(checks: &[TokenStream]) -> Option<TokenStream> {
    (!checks.is_empty()).then(|| {
        quote! {
            let v = &mut Validator::default();
            #(#checks)*
            exchange.checked(v)?;
        }
    })
}

/// `let params = GetOAuthAppsParams { … };`
fn params(operation: &Operation) -> TokenStream {
    let name = &operation.params;
    let fields = operation.parameters.iter().map(|parameter| {
        let Parameter { name, .. } = parameter;
        let value = parameter_value(parameter);
        quote! { #name: #value }
    });
    let checks = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.checks.is_empty())
        .map(|parameter| {
            let Parameter {
                name, wire, checks, ..
            } = parameter;
            let place = quote! { params.#name };
            if parameter.required || parameter.default.is_some() {
                entered(wire, checks, &Value::Owned(place))
            } else {
                optional(wire, checks, &place)
            }
        });
    let checks = check(&checks.collect::<Vec<_>>());
    quote! {
        let params = #name {
            #(#fields,)*
        };
        #checks
    }
}

/// `exchange.query("page")?.unwrap_or(0)`
fn parameter_value(parameter: &Parameter) -> TokenStream {
    let Parameter {
        wire,
        location,
        ty,
        style,
        ..
    } = parameter;
    let arguments =
        if let (ParameterStyle::Separated(separator), Location::Query) = (style, location) {
            quote! { #wire, #separator }
        } else {
            quote! { #wire }
        };
    let (plain, required) = match location {
        Location::Header if *style != ParameterStyle::Plain => {
            (quote! { header_list }, quote! { require_header_list })
        }
        Location::Query if *style == ParameterStyle::Each => {
            (quote! { query_each }, quote! { require_query_each })
        }
        Location::Query if *style != ParameterStyle::Plain => {
            (quote! { query_list }, quote! { require_query_list })
        }
        Location::Header => (quote! { header }, quote! { require_header }),
        Location::Cookie => (quote! { cookie }, quote! { require_cookie }),
        // Path parameters are arguments; there is none here.
        Location::Query | Location::Path => (quote! { query }, quote! { require_query }),
    };
    match (&parameter.default, parameter.required) {
        (Some(default), _) => {
            let default = default_value(default, ty);
            quote! { exchange.#plain(#arguments)?#default }
        }
        (None, true) => quote! { exchange.#required(#arguments)? },
        (None, false) => quote! { exchange.#plain(#arguments)? },
    }
}

fn default_value(default: &PlanLiteral, ty: &Ty) -> TokenStream {
    match (default, ty) {
        (PlanLiteral::Bool(value), _) => quote! { .unwrap_or(#value) },
        (PlanLiteral::Integer(value), Ty::F32 | Ty::F64) => {
            #[allow(clippy::cast_precision_loss)] // the default of a float is one
            let value = Literal::f64_unsuffixed(*value as f64);
            quote! { .unwrap_or(#value) }
        }
        (PlanLiteral::Integer(value), _) => {
            let value = Literal::i64_unsuffixed(*value);
            quote! { .unwrap_or(#value) }
        }
        (PlanLiteral::Float(value), _) => {
            let value = Literal::f64_unsuffixed(*value);
            quote! { .unwrap_or(#value) }
        }
        (PlanLiteral::Text(text), _) => quote! { .unwrap_or_else(|| #text.into()) },
    }
}

fn body_statement(payload: &Payload, required: bool) -> TokenStream {
    match (payload, required) {
        (Payload::Json(_), true) => quote! { let body = exchange.json().await?; },
        (Payload::Json(_), false) => quote! { let body = exchange.json_optional().await?; },
        (Payload::Text, _) => quote! { let body = exchange.text().await?; },
        (Payload::Bytes | Payload::Empty, _) => quote! { let body = exchange.bytes().await?; },
    }
}

/// The arguments of the provider's method, behind the call.
fn arguments(operation: &Operation) -> Vec<TokenStream> {
    let path = operation.path_parameters.iter().map(|parameter| {
        let name: &Ident = &parameter.name;
        quote! { #name }
    });
    let params = (!operation.parameters.is_empty()).then(|| quote! { params });
    let body = operation.body.as_ref().map(|_| quote! { body });
    path.chain(params).chain(body).collect()
}

/// `reply(answer, |body| json(200, &body))`
fn reply(operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::Several(_) => quote! { reply(answer, Reply::reply) },
        Success::One(outcome) => {
            let status = status(outcome);
            let answer = answers::answer(outcome, &status);
            if outcome.payload == Payload::Empty {
                quote! { reply(answer, |()| #answer) }
            } else {
                quote! { reply(answer, |body| #answer) }
            }
        }
    }
}

/// The status of the only success: of a range its first that fits.
fn status(outcome: &Outcome) -> TokenStream {
    let code = match (outcome.status, &outcome.payload) {
        (Status::Code(code), _) => code,
        (Status::Range(2) | Status::Default, Payload::Empty) => 204,
        (Status::Range(digit), _) => u16::from(digit) * 100,
        (Status::Default, _) => 200,
    };
    let code = Literal::u16_unsuffixed(code);
    quote! { #code }
}
