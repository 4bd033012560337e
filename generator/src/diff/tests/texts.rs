//! What differences look like in each format, and exceptions.

use super::{Read, read};
use crate::diag::Diagnostics;
use crate::diff::{Diff, Format, Ignore, Input, Wire, render, run};
use crate::source::Sources;
use serde_json::Value;
use std::path::Path;

/// Two documents in which a parameter is gone and a value is new, with hostile text.
fn pair() -> (Read, Read) {
    let old = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      parameters: [{name: '`<p>', in: query, schema: {type: string}}]\n      responses: {204: {description: x}}\n  /b: {get: {parameters: [{name: c, in: query, schema: {type: string, enum: [a, b]}}], responses: {204: {description: x}}}}\n";
    let new = old
        .replace(
            "      parameters: [{name: '`<p>', in: query, schema: {type: string}}]\n",
            "",
        )
        .replace("[a, b]", "[a, b, '<&\"c']");
    (read(old), read(&new))
}

fn text(diff: &Diff, (old, new): &(Read, Read), format: Format) -> String {
    let input = |name: &'static str, read| Input {
        name,
        prefix: "",
        sources: read,
    };
    let inputs = [
        input("old.yaml", &old.sources),
        input("new.yaml", &new.sources),
    ];
    render(diff, inputs, format, &|one| one.wire >= Wire::Warning)
}

#[test]
fn formats_say_the_same() {
    let pair = pair();
    let diff = run(&pair.0.api, &pair.1.api);
    let human = text(&diff, &pair, Format::Human);
    let wanted = "info[enum-value-added]: GET /b, query parameter c (request): a value was added to the list: \"<&\\\"c\"\n  \
                  --> openapi.yaml:8:48\n  ::: openapi.yaml:7:48\n  = Rust: minor for types and client, minor for the server\n\n\
                  warning[parameter-removed]: GET /a, query parameter `<p> (request): the parameter was removed\n  \
                  --> openapi.yaml:6:21\n  ::: openapi.yaml:5:5\n  = Rust: major for types and client, major for the server\n\n\
                  2 differences: 0 breaking, 1 warning, 1 info on the wire; in Rust major for types and client, major for the server\n";
    assert_eq!(human, wanted);
    let json = text(&diff, &pair, Format::Json);
    let lines: Vec<Value> = json
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (&lines[0]["rule"], &lines[0]["new"]["line"]),
        (&"parameter-removed".into(), &5.into())
    );
    assert_eq!(
        (&lines[2]["client"], &lines[2]["wire"]),
        (&"major".into(), &"warning".into())
    );
    let github = text(&diff, &pair, Format::Github);
    assert!(github.starts_with("::warning file=openapi.yaml,line=5,col=5,title=parameter-removed::GET /a, query parameter `<p>: "), "{github}");
    let markdown = text(&diff, &pair, Format::Markdown);
    let wanted = "\n## Changes that may break\n\n### `GET /a`\n\n- ``query parameter `<p>``: the parameter was removed (`parameter-removed`; Rust: major, server major)\n";
    assert!(markdown.contains(wanted), "{markdown}");
    let junit = text(&diff, &pair, Format::Junit);
    assert!(junit.contains("tests=\"2\" failures=\"1\""), "{junit}");
    assert!(
        junit.contains("<failure message=\"the parameter was removed\" type=\"warning\">"),
        "{junit}"
    );
    assert!(!junit.contains("<p>") && !junit.contains("<&"), "{junit}");
    let sarif: Value = serde_json::from_str(&text(&diff, &pair, Format::Sarif)).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["level"]),
        (&"parameter-removed".into(), &"warning".into())
    );
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(
        sarif["runs"][0]["tool"]["driver"]["rules"][index]["id"],
        "parameter-removed"
    );
}

#[test]
fn no_differences_are_said_in_each_format() {
    let (pair, diff) = (pair(), Diff::default());
    assert_eq!(text(&diff, &pair, Format::Human), "no differences\n");
    assert!(text(&diff, &pair, Format::Json).contains("\"wire\":null"));
    assert!(text(&diff, &pair, Format::Junit).contains("name=\"no differences\"/>"));
    assert!(text(&diff, &pair, Format::Markdown).ends_with("\n\nNo differences.\n"));
}

fn exceptions(text: &str) -> (Option<Vec<Ignore>>, Diagnostics) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let path = Path::new("ignore.toml");
    let list = Ignore::parse(path, text.to_owned(), &mut sources, &mut diagnostics);
    (list, diagnostics)
}

#[test]
fn exceptions_have_reasons_and_are_used() {
    let pair = pair();
    let entry = |place: &str| {
        format!(
            "[[ignore]]\nrule = \"parameter-removed\"\nplace = \"{place}\"\nreason = \"unused\"\n"
        )
    };
    for (place, left) in [
        ("GET /a", 1),
        ("GET /a, query parameter `<p>", 1),
        ("GET /", 2),
        ("GET /b", 2),
    ] {
        let (list, mut diagnostics) = exceptions(&entry(place));
        let diff = run(&pair.0.api, &pair.1.api).without(&list.unwrap(), &mut diagnostics);
        assert_eq!(diff.findings.len(), left, "{place}");
        let codes: Vec<&str> = diagnostics.iter().map(|one| one.code.id()).collect();
        assert_eq!(codes, ["SW0843"][..left - 1], "{place}");
        if left == 1 {
            assert_eq!(diff.ignored[0].reason, "unused");
            assert!(text(&diff, &pair, Format::Human).contains("; 1 more is ignored"));
        }
    }
    for (text, code) in [
        ("[[ignore]]\nrule = \"parameter-removed\"\n", "SW0841"),
        (
            "[[ignore]]\nrule = \"parameter-removed\"\nreason = \" \"\n",
            "SW0841",
        ),
        (
            "[[ignore]]\nrule = \"parameter-remove\"\nreason = \"x\"\n",
            "SW0842",
        ),
        ("[[ignored]]\n", "SW0841"),
    ] {
        let (list, diagnostics) = exceptions(text);
        let codes: Vec<&str> = diagnostics.iter().map(|one| one.code.id()).collect();
        assert_eq!((list, codes), (None, vec![code]), "{text}");
    }
}
