//! `pub enum Pet { Cat(Cat), Dog(Dog), Other(Value) }`.

use crate::emit::tokens::{View, attributes, deprecated, derived, literal};
use crate::emit::{Chunk, Used};
use crate::plan::{Sign, Union, UnionKind, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn definition(item: &Union) -> TokenStream {
    let Union {
        doc,
        deprecated: is_deprecated,
        eq_hash,
        extras,
        unequal,
        name,
        variants,
        other,
        ..
    } = item;
    let (more, attributes) = (derived(extras), attributes(extras));
    let deprecated = deprecated(*is_deprecated);
    let eq_hash = eq_hash.then(|| quote! { , Eq, Hash });
    let unequal = unequal.then(|| quote! { #[allow(clippy::large_enum_variant)] });
    let made_from = variants
        .iter()
        .filter(|variant| variant.from)
        .map(|variant| from(item, variant));
    let variants = variants.iter().map(variant);
    // With a variant for values that aren't listed, a new version may list more.
    let open = other.as_ref().map(|_| quote! { #[non_exhaustive] });
    let other = other.as_ref().map(|other| {
        quote! {
            #[doc = " A value with a tag that the description doesn't list, such as one added later."]
            #other(Value),
        }
    });
    quote! {
        #doc
        #deprecated
        #[derive(Debug, Clone, PartialEq #eq_hash #more)]
        #attributes
        #open
        #unequal
        pub enum #name {
            #(#variants,)*
            #other
        }

        #(#made_from)*
    }
}

fn variant(variant: &UnionVariant) -> TokenStream {
    let UnionVariant { doc, name, ty, .. } = variant;
    let ty = View::Inside.ty(ty);
    quote! {
        #doc
        #name(#ty)
    }
}

/// `impl From<Cat> for Pet { … }`.
fn from(item: &Union, variant: &UnionVariant) -> TokenStream {
    let (
        name,
        UnionVariant {
            name: variant, ty, ..
        },
    ) = (&item.name, variant);
    let ty = View::Inside.ty(ty);
    quote! {
        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#variant(value)
            }
        }
    }
}

/// `union! { Pet by tag "kind" { Cat: "cat", Dog: "dog" } other Other }`.
pub(super) fn implementations(item: &Union) -> Chunk {
    let Union {
        name,
        kind,
        variants,
        other,
        ..
    } = item;
    let (how, line): (String, fn(&UnionVariant) -> String) = match kind {
        UnionKind::Tagged { property } => (format!("by tag {}", literal(property)), keyed),
        UnionKind::ByKind => ("by kind".to_owned(), with_sign),
        UnionKind::ByField => ("by field".to_owned(), with_field),
        UnionKind::Ordered => ("in order".to_owned(), with_sign),
    };
    let mut lines = vec!["union! {".to_owned(), format!("    {name} {how} {{")];
    // A variant without a field of its own comes last, as it is what is left; so does a string, which in forms may be anything.
    let (told, left): (Vec<_>, Vec<_>) = variants.iter().partition(|variant| match kind {
        UnionKind::ByField => !variant.keys.is_empty(),
        UnionKind::ByKind => variant.keys != ["string"],
        UnionKind::Tagged { .. } | UnionKind::Ordered => true,
    });
    lines.extend(
        told.into_iter()
            .chain(left)
            .map(|variant| format!("        {}", line(variant))),
    );
    lines.push(match (other, item.exclusive) {
        (Some(other), _) => format!("    }} other {other}"),
        (None, Some(count)) => format!("    }} exclusive {count}"),
        (None, None) => "    }".to_owned(),
    });
    lines.push("}".to_owned());
    let names: &[&str] = if item.writes_tags() {
        &["union", "written_tag"]
    } else {
        &["union"]
    };
    Chunk::Call(lines, Used::names(names))
}

/// `Cat: "cat" | "Cat",`.
fn keyed(variant: &UnionVariant) -> String {
    let keys: Vec<String> = variant.keys.iter().map(|key| literal(key)).collect();
    let written = if variant.writes_tag {
        " written_tag"
    } else {
        ""
    };
    format!("{}: {}{written},", variant.name, keys.join(" | "))
}

/// `Card: "number",`.
fn with_field(variant: &UnionVariant) -> String {
    let needs = variant.sign.needs.as_deref();
    format!(
        "{}: {},",
        variant.name,
        needs.map_or("_".to_owned(), literal)
    )
}

/// `Customer: object "created",`.
fn with_sign(variant: &UnionVariant) -> String {
    match &variant.sign {
        Sign {
            kind: Some(kind),
            needs: Some(needs),
        } => format!("{}: {kind} {},", variant.name, literal(needs)),
        // Only objects have properties.
        Sign {
            kind: Some(kind), ..
        } => format!("{}: {kind},", variant.name),
        Sign { kind: None, .. } => format!("{},", variant.name),
    }
}
