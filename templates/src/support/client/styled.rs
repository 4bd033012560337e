//! Parameters and forms that aren't scalars. Needs `encode.rs`, `request.rs`, `style.rs` of both sides, `text.rs` of the types.

use serde::Serialize;

use super::super::types::TextTree;
use super::{Request, Style, percent_encoded, push_percent_encoded};

/// Used by the functions of operations.
impl Request {
    /// Sets `{name}` in the path.
    pub(crate) fn path_styled(&mut self, name: &'static str, value: &impl Serialize, style: Style) {
        if let Some(text) = self.text(value) {
            if lone_separator(style).is_some() {
                self.refuse_separator(name, &text, style);
            }
            self.push_path_value(name, path(name, &text, style));
        }
    }

    /// Adds a parameter to the query.
    pub(crate) fn query_styled(&mut self, name: &str, value: &impl Serialize, style: Style) {
        if let Some(text) = self.text(value) {
            self.refuse_separator(name, &text, style);
            for (name, value) in query(name, &text, style, &percent_encoded) {
                self.push_query(&name, &value);
            }
        }
    }

    /// Adds a parameter to the query without encoding reserved characters.
    pub(crate) fn query_styled_reserved(
        &mut self,
        name: &str,
        value: &impl Serialize,
        style: Style,
    ) {
        if let Some(text) = self.text(value) {
            self.refuse_separator(name, &text, style);
            for (name, value) in query(name, &text, style, &reserved_kept) {
                self.push_query(&name, &value);
            }
        }
    }

    /// Adds `name=value` to the query without encoding reserved characters.
    pub(crate) fn query_reserved(&mut self, name: &str, value: impl super::ToParam) {
        self.push_query(name, &reserved_kept(&value.to_param()));
    }

    /// Adds or replaces a header.
    pub(crate) fn header_styled(&mut self, name: &str, value: &impl Serialize, style: Style) {
        if let Some(text) = self.text(value) {
            let value = match style {
                Style::Json => ascii(&text.to_json()),
                _ => {
                    self.refuse_separator(name, &text, style);
                    let separator = lone_separator(style).map_or(",", |(plain, _)| plain);
                    let exploded = style == Style::SimpleExploded;
                    joined(&text, separator, exploded, &str::to_owned)
                }
            };
            self.header(name, value);
        }
    }

    /// Adds one or several cookies.
    pub(crate) fn cookie_styled(&mut self, name: &str, value: &impl Serialize, style: Style) {
        if let Some(text) = self.text(value) {
            for (member, value) in query(name, &text, style, &percent_encoded) {
                // The parameter's name is known to be valid; names of members may be anything.
                if member == name {
                    self.push_encoded_cookie(name, &value);
                } else {
                    self.push_encoded_cookie(&percent_encoded(&member), &value);
                }
            }
        }
    }

    /// Sets the body as `application/x-www-form-urlencoded`. `encodings` are the properties with a style other than `FormExploded`. An
    /// object in that style is written as JSON, as its members would mix with the other properties.
    pub(crate) fn form(&mut self, body: &impl Serialize, encodings: &[(&str, Style)]) {
        let Some(text) = self.text(body) else {
            return;
        };
        let mut form = String::new();
        let members = match text {
            TextTree::Map(members) => members,
            TextTree::Null => Vec::new(),
            _ => return self.fail("a form has to be an object".to_owned(), None),
        };
        for (name, value) in members {
            let encoding = encodings.iter().find(|(known, _)| *known == name);
            let pairs = match encoding {
                None | Some((_, Style::FormExploded)) => property(&name, &value),
                Some((_, style)) => {
                    self.refuse_separator(&name, &value, *style);
                    query(&name, &value, *style, &percent_encoded)
                }
            };
            for (name, value) in pairs {
                if !form.is_empty() {
                    form.push('&');
                }
                push_percent_encoded(&mut form, &name);
                form.push('=');
                form.push_str(&value);
            }
        }
        self.body("application/x-www-form-urlencoded", form);
    }

    /// Rejects items and members that contain the separator of a style without encoding.
    fn refuse_separator(&mut self, name: &str, text: &TextTree, style: Style) {
        let separator = match style {
            // Headers aren't encoded.
            Style::Simple | Style::SimpleExploded => ",",
            style => match lone_separator(style) {
                Some((plain, _)) => plain,
                None => return,
            },
        };
        let texts = match text {
            TextTree::List(items) => present(items)
                .map(|item| leaf(item, &str::to_owned))
                .collect(),
            TextTree::Map(members) => members
                .iter()
                .flat_map(|(key, value)| [key.clone(), leaf(value, &str::to_owned)])
                .collect(),
            _ => Vec::new(),
        };
        self.refuse_within(name, separator, texts.into_iter());
    }

    /// The value as text; the request fails if it can't be converted.
    fn text(&mut self, value: &impl Serialize) -> Option<TextTree> {
        TextTree::of(value)
            .map_err(|error| {
                let message = "an argument can't be written as text".to_owned();
                self.fail(message, Some(error.into()));
            })
            .ok()
    }
}

/// Default style of a form property: a list is repeated for each item, an object is JSON (OpenAPI 3.1.1, section 4.8.15.1.1).
fn property(name: &str, value: &TextTree) -> Vec<(String, String)> {
    match value {
        TextTree::Map(_) => vec![(name.to_owned(), percent_encoded(&value.to_json()))],
        value => query(name, value, Style::FormExploded, &percent_encoded),
    }
}

/// The text of a path parameter.
fn path(name: &str, text: &TextTree, style: Style) -> String {
    let name = percent_encoded(name);
    match (style, text) {
        (Style::Json, _) => percent_encoded(&text.to_json()),
        (Style::Label, _) => format!(".{}", joined(text, ",", false, &percent_encoded)),
        // A dot in an item or a name is encoded, as here it is the separator. In the value of a member it does no harm, as no `=` follows.
        (Style::LabelExploded, TextTree::List(_)) => {
            format!(".{}", joined(text, ".", true, &dotless))
        }
        (Style::LabelExploded, TextTree::Map(members)) => members
            .iter()
            .filter(|(_, value)| *value != TextTree::Null)
            .map(|(key, value)| format!(".{}={}", dotless(key), leaf(value, &percent_encoded)))
            .collect(),
        (Style::LabelExploded, _) => format!(".{}", leaf(text, &percent_encoded)),
        (Style::MatrixExploded, TextTree::List(items)) => present(items)
            .map(|item| matrix(&name, &leaf(item, &percent_encoded)))
            .collect(),
        (Style::MatrixExploded, TextTree::Map(members)) => members
            .iter()
            .filter(|(_, value)| *value != TextTree::Null)
            .map(|(key, value)| matrix(&percent_encoded(key), &leaf(value, &percent_encoded)))
            .collect(),
        (Style::Matrix | Style::MatrixExploded, _) => {
            matrix(&name, &joined(text, ",", false, &percent_encoded))
        }
        (style, _) => {
            let separator = lone_separator(style).map_or(",", |(_, encoded)| encoded);
            joined(
                text,
                separator,
                style == Style::SimpleExploded,
                &percent_encoded,
            )
        }
    }
}

/// The separator, and its form in a URL, of styles that don't distinguish it from the same character within items.
fn lone_separator(style: Style) -> Option<(&'static str, &'static str)> {
    match style {
        Style::Space => Some((" ", "%20")),
        Style::Pipe => Some(("|", "%7C")),
        Style::Tab => Some(("\t", "%09")),
        _ => None,
    }
}

fn dotless(text: &str) -> String {
    percent_encoded(text).replace('.', "%2E")
}

/// `;name=value`; an empty value is written without `=`.
fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() {
        format!(";{name}")
    } else {
        format!(";{name}={value}")
    }
}

/// The name-value pairs of a query parameter; names aren't encoded yet, values are.
fn query(
    name: &str,
    text: &TextTree,
    style: Style,
    encode: &dyn Fn(&str) -> String,
) -> Vec<(String, String)> {
    let one = |value: String| vec![(name.to_owned(), value)];
    match (style, text) {
        (Style::Json, _) => one(encode(&text.to_json())),
        (_, TextTree::Null) => Vec::new(),
        (Style::DeepObject, _) => {
            let mut pairs = Vec::new();
            deep(name.to_owned(), text, encode, &mut pairs);
            pairs
        }
        (Style::FormExploded, TextTree::List(items)) => present(items)
            .map(|item| (name.to_owned(), leaf(item, encode)))
            .collect(),
        (Style::FormExploded, TextTree::Map(members)) => members
            .iter()
            .filter(|(_, value)| *value != TextTree::Null)
            .flat_map(|(key, value)| match value {
                TextTree::List(_) => query(key, value, style, encode),
                value => vec![(key.clone(), leaf(value, encode))],
            })
            .collect(),
        (style, _) => {
            let separator = lone_separator(style).map_or(",", |(_, encoded)| encoded);
            one(joined(text, separator, false, encode))
        }
    }
}

/// `name[a][0]=x`.
fn deep(
    name: String,
    text: &TextTree,
    encode: &dyn Fn(&str) -> String,
    pairs: &mut Vec<(String, String)>,
) {
    match text {
        TextTree::Null => {}
        TextTree::Leaf { text, .. } => pairs.push((name, encode(text))),
        TextTree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(format!("{name}[{index}]"), item, encode, pairs);
            }
        }
        TextTree::Map(members) => {
            for (key, value) in members {
                deep(format!("{name}[{key}]"), value, encode, pairs);
            }
        }
    }
}

/// Joins items, or names and values of members, with a separator that is not encoded.
fn joined(
    text: &TextTree,
    separator: &str,
    exploded: bool,
    encode: &dyn Fn(&str) -> String,
) -> String {
    let items: Vec<String> = match text {
        TextTree::List(items) => present(items).map(|item| leaf(item, encode)).collect(),
        TextTree::Map(members) => members
            .iter()
            .filter(|(_, value)| *value != TextTree::Null)
            .flat_map(|(key, value)| {
                let (key, value) = (encode(key), leaf(value, encode));
                if exploded {
                    vec![format!("{key}={value}")]
                } else {
                    vec![key, value]
                }
            })
            .collect(),
        text => return leaf(text, encode),
    };
    items.join(separator)
}

/// The items without `null`, which text can't express (RFC 6570, section 2.4.2).
fn present(items: &[TextTree]) -> impl Iterator<Item = &TextTree> {
    items.iter().filter(|item| **item != TextTree::Null)
}

/// Escapes non-ASCII characters of JSON, for a header.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            // Such characters only occur in strings.
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

fn leaf(text: &TextTree, encode: &dyn Fn(&str) -> String) -> String {
    encode(&text.to_value().unwrap_or_default())
}

/// Percent-encodes characters that would end a query value or aren't allowed in URLs; keeps other reserved characters (RFC 3986, section
/// 2.2) and text that is percent-encoded already.
fn reserved_kept(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        let is_encoded = *byte == b'%'
            && matches!(bytes.get(index + 1..index + 3), Some([a, b]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
        if is_encoded || b":/?[]@!$'()*,;=".contains(byte) {
            out.push(char::from(*byte));
        } else {
            push_percent_encoded_byte(&mut out, *byte);
        }
    }
    out
}

/// Appends a byte, percent-encoded unless it is unreserved.
fn push_percent_encoded_byte(out: &mut String, byte: u8) {
    super::push_percent_encoded_bytes(out, &[byte]);
}
