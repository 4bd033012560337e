//! Texts of the description, as a model may read them: data without what nobody sees. Needs no other file.

/// A text without hidden characters, of this many characters at most.
///
/// Hidden are control characters other than line breaks and tabs, those that change the order of text (UAX #9), and those without a width:
/// they would show a model what people who look at the same text don't see.
pub(crate) fn clean(text: &str, longest: usize) -> String {
    let mut shown = text.chars().filter(|c| !is_hidden(*c));
    let mut out: String = shown.by_ref().take(longest).collect();
    if shown.next().is_some() {
        out.pop();
        out.push('…');
    }
    out
}

fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
