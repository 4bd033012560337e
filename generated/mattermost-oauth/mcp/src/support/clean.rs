//! Texts of the description, as a model may read them: data without what nobody sees. Needs `hidden.rs`.

use super::is_hidden;

/// A text without hidden characters other than line breaks and tabs, of this many characters at most.
///
/// They would show a model what people who look at the same text don't see.
pub(crate) fn clean(text: &str, longest: usize) -> String {
    let mut shown = text
        .chars()
        .filter(|c| !is_hidden(*c) || matches!(c, '\n' | '\t'));
    let mut out: String = shown.by_ref().take(longest).collect();
    if shown.next().is_some() {
        out.pop();
        out.push('…');
    }
    out
}
