//! The values in a path. Needs no other file.

use std::borrow::Cow;
use std::ops::Range;

/// The byte ranges of the values of path parameters in the path of a request.
#[derive(Debug, Clone, Default)]
#[doc(hidden)]
pub struct PathValues {
    /// Few paths have more, so nothing is allocated for most.
    first: [Range<usize>; 4],
    others: Vec<Range<usize>>,
    length: usize,
}

impl PathValues {
    /// The number of values.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The range of the value at `index`.
    pub fn get(&self, index: usize) -> Option<Range<usize>> {
        let place = match index.checked_sub(self.first.len()) {
            None => self.first.get(index),
            Some(index) => self.others.get(index),
        };
        place.filter(|_| index < self.length).cloned()
    }

    /// The ranges of all values.
    pub fn iter(&self) -> impl Iterator<Item = Range<usize>> {
        let all = self.first.iter().chain(&self.others);
        all.take(self.length).cloned()
    }

    pub(crate) fn push(&mut self, place: Range<usize>) {
        match self.first.get_mut(self.length) {
            Some(free) => *free = place,
            None => self.others.push(place),
        }
        self.length += 1;
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
        self.others
            .truncate(self.length.saturating_sub(self.first.len()));
    }
}

/// Compares the ranges of all values.
impl PartialEq for PathValues {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

/// The literal text before, between and after the parameters of a segment: `{a}-{b}.json` is `["", "-", ".json"]`.
pub(super) type Pattern = Vec<Cow<'static, str>>;

/// Adds the values in a segment at `offset` if it matches a pattern. Each has at least one character and is as short as possible.
pub(super) fn captured(
    pattern: &[Cow<'static, str>],
    segment: &str,
    offset: usize,
    values: &mut PathValues,
) -> bool {
    let units = Units::of(segment);
    let mut capture = |start: usize, end: usize| {
        values.push(offset + units.at(start)..offset + units.at(end));
        start < end
    };
    let Some((first, [between @ .., last])) = pattern.split_first() else {
        return false;
    };
    let Some(end) = units.len().checked_sub(last.len()) else {
        return false;
    };
    let mut start = first.len();
    if start > end || !units.stands(0, first) || !units.stands(end, last) {
        return false;
    }
    for literal in between {
        let Some(found) = units.find(start, end, literal) else {
            return false;
        };
        if !capture(start, found) {
            return false;
        }
        start = found + literal.len();
    }
    capture(start, end)
}

/// The bytes of a segment whose encoding is known to be valid.
enum Units<'s> {
    /// None is percent-encoded.
    Plain(&'s [u8]),
    /// The bytes with their offsets in the text, and the length of the text.
    Encoded(Vec<(u8, usize)>, usize),
}

impl<'s> Units<'s> {
    fn of(segment: &'s str) -> Self {
        if !segment.contains('%') {
            return Self::Plain(segment.as_bytes());
        }
        let mut units = Vec::with_capacity(segment.len());
        let mut at = 0;
        while let Some(&byte) = segment.as_bytes().get(at) {
            let decoded = segment
                .get(at + 1..at + 3)
                .and_then(|hex| u8::from_str_radix(hex, 16).ok())
                .filter(|_| byte == b'%');
            units.push((decoded.unwrap_or(byte), at));
            at += if decoded.is_some() { 3 } else { 1 };
        }
        Self::Encoded(units, segment.len())
    }

    fn len(&self) -> usize {
        match self {
            Self::Plain(bytes) => bytes.len(),
            Self::Encoded(units, _) => units.len(),
        }
    }

    fn byte(&self, index: usize) -> Option<u8> {
        match self {
            Self::Plain(bytes) => bytes.get(index).copied(),
            Self::Encoded(units, _) => units.get(index).map(|(byte, _)| *byte),
        }
    }

    /// The offset of a byte in the text.
    fn at(&self, index: usize) -> usize {
        match self {
            Self::Plain(_) => index,
            Self::Encoded(units, end) => units.get(index).map_or(*end, |(_, at)| *at),
        }
    }

    fn is_encoded(&self, index: usize) -> bool {
        self.at(index + 1) - self.at(index) > 1
    }

    fn stands(&self, at: usize, literal: &str) -> bool {
        let mut bytes = literal.bytes().enumerate();
        bytes.all(|(index, byte)| self.byte(at + index) == Some(byte))
    }

    /// Where a literal is between two values, after the first byte: as it is, or else percent-encoded. What is encoded is rather
    /// part of a value.
    fn find(&self, start: usize, end: usize, literal: &str) -> Option<usize> {
        let last = end.checked_sub(literal.len())?;
        let places = || {
            (start + 1..=last)
                .filter(|at| self.stands(*at, literal))
                // Nothing stands everywhere, also within a character.
                .filter(|at| self.byte(*at).is_none_or(|byte| byte & 0xC0 != 0x80))
        };
        let is_plain = |at: &usize| {
            let is_ascii = |index: usize| self.byte(index).is_some_and(|byte| byte.is_ascii());
            (*at..*at + literal.len()).all(|index| !self.is_encoded(index) || !is_ascii(index))
        };
        places().find(is_plain).or_else(|| places().next())
    }
}
