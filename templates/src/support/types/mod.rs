//! The support code of generated types: reading and writing JSON, validation, common formats.
//!
//! It is the same for every API, so one API may not need all of it.
#![allow(dead_code, unused_imports, unused_macros)]

pub(crate) mod base64;
pub(crate) mod clock;
pub(crate) mod date;
pub(crate) mod date_time;
pub(crate) mod decimal;
pub(crate) mod duration;
pub(crate) mod formatted;
pub(crate) mod grammar;
pub(crate) mod integer_enum;
pub(crate) mod list;
pub(crate) mod object;
pub(crate) mod param;
pub(crate) mod pattern;
pub(crate) mod pointer;
pub(crate) mod read;
pub(crate) mod rfc3986;
pub(crate) mod string_enum;
pub(crate) mod text;
pub(crate) mod time_of_day;
pub(crate) mod tuple;
pub(crate) mod union;
pub(crate) mod uri;
pub(crate) mod uuid;
pub(crate) mod validate;
pub(crate) mod violation;

pub use self::base64::*;
pub use self::date::*;
pub use self::date_time::*;
pub use self::decimal::*;
pub use self::duration::*;
pub(crate) use self::formatted::*;
pub(crate) use self::integer_enum::*;
pub(crate) use self::list::*;
pub(crate) use self::object::*;
pub use self::param::*;
pub use self::pattern::*;
pub(crate) use self::pointer::*;
pub use self::read::*;
pub(crate) use self::string_enum::*;
pub use self::text::*;
pub use self::time_of_day::*;
pub(crate) use self::union::*;
pub use self::uri::*;
pub use self::uuid::*;
pub use self::validate::*;
pub use self::violation::*;
