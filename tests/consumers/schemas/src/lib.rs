//! Types made of schemas of every kind.

/// The API: `types`.
pub mod schemas {
    include!(concat!(env!("OUT_DIR"), "/schemas/mod.rs"));
}

/// The same, keeping properties that the description doesn't name.
pub mod kept {
    include!(concat!(env!("OUT_DIR"), "/kept/mod.rs"));
}

pub use schemas::types;
