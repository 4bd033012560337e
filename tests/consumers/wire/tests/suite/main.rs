//! What the client writes and the server reads where that is out of the ordinary.

mod odd;
mod path_keys;
mod refused;
