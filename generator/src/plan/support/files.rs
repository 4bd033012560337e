//! The files of support code and their requirements, in one place. A test compares them with the files' `use` lines.

use super::super::rust::TextType;
use super::super::uses::Use;
use crate::crates::CrateKind;

/// A file of support code.
#[derive(Debug)]
pub struct File {
    /// The path below `templates/src/support/`: `types/date.rs`. Files of `shared/` are copied to client and server, those of `common/` to
    /// all.
    pub path: &'static str,
    pub text: &'static str,
    /// Whether it is in every crate that has files of this directory.
    pub always: bool,
    /// The uses that require it.
    pub when: &'static [Use],
    /// The files that it uses.
    pub needs: &'static [&'static str],
    /// The packages that it uses, with required features: `tokio/rt`. Excludes packages that a feature enables.
    pub packages: &'static [&'static str],
    /// The packages that it uses in addition where it runs in a browser.
    pub in_browsers: &'static [&'static str],
    /// The features that it checks, or that enable it in `mod.rs`.
    pub features: &'static [&'static str],
}

impl File {
    const fn new(path: &'static str, text: &'static str) -> Self {
        Self {
            path,
            text,
            always: false,
            when: &[],
            needs: &[],
            packages: &[],
            in_browsers: &[],
            features: &[],
        }
    }

    const fn always(self) -> Self {
        Self {
            always: true,
            ..self
        }
    }

    const fn when(self, when: &'static [Use]) -> Self {
        Self { when, ..self }
    }

    const fn needs(self, needs: &'static [&'static str]) -> Self {
        Self { needs, ..self }
    }

    const fn packages(self, packages: &'static [&'static str]) -> Self {
        Self { packages, ..self }
    }

    const fn in_browsers(self, in_browsers: &'static [&'static str]) -> Self {
        Self {
            in_browsers,
            ..self
        }
    }

    const fn features(self, features: &'static [&'static str]) -> Self {
        Self { features, ..self }
    }

    /// The directory, and the name in it.
    #[must_use]
    pub fn folder_and_name(&self) -> (&'static str, &'static str) {
        self.path.split_once('/').unwrap_or(("", self.path))
    }

    /// Whether crates of a kind may have it.
    #[must_use]
    pub fn is_of(&self, kind: CrateKind) -> bool {
        kind.facts().support.contains(&self.folder_and_name().0)
    }
}

macro_rules! file {
    ($path:literal) => {
        File::new(
            $path,
            include_str!(concat!("../../../templates/support/", $path)),
        )
    };
}

/// All files, in the order in which they are copied.
pub const FILES: &[File] = &[
    file!("common/base64_code.rs"),
    file!("common/hidden.rs"),
    file!("types/mod.rs").always(),
    file!("types/alternatives.rs")
        .needs(&["types/text.rs", "types/undecided.rs"])
        .packages(&["serde", "serde_json"]),
    file!("types/arbitrary.rs")
        .when(&[Use::Arbitrary])
        .needs(&[
            "types/read.rs",
            "types/regex_sample.rs",
            "types/regex_syntax.rs",
            "types/sample_text.rs",
            "types/simpler.rs",
            "types/validate.rs",
        ])
        .packages(&["serde", "serde_json"])
        .features(&["proptest"]),
    file!("types/base64.rs")
        .when(&[Use::Text(TextType::Base64)])
        .needs(&["common/base64_code.rs", "types/formatted.rs"]),
    file!("types/base64_bytes.rs")
        .when(&[Use::Base64Bytes])
        .needs(&["common/base64_code.rs"])
        .packages(&["serde"]),
    file!("types/clock.rs"),
    file!("types/constant.rs")
        .when(&[Use::Constant])
        .needs(&["types/object.rs"])
        .packages(&["serde"]),
    file!("types/date.rs")
        .when(&[Use::Text(TextType::Date)])
        .needs(&["types/clock.rs", "types/formatted.rs"])
        .features(&["chrono", "jiff", "time"]),
    file!("types/date_time.rs")
        .when(&[Use::Text(TextType::DateTime)])
        .needs(&["types/clock.rs", "types/formatted.rs"])
        .features(&["chrono", "jiff", "time"]),
    file!("types/decimal.rs")
        .when(&[Use::Text(TextType::Decimal)])
        .needs(&["types/formatted.rs"]),
    file!("types/duration.rs")
        .when(&[Use::Text(TextType::Duration)])
        .needs(&["types/formatted.rs"])
        .features(&["jiff"]),
    file!("types/foreign.rs")
        .when(&[Use::Foreign])
        .needs(&["types/param.rs"])
        .packages(&["serde", "serde_json"]),
    file!("types/formatted.rs").needs(&[
        "types/param.rs",
        "types/string_enum.rs",
        "types/validate.rs",
    ]),
    file!("types/grammar.rs").when(&[Use::Grammar]).needs(&[
        "types/clock.rs",
        "types/rfc3986.rs",
        "types/validate.rs",
    ]),
    file!("types/integer_enum.rs")
        .when(&[Use::IntegerEnum])
        .needs(&["types/param.rs", "types/validate.rs"])
        .packages(&["serde"]),
    file!("types/list.rs").always(),
    file!("types/object.rs")
        .when(&[Use::Object])
        .needs(&["types/pointer.rs", "types/read.rs"])
        .packages(&["serde", "serde_json"]),
    file!("types/param.rs").always(),
    file!("types/pattern.rs")
        .when(&[Use::Pattern])
        .needs(&["types/validate.rs"])
        .packages(&["regex-lite"]),
    file!("types/pattern_backtracking.rs")
        .when(&[Use::Backtracking])
        .needs(&["types/pattern.rs", "types/regex_search.rs"]),
    file!("types/pointer.rs"),
    file!("types/read.rs")
        .always()
        .needs(&["types/pointer.rs"])
        .packages(&["serde", "serde_json"]),
    file!("types/regex_format.rs")
        .when(&[Use::Regex])
        .needs(&["types/regex_syntax.rs", "types/validate.rs"]),
    file!("types/regex_sample.rs").needs(&["types/regex_syntax.rs"]),
    file!("types/regex_search.rs").needs(&["types/regex_syntax.rs"]),
    file!("types/regex_syntax.rs"),
    file!("types/rfc3986.rs"),
    file!("types/rules.rs")
        .when(&[Use::Rules])
        .needs(&["types/pattern.rs", "types/validate.rs"])
        .packages(&["serde", "serde_json"]),
    file!("types/sample_text.rs").features(&["proptest"]),
    file!("types/simpler.rs")
        .packages(&["serde_json"])
        .features(&["proptest"]),
    file!("types/string_enum.rs")
        .when(&[Use::StringEnum])
        .needs(&["types/param.rs", "types/validate.rs"])
        .packages(&["serde"]),
    file!("types/text.rs")
        .needs(&["types/param.rs", "types/pointer.rs", "types/read.rs"])
        .packages(&["serde", "serde_json"]),
    file!("types/time_of_day.rs")
        .when(&[Use::Text(TextType::Time)])
        .needs(&["types/clock.rs", "types/formatted.rs"])
        .features(&["chrono", "jiff", "time"]),
    file!("types/tuple.rs")
        .when(&[Use::Tuple])
        .needs(&["types/validate.rs"]),
    file!("types/undecided.rs")
        .needs(&[
            "types/text.rs",
            "types/undecided_reader.rs",
            "types/undecided_tree.rs",
        ])
        .packages(&["serde", "serde_json"]),
    file!("types/undecided_reader.rs")
        .needs(&[
            "types/object.rs",
            "types/param.rs",
            "types/pointer.rs",
            "types/text.rs",
            "types/undecided_tree.rs",
        ])
        .packages(&["serde", "serde_json"]),
    file!("types/undecided_tree.rs")
        .needs(&["types/object.rs", "types/text.rs"])
        .packages(&["serde", "serde_json"]),
    file!("types/tagged.rs")
        .needs(&[
            "types/object.rs",
            "types/text.rs",
            "types/undecided.rs",
            "types/undecided_reader.rs",
        ])
        .packages(&["serde", "serde_json"]),
    file!("types/union.rs")
        .when(&[Use::Union])
        .needs(&[
            "types/alternatives.rs",
            "types/object.rs",
            "types/tagged.rs",
            "types/undecided_tree.rs",
            "types/validate.rs",
        ])
        .packages(&["serde", "serde_json"]),
    file!("types/uri.rs")
        .when(&[Use::Text(TextType::Uri)])
        .needs(&["types/formatted.rs", "types/rfc3986.rs"]),
    file!("types/uuid.rs")
        .when(&[Use::Text(TextType::Uuid)])
        .needs(&["types/formatted.rs"])
        .features(&["uuid"]),
    file!("types/validate.rs")
        .always()
        .needs(&["types/pointer.rs", "types/violation.rs"])
        .packages(&["serde", "serde_json"]),
    file!("types/violation.rs"),
    file!("types/whole.rs")
        .when(&[Use::WholeNumber])
        .needs(&["types/object.rs"])
        .packages(&["serde"]),
    file!("types/written_tag.rs")
        .when(&[Use::WrittenTag])
        .packages(&["serde"]),
    file!("types/xml.rs")
        .needs(&[
            "types/read.rs",
            "types/text.rs",
            "types/xml_reader.rs",
            "types/xml_table.rs",
            "types/xml_writer.rs",
        ])
        .packages(&["serde", "serde_json"]),
    file!("types/xml_names.rs"),
    file!("types/xml_reader.rs")
        .needs(&[
            "types/read.rs",
            "types/text.rs",
            "types/xml_names.rs",
            "types/xml_table.rs",
        ])
        .packages(&["quick-xml"]),
    file!("types/xml_table.rs"),
    file!("types/xml_writer.rs")
        .needs(&["types/text.rs", "types/xml_names.rs", "types/xml_table.rs"])
        .packages(&["serde", "serde_json"]),
    file!("client/mod.rs")
        .always()
        .needs(&["types/param.rs", "types/read.rs"])
        .packages(&["bytes", "http"])
        .features(&[
            "blocking",
            "hyper",
            "metrics",
            "mock",
            "oauth2",
            "reqwest",
            "senders",
            "signatures",
            "tower",
            "tracing",
        ]),
    file!("client/attempt.rs").needs(&["client/operation.rs"]),
    file!("client/blocking.rs")
        .needs(&[
            "client/error.rs",
            "client/operation.rs",
            "client/response.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes"])
        .features(&["blocking"]),
    file!("client/browser.rs").in_browsers(&["wasm-bindgen-futures"]),
    file!("client/builder.rs")
        .always()
        .needs(&[
            "client/hook.rs",
            "client/blocking.rs",
            "client/connection.rs",
            "shared/scheme.rs",
            "client/hyper_transport.rs",
            "client/reqwest_transport.rs",
            "client/retry.rs",
            "client/secret.rs",
            "client/timer.rs",
            "client/transport.rs",
            "shared/body.rs",
            "shared/shown.rs",
        ])
        .packages(&["http"])
        .features(&["blocking", "hyper", "reqwest"]),
    file!("client/call_options.rs").needs(&["client/retry.rs"]),
    file!("client/compression.rs")
        .needs(&["shared/body.rs"])
        .packages(&["http", "http-body"])
        .features(&["brotli", "gzip", "zstd"]),
    file!("client/connection.rs")
        .needs(&[
            "client/hook.rs",
            "client/blocking.rs",
            "client/retry.rs",
            "client/secret.rs",
            "client/timer.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["http"])
        .features(&["blocking"]),
    file!("client/encode.rs"),
    file!("client/differences.rs")
        .needs(&["client/encode.rs"])
        .packages(&["http", "serde_json"])
        .features(&["mock"]),
    file!("client/error.rs")
        .needs(&[
            "client/operation.rs",
            "client/response.rs",
            "client/transport.rs",
            "shared/body.rs",
            "shared/shown.rs",
        ])
        .packages(&["http"]),
    file!("client/file.rs")
        .needs(&["shared/body.rs"])
        .packages(&["bytes"])
        .features(&["fs"]),
    file!("client/header.rs").always().packages(&["http"]),
    file!("client/hook.rs")
        .needs(&[
            "client/attempt.rs",
            "client/error.rs",
            "client/response.rs",
            "shared/body.rs",
        ])
        .packages(&["http"]),
    file!("client/hyper_transport.rs")
        .needs(&[
            "client/received.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["http"])
        .features(&["hyper", "hyper-rustls"]),
    file!("client/links.rs")
        .when(&[Use::Links])
        .needs(&["client/header.rs", "client/response.rs"]),
    file!("client/metrics.rs")
        .needs(&[
            "client/attempt.rs",
            "client/connection.rs",
            "client/error.rs",
            "client/response.rs",
        ])
        .packages(&["http"])
        .in_browsers(&["web-time"])
        .features(&["metrics"]),
    file!("client/mock.rs")
        .always()
        .needs(&[
            "client/attempt.rs",
            "client/mock_call.rs",
            "client/mock_reply.rs",
            "client/operation.rs",
            "client/request.rs",
            "client/timer.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["http"])
        .features(&["mock"]),
    file!("client/mock_call.rs")
        .needs(&[
            "client/attempt.rs",
            "client/differences.rs",
            "client/encode.rs",
            "client/operation.rs",
            "client/outgoing.rs",
            "client/recorder.rs",
            "client/request.rs",
            "shared/body.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http", "serde"])
        .features(&["mock"]),
    file!("client/mock_reply.rs")
        .needs(&[
            "client/error.rs",
            "client/response.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "serde", "serde_json"])
        .features(&["mock"]),
    file!("client/multipart.rs")
        .when(&[Use::Multipart])
        .needs(&["client/file.rs", "client/request.rs", "shared/body.rs"])
        .packages(&["bytes", "http", "http-body", "serde", "serde_json"]),
    file!("client/oauth.rs")
        .when(&[Use::OAuth])
        .needs(&[
            "client/builder.rs",
            "client/encode.rs",
            "client/oauth_error.rs",
            "client/oauth_server.rs",
            "client/secret.rs",
            "client/tokens.rs",
            "common/base64_code.rs",
            "shared/body.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http", "serde_json"])
        .features(&["oauth2"]),
    file!("client/oauth_code.rs")
        .when(&[Use::OAuth])
        .needs(&[
            "client/encode.rs",
            "client/oauth.rs",
            "client/oauth_error.rs",
            "client/oauth_server.rs",
            "common/base64_code.rs",
        ])
        .packages(&["http"])
        .in_browsers(&["getrandom"])
        .features(&["blocking", "oauth2"]),
    file!("client/oauth_device.rs")
        .when(&[Use::OAuth])
        .needs(&[
            "client/oauth.rs",
            "client/oauth_error.rs",
            "client/oauth_server.rs",
            "client/timer.rs",
        ])
        .features(&["blocking", "oauth2"]),
    file!("client/oauth_discovery.rs")
        .when(&[Use::OAuth])
        .needs(&[
            "client/oauth.rs",
            "client/oauth_error.rs",
            "client/oauth_server.rs",
        ])
        .packages(&["http", "serde_json"])
        .features(&["blocking", "oauth2"]),
    file!("client/oauth_error.rs")
        .needs(&["client/transport.rs", "shared/body.rs", "shared/shown.rs"])
        .features(&["oauth2"]),
    file!("client/oauth_introspection.rs")
        .when(&[Use::OAuth])
        .needs(&[
            "client/oauth.rs",
            "client/oauth_error.rs",
            "client/oauth_server.rs",
        ])
        .packages(&["serde_json"])
        .features(&["blocking", "oauth2"]),
    file!("client/oauth_revocation.rs")
        .when(&[Use::OAuth])
        .needs(&[
            "client/oauth.rs",
            "client/oauth_error.rs",
            "client/oauth_server.rs",
        ])
        .features(&["blocking", "oauth2"]),
    file!("client/oauth_server.rs")
        .needs(&[
            "client/encode.rs",
            "client/hyper_transport.rs",
            "client/oauth_error.rs",
            "client/reqwest_transport.rs",
            "client/timer.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["http", "serde_json"])
        .features(&["blocking", "hyper", "oauth2", "reqwest"]),
    file!("client/open.rs")
        .when(&[Use::Bytes, Use::Multipart])
        .needs(&["shared/body.rs"])
        .packages(&["bytes", "http-body"])
        .features(&["fs"]),
    file!("client/operation.rs").needs(&["shared/scheme.rs"]),
    file!("client/outcome.rs")
        .always()
        .needs(&[
            "client/error.rs",
            "client/response.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["serde"]),
    file!("client/outgoing.rs")
        .needs(&[
            "client/builder.rs",
            "client/connection.rs",
            "client/encode.rs",
            "client/error.rs",
            "client/operation.rs",
            "client/request.rs",
            "client/response.rs",
            "client/retry.rs",
            "client/secret.rs",
            "shared/body.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http"]),
    file!("client/polling.rs")
        .when(&[Use::Polling])
        .needs(&[
            "client/connection.rs",
            "client/error.rs",
            "client/operation.rs",
            "client/outgoing.rs",
            "client/raw_call.rs",
            "client/redirect.rs",
            "client/request.rs",
            "client/response.rs",
            "client/retry_after.rs",
            "client/timer.rs",
            "shared/body.rs",
        ])
        .packages(&["http", "serde_json"])
        .features(&["blocking"]),
    file!("client/raw_call.rs")
        .always()
        .needs(&[
            "client/builder.rs",
            "client/call_options.rs",
            "client/connection.rs",
            "client/error.rs",
            "client/operation.rs",
            "client/request.rs",
            "client/response.rs",
            "client/sendable.rs",
            "shared/body.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http", "serde"])
        .features(&["blocking"]),
    file!("client/received.rs")
        .needs(&["client/timer.rs", "client/transport.rs", "shared/body.rs"])
        .packages(&["bytes", "http", "http-body"]),
    file!("client/paging.rs")
        .when(&[Use::Paging])
        .needs(&[
            "client/encode.rs",
            "client/error.rs",
            "client/request.rs",
            "client/response.rs",
            "client/retry.rs",
            "client/sendable.rs",
        ])
        .packages(&["http"])
        .features(&["blocking", "stream"]),
    file!("client/paging_body.rs")
        .when(&[Use::PagingInBody])
        .needs(&["client/paging.rs", "client/request.rs"])
        .packages(&["serde", "serde_json"]),
    file!("client/reconnect.rs")
        .when(&[Use::Stream])
        .needs(&[
            "client/error.rs",
            "client/request.rs",
            "client/response.rs",
            "client/retry.rs",
            "client/timer.rs",
            "shared/body.rs",
            "shared/events.rs",
            "shared/stream_error.rs",
        ])
        .packages(&["http"])
        .features(&["blocking"]),
    file!("client/recorded.rs")
        .needs(&[
            "client/differences.rs",
            "client/operation.rs",
            "client/redaction.rs",
            "client/transport.rs",
            "common/base64_code.rs",
        ])
        .packages(&["http", "serde_json"])
        .features(&["mock"]),
    file!("client/recorder.rs")
        .always()
        .needs(&["client/transport.rs", "shared/body.rs"])
        .packages(&["bytes", "http", "http-body-util", "serde", "serde_json"]),
    file!("client/recording.rs")
        .always()
        .needs(&[
            "client/attempt.rs",
            "client/recorded.rs",
            "client/redaction.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body"])
        .features(&["mock"]),
    file!("client/redaction.rs")
        .needs(&[
            "client/differences.rs",
            "client/encode.rs",
            "client/secret.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http", "serde_json"])
        .features(&["mock"]),
    file!("client/redirect.rs")
        .needs(&["client/encode.rs", "shared/body.rs"])
        .packages(&["http"]),
    file!("client/replay.rs")
        .always()
        .needs(&[
            "client/attempt.rs",
            "client/recorded.rs",
            "client/redaction.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["http"])
        .features(&["mock"]),
    file!("client/request.rs")
        .needs(&[
            "client/call_options.rs",
            "client/connection.rs",
            "client/encode.rs",
            "client/error.rs",
            "client/operation.rs",
            "client/response.rs",
            "client/secret.rs",
            "shared/body.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http", "serde", "serde_json"]),
    file!("client/reqwest_transport.rs")
        .needs(&[
            "client/browser.rs",
            "client/received.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["http", "http-body-util"])
        .features(&["aws-lc-rs", "reqwest", "rustls"]),
    file!("client/response.rs")
        .needs(&[
            "client/operation.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "serde", "serde_json"])
        .features(&["mock"]),
    file!("client/retry.rs").needs(&[
        "client/error.rs",
        "client/response.rs",
        "client/retry_after.rs",
    ]),
    file!("client/retry_after.rs")
        .packages(&["http"])
        .in_browsers(&["web-time"]),
    file!("client/secret.rs")
        .needs(&[
            "common/base64_code.rs",
            "shared/body.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http"]),
    file!("client/sendable.rs")
        .always()
        .needs(&[
            "client/call_options.rs",
            "client/connection.rs",
            "client/error.rs",
            "client/mock.rs",
            "client/mock_reply.rs",
            "client/operation.rs",
            "client/request.rs",
            "client/response.rs",
            "shared/body.rs",
        ])
        .features(&["blocking", "mock"]),
    file!("client/sender.rs")
        .when(&[Use::Incoming])
        .needs(&[
            "client/connection.rs",
            "shared/body.rs",
            "shared/signature.rs",
        ])
        .packages(&["http"])
        .features(&["senders", "signatures"]),
    file!("client/sending.rs")
        .always()
        .needs(&[
            "client/attempt.rs",
            "client/compression.rs",
            "client/connection.rs",
            "client/error.rs",
            "client/metrics.rs",
            "client/operation.rs",
            "client/outgoing.rs",
            "client/received.rs",
            "client/redaction.rs",
            "client/redirect.rs",
            "client/request.rs",
            "client/response.rs",
            "client/retry.rs",
            "client/secret.rs",
            "client/timer.rs",
            "client/trace.rs",
            "client/transport.rs",
            "shared/body.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http"])
        .features(&["brotli", "gzip", "metrics", "mock", "tracing", "zstd"]),
    file!("client/stream_response.rs")
        .when(&[Use::Stream])
        .needs(&[
            "client/blocking.rs",
            "client/error.rs",
            "client/response.rs",
            "shared/events.rs",
            "shared/lines.rs",
            "shared/stream_error.rs",
        ])
        .packages(&["serde"])
        .features(&["blocking"]),
    file!("client/styled.rs")
        .when(&[Use::Structure])
        .needs(&[
            "client/encode.rs",
            "client/request.rs",
            "shared/style.rs",
            "types/text.rs",
        ])
        .packages(&["serde"]),
    file!("client/timer.rs")
        .needs(&["client/browser.rs", "shared/body.rs"])
        .in_browsers(&["gloo-timers", "web-time"])
        .features(&["hyper", "reqwest", "tower"]),
    file!("client/tokens.rs")
        .when(&[Use::Tokens])
        .needs(&[
            "client/secret.rs",
            "client/timer.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .features(&["blocking", "hyper", "reqwest", "tower"]),
    file!("client/tower_transport.rs")
        .always()
        .needs(&[
            "client/received.rs",
            "client/transport.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body"])
        .features(&["tower"]),
    file!("client/trace.rs")
        .needs(&[
            "client/attempt.rs",
            "client/connection.rs",
            "client/error.rs",
            "client/operation.rs",
            "client/response.rs",
        ])
        .packages(&["http"])
        .in_browsers(&["web-time"])
        .features(&["tracing"]),
    file!("client/transport.rs")
        .needs(&["client/attempt.rs", "shared/body.rs", "shared/shown.rs"])
        .packages(&["http"]),
    file!("client/xml.rs")
        .when(&[Use::Xml])
        .needs(&[
            "client/error.rs",
            "client/request.rs",
            "client/response.rs",
            "types/xml.rs",
        ])
        .packages(&["serde"]),
    file!("server/mod.rs")
        .always()
        .needs(&[
            "types/param.rs",
            "types/read.rs",
            "types/validate.rs",
            "types/violation.rs",
        ])
        .packages(&["bytes", "http"])
        .features(&["signatures"]),
    file!("server/arriving.rs")
        .needs(&["server/asked.rs", "shared/body.rs"])
        .packages(&["bytes", "http-body"]),
    file!("server/asked.rs")
        .needs(&["server/reply_headers.rs"])
        .packages(&["http"]),
    file!("server/auth.rs")
        .needs(&[
            "common/base64_code.rs",
            "server/decode.rs",
            "server/operation.rs",
            "server/problem.rs",
            "shared/scheme.rs",
        ])
        .packages(&["http"]),
    file!("server/builder.rs")
        .always()
        .needs(&[
            "server/asked.rs",
            "server/auth.rs",
            "server/json_bytes.rs",
            "server/layers.rs",
            "server/operation.rs",
            "server/problem.rs",
            "server/reply.rs",
            "server/request_body.rs",
            "server/request_id.rs",
            "server/response_checks.rs",
            "server/response_future.rs",
            "server/service.rs",
            "server/shutdown.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body", "serde", "tower-service"]),
    file!("server/call.rs")
        .needs(&[
            "server/asked.rs",
            "server/operation.rs",
            "server/reply_headers.rs",
            "server/request_id.rs",
            "server/shutdown.rs",
        ])
        .packages(&["http"]),
    file!("server/choice.rs")
        .when(&[Use::Choice])
        .needs(&["server/decode.rs", "server/route.rs"])
        .packages(&["http"]),
    file!("server/decode.rs"),
    file!("server/document.rs")
        .when(&[Use::Document])
        .needs(&[
            "server/explorer.rs",
            "server/reply.rs",
            "server/served_file.rs",
        ])
        .features(&["explorer"])
        .packages(&["http", "tower-service"]),
    file!("server/errors.rs")
        .always()
        .needs(&["server/problem.rs", "server/reply.rs"]),
    file!("server/exchange.rs")
        .needs(&[
            "server/arriving.rs",
            "server/asked.rs",
            "server/auth.rs",
            "server/call.rs",
            "server/decode.rs",
            "server/media.rs",
            "server/operation.rs",
            "server/problem.rs",
            "server/request_body.rs",
            "server/route_values.rs",
            "server/time_limit.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body", "http-body-util", "serde"]),
    file!("server/explorer.rs")
        .needs(&["server/explorer_assets.rs", "server/served_file.rs"])
        .features(&["explorer"])
        .packages(&["http", "serde_json"]),
    file!("server/explorer_assets.rs")
        .features(&["explorer"])
        .packages(&["bytes"]),
    file!("server/file.rs").packages(&["bytes", "http"]),
    file!("server/json_bytes.rs").packages(&["bytes", "serde", "serde_json"]),
    file!("server/layers.rs")
        .needs(&[
            "server/operation.rs",
            "server/problem.rs",
            "server/reply.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body", "tower-service"]),
    file!("server/media.rs"),
    file!("server/multipart.rs")
        .when(&[Use::Multipart])
        .needs(&[
            "server/exchange.rs",
            "server/file.rs",
            "server/media.rs",
            "server/multipart_reader.rs",
            "server/parts.rs",
            "server/problem.rs",
            "server/request_body.rs",
            "server/time_limit.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body", "http-body-util"]),
    file!("server/multipart_reader.rs")
        .needs(&[
            "server/decode.rs",
            "server/problem.rs",
            "server/time_limit.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body-util"]),
    file!("server/observed.rs")
        .needs(&[
            "server/asked.rs",
            "server/operation.rs",
            "server/request_id.rs",
        ])
        .packages(&["http"])
        .features(&["metrics", "tracing"]),
    file!("server/operation.rs").needs(&["shared/scheme.rs"]),
    file!("server/parts.rs")
        .needs(&[
            "server/file.rs",
            "server/problem.rs",
            "server/request_body.rs",
        ])
        .packages(&["serde"]),
    file!("server/problem.rs")
        .needs(&["server/json_bytes.rs", "shared/body.rs", "shared/shown.rs"])
        .packages(&["bytes", "http", "serde", "serde_json"]),
    file!("server/reply.rs")
        .needs(&[
            "server/json_bytes.rs",
            "server/problem.rs",
            "server/response_checks.rs",
            "shared/body.rs",
        ])
        .packages(&["http", "serde"]),
    file!("server/reply_headers.rs").packages(&["http"]),
    file!("server/request_body.rs")
        .needs(&[
            "server/media.rs",
            "server/operation.rs",
            "server/problem.rs",
            "server/time_limit.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http"]),
    file!("server/request_id.rs")
        .needs(&["server/asked.rs"])
        .packages(&["http"]),
    file!("server/response_checks.rs").needs(&["server/problem.rs"]),
    file!("server/response_future.rs")
        .needs(&[
            "server/asked.rs",
            "server/observed.rs",
            "server/operation.rs",
            "server/problem.rs",
            "server/reply.rs",
            "server/request_id.rs",
            "server/response_checks.rs",
            "server/shutdown.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body"])
        .features(&["tracing"]),
    file!("server/route.rs")
        .needs(&[
            "server/decode.rs",
            "server/exchange.rs",
            "server/operation.rs",
            "server/problem.rs",
            "server/reply.rs",
            "server/route_values.rs",
            "shared/body.rs",
        ])
        .packages(&["http"]),
    file!("server/route_values.rs"),
    file!("server/served_file.rs")
        .needs(&["server/reply.rs", "shared/body.rs"])
        .features(&["explorer"])
        .packages(&["bytes", "http"]),
    file!("server/service.rs")
        .always()
        .needs(&[
            "server/arriving.rs",
            "server/asked.rs",
            "server/auth.rs",
            "server/exchange.rs",
            "server/layers.rs",
            "server/media.rs",
            "server/observed.rs",
            "server/operation.rs",
            "server/problem.rs",
            "server/reply.rs",
            "server/request_body.rs",
            "server/response_future.rs",
            "server/route.rs",
            "server/route_values.rs",
            "server/shutdown.rs",
            "server/time_limit.rs",
            "shared/body.rs",
        ])
        .packages(&["bytes", "http", "http-body", "tokio/rt", "tower-service"]),
    file!("server/shutdown.rs")
        .needs(&["shared/body.rs"])
        .packages(&["bytes", "http-body", "tokio/sync"]),
    file!("server/signed.rs")
        .when(&[Use::Incoming])
        .needs(&[
            "server/builder.rs",
            "server/operation.rs",
            "server/problem.rs",
            "shared/signature.rs",
        ])
        .packages(&["http"])
        .features(&["signatures"]),
    file!("server/stream_checks.rs")
        .needs(&[
            "server/problem.rs",
            "server/reply.rs",
            "server/response_checks.rs",
            "shared/body.rs",
            "shared/stream_error.rs",
        ])
        .packages(&["bytes", "http-body"]),
    file!("server/stream_reply.rs")
        .when(&[Use::Stream])
        .needs(&[
            "server/problem.rs",
            "server/reply.rs",
            "server/shutdown.rs",
            "server/stream_checks.rs",
            "shared/events.rs",
            "shared/lines.rs",
        ])
        .packages(&["http", "serde"]),
    file!("server/styled.rs")
        .when(&[Use::Structure])
        .needs(&[
            "server/auth.rs",
            "server/decode.rs",
            "server/exchange.rs",
            "server/problem.rs",
            "server/request_body.rs",
            "server/styled_text.rs",
            "shared/style.rs",
            "types/text.rs",
        ])
        .packages(&["serde"]),
    file!("server/styled_text.rs")
        .needs(&["server/decode.rs", "shared/style.rs", "types/text.rs"])
        .packages(&["serde_json"]),
    file!("server/time_limit.rs")
        .needs(&["shared/body.rs"])
        .packages(&["bytes", "http-body", "tokio/rt", "tokio/time"]),
    file!("server/xml.rs")
        .when(&[Use::Xml])
        .needs(&[
            "server/exchange.rs",
            "server/media.rs",
            "server/problem.rs",
            "server/reply.rs",
            "server/response_checks.rs",
            "types/xml.rs",
        ])
        .packages(&["http", "serde"]),
    file!("shared/body.rs").packages(&["bytes", "http-body", "http-body-util"]),
    file!("shared/body_stream.rs")
        .when(&[Use::Bytes, Use::Multipart, Use::Stream])
        .needs(&["shared/body.rs"])
        .packages(&["bytes", "http-body"])
        .features(&["stream"]),
    file!("shared/channel.rs")
        .needs(&["shared/body.rs"])
        .packages(&["bytes", "http-body"]),
    file!("shared/events.rs")
        .needs(&[
            "shared/body.rs",
            "shared/channel.rs",
            "shared/stream_error.rs",
        ])
        .packages(&["bytes", "http-body", "serde", "serde_json"])
        .features(&["stream"]),
    file!("shared/lines.rs")
        .needs(&[
            "shared/body.rs",
            "shared/channel.rs",
            "shared/stream_error.rs",
        ])
        .packages(&["bytes", "http-body", "serde", "serde_json"])
        .features(&["stream"]),
    file!("shared/progress.rs")
        .when(&[Use::Bytes, Use::Multipart])
        .needs(&["shared/body.rs"])
        .packages(&["bytes", "http-body"]),
    file!("shared/scheme.rs"),
    file!("shared/shown.rs").needs(&["common/hidden.rs"]),
    file!("shared/signature.rs")
        .needs(&["common/base64_code.rs"])
        .packages(&["http"])
        .features(&["signatures"]),
    file!("shared/stream_error.rs")
        .needs(&["shared/body.rs", "shared/channel.rs", "shared/shown.rs"])
        .packages(&["serde_json"]),
    file!("shared/style.rs"),
    file!("cli/mod.rs").always().needs(&[
        "client/attempt.rs",
        "client/builder.rs",
        "client/error.rs",
        "client/hook.rs",
        "client/response.rs",
        "client/retry.rs",
        "client/secret.rs",
        "client/transport.rs",
        "shared/body.rs",
        "shared/progress.rs",
        "types/read.rs",
    ]),
    file!("cli/api.rs")
        .always()
        .needs(&["calls/facts.rs", "cli/problem.rs", "cli/settings.rs"])
        .packages(&["clap"]),
    file!("cli/body_input.rs")
        .needs(&["calls/facts.rs", "calls/given.rs", "cli/problem.rs"])
        .packages(&["clap", "serde_json"]),
    file!("calls/call.rs").packages(&["serde", "serde_json"]),
    file!("calls/call_bytes.rs")
        .when(&[Use::Bytes])
        .needs(&["calls/call.rs", "client/response.rs"]),
    file!("calls/call_pages.rs")
        .when(&[Use::Paging])
        .needs(&["calls/call.rs", "client/paging.rs"])
        .packages(&["serde"]),
    file!("calls/call_streams.rs")
        .when(&[Use::Stream])
        .needs(&[
            "calls/call.rs",
            "client/response.rs",
            "shared/events.rs",
            "shared/lines.rs",
        ])
        .packages(&["serde", "serde_json"]),
    file!("cli/chosen.rs")
        .needs(&[
            "cli/api.rs",
            "cli/preview.rs",
            "cli/problem.rs",
            "cli/profile.rs",
            "cli/settings.rs",
            "cli/transfer.rs",
            "cli/verbose.rs",
        ])
        .packages(&["clap"]),
    file!("cli/command.rs")
        .needs(&["calls/facts.rs", "cli/api.rs", "cli/problem.rs"])
        .packages(&["clap", "serde_json"]),
    file!("cli/connect.rs").always().needs(&[
        "cli/preview.rs",
        "cli/settings.rs",
        "cli/transfer.rs",
        "cli/verbose.rs",
    ]),
    file!("calls/facts.rs").needs(&["calls/call.rs", "calls/given.rs"]),
    file!("calls/given.rs").packages(&["serde", "serde_json"]),
    file!("calls/given_files.rs")
        .when(&[Use::Multipart])
        .needs(&["calls/given.rs", "client/file.rs"]),
    file!("cli/json.rs")
        .needs(&["cli/terminal.rs"])
        .packages(&["serde_json", "serde_json_path"]),
    file!("cli/lock.rs").packages(&["tokio/time"]),
    file!("cli/login.rs")
        .when(&[Use::Login])
        .needs(&[
            "cli/api.rs",
            "cli/chosen.rs",
            "cli/problem.rs",
            "cli/renewal.rs",
            "cli/terminal.rs",
            "cli/token_file.rs",
            "client/oauth.rs",
            "client/oauth_error.rs",
            "client/oauth_server.rs",
        ])
        .packages(&["clap"]),
    file!("cli/matched.rs")
        .needs(&[
            "calls/facts.rs",
            "calls/given.rs",
            "cli/body_input.rs",
            "cli/problem.rs",
        ])
        .packages(&["clap", "serde_json"]),
    file!("cli/output.rs")
        .needs(&[
            "calls/call.rs",
            "cli/json.rs",
            "cli/problem.rs",
            "cli/table.rs",
            "cli/terminal.rs",
            "cli/transfer.rs",
            "cli/yaml.rs",
        ])
        .packages(&["clap", "serde_json_path"]),
    file!("cli/preview.rs").packages(&["http"]),
    file!("cli/problem.rs").needs(&["calls/call.rs", "calls/given.rs"]),
    file!("cli/profile.rs")
        .needs(&["cli/api.rs", "cli/problem.rs"])
        .packages(&["serde_json", "toml"]),
    file!("cli/renewal.rs").needs(&[
        "cli/api.rs",
        "cli/chosen.rs",
        "cli/token_file.rs",
        "client/oauth.rs",
        "client/oauth_error.rs",
        "client/oauth_server.rs",
        "client/tokens.rs",
    ]),
    file!("cli/run.rs")
        .always()
        .needs(&[
            "cli/api.rs",
            "cli/chosen.rs",
            "cli/command.rs",
            "cli/matched.rs",
            "cli/output.rs",
            "cli/problem.rs",
            "cli/shell.rs",
            "cli/terminal.rs",
        ])
        .packages(&["clap", "tokio/rt", "tokio/net", "tokio/time"]),
    file!("cli/settings.rs").needs(&["cli/preview.rs", "cli/transfer.rs", "cli/verbose.rs"]),
    file!("cli/shell.rs")
        .needs(&["cli/api.rs", "cli/command.rs", "cli/problem.rs"])
        .packages(&["clap_complete", "clap_mangen"]),
    file!("cli/table.rs").needs(&["cli/json.rs"]),
    file!("cli/terminal.rs")
        .needs(&["common/hidden.rs"])
        .packages(&["clap"]),
    file!("cli/token_file.rs")
        .needs(&["cli/lock.rs", "cli/profile.rs"])
        .packages(&["serde_json"]),
    file!("cli/transfer.rs").packages(&["http"]),
    file!("cli/verbose.rs")
        .needs(&["cli/preview.rs", "cli/terminal.rs"])
        .packages(&["http"]),
    file!("cli/yaml.rs")
        .needs(&["cli/json.rs"])
        .packages(&["serde_json"]),
    file!("mcp/mod.rs")
        .always()
        .needs(&[
            "client/builder.rs",
            "client/error.rs",
            "client/oauth.rs",
            "client/oauth_introspection.rs",
            "client/oauth_server.rs",
            "client/response.rs",
            "client/secret.rs",
            "shared/body.rs",
            "types/read.rs",
        ])
        .features(&["streamable-http"]),
    file!("mcp/api.rs").always().needs(&["calls/facts.rs"]),
    file!("mcp/caller.rs").always().packages(&["tokio/rt"]),
    file!("mcp/catalog.rs")
        .needs(&[
            "calls/facts.rs",
            "mcp/api.rs",
            "mcp/clean.rs",
            "mcp/schemas.rs",
            "mcp/settings.rs",
        ])
        .packages(&["rmcp", "serde_json"]),
    file!("mcp/clean.rs").needs(&["common/hidden.rs"]),
    file!("mcp/docs.rs")
        .needs(&["calls/facts.rs", "mcp/catalog.rs", "mcp/clean.rs"])
        .packages(&["rmcp"]),
    file!("mcp/handler.rs")
        .needs(&[
            "calls/facts.rs",
            "mcp/api.rs",
            "mcp/caller.rs",
            "mcp/catalog.rs",
            "mcp/clean.rs",
            "mcp/docs.rs",
            "mcp/input.rs",
            "mcp/kept.rs",
            "mcp/next_page.rs",
            "mcp/outcome.rs",
            "mcp/protected.rs",
            "mcp/schemas.rs",
            "mcp/settings.rs",
        ])
        .packages(&["rmcp", "serde_json"])
        .features(&["streamable-http"]),
    file!("mcp/input.rs")
        .needs(&[
            "calls/facts.rs",
            "calls/given.rs",
            "common/base64_code.rs",
            "mcp/schemas.rs",
        ])
        .packages(&["serde_json"]),
    file!("mcp/kept.rs"),
    file!("mcp/next_page.rs")
        .needs(&["calls/facts.rs", "mcp/schemas.rs"])
        .packages(&["serde_json"]),
    file!("mcp/outcome.rs")
        .needs(&[
            "calls/call.rs",
            "common/base64_code.rs",
            "mcp/kept.rs",
            "mcp/next_page.rs",
            "mcp/schemas.rs",
            "mcp/settings.rs",
        ])
        .packages(&["rmcp", "serde", "serde_json", "tokio/time"]),
    file!("mcp/protected.rs")
        .needs(&["mcp/api.rs", "mcp/clean.rs", "mcp/settings.rs"])
        .packages(&["serde_json"])
        .features(&["streamable-http"]),
    file!("mcp/run.rs")
        .always()
        .needs(&[
            "mcp/api.rs",
            "mcp/catalog.rs",
            "mcp/handler.rs",
            "mcp/settings.rs",
            "mcp/streamable.rs",
        ])
        .packages(&["rmcp", "tokio/rt", "tokio/net", "tokio/time"])
        .features(&["streamable-http"]),
    file!("mcp/schemas.rs")
        .needs(&["calls/facts.rs", "mcp/clean.rs"])
        .packages(&["serde_json"]),
    file!("mcp/settings.rs")
        .needs(&["mcp/api.rs"])
        .features(&["streamable-http"]),
    file!("mcp/streamable.rs")
        .needs(&[
            "mcp/api.rs",
            "mcp/handler.rs",
            "mcp/protected.rs",
            "mcp/settings.rs",
        ])
        .packages(&["rmcp", "tokio/net", "tokio/rt", "tokio/time"])
        .features(&["streamable-http"]),
];
