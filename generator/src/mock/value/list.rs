//! Lists.

use super::whole::Whole;
use super::{DEEP, MANY, Maker, Place, Reason};
use crate::document::{Additional, Schema, SchemaId};
use serde_json::Value;
use std::collections::HashSet;

/// Longer lists aren't made.
const LONGEST: usize = 10_000;

/// Attempts for an item that differs from the others.
const DIFFERENT: u64 = 12;

impl<'m> Maker<'m> {
    pub(super) fn list(&mut self, whole: &Whole<'m>, place: Place) -> Result<Value, Reason> {
        let parts = &whole.parts;
        let unique = parts.iter().any(|part| part.unique_items);
        let length = self.length(whole, place)?;
        let mut seen: HashSet<String> = HashSet::new();
        let mut items = Vec::new();
        for index in 0..length.wanted {
            let schemas = schemas_at(parts, index, length.contained);
            let made = self.item(&schemas, index, place, unique.then_some(&mut seen));
            match made {
                Ok(item) => items.push(item),
                // A shorter list will do.
                Err(_) if items.len() >= length.least => break,
                Err(reason) => return Err(reason.within(&index.to_string())),
            }
        }
        Ok(Value::Array(items))
    }

    fn item(
        &mut self,
        schemas: &[SchemaId],
        index: usize,
        place: Place,
        seen: Option<&mut HashSet<String>>,
    ) -> Result<Value, Reason> {
        let within = Place {
            depth: place.depth + 1,
            attempt: place.attempt,
            varied: place.varied,
        };
        let Some(seen) = seen else {
            return self.part(schemas, within);
        };
        for attempt in 0..DIFFERENT {
            let item = self.part(
                schemas,
                Place {
                    attempt: place.attempt + attempt + index as u64,
                    varied: place.varied || attempt + index as u64 > 0,
                    ..within
                },
            )?;
            // 1 and 1.0 are equal, and are never both made.
            if seen.insert(item.to_string()) {
                return Ok(item);
            }
        }
        Err(Reason::new("not enough different items were found"))
    }

    fn length(&mut self, whole: &Whole<'m>, place: Place) -> Result<Length, Reason> {
        let parts = &whole.parts;
        let size = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        let contained = parts.iter().filter(|part| part.contains.is_some());
        let contained = contained.map(|part| size(part.min_contains.unwrap_or(1)));
        let contained = contained.max().unwrap_or(0);
        let prefixed = parts.iter().map(|part| part.prefix_items.len()).max();
        let prefixed = prefixed.unwrap_or(0);
        let least = parts.iter().filter_map(|part| part.min_items).max();
        let least = least.map_or(0, size).max(contained);
        let most = parts.iter().filter_map(|part| part.max_items).min();
        let mut most = most.map_or(usize::MAX, size);
        for part in parts {
            let nothing = |schema: SchemaId| self.document[schema].boolean == Some(false);
            let closed = part.items.is_some_and(nothing)
                || (part.items.is_none() && part.unevaluated_items == Additional::Forbidden);
            if closed {
                most = most.min(part.prefix_items.len().max(prefixed));
            }
        }
        if least > most {
            return Err(Reason::new("its numbers of items exclude each other"));
        }
        if least > LONGEST {
            return Err(Reason::new("its lists are too long"));
        }
        let items = parts.iter().filter_map(|part| part.items);
        let height = items.map(|items| self.heights.at(items)).max().unwrap_or(0);
        let left = DEEP.saturating_sub(place.depth);
        let fits = height < left && self.made < MANY;
        let usual = if self.dynamic {
            1 + self.random.index(3)
        } else {
            1
        };
        let usual = if fits { usual.max(prefixed) } else { 0 };
        // An empty list may be what a `not` asks for.
        let usual = if place.attempt % 4 == 3 { 0 } else { usual };
        Ok(Length {
            least,
            wanted: usual.clamp(least, most.max(least)),
            contained,
        })
    }
}

struct Length {
    least: usize,
    wanted: usize,
    /// How many of the items have to be as `contains` says.
    contained: usize,
}

/// The schemas of an item.
fn schemas_at(parts: &[&Schema], index: usize, contained: usize) -> Vec<SchemaId> {
    let mut schemas = Vec::new();
    for part in parts {
        let own = part.prefix_items.get(index).copied().or(part.items);
        let rest = match part.unevaluated_items {
            Additional::Schema(rest) if own.is_none() => Some(rest),
            _ => None,
        };
        schemas.extend(own.or(rest));
        schemas.extend(part.contains.filter(|_| index < contained));
    }
    schemas
}
