//! The grammar of URIs (RFC 3986), URI references, and IRIs (RFC 3987). Needs no other file.

use std::net::Ipv6Addr;

/// The characters that are allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Characters {
    /// RFC 3986: ASCII.
    Uri,
    /// RFC 3987: also characters beyond ASCII.
    Iri,
}

/// Whether a text is a URI, which has a scheme.
pub(crate) fn is_uri(text: &str) -> bool {
    is_absolute(text, Characters::Uri)
}

/// Whether a text is a URI or a relative reference (section 4.1).
pub(crate) fn is_uri_reference(text: &str) -> bool {
    is_absolute(text, Characters::Uri) || is_relative(text, Characters::Uri)
}

/// Whether a text is an IRI, which has a scheme.
pub(crate) fn is_iri(text: &str) -> bool {
    is_absolute(text, Characters::Iri)
}

/// Whether a text is an IRI or a relative reference.
pub(crate) fn is_iri_reference(text: &str) -> bool {
    is_absolute(text, Characters::Iri) || is_relative(text, Characters::Iri)
}

/// Section 3: `scheme ":" hier-part [ "?" query ] [ "#" fragment ]`.
fn is_absolute(text: &str, of: Characters) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    is_scheme(scheme) && is_rest(rest, of)
}

/// Section 4.2: `relative-part [ "?" query ] [ "#" fragment ]`. The first segment can't contain a colon, which would make it a scheme.
fn is_relative(text: &str, of: Characters) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    !first.contains(':') && is_rest(text, of)
}

/// What follows the scheme: authority, path, query and fragment.
fn is_rest(rest: &str, of: Characters) -> bool {
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (hierarchy, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path_is_valid = match hierarchy.strip_prefix("//") {
        Some(authority_and_path) => {
            let end = authority_and_path.find('/');
            let (authority, path) =
                authority_and_path.split_at(end.unwrap_or(authority_and_path.len()));
            is_authority(authority, of) && consists_of(path, ":@/", of)
        }
        None => consists_of(hierarchy, ":@/", of),
    };
    path_is_valid && consists_of(query, ":@/?", of) && consists_of(fragment, ":@/?", of)
}

/// Section 3.1: a letter, then letters, digits, `+`, `-`, `.`.
fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// Section 3.2: `[ userinfo "@" ] host [ ":" port ]`.
fn is_authority(authority: &str, of: Characters) -> bool {
    let (user, host_and_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host_is_valid, port) = match host_and_port
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((literal, after)) => (is_ip_literal(literal), after),
        None => {
            let (host, port) =
                host_and_port.split_at(host_and_port.find(':').unwrap_or(host_and_port.len()));
            (consists_of(host, "", of), port)
        }
    };
    let port_is_valid = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()));
    consists_of(user, ":", of) && host_is_valid && port_is_valid
}

/// Section 3.2.2: an IPv6 address, or `v`, hexadecimal digits, `.` and an address of a future version.
fn is_ip_literal(literal: &str) -> bool {
    let is_future = || {
        let (version, address) = literal.strip_prefix(['v', 'V'])?.split_once('.')?;
        let hexadecimal = !version.is_empty() && version.bytes().all(|b| b.is_ascii_hexdigit());
        Some(
            hexadecimal
                && !address.is_empty()
                && !address.contains('%')
                && consists_of(address, ":", Characters::Uri),
        )
    };
    literal.parse::<Ipv6Addr>().is_ok() || is_future().unwrap_or(false)
}

/// Whether a text consists of unreserved characters, sub-delimiters, percent-encoded bytes and the characters in `besides`.
fn consists_of(text: &str, besides: &str, of: Characters) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(index, byte)| match byte {
        b'%' => bytes
            .get(index + 1..index + 3)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        byte if byte.is_ascii_alphanumeric() => true,
        byte if !byte.is_ascii() => of == Characters::Iri,
        byte => b"-._~!$&'()*+,;=".contains(byte) || besides.as_bytes().contains(byte),
    })
}
