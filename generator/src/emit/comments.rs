//! Keeps documentation out of tokens. It would be most of them, and would be parsed and printed as literals and attributes.
//!
//! Each documentation is replaced by a mark, `#[doc = "17"]`, which is printed as `///17`. Printing then looks up the lines.

use crate::plan::Doc;
use std::cell::RefCell;

thread_local! {
    /// The documentation behind the marks made on this thread since [`Docs::of`] began.
    static SAID: RefCell<Vec<Doc>> = const { RefCell::new(Vec::new()) };
}

/// The documentation of some tokens.
#[derive(Debug, Default)]
pub struct Docs(Vec<Doc>);

impl Docs {
    /// Calls `make`, and returns its result with the documentation in it.
    pub fn of<T>(make: impl FnOnce() -> T) -> (T, Self) {
        let around = SAID.take();
        let value = make();
        (value, Self(SAID.replace(around)))
    }

    /// The lines behind a mark, without comment marks; `None` if it isn't a mark.
    #[must_use]
    pub fn lines(&self, mark: &str) -> Option<impl Iterator<Item = &str>> {
        let doc = self.0.get(mark.parse::<usize>().ok()?)?;
        Some(doc.lines())
    }
}

/// Creates a mark for a documentation. Other documentation in tokens begins with a space.
pub(super) fn mark(doc: &Doc) -> String {
    SAID.with_borrow_mut(|said| {
        said.push(doc.clone());
        (said.len() - 1).to_string()
    })
}

/// Appends a line of a doc comment after its indentation.
pub fn line(words: &str, text: &mut String) {
    let words = words.trim_end_matches(' ');
    let space = if words.is_empty() { "" } else { " " };
    text.extend(["///", space, words, "\n"]);
}
