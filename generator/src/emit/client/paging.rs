//! How an operation pages: `impl Paged for GetOAuthApps { … }`.

use super::responses;
use crate::emit::tokens::View;
use crate::plan::{Next, Operation, Paging, Presence, Step};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `pub fn paginate(self) -> Pages<Self> { … }`.
pub(super) fn method(operation: &Operation) -> Option<TokenStream> {
    operation.paging.as_ref()?;
    let decode = &operation.locals.decode;
    Some(quote! {
        #[doc = " Returns the pages of the list, from this one on; nothing is requested yet."]
        pub fn paginate(self) -> Pages<Self> {
            Pages::new(self.request, Self::#decode)
        }
    })
}

/// `impl Paged for GetOAuthApps { … }`.
pub(super) fn item(operation: &Operation) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let request = &operation.request;
    let (page, error) = (responses::output(operation), responses::error(operation));
    let item = View::Outside.ty(&paging.item);
    let facts = facts(paging);
    let list = needs_list(&paging.next).then(|| {
        let list = borrowed(&paging.items);
        quote! {
            fn list(page: &Self::Page) -> Option<&Vec<Self::Item>> {
                #list
            }
        }
    });
    let items = taken(&paging.items);
    let next = next(paging).map(|next| {
        quote! {
            fn next(page: &Self::Page) -> Option<String> {
                #next
            }
        }
    });
    let more = paging.more.as_ref().map(|more| {
        let flag = flag(&more.at, more.is_last);
        quote! {
            fn has_more(page: &Self::Page) -> Option<bool> {
                #flag
            }
        }
    });
    let pages = paging.pages.as_ref().map(|at| {
        let count = count(at);
        quote! {
            fn pages(page: &Self::Page) -> Option<i128> {
                #count
            }
        }
    });
    Some(quote! {
        impl Paged for #request {
            type Page = #page;
            type Item = #item;
            type Error = #error;

            const PAGING: Paging = #facts;

            #list

            fn items(page: Self::Page) -> Option<Vec<Self::Item>> {
                #items
            }

            #next
            #more
            #pages
        }
    })
}

/// `Paging::page("page", 0).size("per_page")`; `.in_body()` if these are in the body.
fn facts(paging: &Paging) -> TokenStream {
    let next = match &paging.next {
        Next::Page { parameter, first } => {
            let first = Literal::i64_unsuffixed(*first);
            quote! { Paging::page(#parameter, #first) }
        }
        Next::Offset { parameter, first } => {
            let first = Literal::i64_unsuffixed(*first);
            quote! { Paging::offset(#parameter, #first) }
        }
        Next::Token { parameter, .. } => quote! { Paging::token(#parameter) },
        Next::LastItem { parameter, .. } => quote! { Paging::last_item(#parameter) },
        Next::Url { .. } => quote! { Paging::url() },
        Next::Link => quote! { Paging::link() },
    };
    let size = paging.size.iter().map(|size| quote! { .size(#size) });
    let in_body = paging.in_body.then(|| quote! { .in_body() });
    quote! { #next #(#size)* #in_body }
}

/// Whether the items of a page are counted.
fn needs_list(next: &Next) -> bool {
    match next {
        Next::Page { .. } | Next::Offset { .. } => true,
        Next::Token { .. } | Next::LastItem { .. } | Next::Url { .. } | Next::Link => false,
    }
}

/// What a page says of the next one.
fn next(paging: &Paging) -> Option<TokenStream> {
    match &paging.next {
        Next::Page { .. } | Next::Offset { .. } | Next::Link => None,
        Next::Token { at, .. } | Next::Url { at } => {
            let value = way(at);
            Some(quote! { Some(#value.to_string()) })
        }
        Next::LastItem { id, .. } => {
            let (list, id) = (way(&paging.items), &id.field);
            Some(quote! { Some(#list.last()?.#id.to_string()) })
        }
    }
}

/// The value behind these fields, where a missing one ends the function: `page.meta.as_ref()?.next`.
fn way(steps: &[Step]) -> TokenStream {
    steps.iter().fold(quote! { page }, |before, step| {
        let field = &step.field;
        match step.presence {
            Presence::Required => quote! { #before.#field },
            Presence::Optional | Presence::Nullable => quote! { #before.#field.as_ref()? },
            Presence::OptionalNullable => quote! { #before.#field.as_ref()?.as_ref()? },
        }
    })
}

/// The list behind these fields, as a reference.
fn borrowed(steps: &[Step]) -> TokenStream {
    let Some((last, before)) = steps.split_last() else {
        return quote! { Some(page) };
    };
    let (before, field) = (way(before), &last.field);
    match last.presence {
        Presence::Required => quote! { Some(&#before.#field) },
        Presence::Optional | Presence::Nullable => quote! { #before.#field.as_ref() },
        Presence::OptionalNullable => quote! { #before.#field.as_ref()?.as_ref() },
    }
}

/// The list behind these fields, taken out of the page.
fn taken(steps: &[Step]) -> TokenStream {
    let Some((last, before)) = steps.split_last() else {
        return quote! { Some(page) };
    };
    let before = before.iter().fold(quote! { page }, |before, step| {
        let field = &step.field;
        match step.presence {
            Presence::Required => quote! { #before.#field },
            Presence::Optional | Presence::Nullable => quote! { #before.#field? },
            Presence::OptionalNullable => quote! { #before.#field?? },
        }
    });
    let field = &last.field;
    match last.presence {
        Presence::Required => quote! { Some(#before.#field) },
        Presence::Optional | Presence::Nullable => quote! { #before.#field },
        Presence::OptionalNullable => quote! { #before.#field.flatten() },
    }
}

/// The flag behind these fields: whether there are further pages.
fn flag(steps: &[Step], is_last: bool) -> TokenStream {
    let Some((last, before)) = steps.split_last() else {
        return quote! { None };
    };
    let (before, field) = (way(before), &last.field);
    let flag = quote! { #before.#field };
    let not = is_last.then(|| quote! { .map(|last| !last) });
    match last.presence {
        Presence::Required if is_last => quote! { Some(!#flag) },
        Presence::Required => quote! { Some(#flag) },
        Presence::Optional | Presence::Nullable => quote! { #flag #not },
        Presence::OptionalNullable => quote! { #flag.flatten() #not },
    }
}

/// The number behind these fields: how many pages there are.
fn count(steps: &[Step]) -> TokenStream {
    let Some((last, before)) = steps.split_last() else {
        return quote! { None };
    };
    let (before, field) = (way(before), &last.field);
    match last.presence {
        Presence::Required => quote! { Some(#before.#field.into()) },
        Presence::Optional | Presence::Nullable => quote! { #before.#field.map(Into::into) },
        Presence::OptionalNullable => quote! { #before.#field.flatten().map(Into::into) },
    }
}
