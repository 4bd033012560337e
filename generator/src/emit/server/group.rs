//! `pub trait OauthApi { … }`: what a provider implements.

use super::body;
use crate::emit::shared::held;
use crate::emit::tokens::View;
use crate::plan::{Group, Locals, Operation, Parameter, Security, Success};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn api(group: &Group) -> TokenStream {
    let Group {
        doc,
        api,
        operations,
        ..
    } = group;
    let session = group.is_secured().then(|| {
        quote! {
            #[doc = " The identity of a caller, as returned by the authentication hook."]
            type Session: Send + 'static;
        }
    });
    let methods = operations.iter().map(method);
    quote! {
        #doc
        #[doc = ""]
        #[doc = " Methods that aren't implemented respond with 501."]
        pub trait #api: Send + Sync + 'static {
            #session
            #(#methods)*
        }
    }
}

fn method(operation: &Operation) -> TokenStream {
    let Operation {
        doc,
        name,
        id,
        error,
        ..
    } = operation;
    let (call, call_type) = (&operation.locals.call, call(operation));
    let path = operation.path_parameters.iter().map(argument);
    let params = (!operation.parameters.is_empty()).then(|| {
        let ty = &operation.params;
        let params = &operation.locals.params;
        quote! { #params: #ty, }
    });
    let body = operation.body.as_ref().map(|body| {
        let ty = body::ty(operation, body);
        let body = &operation.locals.body;
        quote! { #body: #ty }
    });
    let output = output(operation);
    let unused = unused(operation);
    let allow = (operation.path_parameters.len() > 3)
        .then(|| quote! { #[allow(clippy::too_many_arguments)] });
    quote! {
        #doc
        #allow
        fn #name(&self, #call: #call_type, #(#path,)* #params #body) -> impl Future<Output = Result<#output, #error>> + Send {
            let _ = #unused;
            support::not_implemented(#id)
        }
    }
}

/// The type of the call: with the session of the caller where one is known.
fn call(operation: &Operation) -> TokenStream {
    match operation.security {
        Security::Public => quote! { Call },
        Security::Optional(_) => quote! { Call<Option<Self::Session>> },
        Security::Required(_) => quote! { Call<Self::Session> },
    }
}

fn argument(parameter: &Parameter) -> TokenStream {
    let Parameter { name, ty, .. } = parameter;
    let ty = View::Outside.ty(ty);
    quote! { #name: #ty }
}

/// What a method gives when the call works.
fn output(operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(outcome) => held(outcome.codec().held),
        Success::Several(_) => {
            let name = &operation.response;
            quote! { #name }
        }
    }
}

/// The arguments of a method, for the body of one that isn't written.
fn unused(operation: &Operation) -> TokenStream {
    let path = operation
        .path_parameters
        .iter()
        .map(|parameter| &parameter.name);
    let Locals {
        call, params, body, ..
    } = &operation.locals;
    let params = (!operation.parameters.is_empty()).then(|| quote! { #params });
    let body = operation.body.as_ref().map(|_| quote! { #body });
    let names: Vec<TokenStream> = path
        .map(|name| quote! { #name })
        .chain(params)
        .chain(body)
        .collect();
    if names.is_empty() {
        quote! { #call }
    } else {
        quote! { (#call, #(#names),*) }
    }
}
