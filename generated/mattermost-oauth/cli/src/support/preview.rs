//! Shows a request instead of sending it. Needs no other file.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Body, BoxFuture, Transport, TransportError};

/// What is shown instead of a secret.
const MASK: &str = "***";

/// A transport that keeps the text of a request and sends nothing. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Preview {
    is_curl: bool,
    shows_secrets: bool,
    /// Query parameters with credentials.
    keys: Vec<&'static str>,
    text: Arc<Mutex<Option<String>>>,
}

impl Preview {
    pub(crate) fn new(is_curl: bool, shows_secrets: bool, keys: Vec<&'static str>) -> Self {
        Self {
            is_curl,
            shows_secrets,
            keys,
            text: Arc::default(),
        }
    }

    /// The text of the request that wasn't sent.
    pub(crate) fn take(&self) -> Option<String> {
        self.text
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    fn shown(&self, request: &http::Request<()>, body: &[u8]) -> String {
        let url = url(request.uri(), self.shows_secrets, &self.keys);
        let headers = headers(request.headers(), self.shows_secrets);
        let method = request.method();
        let text = String::from_utf8_lossy(body);
        let mut out = String::new();
        if self.is_curl {
            let _ = write!(out, "curl --request {method} {}", quoted(&url));
            for (name, value) in headers {
                let _ = write!(
                    out,
                    " \\\n  --header {}",
                    quoted(&format!("{name}: {value}"))
                );
            }
            if !body.is_empty() {
                let _ = write!(out, " \\\n  --data-binary {}", quoted(&text));
            }
        } else {
            let _ = write!(out, "{method} {url}");
            for (name, value) in headers {
                let _ = write!(out, "\n{name}: {value}");
            }
            if !body.is_empty() {
                let _ = write!(out, "\n\n{text}");
            }
        }
        out
    }
}

impl Transport for Preview {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.bytes().await.map_err(TransportError::new)?;
            let shown = self.shown(&http::Request::from_parts(head, ()), &body);
            *self.text.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
            Err(TransportError::permanent("the request wasn't sent"))
        })
    }
}

/// A URL without the values of query parameters that are credentials.
pub(crate) fn url(uri: &http::Uri, shows_secrets: bool, keys: &[&str]) -> String {
    let text = uri.to_string();
    let Some((path, query)) = text.split_once('?').filter(|_| !shows_secrets) else {
        return text;
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if keys.contains(&name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Headers as text, those that are credentials without their values.
pub(crate) fn headers(
    headers: &http::HeaderMap,
    shows_secrets: bool,
) -> impl Iterator<Item = (&str, String)> {
    headers.iter().map(move |(name, value)| {
        let text = match value.is_sensitive() && !shows_secrets {
            true => MASK.to_owned(),
            false => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        };
        (name.as_str(), text)
    })
}

/// A text in single quotes, as shells read it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
