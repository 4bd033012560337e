//! The older syntax of regular expressions (ECMA-262, annex B.1.2), which many descriptions use: `\,`, `[\w-.]`, a single brace.

use std::iter::Peekable;
use std::str::Chars;

/// Rewrites a pattern in the stricter syntax; `None` if it probably means something in another language: `\A`, `\z`, `{,3}`.
pub(super) fn rewritten(pattern: &str) -> Option<String> {
    let mut written = String::new();
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => written.push_str(&escape(&mut rest, false)?.text),
            '[' => class(&mut rest, &mut written)?,
            '{' if rest.peek() == Some(&',') => return None,
            '{' if !is_count(rest.clone()) => written.push_str(r"\{"),
            '{' => {
                written.push('{');
                written.extend(rest.by_ref().take_while(|c| *c != '}'));
                written.push('}');
            }
            '}' | ']' => written.extend(['\\', c]),
            c => written.push(c),
        }
    }
    Some(written)
}

/// Whether the text after `{` makes it a quantifier: `{2}`, `{2,}`, `{2,3}`.
fn is_count(mut rest: Peekable<Chars<'_>>) -> bool {
    let has_min = rest.peek().is_some_and(char::is_ascii_digit);
    while rest.next_if(char::is_ascii_digit).is_some() {}
    if rest.next_if_eq(&',').is_some() {
        while rest.next_if(char::is_ascii_digit).is_some() {}
    }
    has_min && rest.next() == Some('}')
}

/// A character of a class, or an escape, in the stricter syntax.
struct Atom {
    text: String,
    /// Whether it stands for several characters, such as `\w`.
    is_set: bool,
}

/// The rest of a class: `a-z\-_]`. A `-` next to a set is a literal.
fn class(rest: &mut Peekable<Chars<'_>>, written: &mut String) -> Option<()> {
    written.push('[');
    written.extend(rest.next_if_eq(&'^'));
    loop {
        if rest.next_if_eq(&']').is_some() {
            written.push(']');
            return Some(());
        }
        let first = atom(rest)?;
        written.push_str(&first.text);
        let mut behind = rest.clone();
        if behind.next() != Some('-') || behind.peek() == Some(&']') {
            continue;
        }
        *rest = behind;
        let last = atom(rest)?;
        let is_range = !first.is_set && !last.is_set;
        written.push_str(if is_range { "-" } else { r"\-" });
        written.push_str(&last.text);
    }
}

fn atom(rest: &mut Peekable<Chars<'_>>) -> Option<Atom> {
    match rest.next()? {
        '\\' => escape(rest, true),
        c => Some(Atom {
            text: c.to_string(),
            is_set: false,
        }),
    }
}

/// The character or escape after a backslash.
fn escape(rest: &mut Peekable<Chars<'_>>, in_class: bool) -> Option<Atom> {
    let c = rest.next()?;
    let mut text = format!("\\{c}");
    match c {
        'B' if in_class => return None,
        'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'b' | 'B' | 'f' | 'n' | 'r' | 't' | 'v' | '0'..='9' => {
        }
        'p' | 'P' | 'u' if rest.peek() == Some(&'{') => {
            text.extend(rest.by_ref().take_while(|c| *c != '}'));
            text.push('}');
        }
        'k' if rest.peek() == Some(&'<') && !in_class => {
            text.extend(rest.by_ref().take_while(|c| *c != '>'));
            text.push('>');
        }
        'x' => text.extend(rest.by_ref().take(2)),
        'u' => text.extend(rest.by_ref().take(4)),
        'c' => text.push(rest.next()?),
        c if c.is_ascii_alphabetic() => return None,
        c if (c == '-' && in_class) || r"^$\.*+?()[]{}|/".contains(c) => {}
        // Any other character stands for itself.
        c => text = c.to_string(),
    }
    Some(Atom {
        is_set: "dDwWsSpP".contains(c),
        text,
    })
}
