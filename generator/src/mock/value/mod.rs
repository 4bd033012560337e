//! Values of schemas.
//!
//! In: a schema, the direction, a seed. Out: a value that the schema allows, as far as the evaluator of [`Tables`] can tell, or the reason
//! why none was found. Recursive schemas end, as optional parts are left out below a depth ([`Heights`]); the work for one value is
//! bounded by the number of its parts. Doesn't know operations or HTTP.

mod heights;
mod list;
mod number;
mod object;
#[cfg(test)]
mod tests;
mod text;
mod whole;

pub(crate) use heights::Heights;

use super::random::Random;
use super::table::{Tables, Way};
use crate::document::{Document, Schema, SchemaId, Types};
use serde_json::Value;
use std::fmt;
use whole::{Choices, Chooser, Whole};

/// Levels at which optional parts are left out.
const DEEP: u32 = 6;

/// Levels at which making a value is given up: readers of JSON accept 127.
const DEEPEST: u32 = 100;

/// Parts of a value after which optional ones are left out, and after which it is given up.
const MANY: usize = 2_000;
const MOST: usize = 40_000;

/// Attempts for a value with keywords that can only be checked afterwards.
const ATTEMPTS: u64 = 24;

/// Why there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// The JSON pointer of the part.
    pub(crate) pointer: String,
    pub(crate) words: String,
}

impl Reason {
    pub(super) fn new(words: impl Into<String>) -> Self {
        Self {
            pointer: String::new(),
            words: words.into(),
        }
    }

    /// The reason as one of a property or item.
    fn within(mut self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        self.pointer = format!("/{name}{}", self.pointer);
        self
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => f.write_str(&self.words),
            pointer => write!(f, "{}, at `{pointer}`", self.words),
        }
    }
}

/// Makes values.
pub(super) struct Maker<'m> {
    pub(super) document: &'m Document,
    pub(super) tables: &'m mut Tables,
    pub(super) heights: &'m Heights,
    pub(super) way: Way,
    pub(super) random: Random,
    /// Whether examples, defaults and the first of the listed values are left aside for random values.
    pub(super) dynamic: bool,
    /// Whether values are at the limits of what is allowed more often than not, to find faults.
    pub(super) extreme: bool,
    /// Parts made so far.
    pub(super) made: usize,
}

/// The circumstances in which a part is made.
#[derive(Debug, Clone, Copy)]
struct Place {
    depth: u32,
    /// The number of the attempt.
    attempt: u64,
    /// Whether it differs from its siblings, as in a list of unique items.
    varied: bool,
}

impl<'m> Maker<'m> {
    /// A value of a schema.
    ///
    /// # Errors
    /// The reason why none was found.
    pub(super) fn value(&mut self, schema: SchemaId) -> Result<Value, Reason> {
        let place = Place {
            depth: 0,
            attempt: 0,
            varied: false,
        };
        let mut last = Reason::new("no value was tried");
        for _ in 0..4 {
            let value = self.part(&[schema], place)?;
            let mut broken = self
                .tables
                .violations(self.document, schema, self.way, &value);
            if broken.is_empty() {
                return Ok(value);
            }
            let (pointer, words) = broken.swap_remove(0);
            let words = format!("what was made of it {words}");
            last = Reason { pointer, words };
        }
        Err(last)
    }

    /// A value that all of some schemas allow.
    fn part(&mut self, roots: &[SchemaId], place: Place) -> Result<Value, Reason> {
        let mut reason = None;
        for attempt in 0..ATTEMPTS {
            self.made += 1;
            if self.made > MOST {
                return Err(Reason::new("its values are too big"));
            }
            if place.depth > DEEPEST {
                return Err(Reason::new("its values are nested too deep"));
            }
            let mut choices = Choices::new(attempt + place.attempt);
            if self.dynamic && attempt == 0 {
                choices = Choices::new(self.random.below(1 << 16));
            }
            let left = if self.made > MANY {
                0
            } else {
                DEEP.saturating_sub(place.depth)
            };
            let mut chooser = Chooser {
                heights: self.heights,
                left,
                choices: &mut choices,
            };
            let whole = Whole::of(self.document, roots, &mut chooser);
            let place = Place {
                attempt,
                varied: place.varied || attempt > 2,
                ..place
            };
            let made = self.of_whole(&whole, roots, &mut choices, place);
            let made = made.and_then(|value| {
                if whole.is_checked {
                    self.checked(roots, value)
                } else {
                    Ok(value)
                }
            });
            match made {
                Ok(value) => return Ok(value),
                Err(why) => {
                    let is_final = !choices.any && !whole.is_checked && attempt > 1;
                    reason.get_or_insert(why);
                    if is_final {
                        break;
                    }
                }
            }
        }
        Err(reason.unwrap_or_else(|| Reason::new("it allows no value")))
    }

    /// The value, if all schemas allow it.
    fn checked(&mut self, roots: &[SchemaId], value: Value) -> Result<Value, Reason> {
        for root in roots {
            let mut broken = self
                .tables
                .violations(self.document, *root, self.way, &value);
            if !broken.is_empty() {
                let (pointer, words) = broken.swap_remove(0);
                let words = format!("what was made of it {words}");
                return Err(Reason { pointer, words });
            }
        }
        Ok(value)
    }

    fn is_allowed(&mut self, roots: &[SchemaId], value: &Value) -> bool {
        let mut roots = roots.iter();
        roots.all(|root| self.tables.holds(self.document, *root, self.way, value))
    }

    fn of_whole(
        &mut self,
        whole: &Whole<'m>,
        roots: &[SchemaId],
        choices: &mut Choices,
        place: Place,
    ) -> Result<Value, Reason> {
        if whole.parts.iter().any(|part| part.boolean == Some(false)) {
            return Err(Reason::new("the schema `false` allows no value"));
        }
        if let Some(stated) = self.stated(whole, roots, place) {
            return Ok(stated);
        }
        if let Some(listed) = self.listed(whole, roots, place) {
            return listed;
        }
        let kinds = kinds(whole)?;
        let kind = kinds[choices.index(kinds.len())];
        match kind {
            Kind::Null => Ok(Value::Null),
            Kind::Boolean => {
                let is_varied = self.dynamic || place.varied;
                Ok(Value::Bool(!is_varied || self.random.below(2) == 0))
            }
            Kind::Integer | Kind::Number => self.number(whole, kind == Kind::Integer, place),
            Kind::String => self.text(whole, place).map(Value::String),
            Kind::Array => self.list(whole, place),
            Kind::Object => self.object(whole, place),
        }
    }

    /// An example or default, if there is one that all schemas allow.
    fn stated(&mut self, whole: &Whole<'m>, roots: &[SchemaId], place: Place) -> Option<Value> {
        if self.dynamic || place.varied {
            return None;
        }
        for part in &whole.parts {
            let examples = part.examples.iter().map(Value::from);
            let default = part.default.as_deref().cloned();
            // Null says little, where something else is allowed as well.
            let stated = examples.chain(default).filter(|value| !value.is_null());
            for mut value in stated {
                strip(self.document, &whole.ids, self.way, &mut value, 0);
                if self.is_allowed(roots, &value) {
                    return Some(value);
                }
            }
        }
        None
    }

    /// One of the listed values, or a constant.
    fn listed(
        &mut self,
        whole: &Whole<'m>,
        roots: &[SchemaId],
        place: Place,
    ) -> Option<Result<Value, Reason>> {
        let constants = whole
            .parts
            .iter()
            .filter_map(|part| part.constant.as_deref());
        let constants: Vec<&Value> = constants.collect();
        let lists = whole.parts.iter().filter_map(|part| part.values.as_deref());
        let values: Vec<&Value> = match constants.first() {
            Some(constant) => vec![*constant],
            None => lists.min_by_key(|list| list.len())?.iter().collect(),
        };
        let first = if self.dynamic || place.varied {
            self.random.index(values.len())
        } else {
            0
        };
        // Null comes last.
        let order = (0..values.len()).map(|at| values[(first + at) % values.len()]);
        let (nulls, others): (Vec<&Value>, Vec<&Value>) = order.partition(|value| value.is_null());
        let mut candidates = others.into_iter().chain(nulls);
        let found = candidates.find(|value| self.is_allowed(roots, value));
        let reason = || Reason::new("none of the listed values is allowed");
        Some(found.cloned().ok_or_else(reason))
    }
}

/// The kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The kinds that all schemas allow, the preferred one first.
fn kinds(whole: &Whole<'_>) -> Result<Vec<Kind>, Reason> {
    let all = [
        (Kind::Object, "object"),
        (Kind::Array, "array"),
        (Kind::String, "string"),
        (Kind::Number, "number"),
        (Kind::Integer, "integer"),
        (Kind::Boolean, "boolean"),
        (Kind::Null, "null"),
    ];
    let stated = whole
        .parts
        .iter()
        .filter(|part| part.types != Types::default());
    let stated: Vec<Types> = stated.map(|part| part.types).collect();
    if stated.is_empty() {
        return Ok(vec![implied(&whole.parts)]);
    }
    let allows = |types: &Types, kind: Kind| match kind {
        Kind::Null => types.null,
        Kind::Boolean => types.boolean,
        Kind::Integer => types.integer || types.number,
        Kind::Number => types.number,
        Kind::String => types.string,
        Kind::Array => types.array,
        Kind::Object => types.object,
    };
    let kinds = all.iter().filter(|(kind, _)| {
        stated.iter().all(|types| allows(types, *kind)) && !allows(&whole.excluded, *kind)
    });
    let mut kinds: Vec<Kind> = kinds.map(|(kind, _)| *kind).collect();
    if kinds.contains(&Kind::Number) {
        kinds.retain(|kind| *kind != Kind::Integer);
    }
    if kinds.is_empty() {
        return Err(Reason::new("its types exclude each other"));
    }
    Ok(kinds)
}

/// The kind that the keywords of schemas without a type are for.
fn implied(parts: &[&Schema]) -> Kind {
    let any = |is: fn(&Schema) -> bool| parts.iter().any(|part| is(part));
    let is_object = |part: &Schema| {
        !part.properties.is_empty()
            || !part.required.is_empty()
            || part.additional != crate::document::Additional::Unstated
            || part.min_properties.is_some()
            || !part.pattern_properties.is_empty()
            || part.property_names.is_some()
            || !part.dependent_required.is_empty()
    };
    let is_list = |part: &Schema| {
        part.items.is_some()
            || !part.prefix_items.is_empty()
            || part.min_items.is_some()
            || part.unique_items
            || part.contains.is_some()
    };
    let is_number = |part: &Schema| {
        part.minimum.is_some() || part.maximum.is_some() || part.multiple_of.is_some()
    };
    if any(is_object) {
        Kind::Object
    } else if any(is_list) {
        Kind::Array
    } else if any(is_number) {
        Kind::Number
    } else {
        Kind::String
    }
}

/// Removes properties that messages in this direction don't have from an example.
pub(super) fn strip(
    document: &Document,
    schemas: &[SchemaId],
    way: Way,
    value: &mut Value,
    depth: u32,
) {
    if depth > DEEPEST || !(value.is_object() || value.is_array()) {
        return;
    }
    let mut open = schemas.to_vec();
    let mut seen = std::collections::HashSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) || seen.len() > 256 {
            continue;
        }
        let schema = &document[id];
        open.extend(schema.reference);
        open.extend(
            schema
                .all_of
                .iter()
                .chain(&schema.one_of)
                .chain(&schema.any_of),
        );
        match value {
            Value::Array(items) => {
                for (item, items) in items.iter_mut().zip(schema.items.iter().cycle()) {
                    strip(document, &[*items], way, item, depth + 1);
                }
            }
            Value::Object(members) => {
                for (name, property) in &schema.properties {
                    if way.leaves_out(document, *property) {
                        members.shift_remove(&**name);
                    } else if let Some(member) = members.get_mut(&**name) {
                        strip(document, &[*property], way, member, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }
}
