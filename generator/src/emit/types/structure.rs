//! `pub struct OAuthApp { … }`

use crate::emit::tokens::{View, attribute_lines, compact, deprecated, derives_beside, literal};
use crate::emit::{Chunk, Used, comments, docs};
use crate::plan::{Argument, Check, Constant, Field, Ident, New, Presence, Rest, Struct, Ty};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// `object! { pub struct OAuthApp { pub id: String, … } }`
pub(super) fn definition(item: &Struct) -> Chunk {
    let Struct {
        doc,
        deprecated,
        derives,
        extras,
        name,
        fields,
        rest,
        ..
    } = item;
    let mut used = Used::names(&["object"]).with_item(name.as_str());
    let mut lines = vec!["object! {".to_owned()];
    lines.extend(comments::lines(doc, "    "));
    lines.extend(deprecated.then(|| "    #[deprecated]".to_owned()));
    if *rest == Rest::Refused {
        lines.push("    #[serde(deny_unknown_fields)]".to_owned());
    }
    let eq_hash = if derives.eq_hash { ", Eq, Hash" } else { "" };
    let default = if derives.default { ", Default" } else { "" };
    lines.push(format!(
        "    #[derive(Debug, Clone, PartialEq{eq_hash}{default}{})]",
        derives_beside(extras)
    ));
    lines.extend(attribute_lines(extras));
    lines.push("    #[non_exhaustive]".to_owned());
    let is_empty = fields.is_empty() && !matches!(rest, Rest::Kept { .. });
    let close = if is_empty { "}" } else { "" };
    lines.push(format!("    pub struct {name} {{{close}"));
    for field in fields {
        self::field(field, &mut lines, &mut used);
    }
    if let Rest::Kept { name, ty, .. } = rest {
        let ty = View::Inside.ty(ty);
        lines.push("        #[serde(flatten)]".to_owned());
        lines.push(format!("        pub {name}: {},", compact(&ty)));
        used.add_type(ty);
    }
    lines.extend((!is_empty).then(|| "    }".to_owned()));
    lines.push("}".to_owned());
    // The macro reads integers by what is in `whole.rs`.
    if fields.iter().any(|field| field.ty.is_whole()) {
        used = used.and(Used::names(&["whole"]));
    }
    Chunk::Call(lines, used)
}

/// A field, with what serde's words say of it.
fn field(field: &Field, lines: &mut Vec<String>, used: &mut Used) {
    let Field {
        doc,
        deprecated,
        name,
        wire,
        ..
    } = field;
    const INDENT: &str = "        ";
    lines.extend(comments::lines(doc, INDENT));
    lines.extend(deprecated.then(|| format!("{INDENT}#[deprecated]")));
    // The compiler has other letters in a name of its own normal form.
    if name.as_str() != wire || !wire.is_ascii() {
        lines.push(format!("{INDENT}#[serde(rename = {})]", literal(wire)));
    }
    let takes_null = takes_null(field);
    let with = match (takes_null, field.ty.is_whole()) {
        (false, false) => None,
        (false, true) => Some("whole"),
        (true, false) => Some("nullable"),
        (true, true) => Some("nullable_whole"),
    };
    lines.extend(with.map(|with| format!("{INDENT}#[serde(with = \"{with}\")]")));
    let default = match field.presence {
        Presence::Required | Presence::Nullable => "",
        Presence::Optional | Presence::OptionalNullable => " = None",
    };
    let ty = stored(field);
    lines.push(format!("{INDENT}pub {name}: {}{default},", compact(&ty)));
    used.add_type(ty);
}

/// Whether null is a value of a property that may be left out.
fn takes_null(field: &Field) -> bool {
    match field.presence {
        Presence::OptionalNullable => true,
        // Any JSON, unless values are listed: null is one.
        Presence::Optional => {
            field.takes_null
                || (*field.ty.plain() == Ty::Value
                    && !matches!(field.checks[..], [Check::OneOf(_), ..]))
        }
        Presence::Required | Presence::Nullable => false,
    }
}

/// The type of a field: its value's, optional as its presence says.
fn stored(field: &Field) -> TokenStream {
    let ty = View::Inside.ty(&field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Optional | Presence::Nullable => quote! { Option<#ty> },
        Presence::OptionalNullable => quote! { Option<Option<#ty>> },
    }
}

/// Whether the value is kept in a box, where there would be no end of room otherwise.
fn is_boxed(field: &Field) -> bool {
    matches!(field.ty, Ty::Box(_)) && field.presence == Presence::Required
}

/// `pub struct MessageRequired { … }`, where `new` takes what is required by name. What the fields are stands in the struct itself.
pub(super) fn required(item: &Struct) -> Option<TokenStream> {
    let New::Struct(name) = &item.new else {
        return None;
    };
    let doc = docs::required(&item.name);
    let fields = item.fields.iter().filter(|field| field.is_argument());
    let fields = fields.map(|field| {
        let doc = docs::required_field(&item.name, &field.name);
        let deprecated = deprecated(field.deprecated);
        let name = &field.name;
        // `new` puts it into its box.
        let ty = if is_boxed(field)
            && let Ty::Box(inner) = &field.ty
        {
            View::Inside.ty(inner)
        } else {
            stored(field)
        };
        quote! {
            #doc
            #deprecated
            pub #name: #ty
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

/// `new(…)` with what is required, and a setter for everything else.
pub(super) fn methods(item: &Struct) -> TokenStream {
    let Struct { name, fields, .. } = item;
    let is_set = fields.iter().any(|field| field.tag.is_some());
    let takes_nothing = !fields.iter().any(Field::is_argument);
    let new = if takes_nothing && !is_set {
        new_empty()
    } else {
        new(item)
    };
    // What needs no argument is a default, as the compiler's lints have it.
    let default = (takes_nothing && is_set).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let setters = fields
        .iter()
        .filter_map(|field| field.setter.as_ref().map(|name| setter(field, name)));
    let rest = rest_setter(&item.rest);
    quote! {
        impl #name {
            #new
            #(#setters)*
            #rest
        }

        #default
    }
}

/// Where nothing is required there is `Default` as well.
fn new_empty() -> TokenStream {
    quote! {
        #[doc = " Creates an empty value; every property is optional."]
        #[must_use]
        pub fn new() -> Self {
            Self::default()
        }
    }
}

fn new(item: &Struct) -> TokenStream {
    let Struct { fields, rest, .. } = item;
    let hides_list = hides_list(fields);
    let values = fields.iter().map(|field| {
        let name = &field.name;
        if let Some(tag) = &field.tag {
            let value = constant(tag, field);
            return if field.setter.is_some() {
                quote! { #name: Some(#value) }
            } else {
                quote! { #name: #value }
            };
        }
        if field.setter.is_some() {
            return quote! { #name: None };
        }
        match (&item.new, converted(field, hides_list)) {
            (New::Struct(_), _) if is_boxed(field) => quote! { #name: required.#name.into() },
            (New::Struct(_), _) => quote! { #name: required.#name },
            (New::Arguments(_), None) => quote! { #name },
            (New::Arguments(_), Some(value)) => quote! { #name: #value },
        }
    });
    let rest = rest_name(rest).map(|name| quote! { #name: Default::default() });
    let doc = docs::new(item);
    let (arguments, allow) = arguments(item);
    quote! {
        #doc
        #allow
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}

/// The only value of a field.
fn constant(value: &Constant, field: &Field) -> TokenStream {
    match value {
        Constant::Text(text) => quote! { #text.into() },
        Constant::Integer(number) => {
            let (ty, number) = (View::Inside.ty(&field.ty), Literal::i64_unsuffixed(*number));
            quote! { #ty::from(#number) }
        }
        Constant::Float(number) => Literal::f64_unsuffixed(*number).into_token_stream(),
        Constant::Bool(value) => quote! { #value },
        Constant::Null if field.presence == Presence::Nullable => quote! { None },
        Constant::Null => quote! { () },
    }
}

/// The arguments of `new`, and what Clippy has to be told of their number.
fn arguments(item: &Struct) -> (Vec<TokenStream>, Option<TokenStream>) {
    match &item.new {
        New::Arguments(arguments) => {
            let allow =
                (arguments.len() > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] });
            let arguments = arguments.iter().map(|at| {
                let field = &item.fields[*at];
                let (name, ty) = (&field.name, argument(field));
                quote! { #name: #ty }
            });
            (arguments.collect(), allow)
        }
        New::Struct(name) => (vec![quote! { required: #name }], None),
    }
}

fn rest_name(rest: &Rest) -> Option<&Ident> {
    match rest {
        Rest::Kept { name, .. } => Some(name),
        Rest::Ignored | Rest::Refused => None,
    }
}

/// The type by which `new` or a setter takes the value of a field.
fn argument(field: &Field) -> TokenStream {
    let inner = View::Inside.ty(&field.ty);
    let taken = match (&field.argument, field.ty.plain()) {
        (Argument::Items, Ty::Vec(item)) => {
            let item = View::Inside.ty(item);
            quote! { impl IntoIterator<Item = impl Into<#item>> }
        }
        (Argument::Values, Ty::Vec(item)) => {
            let item = View::Inside.ty(item);
            quote! { impl IntoIterator<Item = #item> }
        }
        (Argument::Into, _) => quote! { impl Into<#inner> },
        (Argument::Plain | Argument::Items | Argument::Values, _) => inner.clone(),
    };
    match field.presence {
        // `None` is a value here.
        Presence::Nullable => quote! { Option<#inner> },
        Presence::OptionalNullable => quote! { impl Into<Option<#inner>> },
        Presence::Required | Presence::Optional => taken,
    }
}

/// Whether one of these names hides the function `list`.
fn hides_list(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.name.as_str() == "list")
}

/// The value of a field from its argument; `None` when that is the value already.
fn converted(field: &Field, hides_list: bool) -> Option<TokenStream> {
    let name = &field.name;
    match field.presence {
        Presence::Nullable => return None,
        Presence::OptionalNullable => return Some(quote! { #name.into() }),
        Presence::Required | Presence::Optional => {}
    }
    match field.argument {
        Argument::Plain => None,
        Argument::Into => Some(quote! { #name.into() }),
        // A property called `list` hides the function.
        Argument::Items if hides_list => {
            Some(quote! { #name.into_iter().map(Into::into).collect() })
        }
        Argument::Items => Some(quote! { list(#name) }),
        Argument::Values => Some(quote! { #name.into_iter().collect() }),
    }
}

fn setter(field: &Field, setter: &Ident) -> TokenStream {
    let Field {
        doc,
        deprecated: is_deprecated,
        name,
        ..
    } = field;
    let deprecated = deprecated(*is_deprecated);
    let ty = argument(field);
    let hides_list = hides_list(std::slice::from_ref(field));
    let value = converted(field, hides_list).unwrap_or_else(|| quote! { #name });
    quote! {
        #doc
        #deprecated
        #[must_use]
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn rest_setter(rest: &Rest) -> Option<TokenStream> {
    let Rest::Kept { name, ty, .. } = rest else {
        return None;
    };
    let value = if let Ty::Map(value) = ty {
        View::Inside.ty(value)
    } else {
        quote! { Value }
    };
    Some(quote! {
        #[doc = " Additional properties, by name."]
        #[must_use]
        pub fn #name(mut self, #name: impl IntoIterator<Item = (impl Into<String>, #value)>) -> Self {
            let named = #name.into_iter().map(|(name, value)| (name.into(), value));
            self.#name = named.collect();
            self
        }
    })
}
