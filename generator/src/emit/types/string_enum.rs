//! `pub enum Method { ClientSecretPost, None, Other(String) }`

use crate::emit::tokens::{deprecated, literal};
use crate::plan::StringEnum;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn definition(item: &StringEnum) -> TokenStream {
    let StringEnum {
        doc,
        deprecated: is_deprecated,
        name,
        variants,
        other,
    } = item;
    let deprecated = deprecated(*is_deprecated);
    let variants = variants.iter().map(|(variant, wire)| {
        let doc = crate::plan::Doc::code(wire);
        quote! {
            #doc
            #variant
        }
    });
    quote! {
        #doc
        #deprecated
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the description doesn't list."]
            #other(String),
        }
    }
}

/// `string_enum! { Method { ClientSecretPost: "client_secret_post", None: "none" } }`
pub(super) fn implementations(item: &StringEnum) -> Vec<String> {
    let StringEnum {
        name,
        variants,
        other,
        ..
    } = item;
    let mut lines = vec!["string_enum! {".to_owned(), format!("    {name} {{")];
    lines.extend(
        variants
            .iter()
            .map(|(variant, wire)| format!("        {variant}: {},", literal(wire))),
    );
    let close = if other.as_str() == "Other" {
        "    }".to_owned()
    } else {
        format!("    }} other {other}")
    };
    lines.extend([close, "}".to_owned()]);
    lines
}
