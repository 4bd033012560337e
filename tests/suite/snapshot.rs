//! Snapshots next to their sources.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// The snapshots of a directory. All of them are compared before the test fails; obsolete ones make it fail too.
pub(crate) struct Snapshots {
    folder: PathBuf,
    seen: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Snapshots {
    /// `folder` is relative to `tests/`.
    pub(crate) fn new(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        Self {
            folder,
            seen: BTreeSet::new(),
            wrong: Vec::new(),
        }
    }

    pub(crate) fn check(&mut self, name: &str, text: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&self.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let file = format!("{name}.snap");
        if catch_unwind(AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(name, text));
        }))
        .is_err()
        {
            self.wrong.push(file.clone());
        }
        self.seen.insert(file);
    }

    pub(crate) fn finish(mut self) {
        for entry in fs::read_dir(&self.folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path
                .extension()
                .is_some_and(|extension| extension == "snap")
                && !self.seen.contains(&name)
            {
                self.wrong
                    .push(format!("{name} (nothing makes it any more: delete it)"));
            }
        }
        assert!(
            self.wrong.is_empty(),
            "in {}:\n{}",
            self.folder.display(),
            self.wrong.join("\n")
        );
    }
}
