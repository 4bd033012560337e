//! Types made of schemas of every kind.

/// The API: `types`.
pub mod schemas {
    include!(concat!(env!("OUT_DIR"), "/schemas/mod.rs"));
}

pub use schemas::types;
