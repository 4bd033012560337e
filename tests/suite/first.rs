//! The first minute with the command: a configuration to begin with, and what every command line is expected to have.

use crate::check::scratch;
use crate::command::{Ran, on_terminal, program, run, specwright, specwright_reading};
use serde_json::Value;
use std::fs::{self, File};
use std::path::PathBuf;

const PETS: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\npaths:\n  /a: {get: {operationId: a, responses: {'204': {description: Done}}}}\n  /b: {get: {operationId: b, responses: {'204': {description: Done}}}}\n";
const WARNS: &str = "openapi: 3.0.3\ninfo: {title: Warns}\npaths: {}\ncomponents: {schemas: {A: {type: string, format: odd}}}\n";

fn folder(name: &str) -> PathBuf {
    let folder = scratch(name);
    for (path, text) in [
        ("specs/pets.yaml", PETS),
        (
            "specs/shop/openapi.json",
            "{\"swagger\": \"2.0\", \"info\": {\"title\": \"S\", \"version\": \"1\"}, \"paths\": {}}",
        ),
        ("specs/parts.yaml", "Pet: {type: object}\n"),
        ("target/old.yaml", PETS),
        (".hidden/old.yaml", PETS),
        ("package.json", "{\"dependencies\": {\"swagger\": \"2.0\"}}"),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn init_writes_what_generate_reads() {
    let folder = folder("init");
    let none = specwright(&folder, &[]).exit(1);
    assert!(
        none.err.starts_with("error[SW0703]") && none.err.contains("`specwright init`"),
        "{}",
        none.err
    );
    // `package.json` says so, too, but describes nothing.
    fs::remove_file(folder.join("package.json")).unwrap();
    let ran = specwright(&folder, &["init"]).exit(0);
    assert_eq!(
        ran.out,
        "specwright.toml: specs/pets.yaml as `pets`\nspecwright.toml: specs/shop/openapi.json as `shop`\n"
    );
    assert_eq!(ran.err, "next: `specwright generate` writes the crates\n");
    let text = fs::read_to_string(folder.join("specwright.toml")).unwrap();
    assert!(
        text.starts_with("#:schema ./specwright.schema.json\n"),
        "{text}"
    );
    let schema = fs::read_to_string(folder.join("specwright.schema.json")).unwrap();
    let printed = specwright(&folder, &["schema"]).exit(0).out;
    assert_eq!(schema, printed);
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(schema["required"][0], "apis");

    let ran = specwright(&folder, &[]).exit(0);
    assert!(ran.out.starts_with("pets: 2 operations"), "{}", ran.out);
    for line in [
        "next: depend on packages; ",
        "  pets-client = { path = \"generated/pets/client\" }\n",
        "  shop-types = { path = \"generated/shop/types\" }\n",
    ] {
        assert!(ran.err.contains(line), "{line}\n{}", ran.err);
    }
    // What it has written isn't found again.
    fs::remove_file(folder.join("specwright.toml")).unwrap();
    let some = [
        "init",
        "specs/pets.yaml",
        "--name",
        "zoo",
        "--out",
        "crates",
        "--no-schema",
    ];
    specwright(&folder, &some).exit(0);
    let text = fs::read_to_string(folder.join("specwright.toml")).unwrap();
    let api = "[apis.zoo]\nspec = \"specs/pets.yaml\"\nout = \"crates/zoo\"\n";
    assert!(
        text.starts_with("# `specwright generate`") && text.contains(api),
        "{text}"
    );
}

#[test]
fn a_configuration_is_never_overwritten() {
    let folder = scratch("init-wrong");
    let told = |arguments: &[&str], code: &str| {
        let ran = specwright(&folder, arguments).exit(1);
        assert!(
            ran.err.starts_with(&format!("error[{code}]: ")),
            "{}",
            ran.err
        );
    };
    told(&["init"], "SW0815");
    told(&["init", "none.yaml"], "SW0001");
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    told(&["init", "pets.yaml", "--name", "1"], "SW0704");
    fs::write(folder.join("specwright.toml"), "mine").unwrap();
    told(&["init"], "SW0814");
    assert_eq!(
        fs::read_to_string(folder.join("specwright.toml")).unwrap(),
        "mine"
    );
}

#[test]
fn each_key_of_the_configuration_is_a_flag() {
    let folder = folder("flags");
    let spec = ["generate", "specs/pets.yaml", "--emit", "types,client"];
    let generate =
        |flags: &[&str], expected| specwright(&folder, &[&spec, flags].concat()).exit(expected);
    let ran = generate(
        &[
            "--exclude=GET /a",
            "--package-version=2.1.0",
            "--license=MIT",
            "--derives=PartialOrd",
            "--retries=b=false",
            "--pagination=b=false",
            "--features=false",
            "--unknown-fields=keep",
            "--idempotency-key=X-Key",
            "--words=GraphQL,OAuth",
            "--docs-url=https://x/{operationId}",
            "--env-prefix=ACME",
            "--set=operations.b.time-limit=2",
            "--formats=uuid=uuid::Uuid",
        ],
        0,
    );
    assert!(ran.out.starts_with("pets: 1 operation, "), "{}", ran.out);
    let manifest = fs::read_to_string(folder.join("generated/pets/client/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("version = \"2.1.0\"") && manifest.contains("license = \"MIT\""),
        "{manifest}"
    );
    assert!(!folder.join("generated/pets/server").exists());
    // They are read as a file is, with its messages.
    let ran = generate(&["--package-version=2"], 1);
    assert!(
        ran.err.contains("`2` is not a version") && ran.err.contains("--> command line:"),
        "{}",
        ran.err
    );
    for prefix in ["1A", "A-B", ""] {
        let ran = generate(&[&format!("--env-prefix={prefix}")], 1);
        let said = format!("`{prefix}` is not what environment variables begin with");
        assert!(ran.err.contains(&said), "{}", ran.err);
    }
    let ran = generate(&["--set=nonsense=1"], 1);
    assert!(ran.err.contains("unknown field `nonsense`"), "{}", ran.err);
    let ran = generate(&["--retries=b"], 1);
    assert!(
        ran.err.contains("expected a name, `=` and a value"),
        "{}",
        ran.err
    );
    // Without a description they would have to mean all APIs.
    specwright(&folder, &["generate", "--license=MIT"]).exit(2);
}

#[test]
fn dependencies_are_added_to_a_manifest() {
    let folder = folder("add-to");
    let app = folder.join("app/Cargo.toml");
    fs::create_dir(folder.join("app")).unwrap();
    fs::write(&app, "[package]\nname = \"app\" # mine\n").unwrap();
    let generate = ["generate", "specs/pets.yaml", "--add-to", "app/Cargo.toml"];
    let ran = specwright(&folder, &generate).exit(0);
    assert_eq!(ran.err, "app/Cargo.toml: added `pets-client`\n");
    let text = fs::read_to_string(&app).unwrap();
    let added = "\n[dependencies]\npets-client = { path = \"../generated/pets/client\" }\n";
    assert_eq!(text, format!("[package]\nname = \"app\" # mine\n{added}"));
    assert_eq!(specwright(&folder, &generate).exit(0).err, "");
    fs::write(&app, "[package]\n[dependencies]\npets-client = \"1\"\n").unwrap();
    let ran = specwright(&folder, &generate).exit(1);
    assert!(ran.err.starts_with("error[SW0816]: "), "{}", ran.err);
}

#[test]
fn output_is_as_loud_as_it_is_wanted() {
    let folder = scratch("loud");
    fs::create_dir(folder.join("in")).unwrap();
    fs::write(folder.join("in/warns.yaml"), WARNS).unwrap();
    let run = |flags: &[&str]| {
        specwright(
            &folder,
            &[&["--root", "in", "generate", "warns.yaml"], flags].concat(),
        )
        .exit(0)
    };
    let Ran { out, err, .. } = run(&["-v"]);
    assert!(out.starts_with("warns: "), "{out}");
    assert!(
        err.contains("note[SW0307]") && err.contains("wrote generated/warns/types/Cargo.toml\n"),
        "{err}"
    );
    assert!(folder.join("in/generated/warns").exists());
    let Ran { out, err, .. } = run(&["-q"]);
    assert_eq!(out, "");
    assert!(
        err.starts_with("warning[SW0124]") && !err.contains("note"),
        "{err}"
    );
    assert!(!err.contains('\u{1b}'));
    let coloured = run(&["--color=always"]).err;
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    assert!(!run(&["--color=never"]).err.contains('\u{1b}'));
    specwright(&folder, &["--root", "none", "generate"]).exit(2);
    specwright(&folder, &["-q", "-v"]).exit(2);
    // Standard input is a description, too.
    let input = File::open(folder.join("in/warns.yaml")).unwrap();
    let ran = specwright_reading(&folder, &["generate", "-", "--name=piped"], input).exit(0);
    assert!(ran.out.starts_with("piped: "), "{}", ran.out);
}

#[test]
fn shells_and_manuals_know_the_command() {
    let folder = scratch("shells");
    for (shell, text) in [
        ("bash", "_specwright()"),
        ("zsh", "#compdef specwright"),
        ("fish", "complete -c specwright"),
    ] {
        let ran = specwright(&folder, &["completions", shell]).exit(0);
        assert!(
            ran.out.contains(text) && ran.out.contains("upgrade"),
            "{shell}"
        );
    }
    let ran = specwright(&folder, &["man"]).exit(0);
    assert!(ran.out.contains(".TH specwright 1"), "{}", ran.out);
    specwright(&folder, &["man", "--dir", "."]).exit(0);
    assert!(folder.join("specwright-generate.1").exists());
}

/// Here what takes long is whoever writes the description.
#[test]
fn a_terminal_shows_that_something_is_done_after_a_second() {
    let folder = folder("progress");
    let specwright = program().display();
    let generate = format!("{specwright} generate - --name pets --out out");
    let ran = |line: &str| {
        let mut command = on_terminal(line)?;
        command.env("TERM", "xterm").env("SPECWRIGHT_CACHE", "");
        Some(run(command.current_dir(&folder)).out)
    };
    let slow = format!("(sleep 1.5; cat specs/pets.yaml) | {generate}");
    let Some(slow) = ran(&slow) else {
        println!("skipped: nothing here makes a terminal");
        return;
    };
    assert!(slow.contains("generating pets (1s)"), "{slow:?}");
    // It leaves nothing behind: what follows begins with an empty line.
    let (_, after) = slow.rsplit_once("generating pets (").unwrap();
    let (rest, after) = after.split_once("\r\u{1b}[2K").unwrap();
    assert!(
        !rest.contains('\n') && after.contains("pets: 2 operations"),
        "{slow:?}"
    );
    let quick = ran(&format!("{generate} < specs/pets.yaml")).unwrap();
    assert!(!quick.contains("generating"), "{quick:?}");
    let quiet = ran(&format!(
        "(sleep 1.5; cat specs/pets.yaml) | {generate} --quiet"
    ))
    .unwrap();
    assert_eq!(quiet, "");
}
