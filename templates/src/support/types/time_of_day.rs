//! `format: time`. Needs `clock.rs`, `formatted.rs`; crates `chrono`, `jiff`, `time` with the features of those names.

use super::clock::{is_local_time, is_time};
use super::formatted;

formatted! {
    /// A time of day (`full-time` of RFC 3339), kept exactly as written.
    ///
    /// The offset from UTC is optional, although RFC 3339 requires it: most APIs with the format `time` send none.
    ///
    /// The cargo features `chrono`, `jiff` and `time` add conversions from and to the types of these crates; an offset is dropped.
    Time, "must be a time, as in 23:59:59Z or 23:59:59", is_time_of_day
}

fn is_time_of_day(text: &str) -> bool {
    is_time(text) || is_local_time(text)
}

impl Time {
    /// Returns the time without its offset.
    #[must_use]
    pub fn local(&self) -> &str {
        let end = self.0.find(['Z', 'z', '+', '-']);
        &self.0[..end.unwrap_or(self.0.len())]
    }
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use super::Time;

    impl TryFrom<&Time> for chrono::NaiveTime {
        type Error = chrono::ParseError;

        fn try_from(text: &Time) -> Result<Self, Self::Error> {
            text.local().parse()
        }
    }

    impl From<chrono::NaiveTime> for Time {
        fn from(value: chrono::NaiveTime) -> Self {
            Self(value.to_string())
        }
    }
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use super::Time;

    impl TryFrom<&Time> for jiff::civil::Time {
        type Error = jiff::Error;

        fn try_from(text: &Time) -> Result<Self, Self::Error> {
            text.local().parse()
        }
    }

    impl From<jiff::civil::Time> for Time {
        fn from(value: jiff::civil::Time) -> Self {
            Self(value.to_string())
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use super::Time;
    use time::format_description::well_known::Iso8601;

    impl TryFrom<&Time> for time::Time {
        type Error = time::error::Parse;

        fn try_from(text: &Time) -> Result<Self, Self::Error> {
            time::Time::parse(text.local(), &Iso8601::TIME)
        }
    }

    impl From<time::Time> for Time {
        fn from(value: time::Time) -> Self {
            let (hour, minute, second, nanosecond) = value.as_hms_nano();
            let fraction = match nanosecond {
                0 => String::new(),
                nanosecond => format!(".{nanosecond:09}"),
            };
            Self(format!("{hour:02}:{minute:02}:{second:02}{fraction}"))
        }
    }
}
