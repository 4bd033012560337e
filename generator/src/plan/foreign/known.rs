//! What is known of types of common packages: what they are called by cargo, whether they have `Eq` and `Hash`, and who reads and
//! writes them where their own serde form isn't that of JSON.

use crate::ir::Shape;

/// Packages that needn't be declared: `templates/Cargo.toml` has their versions.
pub(in crate::plan) const PACKAGES: &[&str] = &[
    "bytes",
    "chrono",
    "jiff",
    "rust_decimal",
    "serde_json",
    "time",
    "url",
    "uuid",
];

/// What is known of a type where it stands for a schema.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) hash: bool,
    pub(super) package: Option<&'static str>,
    /// The features that reading and writing it needs.
    pub(super) features: &'static [&'static str],
    /// The module that reads and writes it, as generated code writes it.
    pub(super) with: Option<&'static str>,
    /// The same for people.
    pub(super) with_shown: Option<&'static str>,
}

/// The module of the support code that reads and writes bytes as base64.
pub(in crate::plan) const BASE64: &str = "base64_bytes";

/// What is known of a type by its path, where it stands for a schema of this shape.
pub(super) fn of(written: &str, shape: &Shape) -> Known {
    let is_integer = matches!(shape, Shape::Integer(..));
    let is_number = is_integer || matches!(shape, Shape::Number(..));
    let is_string = matches!(shape, Shape::String(..));
    let serde = |package| Known {
        hash: true,
        package: Some(package),
        features: &["serde", "std"],
        ..Known::default()
    };
    let with = |known: Known, path: &'static str| Known {
        with: Some(path),
        with_shown: Some(path.trim_start_matches("::")),
        ..known
    };
    let base64 = |package| Known {
        hash: true,
        package,
        with: Some(BASE64),
        with_shown: Some("base64"),
        ..Known::default()
    };
    let time = Known {
        features: &["serde-human-readable", "serde-well-known", "std"],
        ..serde("time")
    };
    match written {
        "::uuid::Uuid" => serde("uuid"),
        "::url::Url" => serde("url"),
        "::bytes::Bytes" if is_string => base64(Some("bytes")),
        "Vec<u8>" | "::std::vec::Vec<u8>" if is_string => base64(None),
        // Seconds since 1970, if it is a number.
        "::jiff::Timestamp" if is_integer => with(
            serde("jiff"),
            "::jiff::fmt::serde::timestamp::second::required",
        ),
        "::jiff::Timestamp"
        | "::jiff::SignedDuration"
        | "::jiff::civil::Date"
        | "::jiff::civil::DateTime"
        | "::jiff::civil::Time" => serde("jiff"),
        "::chrono::DateTime<::chrono::Utc>" if is_integer => {
            with(serde("chrono"), "::chrono::serde::ts_seconds")
        }
        "::chrono::DateTime<::chrono::Utc>"
        | "::chrono::DateTime<::chrono::FixedOffset>"
        | "::chrono::NaiveDate"
        | "::chrono::NaiveDateTime"
        | "::chrono::NaiveTime" => serde("chrono"),
        "::time::OffsetDateTime" if is_integer => with(time, "::time::serde::timestamp"),
        "::time::OffsetDateTime" => with(time, "::time::serde::rfc3339"),
        "::time::Date" | "::time::Time" => time,
        "::rust_decimal::Decimal" if is_number => Known {
            features: &["serde-with-float", "std"],
            ..with(serde("rust_decimal"), "::rust_decimal::serde::float")
        },
        "::rust_decimal::Decimal" => serde("rust_decimal"),
        "::std::net::IpAddr"
        | "::std::net::Ipv4Addr"
        | "::std::net::Ipv6Addr"
        | "::std::net::SocketAddr" => Known {
            hash: true,
            ..Known::default()
        },
        _ => match written.trim_start_matches("::").split("::").next() {
            // Of the other types of a known package only that.
            Some("uuid") => Known {
                hash: false,
                ..serde("uuid")
            },
            Some("url") => Known {
                hash: false,
                ..serde("url")
            },
            Some("jiff") => Known {
                hash: false,
                ..serde("jiff")
            },
            Some("chrono") => Known {
                hash: false,
                ..serde("chrono")
            },
            Some("time") => Known {
                hash: false,
                ..time
            },
            Some("rust_decimal") => Known {
                hash: false,
                ..serde("rust_decimal")
            },
            Some("bytes") => Known {
                package: Some("bytes"),
                features: &["serde"],
                ..Known::default()
            },
            _ => Known::default(),
        },
    }
}
