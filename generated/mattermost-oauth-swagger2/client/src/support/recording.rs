//! Records calls to a file, for tests that replay them. Needs `attempt.rs`, `body.rs`, `recorded.rs`, `redaction.rs`, `transport.rs`; behind
//! the feature `mock`.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::ACCEPT_ENCODING;
use http::{HeaderMap, StatusCode};
use http_body::{Frame, SizeHint};

use super::{
    Attempt, Body, BoxError, BoxFuture, Limits, RecordedCall, RecordedExchange, RecordedResponse,
    Redaction, Transport, TransportError, write_recorded,
};

/// A transport that records each request with its response to a file, for a [`Replay`](super::Replay) in tests.
///
/// ```text
/// let recording = Recording::new(ReqwestTransport::new(timeout)?, "tests/recorded/pets.json").remove("email");
/// let client = Client::builder(url).bearer(token).transport(recording).build()?;
/// ```
///
/// The file is JSON for people to read, written anew with each response. It has no secrets: credentials of the description, headers that
/// usually have some, and fields of JSON and of forms called `password`, `token`, `client_secret` and the like are `***` in there; so is what
/// [`remove`](Self::remove) names. What the body of another type has in it stays: look at the file before you publish it.
///
/// Responses aren't compressed, so that they can be read. A request without a response isn't recorded, and a body that is a stream is read as
/// a whole before it is sent.
pub struct Recording<T> {
    transport: T,
    file: Arc<Mutex<RecordingFile>>,
}

struct RecordingFile {
    path: PathBuf,
    redaction: Redaction,
    /// In the order of the requests; `None` until the response is complete.
    calls: Vec<Option<RecordedExchange>>,
}

impl<T> Recording<T> {
    /// Records what goes through a transport. The first response replaces the file, if there is one.
    pub fn new(transport: T, path: impl Into<PathBuf>) -> Self {
        Self {
            transport,
            file: Arc::new(Mutex::new(RecordingFile {
                path: path.into(),
                redaction: Redaction::new(),
                calls: Vec::new(),
            })),
        }
    }

    /// Removes the fields, parameters and headers of this name, too. Small and capital letters, `_` and `-` make no difference.
    #[must_use]
    pub fn remove(self, name: &str) -> Self {
        locked(&self.file).redaction.add(name);
        self
    }
}

impl<T> fmt::Debug for Recording<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = locked(&self.file);
        f.debug_struct("Recording")
            .field("path", &file.path)
            .finish_non_exhaustive()
    }
}

impl<T: Transport> Transport for Recording<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let limits = Limits::of(request.extensions());
        self.send_within(request, limits)
    }

    fn send_within(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (mut head, body) = request.into_parts();
            // Compressed responses could be read by nobody, nor searched for secrets.
            head.headers.remove(ACCEPT_ENCODING);
            let body = body.bytes().await.map_err(TransportError::from_body)?;
            let attempt = head.extensions.get::<Attempt>().copied();
            let operation = limits.attempt.or(attempt).map(|attempt| attempt.operation);
            let credentials = head.extensions.get().copied().unwrap_or_default();
            let redaction = locked(&self.file).redaction.and(credentials);
            let parts = (&head.method, &head.uri, &head.headers);
            let call = RecordedCall::new(operation, parts, &body, &redaction);
            let index = locked(&self.file).begin();
            let request = http::Request::from_parts(head, Body::from(body));
            let response = self.transport.send_within(request, limits).await?;
            let (head, body) = response.into_parts();
            let pending = Pending {
                file: Arc::clone(&self.file),
                index,
                call,
                redaction,
                status: head.status,
                headers: head.headers.clone(),
            };
            let body = match body.into_bytes() {
                Ok(bytes) => {
                    let written = pending.end(&bytes);
                    written.map_err(TransportError::permanent)?;
                    Body::from(bytes)
                }
                Err(stream) => Body::stream(Watched {
                    body: stream,
                    seen: Vec::new(),
                    pending: Some(pending),
                }),
            };
            Ok(http::Response::from_parts(head, body))
        })
    }
}

impl RecordingFile {
    /// The place of a request in the file.
    fn begin(&mut self) -> usize {
        self.calls.push(None);
        self.calls.len() - 1
    }

    fn write(&self) -> io::Result<()> {
        let complete = self.calls.iter().flatten();
        write_recorded(&self.path, complete, &self.redaction).map_err(|error| {
            let path = self.path.display();
            io::Error::new(error.kind(), format!("{path} can't be written: {error}"))
        })
    }
}

/// A call whose response isn't complete.
struct Pending {
    file: Arc<Mutex<RecordingFile>>,
    index: usize,
    call: RecordedCall,
    redaction: Redaction,
    status: StatusCode,
    headers: HeaderMap,
}

impl Pending {
    fn end(self, body: &[u8]) -> io::Result<()> {
        let response = RecordedResponse::new(self.status, &self.headers, body, &self.redaction);
        let mut file = locked(&self.file);
        if let Some(place) = file.calls.get_mut(self.index) {
            *place = Some(RecordedExchange {
                call: self.call,
                response,
            });
        }
        file.write()
    }
}

/// A body that is recorded while it is read: to its end, or as far as it is read.
struct Watched {
    body: Body,
    seen: Vec<u8>,
    pending: Option<Pending>,
}

impl Watched {
    fn end(&mut self) -> io::Result<()> {
        let pending = self.pending.take();
        pending.map_or(Ok(()), |pending| pending.end(&self.seen))
    }
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if let Some(Ok(frame)) = &frame
            && let Some(piece) = frame.data_ref()
        {
            self.seen.extend_from_slice(piece);
        }
        if frame.is_none()
            && let Err(error) = self.end()
        {
            return Poll::Ready(Some(Err(error.into())));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        // The end has to be seen.
        false
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // Nobody is there to hear of an error.
        let _ = self.end();
    }
}

fn locked(file: &Mutex<RecordingFile>) -> MutexGuard<'_, RecordingFile> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}
