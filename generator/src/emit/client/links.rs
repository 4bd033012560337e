//! The links of an operation's responses: `pub trait CreatePetLinks { … }`, a trait of its response with a method for each.

use super::argument::{argument, is_borrowed};
use super::responses;
use crate::emit::docs;
use crate::emit::tokens::{View, cfg};
use crate::plan::{
    self, Group, Ident, Link, LinkArgument, LinkFrom, LinkStep, LinkTarget, LinkValue, Operation,
    Parameter, Payload, Presence, Ty,
};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// `pub trait CreatePetLinks { … }`, and its `impl` for the response.
pub(super) fn item(group: &Group, operation: &Operation) -> Option<TokenStream> {
    if operation.links.is_empty() {
        return None;
    }
    let name = &operation.link_trait;
    let doc = docs::links(group, operation);
    let output = responses::output(operation);
    let declared = operation.links.iter().map(|link| {
        let doc = docs::link(link);
        let cfg = cfg(link.target.feature.as_deref());
        let head = head(link);
        quote! {
            #doc
            #cfg
            #head;
        }
    });
    let defined = operation.links.iter().map(|link| {
        let cfg = cfg(link.target.feature.as_deref());
        let (head, variant, call) = (head(link), variant(operation, link), call(link));
        let call = if link.is_sure {
            call
        } else {
            quote! { Some(#call) }
        };
        quote! {
            #cfg
            #head {
                #variant
                #call
            }
        }
    });
    Some(quote! {
        #doc
        pub trait #name {
            #(#declared)*
        }

        impl #name for Response<#output> {
            #(#defined)*
        }
    })
}

/// `fn get_pet(&self, client: &super::Client) -> Option<GetPet>`.
fn head(link: &Link) -> TokenStream {
    let Link {
        name, client, body, ..
    } = link;
    let given = link.given().map(argument);
    let given_body = link.given_body().map(|ty| {
        let ty = body_type(ty);
        quote! { #body: #ty }
    });
    let arguments = given.chain(given_body);
    let request = request(&link.target);
    let output = if link.is_sure {
        request
    } else {
        quote! { Option<#request> }
    };
    quote! { fn #name(&self, #client: &super::Client, #(#arguments),*) -> #output }
}

fn request(target: &LinkTarget) -> TokenStream {
    in_module(target, &target.request)
}

/// A type next to the method that the link leads to.
fn in_module(target: &LinkTarget, name: &Ident) -> TokenStream {
    let module = &target.module;
    if target.is_elsewhere {
        quote! { super::#module::#name }
    } else {
        name.to_token_stream()
    }
}

fn body_type(ty: &Ty) -> TokenStream {
    let name = View::Outside.ty(ty);
    if *ty == Ty::Value {
        quote! { impl Into<#name> }
    } else {
        name
    }
}

/// `let CreatePetResponse::Created(body) = self.body() else { return None };`, where the link belongs to one of several responses.
fn variant(operation: &Operation, link: &Link) -> Option<TokenStream> {
    let variant = link.variant.as_ref()?;
    let (response, found) = (&operation.response, &link.found);
    let mut outcomes = operation.success.outcomes().iter();
    let has_body = outcomes.any(|one| one.variant == *variant && one.payload != Payload::Empty);
    let pattern = match (link.needs_body(), has_body) {
        (true, _) => quote! { #response::#variant(#found) },
        (false, true) => quote! { #response::#variant(_) },
        (false, false) => quote! { #response::#variant },
    };
    Some(quote! {
        let #pattern = self.body() else {
            return None;
        };
    })
}

/// `client.pets().get_pet(&self.body().id)`.
fn call(link: &Link) -> TokenStream {
    let LinkTarget { module, method, .. } = &link.target;
    let client = &link.client;
    let arguments = link.arguments.iter().map(|argument| match argument {
        LinkArgument::Value(one) => value(link, one),
        LinkArgument::Given(parameter) => parameter.name.to_token_stream(),
        LinkArgument::GivenBody(_) => link.body.to_token_stream(),
        LinkArgument::Required(name, fields) => required(link, name, fields),
    });
    let setters = link.setters.iter().map(|(setter, one)| {
        let value = value(link, one);
        quote! { .#setter(#value) }
    });
    quote! { #client.#module().#method(#(#arguments),*)#(#setters)* }
}

/// `SearchRequired { lang: &self.body().lang, words: words.as_ref() }`.
fn required(link: &Link, name: &Ident, fields: &[(Ident, LinkArgument)]) -> TokenStream {
    let name = in_module(&link.target, name);
    let fields = fields.iter().map(|(field, argument)| {
        let value = match argument {
            LinkArgument::Value(one) if is_borrowed(&one.ty) => {
                let value = value(link, one);
                if matches!(one.from, LinkFrom::Literal(_) | LinkFrom::Body(_)) {
                    value
                } else {
                    quote! { &#value }
                }
            }
            LinkArgument::Value(one) => value(link, one),
            LinkArgument::Given(parameter) => given_field(parameter),
            LinkArgument::GivenBody(_) | LinkArgument::Required(..) => TokenStream::new(),
        };
        quote! { #field: #value }
    });
    quote! { #name { #(#fields),* } }
}

/// What the caller gives as a field of the type itself.
fn given_field(parameter: &Parameter) -> TokenStream {
    let Parameter { name, ty, .. } = parameter;
    if ty.is_taken_by_into() {
        quote! { #name.into() }
    } else if is_borrowed(ty) {
        quote! { #name.as_ref() }
    } else {
        name.to_token_stream()
    }
}

/// A value that the link gives, as an argument for its type.
fn value(link: &Link, value: &LinkValue) -> TokenStream {
    let ty = View::Outside.ty(&value.ty);
    match &value.from {
        LinkFrom::Literal(one) => literal(one),
        LinkFrom::Text(text) => quote! { link_value::<#ty>(#text)? },
        LinkFrom::Body(steps) => owned(link, steps, &value.ty),
        LinkFrom::Converted(steps) => {
            let place = place(link, steps);
            quote! { link_value::<#ty>(&#place)? }
        }
        LinkFrom::Header(name) => quote! { link_header::<#ty, _>(self, #name)? },
        LinkFrom::Status => quote! { link_value::<#ty>(&self.status().as_u16())? },
        LinkFrom::SentPath(name) => quote! { sent_path::<#ty, _>(self, #name)? },
        LinkFrom::SentQuery(name) => quote! { sent_query::<#ty, _>(self, #name)? },
        LinkFrom::SentHeader(name) => quote! { sent_header::<#ty, _>(self, #name)? },
        LinkFrom::SentUrl => quote! { sent_url::<#ty, _>(self)? },
    }
}

/// A value in the body as an argument: text by reference, what is copied as it is, all else cloned.
fn owned(link: &Link, steps: &[LinkStep], ty: &Ty) -> TokenStream {
    let place = place(link, steps);
    match ty.plain() {
        Ty::String if is_reference(steps) => place,
        Ty::String => quote! { &#place },
        Ty::Bool | Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 | Ty::F64 => copied(link, steps),
        Ty::Unit
        | Ty::Text(_)
        | Ty::Value
        | Ty::Bytes
        | Ty::Vec(_)
        | Ty::Tuple(_)
        | Ty::Map(_)
        | Ty::JsonMap
        | Ty::Option(_)
        | Ty::Box(_)
        | Ty::Named(_)
        | Ty::Local(_)
        | Ty::NoError => quote! { #place.clone() },
    }
}

/// A number or flag in the body.
fn copied(link: &Link, steps: &[LinkStep]) -> TokenStream {
    match steps.split_last() {
        Some((LinkStep::Field(field, presence), before)) => {
            let before = place(link, before);
            match presence {
                Presence::Required => quote! { #before.#field },
                Presence::Optional | Presence::Nullable => quote! { #before.#field? },
                Presence::OptionalNullable => quote! { #before.#field?? },
            }
        }
        Some((LinkStep::Item(_), _)) | None => {
            let place = place(link, steps);
            quote! { *#place }
        }
    }
}

/// A constant as an argument.
fn literal(value: &plan::Literal) -> TokenStream {
    match value {
        plan::Literal::Bool(value) => quote! { #value },
        plan::Literal::Integer(value) => Literal::i64_unsuffixed(*value).into_token_stream(),
        plan::Literal::Float(value) => Literal::f64_unsuffixed(*value).into_token_stream(),
        plan::Literal::Text(text) => quote! { #text },
    }
}

/// Whether the way to a value ends with a reference.
fn is_reference(steps: &[LinkStep]) -> bool {
    match steps.last() {
        Some(LinkStep::Field(_, presence)) => *presence != Presence::Required,
        Some(LinkStep::Item(_)) | None => true,
    }
}

/// The value behind these steps, where one that isn't there ends the function: `self.body().owner.as_ref()?.name`.
fn place(link: &Link, steps: &[LinkStep]) -> TokenStream {
    let start = if link.variant.is_some() {
        link.found.to_token_stream()
    } else {
        quote! { self.body() }
    };
    steps.iter().fold(start, |before, step| match step {
        LinkStep::Field(field, Presence::Required) => quote! { #before.#field },
        LinkStep::Field(field, Presence::Optional | Presence::Nullable) => {
            quote! { #before.#field.as_ref()? }
        }
        LinkStep::Field(field, Presence::OptionalNullable) => {
            quote! { #before.#field.as_ref()?.as_ref()? }
        }
        LinkStep::Item(0) => quote! { #before.first()? },
        LinkStep::Item(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote! { #before.get(#index)? }
        }
    })
}
