//! Code with a fixed shape, printed as lines right away: parsing and printing tokens would only take time.

use super::tokens::{View, compact};
use super::{Chunk, Used, comments};
use crate::plan::{Doc, Extras, Ty};
use proc_macro2::TokenStream;

/// Line width in columns.
const WIDTH: usize = 100;

/// Greatest width of a value that is written on a single line.
const SHORT: usize = 60;

/// Lines of code, and the names that they use.
#[derive(Debug, Default)]
pub(super) struct Code {
    text: String,
    used: Used,
}

impl Code {
    /// The code of an item with this name.
    pub(super) fn item(name: &str) -> Self {
        Self {
            text: String::new(),
            used: Used::default().with_item(name),
        }
    }

    /// Adds a line with this indentation.
    pub(super) fn line(&mut self, depth: usize, text: impl AsRef<str>) {
        self.indent(depth);
        self.text.extend([
            text.as_ref(),
            "
",
        ]);
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn doc(&mut self, depth: usize, doc: &Doc) {
        for words in doc.lines() {
            self.indent(depth);
            comments::line(words, &mut self.text);
        }
    }

    /// Adds `#[deprecated]` if necessary.
    pub(super) fn deprecated(&mut self, depth: usize, deprecated: bool) {
        if deprecated {
            self.line(depth, "#[deprecated]");
        }
    }

    /// Adds the user's attributes.
    pub(super) fn attributes(&mut self, depth: usize, extras: &Extras) {
        for attribute in &extras.attributes {
            self.line(depth, attribute);
        }
    }

    /// Adds the signature of a function, with a line for each argument if one line isn't enough.
    pub(super) fn function(&mut self, depth: usize, name: &str, arguments: &[String], ty: &str) {
        let arrow = if ty.is_empty() { "" } else { " -> " };
        let short = format!("{name}({}){arrow}{ty} {{", arguments.join(", "));
        if depth * 4 + short.chars().count() <= WIDTH {
            return self.line(depth, short);
        }
        self.line(depth, format!("{name}("));
        for argument in arguments {
            self.line(depth + 1, format!("{argument},"));
        }
        self.line(depth, format!("){arrow}{ty} {{"));
    }

    /// Adds an assignment, on one or two lines.
    pub(super) fn assignment(&mut self, depth: usize, to: &str, value: &str) {
        let short = format!("{to} = {value};");
        if depth * 4 + short.chars().count() <= WIDTH {
            return self.line(depth, short);
        }
        self.line(depth, format!("{to} ="));
        self.line(depth + 1, format!("{value};"));
    }

    /// Adds a struct literal, on one line if it is short.
    pub(super) fn literal(&mut self, depth: usize, name: &str, fields: &[String]) {
        let short = format!("{name} {{ {} }}", fields.join(", "));
        if short.chars().count() <= SHORT {
            return self.line(depth, short);
        }
        self.line(depth, format!("{name} {{"));
        for field in fields {
            self.line(depth + 1, format!("{field},"));
        }
        self.line(depth, "}");
    }

    /// Adds a list, on one line if it fits.
    pub(super) fn list(&mut self, depth: usize, open: &str, items: &[String], close: &str) {
        let short = format!("{open}{}{close}", items.join(", "));
        if depth * 4 + short.chars().count() <= WIDTH {
            return self.line(depth, short);
        }
        self.line(depth, open);
        for item in items {
            self.line(depth + 1, format!("{item},"));
        }
        self.line(depth, close);
    }

    /// Records the use of a name.
    pub(super) fn names(&mut self, name: &str) {
        self.used.add(name);
    }

    /// The text of a type, as seen from `view`; records its names.
    pub(super) fn ty(&mut self, view: View, ty: &Ty) -> String {
        let mut text = String::new();
        view.write(ty, &mut text, &mut self.used);
        text
    }

    /// The text of a type given as tokens; records its names.
    pub(super) fn written(&mut self, ty: TokenStream) -> String {
        let text = compact(&ty);
        self.used.add_type(ty);
        text
    }

    /// The lines, and the names that they use.
    pub(super) fn finish(self) -> (String, Used) {
        (self.text, self.used)
    }

    /// The lines as a chunk of a file.
    pub(super) fn chunk(self) -> Chunk {
        Chunk::Code(self.text, self.used)
    }

    fn indent(&mut self, depth: usize) {
        self.text.extend(std::iter::repeat_n("    ", depth));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(fill: impl FnOnce(&mut Code)) -> Vec<String> {
        let mut code = Code::default();
        fill(&mut code);
        code.text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn what_is_too_long_for_a_line_takes_several() {
        let short = lines(|code| code.function(1, "fn a", &["mut self".to_owned()], "Self"));
        assert_eq!(short, ["    fn a(mut self) -> Self {"]);
        let argument = format!("{}: u8", "b".repeat(90));
        let long = lines(|code| code.function(0, "fn a", std::slice::from_ref(&argument), ""));
        assert_eq!(long, ["fn a(", &format!("    {argument},"), ") {"]);
        let long = lines(|code| code.assignment(0, "self.a", &"b".repeat(95)));
        assert_eq!(long, ["self.a =", &format!("    {};", "b".repeat(95))]);
    }

    #[test]
    fn types_are_written_and_what_they_take_is_known() {
        let mut code = Code::default();
        let pair = Ty::Tuple(vec![Ty::Map(Box::new(Ty::String)), Ty::Value]);
        assert_eq!(
            code.ty(View::Inside, &pair),
            "(BTreeMap<String, String>, Value)"
        );
        assert_eq!(code.ty(View::Inside, &Ty::Tuple(vec![Ty::I64])), "(i64,)");
        let imports = code
            .used
            .imports("std::collections", &["BTreeMap", "HashMap"]);
        assert_eq!(imports, ["use std::collections::BTreeMap;"]);
    }
}
