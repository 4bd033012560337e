//! Numbers within bounds.

use super::whole::Whole;
use super::{Maker, Place, Reason};
use crate::document::{Bound, Schema};
use crate::lower::integer_range;
use serde_json::{Number, Value};

/// Multiples that are tried for a float, as not every product divides without a remainder.
const MULTIPLES: i32 = 200;

impl Maker<'_> {
    pub(super) fn number(
        &mut self,
        whole: &Whole<'_>,
        is_integer: bool,
        place: Place,
    ) -> Result<Value, Reason> {
        let wanted = if self.extreme {
            match self.random.below(6) {
                0 => i128::from(i64::MIN),
                1 => i128::from(i64::MAX),
                2 => 0,
                3 => -i128::from(self.random.below(1_000)),
                _ => i128::from(self.random.below(1_000)),
            }
        } else if self.dynamic || place.varied {
            i128::from(self.random.below(1_000))
        } else {
            1
        };
        let integer = self::integer(&whole.parts, wanted);
        if is_integer {
            return integer.ok_or_else(|| Reason::new("no integer is within its bounds"));
        }
        // Halves, as they show that it needn't be an integer.
        let half = integer
            .as_ref()
            .and_then(Value::as_f64)
            .map(|float| float + 0.5);
        let half = half.filter(|half| is_within(&whole.parts, *half));
        let found = half.and_then(Number::from_f64).map(Value::Number);
        let found = found.or(integer).or_else(|| between(&whole.parts));
        found.ok_or_else(|| Reason::new("no number is within its bounds"))
    }
}

/// An integer near the wanted one.
fn integer(parts: &[&Schema], wanted: i128) -> Option<Value> {
    let (mut least, mut most) = (i128::from(i64::MIN), i128::from(u64::MAX));
    let mut step = 1_i128;
    for part in parts {
        let format = if part.types.integer || part.format.is_some() {
            integer_range(part)
        } else {
            (least, most)
        };
        least = least.max(format.0);
        most = most.min(format.1);
        if let Some(minimum) = &part.minimum {
            least = least.max(least_above(minimum));
        }
        if let Some(maximum) = &part.maximum {
            most = most.min(-least_above(&negative(maximum)?));
        }
        if let Some(multiple) = &part.multiple_of {
            step = least_common(step, whole_multiple(multiple)?)?;
        }
    }
    let wanted = wanted.clamp(least.min(most), most);
    let up = wanted.checked_add(step - 1)?.div_euclid(step) * step;
    let found = if up <= most { up } else { up - step };
    if found < least || found > most {
        return None;
    }
    let signed = i64::try_from(found).map(Value::from);
    signed
        .or_else(|_| u64::try_from(found).map(Value::from))
        .ok()
}

/// The least integer that a lower bound allows.
#[allow(clippy::cast_possible_truncation)] // `as` saturates
fn least_above(bound: &Bound) -> i128 {
    let exclusive = i128::from(bound.exclusive);
    if let Some(whole) = bound.value.as_i64() {
        return i128::from(whole) + exclusive;
    }
    if let Some(whole) = bound.value.as_u64() {
        return i128::from(whole) + exclusive;
    }
    let float = bound.value.as_f64().unwrap_or(0.0);
    let above = float.ceil() as i128;
    if float.fract() == 0.0 {
        above.saturating_add(exclusive)
    } else {
        above
    }
}

/// The bound with its sign changed.
fn negative(bound: &Bound) -> Option<Bound> {
    let whole = bound.value.as_i64().and_then(i64::checked_neg);
    let value = match whole {
        Some(whole) => whole.into(),
        None => Number::from_f64(-bound.value.as_f64()?)?,
    };
    Some(Bound {
        value,
        exclusive: bound.exclusive,
    })
}

/// The least integer that is a multiple of a number.
#[allow(clippy::cast_possible_truncation)] // it is whole and within the limit
fn whole_multiple(multiple: &Number) -> Option<i128> {
    let float = multiple.as_f64()?;
    let whole = multiple.as_i64().map(i128::from);
    let whole = whole.or_else(|| multiple.as_u64().map(i128::from));
    let found = whole.or_else(|| {
        let mut factors = (1..=1_000).map(|factor| float * f64::from(factor));
        let found = factors.find(|float| float.fract() == 0.0 && *float < 9e15)?;
        Some(found as i128)
    });
    found.filter(|found| *found > 0)
}

fn least_common(a: i128, b: i128) -> Option<i128> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (a / x).checked_mul(b).filter(|product| *product < 1 << 70)
}

fn is_within(parts: &[&Schema], float: f64) -> bool {
    parts.iter().all(|part| {
        let minimum = part.minimum.as_ref().is_none_or(|bound| {
            let limit = bound.value.as_f64().unwrap_or(f64::NAN);
            float > limit || (float >= limit && !bound.exclusive)
        });
        let maximum = part.maximum.as_ref().is_none_or(|bound| {
            let limit = bound.value.as_f64().unwrap_or(f64::NAN);
            float < limit || (float <= limit && !bound.exclusive)
        });
        let divides = part.multiple_of.as_ref().is_none_or(|multiple| {
            let quotient = float / multiple.as_f64().unwrap_or(f64::NAN);
            quotient.fract() == 0.0
        });
        minimum && maximum && divides
    })
}

/// A number where no integer is allowed.
fn between(parts: &[&Schema]) -> Option<Value> {
    let limits = |bound: fn(&Schema) -> Option<&Bound>| {
        let bounds = parts.iter().filter_map(move |part| bound(part));
        bounds.filter_map(|bound| bound.value.as_f64())
    };
    let least = limits(|part| part.minimum.as_ref()).reduce(f64::max);
    let most = limits(|part| part.maximum.as_ref()).reduce(f64::min);
    let mut candidates = match (least, most) {
        (Some(least), Some(most)) => vec![least / 2.0 + most / 2.0, least, most],
        (Some(least), None) => vec![least, least + least.abs() / 2.0],
        (None, Some(most)) => vec![most, most - most.abs() / 2.0],
        (None, None) => vec![0.5],
    };
    for multiple in parts.iter().filter_map(|part| part.multiple_of.as_ref()) {
        let multiple = multiple.as_f64()?;
        let first = (least.unwrap_or(0.0) / multiple).floor();
        candidates.extend((0..MULTIPLES).map(|more| (first + f64::from(more)) * multiple));
    }
    let found = candidates
        .into_iter()
        .find(|float| is_within(parts, *float));
    found.and_then(Number::from_f64).map(Value::Number)
}
