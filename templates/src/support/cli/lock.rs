//! Locks between programs. Needs no other file.
//!
//! A lock is a file that is there for as long as somebody has it. Those of operating systems (`File::lock`, Rust 1.89) would need a newer
//! compiler than everything else.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// How often a lock is tried that somebody else has.
const INTERVAL: Duration = Duration::from_millis(50);

/// The time after which a program that has a lock must have been killed: a request to an authorization server takes no longer.
const LONGEST: Duration = Duration::from_secs(30);

/// A lock, until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    /// What is in the file while the lock is this one.
    mark: String,
}

impl Lock {
    /// Waits until no other program has the lock, and takes it.
    pub(crate) async fn wait(path: PathBuf) -> io::Result<Self> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let mark = format!("{} {:?}", std::process::id(), now.unwrap_or_default());
        let mut other = (String::new(), Instant::now());
        loop {
            match create(&path, &mark) {
                Ok(()) => return Ok(Self { path, mark }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            let present = fs::read_to_string(&path).unwrap_or_default();
            if present != other.0 {
                other = (present, Instant::now());
            }
            // Clocks of file systems may be wrong, so that of this program counts as well.
            if is_old(&path) || other.1.elapsed() >= LONGEST {
                // Should two programs do so at once, they go on as if there was no lock.
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                    Err(_) | Ok(()) => {}
                }
            } else {
                tokio::time::sleep(INTERVAL).await;
            }
        }
    }
}

fn create(path: &Path, mark: &str) -> io::Result<()> {
    let mut options = File::options();
    let mut file = options.write(true).create_new(true).open(path)?;
    file.write_all(mark.as_bytes()).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })
}

/// Whether a program that was killed has left the file.
fn is_old(path: &Path) -> bool {
    let modified = fs::metadata(path).and_then(|data| data.modified());
    let age = modified.ok().and_then(|time| time.elapsed().ok());
    age.is_some_and(|age| age >= LONGEST)
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Unless it took too long, and the lock is somebody else's now.
        if fs::read_to_string(&self.path).is_ok_and(|mark| mark == self.mark) {
            let _ = fs::remove_file(&self.path);
        }
    }
}
