//! Formats without a type of their own (JSON Schema Validation, section 7.3). Needs `clock.rs`, `rfc3986.rs`, `validate.rs`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Validator, clock, rfc3986};

macro_rules! grammars {
    ($($name:ident: $format:literal, $expectation:literal, $accepts:expr;)*) => {
        /// Formats without a type of their own (section 7.3).
        impl Validator {
            $(
                #[doc = concat!("`format: ", $format, "`")]
                pub fn $name(&mut self, value: &str) {
                    let accepts: fn(&str) -> bool = $accepts;
                    if !accepts(value) {
                        self.violation($expectation);
                    }
                }
            )*
        }
    };
}

grammars! {
    email: "email", "must be an email address", |text| text.is_ascii() && is_email(text);
    idn_email: "idn-email", "must be an email address", is_email;
    hostname: "hostname", "must be a host name", |text| text.is_ascii() && is_hostname(text);
    idn_hostname: "idn-hostname", "must be a host name", is_hostname;
    ip: "ip", "must be an IP address", |text| text.parse::<IpAddr>().is_ok();
    ipv4: "ipv4", "must be an IPv4 address", |text| text.parse::<Ipv4Addr>().is_ok();
    ipv6: "ipv6", "must be an IPv6 address", |text| text.parse::<Ipv6Addr>().is_ok();
    uri_reference: "uri-reference", "must be a URI or a relative reference", rfc3986::is_uri_reference;
    iri: "iri", "must be an IRI", rfc3986::is_iri;
    iri_reference: "iri-reference", "must be an IRI or a relative reference", rfc3986::is_iri_reference;
    uri_template: "uri-template", "must be a URI template", is_uri_template;
    json_pointer: "json-pointer", "must be a JSON pointer", is_json_pointer;
    relative_json_pointer: "relative-json-pointer", "must be a relative JSON pointer", is_relative_json_pointer;
    local_date_time: "date-time-local", "must be a date and time, as in 2024-02-29T23:59:59", clock::is_local_date_time;
    local_time: "time-local", "must be a time, as in 23:59:59", clock::is_local_time;
}

/// The outline of RFC 5321, section 4.1.2: a local part, `@`, and a domain or an address in brackets. Whether the mailbox exists can't be
/// checked.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
    let is_dotted = || {
        local.split('.').all(|atom| {
            !atom.is_empty()
                && atom.chars().all(|c| {
                    c.is_alphanumeric() || !c.is_ascii() || "!#$%&'*+-/=?^_`{|}~".contains(c)
                })
        })
    };
    let is_literal = domain.starts_with('[') && domain.ends_with(']');
    (is_quoted || is_dotted()) && (is_literal || is_hostname(domain))
}

/// RFC 1123, section 2.1: labels of letters, digits and `-`. Letters of all scripts are accepted.
fn is_hostname(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    text.len() <= 253
        && text
            .split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'])
            .all(|label| {
                (1..=63).contains(&label.chars().count())
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii())
            })
}

/// RFC 6570, section 2: braces are balanced and not empty.
fn is_uri_template(text: &str) -> bool {
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((expression, after)) = after.split_once('}') else {
            return false;
        };
        if literal.contains('}') || expression.is_empty() || expression.contains(['{', ' ']) {
            return false;
        }
        rest = after;
    }
    !rest.contains('}') && !text.contains([' ', '"', '<', '>', '\\', '^', '`', '|'])
}

/// RFC 6901, section 3.
fn is_json_pointer(text: &str) -> bool {
    let escapes_are_valid = text
        .split('~')
        .skip(1)
        .all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes_are_valid
}

/// A number without leading zeros, followed by `#` or a JSON pointer.
fn is_relative_json_pointer(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    let is_number = number == "0" || !(number.is_empty() || number.starts_with('0'));
    is_number && (rest == "#" || is_json_pointer(rest))
}
