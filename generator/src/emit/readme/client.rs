//! What the README of a client says of calls: limits, retries, tokens, TLS, proxies, transports, mocks.

use crate::plan::{CrateKind, CredentialLocation, Plan};

/// The sections.
pub(super) fn about_calls(plan: &Plan) -> String {
    let name = CrateKind::Client.package(&plan.name);
    let mut out = LIMITS.to_owned();
    let mut schemes = plan.schemes.iter();
    if let Some(scheme) = schemes.find(|scheme| scheme.location == CredentialLocation::Bearer) {
        out.push_str(&TOKENS.replace("{setter}", scheme.setter.as_str()));
    }
    out.push_str(&TRANSPORTS.replace("{name}", &name));
    out.push_str(&mocks(plan));
    out
}

/// How to test what uses a client.
fn mocks(plan: &Plan) -> String {
    let Some((group, operation)) = plan.operations().next() else {
        return String::new();
    };
    let (client, module) = (plan.crate_name(CrateKind::Client), &group.module);
    let request = &operation.request;
    format!(
        "\n## Tests\n\nWith the feature `mock`, operations respond as a test has it, with the types of the API and without a server:\n\n\
         ```rust\n\
         use {client}::Client;\n\
         use {client}::{module}::{request};\n\
         use {client}::runtime::{{Mock, MockReply}};\n\n\
         let mock = Mock::new();\n\
         let client = Client::mocked(&mock).build()?;\n\
         mock.on::<{request}>()\n    \
             .respond(MockReply::status(503))\n    \
             .respond_with(|call| MockReply::json(200, &expected(call)));\n\
         // … what calls it twice …\n\
         assert_eq!(mock.calls_of::<{request}>().len(), 2);\n\
         ```\n\n{MOCKS}"
    )
}

const MOCKS: &str = "\
`respond` takes what the call returns, too. `mock.expect(call)` expects a call with its arguments, written as it is made. A call that isn't
expected panics and says why, and so does the end of a mock that misses one. `Recording`, a transport around another, writes calls to a
file of JSON without secrets, and `Replay` responds with these.
";

const LIMITS: &str = "
## Time limits and retries

A call may take a time that the builder or the call sets; it covers all attempts. Each attempt, setting up a connection, and a stream that stalls
have limits of their own. Calls that failed for a reason which may pass are repeated if that is safe, up to three attempts, after what `Retry-After`
says or a random part of a time that doubles:

```rust
let client = Client::builder(url)
    .timeout(Duration::from_secs(30))
    .attempt_timeout(Duration::from_secs(10))
    .retries(Retries::new().attempts(5))
    .build()?;
let patient = CallOptions::new().timeout(Duration::from_secs(300)).no_retries();
```
";

const TOKENS: &str = "
## Tokens that expire

A token may come from a `TokenSource`, or from a function: it is kept, fetched anew ahead of its end, once for all calls that wait for it, and once more
if the server responds with 401:

```rust
let client = Client::builder(url).{setter}(Secret::tokens(source)).build()?;
```
";

const TRANSPORTS: &str = "
## TLS

By default TLS is rustls with ring, and trusts what the operating system does. `aws-lc-rs` has rustls use AWS-LC instead, `native-tls` is the TLS of the
operating system. Without any of them there is no TLS, and nothing to compile for it:

```toml
{name} = { version = \"*\", default-features = false, features = [\"reqwest\", \"native-tls\"] }
```

## Proxies, certificates, connections

`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` of the environment apply. Anything else that reqwest can do is set on a client of its own:

```rust
let http = reqwest::Client::builder()
    .proxy(reqwest::Proxy::all(\"http://proxy.example.com:3128\")?)
    .redirect(reqwest::redirect::Policy::none()) // redirects are followed here, within the server
    .build()?;
let client = Client::builder(url).transport(ReqwestTransport::from(http)).build()?;
```

## Other HTTP clients

With the feature `hyper` or, with TLS, `hyper-rustls`, and without `reqwest`, hyper-util sends the requests. It uses no proxy:

```toml
{name} = { version = \"*\", default-features = false, features = [\"hyper-rustls\"] }
```

With the feature `tower`, and without `reqwest`, any `tower` service sends the requests: middleware, a server in the same process, or a client of
hyper-util with settings of your own:

```rust
let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build_http();
let client = Client::builder(url).transport(TowerTransport::new(http)).build()?;
```

With the feature `blocking`, requests have `send_blocking`, which needs no async runtime: the client has one.

## Browsers

The crate compiles for `wasm32-unknown-unknown`: `reqwest` is `fetch` there, and timers are those of the browser. Bodies are sent and received as a
whole, so streams arrive at their end; `blocking` isn't available.
";
