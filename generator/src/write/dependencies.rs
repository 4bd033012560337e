//! Adds dependencies to the manifest of somebody's package.

use super::single;
use std::fs;
use std::path::Path;
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// Adds packages, each with its path as it is written, to `[dependencies]`; all else stays as it is, comments included. Returns the names of
/// those that weren't there.
///
/// # Errors
/// In words, if the manifest can't be read, changed or written, or has a package of this name from somewhere else. It is unchanged then.
pub fn add_dependencies(
    manifest: &Path,
    packages: &[(String, String)],
) -> Result<Vec<String>, String> {
    change(manifest, |text| with(text, packages))
}

/// Adds packages, each with what is stated of it as TOML, to `[dependencies]`; those that are there stay as they are. Returns the names of
/// those that weren't there.
///
/// # Errors
/// In words, if the manifest can't be read, changed or written. It is unchanged then.
pub fn add_requirements(
    manifest: &Path,
    packages: &[(String, String)],
) -> Result<Vec<String>, String> {
    change(manifest, |text| {
        let mut document = parsed(text)?;
        let dependencies = dependencies(&mut document)?;
        let mut added = Vec::new();
        for (name, stated) in packages {
            let is_there = |one: &str| one.replace('-', "_") == name.replace('-', "_");
            if dependencies.iter().any(|(one, _)| is_there(one)) {
                continue;
            }
            let value: Value = stated.parse().map_err(|error| in_words(&error))?;
            dependencies.insert(name, Item::Value(value));
            added.push(name.clone());
        }
        Ok((document.to_string(), added))
    })
}

type Changed = Result<(String, Vec<String>), String>;

fn change(manifest: &Path, changed: impl FnOnce(&str) -> Changed) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(manifest).map_err(|error| error.to_string())?;
    let (text, added) = changed(&text)?;
    if !added.is_empty() {
        single(manifest, &text).map_err(|error| error.to_string())?;
    }
    Ok(added)
}

fn in_words(error: &toml_edit::TomlError) -> String {
    error.message().trim().to_owned()
}

/// The manifest of a package.
fn parsed(text: &str) -> Result<DocumentMut, String> {
    let document: DocumentMut = text.parse().map_err(|error| in_words(&error))?;
    if document.contains_key("package") {
        Ok(document)
    } else {
        Err("it has no `[package]`".to_owned())
    }
}

fn dependencies(document: &mut DocumentMut) -> Result<&mut dyn TableLike, String> {
    let dependencies = document
        .entry("dependencies")
        .or_insert_with(|| Item::Table(Table::new()));
    let found = dependencies.as_table_like_mut();
    found.ok_or_else(|| "`dependencies` is not a table".to_owned())
}

fn with(text: &str, packages: &[(String, String)]) -> Changed {
    let mut document = parsed(text)?;
    let dependencies = dependencies(&mut document)?;
    let mut added = Vec::new();
    for (name, path) in packages {
        let Some(known) = dependencies.get(name) else {
            let mut table = InlineTable::new();
            table.insert("path", Value::from(path.as_str()));
            dependencies.insert(name, Item::Value(Value::InlineTable(table)));
            added.push(name.clone());
            continue;
        };
        let known = known.get("path").and_then(Item::as_str);
        if known != Some(path) {
            return Err(format!("`{name}` is there already, with another source"));
        }
    }
    Ok((document.to_string(), added))
}

#[cfg(test)]
mod tests {
    use super::with;

    fn add(text: &str) -> Result<String, String> {
        let package = ("pets-client".to_owned(), "../pets/client".to_owned());
        with(text, &[package]).map(|(text, _)| text)
    }

    #[test]
    fn what_is_there_stays_with_its_comments() {
        let begin = "[package] # mine\nname = \"x\"\n";
        let line = "pets-client = { path = \"../pets/client\" }\n";
        let added = add(begin).unwrap();
        assert_eq!(added, format!("{begin}\n[dependencies]\n{line}"));
        assert_eq!(add(&added).unwrap(), added);
        let more = format!("{begin}[dependencies]\nserde = \"1\" # needed\n\n[features]\n");
        let added = format!("{begin}[dependencies]\nserde = \"1\" # needed\n{line}\n[features]\n");
        assert_eq!(add(&more).unwrap(), added);
    }

    #[test]
    fn what_is_no_place_for_dependencies_is_told() {
        let told = |text: &str| add(text).unwrap_err();
        assert_eq!(told("[workspace]\n"), "it has no `[package]`");
        assert!(!told("[package").is_empty());
        assert_eq!(
            told("dependencies = 1\n[package]\n"),
            "`dependencies` is not a table"
        );
        let other = "[package]\n[dependencies]\npets-client = \"1\"\n";
        assert_eq!(
            told(other),
            "`pets-client` is there already, with another source"
        );
    }
}
