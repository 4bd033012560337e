//! `format: duration`. Needs `formatted.rs`; crate `jiff` with the feature of that name.

use super::formatted;

formatted! {
    /// A duration (ISO 8601, as in RFC 3339, appendix A), kept exactly as written: `P3DT12H`.
    ///
    /// The cargo feature `jiff` adds conversions from and to `jiff::Span`.
    Duration, "must be a duration, as in P3DT12H", is_duration
}

/// `P`, then years to days, then `T` and hours to seconds; or only weeks. The last number may have a fraction.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    let is_time = time.is_none_or(|time| !time.is_empty() && is_row(time, "HMS", true));
    !rest.is_empty() && is_row(date, "YMWD", time.is_none()) && is_time
}

/// Numbers with a unit each, every unit at most once and in this order; only the very last number may have a fraction.
fn is_row(text: &str, units: &str, is_last: bool) -> bool {
    let mut units = units.chars();
    let mut rest = text;
    while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let (number, unit) = rest.split_at(end);
        rest = &unit[1..];
        let fraction = is_last && rest.is_empty();
        let known = unit
            .chars()
            .next()
            .is_some_and(|unit| units.any(|known| known == unit));
        if !known || !is_number(number, fraction) {
            return false;
        }
    }
    rest.is_empty()
}

fn is_number(text: &str, fraction: bool) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    match text.split_once(['.', ',']) {
        Some((whole, part)) => fraction && digits(whole) && digits(part),
        None => digits(text),
    }
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use super::Duration;

    impl TryFrom<&Duration> for jiff::Span {
        type Error = jiff::Error;

        fn try_from(text: &Duration) -> Result<Self, Self::Error> {
            text.as_str().parse()
        }
    }

    impl From<jiff::Span> for Duration {
        fn from(value: jiff::Span) -> Self {
            Self(value.to_string())
        }
    }
}
