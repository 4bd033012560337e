//! Known types of common packages: their packages and features, whether they implement `Eq` and `Hash`, and the modules that convert them
//! if their own serde form isn't suitable.

use crate::ir::Shape;

/// Packages that needn't be declared; `templates/Cargo.toml` has their versions.
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

/// Facts about a type that replaces a schema.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) hash: bool,
    pub(super) package: Option<&'static str>,
    /// The features that serialization needs.
    pub(super) features: &'static [&'static str],
    /// The module that converts it, as generated code writes the path.
    pub(super) with: Option<&'static str>,
    /// The same path for people.
    pub(super) with_shown: Option<&'static str>,
}

/// The module of the support code that converts bytes to base64.
pub(in crate::plan) const BASE64: &str = "base64_bytes";

/// Facts about a type by its path, if it replaces a schema of this shape.
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
        // A number is the seconds since 1970.
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
            // Facts that hold for all types of the package.
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
