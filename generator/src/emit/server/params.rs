//! `pub struct GetOAuthAppsParams { … }`: the parameters outside of the path, with a constructor, as the struct is `non_exhaustive`.

use crate::emit::docs;
use crate::emit::tokens::{View, deprecated};
use crate::plan::{Argument, Group, Literal as PlanLiteral, Operation, Parameter, Ty};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// The struct, and its constructor from required values; `None` without parameters.
pub(super) fn items(group: &Group, operation: &Operation) -> Option<TokenStream> {
    if operation.parameters.is_empty() {
        return None;
    }
    let name = &operation.params;
    let doc = docs::params(group, operation);
    let fields = operation.parameters.iter().map(|parameter| {
        let field = field(parameter);
        let deprecated = deprecated(parameter.deprecated);
        let doc = &parameter.doc;
        quote! {
            #doc
            #deprecated
            #field
        }
    });
    let is_filled = |parameter: &Parameter| parameter.required || parameter.default.is_some();
    let derived = !operation.parameters.iter().any(is_filled);
    let default = derived.then(|| quote! { , Default });
    let made = (!derived).then(|| made(operation));
    Some(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #made
    })
}

/// `pub page: i64`.
fn field(parameter: &Parameter) -> TokenStream {
    let Parameter { field, ty, .. } = parameter;
    let ty = View::Outside.ty(ty);
    if parameter.required || parameter.default.is_some() {
        quote! { pub #field: #ty }
    } else {
        quote! { pub #field: Option<#ty> }
    }
}

/// `impl Default for …` if nothing is required, else `new`, and the struct that it takes if values could be confused.
fn made(operation: &Operation) -> TokenStream {
    let name = &operation.params;
    let values = operation.parameters.iter().map(|parameter| {
        let Parameter { field, ty, .. } = parameter;
        if parameter.required {
            return match &operation.params_required {
                Some(_) => quote! { #field: required.#field },
                None if is_converted(parameter) => quote! { #field: #field.into() },
                None => quote! { #field },
            };
        }
        let default = parameter.default.as_ref();
        let default = default.map_or_else(|| quote! { None }, |value| literal(value, ty));
        quote! { #field: #default }
    });
    let value = quote! { Self { #(#values,)* } };
    let required = operation.required_parameters();
    if required.is_empty() {
        return quote! {
            impl Default for #name {
                fn default() -> Self {
                    #value
                }
            }
        };
    }
    let arguments: Vec<TokenStream> = match &operation.params_required {
        Some(required) => vec![quote! { required: #required }],
        None => required
            .iter()
            .map(|parameter| argument(parameter))
            .collect(),
    };
    let allow = (arguments.len() > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] });
    let by_name = by_name(operation, &required);
    quote! {
        impl #name {
            #[doc = " Creates the parameters from the required ones; the others have their defaults or are unset."]
            #allow
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                #value
            }
        }

        #by_name
    }
}

fn by_name(operation: &Operation, required: &[&Parameter]) -> Option<TokenStream> {
    let name = operation.params_required.as_ref()?;
    let doc = docs::required_params(&operation.params);
    let fields = required.iter().map(|parameter| {
        let doc = docs::required_field(&operation.params, &parameter.field);
        let field = field(parameter);
        quote! {
            #doc
            #field
        }
    });
    Some(quote! {
        #doc
        #[derive(Debug)]
        pub struct #name {
            #(#fields,)*
        }
    })
}

fn argument(parameter: &Parameter) -> TokenStream {
    let Parameter { field, ty, .. } = parameter;
    let ty = View::Outside.ty(ty);
    if is_converted(parameter) {
        quote! { #field: impl Into<#ty> }
    } else {
        quote! { #field: #ty }
    }
}

/// Whether `new` takes anything that converts to the value.
fn is_converted(parameter: &Parameter) -> bool {
    parameter.argument == Argument::Into
}

/// A default as a value of its type: `60`, `"name".into()`.
pub(super) fn literal(value: &PlanLiteral, ty: &Ty) -> TokenStream {
    match (value, ty.plain()) {
        (PlanLiteral::Bool(value), _) => quote! { #value },
        (PlanLiteral::Integer(value), Ty::Named(_)) => {
            let (ty, value) = (View::Outside.ty(ty), Literal::i64_unsuffixed(*value));
            quote! { #ty::from(#value) }
        }
        (PlanLiteral::Integer(value), _) => Literal::i64_unsuffixed(*value).into_token_stream(),
        (PlanLiteral::Float(value), _) => Literal::f64_unsuffixed(*value).into_token_stream(),
        (PlanLiteral::Text(text), _) => quote! { #text.into() },
    }
}
