//! Responses that are streams of events or values. Needs `body.rs`, `error.rs`, `events.rs`, `lines.rs`, `response.rs`,
//! `stream_error.rs`, `blocking.rs` (feature `blocking`).

use serde::de::DeserializeOwned;

use super::{Error, Events, Lines, RawResponse, Response};

/// Used at the end of the `decode` functions of operations that stream.
impl RawResponse {
    /// A success with events whose data is JSON.
    pub(crate) fn into_events<T: DeserializeOwned, E>(
        self,
    ) -> Result<Response<Events<T>>, Error<E>> {
        self.into_events_as(|events| events)
    }

    /// A success with events whose data is JSON, one of several documented responses.
    pub(crate) fn into_events_as<B: DeserializeOwned, T, E>(
        self,
        variant: fn(Events<B>) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let mut events = Events::from_body(self.stream());
        events.origin.clone_from(&self.origin);
        Ok(self.with_body(variant(events)))
    }

    /// A success with events whose data is text.
    pub(crate) fn into_text_events<E>(self) -> Result<Response<Events<String>>, Error<E>> {
        self.into_text_events_as(|events| events)
    }

    /// A success with events whose data is text, one of several documented responses.
    pub(crate) fn into_text_events_as<T, E>(
        self,
        variant: fn(Events<String>) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let mut events = Events::from_text_body(self.stream());
        events.origin.clone_from(&self.origin);
        Ok(self.with_body(variant(events)))
    }

    /// A success with JSON lines, or a JSON text sequence.
    pub(crate) fn into_lines<T, E>(self) -> Result<Response<Lines<T>>, Error<E>> {
        self.into_lines_as(|lines| lines)
    }

    /// A success with JSON lines, or a JSON text sequence, one of several documented responses.
    pub(crate) fn into_lines_as<B, T, E>(
        self,
        variant: fn(Lines<B>) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(Lines::from_body(self.stream()));
        Ok(self.with_body(body))
    }
}

/// Reading streams outside of async code. Needs the client that the stream comes from to exist.
#[cfg(feature = "blocking")]
mod blocking {
    use serde::de::DeserializeOwned;

    use super::super::blocking::waited_for;
    use super::super::{Event, Events, Lines, StreamError};

    impl<T> Events<T> {
        /// Like [`next`](Self::next), outside of async code.
        ///
        /// # Errors
        /// Like those of `next`; or the call is made inside an async runtime.
        pub fn next_blocking(&mut self) -> Option<Result<Event<T>, StreamError>> {
            waited_for(self.next()).unwrap_or(Some(Err(StreamError::Blocking)))
        }

        /// Returns an iterator over the events, outside of async code.
        pub fn blocking(mut self) -> impl Iterator<Item = Result<Event<T>, StreamError>> {
            std::iter::from_fn(move || self.next_blocking())
        }
    }

    impl<T: DeserializeOwned> Lines<T> {
        /// Like [`next`](Self::next), outside of async code.
        ///
        /// # Errors
        /// Like those of `next`; or the call is made inside an async runtime.
        pub fn next_blocking(&mut self) -> Option<Result<T, StreamError>> {
            waited_for(self.next()).unwrap_or(Some(Err(StreamError::Blocking)))
        }

        /// Returns an iterator over the values, outside of async code.
        pub fn blocking(mut self) -> impl Iterator<Item = Result<T, StreamError>> {
            std::iter::from_fn(move || self.next_blocking())
        }
    }
}
