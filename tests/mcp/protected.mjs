// Calls of tools that callers need a token for, by the TypeScript SDK of the Model Context Protocol, with an authorization server that nobody here
// wrote. The argument is that of `calls.py`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { discoverOAuthProtectedResourceMetadata } from "@modelcontextprotocol/sdk/client/auth.js";
import { ClientCredentialsProvider } from "@modelcontextprotocol/sdk/client/auth-extensions.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import Provider from "oidc-provider";

const given = JSON.parse(process.argv[2]);
const address = `127.0.0.1:${given.port}`;
const url = new URL(`http://${address}/mcp`);

// Runs the program while `check` does.
async function serving(flags, env, check) {
  const args = ["--server", given.url, "--listen", address, "--resource", url.href, ...flags];
  const program = spawn(given.program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(program, "exit");
  try {
    const [line] = await Promise.race([once(createInterface({ input: program.stderr }), "line"), ended]);
    assert.match(String(line), /^serving at /);
    await check();
  } finally {
    program.kill();
    await ended;
  }
}

// Calls `use` with a client whose requests have these options.
async function connected(options, use) {
  const client = new Client({ name: "tests", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(url, options));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const apps = async (client) => (await client.callTool({ name: "GetOAuthApps", arguments: {} })).structuredContent;
const bearing = (token) => ({ requestInit: { headers: { Authorization: `Bearer ${token}` } } });
const status = async (token) => {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { method: "POST", headers, body: "{}" });
  return [response.status, response.headers.get("www-authenticate")];
};

let questions = 0;
const http = createServer((request, response) => {
  questions += request.url.endsWith("/introspection");
  answer(request, response);
});
http.listen(0, "127.0.0.1");
await once(http, "listening");
const issuer = `http://127.0.0.1:${http.address().port}`;
const registered = { grant_types: ["client_credentials"], redirect_uris: [], response_types: [] };
const provider = new Provider(issuer, {
  clients: [
    { client_id: "host", client_secret: "secret", scope: "tools other", ...registered },
    { client_id: "tools", client_secret: "s3cret", ...registered },
  ],
  scopes: ["tools", "other"],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, audience) => ({ scope: "tools other", audience, accessTokenFormat: "opaque" }),
    },
  },
});
const answer = provider.callback();

// A token of the client "host".
async function token(resource, scope) {
  const body = new URLSearchParams({ grant_type: "client_credentials", resource, scope });
  const headers = { authorization: `Basic ${btoa("host:secret")}` };
  const response = await fetch(`${issuer}/token`, { method: "POST", headers, body });
  assert.equal(response.status, 200);
  return (await response.json()).access_token;
}

const own = {
  MATTERMOST_OAUTH_TOKEN: given.token,
  MATTERMOST_OAUTH_MCP_CLIENT_ID: "tools",
  MATTERMOST_OAUTH_MCP_CLIENT_SECRET: "s3cret",
};
await serving(["--authorization-server", issuer, "--scope", "tools"], own, async () => {
  const metadata = await discoverOAuthProtectedResourceMetadata(url);
  assert.deepEqual([metadata.resource, metadata.authorization_servers, metadata.scopes_supported], [url.href, [issuer], ["tools"]]);
  // The SDK reads the challenge, finds the server, gets a token for the resource, and calls.
  const authProvider = new ClientCredentialsProvider({ clientId: "host", clientSecret: "secret", scope: "tools" });
  assert.equal((await connected({ authProvider }, apps)).status, 200);
  assert.equal(questions, 1, "the token is known after the first question");
  assert.match((await status())[1], /^Bearer resource_metadata="[^"]+", scope="tools"$/);
  for (const wrong of ["made-up", await token("https://other.example", "tools")]) {
    const [code, challenge] = await status(wrong);
    assert.ok(code === 401 && challenge.includes('error="invalid_token"'), challenge);
  }
  const [code, challenge] = await status(await token(url.href, "other"));
  assert.ok(code === 403 && challenge.includes('error="insufficient_scope"'), challenge);
});

// Without credentials of its own the program calls with those of its callers, also while another one does.
await serving(["--authorization-server", issuer, "--forward-token"], {}, async () => {
  assert.equal((await status())[0], 401);
  const results = await Promise.all([given.token, "made-up", given.token].map((token) => connected(bearing(token), apps)));
  assert.deepEqual(results.map((result) => result.status), [200, 401, 200]);
});
http.close();
http.closeAllConnections();
console.log("TypeScript, with tokens of an authorization server");
