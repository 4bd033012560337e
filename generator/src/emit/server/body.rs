//! Request bodies: what a provider is given, how it is read, the enum of several, the form of parts.

use crate::emit::docs;
use crate::emit::tokens::{View, encodings};
use crate::emit::types::{Value, checks, entered, optional};
use crate::plan::{Body, BodyContent, Group, Operation, Part, PartContent, Payload, Xml};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of a body that has been read.
pub(super) fn ty(operation: &Operation, body: &Body) -> TokenStream {
    let ty = if let Some(only) = body.only() {
        held(operation, &only.payload)
    } else {
        let name = &operation.payload;
        quote! { #name }
    };
    if is_optional(body) {
        quote! { Option<#ty> }
    } else {
        ty
    }
}

/// Text and bytes that aren't there are empty.
fn is_optional(body: &Body) -> bool {
    let raw = body.only().is_some_and(|only| is_raw(&only.payload));
    !body.required && !raw
}

fn is_raw(payload: &Payload) -> bool {
    matches!(
        payload,
        Payload::Text | Payload::Bytes | Payload::Empty | Payload::Events(_) | Payload::Lines(_)
    )
}

/// Whether reading doesn't tell a body that is empty from one that isn't there.
fn may_be_empty(payload: &Payload) -> bool {
    is_raw(payload) || matches!(payload, Payload::Multipart(_))
}

fn held(operation: &Operation, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Json(ty) | Payload::Xml(Xml { ty, .. }) | Payload::Form(ty, _) => {
            View::Outside.ty(ty)
        }
        Payload::Multipart(parts) if parts.is_empty() => quote! { Multipart<()> },
        Payload::Multipart(_) => {
            let form = &operation.form;
            quote! { Multipart<#form> }
        }
        Payload::Text => quote! { String },
        Payload::Bytes | Payload::Empty | Payload::Events(_) | Payload::Lines(_) => quote! { Body },
    }
}

/// `let body = exchange.json().await?;`, or a branch for each media type.
pub(super) fn statement(operation: &Operation, body: &Body) -> TokenStream {
    if let Some(only) = body.only() {
        let value = match &only.payload {
            _ if body.required => read(only),
            Payload::Json(_) => quote! { exchange.json_optional().await? },
            Payload::Xml(Xml { table, .. }) => {
                quote! { exchange.xml_optional(&types::xml::#table).await? }
            }
            Payload::Form(_, written) => {
                let encodings = encodings(written, true);
                quote! { exchange.form_optional(&[#(#encodings),*]).await? }
            }
            Payload::Multipart(_) => {
                let read = read(only);
                quote! {
                    if exchange.has_body() {
                        Some(#read)
                    } else {
                        None
                    }
                }
            }
            Payload::Text
            | Payload::Bytes
            | Payload::Empty
            | Payload::Events(_)
            | Payload::Lines(_) => read(only),
        };
        let checks = own_checks(only, is_optional(body));
        // What is called on it needs to know its type.
        let ty = checks.as_ref().map(|_| {
            let ty = ty(operation, body);
            quote! { : #ty }
        });
        let required = (body.required && may_be_empty(&only.payload))
            .then(|| quote! { exchange.require_body()?; });
        return quote! {
            #required
            let body #ty = #value;
            #checks
        };
    }
    let choice = choice(operation, body);
    if body.required {
        quote! {
            exchange.require_body()?;
            let body = #choice;
        }
    } else {
        quote! {
            let body = if exchange.has_body() {
                Some(#choice)
            } else {
                None
            };
        }
    }
}

/// What JSON has to satisfy that is no type of its own: `[string]` with at least one item.
fn own_checks(content: &BodyContent, optional: bool) -> Option<TokenStream> {
    if content.checks.is_empty() {
        return None;
    }
    let checked = |value: Value| {
        let checks = checks(&content.checks, &value);
        quote! {
            let v = &mut Validator::of_request();
            #checks
            exchange.checked_body(v)?;
        }
    };
    Some(if optional {
        let checks = checked(Value::Reference(quote! { body }));
        quote! { if let Some(body) = &body { #checks } }
    } else {
        checked(Value::Owned(quote! { body }))
    })
}

/// `if exchange.takes(&["application/json"])? { … } else { … }`: what isn't documented has been refused by then.
fn choice(operation: &Operation, body: &Body) -> TokenStream {
    let name = &operation.payload;
    let branch = |content: &BodyContent| {
        let variant = &content.variant;
        let read = read(content);
        quote! { #name::#variant(#read) }
    };
    let Some((last, others)) = body.contents.split_last() else {
        return quote! {};
    };
    let branches = others.iter().map(|content| {
        let media_types = &content.media_types;
        let value = branch(content);
        quote! { if exchange.takes(&[#(#media_types),*])? { #value } else }
    });
    let last = branch(last);
    quote! { #(#branches)* { #last } }
}

/// `exchange.json().await?`
fn read(content: &BodyContent) -> TokenStream {
    match &content.payload {
        Payload::Json(_) => quote! { exchange.json().await? },
        Payload::Xml(Xml { table, .. }) => quote! { exchange.xml(&types::xml::#table).await? },
        Payload::Form(_, written) => {
            let encodings = encodings(written, true);
            quote! { exchange.form(&[#(#encodings),*]).await? }
        }
        Payload::Multipart(_) => quote! { exchange.multipart()? },
        Payload::Text => quote! { exchange.text().await? },
        Payload::Bytes | Payload::Empty | Payload::Events(_) | Payload::Lines(_) => {
            quote! { exchange.body()? }
        }
    }
}

/// What stands beside the trait for a body that needs types of its own.
pub(super) fn items(group: &Group, operation: &Operation) -> Vec<TokenStream> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let several = body
        .only()
        .is_none()
        .then(|| payload(group, operation, body));
    let form = body
        .contents
        .iter()
        .find_map(|content| content.payload.parts().filter(|parts| !parts.is_empty()))
        .map(|parts| form(group, operation, parts));
    several.into_iter().chain(form).collect()
}

/// `pub enum CreatePetPayload { Json(types::Pet), Form(types::Pet) }`
fn payload(group: &Group, operation: &Operation, body: &Body) -> TokenStream {
    let name = &operation.payload;
    let doc = docs::payload(group, operation);
    let variants = body.contents.iter().map(|content| {
        let variant = &content.variant;
        let doc = docs::media_types(content);
        let held = held(operation, &content.payload);
        quote! {
            #doc
            #variant(#held)
        }
    });
    quote! {
        #doc
        #[derive(Debug)]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#variants,)*
        }
    }
}

/// `pub struct UploadForm { … }`, and how it is made of parts.
fn form(group: &Group, operation: &Operation, parts: &[Part]) -> TokenStream {
    let name = &operation.form;
    let doc = docs::form(group, operation);
    let fields = parts.iter().map(|part| {
        let Part { doc, name, .. } = part;
        let ty = part_type(part);
        quote! {
            #doc
            pub #name: #ty
        }
    });
    let values = parts.iter().map(|part| {
        let name = &part.name;
        let value = part_value(part);
        quote! { #name: #value }
    });
    let form = quote! { Self { #(#values,)* } };
    let checks: Vec<TokenStream> = parts.iter().filter_map(part_checks).collect();
    let read = if checks.is_empty() {
        quote! { Ok(#form) }
    } else {
        quote! {
            let form = #form;
            let v = &mut Validator::of_request();
            #(#checks)*
            parts.checked(v)?;
            Ok(form)
        }
    };
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name {
            #(#fields,)*
        }

        impl Form for #name {
            fn read(parts: &mut Parts) -> Result<Self, Problem> {
                #read
            }
        }
    }
}

fn part_checks(part: &Part) -> Option<TokenStream> {
    let Part {
        name, wire, checks, ..
    } = part;
    let place = quote! { form.#name };
    (!checks.is_empty()).then(|| {
        if part.required || part.many {
            entered(wire, checks, &Value::Owned(place))
        } else {
            optional(wire, checks, &place)
        }
    })
}

fn part_type(part: &Part) -> TokenStream {
    let ty = match &part.content {
        PartContent::File => quote! { File },
        PartContent::Text(ty) | PartContent::Json(ty) => View::Outside.ty(ty),
    };
    match (part.many, part.required) {
        (true, _) => quote! { Vec<#ty> },
        (false, true) => ty,
        (false, false) => quote! { Option<#ty> },
    }
}

/// `parts.file("file")?`
fn part_value(part: &Part) -> TokenStream {
    let wire = &part.wire;
    let method = match (&part.content, part.many, part.required) {
        (PartContent::File, true, _) => quote! { files },
        (PartContent::File, false, true) => quote! { file },
        (PartContent::File, false, false) => quote! { optional_file },
        (PartContent::Text(_), true, _) => quote! { values },
        (PartContent::Text(_), false, true) => quote! { value },
        (PartContent::Text(_), false, false) => quote! { optional_value },
        (PartContent::Json(_), true, _) => quote! { jsons },
        (PartContent::Json(_), false, true) => quote! { json },
        (PartContent::Json(_), false, false) => quote! { optional_json },
    };
    quote! { parts.#method(#wire)? }
}
