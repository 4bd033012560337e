//! Parameters and forms that aren't scalars. Needs `body.rs`, `decode.rs`, `exchange.rs`, `problem.rs`, `style.rs` of both sides,
//! `styled_text.rs`, `text.rs` of the types.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::super::types::TextTree;
use super::{
    Exchange, Kind, Pair, Place, Problem, ReadError, Style, Validate, cookies, from_json,
    is_listed, json_text, members, nests, of_header, of_pairs, of_path, percent_decoded,
    query_decoded, query_pairs,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Parameters: 400 if one is not as described.
impl Exchange {
    /// The path parameter at `index`.
    pub(crate) fn path_styled<T: DeserializeOwned>(
        &self,
        index: usize,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<T, Problem> {
        let raw = self.path_value(index)?;
        if style == Style::Json {
            let text = percent_decoded(raw).ok_or_else(|| malformed(name))?;
            return self.reading.value(|| json(name, &text));
        }
        let text = of_path(name, raw, style, kind).ok_or_else(|| malformed(name))?;
        read(name, text)
    }

    /// A query parameter.
    pub(crate) fn query_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        let pairs = pairs(self.asked.parts.uri.query().unwrap_or_default())?;
        self.reading.value(|| of_named(name, &pairs, style, kind))
    }

    /// A required query parameter.
    pub(crate) fn require_query_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<T, Problem> {
        self.query_styled(name, style, kind)?
            .ok_or_else(|| missing(name))
    }

    /// The query parameter whose members are parameters themselves: everything except `others`. `None` if there is nothing else.
    pub(crate) fn query_members<T: DeserializeOwned>(
        &self,
        others: &[&str],
    ) -> Result<Option<T>, Problem> {
        let mut pairs = pairs(self.asked.parts.uri.query().unwrap_or_default())?;
        pairs.retain(|(key, _)| !others.iter().any(|other| nests(key, other)));
        match pairs.is_empty() {
            true => Ok(None),
            false => of_members(&pairs).map(Some),
        }
    }

    /// The required query parameter whose members are parameters themselves.
    pub(crate) fn require_query_members<T: DeserializeOwned>(
        &self,
        others: &[&str],
    ) -> Result<T, Problem> {
        match self.query_members(others)? {
            Some(value) => Ok(value),
            // An object without required members may be empty.
            None => of_members(&[]),
        }
    }

    /// A query parameter for which an empty value means absent.
    pub(crate) fn query_or_empty<T: super::FromParam>(
        &self,
        name: &str,
    ) -> Result<Option<T>, Problem> {
        match self.query::<String>(name)?.as_deref() {
            None | Some("") => Ok(None),
            Some(_) => self.query(name),
        }
    }

    /// A header. Several lines form one list (RFC 9110, section 5.3).
    pub(crate) fn header_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        if style == Style::Json || kind == Kind::Value {
            let Some(text) = self.header::<String>(name)? else {
                return Ok(None);
            };
            return match style {
                Style::Json => self.reading.value(|| json(name, &text)).map(Some),
                _ => read(name, TextTree::leaf(text)).map(Some),
            };
        }
        let Some(lines) = self.header_lines(name)? else {
            return Ok(None);
        };
        let text = of_header(&lines, style, kind).ok_or_else(|| malformed(name))?;
        read(name, text).map(Some)
    }

    /// A required header.
    pub(crate) fn require_header_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<T, Problem> {
        self.header_styled(name, style, kind)?
            .ok_or_else(|| missing(name))
    }

    /// A parameter in cookies: one or several with its name, or one for each member of an object.
    pub(crate) fn cookie_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<Option<T>, Problem> {
        let pairs: Vec<Pair<'_>> = cookies(&self.asked.parts.headers)
            .map(|(known, value)| {
                // Names of members may be encoded; cookies of others may contain anything.
                (
                    percent_decoded(known).unwrap_or(Cow::Borrowed(known)),
                    value,
                )
            })
            .collect();
        let found = (self.reading).value(|| of_named(name, &pairs, style, kind))?;
        let by_members = style == Style::FormExploded && kind == Kind::Object;
        match found {
            None if by_members && !pairs.is_empty() => of_members(&pairs).map(Some),
            found => Ok(found),
        }
    }

    /// A required cookie.
    pub(crate) fn require_cookie_styled<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
        kind: Kind,
    ) -> Result<T, Problem> {
        self.cookie_styled(name, style, kind)?
            .ok_or_else(|| missing(name))
    }
}

/// Bodies: 413 if it is too large, 415 if it has another media type, 400 if it is not as described.
impl Exchange {
    /// The body as `application/x-www-form-urlencoded`. `encodings` are the properties whose style differs from the default of query
    /// parameters.
    pub(crate) async fn form<T: DeserializeOwned + Validate>(
        &mut self,
        encodings: &[(&str, Style, Kind)],
    ) -> Result<T, Problem> {
        if !is_listed(&self.content_type()?, FORM) {
            return Err(Problem::unsupported_media_type(self.operation.consumes));
        }
        let body = self.bytes().await?;
        self.reading.value(|| of_form(&body, encodings))
    }

    /// The form, if there is one.
    pub(crate) async fn form_optional<T: DeserializeOwned + Validate>(
        &mut self,
        encodings: &[(&str, Style, Kind)],
    ) -> Result<Option<T>, Problem> {
        match self.has_body() {
            true => self.form(encodings).await.map(Some),
            false => Ok(None),
        }
    }
}

fn of_form<T: DeserializeOwned + Validate>(
    form: &[u8],
    encodings: &[(&str, Style, Kind)],
) -> Result<T, Problem> {
    let form = std::str::from_utf8(form).map_err(|_| Problem::invalid("the body is not UTF-8"))?;
    let members = members(&pairs(form)?, encodings).map_err(|name| {
        let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        Problem::invalid("the body is not as described")
            .with_error(Place::Body(pointer), "is not written as described")
    })?;
    let value: T = members
        .read()
        .map_err(|error| Problem::unreadable(&error))?;
    value.validate_request().map_err(Problem::invalid_body)?;
    Ok(value)
}

fn missing(name: &str) -> Problem {
    Problem::parameter(name, "is required")
}

fn malformed(name: &str) -> Problem {
    Problem::parameter(name, "is not written as described")
}

fn read<T: DeserializeOwned>(name: &str, text: TextTree) -> Result<T, Problem> {
    text.read().map_err(|error| unreadable(name, &error))
}

/// A value written as JSON.
fn json<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Problem> {
    from_json(text.as_bytes()).map_err(|error| unreadable(name, &error))
}

/// The problem's place is the parameter, followed by the JSON pointer of the value in it.
fn unreadable(name: &str, error: &ReadError) -> Problem {
    let place = format!("{name}{}", error.pointer());
    Problem::parameter(place.trim_start_matches('/'), error.message())
}

/// The parameter with this name; `None` if it is absent.
fn of_named<T: DeserializeOwned>(
    name: &str,
    pairs: &[Pair<'_>],
    style: Style,
    kind: Kind,
) -> Result<Option<T>, Problem> {
    if style == Style::Json {
        let text = json_text(name, pairs).map_err(|()| malformed(name))?;
        return text.map(|text| json(name, &text)).transpose();
    }
    let text = of_pairs(name, pairs, style, kind).map_err(|()| malformed(name))?;
    text.map(|text| read(name, text)).transpose()
}

/// An object with pairs as its members.
fn of_members<T: DeserializeOwned>(pairs: &[Pair<'_>]) -> Result<T, Problem> {
    let members = members(pairs, &[]).map_err(|name| malformed(&name))?;
    members.read().map_err(|error| match error.pointer() {
        "" => Problem::parameter("query", error.message()),
        _ => unreadable("", &error),
    })
}

/// Name-value pairs; names are decoded, values aren't.
fn pairs(query: &str) -> Result<Vec<Pair<'_>>, Problem> {
    query_pairs(query)
        .map(|(name, value)| {
            let name = query_decoded(name).ok_or_else(|| Problem::invalid("a name is not text"))?;
            Ok((name, value))
        })
        .collect()
}
