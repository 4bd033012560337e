//! One run at a time in an output folder.
//!
//! The lock is the system's and ends with the process that holds it, however that ends: nothing is left to clean up. On Unix it is on the
//! folder itself, so that it is where the folder is, leaves no file behind, and is to be had in a folder that can't be written to.

use super::disk::{self, Failure};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Called when a run has waited for a while: for which folder, and for which process, if that is known.
pub type OnWait = fn(&Path, Option<u32>);

/// How long a run waits before it says so.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it looks before that.
const PAUSE: Duration = Duration::from_millis(20);
/// How often the folder may vanish while it is waited for before a run goes on without a lock.
const ATTEMPTS: usize = 100;

/// The right to be alone in a folder (or among readers only), for as long as it lives.
pub(super) struct Lock {
    /// Folders that were made for it, the outermost first. Those in which nothing was written go again.
    created: Vec<PathBuf>,
    /// Nothing where the file system has no locks, as some network's: everything works there for one run at a time.
    _file: Option<File>,
}

impl Lock {
    /// For a run that writes. The folder is made, if it isn't there.
    pub(super) fn exclusive(out: &Path, on_wait: OnWait) -> Result<Self, Failure> {
        let (mut created, mut file) = (Vec::new(), None);
        for attempt in 1.. {
            // A run that wrote nothing removes the folder that it made, perhaps while this one waits for it.
            match create_folders(out, &mut created) {
                Err((_, error)) if error.kind() == ErrorKind::NotFound && attempt < ATTEMPTS => {
                    continue;
                }
                made => made?,
            }
            file = open(out).ok();
            let Some(file) = &file else { break };
            wait(file, true, out, on_wait);
            if attempt == ATTEMPTS || is_at(file, out) {
                break;
            }
        }
        Ok(Self {
            created,
            _file: file,
        })
    }

    /// For a run that only looks. There is nothing to wait for where the folder isn't.
    pub(super) fn shared(out: &Path, on_wait: OnWait) -> Self {
        let file = if out.is_dir() { open(out).ok() } else { None };
        if let Some(file) = &file {
            wait(file, false, out, on_wait);
        }
        Self {
            created: Vec::new(),
            _file: file,
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        for folder in self.created.iter().rev() {
            let _ = fs::remove_dir(folder); // fails, as it should, if anything is in it
        }
    }
}

/// What is locked for a folder.
#[cfg(unix)]
fn open(out: &Path) -> io::Result<File> {
    File::open(out)
}

/// What is locked for a folder. Folders themselves can't be locked here, so that it is a file of their own among the temporary ones,
/// which is left there.
#[cfg(not(unix))]
fn open(out: &Path) -> io::Result<File> {
    let name = crate::digest::digest(out.canonicalize()?.as_os_str().as_encoded_bytes());
    let path = std::env::temp_dir().join(format!("specwright-{}.lock", &name[..32]));
    let mut options = File::options();
    options.write(true).create(true).truncate(false).open(path)
}

/// Whether what was opened is still what stands there.
#[cfg(unix)]
fn is_at(file: &File, out: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: io::Result<fs::Metadata>| found.map(|it| (it.dev(), it.ino())).ok();
    identity(file.metadata()) == identity(fs::metadata(out))
}

#[cfg(not(unix))]
fn is_at(_: &File, out: &Path) -> bool {
    out.is_dir()
}

/// Waits until the lock is to be had.
fn wait(file: &File, alone: bool, out: &Path, on_wait: OnWait) {
    let started = Instant::now();
    loop {
        let tried = if alone {
            file.try_lock()
        } else {
            file.try_lock_shared()
        };
        match tried {
            Err(TryLockError::WouldBlock) if started.elapsed() < PATIENCE => {
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => break,
            // Got it, or there are no locks here.
            Ok(()) | Err(TryLockError::Error(_)) => return,
        }
    }
    on_wait(out, disk::holder(out));
    let wait = || {
        if alone {
            file.lock()
        } else {
            file.lock_shared()
        }
    };
    while wait().is_err_and(|error| error.kind() == ErrorKind::Interrupted) {}
}

/// Makes a folder and those it stands in, as far as they are missing.
fn create_folders(folder: &Path, created: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    create_folders(folder.parent().unwrap_or(Path::new("")), created)?;
    match fs::create_dir(folder) {
        Ok(()) => created.push(folder.to_path_buf()),
        // Another run was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
        Err(error) => return Err((folder.to_path_buf(), error)),
    }
    Ok(())
}
