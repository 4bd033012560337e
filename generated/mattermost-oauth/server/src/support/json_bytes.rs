//! JSON to send. Needs no other file.

use std::cell::Cell;

use bytes::Bytes;
use serde::Serialize;

thread_local! {
    /// Where JSON is written before its length is known.
    static WRITTEN: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// JSON up to this length, in bytes, is copied into memory of its own, so that it takes no more than it needs. Anything longer keeps the
/// memory that it was written into: a copy would take longer than another allocation.
const COPIED: usize = 2 << 10;

/// The most memory that a thread keeps for the JSON that it writes next, in bytes.
const KEPT: usize = 64 << 10;

/// A value as JSON.
pub(crate) fn json_bytes(value: &impl Serialize) -> serde_json::Result<Bytes> {
    // Nothing is there if a value is being written within another one, which then begins with nothing as well.
    let mut written = WRITTEN.take();
    written.clear();
    serde_json::to_writer(&mut written, value)?;
    if written.len() <= COPIED {
        let bytes = Bytes::copy_from_slice(&written);
        WRITTEN.set(written);
        return Ok(bytes);
    }
    // What comes next may well be as long.
    WRITTEN.set(Vec::with_capacity(
        written.len().next_power_of_two().min(KEPT),
    ));
    Ok(written.into())
}
