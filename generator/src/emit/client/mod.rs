//! Writes the client crate.

mod argument;
mod body;
mod group;
mod guide;
mod links;
mod operation;
mod paging;
mod polling;
mod reference;
mod required;
mod responses;
mod snippet;

pub(super) use argument::{is_borrowed, listed_item};
pub(super) use guide::has_variables;
#[cfg(feature = "lsp")]
pub(super) use operation::signature;
#[cfg(feature = "lsp")]
pub(super) use snippet::call;

use super::headers::{self, Access};
use super::shared::{exports, modules, runtime};
use super::tokens::{allow_deprecated, cfg, crate_attributes, gated, head, inner_doc, items};
use super::{Chunk, Emitter, SourceFile, Used, docs, readme, shared};
use crate::plan::{
    CrateKind, CredentialLocation, Doc, Group, GroupKind, Layout, Plan, Scheme, ServerUrl,
    ServerValues, ServerVariable, UrlPiece, Variables,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

/// Names of the support code that generated code may use.
const SUPPORT: &[&str] = &[
    "Body",
    "Bytes",
    "Core",
    "CoreBuilder",
    "Error",
    "Events",
    "File",
    "Lines",
    "LongRunning",
    "MultipartBody",
    "NoError",
    "OperationInfo",
    "Paged",
    "Pages",
    "Paging",
    "Polling",
    "CredentialLocation",
    "RawResponse",
    "Request",
    "Response",
    "Scheme",
    "Secret",
    "Style",
    "builder",
    "link_header",
    "link_value",
    "sendable",
    "sent_header",
    "sent_path",
    "sent_query",
    "sent_url",
];

/// Names of the support code that users need, which are exported at the root.
const NAMED: &[&str] = &["ApiError", "BuildError", "Error", "Response"];

const RUNTIME: &str = "What calls are made with: transports, bodies and streams, raw responses, and the causes of errors.";

pub(super) const EMITTER: Emitter = Emitter {
    files,
    example: guide::example,
    readme: readme::CLIENT,
};

/// `src/lib.rs`, and a module for each group.
fn files(plan: &Plan) -> Vec<SourceFile<'_>> {
    let mut files = vec![SourceFile::rust("src/lib.rs", || lib(plan))];
    files.extend(headers::file(plan, CrateKind::Client, Access::Read));
    let groups = plan.all_groups();
    files.extend(groups.map(|group| group_file(plan, group)));
    if plan.layout == Layout::Crates {
        files.push(SourceFile::text("reference.md", || {
            reference::reference(plan)
        }));
        files.push(SourceFile::text("llms.txt", || reference::index(plan)));
        files.extend(guide::group_examples(plan));
    }
    files
}

fn lib(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&guide::doc(plan));
    let attributes = crate_attributes(plan);
    let sent = plan.receivers.iter();
    let sent: Vec<_> = sent.map(|receiver| &receiver.group.module).collect();
    let modules = modules(plan, CrateKind::Client, &sent, &["support"]);
    let head = quote! {
        #doc
        #attributes
        #(#modules)*
    };
    let mut chunks = vec![
        Chunk::Tokens(head),
        items(exports(plan, CrateKind::Client, NAMED)),
        Chunk::Tokens(runtime(plan, CrateKind::Client, RUNTIME)),
        Chunk::Tokens(servers(plan)),
    ];
    let functions = plan
        .servers
        .iter()
        .filter_map(|server| server.function.as_ref());
    chunks.extend(functions.map(|function| Chunk::Tokens(server_url(function))));
    let values = plan.server_values.iter();
    chunks.extend(values.map(|values| Chunk::Tokens(server_values(values))));
    chunks.extend(
        plan.schemes
            .iter()
            .map(|scheme| Chunk::Tokens(self::scheme(scheme))),
    );
    chunks.extend([
        Chunk::Tokens(usual_security(plan)),
        Chunk::Tokens(client(plan)),
        Chunk::Tokens(builder(plan)),
        Chunk::Lines(vec!["builder! { ClientBuilder => Client }".to_owned()]),
    ]);
    chunks
}

/// `pub const SERVERS: &[&str] = …;`.
fn servers(plan: &Plan) -> TokenStream {
    let urls = plan.servers.iter().map(|server| &server.url);
    quote! {
        #[doc = " The servers that the description declares."]
        pub const SERVERS: &[&str] = &[#(#urls),*];
    }
}

/// `pub fn server_url(region: &str) -> String { … }`.
fn server_url(function: &ServerUrl) -> TokenStream {
    let ServerUrl {
        name,
        doc,
        arguments,
        pieces,
    } = function;
    let name = format_ident!("{name}");
    let pieces = pieces.iter().map(|piece| match piece {
        UrlPiece::Text(text) => text.replace('{', "{{").replace('}', "}}"),
        UrlPiece::Argument(index) => format!("{{{}}}", arguments[*index].name.as_str()),
    });
    let format: String = pieces.collect();
    let allow = (arguments.len() > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] });
    let arguments = arguments.iter().map(|ServerVariable { name, values }| {
        let ty = values.as_ref().map(ToTokens::to_token_stream);
        let ty = ty.unwrap_or_else(|| quote! { &str });
        quote! { #name: #ty }
    });
    quote! {
        #doc
        #allow
        #[must_use]
        pub fn #name(#(#arguments),*) -> String {
            format!(#format)
        }
    }
}

/// `pub enum ServerRegion { … }`, and its text.
fn server_values(values: &ServerValues) -> TokenStream {
    let ServerValues {
        name,
        variable,
        variants,
        default,
    } = values;
    let doc = Doc::text("The values of the server variable").beside(Doc::code(variable));
    let doc = doc.beside(Doc::text("that the description lists."));
    let defined = variants
        .iter()
        .enumerate()
        .map(|(index, (variant, value))| {
            let doc = Doc::code(value);
            let mark = (*default == Some(index)).then(|| quote! { #[default] });
            quote! {
                #doc
                #mark
                #variant
            }
        });
    let written = variants
        .iter()
        .map(|(variant, value)| quote! { Self::#variant => #value });
    let derived = default.map(|_| quote! { , Default });
    quote! {
        #doc
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash #derived)]
        #[non_exhaustive]
        pub enum #name {
            #(#defined,)*
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    #(#written,)*
                })
            }
        }
    }
}

/// `pub(crate) static BEARER_AUTH: Scheme = …;`.
fn scheme(scheme: &Scheme) -> TokenStream {
    let Scheme {
        constant,
        wire,
        location,
        ..
    } = scheme;
    let location = shared::location(location);
    quote! {
        static #constant: Scheme = Scheme {
            name: #wire,
            location: #location,
        };
    }
}

/// `static SECURITY: &[&[&Scheme]] = …;`.
fn usual_security(plan: &Plan) -> TokenStream {
    let groups = plan.usual_security.iter();
    let groups = groups.map(|schemes| quote! { &[#(&#schemes),*] });
    quote! {
        static SECURITY: &[&[&Scheme]] = &[#(#groups),*];
    }
}

/// `pub struct Client { … }`.
fn client(plan: &Plan) -> TokenStream {
    let doc = docs::client(plan);
    let groups = plan.groups.iter().map(|group| {
        let Group {
            doc, module, api, ..
        } = group;
        let cfg = cfg(group.feature.as_deref());
        quote! {
            #doc
            #cfg
            pub fn #module(&self) -> #api {
                #api::new(self.core.clone())
            }
        }
    });
    let from_env = from_env(plan);
    let senders = plan
        .receivers
        .iter()
        .map(|receiver| sender(&receiver.group));
    let oauth_schemes = plan.schemes.iter().filter_map(oauth_scheme);
    let unused = gated(plan).then(|| quote! { #[allow(dead_code)] });
    let inside = format!("http://localhost{}", plan.base_path);
    quote! {
        #doc
        #[derive(Debug, Clone)]
        pub struct Client {
            #unused
            core: Core,
        }

        impl Client {
            #(#oauth_schemes)*

            #[doc = " Creates a client for the server at `base_url`, with the default settings."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " The URL is invalid, or no transport is available."]
            pub fn new(base_url: impl Into<String>) -> Result<Self, BuildError> {
                Self::builder(base_url).build()
            }

            #from_env

            #[doc = " Configures a client for the server at `base_url`."]
            pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
                let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
                ClientBuilder {
                    core: CoreBuilder::new(base_url.into(), SERVERS, user_agent),
                }
            }

            #[doc = " Configures a client of a `tower` service in this process, such as the server in a test. Requests and responses are handed"]
            #[doc = " over as they are, without a socket; bodies are streamed."]
            #[cfg(feature = "tower")]
            pub fn over<S>(service: S) -> ClientBuilder
            where
                TowerTransport<S>: Transport,
            {
                Self::builder(#inside).transport(TowerTransport::new(service))
            }

            #[doc = " Configures a client of a mock, for tests: what is called responds as the test has it."]
            #[cfg(feature = "mock")]
            pub fn mocked(mock: &Mock) -> ClientBuilder {
                Self::builder(#inside).transport(mock.transport())
            }

            #(#groups)*

            #(#senders)*

            #[doc = " Starts a request that is no operation of the description: to a path below the client's base URL, with or without a"]
            #[doc = " query. It is sent like those of operations, with the same credentials, limits and retries."]
            pub fn raw(&self, method: Method, path: &str) -> RawCall {
                RawCall::new(self.core.clone(), method, path, SECURITY)
            }
        }
    }
}

/// `pub fn webhooks(&self, to: impl Into<Subscriber>) -> webhooks::Webhooks { … }`.
fn sender(group: &Group) -> TokenStream {
    let Group { module, api, .. } = group;
    let doc = docs::sender(group);
    quote! {
        #doc
        #[cfg(feature = "senders")]
        pub fn #module(&self, to: impl Into<Subscriber>) -> #module::#api {
            #module::#api::new(self.core.to(to.into().into_target()))
        }
    }
}

/// `pub struct ClientBuilder { … }`.
fn builder(plan: &Plan) -> TokenStream {
    let setters = plan.schemes.iter().filter_map(credential);
    let setters: Vec<TokenStream> = setters.chain(credentials_from_env(plan)).collect();
    let setters = (!setters.is_empty()).then(|| {
        quote! {
            impl ClientBuilder {
                #(#setters)*
            }
        }
    });
    quote! {
        #[doc = " Configures a [`Client`]. Returned by [`Client::builder`]."]
        #[derive(Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            core: CoreBuilder,
        }

        #setters
    }
}

/// `pub fn bearer(mut self, token: impl Into<Secret>) -> Self { … }`.
fn credential(scheme: &Scheme) -> Option<TokenStream> {
    let Scheme {
        constant,
        setter,
        location,
        ..
    } = scheme;
    let doc = docs::credential(scheme);
    Some(match location {
        CredentialLocation::Basic => quote! {
            #doc
            pub fn #setter(mut self, user: &str, password: &str) -> Self {
                self.core.credential(&#constant, Secret::basic(user, password));
                self
            }
        },
        CredentialLocation::Bearer => quote! {
            #doc
            pub fn #setter(mut self, token: impl Into<Secret>) -> Self {
                self.core.credential(&#constant, token.into());
                self
            }
        },
        // The transport has to add it.
        CredentialLocation::External => return None,
        CredentialLocation::Certificate => quote! {
            #doc
            #[cfg(any(feature = "aws-lc-rs", feature = "rustls"))]
            pub fn #setter(mut self, pem: impl AsRef<[u8]>) -> Self {
                self.core.client_certificate(&#constant, pem.as_ref());
                self
            }
        },
        CredentialLocation::Http(_) => quote! {
            #doc
            pub fn #setter(mut self, credentials: impl Into<Secret>) -> Self {
                self.core.credential(&#constant, credentials.into());
                self
            }
        },
        CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_) => quote! {
            #doc
            pub fn #setter(mut self, key: impl Into<Secret>) -> Self {
                self.core.credential(&#constant, key.into());
                self
            }
        },
    })
}

/// `pub fn credentials_from_env(mut self) -> Self { … }`, if there are any.
fn credentials_from_env(plan: &Plan) -> Option<TokenStream> {
    let client_credentials = plan.schemes.iter().filter_map(|scheme| {
        let constant = &scheme.constant;
        let (id, secret) = scheme.oauth.as_ref()?.variables.as_ref()?;
        Some(quote! {
            #[cfg(feature = "oauth2")]
            self.core.client_credentials_from_env(&#constant, Client::#constant, #id, #secret);
        })
    });
    let read = plan.schemes.iter().filter_map(|scheme| {
        let constant = &scheme.constant;
        match &scheme.variables {
            Variables::None => None,
            Variables::One(name) => Some(quote! {
                self.core.credential_from_env(&#constant, #name);
            }),
            Variables::UserAndPassword(user, password) => Some(quote! {
                self.core.basic_from_env(&#constant, #user, #password);
            }),
        }
    });
    let doc = docs::credentials_from_env(plan);
    guide::has_variables(plan).then(|| {
        quote! {
            #doc
            pub fn credentials_from_env(mut self) -> Self {
                #(#client_credentials)*
                #(#read)*
                self
            }
        }
    })
}

/// `pub fn from_env() -> Result<Self, BuildError> { … }`, if there are credentials to read.
fn from_env(plan: &Plan) -> Option<TokenStream> {
    let (doc, variable) = (docs::from_env(plan), &plan.base_url_variable);
    guide::has_variables(plan).then(|| {
        quote! {
            #doc
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " A URL or credential is invalid, or no transport is available."]
            pub fn from_env() -> Result<Self, BuildError> {
                Self::builder(base_url_from_env(#variable, SERVERS)).credentials_from_env().build()
            }
        }
    })
}

/// `pub const PETS_AUTH: &'static OAuthScheme = …;` in `impl Client`.
fn oauth_scheme(scheme: &Scheme) -> Option<TokenStream> {
    let oauth = scheme.oauth.as_ref()?;
    let (doc, constant, name) = (docs::oauth(scheme), &scheme.constant, &scheme.wire);
    let optional = |url: &Option<String>| {
        let some = url.as_ref().map(|url| quote! { Some(#url) });
        some.unwrap_or_else(|| quote! { None })
    };
    let flows = oauth.flows.iter().map(|flow| {
        let grant = format_ident!("{}", flow.grant);
        let authorization_url = optional(&flow.authorization_url);
        let token_url = optional(&flow.token_url);
        let refresh_url = optional(&flow.refresh_url);
        let scopes = flow
            .scopes
            .iter()
            .map(|(name, says)| quote! { (#name, #says) });
        quote! {
            OAuthFlow {
                grant: OAuthGrant::#grant,
                authorization_url: #authorization_url,
                token_url: #token_url,
                refresh_url: #refresh_url,
                scopes: &[#(#scopes),*],
            }
        }
    });
    let metadata_url = optional(&oauth.metadata_url);
    Some(quote! {
        #doc
        #[cfg(feature = "oauth2")]
        pub const #constant: &'static OAuthScheme = &OAuthScheme {
            name: #name,
            flows: &[#(#flows),*],
            metadata_url: #metadata_url,
            servers: SERVERS,
        };
    })
}

fn group_file<'p>(plan: &'p Plan, group: &'p Group) -> SourceFile<'p> {
    let begin = |used: &Used| {
        let schemes = plan.schemes.iter().map(|scheme| scheme.constant.as_str());
        let local: Vec<&str> = schemes.chain(["types"]).collect();
        let imports = vec![
            used.imports("std::collections", &["BTreeMap"]),
            used.imports("super::support", SUPPORT),
            used.imports("super", &local),
        ];
        let allow = allow_deprecated(plan);
        // What is sent to others, few clients need.
        let is_sent = group.kind != GroupKind::Calls;
        let gate = is_sent.then(|| quote! { #![cfg(feature = "senders")] });
        head(
            &docs::group_module(group),
            &quote! { #gate #allow },
            imports,
        )
    };
    let mut parts = group::api(plan, group);
    for operation in &group.operations {
        parts.push(Box::new(|| operation::items(group, operation)));
    }
    SourceFile::parts(&format!("src/{}.rs", group.module.file()), begin, parts)
}
