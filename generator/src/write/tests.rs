use super::*;
use std::fs;

pub(super) mod killed;
mod locked;

/// A temporary directory, removed on drop.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("specwright-write-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn sync(&self, files: &[(&str, &str)]) -> Result<Synced, Vec<Problem>> {
        sync(&self.0, "pets", &texts(files), &inputs(), false)
    }

    /// Every path below it with its text; directories end in `/`.
    fn content(&self) -> Vec<(String, String)> {
        fn walk(folder: &Path, prefix: &str, all: &mut Vec<(String, String)>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let entry = entry.unwrap();
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                if entry.file_type().unwrap().is_dir() {
                    all.push((format!("{name}/"), String::new()));
                    walk(&entry.path(), &format!("{name}/"), all);
                } else {
                    all.push((name, fs::read_to_string(entry.path()).unwrap()));
                }
            }
        }
        let mut all = Vec::new();
        walk(&self.0, "", &mut all);
        all.sort();
        all
    }

    fn names(&self) -> Vec<String> {
        self.content().into_iter().map(|(name, _)| name).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn texts(files: &[(&str, &str)]) -> Files {
    let mut texts = Files::default();
    for (path, text) in files {
        texts.insert(path, *text).unwrap();
    }
    texts
}

fn inputs() -> Inputs {
    let digest = crate::digest::digest(b"openapi: 3.0.0\n");
    Inputs::from([("openapi.yaml".to_owned(), digest)])
}

fn check(out: &Path, files: &Files, inputs: &Inputs) -> Vec<StaleFile> {
    let checker = Checker::new(out, "pets", |_, _| {});
    for (path, text) in files.iter() {
        checker.take(path.as_str(), text);
    }
    checker.finish(inputs).unwrap()
}

fn written(synced: &Synced) -> Vec<&str> {
    synced.written.iter().map(RelPath::as_str).collect()
}

#[test]
fn only_what_changed_is_written_and_what_is_stale_goes() {
    let folder = Folder::new("changes");
    let first = folder
        .sync(&[("a/x.rs", "1\n"), ("a/b/y.rs", "2\n"), ("z", "3\n")])
        .unwrap();
    assert_eq!(written(&first), ["a/b/y.rs", "a/x.rs", "z"]);
    assert_eq!(
        folder.names(),
        [".specwright.json", "a/", "a/b/", "a/b/y.rs", "a/x.rs", "z"]
    );
    let before = folder.content();
    let again = folder
        .sync(&[("a/x.rs", "1\n"), ("a/b/y.rs", "2\n"), ("z", "3\n")])
        .unwrap();
    assert_eq!((again.written.len(), again.unchanged), (0, 3));
    assert_eq!(folder.content(), before);
    fs::write(folder.0.join("z"), "3\r\n").unwrap();
    let third = folder.sync(&[("a/x.rs", "new\n"), ("z", "3\n")]).unwrap();
    assert_eq!((written(&third), third.unchanged), (vec!["a/x.rs"], 1));
    assert_eq!(third.removed, [RelPath::new("a/b/y.rs").unwrap()]);
    assert_eq!(folder.names(), [".specwright.json", "a/", "a/x.rs", "z"]);
}

#[test]
fn what_people_wrote_is_never_touched() {
    let folder = Folder::new("people");
    folder
        .sync(&[("a", "1\n"), ("b", "2\n"), ("c", "3\n")])
        .unwrap();
    fs::write(folder.0.join("a"), "mine\n").unwrap();
    fs::write(folder.0.join("b"), "mine\n").unwrap();
    fs::write(folder.0.join("own"), "mine\n").unwrap();
    let before = folder.content();
    let problems = folder
        .sync(&[("a", "new\n"), ("c", "new\n"), ("own", "new\n")])
        .unwrap_err();
    assert_eq!(
        problems,
        [
            Problem::Edited(folder.0.join("a")),
            Problem::Foreign(folder.0.join("own"))
        ]
    );
    assert_eq!(folder.content(), before, "nothing at all is written");
    let synced = folder.sync(&[("a", "mine\n"), ("own", "mine\n")]).unwrap();
    assert_eq!(synced.kept, [RelPath::new("b").unwrap()]);
    assert_eq!(synced.removed, [RelPath::new("c").unwrap()]);
    fs::write(folder.0.join("a"), "mine again\n").unwrap();
    let forced = sync(
        &folder.0,
        "pets",
        &texts(&[("a", "new\n"), ("b", "new\n")]),
        &inputs(),
        true,
    )
    .unwrap();
    assert_eq!(written(&forced), ["a", "b"]);
}

#[test]
fn a_failing_write_leaves_everything_as_before() {
    let folder = Folder::new("failing");
    folder
        .sync(&[("a", "1\n"), ("b", "2\n"), ("d", "4\n")])
        .unwrap();
    fs::create_dir_all(folder.0.join("a.d")).unwrap();
    let before = folder.content();
    let mut batch = disk::Batch::new(&folder.0).unwrap();
    batch
        .stage(&folder.0.join("a"), [b"new\n".as_slice()])
        .unwrap();
    batch
        .stage(&folder.0.join("new/deep/file"), [b"n".as_slice(), b"ew\n"])
        .unwrap();
    batch
        .stage(
            &folder.0.join("a.d"),
            [b"a folder can't be replaced by a file\n".as_slice()],
        )
        .unwrap();
    batch
        .stage(&folder.0.join("b"), [b"new\n".as_slice()])
        .unwrap();
    let changes = disk::Changes {
        removals: vec![(folder.0.join("d"), b"4\n".to_vec())],
        gone: Vec::new(),
        meanwhile: "{}".to_owned(),
        record: "{}".to_owned(),
    };
    let (path, _) = batch.commit(&changes).unwrap_err();
    assert_eq!(path, folder.0.join("a.d"));
    assert_eq!(folder.content(), before);

    let blocked = folder.0.join("a/out");
    let problems = sync(&blocked, "pets", &texts(&[("x", "1\n")]), &inputs(), false).unwrap_err();
    assert!(
        matches!(&problems[..], [Problem::Unwritable { .. }]),
        "{problems:?}"
    );
    assert_eq!(folder.content(), before);
}

#[test]
fn what_a_killed_run_left_behind_goes() {
    let folder = Folder::new("killed");
    let staged = folder.0.join(disk::STAGING);
    fs::create_dir_all(&staged).unwrap();
    fs::write(staged.join("0"), "half").unwrap();
    folder.sync(&[("a", "1\n")]).unwrap();
    assert_eq!(folder.names(), [".specwright.json", "a"]);
    fs::write(&staged, "somebody's own").unwrap();
    let before = folder.content();
    let refused = Err(vec![Problem::Staging(staged.clone())]);
    assert_eq!(folder.sync(&[("a", "2\n")]), refused);
    assert_eq!(folder.content(), before);
    fs::remove_file(&staged).unwrap();
    fs::create_dir(&staged).unwrap();
    fs::write(staged.join("0"), "mine").unwrap();
    fs::write(staged.join("notes"), "mine").unwrap();
    let before = folder.content();
    assert_eq!(folder.sync(&[("a", "2\n")]), refused);
    assert_eq!(folder.content(), before);
    folder.sync(&[("a", "1\n")]).unwrap();
    assert_eq!(folder.content(), before, "nothing is in its way");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let (folder, other) = (Folder::new("links"), Folder::new("links-other"));
    other.sync(&[("x", "1\n")]).unwrap();
    fs::create_dir_all(&folder.0).unwrap();
    std::os::unix::fs::symlink(&other.0, folder.0.join("way")).unwrap();
    std::os::unix::fs::symlink(other.0.join("x"), folder.0.join("file")).unwrap();
    let before = other.content();
    let problems = sync(
        &folder.0,
        "pets",
        &texts(&[("way/x", "2\n"), ("file", "2\n")]),
        &inputs(),
        true,
    );
    assert_eq!(
        problems,
        Err(vec![
            Problem::Blocked(folder.0.join("file")),
            Problem::Blocked(folder.0.join("way"))
        ])
    );
    assert_eq!(other.content(), before);
}

#[test]
fn a_manifest_is_not_trusted() {
    let folder = Folder::new("manifest");
    folder.sync(&[("x", "1\n")]).unwrap();
    let manifest = folder.0.join(MANIFEST);
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(
        !text.contains(&*folder.0.to_string_lossy()),
        "no absolute paths"
    );
    for bad in ["<<<<<<< HEAD\n", &text.replace("\"x\"", "\"../x\"")] {
        fs::write(&manifest, bad).unwrap();
        let problems = folder.sync(&[]).unwrap_err();
        assert!(
            matches!(&problems[..], [Problem::BadManifest { .. }]),
            "{problems:?}"
        );
    }
    sync(&folder.0, "pets", &texts(&[("x", "1\n")]), &inputs(), true).unwrap();
    assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
}

#[test]
fn check_tells_every_difference_and_writes_nothing() {
    let folder = Folder::new("check");
    let files = texts(&[("a", "one\ntwo\n"), ("new", "x\n")]);
    folder.sync(&[("a", "one\n2\n"), ("old", "o\n")]).unwrap();
    let before = folder.content();
    let differences = check(&folder.0, &files, &inputs());
    let told: Vec<_> = differences
        .iter()
        .map(|difference| {
            (
                difference.path.strip_prefix(&folder.0).unwrap(),
                difference.what,
            )
        })
        .collect();
    let path = |name| Path::new(name);
    let wanted = [
        (path("a"), "out of date"),
        (path("new"), "missing"),
        (path("old"), "not generated any more"),
    ];
    assert_eq!(told, wanted);
    assert_eq!(
        differences[0].diff,
        "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n one\n-2\n+two\n"
    );
    assert_eq!(folder.content(), before);
    sync(&folder.0, "pets", &files, &inputs(), false).unwrap();
    assert_eq!(check(&folder.0, &files, &inputs()), []);
    let differences = check(&folder.0, &files, &BTreeMap::new());
    assert_eq!(differences.len(), 1, "only the manifest: {differences:?}");
}

#[test]
fn paths_that_lead_astray_are_refused() {
    let long = "x".repeat(121);
    for bad in [
        "",
        "/etc/x",
        "a//b",
        "../x",
        "a/../b",
        "./a",
        "a\0b",
        "a\\b",
        "C:x",
        "con",
        "a/NUL.rs",
        "lpt1.txt",
        "a.",
        "a ",
        &long,
        MANIFEST,
        ".Specwright.tmp/0",
    ] {
        assert!(RelPath::new(bad).is_err(), "{bad:?}");
    }
    assert!(RelPath::new("client/src/console.rs").is_ok());
    let mut files = texts(&[("src/Pet.rs", "")]);
    assert!(files.insert("src/pet.rs", "").is_err());
}
