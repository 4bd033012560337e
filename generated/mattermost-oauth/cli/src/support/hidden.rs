//! Characters that nobody sees, in text that isn't trusted. Needs no other file. Clients, servers, command lines and tools have a copy each.

/// Whether a character has an effect other than being shown: control characters, line and paragraph separators, and characters that change
/// the direction of text (Unicode Standard Annex #9, section 2).
pub(crate) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character [steers] or has no width. Scripts and emoji need some of those, so that only text for machines should lack them.
pub(crate) fn is_hidden(c: char) -> bool {
    steers(c)
        || matches!(c,
            '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
