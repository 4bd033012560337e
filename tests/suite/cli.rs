//! The command as users and programs see it: exit codes, streams, formats, and the effects on files.

use crate::check::{root, scratch};
use crate::command::{Ran, specwright, specwright_reading};
use crate::generated::texts;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const FINE: &str = "openapi: 3.0.3\ninfo: {title: Fine, version: 1.0.0}\npaths:\n  /a: {get: {operationId: a, responses: {'204': {description: Done}}}}\n";
const WARNS: &str = "openapi: 3.0.3\ninfo: {title: Warns}\npaths:\n  /a: {get: {operationId: a, responses: {'204': {description: Done}}}}\n";
const FAILS: &str = "openapi: 3.0.3\ninfo: {title: Fails, version: 1.0.0}\npaths:\n  /a: {get: {operationId: a, parameters: [{in: no, name: x}], responses: {'204': {description: Done}}}}\n";

/// A directory with a description for each outcome.
fn folder(name: &str) -> PathBuf {
    let folder = scratch(name);
    for (file, text) in [
        ("fine.yaml", FINE),
        ("warns.yaml", WARNS),
        ("fails.yaml", FAILS),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

/// `fine: 1 operation, …; 0.01 s` without the parts that vary.
fn summary(out: &str) -> String {
    out.lines()
        .map(|line| line.rsplit_once("; ").unwrap().0.to_owned() + "\n")
        .collect()
}

#[test]
fn results_go_to_stdout_and_messages_to_stderr() {
    let folder = folder("streams");
    let fine = specwright(&folder, &["generate", "fine.yaml"]).exit(0);
    assert!(
        fine.out.starts_with("fine: 1 operation, 0 types; ")
            && fine.out.contains(" files in generated/fine (")
            && fine.err.starts_with(
                "next: depend on a package, `fine-client = { path = \"generated/fine/client\" }`; "
            ),
        "{}{}",
        fine.out,
        fine.err
    );
    assert!(folder.join("generated/fine/client/Cargo.toml").exists());
    let warns = specwright(&folder, &["generate", "warns.yaml"]).exit(0);
    assert!(
        warns.out.contains("; 1 warning; ") && warns.err.starts_with("warning[SW0124]: "),
        "{}{}",
        warns.out,
        warns.err
    );
    let fails = specwright(&folder, &["generate", "fails.yaml"]).exit(1);
    assert!(
        fails.out.is_empty() && fails.err.starts_with("error[SW0105]: "),
        "{}{}",
        fails.out,
        fails.err
    );
    assert!(
        fails
            .err
            .ends_with("fails: nothing written because of 1 error\n"),
        "{}",
        fails.err
    );
    assert!(!folder.join("generated/fails").exists());
    for ran in [fine, warns, fails] {
        assert!(
            !(ran.out + &ran.err).contains('\u{1b}'),
            "colours, where nobody can see them"
        );
    }
}

/// A description with fifteen notes of one code and a warning of another.
fn lints(name: &str) -> PathBuf {
    let folder = folder(name);
    let properties: Vec<String> = (0..15)
        .map(|number| format!("p{number}: {{type: string, format: odd{number}}}"))
        .collect();
    let properties = properties.join(", ");
    let schemas =
        format!("components: {{schemas: {{A: {{type: object, properties: {{{properties}}}}}}}}}\n");
    fs::write(folder.join("lints.yaml"), WARNS.to_owned() + &schemas).unwrap();
    folder
}

#[test]
fn messages_of_one_code_are_grouped_and_notes_are_never_errors() {
    let folder = lints("lints");
    let count = |text: &str, words: &str| text.matches(words).count();
    let ran = specwright(&folder, &["generate", "lints.yaml"]).exit(0);
    assert!(ran.out.contains("; 1 warning, 15 notes; "), "{}", ran.out);
    assert_eq!(count(&ran.err, "note[SW0307]: unknown format"), 3);
    let more = "note[SW0307]: 12 more of these; `--all` shows all\n";
    assert_eq!(count(&ran.err, more), 1, "{}", ran.err);
    // The most severe message comes last.
    assert!(ran.err.find("warning[SW0124]") > ran.err.find(more));
    let all = specwright(&folder, &["generate", "lints.yaml", "--all"]).exit(0);
    assert_eq!(count(&all.err, "note[SW0307]: unknown format"), 15);
    // Programs get all of them, each with its severity.
    for (format, line) in [
        ("json", r#""code":"SW0307""#),
        ("github", "::notice file=lints.yaml,"),
    ] {
        let ran = specwright(
            &folder,
            &["generate", "lints.yaml", "--message-format", format],
        );
        assert_eq!(count(&ran.exit(0).out, line), 15, "{format}");
    }
    let strict = specwright(&folder, &["generate", "lints.yaml", "--strict"]).exit(1);
    assert!(strict.err.contains("error[SW0124]") && strict.err.contains("note[SW0307]"));
    assert!(strict.err.ends_with("nothing written because of 1 error\n"));
}

#[test]
fn levels_are_chosen_for_each_code() {
    let folder = lints("levels");
    let run = |flags: &[&str]| specwright(&folder, &[&["generate", "lints.yaml"], flags].concat());
    let quiet = run(&["--strict", "--allow", "SW0124,sw0307"]).exit(0);
    assert!(quiet.err.starts_with("next: ") && quiet.out.contains("; 0 warnings, 16 allowed; "));
    assert!(
        run(&["--warn", "SW0307"])
            .exit(0)
            .out
            .contains("; 16 warnings; ")
    );
    assert!(
        run(&["--deny", "SW0307"])
            .exit(1)
            .err
            .contains("error[SW0307]")
    );
    for (flags, words) in [
        (&["--allow", "SW0370"][..], "did you mean `SW0307`?"),
        (
            &["--warn", "SW0201"],
            "SW0201 is an error, whose level can't be lowered",
        ),
        (
            &["--allow", "SW0124", "--deny", "SW0124"],
            "SW0124 is given two levels",
        ),
    ] {
        let ran = run(flags).exit(2);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
    // In the configuration for all APIs or for one. Flags override both, and the level of an API overrides that of all.
    let config = |text: &str| {
        fs::write(folder.join("specwright.toml"), text).unwrap();
    };
    let all =
        "[lints]\nSW0124 = \"deny\"\nSW0307 = { level = \"allow\", reason = \"they are odd\" }\n";
    let api =
        "[apis.a]\nspec = \"lints.yaml\"\n[apis.a.lints]\nSW0124 = \"allow\"\nSW0401 = \"allow\"\n";
    config(&format!("{all}{api}"));
    let ran = specwright(&folder, &[]).exit(0);
    assert!(
        ran.out.contains("; 0 warnings, 16 allowed; "),
        "{}",
        ran.out
    );
    // An allowed code that doesn't occur is reported at its entry.
    let unmatched = "note[SW0712]: SW0401 is allowed but didn't occur\n --> specwright.toml:8:1\n";
    assert!(ran.err.starts_with(unmatched), "{}", ran.err);
    assert_eq!(
        specwright(&folder, &["--warn", "SW0124"])
            .exit(0)
            .out
            .matches("1 warning")
            .count(),
        1
    );
    let report = specwright(&folder, &["report", "lints.yaml"]).exit(0).out;
    assert!(
        report.contains("  SW0307  15, allowed: they are odd\n"),
        "{report}"
    );
}

#[test]
fn wrong_usage_is_2() {
    let folder = folder("usage");
    let wrong: [&[&str]; 7] = [
        &["--colour"],
        &["generate", "fine.yaml", "--nope"],
        &["destroy"],
        &["dump", "tokens", "fine.yaml"],
        &["generate", "fine.yaml", "--emit", "clients"],
        &["generate", "fine.yaml", "--config", "x.toml"],
        &["generate", "--out", "x"],
    ];
    for arguments in wrong {
        let ran = specwright(&folder, arguments).exit(2);
        assert!(
            ran.out.is_empty() && ran.err.contains("error: "),
            "{arguments:?}: {}",
            ran.err
        );
    }
    let help = specwright(&folder, &["--help"]).exit(0);
    assert!(help.out.contains("Usage: specwright") && help.err.is_empty());
    assert!(
        specwright(&folder, &["--version"])
            .exit(0)
            .out
            .starts_with("specwright ")
    );
    assert!(!folder.join("generated").exists());
}

#[test]
fn json_is_an_object_a_line() {
    let folder = folder("json");
    let lines = |ran: &Ran| -> Vec<Value> {
        ran.out
            .lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect()
    };
    let ran = specwright(
        &folder,
        &["generate", "fails.yaml", "--message-format", "json"],
    )
    .exit(1);
    assert!(ran.err.is_empty(), "{}", ran.err);
    let [message, outcome] = &lines(&ran)[..] else {
        panic!("{}", ran.out)
    };
    let wanted = [
        ("reason", Value::from("diagnostic")),
        ("code", "SW0105".into()),
        ("severity", "error".into()),
        ("file", "fails.yaml".into()),
        ("line", 4.into()),
        ("column", 48.into()),
        ("length", 2.into()),
        ("pointer", "/paths/~1a/get/parameters/0/in".into()),
    ];
    for (key, value) in wanted {
        assert_eq!(message[key], value, "{key}: {message}");
    }
    assert!(message["title"].is_string() && message["help"].is_string());
    assert_eq!(
        (&outcome["reason"], &outcome["api"], &outcome["errors"]),
        (&"failed".into(), &"fails".into(), &1.into())
    );
    let ran = specwright(
        &folder,
        &["generate", "warns.yaml", "--message-format=json"],
    )
    .exit(0);
    let [message, outcome] = &lines(&ran)[..] else {
        panic!("{}", ran.out)
    };
    assert_eq!(
        (&message["code"], &message["severity"]),
        (&"SW0124".into(), &"warning".into())
    );
    assert_eq!(
        (
            &outcome["reason"],
            &outcome["operations"],
            &outcome["warnings"]
        ),
        (&"generated".into(), &1.into(), &1.into())
    );
    assert!(outcome["written"].as_u64().unwrap() > 10, "{outcome}");
    let ran = specwright(
        &folder,
        &["check", "warns.yaml", "--message-format=json", "--strict"],
    )
    .exit(1);
    assert_eq!(lines(&ran)[0]["severity"], "error");
}

#[test]
fn github_gets_annotations() {
    let folder = folder("github");
    let ran = specwright(
        &folder,
        &["generate", "fails.yaml", "--message-format", "github"],
    )
    .exit(1);
    assert!(
        ran.out.starts_with(
            "::error file=fails.yaml,line=4,col=48,title=SW0105::`no` is not a valid parameter location%0Ahelp: "
        ),
        "{}",
        ran.out
    );
    let ran = specwright(
        &folder,
        &["generate", "warns.yaml", "--message-format", "github"],
    )
    .exit(0);
    assert!(
        ran.out.starts_with("::warning file=warns.yaml,line=2,col="),
        "{}",
        ran.out
    );
}

#[test]
fn check_is_clean_or_shows_a_diff() {
    let folder = folder("check");
    let missing = specwright(&folder, &["check", "fine.yaml"]).exit(1);
    assert!(
        missing
            .out
            .contains("--- /dev/null\n+++ b/client/Cargo.toml\n"),
        "{}",
        missing.out
    );
    assert!(!folder.join("generated").exists(), "check writes nothing");
    specwright(&folder, &["generate", "fine.yaml"]).exit(0);
    let clean = specwright(&folder, &["check", "fine.yaml"]).exit(0);
    assert_eq!((clean.out.as_str(), clean.err.as_str()), ("", ""));
    let before = texts(&folder.join("generated"));
    fs::write(
        folder.join("fine.yaml"),
        FINE.replace("operationId: a", "operationId: b"),
    )
    .unwrap();
    let stale = specwright(&folder, &["check", "fine.yaml"]).exit(1);
    assert!(
        stale
            .out
            .contains("--- a/client/src/api.rs\n+++ b/client/src/api.rs\n"),
        "{}",
        stale.out
    );
    assert!(
        stale
            .out
            .lines()
            .any(|line| line.starts_with("-    pub fn a("))
            && stale
                .out
                .lines()
                .any(|line| line.starts_with("+    pub fn b(")),
        "{}",
        stale.out
    );
    assert!(
        stale
            .err
            .contains("generated/fine/client/src/api.rs is out of date\n"),
        "{}",
        stale.err
    );
    assert!(
        stale
            .err
            .ends_with("run `specwright` and commit the result\n"),
        "{}",
        stale.err
    );
    assert_eq!(
        texts(&folder.join("generated")),
        before,
        "check writes nothing"
    );
    let annotated = specwright(
        &folder,
        &["check", "fine.yaml", "--message-format", "github"],
    )
    .exit(1);
    assert!(
        annotated
            .out
            .contains("::error file=generated/fine/client/src/api.rs,title=SW0506::"),
        "{}",
        annotated.out
    );
}

#[test]
fn a_second_run_touches_nothing() {
    let folder = folder("second");
    let first = specwright(&folder, &["generate", "fine.yaml"]).exit(0);
    assert!(
        summary(&first.out).contains(", 0 unchanged, 0 removed)"),
        "{}",
        first.out
    );
    let before = times(&folder.join("generated"));
    let second = specwright(&folder, &["generate", "fine.yaml"]).exit(0);
    assert!(
        summary(&second.out).contains("(0 written, "),
        "{}",
        second.out
    );
    assert_eq!(times(&folder.join("generated")), before);
    assert!(before.len() > 10);
}

fn times(folder: &Path) -> Vec<(String, SystemTime)> {
    texts(folder)
        .into_keys()
        .map(|path| {
            (
                path.clone(),
                fs::metadata(folder.join(&path))
                    .unwrap()
                    .modified()
                    .unwrap(),
            )
        })
        .collect()
}

#[test]
fn what_is_stale_goes_unless_somebody_changed_it() {
    let folder = folder("stale");
    fs::write(folder.join("fine.yaml"), FINE.replace("operationId: a", "operationId: a, tags: [one]") + "  /b: {get: {operationId: b, tags: [two], responses: {'204': {description: Done}}}}\n").unwrap();
    specwright(&folder, &["generate", "fine.yaml"]).exit(0);
    let out = folder.join("generated/fine");
    fs::write(out.join("client/src/two.rs"), "// mine\n").unwrap();
    fs::write(out.join("client/notes.txt"), "mine\n").unwrap();
    assert!(out.join("server/src/two.rs").exists());
    fs::write(
        folder.join("fine.yaml"),
        FINE.replace("operationId: a", "operationId: a, tags: [one]"),
    )
    .unwrap();
    let ran = specwright(&folder, &["generate", "fine.yaml"]).exit(0);
    assert!(ran.err.starts_with("note[SW0504]: `generated/fine/client/src/two.rs` is no longer generated but has been edited, so it is kept\n"), "{}", ran.err);
    assert!(
        !out.join("server/src/two.rs").exists() && !out.join("server/src/service/two.rs").exists()
    );
    assert_eq!(
        fs::read_to_string(out.join("client/src/two.rs")).unwrap(),
        "// mine\n"
    );
    assert_eq!(
        fs::read_to_string(out.join("client/notes.txt")).unwrap(),
        "mine\n"
    );
}

#[test]
fn what_people_wrote_is_written_over_only_by_force() {
    let folder = folder("force");
    specwright(&folder, &["generate", "fine.yaml"]).exit(0);
    let readme = folder.join("generated/fine/client/README.md");
    let ours = fs::read_to_string(&readme).unwrap();
    fs::write(&readme, "mine\n").unwrap();
    let stale = specwright(&folder, &["check", "fine.yaml"]).exit(1);
    assert!(stale.out.contains("-mine\n"), "{}", stale.out);
    let ran = specwright(&folder, &["generate", "fine.yaml"]).exit(1);
    assert!(ran.err.starts_with("error[SW0503]: `generated/fine/client/README.md` was written by specwright and has been edited since\n"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&readme).unwrap(), "mine\n");
    specwright(&folder, &["generate", "fine.yaml", "--force"]).exit(0);
    assert_eq!(fs::read_to_string(&readme).unwrap(), ours);
}

#[test]
fn dump_shows_every_stage() {
    let folder = folder("dump");
    for (stage, word) in [
        ("document", "Fine"),
        ("ir", "operation GET /a\n"),
        ("plan", "a A = GET /a\n"),
    ] {
        let ran = specwright(&folder, &["dump", stage, "fine.yaml"]).exit(0);
        assert!(
            ran.out.contains(word) && ran.err.is_empty(),
            "{stage}: {}{}",
            ran.out,
            ran.err
        );
        let ran = specwright(&folder, &["dump", stage, "fails.yaml"]).exit(1);
        assert!(ran.err.starts_with("error[SW0105]"), "{}", ran.err);
    }
    assert!(!folder.join("generated").exists());
}

#[test]
fn the_configuration_is_looked_for_where_people_put_it() {
    let folder = folder("configuration");
    let text = "[apis.one]\nspec = \"fine.yaml\"\n[apis.two]\nspec = \"warns.yaml\"\nout = \"elsewhere\"\nemit = [\"types\"]\n";
    fs::write(folder.join("specwright.toml"), text).unwrap();
    let ran = specwright(&folder, &[]).exit(0);
    assert_eq!(
        ran.out
            .lines()
            .map(|line| line.split(':').next().unwrap())
            .collect::<Vec<_>>(),
        ["one", "two"]
    );
    assert!(
        folder.join("generated/one/server/Cargo.toml").exists()
            && folder.join("elsewhere/types/Cargo.toml").exists()
    );
    assert!(!folder.join("elsewhere/client").exists());
    // The same from the parent directory, with the configuration in `specs/`; paths are relative to the configuration.
    let above = scratch("configuration-above");
    fs::rename(&folder, above.join("specs")).unwrap();
    let ran = specwright(&above, &["check"]).exit(0);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("--> specs/warns.yaml:2:"), "{}", ran.err);
    // And from another directory, by path.
    fs::create_dir(above.join("deep")).unwrap();
    let ran = specwright(
        &above.join("deep"),
        &["check", "--config", "../specs/specwright.toml"],
    )
    .exit(0);
    assert!(
        ran.err.contains("--> ../specs/warns.yaml:2:"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read_dir(above.join("deep")).unwrap().count(), 0);
}

/// Commands that read a description use the options with which `generate` reads it.
#[test]
fn descriptions_are_read_as_the_configuration_says() {
    let folder = scratch("settings");
    let spec = |schema: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{get: {{operationId: a, responses: {{'200': {{description: D, \
             content: {{application/json: {{schema: {{$ref: '{schema}'}}}}}}}}}}}}}}\n  /b: {{get: {{operationId: b, responses: {{'204': {{description: D}}}}}}}}\n"
        )
    };
    for sub in ["api", "shared"] {
        fs::create_dir(folder.join(sub)).unwrap();
    }
    let files = [
        ("shared/pet.yaml", "type: object\nproperties: {name: {type: string}}\n".to_owned()),
        ("api/root.yaml", spec("../shared/pet.yaml")),
        ("api/url.yaml", spec("https://x.example/pet.yaml")),
        ("index.yaml", "apis:\n- name: T\n  properties:\n  - {type: OpenAPI, url: https://x.example/api.yaml}\n".to_owned()),
        (
            "given.toml",
            "[urls]\n\"https://x.example/pet.yaml\" = \"shared/pet.yaml\"\n\"https://x.example/api.yaml\" = \"api/url.yaml\"\n\
             [apis.pets]\nspec = \"api/root.yaml\"\nroots = [\"shared\"]\nexclude = [\"b\"]\n"
                .to_owned(),
        ),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let (root, url) = ("api/root.yaml", "api/url.yaml");
    let commands = [
        vec!["report", root],
        vec!["dump", "ir", root],
        vec!["dump", "types", url],
        vec!["compare", root, url],
    ];
    for command in &commands {
        let ran = specwright(&folder, command).exit(1);
        let said = ran.out + &ran.err;
        assert!(said.contains("SW020"), "{command:?}: {said}");
        let given = [command.as_slice(), &["--config", "given.toml"]].concat();
        specwright(&folder, &given).exit(0);
    }
    let mapped = ["index", "index.yaml", "--config", "given.toml"];
    let listed = |arguments: &[&str]| specwright(&folder, arguments).exit(0).out;
    assert_ne!(listed(&mapped[..2]), listed(&mapped));
    // The configuration is found as by `generate`, and all options of the API apply.
    fs::rename(folder.join("given.toml"), folder.join("specwright.toml")).unwrap();
    for command in &commands {
        specwright(&folder, command).exit(0);
    }
    let plan = |spec| listed(&["dump", "plan", spec]);
    assert!(!plan(root).contains("GET /b") && plan(url).contains("GET /b"));
    specwright(&folder, &["dump", "ir", root, "--config", "none.toml"]).exit(1);
}

/// An error in one API doesn't keep the others from being written.
#[test]
fn each_api_is_a_run_of_its_own() {
    let folder = folder("several");
    fs::write(
        folder.join("specwright.toml"),
        "[apis.bad]\nspec = \"fails.yaml\"\n[apis.good]\nspec = \"fine.yaml\"\n",
    )
    .unwrap();
    let ran = specwright(&folder, &[]).exit(1);
    assert!(
        ran.out.starts_with("good: ") && ran.err.contains("bad: nothing written"),
        "{}{}",
        ran.out,
        ran.err
    );
    assert!(folder.join("generated/good").exists() && !folder.join("generated/bad").exists());
}

#[test]
fn the_repository_itself_is_clean() {
    let ran = specwright(&root(), &["check"]).exit(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    // Allowed messages are still shown by `report`.
    let spec = "specs/mattermost-oauth-swagger2/openapi.yaml";
    let report = specwright(&root(), &["report", spec]).exit(0).out;
    assert!(
        report.contains("\n  SW0121  10, allowed: it leaves out types; "),
        "{report}"
    );
}

#[test]
fn a_comparison_is_json_and_fails_if_asked() {
    let specs = [
        "specs/mattermost-oauth-swagger2/openapi.yaml",
        "specs/mattermost-oauth/openapi.yaml",
    ];
    let json = ["compare", specs[0], specs[1], "--message-format", "json"];
    let ran = specwright(&root(), &json).exit(0);
    let lines: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (totals, rows) = lines.split_last().unwrap();
    assert_eq!(rows.len(), 10, "{}", ran.out);
    assert_eq!(
        (&totals["only_b"], &totals["only_a"]),
        (&2.into(), &0.into())
    );
    assert_eq!(totals["a"], specs[0]);
    let of = |outcome: &str| rows.iter().filter(|row| row["outcome"] == outcome).count();
    assert_eq!(totals["different"], of("different"));
    let differs = rows.iter().find(|row| row["outcome"] == "different");
    let first = &differs.unwrap()["differences"][0];
    assert!(first["in"].is_string(), "{first}");

    let fails = ["compare", specs[0], specs[1], "--fail-on-difference"];
    specwright(&root(), &fails).exit(1);
    let same = ["compare", specs[0], specs[0], "--fail-on-difference"];
    specwright(&root(), &same).exit(0);
}

#[test]
fn two_variants_of_an_api_are_compared() {
    let specs = [
        "specs/mattermost-oauth-swagger2/openapi.yaml",
        "specs/mattermost-oauth/openapi.yaml",
    ];
    let ran = specwright(&root(), &["compare", specs[0], specs[1]]).exit(0);
    let rows: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains("/api/v4/") || line.contains("/.well-known/"))
        .collect();
    assert_eq!(rows.len(), 10, "{}", ran.out);
    let only: Vec<&str> = rows
        .iter()
        .filter(|row| row.ends_with("only in B"))
        .copied()
        .collect();
    assert!(
        only[0].starts_with("GET    /.well-known/oauth-authorization-server "),
        "{only:?}"
    );
    assert!(
        only[1].starts_with("POST   /api/v4/oauth/apps/register "),
        "{only:?}"
    );
    assert!(
        ran.out
            .ends_with("\n8 shared (0 same, 8 different), 0 only in A, 2 only in B\n"),
        "{}",
        ran.out
    );
}

#[test]
fn differences_are_listed_and_fail_when_asked() {
    let folder = scratch("diff");
    let old = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      responses: {204: {description: x}}\n  \
               /b: {$ref: 'parts/b.yaml'}\n";
    let part = "get: {operationId: b, responses: {204: {description: x}}}\n";
    fs::create_dir_all(folder.join("parts")).unwrap();
    fs::write(folder.join("a.yaml"), old).unwrap();
    fs::write(folder.join("parts/b.yaml"), part).unwrap();
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
        command.args(identity).args(arguments).current_dir(&folder);
        assert!(command.output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "a"]);
    fs::write(
        folder.join("a.yaml"),
        old.replace("operationId: a", "operationId: c"),
    )
    .unwrap();
    fs::write(
        folder.join("parts/b.yaml"),
        part.replace("{description: x}", "{description: y}"),
    )
    .unwrap();
    let diff = ["diff", "git:HEAD:a.yaml", "a.yaml"];
    let ran = specwright(&folder, &diff).exit(0);
    assert!(ran.out.contains("info[operation-id-changed]: GET /a: the operationId changed: c, was a\n  --> git:HEAD:a.yaml:5:5\n  ::: a.yaml:5:5\n"), "{}", ran.out);
    assert!(ran.out.contains("GET /b, response 204 (response): the description of the response changed\n  --> git:HEAD:parts/b.yaml:1:"), "{}", ran.out);
    let with = |more: &[&'static str]| [&diff[..], more].concat();
    for (verdict, code) in [
        ("wire:breaking", 0),
        ("wire:warning", 0),
        ("rust:major", 1),
        ("wire:info", 1),
        ("wire:none", 2),
    ] {
        specwright(&folder, &with(&["--fail-on", verdict])).exit(code);
    }
    let ignore = "[[ignore]]\nrule = \"operation-id-changed\"\nplace = \"GET /a\"\nreason = \"nobody uses it\"\n";
    fs::write(folder.join("ignore.toml"), ignore).unwrap();
    specwright(
        &folder,
        &with(&["--fail-on", "rust:major", "--ignore", "ignore.toml"]),
    )
    .exit(0);
    let json = specwright(&folder, &with(&["--message-format", "json"])).exit(0);
    assert!(
        json.out
            .lines()
            .all(|line| line.starts_with("{\"reason\":")),
        "{}",
        json.out
    );
    let wrong = specwright(&folder, &["diff", "git:HEAD:none.yaml", "a.yaml"]).exit(1);
    assert!(wrong.err.contains("SW0844"), "{}", wrong.err);
}

#[test]
fn an_index_is_matched_to_the_description_beside_it() {
    let ran = specwright(
        &root(),
        &["index", "specs/mattermost-oauth-swagger2/apis.yaml"],
    )
    .exit(0);
    assert!(
        ran.out.contains("\noauthapps-post\n") && ran.out.contains("POST /oauth/apps"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .ends_with("\n8 of 8 APIs match operations of openapi.yaml\n"),
        "{}",
        ran.out
    );
}

/// Whichever comes last, all succeed, and the directory contains the output of one of them.
#[test]
fn runs_at_once_in_one_folder_wait_for_one_another() {
    let folder = folder("at-once");
    let other = FINE.replace("/a: {get: {operationId: a", "/b: {get: {operationId: b");
    fs::write(folder.join("other.yaml"), other).unwrap();
    let generate = |spec| ["generate", spec, "--name", "one", "--out", "out"];
    let check = |spec| specwright(&folder, &["check", spec, "--name", "one", "--out", "out"]);
    for round in 0..12 {
        std::thread::scope(|scope| {
            let runs = ["fine.yaml", "other.yaml", "fine.yaml", "other.yaml"].map(|spec| {
                let folder = &folder;
                scope.spawn(move || specwright(folder, &generate(spec)))
            });
            for run in runs {
                let ran = run.join().unwrap().exit(0);
                assert!(!ran.err.contains("SW0"), "round {round}: {}", ran.err);
            }
        });
        let fresh = ["fine.yaml", "other.yaml"].map(|spec| check(spec).code == Some(0));
        assert!(fresh[0] != fresh[1], "round {round}: {fresh:?}");
        if round % 3 == 0 {
            fs::remove_dir_all(folder.join("out")).unwrap();
        }
    }
}

#[test]
fn a_folder_is_for_one_api() {
    let folder = folder("one-api");
    let run = |arguments: &[&str]| specwright(&folder, &[arguments, &["--out", "out"]].concat());
    run(&["generate", "fine.yaml"]).exit(0);
    let before = texts(&folder.join("out"));
    for command in ["generate", "check"] {
        let ran = run(&[command, "warns.yaml"]).exit(1);
        let said = "error[SW0508]: `out` contains the crates of `fine`, not of `warns`\n";
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    assert_eq!(texts(&folder.join("out")), before);
    run(&["generate", "warns.yaml", "--name", "fine"]).exit(0);
    let ran = run(&["generate", "fails.yaml", "--force"]).exit(1);
    assert!(!ran.err.contains("SW0508"), "{}", ran.err);
    run(&["generate", "warns.yaml", "--force"]).exit(0);
    run(&["check", "warns.yaml"]).exit(0);
}

/// Entries that match nothing are reported with their place, and are errors if warnings are.
#[test]
fn types_of_the_users_own_are_checked_where_they_are_said() {
    let folder = folder("own-types");
    let spec = "openapi: 3.0.3\ninfo: {title: Own, version: 1.0.0}\npaths: {}\ncomponents:\n  schemas:\n    Money: {type: string}\n    \
        Pet: {type: object, properties: {at: {type: string, format: date-time}}}\n    Word: {type: string}\n";
    fs::write(folder.join("own.yaml"), spec).unwrap();
    let run = |config: &str, exit: i32| {
        let config = format!("[apis.own]\nspec = \"own.yaml\"\n{config}");
        fs::write(folder.join("specwright.toml"), config).unwrap();
        specwright(&folder, &[]).exit(exit).err
    };
    let unmatched = run(
        "[apis.own.types]\nMony = \"uuid::Uuid\"\nWord = { derives = [\"Ord\"] }\n[apis.own.formats]\nuuid = \"uuid::Uuid\"\n",
        0,
    );
    for words in [
        "warning[SW0718]: `types` lists `Mony`, but there is no schema of this name\n --> specwright.toml:4:1\n",
        "warning[SW0718]: `types` lists `Word`, but the schema is no struct and no enum in Rust\n --> specwright.toml:5:1\n",
        "warning[SW0718]: `formats` lists `uuid`, but no schema has this format\n --> specwright.toml:7:1\n",
    ] {
        assert!(unmatched.contains(words), "{words}\n{unmatched}");
    }
    let undeclared = run(
        "derives = [\"schemars::JsonSchema\"]\n[apis.own.types]\nMoney = \"a::Money\"\n[apis.own.formats]\n\
         date-time = { type = \"uuid::Uuid\", with = \"b::c\" }\n[apis.own.dependencies]\nd = \"1\"\n",
        1,
    );
    for words in [
        "error[SW0717]: `schemars::JsonSchema` belongs to the package `schemars`, which isn't declared in `dependencies`\n --> specwright.toml:3:12\n",
        "error[SW0717]: `a::Money` belongs to the package `a`, which isn't declared in `dependencies`\n --> specwright.toml:5:1\n",
        "error[SW0717]: `b::c` belongs to the package `b`, which isn't declared in `dependencies`\n --> specwright.toml:7:1\n",
    ] {
        assert!(undeclared.contains(words), "{words}\n{undeclared}");
    }
    let wrong = run("[apis.own.types]\nMoney = \"&str\"\n", 1);
    assert!(
        wrong.contains(
            "error[SW0716]: `&str` is not what is expected here: only the path of a type"
        ),
        "{wrong}"
    );
    // The manifest has the given keys, and a path relative to the package.
    run(
        "[apis.own.types]\nMoney = \"a_b::Money\"\n[apis.own.dependencies]\na-b = { path = \"a\", version = \"1\", features = [\"c\"] }\n",
        0,
    );
    let manifest = fs::read_to_string(folder.join("generated/own/types/Cargo.toml")).unwrap();
    let line = "a-b = { version = \"1\", path = \"../../../a\", features = [\"c\"] }\n";
    assert!(manifest.contains(line), "{manifest}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn entries_of_the_configuration_that_match_nothing_are_warned_of() {
    let folder = folder("unmatched");
    for sub in ["shared", "unused"] {
        fs::create_dir(folder.join(sub)).unwrap();
    }
    fs::write(folder.join("shared/pet.yaml"), "type: string\n").unwrap();
    let two = "openapi: 3.0.3\ninfo: {title: Two, version: 1.0.0}\npaths:\n  /pets: {get: {operationId: listPets, responses: {'200': {description: D, \
        content: {application/json: {schema: {$ref: 'https://x.example/pet.yaml'}}}}}}}\n";
    fs::write(folder.join("two.yaml"), two).unwrap();
    let config = "[urls]\n\"https://x.example/\" = \"shared\"\n\"https://y.example/\" = \"shared\"\n[apis.one]\nspec = \"fine.yaml\"\n\
        exclude = [\"listPest\", \"GET /a\"]\n[apis.two]\nspec = \"two.yaml\"\nexclude = [\"listPest\"]\nroots = [\"unused\"]\nwords = [\"OAuth\", \"Pets\"]\n";
    fs::write(folder.join("specwright.toml"), config).unwrap();
    let ran = specwright(&folder, &[]).exit(0);
    let wanted = [
        "warning[SW0705]: `exclude` lists `listPest`, but there is no such operation\n --> specwright.toml:6:12\n",
        "warning[SW0705]: `exclude` lists `listPest`, but there is no such operation\n --> specwright.toml:9:12\n",
        "help: did you mean `listPets`? an entry",
        "warning[SW0706]: `roots` lists `unused`, but no file is read from it\n  --> specwright.toml:10:10\n",
        "warning[SW0708]: `words` lists `OAuth`, but no name contains it\n  --> specwright.toml:11:10\n",
        "warning[SW0707]: `[urls]` maps `https://y.example/`, but nothing refers to it\n --> specwright.toml:3:1\n",
    ];
    for words in wanted {
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
    assert_eq!(ran.err.matches("warning[SW070").count(), 5, "{}", ran.err);
    let record = fs::read_to_string(folder.join("generated/two/.specwright.json")).unwrap();
    assert!(!record.contains("specwright.toml"), "{record}");
    specwright(&folder, &["--strict"]).exit(1);
    // Messages that belong to no API have levels too.
    let leveled = |level: &str, flags: &[&str], exit: i32| {
        let lints = format!("\n[lints]\nSW0707 = \"{level}\"\n");
        fs::write(folder.join("specwright.toml"), format!("{config}{lints}")).unwrap();
        specwright(&folder, flags).exit(exit).err
    };
    let allowed = leveled("allow", &[], 0);
    assert!(
        !allowed.contains("SW0707") && !allowed.contains("SW0712"),
        "{allowed}"
    );
    assert!(leveled("deny", &[], 1).contains("error[SW0707]"));
    assert!(leveled("deny", &["--warn", "SW0707"], 0).contains("warning[SW0707]"));
    // If every URL is used, allowing the code has no effect.
    let used = config.replace("\"https://y.example/\" = \"shared\"\n", "");
    let lints = "\n[lints]\nSW0707 = \"allow\"\n";
    fs::write(folder.join("specwright.toml"), format!("{used}{lints}")).unwrap();
    let ran = specwright(&folder, &[]).exit(0);
    assert!(ran.err.contains("SW0707 is allowed but didn't occur"));
}

#[test]
fn a_description_comes_from_standard_input() {
    let folder = folder("stdin");
    let input = |text: &str| {
        fs::write(folder.join("input"), text).unwrap();
        fs::File::open(folder.join("input")).unwrap()
    };
    let generate = ["generate", "-", "--name", "fine"];
    specwright_reading(&folder, &generate, input(FINE)).exit(0);
    let record = fs::read_to_string(folder.join("generated/fine/.specwright.json")).unwrap();
    assert!(record.contains("\"<standard input>\": \""), "{record}");
    let ran = specwright_reading(&folder, &generate, input(FAILS)).exit(1);
    assert!(
        ran.err
            .contains(" --> <standard input>:4:48\n  |\n4 |   /a: {get:"),
        "{}",
        ran.err
    );
}

#[test]
fn a_url_is_read_from_the_file_that_stands_for_it() {
    let folder = folder("url");
    let config = "[urls]\n\"https://x.example/api.yaml\" = \"fine.yaml\"\n[apis.one]\nspec = \"https://x.example/api.yaml\"\n";
    fs::write(folder.join("specwright.toml"), config).unwrap();
    let ran = specwright(&folder, &["--strict"]).exit(0);
    assert!(ran.out.starts_with("one: 1 operation"), "{}", ran.out);
    specwright(&folder, &["report", "https://x.example/api.yaml"]).exit(0);
}

/// Text of a description never controls the terminal, and JSON output is equivalent.
#[test]
fn results_steer_no_terminal() {
    let folder = scratch("steer");
    let spec = "openapi: 3.0.3\ninfo: {title: \"T\\u202e\\u061c\\e[31m\", version: '1'}\npaths:\n  \"/a\\u009b\": {get: {operationId: \"a\\u200f\\x7f\", \
        responses: {'204': {description: Done}}}}\ncomponents: {schemas: {\"X\\u2066\": {type: object}}}\n";
    fs::write(folder.join("t.yaml"), spec).unwrap();
    let commands: [&[&str]; 10] = [
        &["dump", "document", "t.yaml"],
        &["dump", "ir", "t.yaml"],
        &["dump", "plan", "t.yaml"],
        &["dump", "types", "t.yaml"],
        &["compare", "t.yaml", "t.yaml"],
        &["diff", "t.yaml", "t.yaml", "--format", "markdown"],
        &["report", "t.yaml"],
        &["report", "t.yaml", "--message-format", "json"],
        &["generate", "t.yaml", "--message-format", "json"],
        &["check", "t.yaml", "--out", "none"],
    ];
    for command in commands {
        let ran = specwright(&folder, command);
        let said = ran.out + &ran.err;
        let hidden = |c: &char| specwright::hidden::is_hidden(*c) && !"\n\t".contains(*c);
        assert_eq!(said.chars().find(hidden), None, "{command:?}: {said:?}");
        if command.contains(&"json") || command.contains(&"types") {
            for line in said.lines() {
                serde_json::from_str::<Value>(line).unwrap();
            }
        }
    }
}

#[test]
fn codes_are_explained() {
    let folder = folder("explain");
    let page = specwright(&folder, &["explain", "sw0121"]).exit(0);
    let begin = "SW0121: a parameter without a type\n\nA warning: ";
    assert!(page.out.starts_with(begin), "{}", page.out);
    assert!(
        page.out.contains("\n  openapi: 3.0.3\n") && !page.out.contains("```"),
        "{}",
        page.out
    );
    let two = specwright(&folder, &["explain", "SW0202", "SW0121"]).exit(0);
    assert!(two.out.starts_with("SW0202: ") && two.out.ends_with(&format!("\n\n{}", page.out)));
    let list = specwright(&folder, &["explain", "--list"]).exit(0);
    let row = "SW0121  warning  a parameter without a type\n";
    assert!(list.out.contains(row), "{}", list.out);
    let json = specwright(&folder, &["explain", "SW0121", "--message-format", "json"]).exit(0);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["code"], "SW0121");
    assert!(json["markdown"].as_str().unwrap().starts_with("# SW0121: "));
    let unknown = specwright(&folder, &["explain", "SW0221"]).exit(2);
    assert!(
        unknown
            .err
            .contains("unknown code `SW0221`; did you mean `SW0121`?"),
        "{}",
        unknown.err
    );
    specwright(&folder, &["explain"]).exit(2);
}

/// Who reads messages from a file or a pipe gets no hints for people at a terminal.
#[test]
fn what_explains_codes_is_said_on_a_terminal_only() {
    let folder = folder("explain-hint");
    for file in ["warns.yaml", "fails.yaml"] {
        let ran = specwright(&folder, &["generate", file]);
        assert!(!ran.err.contains("specwright explain"), "{}", ran.err);
    }
}

/// What comes of a description, its overlays and the choice of operations can be looked at.
#[test]
fn the_effective_description_is_printed() {
    let folder = folder("effective");
    let spec = "openapi: 3.1.0\ninfo: {title: Two, version: 1.0.0}\npaths:\n  \
                /pets: {get: {operationId: getPets, tags: [pets], responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}\n  \
                /toys: {get: {operationId: getToys, tags: [toys], responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Toy'}}}}}}}\n\
                components: {schemas: {Pet: {type: string}, Toy: {type: string}, Unused: {type: string}}}\n";
    fs::write(folder.join("two.yaml"), spec).unwrap();
    let overlay = |name: &str, actions: &str| {
        let text = format!("overlay: 1.1.0\ninfo: {{title: O, version: '1'}}\nactions:\n{actions}");
        fs::write(folder.join(name), text).unwrap();
    };
    overlay(
        "a.yaml",
        "  - {target: $.info, update: {title: Mended}}\n  - {target: $.none, remove: true}\n",
    );
    overlay("b.yaml", "  - {target: $.info, update: {title: Twice}}\n");
    let config =
        "[apis.two]\nspec = \"two.yaml\"\noverlays = [\"a.yaml\"]\ninclude = [\"tag:*\"]\n";
    fs::write(folder.join("specwright.toml"), config).unwrap();
    let upgraded = |flags: &[&str]| {
        let ran = specwright(&folder, &[&["upgrade", "two.yaml"], flags].concat()).exit(0);
        assert!(
            ran.err
                .contains("warning[SW0862]: `$.none` selects nothing")
                && ran.err.contains("--> a.yaml:5:"),
            "{}",
            ran.err
        );
        ran.out
    };
    let has = |text: &str, words: &[&str]| {
        words
            .iter()
            .map(|one| text.contains(one))
            .collect::<Vec<_>>()
    };
    let words = [
        "title: Mended",
        "title: Twice",
        "getPets",
        "getToys",
        "Toy:",
        "Unused:",
    ];
    assert_eq!(
        has(&upgraded(&[]), &words),
        [true, false, true, true, true, true]
    );
    let chosen = upgraded(&["--overlays", "b.yaml", "--exclude", "/toys"]);
    assert_eq!(
        has(&chosen, &words),
        [false, true, true, false, false, true]
    );
    // Bundles and reports are of the same description, and what was read of overlays is recorded.
    let bundled = specwright(&folder, &["bundle", "two.yaml"]).exit(0);
    assert!(bundled.out.contains("title: Mended"), "{}", bundled.out);
    specwright(&folder, &["generate", "--set", "prune=true"]).exit(2);
    specwright(&folder, &["generate"]).exit(0);
    let record = fs::read_to_string(folder.join("generated/two/.specwright.json")).unwrap();
    assert!(
        record.contains("\"a.yaml\"") && record.contains("\"two.yaml\""),
        "{record}"
    );
    let flags = [
        "generate",
        "two.yaml",
        "--exclude=tag:toys",
        "--prune=true",
        "--overlays=b.yaml",
    ];
    specwright(&folder, &flags).exit(0);
    let types = fs::read_to_string(folder.join("generated/two/types/src/models.rs"));
    let types = types.unwrap_or_default();
    assert!(
        !types.contains("Toy") && !types.contains("Unused"),
        "{types}"
    );
    // Differences are those that authors have made.
    let same = ["compare", "two.yaml", "two.yaml", "--fail-on-difference"];
    let same = specwright(&folder, &same).exit(0);
    assert!(!same.err.contains("SW0862"), "{}", same.err);
    // An overlay that isn't there is told, and nothing is written.
    let missing = ["generate", "two.yaml", "--overlays=none.yaml"];
    let missing = specwright(&folder, &missing).exit(1);
    assert!(
        missing.err.contains("error[SW0001]") && missing.err.contains("none.yaml"),
        "{}",
        missing.err
    );
}
