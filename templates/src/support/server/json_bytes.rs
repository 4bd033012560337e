//! JSON to send. Needs no other file.

use std::cell::Cell;

use bytes::Bytes;
use serde::Serialize;

thread_local! {
    /// Where JSON is written before its length is known, so that memory is allocated once and no more than it takes.
    static WRITTEN: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// What a thread keeps for what it writes next, in bytes. Longer JSON is rare, and isn't worth a copy.
const KEPT: usize = 64 << 10;

/// A value as JSON.
pub(crate) fn json_bytes(value: &impl Serialize) -> serde_json::Result<Bytes> {
    // Nothing is there if a value is being written within another one, which then begins with nothing as well.
    let mut written = WRITTEN.take();
    written.clear();
    serde_json::to_writer(&mut written, value)?;
    if written.capacity() > KEPT {
        return Ok(written.into());
    }
    let bytes = Bytes::copy_from_slice(&written);
    WRITTEN.set(written);
    Ok(bytes)
}
