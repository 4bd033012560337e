//! Says on a terminal how far uploads and downloads are. Needs no other file.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::{Attempt, Body, BoxError, Hook, Progress};

/// How long a transfer takes before it is worth a line.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often that line is written anew.
const INTERVAL: Duration = Duration::from_millis(200);

/// The width of the line, which has room in most terminals.
const WIDTH: usize = 60;

/// Whether somebody sees the line.
pub(crate) fn is_seen() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Says how far the bodies of requests are.
#[derive(Debug)]
pub(crate) struct Uploads;

impl Hook for Uploads {
    fn before(&self, _: Attempt, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let body = std::mem::take(request.body_mut());
        *request.body_mut() = watched(body, "sent");
        Ok(())
    }
}

/// A body that says on standard error how far it is, if that takes long.
pub(crate) fn watched(body: Body, what: &'static str) -> Body {
    let mut meter = Meter {
        what,
        begun: Instant::now(),
        written: None,
    };
    body.on_progress(move |progress| meter.tell(progress))
}

/// A line of a terminal, which is gone when the transfer is over.
struct Meter {
    what: &'static str,
    begun: Instant,
    /// When the line was written, if it was.
    written: Option<Instant>,
}

impl Meter {
    fn tell(&mut self, progress: Progress) {
        let is_due = match self.written {
            Some(last) => last.elapsed() >= INTERVAL,
            None => self.begun.elapsed() >= PATIENCE,
        };
        if is_due {
            self.written = Some(Instant::now());
            let Progress { bytes, total, .. } = progress;
            let line = transferred(self.what, bytes, total, self.begun.elapsed());
            // The transfer doesn't depend on it.
            let _ = write!(io::stderr(), "\r{line:<WIDTH$}");
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if self.written.is_some() {
            let _ = write!(io::stderr(), "\r{:WIDTH$}\r", "");
        }
    }
}

/// `received 12.5 MB of 100.0 MB (12 %), 3.1 MB/s`.
pub(crate) fn transferred(what: &str, bytes: u64, total: Option<u64>, time: Duration) -> String {
    let speed = u128::from(bytes) * 1000 / time.as_millis().max(1);
    let speed = size(u64::try_from(speed).unwrap_or(u64::MAX));
    let part = match total {
        Some(total) => {
            let percent = u128::from(bytes) * 100 / u128::from(total.max(1));
            format!(" of {} ({percent} %)", size(total))
        }
        None => String::new(),
    };
    format!("{what} {}{part}, {speed}/s", size(bytes))
}

/// A number of bytes with its unit.
fn size(bytes: u64) -> String {
    let mut units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")].into_iter();
    match units.find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => {
            let (whole, tenths) = (bytes / unit, bytes % unit / (unit / 10));
            format!("{whole}.{tenths} {name}")
        }
        None => format!("{bytes} B"),
    }
}
