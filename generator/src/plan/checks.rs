//! What values have to satisfy: bounds, lengths, patterns, and what their own types say.

use super::rust::{Ident, TextType};
use super::shapes::Shapes;
use super::types::{Check, FloatCheck, IntegerCheck, Pattern};
use crate::ir::{Api, Bounds, Length, Shape, StringFormat, Text, TypeId};
use serde_json::Value;

impl Shapes {
    /// What a value of a type has to satisfy, in place.
    pub(super) fn checks(&self, api: &Api, id: TypeId) -> Vec<Check> {
        let named = self.names[id.index()].as_ref();
        if named.is_some_and(|named| named.kind.is_type()) {
            let nested = self.checked.contains(&id).then_some(Check::Nested);
            // The types of listed values are made by a macro, which knows nothing else.
            let listed = matches!(&api[id].shape, Shape::Enum(_));
            let rules = self.rules_of(api, id).filter(|_| listed);
            return nested.into_iter().chain(rules.map(Check::Rules)).collect();
        }
        let mut checks = self.shape_checks(api, &api[id].shape);
        checks.extend(self.rules_of(api, id).map(Check::Rules));
        checks
    }

    /// The table of what else a type's values have to satisfy.
    pub(super) fn rules_of(&self, api: &Api, id: TypeId) -> Option<Ident> {
        self.rules.names[api[id].rules?.index()].clone()
    }

    /// The same where the value may be null.
    pub(super) fn nullable_checks(&self, api: &Api, id: TypeId, nullable: bool) -> Vec<Check> {
        let checks = self.checks(api, id);
        if nullable && !checks.is_empty() {
            vec![Check::NotNull(checks)]
        } else {
            checks
        }
    }

    fn shape_checks(&self, api: &Api, shape: &Shape) -> Vec<Check> {
        let within = |id: TypeId, nullable: bool| self.nullable_checks(api, id, nullable);
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
            Shape::Tuple(items) => {
                let items = items.iter().map(|item| within(item.ty, item.nullable));
                let items: Vec<Vec<Check>> = items.collect();
                let any = items.iter().any(|checks| !checks.is_empty());
                any.then_some(Check::Tuple(items)).into_iter().collect()
            }
            Shape::Map(map) => {
                let mut checks =
                    length_checks(map.length, Check::MinProperties, Check::MaxProperties);
                checks.extend(
                    map.keys
                        .as_deref()
                        .map(|keys| Check::Keys(Pattern::new(keys))),
                );
                checks.extend(
                    Some(within(map.values, map.nullable_values))
                        .filter(|inner| !inner.is_empty())
                        .map(Check::Values),
                );
                checks
            }
            Shape::Enum(listed) => {
                let values = listed.values.iter().map(|listed| listed.value.clone());
                vec![Check::OneOf(Value::Array(values.collect()).to_string())]
            }
            Shape::Alias(target) => self.checks(api, *target),
            Shape::Any | Shape::Null | Shape::Boolean | Shape::Object(_) | Shape::Union(_) => {
                Vec::new()
            }
        }
    }
}

/// A least and a greatest count, as checks.
pub(super) fn length_checks(
    length: Length,
    min: fn(u64) -> Check,
    max: fn(u64) -> Check,
) -> Vec<Check> {
    length
        .min
        .map(min)
        .into_iter()
        .chain(length.max.map(max))
        .collect()
}

fn string_checks(format: &StringFormat, text: &Text) -> Vec<Check> {
    let pattern = text.pattern.as_deref();
    let pattern = pattern.map(|source| Check::Pattern(Pattern::new(source)));
    let own = format_check(format);
    own.into_iter()
        .chain(length_checks(
            text.length,
            Check::MinLength,
            Check::MaxLength,
        ))
        .chain(pattern)
        .collect()
}

fn format_check(format: &StringFormat) -> Option<Check> {
    if let StringFormat::Grammar(grammar) = format {
        Some(Check::Grammar(*grammar))
    } else {
        TextType::of(format).map(|_| Check::Nested)
    }
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
    // 3.0 is 3; a bound between two integers excludes neither.
    let is_whole = |number: &serde_json::Number| {
        !number.is_f64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
    };
    let minimum = bounds.minimum.as_ref().map(|(value, exclusive)| {
        let check = if *exclusive && is_whole(value) {
            IntegerCheck::ExclusiveMinimum
        } else {
            IntegerCheck::Minimum
        };
        Check::Integer(check, whole(value, true))
    });
    let maximum = bounds.maximum.as_ref().map(|(value, exclusive)| {
        let check = if *exclusive && is_whole(value) {
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
