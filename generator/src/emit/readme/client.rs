//! What the README of a client says of calls: limits, retries, tokens, TLS, proxies, transports.

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
    out
}

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

With the feature `tower`, and without `reqwest`, any `tower` service sends the requests: middleware, a server in the same process, or the client of
hyper-util:

```rust
let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build_http();
let client = Client::builder(url).transport(TowerTransport::new(http)).build()?;
```

With the feature `blocking`, requests have `send_blocking`, which needs no async runtime: the client has one.

## Browsers

The crate compiles for `wasm32-unknown-unknown`: `reqwest` is `fetch` there, and timers are those of the browser. Bodies are sent and received as a
whole, so streams arrive at their end; `blocking` isn't available.
";
