//! Wire shapes → Rust types: what becomes a struct, an enum, an alias, or stands where it is used.

use super::checks::has_own_checks;
use super::names::{self, Case, Wanted};
use super::recursion::Room;
use super::rules::{self, RuleTables};
use super::rust::{Ident, Named, NamedKind, TextType, Ty};
use super::tags::Tags;
pub(super) use super::type_docs::endpoint;
use super::type_docs::{property_doc, type_doc};
use super::types::{Alias, Argument, Check, Derives, Field, Rest, Struct, TypeItem};
use super::words::Speller;
use super::{Doc, Planner, enums, type_names};
use crate::config::UnknownFields;
use crate::diag::{Code, Place};
use crate::ir::{
    Api, Closedness, EnumKind, IntegerFormat, NumberFormat, Object, Presence, Property, Role,
    Shape, StringFormat, TypeDef, TypeId,
};
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
    tags: Tags,
}

impl Shapes {
    /// Names every type that needs a name, and finds what depends on the whole.
    pub(super) fn new(planner: &mut Planner<'_>) -> Self {
        let names = type_names::name_types(planner);
        let api = planner.api;
        let mut shapes = Self {
            meanings: vec![None; names.len()],
            names,
            checked: HashSet::new(),
            floats: HashSet::new(),
            room: Room::of(api),
            rules: rules::tables(api, &planner.speller),
            tags: Tags::of(api),
        };
        shapes.find_meanings(api);
        shapes.floats = closure(api, |ty| has_float(&ty.shape));
        shapes.checked = closure(api, |ty| ty.rules.is_some() || has_own_checks(&ty.shape));
        shapes
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
                    self.meanings[at] = alias.then(|| Arc::new(self.unnamed(api, shape)));
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
            // Who reads a signature sees which types are the same; a body is called as those who make one call it.
            (_, Shape::Alias(home))
                if api[id].role.is_place() && !matches!(api[id].role, Role::Body(_)) =>
            {
                self.ty(api, *home)
            }
            (Some(named), _) if named.kind == NamedKind::Alias => Ty::Named(Named {
                of: self.meanings[id.index()].clone(),
                ..named.clone()
            }),
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
            // Servers write more digits than a `float` has, and they have to survive.
            Shape::Number(NumberFormat::Float | NumberFormat::Double, _) => Ty::F64,
            Shape::String(format, _) => text_type(format).map_or(Ty::String, Ty::Text),
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
        if let Shape::Enum(listed) = &ty.shape
            && let Some(item) = enums::item(planner, ty, listed, &named.name, &doc)
        {
            return item;
        }
        match &ty.shape {
            Shape::Object(object) => {
                TypeItem::Struct(self.structure(planner, id, ty, object, named, doc))
            }
            Shape::Union(union) => TypeItem::Union(self.union(planner, id, ty, union, named, doc)),
            shape @ (Shape::Any
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Alias(_)) => TypeItem::Alias(Alias {
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
        let rest_name = "additional_properties";
        let fields_named = names::scope(&planner.speller, Case::Value, &[rest_name], &wanted);
        planner.report_clashes(&fields_named, |index| {
            let property = &object.properties[index];
            (property.name.to_string(), Place::key(&property.origin))
        });
        let setters = names::scope(&planner.speller, Case::Value, SETTERS_TAKEN, &wanted);
        let fields = object
            .properties
            .iter()
            .enumerate()
            .map(|(position, property)| {
                let boxed = self.room.boxed.contains(&(id, position));
                let field = self.field(
                    planner.api,
                    property,
                    fields_named.idents[position].clone(),
                    setters.idents[position].clone(),
                    boxed,
                );
                let tag = self.tags.value(planner.api, id, property);
                Field { tag, ..field }
            });
        let fields: Vec<Field> = fields.collect();
        let rest = self.rest(
            planner,
            object,
            names::ident(&planner.speller, Case::Value, rest_name),
        );
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
            length: object.length,
            groups: object.groups.clone(),
            rules: self.rules_of(planner.api, id),
        }
    }

    /// What happens to the properties that an object doesn't name; `name` is for the field that keeps them.
    fn rest(&self, planner: &Planner<'_>, object: &Object, name: Ident) -> Rest {
        let keys = object.keys.as_deref();
        let keys = keys.map(|keys| Check::Keys(super::checks::pattern(keys)));
        let kept = planner.options.unknown_fields == UnknownFields::Keep;
        match object.rest {
            Closedness::Open if kept || object.checks_rest() => Rest::Kept {
                name,
                ty: Ty::JsonMap,
                checks: keys.into_iter().collect(),
            },
            Closedness::Open => Rest::Ignored,
            Closedness::Closed => Rest::Refused,
            Closedness::Typed { values, nullable } => {
                let value = self.ty(planner.api, values);
                let of_values = self.nullable_checks(planner.api, values, nullable);
                let of_values = (!of_values.is_empty()).then_some(Check::Values(of_values));
                let value = if nullable && value != Ty::Value {
                    Ty::Option(Box::new(value))
                } else {
                    value
                };
                Rest::Kept {
                    name,
                    ty: Ty::map_of(value),
                    checks: keys.into_iter().chain(of_values).collect(),
                }
            }
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
            doc: property_doc(api, property, &name),
            deprecated: property.deprecated,
            name,
            wire: property.name.to_string(),
            presence: property.presence,
            takes_null: property.presence == Presence::Optional && takes_null(api, property.ty),
            argument: if boxed { Argument::Into } else { argument },
            ty,
            setter: optional.then_some(setter),
            tag: None,
            checks: self.checks(api, property.ty),
            wanted: property.wanted,
        }
    }
}

/// Whether a type is a union that takes null, as one of its variants does.
fn takes_null(api: &Api, ty: TypeId) -> bool {
    let shape = |ty: TypeId| &api.types[ty.index()].shape;
    let mut seen = HashSet::new();
    let mut next = vec![ty];
    while let Some(ty) = next.pop() {
        match shape(ty) {
            Shape::Alias(target) => next.push(*target),
            Shape::Union(union) => {
                if seen.insert(ty) {
                    next.extend(union.variants.iter().map(|variant| variant.ty));
                }
            }
            Shape::Any | Shape::Null => {
                if !seen.is_empty() {
                    return true;
                }
            }
            Shape::Boolean
            | Shape::Integer(..)
            | Shape::Number(..)
            | Shape::String(..)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Object(_) => {}
        }
    }
    false
}

/// Methods of a struct that a setter must not hide.
const SETTERS_TAKEN: &[&str] = &[
    "new",
    "default",
    "clone",
    "validate",
    "validate_request",
    "validate_response",
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
        otherwise: None,
    }
}

/// The type for text of a format; none where it is any text to Rust.
pub(super) fn text_type(format: &StringFormat) -> Option<TextType> {
    match format {
        StringFormat::Uri => Some(TextType::Uri),
        StringFormat::DateTime => Some(TextType::DateTime),
        StringFormat::Date => Some(TextType::Date),
        StringFormat::Time => Some(TextType::Time),
        StringFormat::Duration => Some(TextType::Duration),
        StringFormat::Uuid => Some(TextType::Uuid),
        StringFormat::Base64 => Some(TextType::Base64),
        StringFormat::Decimal => Some(TextType::Decimal),
        StringFormat::Plain | StringFormat::Grammar(_) | StringFormat::Other(_) => None,
    }
}

/// How a function takes a value of a type.
pub(super) fn argument(ty: &Ty) -> Argument {
    match ty.plain() {
        Ty::String
        | Ty::Text(_)
        | Ty::Value
        | Ty::Named(Named {
            kind: NamedKind::StringEnum,
            ..
        }) => Argument::Into,
        Ty::Vec(item) if argument(item) == Argument::Into => Argument::Items,
        Ty::Unit
        | Ty::Bool
        | Ty::I32
        | Ty::I64
        | Ty::U32
        | Ty::U64
        | Ty::F64
        | Ty::Bytes
        | Ty::Vec(_)
        | Ty::Tuple(_)
        | Ty::Map(_)
        | Ty::JsonMap
        | Ty::Option(_)
        | Ty::Box(_)
        | Ty::Named(_)
        | Ty::Local(_)
        | Ty::NoError => Argument::Plain,
    }
}

fn has_float(shape: &Shape) -> bool {
    match shape {
        Shape::Number(..) => true,
        Shape::Enum(listed) => listed.kind == EnumKind::Number && !listed.is_unsigned(),
        Shape::Any
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(..)
        | Shape::String(..)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Object(_)
        | Shape::Union(_)
        | Shape::Alias(_) => false,
    }
}

/// The types for which `holds` is true, and all that contain one.
fn closure(api: &Api, holds: impl Fn(&TypeDef) -> bool) -> HashSet<TypeId> {
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut found: Vec<TypeId> = Vec::new();
    for (index, ty) in api.types.iter().enumerate() {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        for part in ty.shape.parts() {
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
                // The message quotes it as a whole.
                wire: wire.replace('`', ""),
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
