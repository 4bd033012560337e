//! The support code of each kind of crate: which files an output needs, and the packages and features that come with them.
//!
//! The files are those of `templates/`, as they are; versions and features of packages are read from its `Cargo.toml`, so that
//! what is written is what is compiled and tested there.

use super::TextType;
use super::package::{Dependency, Feature, Package, Source, Uses};
use crate::crates::CrateKind;
use std::collections::BTreeSet;

/// A file of support code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportFile {
    /// Its name below `src/support/`.
    pub path: &'static str,
    /// Its text.
    pub text: String,
}

/// The files of a folder of `templates/src/support/`, `mod.rs` first.
macro_rules! folder {
    ($folder:literal: $($file:literal)*) => {
        &[$(($file, include_str!(concat!("../../../templates/src/support/", $folder, "/", $file)))),*]
    };
}

type Folder = &'static [(&'static str, &'static str)];

const MANIFEST: &str = include_str!("../../../templates/Cargo.toml");

const SHARED: Folder = folder!("shared": "body.rs" "channel.rs" "events.rs" "lines.rs" "shown.rs" "stream_error.rs" "style.rs");

const TYPES: Folder = folder!(
    "types": "mod.rs" "base64.rs" "clock.rs" "date.rs" "date_time.rs" "decimal.rs" "duration.rs" "formatted.rs" "grammar.rs" "integer_enum.rs" "list.rs"
    "object.rs" "param.rs" "pattern.rs" "pattern_backtracking.rs" "pointer.rs" "read.rs" "regex_format.rs" "regex_search.rs"
    "regex_syntax.rs" "rfc3986.rs" "rules.rs" "string_enum.rs" "text.rs" "time_of_day.rs" "tuple.rs" "undecided.rs" "undecided_reader.rs"
    "union.rs" "uri.rs" "uuid.rs" "validate.rs" "violation.rs" "whole.rs" "written_tag.rs" "xml.rs" "xml_names.rs" "xml_reader.rs" "xml_writer.rs"
);

const CLIENT: Folder = folder!(
    "client": "mod.rs" "blocking.rs" "builder.rs" "connection.rs" "encode.rs" "error.rs" "file.rs" "header.rs" "multipart.rs"
    "operation.rs" "recorder.rs" "redirect.rs" "request.rs" "reqwest_transport.rs" "response.rs" "secret.rs" "sendable.rs"
    "stream_response.rs" "styled.rs" "time_limit.rs" "tower_transport.rs" "trace.rs" "transport.rs" "xml.rs"
);

const SERVER: Folder = folder!(
    "server": "mod.rs" "answer_headers.rs" "asked.rs" "auth.rs" "call.rs" "choice.rs" "decode.rs" "exchange.rs" "file.rs" "media.rs" "multipart.rs"
    "multipart_reader.rs" "operation.rs" "parts.rs" "problem.rs" "reply.rs" "request_body.rs" "route.rs" "service.rs"
    "stream_reply.rs" "styled.rs" "styled_text.rs" "time_limit.rs" "xml.rs"
);

/// The modules that only bodies made of parts need.
const OF_MULTIPART: &[&str] = &["file", "multipart", "multipart_reader", "parts"];

/// The modules that only parameters and forms need that aren't plain values or lists of such.
const OF_STRUCTURE: &[&str] = &["style", "styled", "styled_text"];

/// The modules that only events and lines need.
const OF_STREAMS: &[&str] = &[
    "channel",
    "events",
    "lines",
    "stream_error",
    "stream_reply",
    "stream_response",
];

/// The modules that only paths need which lead to several operations.
const OF_CHOICES: &[&str] = &["choice"];

/// The modules that only bodies in XML need.
const OF_XML: &[&str] = &["xml", "xml_names", "xml_reader", "xml_writer"];

/// The support files of a crate.
pub(super) fn files(kind: CrateKind, uses: &Uses) -> Vec<SupportFile> {
    match kind {
        CrateKind::Types => types_files(uses),
        CrateKind::Client => client_files(uses),
        CrateKind::Server => server_files(uses),
    }
}

/// The support files of a types crate.
fn types_files(uses: &Uses) -> Vec<SupportFile> {
    let has = |texts: &[TextType]| texts.iter().any(|text| uses.texts.contains(text));
    let any_text = !uses.texts.is_empty();
    let tells_time = has(&[TextType::Date, TextType::DateTime, TextType::Time]);
    let optional = [
        (uses.objects || uses.unions, "object"),
        (uses.string_enums || any_text, "string_enum"),
        (uses.integer_enums, "integer_enum"),
        (any_text, "formatted"),
        (tells_time || uses.grammars, "clock"),
        (has(&[TextType::Uri]) || uses.grammars, "rfc3986"),
        (uses.grammars, "grammar"),
        (uses.patterns, "pattern"),
        (uses.written_tags, "written_tag"),
        (uses.unions, "undecided"),
        (uses.unions, "undecided_reader"),
        (uses.backtracking, "pattern_backtracking"),
        (uses.regexes, "regex_format"),
        (uses.backtracking, "regex_search"),
        (uses.backtracking || uses.regexes, "regex_syntax"),
        (uses.rules, "rules"),
        (uses.whole_numbers, "whole"),
        (uses.unions, "union"),
        (uses.unions || uses.structure || uses.xml, "text"),
        (uses.tuples, "tuple"),
    ];
    let texts = TextType::ALL.map(|text| (uses.texts.contains(&text), text.module()));
    let unneeded: Vec<&str> = optional
        .into_iter()
        .chain(texts)
        .filter(|(needed, _)| !needed)
        .map(|(_, module)| module)
        .chain(OF_XML.iter().filter(|_| !uses.xml).copied())
        .collect();
    without(&[TYPES], &unneeded)
}

/// The support files of a client crate.
fn client_files(uses: &Uses) -> Vec<SupportFile> {
    without(&[CLIENT, SHARED], &unneeded_for_bodies(uses))
}

/// The support files of a server crate.
fn server_files(uses: &Uses) -> Vec<SupportFile> {
    let mut unneeded = unneeded_for_bodies(uses);
    // Of a server's errors only those of streams are for people.
    unneeded.extend((!uses.streams).then_some("shown"));
    without(&[SERVER, SHARED], &unneeded)
}

fn unneeded_for_bodies(uses: &Uses) -> Vec<&'static str> {
    let of_multipart = OF_MULTIPART.iter().filter(|_| !uses.multipart);
    let of_streams = OF_STREAMS.iter().filter(|_| !uses.streams);
    let of_structure = OF_STRUCTURE.iter().filter(|_| !uses.structure);
    of_multipart
        .chain(of_streams)
        .chain(OF_XML.iter().filter(|_| !uses.xml))
        .chain(of_structure)
        .chain(OF_CHOICES.iter().filter(|_| !uses.choices))
        .copied()
        .collect()
}

/// The files without the `unneeded` modules, which `mod.rs` forgets too.
fn without(folders: &[Folder], unneeded: &[&str]) -> Vec<SupportFile> {
    let is_needed = |path: &str| {
        !unneeded
            .iter()
            .any(|module| path.strip_suffix(".rs") == Some(module))
    };
    let all = folders.iter().flat_map(|folder| folder.iter());
    all.filter(|(path, _)| is_needed(path))
        .map(|(path, text)| {
            let text = if *path == "mod.rs" {
                module_list(text, unneeded)
            } else {
                (*text).to_owned()
            };
            SupportFile { path, text }
        })
        .collect()
}

/// `mod.rs` of a template folder as it is in a generated crate: all files lie beside it, and there are fewer of them.
fn module_list(text: &str, unneeded: &[&str]) -> String {
    let names_unneeded = |line: &str| {
        unneeded.iter().any(|module| {
            line.contains(&format!("mod {module};")) || line.contains(&format!("self::{module}::"))
        })
    };
    let kept = text
        .lines()
        .filter(|line| !line.starts_with("#[path = ") && !names_unneeded(line));
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// The packages that the support code of a crate needs.
pub(super) fn dependencies(kind: CrateKind, uses: &Uses) -> Vec<Dependency> {
    let wanted: &[(&str, bool)] = match kind {
        CrateKind::Types => return types_dependencies(uses),
        CrateKind::Client => &[
            ("bytes", false),
            ("http", false),
            ("http-body", false),
            ("http-body-util", false),
            ("reqwest", true),
            ("serde", false),
            ("serde_json", false),
            ("tokio", true),
            ("tower-service", true),
            ("tracing", true),
        ],
        CrateKind::Server => &[
            ("bytes", false),
            ("http", false),
            ("http-body", false),
            ("http-body-util", false),
            ("serde", false),
            ("serde_json", false),
            ("tokio", false),
            ("tower-service", false),
        ],
    };
    let mut found: Vec<Dependency> = wanted
        .iter()
        .filter_map(|(name, optional)| dependency("dependencies", name, *optional))
        .collect();
    // A client has these with the features that need them.
    let clock = ["rt", "time"].map(str::to_owned);
    for tokio in found
        .iter_mut()
        .filter(|one| one.name == "tokio" && !one.optional)
    {
        tokio.features.extend(clock.clone());
    }
    found
}

/// The packages that the support code of a types crate needs: those that convert formats are optional.
fn types_dependencies(uses: &Uses) -> Vec<Dependency> {
    let always = ["serde", "serde_json"].into_iter();
    let always = always
        .chain(uses.patterns.then_some("regex-lite"))
        .chain(uses.xml.then_some("quick-xml"));
    always
        .map(|name| (name, false))
        .chain(converters(uses).into_iter().map(|name| (name, true)))
        .filter_map(|(name, optional)| dependency("dependencies", name, optional))
        .collect()
}

/// The packages that the formats of an API convert from and to.
fn converters(uses: &Uses) -> BTreeSet<&'static str> {
    uses.texts
        .iter()
        .flat_map(|text| text.packages())
        .copied()
        .collect()
}

/// The packages that the example of a crate needs.
pub(super) fn dev_dependencies(names: &[&str]) -> Vec<Dependency> {
    names
        .iter()
        .filter_map(|name| dependency("dev-dependencies", name, false))
        .collect()
}

/// A dependency as the manifest of `templates/` has it. `None` never happens: a test looks each of them up.
fn dependency(section: &str, name: &str, optional: bool) -> Option<Dependency> {
    let manifest: toml::Table = MANIFEST.parse().ok()?;
    let section = manifest.get(section)?.as_table()?;
    let found = section.get(name)?;
    let version = found.as_str().or_else(|| found.get("version")?.as_str())?;
    let features = found
        .get("features")
        .and_then(toml::Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    Some(Dependency {
        name: name.to_owned(),
        source: Source::Version(version.to_owned()),
        default_features: found
            .get("default-features")
            .and_then(toml::Value::as_bool)
            .unwrap_or(true),
        features: features
            .iter()
            .filter_map(|feature| feature.as_str().map(str::to_owned))
            .collect(),
        optional,
    })
}

/// The cargo features of a crate.
pub(super) fn features(kind: CrateKind, uses: &Uses) -> Vec<Feature> {
    let feature = |name: &str, enables: &[&str], purpose: &str| Feature {
        name: name.to_owned(),
        enables: enables.iter().map(|&name| name.to_owned()).collect(),
        purpose: purpose.to_owned(),
    };
    match kind {
        CrateKind::Server => Vec::new(),
        CrateKind::Types => {
            let conversions = [
                feature(
                    "chrono",
                    &["dep:chrono"],
                    "Conversions from and to the types of chrono.",
                ),
                feature(
                    "jiff",
                    &["dep:jiff"],
                    "Conversions from and to the types of jiff.",
                ),
                feature(
                    "time",
                    &["dep:time"],
                    "Conversions from and to the types of time.",
                ),
                feature(
                    "uuid",
                    &["dep:uuid"],
                    "Conversions from and to `uuid::Uuid`.",
                ),
            ];
            let wanted = converters(uses);
            let conversions = conversions.into_iter();
            conversions
                .filter(|feature| wanted.contains(feature.name.as_str()))
                .collect()
        }
        CrateKind::Client => vec![
            feature("default", &["reqwest", "rustls"], "What most users want."),
            feature(
                "reqwest",
                &["dep:reqwest", "dep:tokio", "tokio?/rt", "tokio?/time"],
                "The default transport, reqwest.",
            ),
            feature(
                "rustls",
                &["reqwest", "reqwest?/rustls"],
                "TLS for reqwest, by rustls.",
            ),
            feature(
                "tower",
                &["dep:tokio", "dep:tower-service", "tokio?/rt", "tokio?/time"],
                "Any `tower` service as transport.",
            ),
            feature(
                "blocking",
                &["dep:tokio", "tokio?/rt-multi-thread"],
                "A blocking client.",
            ),
            feature("tracing", &["dep:tracing"], "An event for each call."),
        ],
    }
}

/// The cargo features that the support code of these crates asks for.
pub(super) fn features_asked_for(packages: &[Package]) -> Vec<&'static str> {
    let known = [
        "reqwest", "tower", "blocking", "tracing", "chrono", "jiff", "time", "uuid",
    ];
    let has = |name: &str| {
        packages
            .iter()
            .flat_map(|package| &package.features)
            .any(|feature| feature.name == name)
    };
    known.into_iter().filter(|name| has(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> Uses {
        Uses {
            patterns: true,
            xml: true,
            texts: TextType::ALL.into(),
            ..Uses::default()
        }
    }

    #[test]
    fn every_dependency_stands_in_the_manifest_of_the_templates() {
        let uses = everything();
        assert_eq!(dependencies(CrateKind::Types, &uses).len(), 8);
        assert_eq!(dependencies(CrateKind::Client, &uses).len(), 10);
        assert_eq!(dependencies(CrateKind::Server, &uses).len(), 8);
        for kind in CrateKind::ALL {
            let names = kind.facts().example_packages;
            assert_eq!(dev_dependencies(names).len(), names.len());
        }
    }

    #[test]
    fn support_code_asks_for_features_that_are_known() {
        let texts = [TYPES, CLIENT, SERVER, SHARED]
            .into_iter()
            .flatten()
            .map(|(_, text)| *text);
        let asked = texts
            .flat_map(|text| text.split("feature = \"").skip(1))
            .filter_map(|rest| Some(rest.split_once('"')?.0));
        let asked: BTreeSet<&str> = asked.collect();
        let known = [CrateKind::Types, CrateKind::Client]
            .into_iter()
            .flat_map(|kind| features(kind, &everything()));
        let known = known
            .map(|feature| feature.name)
            .filter(|name| !["default", "rustls"].contains(&name.as_str()));
        let known: std::collections::BTreeSet<String> = known.collect();
        assert_eq!(asked, known.iter().map(String::as_str).collect());
    }
}
