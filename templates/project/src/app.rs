//! What handlers share.

use crate::config::Config;

/// The provider of the API: its operations are in `handlers`. Connections to databases and clients of other services go in here; clones
/// should share them.
#[derive(Debug, Clone)]
pub struct App {}

impl App {
    /// Makes what the configuration asks for.
    pub fn new(_config: &Config) -> Self {
        Self {}
    }
}
