//! Media types: which of several is sent.

use crate::ir::{self, Content};

/// The media type that is sent: the first one. For bytes it may be a range, whose sender chooses the media type.
pub(super) fn sent(content: &Content, media_types: &[String]) -> String {
    let Some(first) = media_types.first() else {
        return String::new();
    };
    match content {
        Content::Bytes if is_header(first) => first.clone(),
        Content::Text if first.contains('*') => "text/plain".to_owned(),
        Content::Json(_) if first.contains('*') => "application/json".to_owned(),
        Content::Bytes
        | Content::Text
        | Content::Json(_)
        | Content::Xml(_)
        | Content::Form(_)
        | Content::Multipart(_)
        | Content::Events(_)
        | Content::Lines(_) => concrete(first).to_owned(),
    }
}

/// The media type to send: JSON for `*/*`, bytes for other ranges and for text that isn't a media type.
pub(super) fn concrete(media_type: &str) -> &str {
    match media_type {
        "*/*" | "*" => "application/json",
        _ if media_type.contains('*') || !is_header(media_type) => "application/octet-stream",
        _ => media_type,
    }
}

/// Whether a media type is valid in a header.
pub(super) fn is_header(media_type: &str) -> bool {
    media_type.contains('/') && media_type.is_ascii()
}

/// Whether a media type is XML (RFC 7303, section 4).
pub(super) fn is_xml(media_type: &str) -> bool {
    let essence = ir::essence(media_type);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// What a media type says in addition to how it is read: `vimeo.user` of `application/vnd.vimeo.user+json`, and nothing of the usual ones
/// for JSON (also RFC 9457), text and bytes.
pub(super) fn name(media_type: &str) -> String {
    const USUAL: [&str; 4] = ["json", "problem+json", "plain", "octet-stream"];
    let essence = ir::essence(media_type);
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    if USUAL.contains(&subtype) {
        return String::new();
    }
    let subtype = subtype.strip_suffix("+json").unwrap_or(subtype);
    subtype.strip_prefix("vnd.").unwrap_or(subtype).to_owned()
}
