//! The contents of manifests.

/// A cargo feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    pub name: String,
    /// The features and packages that it enables.
    pub enables: Vec<String>,
    /// What it is for, shown in the manifest and the README.
    pub purpose: String,
}

/// A dependency of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    pub name: String,
    pub source: Source,
    pub default_features: bool,
    /// The enabled features.
    pub features: Vec<String>,
    /// Whether it is enabled by a feature.
    pub optional: bool,
    /// The platform that it is for, as in `cfg(…)`; `None` for all.
    pub target: Option<&'static str>,
}

/// The source of a dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A version of the registry.
    Version(String),
    /// A directory next to the package.
    Path(String),
    /// The keys and values given by the user.
    Stated(Vec<(&'static str, String)>),
}
