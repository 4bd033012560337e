//! How an answer is read: a line for each status, and the enums of several answers or errors.

use crate::emit::tokens::View;
use crate::plan::{
    COMPLEX, Doc, Failure, Ident, Operation, Outcome, Payload, Status, Success, Ty, Xml,
};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// What a call gives.
pub(super) fn output(operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(outcome) => held(&outcome.payload),
        Success::Several(_) => operation.response.to_token_stream(),
    }
}

/// The body of its errors.
pub(super) fn error(operation: &Operation) -> TokenStream {
    match &operation.failure {
        Failure::None => quote! { NoError },
        Failure::Same(payload) => held(payload),
        Failure::ByStatus => operation.error.to_token_stream(),
    }
}

fn success_complexity(operation: &Operation) -> usize {
    match &operation.success {
        Success::One(outcome) => complexity(&outcome.payload),
        Success::Several(_) => Ty::Unit.complexity(HELD),
    }
}

fn error_complexity(operation: &Operation) -> usize {
    match &operation.failure {
        Failure::Same(payload) => complexity(payload),
        Failure::None | Failure::ByStatus => Ty::Unit.complexity(HELD),
    }
}

/// How deep in `Result<Response<…>, Error<…>>` bodies stand.
const HELD: usize = 3;

fn complexity(payload: &Payload) -> usize {
    match payload {
        Payload::Json(ty) | Payload::Xml(Xml { ty, .. }) | Payload::Form(ty, _) => {
            ty.complexity(HELD)
        }
        Payload::Events(Some(ty)) | Payload::Lines(ty) => {
            Ty::Unit.complexity(HELD) + ty.complexity(HELD + 1)
        }
        Payload::Events(None)
        | Payload::Empty
        | Payload::Text
        | Payload::Bytes
        | Payload::Multipart(_) => Ty::Unit.complexity(HELD),
    }
}

/// The type of a body that has been read.
fn held(payload: &Payload) -> TokenStream {
    match payload {
        Payload::Empty => quote! { () },
        Payload::Json(ty) | Payload::Xml(Xml { ty, .. }) | Payload::Form(ty, _) => {
            View::Outside.ty(ty)
        }
        Payload::Events(Some(ty)) => {
            let ty = View::Outside.ty(ty);
            quote! { Events<#ty> }
        }
        Payload::Events(None) => quote! { Events<String> },
        Payload::Lines(ty) => {
            let ty = View::Outside.ty(ty);
            quote! { Lines<#ty> }
        }
        Payload::Text => quote! { String },
        Payload::Bytes | Payload::Multipart(_) => quote! { Body },
    }
}

/// `fn decode(response: RawResponse) -> Result<Response<…>, Error<…>> { … }`: a line for each status.
pub(super) fn decode(operation: &Operation) -> TokenStream {
    let (output, error) = (output(operation), error(operation));
    let arms = arms(operation);
    // Of `Result`, `Response` and `Error`, and of what the latter hold.
    let complexity = 50 + success_complexity(operation) + error_complexity(operation);
    let allow = (complexity > COMPLEX).then(|| quote! { #[allow(clippy::type_complexity)] });
    quote! {
        #allow
        fn decode(response: RawResponse) -> Result<Response<#output>, Error<#error>> {
            match response.status().as_u16() {
                #(#arms)*
            }
        }
    }
}

/// How one answer is read.
struct Arm {
    status: Status,
    /// The media types that it is read for; empty for any.
    media_types: Vec<String>,
    expression: TokenStream,
}

/// Codes first, then ranges, then the rest; statuses that are read alike share a line.
fn arms(operation: &Operation) -> Vec<TokenStream> {
    let mut read = Vec::new();
    let outcomes = operation.success.outcomes();
    for (index, outcome) in outcomes.iter().enumerate() {
        let expression = match &operation.success {
            Success::One(_) => success(&outcome.payload),
            Success::Several(_) => success_as(&operation.response, outcome),
        };
        // The first answer of a status is read whatever its media type is.
        let first = outcomes[..index]
            .iter()
            .all(|earlier| earlier.status != outcome.status);
        read.push(Arm {
            status: outcome.status,
            media_types: if first {
                Vec::new()
            } else {
                outcome.media_types.clone()
            },
            expression,
        });
    }
    read.extend(operation.errors.iter().map(|outcome| Arm {
        status: outcome.status,
        media_types: Vec::new(),
        expression: failure(operation, outcome),
    }));
    read.extend(
        operation
            .untyped_errors
            .iter()
            .map(|(status, media_types)| Arm {
                status: *status,
                media_types: media_types.clone(),
                expression: quote! { response.into_untyped_error() },
            }),
    );
    read.sort_by_key(|arm| (arm.status, arm.media_types.is_empty()));
    if !read.iter().any(|arm| arm.status == Status::Default) {
        read.push(Arm {
            status: Status::Default,
            media_types: Vec::new(),
            expression: quote! { response.into_unexpected() },
        });
    }
    lines(read)
}

/// Neighbours that are read alike, in one line; `_` can't stand beside other patterns.
fn lines(arms: Vec<Arm>) -> Vec<TokenStream> {
    let mut lines: Vec<(Vec<Status>, Arm)> = Vec::new();
    for arm in arms {
        match lines.last_mut() {
            Some((statuses, line))
                if line.expression.to_string() == arm.expression.to_string()
                    && line.media_types == arm.media_types
                    && arm.status != Status::Default =>
            {
                statuses.push(arm.status);
            }
            _ => lines.push((vec![arm.status], arm)),
        }
    }
    let lines = lines.into_iter().map(|(statuses, arm)| {
        let patterns = statuses.into_iter().map(pattern);
        let media_types = &arm.media_types;
        let guard = (!media_types.is_empty())
            .then(|| quote! { if response.is_one_of(&[#(#media_types),*]) });
        let expression = &arm.expression;
        quote! { #(#patterns)|* #guard => #expression, }
    });
    lines.collect()
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
        Payload::Json(_) | Payload::Form(..) => quote! { response.into_json() },
        Payload::Xml(Xml { table, .. }) => quote! { response.into_xml(&types::xml::#table) },
        Payload::Events(Some(_)) => quote! { response.into_events() },
        Payload::Events(None) => quote! { response.into_text_events() },
        Payload::Lines(_) => quote! { response.into_lines() },
        Payload::Text => quote! { response.into_text() },
        Payload::Bytes | Payload::Multipart(_) => quote! { response.into_body() },
    }
}

fn success_as(name: &Ident, outcome: &Outcome) -> TokenStream {
    let variant = &outcome.variant;
    match &outcome.payload {
        Payload::Empty => quote! { response.into_empty(#name::#variant) },
        Payload::Json(_) | Payload::Form(..) => quote! { response.into_json_as(#name::#variant) },
        Payload::Xml(Xml { table, .. }) => {
            quote! { response.into_xml_as(&types::xml::#table, #name::#variant) }
        }
        Payload::Events(Some(_)) => quote! { response.into_events_as(#name::#variant) },
        Payload::Events(None) => quote! { response.into_text_events_as(#name::#variant) },
        Payload::Lines(_) => quote! { response.into_lines_as(#name::#variant) },
        Payload::Text => quote! { response.into_text_as(#name::#variant) },
        Payload::Bytes | Payload::Multipart(_) => quote! { response.into_body_as(#name::#variant) },
    }
}

fn failure(operation: &Operation, outcome: &Outcome) -> TokenStream {
    let (name, variant) = (&operation.error, &outcome.variant);
    let by_status = operation.failure == Failure::ByStatus;
    match &outcome.payload {
        Payload::Empty if by_status => quote! { response.into_empty_error(#name::#variant) },
        Payload::Empty => quote! { response.into_empty_error(()) },
        Payload::Json(_) if by_status => quote! { response.into_error_as(#name::#variant) },
        Payload::Json(_) => quote! { response.into_error() },
        Payload::Xml(Xml { table, .. }) if by_status => {
            quote! { response.into_xml_error_as(&types::xml::#table, #name::#variant) }
        }
        Payload::Xml(Xml { table, .. }) => {
            quote! { response.into_xml_error(&types::xml::#table) }
        }
        // Text and bytes have no type of their own.
        Payload::Form(..)
        | Payload::Multipart(_)
        | Payload::Events(_)
        | Payload::Lines(_)
        | Payload::Text
        | Payload::Bytes => quote! { response.into_untyped_error() },
    }
}

/// `pub enum GetPetError { NotFound(types::AppError), … }`
pub(super) fn definition(doc: &Doc, name: &Ident, outcomes: &[Outcome]) -> TokenStream {
    let variants = outcomes.iter().map(|outcome| {
        let Outcome {
            doc,
            variant,
            payload,
            ..
        } = outcome;
        let held = (*payload != Payload::Empty).then(|| {
            let held = held(payload);
            quote! { (#held) }
        });
        quote! {
            #doc
            #variant #held
        }
    });
    // A stream can be read once.
    let derives = if outcomes.iter().any(|outcome| outcome.payload.is_stream()) {
        quote! { #[derive(Debug)] }
    } else {
        quote! { #[derive(Debug, Clone, PartialEq)] }
    };
    quote! {
        #doc
        #derives
        pub enum #name {
            #(#variants,)*
        }
    }
}
