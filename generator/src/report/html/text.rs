//! Text in HTML. Everything of a description goes through here, so that it is shown and never does anything.

use crate::diag::render::printable;

/// A text for content and quoted attributes of HTML and SVG.
pub(super) fn escape(text: &str) -> String {
    let text = printable(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Text with code spans in backticks.
pub(super) fn with_code(text: &str) -> String {
    let mut out = String::new();
    for (number, part) in text.split('`').enumerate() {
        let part = escape(part);
        let is_code = number % 2 == 1;
        out.extend(if is_code {
            ["<code>", &part, "</code>"]
        } else {
            ["", &part, ""]
        });
    }
    out
}

/// JSON for an element `script`, whose end nothing in it may look like.
pub(super) fn json(value: &serde_json::Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
}

/// A digest in hexadecimal as base64 (RFC 4648, section 4), as a Content-Security-Policy has it.
pub(super) fn base64(hex: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = hex.chars().filter_map(|c| c.to_digit(16));
    let bits: Vec<u32> = digits
        .flat_map(|digit| (0..4).rev().map(move |at| digit >> at & 1))
        .collect();
    let mut out: String = bits
        .chunks(6)
        .map(|six| {
            let value = (0..6).fold(0, |value, at| {
                value << 1 | six.get(at).copied().unwrap_or(0)
            });
            char::from(LETTERS[value as usize])
        })
        .collect();
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        assert_eq!(
            escape("<a b='\"'>&\u{202e}"),
            "&lt;a b=&#39;&quot;&#39;&gt;&amp;\\u{202e}"
        );
        assert_eq!(
            with_code("`<b>` is `x"),
            "<code>&lt;b&gt;</code> is <code>x</code>"
        );
        assert_eq!(
            json(&serde_json::json!("</script><!--")),
            "\"\\u003c/script>\\u003c!--\""
        );
    }

    /// Test vectors of RFC 4648, section 10.
    #[test]
    fn base64_is_that_of_the_rfc() {
        for (hex, text) in [
            ("66", "Zg=="),
            ("666f", "Zm8="),
            ("666f6f", "Zm9v"),
            ("666f6f626172", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(hex), text);
        }
    }
}
