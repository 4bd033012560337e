//! Random values of generated types, for tests with proptest: a table for each type says what its JSON may be. Values are drawn by the
//! table, then read and validated. Needs `read.rs`, `regex_sample.rs`, `regex_syntax.rs`, `sample_text.rs`, `simpler.rs`, `validate.rs`;
//! crate `proptest`.
#![cfg(feature = "proptest")]

use std::fmt;
use std::marker::PhantomData;

use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use super::regex_sample::sample;
use super::regex_syntax::parse;
use super::sample_text::{Random, formatted, words};
use super::simpler::simpler;
use super::{Validate, from_json};

/// The depth below which what is optional is left out, and the number of parts of a value after which it is left out.
const DEEP: usize = 5;
const MANY: usize = 200;

/// The depth at which a value is given up: readers of JSON accept 127.
const DEEPEST: usize = 100;

/// Parts that are drawn for one value, with those of failed attempts, before it is given up.
const MOST: usize = 100_000;

/// Attempts to draw a valid value of a type.
const ATTEMPTS: usize = 60;

/// What the JSON of a type, or of a part of it, may be. Lengths are from the least to the greatest.
#[derive(Debug)]
pub(crate) enum Draw {
    Any,
    Null,
    Bool,
    /// One of the values of this JSON list.
    Listed(&'static str),
    /// An integer between bounds, a multiple of the third number.
    Int(i128, i128, i128),
    /// A number between bounds, a multiple of the third number unless that is 0.
    Float(f64, f64, f64),
    /// Text of this length.
    Text(usize, usize),
    /// Text that matches a pattern.
    Pattern(&'static str, usize, usize),
    /// Text with a format.
    Format(&'static str, usize, usize),
    /// A list.
    List(&'static Draw),
    /// A list of a length, and whether all of its items differ.
    ListOf(&'static Draw, usize, usize, bool),
    Tuple(&'static [Draw]),
    /// An object whose keys are data.
    Map(&'static Draw),
    /// The same with a number of keys, and the pattern that they match.
    MapOf(&'static Draw, usize, usize, &'static str),
    /// An object.
    Object(&'static [Property]),
    /// An object, what its other properties are, how many there are in all, and the pattern that names of other properties match.
    ObjectWith(
        &'static [Property],
        Option<&'static Draw>,
        usize,
        usize,
        &'static str,
    ),
    /// One of these, the first of which ends soonest.
    OneOf(&'static [Draw]),
    /// An object with one of these values of a property.
    Tagged(&'static str, &'static [&'static str], &'static Draw),
    OrNull(&'static Draw),
    /// A type.
    Of(fn() -> &'static Known),
}

impl Draw {
    pub(crate) const TEXT: Self = Self::Text(0, usize::MAX);
    pub(crate) const NUMBER: Self = Self::Float(f64::MIN, f64::MAX, 0.0);
    pub(crate) const INT32: Self = Self::Int(i32::MIN as i128, i32::MAX as i128, 1);
    pub(crate) const INT64: Self = Self::Int(i64::MIN as i128, i64::MAX as i128, 1);
}

/// A property: its name, whether it is required, its value.
#[derive(Debug)]
pub(crate) struct Property(pub(crate) &'static str, pub(crate) bool, pub(crate) Draw);

/// What is known of a type.
#[derive(Debug)]
pub struct Known {
    name: &'static str,
    draw: Draw,
    is_valid: fn(&Value) -> bool,
}

/// A type with a table.
pub trait Table: DeserializeOwned + Validate + 'static {
    /// Its table.
    const KNOWN: &'static Known;
}

impl Known {
    pub(crate) const fn new<T: Table>(name: &'static str, draw: Draw) -> Self {
        Self {
            name,
            draw,
            is_valid: |json| read::<T>(json).is_some(),
        }
    }
}

/// The table of a type.
pub(crate) fn of<T: Table>() -> &'static Known {
    T::KNOWN
}

/// The value that is written so, if it is valid.
fn read<T: DeserializeOwned + Validate>(json: &Value) -> Option<T> {
    let written = serde_json::to_vec(json).ok()?;
    let value: T = from_json(&written).ok()?;
    value.validate().is_ok().then_some(value)
}

/// Implements proptest's `Arbitrary` for types of the module `models` by their tables.
///
/// `arbitrary! { Pet = Draw::Object(&[Property("name", true, Draw::Text(0, 20))]); }`
// `use super::support::arbitrary::{self, arbitrary}` imports this module and the macro.
macro_rules! arbitrary {
    ($($(#[$cfg:meta])? $name:ident = $draw:expr;)*) => {
        $(
            $(#[$cfg])?
            impl arbitrary::Table for super::models::$name {
                const KNOWN: &'static arbitrary::Known =
                    &arbitrary::Known::new::<Self>(::core::stringify!($name), $draw);
            }

            $(#[$cfg])?
            impl ::proptest::arbitrary::Arbitrary for super::models::$name {
                type Parameters = ();
                type Strategy = arbitrary::Values<Self>;

                fn arbitrary_with((): ()) -> Self::Strategy {
                    arbitrary::Values::new()
                }
            }
        )*
    };
}
pub(crate) use arbitrary;

/// Draws valid values of a type. A value for which a test fails is made simpler as long as it is valid: parts are left out, texts and lists
/// shortened.
pub struct Values<T>(PhantomData<fn() -> T>);

impl<T> Values<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Clone for Values<T> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<T: Table> fmt::Debug for Values<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Values<{}>", T::KNOWN.name)
    }
}

impl<T: Table + Clone + fmt::Debug> Strategy for Values<T> {
    type Tree = Tree<T>;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let seed = (0..=u64::MAX).new_tree(runner)?.current();
        let mut drawing = Drawing {
            random: Random::new(seed),
            parts: 0,
            drawn: 0,
        };
        let json = drawing.known(T::KNOWN, 0);
        let value = json
            .as_ref()
            .and_then(read)
            .ok_or_else(|| format!("no valid value of {} was found", T::KNOWN.name))?;
        Ok(Tree {
            json: json.unwrap_or_default(),
            value,
            harder: None,
            tried: 0,
        })
    }
}

/// A value, and what is simpler.
#[derive(Debug)]
pub struct Tree<T> {
    json: Value,
    value: T,
    /// The value that this one was made simpler from, and how many ways to do so were tried.
    harder: Option<(Value, T, usize)>,
    tried: usize,
}

impl<T: Table + Clone + fmt::Debug> Tree<T> {
    /// Takes the next simpler value that is valid.
    fn step(&mut self) -> bool {
        let candidates = simpler(&self.json).into_iter().enumerate();
        for (at, json) in candidates.skip(self.tried) {
            if let Some(value) = read(&json) {
                let harder = std::mem::replace(&mut self.json, json);
                let value = std::mem::replace(&mut self.value, value);
                self.harder = Some((harder, value, at + 1));
                self.tried = 0;
                return true;
            }
        }
        false
    }
}

impl<T: Table + Clone + fmt::Debug> ValueTree for Tree<T> {
    type Value = T;

    fn current(&self) -> T {
        self.value.clone()
    }

    fn simplify(&mut self) -> bool {
        self.step()
    }

    fn complicate(&mut self) -> bool {
        let Some((json, value, tried)) = self.harder.take() else {
            return false;
        };
        (self.json, self.value, self.tried) = (json, value, tried);
        self.step()
    }
}

/// A value that is being drawn.
struct Drawing {
    random: Random,
    /// The parts of the value so far, and those of failed attempts, too.
    parts: usize,
    drawn: usize,
}

impl Drawing {
    /// A value of a type; `None` if no valid one is found.
    fn known(&mut self, known: &Known, depth: usize) -> Option<Value> {
        let parts = self.parts;
        for _ in 0..ATTEMPTS {
            if self.drawn > MOST {
                return None;
            }
            self.parts = parts;
            let json = self.draw(&known.draw, depth)?;
            if (known.is_valid)(&json) {
                return Some(json);
            }
        }
        None
    }

    fn draw(&mut self, draw: &Draw, depth: usize) -> Option<Value> {
        self.parts += 1;
        self.drawn += 1;
        if depth > DEEPEST || self.drawn > MOST {
            return None;
        }
        Some(match draw {
            Draw::Any => self.any(depth),
            Draw::Null => Value::Null,
            Draw::Bool => Value::Bool(self.random.is_one_in(2)),
            Draw::Listed(list) => {
                let mut values: Vec<Value> = serde_json::from_str(list).ok()?;
                let at = self.random.below(values.len());
                (at < values.len()).then(|| values.swap_remove(at))?
            }
            Draw::Int(least, most, step) => self.integer(*least, *most, *step)?,
            Draw::Float(least, most, step) => self.float(*least, *most, *step)?,
            Draw::Text(least, most) => words(&mut self.random, *least, *most).into(),
            Draw::Pattern(pattern, least, most) => self.matching(pattern, *least, *most)?.into(),
            Draw::Format(format, least, most) => {
                formatted(&mut self.random, format, *least, *most).into()
            }
            Draw::List(item) => self.list(item, 0, usize::MAX, false, depth)?,
            Draw::ListOf(item, least, most, differ) => {
                self.list(item, *least, *most, *differ, depth)?
            }
            Draw::Tuple(items) => {
                let items = items.iter();
                let items = items.map(|item| self.draw(item, depth + 1));
                Value::Array(items.collect::<Option<_>>()?)
            }
            Draw::Map(value) => self.map(value, (0, usize::MAX), "", depth)?,
            Draw::MapOf(value, least, most, keys) => {
                self.map(value, (*least, *most), keys, depth)?
            }
            Draw::Object(properties) => {
                self.object(properties, (None, ""), (0, usize::MAX), depth)?
            }
            Draw::ObjectWith(properties, others, least, most, keys) => {
                self.object(properties, (*others, keys), (*least, *most), depth)?
            }
            Draw::OneOf(variants) => {
                let at = self.random.below(variants.len());
                let chosen = variants.get(if self.is_deep(depth) { 0 } else { at })?;
                self.draw(chosen, depth + 1)?
            }
            Draw::Tagged(property, tags, variant) => {
                let mut value = self.draw(variant, depth)?;
                let tag = tags.get(self.random.below(tags.len()))?;
                let member = value.as_object_mut()?;
                member.insert((*property).to_owned(), (*tag).into());
                value
            }
            Draw::OrNull(value) => {
                if self.is_deep(depth) || self.random.is_one_in(4) {
                    Value::Null
                } else {
                    self.draw(value, depth)?
                }
            }
            Draw::Of(known) => self.known(known(), depth)?,
        })
    }

    /// Whether what is optional is left out.
    fn is_deep(&self, depth: usize) -> bool {
        depth > DEEP || self.parts > MANY
    }

    fn any(&mut self, depth: usize) -> Value {
        let kinds = if self.is_deep(depth) { 4 } else { 6 };
        match self.random.below(kinds) {
            0 => Value::Null,
            1 => Value::Bool(true),
            2 => Value::from(self.random.between(-9, 9) as i64),
            3 => words(&mut self.random, 0, usize::MAX).into(),
            4 => Value::Array((0..2).map(|_| self.any(depth + 1)).collect()),
            _ => {
                let key = words(&mut self.random, 1, 8);
                Value::Object(Map::from_iter([(key, self.any(depth + 1))]))
            }
        }
    }

    /// A multiple between bounds: one of the bounds, a small number, or any.
    fn integer(&mut self, least: i128, most: i128, step: i128) -> Option<Value> {
        let step = step.max(1);
        let (first, last) = (-(-least).div_euclid(step), most.div_euclid(step));
        let drawn = self.between(first, last)? * step;
        let number = i64::try_from(drawn).map(Number::from);
        let number = number.or_else(|_| u64::try_from(drawn).map(Number::from));
        number.ok().map(Value::Number)
    }

    fn between(&mut self, first: i128, last: i128) -> Option<i128> {
        if first > last {
            return None;
        }
        let (low, high) = ((-20).clamp(first, last), 20.clamp(first, last));
        Some(match self.random.below(8) {
            0 => first,
            1 => last,
            2 => self.random.between(first, last),
            _ => self.random.between(low, high),
        })
    }

    fn float(&mut self, least: f64, most: f64, step: f64) -> Option<Value> {
        if step > 0.0 {
            // In decimal places, as 3 * 0.1 isn't 0.3.
            let text = step.to_string();
            let places = text.split_once('.').map_or(0, |(_, places)| places.len());
            let limit = |bound: f64| (bound / step).clamp(-1e15, 1e15) as i128;
            let times = self.between(limit(least.ceil()), limit(most.floor()))?;
            let written = format!("{:.places$}", times as f64 * step);
            return written.parse().ok().and_then(finite);
        }
        let (low, high) = (least.max(-1000.0), most.min(1000.0));
        let (low, high) = if low > high {
            (least, most)
        } else {
            (low, high)
        };
        let part = self.random.below(1001) as f64 / 1000.0;
        let drawn = match self.random.below(8) {
            0 if least.abs() < 1e300 => least,
            1 if most.abs() < 1e300 => most,
            2..5 => (low + (high - low) * part).round().clamp(low, high),
            _ => low + (high - low) * part,
        };
        finite(drawn)
    }

    /// Text that matches a pattern, as far as look-around has nothing against it.
    fn matching(&mut self, pattern: &str, least: usize, most: usize) -> Option<String> {
        let node = parse(pattern).ok()?;
        for attempt in 0..ATTEMPTS {
            let more = self.random.below(8).min(most.saturating_sub(least));
            let least = least + if attempt % 2 == 0 { more } else { 0 };
            let random = &mut self.random;
            let mut draw = |limit| random.below(limit);
            let text = sample(&node, least as u64, attempt % 4 == 3, &mut draw).ok()?;
            if (least..=most).contains(&text.chars().count()) {
                return Some(text);
            }
        }
        None
    }

    /// How many items or properties there are.
    fn count(&mut self, least: usize, most: usize, depth: usize) -> usize {
        if self.is_deep(depth) {
            return least;
        }
        let more = [0, 1, 1, 2, 3, 5][self.random.below(6)];
        least.saturating_add(more).min(most)
    }

    fn list(
        &mut self,
        item: &Draw,
        least: usize,
        most: usize,
        differ: bool,
        depth: usize,
    ) -> Option<Value> {
        let count = self.count(least, most, depth);
        let mut items: Vec<Value> = Vec::new();
        for _ in 0..count.saturating_mul(4).max(16) {
            if items.len() >= count {
                break;
            }
            let item = self.draw(item, depth + 1)?;
            if !(differ && items.contains(&item)) {
                items.push(item);
            }
        }
        (items.len() >= least).then_some(Value::Array(items))
    }

    fn object(
        &mut self,
        properties: &[Property],
        (others, keys): (Option<&Draw>, &str),
        (least, most): (usize, usize),
        depth: usize,
    ) -> Option<Value> {
        let required = properties.iter().filter(|property| property.1).count();
        let mut left = most.saturating_sub(required);
        let mut missing = least.saturating_sub(required);
        // Of many that are optional, few: else the value is nothing but its first ones.
        let rarity = 2 + properties.len() / 16;
        let mut members = Map::new();
        for (at, Property(name, is_required, value)) in properties.iter().enumerate() {
            let is_wanted = properties.len() - at <= missing || !self.is_deep(depth);
            let is_there = *is_required
                || (left > 0 && is_wanted && (missing > 0 || self.random.is_one_in(rarity)));
            if !is_there {
                continue;
            }
            if !is_required {
                left -= 1;
                missing = missing.saturating_sub(1);
            }
            match self.draw(value, depth + 1) {
                Some(value) => drop(members.insert((*name).to_owned(), value)),
                // What has no value is left out, if it may be.
                None if *is_required => return None,
                None => {}
            }
        }
        if let Some(others) = others {
            let more = self.count(0, 2, depth).min(left).max(missing);
            self.others(&mut members, others, keys, more, depth)?;
        }
        Some(Value::Object(members))
    }

    fn map(
        &mut self,
        value: &Draw,
        (least, most): (usize, usize),
        keys: &str,
        depth: usize,
    ) -> Option<Value> {
        let mut members = Map::new();
        let count = self.count(least, most, depth);
        self.others(&mut members, value, keys, count, depth)?;
        Some(Value::Object(members))
    }

    /// Adds properties whose names are data.
    fn others(
        &mut self,
        members: &mut Map<String, Value>,
        value: &Draw,
        keys: &str,
        count: usize,
        depth: usize,
    ) -> Option<()> {
        let wanted = members.len() + count;
        for _ in 0..count.saturating_mul(4) {
            if members.len() >= wanted {
                break;
            }
            let key = if keys.is_empty() {
                words(&mut self.random, 1, 12)
            } else {
                self.matching(keys, 0, usize::MAX)?
            };
            if !members.contains_key(&key) {
                let value = self.draw(value, depth + 1)?;
                members.insert(key, value);
            }
        }
        Some(())
    }
}

fn finite(number: f64) -> Option<Value> {
    Number::from_f64(number).map(Value::Number)
}
