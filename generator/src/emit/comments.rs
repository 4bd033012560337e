//! Documentation, kept out of tokens: it would be most of them, to be taken apart as literals and attributes and put together again.
//!
//! In the place of each documentation stands a mark, `#[doc = "17"]`, which is printed as `///17`. Who prints asks for the lines.

use crate::plan::Doc;
use std::cell::RefCell;

thread_local! {
    /// What the marks stand for that were made on this thread since [`Docs::of`] began.
    static SAID: RefCell<Vec<Doc>> = const { RefCell::new(Vec::new()) };
}

/// The documentation in something that was made.
#[derive(Debug, Default)]
pub struct Docs(Vec<Doc>);

impl Docs {
    /// What `make` makes, and the documentation in it.
    pub fn of<T>(make: impl FnOnce() -> T) -> (T, Self) {
        let around = SAID.take();
        let value = make();
        (value, Self(SAID.replace(around)))
    }

    /// The lines that a mark stands for, without the marks of a comment; `None` for what isn't a mark.
    #[must_use]
    pub fn lines(&self, mark: &str) -> Option<impl Iterator<Item = &str>> {
        let doc = self.0.get(mark.parse::<usize>().ok()?)?;
        Some(doc.lines())
    }
}

/// A mark for a documentation. Other documentation in tokens begins with a space.
pub(super) fn mark(doc: &Doc) -> String {
    SAID.with_borrow_mut(|said| {
        said.push(doc.clone());
        (said.len() - 1).to_string()
    })
}

/// Appends a line of a comment, behind its indent.
pub fn line(words: &str, text: &mut String) {
    let words = words.trim_end_matches(' ');
    let space = if words.is_empty() { "" } else { " " };
    text.extend(["///", space, words, "\n"]);
}
