//! Parses what has to be Rust: types, modules, derives, attributes.

use crate::config::Layout;
use syn::parse::Parser;
use syn::{Attribute, GenericArgument, Path, PathArguments, Type};

/// Types that need no path.
const PLAIN: &[&str] = &[
    "Box", "Option", "String", "Vec", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64",
    "i8", "isize", "u128", "u16", "u32", "u64", "u8", "usize",
];

/// Derives that need no path.
const DERIVES: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// A type as generated code writes it, `::chrono::DateTime<::chrono::Utc>`: with paths that mean the same everywhere.
///
/// # Errors
///
/// The reason why it can't replace a schema.
pub fn rust_type(text: &str, layout: Layout) -> Result<String, String> {
    let ty: Type = syn::parse_str(text).map_err(|error| error.to_string())?;
    written(&ty, layout)
}

fn written(ty: &Type, layout: Layout) -> Result<String, String> {
    let Type::Path(ty) = ty else {
        return Err("only the path of a type can stand for a schema".to_owned());
    };
    if ty.qself.is_some() {
        return Err("only the path of a type can stand for a schema".to_owned());
    }
    let path = absolute(&ty.path, PLAIN, layout)?;
    let arguments = match ty.path.segments.last().map(|last| &last.arguments) {
        Some(PathArguments::AngleBracketed(arguments)) => &arguments.args,
        Some(PathArguments::Parenthesized(_)) => {
            return Err("only the path of a type can stand for a schema".to_owned());
        }
        Some(PathArguments::None) | None => return Ok(path),
    };
    let arguments = arguments.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => written(ty, layout),
        _ => Err("only types may stand between `<` and `>`".to_owned()),
    });
    let arguments = arguments.collect::<Result<Vec<_>, _>>()?;
    Ok(format!("{path}<{}>", arguments.join(", ")))
}

/// The path of a module, as generated code writes it.
///
/// # Errors
///
/// The reason why it isn't a valid module path.
pub fn module(text: &str, layout: Layout) -> Result<String, String> {
    let path: Path = syn::parse_str(text).map_err(|error| error.to_string())?;
    no_arguments(&path)?;
    absolute(&path, &[], layout)
}

/// The path of a derive macro, as generated code writes it.
///
/// # Errors
///
/// The reason why it isn't a valid derive.
pub fn derive(text: &str, layout: Layout) -> Result<String, String> {
    let path: Path = syn::parse_str(text).map_err(|error| error.to_string())?;
    no_arguments(&path)?;
    absolute(&path, DERIVES, layout)
}

/// Attributes, such as `#[cfg_attr(feature = "x", derive(y::Z))]`.
///
/// # Errors
///
/// The reason why they aren't valid attributes.
pub fn attributes(text: &str) -> Result<String, String> {
    let found = Attribute::parse_outer.parse_str(text);
    match found.map_err(|error| error.to_string())?.len() {
        0 => Err("an attribute is written `#[…]`".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

fn no_arguments(path: &Path) -> Result<(), String> {
    let mut segments = path.segments.iter();
    let plain = segments.all(|segment| segment.arguments.is_none());
    let reason = || "a path without `<…>` is expected".to_owned();
    plain.then_some(()).ok_or_else(reason)
}

/// A path without its generic arguments. It has to begin with a package, so that it can't refer to an item of generated code.
fn absolute(path: &Path, plain: &[&str], layout: Layout) -> Result<String, String> {
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let mut outer = path.segments.iter().rev().skip(1);
    if !outer.all(|segment| segment.arguments.is_none()) {
        return Err("`<…>` may stand at the end of a path only".to_owned());
    }
    match &names[..] {
        [only] if plain.contains(&only.as_str()) => Ok(only.clone()),
        [only] => Err(format!(
            "it must be a path that begins with a package: `package::{only}`"
        )),
        [first, ..] if first == "crate" && layout == Layout::Modules => Ok(names.join("::")),
        [first, ..] if ["crate", "self", "super", "Self"].contains(&first.as_str()) => {
            Err("generated packages know only the packages that they depend on".to_owned())
        }
        _ => Ok(format!("::{}", names.join("::"))),
    }
}

/// The packages in a type, module or derive as generated code writes it, apart from those of Rust itself.
pub fn packages(written: &str) -> impl Iterator<Item = &str> {
    let paths = written.split(['<', '>', ',', ' ']);
    let paths = paths.filter_map(|path| path.strip_prefix("::")?.split("::").next());
    paths.filter(|name| !["std", "core", "alloc"].contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_mean_the_same_everywhere() {
        let ty = |text| rust_type(text, Layout::Crates);
        assert_eq!(ty("uuid::Uuid").as_deref(), Ok("::uuid::Uuid"));
        assert_eq!(
            ty("chrono :: DateTime < ::chrono::Utc >").as_deref(),
            Ok("::chrono::DateTime<::chrono::Utc>")
        );
        assert_eq!(ty("Vec<u8>").as_deref(), Ok("Vec<u8>"));
        assert_eq!(
            ty("serde_json::Value").as_deref(),
            Ok("::serde_json::Value")
        );
        assert!(rust_type("crate::Money", Layout::Modules).is_ok());
        for text in [
            "Uuid",
            "crate::Money",
            "super::Money",
            "&'static str",
            "(u8, u8)",
            "[u8; 4]",
            "a::<u8>::B",
            "a::B<'a>",
            "a b",
            "",
            "a::B;",
            "dyn a::B",
            "<a::B as c::D>::E",
            "a::B(u8)",
        ] {
            assert!(ty(text).is_err(), "{text}");
        }
        let of = |text| packages(text).collect::<Vec<_>>();
        assert_eq!(of("::a::B<::c::D, Vec<::std::net::IpAddr>>"), ["a", "c"]);
    }

    #[test]
    fn what_is_added_is_rust() {
        assert_eq!(
            derive("PartialOrd", Layout::Crates).as_deref(),
            Ok("PartialOrd")
        );
        assert_eq!(
            derive("schemars::JsonSchema", Layout::Crates).as_deref(),
            Ok("::schemars::JsonSchema")
        );
        assert!(derive("JsonSchema", Layout::Crates).is_err());
        assert!(derive("a::B<C>", Layout::Crates).is_err());
        assert!(attributes("#[cfg_attr(feature = \"x\", derive(y::Z))] #[must_use]").is_ok());
        for text in [
            "",
            "must_use",
            "#![must_use]",
            "#[must_use",
            "#[a] struct X;",
        ] {
            assert!(attributes(text).is_err(), "{text}");
        }
    }
}
