//! `specwright bundle`: the files of a description as one, in the author's words, of which the same crates come.

use crate::cases;
use crate::check::{Job, scratch};
use crate::command::{Ran, specwright};
use crate::snapshot::Snapshots;
use crate::upgrade::{crates, differences};
use specwright::export::Syntax;
use std::fs;

/// The cases of several files.
const SEVERAL: [&str; 2] = ["files", "files-swagger2"];

/// The case whose description is changed by overlays, which a bundle has.
const OVERLAID: &str = "overlaid";

#[test]
fn a_single_file_stays_as_it_is() {
    let mut changed = Vec::new();
    for case in cases::ALL.iter().filter(|case| !SEVERAL.contains(case)) {
        if *case == OVERLAID {
            continue;
        }
        let job = Job::case(case);
        let text = fs::read_to_string(&job.spec).unwrap();
        // Only the generator knows how to read what no other reader of YAML takes.
        let Ok(own) = serde_yaml::from_str::<serde_json::Value>(&text) else {
            continue;
        };
        if text.contains("<<") {
            continue; // Merged keys stand where they are merged.
        }
        let (Some(bundle), _) = job.bundled() else {
            continue; // an index
        };
        if Syntax::Json.text(&bundle) != Syntax::Json.text(&own) {
            changed.push(*case);
        }
    }
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn several_files_become_one_of_which_the_same_crates_come() {
    let folder = scratch("bundle");
    let mut snapshots = Snapshots::new("snapshots/bundle");
    for case in SEVERAL {
        let mut job = Job::case(case);
        let before = crates(&job);
        let (bundle, messages) = job.bundled();
        let text = Syntax::Yaml.text(&bundle.unwrap());
        snapshots.check(&format!("{case}.yaml"), &text);
        assert_eq!(messages, "", "{case}");
        job.spec = folder.join(format!("{case}.yaml"));
        fs::write(&job.spec, &text).unwrap();
        assert!(!before.is_empty());
        assert_eq!(differences(&before, &crates(&job)), "", "{case}");
        // Nothing is left to put in.
        assert_eq!(Syntax::Yaml.text(&job.bundled().0.unwrap()), text);
    }
    snapshots.finish();
}

/// Files and what is written of them: the components, as JSON.
fn components(name: &str, files: &[(&str, &str)]) -> (serde_json::Value, String) {
    let folder = scratch(&format!("bundle-{name}"));
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let Ran { code, out, err } = specwright(&folder, &["bundle", files[0].0, "--json"]);
    assert_eq!(code, Some(0), "{err}");
    let bundle: serde_json::Value = serde_json::from_str(&out).unwrap();
    (bundle["components"].clone(), err)
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

fn entry(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

fn keys(value: &serde_json::Value) -> Vec<&str> {
    let members = value.as_object().unwrap();
    members.keys().map(String::as_str).collect()
}

#[test]
fn names_that_collide_are_told_apart_by_files_and_then_by_directories() {
    let text = entry(
        "paths: {}\ncomponents:\n  schemas:\n    Pet: {type: string}\n    All:\n      properties:\n        \
         a: {$ref: 'a.yaml#/Pet'}\n        b: {$ref: 'x/b.yaml#/Pet'}\n        c: {$ref: 'y/b.yaml#/Pet'}\n        \
         d: {$ref: 'y/index.yaml'}\n        e: {$ref: 'b.yaml#/Cat'}\n",
    );
    let files = [
        ("openapi.yaml", text.as_str()),
        ("a.yaml", "Pet: {type: integer}"),
        ("b.yaml", "Cat: {type: integer}"),
        ("x/b.yaml", "Pet: {type: number}"),
        ("y/b.yaml", "Pet: {type: boolean}"),
        ("y/index.yaml", "type: boolean"),
    ];
    let (components, _) = components("names", &files);
    let schemas = &components["schemas"];
    assert_eq!(
        keys(schemas),
        ["Pet", "All", "a_Pet", "x_b_Pet", "y_b_Pet", "y", "Cat"]
    );
    assert_eq!(
        schemas["All"]["properties"]["c"]["$ref"],
        "#/components/schemas/y_b_Pet"
    );
}

#[test]
fn what_is_no_component_takes_the_place_of_the_reference() {
    let text = entry(
        "paths:\n  /a: {$ref: 'paths.yaml#/a', summary: Mine}\n  /b: {$ref: 'paths.yaml#/b'}\ncomponents:\n  \
         schemas: {$ref: schemas/index.yaml}\n  securitySchemes:\n    key: {$ref: 'key.yaml'}\n",
    );
    let ok = "responses: {'200': {description: Ok, content: {application/json: {schema: {$ref: schemas/Pet.yaml}, example: {$ref: pet.json}}}}}";
    let paths = format!(
        "a: {{summary: Theirs, get: {{{ok}}}}}\nb: {{get: {{responses: {{'200': {{$ref: '#/a/get/responses/200'}}}}}}}}\n"
    );
    let files = [
        ("openapi.yaml", text.as_str()),
        ("paths.yaml", &paths),
        ("pet.json", r##"{"name": "Tom", "$ref-like": "#/a"}"##),
        ("key.yaml", "{type: apiKey, in: header, name: X-Key}"),
        (
            "schemas/index.yaml",
            "Pet: {$ref: ./Pet.yaml}\nAnimal: {$ref: ./Pet.yaml}\n",
        ),
        (
            "schemas/Pet.yaml",
            "type: object\nproperties: {next: {$ref: '#'}}\n",
        ),
    ];
    let folder = scratch("bundle-inlined");
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let Ran { code, out, err } = specwright(&folder, &["bundle", "openapi.yaml"]);
    assert_eq!(code, Some(0), "{err}");
    let bundle: serde_json::Value = serde_yaml::from_str(&out).unwrap();
    let pet = "#/components/schemas/Pet";
    assert_eq!(
        bundle["paths"],
        serde_json::json!({
            "/a": {"summary": "Mine", "get": {"responses": {"200": {"description": "Ok", "content": {"application/json": {
                "schema": {"$ref": pet}, "example": {"name": "Tom", "$ref-like": "#/a"}
            }}}}}},
            "/b": {"get": {"responses": {"200": {"$ref": "#/paths/~1a/get/responses/200"}}}},
        })
    );
    assert_eq!(
        bundle["components"],
        serde_json::json!({
            "schemas": {"Pet": {"type": "object", "properties": {"next": {"$ref": pet}}}, "Animal": {"$ref": pet}},
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        })
    );
}

#[test]
fn what_no_bundle_can_hold_is_told() {
    let folder = scratch("bundle-wrong");
    let mut snapshots = Snapshots::new("snapshots/bundle-messages");
    let mut check = |name: &str, expected: i32| {
        let Ran { code, err, .. } = specwright(
            &folder,
            &["bundle", &format!("{name}.yaml"), "-o", "out.yaml"],
        );
        assert_eq!(code, Some(expected), "{err}");
        assert_eq!(folder.join("out.yaml").exists(), expected == 0);
        snapshots.check(name, &err);
    };
    let hook = "post:\n  responses: {default: {description: D}}\n  callbacks:\n    again:\n      '{$request.query.url}': {$ref: hook.yaml}\n";
    fs::write(folder.join("hook.yaml"), hook).unwrap();
    let circle = entry("paths:\n  /a: {$ref: hook.yaml}\n");
    fs::write(folder.join("circle.yaml"), circle).unwrap();
    check("circle", 1);

    fs::write(
        folder.join("large.yaml"),
        entry("paths: {}\nx-all: {$ref: 0.yaml}\n"),
    )
    .unwrap();
    for level in 0..24 {
        let next = level + 1;
        let text = format!("all: [{{$ref: {next}.yaml}}, {{$ref: {next}.yaml}}]");
        fs::write(folder.join(format!("{level}.yaml")), text).unwrap();
    }
    fs::write(folder.join("24.yaml"), "all: []").unwrap();
    check("large", 1);

    let apart = entry(
        "paths: {}\ncomponents: {examples: {big: {externalValue: big.json}, far: {externalValue: 'https://a.example/b'}}}\n",
    );
    fs::write(folder.join("apart.yaml"), apart).unwrap();
    check("apart", 0);
    snapshots.finish();
}
