"""The calls of `run.py`, in a Python that has the SDK. The argument is a JSON object: `program`, `url`, `user`, `token`, `port`."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

from mcp import Client, MCPError, StdioServerParameters

APP = {"name": "ci", "description": "CI login", "callback_urls": ["https://ci.test/cb"], "homepage": "https://ci.test"}
UNKNOWN = "abcdefghijklmnopqrstuvwxyz"
OPERATIONS = {
    "CreateOAuthApp",
    "GetOAuthApps",
    "GetOAuthApp",
    "UpdateOAuthApp",
    "DeleteOAuthApp",
    "RegenerateOAuthAppSecret",
    "GetOAuthAppInfo",
    "GetAuthorizationServerMetadata",
    "RegisterOAuthClient",
    "GetAuthorizedOAuthAppsForUser",
}
GIVEN = json.loads(sys.argv[1])
ENV = {"MATTERMOST_OAUTH_TOKEN": GIVEN["token"]}
VARIABLE = next(iter(ENV))


def tools(*flags, url=GIVEN["url"], env=ENV, mode="auto"):
    """A client of the program with these flags."""
    args = ["--server", url, *flags]
    return Client(StdioServerParameters(command=GIVEN["program"], args=args, env=env), mode=mode)


async def called(client, name, /, **arguments):
    """The structured result of a call, which is also its text. No result has the credential."""
    result = await client.call_tool(name, arguments)
    value = result.structured_content
    assert json.loads(result.content[0].text) == value, result
    assert GIVEN["token"] not in result.content[0].text
    assert result.is_error == ("error" in value), value
    return value


async def listed(mode):
    async with tools(mode=mode) as client:
        all = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(all) == OPERATIONS | {"read_more"}, set(all)
        for tool in all.values():
            assert tool.input_schema["type"] == "object", tool
            assert "token" not in json.dumps(tool.input_schema["properties"]).lower(), tool
        get, put, delete = (all[name] for name in ["GetOAuthApp", "UpdateOAuthApp", "DeleteOAuthApp"])
        assert get.annotations.read_only_hint and not put.annotations.read_only_hint
        assert delete.annotations.destructive_hint and delete.annotations.idempotent_hint
        assert put.input_schema["required"] == ["app_id", "body"], put.input_schema
        assert "$defs" in get.output_schema and "OAuthApp" in get.output_schema["$defs"]
        assert "Get an OAuth 2.0 client application" in get.description, get.description
    async with tools("--read-only", "--exclude", "GetOAuthApps") as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert "GetOAuthApp" in names and not names & {"GetOAuthApps", "DeleteOAuthApp", "CreateOAuthApp"}, names
        with contextlib.suppress(MCPError):
            await client.call_tool("DeleteOAuthApp", {"app_id": UNKNOWN})
            raise AssertionError("a tool that isn't listed was called")


async def each_operation(client):
    metadata = await called(client, "GetAuthorizationServerMetadata")
    assert metadata["status"] == 200 and metadata["body"]["issuer"] == GIVEN["url"], metadata
    made = await called(client, "CreateOAuthApp", body=APP)
    assert made["status"] == 201, made
    app = made["body"]["id"]
    assert (await called(client, "GetOAuthApp", app_id=app))["body"]["name"] == "ci"
    assert (await called(client, "GetOAuthAppInfo", app_id=app))["body"]["id"] == app
    updated = await called(client, "UpdateOAuthApp", app_id=app, body=dict(APP, id=app, name="new", is_trusted=True))
    assert updated["body"]["name"] == "new", updated
    page = await called(client, "GetOAuthApps", page=0, per_page=1)
    assert len(page["body"]) == 1 and page["next"] == {"page": 1, "per_page": 1}, page
    secret = await called(client, "RegenerateOAuthAppSecret", app_id=app)
    assert secret["body"]["client_secret"] != made["body"]["client_secret"]
    registered = await called(client, "RegisterOAuthClient", body={"redirect_uris": ["https://dcr.test/cb"]})
    assert registered["status"] == 201 and registered["body"]["client_id"], registered
    assert (await called(client, "GetAuthorizedOAuthAppsForUser", user_id=GIVEN["user"]))["body"] == []
    deleted = await called(client, "DeleteOAuthApp", app_id=app)
    assert deleted["status"] == 200, deleted


async def errors(client):
    missing = await called(client, "GetOAuthApp", app_id=UNKNOWN)
    assert missing["status"] == 404 and missing["error"]["status_code"] == 404, missing
    for arguments, message in [
        ({"app_id": 7}, "app_id: "),
        ({}, "app_id: is required"),
        ({"app_id": UNKNOWN, "id": 1}, "id: is unknown; the tool takes app_id"),
    ]:
        refused = await called(client, "GetOAuthApp", **arguments)
        assert refused["error"].startswith(message) and "status" not in refused, refused
    refused = await called(client, "CreateOAuthApp", body={"name": "ci"})
    assert refused["error"].startswith("body: ") and "status" not in refused, refused
    try:
        await client.call_tool("NoSuchTool", {})
    except MCPError as error:
        assert "NoSuchTool" in str(error)
    else:
        raise AssertionError("a tool that doesn't exist was called")
    async with tools(env={VARIABLE: "wrong"}) as stranger:
        refused = await called(stranger, "GetOAuthApps")
        assert refused["status"] == 401, refused


async def cut():
    async with tools("--max-result", "40") as client:
        first = await called(client, "GetAuthorizationServerMetadata")
        text, more = first["text"], first["more"]
        while more:
            piece = await called(client, "read_more", result=more["result"], offset=more["offset"])
            assert len(piece["text"]) <= 40, piece
            text, more = text + piece["text"], piece.get("more")
        assert json.loads(text)["issuer"] == GIVEN["url"], text


async def three():
    async with tools("--tools", "three") as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert names == {"search_operations", "describe_operation", "call_operation", "read_more"}, names
        found = await called(client, "search_operations", query="register a client dynamically")
        assert found["operations"][0]["name"] == "RegisterOAuthClient", found
        described = await called(client, "describe_operation", name="GetOAuthApp")
        assert described["arguments"]["required"] == ["app_id"], described
        missing = await called(client, "call_operation", name="GetOAuthApp", arguments={"app_id": UNKNOWN})
        assert missing["status"] == 404, missing
        assert "search_operations" in (await called(client, "call_operation", name="Nothing"))["error"]


async def resources(client):
    uris = [resource.uri for resource in (await client.list_resources()).resources]
    assert str(uris[0]) == "docs://api" and len(uris) == 2, uris
    text = (await client.read_resource("docs://operations/GetOAuthApp")).contents[0].text
    assert "GET /api/v4/oauth/apps/{app_id}" in text, text


async def cancelled():
    """A call that the caller gives up is given up by the program: the server sees the end of the connection."""
    ended, begun = asyncio.Event(), asyncio.Event()

    async def never(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        begun.set()
        if not await reader.read():
            ended.set()
        writer.close()

    server = await asyncio.start_server(never, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    async with tools(url=f"http://127.0.0.1:{port}", mode="legacy") as client:
        call = asyncio.create_task(client.call_tool("GetOAuthApps", {}))
        await asyncio.wait_for(begun.wait(), 60)
        call.cancel()
        await asyncio.wait_for(ended.wait(), 60)
        with contextlib.suppress(asyncio.CancelledError):
            await call
        # The program still responds.
        assert (await client.list_tools()).tools
    server.close()


async def over_http():
    port = GIVEN["port"]
    url = f"http://127.0.0.1:{port}/mcp"
    command = [GIVEN["program"], "--server", GIVEN["url"], "--listen", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, env=dict(os.environ, **ENV), stderr=subprocess.PIPE) as program:
        try:
            assert program.stderr.readline().startswith(b"serving at")
            async with Client(url) as client:
                await each_operation(client)
            for headers in [{"Origin": "https://evil.example"}, {"Host": "evil.example"}]:
                assert status(url, headers) == 403, headers
        finally:
            program.terminate()
    secret = dict(ENV, MATTERMOST_OAUTH_MCP_TOKEN="secret")
    with subprocess.Popen(command, env=dict(os.environ, **secret), stderr=subprocess.PIPE) as program:
        try:
            assert program.stderr.readline().startswith(b"serving at")
            assert status(url, {}) == 401
            assert status(url, {"Authorization": "Bearer wrong"}) == 401
            assert status(url, {"Authorization": "Bearer secret"}) != 401
        finally:
            program.terminate()


def status(url, headers):
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        return urllib.request.urlopen(request, timeout=60).status
    except urllib.error.HTTPError as error:
        return error.code


async def main():
    for mode in ["legacy", "auto"]:
        await listed(mode)
        async with tools(mode=mode) as client:
            await each_operation(client)
            await errors(client)
            await resources(client)
    for check in [cut, three, cancelled, over_http]:
        begun = time.monotonic()
        await check()
        print(f"{check.__name__}: {time.monotonic() - begun:.1f} s")
    print(f"{len(OPERATIONS)} operations called, in both lifecycles and over HTTP")


asyncio.run(main())
