//! The error types of operations: a call of `errors!` if each response has a single status and a JSON body or none; otherwise written out.

use super::responses;
use crate::emit::tokens::{View, allow_deprecated, cfg_line, compact, gated, head, literal};
use crate::emit::{Chunk, Make, SourceFile, Used, docs};
use crate::plan::{Doc, Group, Held, Ident, Operation, Outcome, Plan, ResponseWrite, Status};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// `src/errors.rs` with the shared error types, if there are any.
pub(super) fn file(plan: &Plan) -> Option<SourceFile<'_>> {
    let errors = &plan.errors;
    if errors.types.is_empty() {
        return None;
    }
    let begin = |used: &Used| {
        let imports = vec![
            used.imports("std::collections", &["BTreeMap"]),
            used.imports("super::support", &[&["self"], super::SUPPORT].concat()),
            used.imports("super", &["types"]),
        ];
        let allow = allow_deprecated(plan).into_token_stream();
        let unused = gated(plan).then(|| quote! { #![allow(unused_imports)] });
        head(&docs::shared_errors(), &quote! { #allow #unused }, imports)
    };
    let parts = errors.types.iter().map(|error| -> Make<'_, _> {
        Box::new(|| {
            let doc = docs::shared_error(error);
            vec![definition(
                &doc,
                &error.name,
                &error.outcomes,
                cfg_line(&error.features),
            )]
        })
    });
    let path = format!("src/{}.rs", errors.module.file());
    Some(SourceFile::parts(&path, begin, parts.collect()))
}

/// The error type of an operation, or an alias of a shared one.
pub(super) fn item(plan: &Plan, group: &Group, operation: &Operation) -> Chunk {
    let name = &operation.error;
    let doc = docs::server_error(group, operation);
    let Some(shared) = plan.errors.shared(group, operation) else {
        return definition(&doc, name, &operation.errors, None);
    };
    let module = &plan.errors.module;
    Chunk::Tokens(quote! {
        #doc
        pub type #name = super::#module::#shared;
    })
}

fn definition(doc: &Doc, name: &Ident, errors: &[Outcome], cfg: Option<String>) -> Chunk {
    if errors.iter().all(is_usual) {
        call(doc, name, errors, cfg)
    } else {
        written_out(doc, name, errors, cfg)
    }
}

/// Whether `errors!` supports the response.
fn is_usual(error: &Outcome) -> bool {
    let has_one_status = matches!(error.status, Status::Code(_));
    let write = error.codec().write;
    has_one_status && matches!(write, ResponseWrite::Empty | ResponseWrite::Json(_))
}

/// `errors! { GetPetError { NotFound(types::Error) = 404 } }`.
fn call(doc: &Doc, name: &Ident, errors: &[Outcome], cfg: Option<String>) -> Chunk {
    let mut lines: Vec<String> = cfg.into_iter().collect();
    let mut used = Used::names(&["errors"]);
    lines.push("errors! {".to_owned());
    lines.extend(comment(doc, "    "));
    if errors.is_empty() {
        lines.extend([format!("    {name} {{}}"), "}".to_owned()]);
        return Chunk::Call(lines, used);
    }
    lines.push(format!("    {name} {{"));
    for error in errors {
        lines.extend(comment(&error.doc, "        "));
        let body = match error.codec().held {
            Held::Value(ty) => {
                let ty = View::Outside.ty(ty);
                let text = compact(&ty);
                used = used.and(Used::of_type(ty));
                format!("({text})")
            }
            Held::Nothing
            | Held::Form(_)
            | Held::Events(_)
            | Held::Lines(_)
            | Held::Text
            | Held::Bytes => String::new(),
        };
        let (variant, code) = (&error.variant, error.code());
        let media_type = match error.codec().write {
            ResponseWrite::Json(Some(media_type)) => format!(" as {}", literal(media_type)),
            ResponseWrite::Empty
            | ResponseWrite::Json(None)
            | ResponseWrite::Xml(_)
            | ResponseWrite::Events
            | ResponseWrite::Lines(_)
            | ResponseWrite::PlainText
            | ResponseWrite::Raw(_) => String::new(),
        };
        lines.push(format!("        {variant}{body} = {code}{media_type},"));
    }
    lines.extend(["    }".to_owned(), "}".to_owned()]);
    Chunk::Call(lines, used)
}

fn comment<'d>(doc: &'d Doc, indent: &'d str) -> impl Iterator<Item = String> + 'd {
    let lines = doc.lines().filter(|_| !doc.is_empty());
    lines.map(move |line| format!("{indent}/// {line}").trim_end().to_owned())
}

/// The error type without the macro.
fn written_out(doc: &Doc, name: &Ident, errors: &[Outcome], cfg: Option<String>) -> Chunk {
    let cfg: TokenStream = cfg.unwrap_or_default().parse().unwrap_or_default();
    let other = quote! {
        #[doc = " Any other error."]
        Other(Problem),
    };
    let non_exhaustive = quote! { #[non_exhaustive] };
    let definition = responses::definition(doc, name, errors, &non_exhaustive, Some(&other));
    let from = from(name, errors);
    let arms = errors.iter().map(responses::arm);
    let arms = quote! {
        #(#arms)*
        Self::Other(problem) => Err(problem),
    };
    let reply = responses::reply(name, errors, &arms);
    Chunk::Tokens(quote! {
        #cfg
        #definition

        #cfg
        #from

        #cfg
        #reply
    })
}

/// `impl<E: Into<Problem>> From<E> for GetPetError { … }`.
fn from(name: &Ident, errors: &[Outcome]) -> TokenStream {
    let mut sorted: Vec<&Outcome> = errors.iter().collect();
    sorted.sort_by_key(|error| match error.status {
        Status::Code(code) => (0, code),
        Status::Range(digit) => (1, u16::from(digit)),
        Status::Default => (2, 0),
    });
    // A stream can only be read once, so no problem has one.
    sorted.retain(|error| error.codec().held != Held::Bytes);
    let is_default = |error: &&Outcome| error.status == Status::Default;
    let other = (!sorted.iter().any(is_default)).then(|| quote! { _ => Self::Other(problem), });
    let arms = sorted.iter().map(|error| from_arm(error));
    let value = match &sorted[..] {
        [] => quote! { Self::Other(error.into()) },
        [only] if is_default(only) => {
            let made = made(only);
            quote! {
                let problem: Problem = error.into();
                #made
            }
        }
        _ => quote! {
            let problem: Problem = error.into();
            match problem.status().as_u16() {
                #(#arms)*
                #other
            }
        },
    };
    quote! {
        impl<E: Into<Problem>> From<E> for #name {
            fn from(error: E) -> Self {
                #value
            }
        }
    }
}

/// `404 => problem.into_body().map_or_else(Self::Other, Self::NotFound),`.
fn from_arm(error: &Outcome) -> TokenStream {
    let made = made(error);
    match error.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote! { #code => #made, }
        }
        Status::Range(digit) => {
            let first = u16::from(digit) * 100;
            let last = Literal::u16_unsuffixed(first + 99);
            let first = Literal::u16_unsuffixed(first);
            quote! { #first..=#last => { #made } }
        }
        Status::Default => quote! { _ => { #made } },
    }
}

/// Converts a problem with the status of a response to its variant, if it has the body.
fn made(error: &Outcome) -> TokenStream {
    let variant = &error.variant;
    let has_one_status = matches!(error.status, Status::Code(_));
    let made = match (has_one_status, error.codec().held) {
        (true, Held::Nothing) => quote! { |()| Self::#variant },
        (true, _) => quote! { Self::#variant },
        (false, Held::Nothing) => quote! { |()| Self::#variant(status) },
        (false, _) => quote! { |body| Self::#variant(status, body) },
    };
    let status = (!has_one_status).then(|| quote! { let status = problem.status(); });
    quote! {
        #status
        problem.into_body().map_or_else(Self::Other, #made)
    }
}
