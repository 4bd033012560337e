//! Fuzzing with mutated real descriptions: reading to emitting never panics, overflows its stack or hangs, and output without errors is
//! valid Rust without injected code.
//!
//!     SPECWRIGHT_FUZZ_SECONDS=3600 cargo test --profile fuzz -p specwright-tests --test fuzz
//!
//! runs for an hour; without the variable a few hundred documents are tried. Runs with the same seed (`SPECWRIGHT_FUZZ_SEED`) try the same
//! documents. Child processes do the work, so that a document that kills one can be saved: `found-….txt` below the directory that is
//! printed.
//! `SPECWRIGHT_FUZZ_FILE=found-….txt` runs one again.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod mutate;
mod run;
#[path = "../sinks/mod.rs"]
mod sinks;

use mutate::Mutator;
use run::run;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::thread;
use std::time::{Duration, SystemTime};

/// Stack size of a worker: the smallest default of all platforms for threads.
const STACK: usize = 2 << 20;
/// Time limit of a document.
const PATIENCE: Duration = Duration::from_secs(120);
/// Number of children at once. Which documents there are must not depend on the machine.
const CHILDREN: u64 = 2;
/// Number of documents of a child in a run without a time limit.
const FEW: u64 = 150;

fn main() -> ExitCode {
    if let Some(file) = env::var_os("SPECWRIGHT_FUZZ_FILE") {
        return again(Path::new(&file));
    }
    // `cargo test -- --list` and the like ask for tests: there is one.
    if env::args().any(|argument| argument == "--list") {
        println!("fuzz: test");
        return ExitCode::SUCCESS;
    }
    match env::var_os("SPECWRIGHT_FUZZ_CHILD") {
        Some(folder) => child(Path::new(&folder)),
        None => parent(),
    }
}

/// Runs a saved document again.
fn again(file: &Path) -> ExitCode {
    let text = fs::read_to_string(file).unwrap();
    let worker = thread::Builder::new().stack_size(STACK);
    let result = worker.spawn(move || run(&text)).unwrap().join();
    println!("{result:?}");
    ExitCode::from(u8::from(!matches!(result, Ok(Ok(_)))))
}

/// Makes documents and runs them, in one worker with a small stack, until the time is up.
fn child(folder: &Path) -> ExitCode {
    let folder = folder.to_path_buf();
    let worker = thread::Builder::new().stack_size(STACK);
    let done = worker.spawn(move || work(&folder)).unwrap().join();
    ExitCode::from(u8::from(done.is_err()))
}

fn work(folder: &Path) {
    let (seed, until) = (
        number("SPECWRIGHT_FUZZ_SEED"),
        number("SPECWRIGHT_FUZZ_UNTIL"),
    );
    let mut mutator = Mutator::new(seed);
    let (mut runs, mut written) = (0_u64, 0_u64);
    while runs < FEW || now() < until {
        let text = mutator.document();
        fs::write(folder.join("current.txt"), &text).unwrap();
        match run(&text) {
            Ok(fine) => written += u64::from(fine),
            Err(wrong) => keep(folder, &text, &wrong),
        }
        runs += 1;
        fs::write(folder.join("progress.txt"), format!("{runs} {written}")).unwrap();
    }
}

/// Has children at work, and says what they have found.
fn parent() -> ExitCode {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    let _ = fs::remove_dir_all(&folder);
    let until = now() + number("SPECWRIGHT_FUZZ_SECONDS");
    let seed = number("SPECWRIGHT_FUZZ_SEED").max(1);
    let folders: Vec<PathBuf> = (0..CHILDREN)
        .map(|number| folder.join(number.to_string()))
        .collect();
    let counts: Vec<[u64; 2]> = thread::scope(|scope| {
        let children = folders.iter().zip(0..).map(|(folder, number)| {
            // Each that has died is followed by one with the next seed.
            let seed = seed + (number << 32);
            scope.spawn(move || children(folder, seed, until))
        });
        let children: Vec<_> = children.collect();
        let ended = children.into_iter().map(|child| child.join().unwrap());
        ended.collect()
    });
    let found: Vec<PathBuf> = folders.iter().flat_map(|folder| found(folder)).collect();
    println!(
        "{} documents made, {} of them written, {} found in {}",
        counts.iter().map(|[runs, _]| runs).sum::<u64>(),
        counts.iter().map(|[_, written]| written).sum::<u64>(),
        found.len(),
        folder.display()
    );
    for file in &found {
        println!("{}", file.display());
    }
    ExitCode::from(u8::from(!found.is_empty()))
}

/// Starts children one after the other, and supervises them. Returns how many documents they have tried, and written.
fn children(folder: &Path, mut seed: u64, until: u64) -> [u64; 2] {
    fs::create_dir_all(folder).unwrap();
    let mut counts = [0, 0];
    loop {
        // Files of an earlier child must not be taken for those of the next.
        for file in ["current.txt", "progress.txt"] {
            let _ = fs::remove_file(folder.join(file));
        }
        let child = Command::new(env::current_exe().unwrap())
            .env("SPECWRIGHT_FUZZ_CHILD", folder)
            .env("SPECWRIGHT_FUZZ_SEED", seed.to_string())
            .env("SPECWRIGHT_FUZZ_UNTIL", until.to_string())
            .spawn()
            .unwrap();
        let died = supervise(child, folder);
        let progress = fs::read_to_string(folder.join("progress.txt")).unwrap_or_default();
        let progress = progress
            .split(' ')
            .map(|count| count.parse().unwrap_or(0_u64));
        for (count, more) in counts.iter_mut().zip(progress) {
            *count += more;
        }
        let Some(how) = died else { break };
        let text = fs::read_to_string(folder.join("current.txt")).unwrap_or_default();
        keep(folder, &text, &how);
        seed += 1;
        if now() >= until {
            break;
        }
    }
    counts
}

/// Waits for a child; returns how it died, unless it finished.
fn supervise(mut child: Child, folder: &Path) -> Option<String> {
    loop {
        thread::sleep(Duration::from_millis(200));
        if let Some(status) = child.try_wait().unwrap() {
            return (!status.success()).then(|| format!("dies: {status}"));
        }
        let begun = fs::metadata(folder.join("current.txt")).and_then(|file| file.modified());
        if begun.is_ok_and(|begun| begun.elapsed().is_ok_and(|since| since > PATIENCE)) {
            let _ = child.kill();
            let _ = child.wait();
            return Some(format!("takes longer than {PATIENCE:?}"));
        }
    }
}

/// Saves a document, once for each kind of problem.
fn keep(folder: &Path, text: &str, wrong: &str) {
    let mut kind: String = wrong.chars().filter(|c| !c.is_ascii_digit()).collect();
    kind = kind
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .take(60)
        .collect();
    let file = folder.join(format!("found-{kind}.txt"));
    if !file.exists() {
        println!("{wrong}\n  {}", file.display());
        fs::write(file, text).unwrap();
    }
}

fn found(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_found = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with("found-")
    };
    entries.filter(is_found).collect()
}

fn number(variable: &str) -> u64 {
    env::var(variable)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(0)
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
