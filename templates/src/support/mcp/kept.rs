//! Results that were too long for one response, of which a model may read more. Needs no other file.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// The greatest number of results that are kept.
const MOST: usize = 16;

/// The greatest number of bytes that are kept, unless a single result has more.
const MOST_BYTES: usize = 64 << 20;

/// The last results that were cut.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<Results>);

#[derive(Debug, Default)]
struct Results {
    last: u64,
    all: VecDeque<Cut>,
}

#[derive(Debug)]
struct Cut {
    number: u64,
    /// Who may read it: the caller with this token, or all if the program has one credential for all.
    caller: Option<String>,
    text: String,
}

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Where in the text what follows begins, in bytes; `None` if nothing does.
    pub(crate) next: Option<usize>,
}

impl Kept {
    /// Keeps a text for a caller, and returns its number.
    pub(crate) fn keep(&self, caller: Option<&str>, text: String) -> u64 {
        let mut results = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        results.last += 1;
        let number = results.last;
        results.all.push_back(Cut {
            number,
            caller: caller.map(str::to_owned),
            text,
        });
        let mut bytes: usize = results.all.iter().map(|one| one.text.len()).sum();
        while results.all.len() > MOST || (bytes > MOST_BYTES && results.all.len() > 1) {
            let oldest = results.all.pop_front();
            bytes -= oldest.map_or(0, |one| one.text.len());
        }
        number
    }

    /// The piece of a caller's text at a place, of this many characters; `None` if the text isn't kept any more.
    pub(crate) fn piece(
        &self,
        caller: Option<&str>,
        number: u64,
        offset: usize,
        longest: usize,
    ) -> Option<Piece> {
        let results = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = results.all.iter();
        let found = all.find(|one| one.number == number && one.caller.as_deref() == caller)?;
        Some(piece(&found.text, offset, longest))
    }
}

/// The piece of a text at a place, of this many characters at most.
pub(crate) fn piece(text: &str, offset: usize, longest: usize) -> Piece {
    let mut places = offset.min(text.len())..=text.len();
    let begin = places.find(|at| text.is_char_boundary(*at));
    let begin = begin.unwrap_or(text.len());
    let rest = text.get(begin..).unwrap_or_default();
    let end = rest.char_indices().nth(longest).map(|(at, _)| begin + at);
    Piece {
        text: text
            .get(begin..end.unwrap_or(text.len()))
            .unwrap_or_default()
            .to_owned(),
        next: end,
    }
}
