//! `diff`: what changed between two versions of a description.

use super::git;
use super::output::Terminal;
use super::settings::Settings;
use super::{Common, DiffFormat};
use clap::Args;
use specwright::diag::render::Format as MessageFormat;
use specwright::diag::{Code, Diagnostics, Place};
use specwright::diff::{Finding, Format, Ignore, Input, Threshold, Wire, render};
use specwright::pipeline;
use specwright::source::{FileId, Sources};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The old description: a file, or `git:REV:PATH`
    old: PathBuf,
    /// The new description: a file, or `git:REV:PATH`
    new: PathBuf,
    /// Exit with 1 if a difference has this verdict or a worse one: `wire:breaking`, `wire:warning`, `wire:info`, `rust:major`,
    /// `rust:minor`, `rust:patch`, or the last three with `client:` or `server:`; can be repeated
    #[arg(long, value_name = "VERDICT", value_delimiter = ',')]
    fail_on: Vec<Threshold>,
    /// A list of exceptions, in TOML: `[[ignore]]` with `rule`, `reason` and maybe `place`; can be repeated
    #[arg(long, value_name = "FILE")]
    ignore: Vec<PathBuf>,
    /// Format of the result [default: that of `--message-format`]
    #[arg(long, value_name = "FORMAT")]
    format: Option<DiffFormat>,
}

/// A description that was read.
struct Side {
    name: String,
    prefix: String,
    sources: Sources,
    api: pipeline::Compared,
}

/// Lists the differences; returns whether both descriptions could be read and no difference is one to fail on.
pub(super) fn diff(diff: &Diff, common: &Common, terminal: &mut Terminal) -> bool {
    let Some(settings) = Settings::load(common, terminal) else {
        return false;
    };
    let sides = [&diff.old, &diff.new].map(|spec| side(spec, &settings, terminal));
    let [Some(old), Some(new)] = sides else {
        return false;
    };
    let mut found = pipeline::diff(&old.api, &new.api);
    let (mut sources, mut diagnostics) = (Sources::default(), common_diagnostics(common));
    for path in &diff.ignore {
        if let Some(list) = Ignore::load(path, &mut sources, &mut diagnostics) {
            found = found.without(&list, &mut diagnostics);
        }
    }
    terminal.messages_aside(&diagnostics, &sources);
    if diagnostics.has_errors() {
        return false;
    }
    let format = diff.format.unwrap_or(match terminal.format() {
        MessageFormat::Human => DiffFormat::Human,
        MessageFormat::Json => DiffFormat::Json,
        MessageFormat::Github => DiffFormat::Github,
    });
    let format = match format {
        DiffFormat::Human => Format::Human,
        DiffFormat::Json => Format::Json,
        DiffFormat::Github => Format::Github,
        DiffFormat::Markdown => Format::Markdown,
        DiffFormat::Junit => Format::Junit,
        DiffFormat::Sarif => Format::Sarif,
    };
    let on = &diff.fail_on;
    let counts = |finding: &Finding| on.iter().any(|threshold| threshold.is_met(finding));
    // Without a threshold a test that fails is one about a break.
    let fails = |finding: &Finding| {
        let breaks = on.is_empty() && finding.wire == Wire::Breaking;
        breaks || counts(finding)
    };
    let inputs = [&old, &new].map(|side| Input {
        name: &side.name,
        prefix: &side.prefix,
        sources: &side.sources,
    });
    let text = render(&found, inputs, format, &fails);
    match format {
        Format::Json | Format::Sarif => terminal.json(&text),
        Format::Human | Format::Github | Format::Markdown | Format::Junit => terminal.lines(&text),
    }
    !found.findings.iter().any(counts)
}

fn common_diagnostics(common: &Common) -> Diagnostics {
    Diagnostics::new(common.strict).with_levels(common.levels.clone())
}

/// Reads a description. Messages about it are shown only if it can't be compared: `check` shows the others.
fn side(spec: &Path, settings: &Settings, terminal: &mut Terminal) -> Option<Side> {
    let options = settings.options(spec).as_written();
    let mut diagnostics = options.diagnostics();
    let (prefix, (mut sources, entry)) = match git::revision(spec) {
        Some(Ok(revision)) => (revision.prefix(), revision.load(&mut diagnostics)),
        Some(Err(reason)) => {
            let path = spec.display().to_string();
            diagnostics.push(Code::NotInGit { path, reason }, Place::Nowhere);
            (String::new(), (Sources::default(), None))
        }
        None => {
            let loaded = specwright::index::load(spec, &options.access, &mut diagnostics);
            (String::new(), loaded)
        }
    };
    let api = entry.and_then(|entry| read(&mut sources, entry, &mut diagnostics));
    if api.is_none() || diagnostics.has_errors() {
        terminal.messages_aside(&diagnostics, &sources);
        return None;
    }
    Some(Side {
        name: spec.display().to_string(),
        prefix,
        sources,
        api: api?,
    })
}

fn read(
    sources: &mut Sources,
    entry: FileId,
    diagnostics: &mut Diagnostics,
) -> Option<pipeline::Compared> {
    let api = pipeline::api(sources, entry, diagnostics)?;
    sources.forget_values();
    Some(api)
}
