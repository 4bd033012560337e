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

/// A transport that answers from a list and keeps what it was sent. Clones share both.
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
    answers: VecDeque<Answer>,
    responder: Option<Arc<Responder>>,
}

type Answer = Result<http::Response<Body>, TransportError>;
type Responder = dyn Fn(&RecordedRequest) -> Answer + Send + Sync;

impl Recorder {
    /// A recorder without answers: until it has some, every call fails.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an answer, given once, after those added before.
    #[must_use]
    pub fn answer(self, answer: impl Into<AnswerOrError>) -> Self {
        self.state().answers.push_back(answer.into().0);
        self
    }

    /// Adds an answer with a JSON body.
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
        self.state().answers.push_back(response);
        self
    }

    /// Answers with a function whenever the list of answers is empty.
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

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_answer(&self, request: RecordedRequest) -> Answer {
        let mut state = self.state();
        state.requests.push(request.clone());
        let (answer, responder) = (state.answers.pop_front(), state.responder.clone());
        drop(state); // the responder may look at the recorder
        match (answer, responder) {
            (Some(answer), _) => answer,
            (None, Some(responder)) => responder(&request),
            (None, None) => Err(TransportError::new("the recorder has no answer left")),
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
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Answer> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body
                .collect()
                .await
                .map_err(TransportError::from_body)?
                .to_bytes();
            self.next_answer(RecordedRequest {
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body,
            })
        })
    }
}

/// An answer of a [`Recorder`]: a response, or the error of a transport.
pub struct AnswerOrError(Answer);

impl From<http::Response<Body>> for AnswerOrError {
    fn from(response: http::Response<Body>) -> Self {
        Self(Ok(response))
    }
}

impl From<TransportError> for AnswerOrError {
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
    /// The whole URL.
    pub uri: Uri,
    /// The headers, with credentials.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl RecordedRequest {
    /// The body as JSON.
    ///
    /// # Errors
    /// It isn't JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

/// Shows neither the query, where keys may be, nor the body.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}
