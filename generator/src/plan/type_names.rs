//! Names types after their schemas, or after their roles in other types.

use super::enums::listed_words;
use super::foreign::Foreign;
use super::grouping::OperationNames;
use super::names::{self, Case, Wanted};
use super::reserved::PRELUDE;
use super::rust::{Named, NamedKind, TextType};
use super::{Planner, taken};
use crate::diag::Place;
use crate::ir::{Api, Enum, EnumKind, Role, Shape, Shared, Status, TypeDef, TypeId, UnionKind};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// Names the types that need it: named schemas, objects, string enums and unions, and every place of a shared type.
pub(super) fn name_types(
    planner: &mut Planner<'_>,
    roles: &RoleNames<'_>,
    foreign: &mut Foreign,
) -> Vec<Option<Named>> {
    let api = planner.api;
    let texts: BTreeSet<TextType> = api.types.iter().filter_map(text_of).collect();
    let mut positions = Vec::new();
    let mut wishes = Vec::new();
    for (index, ty) in api.types.iter().enumerate() {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        let kind = match &ty.shape {
            Shape::Object(_) => NamedKind::Struct,
            Shape::Enum(Enum {
                kind: EnumKind::String,
                ..
            }) => NamedKind::StringEnum,
            Shape::Enum(Enum {
                kind: EnumKind::Integer,
                ..
            }) => NamedKind::IntegerEnum,
            Shape::Union(_) => NamedKind::Union,
            Shape::Alias(_) => NamedKind::Alias,
            Shape::Any
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_) => {
                let is_named = matches!(ty.role, Role::Named(_));
                if !is_named || is_called_like_its_type(planner, ty, id, foreign) {
                    continue;
                }
                NamedKind::Alias
            }
        };
        positions.push((index, kind));
        wishes.push(Wanted {
            text: roles.of(planner, id).to_owned(),
            wire: wire(api, id),
            explicit: matches!(ty.role, Role::Named(_)),
            otherwise: None,
        });
    }
    wishes.extend(foreign.wanted());
    let mut taken = [PRELUDE, taken::TYPES].concat();
    taken.extend(texts.into_iter().flat_map(TextType::exports));
    let mut named = names::scope(&planner.speller, Case::Type, &taken, &wishes);
    foreign.set_names(named.idents.split_off(positions.len()));
    named.clashes.retain(|index| *index < positions.len());
    planner.report_clashes(&named, |index| {
        let (position, _) = positions[index];
        let id = TypeId(u32::try_from(position).unwrap_or(u32::MAX));
        (api.spoken_name(id), Place::value(&api[id].origin))
    });
    let mut out = vec![None; api.types.len()];
    for ((index, kind), name) in positions.into_iter().zip(named.idents) {
        out[index] = Some(Named {
            name,
            kind,
            of: None,
        });
    }
    out
}

/// The alternative words for a type whose first choice is taken.
fn wire(api: &Api, id: TypeId) -> String {
    if let Role::Variant(parent, index) = api[id].role {
        format!("{} variant {}", api.type_name(parent), index + 1)
    } else {
        api.type_name(id)
    }
}

/// The support type that a type becomes.
fn text_of(ty: &TypeDef) -> Option<TextType> {
    if let Shape::String(format, _) = &ty.shape {
        TextType::of(format)
    } else {
        None
    }
}

/// Whether an alias would have the same name as its target: `Date` is `Date`.
fn is_called_like_its_type(
    planner: &Planner<'_>,
    ty: &TypeDef,
    id: TypeId,
    foreign: &Foreign,
) -> bool {
    if let Role::Named(name) = &ty.role
        && foreign.is_called(&planner.speller, id, name)
    {
        return true;
    }
    if let (Role::Named(name), Some(text)) = (&ty.role, text_of(ty)) {
        names::ident(&planner.speller, Case::Type, name).plain() == text.name()
    } else {
        false
    }
}

/// The words for the name of each type: its schema's name, or its role in other types.
pub(super) struct RoleNames<'n> {
    /// The names of operations, by index.
    operations: &'n [OperationNames],
    /// Cached words.
    known: Vec<OnceCell<String>>,
}

impl<'n> RoleNames<'n> {
    pub(super) fn new(api: &Api, operations: &'n [OperationNames]) -> Self {
        Self {
            operations,
            known: vec![OnceCell::new(); api.types.len()],
        }
    }

    /// The words for a type.
    pub(super) fn of(&self, planner: &Planner<'_>, id: TypeId) -> &str {
        self.known[id.index()].get_or_init(|| self.words(planner, id, &planner.api[id].role))
    }

    fn words(&self, planner: &Planner<'_>, id: TypeId, role: &Role) -> String {
        let camel = |text: &str| {
            names::ident(&planner.speller, Case::Type, text)
                .plain()
                .to_owned()
        };
        let operation = |index: &usize| self.operations[*index].type_name.plain().to_owned();
        match role {
            Role::Named(name) | Role::Referenced(name) => name.to_string(),
            Role::Property(parent, name) | Role::Extended(parent, name) => {
                camel(self.of(planner, *parent)) + &camel(name)
            }
            Role::Item(parent) => camel(self.of(planner, *parent)) + "Item",
            Role::Value(parent) => camel(self.of(planner, *parent)) + "Value",
            Role::Variant(parent, index) => {
                let title = planner.api[id]
                    .title
                    .as_deref()
                    .filter(|title| title.split_whitespace().count() <= 5)
                    .map(camel);
                let told = || {
                    variant_words(planner.api, *parent, *index, id)
                        .as_deref()
                        .map(camel)
                };
                camel(self.of(planner, *parent))
                    + &title
                        .or_else(told)
                        .unwrap_or_else(|| format!("Variant{}", index + 1))
            }
            Role::Body(index) => operation(index) + "Body",
            Role::Response(index, status) => {
                operation(index) + &response_suffix(planner.api, *index, *status)
            }
            Role::Parameter(index, name) => operation(index) + &camel(name),
            Role::Shared(kind, name) => {
                let (name, suffix) = (camel(name), shared_suffix(*kind));
                if name.ends_with(suffix) {
                    name
                } else {
                    name + suffix
                }
            }
            Role::As(whole, words) => self.words(planner, id, whole) + &camel(words),
        }
    }
}

/// The words that distinguish a variant of a union from the others.
fn variant_words(api: &Api, union: TypeId, index: usize, variant: TypeId) -> Option<String> {
    let constant = || {
        let Shape::Enum(listed) = &api[variant].shape else {
            return None;
        };
        let [only] = &listed.values[..] else {
            return None;
        };
        Some(listed_words(&only.value))
    };
    let Shape::Union(union) = &api[union].shape else {
        return None;
    };
    let key = union.variants.get(index)?.keys.first();
    match union.kind {
        UnionKind::Tagged { .. } | UnionKind::ByKind => key.cloned(),
        UnionKind::ByField => key.map(|key| format!("with {key}")),
        UnionKind::Ordered => constant(),
    }
}

/// The suffix of a type in a named component; a parameter's type has the name of the parameter.
fn shared_suffix(kind: Shared) -> &'static str {
    match kind {
        Shared::Body => "Body",
        Shared::Response => "Response",
        Shared::Parameter => "",
    }
}

/// `Response` for the only success, else the words of the status: `NotFoundResponse`.
fn response_suffix(api: &Api, operation: usize, status: Status) -> String {
    let successes = api.operations[operation].responses.successes().count();
    if status.is_success() && successes == 1 {
        return "Response".to_owned();
    }
    format!("{}Response", super::statuses::status_words(status))
}
