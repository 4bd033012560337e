//! `format: uri`. Needs `param.rs`, `string_enum.rs`, `validate.rs`.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::net::Ipv6Addr;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FromParam, ToParam, Validate, Validator, string_enum};

/// A URI (RFC 3986), kept exactly as it was written.
///
/// Reading takes any string: servers send empty strings and relative references where their description promises
/// a URI, and one of them shouldn't make the whole answer unreadable. [`Validate`] says whether it is a URI.
/// Nothing is normalised, as the redirect URIs of OAuth are compared character by character (RFC 6749,
/// section 3.1.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Uri(String);

impl Uri {
    /// The URI as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The string inside.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// Whether this is a URI with a scheme, as RFC 3986 (section 3) has it.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        is_uri(&self.0)
    }
}

impl From<&str> for Uri {
    fn from(uri: &str) -> Self {
        Self(uri.to_owned())
    }
}

impl From<String> for Uri {
    fn from(uri: String) -> Self {
        Self(uri)
    }
}

impl From<Uri> for String {
    fn from(uri: Uri) -> Self {
        uri.0
    }
}

impl FromStr for Uri {
    type Err = Infallible;

    fn from_str(uri: &str) -> Result<Self, Infallible> {
        Ok(uri.into())
    }
}

impl Deref for Uri {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Uri {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Uri {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Uri {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Uri {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Uri {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        string_enum::read(from)
    }
}

impl Validate for Uri {
    fn validate_at(&self, v: &mut Validator) {
        if !self.is_valid() {
            v.violation("must be a URI");
        }
    }
}

impl ToParam for Uri {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

impl FromParam for Uri {
    fn from_param(text: &str) -> Result<Self, &'static str> {
        Ok(text.into())
    }
}

/// RFC 3986, section 3: `scheme ":" hier-part [ "?" query ] [ "#" fragment ]`.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (hierarchy, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path_is_valid = match hierarchy.strip_prefix("//") {
        Some(authority_and_path) => {
            let (authority, path) = authority_and_path.split_at(
                authority_and_path
                    .find('/')
                    .unwrap_or(authority_and_path.len()),
            );
            is_authority(authority) && consists_of(path, ":@/")
        }
        None => consists_of(hierarchy, ":@/"),
    };
    is_scheme(scheme)
        && path_is_valid
        && consists_of(query, ":@/?")
        && consists_of(fragment, ":@/?")
}

/// Section 3.1: a letter, then letters, digits, `+`, `-`, `.`.
fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// Section 3.2: `[ userinfo "@" ] host [ ":" port ]`.
fn is_authority(authority: &str) -> bool {
    let (user, host_and_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host_is_valid, port) = match host_and_port
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((literal, after)) => (is_ip_literal(literal), after),
        None => {
            let (host, port) =
                host_and_port.split_at(host_and_port.find(':').unwrap_or(host_and_port.len()));
            (consists_of(host, ""), port)
        }
    };
    let port_is_valid = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()));
    consists_of(user, ":") && host_is_valid && port_is_valid
}

/// Section 3.2.2: an IPv6 address, or `v`, hexadecimal digits, `.` and a later form.
fn is_ip_literal(literal: &str) -> bool {
    let is_future = || {
        let (version, address) = literal.strip_prefix(['v', 'V'])?.split_once('.')?;
        let hexadecimal = !version.is_empty() && version.bytes().all(|b| b.is_ascii_hexdigit());
        Some(
            hexadecimal
                && !address.is_empty()
                && !address.contains('%')
                && consists_of(address, ":"),
        )
    };
    literal.parse::<Ipv6Addr>().is_ok() || is_future().unwrap_or(false)
}

/// Whether a text consists of unreserved characters, sub-delimiters, percent-encoded bytes and what is allowed besides.
fn consists_of(text: &str, besides: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(index, byte)| match byte {
        b'%' => bytes
            .get(index + 1..index + 3)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        byte if byte.is_ascii_alphanumeric() => true,
        byte => b"-._~!$&'()*+,;=".contains(byte) || besides.as_bytes().contains(byte),
    })
}
