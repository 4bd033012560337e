//! Where a value stands, asked of the parser that read it.
//!
//! `serde_yaml` reads some texts that the position-aware parser gives up on (a quoted text whose next line isn't
//! indented enough). It tells positions only in errors, so the file is read once more and an error is raised at the
//! wanted place. Slower than an outline: used only for what the outline doesn't have.

use super::Position;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// The place of the key or value at the end of `tokens` and the length of what stands there on its line; the nearest
/// place around it if there is none. A value that is a mapping, a list or nothing is marked at its key.
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

/// Reads the first document that holds anything, and tells where the error was.
fn raise(text: &str, seek: Seek<'_>) -> Option<Position> {
    let error = serde_yaml::Deserializer::from_str(text)
        .find_map(|document| seek.deserialize(document).err())?;
    let location = error.location()?;
    Some(Position {
        line: location.line(),
        column: location.column(),
    })
}

/// Goes down to the wanted place and fails there.
#[derive(Clone, Copy)]
struct Seek<'t> {
    tokens: &'t [&'t str],
    /// Whether the last key is wanted, not what it stands for.
    key: bool,
    /// Set where the wanted value is one that can be marked itself.
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

    /// An empty document is passed over.
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

/// Reads a key: whether it is the wanted one.
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
