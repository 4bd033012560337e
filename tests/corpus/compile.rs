//! Compiles the output of some of the documents, in one workspace below the target directory, without warnings.

use crate::documents::Document;
use crate::outcome::Outcome;
use crate::workspace::Workspace;
use sha2::{Digest, Sha256};
use specwright::config::Config;
use specwright::diag::Diagnostics;
use specwright::source::Sources;
use specwright::{CrateKind, Generator};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Which documents are compiled.
enum Wanted {
    None,
    /// One of this many, the same ones in every run.
    OneOf(u8),
    All,
    /// The programs of some.
    Programs,
    /// Those with this text in their name.
    Named(String),
}

/// Compiles the chosen documents.
pub(crate) fn check(corpus: &[(Document, Outcome)]) {
    let wanted = wanted();
    let chosen = corpus
        .iter()
        .filter(|(document, outcome)| outcome.written && is_wanted(&wanted, &document.name));
    let chosen: Vec<&Document> = chosen.map(|(document, _)| document).collect();
    if chosen.is_empty() {
        println!("nothing compiled; SPECWRIGHT_CORPUS=third, all, programs or a name compiles");
        return;
    }
    let ran = workspace(&chosen, &wanted.kinds())
        .cargo("check")
        .args(["--workspace", "--keep-going"])
        // Without TLS, which takes longer to compile than everything else together.
        .args([
            "--no-default-features",
            "--features",
            "reqwest,tower,blocking,tracing",
        ])
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && messages.is_empty(), "{messages}");
    println!("{} documents compiled", chosen.len());
}

fn wanted() -> Wanted {
    match env::var("SPECWRIGHT_CORPUS").as_deref() {
        Ok("all") => Wanted::All,
        Ok("third") => Wanted::OneOf(3),
        Ok("programs") => Wanted::Programs,
        Ok(name) if !name.is_empty() => Wanted::Named(name.to_owned()),
        _ if env::var_os("CI").is_some_and(|value| !value.is_empty()) => Wanted::OneOf(6),
        _ => Wanted::None,
    }
}

fn is_wanted(wanted: &Wanted, name: &str) -> bool {
    match wanted {
        Wanted::None => false,
        Wanted::OneOf(many) => is_one_of(*many, name),
        Wanted::All => true,
        Wanted::Programs => is_one_of(12, name),
        Wanted::Named(part) => name.contains(part.as_str()),
    }
}

fn is_one_of(many: u8, name: &str) -> bool {
    Sha256::digest(name)[0] % many == 0
}

impl Wanted {
    /// The kinds of crates to compile.
    fn kinds(&self) -> Vec<CrateKind> {
        let wanted = match self {
            Self::None | Self::OneOf(_) | Self::All => &CrateKind::DEFAULT[..],
            Self::Programs => &[CrateKind::Cli, CrateKind::Mcp],
            Self::Named(_) => &CrateKind::ALL,
        };
        CrateKind::with_needed(wanted.iter().copied())
    }
}

/// Writes the crates of the documents, over one runtime, and a workspace with them. Copies of the support code would be most of what is compiled;
/// the suite compiles some.
fn workspace(documents: &[&Document], kinds: &[CrateKind]) -> Workspace {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    fs::create_dir_all(&folder).unwrap();
    let mut config = "runtime = \"corpus-runtime\"\n".to_owned();
    for (index, document) in documents.iter().enumerate() {
        let spec = document.path.to_str().unwrap();
        writeln!(
            config,
            "[apis.d{index}]\nspec = '{spec}'\nout = \"d{index}\""
        )
        .unwrap();
    }
    let path = folder.join("specwright.toml");
    fs::write(&path, config).unwrap();
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let config = Config::load(&path, &mut sources, &mut diagnostics).unwrap();
    let mut members = vec!["corpus-runtime".to_owned()];
    for api in config.apis {
        let (name, out) = (api.name.clone(), api.out.clone());
        let generator = Generator::from(api).emit(kinds.iter().copied());
        generator.force(true).generate().unwrap();
        for kind in kinds {
            let package = kind.name();
            if out.join(package).join("Cargo.toml").exists() {
                members.push(format!("{}/{package}", name.as_str()));
            }
        }
    }
    Workspace::write(&folder, &members)
}
