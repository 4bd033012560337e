//! Packages that use generated code like another project would. `tests/consumers` is a workspace of its own, as the main one must work
//! without `generated/`.
//!
//! They are compiled below the target directory, so that the next run only compiles what changed.

use crate::check::root;
use crate::command::{run, target_dir};
use crate::workspace::cargo;

#[test]
fn a_provider_and_its_callers_work_with_the_crates_for_mattermost() {
    passes_its_tests("consumer-mattermost");
}

#[test]
fn a_package_works_whose_build_script_writes_its_modules() {
    passes_its_tests("consumer-build-script");
}

#[test]
fn types_take_the_json_that_their_schemas_take() {
    passes_its_tests("consumer-schemas");
}

#[test]
fn client_and_server_speak_xml_as_the_specification_shows_it() {
    passes_its_tests("consumer-xml");
}

#[test]
fn client_and_server_agree_on_what_is_rare_on_the_wire() {
    passes_its_tests("consumer-wire");
}

/// One package at a time: built together, both would build specwright and its dependencies with features that only the other one needs.
#[track_caller]
fn passes_its_tests(package: &str) {
    let mut test = cargo("test");
    // The lock file must not be changed.
    test.args([
        "--quiet",
        "--locked",
        "--package",
        package,
        "--manifest-path",
    ])
    .arg(root().join("tests/consumers/Cargo.toml"));
    test.arg("--target-dir").arg(target_dir().join("consumers"));
    // Settings of this test run don't apply to theirs.
    test.env_remove("RUSTFLAGS")
        .env_remove("RUST_TEST_THREADS")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    let ran = run(&mut test);
    assert_eq!(ran.code, Some(0), "\n{}\n{}", ran.out, ran.err);
    assert!(
        ran.out.contains("test result: ok"),
        "no test was run:\n{}\n{}",
        ran.out,
        ran.err
    );
}
