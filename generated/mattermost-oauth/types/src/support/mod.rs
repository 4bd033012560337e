//! The support code of generated types: reading and writing JSON, validation, common formats.
//!
//! It is the same for every API, so an API may not use all of it.
#![allow(dead_code, unused_imports, unused_macros)]

pub(crate) mod formatted;
pub(crate) mod list;
pub(crate) mod object;
pub(crate) mod param;
pub(crate) mod pointer;
pub(crate) mod read;
pub(crate) mod rfc3986;
pub(crate) mod string_enum;
pub(crate) mod uri;
pub(crate) mod validate;
pub(crate) mod violation;
pub(crate) mod whole;

pub(crate) use self::formatted::*;
pub(crate) use self::list::*;
pub(crate) use self::object::*;
pub use self::param::*;
pub(crate) use self::pointer::*;
pub use self::read::*;
pub(crate) use self::string_enum::*;
pub use self::uri::*;
pub use self::validate::*;
pub use self::violation::*;
