//! Generated items in a few lines, for editors: declarations without documentation, attributes and implementations, and how a method is
//! called.
//!
//! In: planned items. Out: lines of Rust, which aren't compiled by anybody.

use super::client::{call, signature};
use super::code::Code;
use super::tokens::{View, literal};
use super::types::stored;
use crate::plan::{CrateKind, Group, GroupKind, ListedEnum, Operation, Plan, Rest, Ty, TypeItem};

/// The most fields or variants of a declaration.
const LISTED: usize = 40;

/// `pub struct Pet { … }`.
#[must_use]
pub fn declaration(item: &TypeItem) -> String {
    let mut code = Code::default();
    match item {
        TypeItem::Struct(item) => {
            let fields = item.fields.iter();
            let fields = fields.map(|field| {
                let ty = stored(field, &mut code);
                format!("pub {}: {ty},", field.name)
            });
            let mut lines: Vec<String> = fields.collect();
            if let Rest::Kept { name, ty, .. } = &item.rest {
                lines.push(format!("pub {name}: {},", code.ty(View::Inside, ty)));
            }
            braces(&format!("pub struct {}", item.name), lines)
        }
        TypeItem::StringEnum(item) => listed(item, "String", |value| literal(value)),
        TypeItem::IntegerEnum(item) => listed(item, "i64", ToString::to_string),
        TypeItem::Union(item) => {
            let variants = item.variants.iter();
            let variants = variants.map(|variant| {
                let ty = code.ty(View::Inside, &variant.ty);
                format!("{}({ty}),", variant.name)
            });
            let other = item.other.iter().map(|other| format!("{other}(Value),"));
            let lines: Vec<String> = variants.chain(other).collect();
            braces(&format!("pub enum {}", item.name), lines)
        }
        TypeItem::Alias(item) => {
            let ty = code.ty(View::Inside, &item.ty);
            format!("pub type {} = {ty};", item.name)
        }
        TypeItem::Foreign(item) if item.with.is_none() => {
            format!("pub type {} = {};", item.name, item.path)
        }
        TypeItem::Foreign(item) => format!("pub struct {}(pub {});", item.name, item.path),
    }
}

/// The name of the generated type that a type consists of or contains: `Pet` for `Vec<Pet>`.
#[must_use]
pub fn generated(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::Named(named) => Some(named.name.as_str()),
        Ty::Vec(inner) | Ty::Map(inner) | Ty::Option(inner) | Ty::Box(inner) => generated(inner),
        Ty::Unit
        | Ty::Bool
        | Ty::I32
        | Ty::I64
        | Ty::U32
        | Ty::U64
        | Ty::F64
        | Ty::String
        | Ty::Text(_)
        | Ty::Value
        | Ty::Bytes
        | Ty::JsonMap
        | Ty::Tuple(_)
        | Ty::Local(_)
        | Ty::NoError => None,
    }
}

/// How the method of an operation is declared and called in the client, in Markdown; without a client, where a server has it.
#[must_use]
pub fn method(plan: &Plan, group: &Group, operation: &Operation) -> String {
    let (name, api) = (&operation.name, &group.api);
    let has_client = plan
        .packages
        .iter()
        .any(|one| one.kind == CrateKind::Client);
    if !has_client || group.kind != GroupKind::Calls {
        return format!("```rust\n{api}::{name}\n```\n\na method of the server's trait `{api}`");
    }
    let (signature, call) = (signature(operation), call(group, operation));
    format!("```rust\n{signature}\n```\n\n```rust\n{call}\n```")
}

fn listed<T>(item: &ListedEnum<T>, held: &str, literal: impl Fn(&T) -> String) -> String {
    let variants = item.variants.iter();
    let variants = variants.map(|one| format!("{} = {},", one.name, literal(&one.value)));
    let other = format!("{}({held}),", item.other);
    let lines: Vec<String> = variants.chain([other]).collect();
    braces(&format!("pub enum {}", item.name), lines)
}

/// Lines in braces, the first ones of many.
fn braces(head: &str, mut lines: Vec<String>) -> String {
    if lines.is_empty() {
        return format!("{head} {{}}");
    }
    let more = lines.len().saturating_sub(LISTED);
    if more > 1 {
        lines.truncate(LISTED);
        lines.push(format!("// … and {more} more"));
    }
    format!("{head} {{\n    {}\n}}", lines.join("\n    "))
}
