//! Uses the output of the build script, and tests how it follows the description.

mod api;
mod builds;
mod private;
mod receiver;
