//! The files of a project that are the same for each API, but for names and for lines that not every API needs.
//!
//! A line that ends with `//: secured call` (or `#: …`) is there if all of these conditions hold. Names that begin with `api` are
//! replaced, and so are some by lines.

use std::collections::BTreeSet;

macro_rules! files {
    ($($path:literal = $file:literal)*) => {
        /// The files by their paths in a project.
        pub(super) const FILES: &[(&str, &str)] =
            &[$(($path, include_str!(concat!("../../../templates/project/", $file)))),*];
    };
}

files! {
    "Cargo.toml" = "Cargo.toml.in"
    ".dockerignore" = "dockerignore"
    ".gitignore" = "gitignore"
    "Dockerfile" = "Dockerfile"
    "README.md" = "README.md"
    "src/app.rs" = "src/app.rs"
    "src/auth.rs" = "src/auth.rs"
    "src/config.rs" = "src/config.rs"
    "src/error.rs" = "src/error.rs"
    "src/health.rs" = "src/health.rs"
    "src/lib.rs" = "src/lib.rs"
    "src/main.rs" = "src/main.rs"
    "src/serve.rs" = "src/serve.rs"
    "src/service.rs" = "src/service.rs"
    "tests/api.rs" = "tests/api.rs"
}

/// What templates are filled with.
pub(super) struct Filling<'f> {
    /// The conditions that hold.
    pub(super) conditions: BTreeSet<&'f str>,
    /// Names and their replacements, in this order.
    pub(super) names: &'f [(&'f str, String)],
    /// What is replaced by lines, with the indentation of the line that it is in.
    pub(super) lines: &'f [(&'f str, Vec<String>)],
}

impl Filling<'_> {
    /// The text of a file.
    pub(super) fn fill(&self, template: &str) -> String {
        let mut out = String::new();
        let mut lines = template.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(line) = self.kept(line) else {
                continue;
            };
            let Some((place, replacement)) = self.replaced(line) else {
                self.push(&mut out, line);
                continue;
            };
            if replacement.is_empty() {
                // A paragraph that isn't there leaves no blank line.
                lines.next_if(|line| line.is_empty());
            }
            self.insert(&mut out, line, place, replacement);
        }
        out
    }

    /// A line without its conditions, if these hold.
    fn kept<'l>(&self, line: &'l str) -> Option<&'l str> {
        let marked = line.split_once("//: ").or_else(|| line.split_once("#: "));
        let Some((line, conditions)) = marked else {
            return Some(line);
        };
        let holds = |condition| self.conditions.contains(condition);
        conditions
            .split_whitespace()
            .all(holds)
            .then(|| line.trim_end())
    }

    fn replaced(&self, line: &str) -> Option<(&str, &[String])> {
        let found = self.lines.iter().find(|(place, _)| line.contains(place));
        found.map(|(place, lines)| (*place, &lines[..]))
    }

    /// Adds a line with its place replaced by several lines.
    fn insert(&self, out: &mut String, line: &str, place: &str, lines: &[String]) {
        let Some((before, after)) = line.split_once(place) else {
            return;
        };
        let indent: String = line.chars().take_while(|c| *c == ' ').collect();
        let last = lines.len().saturating_sub(1);
        for (index, one) in lines.iter().enumerate() {
            let begin = if index == 0 { before } else { &indent };
            let end = if index == last { after } else { "" };
            self.push(out, &format!("{begin}{one}{end}"));
        }
    }

    fn push(&self, out: &mut String, line: &str) {
        let mut line = line.to_owned();
        for (name, replacement) in self.names {
            if line.contains(name) {
                line = line.replace(name, replacement);
            }
        }
        out.push_str(&wrapped(&line));
        out.push('\n');
    }
}

/// Greatest width of a `use` on one line, for rustfmt.
const SHORT_USE: usize = 98;

/// Greatest width of a line in the list of a `use`; it may be wider by one if it is the only one.
const LIST_LINE: usize = 99;

/// A `use` with a list, broken as rustfmt does if it is too long. Any other line stays as it is.
pub(super) fn wrapped(line: &str) -> String {
    let list = line.strip_prefix("use ").and_then(|rest| {
        let (path, rest) = rest.split_once("::{")?;
        Some((path, rest.strip_suffix("};")?))
    });
    let Some((path, names)) = list.filter(|_| line.chars().count() > SHORT_USE) else {
        return line.to_owned();
    };
    let mut out = format!("use {path}::{{\n   ");
    let mut width = 3;
    let mut is_broken = false;
    let mut names = names.split(", ").peekable();
    while let Some(name) = names.next() {
        let more = name.chars().count() + 2;
        let limit = LIST_LINE + usize::from(names.peek().is_none() && !is_broken);
        if width + more > limit && width > 3 {
            out.push_str("\n   ");
            width = 3;
            is_broken = true;
        }
        out.extend([" ", name, ","]);
        width += more;
    }
    out.push_str("\n};");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_names_are_filled_in() {
        let filling = Filling {
            conditions: BTreeSet::from(["a", "b"]),
            names: &[("api_x", "pets".to_owned())],
            lines: &[
                ("none", Vec::new()),
                ("two", ["1", "2"].map(str::to_owned).to_vec()),
            ],
        };
        let template = "x //: a\ny //: a c\nz #: b\n //: a b\nnone\n\nuse api_x;\n  f(two);\n";
        assert_eq!(filling.fill(template), "x\nz\n\nuse pets;\n  f(1\n  2);\n");
    }

    #[test]
    fn long_imports_are_broken() {
        let short = "use a::{B, C};";
        assert_eq!(wrapped(short), short);
        let names: Vec<String> = (0..12).map(|n| format!("ALongName{n}")).collect();
        let broken = wrapped(&format!("use a::{{{}}};", names.join(", ")));
        assert_eq!(broken.lines().count(), 4, "{broken}");
        assert!(
            broken.lines().all(|line| line.len() <= LIST_LINE),
            "{broken}"
        );
    }

    /// As rustfmt has it, which counts the last comma only behind a broken line.
    #[test]
    fn the_only_line_of_a_list_may_be_wider() {
        let of_width = |first: &str, width: usize| {
            let last = "x".repeat(width - 5);
            wrapped(&format!("use a::{{{first}{last}}};"))
        };
        let lines = |text: String| text.lines().count();
        assert_eq!(lines(of_width("B, ", 97)), 3);
        assert_eq!(lines(of_width("B, ", 98)), 4);
        let first = format!("{}, C, ", "B".repeat(92));
        assert_eq!(lines(of_width(&first, 96)), 4);
        assert_eq!(lines(of_width(&first, 97)), 5);
    }
}
