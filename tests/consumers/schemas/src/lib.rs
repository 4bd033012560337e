//! Types made of schemas of every kind.

/// The API: `types`.
pub mod schemas {
    include!(concat!(env!("OUT_DIR"), "/schemas/mod.rs"));
}

/// The same types, keeping undeclared properties.
pub mod kept {
    include!(concat!(env!("OUT_DIR"), "/kept/mod.rs"));
}

pub use schemas::types;
