//! An API whose types are those of other crates.

use crate::own::server::api::{AddInvoiceError, FindInvoiceError, FindInvoiceParams, SeeError};
use crate::own::server::headers::XRequestXSeenHeaders;
use crate::own::server::{Api, Call};
use crate::own::types::{Invoice, SeeBody};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

/// Replaces the schema `Label`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Serialize, Deserialize)]
pub struct Label {
    /// Its text.
    pub text: String,
}

/// Replaces strings with the format `password`, and isn't shown.
#[derive(Clone, PartialEq, PartialOrd)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Serializes a [`Secret`].
pub mod secret {
    use super::Secret;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes the secret text.
    pub fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&secret.0)
    }

    /// Reads any string.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        String::deserialize(from).map(Secret)
    }
}

/// Returns its arguments.
#[derive(Debug)]
pub struct Accountant;

impl Api for Accountant {
    async fn find_invoice(
        &self,
        call: Call,
        id: Uuid,
        params: FindInvoiceParams,
    ) -> Result<Invoice, FindInvoiceError> {
        let mut headers = XRequestXSeenHeaders::new(id);
        headers.x_seen = params.since;
        call.add_response_headers(&headers);
        let day = params.days.unwrap_or_default().pop().unwrap_or_default();
        let limit = params.x_limit.map(Decimal::from).unwrap_or_default();
        Ok(Invoice::new(day, id, limit).expires(params.until))
    }

    async fn add_invoice(&self, _: Call, body: Invoice) -> Result<Vec<Timestamp>, AddInvoiceError> {
        let stamps = body.stamps.unwrap_or_default().into_values();
        Ok(body.at.flatten().into_iter().chain(stamps).collect())
    }

    async fn see(&self, _: Call, body: SeeBody) -> Result<Url, SeeError> {
        let by = body.by.unwrap_or_default();
        let link = format!("https://example.com/{by}?at={}", body.at);
        Ok(Url::parse(&link).unwrap_or_else(|_| unreachable!()))
    }
}
