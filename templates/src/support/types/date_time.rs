//! `format: date-time`. Needs `clock.rs`, `formatted.rs`; crates `chrono`, `jiff`, `time` with the features of those names.

use super::clock::is_date_time;
use super::formatted;

formatted! {
    /// A point in time (RFC 3339), kept exactly as written.
    ///
    /// The cargo features `chrono`, `jiff` and `time` add conversions from and to the types of these crates.
    DateTime, "must be a date and time with an offset, as in 2024-02-29T23:59:59Z", is_date_time
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use super::DateTime;

    impl TryFrom<&DateTime> for chrono::DateTime<chrono::FixedOffset> {
        type Error = chrono::ParseError;

        fn try_from(text: &DateTime) -> Result<Self, Self::Error> {
            chrono::DateTime::parse_from_rfc3339(text)
        }
    }

    impl<Tz: chrono::TimeZone> From<chrono::DateTime<Tz>> for DateTime {
        fn from(value: chrono::DateTime<Tz>) -> Self {
            Self(
                value
                    .to_utc()
                    .to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
            )
        }
    }
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use super::DateTime;

    impl TryFrom<&DateTime> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(text: &DateTime) -> Result<Self, Self::Error> {
            text.as_str().parse()
        }
    }

    impl From<jiff::Timestamp> for DateTime {
        fn from(value: jiff::Timestamp) -> Self {
            Self(value.to_string())
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use super::DateTime;
    use time::format_description::well_known::Rfc3339;

    impl TryFrom<&DateTime> for time::OffsetDateTime {
        type Error = time::error::Parse;

        fn try_from(text: &DateTime) -> Result<Self, Self::Error> {
            time::OffsetDateTime::parse(text, &Rfc3339)
        }
    }

    /// RFC 3339 can't express years after 9999.
    impl TryFrom<time::OffsetDateTime> for DateTime {
        type Error = time::error::Format;

        fn try_from(value: time::OffsetDateTime) -> Result<Self, Self::Error> {
            value.format(&Rfc3339).map(Self)
        }
    }
}
