//! Why something can't be written, as messages.

use crate::diag::{Code, Diagnostics, Place};
use crate::write::Problem;
use std::path::Path;

/// Pushes why something can't be written.
pub(crate) fn push(problem: Problem, api: &str, diagnostics: &mut Diagnostics) {
    let shown = |path: &Path| path.display().to_string();
    let (code, path) = match problem {
        Problem::Unwritable { path, reason } => (
            Code::Unwritable {
                path: shown(&path),
                reason,
            },
            path,
        ),
        Problem::Foreign(path) => (Code::ForeignFile { path: shown(&path) }, path),
        Problem::Folder(path) => (Code::FolderInTheWay { path: shown(&path) }, path),
        Problem::Blocked(path) => (Code::BlockedPath { path: shown(&path) }, path),
        Problem::Edited(path) => (Code::EditedFile { path: shown(&path) }, path),
        Problem::BadManifest { path, reason } => (
            Code::BadManifest {
                path: shown(&path),
                reason,
            },
            path,
        ),
        Problem::OtherApi { path, api: other } => (
            Code::OtherApi {
                folder: shown(path.parent().unwrap_or(Path::new(""))),
                other,
                api: api.to_owned(),
            },
            path,
        ),
        Problem::Staging(path) => (Code::ForeignStaging { path: shown(&path) }, path),
    };
    diagnostics.push(code, Place::Path(path));
}
