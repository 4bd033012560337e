//! Names that nothing of a description gets, as generated code has them in the same place.
//!
//! `tests/suite/taken.rs` makes this file: `INSTA_UPDATE=always cargo test -p specwright-tests --test suite taken::`.

/// Of types: what the modules of the types crate name.
#[rustfmt::skip]
pub(super) const TYPES: &[&str] = &[
    "BTreeMap",
    "Backtracking",
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Eq",
    "From",
    "FromParam",
    "Hash",
    "Into",
    "IntoIterator",
    "Map",
    "New",
    "None",
    "Option",
    "PartialEq",
    "Pattern",
    "ReadError",
    "Self",
    "Some",
    "String",
    "TextTree",
    "ToParam",
    "Validate",
    "Validator",
    "Value",
    "Vec",
    "Violation",
    "Violations",
];

/// Of operations: what the modules of groups name, in client and server.
#[rustfmt::skip]
pub(super) const REQUESTS: &[&str] = &[
    "Accept",
    "AsRef",
    "Authenticate",
    "BTreeMap",
    "Backtracking",
    "Body",
    "Bytes",
    "Call",
    "Clone",
    "Core",
    "CoreBuilder",
    "CredentialLocation",
    "Debug",
    "Default",
    "Dispatch",
    "Endpoint",
    "Err",
    "Error",
    "Events",
    "Exchange",
    "File",
    "Form",
    "From",
    "Future",
    "Handlers",
    "HttpResponse",
    "Into",
    "IntoIterator",
    "Kind",
    "Limits",
    "Lines",
    "Multipart",
    "MultipartBody",
    "NoError",
    "None",
    "Ok",
    "Operation",
    "OperationInfo",
    "Option",
    "Paged",
    "Pages",
    "Paging",
    "PartialEq",
    "Parts",
    "Pattern",
    "Problem",
    "RawResponse",
    "Reply",
    "ReplyAs",
    "Request",
    "Requirement",
    "Response",
    "Result",
    "Scheme",
    "Secret",
    "Self",
    "Send",
    "Server",
    "ServerBuilder",
    "Some",
    "StatusCode",
    "String",
    "Style",
    "Sync",
    "Unauthenticated",
    "UploadedFile",
    "Validate",
    "Validator",
    "Vec",
];

/// Of sets of headers: what their module names.
#[rustfmt::skip]
pub(super) const HEADERS: &[&str] = &[
    "From",
    "HeaderMap",
    "Into",
    "IntoIterator",
    "MissingHeader",
    "None",
    "Ok",
    "Option",
    "ReplyHeaders",
    "Result",
    "Self",
    "Some",
    "String",
    "TryFrom",
    "Vec",
];

/// Of parameters of the path: locals of the functions that read them.
#[rustfmt::skip]
pub(super) const LOCALS: &[&str] = &[
    "accept",
    "body",
    "call",
    "exchange",
    "params",
    "result",
    "server",
    "session",
    "v",
];

/// Of security schemes: constants at the root of the client and in the service of the server.
#[rustfmt::skip]
pub(super) const CONSTANTS: &[&str] = &[
    "OPERATIONS",
    "SECURITY",
    "SERVERS",
];

/// Of groups: modules, and methods of the client, at the root.
#[rustfmt::skip]
pub(super) const MODULES: &[&str] = &[
    "builder",
    "headers",
    "lib",
    "main",
    "new",
    "raw",
    "runtime",
    "service",
    "support",
    "types",
];
