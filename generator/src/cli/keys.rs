//! The keys of an API's configuration as flags. Together they are a configuration, which is read as one that is a file.

use clap::Args;
use specwright::CrateKind;
use std::path::{Path, PathBuf};

/// What a `specwright.toml` could say of the API. Each flag has the name of its key.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Options of the configuration (the guide has more about each key)")]
pub(super) struct Keys {
    /// Directory of a package with the support code, to be shared with other APIs [default: a copy in each crate]
    #[arg(long, value_name = "DIR", requires = "spec")]
    runtime: Option<PathBuf>,
    /// Properties that the description doesn't declare: ignore, or keep
    #[arg(long, value_name = "WHAT", requires = "spec")]
    unknown_fields: Option<String>,
    /// What the environment variables begin with that the client reads
    #[arg(long, value_name = "NAME", requires = "spec")]
    env_prefix: Option<String>,
    /// Link to the reference for the documentation of each operation, with {operationId}
    #[arg(long, value_name = "URL", requires = "spec")]
    docs_url: Option<String>,
    /// Mixed-case words that names keep together
    #[arg(long, value_name = "WORD", value_delimiter = ',', requires = "spec")]
    words: Vec<String>,
    /// Operations to write: an operationId, `GET /path`, `/path/**`, `tag:NAME` or `x-EXTENSION`; like all below, can be repeated
    #[arg(long, value_name = "OPERATIONS", requires = "spec")]
    include: Vec<String>,
    /// Operations to leave out
    #[arg(long, value_name = "OPERATIONS", requires = "spec")]
    exclude: Vec<String>,
    /// Whether types that no operation uses are left out [default: those that only excluded operations use]
    #[arg(long, value_name = "BOOL", requires = "spec")]
    prune: Option<bool>,
    /// Whether the client may repeat the requests of an operation
    #[arg(long, value_name = "OPERATION=BOOL", requires = "spec")]
    retries: Vec<String>,
    /// Number of an operation's first page; `false` if it doesn't list page by page
    #[arg(long, value_name = "OPERATION=FIRST", requires = "spec")]
    pagination: Vec<String>,
    /// Whether an operation goes on after its response, so that the client can wait until it is done
    #[arg(long, value_name = "OPERATION=BOOL", requires = "spec")]
    long_running: Vec<String>,
    /// Header by which the server recognizes a repeated request
    #[arg(long, value_name = "HEADER", requires = "spec")]
    idempotency_key: Option<String>,
    /// Directory that `$ref` may reach in addition to the description's own
    #[arg(long, value_name = "DIR", requires = "spec")]
    roots: Vec<String>,
    /// Overlay to apply to the description
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlays: Vec<String>,
    /// Local file for a URL, or directory for a URL that ends in `/`
    #[arg(long, value_name = "URL=PATH", requires = "spec")]
    urls: Vec<String>,
    /// Version of the packages
    #[arg(long, value_name = "VERSION", requires = "spec")]
    package_version: Option<String>,
    /// License of the packages, an SPDX expression
    #[arg(long, value_name = "LICENSE", requires = "spec")]
    license: Option<String>,
    /// Whether each group of operations is a cargo feature
    #[arg(long, value_name = "BOOL", requires = "spec")]
    features: Option<bool>,
    /// Whether the server crate has the description, to serve it
    #[arg(long, value_name = "BOOL", requires = "spec")]
    serve_document: Option<bool>,
    /// Whether the client has the flows of OAuth 2 although no security scheme names any
    #[arg(long, value_name = "BOOL", requires = "spec")]
    oauth2: Option<bool>,
    /// Whether the types have strategies of proptest
    #[arg(long, value_name = "BOOL", requires = "spec")]
    proptest: Option<bool>,
    /// Rust type of your own for a schema
    #[arg(long, value_name = "SCHEMA=PATH", requires = "spec")]
    types: Vec<String>,
    /// Rust type of your own for a format
    #[arg(long, value_name = "FORMAT=PATH", requires = "spec")]
    formats: Vec<String>,
    /// Package of such types
    #[arg(long, value_name = "PACKAGE=VERSION", requires = "spec")]
    dependencies: Vec<String>,
    /// Derive for every struct and enum of the types
    #[arg(long, value_name = "PATH", requires = "spec")]
    derives: Vec<String>,
    /// Attribute for every struct and enum of the types
    #[arg(long, value_name = "ATTRIBUTE", requires = "spec")]
    attributes: Vec<String>,
    /// Any key of the API with a value as in TOML: `types.Pet.derives=["Ord"]`
    #[arg(long, value_name = "KEY=VALUE", requires = "spec")]
    set: Vec<String>,
}

impl Keys {
    /// The configuration of an API, as the text of a file in the working directory; `None` if no flag says anything.
    ///
    /// # Errors
    /// If a flag that takes a pair isn't given one.
    pub(super) fn text(
        &self,
        (spec, name): (&Path, &str),
        out: Option<&Path>,
        emit: &[CrateKind],
    ) -> Result<Option<String>, String> {
        let mut text = pairs("urls", &self.urls, |path| Some(quoted(path)))?;
        if let Some(runtime) = &self.runtime {
            text.extend(["runtime = ", &quoted(&runtime.to_string_lossy()), "\n"]);
        }
        let lines = self.lines()?;
        if text.is_empty() && lines.is_empty() {
            return Ok(None);
        }
        let mut line = |words: &str, value: &str| text.extend([words, value, "\n"]);
        line("[apis.", &format!("{}]", quoted(name)));
        line("spec = ", &quoted(&spec.to_string_lossy()));
        if let Some(out) = out {
            line("out = ", &quoted(&out.to_string_lossy()));
        }
        if !emit.is_empty() {
            let kinds: Vec<_> = emit.iter().map(|kind| kind.name().to_owned()).collect();
            line("emit = ", &list(&kinds));
        }
        Ok(Some(text + &lines))
    }

    /// The lines of the table.
    fn lines(&self) -> Result<String, String> {
        let mut text = String::new();
        for (key, value) in [
            ("unknown-fields", &self.unknown_fields),
            ("env-prefix", &self.env_prefix),
            ("docs-url", &self.docs_url),
            ("idempotency-key", &self.idempotency_key),
            ("package-version", &self.package_version),
            ("license", &self.license),
        ] {
            if let Some(value) = value {
                text.extend([key, " = ", &quoted(value), "\n"]);
            }
        }
        for (key, values) in [
            ("words", &self.words),
            ("include", &self.include),
            ("exclude", &self.exclude),
            ("roots", &self.roots),
            ("overlays", &self.overlays),
            ("derives", &self.derives),
            ("attributes", &self.attributes),
        ] {
            if !values.is_empty() {
                text.extend([key, " = ", &list(values), "\n"]);
            }
        }
        for (key, flag) in [
            ("prune", self.prune),
            ("features", self.features),
            ("serve-document", self.serve_document),
            ("proptest", self.proptest),
            ("oauth2", self.oauth2),
        ] {
            if let Some(flag) = flag {
                text.extend([key, " = ", if flag { "true" } else { "false" }, "\n"]);
            }
        }
        let string = |value: &str| Some(quoted(value));
        let flag = |value: &str| value.parse::<bool>().ok().map(|flag| flag.to_string());
        let page = |value: &str| match value.parse::<i64>() {
            Ok(first) => Some(format!("{{ first = {first} }}")),
            Err(_) => (value == "false").then(|| value.to_owned()),
        };
        text += &of_operations("retries", &self.retries, flag)?;
        text += &of_operations("pagination", &self.pagination, page)?;
        text += &of_operations("long-running", &self.long_running, flag)?;
        text += &pairs("types", &self.types, string)?;
        text += &pairs("formats", &self.formats, string)?;
        text += &pairs("dependencies", &self.dependencies, string)?;
        for set in &self.set {
            let (key, value) = set.split_once('=').ok_or_else(|| wrong("set", set))?;
            text.extend([key, " = ", value, "\n"]);
        }
        Ok(text)
    }
}

/// Lines such as `types."A" = "x"`, for pairs of a flag that has the name of its table.
fn pairs(
    flag: &str,
    pairs: &[String],
    value: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    lines(flag, pairs, value, |name| format!("{flag}.{name}"))
}

/// Lines such as `operations."GET /x".retries = true`.
fn of_operations(
    flag: &str,
    pairs: &[String],
    value: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    let key = |name: &str| format!("operations.{name}.{flag}");
    lines(flag, pairs, value, key)
}

/// A line for each pair. The last `=` ends the name, as there may be one in a URL.
fn lines(
    flag: &str,
    pairs: &[String],
    value: impl Fn(&str) -> Option<String>,
    key: impl Fn(&str) -> String,
) -> Result<String, String> {
    let mut text = String::new();
    for pair in pairs {
        let valid = pair
            .rsplit_once('=')
            .and_then(|(name, said)| Some((name, value(said)?)));
        let (name, value) = valid.ok_or_else(|| wrong(flag, pair))?;
        text.extend([&*key(&quoted(name)), " = ", &value, "\n"]);
    }
    Ok(text)
}

fn wrong(key: &str, given: &str) -> String {
    format!("`--{key} {given}`: expected a name, `=` and a value; see `--help`")
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list(texts: &[String]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_a_configuration() {
        let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let keys = Keys {
            license: Some("MIT".to_owned()),
            exclude: strings(&["a", "GET /x"]),
            prune: Some(true),
            retries: strings(&["GET /x?a=b=true"]),
            pagination: strings(&["a=0", "b=false"]),
            long_running: strings(&["a=true"]),
            urls: strings(&["https://x/?a=b=c"]),
            set: strings(&["types.\"A\"={ hash = true }"]),
            ..Keys::default()
        };
        let text = keys.text((Path::new("a.yaml"), "a"), None, &[CrateKind::Types]);
        let expected = "urls.\"https://x/?a=b\" = \"c\"\n[apis.\"a\"]\nspec = \"a.yaml\"\nemit = [\"types\"]\nlicense = \"MIT\"\n\
                        exclude = [\"a\", \"GET /x\"]\nprune = true\noperations.\"GET /x?a=b\".retries = true\n\
                        operations.\"a\".pagination = { first = 0 }\noperations.\"b\".pagination = false\noperations.\"a\".long-running = true\ntypes.\"A\" = { hash = true }\n";
        assert_eq!(text.unwrap().as_deref(), Some(expected));
        let none = Keys::default().text((Path::new("a"), "a"), None, &[]);
        assert_eq!(none.unwrap(), None);
        let wrong = Keys {
            retries: strings(&["a"]),
            ..Keys::default()
        };
        assert!(wrong.text((Path::new("a"), "a"), None, &[]).is_err());
    }
}
