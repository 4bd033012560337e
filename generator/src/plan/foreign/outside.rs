//! A type of another crate that replaces schemas, and its requirements.

use super::{Finding, known};
use crate::config::own::{Entry, Replacement, module, packages, rust_type};
use crate::config::{Layout, Options};
use crate::ir::{Api, TypeId};
use crate::plan::doc;
use crate::plan::rust::{NamedKind, Ty};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A package that a path needs, with the required features.
pub(in crate::plan) type Package = (String, &'static [&'static str]);

/// A type of another crate that replaces schemas.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Outside {
    /// The path as generated code writes it.
    pub(super) path: String,
    /// The path for people.
    pub(super) shown: String,
    /// The module that converts it, as generated code writes it.
    pub(super) with: Option<String>,
    /// The path of the module for people.
    pub(super) with_shown: Option<String>,
    pub(in crate::plan) hash: bool,
    /// The words for its name.
    pub(super) words: String,
    /// The schemas and formats that it replaces.
    pub(super) uses: BTreeSet<String>,
    /// Descriptions of its values, for errors.
    expected: BTreeSet<String>,
    /// The named schemas that it replaces.
    pub(super) schemas: BTreeSet<TypeId>,
    /// The packages that it needs.
    pub(super) packages: BTreeSet<Package>,
}

/// A path whose package isn't declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::plan) struct Undeclared {
    pub(in crate::plan) package: String,
    pub(in crate::plan) path: String,
}

/// The replacement that the user or the description chooses for a schema.
pub(super) struct Choice<'c> {
    pub(super) replacement: Cow<'c, Replacement>,
    /// The entry of the configuration; `None` if it is from the description.
    pub(super) entry: Option<Entry>,
    /// The schema or format that it is for.
    name: String,
}

impl Outside {
    pub(super) fn kind(&self) -> NamedKind {
        if self.with.is_some() {
            NamedKind::Wrapper
        } else {
            NamedKind::Foreign
        }
    }

    /// The key that identifies the type.
    pub(super) fn key(&self) -> (&str, Option<&str>) {
        (&self.path, self.with.as_deref())
    }

    /// Merges another use of the same type.
    pub(super) fn join(&mut self, other: Self) {
        self.uses.extend(other.uses);
        self.expected.extend(other.expected);
        self.packages.extend(other.packages);
        self.schemas.extend(other.schemas);
        self.hash |= other.hash;
    }

    /// The error for a text that isn't a value.
    pub(super) fn expected(&self) -> String {
        let mut expected = self.expected.iter();
        match (expected.next(), expected.next()) {
            (Some(only), None) => only.clone(),
            _ => "is not valid".to_owned(),
        }
    }

    /// Whether the support code implements the traits of parameters for the type.
    pub(super) fn has_text_form(&self) -> bool {
        self.with.is_none() && ["f32", "i16", "i8", "u16", "u8"].contains(&&*self.path)
    }
}

impl<'f> Finding<'f> {
    /// The replacement of a type: by its name, else that suggested by the description, else by its format.
    pub(super) fn choice(&mut self, api: &Api, id: TypeId) -> Option<Choice<'f>> {
        let options: &'f Options = self.options;
        let own = &options.own;
        if let Some(name) = api[id].role.schema() {
            let mut types = own.types.iter().enumerate();
            let found = types.find_map(|(at, one)| {
                let replacement = one.replacement.as_ref().filter(|_| one.name == name)?;
                Some((at, replacement))
            });
            if let Some((at, replacement)) = found {
                return Some(Choice {
                    replacement: Cow::Borrowed(replacement),
                    entry: Some(Entry::Type(at)),
                    name: name.to_owned(),
                });
            }
        }
        if let Some(suggested) = api.suggested.get(&id) {
            match self.suggested(suggested) {
                Ok(replacement) => {
                    return Some(Choice {
                        replacement: Cow::Owned(replacement),
                        entry: None,
                        name: api.spoken_name(id),
                    });
                }
                Err(reason) => (self.ignored)(id, reason),
            }
        }
        let at = *api.formats.get(&id)?;
        let format = own.formats.get(at)?;
        Some(Choice {
            replacement: Cow::Borrowed(format.replacement.as_ref()?),
            entry: Some(Entry::Format(at)),
            name: format.name.clone(),
        })
    }

    /// Parses `x-rust-type`: a path, or an object with a `path`. A description can't add packages.
    fn suggested(&self, value: &Value) -> Result<Replacement, String> {
        let path = value.as_str().or_else(|| value.get("path")?.as_str());
        let path = path.ok_or_else(|| "it is neither a path nor has a `path`".to_owned())?;
        let parameters = value.get("parameters").and_then(Value::as_array);
        if parameters.is_some_and(|parameters| !parameters.is_empty()) {
            return Err("it has `parameters`".to_owned());
        }
        let written = rust_type(path, Layout::Crates)?;
        let foreign = packages(&written).find(|package| !self.is_declared(package));
        match foreign {
            Some(package) => Err(format!(
                "the package `{package}` isn't among `dependencies`"
            )),
            None => Ok(Replacement::new(path)),
        }
    }

    fn is_declared(&self, package: &str) -> bool {
        let mut declared = self.options.own.packages.iter();
        declared.any(|one| one.name.replace('-', "_") == package)
    }

    /// The chosen type, if generated code has it anyway.
    pub(super) fn plain(&self, choice: &Choice<'_>) -> Option<Ty> {
        let Replacement { path, with, .. } = &*choice.replacement;
        let written = rust_type(path, self.options.layout).ok()?;
        plain(&written).filter(|_| with.is_none())
    }

    /// The chosen type of another crate.
    pub(super) fn outside(&self, api: &Api, id: TypeId, choice: &Choice<'_>) -> Outside {
        let layout = self.options.layout;
        let Replacement { path, with, hash } = &*choice.replacement;
        // Invalid types were rejected earlier.
        let written = rust_type(path, layout).unwrap_or_default();
        let with_shown = with.clone();
        let with = with.as_deref().and_then(|with| module(with, layout).ok());
        let known = known::of(&written, &api[id].shape);
        let features = |package: &str| {
            let is_its = known.package == Some(package);
            if is_its { known.features } else { &[] }
        };
        let paths = [with.as_deref(), Some(&*written)].into_iter().flatten();
        let packages = paths.flat_map(packages);
        let packages = packages.map(|package| (package.to_owned(), features(package)));
        let packages = packages.collect();
        let with = with.or(known.with.map(str::to_owned));
        let (uses, expected) = choice.words(api, id);
        Outside {
            shown: shown(&written),
            words: words(&written, with.is_some())
                .unwrap_or(&choice.name)
                .to_owned(),
            path: written,
            with,
            with_shown: with_shown.or(known.with_shown.map(str::to_owned)),
            hash: hash.unwrap_or(known.hash),
            uses: uses.into_iter().collect(),
            expected: expected.into_iter().collect(),
            schemas: api[id].role.schema().map(|_| id).into_iter().collect(),
            packages,
        }
    }

    /// The first package of the choice that is neither declared nor known.
    pub(super) fn undeclared(&self, choice: &Choice<'_>) -> Option<(Entry, Undeclared)> {
        let layout = self.options.layout;
        let entry = choice.entry.filter(|_| layout == Layout::Crates)?;
        let Replacement { path, with, .. } = &*choice.replacement;
        let with = with
            .as_deref()
            .and_then(|with| Some((with, module(with, layout).ok()?)));
        let paths = [Some((&**path, rust_type(path, layout).ok()?)), with];
        let missing = paths.into_iter().flatten().find_map(|(text, written)| {
            let package = packages(&written)
                .find(|package| !self.is_declared(package) && !known::PACKAGES.contains(package));
            Some((text.to_owned(), package?.to_owned()))
        });
        let (path, package) = missing?;
        Some((entry, Undeclared { package, path }))
    }
}

impl Choice<'_> {
    /// What it replaces, and a description of its values for errors.
    fn words(&self, api: &Api, id: TypeId) -> (Option<String>, Option<String>) {
        if let Some(Entry::Format(_)) = self.entry {
            let name = &self.name;
            let uses = format!("the format {}", doc::code(name));
            return (Some(uses), Some(format!("must have the format `{name}`")));
        }
        let schema = api[id].role.schema();
        let uses = schema.map(|schema| format!("the schema {}", doc::code(schema)));
        (
            uses,
            schema.map(|schema| format!("must be a valid {schema}")),
        )
    }
}

/// The words for the name of a type: the last segment of its path. A wrapped type, or one of Rust itself, is named after what it replaces.
fn words(written: &str, is_wrapped: bool) -> Option<&str> {
    let path = written.split('<').next()?.strip_prefix("::")?;
    path.rsplit("::").next().filter(|_| !is_wrapped)
}

/// A path for people.
fn shown(written: &str) -> String {
    let inner = written.trim_start_matches("::");
    inner.replace("<::", "<").replace(", ::", ", ")
}

/// The type that generated code has anyway.
fn plain(written: &str) -> Option<Ty> {
    Some(match written {
        "String" | "::std::string::String" => Ty::String,
        "bool" => Ty::Bool,
        "i32" => Ty::I32,
        "i64" => Ty::I64,
        "u32" => Ty::U32,
        "u64" => Ty::U64,
        "f64" => Ty::F64,
        "::serde_json::Value" => Ty::Value,
        _ => return None,
    })
}
