//! specwright reads API descriptions and writes Rust crates: types, a client, a server stub.
//!
//! From a build script, begin with [`Generator`]:
//!
//! ```no_run
//! specwright::Generator::new("openapi.yaml").name("pets").modules().cargo().generate().unwrap();
//! ```
//!
//! Problems of a description are [`diag::Diagnostic`]s: [`Generator::generate`] returns them as text, in [`Failed`] or as
//! [`Generated::warnings`]; [`Generator::write`] and [`Generator::check`] as data, in a [`Run`]. [`compare()`] compares two descriptions.
//!
//! The stages are hidden modules, as they change from version to version; `ARCHITECTURE.md` next to this crate describes them.

mod build_script;
pub mod compare;
pub mod diag;
#[doc(hidden)]
pub mod diff;
mod generator;
#[cfg(feature = "lsp")]
#[doc(hidden)]
pub mod lsp;
#[cfg(feature = "mock")]
pub mod mock;
mod regex;

// Public only for the command line, the tests and the benchmarks of this repository.
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod crates;
#[doc(hidden)]
pub mod digest;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod emit;
#[doc(hidden)]
pub mod export;
#[doc(hidden)]
pub mod hidden;
#[doc(hidden)]
pub mod index;
#[doc(hidden)]
pub mod ir;
#[doc(hidden)]
pub mod limits;
#[doc(hidden)]
pub mod lower;
#[doc(hidden)]
pub mod pipeline;
#[doc(hidden)]
pub mod plan;
#[doc(hidden)]
pub mod polling;
mod project;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod spelling;
#[doc(hidden)]
pub mod write;

pub use config::UnknownFields;
pub use config::own::Replacement;
pub use crates::CrateKind;
#[doc(hidden)]
pub use generator::Changes;
pub use generator::{Failed, Generated, Generator, Run, compare};
pub use project::Project;
pub use write::{OnWait, StaleFile};
