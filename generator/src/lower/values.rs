//! Defaults, converted to the types of their properties.

use super::{Lower, formats};
use crate::diag::{Code, Place, Same};
use crate::document::SchemaId;
use crate::ir::{Array, Bounds, Enum, EnumKind, IntegerFormat, Shape, StringFormat, Text, TypeId};
use crate::regex;
use crate::source::Origin;
use serde_json::{Number, Value};

impl Lower<'_> {
    /// The default of a schema or of what it refers to, as written; null counts as none.
    pub(super) fn default_of(&mut self, schema: SchemaId) -> Option<Box<Value>> {
        let own = self.schema(schema);
        let target = self.schema(self.definition(schema));
        let default = own.default.as_ref().or(target.default.as_ref())?;
        if own.default.is_none() {
            let (borrower, lender) = (own.origin.clone(), target.origin.clone());
            self.lent_defaults.insert(borrower, lender);
        }
        (!default.is_null()).then(|| default.clone())
    }

    /// Converts the defaults of properties once their types are known.
    pub(super) fn settle_defaults(&mut self) {
        for index in 0..self.types.len() {
            let Shape::Object(object) = &mut self.types[index].shape else {
                continue;
            };
            let stated = object.properties.iter_mut().enumerate();
            let stated = stated.filter_map(|(at, property)| {
                Some((
                    at,
                    property.default.take()?,
                    property.ty,
                    property.origin.clone(),
                ))
            });
            for (at, default, ty, origin) in stated.collect::<Vec<_>>() {
                let settled = self.settled(&default, ty, &origin);
                if let Shape::Object(object) = &mut self.types[index].shape {
                    object.properties[at].default = settled;
                }
            }
        }
    }

    /// Converts a default to its type. One that doesn't fit is reported and dropped; one that is only spelled differently is reported.
    /// Inherited defaults are reported once.
    pub(super) fn settled(
        &mut self,
        default: &Value,
        ty: TypeId,
        origin: &Origin,
    ) -> Option<Box<Value>> {
        let (code, settled) = match self.fitted(ty, default) {
            Ok(fitted) if kind(&fitted) == kind(default) => return Some(Box::new(fitted)),
            Ok(fitted) => {
                let (found, used) = (default.to_string(), fitted.to_string());
                (Code::DefaultReadAs { found, used }, Some(Box::new(fitted)))
            }
            Err(expected) => {
                let found = default.to_string();
                (Code::DefaultMismatch { found, expected }, None)
            }
        };
        let mut place = self.lent_defaults.get(origin).unwrap_or(origin).clone();
        place.pointer = place.pointer.join("default");
        self.diagnostics
            .push_once(Same::Place, code, Place::Value(place));
        settled
    }

    /// The value of a type that a default means, or a description of what the type expects. Items and members aren't checked.
    fn fitted(&self, ty: TypeId, value: &Value) -> Result<Value, String> {
        let fits = |fits: bool, expected: &str| {
            if fits {
                Ok(value.clone())
            } else {
                Err(expected.to_owned())
            }
        };
        match &self.types[self.unaliased(ty).index()].shape {
            Shape::Boolean => spelled(value)
                .ok_or("a boolean")
                .map(Value::Bool)
                .map_err(str::to_owned),
            Shape::Integer(format, bounds) => integer(value, *format, bounds),
            Shape::Number(_, bounds) => number(value, bounds),
            Shape::String(format, text) => string(value, format, text),
            Shape::Enum(listed) => member(value, listed),
            Shape::Array(array) => list(value, array),
            Shape::Tuple(_) => fits(value.is_array(), "a list"),
            Shape::Map(_) | Shape::Object(_) => fits(value.is_object(), "an object"),
            Shape::Union(union) => {
                // A union may contain itself, so nested unions aren't checked.
                let is_choice = |ty: TypeId| {
                    let shape = &self.types[self.unaliased(ty).index()].shape;
                    matches!(shape, Shape::Union(_))
                };
                let mut variants = union.variants.iter().map(|variant| variant.ty);
                let fit = variants.any(|ty| is_choice(ty) || self.fitted(ty, value).is_ok());
                fits(fit, "any of the alternatives")
            }
            Shape::Any | Shape::Null | Shape::Alias(_) => Ok(value.clone()),
        }
    }
}

/// The kind of a value. Numbers are one kind: in JSON Schema 1.0 is 1.
fn kind(value: &Value) -> std::mem::Discriminant<Value> {
    std::mem::discriminant(value)
}

/// A boolean or number, also as a string, even in Python's spelling `True`.
fn spelled<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    let own = serde_json::from_value(value.clone()).ok();
    own.or_else(|| serde_json::from_str(&value.as_str()?.trim().to_ascii_lowercase()).ok())
}

fn integer(value: &Value, format: IntegerFormat, bounds: &Bounds) -> Result<Value, String> {
    let number = spelled::<Number>(value);
    let whole = number.as_ref().and_then(formats::exactly_whole);
    let whole = whole.ok_or_else(|| match number.as_ref().and_then(Number::as_f64) {
        Some(float) if float.fract() == 0.0 => "an integer of 64 bits",
        _ => "an integer",
    })?;
    let (least, greatest) = match format {
        IntegerFormat::Int32 => (i32::MIN.into(), i32::MAX.into()),
        IntegerFormat::Int64 => (i64::MIN.into(), i64::MAX.into()),
        IntegerFormat::UInt32 => (0, u32::MAX.into()),
        IntegerFormat::UInt64 => (0, u64::MAX.into()),
    };
    if !(least..=greatest).contains(&whole) {
        return Err(format!("an integer from {least} to {greatest}"));
    }
    let number = Number::from_i128(whole).ok_or("an integer")?;
    within(&number, bounds).map(|()| Value::Number(number))
}

fn number(value: &Value, bounds: &Bounds) -> Result<Value, String> {
    let number = spelled::<Number>(value).ok_or("a number")?;
    within(&number, bounds).map(|()| Value::Number(number))
}

/// Whether a number is within its bounds; otherwise what it should be.
fn within(number: &Number, bounds: &Bounds) -> Result<(), String> {
    let float = |number: &Number| number.as_f64().unwrap_or_default();
    let value = float(number);
    let above = |(limit, excluded): &(Number, bool)| {
        value > float(limit) || (value >= float(limit) && !excluded)
    };
    let below = |(limit, excluded): &(Number, bool)| {
        value < float(limit) || (value <= float(limit) && !excluded)
    };
    match bounds {
        Bounds {
            minimum: Some(limit),
            ..
        } if !above(limit) => Err(match limit {
            (limit, true) => format!("greater than {limit}"),
            (limit, false) => format!("at least {limit}"),
        }),
        Bounds {
            maximum: Some(limit),
            ..
        } if !below(limit) => Err(match limit {
            (limit, true) => format!("less than {limit}"),
            (limit, false) => format!("at most {limit}"),
        }),
        Bounds {
            multiple_of: Some(divisor),
            ..
        } if !is_multiple(value, float(divisor)) => Err(format!("a multiple of {divisor}")),
        _ => Ok(()),
    }
}

/// 0.3 divided by 0.1 isn't exactly 3, so the last bits of the quotient are ignored.
fn is_multiple(value: f64, divisor: f64) -> bool {
    let quotient = value / divisor;
    (quotient - quotient.round()).abs() <= quotient.abs() * f64::EPSILON * 4.0
}

fn string(value: &Value, format: &StringFormat, text: &Text) -> Result<Value, String> {
    let written = written(value).ok_or("a string")?;
    let length = u64::try_from(written.chars().count()).unwrap_or(u64::MAX);
    if let Some(min) = text.length.min.filter(|min| length < *min) {
        return Err(format!("text of at least {}", count(min, "character")));
    }
    if let Some(max) = text.length.max.filter(|max| length > *max) {
        return Err(format!("text of at most {}", count(max, "character")));
    }
    if !formats::admits(format, &written) {
        return Err(format!("text of the format `{format}`"));
    }
    match &text.pattern {
        Some(pattern) if !regex::may_match(pattern, &written) => {
            Err(format!("text that matches `{pattern}`"))
        }
        _ => Ok(Value::String(written)),
    }
}

fn list(value: &Value, array: &Array) -> Result<Value, String> {
    let items = value.as_array().ok_or("a list")?;
    let length = u64::try_from(items.len()).unwrap_or(u64::MAX);
    if let Some(min) = array.length.min.filter(|min| length < *min) {
        return Err(format!("a list of at least {}", count(min, "item")));
    }
    if let Some(max) = array.length.max.filter(|max| length > *max) {
        return Err(format!("a list of at most {}", count(max, "item")));
    }
    Ok(value.clone())
}

/// The listed value that a default means: an equal one, or one of another kind with the same text.
fn member(value: &Value, listed: &Enum) -> Result<Value, String> {
    let mut values = listed.values.iter().map(|listed| &listed.value);
    let float = |value: &Value| value.as_f64();
    let is_it = |one: &&Value| *one == value || (one.is_number() && float(one) == float(value));
    let is_alike = |one: &&Value| written(one).is_some() && written(one) == written(value);
    let known = values.clone().find(is_it).or_else(|| values.find(is_alike));
    let is_open = listed.open && listed.kind == EnumKind::String && value.is_string();
    match known {
        Some(known) => Ok(known.clone()),
        None if is_open => Ok(value.clone()),
        None => Err("one of the listed values".to_owned()),
    }
}

/// The text of a scalar.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// `1 item`, `2 items`.
fn count(number: u64, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
