//! Runs that are killed before each of their changes: the test binary is started again as the run, and aborts there.

use super::*;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of disk changes after which the process aborts, what it writes, and where.
const STOP: &str = "SPECWRIGHT_TEST_STOP";
const WRITES: &str = "SPECWRIGHT_TEST_WRITES";
const OUT: &str = "SPECWRIGHT_TEST_OUT";

/// Called before each change of the disk.
pub(in crate::write) fn step() {
    static STEPS: AtomicUsize = AtomicUsize::new(0);
    let step = STEPS.fetch_add(1, Ordering::SeqCst);
    if std::env::var(STOP).is_ok_and(|stop| stop == step.to_string()) {
        std::process::abort();
    }
}

/// The files of three versions of a description: some change, stay, are added and removed, in directories of their own.
fn description(number: usize) -> Files {
    texts(match number {
        0 => &[
            ("a", "0\n"),
            ("b", "same\n"),
            ("old/deep/x", "0\n"),
            ("old/y", "0\n"),
        ],
        1 => &[
            ("a", "1\n"),
            ("b", "same\n"),
            ("new/deep/x", "1\n"),
            ("new/deep/y", "1\n"),
            ("c", "1\n"),
        ],
        _ => &[("a", "2\n"), ("b", "2\n"), ("c", "2\n"), ("old/y", "2\n")],
    })
}

fn write(out: &Path, number: usize) -> Result<Synced, Vec<Problem>> {
    sync(out, "pets", &description(number), &inputs(), false)
}

/// The process that is killed; does nothing in ordinary test runs.
#[test]
fn a_run() {
    if let (Some(out), Ok(writes)) = (std::env::var_os(OUT), std::env::var(WRITES)) {
        write(Path::new(&out), writes.parse().unwrap()).unwrap();
    }
}

/// Starts a run that is killed before change number `stop`; returns whether it finished before.
fn run_until(stop: usize, out: &Path, writes: usize) -> bool {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "write::tests::killed::a_run"])
        .env(STOP, stop.to_string())
        .env(WRITES, writes.to_string())
        .env(OUT, out)
        .output()
        .unwrap();
    output.status.success()
}

/// The content of a directory after an undisturbed run.
fn undisturbed(number: usize) -> Vec<(String, String)> {
    let folder = Folder::new(&format!("undisturbed-{number}"));
    write(&folder.0, number).unwrap();
    folder.content()
}

#[test]
fn any_run_recovers_from_one_that_was_killed() {
    let wanted = [0, 1, 2].map(undisturbed);
    for first in [Some(0), None] {
        let mut stops = 0;
        for stop in 0.. {
            let mut finished = true;
            for (next, wanted) in wanted.iter().enumerate() {
                let folder = Folder::new("stopped");
                if let Some(first) = first {
                    write(&folder.0, first).unwrap();
                }
                finished &= run_until(stop, &folder.0, 1);
                let synced = write(&folder.0, next);
                assert!(
                    synced.is_ok_and(|it| it.kept.is_empty()),
                    "killed before {stop}, then {next}"
                );
                assert_eq!(
                    folder.content(),
                    *wanted,
                    "killed before {stop}, then {next}"
                );
            }
            stops = stop;
            if finished {
                break;
            }
        }
        assert!(stops > 15, "only {stops} changes");
    }
}

#[test]
fn runs_that_are_killed_one_after_the_other_lose_nothing() {
    let wanted = [0, 1, 2].map(undisturbed);
    for first in (2..30).step_by(4) {
        for second in (2..36).step_by(5) {
            let folder = Folder::new("stopped-twice");
            write(&folder.0, 0).unwrap();
            run_until(first, &folder.0, 1);
            run_until(second, &folder.0, 2);
            let last = (first + second) % 3;
            write(&folder.0, last).unwrap();
            assert_eq!(
                folder.content(),
                wanted[last],
                "killed before {first} and {second}"
            );
        }
    }
}

/// A file that was edited after a killed run is still protected.
#[test]
fn an_edit_after_a_killed_run_is_kept() {
    for stop in 0..30 {
        let folder = Folder::new("stopped-edited");
        write(&folder.0, 0).unwrap();
        run_until(stop, &folder.0, 1);
        fs::write(folder.0.join("a"), "mine\n").unwrap();
        let refused = write(&folder.0, 2).unwrap_err();
        assert_eq!(
            refused,
            [Problem::Edited(folder.0.join("a"))],
            "killed before {stop}"
        );
    }
}
