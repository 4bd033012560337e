//! Patterns with look-around or back-references. Needs `pattern.rs`, `regex_search.rs`.

use super::Engine;
use super::regex_search::Program;

/// The engine for look-around and back-references, which gives up on text that takes too long.
#[derive(Debug)]
pub struct Backtracking(Program);

impl Engine for Backtracking {
    fn compile(text: &str) -> Option<Self> {
        Program::new(text).ok().map(Self)
    }

    fn search(&self, text: &str, steps: &mut u64) -> Option<bool> {
        self.0.find(text, steps)
    }
}
