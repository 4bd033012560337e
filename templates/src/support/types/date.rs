//! `format: date`. Needs `clock.rs`, `formatted.rs`; crates `chrono`, `jiff`, `time` with the features of those names.

use super::clock::is_date;
use super::formatted;

formatted! {
    /// A calendar date (`full-date` of RFC 3339), kept exactly as written.
    ///
    /// The cargo features `chrono`, `jiff` and `time` add conversions from and to the types of these crates.
    Date, "must be a date, as in 2024-02-29", is_date
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use super::Date;

    impl TryFrom<&Date> for chrono::NaiveDate {
        type Error = chrono::ParseError;

        fn try_from(text: &Date) -> Result<Self, Self::Error> {
            text.as_str().parse()
        }
    }

    impl From<chrono::NaiveDate> for Date {
        fn from(value: chrono::NaiveDate) -> Self {
            Self(value.to_string())
        }
    }
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use super::Date;

    impl TryFrom<&Date> for jiff::civil::Date {
        type Error = jiff::Error;

        fn try_from(text: &Date) -> Result<Self, Self::Error> {
            text.as_str().parse()
        }
    }

    impl From<jiff::civil::Date> for Date {
        fn from(value: jiff::civil::Date) -> Self {
            Self(value.to_string())
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use super::Date;
    use time::format_description::well_known::Iso8601;

    impl TryFrom<&Date> for time::Date {
        type Error = time::error::Parse;

        fn try_from(text: &Date) -> Result<Self, Self::Error> {
            time::Date::parse(text, &Iso8601::DATE)
        }
    }

    impl From<time::Date> for Date {
        fn from(value: time::Date) -> Self {
            Self(value.to_string())
        }
    }
}
