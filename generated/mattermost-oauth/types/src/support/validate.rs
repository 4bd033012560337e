//! The constraints of JSON Schema (Validation, section 6). Needs `pointer.rs`, `violation.rs`.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Violation, Violations, cut, push_token};

/// A value that can be checked against the constraints of the description.
pub trait Validate {
    /// Checks the value and all nested values.
    ///
    /// # Errors
    /// Every violated constraint, each with its JSON pointer.
    fn validate(&self) -> Result<(), Violations> {
        let mut validator = Validator::default();
        self.validate_at(&mut validator);
        validator.finish()
    }

    /// Like [`validate`](Self::validate), and also checks that properties are present that are required in requests (`writeOnly`).
    ///
    /// # Errors
    /// The same as those of [`validate`](Self::validate).
    fn validate_request(&self) -> Result<(), Violations> {
        let mut validator = Validator::of_request();
        self.validate_at(&mut validator);
        validator.finish()
    }

    /// Like [`validate`](Self::validate), and also checks that properties are present that are required in responses (`readOnly`).
    ///
    /// # Errors
    /// The same as those of [`validate`](Self::validate).
    fn validate_response(&self) -> Result<(), Violations> {
        let mut validator = Validator::of_response();
        self.validate_at(&mut validator);
        validator.finish()
    }

    /// Checks this value at the validator's position. The default is for types without constraints.
    fn validate_at(&self, v: &mut Validator) {
        let _ = v;
    }

    /// Whether there is a value; an optional one may be absent.
    #[doc(hidden)]
    fn is_there(&self) -> bool {
        true
    }
}

/// Collects violated constraints, and tracks the position of the value being checked.
#[derive(Debug, Default)]
pub struct Validator {
    pointer: String,
    violations: Vec<Violation>,
    /// Size of the violations in bytes.
    bytes: usize,
    more: usize,
    /// Whether the current value has a violation.
    broken: bool,
    /// Steps taken by searching for patterns.
    pub(super) steps_taken: u64,
    /// What a union has to check.
    of_union: OfUnion,
    /// Where the outermost `oneOf` begins: the length of its pointer.
    pub(crate) whole: Option<usize>,
    /// The direction of the message that contains the value, if known.
    direction: Option<Direction>,
    /// The last value that was needed as JSON, and the length of its pointer; nested values are looked up in it.
    json: Option<(usize, Arc<Value>)>,
}

thread_local! {
    /// Whether several alternatives of a `oneOf` may match.
    static ACCEPTS_OVERLAPS: Cell<bool> = const { Cell::new(false) };
}

/// What a union has to check whose variants are tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum OfUnion {
    /// Everything.
    #[default]
    Checked,
    /// Its variant's constraints: the variant is being chosen.
    Own,
    /// Nothing: it is nested in a union whose variant is being chosen, and was checked when its own was.
    Told,
}

/// Validation of unions.
impl Validator {
    /// Calls `run` with a validation in which several alternatives of a `oneOf` may match, as descriptions often mean `anyOf`.
    pub fn accepting_overlaps<T>(run: impl FnOnce() -> T) -> T {
        // Restores the setting even if `run` panics.
        struct Restore(bool);
        impl Drop for Restore {
            fn drop(&mut self) {
                ACCEPTS_OVERLAPS.set(self.0);
            }
        }
        let _restore = Restore(ACCEPTS_OVERLAPS.replace(true));
        run()
    }

    /// Whether several alternatives of a `oneOf` may match.
    pub(crate) fn accepts_overlaps() -> bool {
        ACCEPTS_OVERLAPS.get()
    }

    /// A validator for grading a value as a variant.
    pub(crate) fn grading() -> Self {
        Self {
            of_union: OfUnion::Own,
            // There may be many such validators, so patterns get no steps beyond the allowance of each text.
            steps_taken: u64::MAX,
            ..Self::default()
        }
    }

    /// Number of violated constraints.
    pub(crate) fn count(&self) -> usize {
        self.violations.len() + self.more
    }

    /// The position of the validator.
    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What the union that calls this has to check.
    pub(crate) fn of_union(&mut self) -> OfUnion {
        let asked = self.of_union;
        if asked == OfUnion::Own {
            self.of_union = OfUnion::Told;
        }
        asked
    }

    /// Whether a union whose variants are tried has been checked already.
    pub(crate) fn is_told(&mut self) -> bool {
        self.of_union() == OfUnion::Told
    }
}

/// The direction of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Request,
    Response,
}

/// Validation for one direction, with properties that the other one omits (`readOnly`, `writeOnly`).
impl Validator {
    /// A validator for requests to the API.
    #[must_use]
    pub fn of_request() -> Self {
        Self {
            direction: Some(Direction::Request),
            ..Self::default()
        }
    }

    /// A validator for responses.
    #[must_use]
    pub fn of_response() -> Self {
        Self {
            direction: Some(Direction::Response),
            ..Self::default()
        }
    }

    /// Checks a property that is only required in requests.
    pub fn wanted_of_request(&mut self, name: &str, is_there: bool) {
        self.wanted(Direction::Request, name, is_there);
    }

    /// Checks a property that is only required in responses.
    pub fn wanted_of_response(&mut self, name: &str, is_there: bool) {
        self.wanted(Direction::Response, name, is_there);
    }

    fn wanted(&mut self, direction: Direction, name: &str, is_there: bool) {
        if self.direction == Some(direction) && !is_there {
            self.field(name, |v| v.violation("required property is missing"));
        }
    }
}

/// Moving within the value.
impl Validator {
    /// Moves to a property of the value, or to an entry of a map.
    pub fn enter(&mut self, name: &str) {
        push_token(&mut self.pointer, name);
        self.broken = false;
    }

    /// Moves to an item of an array.
    pub fn enter_index(&mut self, index: usize) {
        self.enter(&index.to_string());
    }

    /// Moves back to the parent.
    pub fn leave(&mut self) {
        // A slash in a name is escaped.
        let parent = self.pointer.rfind('/').unwrap_or(0);
        self.pointer.truncate(parent);
        self.broken = false;
        self.json.take_if(|(place, _)| self.pointer.len() < *place);
    }

    /// Checks the value of a property.
    pub fn field(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        self.enter(name);
        check(self);
        self.leave();
    }

    /// Checks each item of an array.
    pub fn items<'i, T: 'i>(
        &mut self,
        items: impl IntoIterator<Item = &'i T>,
        mut check: impl FnMut(&mut Self, &'i T),
    ) {
        for (index, item) in items.into_iter().enumerate() {
            self.field(&index.to_string(), |v| check(v, item));
        }
    }

    /// Checks each value of a map.
    pub fn entries<'i, T: 'i>(
        &mut self,
        entries: impl IntoIterator<Item = (&'i String, &'i T)>,
        mut check: impl FnMut(&mut Self, &'i T),
    ) {
        for (name, value) in entries {
            self.field(name, |v| check(v, value));
        }
    }

    /// Checks a property whose type has constraints of its own.
    pub fn nested(&mut self, name: &str, value: &dyn Validate) {
        self.field(name, |v| value.validate_at(v));
    }

    /// The same for several properties, as far as they are present.
    pub fn properties(&mut self, properties: &[(&str, &dyn Validate)]) {
        for (name, value) in properties {
            if value.is_there() {
                self.nested(name, *value);
            }
        }
    }

    /// Adds a violation of the current value. The message must not repeat the value.
    pub fn violation(&mut self, message: impl Into<String>) {
        self.broken = true;
        if self.more > 0 || self.violations.len() == Violations::LIMIT {
            self.more += 1;
            return;
        }
        let violation = Violation::new(cut(self.pointer.clone()), cut(message.into()));
        self.bytes += json_length(&violation.pointer) + json_length(&violation.message);
        match self.bytes <= Violations::BYTES {
            true => self.violations.push(violation),
            false => self.more += 1,
        }
    }

    /// Whether the current value has a violation already, so that costly checks can be skipped.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether the current value has a violation with this message.
    pub(crate) fn has_noted(&self, message: &str) -> bool {
        let mut noted = self.violations.iter().rev();
        noted.any(|noted| noted.message == message && noted.pointer == self.pointer)
    }

    /// The current value as JSON, to check it as a whole: looked up in the JSON of an enclosing value, if there is one.
    pub fn with_json<T: Serialize, R>(
        &mut self,
        value: &T,
        look: impl FnOnce(&mut Self, &Value) -> R,
    ) -> R {
        if let Some((place, whole)) = &self.json {
            let whole = Arc::clone(whole);
            if let Some(part) = whole.pointer(&self.pointer[*place..]) {
                return look(self, part);
            }
        }
        let whole = Arc::new(serde_json::to_value(value).unwrap_or_default());
        self.json = Some((self.pointer.len(), Arc::clone(&whole)));
        look(self, &whole)
    }

    /// Ends the validation.
    ///
    /// # Errors
    /// The violated constraints, if there are any.
    pub fn finish(self) -> Result<(), Violations> {
        match self.violations.is_empty() {
            true => Ok(()),
            false => Err(Violations {
                list: self.violations,
                more: self.more,
            }),
        }
    }
}

/// Constraints of strings (section 6.3). Lengths count characters, not bytes.
impl Validator {
    /// `minLength`.
    pub fn min_length(&mut self, value: &str, limit: usize) {
        if value.chars().take(limit).count() < limit {
            self.violation(format!(
                "must be at least {} long",
                count(limit, "character")
            ));
        }
    }

    /// `maxLength`.
    pub fn max_length(&mut self, value: &str, limit: usize) {
        if value.chars().nth(limit).is_some() {
            self.violation(format!(
                "must be at most {} long",
                count(limit, "character")
            ));
        }
    }
}

/// Constraints of numbers (section 6.2): integers of any width, and floats.
impl Validator {
    /// `minimum` of an integer.
    pub fn minimum(&mut self, value: impl Into<i128>, limit: i128) {
        self.require(value.into() >= limit, || {
            format!("must be at least {limit}")
        });
    }

    /// `maximum` of an integer.
    pub fn maximum(&mut self, value: impl Into<i128>, limit: i128) {
        self.require(value.into() <= limit, || format!("must be at most {limit}"));
    }

    /// `exclusiveMinimum` of an integer.
    pub fn exclusive_minimum(&mut self, value: impl Into<i128>, limit: i128) {
        self.require(value.into() > limit, || {
            format!("must be greater than {limit}")
        });
    }

    /// `exclusiveMaximum` of an integer.
    pub fn exclusive_maximum(&mut self, value: impl Into<i128>, limit: i128) {
        self.require(value.into() < limit, || {
            format!("must be less than {limit}")
        });
    }

    /// `multipleOf` of an integer.
    pub fn multiple_of(&mut self, value: impl Into<i128>, divisor: i128) {
        // The remainder of a division by zero (or of the smallest value by -1) doesn't exist; the only multiple of zero is zero.
        let value = value.into();
        let holds = value
            .checked_rem(divisor)
            .map_or(value == 0, |remainder| remainder == 0);
        self.require(holds, || format!("must be a multiple of {divisor}"));
    }

    /// `minimum` of a float.
    pub fn minimum_f64(&mut self, value: impl Into<f64>, limit: f64) {
        self.require(value.into() >= limit, || {
            format!("must be at least {limit}")
        });
    }

    /// `maximum` of a float.
    pub fn maximum_f64(&mut self, value: impl Into<f64>, limit: f64) {
        self.require(value.into() <= limit, || format!("must be at most {limit}"));
    }

    /// `exclusiveMinimum` of a float.
    pub fn exclusive_minimum_f64(&mut self, value: impl Into<f64>, limit: f64) {
        self.require(value.into() > limit, || {
            format!("must be greater than {limit}")
        });
    }

    /// `exclusiveMaximum` of a float.
    pub fn exclusive_maximum_f64(&mut self, value: impl Into<f64>, limit: f64) {
        self.require(value.into() < limit, || {
            format!("must be less than {limit}")
        });
    }

    /// `multipleOf` of a float. 0.3 divided by 0.1 isn't exactly 3, so the last bits of the quotient are ignored.
    pub fn multiple_of_f64(&mut self, value: impl Into<f64>, divisor: f64) {
        let quotient = value.into() / divisor;
        let distance = (quotient - quotient.round()).abs();
        let holds = distance <= quotient.abs() * f64::EPSILON * 4.0;
        self.require(holds, || format!("must be a multiple of {divisor}"));
    }

    fn require(&mut self, holds: bool, message: impl FnOnce() -> String) {
        if !holds {
            self.violation(message());
        }
    }
}

/// Constraints of any value (section 6.1).
impl Validator {
    /// `enum` and `const` of a type that isn't an enum in Rust; `listed` is a JSON list of the values.
    pub fn one_of<T: Serialize>(&mut self, value: &T, listed: &str) {
        let listed: Vec<Value> = serde_json::from_str(listed).unwrap_or_default();
        let holds = serde_json::to_value(value)
            .is_ok_and(|value| listed.iter().any(|one| same(one, &value)));
        self.require(holds, || "is not one of the listed values".to_owned());
    }
}

/// Whether two JSON values are equal in JSON Schema, where 1 is 1.0.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => {
            a.as_f64() == b.as_f64()
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Writes integers without a fraction, so that values which are equal in JSON Schema compare equal.
pub(crate) fn plain(mut value: Value) -> Value {
    match &mut value {
        Value::Number(number) => {
            #[allow(clippy::cast_possible_truncation)] // the other half is left as it is
            let whole = number
                .as_f64()
                .filter(|float| number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15)
                .map(|float| float as i64);
            if let Some(whole) = whole {
                value = Value::from(whole);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = plain(item.take())),
        Value::Object(members) => {
            for (_, member) in members.iter_mut() {
                *member = plain(member.take());
            }
        }
        _ => {}
    }
    value
}

/// Constraints of arrays and objects (sections 6.4 and 6.5), by length.
impl Validator {
    /// `minItems`.
    pub fn min_items(&mut self, length: usize, limit: usize) {
        self.require(length >= limit, || {
            format!("must have at least {}", count(limit, "item"))
        });
    }

    /// `maxItems`.
    pub fn max_items(&mut self, length: usize, limit: usize) {
        self.require(length <= limit, || {
            format!("must have at most {}", count(limit, "item"))
        });
    }

    /// `uniqueItems`: no two items are equal.
    ///
    /// Items are compared by hash, so that the time is linear in untrusted input.
    pub fn unique_items<'i, T: Serialize + 'i>(&mut self, items: impl IntoIterator<Item = &'i T>) {
        let mut seen = HashSet::new();
        let unique = items
            .into_iter()
            .filter_map(|item| serde_json::to_value(item).ok())
            .all(|item| seen.insert(plain(item)));
        self.require(unique, || "must not have the same item twice".to_owned());
    }

    /// `minProperties`.
    pub fn min_properties(&mut self, length: usize, limit: usize) {
        self.require(length >= limit, || {
            format!("must have at least {}", count(limit, "property"))
        });
    }

    /// `maxProperties`.
    pub fn max_properties(&mut self, length: usize, limit: usize) {
        self.require(length <= limit, || {
            format!("must have at most {}", count(limit, "property"))
        });
    }
}

/// Constraints on which properties go together: `required` within `anyOf`, `oneOf` and `not` (section 6.5.3), and `dependentRequired`
/// (6.5.4).
///
/// `groups` is a JSON list of lists of names; a group is present if all of its properties are.
impl Validator {
    /// At least one group is present.
    pub fn any_group(&mut self, object: &impl Serialize, groups: &str) {
        let groups = self.with_json(object, |_, object| Groups::new(object, groups));
        self.require(groups.present.contains(&true), || {
            format!("must have {}", groups.words(" or "))
        });
    }

    /// Exactly one group is present.
    pub fn one_group(&mut self, object: &impl Serialize, groups: &str) {
        let groups = self.with_json(object, |_, object| Groups::new(object, groups));
        let count = groups.present.iter().filter(|there| **there).count();
        self.require(count == 1, || {
            format!("must have either {}", groups.words(" or "))
        });
    }

    /// No group is present.
    pub fn no_group(&mut self, object: &impl Serialize, groups: &str) {
        let groups = self.with_json(object, |_, object| Groups::new(object, groups));
        self.require(!groups.present.contains(&true), || {
            format!("must not have {}", groups.words(" or "))
        });
    }

    /// The first group requires the second.
    pub fn group_with(&mut self, object: &impl Serialize, groups: &str) {
        let groups = self.with_json(object, |_, object| Groups::new(object, groups));
        self.require(groups.present != [true, false], || {
            format!("must not have {}", groups.words(" without "))
        });
    }
}

/// Groups of properties, and which of them an object has.
struct Groups {
    names: Vec<Vec<String>>,
    present: Vec<bool>,
}

impl Groups {
    fn new(object: &Value, groups: &str) -> Self {
        let names: Vec<Vec<String>> = serde_json::from_str(groups).unwrap_or_default();
        let is_there = |group: &Vec<String>| group.iter().all(|name| object.get(name).is_some());
        let present = names.iter().map(is_there).collect();
        Self { names, present }
    }

    fn words(&self, between: &str) -> String {
        let groups = self.names.iter().map(|group| group.join(" and "));
        groups.collect::<Vec<_>>().join(between)
    }
}

/// Length of a text in JSON: characters that have to be escaped take up to six bytes.
fn json_length(text: &str) -> usize {
    text.bytes()
        .map(|byte| match byte {
            0..0x20 | b'"' | b'\\' => 6,
            _ => 1,
        })
        .sum()
}

/// `1 item`, `2 items`, `2 properties`.
fn count(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {noun}s"),
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn validate_at(&self, v: &mut Validator) {
        (**self).validate_at(v);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn validate_at(&self, v: &mut Validator) {
        if let Some(value) = self {
            value.validate_at(v);
        }
    }

    fn is_there(&self) -> bool {
        self.as_ref().is_some_and(T::is_there)
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn validate_at(&self, v: &mut Validator) {
        v.items(self, |v, item| item.validate_at(v));
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn validate_at(&self, v: &mut Validator) {
        v.entries(self, |v, value| value.validate_at(v));
    }
}

macro_rules! unconstrained {
    ($($type:ty)*) => { $(impl Validate for $type {})* };
}

unconstrained! { () bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 String Value Map<String, Value> }
