//! The support code of generated types: reading and writing JSON, validation, common formats.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports, unused_macros)]

pub(crate) mod list;
pub(crate) mod param;
pub(crate) mod pointer;
pub(crate) mod read;
pub(crate) mod validate;
pub(crate) mod violation;

pub(crate) use self::list::*;
pub use self::param::*;
pub(crate) use self::pointer::*;
pub use self::read::*;
pub use self::validate::*;
pub use self::violation::*;
