//! Tells the client the messages about each file.

use super::diagnostics::Found;
use super::documents::Documents;
use super::projects::Projects;
use crate::diag::Severity;
use gen_lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    PublishDiagnosticsParams,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What the client shows.
#[derive(Debug, Default)]
pub(super) struct Shown(BTreeMap<PathBuf, Vec<Diagnostic>>);

impl Shown {
    /// What has to be told about files whose messages may be others now.
    pub(super) fn update(
        &mut self,
        files: &BTreeSet<PathBuf>,
        projects: &Projects,
        documents: &Documents,
    ) -> Vec<PublishDiagnosticsParams> {
        let changed = files.iter().filter_map(|path| {
            let found = projects.found(path);
            let new: Vec<Diagnostic> = found.iter().map(|one| diagnostic(one, documents)).collect();
            let old = self.0.get(path).map_or(&[][..], Vec::as_slice);
            (old != new).then(|| (path.clone(), new))
        });
        let changed: Vec<(PathBuf, Vec<Diagnostic>)> = changed.collect();
        let told = changed.into_iter().map(|(path, diagnostics)| {
            let params = params(&path, &diagnostics, documents);
            if diagnostics.is_empty() {
                self.0.remove(&path);
            } else {
                self.0.insert(path, diagnostics);
            }
            params
        });
        told.collect()
    }
}

fn params(
    path: &Path,
    diagnostics: &[Diagnostic],
    documents: &Documents,
) -> PublishDiagnosticsParams {
    PublishDiagnosticsParams {
        uri: documents.uri(path).into(),
        version: documents.of(path).map(|document| document.version),
        diagnostics: diagnostics.to_vec(),
    }
}

fn diagnostic(found: &Found, documents: &Documents) -> Diagnostic {
    let related = found.related.iter();
    let related = related.map(|(path, range, message)| DiagnosticRelatedInformation {
        location: Location {
            uri: documents.uri(path).into(),
            range: *range,
        },
        message: message.clone(),
    });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    Diagnostic {
        range: found.range,
        severity: Some(severity(found.severity)),
        code: Some(found.code.to_owned().into()),
        source: Some("specwright".to_owned()),
        message: found.text.clone().into(),
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note | Severity::Allowed => DiagnosticSeverity::Information,
    }
}
