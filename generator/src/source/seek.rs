//! Finds positions with the parser that read the value.
//!
//! `serde_yaml` accepts some texts that the position-aware parser rejects (a quoted string whose next line isn't indented enough). It has
//! positions only in errors, so the file is read once more and an error is raised at the wanted place. This is slower than an outline, so
//! it is only the fallback.

use super::Position;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// Position of the key or value at the end of `tokens`, and the length of its part on the first line; falls back to the nearest enclosing
/// value. Mappings, lists and empty values are marked at their key.
pub(super) fn seek(text: &str, tokens: &[&str], key: bool) -> Option<(Position, usize)> {
    let scalar = Cell::new(false);
    let position = raise(
        text,
        Seek {
            tokens,
            key,
            scalar: &scalar,
        },
    )?;
    if !key && !scalar.get() && !tokens.is_empty() {
        return seek(text, tokens, true);
    }
    let line = text.lines().nth(position.line - 1).unwrap_or_default();
    let rest: String = line.chars().skip(position.column - 1).collect();
    let marked = if key {
        rest.split(": ")
            .next()
            .unwrap_or_default()
            .trim_end_matches(':')
    } else {
        rest.trim_end()
    };
    Some((position, marked.chars().count().max(1)))
}

/// Reads the first non-empty document and returns the position of the error.
fn raise(text: &str, seek: Seek<'_>) -> Option<Position> {
    let error = serde_yaml::Deserializer::from_str(text)
        .find_map(|document| seek.deserialize(document).err())?;
    let location = error.location()?;
    Some(Position {
        line: location.line(),
        column: location.column(),
    })
}

/// Descends to the wanted place and fails there.
#[derive(Clone, Copy)]
struct Seek<'t> {
    tokens: &'t [&'t str],
    /// Whether the last key is wanted rather than its value.
    key: bool,
    /// Set if the wanted value is a scalar, which can be marked itself.
    scalar: &'t Cell<bool>,
}

impl Seek<'_> {
    fn here<E: Error>(self) -> Result<(), E> {
        self.scalar.set(self.tokens.is_empty());
        Err(E::custom("here"))
    }
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.here()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.here()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.here()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.here()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.here()
    }

    /// An empty document is skipped.
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let wanted = self
            .tokens
            .first()
            .and_then(|token| token.parse::<usize>().ok());
        for _ in 0..wanted.unwrap_or(0) {
            if access.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
        }
        if wanted.is_some() {
            access.next_element_seed(Seek {
                tokens: &self.tokens[1..],
                ..self
            })?;
        }
        Err(A::Error::custom("the nearest"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Some((wanted, tokens)) = self.tokens.split_first() else {
            return Err(A::Error::custom("here"));
        };
        while let Some(found) = access.next_key_seed(Key {
            wanted,
            stop: self.key && tokens.is_empty(),
        })? {
            if found {
                access.next_value_seed(Seek { tokens, ..self })?;
                break;
            }
            access.next_value::<IgnoredAny>()?;
        }
        Err(A::Error::custom("the nearest"))
    }
}

/// Reads a key and compares it with the wanted one.
#[derive(Clone, Copy)]
struct Key<'t> {
    wanted: &'t str,
    /// Whether to fail at the wanted key.
    stop: bool,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        let found = key == self.wanted;
        if found && self.stop {
            Err(E::custom("here"))
        } else {
            Ok(found)
        }
    }
}
