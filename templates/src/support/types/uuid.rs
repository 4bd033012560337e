//! `format: uuid`. Needs `formatted.rs`; crate `uuid` with the feature of that name.

use super::formatted;

formatted! {
    /// A UUID (RFC 9562), kept exactly as written.
    ///
    /// The cargo feature `uuid` adds conversions from and to the type of that crate.
    Uuid, "must be a UUID", is_uuid
}

/// Section 4: 32 hexadecimal digits with `-` after the 8th, 12th, 16th and 20th.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(feature = "uuid")]
mod with_uuid {
    use super::Uuid;

    impl TryFrom<&Uuid> for uuid::Uuid {
        type Error = uuid::Error;

        fn try_from(text: &Uuid) -> Result<Self, Self::Error> {
            uuid::Uuid::try_parse(text)
        }
    }

    impl From<uuid::Uuid> for Uuid {
        fn from(value: uuid::Uuid) -> Self {
            Self(value.to_string())
        }
    }
}
