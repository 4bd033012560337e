//! The files of Swagger UI, from the archive in `utoipa-swagger-ui-vendored`. Needs no other file.
//!
//! The archive has each file as it is compressed by gzip, so it is served without being unpacked.
#![cfg(feature = "explorer")]

use bytes::Bytes;
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED as ARCHIVE;

/// A file of the archive.
pub(crate) struct Asset {
    /// A value that changes with the file.
    pub(crate) tag: String,
    /// The file as gzip.
    pub(crate) gzip: Bytes,
}

/// The file of this name in the directory `dist` of the archive.
pub(crate) fn asset(name: &str) -> Option<Asset> {
    let name = format!("/dist/{name}");
    // The end of the directory: a record of 22 bytes and a comment (APPNOTE.TXT of ZIP, section 4.3.16).
    let end = ARCHIVE.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let mut at = number(end + 16)?;
    // An entry of the directory (section 4.3.12).
    while ARCHIVE.get(at..at + 4)? == b"PK\x01\x02" {
        let [length, extra, comment] = [28, 30, 32].map(|field| short(at + field));
        let behind = at + 46 + length?;
        if ARCHIVE.get(at + 46..behind)?.ends_with(name.as_bytes()) {
            return entry(at);
        }
        at = behind + extra? + comment?;
    }
    None
}

/// The file of an entry of the directory.
fn entry(at: usize) -> Option<Asset> {
    const DEFLATED: usize = 8;
    if short(at + 10)? != DEFLATED {
        return None;
    }
    // What comes before the compressed bytes (section 4.3.7) has a length of its own.
    let local = number(at + 42)?;
    let start = local + 30 + short(local + 26)? + short(local + 28)?;
    let deflated = ARCHIVE.get(start..start + number(at + 20)?)?;
    // Checksum and length (RFC 1952, section 2.3.1) are in the directory in the same form.
    let [checksum, length] = [16, 24].map(|field| ARCHIVE.get(at + field..at + field + 4));
    let head: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let gzip = [head, deflated, checksum?, length?].concat();
    let tag = format!("{:08x}-{:x}", number(at + 16)?, number(at + 24)?);
    Some(Asset {
        tag,
        gzip: gzip.into(),
    })
}

/// The 32 bits at a place.
fn number(at: usize) -> Option<usize> {
    let bytes = ARCHIVE.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}

/// The 16 bits at a place.
fn short(at: usize) -> Option<usize> {
    let bytes = ARCHIVE.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(bytes)))
}
