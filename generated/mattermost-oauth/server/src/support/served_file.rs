//! Files that a server has in itself. Needs `body.rs`, `reply.rs`.

use std::fmt;

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::{Body, HttpResponse};

/// What is served at a path.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) bytes: Bytes,
}

impl File {
    /// A text of this media type.
    pub(crate) fn text(path: &str, media_type: &'static str, text: impl Into<Bytes>) -> Self {
        let bytes = text.into();
        Self::tagged(path, media_type, etag(&bytes), bytes)
    }

    /// A text that is compressed with gzip.
    #[cfg(feature = "explorer")]
    pub(crate) fn gzip(path: &str, media_type: &'static str, tag: &str, gzip: Bytes) -> Self {
        let mut file = Self::tagged(path, media_type, tag.to_owned(), gzip);
        let gzip = HeaderValue::from_static("gzip");
        file.headers.push((CONTENT_ENCODING, gzip));
        file
    }

    /// A text with a validator, by which browsers ask whether they still have it.
    fn tagged(path: &str, media_type: &'static str, tag: String, bytes: Bytes) -> Self {
        let mut headers = vec![
            (CONTENT_TYPE, HeaderValue::from_static(media_type)),
            (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        ];
        let tag = HeaderValue::try_from(format!("\"{tag}\""));
        headers.extend(tag.ok().map(|tag| (ETAG, tag)));
        Self {
            path: path.to_owned(),
            status: StatusCode::OK,
            headers,
            bytes,
        }
    }

    /// Leads to a path.
    #[cfg(feature = "explorer")]
    pub(crate) fn moved(path: &str, to: &str) -> Self {
        let to = HeaderValue::try_from(to).ok();
        Self {
            path: path.to_owned(),
            status: StatusCode::PERMANENT_REDIRECT,
            headers: to.into_iter().map(|to| (LOCATION, to)).collect(),
            bytes: Bytes::new(),
        }
    }

    /// The response to `GET` or `HEAD`. One with the validator that the client has is 304 (RFC 9110, section 13.1.2).
    pub(crate) fn respond(&self, method: &Method, asked: &HeaderMap) -> HttpResponse {
        let mut response = HttpResponse::new(Body::empty());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.extend(self.headers.iter().cloned());
        if headers.get(ETAG).is_some_and(|tag| is_known(asked, tag)) {
            headers.remove(CONTENT_TYPE);
            headers.remove(CONTENT_ENCODING);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(CONTENT_LENGTH, HeaderValue::from(self.bytes.len()));
        if method != Method::HEAD {
            *response.body_mut() = Body::from(self.bytes.clone());
        }
        response
    }
}

/// Bytes and headers would say too much.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("File").field(&self.path).finish()
    }
}

/// A validator that is the same for the same bytes in every build: FNV-1a.
fn etag(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Whether `If-None-Match` lists a validator, by the weak comparison.
fn is_known(asked: &HeaderMap, tag: &HeaderValue) -> bool {
    let lines = asked.get_all(IF_NONE_MATCH).into_iter();
    let lines = lines.filter_map(|line| line.to_str().ok());
    let mut listed = lines.flat_map(|line| line.split(',')).map(str::trim);
    listed.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}
