//! `generate` and `check`.
//!
//! Each API is a run of its own: an error in one keeps that one from being written, but not the others.

use super::cache::{Counts, Slot, Told, Written};
use super::output::Terminal;
use super::progress::Progress;
use super::watch::{self, Watch};
use super::{Common, Generate, Target, changes, settings};
use rayon::prelude::*;
use serde_json::json;
use specwright::config::{Api, Config, PackageName, way};
use specwright::diag::render::{Format, printable};
use specwright::diag::{Code, Diagnostics, Place};
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
    // Only a run that reads its files says what to watch.
    let common = &Common {
        no_cache: true,
        ..common.clone()
    };
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
        Err(read) => return (false, read.into_iter().map(|read| *read).collect()),
    };
    let (mut done, mut said, mut packages) = (true, Vec::new(), Vec::new());
    let mut read = Vec::new();
    for (number, generator) in generators.into_iter().enumerate() {
        let generator = generator.force(*force).on_wait(waits);
        let (told, sources) = write(&generator, (&settings, number), common, terminal);
        done &= told.written.is_some() && told.counts.errors == 0;
        let written = told.written.as_ref();
        packages.extend(written.and_then(|written| written.begin_with.clone()));
        said.push((generator.api_name().to_owned(), told));
        read.extend(sources);
    }
    done &= settings.tell_unmatched(done, &said, common, terminal);
    match add_to.as_ref().filter(|_| done) {
        Some(manifest) => done = add(manifest, &packages, common, terminal),
        None if done && !flags.watch => tell_next(&packages, terminal),
        None => {}
    }
    read.push(settings.sources);
    (done, read)
}

/// Writes the crates of one API, unless they are as a run like this one has left them. What was read comes along, if anything was.
fn write(
    generator: &Generator,
    (settings, number): (&Settings, usize),
    common: &Common,
    terminal: &mut Terminal,
) -> (Told, Option<Sources>) {
    let started = Instant::now();
    let name = generator.api_name();
    let slot = Slot::of("generate", generator, (common, terminal));
    if let Some(told) = slot.find() {
        terminal.again(&told.messages, &told.shown);
        tell(name, &told, started.elapsed(), terminal);
        return (told, None);
    }
    let progress = Progress::begin(&format!("generating {name}"), terminal);
    let run = generator.write();
    drop(progress);
    let unused = settings.unused_urls(number, &run.sources);
    let told = Told::of(&run, unused, run.outcome.as_ref().map(written), terminal);
    terminal.again(&told.messages, &told.shown);
    if common.verbose {
        list_files(&run, terminal);
    }
    tell(name, &told, started.elapsed(), terminal);
    if let Some(changes) = run.changes.as_ref().filter(|_| run.outcome.is_some()) {
        changes::tell(name, generator.spec(), changes, (common.verbose, terminal));
    }
    let is_same = |done: &Generated| done.written.is_empty() && done.removed.is_empty();
    if run.outcome.as_ref().is_some_and(is_same) && told.counts.errors == 0 {
        slot.keep(&told, generator, &run.sources);
    }
    (told, Some(run.sources))
}

fn written(done: &Generated) -> Written {
    Written {
        out: done.out.clone(),
        runtime: done.runtime.clone(),
        operations: done.operations,
        types: done.types,
        begin_with: done.begin_with.clone(),
        changed: done.written.len(),
        unchanged: done.unchanged,
        removed: done.removed.len(),
    }
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
    let (mut done, mut said, mut shown) = (true, Vec::new(), BTreeSet::new());
    let generators = generators.into_iter();
    let generators: Vec<_> = generators
        .map(|generator| generator.on_wait(waits))
        .collect();
    let names: Vec<_> = generators.iter().map(Generator::api_name).collect();
    let progress = Progress::begin(&format!("checking {}", names.join(", ")), terminal);
    let how = (common, &*terminal);
    let checked: Vec<_> = generators
        .par_iter()
        .map(|generator| {
            let slot = Slot::of("check", generator, how);
            match slot.find() {
                Some(told) => Checked::Again(told),
                None => Checked::Now(slot, Box::new(generator.check())),
            }
        })
        .collect();
    drop(progress);
    for (number, (generator, checked)) in generators.iter().zip(checked).enumerate() {
        let name = generator.api_name().to_owned();
        let told = match checked {
            Checked::Again(told) => {
                terminal.again(&told.messages, &told.shown);
                told
            }
            Checked::Now(slot, run) => {
                let unused = settings.unused_urls(number, &run.sources);
                let told = Told::of(&run, unused, None, terminal);
                let is_fresh = tell_checked(generator, &run, &told, &mut shown, (common, terminal));
                done &= is_fresh;
                if is_fresh {
                    slot.keep(&told, generator, &run.sources);
                }
                told
            }
        };
        said.push((name, told));
    }
    done &= settings.tell_unmatched(done, &said, common, terminal);
    done
}

/// What is known of an API.
enum Checked {
    /// Nothing has changed since it was up to date.
    Again(Told),
    Now(Slot, Box<Run<Vec<StaleFile>>>),
}

/// Prints what a check has found, except files that are shown already; returns whether everything is up to date.
fn tell_checked(
    generator: &Generator,
    run: &Run<Vec<StaleFile>>,
    told: &Told,
    shown: &mut BTreeSet<PathBuf>,
    (common, terminal): (&Common, &mut Terminal),
) -> bool {
    let name = generator.api_name();
    let fresh = run.outcome.as_ref().is_some_and(Vec::is_empty);
    if let Some(changes) = &run.changes {
        changes::tell(name, generator.spec(), changes, (common.verbose, terminal));
    }
    match &run.outcome {
        Some(differences) if terminal.format() == Format::Human && !fresh => {
            show(name, differences, shown, terminal);
        }
        _ => terminal.again(&told.messages, &told.shown),
    }
    fresh && told.counts.errors == 0
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
        said: &[(String, Told)],
        common: &Common,
        terminal: &mut Terminal,
    ) -> bool {
        let Some(config) = self.config.as_ref().filter(|_| done) else {
            return true;
        };
        let unused = said.iter().filter_map(|(_, told)| told.unused.clone());
        let unused: Vec<_> = unused.collect();
        let said: Vec<_> = said
            .iter()
            .map(|(name, told)| (name.as_str(), &told.codes))
            .collect();
        let mut diagnostics = config.diagnostics(common.strict, &common.levels);
        config.tell_unused_urls(&unused, &mut diagnostics);
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
) -> Result<(Vec<Generator>, Settings), Option<Box<Sources>>> {
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
        let read = Some(sources).filter(|sources| !sources.watched().is_empty());
        return Err(read.map(Box::new));
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
fn tell(name: &str, told: &Told, took: Duration, terminal: &mut Terminal) {
    let Counts {
        errors,
        warnings,
        notes,
        allowed,
    } = told.counts;
    let json = terminal.format() == Format::Json;
    match &told.written {
        Some(done) if json => {
            let object = json!({
                "reason": "generated", "api": name, "out": done.out.to_string_lossy(), "operations": done.operations, "types": done.types,
                "written": done.changed, "unchanged": done.unchanged, "removed": done.removed,
                "warnings": warnings, "notes": notes, "allowed": allowed, "seconds": took.as_secs_f64(),
            });
            terminal.result(&format!("{object}\n"));
        }
        Some(done) => terminal.summary(&format!(
            "{name}: {}, {}; {} in {}{} ({} written, {} unchanged, {} removed); {}{}{}; {:.2} s\n",
            count(done.operations, "operation"),
            count(done.types, "type"),
            count(done.changed + done.unchanged, "file"),
            printable(&done.out.to_string_lossy()),
            done.runtime
                .as_ref()
                .map_or_else(String::new, |runtime| format!(
                    " and {}",
                    printable(&runtime.to_string_lossy())
                )),
            done.changed,
            done.unchanged,
            done.removed,
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

/// Prints the diff, and what to do about it. Several APIs may have files of a runtime in common, which are shown once.
fn show(
    name: &str,
    differences: &[StaleFile],
    shown: &mut BTreeSet<PathBuf>,
    terminal: &mut Terminal,
) {
    for difference in differences {
        if !shown.insert(difference.path.clone()) {
            continue;
        }
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
