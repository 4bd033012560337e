//! What a build script tells cargo, which is the only one who hears it.

use super::outcome::warnings;
use super::{Generator, Run};
use crate::config::Layout;
use crate::diag::{Code, Diagnostic};
use crate::plan::Plan;
use crate::source::{Sources, crate_roots, sets_limit};

pub(super) fn is_about_limit(one: &Diagnostic) -> bool {
    matches!(one.code, Code::RecursionLimit { .. })
}

/// Prints the instructions of a run: the files to watch, warnings, features, and the roots of the crate if it needs a line there.
pub(super) fn tell<T>(run: &Run<T>, features: &[&'static str]) {
    tell_cargo(&run.sources, &warnings(&run.diagnostics), features.iter());
    if run.diagnostics.iter().any(is_about_limit) {
        for root in crate_roots() {
            println!("cargo::rerun-if-changed={}", root.display());
        }
    }
}

/// Prints instructions for cargo.
fn tell_cargo<'f>(
    sources: &Sources,
    warnings: &[String],
    features: impl Iterator<Item = &'f &'static str>,
) {
    let watched = sources
        .watched()
        .into_iter()
        .map(|path| format!("cargo::rerun-if-changed={}", path.display()));
    let warnings = warnings
        .iter()
        .map(|warning| format!("cargo::warning={warning}"));
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
