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
        let optional: Vec<_> = optional_setters(link).collect();
        let (set, request) = if optional.is_empty() {
            (None, call)
        } else {
            let set = quote! {
                let mut request = #call;
                #(#optional)*
            };
            (Some(set), quote! { request })
        };
        let request = if link.is_sure {
            request
        } else {
            quote! { Some(#request) }
        };
        quote! {
            #cfg
            #head {
                #variant
                #set
                #request
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

/// `client.pets().get_pet(&self.body().id)`, with the setters that always get a value.
fn call(link: &Link) -> TokenStream {
    let LinkTarget { module, method, .. } = &link.target;
    let client = &link.client;
    let arguments = link.arguments.iter().map(|argument| match argument {
        LinkArgument::Value(one) => value(link, one),
        LinkArgument::Given(parameter) => parameter.name.to_token_stream(),
        LinkArgument::GivenBody(_) => link.body.to_token_stream(),
        LinkArgument::Required(name, fields) => required(link, name, fields),
    });
    let setters = link.setters.iter().filter(|(_, one)| one.from.is_there());
    let setters = setters.map(|(setter, one)| {
        let value = value(link, one);
        quote! { .#setter(#value) }
    });
    quote! { #client.#module().#method(#(#arguments),*)#(#setters)* }
}

/// The setters for which there may be no value: `if let Some(value) = link_header(self, "x-page") { request = request.page(value); }`.
fn optional_setters(link: &Link) -> impl Iterator<Item = TokenStream> {
    let setters = link.setters.iter().filter(|(_, one)| !one.from.is_there());
    setters.map(|(setter, one)| {
        let (found, value) = optional(link, one);
        quote! {
            if let Some(value) = #found {
                request = request.#setter(#value);
            }
        }
    })
}

/// Where such a value comes from, and the argument that it becomes.
fn optional(link: &Link, one: &LinkValue) -> (TokenStream, TokenStream) {
    match &one.from {
        LinkFrom::Body(steps) => {
            let passed = if is_borrowed(&one.ty) {
                quote! { value }
            } else if is_copied(&one.ty) {
                quote! { *value }
            } else {
                quote! { value.clone() }
            };
            (perhaps(link, steps), passed)
        }
        LinkFrom::Converted(steps) => (perhaps(link, steps), read(one, &quote! { value })),
        from @ (LinkFrom::Header(_)
        | LinkFrom::SentPath(_)
        | LinkFrom::SentQuery(_)
        | LinkFrom::SentHeader(_)
        | LinkFrom::SentUrl
        | LinkFrom::Literal(_)
        | LinkFrom::Text(_)
        | LinkFrom::Status) => (text(from), read(one, &quote! { value })),
    }
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

/// A value that the link gives, as an argument for its type. If it isn't there, the function ends.
fn value(link: &Link, value: &LinkValue) -> TokenStream {
    match &value.from {
        LinkFrom::Literal(one) => literal(one),
        LinkFrom::Text(text) => read(value, &quote! { #text }),
        LinkFrom::Status => read(value, &quote! { self.status().as_u16() }),
        LinkFrom::Body(steps) => owned(link, steps, &value.ty),
        LinkFrom::Converted(steps) => {
            let place = place(link, steps);
            read(value, &quote! { &#place })
        }
        from @ (LinkFrom::Header(_)
        | LinkFrom::SentPath(_)
        | LinkFrom::SentQuery(_)
        | LinkFrom::SentHeader(_)
        | LinkFrom::SentUrl) => {
            let text = text(from);
            read(value, &quote! { #text? })
        }
    }
}

/// A value read as the type that it is needed as. If it isn't one of that, the function ends.
fn read(value: &LinkValue, found: &TokenStream) -> TokenStream {
    if !value.is_read() {
        return found.clone();
    }
    let ty = View::Outside.ty(&value.ty);
    quote! { link_value::<#ty>(#found)? }
}

/// The text of a header or of a part of the request, as an `Option`.
fn text(from: &LinkFrom) -> TokenStream {
    match from {
        LinkFrom::Header(name) => quote! { link_header(self, #name) },
        LinkFrom::SentPath(name) => quote! { sent_path(self, #name) },
        LinkFrom::SentQuery(name) => quote! { sent_query(self, #name) },
        LinkFrom::SentHeader(name) => quote! { sent_header(self, #name) },
        LinkFrom::SentUrl => quote! { sent_url(self) },
        LinkFrom::Literal(_)
        | LinkFrom::Text(_)
        | LinkFrom::Status
        | LinkFrom::Body(_)
        | LinkFrom::Converted(_) => TokenStream::new(),
    }
}

/// A value in the body as an argument: text by reference, what is copied as it is, all else cloned.
fn owned(link: &Link, steps: &[LinkStep], ty: &Ty) -> TokenStream {
    let place = place(link, steps);
    if is_copied(ty) {
        copied(link, steps)
    } else if !is_borrowed(ty) {
        quote! { #place.clone() }
    } else if is_reference(steps) {
        place
    } else {
        quote! { &#place }
    }
}

fn is_copied(ty: &Ty) -> bool {
    matches!(
        ty.plain(),
        Ty::Bool | Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 | Ty::F64
    )
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

/// The same as an `Option` of a reference: `self.body().owner.as_ref().map(|it| &it.name)`.
fn perhaps(link: &Link, steps: &[LinkStep]) -> TokenStream {
    let sure = steps.iter().take_while(|step| step.is_there()).count();
    let (sure, others) = steps.split_at(sure);
    let start = place(link, sure);
    let mut others = others.iter();
    let first = others.next().map(|step| found(&start, step));
    others.fold(first.unwrap_or_default(), |before, step| {
        let found = found(&quote! { it }, step);
        if step.is_there() {
            quote! { #before.map(|it| #found) }
        } else {
            quote! { #before.and_then(|it| #found) }
        }
    })
}

/// What a step leads to: a reference, or an `Option` of one.
fn found(before: &TokenStream, step: &LinkStep) -> TokenStream {
    match step {
        LinkStep::Field(field, Presence::Required) => quote! { &#before.#field },
        LinkStep::Field(field, Presence::Optional | Presence::Nullable) => {
            quote! { #before.#field.as_ref() }
        }
        LinkStep::Field(field, Presence::OptionalNullable) => {
            quote! { #before.#field.as_ref().and_then(Option::as_ref) }
        }
        LinkStep::Item(0) => quote! { #before.first() },
        LinkStep::Item(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote! { #before.get(#index) }
        }
    }
}
