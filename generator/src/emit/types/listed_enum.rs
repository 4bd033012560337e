//! `string_enum! { pub enum Method { … } }`, `integer_enum! { pub enum Level { … } }`.

use crate::emit::Chunk;
use crate::emit::code::Code;
use crate::emit::tokens::{derives_beside, literal};
use crate::plan::{Doc, IntegerEnum, ListedEnum, ListedVariant, StringEnum};

/// `string_enum! { pub enum Method { ClientSecretPost = "client_secret_post", #[serde(other)] Other(String) } }`.
pub(super) fn strings(item: &StringEnum) -> Chunk {
    let words = Words {
        called: "string_enum",
        derives: "Debug, Clone, PartialEq, Eq, Hash",
        held: "String",
    };
    definition(&words, item, |text| literal(text))
}

/// `integer_enum! { pub enum Level { Value1 = 1, #[serde(other)] Other(i64) } }`.
pub(super) fn integers(item: &IntegerEnum) -> Chunk {
    let words = Words {
        called: "integer_enum",
        derives: "Debug, Clone, Copy, PartialEq, Eq, Hash",
        held: "i64",
    };
    definition(&words, item, ToString::to_string)
}

/// What differs between enums of strings and of integers.
struct Words {
    called: &'static str,
    derives: &'static str,
    /// The type of values that aren't listed.
    held: &'static str,
}

fn definition<T: ToString>(
    words: &Words,
    item: &ListedEnum<T>,
    literal: impl Fn(&T) -> String,
) -> Chunk {
    let Words {
        called,
        derives,
        held,
    } = words;
    let mut code = Code::item(item.name.as_str());
    code.names(called);
    code.line(0, format!("{called}! {{"));
    code.doc(1, &item.doc);
    code.deprecated(1, item.deprecated);
    let more = derives_beside(&item.extras);
    code.line(1, format!("#[derive({derives}{more})]"));
    code.attributes(1, &item.extras);
    code.line(1, "#[non_exhaustive]");
    code.line(1, format!("pub enum {} {{", item.name));
    for ListedVariant { doc, name, value } in &item.variants {
        if !says_itself(doc, &value.to_string()) {
            code.doc(2, doc);
        }
        code.line(2, format!("{name} = {},", literal(value)));
    }
    code.line(2, "#[serde(other)]");
    if item.open {
        code.line(2, "#[validate(skip)]");
    }
    code.line(2, format!("{}({held}),", item.other));
    code.line(1, "}");
    code.line(0, "}");
    code.chunk()
}

/// Whether a variant's documentation is only its value, which the macro adds: `` `none` ``.
fn says_itself(doc: &Doc, value: &str) -> bool {
    let quoted = doc.as_str().strip_prefix('`');
    quoted.and_then(|quoted| quoted.strip_suffix('`')) == Some(value)
}
