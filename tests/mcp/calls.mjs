// The calls of `run.py`, by the TypeScript SDK of the Model Context Protocol. The argument is that of `calls.py`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";

const APP = { name: "ci", description: "CI login", callback_urls: ["https://ci.test/cb"], homepage: "https://ci.test" };
const UNKNOWN = "abcdefghijklmnopqrstuvwxyz";
const given = JSON.parse(process.argv[2]);
const env = { MATTERMOST_OAUTH_TOKEN: given.token };

// Calls `check` with a client of the program, which calls the server at a URL.
async function overStdio(url, check) {
  const transport = new StdioClientTransport({ command: given.program, args: ["--server", url], env });
  await connected(transport, check);
}

async function overHttp(url, check) {
  const address = `127.0.0.1:${given.port}`;
  const options = { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] };
  const program = spawn(given.program, ["--server", url, "--listen", address], options);
  const ended = once(program, "exit");
  try {
    const [line] = await Promise.race([once(createInterface({ input: program.stderr }), "line"), ended]);
    assert.match(String(line), /^serving at /);
    await connected(new StreamableHTTPClientTransport(new URL(`http://${address}/mcp`)), check);
  } finally {
    program.kill();
    await ended;
  }
}

async function connected(transport, check) {
  const client = new Client({ name: "tests", version: "1" });
  await client.connect(transport);
  try {
    await check(client);
  } finally {
    await client.close();
  }
}

// The structured result of a call, which is also its text, and satisfies its schema: the SDK checks that. No result has the credential.
async function called(client, name, args = {}) {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content[0].text;
  assert.deepEqual(JSON.parse(text), result.structuredContent);
  assert.ok(!text.includes(given.token));
  assert.equal(result.isError ?? false, "error" in result.structuredContent, text);
  return result.structuredContent;
}

async function eachOperation(client) {
  const { tools } = await client.listTools();
  const left = new Set(tools.map((tool) => tool.name));
  for (const tool of tools) assert.ok(tool.description && tool.inputSchema.type === "object", tool.name);
  const call = (name, args) => {
    left.delete(name);
    return called(client, name, args);
  };
  assert.equal((await call("GetAuthorizationServerMetadata")).body.issuer, given.url);
  const made = await call("CreateOAuthApp", { body: APP });
  assert.equal(made.status, 201);
  const app_id = made.body.id;
  assert.equal((await call("GetOAuthApp", { app_id })).body.name, "ci");
  assert.equal((await call("GetOAuthAppInfo", { app_id })).body.id, app_id);
  const changed = { ...APP, id: app_id, name: "new", is_trusted: true };
  assert.equal((await call("UpdateOAuthApp", { app_id, body: changed })).body.name, "new");
  const page = await call("GetOAuthApps", { page: 0, per_page: 1 });
  assert.equal(page.body.length, 1);
  assert.deepEqual(page.next, { page: 1, per_page: 1 });
  const secret = (await call("RegenerateOAuthAppSecret", { app_id })).body.client_secret;
  assert.notEqual(secret, made.body.client_secret);
  const registered = await call("RegisterOAuthClient", { body: { redirect_uris: ["https://dcr.test/cb"] } });
  assert.ok(registered.status === 201 && registered.body.client_id);
  assert.deepEqual((await call("GetAuthorizedOAuthAppsForUser", { user_id: given.user })).body, []);
  assert.equal((await call("DeleteOAuthApp", { app_id })).status, 200);
  assert.deepEqual([...left], ["read_more"], "tools that weren't called");
}

async function errors(client) {
  const missing = await called(client, "GetOAuthApp", { app_id: UNKNOWN });
  assert.ok(missing.status === 404 && missing.error.status_code === 404);
  const wrong = await called(client, "GetOAuthApp", { app_id: 7 });
  assert.ok(wrong.error.startsWith("app_id: ") && !("status" in wrong));
  await assert.rejects(client.callTool({ name: "NoSuchTool", arguments: {} }), (error) => {
    assert.ok(error instanceof McpError && error.code === ErrorCode.InvalidParams, String(error));
    return true;
  });
}

// A call that the caller gives up is given up by the program: the server, which never responds, sees the end of the connection.
async function cancelled(over) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  await over(`http://127.0.0.1:${server.address().port}`, async (client) => {
    const connection = once(server, "connection");
    const stop = new AbortController();
    const call = client.callTool({ name: "GetOAuthApps", arguments: {} }, undefined, { signal: stop.signal });
    const rejected = assert.rejects(call);
    const [socket] = await connection;
    const closed = new Promise((resolve) => socket.on("error", () => {}).once("close", resolve));
    await new Promise((resolve) => socket.once("data", resolve));
    socket.resume();
    stop.abort("nobody waits for it");
    await rejected;
    await closed;
    // The program still responds.
    assert.ok((await client.listTools()).tools.length > 0);
  });
  server.close();
}

for (const over of [overStdio, overHttp]) {
  const begun = performance.now();
  await over(given.url, eachOperation);
  await over(given.url, errors);
  await cancelled(over);
  console.log(`TypeScript, ${over.name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}
