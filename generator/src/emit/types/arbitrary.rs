//! Writes the tables by which tests draw random values.

use crate::emit::code::Code;
use crate::emit::tokens::{cfg_line, head, literal};
use crate::emit::{Chunk, Make, SourceFile};
use crate::plan::{Doc, Draw, DrawTable, Length, Plan};
use quote::quote;
use serde_json::Value;

/// `src/arbitrary.rs`, if the user wants it.
pub(super) fn file(plan: &Plan) -> Option<SourceFile<'_>> {
    let tables = plan.draws.iter();
    let tables = tables.map(|item| -> Make<'_, _> { Box::new(|| vec![table(item)]) });
    let doc = Doc::text(
        "Random values of the types, for tests with proptest: what the JSON of each may be, of which its `Arbitrary` is made.",
    );
    (!plan.draws.is_empty()).then(|| {
        SourceFile::parts(
            "src/arbitrary.rs",
            move |used| {
                let mut imports =
                    vec!["use super::support::arbitrary::{self, arbitrary};".to_owned()];
                imports
                    .extend(used.imports("super::support::arbitrary", &["Draw", "Property", "of"]));
                head(&doc, &quote! {}, vec![imports])
            },
            tables.collect(),
        )
    })
}

/// `arbitrary! { Pet = Draw::Object(&[…]); }`
fn table(table: &DrawTable) -> Chunk {
    let mut code = Code::item(&format!("{} by proptest", table.name));
    code.names("Draw");
    code.line(0, "arbitrary! {");
    if let Some(cfg) = cfg_line(&table.features) {
        code.line(1, cfg);
    }
    let name = &table.name;
    let (open, parts, close) = if let Draw::Object {
        properties,
        others,
        length,
        keys,
    } = &table.draw
    {
        let properties = properties.iter();
        let properties: Vec<String> = properties.map(|one| property(one, &mut code)).collect();
        let (kind, others) = rest(others.as_deref(), length, keys.as_deref(), &mut code);
        (
            format!("Draw::{kind}(&["),
            properties,
            format!("]{others});"),
        )
    } else if let Draw::OneOf(variants) = &table.draw {
        let variants = variants.iter().map(|one| draw(one, &mut code));
        (
            "Draw::OneOf(&[".to_owned(),
            variants.collect(),
            "]);".to_owned(),
        )
    } else {
        (draw(&table.draw, &mut code), Vec::new(), ";".to_owned())
    };
    code.list(1, &format!("{name} = {open}"), &parts, &close);
    code.line(0, "}");
    code.chunk()
}

fn draw(draw: &Draw, code: &mut Code) -> String {
    let (kind, what) = match draw {
        Draw::Any => return "Draw::Any".to_owned(),
        Draw::Null => return "Draw::Null".to_owned(),
        Draw::Bool => return "Draw::Bool".to_owned(),
        Draw::Listed(values) => {
            let list = Value::Array(values.clone()).to_string();
            ("Listed", literal(&list))
        }
        Draw::Int(least, most, 1) if (*least, *most) == INT32 => return "Draw::INT32".to_owned(),
        Draw::Int(least, most, 1) if (*least, *most) == INT64 => return "Draw::INT64".to_owned(),
        Draw::Float(None, None, 0.0) => return "Draw::NUMBER".to_owned(),
        Draw::Text(length) if *length == Length::default() => return "Draw::TEXT".to_owned(),
        Draw::Int(least, most, step) => ("Int", format!("{least}, {most}, {step}")),
        Draw::Float(least, most, step) => {
            let least = least.map_or_else(|| "f64::MIN".to_owned(), float);
            let most = most.map_or_else(|| "f64::MAX".to_owned(), float);
            ("Float", format!("{least}, {most}, {}", float(*step)))
        }
        Draw::Text(length) => ("Text", limits(length)),
        Draw::Pattern(pattern, length) => (
            "Pattern",
            format!("{}, {}", literal(pattern), limits(length)),
        ),
        Draw::Format(format, length) => {
            ("Format", format!("{}, {}", literal(format), limits(length)))
        }
        Draw::List(item, length, differ) => {
            let item = self::draw(item, code);
            if *length == Length::default() && !differ {
                ("List", format!("&{item}"))
            } else {
                ("ListOf", format!("&{item}, {}, {differ}", limits(length)))
            }
        }
        Draw::Tuple(items) => (
            "Tuple",
            slice(items.iter().map(|one| self::draw(one, code))),
        ),
        Draw::Map(value, length, keys) => {
            let value = self::draw(value, code);
            if *length == Length::default() && keys.is_none() {
                ("Map", format!("&{value}"))
            } else {
                let keys = literal(keys.as_deref().unwrap_or_default());
                ("MapOf", format!("&{value}, {}, {keys}", limits(length)))
            }
        }
        Draw::Object {
            properties,
            others,
            length,
            keys,
        } => {
            let properties = slice(properties.iter().map(|one| property(one, code)));
            let (kind, others) = rest(others.as_deref(), length, keys.as_deref(), code);
            (kind, format!("{properties}{others}"))
        }
        Draw::OneOf(variants) => {
            let variants = variants.iter().map(|one| self::draw(one, code));
            ("OneOf", slice(variants))
        }
        Draw::Tagged(property, tags, value) => {
            let tags = slice(tags.iter().map(|tag| literal(tag)));
            let value = self::draw(value, code);
            ("Tagged", format!("{}, {tags}, &{value}", literal(property)))
        }
        Draw::OrNull(value) => ("OrNull", format!("&{}", self::draw(value, code))),
        Draw::Of(name) => {
            code.names("of");
            ("Of", format!("of::<super::models::{name}>"))
        }
    };
    format!("Draw::{kind}({what})")
}

/// `Property("name", true, Draw::Text(0, 20))`.
fn property((name, is_required, value): &(String, bool, Draw), code: &mut Code) -> String {
    code.names("Property");
    let value = draw(value, code);
    format!("Property({}, {is_required}, {value})", literal(name))
}

/// `, None, 0, usize::MAX, ""`: what other properties are, how many there are of all, and the pattern of their names; nothing, if nothing is
/// said of them. With the variant that takes it.
fn rest(
    others: Option<&Draw>,
    length: &Length,
    keys: Option<&str>,
    code: &mut Code,
) -> (&'static str, String) {
    if others.is_none() && *length == Length::default() {
        return ("Object", String::new());
    }
    let others = match others {
        Some(others) => format!("Some(&{})", draw(others, code)),
        None => "None".to_owned(),
    };
    let keys = literal(keys.unwrap_or_default());
    let limits = limits(length);
    ("ObjectWith", format!(", {others}, {limits}, {keys}"))
}

/// The bounds of integer types that have a name.
const INT32: (i128, i128) = (i32::MIN as i128, i32::MAX as i128);
const INT64: (i128, i128) = (i64::MIN as i128, i64::MAX as i128);

/// `0, usize::MAX`.
fn limits(length: &Length) -> String {
    let most = length.max.filter(|most| *most < u64::from(u32::MAX));
    let most = most.map_or_else(|| "usize::MAX".to_owned(), |most| most.to_string());
    format!(
        "{}, {most}",
        length.min.unwrap_or(0).min(u64::from(u32::MAX))
    )
}

fn float(number: f64) -> String {
    format!("{number:?}")
}

/// `&[…]`.
fn slice(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}
