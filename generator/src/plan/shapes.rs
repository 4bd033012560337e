//! Maps shapes to Rust types: what becomes a struct, an enum, an alias, or an unnamed type.

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

/// The Rust types of an API.
pub(super) struct Shapes {
    /// The names of types that have one.
    pub(super) names: Vec<Option<Named>>,
    /// The target of each alias. Cached, as aliases of aliases would be expanded again and again.
    meanings: Vec<Option<Arc<Ty>>>,
    /// Types with checks, their own or nested ones.
    pub(super) checked: HashSet<TypeId>,
    /// Types that contain a float, directly or not, which prevents `Eq`.
    pub(super) floats: HashSet<TypeId>,
    /// The sizes of types, and which properties and variants are boxed.
    pub(super) room: Room,
    /// The tables of constraints that single checks don't express.
    pub(super) rules: RuleTables,
    /// The tags of structs in unions.
    pub(super) tags: Tags,
    /// Custom types.
    pub(super) foreign: Foreign,
    /// The tables of how types are written in XML.
    pub(super) xml: xml::Constants,
}

impl Shapes {
    /// Names all types that need a name, and computes what depends on the whole API.
    pub(super) fn new(
        planner: &mut Planner<'_>,
        operations: &[OperationNames],
        mut foreign: Foreign,
    ) -> Self {
        let roles = RoleNames::new(planner.api, operations);
        let xml = xml::constants(planner, &roles);
        let names = type_names::name_types(planner, &roles, &mut foreign);
        let api = planner.api;
        let words = |id: TypeId| match &names[id.index()] {
            Some(called) => called.name.plain().to_owned(),
            None => roles.of(planner, id).to_owned(),
        };
        let mut shapes = Self {
            meanings: vec![None; names.len()],
            rules: rules::tables(api, &planner.speller, words),
            names,
            checked: within::checked(api),
            floats: within::floats(api, |id| foreign.is_unhashable(id)),
            room: Room::of(api),
            tags: Tags::of(api),
            foreign,
            xml,
        };
        shapes.find_meanings(api);
        shapes
    }

    /// The types with a name.
    pub(super) fn named(&self) -> impl Iterator<Item = (TypeId, &Named)> {
        let named = self.names.iter().enumerate();
        named.filter_map(|(index, named)| {
            let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
            Some((id, named.as_ref()?))
        })
    }

    /// Computes the targets of aliases, each after its parts, with an explicit stack.
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

    /// The Rust type of a type of the IR.
    pub(super) fn ty(&self, api: &Api, id: TypeId) -> Ty {
        match (&self.names[id.index()], &api[id].shape) {
            // Signatures show which types are the same. Types that callers create keep the name that they look for.
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

    /// The type of a schema without a name, or the target of an alias.
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
            // Servers write more digits than a `float` has, and these have to be preserved.
            Shape::Number(NumberFormat::Float | NumberFormat::Double, _) => Ty::F64,
            Shape::String(format, _) => TextType::of(format).map_or(Ty::String, Ty::Text),
            Shape::Integer(IntegerFormat::Int64, _) => Ty::I64,
            Shape::Enum(listed) => match listed.kind {
                EnumKind::Boolean => Ty::Bool,
                EnumKind::Number if listed.is_unsigned() => Ty::U64,
                EnumKind::Number => Ty::F64,
                // Enums of strings and integers are always named.
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
            // Objects and unions are always named.
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

/// Whether a type is that of a body or a parameter, or of its items.
fn is_made_by_callers(api: &Api, mut id: TypeId) -> bool {
    while let Role::Item(list) = api[id].role {
        id = list;
    }
    matches!(api[id].role, Role::Body(_) | Role::Parameter(..))
}
