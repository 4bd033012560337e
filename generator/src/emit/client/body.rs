//! Request bodies: the arguments of methods, how they are sent, the enum of several contents, the multipart form.

use super::argument::{given, given_items, taken, taken_item};
use super::required;
use crate::emit::tokens::{View, encodings};
use crate::emit::{Chunk, docs};
use crate::plan::{Body, BodyContent, Group, Held, Operation, Part, PartContent, RequestWrite, Ty};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `body: types::Pet`.
pub(super) fn argument(local: &TokenStream, operation: &Operation, body: &Body) -> TokenStream {
    let Some(only) = body.only() else {
        let name = &operation.payload;
        return quote! { #local: impl Into<#name> };
    };
    let held = held(operation, only);
    match only.codec().held {
        Held::Value(Ty::Value)
        | Held::Text
        | Held::Bytes
        | Held::Nothing
        | Held::Events(_)
        | Held::Lines(_) => {
            quote! { #local: impl Into<#held> }
        }
        Held::Value(_) | Held::Form(_) => quote! { #local: #held },
    }
}

/// `request.json(&body);`, or a `match` of several contents.
pub(super) fn fill(
    request: &TokenStream,
    local: &TokenStream,
    operation: &Operation,
    body: &Body,
) -> TokenStream {
    if let Some(only) = body.only() {
        let fill = fill_one(request, local, only);
        let any = only.codec().held == Held::Value(&Ty::Value);
        let value = any.then(|| quote! { let #local: types::Value = #local.into(); });
        return quote! { #value #fill; };
    }
    let name = &operation.payload;
    let arms = body.contents.iter().map(|content| {
        let variant = &content.variant;
        let fill = fill_one(request, local, content);
        quote! { #name::#variant(#local) => #fill, }
    });
    quote! {
        match #local.into() {
            #(#arms)*
        }
    }
}

fn fill_one(request: &TokenStream, body: &TokenStream, content: &BodyContent) -> TokenStream {
    match content.codec().write {
        RequestWrite::Json(None) => quote! { #request.json(&#body) },
        RequestWrite::Json(Some(media_type)) => quote! { #request.json_as(#media_type, &#body) },
        RequestWrite::Xml(table, media_type) => {
            quote! { #request.xml(#media_type, &types::xml::#table, &#body) }
        }
        RequestWrite::Form(written) => {
            let encodings = encodings(written, false);
            quote! { #request.form(&#body, &[#(#encodings),*]) }
        }
        RequestWrite::Multipart(media_type) => {
            quote! { #request.multipart(#media_type, #body.parts) }
        }
        RequestWrite::Raw(media_type) => quote! { #request.body(#media_type, #body) },
    }
}

/// The items that accompany a request whose body needs types of its own.
pub(super) fn items(group: &Group, operation: &Operation) -> Vec<Chunk> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let several = (body.only().is_none()).then(|| payload(group, operation, body));
    let form = body
        .contents
        .iter()
        .find_map(|content| content.payload.parts())
        .map(|parts| form(group, operation, parts));
    several.into_iter().chain(form).map(Chunk::Tokens).collect()
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
    let made_from = body
        .contents
        .iter()
        .filter(|content| content.from)
        .map(|content| {
            let variant = &content.variant;
            let held = held(operation, content);
            quote! {
                impl From<#held> for #name {
                    fn from(body: #held) -> Self {
                        Self::#variant(body)
                    }
                }
            }
        });
    quote! {
        #doc
        #[derive(Debug)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #(#variants,)*
        }

        #(#made_from)*
    }
}

/// The type of a body's content.
fn held(operation: &Operation, content: &BodyContent) -> TokenStream {
    match content.codec().held {
        Held::Value(ty) => View::Outside.ty(ty),
        Held::Form(_) => operation.form.to_token_stream(),
        Held::Text | Held::Bytes | Held::Nothing | Held::Events(_) | Held::Lines(_) => {
            quote! { Body }
        }
    }
}

/// `pub struct UploadForm { parts: MultipartBody }` with a setter for each part.
fn form(group: &Group, operation: &Operation, parts: &[Part]) -> TokenStream {
    let name = &operation.form;
    let local = &operation.locals.parts;
    let doc = docs::form(group, operation);
    let (required, optional): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| part.required);
    let (arguments, filled) = required_parts(operation, &local.to_token_stream(), &required);
    let setters = optional.iter().map(|part| part_setter(part));
    // A form without declared parts accepts any parts.
    let any = parts.is_empty().then(|| {
        quote! {
            #[doc = " Adds a part: text, bytes or a file."]
            pub fn part(mut self, name: &'static str, part: impl Into<File>) -> Self {
                self.parts.file(name, part, None);
                self
            }
        }
    });
    let held = if local.as_str() == "parts" {
        quote! { parts }
    } else {
        quote! { parts: #local }
    };
    let new = if required.is_empty() {
        quote! {
            #[doc = " Creates a form without parts."]
            pub fn new() -> Self {
                Self { parts: MultipartBody::new() }
            }
        }
    } else {
        let allow = (arguments.len() > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] });
        quote! {
            #[doc = " Creates a form from the required parts."]
            #allow
            pub fn new(#(#arguments),*) -> Self {
                let mut #local = MultipartBody::new();
                #(#filled)*
                Self { #held }
            }
        }
    };
    let by_name = required::parts(operation, &required);
    let default = required.is_empty().then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #doc
        #[derive(Debug)]
        #[must_use = "a form does nothing until it is sent"]
        pub struct #name {
            parts: MultipartBody,
        }

        impl #name {
            #new
            #(#setters)*
            #any
        }

        #default

        #by_name
    }
}

/// The arguments of `new` of a form, by name, and the statements that add them, in document order: some servers process a file at once,
/// depending on earlier parts.
fn required_parts(
    operation: &Operation,
    parts: &TokenStream,
    required: &[&Part],
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let Some(name) = &operation.form_required else {
        let mut by_name = required.to_vec();
        by_name.sort_by(|a, b| a.name.plain().cmp(b.name.plain()));
        let arguments = by_name.into_iter().map(part_argument);
        let filled = required.iter().map(|part| fill_part(parts, part));
        return (arguments.collect(), filled.collect());
    };
    let ty = required::taken(name, required::parts_borrow(required));
    let filled = required.iter().map(|part| {
        let name = &part.name;
        fill_part_with(parts, part, &quote! { required.#name })
    });
    (vec![quote! { required: #ty }], filled.collect())
}

fn part_setter(part: &Part) -> TokenStream {
    let Part { doc, setter, .. } = part;
    let argument = part_argument(part);
    let fill = fill_part(&quote! { self.parts }, part);
    quote! {
        #doc
        pub fn #setter(mut self, #argument) -> Self {
            #fill
            self
        }
    }
}

/// `file: impl Into<File>`.
fn part_argument(part: &Part) -> TokenStream {
    let Part {
        name,
        content,
        many,
        ..
    } = part;
    match (content, many) {
        (PartContent::File, false) => quote! { #name: impl Into<File> },
        (PartContent::File, true) => {
            quote! { #name: impl IntoIterator<Item = impl Into<File>> }
        }
        (PartContent::Text(ty), false) => {
            let ty = taken(ty);
            quote! { #name: #ty }
        }
        (PartContent::Text(ty), true) => {
            let item = taken_item(ty);
            quote! { #name: impl IntoIterator<Item = #item> }
        }
        (PartContent::Json(ty), many) => {
            let ty = View::Outside.ty(ty);
            if *many {
                quote! { #name: impl IntoIterator<Item = #ty> }
            } else {
                quote! { #name: #ty }
            }
        }
    }
}

/// `parts.file("file", file, None);`.
fn fill_part(parts: &TokenStream, part: &Part) -> TokenStream {
    let name = &part.name;
    let value = match (&part.content, part.many) {
        (PartContent::Text(ty), false) => given(ty, name),
        (PartContent::Text(ty), true) => given_items(ty, name),
        (PartContent::File | PartContent::Json(_), _) => name.to_token_stream(),
    };
    fill_part_with(parts, part, &value)
}

/// The same for a value, or values, of the part's type.
fn fill_part_with(parts: &TokenStream, part: &Part, value: &TokenStream) -> TokenStream {
    let Part {
        wire,
        content,
        many,
        content_type,
        ..
    } = part;
    let documented = content_type
        .as_ref()
        .map_or_else(|| quote! { None }, |name| quote! { Some(#name) });
    match (content, many) {
        (PartContent::File, false) => quote! { #parts.file(#wire, #value, #documented); },
        (PartContent::File, true) => quote! { #parts.files(#wire, #value, #documented); },
        (PartContent::Text(_), false) => quote! { #parts.value(#wire, #value); },
        (PartContent::Text(_), true) => quote! { #parts.values(#wire, #value); },
        (PartContent::Json(_), false) => json_part(parts, part, &quote! { &#value }),
        (PartContent::Json(_), true) => {
            let fill = json_part(parts, part, &quote! { &item });
            quote! {
                for item in #value {
                    #fill
                }
            }
        }
    }
}

fn json_part(parts: &TokenStream, part: &Part, value: &TokenStream) -> TokenStream {
    let wire = &part.wire;
    match part.content_type.as_deref() {
        None | Some("application/json") => quote! { #parts.json(#wire, #value); },
        Some(media_type) => quote! { #parts.json_as(#wire, #media_type, #value); },
    }
}
