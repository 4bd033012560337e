//! The server of webhooks or callbacks.

use super::{SUPPORT, bound_text, group, handler_file, routes, trait_file_of};
use crate::emit::tokens::head;
use crate::emit::{Chunk, Make, SourceFile, Used, docs};
use crate::plan::{Doc, Plan, Receiver};
use proc_macro2::TokenStream;
use quote::quote;

/// Names of the support code that the module of the trait uses in addition to those of every group.
const SUPPORT_OF_SERVER: &[&str] = &["Server", "ServerBuilder", "Unauthenticated"];

/// The trait with the constructor of its server, the functions that call it, and the dispatch.
pub(super) fn files<'p>(plan: &'p Plan, receiver: &'p Receiver) -> [SourceFile<'p>; 3] {
    let group = &receiver.group;
    let api: Make<'p, _> = Box::new(|| {
        vec![
            group::api(&receiver.group),
            Chunk::Tokens(requests(receiver)),
            Chunk::Tokens(server(plan, receiver)),
        ]
    });
    [
        trait_file_of(plan, group, vec![api], SUPPORT_OF_SERVER),
        handler_file(plan, group),
        dispatch_file(receiver),
    ]
}

/// `pub enum WebhookRequests {}`.
fn requests(receiver: &Receiver) -> TokenStream {
    let Receiver {
        group, requests, ..
    } = receiver;
    let doc = docs::requests(group);
    quote! {
        #doc
        #[derive(Debug)]
        pub enum #requests {}
    }
}

/// `Server::webhooks`, or a function of the module if the type is another crate's.
fn server(plan: &Plan, receiver: &Receiver) -> TokenStream {
    let Receiver {
        group, requests, ..
    } = receiver;
    let module = &group.module;
    let doc = docs::receiver(group);
    if plan.runtime.is_some() {
        return quote! {
            #doc
            pub fn server<P>(receiver: P) -> ServerBuilder<P, Unauthenticated, #requests> {
                Server::begin(receiver)
            }
        };
    }
    quote! {
        impl<P> Server<P, Unauthenticated, #requests> {
            #doc
            pub fn #module(receiver: P) -> ServerBuilder<P, Unauthenticated, #requests> {
                Self::begin(receiver)
            }
        }
    }
}

/// `src/service/webhooks/dispatch.rs`. A module of its own, so that its names don't collide with those of operations.
fn dispatch_file(receiver: &Receiver) -> SourceFile<'_> {
    let module = &receiver.group.module;
    let path = format!("src/service/{}/dispatch.rs", module.file());
    let begin = move |used: &Used| {
        let own = [receiver.requests.as_str(), receiver.group.api.as_str()];
        let imports = vec![
            used.imports("std::sync", &["Arc"]),
            used.imports("super::super::super::support", SUPPORT),
            used.imports(&format!("super::super::super::{module}"), &own),
        ];
        let doc = Doc::text("Routes requests to operations.");
        head(&doc, &quote! {}, imports)
    };
    SourceFile::parts(&path, begin, vec![Box::new(|| dispatch_items(receiver))])
}

fn dispatch_items(receiver: &Receiver) -> Vec<Chunk> {
    let Receiver {
        group,
        requests,
        routes,
    } = receiver;
    let operations = group.operations.iter();
    let dispatch = routes::Dispatch {
        marker: Some(requests.as_str()),
        is_received: true,
        provider: vec![bound_text(group)],
        secured: group.is_secured(),
        base_path: "",
        routes,
        operations: operations.map(|operation| (group, operation)).collect(),
    };
    vec![dispatch.chunk()]
}
