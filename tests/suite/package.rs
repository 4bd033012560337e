//! The package `specwright` builds from its own files. `.ci/run` builds it, which takes minutes; this test looks at its content.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

#[test]
fn every_file_that_the_code_includes_is_in_the_package() {
    let root = crate::check::root();
    let listed = Command::new(env!("CARGO"))
        .args([
            "package",
            "--package=specwright",
            "--list",
            "--allow-dirty",
            "--offline",
        ])
        .current_dir(&root)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&listed.stderr);
    assert!(listed.status.success(), "{errors}");
    let listed = String::from_utf8(listed.stdout).unwrap();
    let files: BTreeSet<PathBuf> = listed.lines().map(PathBuf::from).collect();
    for wanted in ["README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        assert!(files.contains(Path::new(wanted)), "{wanted}\n{listed}");
    }
    let package = root.join("generator");
    let sources = files.iter().filter(|file| {
        let is_code = file.starts_with("src") || file.starts_with("benches");
        is_code && file.extension().is_some_and(|extension| extension == "rs")
    });
    let mut included = 0;
    for source in sources {
        let text = fs::read_to_string(package.join(source)).unwrap();
        for path in includes(text.parse().unwrap()) {
            let path = normal(&source.parent().unwrap().join(&path));
            // A part of the path is the argument of a macro.
            let is_there = files.contains(&path)
                || files
                    .iter()
                    .any(|file| is_pattern(&path) && file.starts_with(path.parent().unwrap()));
            assert!(is_there, "{} includes {}", source.display(), path.display());
            included += 1;
        }
    }
    assert!(included >= 4);
}

fn is_pattern(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('*'))
}

/// The paths in `include_str!`, `include_bytes!`, `include!` and `#[path = …]`; `*` for the argument of a macro.
fn includes(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = |back: usize| tokens.get(at.wrapping_sub(back)).map(ToString::to_string);
        match token {
            TokenTree::Group(group) => {
                let is_include = before(2).is_some_and(|name| name.starts_with("include"));
                if is_include && before(1).as_deref() == Some("!") {
                    found.push(literals(group.stream()));
                } else {
                    found.extend(includes(group.stream()));
                }
            }
            TokenTree::Literal(path)
                if before(1).as_deref() == Some("=") && before(2).as_deref() == Some("path") =>
            {
                found.push(path.to_string().trim_matches('"').to_owned());
            }
            _ => {}
        }
    }
    found
}

/// `concat!("a/", $b)` as `a/*`.
fn literals(tokens: TokenStream) -> String {
    let parts = tokens.into_iter().map(|token| match token {
        TokenTree::Literal(text) => text.to_string().trim_matches('"').to_owned(),
        TokenTree::Group(group) => literals(group.stream()),
        // The argument of a macro, or of code that is generated.
        TokenTree::Punct(mark) if "$#".contains(mark.as_char()) => "*".to_owned(),
        TokenTree::Punct(_) | TokenTree::Ident(_) => String::new(),
    });
    parts.collect()
}

fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => assert!(out.pop(), "{} is outside", path.display()),
            other => out.push(other),
        }
    }
    out
}
