//! The table of an API, checked: what is written → options, or complaints with the places of keys.

use super::options::AUTOMATIC;
use super::own::{self, Own};
use super::paths::{from, join};
use super::places::{keys, positions};
use super::raw::{Off, RawApi, RawConfig, RawLimit, RawLongRunning, RawOperation, RawPagination};
use super::{
    Api, Complaints, GoesOn, Layout, OperationOptions, Options, PackageName, Pagination, Runtime,
};
use crate::crates::CrateKind;
use crate::diag::Code;
use crate::limits::{self, Limits};
use crate::polling::LongRunning;
use crate::source::{Said, is_url};
use std::path::Path;
use std::sync::Arc;
use toml::Spanned;

pub(super) fn checked(
    path: &Path,
    text: &str,
    raw: &RawConfig,
    name: &Spanned<String>,
    api: &RawApi,
    complaints: &mut Complaints,
) -> Option<Api> {
    let name = match PackageName::new(name.get_ref()) {
        Ok(valid) => valid,
        Err(code) => {
            complaints.push((code, name.span()));
            return None;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let below = |path: &Path| join(folder, path);
    let out = match (&api.out, &raw.out) {
        (Some(out), _) => below(out),
        (None, Some(out)) => below(out).join(name.as_str()),
        (None, None) => below(Path::new("generated")).join(name.as_str()),
    };
    let mut options = Options::new(name.clone());
    if let Some(emit) = &api.emit {
        options.set_emit(emit.iter().copied());
    }
    if let Some(version) = &api.package_version {
        let is_valid = version.get_ref() == AUTOMATIC || is_version(version.get_ref());
        if !is_valid {
            let detail = format!(
                "`{}` is not a version such as `1.2.3`, nor `auto`",
                version.get_ref()
            );
            complaints.push((Code::BadConfig { detail }, version.span()));
        }
        options.set_version(version.get_ref());
    }
    options.strict = api.strict;
    options.unknown_fields = api.unknown_fields;
    options.env_prefix = env_prefix(api, complaints);
    options.docs_url.clone_from(&api.docs_url);
    options.serve_document = api.serve_document;
    options.words = texts(&api.words);
    options.include = texts(&api.include);
    options.exclude = texts(&api.exclude);
    options.prune = api.prune;
    options.idempotency_key = idempotency_key(api, complaints);
    options.oauth2 = api.oauth2;
    let operations = api.operations.iter();
    options.operations = operations
        .map(|(name, raw)| (name.get_ref().clone(), operation(raw, complaints)))
        .collect();
    options.license.clone_from(&api.license);
    options.features = api.features;
    options.proptest = api.proptest;
    options.own = own(api, folder, &out, complaints);
    options.runtime = runtime(raw, folder, &out, complaints);
    let roots = api.roots.iter();
    options.access.roots = roots.map(|root| below(root.get_ref())).collect();
    options.access.overlays = api.overlays.iter().map(|path| below(path)).collect();
    options.access.said = Some(Arc::new(Said {
        path: path.to_path_buf(),
        text: text.to_owned(),
        include: positions(text, &api.include),
        exclude: positions(text, &api.exclude),
        operations: keys(text, &api.operations),
        roots: positions(text, &api.roots),
        words: positions(text, &api.words),
        types: keys(text, &api.types),
        formats: keys(text, &api.formats),
        derives: positions(text, &api.derives),
    }));
    options.access.urls = raw
        .urls
        .iter()
        .map(|(url, path)| (url.get_ref().clone(), below(path)))
        .collect();
    let is_address = api.spec.to_str().is_some_and(is_url);
    Some(Api {
        name,
        spec: if is_address {
            api.spec.clone()
        } else {
            below(&api.spec)
        },
        out,
        options,
    })
}

/// The package that has the support code of all APIs. Its directory has its name, and is apart from that of any API.
fn runtime(
    raw: &RawConfig,
    folder: &Path,
    out: &Path,
    complaints: &mut Complaints,
) -> Option<Runtime> {
    let said = raw.runtime.as_ref()?;
    let place = join(folder, said.get_ref());
    let last = place.file_name().unwrap_or_default().to_string_lossy();
    let name = match PackageName::new(&last) {
        Ok(name) => name,
        Err(code) => {
            complaints.push((code, said.span()));
            return None;
        }
    };
    let is_taken = |api: &PackageName| {
        let mut kinds = CrateKind::ALL.into_iter();
        kinds.any(|kind| kind.package(api.as_str()) == name.as_str())
    };
    let mut apis = raw.apis.keys();
    let taken = apis.any(|api| PackageName::new(api.get_ref()).is_ok_and(|api| is_taken(&api)));
    let reason = if place.starts_with(out) || out.starts_with(&place) {
        format!(
            "`{}` is the directory of an API, or around it, or in it",
            place.display()
        )
    } else if taken {
        format!("`{}` is the name of an API's package", name.as_str())
    } else {
        let way = from(&out.join(CrateKind::Types.name()), &place);
        let folder = place;
        return Some(Runtime { name, folder, way });
    };
    let detail = format!("the runtime needs a place and a name of its own: {reason}");
    complaints.push((Code::BadConfig { detail }, said.span()));
    None
}

/// The entries of a list.
fn texts(entries: &[Spanned<String>]) -> Vec<String> {
    let entries = entries.iter();
    entries.map(|entry| entry.get_ref().clone()).collect()
}

/// What environment variables begin with: letters, digits and `_` (POSIX.1-2024, base definitions, section 8.1).
fn env_prefix(api: &RawApi, complaints: &mut Complaints) -> Option<String> {
    let prefix = api.env_prefix.as_ref()?;
    let text = prefix.get_ref();
    let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(is_of_names) {
        return Some(text.clone());
    }
    let detail = format!("`{text}` is not what environment variables begin with, such as `PETS`");
    complaints.push((Code::BadConfig { detail }, prefix.span()));
    None
}

/// The header of idempotency keys, which has to be the name of one (RFC 9110, section 5.1).
fn idempotency_key(api: &RawApi, complaints: &mut Complaints) -> Option<String> {
    let name = api.idempotency_key.as_ref()?;
    let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.get_ref().is_empty() && name.get_ref().bytes().all(is_of_names) {
        return Some(name.get_ref().clone());
    }
    let detail = format!("`{}` is not the name of a header", name.get_ref());
    complaints.push((Code::BadConfig { detail }, name.span()));
    None
}

/// The custom types of an API. Invalid Rust is reported at the key or the list entry.
fn own(api: &RawApi, folder: &Path, out: &Path, complaints: &mut Complaints) -> Own {
    let mut own = Own {
        derives: api.derives.iter().map(|it| it.get_ref().clone()).collect(),
        attributes: api
            .attributes
            .iter()
            .map(|it| it.get_ref().clone())
            .collect(),
        ..Own::default()
    };
    let mut wrong = |detail, span| complaints.push((Code::BadConfig { detail }, span));
    for (raw, into) in [
        (&api.types, &mut own.types),
        (&api.formats, &mut own.formats),
    ] {
        for (name, entry) in raw {
            match entry.named(name.get_ref()) {
                Ok(entry) => into.push(entry),
                Err(detail) => wrong(detail, name.span()),
            }
        }
    }
    let types = out.join(CrateKind::Types.name());
    for (name, entry) in &api.dependencies {
        let place = |path: &str| from(&types, &join(folder, Path::new(path)));
        match entry.named(name.get_ref(), place) {
            Ok(package) => own.packages.push(package),
            Err(detail) => wrong(detail, name.span()),
        }
    }
    // Indexes match the tables only if no entry was invalid.
    if complaints.is_empty() {
        let span = |entry| match entry {
            own::Entry::Type(at) => api.types.keys().nth(at).map(Spanned::span),
            own::Entry::Format(at) => api.formats.keys().nth(at).map(Spanned::span),
            own::Entry::Derive(at) => api.derives.get(at).map(Spanned::span),
            own::Entry::Attribute(at) => api.attributes.get(at).map(Spanned::span),
        };
        let problems = own::problems(&own, Layout::Crates).into_iter();
        complaints.extend(problems.map(|(entry, code)| (code, span(entry).unwrap_or_default())));
    }
    own
}

/// Whether and how an operation goes on after its response.
fn goes_on(raw: &RawLongRunning) -> GoesOn {
    match raw {
        RawLongRunning::Flag(false) => GoesOn::No,
        RawLongRunning::Flag(true) => GoesOn::Yes(LongRunning::default()),
        RawLongRunning::State {
            state,
            done,
            failed,
        } => GoesOn::Yes(LongRunning {
            state: state.clone(),
            done: done.clone(),
            failed: failed.clone(),
            result: None,
        }),
    }
}

/// The settings of an operation.
fn operation(raw: &RawOperation, complaints: &mut Complaints) -> OperationOptions {
    let (body, time) = (raw.body_limit.as_ref(), raw.time_limit.as_ref());
    OperationOptions {
        retries: raw.retries,
        pagination: raw.pagination.map(|said| match said {
            RawPagination::Off(Off) => Pagination::Off,
            RawPagination::From { first } => Pagination::From(first),
        }),
        long_running: raw.long_running.as_ref().map(goes_on),
        limits: Limits {
            body: limit(body, limits::SIZE, limits::size, complaints),
            time: limit(time, limits::TIME, limits::time, complaints),
        },
    }
}

fn limit<T>(
    limit: Option<&Spanned<RawLimit>>,
    expected: &str,
    parse: impl Fn(&str) -> Option<T>,
    complaints: &mut Complaints,
) -> Option<T> {
    let limit = limit?;
    let valid = match limit.get_ref() {
        RawLimit::Number(number) => parse(&number.to_string()),
        RawLimit::Text(text) => parse(text),
    };
    if valid.is_none() {
        let detail = format!("a limit is {expected}");
        complaints.push((Code::BadConfig { detail }, limit.span()));
    }
    valid
}

/// Whether a text is a version: three numbers, and optionally a suffix that begins with `-` or `+` (close enough to semantic versioning for
/// a manifest).
fn is_version(text: &str) -> bool {
    let (numbers, suffix) = text
        .split_once(['-', '+'])
        .map_or((text, "0"), |(numbers, suffix)| (numbers, suffix));
    let plain = |part: &str| {
        !part.is_empty()
            && part.parse::<u64>().is_ok()
            && (part == "0" || !part.starts_with(['0', '+']))
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
    numbers.split('.').count() == 3
        && numbers.split('.').all(plain)
        && !suffix.is_empty()
        && suffix.chars().all(fits)
}
