//! `specwright upgrade`: what is written says what was read, so that the same crates come of it.

use crate::cases;
use crate::check::{Job, scratch};
use crate::command::{Ran, specwright};
use crate::snapshot::Snapshots;
use specwright::export::{Syntax, Version};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Cases whose crates are others, and what OpenAPI has no words for in them.
const DIFFERENT: &[(&str, &str)] = &[
    ("scripts", "names of components are ASCII"),
    (
        "swagger2",
        "lists in headers and paths with other separators than commas",
    ),
];

/// The source of each crate, without the support code and the description that it may serve.
pub(crate) fn crates(job: &Job) -> BTreeMap<String, String> {
    let checked = job.check();
    let files = checked.generated().into_iter();
    let is_code = |path: &str| Path::new(path).extension().is_some_and(|end| end == "rs");
    let files = files.filter(|(path, _)| path.contains("/src/") && is_code(path));
    files
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

/// The lines that differ, file by file.
pub(crate) fn differences(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> String {
    let mut out = String::new();
    for path in before
        .keys()
        .chain(after.keys().filter(|path| !before.contains_key(*path)))
    {
        let text = |files: &BTreeMap<String, String>| files.get(path).cloned().unwrap_or_default();
        let (before, after) = (text(before), text(after));
        let lines = |one: &str, other: &str, mark: char| -> String {
            let other: std::collections::HashSet<&str> = other.lines().collect();
            let missing = one.lines().filter(|line| !other.contains(line));
            missing.fold(String::new(), |out, line| format!("{out}{mark} {line}\n"))
        };
        let found = lines(&before, &after, '-') + &lines(&after, &before, '+');
        if !found.is_empty() {
            out += &[path, "\n", &found].concat();
        }
    }
    out
}

/// The cases that differ when they are written in a version and read again. Where messages say what can't be written, they may.
fn that_differ(version: Version, may_say: bool) -> Vec<String> {
    let folder = scratch(&format!("upgrade-{}", version.as_str()));
    let mut wrong = Vec::new();
    for case in cases::ALL {
        let mut job = Job::case(case);
        let before = crates(&job);
        let (text, messages) = job.upgraded(version, Syntax::Yaml);
        if before.is_empty() || (may_say && messages.contains("SW0801")) {
            continue;
        }
        job.spec = folder.join(format!("{case}.yaml"));
        fs::write(&job.spec, text).unwrap();
        // What was written has them applied.
        job.options = job.options.as_written();
        let found = differences(&before, &crates(&job));
        let expected = DIFFERENT.iter().any(|(name, _)| name == case);
        if found.is_empty() == expected {
            wrong.push(format!("== {case}\n{found}"));
        }
    }
    wrong
}

#[test]
fn the_same_crates_come_of_what_is_written_as_3_2() {
    let wrong = that_differ(Version::V32, false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_same_crates_come_of_what_is_written_as_3_1_or_it_is_told() {
    let wrong = that_differ(Version::V31, true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_same_crates_come_of_what_is_written_as_3_0_or_it_is_told() {
    let wrong = that_differ(Version::V30, true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A description in Swagger 2 with a bit of everything that 3.x says in another way.
const PETS: &str = "swagger: '2.0'
info: {title: Pets, version: 1.2.3, contact: {email: ''}, license: MIT}
host: pets.example
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json, text/plain]
x-owner: somebody
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
security:
  - key: []
parameters:
  limit: {name: limit, in: query, type: integer, maximum: 100, exclusiveMaximum: true, default: '20'}
responses:
  Missing: {description: No such pet, schema: {type: string}}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - $ref: '#/parameters/limit'
        - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: tsv}
      responses:
        200: {description: 'Pets', schema: {type: array, items: {$ref: '#/definitions/Pet'}}}
        404: {$ref: '#/responses/Missing'}
    post:
      operationId: addPet
      security: []
      parameters:
        - {name: name, in: formData, type: string, required: true}
        - {name: photo, in: formData, type: file}
      consumes: [multipart/form-data]
      responses:
        204:
          description: \"Done: it's there\"
          headers: {X-Ways: {type: array, items: {type: string}, collectionFormat: pipes}}
definitions:
  Pet:
    type: object
    required: [id]
    properties:
      id: {type: integer, format: int64, readOnly: true}
      born: {type: string, format: date, default: 2016-10-06}
      kind: {type: string, enum: [cat, dog], x-nullable: true}
      owner: {$ref: '#/definitions/Owner'}
  Owner:
    properties:
      note: {description: \"Two\\nlines\"}
";

#[test]
fn every_version_and_syntax_is_as_people_write_it() {
    let folder = scratch("upgrade-pets");
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    let mut snapshots = Snapshots::new("snapshots/upgrade");
    for version in ["3.0", "3.1"] {
        let Ran { code, out, err } =
            specwright(&folder, &["upgrade", "pets.yaml", "--to", version]);
        assert_eq!(code, Some(0), "{err}");
        snapshots.check(&format!("pets-{version}.yaml"), &out);
        snapshots.check(&format!("pets-{version}.messages"), &err);
    }
    snapshots.finish();
    let written = specwright(&folder, &["upgrade", "pets.yaml", "-o", "out.json"]);
    assert_eq!((written.code, &*written.out), (Some(0), ""));
    let text = fs::read_to_string(folder.join("out.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let Ran { out, .. } = specwright(&folder, &["upgrade", "pets.yaml"]);
    let yaml: serde_json::Value = serde_yaml::from_str(&out).unwrap();
    assert_eq!(json, yaml);
}

#[test]
fn nothing_is_written_over_when_something_is_wrong() {
    let folder = scratch("upgrade-wrong");
    fs::write(folder.join("wrong.yaml"), "openapi: 9.9.9\npaths: {}\n").unwrap();
    fs::write(folder.join("pets.yaml"), PETS).unwrap();
    fs::write(folder.join("out.yaml"), "before").unwrap();
    let Ran { code, out, err } = specwright(&folder, &["upgrade", "wrong.yaml", "-o", "out.yaml"]);
    assert_eq!((code, &*out), (Some(1), ""), "{err}");
    assert_eq!(
        fs::read_to_string(folder.join("out.yaml")).unwrap(),
        "before"
    );
    let away = Path::new("away").join("out.yaml");
    let Ran { code, err, .. } = specwright(
        &folder,
        &["upgrade", "pets.yaml", "-o", away.to_str().unwrap()],
    );
    assert_eq!(code, Some(1));
    assert!(err.contains("out.yaml` can't be written"), "{err}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
}
