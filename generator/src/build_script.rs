//! What a build script checks of the package that it belongs to, before generated modules are compiled as a part of that.
//!
//! In: a plan, and the manifest of the package. Out: messages about dependencies that the modules use and the package doesn't have, instead
//! of the compiler's about each use of them.

use crate::diag::{Code, Diagnostics, Place};
use crate::pipeline;
use crate::plan::{Plan, Source};
use crate::source::OwnManifest;
use std::path::PathBuf;

/// The manifests whose change may change what the check finds.
pub(crate) fn manifests() -> Vec<PathBuf> {
    OwnManifest::of_build_script().map_or_else(Vec::new, |own| own.paths)
}

/// Reports what the package doesn't depend on; returns whether the modules can be compiled, as far as a manifest tells.
pub(crate) fn check(plan: &Plan, diagnostics: &mut Diagnostics) -> bool {
    let Some(own) = OwnManifest::of_build_script() else {
        return true;
    };
    let mut missing = Vec::new();
    for (needed, requirement) in pipeline::requirements(plan, is_active) {
        let fits = |version: &Source| match version {
            Source::Version(version) => own
                .stated(&needed.name)
                .filter(|stated| stated.allows(version)),
            Source::Path(_) | Source::Stated(_) => own.stated(&needed.name),
        };
        let Some(stated) = fits(&needed.source) else {
            missing.push(format!("{} = {requirement}", needed.name));
            continue;
        };
        let lacking = stated.lacks(&needed.features, needed.default_features);
        if !lacking.is_empty() {
            let code = Code::MissingFeatures {
                package: needed.name.clone(),
                features: lacking.join("`, `"),
                line: format!("{} = {requirement}", needed.name),
            };
            diagnostics.push(code, Place::Nowhere);
        }
    }
    if !missing.is_empty() {
        let code = Code::MissingDependencies {
            count: missing.len(),
            lines: missing.join("\n"),
        };
        diagnostics.push(code, Place::Nowhere);
    }
    missing.is_empty()
}

/// Whether a cargo feature of the package is active, as cargo tells build scripts.
fn is_active(feature: &str) -> bool {
    let name = feature.to_uppercase().replace('-', "_");
    std::env::var_os(format!("CARGO_FEATURE_{name}")).is_some()
}
