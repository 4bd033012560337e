//! XML bodies, and bodies that are JSON or XML. Needs `error.rs`, `request.rs`, `response.rs`, `xml.rs` of the types.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::types::xml::{Xml, from_xml, to_xml};
use super::{DecodeError, Error, RawResponse, Request, Response};

impl Request {
    /// Sets the body as XML.
    pub(crate) fn xml(
        &mut self,
        media_type: &'static str,
        xml: &'static Xml,
        body: &impl Serialize,
    ) {
        match to_xml(body, xml) {
            Ok(document) => self.body(media_type, document),
            Err(error) => self.fail(
                "the body can't be written as XML".to_owned(),
                Some(error.into()),
            ),
        }
    }
}

/// Used at the end of the `decode` functions of operations with XML bodies. The response says whether it is XML or JSON.
impl RawResponse {
    /// A success.
    pub(crate) fn into_xml<T: DeserializeOwned, E>(
        self,
        xml: &'static Xml,
    ) -> Result<Response<T>, Error<E>> {
        let body = self.read_xml(xml)?;
        Ok(self.with_body(body))
    }

    /// A success, one of several documented responses.
    pub(crate) fn into_xml_as<B: DeserializeOwned, T, E>(
        self,
        xml: &'static Xml,
        variant: fn(B) -> T,
    ) -> Result<Response<T>, Error<E>> {
        let body = variant(self.read_xml(xml)?);
        Ok(self.with_body(body))
    }

    /// A documented error.
    pub(crate) fn into_xml_error<T, E: DeserializeOwned>(
        self,
        xml: &'static Xml,
    ) -> Result<Response<T>, Error<E>> {
        let body = self.try_read_xml(xml);
        Err(self.with_error(body))
    }

    /// A documented error, one of several documented responses.
    pub(crate) fn into_xml_error_as<B: DeserializeOwned, T, E>(
        self,
        xml: &'static Xml,
        variant: fn(B) -> E,
    ) -> Result<Response<T>, Error<E>> {
        let body = self.try_read_xml(xml).map(variant);
        Err(self.with_error(body))
    }

    fn read_xml<T: DeserializeOwned, E>(&self, xml: &'static Xml) -> Result<T, Error<E>> {
        self.try_read_xml(xml).map_err(Error::Decode)
    }

    fn try_read_xml<T: DeserializeOwned>(&self, xml: &'static Xml) -> Result<T, Box<DecodeError>> {
        let is_xml = self.is_xml();
        let body = match is_xml.unwrap_or_else(|| begins_as_xml(self.bytes())) {
            true => from_xml(self.bytes(), xml),
            false => self.json(),
        };
        body.map_err(|error| {
            let expected = is_xml.is_none().then_some("XML");
            self.unreadable(error, expected)
        })
    }

    /// Whether the `Content-Type` is that of XML (RFC 7303, section 4) or of JSON; `None` for others.
    fn is_xml(&self) -> Option<bool> {
        let media_type = self.content_type()?.to_ascii_lowercase();
        match media_type.ends_with("/xml") || media_type.ends_with("+xml") {
            true => Some(true),
            false => self.is_json().then_some(false),
        }
    }
}

/// Distinguishes XML from JSON by the beginning of the text.
fn begins_as_xml(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    text.trim_ascii_start().starts_with(b"<")
}
