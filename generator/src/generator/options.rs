//! The keys of a configuration as methods, for build scripts.

use super::Generator;
use crate::config::own::{OwnPackage, OwnType, Replacement};
use crate::config::{GoesOn, OperationOptions, Pagination, UnknownFields};
use crate::crates::CrateKind;
use crate::diag::{Level, Levels};
use crate::limits::Limits;
use crate::polling::LongRunning;
use std::path::PathBuf;
use std::time::Duration;

impl Generator {
    /// Sets the crates to write. The types are always included.
    pub fn emit(mut self, emit: impl IntoIterator<Item = CrateKind>) -> Self {
        self.options.set_emit(emit);
        self
    }

    /// Treats warnings as errors.
    pub fn strict(mut self, strict: bool) -> Self {
        self.options.strict = strict;
        self
    }

    /// Hides the messages with this code, such as `SW0401`.
    pub fn allow(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Allow)
    }

    /// Treats the messages with this code as warnings.
    pub fn warn(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Warn)
    }

    /// Treats the messages with this code as errors.
    pub fn deny(self, code: impl Into<String>) -> Self {
        self.lint(code, Level::Deny)
    }

    /// Sets the levels of several codes; they override earlier ones.
    pub fn levels(mut self, levels: &Levels) -> Self {
        self.options.lints.extend(levels);
        self
    }

    fn lint(mut self, code: impl Into<String>, level: Level) -> Self {
        self.lints.push((code.into(), level));
        self
    }

    /// Sets what structs do with properties that the description doesn't declare.
    pub fn unknown_fields(mut self, unknown_fields: UnknownFields) -> Self {
        self.options.unknown_fields = unknown_fields;
        self
    }

    /// Sets what the names of the environment variables begin with that the client reads, such as `PETS`; by default the API's name in capitals.
    pub fn env_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.options.env_prefix = Some(prefix.into());
        self
    }

    /// Links the documentation of each operation to the API's reference, by a URL that contains `{operationId}`.
    pub fn docs_url(mut self, url: impl Into<String>) -> Self {
        self.options.docs_url = Some(url.into());
        self
    }

    /// Puts the description into the server, which can then serve it as JSON and YAML, and as a page that sends requests.
    pub fn serve_document(mut self) -> Self {
        self.options.serve_document = true;
        self
    }

    /// Adds mixed-case words that names keep together, such as `OAuth`.
    pub fn words<W: Into<String>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.options.words.extend(words.into_iter().map(Into::into));
        self
    }

    /// Writes only the operations that this entry, or another one of this method, selects: an operationId, `METHOD /path`, `/path`,
    /// `tag:NAME`, or the name of an extension that is `true` for the operation or its path, such as `x-public`. In paths `*` stands for
    /// anything within a segment and `**` for any number of segments, elsewhere `*` for anything.
    pub fn include(mut self, operations: impl Into<String>) -> Self {
        self.options.include.push(operations.into());
        self
    }

    /// Leaves out the operations that an entry selects, as for [`include`](Self::include), and the types that only these use.
    pub fn exclude(mut self, operations: impl Into<String>) -> Self {
        self.options.exclude.push(operations.into());
        self
    }

    /// Leaves out all types that no operation uses, or none. By default, those that only excluded operations use are left out.
    pub fn prune(mut self, prune: bool) -> Self {
        self.options.prune = Some(prune);
        self
    }

    /// Says whether the client may repeat the requests of an operation, given by its operationId or as `METHOD /path`. By default it repeats
    /// those of idempotent methods.
    pub fn retries(self, operation: impl Into<String>, may_repeat: bool) -> Self {
        self.operation(operation, |set| set.retries = Some(may_repeat))
    }

    /// Says of an operation, given by its operationId or as `METHOD /path`, that its first page (or item) has the number `first`, where the
    /// description doesn't say so; with `None`, that it doesn't list page by page.
    pub fn pagination(self, operation: impl Into<String>, first: Option<i64>) -> Self {
        let pagination = first.map_or(Pagination::Off, Pagination::From);
        self.operation(operation, |set| set.pagination = Some(pagination))
    }

    /// Says whether an operation, given by its operationId or as `METHOD /path`, goes on after its response: its request then has `until_done`,
    /// which asks until it is done. How a response says its state is a matter of the configuration (`long-running`).
    pub fn long_running(self, operation: impl Into<String>, goes_on: bool) -> Self {
        let said = if goes_on {
            GoesOn::Yes(LongRunning::default())
        } else {
            GoesOn::No
        };
        self.operation(operation, |set| set.long_running = Some(said))
    }

    /// Sets the header by which the server recognizes a repeated request: the client sends it with each operation that isn't idempotent.
    pub fn idempotency_key(mut self, header: impl Into<String>) -> Self {
        self.options.idempotency_key = Some(header.into());
        self
    }

    /// Gives the client the flows of OAuth 2 although no security scheme of the description names any.
    pub fn oauth2(mut self) -> Self {
        self.options.oauth2 = true;
        self
    }

    /// Sets limits of an operation in servers, given by its operationId or as `METHOD /path`: the size of a request body in bytes, and the time
    /// until the response begins.
    pub fn limits(
        self,
        operation: impl Into<String>,
        body: Option<u32>,
        time: Option<Duration>,
    ) -> Self {
        let body = body.map(u64::from);
        let limits = Limits { body, time };
        self.operation(operation, |set| set.limits = limits.or(set.limits))
    }

    fn operation(
        mut self,
        name: impl Into<String>,
        set: impl FnOnce(&mut OperationOptions),
    ) -> Self {
        let (name, all) = (name.into(), &mut self.options.operations);
        if let Some((_, options)) = all.iter_mut().find(|(known, _)| *known == name) {
            set(options);
        } else {
            let mut options = OperationOptions::default();
            set(&mut options);
            all.push((name, options));
        }
        self
    }

    /// Allows `$ref` to reach a directory in addition to the description's own.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.access.roots.push(folder.into());
        self
    }

    /// Maps a URL to a local file, or a URL that ends in `/` to a directory.
    pub fn url(mut self, url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.options.access.urls.insert(url.into(), path.into());
        self
    }

    /// Applies an overlay to the description (Overlay Specification 1.0 or 1.1), after those that were given before. Needs the feature
    /// `overlays`, which is among the default ones.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.access.overlays.push(path.into());
        self
    }

    /// Sets the version of the generated packages. With `"auto"` it is that of the last run, raised by what the description has changed
    /// since: by Cargo's rules, `0.1.0` at first.
    pub fn package_version(mut self, version: impl AsRef<str>) -> Self {
        self.options.set_version(version.as_ref());
        self
    }

    /// Sets the licence of the generated packages, an SPDX expression.
    pub fn license(mut self, license: impl Into<String>) -> Self {
        self.options.license = Some(license.into());
        self
    }

    /// Makes each group of operations a cargo feature of the packages, so that users compile only what they use. By default this is done
    /// for big APIs only. Modules have no such features.
    pub fn features(mut self, features: bool) -> Self {
        self.options.features = Some(features);
        self
    }

    /// Sets whether the types crate gets the feature `proptest`, with random values of each type for tests.
    pub fn proptest(mut self, proptest: bool) -> Self {
        self.options.proptest = proptest;
        self
    }

    /// Replaces the type of a schema by a type of another crate: `"rust_decimal::Decimal"`, or a [`Replacement`] with more options. The
    /// type has to implement `Debug`, `Clone` and `PartialEq`, and serde's traits in the format of the API. Constraints of the schema
    /// aren't checked; the type decides which values it accepts.
    pub fn replace_type(
        mut self,
        schema: impl Into<String>,
        replacement: impl Into<Replacement>,
    ) -> Self {
        self.options.own.types.push(OwnType {
            name: schema.into(),
            replacement: Some(replacement.into()),
            ..OwnType::default()
        });
        self
    }

    /// Replaces the type of strings and numbers with a format by a type of another crate: `"jiff::Timestamp"` for `date-time`. The same
    /// requirements apply as for [`Generator::replace_type`].
    pub fn replace_format(
        mut self,
        format: impl Into<String>,
        replacement: impl Into<Replacement>,
    ) -> Self {
        self.options.own.formats.push(OwnType {
            name: format.into(),
            replacement: Some(replacement.into()),
            ..OwnType::default()
        });
        self
    }

    /// Adds a dependency of the types, for [`replace_type`](Self::replace_type), [`derive`](Self::derive) and
    /// [`attribute`](Self::attribute). It is listed in the manifest of packages; modules are part of a crate that has to depend on it
    /// itself.
    pub fn dependency<F: Into<String>>(
        mut self,
        package: impl Into<String>,
        version: impl Into<String>,
        features: impl IntoIterator<Item = F>,
    ) -> Self {
        self.options.own.packages.push(OwnPackage {
            name: package.into(),
            source: vec![("version", version.into())],
            features: features.into_iter().map(Into::into).collect(),
            default_features: true,
            optional: false,
        });
        self
    }

    /// Adds a derive to every struct and enum of the types: `"PartialOrd"`, `"schemars::JsonSchema"`.
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.options.own.derives.push(path.into());
        self
    }

    /// Adds a derive to the type of one schema.
    pub fn derive_for(self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        let derives = vec![path.into()];
        self.add_to(schema.into(), derives, Vec::new())
    }

    /// Adds an attribute to every struct and enum of the types: `"#[must_use]"`.
    pub fn attribute(mut self, attribute: impl Into<String>) -> Self {
        self.options.own.attributes.push(attribute.into());
        self
    }

    /// Adds an attribute to the type of one schema.
    pub fn attribute_for(self, schema: impl Into<String>, attribute: impl Into<String>) -> Self {
        let attributes = vec![attribute.into()];
        self.add_to(schema.into(), Vec::new(), attributes)
    }

    fn add_to(mut self, name: String, derives: Vec<String>, attributes: Vec<String>) -> Self {
        self.options.own.types.push(OwnType {
            name,
            replacement: None,
            derives,
            attributes,
        });
        self
    }
}
