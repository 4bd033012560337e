//! A request that is being handled. Needs `arriving.rs`, `asked.rs`, `auth.rs`, `body.rs`, `call.rs`, `decode.rs`, `media.rs`,
//! `operation.rs`, `problem.rs`, `request_body.rs`, `route_values.rs`.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use http_body_util::Limited;
use serde::de::DeserializeOwned;

use super::{
    Asked, Authenticate, Body, Call, FromParam, Operation, PathValues, Problem, Reading,
    Requirement, Validate, Validator, arriving, authenticated, body_type, cookies, essence,
    from_json, is_encoded, is_json, is_listed, missing_credentials, percent_decoded, query_decoded,
    query_pairs, read_body, watched,
};

/// A request being handled. Generated code takes from it, in this order, the caller, the parameters and the body.
#[derive(Debug)]
#[doc(hidden)]
pub struct Exchange {
    pub(super) operation: &'static Operation,
    pub(super) asked: Arc<Asked>,
    path: PathOf,
    pub(super) body: Body,
    pub(super) reading: Reading,
    /// Whether the provider handles the `Content-Encoding` of the body.
    takes_codings: bool,
    /// The credentials that the caller was known by.
    requirement: OnceLock<&'static Requirement>,
}

/// The path that led to the operation.
#[derive(Debug)]
pub(crate) struct PathOf {
    /// The path, unless it is that of the request's URL.
    pub(crate) only: Option<Arc<str>>,
    pub(crate) values: PathValues,
}

impl Exchange {
    pub(crate) fn new(
        operation: &'static Operation,
        asked: Arc<Asked>,
        path: PathOf,
        body: Body,
        reading: Reading,
    ) -> Self {
        Self {
            operation,
            asked,
            path,
            body,
            reading,
            takes_codings: false,
            requirement: OnceLock::new(),
        }
    }

    /// The context of the call, once parameters and body have been taken.
    pub(crate) fn call<S>(self, session: S) -> Call<S> {
        let requirement = self.requirement.into_inner();
        Call::new(session, self.operation, requirement, self.asked)
    }
}

/// The caller.
impl Exchange {
    /// The session of the caller: 401 if the credentials are missing or not valid, 403 if they are insufficient.
    pub(crate) async fn authenticate<A: Authenticate>(
        &self,
        hook: &A,
    ) -> Result<A::Session, Problem> {
        let session = self.authenticate_optional(hook).await?;
        session.ok_or_else(|| missing_credentials(self.operation))
    }

    /// Like [`authenticate`](Self::authenticate), if there are credentials.
    pub(crate) async fn authenticate_optional<A: Authenticate>(
        &self,
        hook: &A,
    ) -> Result<Option<A::Session>, Problem> {
        let Some(met) = authenticated(hook, self.operation, &self.asked.parts).await else {
            return Ok(None);
        };
        let (session, requirement) = met?;
        self.requirement.get_or_init(|| requirement);
        Ok(Some(session))
    }
}

/// Parameters: 400 if one is not as described, or is repeated and isn't an array.
impl Exchange {
    /// The path parameter at `index`; the name is for the problem.
    pub(crate) fn path<T: FromParam>(&self, index: usize, name: &str) -> Result<T, Problem> {
        let text = percent_decoded(self.path_value(index)?).ok_or_else(|| not_text(name))?;
        parsed(name, &text)
    }

    /// 404 unless all values of a repeated path parameter are equal.
    pub(crate) fn same_path(&self, index: usize, other: usize) -> Result<(), Problem> {
        let index = percent_decoded(self.path_value(index)?);
        let other = percent_decoded(self.path_value(other)?);
        if index == other {
            Ok(())
        } else {
            Err(Problem::not_found())
        }
    }

    /// The path parameter at `index`, as it is in the URL.
    pub(crate) fn path_value(&self, index: usize) -> Result<&str, Problem> {
        let path = (self.path.only.as_deref()).unwrap_or_else(|| self.asked.parts.uri.path());
        let value = self.path.values.get(index);
        let text = value.and_then(|place| path.get(place));
        text.ok_or_else(|| Problem::internal("the path has fewer parameters"))
    }

    /// A query parameter.
    pub(crate) fn query<T: FromParam>(&self, name: &str) -> Result<Option<T>, Problem> {
        single(name, self.query_values(name))
    }

    /// A required query parameter.
    pub(crate) fn require_query<T: FromParam>(&self, name: &str) -> Result<T, Problem> {
        self.query(name)?.ok_or_else(|| missing(name))
    }

    /// A query parameter that is repeated for each item: `name=a&name=b`.
    pub(crate) fn query_each<T: FromParam>(&self, name: &str) -> Result<Option<Vec<T>>, Problem> {
        let texts: Vec<_> = self.query_values(name).collect::<Result<_, _>>()?;
        match texts.is_empty() {
            true => Ok(None),
            false => texts
                .iter()
                .map(|text| parsed(name, text))
                .collect::<Result<_, _>>()
                .map(Some),
        }
    }

    /// A required query parameter that is repeated for each item.
    pub(crate) fn require_query_each<T: FromParam>(&self, name: &str) -> Result<Vec<T>, Problem> {
        self.query_each(name)?.ok_or_else(|| missing(name))
    }

    /// A query parameter with a separator between its items: `name=a,b`.
    ///
    /// A comma in an item is percent-encoded, so the text is split before it is decoded. Spaces and bars are always encoded in URLs, so for
    /// these it is decoded first.
    pub(crate) fn query_list<T: FromParam>(
        &self,
        name: &str,
        separator: char,
    ) -> Result<Option<Vec<T>>, Problem> {
        let values: Vec<&str> = self.raw_query_values(name).collect();
        let decoded = |text: &str| {
            query_decoded(text)
                .map(Cow::into_owned)
                .ok_or_else(|| not_text(name))
        };
        match values.as_slice() {
            [] => Ok(None),
            [""] => Ok(Some(Vec::new())),
            [raw] if separator == ',' => raw
                .split(',')
                .map(|item| parsed(name, &decoded(item)?))
                .collect::<Result<_, _>>()
                .map(Some),
            [raw] => items(name, &decoded(raw)?, separator).map(Some),
            _ => Err(Problem::parameter(name, "must not stand twice")),
        }
    }

    /// A query parameter with commas between items that contain none: `name=1,2`, or `name=1%2C2` as many clients write it.
    pub(crate) fn query_atoms<T: FromParam>(&self, name: &str) -> Result<Option<Vec<T>>, Problem> {
        let mut values = self.raw_query_values(name);
        match (values.next(), values.next()) {
            (Some(raw), None) if !raw.contains(',') => {
                let text = query_decoded(raw).ok_or_else(|| not_text(name))?;
                items(name, &text, ',').map(Some)
            }
            _ => self.query_list(name, ','),
        }
    }

    /// A required query parameter with commas between items that contain none.
    pub(crate) fn require_query_atoms<T: FromParam>(&self, name: &str) -> Result<Vec<T>, Problem> {
        self.query_atoms(name)?.ok_or_else(|| missing(name))
    }

    /// A required query parameter with a separator between its items.
    pub(crate) fn require_query_list<T: FromParam>(
        &self,
        name: &str,
        separator: char,
    ) -> Result<Vec<T>, Problem> {
        self.query_list(name, separator)?
            .ok_or_else(|| missing(name))
    }

    /// A header with commas between its items.
    pub(crate) fn header_list<T: FromParam>(&self, name: &str) -> Result<Option<Vec<T>>, Problem> {
        let Some(text) = self.header_lines(name)? else {
            return Ok(None);
        };
        if text.trim().is_empty() {
            return Ok(Some(Vec::new()));
        }
        // White space around items is ignored (RFC 9110, section 5.6.1).
        let items = text.split(',').map(|item| parsed(name, item.trim()));
        items.collect::<Result<_, _>>().map(Some)
    }

    /// The lines of a header, joined to one list (RFC 9110, section 5.3).
    pub(crate) fn header_lines(&self, name: &str) -> Result<Option<String>, Problem> {
        let lines = self.asked.parts.headers.get_all(name).into_iter();
        let lines: Vec<&str> = lines
            .map(|line| header_text(line).ok_or_else(|| not_text(name)))
            .collect::<Result<_, _>>()?;
        Ok((!lines.is_empty()).then(|| lines.join(",")))
    }

    /// A required header with commas between its items.
    pub(crate) fn require_header_list<T: FromParam>(&self, name: &str) -> Result<Vec<T>, Problem> {
        self.header_list(name)?.ok_or_else(|| missing(name))
    }

    /// A header.
    pub(crate) fn header<T: FromParam>(&self, name: &str) -> Result<Option<T>, Problem> {
        let values = self.asked.parts.headers.get_all(name).into_iter();
        let texts = values.map(|value| {
            let text = header_text(value).ok_or_else(|| not_text(name))?;
            Ok(Cow::Borrowed(text))
        });
        single(name, texts)
    }

    /// A required header.
    pub(crate) fn require_header<T: FromParam>(&self, name: &str) -> Result<T, Problem> {
        self.header(name)?.ok_or_else(|| missing(name))
    }

    /// A cookie.
    pub(crate) fn cookie<T: FromParam>(&self, name: &str) -> Result<Option<T>, Problem> {
        let values = cookies(&self.asked.parts.headers).filter(|(known, _)| *known == name);
        let texts = values.map(|(_, value)| percent_decoded(value).ok_or_else(|| not_text(name)));
        single(name, texts)
    }

    /// A required cookie.
    pub(crate) fn require_cookie<T: FromParam>(&self, name: &str) -> Result<T, Problem> {
        self.cookie(name)?.ok_or_else(|| missing(name))
    }

    /// Rejects a body that violates constraints, with all violations.
    pub(crate) fn checked_body(&self, validator: &mut Validator) -> Result<(), Problem> {
        std::mem::take(validator)
            .finish()
            .map_err(Problem::invalid_body)
    }

    /// Rejects parameters that violate constraints, with all violations, by the name of each parameter.
    pub(crate) fn checked(&self, validator: &mut Validator) -> Result<(), Problem> {
        std::mem::take(validator)
            .finish()
            .map_err(Problem::invalid_parameters)
    }

    /// The values of a query parameter, decoded.
    fn query_values(&self, name: &str) -> impl Iterator<Item = Result<Cow<'_, str>, Problem>> {
        self.raw_query_values(name)
            .map(move |value| query_decoded(value).ok_or_else(|| not_text(name)))
    }

    /// The values of a query parameter, as they are in the URL.
    fn raw_query_values(&self, name: &str) -> impl Iterator<Item = &str> {
        let pairs = query_pairs(self.asked.parts.uri.query().unwrap_or_default());
        // Nothing gets longer by decoding.
        pairs
            .filter(move |(known, _)| {
                known.len() >= name.len() && query_decoded(known).as_deref() == Some(name)
            })
            .map(|(_, value)| value)
    }
}

/// The body: 413 if it is too large, 415 if it has another media type, 400 if it is not as described.
impl Exchange {
    /// The JSON body.
    pub(crate) async fn json<T: DeserializeOwned + Validate>(&mut self) -> Result<T, Problem> {
        self.json_optional()
            .await?
            .ok_or_else(|| Problem::invalid("a JSON body is required"))
    }

    /// The JSON body, if there is one.
    pub(crate) async fn json_optional<T: DeserializeOwned + Validate>(
        &mut self,
    ) -> Result<Option<T>, Problem> {
        let Some(json) = self.json_bytes().await? else {
            return Ok(None);
        };
        let value: T = self
            .reading
            .value(|| from_json(&json))
            .map_err(|error| Problem::unreadable(&error))?;
        value.validate_request().map_err(Problem::invalid_body)?;
        Ok(Some(value))
    }

    /// The body as text.
    pub(crate) async fn text(&mut self) -> Result<String, Problem> {
        let body = self.bytes().await?;
        String::from_utf8(body.into()).map_err(|_| Problem::invalid("the body is not UTF-8"))
    }

    /// The body as bytes.
    pub(crate) async fn bytes(&mut self) -> Result<Bytes, Problem> {
        self.content_type()?;
        self.read().await
    }

    /// Rejects a request without a body. An empty body with a media type is accepted.
    pub(crate) fn require_body(&self) -> Result<(), Problem> {
        match self.has_body() || self.asked.parts.headers.contains_key(CONTENT_TYPE) {
            true => Ok(()),
            false => Err(Problem::invalid("a body is required")),
        }
    }

    /// Whether there is a body.
    pub(crate) fn has_body(&self) -> bool {
        !http_body::Body::is_end_stream(&self.body)
    }

    /// Leaves the `Content-Encoding` of the body to the provider, which gets it as a parameter.
    pub(crate) fn take_codings(&mut self) {
        self.takes_codings = true;
    }

    /// The media type of the body, for operations that accept several. 415 if the body is encoded and the provider doesn't handle that.
    pub(crate) fn content_type(&self) -> Result<Cow<'_, str>, Problem> {
        if !self.takes_codings && is_encoded(&self.asked.parts.headers) {
            return Err(Problem::unsupported_encoding());
        }
        body_type(&self.asked.parts.headers, self.operation)
    }

    /// Whether the body has one of these media types, or is in one of these ranges.
    pub(crate) fn takes(&self, media_types: &[&str]) -> Result<bool, Problem> {
        let sent = self.content_type()?;
        let is_sent = |listed: &&str| essence(listed) == sent;
        // An exact match takes precedence over a range, and over other names for JSON.
        let is_named = self.operation.consumes.iter().any(is_sent);
        let mut media_types = media_types.iter();
        Ok(media_types.any(|listed| is_sent(listed) || (!is_named && is_listed(&sent, listed))))
    }

    async fn json_bytes(&mut self) -> Result<Option<Bytes>, Problem> {
        if http_body::Body::is_end_stream(&self.body) {
            return Ok(None);
        }
        // A media type that the description uses for JSON is JSON, whatever its name.
        let sent = self.content_type()?;
        if !is_json(&sent)
            && !self
                .operation
                .consumes
                .iter()
                .any(|listed| essence(listed) == sent)
        {
            return Err(Problem::unsupported_media_type(self.operation.consumes));
        }
        Ok(Some(self.read().await?).filter(|json| !json.is_empty()))
    }

    async fn read(&mut self) -> Result<Bytes, Problem> {
        let body = read_body(std::mem::take(&mut self.body), self.reading).await?;
        self.asked.body_has_arrived();
        Ok(body)
    }
}

impl Exchange {
    /// The body as a stream of any size: 415 if it has another media type.
    pub(crate) fn body(&mut self) -> Result<Body, Problem> {
        self.content_type()?;
        Ok(self.watched_body())
    }

    /// The body, with a time limit for each chunk, and the limit of size that the operation itself has.
    pub(crate) fn watched_body(&mut self) -> Body {
        let body = arriving(std::mem::take(&mut self.body), &self.asked);
        let body = watched(body, self.reading.body_timeout);
        match self.operation.limits.body_bytes {
            Some(limit) => Body::stream(Limited::new(body, limit)),
            None => body,
        }
    }
}

fn single<'t, T: FromParam>(
    name: &str,
    mut texts: impl Iterator<Item = Result<Cow<'t, str>, Problem>>,
) -> Result<Option<T>, Problem> {
    let Some(text) = texts.next().transpose()? else {
        return Ok(None);
    };
    match texts.next() {
        None => parsed(name, &text).map(Some),
        Some(second) => {
            second?;
            texts.try_for_each(|text| text.map(drop))?;
            Err(Problem::parameter(name, "must not stand twice"))
        }
    }
}

fn items<T: FromParam>(name: &str, text: &str, separator: char) -> Result<Vec<T>, Problem> {
    match text.is_empty() {
        true => Ok(Vec::new()),
        false => text
            .split(separator)
            .map(|item| parsed(name, item))
            .collect(),
    }
}

fn parsed<T: FromParam>(name: &str, text: &str) -> Result<T, Problem> {
    T::from_param(text).map_err(|expected| Problem::parameter(name, expected))
}

/// The text of a header; clients write non-ASCII text as UTF-8.
fn header_text(value: &HeaderValue) -> Option<&str> {
    std::str::from_utf8(value.as_bytes()).ok()
}

fn missing(name: &str) -> Problem {
    Problem::parameter(name, "is required")
}

fn not_text(name: &str) -> Problem {
    Problem::parameter(name, "is not valid text")
}
