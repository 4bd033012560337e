//! A client of two operations, over a `tower` service.

use std::fmt::{Display, Write};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty, Limited};
use serde::de::DeserializeOwned;
use tower_service::Service;

use super::types::{App, AppError};

/// The most that a response may have.
const LIMIT: usize = 64 << 20;

/// What a call fails with.
#[derive(Debug)]
pub enum Error {
    /// A status of 400 or more, its headers and its body.
    Api(u16, HeaderMap, Box<AppError>),
    /// The body isn't as it should be.
    Decode(serde_json::Error),
    /// There is no response.
    Transport(Box<dyn std::error::Error + Send + Sync>),
}

/// A client.
pub struct Client<S> {
    url: String,
    authorization: HeaderValue,
    service: S,
}

impl<S, B> Client<S>
where
    S: Service<Request<Empty<Bytes>>, Response = Response<B>> + Clone,
    S::Error: Display,
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    /// A client of the API at an address.
    pub fn new(url: &str, token: &str, service: S) -> Self {
        let authorization = HeaderValue::try_from(format!("Bearer {token}"));
        let mut authorization = authorization.expect("the token is visible ASCII");
        authorization.set_sensitive(true);
        Self {
            url: url.to_owned(),
            authorization,
            service,
        }
    }

    /// Gets an app.
    pub async fn get_app(&self, app_id: &str) -> Result<(HeaderMap, App), Error> {
        let mut url = format!("{}/api/v1/apps/", self.url);
        push_segment(&mut url, app_id);
        self.get(url).await
    }

    /// Gets a page of apps.
    pub async fn list_apps(
        &self,
        page: i64,
        per_page: i64,
    ) -> Result<(HeaderMap, Vec<App>), Error> {
        let mut url = format!("{}/api/v1/apps", self.url);
        let _ = write!(url, "?page={page}&per_page={per_page}");
        self.get(url).await
    }

    async fn get<T: DeserializeOwned>(&self, url: String) -> Result<(HeaderMap, T), Error> {
        let request = Request::get(url)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(AUTHORIZATION, self.authorization.clone())
            .header(USER_AGENT, HeaderValue::from_static("shop/1.0.0"))
            .body(Empty::new())
            .map_err(|error| Error::Transport(error.into()))?;
        let mut service = self.service.clone();
        std::future::poll_fn(|cx| service.poll_ready(cx))
            .await
            .map_err(|error| Error::Transport(error.to_string().into()))?;
        let response = service.call(request).await;
        let response = response.map_err(|error| Error::Transport(error.to_string().into()))?;
        let (head, body) = response.into_parts();
        let body = Limited::new(body, LIMIT).collect().await;
        let body = body.map_err(Error::Transport)?.to_bytes();
        if head.status >= StatusCode::BAD_REQUEST {
            let error = serde_json::from_slice(&body).map_err(Error::Decode)?;
            return Err(Error::Api(head.status.as_u16(), head.headers, error));
        }
        let value = serde_json::from_slice(&body).map_err(Error::Decode)?;
        Ok((head.headers, value))
    }
}

/// Appends a segment of a path, percent-encoded (RFC 3986, section 2.1).
fn push_segment(url: &mut String, segment: &str) {
    for byte in segment.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                url.push(char::from(byte));
            }
            _ => {
                let _ = write!(url, "%{byte:02X}");
            }
        }
    }
}
