//! Request bodies: the argument of the provider, how it is read, the enum of several contents, the multipart form.

use crate::emit::docs;
use crate::emit::tokens::{View, encodings};
use crate::emit::types::{Value, checks, entered, optional};
use crate::plan::{Body, BodyContent, Group, Held, Operation, Part, PartContent, RequestRead};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of a body that has been read.
pub(super) fn ty(operation: &Operation, body: &Body) -> TokenStream {
    let ty = if let Some(only) = body.only() {
        held(operation, only)
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

/// Whether the argument is optional. Absent text and bytes are empty.
fn is_optional(body: &Body) -> bool {
    let raw = body.only().is_some_and(|only| only.codec().held.is_raw());
    !body.required && !raw
}

fn held(operation: &Operation, content: &BodyContent) -> TokenStream {
    match content.codec().held {
        Held::Value(ty) => View::Outside.ty(ty),
        Held::Form([]) => quote! { Multipart<()> },
        Held::Form(_) => {
            let form = &operation.form;
            quote! { Multipart<#form> }
        }
        Held::Text => quote! { String },
        Held::Bytes | Held::Nothing | Held::Events(_) | Held::Lines(_) => quote! { Body },
    }
}

/// The expressions that read a body.
struct Reading {
    /// Reads a required body.
    value: TokenStream,
    /// Reads an optional body.
    optional: TokenStream,
    /// Whether reading doesn't distinguish an empty body from an absent one.
    may_be_empty: bool,
}

/// `exchange.json().await?`, `exchange.json_optional().await?`.
fn reading(content: &BodyContent) -> Reading {
    // Absent text and bytes are empty.
    let raw = |value: TokenStream| Reading {
        optional: value.clone(),
        value,
        may_be_empty: true,
    };
    let told = |value: TokenStream, optional: TokenStream| Reading {
        value,
        optional,
        may_be_empty: false,
    };
    match content.codec().read {
        RequestRead::Json => told(
            quote! { exchange.json().await? },
            quote! { exchange.json_optional().await? },
        ),
        RequestRead::Xml(table) => told(
            quote! { exchange.xml(&types::xml::#table).await? },
            quote! { exchange.xml_optional(&types::xml::#table).await? },
        ),
        RequestRead::Form(written) => {
            let encodings = encodings(written, true);
            told(
                quote! { exchange.form(&[#(#encodings),*]).await? },
                quote! { exchange.form_optional(&[#(#encodings),*]).await? },
            )
        }
        RequestRead::Multipart => {
            let value = quote! { exchange.multipart()? };
            Reading {
                optional: if_there(&value),
                value,
                may_be_empty: true,
            }
        }
        RequestRead::Text => raw(quote! { exchange.text().await? }),
        RequestRead::Bytes => raw(quote! { exchange.body()? }),
    }
}

/// `if exchange.has_body() { Some(…) } else { None }`.
fn if_there(value: &TokenStream) -> TokenStream {
    quote! {
        if exchange.has_body() {
            Some(#value)
        } else {
            None
        }
    }
}

/// `let body = exchange.json().await?;`, or a branch for each media type.
pub(super) fn statement(operation: &Operation, body: &Body) -> TokenStream {
    if let Some(only) = body.only() {
        let reading = reading(only);
        let value = if body.required {
            reading.value
        } else {
            reading.optional
        };
        let checks = own_checks(only, is_optional(body));
        // Checks call methods on it, so its type has to be known.
        let ty = checks.as_ref().map(|_| {
            let ty = ty(operation, body);
            quote! { : #ty }
        });
        let required =
            (body.required && reading.may_be_empty).then(|| quote! { exchange.require_body()?; });
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
        let choice = if_there(&choice);
        quote! { let body = #choice; }
    }
}

/// The checks of JSON that aren't those of its type, such as for `[string]` with at least one item.
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

/// `if exchange.takes(&["application/json"])? { … } else { … }`. Undocumented media types have been rejected before.
fn choice(operation: &Operation, body: &Body) -> TokenStream {
    let name = &operation.payload;
    let branch = |content: &BodyContent| {
        let variant = &content.variant;
        let read = reading(content).value;
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

/// The items that accompany the trait for a body that needs types of its own.
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

/// `pub enum CreatePetPayload { Json(types::Pet), Form(types::Pet) }`.
fn payload(group: &Group, operation: &Operation, body: &Body) -> TokenStream {
    let name = &operation.payload;
    let doc = docs::payload(group, operation);
    let variants = body.contents.iter().map(|content| {
        let variant = &content.variant;
        let doc = docs::media_types(content);
        let held = held(operation, content);
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

/// `pub struct UploadForm { … }`, and how it is read from its parts.
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
        #[non_exhaustive]
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
        PartContent::File => quote! { UploadedFile },
        PartContent::Text(ty) | PartContent::Json(ty) => View::Outside.ty(ty),
    };
    match (part.many, part.required) {
        (true, _) => quote! { Vec<#ty> },
        (false, true) => ty,
        (false, false) => quote! { Option<#ty> },
    }
}

/// `parts.file("file")?`.
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
