//! Plans structs: their fields and setters, and additional properties.

use super::names::{self, Case, Wanted};
use super::required::Required;
use super::rust::{Ident, Named, Ty};
use super::shapes::Shapes;
use super::tags;
use super::type_docs::property_doc;
use super::types::{Argument, Check, Derives, Extras, Field, Pattern, Rest, Struct};
use super::{Doc, Planner};
use crate::config::UnknownFields;
use crate::diag::Place;
use crate::ir::{Api, Closedness, Object, Presence, Property, Shape, TypeId};
use std::collections::HashSet;

/// Methods that users call on structs, which setters must not hide: those of `Validate`, and of common traits.
const SETTERS_TAKEN: &[&str] = &[
    "clone",
    "default",
    "deserialize",
    "fmt",
    "is_there",
    "new",
    "serialize",
    "validate",
    "validate_at",
    "validate_request",
    "validate_response",
];

impl Shapes {
    pub(super) fn structure(
        &self,
        planner: &mut Planner<'_>,
        id: TypeId,
        object: &Object,
        named: &Named,
        doc: Doc,
        required: &Required,
    ) -> Struct {
        let wanted: Vec<Wanted> = object
            .properties
            .iter()
            .map(|property| Wanted::as_on_wire(&property.name))
            .collect();
        let fields_named = names::scope(&planner.speller, Case::Value, &[], &wanted);
        let called: Vec<&str> = fields_named.idents.iter().map(Ident::as_str).collect();
        let rest_names = ["additional_properties", "other_properties"];
        let rest_name = names::first_free(&rest_names, &called);
        planner.report_clashes(&fields_named, |index| {
            let property = &object.properties[index];
            (property.name.to_string(), Place::key(&property.origin))
        });
        let taken = [SETTERS_TAKEN, &[rest_name.as_str()]].concat();
        let setters = names::setters_of(&fields_named.idents, &taken);
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
                    setters[position].clone(),
                    boxed,
                );
                let tag = self.tags.value(planner.api, id, property);
                Field { tag, ..field }
            });
        let fields: Vec<Field> = fields.collect();
        let rest = self.rest(planner, object, rest_name);
        let derives = Derives {
            eq_hash: planner.wants_eq_hash() && !self.floats.contains(&id),
            default: fields
                .iter()
                .all(|field| field.setter.is_some() && field.tag.is_none()),
        };
        Struct {
            doc,
            deprecated: planner.api[id].deprecated,
            derives,
            extras: Extras::default(),
            name: named.name.clone(),
            new: required.new_of(id, &fields),
            fields,
            rest,
            length: object.length,
            groups: object.groups.clone(),
            rules: self.rules_of(planner.api, id),
        }
    }

    /// What happens to additional properties; `name` is the field that keeps them, if any.
    fn rest(&self, planner: &Planner<'_>, object: &Object, name: Ident) -> Rest {
        let keys = object.keys.as_deref();
        let keys = keys.map(|keys| Check::Keys(Pattern::new(keys)));
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
        let argument = Argument::of(&plain);
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
            only: tags::compared(api, property.ty),
            checks: self.checks(api, property.ty),
            wanted: property.wanted,
        }
    }
}

/// Whether a type is a union with a variant that accepts null.
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
