//! `generate` and `check`.
//!
//! Each API is a run of its own: an error in one keeps that one from being written, but not the others.

use super::output::Terminal;
use super::{Common, Target, settings};
use serde_json::json;
use specwright::config::Config;
use specwright::diag::render::{Format, printable};
use specwright::diag::{Code, Diagnostics, Place, Severity};
use specwright::source::Sources;
use specwright::{Generated, Generator, Run, StaleFile};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs `generate`; returns whether it succeeded.
pub(super) fn generate(
    target: Target,
    common: &Common,
    force: bool,
    terminal: &mut Terminal,
) -> bool {
    let Some((generators, settings)) = generators(target, common, terminal) else {
        return false;
    };
    let (mut done, mut said, mut next) = (true, Vec::new(), None);
    let mut unused = Vec::new();
    for (number, generator) in generators.into_iter().enumerate() {
        let started = Instant::now();
        let run = generator.force(force).on_wait(waits);
        let (name, run) = (run.api_name().to_owned(), run.write());
        terminal.messages(&run.diagnostics, &run.sources);
        done &= run.outcome.is_some() && !run.diagnostics.has_errors();
        tell(&name, &run, started.elapsed(), terminal);
        unused.extend(settings.unused_urls(number, &run.sources));
        next = next.or(run.outcome.and_then(|written| written.begin_with));
        said.push((name, run.diagnostics));
    }
    done &= settings.tell_unmatched(done, (&said, &unused), common, terminal);
    if let Some((package, folder)) = next.filter(|_| done) {
        let folder = printable(&folder.to_string_lossy());
        terminal.remark(&format!(
            "next: depend on a package, `{package} = {{ path = \"{folder}\" }}`; {folder}/README.md shows its use\n"
        ));
    }
    done
}

/// Runs `check`; returns whether everything is up to date.
pub(super) fn check(target: Target, common: &Common, terminal: &mut Terminal) -> bool {
    let Some((generators, settings)) = generators(target, common, terminal) else {
        return false;
    };
    let (mut done, mut said, mut unused) = (true, Vec::new(), Vec::new());
    for (number, generator) in generators.into_iter().enumerate() {
        let generator = generator.on_wait(waits);
        let run = generator.check();
        let fresh = run.outcome.as_ref().is_some_and(Vec::is_empty);
        match &run.outcome {
            Some(differences) if terminal.format() == Format::Human && !fresh => {
                show(generator.api_name(), differences, terminal);
            }
            _ => terminal.messages(&run.diagnostics, &run.sources),
        }
        done &= fresh && !run.diagnostics.has_errors();
        unused.extend(settings.unused_urls(number, &run.sources));
        said.push((generator.api_name().to_owned(), run.diagnostics));
    }
    done &= settings.tell_unmatched(done, (&said, &unused), common, terminal);
    done
}

/// The configuration of the generators, if there is one, to report entries without effect.
#[derive(Default)]
struct Settings {
    config: Option<Config>,
    sources: Sources,
}

impl Settings {
    /// The entries of `[urls]` that an API doesn't use.
    fn unused_urls(&self, number: usize, sources: &Sources) -> Option<BTreeSet<String>> {
        let api = self.config.as_ref()?.apis.get(number)?;
        Some(sources.unused_urls(&api.spec, &api.options.access.urls))
    }

    /// Reports codes that are allowed and didn't occur, and URLs that are mapped and not used; returns whether that is acceptable. Reports
    /// nothing after errors, as then not all messages are known.
    fn tell_unmatched(
        &self,
        done: bool,
        (said, unused): (&[(String, Diagnostics)], &[BTreeSet<String>]),
        common: &Common,
        terminal: &mut Terminal,
    ) -> bool {
        let Some(config) = self.config.as_ref().filter(|_| done) else {
            return true;
        };
        let said: Vec<_> = said
            .iter()
            .map(|(name, messages)| (name.as_str(), messages))
            .collect();
        let mut diagnostics = config.diagnostics(common.strict, &common.levels);
        config.tell_unused_urls(unused, &mut diagnostics);
        config.tell_unmatched(&said, &mut diagnostics);
        terminal.messages(&diagnostics, &self.sources);
        !diagnostics.has_errors()
    }
}

/// Reports what a run is waiting for.
fn waits(out: &Path, holder: Option<u32>) {
    let out = printable(&out.to_string_lossy());
    Terminal::error(&match holder {
        Some(id) => format!("waiting for process {id}, which writes into `{out}`\n"),
        None => format!("waiting for another run of specwright in `{out}`\n"),
    });
}

/// The generators to run: for the given description, or for every API of the configuration.
fn generators(
    target: Target,
    common: &Common,
    terminal: &mut Terminal,
) -> Option<(Vec<Generator>, Settings)> {
    let Target {
        spec,
        name,
        out,
        emit,
    } = target;
    if let Some(spec) = spec {
        let mut generator = Generator::new(spec)
            .strict(common.strict)
            .levels(&common.levels);
        if let Some(name) = name {
            generator = generator.name(name);
        }
        if let Some(out) = out {
            generator = generator.out_dir(out);
        }
        if !emit.is_empty() {
            generator = generator.emit(emit);
        }
        return Some((vec![generator], Settings::default()));
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new(common.strict));
    let config = load_config(common, &mut sources, &mut diagnostics);
    terminal.messages(&diagnostics, &sources);
    let strict = |mut api: specwright::config::Api| {
        api.options.strict |= common.strict;
        Generator::from(api).levels(&common.levels)
    };
    let config = config?;
    let generators = config.apis.iter().cloned().map(strict).collect();
    let config = Some(config);
    Some((generators, Settings { config, sources }))
}

fn load_config(
    common: &Common,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let found = settings::path(common);
    if found.is_none() {
        diagnostics.push(Code::NoConfig, Place::Nowhere);
    }
    Config::load(found?, sources, diagnostics)
}

/// Prints a one-line summary.
fn tell(name: &str, run: &Run<Generated>, took: Duration, terminal: &mut Terminal) {
    let messages = |severity| run.diagnostics.count(severity);
    let (errors, warnings) = (messages(Severity::Error), messages(Severity::Warning));
    let (notes, allowed) = (messages(Severity::Note), messages(Severity::Allowed));
    let json = terminal.format() == Format::Json;
    match &run.outcome {
        Some(done) if json => {
            let object = json!({
                "reason": "generated", "api": name, "out": done.out.to_string_lossy(), "operations": done.operations, "types": done.types,
                "written": done.written.len(), "unchanged": done.unchanged, "removed": done.removed.len(),
                "warnings": warnings, "notes": notes, "allowed": allowed, "seconds": took.as_secs_f64(),
            });
            terminal.result(&format!("{object}\n"));
        }
        Some(done) => terminal.result(&format!(
            "{name}: {}, {}; {} in {} ({} written, {} unchanged, {} removed); {}{}{}; {:.2} s\n",
            count(done.operations, "operation"),
            count(done.types, "type"),
            count(done.written.len() + done.unchanged, "file"),
            printable(&done.out.to_string_lossy()),
            done.written.len(),
            done.unchanged,
            done.removed.len(),
            count(warnings, "warning"),
            if notes > 0 {
                format!(", {}", count(notes, "note"))
            } else {
                String::new()
            },
            if allowed > 0 {
                format!(", {allowed} allowed")
            } else {
                String::new()
            },
            took.as_secs_f64(),
        )),
        None if json => {
            let object =
                json!({"reason": "failed", "api": name, "errors": errors, "warnings": warnings});
            terminal.result(&format!("{object}\n"));
        }
        None => terminal.remark(&format!(
            "{}: nothing written because of {}\n",
            printable(name),
            count(errors, "error")
        )),
    }
}

/// Prints the diff, and what to do about it.
fn show(name: &str, differences: &[StaleFile], terminal: &mut Terminal) {
    for difference in differences {
        let lines = difference.diff.lines().map(|line| {
            line.split('\t')
                .map(printable)
                .collect::<Vec<_>>()
                .join("\t")
        });
        let text: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
        terminal.result(&text);
        let path = printable(&difference.path.to_string_lossy());
        terminal.remark(&format!("{path} is {}\n", difference.what));
    }
    let files = count(differences.len(), "file");
    terminal.remark(&format!(
        "{}: {files} out of date; run `specwright` and commit the result\n",
        printable(name)
    ));
}

/// `1 file`, `2 files`.
fn count(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}
