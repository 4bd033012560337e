//! Recorded calls, and the file that they are in. Needs `base64_code.rs`, `differences.rs`, `operation.rs`, `redaction.rs`, `transport.rs`;
//! behind the feature `mock`.

use std::io;
use std::path::Path;

use http::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, TRANSFER_ENCODING,
    USER_AGENT,
};
use http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde_json::{Map, Value, json};

use super::{
    OperationInfo, Redaction, base64_decoded, base64_encoded, is_json, json_difference, media_type,
    shown_pairs, sorted_pairs, with_usual_boundary,
};

/// A request without its secrets, as it is recorded and compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RecordedCall {
    /// The operation's id; empty for what is none.
    pub(crate) operation: String,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<String>,
    body: Value,
}

/// A call with its response.
#[derive(Debug, Clone)]
pub(crate) struct RecordedExchange {
    pub(crate) call: RecordedCall,
    pub(crate) response: RecordedResponse,
}

#[derive(Debug, Clone)]
pub(crate) struct RecordedResponse {
    pub(crate) status: StatusCode,
    headers: Vec<String>,
    body: Value,
}

impl RecordedCall {
    pub(crate) fn new(
        operation: Option<&OperationInfo>,
        (method, uri, headers): (&Method, &Uri, &HeaderMap),
        body: &[u8],
        redaction: &Redaction,
    ) -> Self {
        let (media_type, body) = with_usual_boundary(headers, body);
        let mut headers = headers.clone();
        for name in [
            ACCEPT_ENCODING,
            CONNECTION,
            CONTENT_LENGTH,
            HOST,
            USER_AGENT,
        ] {
            headers.remove(name);
        }
        if let Some(Ok(media_type)) = media_type.map(HeaderValue::try_from) {
            headers.insert(CONTENT_TYPE, media_type);
        }
        Self {
            operation: operation.map_or("", |operation| operation.id).to_owned(),
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: sorted_pairs(&redaction.pairs(uri.query().unwrap_or_default())),
            body: written_body(&headers, &body, redaction),
            headers: redaction.headers(&headers),
        }
    }

    /// Whether both are the same call. Of its headers, only those say so that have the type of the body.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.differences(other).1.is_empty()
    }

    /// What another call has otherwise, and how much that is.
    pub(crate) fn differences(&self, other: &Self) -> (usize, Vec<String>) {
        let (mut weight, mut found) = (0, Vec::new());
        if self.method != other.method {
            weight += 4;
            found.push(format!(
                "the method is {}, not {}",
                other.method, self.method
            ));
        }
        if self.path != other.path {
            let segments = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
            let (recorded, sent) = (segments(&self.path), segments(&other.path));
            let same = recorded.iter().zip(&sent).filter(|(a, b)| a == b).count();
            weight += 4 * (recorded.len().max(sent.len()) - same);
            found.push(format!("the path is {}, not {}", other.path, self.path));
        }
        if self.query != other.query {
            weight += 2;
            let (sent, recorded) = (shown_pairs(&other.query), shown_pairs(&self.query));
            found.push(format!("the query is {sent}, not {recorded}"));
        }
        if self.body != other.body {
            weight += 1;
            found.push(self.body_difference(other));
        }
        (weight, found)
    }

    fn body_difference(&self, other: &Self) -> String {
        let (json, sent) = (self.body.get("json"), other.body.get("json"));
        let by_value = json
            .zip(sent)
            .and_then(|(json, sent)| json_difference(json, sent));
        by_value.unwrap_or_else(|| {
            let shown = |body: &Value| match body {
                Value::Null => "empty".to_owned(),
                body => body.to_string(),
            };
            format!(
                "the body is {}, not {}",
                shown(&other.body),
                shown(&self.body)
            )
        })
    }
}

/// `GET /pets/5 (getPet)`.
impl std::fmt::Display for RecordedCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        match self.operation.as_str() {
            "" => Ok(()),
            operation => write!(f, " ({operation})"),
        }
    }
}

impl RecordedResponse {
    pub(crate) fn new(
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        redaction: &Redaction,
    ) -> Self {
        let mut headers = headers.clone();
        for name in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
            headers.remove(name);
        }
        Self {
            status,
            body: written_body(&headers, body, redaction),
            headers: redaction.headers(&headers),
        }
    }

    /// The headers; one that isn't valid any more is left out.
    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let lines = self.headers.iter().filter_map(|line| line.split_once(": "));
        for (name, value) in lines {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                headers.append(name, value);
            }
        }
        headers
    }

    pub(crate) fn body(&self) -> Vec<u8> {
        let text = |kind: &str| self.body.get(kind).and_then(Value::as_str);
        if let Some(json) = self.body.get("json") {
            return json.to_string().into_bytes();
        }
        let bytes = text("base64").and_then(base64_decoded);
        bytes.unwrap_or_else(|| text("text").unwrap_or_default().as_bytes().to_vec())
    }
}

/// A body as it is written: `null`, `{"json": …}`, `{"text": "…"}` or `{"base64": "…"}`.
fn written_body(headers: &HeaderMap, body: &[u8], redaction: &Redaction) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let media_type = media_type(headers).unwrap_or_default().to_ascii_lowercase();
    let json = is_json(&media_type).then(|| serde_json::from_slice::<Value>(body).ok());
    if let Some(mut json) = json.flatten() {
        let is_secret = redaction.json(&mut json);
        // A number that would lose digits stays as it is written.
        if is_secret || !loses_digits(&json) {
            return json!({ "json": json });
        }
    }
    match std::str::from_utf8(body) {
        Ok(form) if media_type == "application/x-www-form-urlencoded" => {
            json!({ "text": redaction.pairs(form) })
        }
        Ok(text) => json!({ "text": text }),
        Err(_) => json!({ "base64": base64_encoded(body) }),
    }
}

/// Whether JSON has a number that may have been an integer of more digits than it has now.
fn loses_digits(value: &Value) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => {
            number.is_f64() && number.as_f64().is_some_and(|number| number.abs() >= EXACT)
        }
        Value::Array(items) => items.iter().any(loses_digits),
        Value::Object(fields) => fields.values().any(loses_digits),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// Writes recorded calls to a file, and makes its directory.
pub(crate) fn write_recorded<'r>(
    path: &Path,
    calls: impl Iterator<Item = &'r RecordedExchange>,
    redaction: &Redaction,
) -> io::Result<()> {
    let calls: Vec<Value> = calls.map(RecordedExchange::written).collect();
    let removed: Vec<&str> = redaction.added().collect();
    let mut text = serde_json::to_string_pretty(&json!({ "calls": calls, "removed": removed }))?;
    text.push('\n');
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    std::fs::write(path, text)
}

/// Reads a file of recorded calls, and what is removed from them.
pub(crate) fn read_recorded(path: &Path) -> io::Result<(Vec<RecordedExchange>, Redaction)> {
    let file: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut redaction = Redaction::new();
    let removed = file.get("removed").and_then(Value::as_array);
    for name in removed.into_iter().flatten().filter_map(Value::as_str) {
        redaction.add(name);
    }
    let calls = file.get("calls").and_then(Value::as_array);
    let calls = calls.map(|calls| calls.iter().map(RecordedExchange::read).collect());
    match calls.flatten() {
        Some(calls) => Ok((calls, redaction)),
        None => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it isn't a file of recorded calls",
        )),
    }
}

impl RecordedExchange {
    fn written(&self) -> Value {
        let Self { call, response } = self;
        let query: Map<String, Value> = Map::new();
        let query = call.query.iter().fold(query, |mut query, (name, value)| {
            let values = query.entry(name.as_str()).or_insert_with(|| json!([]));
            if let Value::Array(values) = values {
                values.push(value.as_str().into());
            }
            query
        });
        json!({
            "operation": call.operation,
            "request": {
                "method": call.method,
                "path": call.path,
                "query": query,
                "headers": call.headers,
                "body": call.body,
            },
            "response": {
                "status": response.status.as_u16(),
                "headers": response.headers,
                "body": response.body,
            },
        })
    }

    fn read(value: &Value) -> Option<Self> {
        let (request, response) = (value.get("request")?, value.get("response")?);
        let text = |place: &Value, name: &str| Some(place.get(name)?.as_str()?.to_owned());
        let body = |place: &Value| place.get("body").cloned().unwrap_or_default();
        let status = u16::try_from(response.get("status")?.as_u64()?).ok()?;
        let mut query = Vec::new();
        for (name, values) in request
            .get("query")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let values = values.as_array()?.iter().map(Value::as_str);
            let values = values.collect::<Option<Vec<&str>>>()?.into_iter();
            query.extend(values.map(|value| (name.clone(), value.to_owned())));
        }
        query.sort();
        Some(Self {
            call: RecordedCall {
                operation: text(value, "operation").unwrap_or_default(),
                method: text(request, "method")?,
                path: text(request, "path")?,
                query,
                headers: lines(request)?,
                body: body(request),
            },
            response: RecordedResponse {
                status: StatusCode::from_u16(status).ok()?,
                headers: lines(response)?,
                body: body(response),
            },
        })
    }
}

fn lines(place: &Value) -> Option<Vec<String>> {
    let lines = place.get("headers").and_then(Value::as_array);
    let lines = lines.into_iter().flatten();
    lines.map(|line| Some(line.as_str()?.to_owned())).collect()
}
