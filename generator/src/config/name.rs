//! The names of packages.

use crate::diag::Code;
use std::fmt;
use std::path::Path;

/// A valid name of a cargo package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageName(String);

impl PackageName {
    /// Letters, digits, `-` and `_`, beginning with a letter, ending with a letter or digit, at most 56 characters (so that the longest
    /// suffix stays within the 64 of registries).
    pub fn new(name: &str) -> Result<Self, Code> {
        let allowed = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let ends = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.ends_with(|c: char| c.is_ascii_alphanumeric());
        if allowed && ends && name.len() <= 56 {
            Ok(Self(name.to_owned()))
        } else {
            Err(Code::BadName {
                name: name.to_owned(),
            })
        }
    }

    /// Derives a name from the path of a description: from the file name if that is specific, else from its directory.
    #[must_use]
    pub fn of_path(path: &Path) -> Self {
        const GENERIC: [&str; 8] = [
            "openapi", "swagger", "api", "apis", "index", "spec", "main", "root",
        ];
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let file = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let folder = path
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned());
        let candidates = if GENERIC.contains(&file.to_lowercase().as_str()) {
            [folder, Some(file)]
        } else {
            [Some(file), folder]
        };
        let named = candidates
            .into_iter()
            .flatten()
            .find_map(|candidate| Self::new(&kebab(&candidate)).ok());
        named.unwrap_or_else(|| Self("api".to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lower-case letters and digits, anything else replaced by single `-`; at most 56 characters.
fn kebab(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(56) {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_the_path() {
        let name = |path: &str| PackageName::of_path(Path::new(path)).0;
        assert_eq!(name("/x/Pet Store.yaml"), "pet-store");
        assert_eq!(name("/mattermost-oauth/openapi.yaml"), "mattermost-oauth");
        assert_eq!(name("/api.github.com.json"), "api-github-com");
        assert_eq!(name("/123/456.json"), "api");
    }
}
