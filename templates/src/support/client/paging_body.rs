//! Lists whose parameters of pages are in the JSON body of requests. Needs `paging.rs`, `request.rs`; crate `serde_json`.

use serde_json::{Map, Value};

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
        request.set_in_body(pointer, value);
    },
    position: |request, pointer| {
        let body = request.json_body();
        let value = body.as_ref().and_then(|body| body.pointer(pointer));
        value.map(Value::to_string).unwrap_or_default()
    },
    resume: |request, pointer, position| match serde_json::from_str(position) {
        Ok(value) => request.set_in_body(pointer, value),
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

    /// Sets a property, in objects that are added where they are missing.
    fn set_in_body(&mut self, pointer: &str, value: Value) {
        let mut body = self.json_body().unwrap_or_default();
        let mut place = &mut body;
        for token in pointer.split('/').skip(1) {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let name = token.replace("~1", "/").replace("~0", "~");
            place = &mut place[name];
        }
        *place = value;
        match self.body {
            // With the media type that it has.
            RequestBody::Some(_) => self.body = RequestBody::Some(body.to_string().into()),
            RequestBody::None | RequestBody::Sent => self.json(&body),
        }
    }
}
