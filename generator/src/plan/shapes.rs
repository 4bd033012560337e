//! Wire shapes → Rust types: what becomes a struct, an enum, an alias, or stands where it is used.

use super::doc::{self, Doc};
use super::names::{self, Case, Speller, Wanted};
use super::rust::{Ident, Named, NamedKind, Ty};
use super::types::{
    Alias, Argument, Check, Derives, Field, FloatCheck, IntegerCheck, Rest, StringEnum, Struct,
    TypeItem, Union as PlannedUnion, UnionVariant,
};
use super::{Planner, recursion};
use crate::config::UnknownFields;
use crate::diag::{Code, Place};
use crate::ir::{
    Api, Bounds, Closedness, Enum, EnumKind, IntegerFormat, Length, NumberFormat, Object, Presence,
    Property, Role, Shape, Shared, Status, StringFormat, Text, TypeDef, TypeId, Union, UnionKind,
};
use std::collections::HashSet;

/// Rust's view of every type of an API.
pub(super) struct Shapes {
    /// The name of each type that has one.
    names: Vec<Option<Named>>,
    /// Types with something to check, themselves or within.
    checked: HashSet<TypeId>,
    /// Types that hold a float, themselves or within: no `Eq`.
    floats: HashSet<TypeId>,
    /// Properties that need a box, as the struct would contain itself: owner and position.
    boxed: HashSet<(TypeId, usize)>,
}

impl Shapes {
    /// Names every type that needs a name, and finds what depends on the whole.
    pub(super) fn new(planner: &mut Planner<'_>) -> Self {
        let names = name_types(planner);
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
            }) => TypeItem::StringEnum(string_enum(planner, ty, values, named.name.clone(), doc)),
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

    fn union(
        &self,
        planner: &mut Planner<'_>,
        id: TypeId,
        ty: &TypeDef,
        union: &Union,
        named: &Named,
        doc: Doc,
    ) -> PlannedUnion {
        let api = planner.api;
        let types: Vec<Ty> = union
            .variants
            .iter()
            .map(|variant| self.ty(api, variant.ty))
            .collect();
        let wishes: Vec<Wanted> = types
            .iter()
            .map(|ty| wanted(&without_prefix(&variant_words(ty), named.name.plain())))
            .collect();
        let other = matches!(union.kind, UnionKind::Tagged { .. });
        let taken: &[&str] = if other { &["Self", "Other"] } else { &["Self"] };
        let idents = names::scope(&planner.speller, Case::Variant, taken, &wishes).idents;
        let variants = union
            .variants
            .iter()
            .zip(&types)
            .zip(idents)
            .enumerate()
            .map(|(position, ((variant, plain), name))| {
                let boxed = self.boxed.contains(&(id, position));
                UnionVariant {
                    doc: type_doc(api, variant.ty),
                    name,
                    ty: if boxed {
                        Ty::Box(Box::new(plain.clone()))
                    } else {
                        plain.clone()
                    },
                    keys: variant.keys.clone(),
                    from: types.iter().filter(|other| *other == plain).count() == 1 && !boxed,
                    checks: self.checks(api, variant.ty),
                }
            });
        PlannedUnion {
            doc,
            deprecated: ty.deprecated,
            eq_hash: !self.floats.contains(&id),
            name: named.name.clone(),
            kind: union.kind.clone(),
            variants: variants.collect(),
            other: other.then(|| names::ident(&planner.speller, Case::Variant, "Other")),
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

    /// What a value of a type has to satisfy, in place.
    pub(super) fn checks(&self, api: &Api, id: TypeId) -> Vec<Check> {
        let structure = matches!(
            &self.names[id.index()],
            Some(Named {
                kind: NamedKind::Struct | NamedKind::StringEnum | NamedKind::Union,
                ..
            })
        );
        if structure {
            return if self.checked.contains(&id) {
                vec![Check::Nested]
            } else {
                Vec::new()
            };
        }
        self.shape_checks(api, &api[id].shape)
    }

    fn shape_checks(&self, api: &Api, shape: &Shape) -> Vec<Check> {
        let within = |id: TypeId, nullable: bool| {
            let checks = self.checks(api, id);
            if nullable && !checks.is_empty() {
                vec![Check::NotNull(checks)]
            } else {
                checks
            }
        };
        match shape {
            Shape::Integer(_, bounds) => integer_checks(bounds),
            Shape::Number(_, bounds) => float_checks(bounds),
            Shape::String(format, text) => string_checks(format, text),
            Shape::Array(array) => {
                let mut checks = length_checks(array.length, Check::MinItems, Check::MaxItems);
                checks.extend(array.unique.then_some(Check::UniqueItems));
                checks.extend(
                    Some(within(array.items, array.nullable_items))
                        .filter(|inner| !inner.is_empty())
                        .map(Check::Items),
                );
                checks
            }
            Shape::Map(map) => {
                let mut checks =
                    length_checks(map.length, Check::MinProperties, Check::MaxProperties);
                checks.extend(
                    Some(within(map.values, map.nullable_values))
                        .filter(|inner| !inner.is_empty())
                        .map(Check::Values),
                );
                checks
            }
            Shape::Alias(target) => self.checks(api, *target),
            Shape::Any
            | Shape::Null
            | Shape::Boolean
            | Shape::Enum(_)
            | Shape::Object(_)
            | Shape::Union(_) => Vec::new(),
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

fn wanted(wire: &str) -> Wanted {
    Wanted {
        text: wire.to_owned(),
        wire: wire.to_owned(),
        explicit: false,
    }
}

/// Names for what needs one: named schemas, objects, string enums and unions, and every place of a shared type.
fn name_types(planner: &mut Planner<'_>) -> Vec<Option<Named>> {
    let api = planner.api;
    let mut positions = Vec::new();
    let mut wishes = Vec::new();
    for (index, ty) in api.types.iter().enumerate() {
        let kind = match &ty.shape {
            Shape::Object(_) => NamedKind::Struct,
            Shape::Enum(Enum {
                kind: EnumKind::String,
                ..
            }) => NamedKind::StringEnum,
            Shape::Union(_) => NamedKind::Union,
            Shape::Alias(_) => NamedKind::Alias,
            _ if matches!(ty.role, Role::Named(_)) => NamedKind::Alias,
            _ => continue,
        };
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        positions.push((index, kind));
        wishes.push(Wanted {
            text: role_name(planner, id),
            wire: api.type_name(id),
            explicit: matches!(ty.role, Role::Named(_)),
        });
    }
    let named = names::scope(&planner.speller, Case::Type, names::TAKEN_TYPES, &wishes);
    planner.report_clashes(&named, |index| {
        (
            wishes[index].wire.clone(),
            Place::value(&api.types[positions[index].0].origin),
        )
    });
    let mut out = vec![None; api.types.len()];
    for ((index, kind), name) in positions.into_iter().zip(named.idents) {
        out[index] = Some(Named { name, kind });
    }
    out
}

/// The words that a type's name is made from: its schema's name, or what it is to what it stands in.
fn role_name(planner: &Planner<'_>, id: TypeId) -> String {
    let camel = |text: &str| {
        names::ident(&planner.speller, Case::Type, text)
            .plain()
            .to_owned()
    };
    let operation = |index: &usize| planner.operation_names[*index].type_name.plain().to_owned();
    match &planner.api[id].role {
        Role::Named(name) | Role::Referenced(name) => name.clone(),
        Role::Property(parent, name) => camel(&role_name(planner, *parent)) + &camel(name),
        Role::Item(parent) => camel(&role_name(planner, *parent)) + "Item",
        Role::Value(parent) => camel(&role_name(planner, *parent)) + "Value",
        Role::Variant(parent, index) => {
            let title = planner.api[id]
                .title
                .as_deref()
                .filter(|title| title.split_whitespace().count() <= 5)
                .map(camel);
            camel(&role_name(planner, *parent))
                + &title.unwrap_or_else(|| format!("Variant{}", index + 1))
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
    }
}

/// What the type in a named response is called beside its name; a parameter's is called like the parameter.
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

fn type_doc(api: &Api, id: TypeId) -> Doc {
    let ty = &api[id];
    let own = Doc::markdown(
        ty.description
            .as_deref()
            .or(ty.title.as_deref())
            .unwrap_or_default(),
    );
    let own = own.or(|| match &ty.role {
        Role::Named(name) | Role::Referenced(name) => {
            Doc::text(&format!("The schema {}.", doc::code(name)))
        }
        Role::Property(parent, name) => Doc::text(&format!(
            "The property {} of {}.",
            doc::code(name),
            doc::code(&api.type_name(*parent))
        )),
        Role::Item(parent) => Doc::text(&format!(
            "An item of {}.",
            doc::code(&api.type_name(*parent))
        )),
        Role::Value(parent) => Doc::text(&format!(
            "A value of {}.",
            doc::code(&api.type_name(*parent))
        )),
        Role::Variant(parent, _) => Doc::text(&format!(
            "A variant of {}.",
            doc::code(&api.type_name(*parent))
        )),
        Role::Body(index) => {
            let operation = &api.operations[*index];
            let said = operation
                .body
                .as_ref()
                .and_then(|body| body.description.as_deref())
                .unwrap_or_default();
            Doc::markdown(said).then(Doc::text(&format!("The body of {}.", endpoint(operation))))
        }
        Role::Shared(kind, name) => Doc::text(&format!("The {} {}.", kind.word(), doc::code(name))),
        Role::Response(index, status) => Doc::text(&format!(
            "The answer {status} to {}.",
            endpoint(&api.operations[*index])
        )),
        Role::Parameter(index, name) => Doc::text(&format!(
            "The parameter {} of {}.",
            doc::code(name),
            endpoint(&api.operations[*index])
        )),
    });
    let elsewhere = ty
        .shared
        .then(|| Doc::text("Other places hold the same; their names are aliases of this type."));
    own.then(elsewhere.unwrap_or_default())
}

/// `GET /pets`, as code.
pub(super) fn endpoint(operation: &crate::ir::Operation) -> String {
    doc::code(&format!("{} {}", operation.method, operation.path.template))
}

fn property_doc(api: &Api, property: &Property) -> Doc {
    let said = Doc::markdown(property.description.as_deref().unwrap_or_default());
    let said =
        said.or(|| Doc::markdown(api[property.ty].description.as_deref().unwrap_or_default()));
    let said = said.or(|| Doc::text(&format!("The property {}.", doc::code(&property.name))));
    let default = property
        .default
        .as_ref()
        .map(|value| Doc::text(&format!("Default: {}.", doc::code(&value.to_string()))));
    said.then(default.unwrap_or_default())
}

fn string_enum(
    planner: &mut Planner<'_>,
    ty: &TypeDef,
    values: &[serde_json::Value],
    name: Ident,
    doc: Doc,
) -> StringEnum {
    let texts: Vec<&str> = values
        .iter()
        .filter_map(serde_json::Value::as_str)
        .collect();
    let wishes: Vec<Wanted> = texts.iter().map(|text| variant_wish(text)).collect();
    let named = names::scope(&planner.speller, Case::Variant, &["Self"], &wishes);
    planner.report_clashes(&named, |index| {
        (texts[index].to_owned(), Place::value(&ty.origin))
    });
    let used: Vec<&str> = named.idents.iter().map(Ident::as_str).collect();
    let other = names::scope(&planner.speller, Case::Variant, &used, &[wanted("other")]);
    let other = other
        .idents
        .into_iter()
        .next()
        .unwrap_or_else(|| name.clone());
    let variants = named
        .idents
        .into_iter()
        .zip(texts.into_iter().map(str::to_owned))
        .collect();
    StringEnum {
        doc,
        deprecated: ty.deprecated,
        name,
        variants,
        other,
    }
}

/// A value without any letter or digit is named after what it is.
fn variant_wish(text: &str) -> Wanted {
    let words = if text.is_empty() { "empty" } else { text };
    Wanted {
        text: words.to_owned(),
        wire: text.to_owned(),
        explicit: false,
    }
}

/// `First` of `EitherFirst`, within `Either`.
fn without_prefix(words: &str, prefix: &str) -> String {
    let rest = words
        .strip_prefix(prefix)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    rest.unwrap_or(words).to_owned()
}

/// What a variant of a union is called: like its type, or like the kind of value.
fn variant_words(ty: &Ty) -> String {
    match ty {
        Ty::Named(named) => named.name.plain().to_owned(),
        Ty::Bool => "Boolean".to_owned(),
        Ty::I32 | Ty::I64 | Ty::U32 | Ty::U64 => "Integer".to_owned(),
        Ty::F32 | Ty::F64 => "Number".to_owned(),
        Ty::String | Ty::Uri => "String".to_owned(),
        Ty::Vec(item) => format!("{}List", variant_words(item)),
        Ty::Map(_) | Ty::JsonMap => "Map".to_owned(),
        Ty::Option(inner) | Ty::Box(inner) => variant_words(inner),
        Ty::Unit | Ty::Value | Ty::Bytes | Ty::Local(_) | Ty::NoError => "Value".to_owned(),
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

fn has_own_checks(shape: &Shape) -> bool {
    match shape {
        Shape::Integer(_, bounds) | Shape::Number(_, bounds) => *bounds != Bounds::default(),
        Shape::String(format, text) => !string_checks(format, text).is_empty(),
        Shape::Enum(values) => values.kind == EnumKind::String,
        Shape::Array(array) => array.unique || array.length != Length::default(),
        Shape::Map(map) => map.length != Length::default(),
        // A value with a tag that isn't listed is kept, and refused when it is checked.
        Shape::Union(union) => matches!(union.kind, UnionKind::Tagged { .. }),
        Shape::Any | Shape::Null | Shape::Boolean | Shape::Object(_) | Shape::Alias(_) => false,
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

fn length_checks(length: Length, min: fn(u64) -> Check, max: fn(u64) -> Check) -> Vec<Check> {
    length
        .min
        .map(min)
        .into_iter()
        .chain(length.max.map(max))
        .collect()
}

fn string_checks(format: &StringFormat, text: &Text) -> Vec<Check> {
    let own = (*format == StringFormat::Uri).then_some(Check::Nested);
    let pattern = text.pattern.clone().map(Check::Pattern);
    own.into_iter()
        .chain(length_checks(
            text.length,
            Check::MinLength,
            Check::MaxLength,
        ))
        .chain(pattern)
        .collect()
}

fn integer_checks(bounds: &Bounds) -> Vec<Check> {
    // A bound with a fraction is rounded to the integers that satisfy it.
    let whole = |number: &serde_json::Number, up: bool| {
        let float = number.as_f64().unwrap_or_default();
        let rounded = if up { float.ceil() } else { float.floor() };
        #[allow(clippy::cast_possible_truncation)]
        // `as` saturates, and beyond i128 no integer is affected
        number
            .as_i64()
            .map(i128::from)
            .or(number.as_u64().map(i128::from))
            .unwrap_or(rounded as i128)
    };
    let minimum = bounds.minimum.as_ref().map(|(value, exclusive)| {
        let check = if *exclusive && value.is_i64() {
            IntegerCheck::ExclusiveMinimum
        } else {
            IntegerCheck::Minimum
        };
        Check::Integer(check, whole(value, true))
    });
    let maximum = bounds.maximum.as_ref().map(|(value, exclusive)| {
        let check = if *exclusive && value.is_i64() {
            IntegerCheck::ExclusiveMaximum
        } else {
            IntegerCheck::Maximum
        };
        Check::Integer(check, whole(value, false))
    });
    let multiple = bounds
        .multiple_of
        .as_ref()
        .filter(|value| value.is_i64() || value.is_u64());
    let multiple =
        multiple.map(|value| Check::Integer(IntegerCheck::MultipleOf, whole(value, true)));
    minimum.into_iter().chain(maximum).chain(multiple).collect()
}

fn float_checks(bounds: &Bounds) -> Vec<Check> {
    let float = |number: &serde_json::Number| number.as_f64().unwrap_or_default();
    let minimum = bounds.minimum.as_ref().map(|(value, exclusive)| {
        Check::Float(
            if *exclusive {
                FloatCheck::ExclusiveMinimum
            } else {
                FloatCheck::Minimum
            },
            float(value),
        )
    });
    let maximum = bounds.maximum.as_ref().map(|(value, exclusive)| {
        Check::Float(
            if *exclusive {
                FloatCheck::ExclusiveMaximum
            } else {
                FloatCheck::Maximum
            },
            float(value),
        )
    });
    let multiple = bounds
        .multiple_of
        .as_ref()
        .map(|value| Check::Float(FloatCheck::MultipleOf, float(value)));
    minimum.into_iter().chain(maximum).chain(multiple).collect()
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
