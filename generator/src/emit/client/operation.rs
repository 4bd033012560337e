//! An operation: the method that begins it, its facts, its request, its error.

use crate::emit::tokens::{View, deprecated, list, literal};
use crate::emit::{Chunk, docs};
use crate::plan::{
    Body, Failure, Group, Ident, Location, Operation, Outcome, Parameter, ParameterStyle, Payload,
    Security, Status, Success, Ty,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `pub fn get_oauth_app(&self, app_id: impl AsRef<str>) -> GetOAuthApp { … }`
pub(super) fn method(operation: &Operation) -> TokenStream {
    let Operation {
        doc,
        name,
        request,
        constant,
        ..
    } = operation;
    let deprecated = deprecated(operation.deprecated);
    let required: Vec<&Parameter> = operation
        .path_parameters
        .iter()
        .chain(
            operation
                .parameters
                .iter()
                .filter(|parameter| parameter.required),
        )
        .collect();
    let body = operation.body.as_ref().filter(|body| body.required);
    let arguments = required
        .iter()
        .map(|parameter| argument(parameter))
        .chain(body.map(body_argument));
    let filled = required
        .iter()
        .map(|parameter| fill(parameter))
        .chain(body.map(fill_body));
    let allow = (required.len() + usize::from(body.is_some()) > 6)
        .then(|| quote! { #[allow(clippy::too_many_arguments)] });
    let mutable = (!required.is_empty() || body.is_some()).then(|| quote! { mut });
    quote! {
        #doc
        #deprecated
        #allow
        pub fn #name(&self, #(#arguments),*) -> #request {
            let #mutable request = self.core.request(&#constant);
            #(#filled)*
            #request { request }
        }
    }
}

/// Everything else that an operation needs, in the order of the file.
pub(super) fn items(group: &Group, operation: &Operation) -> Vec<Chunk> {
    let mut chunks = vec![
        Chunk::Lines(facts(operation)),
        Chunk::Tokens(request(group, operation)),
    ];
    chunks.push(Chunk::Lines(vec![sendable(operation)]));
    if let Success::Several(outcomes) = &operation.success {
        let doc = docs::client_response(group, operation);
        chunks.push(Chunk::Tokens(answers(&doc, &operation.response, outcomes)));
    }
    if operation.failure == Failure::ByStatus {
        let doc = docs::client_error(group, operation);
        let typed: Vec<Outcome> = operation
            .errors
            .iter()
            .filter(|outcome| outcome.payload.is_typed())
            .cloned()
            .collect();
        chunks.push(Chunk::Tokens(answers(&doc, &operation.error, &typed)));
    }
    chunks
}

/// `static GET_OAUTH_APP: Operation = Operation { … };`
fn facts(operation: &Operation) -> Vec<String> {
    let Operation {
        constant,
        id,
        method,
        path,
        produces,
        security,
        ..
    } = operation;
    let accept = if produces.is_empty() {
        "None".to_owned()
    } else {
        format!("Some({})", literal(&produces.join(", ")))
    };
    let mut lines = vec![
        format!("static {constant}: Operation = Operation {{"),
        format!("    id: {},", literal(id)),
        format!("    method: Method::{method},"),
        format!("    path: {},", literal(path)),
        format!("    accept: {accept},"),
        "    streams: false,".to_owned(),
    ];
    let groups: Vec<String> = alternatives(security)
        .iter()
        .map(|group| {
            let schemes: Vec<String> = group
                .iter()
                .map(|(scheme, _)| format!("&{scheme}"))
                .collect();
            format!("&[{}]", schemes.join(", "))
        })
        .collect();
    lines.extend(list("    security: &[", &groups, "],"));
    lines.push("};".to_owned());
    lines
}

fn alternatives(security: &Security) -> &[Vec<(Ident, Vec<String>)>] {
    match security {
        Security::Public => &[],
        Security::Optional(groups) | Security::Required(groups) => groups,
    }
}

/// `pub struct GetOAuthApps { request: Request }` with its setters and how its answer is read.
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
        .map(body_setter);
    let decode = decode(operation);
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
            #decode
        }
    }
}

/// `pub fn page(mut self, page: i64) -> Self { … }`
fn setter(parameter: &Parameter) -> TokenStream {
    let Parameter { doc, setter, .. } = parameter;
    let deprecated = deprecated(parameter.deprecated);
    let argument = argument(parameter);
    let fill = fill_into(&quote! { self.request }, parameter);
    quote! {
        #doc
        #deprecated
        pub fn #setter(mut self, #argument) -> Self {
            #fill
            self
        }
    }
}

fn body_setter(body: &Body) -> TokenStream {
    let argument = body_argument(body);
    let fill = fill_body_into(&quote! { self.request }, body);
    quote! {
        #[doc = " The body."]
        pub fn body(mut self, #argument) -> Self {
            #fill
            self
        }
    }
}

/// Text is taken as anything that is text, other values as they are.
fn argument(parameter: &Parameter) -> TokenStream {
    let Parameter {
        name, ty, style, ..
    } = parameter;
    if is_text(ty) {
        return quote! { #name: impl AsRef<str> };
    }
    if let (Ty::Vec(item), false) = (ty, *style == ParameterStyle::Plain) {
        let item = if is_text(item) {
            quote! { impl types::ToParam }
        } else {
            View::Outside.ty(item)
        };
        return quote! { #name: impl IntoIterator<Item = #item> };
    }
    let ty = View::Outside.ty(ty);
    quote! { #name: #ty }
}

fn is_text(ty: &Ty) -> bool {
    matches!(ty, Ty::String | Ty::Uri)
}

fn fill(parameter: &Parameter) -> TokenStream {
    fill_into(&quote! { request }, parameter)
}

/// `request.query("page", page);`
fn fill_into(request: &TokenStream, parameter: &Parameter) -> TokenStream {
    let Parameter {
        name,
        wire,
        ty,
        location,
        style,
        ..
    } = parameter;
    let value = if is_text(ty) {
        quote! { #name.as_ref() }
    } else {
        quote! { #name }
    };
    match (style, location) {
        (ParameterStyle::Plain, _) => {}
        (_, Location::Header) => return quote! { #request.header_list(#wire, #name); },
        (ParameterStyle::Each, _) => return quote! { #request.query_each(#wire, #name); },
        (ParameterStyle::Separated(separator), _) => {
            let separator = separator_text(*separator);
            return quote! { #request.query_list(#wire, #name, #separator); };
        }
    }
    match location {
        Location::Path => quote! { #request.path(#wire, #value); },
        Location::Query => quote! { #request.query(#wire, #value); },
        Location::Header => quote! { #request.header(#wire, #value); },
        Location::Cookie => quote! { #request.cookie(#wire, #value); },
    }
}

/// What stands between items in a URL, percent-encoded where it has to be.
fn separator_text(separator: char) -> String {
    match separator {
        ' ' => "%20".to_owned(),
        '|' => "%7C".to_owned(),
        '\t' => "%09".to_owned(),
        other => other.to_string(),
    }
}

fn body_argument(body: &Body) -> TokenStream {
    match &body.payload {
        Payload::Json(Ty::Value) => quote! { body: impl Into<types::Value> },
        Payload::Json(ty) => {
            let ty = View::Outside.ty(ty);
            quote! { body: #ty }
        }
        Payload::Text | Payload::Bytes | Payload::Empty => quote! { body: impl Into<Body> },
    }
}

fn fill_body(body: &Body) -> TokenStream {
    fill_body_into(&quote! { request }, body)
}

/// `request.json(&body);`
fn fill_body_into(request: &TokenStream, body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    let json = |value: TokenStream| {
        if media_type.as_str() == "application/json" {
            quote! { #request.json(&#value); }
        } else {
            quote! { #request.json_as(#media_type, &#value); }
        }
    };
    match &body.payload {
        Payload::Json(Ty::Value) => {
            let json = json(quote! { body });
            quote! {
                let body: types::Value = body.into();
                #json
            }
        }
        Payload::Json(_) => json(quote! { body }),
        Payload::Text | Payload::Bytes | Payload::Empty => {
            quote! { #request.body(#media_type, body); }
        }
    }
}

/// `sendable! { GetOAuthApps => Vec<types::OAuthApp>, types::AppError }`
fn sendable(operation: &Operation) -> String {
    let one_line = format!(
        "sendable! {{ {} => {}, {} }}",
        operation.request,
        View::Outside.text(&output(operation)),
        View::Outside.text(&error(operation))
    );
    one_line
}

/// What a call gives.
fn output(operation: &Operation) -> Ty {
    match &operation.success {
        Success::One(outcome) => payload_type(&outcome.payload),
        Success::Several(_) => Ty::Local(operation.response.clone()),
    }
}

/// The body of its errors.
fn error(operation: &Operation) -> Ty {
    match &operation.failure {
        Failure::None => Ty::NoError,
        Failure::Same(payload) => payload_type(payload),
        Failure::ByStatus => Ty::Local(operation.error.clone()),
    }
}

fn payload_type(payload: &Payload) -> Ty {
    match payload {
        Payload::Empty => Ty::Unit,
        Payload::Json(ty) => ty.clone(),
        Payload::Text => Ty::String,
        Payload::Bytes => Ty::Bytes,
    }
}

/// `fn decode(response: RawResponse) -> Result<Response<…>, Error<…>> { … }`: a line for each status.
fn decode(operation: &Operation) -> TokenStream {
    let output = View::Outside.ty(&output(operation));
    let error = View::Outside.ty(&error(operation));
    let arms = arms(operation);
    quote! {
        fn decode(response: RawResponse) -> Result<Response<#output>, Error<#error>> {
            match response.status().as_u16() {
                #(#arms)*
            }
        }
    }
}

/// Codes first, then ranges, then the rest; statuses that are read alike share a line.
fn arms(operation: &Operation) -> Vec<TokenStream> {
    let mut read: Vec<(Status, TokenStream)> = Vec::new();
    match &operation.success {
        Success::One(outcome) => read.push((outcome.status, success(&outcome.payload))),
        Success::Several(outcomes) => {
            read.extend(
                outcomes
                    .iter()
                    .map(|outcome| (outcome.status, success_as(&operation.response, outcome))),
            );
        }
    }
    read.extend(
        operation
            .errors
            .iter()
            .map(|outcome| (outcome.status, failure(operation, outcome))),
    );
    read.sort_by_key(|(status, _)| *status);
    if !read.iter().any(|(status, _)| *status == Status::Default) {
        read.push((Status::Default, quote! { response.into_unexpected() }));
    }
    let mut lines: Vec<(Vec<Status>, TokenStream)> = Vec::new();
    for (status, expression) in read {
        match lines.last_mut() {
            Some((statuses, same))
                if same.to_string() == expression.to_string() && same_kind(statuses, status) =>
            {
                statuses.push(status);
            }
            _ => lines.push((vec![status], expression)),
        }
    }
    lines
        .into_iter()
        .map(|(statuses, expression)| {
            let patterns = statuses.into_iter().map(pattern);
            quote! { #(#patterns)|* => #expression, }
        })
        .collect()
}

/// `_` can't stand beside other patterns.
fn same_kind(statuses: &[Status], status: Status) -> bool {
    status != Status::Default && !statuses.contains(&Status::Default)
}

fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote! { #code }
        }
        Status::Range(digit) => {
            let first = Literal::u16_unsuffixed(u16::from(digit) * 100);
            let last = Literal::u16_unsuffixed(u16::from(digit) * 100 + 99);
            quote! { #first..=#last }
        }
        Status::Default => quote! { _ },
    }
}

fn success(payload: &Payload) -> TokenStream {
    match payload {
        Payload::Empty => quote! { response.into_empty(()) },
        Payload::Json(_) => quote! { response.into_json() },
        Payload::Text => quote! { response.into_text() },
        Payload::Bytes => quote! { response.into_bytes() },
    }
}

fn success_as(name: &Ident, outcome: &Outcome) -> TokenStream {
    let variant = &outcome.variant;
    match &outcome.payload {
        Payload::Empty => quote! { response.into_empty(#name::#variant) },
        Payload::Json(_) => quote! { response.into_json_as(#name::#variant) },
        Payload::Text => quote! { response.into_text_as(#name::#variant) },
        Payload::Bytes => quote! { response.into_bytes_as(#name::#variant) },
    }
}

fn failure(operation: &Operation, outcome: &Outcome) -> TokenStream {
    let (name, variant) = (&operation.error, &outcome.variant);
    match (&operation.failure, &outcome.payload) {
        (Failure::None, _) | (_, Payload::Text | Payload::Bytes) => {
            quote! { response.into_unexpected() }
        }
        (Failure::Same(_), Payload::Empty) => quote! { response.into_empty_error(()) },
        (Failure::Same(_), Payload::Json(_)) => quote! { response.into_error() },
        (Failure::ByStatus, Payload::Empty) => {
            quote! { response.into_empty_error(#name::#variant) }
        }
        (Failure::ByStatus, Payload::Json(_)) => quote! { response.into_error_as(#name::#variant) },
    }
}

/// `pub enum GetPetError { NotFound(types::AppError), … }`
fn answers(doc: &crate::plan::Doc, name: &Ident, outcomes: &[Outcome]) -> TokenStream {
    let variants = outcomes.iter().map(|outcome| {
        let Outcome {
            doc,
            variant,
            payload,
            ..
        } = outcome;
        let held = match payload {
            Payload::Empty => None,
            payload => {
                let ty = View::Outside.ty(&payload_type(payload));
                Some(quote! { (#ty) })
            }
        };
        quote! {
            #doc
            #variant #held
        }
    });
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name {
            #(#variants,)*
        }
    }
}
