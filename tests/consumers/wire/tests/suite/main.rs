//! Unusual requests of the client that the server reads.

mod odd;
mod own_types;
mod path_keys;
mod refused;
