//! XML, from a description to the wire.

mod documents;
mod wire;
