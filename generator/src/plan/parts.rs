//! The parts of planned things: the types within a type, the checks within a check, the contents of a payload.
//!
//! Code that walks a plan, to find what has to be imported, copied or compiled, uses these functions. Each match lists all variants, so
//! that none of the walks can forget a new one.

use super::operations::{BodyContent, Operation, Parameter, Part, PartContent, Payload, Xml};
use super::rust::{Ident, Ty};
use super::types::{Check, Pattern, Rest, TypeItem};
use std::iter;

impl Ty {
    /// The type arguments: the items of a list, the values of a map.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Vec(inner) | Self::Map(inner) | Self::Option(inner) | Self::Box(inner) => {
                std::slice::from_ref(inner)
            }
            Self::Tuple(items) => items,
            Self::Unit
            | Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F64
            | Self::String
            | Self::Text(_)
            | Self::Value
            | Self::Bytes
            | Self::JsonMap
            | Self::Named(_)
            | Self::Local(_)
            | Self::NoError => &[],
        }
    }

    /// The type itself and all nested parts. Doesn't enter aliases.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = vec![self];
        iter::from_fn(move || {
            let ty = waiting.pop()?;
            waiting.extend(ty.parts());
            Some(ty)
        })
    }

    /// The names of types of the types crate that it refers to.
    pub(super) fn names(&self) -> impl Iterator<Item = &Ident> {
        self.all().filter_map(|ty| {
            if let Self::Named(named) = ty {
                Some(&named.name)
            } else {
                None
            }
        })
    }
}

impl Check {
    /// The checks of nested values.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let parts: &[Vec<Self>] = match self {
            Self::Items(inner) | Self::Values(inner) | Self::NotNull(inner) => {
                std::slice::from_ref(inner)
            }
            Self::Tuple(items) => items,
            Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Grammar(_)
            | Self::Pattern(_)
            | Self::Integer(..)
            | Self::Float(..)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::OneOf(_)
            | Self::Keys(_)
            | Self::Nested
            | Self::Rules(_) => &[],
        };
        parts.iter().flatten()
    }

    /// The check itself and all nested ones.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = vec![self];
        iter::from_fn(move || {
            let check = waiting.pop()?;
            waiting.extend(check.parts());
            Some(check)
        })
    }

    /// Whether it calls the check of a value's own type, for which a trait has to be in scope.
    #[must_use]
    pub fn is_nested(&self) -> bool {
        self.all().any(|check| *check == Self::Nested)
    }

    /// The pattern of the check itself.
    #[must_use]
    pub fn pattern(&self) -> Option<&Pattern> {
        match self {
            Self::Pattern(pattern) | Self::Keys(pattern) => Some(pattern),
            Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Grammar(_)
            | Self::Integer(..)
            | Self::Float(..)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::OneOf(_)
            | Self::Items(_)
            | Self::Tuple(_)
            | Self::Values(_)
            | Self::NotNull(_)
            | Self::Nested
            | Self::Rules(_) => None,
        }
    }

    /// Removes checks that a value's own type has already done.
    pub(super) fn without_nested(self) -> Option<Self> {
        let rest = |inner: Vec<Self>| -> Vec<Self> {
            inner.into_iter().filter_map(Self::without_nested).collect()
        };
        let within = |inner: Vec<Self>, check: fn(Vec<Self>) -> Self| {
            let inner = rest(inner);
            (!inner.is_empty()).then(|| check(inner))
        };
        match self {
            Self::Nested => None,
            Self::Items(inner) => within(inner, Self::Items),
            Self::Values(inner) => within(inner, Self::Values),
            Self::NotNull(inner) => within(inner, Self::NotNull),
            Self::Tuple(items) => {
                let items: Vec<Vec<Self>> = items.into_iter().map(rest).collect();
                let any = items.iter().any(|inner| !inner.is_empty());
                any.then_some(Self::Tuple(items))
            }
            own @ (Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Grammar(_)
            | Self::Pattern(_)
            | Self::Integer(..)
            | Self::Float(..)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::OneOf(_)
            | Self::Keys(_)
            | Self::Rules(_)) => Some(own),
        }
    }
}

impl TypeItem {
    /// The types that the item refers to.
    #[must_use]
    pub fn types(&self) -> Vec<&Ty> {
        match self {
            Self::Struct(item) => {
                let rest = match &item.rest {
                    Rest::Kept { ty, .. } => Some(ty),
                    Rest::Ignored | Rest::Refused => None,
                };
                let fields = item.fields.iter().map(|field| &field.ty);
                fields.chain(rest).collect()
            }
            Self::StringEnum(_) | Self::IntegerEnum(_) | Self::Foreign(_) => Vec::new(),
            Self::Union(item) => {
                let other = item.other.as_ref().map(|_| &Ty::Value);
                let variants = item.variants.iter().map(|variant| &variant.ty);
                variants.chain(other).collect()
            }
            Self::Alias(item) => vec![&item.ty],
        }
    }

    /// The checks of its values; those of an alias are done wherever it is used.
    #[must_use]
    pub fn checks(&self) -> Vec<&Check> {
        match self {
            Self::Struct(item) => {
                let rest: &[Check] = match &item.rest {
                    Rest::Kept { checks, .. } => checks,
                    Rest::Ignored | Rest::Refused => &[],
                };
                let fields = item.fields.iter().flat_map(|field| &field.checks);
                fields.chain(rest).collect()
            }
            Self::Union(item) => {
                let variants = item.variants.iter();
                variants.flat_map(|variant| &variant.checks).collect()
            }
            Self::StringEnum(_) | Self::IntegerEnum(_) | Self::Alias(_) | Self::Foreign(_) => {
                Vec::new()
            }
        }
    }
}

impl Payload {
    /// The types that it contains.
    #[must_use]
    pub fn types(&self) -> Vec<&Ty> {
        match self {
            Self::Json(ty)
            | Self::Xml(Xml { ty, .. })
            | Self::Form(ty, _)
            | Self::Events(Some(ty))
            | Self::Lines(ty) => vec![ty],
            Self::Multipart(parts) => {
                let types = parts.iter().filter_map(|part| match &part.content {
                    PartContent::Text(ty) | PartContent::Json(ty) => Some(ty),
                    PartContent::File => None,
                });
                types.collect()
            }
            Self::Empty | Self::Events(None) | Self::Text | Self::Bytes => Vec::new(),
        }
    }

    /// The parts of a multipart form.
    #[must_use]
    pub fn parts(&self) -> Option<&[Part]> {
        if let Self::Multipart(parts) = self {
            Some(parts)
        } else {
            None
        }
    }

    /// The checks of its parts.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        let parts = self.parts().unwrap_or_default();
        parts.iter().flat_map(|part| &part.checks)
    }
}

impl Operation {
    /// All parameters, those of the path first.
    pub fn all_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.path_parameters.iter().chain(&self.parameters)
    }

    /// The contents of its body.
    pub fn contents(&self) -> impl Iterator<Item = &BodyContent> {
        self.body.iter().flat_map(|body| &body.contents)
    }

    /// The payloads of its body and responses.
    pub fn payloads(&self) -> impl Iterator<Item = &Payload> {
        let responses = self.success.outcomes().iter().chain(&self.errors);
        self.contents()
            .map(|content| &content.payload)
            .chain(responses.map(|response| &response.payload))
    }

    /// The types that it refers to.
    pub(super) fn types(&self) -> impl Iterator<Item = &Ty> {
        self.all_parameters()
            .map(|parameter| &parameter.ty)
            .chain(self.payloads().flat_map(Payload::types))
    }

    /// The checks while a request is read: of parameters, and of bodies those that reading them doesn't do.
    pub fn request_checks(&self) -> impl Iterator<Item = &Check> {
        let bodies = self.contents().flat_map(|content| &content.checks);
        self.all_parameters()
            .flat_map(|parameter| &parameter.checks)
            .chain(bodies)
    }

    /// The checks while a form is assembled from its parts.
    pub fn form_checks(&self) -> impl Iterator<Item = &Check> {
        self.contents().flat_map(|content| content.payload.checks())
    }
}
