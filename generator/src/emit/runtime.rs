//! Writes the package with the support code of several APIs.

use super::{RUSTFMT, SourceFile, manifest};
use crate::plan::{CrateKind, Runtime};

/// Its files, relative to its directory.
pub(super) fn files(runtime: &Runtime) -> Vec<SourceFile<'_>> {
    let modules = runtime.modules.iter();
    let support = modules.flat_map(|(kind, files)| {
        files.iter().map(move |file| {
            let path = format!("src/{kind}/{}", file.path);
            SourceFile::text(&path, || file.text.clone())
        })
    });
    let others = [
        SourceFile::text("Cargo.toml", || manifest::manifest(&runtime.package)),
        SourceFile::text("README.md", || readme(runtime)),
        SourceFile::text("rustfmt.toml", || RUSTFMT.to_owned()),
        SourceFile::text("src/lib.rs", || root(runtime)),
    ];
    support.chain(others).collect()
}

/// `src/lib.rs`. What types are made of is always there.
fn root(runtime: &Runtime) -> String {
    let mut out = String::from(
        "// Written by specwright; changes are overwritten.\n\n\
         //! What the generated crates of several APIs share.\n//!\n\
         //! Their users need no name of this crate: each of these crates exports what its users need.\n\n\
         #![forbid(unsafe_code)]\n\
         // Nobody names what several files have for themselves; what is hidden is public for generated code only.\n\
         #![allow(ambiguous_glob_reexports, clippy::result_unit_err)]\n\n",
    );
    for (kind, _) in &runtime.modules {
        if *kind != CrateKind::Types {
            out.extend(["#[cfg(feature = \"", kind.name(), "\")]\n"]);
        }
        out.extend(["pub mod ", kind.name(), ";\n"]);
    }
    out
}

fn readme(runtime: &Runtime) -> String {
    let name = &runtime.package.name;
    format!(
        "<!-- Written by specwright; changes are overwritten. -->\n\n# {name}\n\n\
         What the crates share that specwright generates for the APIs of one `specwright.toml`: reading and writing\n\
         JSON, validation, requests and responses, credentials, transports, routing. These crates depend on it, and\n\
         enable the features that they need; nobody else has to.\n\n\
         It depends on the version of specwright only. What isn't documented is for generated code, and changes\n\
         with it: crates and runtime are of one version.\n"
    )
}
