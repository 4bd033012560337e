//! Objects.

use super::heights::INFINITE;
use super::whole::Whole;
use super::{DEEP, MANY, Maker, Place, Reason};
use crate::document::{Additional, Schema, SchemaId};
use crate::regex;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Entries of a mapping whose keys are data.
const ENTRIES: u64 = 2;

/// Objects with more properties than this aren't made.
const MOST_PROPERTIES: u64 = 10_000;

/// The properties that schemas declare.
struct Declared<'d> {
    names: Vec<&'d Arc<str>>,
    schemas: HashMap<&'d str, Vec<SchemaId>>,
}

impl<'m> Maker<'m> {
    pub(super) fn object(&mut self, whole: &Whole<'m>, place: Place) -> Result<Value, Reason> {
        let declared = declared(&whole.parts);
        let required = self.required(whole, &declared);
        let most = whole
            .parts
            .iter()
            .filter_map(|part| part.max_properties)
            .min();
        let most = most.map_or(usize::MAX, |most| {
            usize::try_from(most).unwrap_or(usize::MAX)
        });
        if required.len() > most {
            return Err(Reason::new("it requires more properties than it allows"));
        }
        let mut room = most - required.len();
        let sparse = place.attempt % 3 == 1;
        let mut members = Map::new();
        for name in &declared.names {
            let is_required = required.contains(&***name);
            let is_wanted = is_required || (room > 0 && !sparse && is_wanted(whole, name));
            if !is_wanted {
                continue;
            }
            match self.member(whole, &declared, name, place) {
                Ok(Some(value)) => {
                    members.insert(name.to_string(), value);
                    room -= usize::from(!is_required);
                }
                Err(reason) if is_required => return Err(reason.within(name)),
                Ok(None) | Err(_) => {}
            }
        }
        self.add_entries(whole, &declared, place, most, &mut members)?;
        Ok(Value::Object(members))
    }

    /// The required properties, with those that others require.
    fn required(&self, whole: &Whole<'m>, declared: &Declared<'m>) -> HashSet<&'m str> {
        let names = whole.parts.iter().flat_map(|part| &part.required);
        let mut open: Vec<&str> = names.map(|name| &**name).collect();
        let mut required = HashSet::new();
        while let Some(name) = open.pop() {
            let mut schemas = declared.schemas.get(name).into_iter().flatten();
            let left_out = schemas.any(|schema| self.way.leaves_out(self.document, *schema));
            if left_out || !required.insert(name) {
                continue;
            }
            let dependent = whole.parts.iter().flat_map(|part| &part.dependent_required);
            let dependent = dependent.filter(|(on, _)| **on == *name);
            open.extend(dependent.flat_map(|(_, needed)| needed).map(|name| &**name));
        }
        required
    }

    /// The value of a property; `None` if messages in this direction don't have it, or an optional one would be too deep.
    fn member(
        &mut self,
        whole: &Whole<'m>,
        declared: &Declared<'m>,
        name: &str,
        place: Place,
    ) -> Result<Option<Value>, Reason> {
        let schemas = schemas_of(whole, declared, name)?;
        let left_out = |schema: &SchemaId| self.way.leaves_out(self.document, *schema);
        if schemas.iter().any(left_out) {
            return Ok(None);
        }
        let heights = schemas.iter().map(|schema| self.heights.at(*schema));
        let height = heights.max().unwrap_or(0);
        let is_required = whole.parts.iter().any(|part| {
            let mut required = part.required.iter();
            required.any(|known| **known == *name)
        });
        let left = DEEP.saturating_sub(place.depth);
        if !is_required && (height == INFINITE || height >= left.max(1) || self.made > MANY) {
            return Ok(None);
        }
        if height == INFINITE {
            return Err(Reason::new("it requires itself without end"));
        }
        let tag = whole.tags.iter().find(|(property, _)| *property == name);
        if let Some((_, tag)) = tag {
            let tag = Value::from(tag.as_str());
            if self.is_allowed(&schemas, &tag) {
                return Ok(Some(tag));
            }
        }
        let within = Place {
            depth: place.depth + 1,
            attempt: if place.varied { place.attempt } else { 0 },
            varied: place.varied,
        };
        self.part(&schemas, within).map(Some)
    }

    /// Adds properties that aren't declared: a few, where there are only such ones, and as many as are required.
    fn add_entries(
        &mut self,
        whole: &Whole<'m>,
        declared: &Declared<'m>,
        place: Place,
        most: usize,
        members: &mut Map<String, Value>,
    ) -> Result<(), Reason> {
        let least = whole
            .parts
            .iter()
            .filter_map(|part| part.min_properties)
            .max();
        let least = least.unwrap_or(0);
        if least > MOST_PROPERTIES {
            return Err(Reason::new("its objects are too big"));
        }
        let is_map = declared.names.is_empty() && place.depth < DEEP && self.made < MANY;
        let has_values = whole.parts.iter().any(|part| {
            matches!(part.additional, Additional::Schema(_)) || !part.pattern_properties.is_empty()
        });
        let usual = if is_map && has_values && place.attempt % 3 != 1 {
            ENTRIES
        } else {
            0
        };
        let usual = usual.min(u64::try_from(most).unwrap_or(u64::MAX));
        let mut tries = 0;
        while (members.len() as u64) < least.max(usual) {
            tries += 1;
            let is_enough = members.len() as u64 >= least;
            let name = self.name(whole, place, tries);
            let made = name.and_then(|name| {
                let schemas = schemas_of(whole, declared, &name)?;
                let within = Place {
                    depth: place.depth + 1,
                    ..place
                };
                Ok((name, self.part(&schemas, within)?))
            });
            match made {
                Ok((name, value)) => {
                    members.insert(name, value);
                }
                Err(_) if is_enough => break,
                Err(reason) if tries > least + 20 => return Err(reason),
                Err(_) => {}
            }
            if tries > 2 * least + 40 {
                if is_enough {
                    break;
                }
                return Err(Reason::new("not enough names of properties were found"));
            }
        }
        Ok(())
    }

    /// A name for a property that isn't declared.
    fn name(&mut self, whole: &Whole<'m>, place: Place, number: u64) -> Result<String, Reason> {
        let names = whole.parts.iter().filter_map(|part| part.property_names);
        let names: Vec<SchemaId> = names.collect();
        if !names.is_empty() {
            let place = Place {
                depth: place.depth + 1,
                attempt: number,
                varied: number > 1,
            };
            let name = self.part(&names, place)?;
            return Ok(name.as_str().unwrap_or("name").to_owned());
        }
        let patterns = whole.parts.iter().flat_map(|part| &part.pattern_properties);
        let patterns: Vec<&Arc<str>> = patterns.map(|(pattern, _)| pattern).collect();
        let closed = |part: &&Schema| {
            part.additional == Additional::Forbidden || part.unevaluated == Additional::Forbidden
        };
        let from_pattern =
            !patterns.is_empty() && (whole.parts.iter().any(closed) || number % 2 == 1);
        if from_pattern {
            let pattern = patterns[self.random.index(patterns.len())];
            let random = &mut self.random;
            let mut draw = |limit| random.index(limit);
            let made = regex::readable(pattern);
            let made = made.and_then(|pattern| regex::sample(&pattern, 0, false, &mut draw));
            return made.map_err(|why| Reason::new(format!("the pattern `{pattern}`: {why}")));
        }
        Ok(format!("additionalProperty{number}"))
    }
}

/// Whether an optional property is made.
fn is_wanted(whole: &Whole<'_>, name: &str) -> bool {
    let mut dependent = whole.parts.iter().flat_map(|part| &part.dependent_required);
    !whole.unwanted.contains(name) && !dependent.any(|(on, _)| **on == *name)
}

/// The schemas of a property.
fn schemas_of(
    whole: &Whole<'_>,
    declared: &Declared<'_>,
    name: &str,
) -> Result<Vec<SchemaId>, Reason> {
    let mut schemas = declared.schemas.get(name).cloned().unwrap_or_default();
    let mut is_evaluated = !schemas.is_empty();
    for part in &whole.parts {
        let own = part.properties.iter().any(|(known, _)| **known == *name);
        let patterns = part.pattern_properties.iter();
        let matching = patterns.filter(|(pattern, _)| matches(pattern, name));
        let before = schemas.len();
        schemas.extend(matching.map(|(_, schema)| *schema));
        let is_known = own || schemas.len() > before;
        is_evaluated |= is_known || part.additional == Additional::Any;
        if is_known {
            continue;
        }
        match part.additional {
            Additional::Forbidden => {
                return Err(Reason::new("it is both required and forbidden"));
            }
            Additional::Schema(rest) => {
                schemas.push(rest);
                is_evaluated = true;
            }
            Additional::Unstated | Additional::Any => {}
        }
    }
    for part in whole.parts.iter().filter(|_| !is_evaluated) {
        match part.unevaluated {
            Additional::Forbidden => {
                return Err(Reason::new("it is both required and forbidden"));
            }
            Additional::Schema(rest) => schemas.push(rest),
            Additional::Unstated | Additional::Any => {}
        }
    }
    Ok(schemas)
}

fn declared<'d>(parts: &[&'d Schema]) -> Declared<'d> {
    let mut declared = Declared {
        names: Vec::new(),
        schemas: HashMap::new(),
    };
    for (name, schema) in parts.iter().flat_map(|part| &part.properties) {
        let known = declared.schemas.entry(name).or_default();
        if known.is_empty() {
            declared.names.push(name);
        }
        known.push(*schema);
    }
    let dependent = parts.iter().flat_map(|part| &part.dependent_required);
    let dependent = dependent.flat_map(|(_, needed)| needed);
    for name in parts
        .iter()
        .flat_map(|part| &part.required)
        .chain(dependent)
    {
        if !declared.schemas.contains_key(&**name) {
            declared.schemas.insert(name, Vec::new());
            declared.names.push(name);
        }
    }
    declared
}

fn matches(pattern: &str, name: &str) -> bool {
    regex::readable(pattern).is_ok_and(|pattern| regex::may_match(&pattern, name))
}
