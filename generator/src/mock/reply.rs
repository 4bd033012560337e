//! Makes responses of what an operation describes.
//!
//! In: an operation and what the client prefers. Out: status, headers and body, from examples or schemas.

use super::input::described;
use super::message::{Problem, Request, Response};
use super::operations::Operation;
use super::random::Random;
use super::support::server::media;
use super::support::types::Xml;
use super::table::{Tables, Way};
use super::value::{Heights, Maker, Reason, strip};
use super::{multipart, xml};
use crate::diag::Code;
use crate::document::{self, Document, MediaType, SchemaId, StatusKey};
use crate::ir::Api;
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

    /// # Errors
    /// The code isn't a status of a final response.
    pub(super) fn check(&self) -> Result<(), Problem> {
        match &self.code {
            Some(code) => status(code).map(|_| ()),
            None => Ok(()),
        }
    }
}

/// How a body is written.
struct Form<'c> {
    content: &'c MediaType,
    essence: String,
    /// The table of one in XML.
    xml: Option<&'static Xml>,
}

/// Makes responses of an operation.
pub(super) struct Replier<'r> {
    pub(super) document: &'r Document,
    pub(super) api: &'r Api,
    pub(super) tables: &'r mut Tables,
    pub(super) heights: &'r Heights,
    pub(super) random: Random,
    pub(super) dynamic: bool,
    /// What couldn't be made as described.
    pub(super) notes: &'r mut Vec<Code>,
}

impl Replier<'_> {
    /// What is sent for a described response and a status.
    ///
    /// # Errors
    /// The client accepts no media type of the response, there is no such example, or no value can be made.
    pub(super) fn respond(
        &mut self,
        operation: Operation<'_>,
        response: &document::Response,
        status: u16,
        accept: Option<&str>,
        example: Option<&str>,
    ) -> Result<Response, Problem> {
        let mut made = Response::new(status);
        for header in &response.headers {
            if is_of_the_body(&header.name) {
                continue;
            }
            let text = match header.schema {
                Some(schema) => self.made(schema).map(|value| simple(&value)),
                None => Ok("text".to_owned()),
            };
            match text {
                Ok(text) => made = made.with_header(&header.name, &text),
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
            return Ok(made);
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
        let essence = media::essence(&name).into_owned();
        let xml = xml::is_xml(&essence).then(|| {
            let ty = operation.xml_of_response(response.status, &content.name);
            ty.map_or(&xml::ANYTHING, |ty| self.tables.xml.of(self.api, ty))
        });
        let form = Form {
            content,
            essence,
            xml,
        };
        let body = self.body(operation, &form, status, example)?;
        let name = if media::essence(&name) == "multipart/form-data" {
            format!("{name}; boundary={}", multipart::BOUNDARY)
        } else {
            name
        };
        Ok(made.with_body(&name, body))
    }

    fn body(
        &mut self,
        operation: Operation<'_>,
        form: &Form<'_>,
        status: u16,
        example: Option<&str>,
    ) -> Result<String, Problem> {
        let content = form.content;
        if let Some(wanted) = example {
            let mut named = content.examples.iter();
            let found = named.find(|one| one.name.as_deref() == Some(wanted));
            let found = found.ok_or_else(|| {
                Problem::new(
                    404,
                    format!("the response {status} has no example `{wanted}`"),
                )
            })?;
            let value = Value::from(&found.value);
            return Ok(body_text(&value, form));
        }
        if !self.dynamic
            && let Some(value) = self.example(operation, content, status)
        {
            return Ok(body_text(&value, form));
        }
        self.made_body(form).map_err(|reason| {
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

    fn made_body(&mut self, form: &Form<'_>) -> Result<String, Reason> {
        let (content, essence) = (form.content, &*form.essence);
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
        Ok(body_text(&value, form))
    }

    pub(super) fn made(&mut self, schema: SchemaId) -> Result<Value, Reason> {
        let mut maker = Maker {
            document: self.document,
            tables: self.tables,
            heights: self.heights,
            way: Way::Response,
            random: self.random.clone(),
            dynamic: self.dynamic,
            extreme: false,
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
    responses: &'d [document::Response],
    code: Option<&str>,
) -> Result<(&'d document::Response, u16), Problem> {
    if let Some(code) = code {
        let status = status(code)?;
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

fn status(code: &str) -> Result<u16, Problem> {
    let status = code.parse().ok();
    let status = status.filter(|status| (200..600).contains(status));
    status.ok_or_else(|| Problem::new(422, format!("`{code}` is not a status")))
}

/// The response for a status: with exactly that one, or else with its range.
pub(super) fn for_status(
    responses: &[document::Response],
    status: u16,
) -> Option<&document::Response> {
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

pub(super) fn default(responses: &[document::Response]) -> Option<&document::Response> {
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

/// Whether the schema of a media type is about its examples.
fn is_checked(name: &str) -> bool {
    media::is_json(&media::essence(name))
}

/// A value as a body. An example of XML may be its text or, as any other, a value.
fn body_text(value: &Value, form: &Form<'_>) -> String {
    match form.xml {
        Some(table) if !value.is_string() => xml::written(value, table).unwrap_or_default(),
        _ => text_of(value, &form.essence),
    }
}

/// A value as a body: text stays text, but in JSON.
pub(super) fn text_of(value: &Value, essence: &str) -> String {
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

pub(super) fn encoded(text: &str) -> String {
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

/// Whether a header is about how the body goes over the wire, which is as it is and not as an example says (RFC 9110, sections 8.3, 8.4 and
/// 8.6; RFC 9112, sections 6.1 and 9.6).
fn is_of_the_body(header: &str) -> bool {
    const NAMES: [&str; 7] = [
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    NAMES.iter().any(|name| header.eq_ignore_ascii_case(name))
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
