//! Lowers `format` and `contentEncoding`.

use crate::document::{Bound, Schema};
use crate::ir::{Bounds, Grammar, IntegerFormat, NumberFormat, StringFormat};
use serde_json::{Number, Value};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The format of a string schema.
pub(crate) fn string_format(schema: &Schema) -> StringFormat {
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

/// Whether a schema has a format, in any spelling.
pub(super) fn is_called(schema: &Schema, format: &str) -> bool {
    let stated = schema.format.as_deref();
    stated.is_some_and(|stated| stated.eq_ignore_ascii_case(format)) || {
        let meant = named(format);
        !matches!(meant, StringFormat::Other(_)) && string_format(schema) == meant
    }
}

/// The format of this name.
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

/// Whether a format is known and has no constraint that a string could be checked for: the rest of OpenAPI's registry, and formats of other
/// types.
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

/// Whether a format is one of integers.
pub(super) fn is_integer(format: &str) -> bool {
    width(format).is_some()
}

/// The width of a schema's integers, and their bounds; a narrow format implies bounds if there are none.
///
/// A format that can't hold a bound or a listed value of the schema is ignored.
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
        // Values beyond 63 bits need all 64, which is possible only if none is negative.
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
    // Narrower formats are checked by bounds.
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

/// The least and the greatest integer that a schema's format allows; those of 64 bits without one, or with one that can't be meant.
#[cfg(feature = "mock")]
pub(crate) fn integer_range(schema: &Schema) -> (i128, i128) {
    let stated = schema.format.as_deref().and_then(width);
    let named = named_integers(schema, &bounds(schema));
    let holds = |(least, greatest): &(i128, i128)| {
        let mut named = named.iter();
        named.all(|value| (*least..=*greatest).contains(value))
    };
    let (least, greatest) = (i64::MIN.into(), i64::MAX.into());
    stated.filter(holds).unwrap_or_else(|| {
        let named = named.iter().copied();
        (
            named.clone().fold(least, i128::min),
            named.fold(greatest, i128::max),
        )
    })
}

/// The integers in a schema: bounds and listed values. A default that doesn't fit is dropped, and has no influence.
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

/// A number without a fraction as an integer, saturating far beyond 64 bits.
#[allow(clippy::cast_possible_truncation)] // `as` saturates, which is far enough beyond
fn whole(number: &Number) -> Option<i128> {
    let exact = number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from));
    exact.or_else(|| number.as_f64().map(|float| float as i128))
}

/// The value of a number that is an integer of at most 64 bits; 3.0 is 3.
pub(super) fn exactly_whole(number: &Number) -> Option<i128> {
    let whole = whole(number)?;
    let is_exact = number
        .as_f64()
        .is_some_and(|float| !number.is_f64() || float.fract() == 0.0);
    (is_exact && (i64::MIN.into()..=u64::MAX.into()).contains(&whole)).then_some(whole)
}

/// A quick check whether a string may have a format. What is rejected doesn't have it; what is accepted may still be invalid.
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

/// Whether a string has the length of `shape`, and digits exactly where that has them.
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
