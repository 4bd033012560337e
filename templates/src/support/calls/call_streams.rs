//! Calls whose response is a stream of events or lines. Needs `call.rs`.

use std::task::{Poll, ready};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::client::{Events, Lines, Response};
use super::{Call, Error, Failure, Reply, json_text};

impl Call {
    /// A call that gives events as they arrive: their data, or an object with `event`, `id` and `data` where there is more than data.
    pub(crate) fn events<T, E>(
        sending: impl Future<Output = Result<Response<Events<T>>, Error<E>>> + Send + 'static,
    ) -> Self
    where
        T: Serialize + Send + 'static,
        E: 'static,
    {
        Self::new(async {
            let mut events = sending.await.map_err(Failure::of)?.into_body();
            Ok(Reply::Values(Box::new(move |cx| {
                let event = ready!(events.poll_next(cx));
                Poll::Ready(event.map(|event| {
                    let event = event.map_err(|error| Failure::Network(error.to_string()))?;
                    let data = json_text(&event.data)?;
                    let said = [("event", event.event), ("id", event.id)];
                    let said = said.into_iter();
                    let said = said.filter_map(|(name, text)| Some((name, Value::from(text?))));
                    let said: Vec<String> = said
                        .map(|(name, text)| format!("\"{name}\":{text},"))
                        .collect();
                    Ok(match &said[..] {
                        [] => data,
                        said => format!("{{{}\"data\":{data}}}", said.concat()),
                    })
                }))
            })))
        })
    }

    /// A call that gives the values on the lines of its response as they arrive.
    pub(crate) fn lines<T, E>(
        sending: impl Future<Output = Result<Response<Lines<T>>, Error<E>>> + Send + 'static,
    ) -> Self
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        E: 'static,
    {
        Self::new(async {
            let mut lines = sending.await.map_err(Failure::of)?.into_body();
            Ok(Reply::Values(Box::new(move |cx| {
                let line = ready!(lines.poll_next(cx));
                Poll::Ready(line.map(|line| {
                    let line = line.map_err(|error| Failure::Network(error.to_string()))?;
                    json_text(&line)
                }))
            })))
        })
    }
}
