//! Media types, and `Accept`. Needs no other file.

use std::borrow::Cow;

/// The media type without its parameters, in lower case: `application/json` for `Application/JSON; charset=utf-8`.
pub(crate) fn essence(media_type: &str) -> Cow<'_, str> {
    let (essence, _) = media_type.split_once(';').unwrap_or((media_type, ""));
    let essence = essence.trim();
    match essence.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(essence.to_ascii_lowercase()),
        false => Cow::Borrowed(essence),
    }
}

/// Whether a media type (without parameters) is JSON: `application/json`, or one that ends in `+json` (RFC 6839, section 3.1).
pub(crate) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}

/// Whether the text is UTF-8, given its media type. JSON is always UTF-8 (RFC 8259, section 8.1).
pub(crate) fn is_utf8(media_type: &str) -> bool {
    let mut parameters = media_type
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='));
    let charset = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charset.is_none_or(|(_, value)| {
        let value = value.trim().trim_matches('"');
        value.eq_ignore_ascii_case("utf-8")
            || value.eq_ignore_ascii_case("utf8")
            || value.eq_ignore_ascii_case("us-ascii")
    })
}

/// Whether a media type (without parameters) is in a range: `text/csv` in `text/csv`, `text/*`, `*/*`.
pub(crate) fn is_in_range(essence: &str, range: &str) -> bool {
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(prefix) => essence.starts_with(prefix),
        None => essence == range,
    }
}

/// Whether one of the media types is acceptable, given the value of `Accept` (RFC 9110, section 12.5.1).
pub(crate) fn accepts(accept: &str, media_types: &[&str]) -> bool {
    let ranges = ranges(accept);
    let mut qualities = media_types.iter().map(|listed| quality(&ranges, listed));
    ranges.is_empty() || media_types.is_empty() || qualities.any(|quality| quality > 0.0)
}

/// The media type that the value of `Accept` prefers; the first if it prefers neither.
pub(crate) fn preferred(accept: &str, [first, second]: [&'static str; 2]) -> &'static str {
    let ranges = ranges(accept);
    match quality(&ranges, second) > quality(&ranges, first) {
        true => second,
        false => first,
    }
}

/// The ranges in a value of `Accept`, with their qualities.
fn ranges(accept: &str) -> Vec<(Cow<'_, str>, f32)> {
    accept
        .split(',')
        .filter(|range| !range.trim().is_empty())
        .map(range)
        .collect()
}

/// The quality of a media type: that of the most specific matching range; `q=0` rejects it. `media_type` may be a range itself (`image/*`),
/// for responses of any media type in it.
fn quality(ranges: &[(Cow<'_, str>, f32)], media_type: &str) -> f32 {
    let media_type = essence(media_type);
    let matching = ranges
        .iter()
        .filter(|(range, _)| is_in_range(&media_type, range) || is_in_range(range, &media_type));
    matching
        .max_by_key(|(range, _)| specificity(range))
        .map_or(0.0, |(_, quality)| *quality)
}

/// Parses a range and its quality.
fn range(text: &str) -> (Cow<'_, str>, f32) {
    let quality = text.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("q")
            .then(|| value.trim().parse::<f32>().unwrap_or(1.0))
    });
    (essence(text), quality.unwrap_or(1.0))
}

fn specificity(range: &str) -> u8 {
    match range {
        "*/*" => 0,
        range if range.ends_with("/*") => 1,
        _ => 2,
    }
}
