//! Follows redirects. Needs `body.rs`, `encode.rs`.

use http::header::LOCATION;
use http::uri::{PathAndQuery, Scheme};
use http::{Method, Request, Response, StatusCode, Uri};

use super::Body;

/// Where a call goes on after a redirect.
pub(crate) struct Redirected {
    method: Method,
    uri: Uri,
    /// Whether the body stays behind.
    is_get: bool,
}

impl Redirected {
    /// Where a response to a request redirects to (RFC 9110, section 15.4); `None` if the redirect isn't followed.
    ///
    /// Credentials are only sent to the client's server, so redirects to other servers aren't followed. Neither is a 301 or 302 in response
    /// to an unsafe method, which clients repeat as `GET`, nor one for which a body that is gone would have to be sent again.
    pub(crate) fn by<B>(
        response: &Response<B>,
        method: &Method,
        from: &Uri,
        has_body: bool,
    ) -> Option<Self> {
        let repeats = match response.status() {
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND if method.is_safe() => true,
            StatusCode::SEE_OTHER => *method == Method::HEAD,
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
            _ => return None,
        };
        let location = response.headers().get(LOCATION);
        let location = location.and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
        let to = location.and_then(|location| target(from, location.trim()));
        Some(Self {
            uri: to.filter(|_| !repeats || has_body)?,
            method: if repeats { method.clone() } else { Method::GET },
            is_get: !repeats,
        })
    }

    /// The same after a redirect before this one.
    pub(crate) fn after(mut self, before: &Self) -> Self {
        self.is_get |= before.is_get;
        self
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Turns the request of the call into the one that goes there.
    pub(crate) fn apply(&self, request: &mut Request<Body>) {
        *request.uri_mut() = self.uri.clone();
        *request.method_mut() = self.method.clone();
        if self.is_get {
            let headers = std::mem::take(request.headers_mut());
            let kept = headers
                .iter()
                .filter(|(name, _)| !name.as_str().starts_with("content-"));
            *request.headers_mut() = kept
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            *request.body_mut() = Body::empty();
        }
    }
}

/// Resolves `Location` in a response to `from` (RFC 3986, section 5.2); `None` for another server.
pub(super) fn target(from: &Uri, location: &str) -> Option<Uri> {
    let (scheme, authority) = (from.scheme_str()?, from.authority()?);
    let location = location.split('#').next().unwrap_or_default();
    // URL parsers treat a backslash differently.
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

/// Whether both URLs have the same scheme, host and port, or the second is the same host with HTTPS.
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

/// Percent-encodes characters that servers forget to encode.
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

/// Removes `.` and `..` from a path (RFC 3986, section 5.2.4).
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
