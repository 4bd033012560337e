//! `format` and `contentEncoding` → what is known of a number or a text.

use crate::document::{Bound, Schema};
use crate::ir::{Bounds, Grammar, IntegerFormat, NumberFormat, StringFormat};
use serde_json::{Number, Value};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a string of a schema stands for.
pub(super) fn string_format(schema: &Schema) -> StringFormat {
    let encoding = schema.content_encoding.as_deref();
    if encoding.is_some_and(|encoding| {
        ["base64", "base64url"]
            .iter()
            .any(|known| encoding.eq_ignore_ascii_case(known))
    }) {
        return StringFormat::Base64;
    }
    match schema.format.as_deref() {
        Some(format) => named(format),
        None => StringFormat::Plain,
    }
}

/// Whether a schema has a format, in any of its spellings.
pub(super) fn is_called(schema: &Schema, format: &str) -> bool {
    let stated = schema.format.as_deref();
    stated.is_some_and(|stated| stated.eq_ignore_ascii_case(format)) || {
        let meant = named(format);
        !matches!(meant, StringFormat::Other(_)) && string_format(schema) == meant
    }
}

/// What a string of a format stands for.
fn named(format: &str) -> StringFormat {
    match &*format.to_ascii_lowercase().replace('_', "-") {
        "uri" | "url" => StringFormat::Uri,
        "date-time" | "datetime" | "rfc3339" => StringFormat::DateTime,
        "date" | "full-date" => StringFormat::Date,
        "time" | "full-time" => StringFormat::Time,
        "duration" => StringFormat::Duration,
        "uuid" | "guid" | "uuid1" | "uuid3" | "uuid4" | "uuid5" | "uuid6" | "uuid7" => {
            StringFormat::Uuid
        }
        "byte" | "base64" | "base64url" => StringFormat::Base64,
        "decimal" | "big-decimal" | "bigdecimal" => StringFormat::Decimal,
        lower => grammar(lower).map_or_else(
            || StringFormat::Other(format.to_owned()),
            StringFormat::Grammar,
        ),
    }
}

fn grammar(format: &str) -> Option<Grammar> {
    Some(match format {
        "email" => Grammar::Email,
        "idn-email" => Grammar::IdnEmail,
        "hostname" | "host-name" => Grammar::Hostname,
        "idn-hostname" => Grammar::IdnHostname,
        "ip" | "ip-address" | "ipaddress" | "ipvanyaddress" => Grammar::Ip,
        "ipv4" => Grammar::Ipv4,
        "ipv6" => Grammar::Ipv6,
        "uri-reference" | "uriref" | "url-reference" => Grammar::UriReference,
        "iri" => Grammar::Iri,
        "iri-reference" => Grammar::IriReference,
        "uri-template" => Grammar::UriTemplate,
        "json-pointer" => Grammar::JsonPointer,
        "relative-json-pointer" => Grammar::RelativeJsonPointer,
        "date-time-local" => Grammar::LocalDateTime,
        "time-local" => Grammar::LocalTime,
        "regex" => Grammar::Regex,
        _ => return None,
    })
}

/// Whether a format is known to constrain nothing that a text could be checked for: the rest of OpenAPI's registry, and what is
/// about another type of value.
pub(super) fn is_free(format: &str) -> bool {
    let format = format.to_ascii_lowercase();
    matches!(
        &*format,
        "" | "string"
            | "text"
            | "binary"
            | "password"
            | "char"
            | "html"
            | "markdown"
            | "commonmark"
            | "media-range"
            | "http-date"
            | "date-time-http"
            | "decimal128"
            | "double"
            | "double-int"
            | "float"
            | "integer"
            | "number"
            | "sf-binary"
            | "sf-boolean"
            | "sf-decimal"
            | "sf-integer"
            | "sf-string"
            | "sf-token"
    ) || width(&format).is_some()
}

/// The least and the greatest integer of a format.
fn width(format: &str) -> Option<(i128, i128)> {
    Some(match &*format.to_ascii_lowercase() {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" | "short" => (i16::MIN.into(), i16::MAX.into()),
        "int32" | "int" => (i32::MIN.into(), i32::MAX.into()),
        "int64" | "long" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" | "uint" | "unsignedint" => (0, u32::MAX.into()),
        "uint64" | "unsignedlong" | "unsigned" => (0, u64::MAX.into()),
        _ => return None,
    })
}

/// Whether a format is about integers.
pub(super) fn is_integer(format: &str) -> bool {
    width(format).is_some()
}

/// The width of a schema's integers, and their bounds: those of a narrow format where none are stated.
///
/// A format that can't hold a bound or a value that the schema names is not believed.
pub(super) fn integer(schema: &Schema) -> (IntegerFormat, Bounds) {
    let mut bounds = bounds(schema);
    let named: Vec<i128> = named_integers(schema, &bounds);
    let stated = schema.format.as_deref().and_then(width);
    let holds = |(least, greatest): &(i128, i128)| {
        named
            .iter()
            .all(|value| (*least..=*greatest).contains(value))
    };
    let Some((least, greatest)) = stated.filter(holds) else {
        // What is beyond 63 bits needs all 64, but only where nothing may be negative.
        let beyond = named.iter().any(|value| *value > i64::MAX.into());
        let least = bounds.minimum.as_ref().and_then(|(value, _)| whole(value));
        let listed = schema.values.is_some() || schema.constant.is_some();
        let negative = named.iter().any(|value| *value < 0) || (least.is_none() && !listed);
        let format = if beyond && !negative {
            IntegerFormat::UInt64
        } else {
            IntegerFormat::Int64
        };
        return (format, bounds);
    };
    let format = match (least, greatest) {
        (0, greatest) if greatest > u32::MAX.into() => IntegerFormat::UInt64,
        (0, _) => IntegerFormat::UInt32,
        (_, greatest) if greatest > i32::MAX.into() => IntegerFormat::Int64,
        _ => IntegerFormat::Int32,
    };
    // What is narrower than any of these is checked.
    if greatest < i128::from(i32::MAX) {
        let bound = |value: i128| {
            i64::try_from(value)
                .ok()
                .map(|value| (Number::from(value), false))
        };
        bounds.minimum = bounds
            .minimum
            .or_else(|| bound(least).filter(|_| least < 0));
        bounds.maximum = bounds.maximum.or_else(|| bound(greatest));
    }
    (format, bounds)
}

/// The integers that a schema names: its bounds and listed values. A default that doesn't fit is left out, and changes nothing.
fn named_integers(schema: &Schema, bounds: &Bounds) -> Vec<i128> {
    let limits = [&bounds.minimum, &bounds.maximum]
        .into_iter()
        .flatten()
        .map(|(value, _)| value);
    let values = schema.constant.as_deref().into_iter();
    let values = values.chain(schema.values.iter().flatten());
    let numbers = values.filter_map(|value| match value {
        Value::Number(number) => Some(number),
        _ => None,
    });
    limits.chain(numbers).filter_map(whole).collect()
}

/// A number without a fraction as an integer; what is far beyond 64 bits is cut short.
#[allow(clippy::cast_possible_truncation)] // `as` saturates, which is far enough beyond
fn whole(number: &Number) -> Option<i128> {
    let exact = number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from));
    exact.or_else(|| number.as_f64().map(|float| float as i128))
}

/// A number as the integer that it is, if it is one of 64 bits: 3.0 is 3.
pub(super) fn exactly_whole(number: &Number) -> Option<i128> {
    let whole = whole(number)?;
    let is_exact = number
        .as_f64()
        .is_some_and(|float| !number.is_f64() || float.fract() == 0.0);
    (is_exact && (i64::MIN.into()..=u64::MAX.into()).contains(&whole)).then_some(whole)
}

/// Whether a text may be of a format, at a glance: whatever is refused isn't, but not all that is let through is.
pub(super) fn admits(format: &StringFormat, text: &str) -> bool {
    let has_only = |others: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
        !text.is_empty() && text.chars().all(known)
    };
    let has_digits = text.contains(|c: char| c.is_ascii_digit());
    match format {
        StringFormat::Date => has_shape(text, "0000-00-00"),
        StringFormat::DateTime => text.split_at_checked(19).is_some_and(|(local, offset)| {
            has_shape(&local.replace(['t', ' '], "T"), "0000-00-00T00:00:00")
                && offset.contains(['Z', 'z', '+', '-'])
        }),
        StringFormat::Time => text
            .get(..8)
            .is_some_and(|text| has_shape(text, "00:00:00")),
        StringFormat::Duration => text.starts_with('P') && has_digits,
        StringFormat::Uuid => {
            text.len() == 36
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        }
        StringFormat::Base64 => text.is_empty() || has_only("+/-_="),
        StringFormat::Decimal => has_only("+-.") && has_digits,
        StringFormat::Uri => text.contains(':') && !text.contains(' '),
        StringFormat::Grammar(Grammar::Ip) => text.parse::<IpAddr>().is_ok(),
        StringFormat::Grammar(Grammar::Ipv4) => text.parse::<Ipv4Addr>().is_ok(),
        StringFormat::Grammar(Grammar::Ipv6) => text.parse::<Ipv6Addr>().is_ok(),
        StringFormat::Grammar(Grammar::Email | Grammar::IdnEmail) => text.contains('@'),
        StringFormat::Grammar(Grammar::Hostname | Grammar::IdnHostname) => {
            !text.is_empty() && !text.contains([' ', '/', ':', '_'])
        }
        StringFormat::Grammar(_) | StringFormat::Plain | StringFormat::Other(_) => true,
    }
}

/// Whether a text is as long as another, with digits and nothing else where that one has them.
fn has_shape(text: &str, shape: &str) -> bool {
    let mut pairs = text.bytes().zip(shape.bytes());
    text.len() == shape.len()
        && pairs.all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte == wanted,
        })
}

/// The precision of a schema's numbers.
pub(super) fn number(schema: &Schema) -> NumberFormat {
    match schema.format.as_deref() {
        Some("float") => NumberFormat::Float,
        _ => NumberFormat::Double,
    }
}

pub(super) fn bounds(schema: &Schema) -> Bounds {
    let pair = |bound: &Bound| (bound.value.clone(), bound.exclusive);
    Bounds {
        minimum: schema.minimum.as_ref().map(pair),
        maximum: schema.maximum.as_ref().map(pair),
        multiple_of: schema.multiple_of.clone(),
    }
}
