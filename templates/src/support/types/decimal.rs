//! `format: decimal` for strings. Needs `formatted.rs`.

use super::formatted;

formatted! {
    /// A decimal number as text, kept exactly as written, with any number of digits.
    ///
    /// It dereferences to `str`, so that decimal types can `parse` it.
    Decimal, "must be a decimal number", is_decimal
}

/// Digits, optionally with a sign, a fraction and an exponent.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number = digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    is_number
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}

macro_rules! from_integers {
    ($($integer:ty)*) => { $(impl From<$integer> for Decimal {
        fn from(value: $integer) -> Self {
            Self(value.to_string())
        }
    })* };
}

from_integers! { i32 i64 u32 u64 }
