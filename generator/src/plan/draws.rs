//! Plans tables of what the JSON of types may be, by which tests draw random values. Only made if the user asks for them.

use super::features::TypeModule;
use super::rust::Ident;
use super::shapes::Shapes;
use super::types::{Pattern, TypeItem};
use crate::ir::{
    Api, Bounds, Closedness, Enum, Grammar, IntegerFormat, Length, Object, Presence, Rule, Shape,
    StringFormat, Text, TypeId, Union, UnionKind,
};
use serde_json::{Number, Value};
use std::collections::{BTreeSet, HashMap};

/// The table of a type.
#[derive(Debug, Clone)]
pub struct DrawTable {
    pub name: Ident,
    /// The features that each enable the type; empty if it is always compiled.
    pub features: Vec<String>,
    pub draw: Draw,
}

/// What the JSON of a type, or of a part of it, may be.
#[derive(Debug, Clone)]
pub enum Draw {
    Any,
    Null,
    Bool,
    Listed(Vec<Value>),
    /// An integer between bounds, a multiple of the third number.
    Int(i128, i128, i128),
    /// A number between bounds, a multiple of the third number unless that is 0.
    Float(Option<f64>, Option<f64>, f64),
    Text(Length),
    /// Text that matches a pattern, in the syntax of the engine of generated code.
    Pattern(String, Length),
    /// Text with a format.
    Format(&'static str, Length),
    /// A list, and whether its items differ.
    List(Box<Draw>, Length, bool),
    Tuple(Vec<Draw>),
    /// An object whose keys are data, which match a pattern.
    Map(Box<Draw>, Length, Option<String>),
    Object {
        /// Name, whether it is required, value.
        properties: Vec<(String, bool, Draw)>,
        others: Option<Box<Draw>>,
        length: Length,
        /// The pattern of the names of other properties.
        keys: Option<String>,
    },
    /// One of several, the one that ends soonest first.
    OneOf(Vec<Draw>),
    /// An object with one of these values of a property.
    Tagged(String, Vec<String>, Box<Draw>),
    OrNull(Box<Draw>),
    /// A type with a table of its own.
    Of(Ident),
}

/// The tables of all types that are items of the types crate, by name. `api` still has the schemas that custom types stand for.
pub(super) fn tables(
    api: &Api,
    shapes: &Shapes,
    types: &[TypeItem],
    modules: &[TypeModule],
) -> Vec<DrawTable> {
    let features: HashMap<&Ident, &[String]> = modules
        .iter()
        .flat_map(|module| {
            let names = module.types.iter().map(|index| types[*index].name());
            names.map(|name| (name, &module.features[..]))
        })
        .collect();
    let drawing = Drawing {
        api,
        shapes,
        heights: heights(api),
    };
    let mut seen = BTreeSet::new();
    let named = shapes.named().filter(|(_, named)| named.kind.is_type());
    let mut tables: Vec<DrawTable> = named
        .filter(|(_, named)| seen.insert(&named.name))
        .map(|(id, named)| DrawTable {
            name: named.name.clone(),
            features: features
                .get(&named.name)
                .map(|features| features.to_vec())
                .unwrap_or_default(),
            draw: drawing.shape(id, &api[id].shape),
        })
        .collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    tables
}

struct Drawing<'d> {
    api: &'d Api,
    shapes: &'d Shapes,
    /// The least depth of each type's values.
    heights: Vec<usize>,
}

impl Drawing<'_> {
    /// The type, or what it is.
    fn of(&self, id: TypeId, nullable: bool) -> Draw {
        let named = self.shapes.names[id.index()].as_ref();
        let draw = match named.filter(|named| named.kind.is_type()) {
            Some(named) => Draw::Of(named.name.clone()),
            None => self.shape(id, &self.api[id].shape),
        };
        if nullable {
            Draw::OrNull(Box::new(draw))
        } else {
            draw
        }
    }

    fn boxed(&self, id: TypeId, nullable: bool) -> Box<Draw> {
        Box::new(self.of(id, nullable))
    }

    fn shape(&self, id: TypeId, shape: &Shape) -> Draw {
        match shape {
            Shape::Any => self.any(id),
            Shape::Null => Draw::Null,
            Shape::Boolean => Draw::Bool,
            Shape::Integer(format, bounds) => integer(*format, bounds),
            Shape::Number(_, bounds) => Draw::Float(
                limit(bounds.minimum.as_ref()),
                limit(bounds.maximum.as_ref()),
                bounds
                    .multiple_of
                    .as_ref()
                    .and_then(Number::as_f64)
                    .unwrap_or(0.0),
            ),
            Shape::String(format, text) => string(format, text),
            Shape::Enum(listed) => enumeration(listed),
            Shape::Array(array) => Draw::List(
                self.boxed(array.items, array.nullable_items),
                array.length,
                array.unique,
            ),
            Shape::Tuple(items) => {
                let items = items.iter().map(|item| self.of(item.ty, item.nullable));
                Draw::Tuple(items.collect())
            }
            Shape::Map(map) => Draw::Map(
                self.boxed(map.values, map.nullable_values),
                map.length,
                map.keys.as_deref().map(pattern),
            ),
            Shape::Object(object) => self.object(object),
            Shape::Union(union) => self.union(union),
            Shape::Alias(target) => self.of(*target, false),
        }
    }

    /// A schema that no type expresses: values that one of its rules lists, or of the kinds that it allows.
    fn any(&self, id: TypeId) -> Draw {
        let rules = self.api[id]
            .rules
            .map(|rules| &self.api.rules[rules.index()]);
        let list = rules.map(|rules| &rules.list[..]).unwrap_or_default();
        let found = list.iter().find_map(|rule| {
            if let Rule::OneOf(values) = rule {
                Some(Draw::Listed(values.clone()))
            } else if let Rule::Type(kinds) = rule {
                let kinds = kinds.iter().map(|kind| of_kind(kind));
                Some(Draw::OneOf(kinds.collect()))
            } else {
                None
            }
        });
        found.unwrap_or(Draw::Any)
    }

    fn object(&self, object: &Object) -> Draw {
        let properties = object.properties.iter().map(|property| {
            let (is_required, nullable) = match property.presence {
                Presence::Required => (true, false),
                Presence::Optional => (false, false),
                Presence::Nullable => (true, true),
                Presence::OptionalNullable => (false, true),
            };
            let is_required = is_required || property.wanted.is_some();
            let value = self.of(property.ty, nullable);
            (property.name.to_string(), is_required, value)
        });
        Draw::Object {
            properties: properties.collect(),
            others: match object.rest {
                Closedness::Typed { values, nullable } => Some(self.boxed(values, nullable)),
                Closedness::Open | Closedness::Closed => None,
            },
            length: object.length,
            keys: object.keys.as_deref().map(pattern),
        }
    }

    fn union(&self, union: &Union) -> Draw {
        let mut variants: Vec<_> = union.variants.iter().collect();
        variants.sort_by_key(|variant| self.heights[variant.ty.index()]);
        let variants = variants.into_iter().map(|variant| {
            let value = self.of(variant.ty, false);
            match &union.kind {
                UnionKind::Tagged { property } if !variant.keys.is_empty() => {
                    Draw::Tagged(property.clone(), variant.keys.clone(), Box::new(value))
                }
                UnionKind::Tagged { .. }
                | UnionKind::ByKind
                | UnionKind::ByField
                | UnionKind::Ordered => value,
            }
        });
        Draw::OneOf(variants.collect())
    }
}

fn of_kind(kind: &str) -> Draw {
    let any = Length::default();
    match kind {
        "null" => Draw::Null,
        "boolean" => Draw::Bool,
        "integer" => integer(IntegerFormat::Int64, &Bounds::default()),
        "number" => Draw::Float(None, None, 0.0),
        "string" => Draw::Text(any),
        "array" => Draw::List(Box::new(Draw::Any), any, false),
        _ => Draw::Map(Box::new(Draw::Any), any, None),
    }
}

fn integer(format: IntegerFormat, bounds: &Bounds) -> Draw {
    let (least, most) = match format {
        IntegerFormat::Int32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        IntegerFormat::Int64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        IntegerFormat::UInt32 => (0, i128::from(u32::MAX)),
        IntegerFormat::UInt64 => (0, i128::from(u64::MAX)),
    };
    let minimum = bounds.minimum.as_ref().map(|(number, excluded)| {
        let least = whole(number, f64::ceil);
        least + i128::from(*excluded && is_whole(number))
    });
    let maximum = bounds.maximum.as_ref().map(|(number, excluded)| {
        let most = whole(number, f64::floor);
        most - i128::from(*excluded && is_whole(number))
    });
    let step = bounds.multiple_of.as_ref();
    let step = step.filter(|step| is_whole(step));
    Draw::Int(
        minimum.map_or(least, |one| one.max(least)),
        maximum.map_or(most, |one| one.min(most)),
        step.map_or(1, |step| whole(step, f64::round)),
    )
}

fn is_whole(number: &Number) -> bool {
    number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

#[allow(clippy::cast_possible_truncation)] // what doesn't fit is beyond all integers that are drawn
fn whole(number: &Number, round: fn(f64) -> f64) -> i128 {
    let whole = number.as_i64().map(i128::from);
    let whole = whole.or_else(|| number.as_u64().map(i128::from));
    whole.unwrap_or_else(|| round(number.as_f64().unwrap_or_default()) as i128)
}

fn limit(bound: Option<&(Number, bool)>) -> Option<f64> {
    bound.and_then(|(number, _)| number.as_f64())
}

fn pattern(source: &str) -> String {
    let Pattern { source, text, .. } = Pattern::new(source);
    text.unwrap_or(source)
}

fn string(format: &StringFormat, text: &Text) -> Draw {
    let format = match format {
        StringFormat::Plain | StringFormat::Other(_) => None,
        StringFormat::Uri => Some("uri"),
        StringFormat::DateTime => Some("date-time"),
        StringFormat::Date => Some("date"),
        StringFormat::Time => Some("time"),
        StringFormat::Duration => Some("duration"),
        StringFormat::Uuid => Some("uuid"),
        StringFormat::Base64 => Some("base64"),
        StringFormat::Decimal => Some("decimal"),
        StringFormat::Grammar(grammar) => Some(Grammar::word(*grammar)),
    };
    let matching = text.pattern.as_deref();
    let matching = matching.map(|source| Draw::Pattern(pattern(source), text.length));
    let formatted = format.map(|format| Draw::Format(format, text.length));
    match (matching, formatted) {
        (Some(matching), Some(formatted)) => Draw::OneOf(vec![formatted, matching]),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Draw::Text(text.length),
    }
}

fn enumeration(listed: &Enum) -> Draw {
    let values = listed.values.iter().map(|listed| listed.value.clone());
    Draw::Listed(values.collect())
}

/// The least depth of the values of each type, so that recursive values end; what can't end stays at the number of types.
fn heights(api: &Api) -> Vec<usize> {
    let endless = api.types.len();
    let mut heights = vec![endless; endless];
    let mut changed = true;
    while std::mem::take(&mut changed) {
        for (at, ty) in api.types.iter().enumerate() {
            let height = height(&ty.shape, |id| heights[id.index()]).min(endless);
            if height < heights[at] {
                heights[at] = height;
                changed = true;
            }
        }
    }
    heights
}

fn height(shape: &Shape, of: impl Fn(TypeId) -> usize) -> usize {
    let counts = |length: &Length| length.min.unwrap_or(0) > 0;
    match shape {
        Shape::Any
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(..)
        | Shape::Number(..)
        | Shape::String(..)
        | Shape::Enum(_) => 0,
        Shape::Array(array) if counts(&array.length) && !array.nullable_items => {
            of(array.items) + 1
        }
        Shape::Map(map) if counts(&map.length) && !map.nullable_values => of(map.values) + 1,
        Shape::Array(_) | Shape::Map(_) => 1,
        Shape::Tuple(items) => {
            let items = items.iter().filter(|item| !item.nullable);
            items.map(|item| of(item.ty)).max().unwrap_or(0) + 1
        }
        Shape::Object(object) => {
            let needed = object
                .properties
                .iter()
                .filter(|one| one.presence == Presence::Required || one.wanted.is_some());
            needed.map(|one| of(one.ty)).max().unwrap_or(0) + 1
        }
        Shape::Union(union) => {
            let variants = union.variants.iter().map(|variant| of(variant.ty));
            variants.min().unwrap_or(0)
        }
        Shape::Alias(target) => of(*target),
    }
}
