//! Validation, formats, and text and XML as values.

#[path = "../../../../templates/support/types/base64.rs"]
mod base64;
#[path = "../../../../templates/support/common/base64_code.rs"]
mod base64_code;
#[path = "../../../../templates/support/types/clock.rs"]
pub(crate) mod clock;
#[path = "../../../../templates/support/types/date.rs"]
mod date;
#[path = "../../../../templates/support/types/date_time.rs"]
mod date_time;
#[path = "../../../../templates/support/types/decimal.rs"]
mod decimal;
#[path = "../../../../templates/support/types/duration.rs"]
mod duration;
#[path = "../../../../templates/support/types/formatted.rs"]
pub(crate) mod formatted;
#[path = "../../../../templates/support/types/grammar.rs"]
mod grammar;
#[path = "../../../../templates/support/types/param.rs"]
mod param;
#[path = "../../../../templates/support/types/pattern.rs"]
mod pattern;
#[path = "../../../../templates/support/types/pattern_backtracking.rs"]
mod pattern_backtracking;
#[path = "../../../../templates/support/types/pointer.rs"]
mod pointer;
#[path = "../../../../templates/support/types/read.rs"]
mod read;
#[path = "../../../../templates/support/types/regex_format.rs"]
mod regex_format;
#[path = "../../../../templates/support/types/rfc3986.rs"]
pub(crate) mod rfc3986;
#[path = "../../../../templates/support/types/rules.rs"]
pub(crate) mod rules;
#[path = "../../../../templates/support/types/string_enum.rs"]
pub(crate) mod string_enum;
#[path = "../../../../templates/support/types/text.rs"]
mod text;
#[path = "../../../../templates/support/types/time_of_day.rs"]
mod time_of_day;
#[path = "../../../../templates/support/types/uri.rs"]
mod uri;
#[path = "../../../../templates/support/types/uuid.rs"]
mod uuid;
#[path = "../../../../templates/support/types/validate.rs"]
mod validate;
#[path = "../../../../templates/support/types/violation.rs"]
mod violation;
#[path = "../../../../templates/support/types/xml_names.rs"]
mod xml_names;
#[path = "../../../../templates/support/types/xml_reader.rs"]
mod xml_reader;
#[path = "../../../../templates/support/types/xml_table.rs"]
mod xml_table;
#[path = "../../../../templates/support/types/xml_writer.rs"]
mod xml_writer;

pub(crate) use crate::regex::{regex_search, regex_syntax};
pub use base64::*;
pub(crate) use base64_code::*;
pub use date::*;
pub use date_time::*;
pub use decimal::*;
pub use duration::*;
pub(crate) use formatted::*;
pub use param::*;
pub use pattern::*;
pub use pattern_backtracking::*;
pub(crate) use pointer::*;
pub use read::*;
pub(crate) use string_enum::*;
pub use text::*;
pub use time_of_day::*;
pub use uri::*;
pub use uuid::*;
pub use validate::*;
pub use violation::*;
pub(crate) use xml_names::*;
pub(crate) use xml_reader::*;
pub use xml_table::*;
pub(crate) use xml_writer::*;
