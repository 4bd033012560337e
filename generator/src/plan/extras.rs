//! Adds the derives and attributes of the user to generated types.

use super::Planner;
use super::types::{Extras, Field, ListedEnum, Struct, TypeItem, Union};
use crate::config::own::{Entry, derive, packages};
use crate::ir::Role;

impl Planner<'_> {
    /// Adds the user's derives and attributes to an item.
    pub(super) fn add_extras(&mut self, role: &Role, item: &mut TypeItem) {
        let own = &self.options.own;
        if own.derives.is_empty() && own.attributes.is_empty() && own.types.is_empty() {
            return;
        }
        let name = item.name().plain().to_owned();
        // A type without a name in the description is configured by its Rust name.
        let is_meant = |entry: &str| entry == role.schema().unwrap_or(&name);
        let has = own_derives(item);
        let Some(extras) = extras_of(item) else {
            return;
        };
        let all = self.extras_of_all().unwrap_or_default();
        let types = own.types.iter().enumerate();
        let entries =
            types.filter(|(_, entry)| entry.replacement.is_none() && is_meant(&entry.name));
        let mut derives = all.derives;
        extras.attributes = all.attributes;
        for (at, entry) in entries {
            self.met_types.insert(at);
            derives.extend(self.derives(&entry.derives));
            extras.attributes.extend(entry.attributes.iter().cloned());
        }
        for path in derives {
            if !has.contains(&&*path) && !extras.derives.contains(&path) {
                extras.derives.push(path);
            }
        }
    }

    /// Whether the user wants `Eq` and `Hash` where possible. They aren't derived by default, as adding a float to a description would
    /// remove them from all types that contain it.
    pub(super) fn wants_eq_hash(&self) -> bool {
        let mut derives = self.options.own.derives.iter();
        derives.any(|path| ["Eq", "Hash"].contains(&&**path))
    }

    /// The user's derives and attributes for all types; `None` if there are none.
    pub(super) fn extras_of_all(&self) -> Option<Extras> {
        let own = &self.options.own;
        let is_any = !own.derives.is_empty() || !own.attributes.is_empty();
        // These are derived where possible.
        let is_decided = |path: &String| ["Default", "Eq", "Hash"].contains(&&**path);
        let derives = self.derives(&own.derives);
        is_any.then(|| Extras {
            derives: derives.filter(|path| !is_decided(path)).collect(),
            attributes: own.attributes.clone(),
        })
    }

    /// Derives as generated code writes them. Invalid paths were rejected earlier.
    fn derives(&self, texts: &[String]) -> impl Iterator<Item = String> {
        let layout = self.options.layout;
        texts
            .iter()
            .filter_map(move |text| derive(text, layout).ok())
    }

    /// Derives whose package isn't declared.
    pub(super) fn undeclared_derives(&self) -> Vec<(Entry, String, String)> {
        let own = &self.options.own;
        let for_all = own.derives.iter().enumerate();
        let for_all = for_all.map(|(at, text)| (Entry::Derive(at), text));
        let types = own.types.iter().enumerate();
        let for_one = types.flat_map(|(at, one)| {
            let derives = one.derives.iter();
            derives.map(move |text| (Entry::Type(at), text))
        });
        let missing = for_all.chain(for_one).filter_map(|(entry, text)| {
            let path = derive(text, self.options.layout).ok()?;
            let is_declared = |package: &str| {
                let mut declared = own.packages.iter();
                declared.any(|one| one.name.replace('-', "_") == package)
            };
            let package = packages(&path).find(|package| !is_declared(package))?;
            Some((entry, package.to_owned(), text.clone()))
        });
        missing.collect()
    }
}

/// The extras of an item; aliases have none.
fn extras_of(item: &mut TypeItem) -> Option<&mut Extras> {
    match item {
        TypeItem::Struct(item) => Some(&mut item.extras),
        TypeItem::StringEnum(item) => Some(&mut item.extras),
        TypeItem::IntegerEnum(item) => Some(&mut item.extras),
        TypeItem::Union(item) => Some(&mut item.extras),
        TypeItem::Alias(_) | TypeItem::Foreign(_) => None,
    }
}

/// The traits that an item derives anyway.
fn own_derives(item: &TypeItem) -> Vec<&'static str> {
    let (more, eq_hash): (&[&str], bool) = match item {
        TypeItem::Struct(Struct {
            derives, fields, ..
        }) => {
            // A struct without required fields implements `Default`.
            let has_default = derives.default || !fields.iter().any(Field::is_argument);
            (
                if has_default { &["Default"] } else { &[] },
                derives.eq_hash,
            )
        }
        TypeItem::StringEnum(ListedEnum { .. }) => (&[], true),
        TypeItem::IntegerEnum(ListedEnum { .. }) => (&["Copy"], true),
        TypeItem::Union(Union { eq_hash, .. }) => (&[], *eq_hash),
        TypeItem::Alias(_) | TypeItem::Foreign(_) => (&[], false),
    };
    let eq_hash: &[&str] = if eq_hash { &["Eq", "Hash"] } else { &[] };
    [&["Clone", "Debug", "PartialEq"], more, eq_hash].concat()
}
