//! Limits of single operations: how large a request body may be, and how long it may take.
//!
//! In: a number, or text with a unit, from a description or a configuration. Out: the limit. Knows nothing else.

use std::time::Duration;

/// The limits of an operation, where it has any of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The largest request body, in bytes.
    pub body: Option<u64>,
    /// The time until the response begins.
    pub time: Option<Duration>,
}

impl Limits {
    /// These, and the others where these have none.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            body: self.body.or(others.body),
            time: self.time.or(others.time),
        }
    }
}

/// What is asked for instead of an invalid size.
pub const SIZE: &str = "a number of bytes, or text such as \"64 KiB\" or \"10 MiB\"";

/// What is asked for instead of an invalid time.
pub const TIME: &str = "a number of seconds, or text such as \"500 ms\", \"30 s\" or \"5 min\"";

/// A size with its unit, such as `10 MiB`. `None` if it is neither, or doesn't fit into 32 bits, which a program may have to do with.
#[must_use]
pub fn size(text: &str) -> Option<u64> {
    let (number, unit) = parts(text)?;
    let factor = match unit {
        "" | "B" => 1,
        "kB" | "KB" => 1_000,
        "KiB" => 1 << 10,
        "MB" => 1_000_000,
        "MiB" => 1 << 20,
        "GB" => 1_000_000_000,
        "GiB" => 1 << 30,
        _ => return None,
    };
    let bytes = number.checked_mul(factor)?;
    u32::try_from(bytes).is_ok().then_some(bytes)
}

/// A time with its unit, such as `30 s`. `None` if it is neither, or is no time at all.
#[must_use]
pub fn time(text: &str) -> Option<Duration> {
    let (number, unit) = parts(text)?;
    let factor = match unit {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    let milliseconds = number.checked_mul(factor)?;
    (milliseconds > 0).then(|| Duration::from_millis(milliseconds))
}

fn parts(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    Some((number.parse().ok()?, unit.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, bytes) in [
            ("7", 7),
            (" 64 KiB ", 65_536),
            ("10MB", 10_000_000),
            ("0 B", 0),
        ] {
            assert_eq!(size(text), Some(bytes), "{text}");
        }
        for text in [
            "",
            "KiB",
            "-1",
            "1.5 MiB",
            "1 mib",
            "4 GiB",
            "99999999999999999999",
            "1 GiB GiB",
        ] {
            assert_eq!(size(text), None, "{text}");
        }
    }

    #[test]
    fn times_have_units() {
        for (text, milliseconds) in [
            ("2", 2000),
            ("500 ms", 500),
            ("5min", 300_000),
            ("1 h", 3_600_000),
        ] {
            assert_eq!(
                time(text),
                Some(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        for text in ["", "0", "s", "1 d", "-1 s", "9999999999999999999 h"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
