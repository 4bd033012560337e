//! The entry for projects: a server with all that is around it, which is the user's from then on.
//!
//! In: the options of one API, and a directory. Out: the crates below it, the files that weren't there, and what has to be added to those
//! that were. Knows what emission has made of the plan only as texts with paths.

use crate::config::{self, Listed};
use crate::diag::{Code, Diagnostics, Place};
use crate::generator::{Generated, Generator, Made, Run, push};
use crate::pipeline;
use crate::source::implemented;
use crate::write::{self, RelPath};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The result of writing a project.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Project {
    /// Its directory.
    pub folder: PathBuf,
    /// Its package.
    pub package: String,
    /// Whether it was written for the first time.
    pub is_new: bool,
    /// The files that were created, relative to the directory.
    pub written: Vec<PathBuf>,
    /// What has to be added by hand, each to a file relative to the directory.
    pub additions: Vec<(PathBuf, String)>,
    /// The crates.
    pub generated: Generated,
}

/// The directory of the crates in a project.
const CRATES: &str = "generated";

/// The configuration in a project.
const CONFIGURATION: &str = "specwright.toml";

const MODULES: &str = "src/handlers/mod.rs";
const AUTH: &str = "src/auth.rs";

impl Generator {
    /// Writes a project into a directory: the crates, and a program around the server with a file for the operations of each group. What
    /// exists is never changed. In a directory that is a project already, only the crates and the files of new groups are written.
    #[must_use]
    pub fn project(&self, folder: &Path) -> Run<Project> {
        let is_new = !folder.join(CONFIGURATION).exists();
        let this = if is_new {
            self.clone().out_dir(folder.join(CRATES))
        } else {
            self.clone()
        };
        this.run(|this, made, diagnostics| this.write_project(folder, is_new, made, diagnostics))
    }

    fn write_project(
        &self,
        folder: &Path,
        is_new: bool,
        crates: &Made,
        diagnostics: &mut Diagnostics,
    ) -> Option<Project> {
        let manifest = folder.join("Cargo.toml");
        let plan = &crates.plan;
        if plan.all_groups().next().is_none() {
            diagnostics.push(Code::NothingToServe, Place::Nowhere);
        } else if is_new && manifest.exists() {
            let path = manifest.display().to_string();
            diagnostics.push(Code::PackageInTheWay { path }, Place::Path(manifest));
        }
        if diagnostics.has_errors() {
            return None;
        }
        let spec = config::way(folder, self.spec());
        let made = pipeline::project(plan, &spec);
        let known = implemented(&folder.join("src"));
        let generated = self.write_plan(crates, diagnostics)?;

        let missing = made.handlers.iter().filter(|one| !known.contains(&one.api));
        let missing: Vec<_> = missing.collect();
        let mut files: Vec<(String, String)> = Vec::new();
        if is_new {
            let api = Listed {
                name: self.api_name().to_owned(),
                spec,
                out: Some(CRATES.to_owned()),
                serve_document: plan.served.is_some(),
            };
            let text = config::commented(&[api], true);
            files.push((CONFIGURATION.to_owned(), text));
            files.push((config::SCHEMA_FILE.to_owned(), config::schema()));
            let fixed = made.files.into_iter();
            files.extend(fixed.map(|(path, text)| (path.to_owned(), text)));
            files.push((MODULES.to_owned(), made.handlers_module));
        }
        let auth = made.auth.map(|text| (AUTH.to_owned(), text));
        // Who implements a secured group has a session already.
        let mut secured = made.handlers.iter().filter(|one| one.is_secured);
        let is_first = !secured.any(|one| known.contains(&one.api));
        files.extend(auth.filter(|_| is_first && !folder.join("src/auth").exists()));
        let own = missing
            .iter()
            .map(|one| (one.path.clone(), one.text.clone()));
        files.extend(own);
        let files = files
            .into_iter()
            .filter_map(|(path, text)| Some((RelPath::new(&path).ok()?, text)));
        let files: Vec<(RelPath, String)> = files.collect();
        let written = match write::add(folder, &files) {
            Ok(written) => written,
            Err(problem) => {
                push(problem, self.api_name(), diagnostics);
                return None;
            }
        };
        let written: BTreeSet<&str> = written.iter().map(RelPath::as_str).collect();
        let mut additions = Vec::new();
        if !written.contains(MODULES) {
            let modules = write::text_of(&folder.join(MODULES)).unwrap_or_default();
            let lines = missing.iter().filter(|one| !modules.contains(&one.module));
            additions.extend(lines.map(|one| (PathBuf::from(MODULES), one.module.clone())));
        }
        if !is_new && written.contains(AUTH) {
            additions.extend(AUTHENTICATION.map(|(path, line)| (path.into(), line.to_owned())));
        }
        let kept = missing
            .iter()
            .filter(|one| !written.contains(one.path.as_str()));
        let kept = kept.map(|one| {
            let line = format!("impl {} for App {{ … }}", one.api);
            (PathBuf::from(&one.path), line)
        });
        additions.extend(kept);
        Some(Project {
            folder: folder.to_path_buf(),
            package: format!("{}-service", self.api_name()),
            is_new,
            written: written.into_iter().map(PathBuf::from).collect(),
            additions,
            generated,
        })
    }
}

/// What a project needs whose operations didn't require credentials.
const AUTHENTICATION: [(&str, &str); 3] = [
    (
        "Cargo.toml",
        "subtle = { version = \"2.6\", default-features = false }",
    ),
    ("src/lib.rs", "pub mod auth;"),
    (
        "src/service.rs",
        ".authenticate(auth::by_token(std::env::var(\"API_TOKEN\").ok().map(auth::Secret::new)))",
    ),
];
