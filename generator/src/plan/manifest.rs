//! What manifests are made of.

/// A cargo feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// What it switches on.
    pub enables: Vec<String>,
    /// What it is for, for the manifest and the README.
    pub purpose: String,
}

/// A package that another one needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: Source,
    /// Whether its default features are on.
    pub default_features: bool,
    /// The features that are on.
    pub features: Vec<String>,
    /// Whether a feature switches it on.
    pub optional: bool,
}

/// Where a dependency comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The registry, in this version.
    Version(String),
    /// A folder beside.
    Path(String),
    /// What the user says: keys and values.
    Stated(Vec<(&'static str, String)>),
}
