//! What the client writes and the server reads where that is out of the ordinary.

mod odd;
mod own_types;
mod path_keys;
mod refused;
