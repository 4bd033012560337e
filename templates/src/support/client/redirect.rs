//! Which redirects are followed, and where they lead. Needs `body.rs`.

use bytes::Bytes;
use http::header::LOCATION;
use http::uri::{PathAndQuery, Scheme};
use http::{Method, Request, Response, StatusCode, Uri};

use super::Body;

/// What has been sent, as far as it can be sent again.
pub(crate) struct Sent {
    head: http::request::Parts,
    /// `None` for a stream, which is gone.
    body: Option<Bytes>,
}

impl Sent {
    pub(crate) fn of(request: Request<Body>) -> (Self, Request<Body>) {
        let (head, body) = request.into_parts();
        let (body, kept) = match body.into_bytes() {
            Ok(bytes) => (Body::from(bytes.clone()), Some(bytes)),
            Err(stream) => (stream, None),
        };
        let sent = Self {
            head: head.clone(),
            body: kept,
        };
        (sent, Request::from_parts(head, body))
    }

    /// The request that a response leads to (RFC 9110, section 15.4), if it is one to follow.
    ///
    /// Credentials are only sent to the server of the client, so redirects to others aren't followed. Nor is a 301 or 302 in response to
    /// an unsafe method, which might be repeated as another request.
    pub(crate) fn redirected<B>(&self, response: &Response<B>) -> Option<Request<Body>> {
        let method = &self.head.method;
        let repeats = match response.status() {
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => {
                method.is_safe().then_some(true)?
            }
            StatusCode::SEE_OTHER => *method == Method::HEAD,
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
            _ => return None,
        };
        let location = response.headers().get(LOCATION)?;
        let location = std::str::from_utf8(location.as_bytes()).ok()?;
        let mut head = self.head.clone();
        head.uri = target(&head.uri, location.trim())?;
        let body = if repeats {
            self.body.clone()?
        } else {
            head.method = Method::GET;
            let names = head.headers.keys().cloned();
            let of_body = names.filter(|name| name.as_str().starts_with("content-"));
            for name in of_body.collect::<Vec<_>>() {
                head.headers.remove(name);
            }
            Bytes::new()
        };
        Some(Request::from_parts(head, body.into()))
    }
}

/// The URL that a `Location` in a response to `from` leads to (RFC 3986, section 5.2), if it is at the same server.
fn target(from: &Uri, location: &str) -> Option<Uri> {
    let (scheme, authority) = (from.scheme_str()?, from.authority()?);
    let location = location.split('#').next().unwrap_or_default();
    // Parsers differ in what it is.
    if location.contains('\\') {
        return None;
    }
    let directory = from
        .path()
        .rsplit_once('/')
        .map_or("", |(parents, _)| parents);
    let url = match location.bytes().next() {
        None => return None,
        Some(b'/') if location.starts_with("//") => format!("{scheme}:{location}"),
        Some(b'/') => format!("{scheme}://{authority}{location}"),
        Some(b'?') => format!("{scheme}://{authority}{}{location}", from.path()),
        Some(_) if has_scheme(location) => location.to_owned(),
        Some(_) => format!("{scheme}://{authority}{directory}/{location}"),
    };
    let mut parts = ascii(&url).parse::<Uri>().ok()?.into_parts();
    let path = parts
        .path_and_query
        .as_ref()
        .map_or("/", PathAndQuery::as_str);
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    parts.path_and_query = Some(format!("{}{query}", without_dots(path)).parse().ok()?);
    let to = Uri::from_parts(parts).ok()?;
    stays(from, &to).then_some(to)
}

/// Whether both URLs are of one server: scheme, host and port are the same, or it is the same host that has learned HTTPS.
fn stays(from: &Uri, to: &Uri) -> bool {
    let (Some(from_host), Some(to_host)) = (from.host(), to.host()) else {
        return false;
    };
    let has_user = to
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'));
    let same_host = from_host.eq_ignore_ascii_case(to_host) && !has_user;
    let is_https = |uri: &Uri| uri.scheme() == Some(&Scheme::HTTPS);
    let port = |uri: &Uri| {
        let usual = if is_https(uri) { 443 } else { 80 };
        uri.port_u16().unwrap_or(usual)
    };
    let same = from.scheme() == to.scheme() && port(from) == port(to);
    let secured = !is_https(from) && is_https(to) && (port(from), port(to)) == (80, 443);
    same_host && (same || secured)
}

/// Whether a reference begins with a scheme (RFC 3986, section 3.1).
fn has_scheme(reference: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_part)
    })
}

/// A URL with the characters percent-encoded that servers forget to encode.
fn ascii(url: &str) -> String {
    let mut ascii = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' => ascii.push(char::from(byte)),
            _ => super::push_percent_encoded_bytes(&mut ascii, &[byte]),
        }
    }
    ascii
}

/// A path without `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if segments.peek().is_none() {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}
