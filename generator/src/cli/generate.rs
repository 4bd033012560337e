//! `generate` and `check`.
//!
//! Each API is a run of its own: an error in one keeps that one from being written, but not the others.

use super::output::Terminal;
use super::progress::Progress;
use super::watch::{self, Watch};
use super::{Common, Generate, Target, settings};
use serde_json::json;
use specwright::config::{Api, Config, PackageName, way};
use specwright::diag::render::{Format, printable};
use specwright::diag::{Code, Diagnostics, Place, Severity};
use specwright::source::Sources;
use specwright::write::add_dependencies;
use specwright::{Generated, Generator, Run, StaleFile};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Runs `generate`; returns whether it succeeded.
pub(super) fn generate(flags: &Generate, common: &Common, terminal: &mut Terminal) -> bool {
    if flags.watch {
        return watch(flags, common, terminal);
    }
    round(flags, common, terminal).0
}

/// Generates whenever something has changed, until the user wants an end; returns whether that was how it ended.
fn watch(flags: &Generate, common: &Common, terminal: &mut Terminal) -> bool {
    let end = |reason: &str| {
        Terminal::error(&format!(
            "error: nothing can be watched: {}\n",
            printable(reason)
        ));
        false
    };
    if flags.target.spec.as_deref() == Some(Path::new("-")) {
        return end("standard input ends");
    }
    let mut watch = match Watch::begin() {
        Ok(watch) => watch,
        Err(reason) => return end(&reason),
    };
    let mut read = Vec::new();
    loop {
        let (done, newly_read) = round(flags, common, terminal);
        // A configuration that has just been deleted may come again.
        if !newly_read.is_empty() {
            read = newly_read;
        }
        if read.is_empty() {
            return done;
        }
        let files = count(watch::count(&read), "file");
        let kept = if done {
            ""
        } else {
            "the output stays as it was; "
        };
        terminal.remark(&format!("{kept}watching {files}, Ctrl-C ends\n"));
        match watch.wait(&read) {
            Ok(true) => {}
            Ok(false) => return true,
            Err(reason) => return end(&reason),
        }
    }
}

/// Generates once; returns whether that succeeded, and all that was read.
fn round(flags: &Generate, common: &Common, terminal: &mut Terminal) -> (bool, Vec<Sources>) {
    let Generate {
        target,
        force,
        add_to,
        ..
    } = flags;
    let (generators, settings) = match generators(target, common, terminal) {
        Ok(found) => found,
        Err(read) => return (false, read.into_iter().collect()),
    };
    let (mut done, mut said, mut packages) = (true, Vec::new(), Vec::new());
    let (mut unused, mut read) = (Vec::new(), Vec::new());
    for (number, generator) in generators.into_iter().enumerate() {
        let started = Instant::now();
        let run = generator.force(*force).on_wait(waits);
        let name = run.api_name().to_owned();
        let progress = Progress::begin(&format!("generating {name}"), terminal);
        let run = run.write();
        drop(progress);
        terminal.messages(&run.diagnostics, &run.sources);
        done &= run.outcome.is_some() && !run.diagnostics.has_errors();
        if common.verbose {
            list_files(&run, terminal);
        }
        tell(&name, &run, started.elapsed(), terminal);
        unused.extend(settings.unused_urls(number, &run.sources));
        packages.extend(run.outcome.and_then(|written| written.begin_with));
        said.push((name, run.diagnostics));
        read.push(run.sources);
    }
    done &= settings.tell_unmatched(done, (&said, &unused), common, terminal);
    match add_to.as_ref().filter(|_| done) {
        Some(manifest) => done = add(manifest, &packages, common, terminal),
        None if done && !flags.watch => tell_next(&packages, terminal),
        None => {}
    }
    read.push(settings.sources);
    (done, read)
}

/// Adds packages to the dependencies of a manifest; whether that worked.
fn add(
    manifest: &Path,
    packages: &[(String, PathBuf)],
    common: &Common,
    terminal: &mut Terminal,
) -> bool {
    let folder = manifest.parent().unwrap_or(Path::new(""));
    let packages = packages.iter();
    let packages: Vec<_> = packages
        .map(|(name, path)| (name.clone(), way(folder, path)))
        .collect();
    let path = manifest.display().to_string();
    match add_dependencies(manifest, &packages) {
        Ok(added) => {
            for name in added {
                terminal.remark(&format!("{}: added `{name}`\n", printable(&path)));
            }
            true
        }
        Err(reason) => refuse_manifest(manifest, reason, common, terminal),
    }
}

/// Says why no dependencies can be added to a manifest; returns that it failed.
pub(super) fn refuse_manifest(
    manifest: &Path,
    reason: String,
    common: &Common,
    terminal: &mut Terminal,
) -> bool {
    let mut diagnostics = Diagnostics::new(common.strict);
    let path = manifest.display().to_string();
    let place = Place::Path(manifest.to_path_buf());
    diagnostics.push(Code::NoDependencies { path, reason }, place);
    terminal.messages(&diagnostics, &Sources::default());
    false
}

/// The greatest number of packages that the closing remark lists.
const LISTED: usize = 8;

/// Says how to use the packages to begin with.
fn tell_next(packages: &[(String, PathBuf)], terminal: &Terminal) {
    let line = |(package, folder): &(String, PathBuf)| {
        let folder = printable(&folder.to_string_lossy());
        (format!("{package} = {{ path = \"{folder}\" }}"), folder)
    };
    let Some((first, folder)) = packages.first().map(line) else {
        return;
    };
    if packages.len() == 1 {
        return terminal.remark(&format!(
            "next: depend on a package, `{first}`; {folder}/README.md shows its use\n"
        ));
    }
    let mut text = "next: depend on packages; each has a README.md that shows its use\n".to_owned();
    for package in packages.iter().take(LISTED) {
        text.extend(["  ", &line(package).0, "\n"]);
    }
    if let Some(more @ 1..) = packages.len().checked_sub(LISTED) {
        text.extend(["  … and ", &more.to_string(), " others\n"]);
    }
    terminal.remark(&text);
}

/// Lists what was written and removed.
fn list_files(run: &Run<Generated>, terminal: &Terminal) {
    if let Some(done) = &run.outcome {
        let files = |paths: &[PathBuf], what: &str| {
            let paths = paths.iter();
            let lines = paths.map(|path| {
                format!(
                    "{what} {}\n",
                    printable(&done.out.join(path).to_string_lossy())
                )
            });
            lines.collect::<String>()
        };
        let text = files(&done.written, "wrote") + &files(&done.removed, "removed");
        terminal.remark(&text);
    }
}

/// Runs `check`; returns whether everything is up to date.
pub(super) fn check(target: &Target, common: &Common, terminal: &mut Terminal) -> bool {
    let Ok((generators, settings)) = generators(target, common, terminal) else {
        return false;
    };
    let (mut done, mut said, mut unused) = (true, Vec::new(), Vec::new());
    for (number, generator) in generators.into_iter().enumerate() {
        let generator = generator.on_wait(waits);
        let progress = Progress::begin(&format!("checking {}", generator.api_name()), terminal);
        let run = generator.check();
        drop(progress);
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

/// The generators to run: for the given description, or for every API of the configuration. If that isn't valid, what was read of it.
fn generators(
    target: &Target,
    common: &Common,
    terminal: &mut Terminal,
) -> Result<(Vec<Generator>, Settings), Option<Sources>> {
    let Target {
        spec,
        name,
        out,
        emit,
        keys,
    } = target;
    if let Some(spec) = spec {
        let default = || PackageName::of_path(spec).to_string();
        let named = name.clone().unwrap_or_else(default);
        match keys.text((spec.as_path(), &named), out.as_deref(), emit) {
            Ok(None) => {}
            Ok(Some(text)) => {
                let generators = of_flags(text, common, terminal).ok_or(None)?;
                return Ok((generators, Settings::default()));
            }
            Err(words) => {
                Terminal::error(&format!("error: {}\n", printable(&words)));
                return Err(None);
            }
        }
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
            generator = generator.emit(emit.iter().copied());
        }
        return Ok((vec![generator], Settings::default()));
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new(common.strict));
    let config = load_config(common, &mut sources, &mut diagnostics);
    terminal.messages(&diagnostics, &sources);
    let Some(config) = config else {
        return Err(Some(sources).filter(|sources| !sources.watched().is_empty()));
    };
    let generators = all(config.apis.clone(), common);
    let config = Some(config);
    Ok((generators, Settings { config, sources }))
}

/// The generators of a configuration that flags are.
fn of_flags(text: String, common: &Common, terminal: &mut Terminal) -> Option<Vec<Generator>> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new(common.strict));
    let path = Path::new("command line");
    let config = Config::parse(path, text, &mut sources, &mut diagnostics);
    terminal.messages(&diagnostics, &sources);
    config.map(|config| all(config.apis, common))
}

/// The generators of APIs, with the levels of the command line.
fn all(apis: Vec<Api>, common: &Common) -> Vec<Generator> {
    let generator = |mut api: Api| {
        api.options.strict |= common.strict;
        Generator::from(api).levels(&common.levels)
    };
    apis.into_iter().map(generator).collect()
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
        Some(done) => terminal.summary(&format!(
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
