//! Shows that something is being done, where somebody watches and it takes longer than a second.

use super::output::Terminal;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);

const TICK: Duration = Duration::from_millis(120);

/// Shows what is done until it is dropped, and leaves nothing on the terminal.
pub(super) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Begins to wait.
    pub(super) fn begin(what: &str, terminal: &Terminal) -> Self {
        if !terminal.is_watched() {
            return Self(None);
        }
        let what = what.to_owned();
        let (end, ended) = channel();
        let shown = spawn(move || {
            if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::new_spinner()
                .with_message(what)
                .with_elapsed(PATIENCE);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(TICK);
            // It ends with a message, or because the sender is gone.
            ended.recv().ok();
            bar.finish_and_clear();
        });
        Self(Some((end, shown)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, shown)) = self.0.take() {
            drop(end);
            // A panic there has been reported already.
            shown.join().ok();
        }
    }
}
