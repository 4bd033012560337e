//! `string_enum! { pub enum Method { … } }`, `integer_enum! { pub enum Level { … } }`

use crate::emit::tokens::{attribute_lines, derives_beside, literal};
use crate::emit::{Chunk, Used, comments};
use crate::plan::{Doc, IntegerEnum, ListedEnum, ListedVariant, StringEnum};

/// `string_enum! { pub enum Method { ClientSecretPost = "client_secret_post", #[serde(other)] Other(String) } }`
pub(super) fn strings(item: &StringEnum) -> Chunk {
    let words = Words {
        called: "string_enum",
        derives: "Debug, Clone, PartialEq, Eq, Hash",
        held: "String",
    };
    definition(&words, item, |text| literal(text))
}

/// `integer_enum! { pub enum Level { Value1 = 1, #[serde(other)] Other(i64) } }`
pub(super) fn integers(item: &IntegerEnum) -> Chunk {
    let words = Words {
        called: "integer_enum",
        derives: "Debug, Clone, Copy, PartialEq, Eq, Hash",
        held: "i64",
    };
    definition(&words, item, ToString::to_string)
}

/// What tells an enum of strings from one of integers.
struct Words {
    /// The macro.
    called: &'static str,
    derives: &'static str,
    /// What a value is that isn't listed.
    held: &'static str,
}

fn definition<T: ToString>(
    words: &Words,
    item: &ListedEnum<T>,
    literal: impl Fn(&T) -> String,
) -> Chunk {
    let ListedEnum {
        doc,
        deprecated,
        extras,
        name,
        variants,
        other,
        open,
    } = item;
    let Words {
        called,
        derives,
        held,
    } = words;
    let mut lines = vec![format!("{called}! {{")];
    lines.extend(comments::lines(doc, "    "));
    lines.extend(deprecated.then(|| "    #[deprecated]".to_owned()));
    let more = derives_beside(extras);
    lines.push(format!("    #[derive({derives}{more})]"));
    lines.extend(attribute_lines(extras));
    lines.push("    #[non_exhaustive]".to_owned());
    lines.push(format!("    pub enum {name} {{"));
    for ListedVariant { doc, name, value } in variants {
        if !says_itself(doc, &value.to_string()) {
            lines.extend(comments::lines(doc, "        "));
        }
        lines.push(format!("        {name} = {},", literal(value)));
    }
    lines.push("        #[serde(other)]".to_owned());
    lines.extend(open.then(|| "        #[validate(skip)]".to_owned()));
    lines.push(format!("        {other}({held}),"));
    lines.extend(["    }".to_owned(), "}".to_owned()]);
    Chunk::Call(lines, Used::names(&[called]).with_item(name.as_str()))
}

/// Whether a variant's documentation is its value, which the macro writes itself: `` `none` ``.
fn says_itself(doc: &Doc, value: &str) -> bool {
    let quoted = doc.as_str().strip_prefix('`');
    quoted.and_then(|quoted| quoted.strip_suffix('`')) == Some(value)
}
