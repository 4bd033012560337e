//! The cargo features that support code uses.

/// A cargo feature of generated crates.
#[derive(Debug)]
pub struct KnownFeature {
    pub name: &'static str,
    /// The features and packages that it enables.
    pub enables: &'static [&'static str],
    /// What it is for.
    pub purpose: &'static str,
    /// The feature that it accompanies; `None` if the code checks it by name.
    pub with: Option<&'static str>,
}

/// All features, in the order of manifests.
pub const FEATURES: &[KnownFeature] = &[
    KnownFeature {
        name: "default",
        enables: &["reqwest", "rustls"],
        purpose: "What most users want.",
        with: Some("reqwest"),
    },
    KnownFeature {
        name: "reqwest",
        enables: &["dep:reqwest", "dep:tokio", "tokio?/rt", "tokio?/time"],
        purpose: "The default transport, by reqwest.",
        with: None,
    },
    KnownFeature {
        name: "rustls",
        enables: &[
            "reqwest",
            "dep:rustls",
            "reqwest?/rustls-no-provider",
            "rustls?/ring",
        ],
        purpose: "TLS for reqwest, by rustls with ring.",
        with: None,
    },
    KnownFeature {
        name: "aws-lc-rs",
        enables: &["reqwest", "reqwest?/rustls"],
        purpose: "TLS for reqwest, by rustls with AWS-LC instead of ring.",
        with: None,
    },
    KnownFeature {
        name: "native-tls",
        enables: &["reqwest", "reqwest?/native-tls"],
        purpose: "TLS for reqwest, by that of the operating system.",
        with: Some("reqwest"),
    },
    KnownFeature {
        name: "hyper",
        enables: &[
            "dep:hyper-util",
            "dep:tokio",
            "dep:tower-service",
            "tokio?/rt",
            "tokio?/time",
        ],
        purpose: "A transport without reqwest, by hyper-util.",
        with: None,
    },
    KnownFeature {
        name: "hyper-rustls",
        enables: &["hyper", "dep:hyper-rustls", "dep:rustls", "rustls?/ring"],
        purpose: "TLS for hyper, by rustls with ring.",
        with: None,
    },
    KnownFeature {
        name: "tower",
        enables: &["dep:tokio", "dep:tower-service", "tokio?/rt", "tokio?/time"],
        purpose: "Any `tower` service as transport.",
        with: None,
    },
    KnownFeature {
        name: "blocking",
        enables: &["dep:tokio", "tokio?/rt-multi-thread"],
        purpose: "Calls outside of async code.",
        with: None,
    },
    KnownFeature {
        name: "fs",
        enables: &["dep:tokio", "tokio?/fs", "tokio?/rt"],
        purpose: "Bodies and parts of forms from paths.",
        with: None,
    },
    KnownFeature {
        name: "gzip",
        enables: &[
            "dep:tower-http",
            "dep:tower-service",
            "tower-http?/decompression-gzip",
        ],
        purpose: "Responses that are compressed by gzip.",
        with: None,
    },
    KnownFeature {
        name: "brotli",
        enables: &[
            "dep:tower-http",
            "dep:tower-service",
            "tower-http?/decompression-br",
        ],
        purpose: "Responses that are compressed by Brotli.",
        with: None,
    },
    KnownFeature {
        name: "zstd",
        enables: &[
            "dep:tower-http",
            "dep:tower-service",
            "tower-http?/decompression-zstd",
        ],
        purpose: "Responses that are compressed by Zstandard.",
        with: None,
    },
    KnownFeature {
        name: "mock",
        enables: &[],
        purpose: "Mocks and recorded calls, for tests.",
        with: None,
    },
    KnownFeature {
        name: "senders",
        enables: &[],
        purpose: "Sending webhooks and callbacks.",
        with: None,
    },
    KnownFeature {
        name: "signatures",
        enables: &["dep:hmac", "dep:sha1", "dep:sha2"],
        purpose: "Signatures of webhooks and callbacks.",
        with: None,
    },
    KnownFeature {
        name: "stream",
        enables: &["dep:futures-core"],
        purpose: "Streams and bodies as `futures_core::Stream`.",
        with: None,
    },
    KnownFeature {
        name: "tracing",
        enables: &["dep:tracing"],
        purpose: "Spans of a client's calls, of a server's requests, by `tracing`.",
        with: None,
    },
    KnownFeature {
        name: "metrics",
        enables: &["dep:metrics"],
        purpose: "The duration and number of requests, by `metrics`.",
        with: None,
    },
    KnownFeature {
        name: "explorer",
        enables: &["dep:utoipa-swagger-ui-vendored"],
        purpose: "A page that shows the API and sends requests to it, by Swagger UI.",
        with: None,
    },
    KnownFeature {
        name: "oauth2",
        enables: &["dep:getrandom", "dep:sha2"],
        purpose: "Tokens by the flows of OAuth 2.",
        with: None,
    },
    KnownFeature {
        name: "streamable-http",
        enables: &[
            "dep:bytes",
            "dep:http",
            "dep:http-body-util",
            "dep:hyper-util",
            "dep:tower-service",
            "hyper-util?/server-auto",
            "hyper-util?/service",
            "rmcp/transport-streamable-http-server",
        ],
        purpose: "Tools for language models over HTTP.",
        with: None,
    },
    KnownFeature {
        name: "chrono",
        enables: &["dep:chrono"],
        purpose: "Conversions from and to the types of chrono.",
        with: None,
    },
    KnownFeature {
        name: "jiff",
        enables: &["dep:jiff"],
        purpose: "Conversions from and to the types of jiff.",
        with: None,
    },
    KnownFeature {
        name: "time",
        enables: &["dep:time"],
        purpose: "Conversions from and to the types of time.",
        with: None,
    },
    KnownFeature {
        name: "uuid",
        enables: &["dep:uuid"],
        purpose: "Conversions from and to `uuid::Uuid`.",
        with: None,
    },
    KnownFeature {
        name: "proptest",
        enables: &["dep:proptest"],
        purpose: "Random values for tests: `Arbitrary` of proptest.",
        with: None,
    },
];
