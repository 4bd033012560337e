//! The items that accompany a group's trait: the parameters of each operation, and its responses.

use super::params;
use crate::emit::shared::held;
use crate::emit::{Chunk, docs};
use crate::plan::{
    Doc, Group, Held, Ident, NamedKind, Operation, Outcome, ResponseWrite, Status, Success, Ty, Xml,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn items(group: &Group, operation: &Operation) -> Vec<Chunk> {
    let params = params::items(group, operation);
    let response = match &operation.success {
        Success::Several(outcomes) => Some(response(group, operation, outcomes)),
        Success::One(_) => None,
    };
    params
        .into_iter()
        .chain(response)
        .map(Chunk::Tokens)
        .collect()
}

/// `pub enum CreateOAuthAppResponse { … }`.
fn response(group: &Group, operation: &Operation, outcomes: &[Outcome]) -> TokenStream {
    let name = &operation.response;
    let doc = docs::server_response(group, operation);
    let open = quote! { #[non_exhaustive] };
    let definition = definition(&doc, name, outcomes, &open, None);
    let arms = outcomes.iter().map(arm);
    let reply = reply(name, outcomes, &quote! { #(#arms)* });
    quote! {
        #definition

        #reply
    }
}

/// `impl Reply for GetPetError { fn reply(self) -> … { match self { … } } }`, or `ReplyAs` if the caller chooses between JSON and XML.
pub(super) fn reply(name: &Ident, outcomes: &[Outcome], arms: &TokenStream) -> TokenStream {
    let (implemented, method) = if Outcome::any_is_choice(outcomes) {
        (
            quote! { ReplyAs },
            quote! { reply_as(self, accept: &Accept) },
        )
    } else {
        (quote! { Reply }, quote! { reply(self) })
    };
    quote! {
        impl #implemented for #name {
            fn #method -> Result<HttpResponse, Problem> {
                match self {
                    #arms
                }
            }
        }
    }
}

/// An enum of responses, with further attributes and another variant.
pub(super) fn definition(
    doc: &Doc,
    name: &Ident,
    outcomes: &[Outcome],
    attributes: &TokenStream,
    last: Option<&TokenStream>,
) -> TokenStream {
    let variants = outcomes.iter().map(variant);
    // A stream can only be read once, so it isn't `Clone`.
    let derives = if outcomes.iter().any(|outcome| outcome.payload.is_stream()) {
        quote! { #[derive(Debug)] }
    } else {
        quote! { #[derive(Debug, Clone, PartialEq)] }
    };
    quote! {
        #doc
        #derives
        #attributes
        pub enum #name {
            #(#variants,)*
            #last
        }
    }
}

/// `NotFound(types::AppError)`; a status that isn't fixed comes first.
fn variant(outcome: &Outcome) -> TokenStream {
    let Outcome { doc, variant, .. } = outcome;
    let status = (!matches!(outcome.status, Status::Code(_))).then(|| quote! { StatusCode });
    let codec = outcome.codec();
    let held = (codec.held != Held::Nothing).then(|| held(codec.held));
    let held: Vec<TokenStream> = status.into_iter().chain(held).collect();
    let held = (!held.is_empty()).then(|| quote! { (#(#held),*) });
    quote! {
        #doc
        #variant #held
    }
}

/// `Self::NotFound(body) => json(404, &body),`.
pub(super) fn arm(outcome: &Outcome) -> TokenStream {
    let Outcome { variant, .. } = outcome;
    let (binding, status) = match outcome.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            (None, quote! { #code })
        }
        Status::Range(_) | Status::Default => (Some(quote! { status }), quote! { status }),
    };
    let body = (outcome.codec().held != Held::Nothing).then(|| quote! { body });
    let bindings: Vec<TokenStream> = binding.into_iter().chain(body).collect();
    let bindings = (!bindings.is_empty()).then(|| quote! { (#(#bindings),*) });
    let response = written(outcome, &status);
    quote! { Self::#variant #bindings => #response, }
}

/// The common media types of JSON and XML.
const USUAL: (&str, &str) = ("application/json", "application/xml");

/// `accept.reply(200, &types::xml::PET, &body)`.
fn xml_written(xml: &Xml, status: &TokenStream) -> TokenStream {
    let Xml {
        table,
        media_type,
        json,
        ..
    } = xml;
    match json {
        Some(json) if (json.as_str(), media_type.as_str()) == USUAL => {
            quote! { accept.reply(#status, &types::xml::#table, &body) }
        }
        Some(json) => quote! {
            accept.reply_in([#json, #media_type], #status, &types::xml::#table, &body)
        },
        None => quote! { support::xml(#status, #media_type, &types::xml::#table, &body) },
    }
}

/// `json(404, &body)`: the response with the body in `body`.
pub(super) fn written(outcome: &Outcome, status: &TokenStream) -> TokenStream {
    // Types of other crates can't be validated.
    let is_foreign = outcome.payload.types().into_iter().any(is_of_another_crate);
    match outcome.codec().write {
        ResponseWrite::Empty => quote! { support::empty(#status) },
        ResponseWrite::Json(media_type) if is_foreign => {
            let media_type = media_type.unwrap_or("application/json");
            quote! { support::unchecked_json(#status, #media_type, &body) }
        }
        ResponseWrite::Json(None) => quote! { support::json(#status, &body) },
        ResponseWrite::Json(Some(media_type)) => {
            quote! { support::json_as(#status, #media_type, &body) }
        }
        ResponseWrite::Xml(xml) => xml_written(xml, status),
        ResponseWrite::Events if is_foreign => quote! { support::unchecked_events(#status, body) },
        ResponseWrite::Events => quote! { support::events(#status, body) },
        ResponseWrite::Lines(media_type) if is_foreign => {
            quote! { support::unchecked_lines(#status, #media_type, body) }
        }
        ResponseWrite::Lines(media_type) => {
            quote! { support::lines(#status, #media_type, body) }
        }
        ResponseWrite::PlainText => quote! { support::text(#status, body) },
        ResponseWrite::Raw(media_type) => {
            quote! { support::respond(#status, #media_type, body) }
        }
    }
}

/// Whether a type, or one within it, is that of another crate itself.
fn is_of_another_crate(ty: &Ty) -> bool {
    ty.all()
        .any(|part| matches!(part.plain(), Ty::Named(named) if named.kind == NamedKind::Foreign))
}
