//! Writes and checks the package with the support code of several APIs: a directory of its own, with a record of its own, which the run of any
//! of them keeps up to date.

use super::{Generator, push};
use crate::config::{Runtime, way};
use crate::diag::Diagnostics;
use crate::pipeline;
use crate::plan::Plan;
use crate::write::{Checker, Inputs, RelPath, StaleFile, Writer};
use std::path::{Path, PathBuf};

/// What was written of it, relative to the directory of the API.
#[derive(Default)]
pub(super) struct Done {
    pub(super) written: Vec<PathBuf>,
    pub(super) removed: Vec<PathBuf>,
    /// The number of files that were up to date.
    pub(super) unchanged: usize,
}

impl Generator {
    /// The directory of the package with the support code, if it isn't in each package.
    #[doc(hidden)]
    #[must_use]
    pub fn runtime_dir(&self) -> Option<PathBuf> {
        let runtime = self.options.runtime.as_ref()?;
        Some(runtime.folder.clone())
    }

    /// Writes the files that differ, or pushes why it can't.
    pub(super) fn write_runtime(&self, plan: &Plan, diagnostics: &mut Diagnostics) -> Option<Done> {
        let Some(Runtime { name, folder, .. }) = &self.options.runtime else {
            return Some(Done::default());
        };
        let writer = Writer::new(folder, name.as_str(), self.force, self.on_wait);
        pipeline::lay_out_runtime(plan, |path, text| writer.take(path, text));
        match writer.finish(&Inputs::new()) {
            Ok(synced) => {
                let way = way(&self.out(), folder);
                let paths = |paths: &[RelPath]| {
                    let paths = paths.iter();
                    paths.map(|path| path.below(Path::new(&way))).collect()
                };
                Some(Done {
                    written: paths(&synced.written),
                    removed: paths(&synced.removed),
                    unchanged: synced.unchanged,
                })
            }
            Err(problems) => {
                for problem in problems {
                    push(problem, name.as_str(), diagnostics);
                }
                None
            }
        }
    }

    /// What would change on disk; `None` if that can't be said.
    pub(super) fn check_runtime(
        &self,
        plan: &Plan,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<StaleFile>> {
        let Some(Runtime { name, folder, .. }) = &self.options.runtime else {
            return Some(Vec::new());
        };
        let checker = Checker::new(folder, name.as_str(), self.on_wait);
        pipeline::lay_out_runtime(plan, |path, text| checker.take(path, text));
        match checker.finish(&Inputs::new()) {
            Ok(differences) => Some(differences),
            Err(problem) => {
                push(problem, name.as_str(), diagnostics);
                None
            }
        }
    }
}
