//! What a build script tells cargo, which is the only one who hears it.

use super::{Generator, Run};
use crate::build_script;
use crate::config::Layout;
use crate::diag::render::printable;
use crate::diag::{Code, Diagnostic, Severity};
use crate::plan::Plan;
use crate::source::{Position, crate_roots, sets_limit};

pub(super) fn is_about_limit(one: &Diagnostic) -> bool {
    matches!(one.code, Code::RecursionLimit { .. })
}

/// Prints the instructions of a run: the files to watch, warnings, features, and the roots of the crate if it needs a line there.
pub(super) fn tell<T>(run: &Run<T>, features: &[&'static str]) {
    tell_cargo(run, features.iter());
    if run.diagnostics.iter().any(is_about_limit) {
        for root in crate_roots() {
            println!("cargo::rerun-if-changed={}", root.display());
        }
    }
}

/// Has cargo run the build script again when the manifests change that say what modules can use.
pub(super) fn watch_manifests() {
    for manifest in build_script::manifests() {
        println!("cargo::rerun-if-changed={}", manifest.display());
    }
}

/// The warnings in a line each: where it is, what is wrong, the code.
fn lines<T>(run: &Run<T>) -> impl Iterator<Item = String> {
    let warnings = run.diagnostics.iter();
    let warnings = warnings.filter(|one| one.severity == Severity::Warning);
    warnings.map(|one| {
        let found = run.sources.position(&one.place);
        let place = found.map(|(file, Position { line, column })| {
            format!("{}:{line}:{column}: ", run.sources.path(file).display())
        });
        let (place, code) = (place.unwrap_or_default(), one.code.id());
        printable(&format!("{place}{} [{code}]", one.code.title()))
    })
}

/// Prints instructions for cargo.
fn tell_cargo<'f, T>(run: &Run<T>, features: impl Iterator<Item = &'f &'static str>) {
    let watched = run.sources.watched();
    let watched = watched
        .into_iter()
        .map(|path| format!("cargo::rerun-if-changed={}", path.display()));
    let warnings = lines(run).map(|warning| format!("cargo::warning={warning}"));
    // Modules check features that the including crate may not declare.
    let features = features
        .map(|feature| format!("cargo::rustc-check-cfg=cfg(feature, values(\"{feature}\"))"));
    for line in watched
        .chain(warnings)
        .chain(features)
        .filter(|line| !line.contains(['\n', '\r']))
    {
        println!("{line}");
    }
}

impl Generator {
    /// The `recursion_limit` that the crate with the modules needs and, as far as a build script can know, doesn't have.
    pub(super) fn missing_limit(&self, plan: &Plan) -> Option<usize> {
        let is_set = || self.cargo && crate_roots().iter().any(|root| sets_limit(root));
        let limit = plan.recursion_limit()?;
        (self.options.layout == Layout::Modules && !is_set()).then_some(limit)
    }
}
