//! Draws requests: parameters and bodies of which the schemas hold, written as the description says.

use super::known::Known;
use crate::document::{Document, MediaType, SchemaId};
use crate::ir::{Api, Location, Parameter, ParameterStyle};
use crate::mock::input::{Input, style};
use crate::mock::message::{Problem, Request};
use crate::mock::operations::Operation;
use crate::mock::random::Random;
use crate::mock::reply::{encoded, text_of};
use crate::mock::support::server::{Style, media};
use crate::mock::table::{Tables, Way};
use crate::mock::value::{Heights, Maker, Reason};
use crate::mock::{multipart, xml};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderName, HeaderValue};
use serde_json::Value;

/// Attempts to draw a request that is valid once it is written.
const ATTEMPTS: usize = 30;

pub(super) struct Drawing<'d> {
    pub(super) document: &'d Document,
    pub(super) api: &'d Api,
    pub(super) tables: &'d mut Tables,
    pub(super) heights: &'d Heights,
    pub(super) random: Random,
    pub(super) known: &'d Known,
    pub(super) base_path: &'d str,
}

impl Drawing<'_> {
    /// A request to an operation that is as described, for which it is read again as a server would.
    ///
    /// # Errors
    /// Why none was found.
    pub(super) fn request(&mut self, operation: Operation<'_>) -> Result<Request, String> {
        let mut last = String::new();
        for _ in 0..ATTEMPTS {
            let drawn = self.draw(operation).map_err(|reason| reason.to_string());
            let checked = drawn.and_then(|(request, values)| {
                self.check(operation, &request, &values)?;
                Ok(request)
            });
            match checked {
                Ok(request) => return Ok(request),
                Err(reason) => last = reason,
            }
        }
        Err(last)
    }

    /// A request, and the values of its path.
    fn draw(&mut self, operation: Operation<'_>) -> Result<(Request, Vec<String>), Reason> {
        let mut request = Request {
            method: operation.ir.method.clone(),
            query: operation.ir.path.encoded_query(),
            ..Request::default()
        };
        let mut path = operation.ir.path.encoded();
        let mut values: Vec<(String, String)> = Vec::new();
        let mut cookies = String::new();
        for parameter in &operation.ir.parameters {
            if !parameter.required && self.random.below(2) == 0 {
                continue;
            }
            let value = match self.argument(operation, parameter) {
                Ok(Some(value)) => value,
                Err(_) | Ok(None) if !parameter.required => continue,
                Ok(None) => return Err(Reason::new(format!("`{}` has no schema", parameter.name))),
                Err(reason) => return Err(reason),
            };
            let (style, _) = style(parameter.style, parameter.location);
            let name = parameter.name.as_str();
            match parameter.location {
                Location::Path => {
                    let is_plain = parameter.style == ParameterStyle::Plain;
                    let text = in_path(name, &value, style, is_plain);
                    path = path.replace(&format!("{{{name}}}"), &text);
                    values.push((name.to_owned(), text));
                }
                Location::Query => {
                    for (name, value) in pairs(name, &value, style) {
                        push_encoded(&mut request.query, &name, &value);
                    }
                }
                Location::Header => {
                    let text = header(&value, style);
                    let name = HeaderName::try_from(name);
                    let value = HeaderValue::try_from(&text);
                    let (Ok(name), Ok(value)) = (name, value) else {
                        return Err(Reason::new(format!("no header can hold {text:?}")));
                    };
                    request.headers.insert(name, value);
                }
                Location::Cookie => {
                    for (name, value) in pairs(name, &value, style) {
                        let between = if cookies.is_empty() { "" } else { "; " };
                        cookies.extend([between, &*name, "=", &*value]);
                    }
                }
            }
        }
        if let Ok(cookies) = HeaderValue::try_from(cookies.as_str())
            && !cookies.is_empty()
        {
            request.headers.insert(COOKIE, cookies);
        }
        self.body(operation, &mut request)?;
        request.path = format!("{}{path}", self.base_path);
        let names = operation.ir.path.parameters();
        let value_of = |name: &&str| {
            let mut values = values.iter();
            values
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.clone())
        };
        let values = names.iter().map(|name| value_of(name).unwrap_or_default());
        Ok((request, values.collect()))
    }

    fn check(
        &mut self,
        operation: Operation<'_>,
        request: &Request,
        values: &[String],
    ) -> Result<(), String> {
        // Empty segments and dots are other paths.
        if values
            .iter()
            .any(|value| ["", ".", ".."].contains(&value.as_str()))
        {
            return Err("a parameter of the path would be empty".to_owned());
        }
        let mut input = Input {
            document: self.document,
            api: self.api,
            tables: self.tables,
            request,
        };
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut errors = input.parameters(&operation, &values);
        if let Err(Problem {
            detail,
            errors: more,
            ..
        }) = input.body(&operation)
        {
            if more.is_empty() {
                return Err(detail);
            }
            errors.extend(more);
        }
        match errors.first() {
            Some(error) => Err(format!(
                "what was drawn isn't read as it was meant: {}",
                error.json()
            )),
            None => Ok(()),
        }
    }

    /// The value of a parameter: one that the service has told, or a new one.
    fn argument(
        &mut self,
        operation: Operation<'_>,
        parameter: &Parameter,
    ) -> Result<Option<Value>, Reason> {
        let Some(schema) = operation.parameter_schema(parameter) else {
            return Ok(None);
        };
        let told = self.known.of(&parameter.name);
        if !told.is_empty() && self.random.below(3) > 0 {
            let value = told[self.random.index(told.len())].clone();
            if self
                .tables
                .holds(self.document, schema, Way::Request, &value)
            {
                return Ok(Some(value));
            }
        }
        let value = self.value(schema)?;
        Ok((!value.is_null()).then_some(value))
    }

    fn value(&mut self, schema: SchemaId) -> Result<Value, Reason> {
        let mut maker = Maker {
            document: self.document,
            tables: self.tables,
            heights: self.heights,
            way: Way::Request,
            random: self.random.clone(),
            dynamic: true,
            extreme: true,
            made: 0,
        };
        let made = maker.value(schema);
        self.random = maker.random;
        self.random.next();
        made
    }

    fn body(&mut self, operation: Operation<'_>, request: &mut Request) -> Result<(), Reason> {
        let Some(body) = &operation.document.body else {
            return Ok(());
        };
        if body.content.is_empty() || (!body.required && self.random.below(4) == 0) {
            return Ok(());
        }
        let is_made = |one: &&MediaType| is_made(&media::essence(&one.name));
        let contents: Vec<&MediaType> = body.content.iter().filter(is_made).collect();
        if contents.is_empty() {
            let name = &body.content[0].name;
            return Err(Reason::new(format!("bodies in {name} aren't made")));
        }
        let content = contents[self.random.index(contents.len())];
        let name = match content.name.as_str() {
            "*/*" | "application/*" => "application/octet-stream".to_owned(),
            "text/*" => "text/plain".to_owned(),
            range => range.replace('*', "octet-stream"),
        };
        let essence = media::essence(&name).into_owned();
        let text = match content.schema {
            None if media::is_json(&essence) => "{}".to_owned(),
            None => "bytes".to_owned(),
            Some(schema) => {
                let mut value = self.value(schema)?;
                // Forms and XML have no null.
                if let (false, Some(members)) = (media::is_json(&essence), value.as_object_mut()) {
                    members.retain(|_, member| !member.is_null());
                }
                if xml::is_xml(&essence) {
                    let ty = operation.xml_of_request(&content.name);
                    let table = ty.map_or(&xml::ANYTHING, |ty| self.tables.xml.of(self.api, ty));
                    let written = xml::written(&value, table);
                    written.ok_or_else(|| Reason::new("it can't be written in XML"))?
                } else {
                    text_of(&value, &essence)
                }
            }
        };
        request.body = Bytes::from(text);
        let said = if essence == "multipart/form-data" {
            format!("{name}; boundary={}", multipart::BOUNDARY)
        } else {
            name
        };
        if let Ok(said) = HeaderValue::try_from(said) {
            request.headers.insert(CONTENT_TYPE, said);
        }
        Ok(())
    }
}

/// Whether bodies of a media type are made: those of parts in another way than forms aren't.
fn is_made(essence: &str) -> bool {
    let is_parts = essence.starts_with("multipart/") && essence != "multipart/form-data";
    !is_parts
}

/// Adds `name=value` to a query.
pub(super) fn push_pair(query: &mut String, name: &str, value: &str) {
    push_encoded(query, &encoded(name), &encoded(value));
}

fn push_encoded(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend([name, "=", value]);
}

/// The names and values of a parameter in a query or a cookie, percent-encoded (OpenAPI 3.1.1, section 4.8.12.6).
fn pairs(name: &str, value: &Value, style: Style) -> Vec<(String, String)> {
    let one = |text: String| vec![(encoded(name), text)];
    match (style, value) {
        (Style::Json, value) => one(encoded(&value.to_string())),
        (Style::DeepObject, Value::Object(_) | Value::Array(_)) => {
            let mut found = Vec::new();
            deep(&encoded(name), value, &mut found);
            found
        }
        (Style::FormExploded, Value::Array(items)) => {
            let items = items
                .iter()
                .map(|item| (encoded(name), encoded(&plain(item))));
            items.collect()
        }
        (Style::FormExploded, Value::Object(members)) => {
            let members = members.iter();
            let members = members.map(|(key, member)| (encoded(key), encoded(&plain(member))));
            members.collect()
        }
        (Style::Space, value) => one(joined(value, "%20")),
        (Style::Pipe, value) => one(joined(value, "%7C")),
        (Style::Tab, value) => one(joined(value, "%09")),
        (_, value) => one(joined(value, ",")),
    }
}

fn deep(name: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                deep(&format!("{name}%5B{}%5D", encoded(key)), member, found);
            }
        }
        Value::Array(items) => {
            for item in items {
                deep(name, item, found);
            }
        }
        scalar => found.push((name.to_owned(), encoded(&plain(scalar)))),
    }
}

/// A parameter of the path.
fn in_path(name: &str, value: &Value, style: Style, is_plain: bool) -> String {
    if is_plain {
        return encoded(&plain(value));
    }
    let exploded = |separator: &str, own: &str| match value {
        Value::Array(items) => {
            let items = items
                .iter()
                .map(|item| format!("{own}{}", encoded(&plain(item))));
            items.collect::<Vec<_>>().join(separator)
        }
        Value::Object(members) => {
            let members = members.iter();
            let members = members
                .map(|(key, member)| format!("{}={}", encoded(key), encoded(&plain(member))));
            members.collect::<Vec<_>>().join(separator)
        }
        scalar => format!("{own}{}", encoded(&plain(scalar))),
    };
    match style {
        Style::Json => encoded(&value.to_string()),
        Style::Label => format!(".{}", joined(value, ",")),
        Style::LabelExploded => format!(".{}", exploded(".", "")),
        Style::Matrix => format!(";{}={}", encoded(name), joined(value, ",")),
        Style::MatrixExploded => {
            format!(";{}", exploded(";", &format!("{}=", encoded(name))))
        }
        Style::SimpleExploded => exploded(",", ""),
        _ => joined(value, ","),
    }
}

/// A header, in which nothing is encoded.
fn header(value: &Value, style: Style) -> String {
    match (style, value) {
        (Style::Json, value) => value.to_string(),
        (_, Value::Array(items)) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        (style, Value::Object(members)) => {
            let between = if style == Style::SimpleExploded {
                "="
            } else {
                ","
            };
            let members = members.iter();
            let members = members.map(|(key, member)| format!("{key}{between}{}", plain(member)));
            members.collect::<Vec<_>>().join(",")
        }
        (_, scalar) => plain(scalar),
    }
}

/// Items, or keys and values, one after the other.
fn joined(value: &Value, separator: &str) -> String {
    let texts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => {
            let members = members.iter();
            members
                .flat_map(|(key, member)| [key.clone(), plain(member)])
                .collect()
        }
        scalar => vec![plain(scalar)],
    };
    let texts: Vec<String> = texts.iter().map(|text| encoded(text)).collect();
    texts.join(separator)
}

/// A string as it is, anything else as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
