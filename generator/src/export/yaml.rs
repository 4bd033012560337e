//! JSON values as YAML 1.2 in block style, so written that readers of YAML 1.1 take it for the same: what they would take for a date, a
//! flag or a number in another base is in quotes.

use serde_json::Value as Json;
use std::fmt::Write as _;

/// Columns of the indentation of a level.
const INDENT: usize = 2;

/// A value as a YAML document.
pub(super) fn text(value: &Json) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// A value that begins where `out` ends; what doesn't fit there goes to lines of their own, this many columns in.
fn block(value: &Json, indent: usize, out: &mut String) {
    match value {
        Json::Object(members) if !members.is_empty() => {
            for (number, (key, member)) in members.iter().enumerate() {
                if number > 0 {
                    line(indent, out);
                }
                scalar(key, out);
                out.push(':');
                member_value(member, indent, out);
            }
        }
        Json::Array(items) if !items.is_empty() => {
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    line(indent, out);
                }
                out.push_str("- ");
                block(item, indent + INDENT, out);
            }
        }
        Json::String(text) => string(text, indent, out),
        other => out.push_str(&other.to_string()),
    }
}

/// What stands behind `key:`.
fn member_value(value: &Json, indent: usize, out: &mut String) {
    match value {
        Json::Object(members) if !members.is_empty() => {
            line(indent + INDENT, out);
            block(value, indent + INDENT, out);
        }
        // The items of a list may stand below its key, as most people write it.
        Json::Array(items) if !items.is_empty() => {
            line(indent, out);
            block(value, indent, out);
        }
        _ => {
            out.push(' ');
            block(value, indent + INDENT, out);
        }
    }
}

fn line(indent: usize, out: &mut String) {
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A text of several lines as a literal block, where one can hold it.
fn string(text: &str, indent: usize, out: &mut String) {
    let body = text.trim_end_matches('\n');
    if !text.contains('\n') || !is_literal(body) {
        return scalar(text, out);
    }
    let ends = text.len() - body.len();
    out.push_str(match ends {
        0 => "|-",
        1 => "|",
        _ => "|+",
    });
    // At the top of a document there is no indentation to go by.
    let indent = indent.max(INDENT);
    for words in body.split('\n') {
        out.push('\n');
        if !words.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(words);
        }
    }
    out.extend(std::iter::repeat_n('\n', ends.max(1)));
}

/// Whether a literal block says a text as it is: it begins with something that shows how far it is indented, and every character is
/// one that YAML prints.
fn is_literal(text: &str) -> bool {
    let begins = text.chars().next();
    begins.is_some_and(|first| !first.is_whitespace())
        && text
            .chars()
            .all(|c| c == '\n' || c == '\t' || is_printable(c))
}

/// Whether a character is there to see, and means no more than itself in a text.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn scalar(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
    } else if text.chars().all(is_printable) && (text.contains('\\') || text.contains('"')) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        quoted(text, out);
    }
}

/// A text in double quotes, in which JSON's escapes mean the same.
fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c => {
                let mut units = [0; 2];
                // Beyond the first plane all are printable.
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a String can't fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// Whether a text needs no quotes, in any version of YAML.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    // Numbers, dates, `.inf`, `-`, `=` and the like begin with something else.
    let begins = first.is_alphabetic() || first == '/' || first == '_' || first == '$';
    begins
        && text.chars().all(|c| is_printable(c) && c != '\u{a0}')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([' ', ':'])
        && !is_word(text)
}

/// Words that mean something else than themselves: flags and null, as YAML 1.1 has them too.
fn is_word(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    let lower = text.to_ascii_lowercase();
    words.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_reader_could_take_for_something_else_is_in_quotes() {
        let texts = [
            "2016-10-06",
            "1.0",
            "0o17",
            "0x1f",
            "1_000",
            "12:30:45",
            "yes",
            "No",
            "~",
            "",
            "=",
            "<<",
            "-",
            "- a",
            "a: b",
            "a #b",
            "a ",
            "#a",
            "*a",
            "&a",
            "null",
            ".inf",
            "1e3",
            "true",
            "y",
            "?",
            ": a",
            "a:",
            "[a]",
            "{a}",
            "%a",
            "@a",
            "`a",
            "\u{feff}a",
            "a\u{85}b",
            "\u{202e}a",
        ];
        for one in texts {
            let text = text(&json!({"a": one}));
            let value = text.strip_prefix("a: ").unwrap().trim_end();
            assert!(
                value.starts_with(['"', '\'']),
                "{one:?} is written as {value}"
            );
            assert_eq!(read(&text), json!({"a": one}), "{text}");
        }
    }

    #[test]
    fn every_value_reads_as_what_it_was() {
        let values = [
            json!({"a": {"b": [1, {"c": []}, [[2], {}]], "d": null}, "e": true}),
            json!({"text": "a\nb\n", "cut": "a\n  b\n\nc", "kept": "a\n\n\n", "odd": " a\nb", "tab": "a\tb\nc", "cr": "a\r\nb"}),
            json!({"plain": "/pets/{id}", "ref": "#/a", "it's": "it's \"quoted\" \\ so", "$ref": "x"}),
            json!(["a\nb", "", -1.5e300, u64::MAX]),
            json!("a\nb"),
            json!([]),
            json!({}),
        ];
        for value in values {
            assert_eq!(read(&text(&value)), value, "{}", text(&value));
        }
    }

    fn read(text: &str) -> Json {
        serde_yaml::from_str(text).unwrap()
    }
}
