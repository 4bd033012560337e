//! The description of the last run: what has changed since, and the version that the packages get for it.
//!
//! In: what the last run recorded in the output directory, and the description as it is now. Out: [`Changes`], and the text to record. A
//! run that writes nothing records nothing, so the next one compares with the same.

use crate::config::{Layout, Options};
use crate::crates::CrateKind;
use crate::diag::Diagnostics;
use crate::diff::{Bump, Diff, Verdict};
use crate::pipeline;
use crate::source::Sources;
use crate::write;
use std::path::{Path, PathBuf};

/// The difference between the description of the last run and that of this one.
#[derive(Debug, Clone)]
pub struct Changes {
    /// Every difference, with its verdicts.
    pub diff: Diff,
    /// The version of the packages of the last run.
    pub before: String,
    /// The version of the packages of this run.
    pub version: String,
    /// The file with the description of the last run, and of this one as soon as it is written.
    pub record: PathBuf,
}

/// The version that packages begin with.
const FIRST: &str = "0.1.0";

/// What begins a document.
const BEGIN: &str = "{\n";

/// What begins a record: it is a document in which no reader looks at this field.
const HEAD: &str = "{\n\"x-specwright-version\":";

/// What follows the version.
const NECK: &str = "\",\n";

/// Compares a description, as one document in JSON, with that of the last run, and sets the version of the packages. Returns the text to
/// record, and what has changed; modules have neither.
pub(super) fn compare(
    mut description: String,
    (out, api): (&Path, &str),
    options: &mut Options,
) -> (String, Option<Changes>) {
    let last = write::last_description(out, api);
    let last = last.as_deref().and_then(parts);
    let diff = last.and_then(|(_, old)| differences(old, &description));
    if options.automatic_version {
        options.package_version = match (last, &diff) {
            (None, _) => FIRST.to_owned(),
            (Some((version, _)), None) => version.to_owned(),
            (Some((version, _)), Some(diff)) => diff.verdict().map_or_else(
                || version.to_owned(),
                |verdict| next(version, needed(verdict, options)),
            ),
        };
    }
    let version = options.package_version.clone();
    let quoted = serde_json::Value::from(version.as_str());
    if description.starts_with(BEGIN) {
        description.replace_range(..BEGIN.len(), &format!("{HEAD}{quoted},\n"));
    }
    let changes = last.zip(diff).map(|((before, _), diff)| Changes {
        diff,
        before: before.to_owned(),
        version,
        record: out.join(write::DESCRIPTION),
    });
    (description, changes)
}

/// Whether what is written has a record of the description: modules for a build script are written anew wherever that runs.
pub(super) fn is_recorded(options: &Options) -> bool {
    options.layout == Layout::Crates
}

/// Version and description of a record, the latter without the first line of a document.
fn parts(record: &str) -> Option<(&str, &str)> {
    let rest = record.strip_prefix(HEAD)?.strip_prefix('"')?;
    rest.split_once(NECK)
}

/// The differences between the rest of a record and a description; `None` if they are the same, or if the former can't be read any more.
fn differences(old: &str, new: &str) -> Option<Diff> {
    if new.strip_prefix(BEGIN) == Some(old) {
        return None;
    }
    // Both are read from the same form, so that nothing differs but what they say.
    let api = |text: &str| {
        let mut diagnostics = Diagnostics::default();
        let texts = [(write::DESCRIPTION, text)];
        let (sources, entry) = Sources::from_texts(&texts, &mut diagnostics);
        let api = pipeline::api(&sources, entry?, &mut diagnostics)?;
        (!diagnostics.has_errors()).then_some(api)
    };
    Some(pipeline::diff(&api(&format!("{BEGIN}{old}"))?, &api(new)?))
}

/// The greatest change among the crates that are written.
fn needed(verdict: Verdict, options: &Options) -> Bump {
    if options.emits(CrateKind::Server) {
        verdict.client.max(verdict.server)
    } else {
        verdict.client
    }
}

/// The version after a change, by Cargo's rules: the leftmost number that isn't 0 is that of breaks. What follows `-` or `+` is left out.
fn next(version: &str, bump: Bump) -> String {
    let numbers = version.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = numbers.split('.').map(|part| part.parse().unwrap_or(0));
    let mut number = || numbers.next().unwrap_or(0_u64);
    let (major, minor, patch) = (number(), number(), number());
    let is_before = version.split('+').next().is_some_and(|it| it.contains('-'));
    let up = |number: u64| number.saturating_add(1);
    let (major, minor, patch) = match (major, minor, bump) {
        (1.., _, Bump::Major) => (up(major), 0, 0),
        (1.., _, Bump::Minor) => (major, up(minor), 0),
        (0, 1.., Bump::Major) => (0, up(minor), 0),
        // The version that `-rc.1` comes before.
        (1.., _, Bump::Patch) | (0, 1.., Bump::Minor | Bump::Patch) | (0, 0, _) if is_before => {
            (major, minor, patch)
        }
        (1.., _, Bump::Patch) | (0, 1.., Bump::Minor | Bump::Patch) | (0, 0, _) => {
            (major, minor, up(patch))
        }
    };
    format!("{major}.{minor}.{patch}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_bumped_as_cargo_reads_them() {
        for (version, major, minor, patch) in [
            ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
            ("0.1.0", "0.2.0", "0.1.1", "0.1.1"),
            ("0.0.7", "0.0.8", "0.0.8", "0.0.8"),
            ("1.0.0-rc.1", "2.0.0", "1.1.0", "1.0.0"),
            ("0.3.0-rc.1+x-y", "0.4.0", "0.3.0", "0.3.0"),
            ("1.0.0+a-b", "2.0.0", "1.1.0", "1.0.1"),
        ] {
            let bumps = [Bump::Major, Bump::Minor, Bump::Patch];
            let after = bumps.map(|bump| next(version, bump));
            assert_eq!(after, [major, minor, patch], "{version}");
        }
    }

    #[test]
    fn a_record_has_version_and_description() {
        let record = "{\n\"x-specwright-version\":\"0.1.0\",\n\"openapi\":\"3.1.1\"}\n";
        assert_eq!(parts(record), Some(("0.1.0", "\"openapi\":\"3.1.1\"}\n")));
        assert_eq!(parts("{\n\"openapi\":\"3.1.1\"}\n"), None);
    }
}
