//! What the build script wrote, used; and what happens when the description changes.

mod api;
mod builds;
mod private;
mod receiver;
