//! How an operation goes on after its response: `until_done`.

use super::responses;
use crate::plan::{LongRunning, Operation, ResultPlace, Status, Success};
use proc_macro2::TokenStream;
use quote::quote;

/// `pub fn until_done(self) -> Polling<types::Cluster, types::Problem> { … }`.
pub(super) fn method(operation: &Operation) -> Option<TokenStream> {
    let facts = facts(operation.long_running.as_ref()?);
    let decode = &operation.locals.decode;
    let (output, error) = (responses::output(operation), responses::error(operation));
    let doc = " Sends the request when it is awaited, and asks the server until what it has begun is done.";
    Some(if has_result(operation) {
        quote! {
            #[doc = #doc]
            pub fn until_done(self) -> Polling<#output, #error> {
                Polling::new(self.request, Self::#decode, #facts)
            }
        }
    } else {
        quote! {
            #[doc = #doc]
            pub fn until_done(self) -> Polling<RawResponse, #error> {
                Polling::whole(self.request, |response| Self::#decode(response).map(drop), #facts)
            }
        }
    })
}

/// Whether the description has the response that is the result: any but that it has begun.
fn has_result(operation: &Operation) -> bool {
    match &operation.success {
        Success::One(outcome) => outcome.status != Status::Code(202),
        Success::Several(_) => true,
    }
}

/// `LongRunning::new().state(&["/phase"]).done(&["READY"])`.
fn facts(long_running: &LongRunning) -> TokenStream {
    let LongRunning {
        done,
        failed,
        result,
        ..
    } = long_running;
    let state = long_running.pointer();
    let state = state.map(|pointer| quote! { .state(&[#pointer]) });
    let done = (!done.is_empty()).then(|| quote! { .done(&[#(#done),*]) });
    let failed = (!failed.is_empty()).then(|| quote! { .failed(&[#(#failed),*]) });
    let result = result.map(|result| match result {
        ResultPlace::Location => quote! { .result_at_location() },
        ResultPlace::OwnUrl => quote! { .result_at_own_url() },
        ResultPlace::Last => quote! { .result_in_last() },
    });
    quote! { LongRunning::new() #state #done #failed #result }
}
