//! Makes answers from the responses of an operation.
//!
//! In: an operation and what the client prefers. Out: status, headers and body, from examples or schemas.

use super::input::described;
use super::message::{Answer, Problem, Request};
use super::operations::Operation;
use super::random::Random;
use super::support::server::media;
use super::table::{Tables, Way};
use super::value::{Heights, Maker, Reason, strip};
use super::{multipart, xml};
use crate::diag::Code;
use crate::document::{Document, MediaType, Response, SchemaId, StatusKey};
use serde_json::Value;
use std::fmt::Write;

/// Items of a stream.
const ITEMS: usize = 3;

/// What a client asks for, by `Prefer` or in the query.
#[derive(Debug, Clone, Default)]
pub(super) struct Preferences {
    pub(super) code: Option<String>,
    pub(super) example: Option<String>,
    pub(super) dynamic: Option<bool>,
}

impl Preferences {
    pub(super) fn of(request: &Request) -> Self {
        Self {
            code: request.preference("code"),
            example: request.preference("example"),
            dynamic: request.preference("dynamic").map(|word| word == "true"),
        }
    }
}

/// Makes the answers of an operation.
pub(super) struct Replier<'r> {
    pub(super) document: &'r Document,
    pub(super) tables: &'r mut Tables,
    pub(super) heights: &'r Heights,
    pub(super) random: Random,
    pub(super) dynamic: bool,
    /// What couldn't be made as described.
    pub(super) notes: &'r mut Vec<Code>,
}

impl Replier<'_> {
    /// The answer with a response and a status.
    ///
    /// # Errors
    /// The client accepts no media type of the response, there is no such example, or no value can be made.
    pub(super) fn answer(
        &mut self,
        operation: Operation<'_>,
        response: &Response,
        status: u16,
        accept: Option<&str>,
        example: Option<&str>,
    ) -> Result<Answer, Problem> {
        let mut answer = Answer::new(status);
        for header in &response.headers {
            if header.name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let text = match header.schema {
                Some(schema) => self.made(schema).map(|value| simple(&value)),
                None => Ok("text".to_owned()),
            };
            match text {
                Ok(text) => answer = answer.with_header(&header.name, &text),
                Err(reason) => {
                    let what = format!(
                        "the header `{}` of {}",
                        header.name,
                        label(operation, status)
                    );
                    let reason = reason.to_string();
                    self.notes.push(Code::Unmockable { what, reason });
                }
            }
        }
        if response.content.is_empty() || status == 204 || status == 205 || status == 304 {
            return Ok(answer);
        }
        let Some(content) = accepted(&response.content, accept) else {
            let listed = response.content.iter().map(|one| one.name.as_str());
            let detail = format!(
                "the response would be {}",
                listed.collect::<Vec<_>>().join(" or ")
            );
            return Err(Problem::new(406, detail));
        };
        let name = concrete(&content.name, accept);
        let body = self.body(operation, content, &name, status, example)?;
        let name = if media::essence(&name) == "multipart/form-data" {
            format!("{name}; boundary={}", multipart::BOUNDARY)
        } else {
            name
        };
        Ok(answer.with_body(&name, body))
    }

    fn body(
        &mut self,
        operation: Operation<'_>,
        content: &MediaType,
        name: &str,
        status: u16,
        example: Option<&str>,
    ) -> Result<String, Problem> {
        let essence = media::essence(name).into_owned();
        if let Some(wanted) = example {
            let mut named = content.examples.iter();
            let found = named.find(|one| one.name.as_deref() == Some(wanted));
            let found = found.ok_or_else(|| {
                Problem::new(
                    404,
                    format!("the response {status} has no example `{wanted}`"),
                )
            })?;
            return Ok(text_of(&Value::from(&found.value), &essence));
        }
        if !self.dynamic
            && let Some(value) = self.example(operation, content, status)
        {
            return Ok(text_of(&value, &essence));
        }
        self.made_body(content, &essence).map_err(|reason| {
            let code = Code::Unmockable {
                what: label(operation, status),
                reason: reason.to_string(),
            };
            let problem = Problem::new(500, format!("{}: {}", code.id(), code.title()));
            self.notes.push(code);
            problem
        })
    }

    /// The first example of a media type that is valid.
    fn example(
        &mut self,
        operation: Operation<'_>,
        content: &MediaType,
        status: u16,
    ) -> Option<Value> {
        for example in &content.examples {
            let mut value = Value::from(&example.value);
            let Some(schema) = content.schema.filter(|_| is_checked(&content.name)) else {
                return Some(value);
            };
            strip(self.document, &[schema], Way::Response, &mut value, 0);
            let mut broken = self
                .tables
                .violations(self.document, schema, Way::Response, &value);
            // Some write JSON as text.
            let parsed = value
                .as_str()
                .and_then(|text| serde_json::from_str::<Value>(text).ok());
            if let Some(parsed) = parsed.filter(|_| !broken.is_empty())
                && self
                    .tables
                    .holds(self.document, schema, Way::Response, &parsed)
            {
                return Some(parsed);
            }
            if broken.is_empty() {
                return Some(value);
            }
            let (pointer, words) = broken.swap_remove(0);
            let name = example.name.as_ref().map(|name| format!(" `{name}`"));
            self.notes.push(Code::BrokenExample {
                name: name.unwrap_or_default(),
                what: label(operation, status),
                pointer,
                words,
            });
        }
        None
    }

    fn made_body(&mut self, content: &MediaType, essence: &str) -> Result<String, Reason> {
        let items = content.item_schema.or(content.schema);
        let is_stream = content.item_schema.is_some();
        let stream: Option<fn(&Value) -> String> = match essence {
            "text/event-stream" => Some(|item| format!("data: {}\n\n", plain(item))),
            "application/json-seq" => Some(|item| format!("\u{1e}{item}\n")),
            "application/jsonl" | "application/x-ndjson" | "application/x-jsonlines" => {
                Some(|item| format!("{item}\n"))
            }
            _ if is_stream => Some(|item| format!("{item}\n")),
            _ => None,
        };
        if let (Some(written), Some(schema)) = (stream, items) {
            let mut text = String::new();
            for _ in 0..ITEMS {
                let item = self.made(schema)?;
                // A schema of the whole stream describes a list of its items.
                match (&item, is_stream) {
                    (Value::Array(items), false) => text.extend(items.iter().map(written)),
                    _ => text += &written(&item),
                }
            }
            return Ok(text);
        }
        let Some(schema) = content.schema else {
            return Ok(if media::is_json(essence) { "{}" } else { "" }.to_owned());
        };
        let value = self.made(schema)?;
        if is_xml(essence) {
            return Ok(xml::document(self.document, schema, &value));
        }
        Ok(text_of(&value, essence))
    }

    pub(super) fn made(&mut self, schema: SchemaId) -> Result<Value, Reason> {
        let mut maker = Maker {
            document: self.document,
            tables: self.tables,
            heights: self.heights,
            way: Way::Response,
            random: self.random.clone(),
            dynamic: self.dynamic,
            made: 0,
        };
        let made = maker.value(schema);
        self.random = maker.random;
        made
    }
}

/// The response for a status that a client asks for, or else for a call that succeeds: the least 2xx, `default`, whatever there is.
///
/// # Errors
/// The status that was asked for, if no response is for it.
pub(super) fn chosen<'d>(
    responses: &'d [Response],
    code: Option<&str>,
) -> Result<(&'d Response, u16), Problem> {
    if let Some(code) = code {
        let status = code
            .parse()
            .ok()
            .filter(|status| (200..600).contains(status));
        let status =
            status.ok_or_else(|| Problem::new(400, format!("`{code}` is not a status")))?;
        let found = for_status(responses, status).or_else(|| default(responses));
        let found = found.ok_or_else(|| {
            Problem::new(
                404,
                format!("the operation has no response for the status {status}"),
            )
        })?;
        return Ok((found, status));
    }
    let successes = responses
        .iter()
        .filter_map(|response| match response.status {
            StatusKey::Code(code @ 200..300) => Some((response, code)),
            StatusKey::Range(2) => Some((response, 200)),
            StatusKey::Code(_) | StatusKey::Range(_) | StatusKey::Default => None,
        });
    let first = successes.min_by_key(|(response, code)| (*code, response.status));
    let found = first.or_else(|| default(responses).map(|response| (response, 200)));
    let any = responses
        .iter()
        .filter_map(|response| match response.status {
            StatusKey::Code(code) if code >= 200 => Some((response, code)),
            StatusKey::Range(digit) if digit >= 2 => Some((response, u16::from(digit) * 100)),
            StatusKey::Code(_) | StatusKey::Range(_) | StatusKey::Default => None,
        });
    let found = found.or_else(|| any.min_by_key(|(_, code)| *code));
    found.ok_or_else(|| Problem::new(501, "the operation describes no response"))
}

/// The response for a status: with exactly that one, or else with its range.
pub(super) fn for_status(responses: &[Response], status: u16) -> Option<&Response> {
    let exact = responses
        .iter()
        .find(|one| one.status == StatusKey::Code(status));
    let digit = u8::try_from(status / 100).unwrap_or(0);
    exact.or_else(|| {
        responses
            .iter()
            .find(|one| one.status == StatusKey::Range(digit))
    })
}

pub(super) fn default(responses: &[Response]) -> Option<&Response> {
    responses
        .iter()
        .find(|one| one.status == StatusKey::Default)
}

/// The media type that a client prefers (RFC 9110, section 12.5.1); of equal ones JSON, then the first.
fn accepted<'c>(content: &'c [MediaType], accept: Option<&str>) -> Option<&'c MediaType> {
    let accept = accept.map(str::trim).filter(|accept| !accept.is_empty());
    let Some(accept) = accept else {
        return described(content, "");
    };
    let quality = |range: &str| {
        let parameters = range.split(';').skip(1);
        let mut quality = parameters.filter_map(|one| one.trim().strip_prefix("q="));
        quality
            .find_map(|text| text.parse::<f64>().ok())
            .unwrap_or(1.0)
    };
    let mut ranges: Vec<&str> = accept.split(',').map(str::trim).collect();
    ranges.sort_by(|a, b| quality(b).total_cmp(&quality(a)));
    let fits = |one: &&MediaType| media::accepts(accept, &[&one.name]);
    let acceptable: Vec<&MediaType> = content.iter().filter(fits).collect();
    ranges.iter().find_map(|range| {
        let in_range = |one: &&&MediaType| media::accepts(range, &[&one.name]);
        let fitting = || acceptable.iter().filter(in_range);
        let json = fitting().find(|one| media::is_json(&media::essence(&one.name)));
        json.or_else(|| fitting().next()).copied()
    })
}

/// A media type for a range: what the client accepts, if that is in it.
fn concrete(name: &str, accept: Option<&str>) -> String {
    if !name.contains('*') {
        return name.to_owned();
    }
    let ranges = accept.into_iter().flat_map(|accept| accept.split(','));
    let mut wanted = ranges.map(|range| media::essence(range).into_owned());
    let essence = media::essence(name);
    let found = wanted.find(|one| !one.contains('*') && media::is_in_range(one, &essence));
    found.unwrap_or_else(|| match &*essence {
        "image/*" => "image/png".to_owned(),
        "text/*" => "text/plain".to_owned(),
        "*/*" | "application/*" => "application/json".to_owned(),
        range => range.replace('*', "octet-stream"),
    })
}

fn is_xml(essence: &str) -> bool {
    essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml")
}

/// Whether the schema of a media type is about its examples.
fn is_checked(name: &str) -> bool {
    media::is_json(&media::essence(name))
}

/// A value as a body: text stays text, but in JSON.
fn text_of(value: &Value, essence: &str) -> String {
    match (value, essence) {
        (Value::String(text), _) if !media::is_json(essence) => text.clone(),
        (value, "application/x-www-form-urlencoded") => form(value),
        (value, "multipart/form-data") => multipart::written(value),
        (value, _) => value.to_string(),
    }
}

/// A string as it is, anything else as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('\n', "\ndata: "),
        other => other.to_string(),
    }
}

fn form(value: &Value) -> String {
    let mut text = String::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        let items = match member {
            Value::Array(items) => items.iter().collect(),
            other => vec![other],
        };
        for item in items {
            let item = match item {
                Value::String(item) => item.clone(),
                other => other.to_string(),
            };
            let between = if text.is_empty() { "" } else { "&" };
            let _ = write!(text, "{between}{}={}", encoded(name), encoded(&item));
        }
    }
    text
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A header in the style `simple`.
fn simple(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(simple).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| format!("{name},{}", simple(value)));
            members.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

/// Names a response in messages.
pub(super) fn label(operation: Operation<'_>, status: u16) -> String {
    format!("the response {status} of `{}`", operation.ir.label())
}
