//! `generate --watch` as a process, while files are edited in the ways of editors.

use crate::check::scratch;
use crate::command::program;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const SPEC: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: 1.0.0}\npaths:\n  /pets: {get: {operationId: listPets, tags: [pets], responses: {'200': {$ref: 'shared/done.yaml'}}}}\n";
const WITH_TEXT: &str = "description: Done\ncontent: {text/plain: {schema: {type: string}}}\n";
const OVERLAY: &str = "overlay: 1.1.0\nactions:\n  - target: $.paths['/pets'].get\n    update: {operationId: mended}\n";
const CONFIG: &str = "[apis.pets]\nspec = \"pets.yaml\"\nemit = [\"client\"]\n";

/// A running command.
struct Watching {
    child: Child,
    folder: PathBuf,
    lines: Receiver<String>,
}

impl Watching {
    fn begin(name: &str) -> Self {
        let folder = scratch(name);
        fs::create_dir(folder.join("shared")).unwrap();
        fs::write(folder.join("pets.yaml"), SPEC).unwrap();
        fs::write(folder.join("shared/done.yaml"), "description: Done\n").unwrap();
        fs::write(folder.join("pets.overlay.yaml"), OVERLAY).unwrap();
        fs::write(folder.join("specwright.toml"), CONFIG).unwrap();
        let mut command = Command::new(program());
        command.args(["generate", "--watch"]).current_dir(&folder);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let (tell, lines) = channel();
        let said = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in said.lines() {
                drop(tell.send(line.unwrap()));
            }
        });
        let watching = Self {
            child,
            folder,
            lines,
        };
        watching.round();
        watching
    }

    /// What is said until the next wait.
    #[track_caller]
    fn round(&self) -> String {
        let mut said = String::new();
        while !said.contains("Ctrl-C ends") {
            match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) => said += &(line + "\n"),
                Err(error) => panic!("{error}: {said}"),
            }
        }
        said
    }

    /// Nothing is generated, as nothing has changed.
    #[track_caller]
    fn is_quiet(&self) {
        let said = self.lines.recv_timeout(Duration::from_millis(600));
        assert!(said.is_err(), "{said:?}");
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), text).unwrap();
    }

    /// As many editors save: another file takes the place.
    fn replace(&self, file: &str, text: &str) {
        self.write("new~", text);
        fs::rename(self.folder.join("new~"), self.folder.join(file)).unwrap();
    }

    fn client(&self) -> String {
        let path = self.folder.join("generated/pets/client/src/pets.rs");
        fs::read_to_string(path).unwrap()
    }

    fn has(&self, name: &str) -> bool {
        self.client().contains(&format!("fn {name}("))
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn what_was_read_is_watched_and_errors_keep_the_output() {
    let watching = Watching::begin("watch");
    assert!(watching.has("list_pets"));
    watching.is_quiet();
    // The description, written and replaced.
    watching.write("pets.yaml", &SPEC.replace("listPets", "findPets"));
    assert!(watching.round().contains("watching 3 files, "));
    assert!(watching.has("find_pets") && !watching.has("list_pets"));
    watching.replace("pets.yaml", &SPEC.replace("listPets", "getPets"));
    watching.round();
    assert!(watching.has("get_pets"));
    // What is no change: the same text again, and files that nobody has read.
    watching.replace("pets.yaml", &SPEC.replace("listPets", "getPets"));
    watching.write("other.yaml", "a: 1\n");
    watching.is_quiet();
    // A file that a reference leads to.
    let before = watching.client();
    watching.replace("shared/done.yaml", WITH_TEXT);
    watching.round();
    assert_ne!(watching.client(), before);
    // Errors, in two different files.
    watching.write("shared/done.yaml", "description: [\n");
    let said = watching.round();
    assert!(
        said.contains("error[SW") && said.contains("nothing written because of 1 error"),
        "{said}"
    );
    assert!(
        said.contains("the output stays as it was; watching"),
        "{said}"
    );
    assert!(watching.has("get_pets"));
    watching.replace("shared/done.yaml", "description: Done\n");
    assert!(watching.round().contains("watching 3 files, "));
    // The configuration: another option, a mistake, an overlay.
    watching.write("specwright.toml", "[apis.pets\n");
    let said = watching.round();
    assert!(
        said.contains("error[SW0701]") && said.contains("stays as it was; watching 1 file, "),
        "{said}"
    );
    watching.replace(
        "specwright.toml",
        &format!("{CONFIG}overlays = [\"pets.overlay.yaml\"]\n"),
    );
    assert!(watching.round().contains("watching 4 files, "));
    assert!(watching.has("mended"));
    watching.replace("pets.overlay.yaml", &OVERLAY.replace("mended", "anew"));
    watching.round();
    assert!(watching.has("anew"));
    // A file that goes, and comes back.
    fs::remove_file(watching.folder.join("shared/done.yaml")).unwrap();
    assert!(watching.round().contains("the output stays as it was"));
    watching.write("shared/done.yaml", "description: Done\n");
    assert!(watching.round().contains("watching 4 files, "));
}

/// Several files that are saved one after the other are one change.
#[test]
fn bursts_are_settled() {
    let watching = Watching::begin("burst");
    for number in 0..20 {
        watching.write(
            "pets.yaml",
            &SPEC.replace("listPets", &format!("list{number}")),
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    watching.round();
    // The last one may have come while the others were generated.
    if !watching.has("list19") {
        watching.round();
    }
    assert!(watching.has("list19"));
    watching.is_quiet();
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_without_an_error() {
    let mut watching = Watching::begin("interrupt");
    let id = watching.child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(sent.success());
    let status = watching.child.wait().unwrap();
    assert_eq!(status.code(), Some(0), "{status:?}");
    let folder = watching.folder.join("generated/pets");
    let names = fs::read_dir(&folder).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        names
            .iter()
            .all(|name| !name.to_string_lossy().contains("staging")),
        "{names:?}"
    );
}

#[test]
fn what_cannot_be_watched_is_told() {
    let folder = scratch("watch-nothing");
    let told = |arguments: &[&str], folder: &Path| {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(folder);
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().unwrap();
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(1), "{said}");
        said
    };
    let said = told(&["generate", "-", "--watch"], &folder);
    assert_eq!(said, "error: nothing can be watched: standard input ends\n");
    let said = told(&["generate", "--watch"], &folder);
    assert!(said.starts_with("error[SW0703]"), "{said}");
}
