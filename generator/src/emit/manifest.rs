//! Writes `Cargo.toml`.

use crate::hidden::is_hidden;
use crate::plan::{Dependency, Feature, Package, PackageExample, Source};
use std::fmt::Write;

/// The manifest of a package. All text in it is escaped by [`quoted`].
pub(super) fn manifest(package: &Package) -> String {
    let Package {
        name,
        crate_name,
        description,
        version,
        license,
        dependencies,
        dev_dependencies,
        features,
        examples,
        ..
    } = package;
    let mut out = String::from("# Written by specwright; changes are overwritten.\n\n[package]\n");
    let mut line = |key: &str, value: &str| {
        // Writing to a String can't fail.
        let _ = writeln!(out, "{key} = {}", quoted(value));
    };
    line("name", name);
    line("version", version);
    line("edition", "2024");
    line("rust-version", crate::plan::RUST_VERSION);
    line("description", description);
    if let Some(license) = license {
        line("license", license);
    }
    // Code in the documentation isn't meant to be run.
    out.push_str("\n[lib]\n");
    if *crate_name != name.replace('-', "_") {
        let _ = writeln!(out, "name = {}", quoted(crate_name));
    }
    out.push_str("doctest = false\n");
    let (everywhere, somewhere): (Vec<_>, Vec<_>) =
        dependencies.iter().partition(|one| one.target.is_none());
    section(&mut out, "dependencies", everywhere);
    section(
        &mut out,
        "dev-dependencies",
        dev_dependencies.iter().collect(),
    );
    for platform in somewhere.chunk_by(|a, b| a.target == b.target) {
        let target = platform.first().and_then(|one| one.target);
        let name = format!("target.'{}'.dependencies", target.unwrap_or_default());
        section(&mut out, &name, platform.to_vec());
    }
    for PackageExample { name, features } in examples {
        let _ = writeln!(out, "\n[[example]]\nname = {}", quoted(name));
        if !features.is_empty() {
            let needed = list(features.iter().map(String::as_str));
            let _ = writeln!(out, "required-features = [{needed}]");
        }
    }
    if !features.is_empty() {
        out.push_str("\n[features]\n");
        for Feature {
            name,
            enables,
            purpose,
        } in features
        {
            let _ = writeln!(
                out,
                "# {purpose}\n{name} = [{}]",
                list(enables.iter().map(String::as_str))
            );
        }
    }
    out
}

fn section(out: &mut String, name: &str, dependencies: Vec<&Dependency>) {
    if dependencies.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n[{name}]");
    for dependency in dependencies {
        let _ = writeln!(out, "{} = {}", dependency.name, requirement(dependency));
    }
}

/// The requirement of a dependency as TOML: `"1.0"`, or a table if necessary.
#[must_use]
pub fn requirement(dependency: &Dependency) -> String {
    let Dependency {
        source,
        default_features,
        features,
        optional,
        ..
    } = dependency;
    let mut parts = match source {
        Source::Version(version) if *default_features && features.is_empty() && !optional => {
            return quoted(version);
        }
        Source::Version(version) => vec![format!("version = {}", quoted(version))],
        Source::Path(path) => vec![format!("path = {}", quoted(path))],
        Source::Stated(stated) => {
            let stated = stated.iter();
            stated
                .map(|(key, value)| format!("{key} = {}", quoted(value)))
                .collect()
        }
    };
    parts.extend((!default_features).then(|| "default-features = false".to_owned()));
    parts.extend(
        (!features.is_empty())
            .then(|| format!("features = [{}]", list(features.iter().map(String::as_str)))),
    );
    parts.extend(optional.then(|| "optional = true".to_owned()));
    format!("{{ {} }}", parts.join(", "))
}

fn list<'t>(items: impl Iterator<Item = &'t str>) -> String {
    items.map(quoted).collect::<Vec<_>>().join(", ")
}

/// A TOML basic string (TOML 1.0, "String").
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            _ if is_hidden(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
