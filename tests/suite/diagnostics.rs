//! The messages for each directory `cases/invalid-…`, and for input that can't be a file of the repository; nothing is written.

use crate::cases;
use crate::check::{Job, scratch};
use crate::command::{Ran, run, specwright};
use crate::snapshot::Snapshots;
use specwright::diag::{ALL, Category, Severity};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

macro_rules! invalid {
    ($($test:ident = $folder:literal,)*) => {
        $(
            #[test]
            fn $test() {
                invalid_case($folder);
            }
        )*

        const INVALID: &[&str] = &[$($folder),*];
    };
}

invalid! {
    alias_bomb = "invalid-alias-bomb",
    body_and_form = "invalid-body-and-form",
    empty = "invalid-empty",
    not_a_description = "invalid-not-a-description",
    not_a_mapping = "invalid-not-a-mapping",
    not_yaml = "invalid-not-yaml",
    parameters = "invalid-parameters",
    paths = "invalid-paths",
    references = "invalid-references",
    tabs = "invalid-tabs",
    unknown_version = "invalid-unknown-version",
    wrong_kinds = "invalid-wrong-kinds",
}

#[test]
fn every_folder_is_a_case() {
    let folders = fs::read_dir("cases")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut folders: Vec<_> = folders
        .filter(|name| name.starts_with("invalid-"))
        .collect();
    folders.sort();
    assert_eq!(folders, INVALID);
}

fn invalid_case(case: &str) {
    let checked = Job::case(case).check();
    assert!(checked.files.is_none(), "{case} is written");
    let mut snapshots = Snapshots::new(&format!("cases/{case}"));
    snapshots.check("diagnostics", &checked.messages);
    snapshots.finish();
}

/// Runs the command on the files in a directory; checks that it fails and writes nothing.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let before = listing(folder);
    let Ran { code, out, err } = specwright(folder, arguments);
    assert_eq!(code, Some(1), "{arguments:?}\n{out}\n{err}");
    assert_eq!(out, "", "{arguments:?}");
    assert_eq!(listing(folder), before, "{arguments:?}");
    err
}

fn listing(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        names.push(path.display().to_string());
        if path.is_dir() {
            names.extend(listing(&path));
        }
    }
    names.sort();
    names
}

const FINE: &str = "openapi: 3.0.3\ninfo: {title: Fine, version: 1.0.0}\npaths:\n  /a: {get: {operationId: a, responses: {'204': {description: Done}}}}\n";

#[test]
fn texts_that_git_would_not_keep() {
    let folder = scratch("texts");
    let deep = format!(
        "openapi: 3.0.3\ninfo: {{title: Deep, version: 1.0.0}}\npaths: {{}}\nx-deep: {}{}\n",
        "[".repeat(5000),
        "]".repeat(5000)
    );
    let texts: [(&str, &[u8]); 7] = [
        (
            "latin-1",
            b"openapi: 3.0.3\ninfo: {title: Stra\xdfe, version: 1.0.0}\npaths: {}\n",
        ),
        ("utf-16", b"\xff\xfeo\0p\0e\0n\0a\0p\0i\0"),
        (
            "nul",
            b"openapi: 3.0.3\ninfo: {title: \"a\0b\", version: 1.0.0}\npaths: {}\n",
        ),
        ("binary", b"\x7fELF\x02\x01\x01\0\0\0\0"),
        ("deep", deep.as_bytes()),
        ("white-space", b" \n\t\n"),
        ("marks", b"---\n---\n---\n"),
    ];
    let mut snapshots = Snapshots::new("snapshots/texts");
    for (name, bytes) in texts {
        let file = format!("{name}.yaml");
        fs::write(folder.join(&file), bytes).unwrap();
        snapshots.check(
            name,
            &refused(&folder, &["generate", &file, "--out", "out"]),
        );
    }
    snapshots.finish();
}

#[test]
fn files_that_cannot_be_read_or_written() {
    let folder = scratch("files");
    let mut snapshots = Snapshots::new("snapshots/files");
    let mut check =
        |name: &str, arguments: &[&str]| snapshots.check(name, &refused(&folder, arguments));
    fs::write(folder.join("fine.yaml"), FINE).unwrap();
    unreadable(&folder, &mut check);
    unwritable(&folder, &mut check);
    written_before(&folder, &mut check);
    check(
        "a-bad-name",
        &["generate", "fine.yaml", "--name", "../fine"],
    );
    snapshots.finish();
}

/// Takes the name of a snapshot, and arguments that fail.
type Check<'c> = &'c mut dyn FnMut(&str, &[&str]);

/// Input that can't be a description.
fn unreadable(folder: &Path, check: Check<'_>) {
    check("missing", &["generate", "missing.yaml", "--out", "out"]);
    fs::create_dir(folder.join("folder.yaml")).unwrap();
    check("a-folder", &["generate", "folder.yaml", "--out", "out"]);
    fs::write(folder.join("folder.yaml/swagger.json"), "{}").unwrap();
    fs::write(folder.join("folder.yaml/a.yml"), "").unwrap();
    check("a-folder-of-files", &["report", "folder.yaml"]);
    check("a-folder-as-configuration", &["--config", "folder.yaml"]);
    for (name, url) in [
        ("a-url", "https://x.example/api.yaml"),
        ("a-file-url", "file:///api.yaml"),
    ] {
        check(name, &["generate", url, "--out", "out"]);
    }
}

/// Obstacles in the place of output.
fn unwritable(folder: &Path, check: Check<'_>) {
    // Permissions don't stop root, so the obstacles are files.
    fs::write(folder.join("occupied"), "a file\n").unwrap();
    check(
        "output-is-a-file",
        &["generate", "fine.yaml", "--out", "occupied"],
    );
    check(
        "output-below-a-file",
        &["generate", "fine.yaml", "--out", "occupied/below"],
    );
    fs::create_dir_all(folder.join("blocked/types/Cargo.toml")).unwrap();
    check(
        "a-folder-stands-in-the-way",
        &["generate", "fine.yaml", "--out", "blocked"],
    );
    fs::create_dir_all(folder.join("foreign/types")).unwrap();
    fs::write(folder.join("foreign/types/Cargo.toml"), "[package]\n").unwrap();
    check(
        "a-foreign-file",
        &["generate", "fine.yaml", "--out", "foreign"],
    );
    fs::create_dir_all(folder.join("staging/.specwright.tmp")).unwrap();
    fs::write(folder.join("staging/.specwright.tmp/notes"), "mine\n").unwrap();
    check(
        "a-foreign-folder",
        &["generate", "fine.yaml", "--out", "staging"],
    );
}

/// Output of an earlier run that was changed since.
fn written_before(folder: &Path, check: Check<'_>) {
    specwright(
        folder,
        &[
            "generate",
            "fine.yaml",
            "--out",
            "edited",
            "--emit",
            "types",
        ],
    )
    .exit(0);
    fs::write(folder.join("edited/types/README.md"), "mine\n").unwrap();
    let changed = FINE.replace("Fine", "Changed");
    fs::write(folder.join("changed.yaml"), changed).unwrap();
    check(
        "an-edited-file",
        &[
            "generate",
            "changed.yaml",
            "--name",
            "fine",
            "--out",
            "edited",
            "--emit",
            "types",
        ],
    );
    specwright(
        folder,
        &[
            "generate",
            "fine.yaml",
            "--out",
            "manifest",
            "--emit",
            "types",
        ],
    )
    .exit(0);
    fs::write(folder.join("manifest/.specwright.json"), "<<<<<<< ours\n").unwrap();
    check(
        "a-damaged-manifest",
        &[
            "generate",
            "fine.yaml",
            "--out",
            "manifest",
            "--emit",
            "types",
        ],
    );
    check(
        "another-api",
        &["generate", "changed.yaml", "--out", "edited"],
    );
}

/// Files that may never end are never read, wherever they are named.
#[cfg(unix)]
#[test]
fn devices_and_pipes_are_not_read() {
    let folder = scratch("devices");
    let mut snapshots = Snapshots::new("snapshots/devices");
    let mut check =
        |name: &str, arguments: &[&str]| snapshots.check(name, &refused(&folder, arguments));
    run(Command::new("mkfifo").arg(folder.join("pipe"))).success();
    let refers = FINE.replace("{description: Done}", "{$ref: 'zero.yaml'}");
    fs::write(
        folder.join("refers.yaml"),
        refers.replace("zero.yaml", "pipe"),
    )
    .unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("zero.yaml")).unwrap();
    fs::write(
        folder.join("mapped.yaml"),
        refers.replace("zero.yaml", "https://x.example/z"),
    )
    .unwrap();
    let config =
        "[urls]\n\"https://x.example/z\" = \"zero.yaml\"\n[apis.a]\nspec = \"mapped.yaml\"\n";
    fs::write(folder.join("mapped.toml"), config).unwrap();
    check("device", &["generate", "/dev/zero", "--out", "out"]);
    check("link-to-a-device", &["report", "zero.yaml"]);
    check("pipe", &["generate", "pipe", "--out", "out"]);
    check(
        "pipe-in-a-reference",
        &["generate", "refers.yaml", "--out", "out"],
    );
    check("device-for-a-url", &["--config", "mapped.toml"]);
    check("device-as-configuration", &["--config", "/dev/zero"]);
    check("pipe-as-configuration", &["--config", "pipe"]);
    fs::create_dir_all(folder.join("out/types")).unwrap();
    run(Command::new("mkfifo").arg(folder.join("out/types/Cargo.toml"))).success();
    fs::write(folder.join("fine.yaml"), FINE).unwrap();
    check(
        "pipe-in-the-output",
        &["generate", "fine.yaml", "--out", "out"],
    );
    snapshots.finish();
}

#[test]
fn texts_that_end_too_early() {
    let folder = scratch("unclosed");
    let mut snapshots = Snapshots::new("snapshots/unclosed");
    let texts = [
        (
            "mapping.yaml",
            "openapi: 3.0.3\ninfo: {title: T, version: '1'\npaths:\n  /a: {}\n",
        ),
        (
            "sequence.yaml",
            "openapi: 3.0.3\ntags:\n- [a, b\ninfo: {title: T}\n",
        ),
        (
            "comma.yaml",
            "openapi: 3.0.3\ninfo: {title: T version: '1'}\npaths: {}\n",
        ),
        (
            "object.json",
            "{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"{\"},\n \"paths\": {\n  \"/a\": {}\n",
        ),
        (
            "text.json",
            "{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"T}}\n",
        ),
    ];
    for (name, text) in texts {
        fs::write(folder.join(name), text).unwrap();
        let said = refused(&folder, &["generate", name, "--out", "out"]);
        snapshots.check(&name.replace('.', "-"), &said);
    }
    snapshots.finish();
}

/// In a line of a thousand characters, a column is hard to find.
#[test]
fn places_in_long_lines_have_a_pointer() {
    let folder = scratch("minified");
    let more = vec!["\"x-y\":0"; 200].join(",").replace("x-y", "x-yy");
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"T\",\"version\":\"1\",\"x-a\":{{{more}}}}},\"paths\":{{\"/a\":{{\"get\":{{\"parameters\":[{{\"in\":\"no\",\"name\":\"x\"}}],\"responses\":{{}}}}}}}}}}"
    );
    fs::write(folder.join("one-line.json"), text).unwrap();
    let said = refused(&folder, &["generate", "one-line.json", "--out", "out"]);
    assert!(
        said.contains("  /paths/~1a/get/parameters/0/in\n"),
        "{said}"
    );
    // A shorter line that is the whole file.
    let text = r#"{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"parameters":[{"in":"no","name":"x"}],"responses":{}}}}}"#;
    fs::write(folder.join("short.json"), text).unwrap();
    let said = refused(&folder, &["generate", "short.json", "--out", "out"]);
    assert!(
        said.contains("short.json:1:97  /paths/~1a/get/parameters/0/in\n"),
        "{said}"
    );
    // Syntax errors have a pointer as well: the innermost object or list, or the property with the invalid value.
    let rest = String::from("\"paths\":{}") + &" ".repeat(120);
    for (name, info, pointer) in [
        (
            "comma",
            r#"{"title":"T","x-a":[{"b":1},{"c" 2}]}"#,
            "/info/x-a/1",
        ),
        (
            "list",
            r#"{"title":"T","x-a":[{"b":1} {"c":2}]}"#,
            "/info/x-a",
        ),
        ("value", r#"{"title":"T","version":]}"#, "/info/version"),
        ("key", r#"{"title":"T",,"version":"1"}"#, "/info"),
    ] {
        let text = format!("{{\"openapi\":\"3.0.3\",\"info\":{info},{rest}}}");
        fs::write(folder.join(name).with_extension("json"), text).unwrap();
        let said = refused(&folder, &["generate", &format!("{name}.json")]);
        assert!(said.contains("error[SW0002]"), "{said}");
        assert!(said.contains(&format!("  {pointer}\n")), "{name}: {said}");
    }
}

#[test]
fn integers_beyond_64_bits_are_called_so() {
    let folder = scratch("integers");
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {type: string, minLength: 99999999999999999999999}\n    B: {type: integer, nullable: 18446744073709551616}\n";
    fs::write(folder.join("a.yaml"), text).unwrap();
    let said = refused(&folder, &["generate", "a.yaml", "--out", "out", "--strict"]);
    let called = said.matches("found an integer beyond 64 bits").count();
    assert_eq!(called, 2, "{said}");
}

#[test]
fn configurations_that_cannot_be_used() {
    let folder = scratch("configurations");
    let mut snapshots = Snapshots::new("snapshots/configurations");
    snapshots.check("none", &refused(&folder, &[]));
    let texts = [
        ("not-toml", "[apis.a\nspec = 1\n"),
        (
            "unknown-key",
            "[apis.a]\nspec = \"a.yaml\"\nstrikt = true\n",
        ),
        ("wrong-kind", "[apis.a]\nspec = 7\n"),
        (
            "unknown-crate",
            "[apis.a]\nspec = \"a.yaml\"\nemit = [\"clients\"]\n",
        ),
        ("no-spec", "[apis.a]\nstrict = true\n"),
        ("no-apis", "out = \"generated\"\n"),
        ("bad-name", "[apis.\"a b\"]\nspec = \"a.yaml\"\n"),
        (
            "bad-version",
            "[apis.a]\nspec = \"a.yaml\"\npackage-version = \"one\"\n",
        ),
        (
            "unknown-lint",
            "[lints]\nSW0410 = \"allow\"\n[apis.a]\nspec = \"a.yaml\"\n[apis.a.lints]\nSW0201 = \"warn\"\n",
        ),
        (
            "unknown-level",
            "[lints]\nSW0401 = \"quiet\"\n[apis.a]\nspec = \"a.yaml\"\n",
        ),
        (
            "lint-without-level",
            "[lints]\nSW0401 = { reason = \"none\" }\n[apis.a]\nspec = \"a.yaml\"\n",
        ),
        (
            "same-folder",
            "[apis.a]\nspec = \"a.yaml\"\nout = \"x\"\n[apis.b]\nspec = \"b.yaml\"\nout = \"x\"\n",
        ),
    ];
    for (name, text) in texts {
        let file = format!("{name}.toml");
        fs::write(folder.join(&file), text).unwrap();
        snapshots.check(name, &refused(&folder, &["--config", &file]));
    }
    snapshots.check("missing", &refused(&folder, &["--config", "missing.toml"]));
    snapshots.finish();
}

const UNMATCHED: &str = "cli.rs: entries of the configuration that match nothing";

const BUILD_SCRIPTS: &str = "build_scripts.rs";

const OWN: &str = "cli.rs: types of the user's own";

/// Codes that no snapshot shows, and where they are tested instead.
const ELSEWHERE: &[(&str, &str)] = &[
    ("SW0355", "fields.rs: only `report` says it"),
    (
        "SW0329",
        "generator/tests.rs: modules_of_deep_types_say_which_limit_their_crate_needs",
    ),
    ("SW0504", "cli.rs: what is stale and edited is kept"),
    ("SW0706", UNMATCHED),
    ("SW0707", UNMATCHED),
    ("SW0708", UNMATCHED),
    ("SW0712", "cli.rs: what is allowed to no end"),
    ("SW0716", OWN),
    ("SW0717", OWN),
    ("SW0718", OWN),
    (
        "SW0722",
        "runtime.rs: a type of another crate for a parameter, which a case would only show with a runtime",
    ),
    ("SW0811", "project.rs: what no project can be made of"),
    ("SW0812", "project.rs: what no project can be made of"),
    ("SW0813", "project.rs: what no project can be made of"),
    ("SW0814", "first.rs: a configuration is never overwritten"),
    ("SW0815", "first.rs: a configuration is never overwritten"),
    ("SW0816", "first.rs: dependencies are added to a manifest"),
    ("SW0823", "mock.rs: a mock on a port that is taken"),
    (
        "SW0841",
        "diff/tests/texts.rs: a list of exceptions with an unknown key",
    ),
    ("SW0842", "diff/tests/texts.rs: an exception for no rule"),
    (
        "SW0843",
        "diff/tests/texts.rs: an exception that nothing needs",
    ),
    ("SW0844", "cli.rs: a revision that git doesn't know"),
    ("SW0870", BUILD_SCRIPTS),
    ("SW0871", BUILD_SCRIPTS),
];

/// Nothing is lost, but a server rejects values that its author may expect it to accept, or the code needs one more line to compile.
const LOUD_NOTES: [&str; 2] = ["SW0320", "SW0329"];

/// What prevents output is an error, information is a note, all others are warnings.
#[test]
fn severity_goes_with_category() {
    for (code, severity, category, _) in ALL {
        let wanted = match category {
            Category::Refused => Severity::Error,
            Category::Note if !LOUD_NOTES.contains(code) => Severity::Note,
            _ => Severity::Warning,
        };
        assert_eq!(*severity, wanted, "{code}");
    }
}

#[test]
fn every_code_is_shown() {
    let mut shown: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for folder in cases::ALL
        .iter()
        .chain(INVALID)
        .map(|case| format!("cases/{case}"))
        .chain(subfolders("snapshots"))
    {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "snap")
            {
                let text = fs::read_to_string(&path).unwrap();
                for (code, ..) in ALL
                    .iter()
                    .filter(|(code, ..)| text.contains(&format!("[{code}]")))
                {
                    shown
                        .entry(code)
                        .or_default()
                        .push(path.display().to_string());
                }
            }
        }
    }
    // Unit tests in the stages name the variant.
    let units = unit_tests(&crate::check::root().join("generator/src"));
    let source =
        fs::read_to_string(crate::check::root().join("generator/src/diag/code.rs")).unwrap();
    let missing: Vec<_> = ALL
        .iter()
        .map(|(code, ..)| *code)
        .filter(|code| !shown.contains_key(code))
        .collect();
    let missing: Vec<_> = missing
        .into_iter()
        .filter(|code| {
            !units.contains(*code) && !units.contains(&format!("Code::{}", variant(&source, code)))
        })
        .collect();
    let wanted: Vec<_> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    assert_eq!(missing, wanted, "codes without a test");
}

fn variant(source: &str, code: &str) -> String {
    let before = source.split(&format!("= \"{code}\"")).next().unwrap();
    before
        .lines()
        .last()
        .unwrap()
        .trim()
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect()
}

fn subfolders(folder: &str) -> Vec<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.display().to_string())
        .collect()
}

/// The text of all test modules.
fn unit_tests(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &unit_tests(&path);
        } else {
            let file = fs::read_to_string(&path).unwrap();
            if path.file_name().is_some_and(|name| name == "tests.rs") {
                text += &file;
            } else if let Some((_, tests)) = file.split_once("#[cfg(test)]\nmod tests {") {
                text += tests;
            }
        }
    }
    text
}
