//! A transport for tests. Needs `body.rs`, `transport.rs`.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use http_body_util::BodyExt;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Body, BoxFuture, Transport, TransportError};

/// A transport for tests, which responds from a list and records the requests. Clones share their state.
///
/// A client that has it makes each call once, unless [retries](super::Retries) are set.
///
/// ```text
/// let recorder = Recorder::new().json(404, &json!({ "message": "no such app" }));
/// let client = Client::builder("https://chat.test").transport(recorder.clone()).build()?;
/// // … call …
/// assert_eq!(recorder.requests()[0].uri.path(), "/api/v4/oauth/apps/a1");
/// ```
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    requests: Vec<RecordedRequest>,
    responses: VecDeque<Recorded>,
    responder: Option<Arc<Responder>>,
}

type Recorded = Result<http::Response<Body>, TransportError>;
type Responder = dyn Fn(&RecordedRequest) -> Recorded + Send + Sync;

impl Recorder {
    /// Creates a recorder without responses; until one is added, every call fails.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a response, which is used once, after those added before.
    #[must_use]
    pub fn response(self, response: impl Into<ResponseOrError>) -> Self {
        self.state().responses.push_back(response.into().0);
        self
    }

    /// Adds a response with a JSON body.
    #[must_use]
    pub fn json(self, status: u16, body: &impl Serialize) -> Self {
        let response = serde_json::to_vec(body)
            .map_err(TransportError::new)
            .and_then(|body| {
                let response = http::Response::builder()
                    .status(status)
                    .header("content-type", "application/json");
                response.body(Body::from(body)).map_err(TransportError::new)
            });
        self.state().responses.push_back(response);
        self
    }

    /// Sets a function that responds whenever the list of responses is empty.
    #[must_use]
    pub fn respond<F>(self, responder: F) -> Self
    where
        F: Fn(&RecordedRequest) -> Result<http::Response<Body>, TransportError>
            + Send
            + Sync
            + 'static,
    {
        self.state().responder = Some(Arc::new(responder));
        self
    }

    /// Returns the requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_response(&self, request: RecordedRequest) -> Recorded {
        let mut state = self.state();
        state.requests.push(request.clone());
        let (response, responder) = (state.responses.pop_front(), state.responder.clone());
        drop(state); // the responder may look at the recorder
        match (response, responder) {
            (Some(response), _) => response,
            (None, Some(responder)) => responder(&request),
            (None, None) => Err(TransportError::permanent(
                "the recorder has no response left",
            )),
        }
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Recorder")
            .field(&self.state().requests)
            .finish()
    }
}

impl Transport for Recorder {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Recorded> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body
                .collect()
                .await
                .map_err(TransportError::from_body)?
                .to_bytes();
            self.next_response(RecordedRequest {
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body,
            })
        })
    }

    fn is_for_tests(&self) -> bool {
        true
    }
}

/// A response of a [`Recorder`], or an error of the transport.
pub struct ResponseOrError(Recorded);

impl From<http::Response<Body>> for ResponseOrError {
    fn from(response: http::Response<Body>) -> Self {
        Self(Ok(response))
    }
}

impl From<TransportError> for ResponseOrError {
    fn from(error: TransportError) -> Self {
        Self(Err(error))
    }
}

/// A request as it was sent.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The full URL.
    pub uri: Uri,
    /// The headers, including credentials.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl RecordedRequest {
    /// Reads the body as JSON.
    ///
    /// # Errors
    /// The body isn't JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

/// Shows neither the query, which may contain keys, nor the body.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}
