//! An API whose types, client and server are written by a build script, so that none of it is in the repository.

mod keeper;

pub use keeper::Keeper;

/// The API: `types`, `client`, `server`.
pub mod notes {
    include!(concat!(env!("OUT_DIR"), "/notes/mod.rs"));
}
