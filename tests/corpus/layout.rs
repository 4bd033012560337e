//! rustfmt would change nothing in what is generated: a few documents of every kind, which the suite's own cases are too small to stand for.

use crate::documents;
use specwright::Generator;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Big documents that are generated in a second or two, and others whose names, paths or kinds of bodies aren't everyday ones.
const DOCUMENTS: [&str; 14] = [
    "large/discord.json",
    "large/docker-swagger2.yaml",
    "large/mattermost-full.yaml",
    "openapi3/amazonaws.com__route53resolver.json",
    "openapi3/cpy.re__peertube.json",
    "openapi3/googleapis.com__localservices.json",
    "openapi3/noosh.com.json",
    "openapi3/obono.at.json",
    "openapi3/openchannel.io__market.json",
    "openapi3/slideroom.com.json",
    "openapi3/stellastra.com.json",
    "openapi31/codat.io__bank-feeds.json",
    "swagger2/go-swagger__bugs__1614__gitea.json",
    "swagger2/go-swagger__bugs__2136__fixture-2136.yaml",
];

/// Writes the crates of the documents below the target directory and has rustfmt look at them.
pub(crate) fn check() {
    let Some(documents) = documents::all() else {
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout");
    fs::create_dir_all(&folder).unwrap();
    // The defaults of rustfmt, whatever folder this is below.
    fs::write(folder.join(".rustfmt.toml"), "").unwrap();
    let mut roots = Vec::new();
    for name in DOCUMENTS {
        let document = documents.iter().find(|document| document.name == name);
        let document = document.unwrap_or_else(|| panic!("the corpus has no {name}"));
        let out = folder.join(name.replace(['/', '.'], "-"));
        let generator = Generator::new(&document.path).name("api").force(true);
        generator.out_dir(&out).generate().unwrap();
        roots.extend(self::roots(&out));
    }
    let ran = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--config-path"])
        .arg(&folder)
        .args(&roots)
        .output()
        .unwrap();
    let differences = String::from_utf8_lossy(&ran.stdout);
    let messages = String::from_utf8_lossy(&ran.stderr);
    assert!(
        ran.status.success() && differences.is_empty(),
        "{differences}\n{messages}"
    );
    println!("{} documents laid out as rustfmt does", DOCUMENTS.len());
}

/// The root file of every crate and example: rustfmt finds the others from there.
fn roots(out: &Path) -> Vec<PathBuf> {
    let parts = ["types", "client", "server"];
    let files = parts.map(|part| {
        [
            out.join(part).join("src/lib.rs"),
            out.join(part).join("examples/basic.rs"),
        ]
    });
    files
        .into_iter()
        .flatten()
        .filter(|path| path.exists())
        .collect()
}
