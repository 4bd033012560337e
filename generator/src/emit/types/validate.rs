//! `impl Validate for OAuthApp { … }`.

use crate::emit::Chunk;
use crate::emit::code::Code;
use crate::emit::tokens::literal;
use crate::plan::{
    Check, Direction, Field, FloatCheck, Grammar, Groups, Ident, IntegerCheck, Pattern, Presence,
    Rest, Struct, Union, UnionKind, UnionVariant,
};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value as Json;
use std::sync::Arc;

/// An expression for a value, by its type.
#[derive(Debug, Clone)]
pub(in crate::emit) enum Value {
    /// The value itself: `self.name`.
    Owned(TokenStream),
    /// A reference to the value: `name`.
    Reference(TokenStream),
}

impl Value {
    /// The expression as an argument of type `&T`.
    fn reference(&self) -> TokenStream {
        match self {
            Self::Owned(value) => quote! { &#value },
            Self::Reference(value) => value.clone(),
        }
    }

    /// The expression as the receiver of a method.
    fn receiver(&self) -> TokenStream {
        match self {
            Self::Owned(value) | Self::Reference(value) => value.clone(),
        }
    }

    /// The expression as an argument of a `Copy` type.
    fn copied(&self) -> TokenStream {
        match self {
            Self::Owned(value) => value.clone(),
            Self::Reference(value) => quote! { *#value },
        }
    }
}

pub(super) fn implementation(item: &Struct) -> Chunk {
    let Struct {
        name, fields, rest, ..
    } = item;
    let checked: Vec<&Field> = fields
        .iter()
        .filter(|field| !field.checks.is_empty())
        .collect();
    let count = count_checks(item);
    let groups: Vec<TokenStream> = item.groups.iter().map(groups).collect();
    let wanted: Vec<TokenStream> = item.fields.iter().filter_map(wanted).collect();
    let rest = rest_checks(rest);
    let rules = item.rules.as_ref().map(rules);
    if wanted.is_empty()
        && rest.is_none()
        && count.is_none()
        && groups.is_empty()
        && rules.is_none()
        && checked.iter().all(|field| is_of_type(&field.checks))
    {
        return of_types(name, &checked);
    }
    // Runs keep the order of the fields.
    let runs = checked.chunk_by(|one, next| is_of_type(&one.checks) == is_of_type(&next.checks));
    let fields = runs.flat_map(|run| match run {
        [first, second, ..] if is_of_type(&first.checks) && is_of_type(&second.checks) => {
            let wires = run.iter().map(|field| &field.wire);
            let names = run.iter().map(|field| &field.name);
            vec![quote! { v.properties(&[#((#wires, &self.#names)),*]); }]
        }
        _ => run.iter().map(|field| self::field(field)).collect(),
    });
    Chunk::Tokens(quote! {
        impl Validate for #name {
            fn validate_at(&self, v: &mut Validator) {
                #count
                #(#groups)*
                #(#wanted)*
                #(#fields)*
                #rest
                #rules
            }
        }
    })
}

/// An implementation with nothing to check but constraints of the types of fields.
fn of_types(name: &Ident, fields: &[&Field]) -> Chunk {
    let mut code = Code::default();
    code.names("Validate");
    if fields.is_empty() {
        code.line(0, format!("impl Validate for {name} {{}}"));
        return code.chunk();
    }
    code.names("Validator");
    code.line(0, format!("impl Validate for {name} {{"));
    code.line(1, "fn validate_at(&self, v: &mut Validator) {");
    let wire = |field: &Field| literal(&field.wire);
    if let [field] = fields {
        let wire = wire(field);
        code.line(2, format!("v.nested({wire}, &self.{});", field.name));
    } else {
        let rows = fields.iter();
        let rows = rows.map(|field| format!("({}, &self.{})", wire(field), field.name));
        let rows: Vec<String> = rows.collect();
        code.list(2, "v.properties(&[", &rows, "]);");
    }
    code.line(1, "}");
    code.line(0, "}");
    code.chunk()
}

/// Whether all constraints are those of the value's type, or of its items' type: then its own `Validate` checks them.
fn is_of_type(checks: &[Check]) -> bool {
    match checks {
        [Check::Nested] => true,
        [Check::Items(inner) | Check::Values(inner) | Check::NotNull(inner)] => is_of_type(inner),
        _ => false,
    }
}

/// `v.rules(self, &PET_RULES);`.
fn rules(table: &Ident) -> TokenStream {
    quote! { v.rules(self, &#table); }
}

/// `v.wanted_of_request("password", self.password.is_some());`.
fn wanted(field: &Field) -> Option<TokenStream> {
    let Field { name, wire, .. } = field;
    Some(match field.wanted? {
        Direction::Request => quote! { v.wanted_of_request(#wire, self.#name.is_some()); },
        Direction::Response => quote! { v.wanted_of_response(#wire, self.#name.is_some()); },
    })
}

/// Counts the properties that are present, and checks their number.
fn count_checks(item: &Struct) -> Option<TokenStream> {
    let Struct {
        fields,
        rest,
        length,
        ..
    } = item;
    let limits = [
        ("min_properties", length.min),
        ("max_properties", length.max),
    ];
    let limits = limits.into_iter().filter_map(|(method, limit)| {
        let limit = Literal::u64_unsuffixed(limit?);
        Some(call(method, &quote! { count }, &limit))
    });
    let limits: Vec<TokenStream> = limits.collect();
    if limits.is_empty() {
        return None;
    }
    let (optional, always): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.setter.is_some());
    let always = Literal::usize_unsuffixed(always.len());
    let optional = optional.iter().map(|field| &field.name);
    let optional: Vec<TokenStream> = optional
        .map(|name| quote! { count += usize::from(self.#name.is_some()); })
        .collect();
    let rest = match rest {
        Rest::Kept { name, .. } => Some(quote! { count += self.#name.len(); }),
        Rest::Ignored | Rest::Refused => None,
    };
    let mutable = (!optional.is_empty() || rest.is_some()).then(|| quote! { mut });
    Some(quote! {
        let #mutable count = #always;
        #(#optional)*
        #rest
        #(#limits)*
    })
}

/// `v.any_group(self, "[[\"card\"],[\"iban\",\"holder\"]]");`, with the groups as JSON.
fn groups(groups: &Groups) -> TokenStream {
    let json = |groups: &[Vec<Arc<str>>]| {
        let groups = groups.iter().map(|group| group.iter().map(|name| &**name));
        groups.map(Json::from_iter).collect::<Json>().to_string()
    };
    match groups {
        Groups::Any(groups) => {
            let groups = json(groups);
            quote! { v.any_group(self, #groups); }
        }
        Groups::One(groups) => {
            let groups = json(groups);
            quote! { v.one_group(self, #groups); }
        }
        Groups::Not(group) => {
            let groups = json(std::slice::from_ref(group));
            quote! { v.no_group(self, #groups); }
        }
        Groups::With(name, needed) => {
            let groups = json(&[vec![name.clone()], needed.clone()]);
            quote! { v.group_with(self, #groups); }
        }
    }
}

/// `impl Validate for Pet { … }`: the checks of the variant's type; an unknown tag is rejected.
pub(super) fn union(item: &Union) -> TokenStream {
    let Union {
        name,
        kind,
        exclusive,
        variants,
        other,
        ..
    } = item;
    let checked = variants
        .iter()
        .filter(|variant| !variant.checks.is_empty())
        .map(|variant| {
            let UnionVariant {
                name,
                checks: wanted,
                ..
            } = variant;
            (
                quote! { Self::#name(value) },
                checks(wanted, &Value::Reference(quote! { value })),
            )
        });
    let unlisted = other.iter().map(|other| {
        (
            quote! { Self::#other(_) },
            quote! { v.violation("has a tag that isn't listed"); },
        )
    });
    let arms: Vec<(TokenStream, TokenStream)> = checked.chain(unlisted).collect();
    let all = arms.len() == variants.len() + usize::from(other.is_some());
    let rules = item.rules.as_ref().map(rules);
    let body = match &arms[..] {
        [] if exclusive.is_some() => return one_of(name, rules.as_ref(), &quote! { |_| {} }),
        [] if rules.is_none() => return quote! { impl Validate for #name {} },
        [] => quote! {},
        [(pattern, checks)] if !all => quote! { if let #pattern = self { #checks } },
        arms => {
            let arms = arms
                .iter()
                .map(|(pattern, checks)| quote! { #pattern => { #checks } });
            let rest = (!all).then(|| quote! { _ => {} });
            quote! { match self { #(#arms)* #rest } }
        }
    };
    if exclusive.is_some() {
        return one_of(name, rules.as_ref(), &quote! { |v| #body });
    }
    // Unions that try their variants have been checked while doing so.
    let is_told = matches!(kind, UnionKind::ByField | UnionKind::Ordered) && !body.is_empty();
    let told = is_told.then(|| {
        quote! { if v.is_told() { return; } }
    });
    quote! {
        impl Validate for #name {
            fn validate_at(&self, v: &mut Validator) {
                #rules
                #told
                #body
            }
        }
    }
}

/// `impl Validate for Pet { … }`, for a union of which exactly one variant may match.
fn one_of(name: &Ident, rules: Option<&TokenStream>, checks: &TokenStream) -> TokenStream {
    quote! {
        impl Validate for #name {
            fn validate_at(&self, v: &mut Validator) {
                #rules
                one_of(self, v, #checks);
            }
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let Field {
        name,
        wire,
        checks,
        presence,
        ..
    } = field;
    let place = quote! { self.#name };
    match presence {
        Presence::Required => entered(wire, checks, &Value::Owned(place)),
        Presence::Optional | Presence::Nullable => optional(wire, checks, &place),
        Presence::OptionalNullable => {
            let checks = entered(wire, checks, &Value::Reference(quote! { value }));
            quote! {
                if let Some(Some(value)) = &#place {
                    #checks
                }
            }
        }
    }
}

/// Checks a value as the property or parameter with this name.
pub(in crate::emit) fn entered(wire: &str, wanted: &[Check], value: &Value) -> TokenStream {
    let checks = checks(wanted, value);
    quote! {
        v.enter(#wire);
        #checks
        v.leave();
    }
}

/// Checks an optional value.
pub(in crate::emit) fn optional(wire: &str, wanted: &[Check], place: &TokenStream) -> TokenStream {
    let checks = entered(wire, wanted, &Value::Reference(quote! { value }));
    quote! {
        if let Some(value) = &#place {
            #checks
        }
    }
}

fn rest_checks(rest: &Rest) -> Option<TokenStream> {
    match rest {
        Rest::Kept {
            name,
            checks: wanted,
            ..
        } if !wanted.is_empty() => Some(checks(wanted, &Value::Owned(quote! { self.#name }))),
        Rest::Kept { .. } | Rest::Ignored | Rest::Refused => None,
    }
}

/// The statements that check a value.
pub(in crate::emit) fn checks(checks: &[Check], value: &Value) -> TokenStream {
    let statements = checks.iter().map(|wanted| check(wanted, value));
    quote! { #(#statements)* }
}

fn check(check: &Check, value: &Value) -> TokenStream {
    let reference = value.reference();
    let receiver = value.receiver();
    match check {
        Check::MinLength(limit) => call("min_length", &reference, &Literal::u64_unsuffixed(*limit)),
        Check::MaxLength(limit) => call("max_length", &reference, &Literal::u64_unsuffixed(*limit)),
        Check::MinItems(limit) => call(
            "min_items",
            &quote! { #receiver.len() },
            &Literal::u64_unsuffixed(*limit),
        ),
        Check::MaxItems(limit) => call(
            "max_items",
            &quote! { #receiver.len() },
            &Literal::u64_unsuffixed(*limit),
        ),
        Check::MinProperties(limit) => call(
            "min_properties",
            &quote! { #receiver.len() },
            &Literal::u64_unsuffixed(*limit),
        ),
        Check::MaxProperties(limit) => call(
            "max_properties",
            &quote! { #receiver.len() },
            &Literal::u64_unsuffixed(*limit),
        ),
        Check::Integer(bound, limit) => call(
            integer_method(*bound),
            &value.copied(),
            &Literal::i128_unsuffixed(*limit),
        ),
        Check::Float(bound, limit) => call(
            float_method(*bound),
            &value.copied(),
            &Literal::f64_unsuffixed(*limit),
        ),
        Check::Grammar(grammar) => {
            let method = proc_macro2::Ident::new(grammar_method(*grammar), Span::call_site());
            quote! { v.#method(#reference); }
        }
        Check::Pattern(pattern) => {
            let pattern = self::pattern(&quote! { PATTERN }, pattern);
            quote! {
                {
                    #pattern
                    v.pattern(#reference, &PATTERN);
                }
            }
        }
        Check::OneOf(listed) => quote! { v.one_of(#reference, #listed); },
        Check::UniqueItems => quote! { v.unique_items(#reference); },
        Check::Nested => quote! { #receiver.validate_at(v); },
        Check::Rules(table) => quote! { v.rules(#reference, &#table); },
        Check::NotNull(inner) => {
            let checks = checks(inner, &Value::Reference(quote! { value }));
            quote! {
                if let Some(value) = #reference {
                    #checks
                }
            }
        }
        Check::Keys(pattern) => {
            let pattern = self::pattern(&quote! { PATTERN }, pattern);
            quote! {
                {
                    #pattern
                    v.keys(#receiver.keys(), &PATTERN);
                }
            }
        }
        Check::Tuple(items) => tuple(items, &receiver),
        Check::Items(inner) => {
            let checks = checks(inner, &Value::Reference(quote! { item }));
            quote! {
                for (index, item) in #receiver.iter().enumerate() {
                    v.enter_index(index);
                    #checks
                    v.leave();
                }
            }
        }
        Check::Values(inner) => {
            let checks = checks(inner, &Value::Reference(quote! { item }));
            quote! {
                for (name, item) in #reference {
                    v.enter(name);
                    #checks
                    v.leave();
                }
            }
        }
    }
}

/// `v.enter_index(0); … v.leave();` for each item with checks.
fn tuple(items: &[Vec<Check>], tuple: &TokenStream) -> TokenStream {
    let items = items.iter().enumerate();
    let items = items
        .filter(|(_, inner)| !inner.is_empty())
        .map(|(index, inner)| {
            let index = Literal::usize_unsuffixed(index);
            let checks = checks(inner, &Value::Owned(quote! { #tuple.#index }));
            quote! {
                v.enter_index(#index);
                #checks
                v.leave();
            }
        });
    quote! { #(#items)* }
}

/// `static PATTERN: Pattern = Pattern::new("^[a-z]+$");`.
pub(super) fn pattern(name: &impl ToTokens, pattern: &Pattern) -> TokenStream {
    let Pattern {
        source,
        text,
        backtracks,
    } = pattern;
    let new = if let Some(text) = text {
        quote! { translated(#source, #text) }
    } else {
        quote! { new(#source) }
    };
    let engine = backtracks.then(|| quote! { <Backtracking> });
    quote! { static #name: Pattern #engine = Pattern::#new; }
}

/// `v.max_length(value, 64);`.
fn call(method: &str, subject: &TokenStream, limit: &Literal) -> TokenStream {
    let method = proc_macro2::Ident::new(method, Span::call_site());
    quote! { v.#method(#subject, #limit); }
}

fn grammar_method(grammar: Grammar) -> &'static str {
    match grammar {
        Grammar::Email => "email",
        Grammar::IdnEmail => "idn_email",
        Grammar::Hostname => "hostname",
        Grammar::IdnHostname => "idn_hostname",
        Grammar::Ip => "ip",
        Grammar::Ipv4 => "ipv4",
        Grammar::Ipv6 => "ipv6",
        Grammar::UriReference => "uri_reference",
        Grammar::Iri => "iri",
        Grammar::IriReference => "iri_reference",
        Grammar::UriTemplate => "uri_template",
        Grammar::JsonPointer => "json_pointer",
        Grammar::RelativeJsonPointer => "relative_json_pointer",
        Grammar::LocalDateTime => "local_date_time",
        Grammar::LocalTime => "local_time",
        Grammar::Regex => "regex",
    }
}

fn integer_method(bound: IntegerCheck) -> &'static str {
    match bound {
        IntegerCheck::Minimum => "minimum",
        IntegerCheck::Maximum => "maximum",
        IntegerCheck::ExclusiveMinimum => "exclusive_minimum",
        IntegerCheck::ExclusiveMaximum => "exclusive_maximum",
        IntegerCheck::MultipleOf => "multiple_of",
    }
}

fn float_method(bound: FloatCheck) -> &'static str {
    match bound {
        FloatCheck::Minimum => "minimum_f64",
        FloatCheck::Maximum => "maximum_f64",
        FloatCheck::ExclusiveMinimum => "exclusive_minimum_f64",
        FloatCheck::ExclusiveMaximum => "exclusive_maximum_f64",
        FloatCheck::MultipleOf => "multiple_of_f64",
    }
}
