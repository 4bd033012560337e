//! Wire shapes → Rust types: what becomes a struct, an enum, an alias, or stands where it is used.

use super::foreign::Foreign;
use super::grouping::OperationNames;
use super::recursion::Room;
use super::rules::{self, RuleTables};
use super::rust::{Named, NamedKind, TextType, Ty};
use super::tags::Tags;
use super::type_names::{self, RoleNames};
use super::{Planner, within, xml};
use crate::ir::{Api, EnumKind, IntegerFormat, NumberFormat, Role, Shape, TypeId};
use crate::source::Origin;
use std::collections::HashSet;
use std::sync::Arc;

/// Rust's view of every type of an API.
pub(super) struct Shapes {
    /// The name of each type that has one.
    pub(super) names: Vec<Option<Named>>,
    /// What each alias stands for. Made once: aliases of aliases would be written out again and again.
    meanings: Vec<Option<Arc<Ty>>>,
    /// Types with something to check, themselves or within.
    pub(super) checked: HashSet<TypeId>,
    /// Types that hold a float, themselves or within: no `Eq`.
    pub(super) floats: HashSet<TypeId>,
    /// Which properties and variants need a box.
    pub(super) room: Room,
    /// What no single check says.
    pub(super) rules: RuleTables,
    /// What tells structs from the other variants of a union.
    pub(super) tags: Tags,
    /// Types of the user's own.
    pub(super) foreign: Foreign,
    /// The tables of types that stand in XML.
    pub(super) xml: xml::Constants,
}

impl Shapes {
    /// Names every type that needs a name, and finds what depends on the whole.
    pub(super) fn new(
        planner: &mut Planner<'_>,
        operations: &[OperationNames],
        mut foreign: Foreign,
    ) -> Self {
        let roles = RoleNames::new(planner.api, operations);
        let xml = xml::constants(planner, &roles);
        let names = type_names::name_types(planner, &roles, &mut foreign);
        let api = planner.api;
        let mut shapes = Self {
            meanings: vec![None; names.len()],
            names,
            checked: within::checked(api),
            floats: within::floats(api, |id| foreign.is_unhashable(id)),
            room: Room::of(api),
            rules: rules::tables(api, &planner.speller),
            tags: Tags::of(api),
            foreign,
            xml,
        };
        shapes.find_meanings(api);
        shapes
    }

    /// The types that have a name.
    pub(super) fn named(&self) -> impl Iterator<Item = (TypeId, &Named)> {
        let named = self.names.iter().enumerate();
        named.filter_map(|(index, named)| {
            let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
            Some((id, named.as_ref()?))
        })
    }

    /// Finds out what aliases stand for; those that they are made of are done first, from a stack of our own, so that depth costs none.
    fn find_meanings(&mut self, api: &Api) {
        let mut begun = vec![false; api.types.len()];
        for index in 0..api.types.len() {
            let mut work = vec![(index, false)];
            while let Some((at, parts_done)) = work.pop() {
                let shape = &api.types[at].shape;
                if parts_done {
                    let named = self.names[at].as_ref();
                    let alias = named.is_some_and(|named| named.kind == NamedKind::Alias);
                    self.meanings[at] = alias.then(|| {
                        Arc::new(self.meaning(api, TypeId(u32::try_from(at).unwrap_or(u32::MAX))))
                    });
                } else if !matches!(shape, Shape::Object(_) | Shape::Union(_))
                    && !std::mem::replace(&mut begun[at], true)
                {
                    work.push((at, true));
                    work.extend(shape.parts().into_iter().map(|part| (part.index(), false)));
                }
            }
        }
    }

    /// The Rust type of a wire type.
    pub(super) fn ty(&self, api: &Api, id: TypeId) -> Ty {
        match (&self.names[id.index()], &api[id].shape) {
            // Who reads a signature sees which types are the same; what callers make is called as they look for it.
            (_, Shape::Alias(home)) if api[id].role.is_place() && !is_made_by_callers(api, id) => {
                self.ty(api, *home)
            }
            (Some(named), _) if named.kind == NamedKind::Alias => Ty::Named(Named {
                of: self.meanings[id.index()].clone(),
                ..named.clone()
            }),
            (Some(named), _) => Ty::Named(named.clone()),
            (None, _) => self.meaning(api, id),
        }
    }

    /// The type that stands for a schema without a name, or that an alias stands for.
    pub(super) fn meaning(&self, api: &Api, id: TypeId) -> Ty {
        let own = self.foreign.ty(id);
        own.unwrap_or_else(|| self.unnamed(api, &api[id].shape))
    }

    fn unnamed(&self, api: &Api, shape: &Shape) -> Ty {
        let optional = |ty: Ty, nullable: bool| {
            if nullable {
                Ty::Option(Box::new(ty))
            } else {
                ty
            }
        };
        match shape {
            Shape::Null => Ty::Unit,
            Shape::Boolean => Ty::Bool,
            Shape::Integer(IntegerFormat::Int32, _) => Ty::I32,
            Shape::Integer(IntegerFormat::UInt32, _) => Ty::U32,
            Shape::Integer(IntegerFormat::UInt64, _) => Ty::U64,
            // Servers write more digits than a `float` has, and they have to survive.
            Shape::Number(NumberFormat::Float | NumberFormat::Double, _) => Ty::F64,
            Shape::String(format, _) => TextType::of(format).map_or(Ty::String, Ty::Text),
            Shape::Integer(IntegerFormat::Int64, _) => Ty::I64,
            Shape::Enum(listed) => match listed.kind {
                EnumKind::Boolean => Ty::Bool,
                EnumKind::Number if listed.is_unsigned() => Ty::U64,
                EnumKind::Number => Ty::F64,
                // Enums of strings and integers always have names.
                EnumKind::String | EnumKind::Integer | EnumKind::Any => Ty::Value,
            },
            Shape::Array(array) => Ty::Vec(Box::new(optional(
                self.ty(api, array.items),
                array.nullable_items,
            ))),
            Shape::Tuple(items) => {
                let items = items.iter();
                Ty::Tuple(
                    items
                        .map(|item| optional(self.ty(api, item.ty), item.nullable))
                        .collect(),
                )
            }
            Shape::Map(map) => Ty::map_of(optional(self.ty(api, map.values), map.nullable_values)),
            Shape::Alias(target) => self.ty(api, *target),
            // Objects and unions always have names.
            Shape::Any | Shape::Object(_) | Shape::Union(_) => Ty::Value,
        }
    }

    /// The type of every schema, in the order of the IR.
    pub(super) fn schemas(&self, api: &Api) -> Vec<(Origin, Ty)> {
        let ids = (0..u32::try_from(api.types.len()).unwrap_or(u32::MAX)).map(TypeId);
        ids.map(|id| (api[id].origin.clone(), self.ty(api, id)))
            .collect()
    }
}

/// Whether a type is that of a body or of a parameter, or of its items.
fn is_made_by_callers(api: &Api, mut id: TypeId) -> bool {
    while let Role::Item(list) = api[id].role {
        id = list;
    }
    matches!(api[id].role, Role::Body(_) | Role::Parameter(..))
}
