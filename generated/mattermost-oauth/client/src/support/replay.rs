//! Responds with recorded calls. Needs `attempt.rs`, `body.rs`, `recorded.rs`, `redaction.rs`, `transport.rs`; behind the feature `mock`.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::{
    Attempt, Body, BoxFuture, RecordedCall, RecordedExchange, Redaction, Transport, TransportError,
    read_recorded,
};

/// A transport that responds with what a [`Recording`](super::Recording) wrote, without a server.
///
/// ```text
/// let replay = Replay::open("tests/recorded/pets.json")?;
/// let client = Client::builder("http://localhost").bearer("any").transport(replay).build()?;
/// ```
///
/// A request gets the response of the recorded one with the same method, path, query and body. What was removed from the recorded one
/// is removed from it before, so that credentials may be any. If there are several, they take their turns in the order of the file, and the
/// last one is repeated. Any other request fails, with an error that names the recorded one which is nearest, and what is different in it.
pub struct Replay {
    path: PathBuf,
    redaction: Redaction,
    calls: Vec<RecordedExchange>,
    /// Which of them have had their turn.
    used: Mutex<Vec<bool>>,
}

impl Replay {
    /// Reads the recorded calls.
    ///
    /// # Errors
    /// The file can't be read, or isn't one of recorded calls.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let (calls, redaction) = read_recorded(&path).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        })?;
        Ok(Self {
            path,
            redaction,
            used: Mutex::new(vec![false; calls.len()]),
            calls,
        })
    }

    /// The recorded call that a request gets the response of.
    fn find(&self, call: &RecordedCall) -> Option<&RecordedExchange> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let same = self.calls.iter().enumerate();
        let same: Vec<usize> = same
            .filter(|(_, recorded)| recorded.call.is(call))
            .map(|(at, _)| at)
            .collect();
        let is_unused = |at: &&usize| !used.get(**at).copied().unwrap_or(true);
        let at = *same.iter().find(is_unused).or(same.last())?;
        if let Some(used) = used.get_mut(at) {
            *used = true;
        }
        self.calls.get(at)
    }

    /// Says that a request wasn't recorded, and which one was that is like it.
    fn missing(&self, call: &RecordedCall) -> String {
        let path = self.path.display();
        let compared = self.calls.iter().enumerate().map(|(at, recorded)| {
            let (weight, differences) = recorded.call.differences(call);
            (weight, at, recorded, differences)
        });
        let nearest = compared.min_by_key(|(weight, at, ..)| (*weight, *at));
        match nearest {
            None => format!("{path} has no recorded call, so none for {call}"),
            Some((_, at, recorded, differences)) => format!(
                "{path} has no recorded call for {call}; the nearest is call {}, {}: {}",
                at + 1,
                recorded.call,
                differences.join("; ")
            ),
        }
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay")
            .field("path", &self.path)
            .field("calls", &self.calls.len())
            .finish_non_exhaustive()
    }
}

impl Transport for Replay {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.bytes().await.map_err(TransportError::from_body)?;
            let attempt = head.extensions.get::<Attempt>();
            let operation = attempt.map(|attempt| attempt.operation);
            let parts = (&head.method, &head.uri, &head.headers);
            let credentials = head.extensions.get().copied().unwrap_or_default();
            let redaction = self.redaction.and(credentials);
            let call = RecordedCall::new(operation, parts, &body, &redaction);
            let Some(RecordedExchange { response, .. }) = self.find(&call) else {
                return Err(TransportError::permanent(self.missing(&call)));
            };
            let mut replayed = http::Response::new(Body::from(response.body()));
            *replayed.status_mut() = response.status;
            *replayed.headers_mut() = response.headers();
            Ok(replayed)
        })
    }
}
