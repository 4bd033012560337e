//! Gives a client's builder what settings say. Needs `preview.rs`, `settings.rs`, `transfer.rs`,
//! `verbose.rs`.

pub(crate) use super::{Preview, Retries, Settings, Uploads, Verbose};

/// Applies settings to a builder, and builds the client.
///
/// `connect!(builder, settings)`
// `use crate::support::connect` imports both the macro and this module.
macro_rules! connect {
    ($builder:expr, $settings:expr) => {{
        let (mut builder, settings) = ($builder, $settings);
        for (name, value) in &settings.headers {
            builder = builder.header(name, value);
        }
        builder = match settings.timeout {
            Some(time) if time.is_zero() => builder.no_timeout(),
            Some(time) => builder.timeout(time),
            None => builder,
        };
        if let Some(retries) = settings.retries {
            let attempts = retries.saturating_add(1);
            builder = builder.retries(connect::Retries::new().attempts(attempts));
        }
        if let Some(verbose) = settings.verbose {
            builder = builder.hook(verbose);
        }
        if let Some(uploads) = settings.uploads {
            builder = builder.hook(uploads);
        }
        if let Some(preview) = settings.preview {
            builder = builder.transport(preview);
        }
        builder.build()
    }};
}
pub(crate) use connect;
