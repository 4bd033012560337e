//! Decoding of responses: a line for each status, and the enums of several responses or errors.

use crate::emit::shared::held;
use crate::plan::{
    COMPLEX, Doc, Failure, Held, Ident, Operation, Outcome, ResponseRead, Status, Success, Ty,
};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// The result of a call.
pub(super) fn output(operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(outcome) => held(outcome.codec().held),
        Success::Several(_) => operation.response.to_token_stream(),
    }
}

/// The body of its errors.
pub(super) fn error(operation: &Operation) -> TokenStream {
    match &operation.failure {
        Failure::None => quote! { NoError },
        Failure::Same(payload) => held(payload.held()),
        Failure::ByStatus => operation.error.to_token_stream(),
    }
}

fn success_complexity(operation: &Operation) -> usize {
    match &operation.success {
        Success::One(outcome) => complexity(outcome.codec().held),
        Success::Several(_) => Ty::Unit.complexity(HELD),
    }
}

fn error_complexity(operation: &Operation) -> usize {
    match &operation.failure {
        Failure::Same(payload) => complexity(payload.held()),
        Failure::None | Failure::ByStatus => Ty::Unit.complexity(HELD),
    }
}

/// Nesting of bodies in `Result<Response<…>, Error<…>>`.
const HELD: usize = 3;

fn complexity(held: Held<'_>) -> usize {
    match held {
        Held::Value(ty) => ty.complexity(HELD),
        Held::Events(Some(ty)) | Held::Lines(ty) => {
            Ty::Unit.complexity(HELD) + ty.complexity(HELD + 1)
        }
        Held::Nothing | Held::Form(_) | Held::Events(None) | Held::Text | Held::Bytes => {
            Ty::Unit.complexity(HELD)
        }
    }
}

/// `fn decode(response: RawResponse) -> Result<Response<…>, Error<…>> { … }`, with a line for each status.
pub(super) fn decode(operation: &Operation) -> TokenStream {
    let (output, error) = (output(operation), error(operation));
    let arms = arms(operation);
    // Complexity of `Result`, `Response` and `Error`, and of their arguments.
    let complexity = 50 + success_complexity(operation) + error_complexity(operation);
    let allow = (complexity > COMPLEX).then(|| quote! { #[allow(clippy::type_complexity)] });
    let decode = &operation.locals.decode;
    quote! {
        #allow
        fn #decode(response: RawResponse) -> Result<Response<#output>, Error<#error>> {
            match response.status().as_u16() {
                #(#arms)*
            }
        }
    }
}

/// A match arm for a response.
struct Arm {
    status: Status,
    /// The media types that it is for; empty for any.
    media_types: Vec<String>,
    expression: TokenStream,
}

/// The match arms: codes first, then ranges, then all others; statuses with the same arm share a line.
fn arms(operation: &Operation) -> Vec<TokenStream> {
    let mut read = Vec::new();
    let outcomes = operation.success.outcomes();
    for (index, outcome) in outcomes.iter().enumerate() {
        let several = match &operation.success {
            Success::One(_) => None,
            Success::Several(_) => Some(&operation.response),
        };
        // The first response of a status is read whatever its media type.
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
            expression: success(outcome, several),
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

/// Joins adjacent equal arms to one line; `_` can't be combined with other patterns.
fn lines(arms: Vec<Arm>) -> Vec<TokenStream> {
    let mut lines: Vec<(Vec<Status>, String, Arm)> = Vec::new();
    for arm in arms {
        let text = arm.expression.to_string();
        match lines.last_mut() {
            Some((statuses, said, line))
                if *said == text
                    && line.media_types == arm.media_types
                    && arm.status != Status::Default =>
            {
                statuses.push(arm.status);
            }
            _ => lines.push((vec![arm.status], text, arm)),
        }
    }
    let lines = lines.into_iter().map(|(statuses, _, arm)| {
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

/// `response.into_json()`, or `response.into_json_as(GetPetResponse::Ok)` if there are several successes.
fn success(outcome: &Outcome, several: Option<&Ident>) -> TokenStream {
    let variant = several.map(|name| variant(name, outcome));
    let (method, table) = match outcome.codec().read {
        ResponseRead::Empty => {
            let nothing = variant.unwrap_or_else(|| quote! { () });
            return quote! { response.into_empty(#nothing) };
        }
        ResponseRead::Json => ("into_json", None),
        ResponseRead::Xml(table) => ("into_xml", Some(quote! { &types::xml::#table })),
        ResponseRead::Events => ("into_events", None),
        ResponseRead::TextEvents => ("into_text_events", None),
        ResponseRead::Lines => ("into_lines", None),
        ResponseRead::Text => ("into_text", None),
        ResponseRead::Bytes => ("into_body", None),
    };
    read(method, table, variant)
}

/// `response.into_error()`, or `response.into_error_as(GetPetError::NotFound)` if errors differ by status.
fn failure(operation: &Operation, outcome: &Outcome) -> TokenStream {
    let by_status = operation.failure == Failure::ByStatus;
    let variant = by_status.then(|| variant(&operation.error, outcome));
    match outcome.codec().read {
        ResponseRead::Empty => {
            let nothing = variant.unwrap_or_else(|| quote! { () });
            quote! { response.into_empty_error(#nothing) }
        }
        ResponseRead::Json => read("into_error", None, variant),
        ResponseRead::Xml(table) => {
            let table = quote! { &types::xml::#table };
            read("into_xml_error", Some(table), variant)
        }
        // These aren't decoded in errors.
        ResponseRead::Events
        | ResponseRead::TextEvents
        | ResponseRead::Lines
        | ResponseRead::Text
        | ResponseRead::Bytes => quote! { response.into_untyped_error() },
    }
}

/// `GetPetError::NotFound`.
fn variant(name: &Ident, outcome: &Outcome) -> TokenStream {
    let variant = &outcome.variant;
    quote! { #name::#variant }
}

/// `response.into_xml_as(&types::xml::PET, GetPetResponse::Ok)`.
fn read(method: &str, table: Option<TokenStream>, variant: Option<TokenStream>) -> TokenStream {
    let method = if variant.is_some() {
        format_ident!("{method}_as")
    } else {
        format_ident!("{method}")
    };
    let arguments = table.into_iter().chain(variant);
    quote! { response.#method(#(#arguments),*) }
}

/// `pub enum GetPetError { NotFound(types::AppError), … }`.
pub(super) fn definition(doc: &Doc, name: &Ident, outcomes: &[Outcome]) -> TokenStream {
    let variants = outcomes.iter().map(|outcome| {
        let Outcome { doc, variant, .. } = outcome;
        let codec = outcome.codec();
        let held = (codec.held != Held::Nothing).then(|| {
            let held = held(codec.held);
            quote! { (#held) }
        });
        quote! {
            #doc
            #variant #held
        }
    });
    // A stream can only be read once, so it isn't `Clone`.
    let derives = if outcomes.iter().any(|outcome| outcome.payload.is_stream()) {
        quote! { #[derive(Debug)] }
    } else {
        quote! { #[derive(Debug, Clone, PartialEq)] }
    };
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }
    }
}
