//! `pub struct OAuthApp { … }`

use crate::emit::tokens::{View, deprecated, literal};
use crate::emit::{Chunk, Used};
use crate::plan::{Argument, Check, Field, Ident, Presence, Rest, Struct, Ty};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn definition(item: &Struct) -> TokenStream {
    let Struct {
        doc,
        deprecated: is_deprecated,
        derives,
        name,
        fields,
        rest,
        ..
    } = item;
    let deprecated = deprecated(*is_deprecated);
    let eq_hash = derives.eq_hash.then(|| quote! { , Eq, Hash });
    let default = derives.default.then(|| quote! { , Default });
    let fields = fields.iter().map(field);
    let rest = rest_field(rest);
    quote! {
        #doc
        #deprecated
        #[derive(Debug, Clone, PartialEq #eq_hash #default)]
        pub struct #name {
            #(#fields,)*
            #rest
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let Field {
        doc,
        deprecated: is_deprecated,
        name,
        ..
    } = field;
    let deprecated = deprecated(*is_deprecated);
    let ty = stored(field);
    quote! {
        #doc
        #deprecated
        pub #name: #ty
    }
}

/// The type of a field: its value's, optional as its presence says.
fn stored(field: &Field) -> TokenStream {
    let ty = View::Inside.ty(&field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Optional | Presence::Nullable => quote! { Option<#ty> },
        Presence::OptionalNullable => quote! { Option<Option<#ty>> },
    }
}

fn rest_field(rest: &Rest) -> Option<TokenStream> {
    let Rest::Kept { name, ty, .. } = rest else {
        return None;
    };
    let ty = View::Inside.ty(ty);
    Some(quote! {
        #[doc = " Additional properties, by name."]
        pub #name: #ty,
    })
}

/// `new(…)` with what is required, and a setter for everything else.
pub(super) fn methods(item: &Struct) -> TokenStream {
    let Struct {
        name, fields, rest, ..
    } = item;
    let required: Vec<&Field> = fields
        .iter()
        .filter(|field| field.setter.is_none() && field.tag.is_none())
        .collect();
    let tagged = fields.iter().any(|field| field.tag.is_some());
    let new = if required.is_empty() && !tagged {
        new_empty()
    } else {
        new(&required, fields, rest)
    };
    // What needs no argument is a default, as the compiler's lints have it.
    let default = (required.is_empty() && tagged).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let setters = fields
        .iter()
        .filter_map(|field| field.setter.as_ref().map(|name| setter(field, name)));
    quote! {
        impl #name {
            #new
            #(#setters)*
        }

        #default
    }
}

/// Where nothing is required there is `Default` as well.
fn new_empty() -> TokenStream {
    quote! {
        #[doc = " Creates an empty value; every property is optional."]
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }
    }
}

fn new(required: &[&Field], fields: &[Field], rest: &Rest) -> TokenStream {
    let arguments = required.iter().map(|field| {
        let name = &field.name;
        let ty = argument(field);
        quote! { #name: #ty }
    });
    let hides_list = hides_list(fields);
    let values = fields.iter().map(|field| {
        let name = &field.name;
        if let Some(tag) = &field.tag {
            let value = quote! { #tag.into() };
            return if field.setter.is_some() {
                quote! { #name: Some(#value) }
            } else {
                quote! { #name: #value }
            };
        }
        match (&field.setter, converted(field, hides_list)) {
            (Some(_), _) => quote! { #name: None },
            (None, None) => quote! { #name },
            (None, Some(value)) => quote! { #name: #value },
        }
    });
    let rest = rest_name(rest).map(|name| quote! { #name: Default::default() });
    // One argument for each required property: their number is the description's.
    let allow = (required.len() > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] });
    let tag = fields.iter().find(|field| field.tag.is_some());
    let doc = tag.map_or_else(
        || " With everything that is required; the rest is unset.".to_owned(),
        |tag| {
            format!(
                " Creates a value from the required properties; `{}` is set to the value of this type.",
                tag.name
            )
        },
    );
    quote! {
        #[doc = #doc]
        #allow
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}

fn rest_name(rest: &Rest) -> Option<&Ident> {
    match rest {
        Rest::Kept { name, .. } => Some(name),
        Rest::Ignored | Rest::Refused => None,
    }
}

/// The type by which `new` or a setter takes the value of a field.
fn argument(field: &Field) -> TokenStream {
    let inner = View::Inside.ty(&field.ty);
    let taken = match (&field.argument, field.ty.plain()) {
        (Argument::Items, Ty::Vec(item)) => {
            let item = View::Inside.ty(item);
            quote! { impl IntoIterator<Item = impl Into<#item>> }
        }
        (Argument::Values, Ty::Vec(item)) => {
            let item = View::Inside.ty(item);
            quote! { impl IntoIterator<Item = #item> }
        }
        (Argument::Into, _) => quote! { impl Into<#inner> },
        (Argument::Plain | Argument::Items | Argument::Values, _) => inner.clone(),
    };
    match field.presence {
        // `None` is a value here.
        Presence::Nullable => quote! { Option<#inner> },
        Presence::OptionalNullable => quote! { impl Into<Option<#inner>> },
        Presence::Required | Presence::Optional => taken,
    }
}

/// Whether one of these names hides the function `list`.
fn hides_list(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.name.as_str() == "list")
}

/// The value of a field from its argument; `None` when that is the value already.
fn converted(field: &Field, hides_list: bool) -> Option<TokenStream> {
    let name = &field.name;
    match field.presence {
        Presence::Nullable => return None,
        Presence::OptionalNullable => return Some(quote! { #name.into() }),
        Presence::Required | Presence::Optional => {}
    }
    match field.argument {
        Argument::Plain => None,
        Argument::Into => Some(quote! { #name.into() }),
        // A property called `list` hides the function.
        Argument::Items if hides_list => {
            Some(quote! { #name.into_iter().map(Into::into).collect() })
        }
        Argument::Items => Some(quote! { list(#name) }),
        Argument::Values => Some(quote! { #name.into_iter().collect() }),
    }
}

fn setter(field: &Field, setter: &Ident) -> TokenStream {
    let Field {
        doc,
        deprecated: is_deprecated,
        name,
        ..
    } = field;
    let deprecated = deprecated(*is_deprecated);
    let ty = argument(field);
    let hides_list = hides_list(std::slice::from_ref(field));
    let value = converted(field, hides_list).unwrap_or_else(|| quote! { #name });
    quote! {
        #doc
        #deprecated
        #[must_use]
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// `object! { OAuthApp { id: "id" optional, … } rest additional_properties }`
pub(super) fn object(item: &Struct) -> Chunk {
    let Struct {
        name, fields, rest, ..
    } = item;
    let mut lines = vec!["object! {".to_owned(), format!("    {name} {{")];
    lines.extend(fields.iter().map(|field| {
        format!(
            "        {}: {} {}{},",
            field.name,
            literal(&field.wire),
            presence(field),
            if field.ty.is_whole() { " integer" } else { "" }
        )
    }));
    lines.push(match rest {
        Rest::Ignored => "    }".to_owned(),
        Rest::Refused => "    } closed".to_owned(),
        Rest::Kept { name, .. } => format!("    }} rest {name}"),
    });
    lines.push("}".to_owned());
    // The macro reads integers by what is in `whole.rs`.
    let reads_integers = fields.iter().any(|field| field.ty.is_whole());
    let names: &[&str] = if reads_integers {
        &["object", "whole"]
    } else {
        &["object"]
    };
    Chunk::Call(lines, Used::names(names))
}

fn presence(field: &Field) -> &'static str {
    match field.presence {
        Presence::Required => "required",
        // Any JSON, unless values are listed: null is one.
        Presence::Optional
            if *field.ty.plain() == Ty::Value
                && !matches!(field.checks[..], [Check::OneOf(_), ..]) =>
        {
            "optional_nullable"
        }
        Presence::Optional if field.takes_null => "optional_nullable",
        Presence::Optional => "optional",
        Presence::Nullable => "nullable",
        Presence::OptionalNullable => "optional_nullable",
    }
}
