//! Base64 text for byte types of other crates, used by `foreign!`. Needs `base64_code.rs`.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

use super::base64_code::{base64_decoded, base64_encoded};

/// Writes bytes in the standard alphabet with padding.
pub(crate) fn serialize<S: Serializer>(bytes: &impl AsRef<[u8]>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&base64_encoded(bytes.as_ref()))
}

/// Reads bytes in either alphabet, with or without padding.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: From<Vec<u8>>>(
    from: D,
) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    let bytes = base64_decoded(&text).ok_or_else(|| D::Error::custom("the text isn't base64"))?;
    Ok(T::from(bytes))
}
