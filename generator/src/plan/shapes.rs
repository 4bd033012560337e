//! Wire shapes → Rust types: what becomes a struct, an enum, an alias, or stands where it is used.

use super::checks::has_own_checks;
use super::names::{self, Case, Speller, Wanted};
use super::rust::{Ident, Named, NamedKind, Ty};
pub(super) use super::type_docs::endpoint;
use super::type_docs::{property_doc, type_doc};
use super::types::{Alias, Argument, Check, Derives, Field, Rest, Struct, TypeItem};
use super::{Doc, Planner, enums, recursion, type_names};
use crate::config::UnknownFields;
use crate::diag::{Code, Place};
use crate::ir::{
    Api, Closedness, Enum, EnumKind, IntegerFormat, NumberFormat, Object, Presence, Property, Role,
    Shape, StringFormat, TypeDef, TypeId,
};
use crate::source::Origin;
use std::collections::HashSet;

/// Rust's view of every type of an API.
pub(super) struct Shapes {
    /// The name of each type that has one.
    pub(super) names: Vec<Option<Named>>,
    /// Types with something to check, themselves or within.
    pub(super) checked: HashSet<TypeId>,
    /// Types that hold a float, themselves or within: no `Eq`.
    pub(super) floats: HashSet<TypeId>,
    /// Properties that need a box, as the struct would contain itself: owner and position.
    pub(super) boxed: HashSet<(TypeId, usize)>,
}

impl Shapes {
    /// Names every type that needs a name, and finds what depends on the whole.
    pub(super) fn new(planner: &mut Planner<'_>) -> Self {
        let names = type_names::name_types(planner);
        let api = planner.api;
        let mut shapes = Self {
            names,
            checked: HashSet::new(),
            floats: HashSet::new(),
            boxed: recursion::boxed(api),
        };
        shapes.floats = closure(api, |ty| matches!(ty.shape, Shape::Number(..)));
        shapes.checked = closure(api, |ty| has_own_checks(&ty.shape));
        shapes
    }

    /// The Rust type of a wire type.
    pub(super) fn ty(&self, api: &Api, id: TypeId) -> Ty {
        match (&self.names[id.index()], &api[id].shape) {
            // Who reads a signature sees which types are the same; a body is called as those who make one call it.
            (_, Shape::Alias(home))
                if api[id].role.is_place() && !matches!(api[id].role, Role::Body(_)) =>
            {
                self.ty(api, *home)
            }
            (Some(named), _) => Ty::Named(named.clone()),
            (None, shape) => self.unnamed(api, shape),
        }
    }

    /// The type that stands where it is used, or that an alias stands for.
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
            Shape::Number(NumberFormat::Float, _) => Ty::F32,
            Shape::Number(NumberFormat::Double, _) => Ty::F64,
            Shape::String(StringFormat::Uri, _) => Ty::Uri,
            Shape::String(StringFormat::Plain | StringFormat::Other(_), _) => Ty::String,
            Shape::Integer(IntegerFormat::Int64, _)
            | Shape::Enum(Enum {
                kind: EnumKind::Integer,
                ..
            }) => Ty::I64,
            Shape::Array(array) => Ty::Vec(Box::new(optional(
                self.ty(api, array.items),
                array.nullable_items,
            ))),
            Shape::Map(map) => match optional(self.ty(api, map.values), map.nullable_values) {
                Ty::Value => Ty::JsonMap,
                ty => Ty::Map(Box::new(ty)),
            },
            Shape::Alias(target) => self.ty(api, *target),
            // Objects, string enums and unions always have names.
            Shape::Any | Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) => Ty::Value,
        }
    }

    /// The type of every schema, in the order of the IR.
    pub(super) fn schemas(&self, api: &Api) -> Vec<(Origin, Ty)> {
        let ids = (0..u32::try_from(api.types.len()).unwrap_or(u32::MAX)).map(TypeId);
        ids.map(|id| (api[id].origin.clone(), self.ty(api, id)))
            .collect()
    }

    /// The items of the types crate, by name.
    pub(super) fn items(&self, planner: &mut Planner<'_>) -> Vec<TypeItem> {
        let api = planner.api;
        let mut items: Vec<(Ident, TypeItem)> = Vec::new();
        for (index, named) in self.names.iter().enumerate() {
            let Some(named) = named else { continue };
            let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
            items.push((named.name.clone(), self.item(planner, id, &api[id], named)));
        }
        items.sort_by(|a, b| a.0.cmp(&b.0));
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn item(&self, planner: &mut Planner<'_>, id: TypeId, ty: &TypeDef, named: &Named) -> TypeItem {
        let doc = type_doc(planner.api, id);
        match &ty.shape {
            Shape::Object(object) => {
                TypeItem::Struct(self.structure(planner, id, ty, object, named, doc))
            }
            Shape::Enum(Enum {
                kind: EnumKind::String,
                values,
            }) => TypeItem::StringEnum(enums::string_enum(
                planner,
                ty,
                values,
                named.name.clone(),
                doc,
            )),
            Shape::Union(union) => TypeItem::Union(self.union(planner, id, ty, union, named, doc)),
            shape => TypeItem::Alias(Alias {
                doc,
                name: named.name.clone(),
                ty: self.unnamed(planner.api, shape),
            }),
        }
    }

    fn structure(
        &self,
        planner: &mut Planner<'_>,
        id: TypeId,
        ty: &TypeDef,
        object: &Object,
        named: &Named,
        doc: Doc,
    ) -> Struct {
        let wanted: Vec<Wanted> = object
            .properties
            .iter()
            .map(|property| wanted(&property.name))
            .collect();
        let kept = planner.options.unknown_fields == UnknownFields::Keep;
        let rest_name = "additional_properties";
        let fields_named = names::scope(&planner.speller, Case::Value, &[rest_name], &wanted);
        planner.report_clashes(&fields_named, |index| {
            let property = &object.properties[index];
            (property.name.clone(), Place::key(&property.origin))
        });
        let setters = names::scope(&planner.speller, Case::Value, SETTERS_TAKEN, &wanted);
        let fields = object
            .properties
            .iter()
            .enumerate()
            .map(|(position, property)| {
                let boxed = self.boxed.contains(&(id, position));
                self.field(
                    planner.api,
                    property,
                    fields_named.idents[position].clone(),
                    setters.idents[position].clone(),
                    boxed,
                )
            });
        let fields: Vec<Field> = fields.collect();
        let rest_name = || names::ident(&planner.speller, Case::Value, rest_name);
        let rest = match object.rest {
            Closedness::Open if kept => Rest::Kept {
                name: rest_name(),
                ty: Ty::JsonMap,
                checks: Vec::new(),
            },
            Closedness::Open => Rest::Ignored,
            Closedness::Closed => Rest::Refused,
            Closedness::Typed { values, nullable } => {
                let value = self.ty(planner.api, values);
                let checks = self.checks(planner.api, values);
                let ty = match (value, nullable) {
                    (Ty::Value, _) => Ty::JsonMap,
                    (value, true) => Ty::Map(Box::new(Ty::Option(Box::new(value)))),
                    (value, false) => Ty::Map(Box::new(value)),
                };
                let checks = if nullable && !checks.is_empty() {
                    vec![Check::NotNull(checks)]
                } else {
                    checks
                };
                let checks = if checks.is_empty() {
                    checks
                } else {
                    vec![Check::Values(checks)]
                };
                Rest::Kept {
                    name: rest_name(),
                    ty,
                    checks,
                }
            }
        };
        let derives = Derives {
            eq_hash: !self.floats.contains(&id),
            default: fields.iter().all(|field| field.setter.is_some()),
        };
        Struct {
            doc,
            deprecated: ty.deprecated,
            derives,
            name: named.name.clone(),
            fields,
            rest,
        }
    }

    fn field(
        &self,
        api: &Api,
        property: &Property,
        name: Ident,
        setter: Ident,
        boxed: bool,
    ) -> Field {
        let plain = self.ty(api, property.ty);
        let argument = argument(&plain);
        let ty = if boxed {
            Ty::Box(Box::new(plain))
        } else {
            plain
        };
        let optional = matches!(
            property.presence,
            Presence::Optional | Presence::OptionalNullable
        );
        Field {
            doc: property_doc(api, property),
            deprecated: property.deprecated,
            name,
            wire: property.name.clone(),
            presence: property.presence,
            argument: if boxed { Argument::Into } else { argument },
            ty,
            setter: optional.then_some(setter),
            checks: self.checks(api, property.ty),
        }
    }
}

/// Methods of a struct that a setter must not hide.
const SETTERS_TAKEN: &[&str] = &[
    "new",
    "default",
    "clone",
    "validate",
    "validate_at",
    "eq",
    "ne",
    "hash",
    "fmt",
    "serialize",
    "deserialize",
    "read",
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "div",
    "mul",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// A wish to be called as on the wire.
pub(super) fn wanted(wire: &str) -> Wanted {
    Wanted {
        text: wire.to_owned(),
        wire: wire.to_owned(),
        explicit: false,
    }
}

/// How a function takes a value of a type.
pub(super) fn argument(ty: &Ty) -> Argument {
    match ty {
        Ty::String
        | Ty::Uri
        | Ty::Value
        | Ty::Named(Named {
            kind: NamedKind::StringEnum,
            ..
        }) => Argument::Into,
        Ty::Vec(item) if argument(item) == Argument::Into => Argument::Items,
        _ => Argument::Plain,
    }
}

/// The types for which `holds` is true, and all that contain one.
fn closure(api: &Api, holds: impl Fn(&TypeDef) -> bool) -> HashSet<TypeId> {
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut found: Vec<TypeId> = Vec::new();
    for (index, ty) in api.types.iter().enumerate() {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        for part in parts(&ty.shape) {
            users[part.index()].push(id);
        }
        if holds(ty) {
            found.push(id);
        }
    }
    let mut all: HashSet<TypeId> = found.iter().copied().collect();
    while let Some(id) = found.pop() {
        found.extend(
            users[id.index()]
                .iter()
                .copied()
                .filter(|user| all.insert(*user)),
        );
    }
    all
}

/// The types that a shape is made of.
fn parts(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Array(array) => vec![array.items],
        Shape::Map(map) => vec![map.values],
        Shape::Object(object) => {
            let rest = match object.rest {
                Closedness::Typed { values, .. } => Some(values),
                Closedness::Open | Closedness::Closed => None,
            };
            object
                .properties
                .iter()
                .map(|property| property.ty)
                .chain(rest)
                .collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
        Shape::Alias(target) => vec![*target],
        Shape::Any
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(..)
        | Shape::Number(..)
        | Shape::String(..)
        | Shape::Enum(_) => Vec::new(),
    }
}

impl Planner<'_> {
    /// Reports the names of a scope that had to yield; `what` gives the wire name and the place of each.
    pub(super) fn report_clashes(
        &mut self,
        named: &names::Named,
        what: impl Fn(usize) -> (String, Place),
    ) {
        for index in &named.clashes {
            let (wire, place) = what(*index);
            let code = Code::NameClash {
                wire,
                name: named.idents[*index].plain().to_owned(),
            };
            self.diagnostics.push(code, place);
        }
    }
}

/// Spells names for whoever plans.
pub(super) fn speller(words: &[String]) -> Speller {
    Speller::new(words)
}
