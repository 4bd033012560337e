//! An API whose types, client and server are written by the build script: nothing of them is in the repository.

mod keeper;

pub use keeper::Keeper;

/// The API: `types`, `client`, `server`.
pub mod notes {
    include!(concat!(env!("OUT_DIR"), "/notes/mod.rs"));
}
