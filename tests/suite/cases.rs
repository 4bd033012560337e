//! The IR, the plan, the messages and every generated file for each directory of `cases`, as snapshots next to the description. Directories
//! named `invalid-…` belong to `diagnostics.rs`.

use crate::check::Job;
use crate::snapshot::Snapshots;
use specwright::pipeline::Stage;
use std::fs;

macro_rules! cases {
    ($($test:ident = $folder:literal,)*) => {
        $(
            #[test]
            fn $test() {
                snapshots($folder);
            }
        )*

        /// The cases with output.
        pub(crate) const ALL: &[&str] = &[$($folder),*];
    };
}

cases! {
    all_of = "all-of",
    binary = "binary",
    bodies = "bodies",
    choices = "choices",
    chosen = "chosen",
    circular = "circular",
    command_line = "command-line",
    constraints = "constraints",
    containers = "containers",
    defaults = "defaults",
    direction = "direction",
    docs = "docs",
    enums = "enums",
    env_prefix = "env-prefix",
    errors = "errors",
    events = "events",
    features = "features",
    features_untyped = "features-untyped",
    files = "files",
    files_swagger2 = "files-swagger2",
    formats = "formats",
    groups = "groups",
    inheritance = "inheritance",
    lenient = "lenient",
    limits = "limits",
    links = "links",
    lists = "lists",
    logging_in = "logging-in",
    long_running = "long-running",
    maps = "maps",
    mcp = "mcp",
    media_types = "media-types",
    merge_patch = "merge-patch",
    methods = "methods",
    misspelled = "misspelled",
    names = "names",
    nesting = "nesting",
    no_operation_ids = "no-operation-ids",
    no_operations = "no-operations",
    null_bodies = "null-bodies",
    operation_groups = "operation-groups",
    overlaid = "overlaid",
    overlaps = "overlaps",
    own_types = "own-types",
    page_hints = "page-hints",
    pages = "pages",
    parameters = "parameters",
    path_keys = "path-keys",
    patterns = "patterns",
    presence = "presence",
    recursion = "recursion",
    repairs = "repairs",
    required_by_name = "required-by-name",
    required_headers = "required-headers",
    responses = "responses",
    retries = "retries",
    rules = "rules",
    scripts = "scripts",
    security = "security",
    security_none = "security-none",
    senders_only = "senders-only",
    served_document = "served-document",
    shared_types = "shared-types",
    skipped = "skipped",
    spellings = "spellings",
    string_enums = "string-enums",
    swagger2 = "swagger2",
    tags = "tags",
    taken_names = "taken-names",
    tuples = "tuples",
    unchecked = "unchecked",
    unions = "unions",
    unsupported = "unsupported",
    webhooks = "webhooks",
    wire = "wire",
    xml = "xml",
}

#[test]
fn every_folder_is_a_case() {
    let folders = fs::read_dir("cases")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut folders: Vec<_> = folders
        .filter(|name| !name.starts_with("invalid-"))
        .collect();
    folders.sort();
    assert_eq!(folders, ALL);
}

fn snapshots(case: &str) {
    let checked = Job::case(case).check();
    let mut snapshots = Snapshots::new(&format!("cases/{case}"));
    snapshots.check("diagnostics", &checked.messages);
    snapshots.check("ir", &checked.dump(Stage::Ir).unwrap());
    if checked.files.is_some() {
        snapshots.check("plan", &checked.dump(Stage::Plan).unwrap());
    }
    for (path, text) in checked.generated() {
        // `client/src/pets.rs` is in `client.pets.rs.snap`.
        snapshots.check(&path.replace("/src/", "/").replace('/', "."), text);
    }
    snapshots.finish();
}

#[test]
fn examples_stand_in_the_readme_word_for_word() {
    let mut found = 0;
    for case in ALL {
        let checked = Job::case(case).check();
        let Some(files) = &checked.files else {
            continue;
        };
        for (path, text) in files.iter() {
            if let Some((package, "basic.rs")) = path.as_str().split_once("/examples/") {
                let readme = files.get(&format!("{package}/README.md")).unwrap();
                let code = text.split_once("\n\n").unwrap().1;
                assert!(readme.contains(code), "{case}: {path}");
                found += 1;
            }
        }
    }
    assert!(found > 20, "{found}");
}

/// What reads least is shown, and groups that read nothing have none.
#[test]
fn groups_have_examples_of_what_they_read() {
    let checked = Job::case("features").check();
    let files = checked.files.as_ref().unwrap();
    let cats = files.get("client/examples/cats.rs").unwrap();
    assert_eq!(
        cats,
        "//! Reads from the group `cats` and prints the results.\n//!\n\
         //! Server and credentials come from the environment, see `Client::from_env`.\n\n\
         use features_client::Client;\n\n\
         #[tokio::main(flavor = \"current_thread\")]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {\n    \
             let client = Client::from_env()?;\n    \
             let result = client.cats().list_cats().await?;\n    \
             println!(\"{result:?}\");\n    \
             Ok(())\n}\n"
    );
    let dogs = files.get("client/examples/dogs.rs").unwrap();
    assert!(
        dogs.contains("client.dogs().get_dog(\"name\").await?"),
        "{dogs}"
    );
    let manifest = files.get("client/Cargo.toml").unwrap();
    let needed = "[[example]]\nname = \"cats\"\nrequired-features = [\"reqwest\", \"cats\"]\n";
    assert!(manifest.contains(needed), "{manifest}");
    let examples = files
        .iter()
        .filter(|(path, _)| path.as_str().starts_with("client/examples/"));
    assert_eq!(examples.count(), 3, "basic, cats, dogs");
}
