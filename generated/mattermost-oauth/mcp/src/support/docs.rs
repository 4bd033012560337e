//! The documentation of the description, as resources. Needs `catalog.rs`, `clean.rs`, `facts.rs`.

use std::fmt::Write;

use rmcp::model::{Resource, ResourceTemplate};

use super::{Catalog, Group, Operation, clean, described};

/// The scheme of the URIs of this documentation.
const SCHEME: &str = "docs://";

/// The greatest number of characters of a text of the description.
const LONGEST: usize = 20_000;

/// The media type of the documentation.
pub(crate) const MARKDOWN: &str = "text/markdown";

impl<C> Catalog<C> {
    /// The documentation: of the API, and of each group.
    pub(crate) fn resources(&self) -> Vec<Resource> {
        let api = Resource::new(format!("{SCHEME}api"), "api")
            .with_title(clean(self.api().title, 100))
            .with_description("What the API is, and its groups of operations.")
            .with_mime_type(MARKDOWN);
        let groups = self.groups().into_iter().map(|group| {
            Resource::new(format!("{SCHEME}groups/{}", in_uri(group.name)), group.name)
                .with_description(match group.about {
                    "" => "A group of operations.".to_owned(),
                    about => clean(about, 400),
                })
                .with_mime_type(MARKDOWN)
        });
        std::iter::once(api).chain(groups).collect()
    }

    /// The documentation of a single operation.
    pub(crate) fn template() -> ResourceTemplate {
        ResourceTemplate::new(format!("{SCHEME}operations/{{name}}"), "operation")
            .with_description("What the description says of an operation, by its name.")
            .with_mime_type(MARKDOWN)
    }

    /// The text at a URI, if there is any.
    pub(crate) fn document(&self, uri: &str) -> Option<String> {
        let path = uri.strip_prefix(SCHEME)?;
        if path == "api" {
            return Some(self.overview());
        }
        match path.split_once('/')? {
            ("groups", name) => {
                let mut groups = self.groups().into_iter();
                let is_it = |group: &&Group<C>| group.name == name || in_uri(group.name) == name;
                Some(self.group(groups.find(is_it)?))
            }
            ("operations", name) => Some(about(self.operation(name)?)),
            _ => None,
        }
    }

    /// The groups that have operations here, in their order.
    fn groups(&self) -> Vec<&'static Group<C>> {
        let mut groups: Vec<&'static Group<C>> = Vec::new();
        for (group, _) in &self.operations {
            if groups.last().is_none_or(|last| last.name != group.name) {
                groups.push(group);
            }
        }
        groups
    }

    fn overview(&self) -> String {
        let api = self.api();
        let mut out = format!(
            "# {}\n\n{}\n",
            clean(api.title, 200),
            clean(api.about, LONGEST)
        );
        out.push_str("\n## Groups\n\n");
        for group in self.groups() {
            // Writing to a String can't fail.
            let _ = writeln!(out, "- {}: {}", group.name, clean(group.about, 400));
        }
        out
    }

    fn group(&self, group: &Group<C>) -> String {
        let mut out = format!("# {}\n\n{}\n", group.name, clean(group.about, LONGEST));
        let all = self.operations.iter();
        for (_, operation) in all.filter(|(of, _)| of.name == group.name) {
            out.push_str("\n#");
            out.push_str(&about(operation));
        }
        out
    }
}

/// A name as a URI has it (RFC 3986, section 2).
fn in_uri(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn about<C>(operation: &Operation<C>) -> String {
    let deprecated = match operation.is_deprecated {
        true => "Deprecated.\n\n",
        false => "",
    };
    format!(
        "# {}\n\n`{}`\n\n{deprecated}{}\n",
        operation.name,
        operation.request,
        clean(described(operation), LONGEST)
    )
}
