//! Lists whose parameters of pages are in the JSON body of requests. Needs `paging.rs`, `request.rs`; crates `serde` and `serde_json`.

use serde::de::IgnoredAny;
use serde_json::Value;

use super::paging::{Input, Inputs};
use super::request::RequestBody;
use super::{Paging, Request};

impl Paging {
    /// With parameters that are JSON pointers into the body of requests (RFC 6901).
    pub(crate) const fn in_body(self) -> Self {
        self.by(BODY)
    }
}

const BODY: Inputs = Inputs {
    number: |request, pointer| request.json_body()?.pointer(pointer)?.as_i64(),
    set: |request, pointer, value| {
        let value = match value {
            Input::Number(number) => number.into(),
            Input::Text(text) => text.into(),
        };
        request.set_in_body(pointer, &value);
    },
    position: |request, pointer| {
        let body = request.json_body();
        let value = body.as_ref().and_then(|body| body.pointer(pointer));
        value.map(Value::to_string).unwrap_or_default()
    },
    resume: |request, pointer, position| match serde_json::from_str(position) {
        Ok(value) => request.set_in_body(pointer, &value),
        // The first page.
        Err(_) if position.is_empty() => {}
        Err(error) => request.fail(
            "this is not a position of such a list".to_owned(),
            Some(error.into()),
        ),
    },
};

impl Request {
    fn json_body(&self) -> Option<Value> {
        let RequestBody::Some(body) = &self.body else {
            return None;
        };
        let bytes = body.try_clone()?.into_bytes().ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Sets a property, in objects that are added where they are missing. All else stays as it is written, as numbers of any size.
    fn set_in_body(&mut self, pointer: &str, value: &Value) {
        let body = match &self.body {
            RequestBody::Some(body) => body.try_clone().and_then(|body| body.into_bytes().ok()),
            RequestBody::None | RequestBody::Sent => None,
        };
        let text = body.as_deref().and_then(|body| str::from_utf8(body).ok());
        let names = pointer.split('/').skip(1);
        let names: Vec<String> = names
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .collect();
        let changed = with_value(text.unwrap_or("null"), &names, &value.to_string());
        match self.body {
            // With the media type that it has.
            RequestBody::Some(_) => self.body = RequestBody::Some(changed.into()),
            RequestBody::None | RequestBody::Sent => {
                let body: Value = serde_json::from_str(&changed).unwrap_or_default();
                self.json(&body);
            }
        }
    }
}

/// A JSON text with a value at the end of a path of properties. What isn't an object on the way is replaced by one.
fn with_value(text: &str, names: &[String], value: &str) -> String {
    let Some((name, rest)) = names.split_first() else {
        return value.to_owned();
    };
    let member = |text: &str| {
        let name = Value::from(name.as_str());
        format!("{name}:{}", with_value(text, rest, value))
    };
    match place_of(text, name) {
        Some(Place::At(start, end)) => {
            let (before, after) = (&text[..start], &text[end..]);
            format!(
                "{before}{}{after}",
                with_value(&text[start..end], rest, value)
            )
        }
        Some(Place::Before(end, comma)) => {
            let (before, after) = text.split_at(end);
            format!("{before}{comma}{}{after}", member("null"))
        }
        None => format!("{{{}}}", member("null")),
    }
}

/// Where a property is in the text of an object.
enum Place {
    /// From the first byte of its value to the end of that.
    At(usize, usize),
    /// Nowhere; this is where it would be added, after this comma.
    Before(usize, &'static str),
}

/// Finds a property, by its last value if it has several; `None` if the text isn't an object.
fn place_of(text: &str, name: &str) -> Option<Place> {
    let mut at = after(text, 0, '{')?;
    let (mut found, mut comma) = (None, "");
    loop {
        if let Some(end) = after(text, at, '}') {
            return Some(found.unwrap_or(Place::Before(end - 1, comma)));
        }
        if !comma.is_empty() {
            at = after(text, at, ',')?;
        }
        let mut names = serde_json::Deserializer::from_str(&text[at..]).into_iter::<String>();
        let known = names.next()?.ok()?;
        at = after(text, at + names.byte_offset(), ':')?;
        at = text.len() - text[at..].trim_start().len();
        let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<IgnoredAny>();
        let _ = values.next()?.ok()?;
        let end = at + values.byte_offset();
        if known == name {
            found = Some(Place::At(at, end));
        }
        (at, comma) = (end, ",");
    }
}

/// The place after a character, if that is what comes next but for white space.
fn after(text: &str, at: usize, expected: char) -> Option<usize> {
    let rest = text[at..].trim_start().strip_prefix(expected)?;
    Some(text.len() - rest.len())
}
