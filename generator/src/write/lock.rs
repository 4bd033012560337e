//! One run at a time in an output directory.
//!
//! The lock is the operating system's and ends with the process, however that ends, so nothing has to be cleaned up. On Unix the directory
//! itself is locked: that leaves no file behind, and works in a directory that can't be written to.

use super::disk::{self, Failure};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Called when a run has waited for a while, with the directory and the id of the process that holds it, if known.
pub type OnWait = fn(&Path, Option<u32>);

/// How long a run waits before it says so.
const PATIENCE: Duration = Duration::from_secs(1);
/// Interval between attempts before that.
const PAUSE: Duration = Duration::from_millis(20);
/// How often the directory may vanish while a run waits for it, before the run goes on without a lock.
const ATTEMPTS: usize = 100;

/// Exclusive (or shared, for readers) access to a directory while it lives.
pub(super) struct Lock {
    /// Directories that were created for it, the outermost first. They are removed again if still empty.
    created: Vec<PathBuf>,
    /// `None` on file systems without locks, such as some network file systems.
    _file: Option<File>,
}

impl Lock {
    /// Exclusive access, for a run that writes. Creates the directory if it doesn't exist.
    pub(super) fn exclusive(out: &Path, on_wait: OnWait) -> Result<Self, Failure> {
        let (mut created, mut file) = (Vec::new(), None);
        for attempt in 1.. {
            // A run that wrote nothing removes the directory that it created, perhaps while this one waits for it.
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

    /// Shared access, for a run that only reads. Doesn't wait for a directory that doesn't exist.
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

/// Opens what is locked for a directory.
#[cfg(unix)]
fn open(out: &Path) -> io::Result<File> {
    File::open(out)
}

/// Opens what is locked for a directory. Directories can't be locked on this system, so a file in the temporary directory is, and stays
/// there.
#[cfg(not(unix))]
fn open(out: &Path) -> io::Result<File> {
    let name = crate::digest::digest(out.canonicalize()?.as_os_str().as_encoded_bytes());
    let path = std::env::temp_dir().join(format!("specwright-{}.lock", &name[..32]));
    let mut options = File::options();
    options.write(true).create(true).truncate(false).open(path)
}

/// Whether the opened directory is still the one at `out`.
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

/// Waits for the lock.
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
            // The lock was acquired, or there are no locks here.
            Ok(()) | Err(TryLockError::Error(_)) => return,
        }
    }
    on_wait(out, holder(file).or_else(|| disk::holder(out)));
    let wait = || {
        if alone {
            file.lock()
        } else {
            file.lock_shared()
        }
    };
    while wait().is_err_and(|error| error.kind() == ErrorKind::Interrupted) {}
}

/// The id of a process that holds the lock, as Linux lists it in `/proc/locks`: a run that checks writes nothing that would say so.
#[cfg(target_os = "linux")]
fn holder(file: &File) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let found = file.metadata().ok()?;
    let (device, inode) = (found.dev(), found.ino());
    // The two halves of a device number, as in `makedev(3)`.
    let major = (device >> 8 & 0xfff) | (device >> 32 & !0xfff);
    let minor = (device & 0xff) | (device >> 12 & !0xff);
    let place = format!("{major:02x}:{minor:02x}:{inode}");
    holder_in(&fs::read_to_string("/proc/locks").ok()?, &place)
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &File) -> Option<u32> {
    None
}

/// The first process in a list of locks that holds one at a place. Lines are as in `1: FLOCK ADVISORY WRITE 1989 fe:00:5333341 0 EOF`, with
/// `->` before the kind for who waits, and 0 for processes that this one can't see.
#[cfg(target_os = "linux")]
fn holder_in(locks: &str, place: &str) -> Option<u32> {
    let mut holders = locks.lines().filter_map(|line| {
        let mut fields = line.split_whitespace().skip(1);
        let is_held = fields.next()? == "FLOCK";
        let (id, at) = (fields.nth(2)?, fields.next()?);
        (is_held && at == place).then_some(id)?.parse().ok()
    });
    holders.find(|id| *id != 0)
}

/// Creates a directory and its missing ancestors.
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn holders_are_told_from_those_who_wait() {
        let locks = "1: -> FLOCK  ADVISORY  READ 7 fe:00:5 0 EOF\n\
                     2: POSIX  ADVISORY  WRITE 8 fe:00:5 0 EOF\n\
                     3: FLOCK  ADVISORY  WRITE 9 fe:00:55 0 EOF\n\
                     4: FLOCK  ADVISORY  WRITE 0 fe:00:5 0 EOF\n\
                     5: FLOCK  ADVISORY  READ 10 fe:00:5 0 EOF\n\
                     6: odd\n";
        assert_eq!(holder_in(locks, "fe:00:5"), Some(10));
        assert_eq!(holder_in(locks, "fe:01:5"), None);
    }
}
