//! A way for tests to read a value in any style. Generated servers have no such file: there handlers do this.

use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::support::{
    Asked, Body, Bytes, Exchange, FromParam, Kind, Operation, Problem, Reading, Style, Validate,
};

static OPERATION: Operation = Operation {
    id: "Styles",
    method: "GET",
    path: "/{color}",
    consumes: &["application/x-www-form-urlencoded", "application/json"],
    produces: &[],
    security: &[],
};

/// Reads what a request says.
pub struct Reader(Exchange);

impl Reader {
    /// A reader of a request, whose path is one value.
    pub fn new(request: http::Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        let segment = parts.uri.path().trim_start_matches('/').to_owned();
        let reading = Reading {
            max_body_bytes: 4 << 20,
            body_timeout: Duration::from_secs(60),
            refuses_nulls: true,
        };
        Self(Exchange::new(
            &OPERATION,
            Arc::new(Asked::new(parts)),
            vec![segment],
            Body::from(body),
            reading,
        ))
    }

    /// The path.
    pub fn path<T: DeserializeOwned>(&self, style: Style, kind: Kind) -> Result<T, Problem> {
        self.0.path_styled(0, "color", style, kind)
    }

    /// A parameter of the query.
    pub fn query<T: DeserializeOwned>(
        &self,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        self.0.query_styled("color", style, kind)
    }

    /// The query but for some parameters.
    pub fn members<T: DeserializeOwned>(&self, others: &[&str]) -> Result<Option<T>, Problem> {
        self.0.query_members(others)
    }

    /// A parameter of the query that may be empty.
    pub fn or_empty<T: FromParam>(&self) -> Result<Option<T>, Problem> {
        self.0.query_or_empty("color")
    }

    /// A parameter of the query whose items hold no comma.
    pub fn atoms<T: FromParam>(&self) -> Result<Option<Vec<T>>, Problem> {
        self.0.query_atoms("color")
    }

    /// A header.
    pub fn header<T: DeserializeOwned>(
        &self,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        self.0.header_styled("color", style, kind)
    }

    /// A cookie.
    pub fn cookie<T: DeserializeOwned>(
        &self,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        self.0.cookie_styled("color", style, kind)
    }

    /// The body.
    pub async fn form<T: DeserializeOwned + Validate>(
        mut self,
        encodings: &[(&str, Style, Kind)],
    ) -> Result<T, Problem> {
        self.0.form(encodings).await
    }

    /// The body, if there is one.
    pub async fn form_optional<T: DeserializeOwned + Validate>(
        mut self,
        encodings: &[(&str, Style, Kind)],
    ) -> Result<Option<T>, Problem> {
        self.0.form_optional(encodings).await
    }
}
