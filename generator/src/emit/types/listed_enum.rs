//! `pub enum Method { ClientSecretPost, None, Other(String) }`, `pub enum Level { Value1, Value2, Other(i64) }`

use crate::emit::tokens::{deprecated, literal};
use crate::emit::{Chunk, Used};
use crate::plan::{IntegerEnum, ListedEnum, ListedVariant, StringEnum};
use proc_macro2::TokenStream;
use quote::quote;

/// An enum of strings.
pub(super) fn strings(item: &StringEnum) -> TokenStream {
    definition(item, &quote! {}, &quote! { String })
}

/// An enum of integers.
pub(super) fn integers(item: &IntegerEnum) -> TokenStream {
    definition(item, &quote! { Copy, }, &quote! { i64 })
}

fn definition<T>(item: &ListedEnum<T>, derives: &TokenStream, held: &TokenStream) -> TokenStream {
    let ListedEnum {
        doc,
        deprecated: is_deprecated,
        name,
        variants,
        other,
        ..
    } = item;
    let deprecated = deprecated(*is_deprecated);
    let variants = variants.iter().map(|ListedVariant { doc, name, .. }| {
        quote! {
            #doc
            #name
        }
    });
    quote! {
        #doc
        #deprecated
        #[derive(Debug, Clone, #derives PartialEq, Eq, Hash)]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the description doesn't list, such as one added later."]
            #other(#held),
        }
    }
}

/// `string_enum! { Method { ClientSecretPost: "client_secret_post", None: "none" } }`
pub(super) fn string_implementations(item: &StringEnum) -> Chunk {
    implementations("string_enum", item, |text| literal(text))
}

/// `integer_enum! { Level { Value1: 1, Value2: 2 } }`
pub(super) fn integer_implementations(item: &IntegerEnum) -> Chunk {
    implementations("integer_enum", item, ToString::to_string)
}

fn implementations<T>(called: &str, item: &ListedEnum<T>, literal: impl Fn(&T) -> String) -> Chunk {
    let ListedEnum {
        name,
        variants,
        other,
        open,
        ..
    } = item;
    let mut lines = vec![format!("{called}! {{"), format!("    {name} {{")];
    lines.extend(
        variants
            .iter()
            .map(|variant| format!("        {}: {},", variant.name, literal(&variant.value))),
    );
    let close = match (open, other.as_str()) {
        (true, _) => format!("    }} open {other}"),
        (false, "Other") => "    }".to_owned(),
        (false, _) => format!("    }} other {other}"),
    };
    lines.extend([close, "}".to_owned()]);
    Chunk::Call(lines, Used::names(&[called]))
}
