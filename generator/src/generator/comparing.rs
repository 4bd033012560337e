//! Two descriptions, compared.

use super::{Failed, Run};
use crate::compare::{self, Comparison};
use crate::config::{Options, PackageName};
use crate::{index, ir, pipeline};
use std::path::Path;

/// Compares two descriptions, operation by operation, by their wire format.
///
/// # Errors
///
/// Fails if a description can't be read or has errors.
pub fn compare(old: impl AsRef<Path>, new: impl AsRef<Path>) -> Result<Comparison, Failed> {
    let paths = [old.as_ref(), new.as_ref()];
    let [old, new] = paths.map(read);
    let labels = paths.map(|path| path.display().to_string());
    Ok(compare::run(&old?, &new?).labelled(labels))
}

/// The wire facts of a description.
fn read(path: &Path) -> Result<ir::Api, Failed> {
    let options = Options::new(PackageName::of_path(path));
    let mut diagnostics = options.diagnostics();
    let (sources, entry) = index::load(path, &options.access, &mut diagnostics);
    let outcome = entry.and_then(|entry| pipeline::api(&sources, entry, &mut diagnostics));
    let run = Run {
        sources,
        outcome: outcome.filter(|_| !diagnostics.has_errors()),
        diagnostics,
        changes: None,
    };
    run.finished()
}
