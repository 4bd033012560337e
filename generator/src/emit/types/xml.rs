//! Tables of how types are written in XML.

use crate::emit::tokens::head;
use crate::emit::{Chunk, Make, SourceFile};
use crate::plan::{Doc, Plan, XmlMember, XmlName, XmlNode, XmlRef, XmlShape, XmlTable};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `src/xml.rs`, if any body is XML.
pub(super) fn file(plan: &Plan) -> Option<SourceFile<'_>> {
    let parts = plan.xml.iter();
    let parts = parts.map(|item| -> Make<'_, _> { Box::new(|| vec![Chunk::Tokens(table(item))]) });
    let doc = Doc::text(
        "The XML representation of the types: a table for each, and the functions that read and write XML with it.",
    );
    let exports =
        "pub use super::support::{Xml, XmlMember, XmlName, XmlNode, XmlShape, from_xml, to_xml};";
    (!plan.xml.is_empty()).then(|| {
        SourceFile::parts(
            "src/xml.rs",
            move |used| {
                let private = used.imports("super::support", &["ANY", "TEXT", "TOKEN"]);
                head(&doc, &quote! {}, vec![vec![exports.to_owned()], private])
            },
            parts.collect(),
        )
    })
}

/// `pub static PET: Xml = Xml { … };`.
fn table(table: &XmlTable) -> TokenStream {
    let XmlTable {
        doc,
        constant,
        name,
        shape,
    } = table;
    let name = self::name(name);
    let shape = match shape {
        XmlShape::Value(XmlRef::Text) => quote! { XmlShape::Text },
        XmlShape::Value(XmlRef::Token) => quote! { XmlShape::Token },
        XmlShape::Value(XmlRef::Any | XmlRef::Table(_)) => quote! { XmlShape::Any },
        XmlShape::Object { members, others } => {
            let members = members.iter().map(member);
            let others = reference(others);
            quote! { XmlShape::Object { members: &[#(#members),*], others: &#others } }
        }
        XmlShape::List { item, items } => {
            let item = item
                .as_ref()
                .map_or_else(|| quote! { XmlName::NONE }, self::name);
            let items = reference(items);
            quote! { XmlShape::List { item: #item, items: &#items } }
        }
    };
    quote! {
        #doc
        pub static #constant: Xml = Xml { name: #name, shape: #shape };
    }
}

/// `XmlMember::element("category", &CATEGORY).named(XmlName::new("Category"))`.
fn member(member: &XmlMember) -> TokenStream {
    let XmlMember {
        key,
        name,
        node,
        ty,
        required,
    } = member;
    let method = match node {
        XmlNode::Element => quote! { element },
        XmlNode::Attribute => quote! { attribute },
        XmlNode::Text => quote! { text },
        XmlNode::Cdata => quote! { cdata },
        XmlNode::Inline => quote! { inline },
    };
    let ty = reference(ty);
    let is_plain = name.local == *key && name.prefix.is_empty() && name.namespace.is_empty();
    let named = (!is_plain).then(|| {
        let name = self::name(name);
        quote! { .named(#name) }
    });
    // Absence only matters if an empty text or list looks the same.
    let told = matches!(node, XmlNode::Text | XmlNode::Cdata | XmlNode::Inline);
    let required = (*required && told).then(|| quote! { .required() });
    quote! { XmlMember::#method(#key, &#ty) #named #required }
}

fn name(name: &XmlName) -> TokenStream {
    let XmlName {
        local,
        prefix,
        namespace,
    } = name;
    if prefix.is_empty() && namespace.is_empty() {
        quote! { XmlName::new(#local) }
    } else {
        quote! { XmlName::within(#local, #prefix, #namespace) }
    }
}

fn reference(value: &XmlRef) -> TokenStream {
    match value {
        XmlRef::Text => quote! { TEXT },
        XmlRef::Token => quote! { TOKEN },
        XmlRef::Any => quote! { ANY },
        XmlRef::Table(constant) => constant.to_token_stream(),
    }
}
