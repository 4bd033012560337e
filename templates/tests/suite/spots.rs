//! A value in any style at any place of a request: written as by operations of the client, read as by handlers of the server.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use sample_types::{FromParam, Validate};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::code::client::{Bytes, CoreBuilder, Error, OperationInfo, Recorder, Request, Style};
use crate::code::server::{
    Asked, Body, Exchange, Kind, Limits, Operation, PathOf, PathValues, Problem, Reading,
    Style as ReadStyle,
};

static PATH: OperationInfo = operation("/{color}");
static PLAIN: OperationInfo = operation("/");

const fn operation(path: &'static str) -> OperationInfo {
    OperationInfo {
        id: "Styles",
        method: "GET",
        path,
        ..OperationInfo::PLAIN
    }
}

/// The place of a value in a request. Its name is `color`.
#[derive(Debug, Clone, Copy)]
pub enum Spot {
    /// The path, as a whole segment.
    Path,
    /// In the query.
    Query,
    /// In the query, with reserved characters.
    Reserved,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// Builds a request with a value at a place.
///
/// # Errors
/// The value isn't valid there.
pub fn written(
    spot: Spot,
    style: Style,
    value: &impl Serialize,
) -> Result<http::Request<Bytes>, Error> {
    let operation = match spot {
        Spot::Path => &PATH,
        _ => &PLAIN,
    };
    request(operation, |request| match spot {
        Spot::Path => request.path_styled("color", value, style),
        Spot::Query => request.query_styled("color", value, style),
        Spot::Reserved => request.query_styled_reserved("color", value, style),
        Spot::Header => request.header_styled("color", value, style),
        Spot::Cookie => request.cookie_styled("color", value, style),
    })
}

/// Builds a request with text in the query, without encoding reserved characters.
///
/// # Errors
/// The text isn't valid there.
pub fn reserved(value: &str) -> Result<http::Request<Bytes>, Error> {
    request(&PLAIN, |request| request.query_reserved("color", value))
}

/// Builds a request with a form as its body.
///
/// # Errors
/// The value can't be written as a form.
pub fn form(
    value: &impl Serialize,
    encodings: &[(&str, Style)],
) -> Result<http::Request<Bytes>, Error> {
    request(&PLAIN, |request| request.form(value, encodings))
}

fn request(
    operation: &'static OperationInfo,
    fill: impl FnOnce(&mut Request),
) -> Result<http::Request<Bytes>, Error> {
    let mut builder = CoreBuilder::new("http://chat.test".to_owned(), &[], "spots");
    let recorder = Recorder::new().json(200, &());
    builder.transport(recorder.clone());
    let mut request = builder.build().unwrap().request(operation);
    fill(&mut request);
    let mut cx = Context::from_waker(Waker::noop());
    // Nothing has to wait.
    let Poll::Ready(response) = request.send().as_mut().poll(&mut cx) else {
        panic!("the request was not sent")
    };
    response?;
    let recorded = recorder.requests().remove(0);
    let mut request = http::Request::new(recorded.body);
    *request.uri_mut() = recorded.uri;
    *request.headers_mut() = recorded.headers;
    request.headers_mut().remove("user-agent");
    Ok(request)
}

static OPERATION: Operation = Operation {
    id: "Styles",
    method: "GET",
    path: "/{color}",
    tags: &[],
    consumes: &["application/x-www-form-urlencoded", "application/json"],
    produces: &[],
    security: &[],
    limits: Limits::NONE,
};

/// Reads the values of a request.
pub struct Reader(Exchange);

impl Reader {
    /// Creates a reader of a request whose path is one value.
    pub fn new(request: http::Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path();
        let mut values = PathValues::default();
        values.push(path.len() - path.trim_start_matches('/').len()..path.len());
        let reading = Reading {
            max_body_bytes: 4 << 20,
            body_timeout: Duration::from_secs(60),
            refuses_nulls: true,
        };
        Self(Exchange::new(
            &OPERATION,
            Arc::new(Asked::new(parts, false)),
            PathOf { only: None, values },
            Body::from(body),
            reading,
        ))
    }

    /// Reads the path.
    pub fn path<T: DeserializeOwned>(&self, style: ReadStyle, kind: Kind) -> Result<T, Problem> {
        self.0.path_styled(0, "color", style, kind)
    }

    /// Reads a query parameter.
    pub fn query<T: DeserializeOwned>(
        &self,
        style: ReadStyle,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        self.0.query_styled("color", style, kind)
    }

    /// Reads the query except for some parameters.
    pub fn members<T: DeserializeOwned>(&self, others: &[&str]) -> Result<Option<T>, Problem> {
        self.0.query_members(others)
    }

    /// Reads a query parameter that may be empty.
    pub fn or_empty<T: FromParam>(&self) -> Result<Option<T>, Problem> {
        self.0.query_or_empty("color")
    }

    /// Reads a query parameter whose items contain no comma.
    pub fn atoms<T: FromParam>(&self) -> Result<Option<Vec<T>>, Problem> {
        self.0.query_atoms("color")
    }

    /// Reads a header.
    pub fn header<T: DeserializeOwned>(
        &self,
        style: ReadStyle,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        self.0.header_styled("color", style, kind)
    }

    /// Reads a cookie.
    pub fn cookie<T: DeserializeOwned>(
        &self,
        style: ReadStyle,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        self.0.cookie_styled("color", style, kind)
    }

    /// Reads the body.
    pub async fn form<T: DeserializeOwned + Validate>(
        mut self,
        encodings: &[(&str, ReadStyle, Kind)],
    ) -> Result<T, Problem> {
        self.0.form(encodings).await
    }

    /// Reads the body, if there is one.
    pub async fn form_optional<T: DeserializeOwned + Validate>(
        mut self,
        encodings: &[(&str, ReadStyle, Kind)],
    ) -> Result<Option<T>, Problem> {
        self.0.form_optional(encodings).await
    }
}
