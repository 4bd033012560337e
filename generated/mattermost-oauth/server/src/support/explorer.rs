//! A page that shows the API and sends requests to it, by Swagger UI. Needs `explorer_assets.rs`, `served_file.rs`.
#![cfg(feature = "explorer")]

use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};

use super::explorer_assets::asset;
use super::served_file::File;

/// What the page may do: run the scripts that come with it, and send requests to the server that it comes from. Swagger UI sets styles of
/// single elements by script, which needs no permission; those in the Markdown of a description it removes anyway. Its icons are `data:` URLs,
/// and it shows images in responses as `blob:` URLs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API explorer</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="swagger-ui.css">
<div id="explorer"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="explorer.js"></script>
</html>
"#;

/// Shows the document, with this server in the place of those that it lists. The values of `DOCUMENT` and `BASE` come before it.
const SCRIPT: &str = r##""use strict";

// The API of this server, wherever the program is mounted.
const server = new URL(BASE, location.href);
const url = server.href.replace(/\/$/, "");

// Tokens are issued by other servers, which this page must not send requests to: they are pasted.
function pasted(scheme, bearer) {
  if (scheme.type !== "oauth2" && scheme.type !== "openIdConnect") return scheme;
  const description = [scheme.description, "Paste an access token" + (bearer ? "." : ": `Bearer …`.")];
  return {
    ...(bearer ? { type: "http", scheme: "bearer" } : { type: "apiKey", in: "header", name: "Authorization" }),
    description: description.filter(Boolean).join("\n\n"),
  };
}

function pastedAll(schemes, bearer) {
  for (const [name, scheme] of Object.entries(schemes || {})) schemes[name] = pasted(scheme, bearer);
}

function prepared(spec) {
  if (spec.swagger) {
    Object.assign(spec, { host: server.host, basePath: server.pathname, schemes: [server.protocol.slice(0, -1)] });
    pastedAll(spec.securityDefinitions, false);
    return spec;
  }
  spec.servers = [{ url, description: "This server" }];
  for (const item of Object.values(spec.paths || {})) {
    for (const part of [item, ...Object.values(item || {})]) if (part && typeof part === "object") delete part.servers;
  }
  pastedAll(spec.components && spec.components.securitySchemes, true);
  // Swagger UI shows 3.1, of which 3.2 is an extension.
  if (/^3\.2/.test(spec.openapi)) spec.openapi = "3.1.1";
  return spec;
}

async function show() {
  const response = await fetch(DOCUMENT);
  if (!response.ok) throw new Error(`${DOCUMENT}: ${response.status}`);
  const spec = prepared(await response.json());
  document.title = (spec.info && spec.info.title) || document.title;
  SwaggerUIBundle({ dom_id: "#explorer", spec, deepLinking: true, validatorUrl: null });
}

show().catch((error) => {
  document.getElementById("explorer").textContent = `The description can't be shown. ${error}`;
});
"##;

/// All that is served at and below the path of the explorer, which reads the document at a path and sends requests below a base path.
pub(crate) fn files(path: &str, document: &str, base_path: &str) -> Vec<File> {
    let path = path.trim_end_matches('/');
    let at = |name: &str| format!("{path}/{name}");
    let script = script(path, document, base_path);
    let mut files = vec![
        File::text(&at(""), "text/html; charset=utf-8", PAGE),
        File::text(&at("explorer.js"), "text/javascript; charset=utf-8", script),
    ];
    for (name, media_type) in [
        ("swagger-ui.css", "text/css; charset=utf-8"),
        ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    ] {
        let asset = asset(name);
        files.extend(asset.map(|asset| File::gzip(&at(name), media_type, &asset.tag, asset.gzip)));
    }
    // What the page refers to is below it.
    if let Some(last) = path.rsplit('/').next().filter(|last| !last.is_empty()) {
        files.push(File::moved(path, &format!("{last}/")));
    }
    for file in &mut files {
        file.headers.extend([
            (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        ]);
    }
    files
}

/// The script of the page. Its URLs are relative to the page, as the service may be mounted below a path that it doesn't know.
fn script(path: &str, document: &str, base_path: &str) -> String {
    let root = format!("./{}", "../".repeat(path.matches('/').count()));
    let [document, base] = [document, base_path].map(|path| {
        // A string of JSON is one of JavaScript.
        serde_json::Value::from(format!("{root}{}", path.trim_start_matches('/')))
    });
    format!("const DOCUMENT = {document};\nconst BASE = {base};\n{SCRIPT}")
}
