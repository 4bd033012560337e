//! The arguments of a call, read as the types of the description before anything is sent. Needs no other file.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Body, from_json};

/// The arguments of a call by their names, and its body.
#[derive(Debug, Default)]
pub struct Given {
    pub(crate) values: BTreeMap<&'static str, Datum>,
    pub(crate) files: BTreeMap<&'static str, Vec<GivenFile>>,
    pub(crate) body: Option<GivenBody>,
    /// The index of the body's content.
    pub(crate) content: usize,
    /// The media type of a body that is sent as it is.
    pub(crate) media_type: Option<String>,
    /// Whether all pages of a list are wanted.
    pub(crate) all_pages: bool,
}

/// The value of an argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// The value.
    Plain(Value),
    /// Text that is also JSON: the JSON, and the text, of which the first that the operation accepts is meant.
    Either(Value, Value),
}

/// A file to send.
#[derive(Debug)]
pub struct GivenFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// A body.
#[derive(Debug)]
pub enum GivenBody {
    /// A value.
    Value(Value),
    /// Text or bytes.
    Bytes(Vec<u8>),
}

impl Given {
    /// The value of an argument that the operation requires.
    pub(crate) fn required<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<T, Invalid> {
        let value = self.optional(name)?;
        value.ok_or_else(|| Invalid::new(name, "is required"))
    }

    /// The value of an argument, if there is one.
    pub(crate) fn optional<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Invalid> {
        let invalid = |error: String| Invalid::new(name, error);
        match self.values.remove(name) {
            None => Ok(None),
            Some(Datum::Plain(value)) => read(&value).map(Some).map_err(invalid),
            Some(Datum::Either(json, text)) => {
                let found = read(&json).or_else(|error| read(&text).map_err(|_| error));
                found.map(Some).map_err(invalid)
            }
        }
    }

    /// Whether there is a body.
    pub(crate) fn has_body(&self) -> bool {
        self.body.is_some() || !self.files.is_empty()
    }

    /// The body as a value of a type.
    pub(crate) fn body<T: DeserializeOwned>(&mut self) -> Result<T, Invalid> {
        let invalid = |error: String| Invalid::new("body", error);
        match self.body.take() {
            Some(GivenBody::Value(value)) => read(&value).map_err(invalid),
            Some(GivenBody::Bytes(bytes)) => {
                from_json(&bytes).map_err(|error| invalid(error.to_string()))
            }
            None => Err(invalid("is required".to_owned())),
        }
    }

    /// The body as it was given.
    pub(crate) fn raw_body(&mut self) -> Result<Body, Invalid> {
        let body = match self.body.take() {
            Some(GivenBody::Bytes(bytes)) => Body::from(bytes),
            Some(GivenBody::Value(value)) => Body::from(value.to_string()),
            None => Body::empty(),
        };
        Ok(match self.media_type.take() {
            Some(media_type) => body.content_type(media_type),
            None => body,
        })
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    let json = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    from_json(&json).map_err(|error| error.to_string())
}

/// An argument that the operation doesn't accept.
#[derive(Debug)]
pub struct Invalid {
    /// The name of the argument; `body` for the body.
    pub name: &'static str,
    /// What is wrong with it.
    pub message: String,
}

impl Invalid {
    pub(crate) fn new(name: &'static str, message: impl Into<String>) -> Self {
        Self {
            name,
            message: message.into(),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.message)
    }
}

impl std::error::Error for Invalid {}
