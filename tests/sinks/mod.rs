//! Hostile texts, and what has to hold for every file that they may have got into. Shared by `suite/hostile.rs` and `fuzz/`.

mod programs;

pub(crate) use programs::Tables;

use proc_macro2::{Span, TokenStream, TokenTree};
use specwright::write::{Files, NOT_RUST};
use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::sync::Mutex;

/// The marker of injected code. It never occurs alone, so no name consists only of it.
pub(crate) const MARKER: &str = "pwned";

/// Texts that try to break out of where text may be written: comments, documentation, literals, attributes, names, paths, manifests,
/// Markdown, formats.
pub(crate) const PAYLOADS: &[&str] = &[
    "end */ fn pwned() {} /* on",
    "end */ pub fn pwned() {} //",
    "line\npub fn pwned() {}\n",
    "line\rpub fn pwned() {}\r",
    "line\u{2028}pub fn pwned() {}\u{2029}x",
    "line\u{85}pub fn pwned() {}\u{b}x\u{c}y",
    "//! inner\n#![feature(pwned)] x",
    "/// outer\n#[pwned] x",
    "quote\"; pwned!(); //",
    "raw\"#; pwned!(); //",
    "raw\"##########; pwned!(); //",
    "back\\\"; pwned!(); //",
    "a\\",
    "tick`pwned`tick",
    "x\n```\npanic!(\"pwned\")\n```\ny",
    "x\n~~~rust\npanic!(\"pwned\")\n~~~\ny",
    "x\n\n    panic!(\"pwned\");\n\ny",
    "x\n\n\tpanic!(\"pwned\");\n\ny",
    "1. x\n\n       panic!(\"pwned\");\n\n- y\n\n  ```rust\n  panic!(\"pwned\");\n  ```",
    "> ```\n> panic!(\"pwned\");\n> ```",
    "````rust,no_run\n```\npwned x\n```",
    "#![allow(pwned)] x",
    "{} {0} {pwned} {{x}} {:?} {0:1$}",
    "${pwned} $crate $x:expr #{x}",
    "mark \u{61c}pwned\u{200f} x\u{180e}\u{ad}\u{e0041}y\u{9b}31m",
    "bidi \u{202e}pwned\u{2066} x\u{2069}",
    "nul\0pwned x",
    "\u{1b}[31mpwned x\u{7}",
    "\u{feff}bom \u{200b}zero \u{e000} \u{10ffff}",
    "../../pwned/x",
    "..\\..\\pwned\\x",
    "C:\\pwned x",
    "/etc/pwned x",
    "CON",
    "nul.txt",
    "-rf pwned",
    "x\"]\n[dependencies]\npwned = \"1\"",
    "x'''\n[dependencies]\npwned = '1'",
    "x\"\"\"\nbuild = \"pwned\"\n",
    "<script>pwned()</script> x",
    "<img src=x onerror=pwned()> x",
    "[click](javascript:pwned())",
    "![badge](https://evil.example/pwned.svg)",
    "[`pwned`](std::process::exit) [x]",
    "[x]: javascript:pwned() \"y\"",
    "<!-- pwned x",
    "--> pwned x",
    "| pwned | x |\n| --- | --- |",
    "</details> pwned x",
    "javascript:pwned(x)",
    "https://x.example/\"onload=\"pwned()",
    "%00%0a%2e%2e%2fpwned x",
    "x;pwned$(x)`x`",
    "include_str!(\"/etc/pwned\") x",
    "env!(\"PWNED\") x",
    "\u{0}",
    "",
    " ",
    "_",
    "$",
    "0",
    "true",
    "null",
    "~",
    "self",
    "Self",
    "super",
    "crate",
    "type",
    "r#type",
    "async",
    "dyn",
    "gen",
    "macro_rules",
    "union",
    "'static",
    "String",
    "Option",
    "Result",
    "Vec",
    "Box",
    "Ok",
    "None",
    "Default",
    "From",
    "std",
    "core",
    "serde",
    "object",
    "vec",
    "println",
    "main",
    "Client",
    "Error",
    "new",
    "build",
    "名前",
    "İı\u{307}",
    "ﬀ ß Ǆ",
    "🦀",
    "a text that is much longer than any name of a file may be on the systems that people use, which stop at two hundred and fifty-five bytes, and so has to be cut somewhere: pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned pwned",
    "a-b",
    "a_b",
    "A B",
    "aB",
];

/// Packages that generated crates may depend on.
const DEPENDENCIES: [&str; 37] = [
    "bytes",
    "chrono",
    "clap",
    "clap_complete",
    "clap_mangen",
    "futures-core",
    "getrandom",
    "gloo-timers",
    "hmac",
    "http",
    "http-body",
    "http-body-util",
    "hyper-rustls",
    "hyper-util",
    "jiff",
    "metrics",
    "proptest",
    "quick-xml",
    "regex-lite",
    "reqwest",
    "rmcp",
    "rustls",
    "serde",
    "serde_json",
    "serde_json_path",
    "sha1",
    "sha2",
    "time",
    "tokio",
    "toml",
    "tower-http",
    "tower-service",
    "tracing",
    "utoipa-swagger-ui-vendored",
    "uuid",
    "wasm-bindgen-futures",
    "web-time",
];

/// Tables of a generated manifest.
const TABLES: [&str; 9] = [
    "package",
    "lib",
    "dependencies",
    "dev-dependencies",
    "example",
    "features",
    "lints",
    "bin",
    "target",
];

/// Keys of `[package]`; none that runs code.
const PACKAGE: [&str; 8] = [
    "name",
    "version",
    "edition",
    "rust-version",
    "description",
    "license",
    "publish",
    "readme",
];

/// The first problem of any file.
pub(crate) fn wrong(files: &Files, name: &str) -> Option<String> {
    let mut tables = Tables::default();
    files.iter().find_map(|(path, text)| {
        let path = path.as_str();
        let is_support = path.contains("/support/");
        let text_wrong = if is_support {
            wrong_support
        } else {
            wrong_text
        };
        wrong_path(path)
            .or_else(|| text_wrong(text))
            .or_else(|| match Path::new(path).extension()?.to_str()? {
                "rs" if is_support => None,
                "rs" => wrong_rust(path, text, &mut tables),
                "toml" if path.ends_with("/rustfmt.toml") => wrong_settings(text),
                "toml" => wrong_manifest(text, name),
                "md" | "txt" => wrong_markdown(text),
                "json" => wrong_json(text),
                other => Some(format!("a file with `.{other}`")),
            })
            .map(|wrong| format!("{path}: {wrong}"))
    })
}

/// Checks that a path has only plain components below the output directory, in portable characters.
fn wrong_path(path: &str) -> Option<String> {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let letter = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    let reserved = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default();
        ["con", "prn", "aux", "nul", "com1", "lpt1"].contains(&stem.to_ascii_lowercase().as_str())
    };
    let fine = Path::new(path).components().all(plain)
        && path.chars().all(letter)
        && path.len() < 200
        && !path
            .split('/')
            .any(|part| part.starts_with(['-', '.']) || reserved(part));
    (!fine).then(|| "a path that not every system takes".to_owned())
}

/// Checks for control characters, and those that reorder or hide text.
fn wrong_text(text: &str) -> Option<String> {
    let steers = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let found = text.chars().find(steers)?;
    Some(format!("the character U+{:04X} as it is", u32::from(found)))
}

/// The same for support code. Its texts are the same each time, and most of what there is.
fn wrong_support(text: &str) -> Option<String> {
    static FINE: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut fine = FINE.lock().unwrap();
    if fine.contains(text) {
        return None;
    }
    let wrong = wrong_text(text);
    if wrong.is_none() {
        fine.insert(text.to_owned());
    }
    wrong
}

fn wrong_rust(path: &str, text: &str, tables: &mut Tables) -> Option<String> {
    let file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => {
            let at = error.span().start();
            let line = text
                .lines()
                .nth(at.line.saturating_sub(1))
                .unwrap_or_default();
            return Some(format!(
                "isn't Rust: {error}, at {}:{}: {line}",
                at.line, at.column
            ));
        }
    };
    if let Some(wrong) = tables.wrong(path, &file) {
        return Some(wrong);
    }
    if text.contains(NOT_RUST) {
        return Some("has a part that isn't Rust".to_owned());
    }
    let tokens: TokenStream = text.parse().ok()?;
    let span = marked(tokens)?;
    Some(format!(
        "`{MARKER}` became code in line {}",
        span.start().line
    ))
}

/// Finds an identifier with the marker.
fn marked(tokens: TokenStream) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) => (ident == MARKER).then(|| ident.span()),
        TokenTree::Group(group) => marked(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    })
}

/// Checks that the settings of rustfmt contain no text of the document.
fn wrong_settings(text: &str) -> Option<String> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let lines: Vec<&str> = lines.collect();
    (lines != ["disable_all_formatting = true"]).then(|| format!("settings {lines:?}"))
}

fn wrong_manifest(text: &str, name: &str) -> Option<String> {
    let manifest: toml::Table = match toml::from_str(text) {
        Ok(manifest) => manifest,
        Err(error) => return Some(format!("isn't TOML: {error}")),
    };
    if let Some(table) = manifest.keys().find(|key| !TABLES.contains(&key.as_str())) {
        return Some(format!("a table `{table}`"));
    }
    let keys = |table: &str| -> Vec<String> {
        let table = manifest.get(table).and_then(toml::Value::as_table);
        table.map_or_else(Vec::new, |table| table.keys().cloned().collect())
    };
    if let Some(key) = keys("package")
        .iter()
        .find(|key| !PACKAGE.contains(&key.as_str()))
    {
        return Some(format!("a key `{key}` of the package"));
    }
    let own = [
        format!("{name}-types"),
        format!("{name}-client"),
        format!("{name}-server"),
    ];
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let platforms = platforms.into_iter().flat_map(toml::Table::values);
    let platforms = platforms.filter_map(|one| one.get("dependencies")?.as_table());
    let dependencies = keys("dependencies")
        .into_iter()
        .chain(keys("dev-dependencies"))
        .chain(platforms.flat_map(toml::Table::keys).cloned());
    dependencies
        .filter(|key| !DEPENDENCIES.contains(&key.as_str()) && !own.contains(key))
        .map(|key| format!("a dependency `{key}`"))
        .next()
}

fn wrong_json(text: &str) -> Option<String> {
    let read = serde_json::from_str::<serde_json::Value>(text);
    read.err().map(|error| format!("isn't JSON: {error}"))
}

/// Removes escaped characters from a line.
fn without_escapes(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else {
            out.push(c);
        }
    }
    out
}

/// Checks that there is no markup and no link of the document outside of code.
fn wrong_markdown(text: &str) -> Option<String> {
    let mut code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            code = !code;
            continue;
        }
        let prose = without_escapes(line);
        let prose: String = prose.split('`').step_by(2).collect();
        let bad = ["<script", "<img", "](javascript:", "<!--", "]: "];
        if let Some(bad) = bad
            .iter()
            .find(|bad| !code && prose.to_lowercase().contains(**bad))
        {
            return Some(format!("`{bad}` in {line:?}"));
        }
    }
    code.then(|| "a code block that isn't closed".to_owned())
}
