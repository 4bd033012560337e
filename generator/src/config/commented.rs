//! Configurations to begin with: what has to be there, and all other keys in comments.

use super::keys::{API, Key, TOP};
use std::fmt::Write;

/// The file with the JSON schema of configurations, next to them.
pub const SCHEMA_FILE: &str = "specwright.schema.json";

/// Width of comments in columns.
const WIDTH: usize = 100;

/// An API of a configuration to write.
#[derive(Debug, Clone)]
pub struct Listed {
    /// A valid package name.
    pub name: String,
    /// The path of the description, relative to the configuration.
    pub spec: String,
    /// The directory for its crates, if that isn't the default.
    pub out: Option<String>,
    /// Whether the server crate has the description.
    pub serve_document: bool,
}

/// A `specwright.toml` with these APIs. `has_schema` says whether [`SCHEMA_FILE`] is next to it.
#[must_use]
pub fn commented(apis: &[Listed], has_schema: bool) -> String {
    let mut out = String::new();
    if has_schema {
        // Writing to a String can't fail.
        let _ = writeln!(out, "#:schema ./{SCHEMA_FILE}\n");
    }
    out.push_str(
        "# `specwright generate` writes the crates of these APIs, `specwright check` tells whether they are up to date.\n\
         # Paths are relative to this file. Keys in comments show what can be set.\n",
    );
    for key in TOP.iter().filter(|key| !key.example.is_empty()) {
        push(key, "", &mut out);
    }
    for (index, api) in apis.iter().enumerate() {
        let spec = toml::Value::from(api.spec.as_str());
        let _ = write!(out, "\n[apis.{}]\nspec = {spec}\n", api.name);
        if let Some(path) = &api.out {
            let _ = writeln!(out, "out = {}", toml::Value::from(path.as_str()));
        }
        if api.serve_document {
            out.push_str("serve-document = true\n");
        }
        if index == 0 {
            let is_set = |key: &Key| match key.name {
                "out" => api.out.is_some(),
                "serve-document" => api.serve_document,
                _ => false,
            };
            let others = API.iter().filter(|key| !key.example.is_empty());
            for key in others.filter(|key| !is_set(key)) {
                push(key, &api.name, &mut out);
            }
        }
    }
    out
}

/// What a key is for, and its example as a comment.
fn push(key: &Key, api: &str, out: &mut String) {
    out.push_str("\n#");
    let mut width = 1;
    for word in key.about.split_whitespace() {
        if width + 1 + word.chars().count() > WIDTH {
            out.push_str("\n#");
            width = 1;
        }
        out.extend([" ", word]);
        width += 1 + word.chars().count();
    }
    out.push_str(".\n");
    for line in key.example.lines() {
        out.extend(["# ", &line.replace("NAME", api), "\n"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Api, Config};
    use crate::diag::Diagnostics;
    use crate::source::Sources;
    use std::path::Path;

    fn apis() -> Vec<Listed> {
        let listed = |name: &str| Listed {
            name: name.to_owned(),
            spec: format!("{name}/\"a\".yaml"),
            out: (name == "b").then(|| "here".to_owned()),
            serve_document: name == "b",
        };
        ["a", "b"].map(listed).to_vec()
    }

    fn parsed(text: &str) -> Vec<String> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let path = Path::new("specwright.toml");
        let config = Config::parse(path, text.to_owned(), &mut sources, &mut diagnostics);
        let said: Vec<_> = diagnostics.iter().map(|one| one.code.title()).collect();
        assert!(config.is_some() && said.is_empty(), "{said:?}\n{text}");
        let apis = config.unwrap().apis.into_iter();
        let line = |api: Api| {
            let served = if api.options.serve_document {
                " served"
            } else {
                ""
            };
            let (spec, out) = (api.spec.display(), api.out.display());
            format!("{} {spec} {out}{served}", api.name)
        };
        apis.map(line).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let text = commented(&apis(), true);
        assert!(
            text.starts_with("#:schema ./specwright.schema.json\n"),
            "{text}"
        );
        assert_eq!(
            parsed(&text),
            ["a a/\"a\".yaml generated/a", "b b/\"a\".yaml here served"]
        );
    }

    /// Each key as its comment shows it.
    #[test]
    fn what_comments_show_is_valid() {
        let text = commented(&apis()[..1], false);
        let is_example = |line: &&str| {
            let name = line
                .strip_prefix("# ")
                .and_then(|line| line.split(['.', ' ']).next());
            let known = name.is_some_and(|name| TOP.iter().chain(API).any(|key| key.name == name));
            known && line.contains(" = ")
        };
        let shown = text.lines().filter(is_example).count();
        assert_eq!(shown, TOP.len() + API.len() - 2, "{text}");
        let lines = text.lines().map(|line| match line {
            line if is_example(&line) => &line[2..],
            line => line,
        });
        parsed(&lines.collect::<Vec<_>>().join("\n"));
    }
}
