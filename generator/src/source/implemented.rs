//! The traits that somebody's Rust code implements.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use syn::ItemImpl;
use syn::visit::{Visit, visit_item_impl};

/// The greatest depth of directories.
const DEEPEST: usize = 32;

/// The traits that the Rust files below a directory implement, by the last segments of their paths. Links aren't followed; what can't be
/// read implements nothing.
pub(crate) fn implemented(folder: &Path) -> BTreeSet<String> {
    let mut found = Implemented::default();
    walk(folder, DEEPEST, &mut |text| found.add(text));
    found.0
}

fn walk(folder: &Path, depth: usize, take: &mut impl FnMut(&str)) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type());
        let is_rust = path.extension().is_some_and(|end| end == "rs");
        if kind.as_ref().is_ok_and(fs::FileType::is_dir) && depth > 0 {
            walk(&path, depth - 1, take);
        } else if is_rust && kind.is_ok_and(|kind| kind.is_file()) {
            take(&fs::read_to_string(path).unwrap_or_default());
        }
    }
}

#[derive(Default)]
struct Implemented(BTreeSet<String>);

impl Implemented {
    fn add(&mut self, text: &str) {
        match syn::parse_file(text) {
            Ok(file) => self.visit_file(&file),
            // Somebody is working on it: what is in front of `for` is close enough.
            Err(_) => self.0.extend(text.split(" for ").filter_map(last_name)),
        }
    }
}

impl<'ast> Visit<'ast> for Implemented {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let last = item
            .trait_
            .iter()
            .filter_map(|(path, _)| path.segments.last());
        self.0.extend(last.map(|segment| segment.ident.to_string()));
        visit_item_impl(self, item);
    }
}

/// The name at the end of a text.
fn last_name(text: &str) -> Option<String> {
    let name = text
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next();
    name.filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::Implemented;

    #[test]
    fn traits_are_found_in_code_and_in_code_that_is_not_finished() {
        let found = |text| {
            let mut found = Implemented::default();
            found.add(text);
            found.0.into_iter().collect::<Vec<_>>()
        };
        let text = "mod a { impl x::y::PetsApi for App {} }\n// impl NoApi for App\nimpl App {}\n";
        assert_eq!(found(text), ["PetsApi"]);
        assert_eq!(found("impl PetsApi for App {\n fn x( }"), ["PetsApi"]);
    }
}
