//! The grammar of dates and times (RFC 3339, section 5.6). Needs no other file.

/// `full-date`: year, month and day; the day has to exist.
pub(crate) fn is_date(text: &str) -> bool {
    let Some((year, rest)) = text.split_once('-') else {
        return false;
    };
    let Some((month, day)) = rest.split_once('-') else {
        return false;
    };
    match (number(year, 4), number(month, 2), number(day, 2)) {
        (Some(year), Some(month), Some(day)) => (1..=days(year, month)).contains(&day),
        _ => false,
    }
}

/// Number of days in a month; 0 if there is no such month.
fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// `full-time`: a time with an offset from UTC.
pub(crate) fn is_time(text: &str) -> bool {
    let Some(end) = text.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, offset) = text.split_at(end);
    is_local_time(time) && is_offset(offset)
}

/// `partial-time`: a time without an offset. Leap seconds are accepted.
pub(crate) fn is_local_time(text: &str) -> bool {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut parts = whole.split(':');
    let mut part = |limit: u32| {
        parts
            .next()
            .and_then(|part| number(part, 2))
            .is_some_and(|part| part < limit)
    };
    let is_clock = part(24) && part(60) && part(61);
    is_clock
        && parts.next().is_none()
        && fraction.is_none_or(|digits| {
            !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
        })
}

/// `time-offset`: `Z`, or a sign with hours and minutes.
fn is_offset(text: &str) -> bool {
    if text.eq_ignore_ascii_case("z") {
        return true;
    }
    let Some((hours, minutes)) = text
        .strip_prefix(['+', '-'])
        .and_then(|rest| rest.split_once(':'))
    else {
        return false;
    };
    number(hours, 2).is_some_and(|hours| hours < 24)
        && number(minutes, 2).is_some_and(|minutes| minutes < 60)
}

/// `date-time`: a date, `T`, and a time with an offset. A space instead of `T` is accepted, as in the note of section 5.6.
pub(crate) fn is_date_time(text: &str) -> bool {
    split(text).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

/// A date and a time without an offset.
pub(crate) fn is_local_date_time(text: &str) -> bool {
    split(text).is_some_and(|(date, time)| is_date(date) && is_local_time(time))
}

fn split(text: &str) -> Option<(&str, &str)> {
    text.split_once(['T', 't', ' '])
}

/// Parses a number of exactly this many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
