#!/usr/bin/env python3
"""Lets the Python and the TypeScript SDK of the Model Context Protocol call the tools of Mattermost, over standard input and output and over HTTP: each
operation against the service of `tests/service`, errors, results that are cut, and calls that are cancelled. The protocol's inspector lists and calls
them, too, and an authorization server gives tokens to callers over HTTP.

The crates are written and what else is needed is installed below `target/mcp`. `--service PROGRAM` takes a service that is built already.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from others import built_program, free_port, node, node_script, python, real_service  # noqa: E402

SDK = "mcp==2.3.0"
TYPESCRIPT_SDK = "@modelcontextprotocol/sdk@1.32.2"
OAUTH_SERVER = "oidc-provider@9.13.3"
INSPECTOR = "@modelcontextprotocol/inspector@0.15.0"
# Seconds for all calls of an SDK.
PATIENCE = 600


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--service", help="the program of tests/service [default: builds it]")
    given = parser.parse_args()
    program = built_program("mcp", "streamable-http")
    with real_service(given.service) as (url, user, token):
        asked = json.dumps({"program": str(program), "url": url, "user": user, "token": token, "port": free_port()})
        inspect(program, url, token)
        modules = node("mcp/typescript", TYPESCRIPT_SDK, OAUTH_SERVER)
        for script in ["calls.mjs", "protected.mjs"]:
            subprocess.run(["node", node_script(modules, HERE / script), asked], check=True, timeout=PATIENCE)
        subprocess.run([python("mcp/python", SDK), HERE / "calls.py", asked], check=True, timeout=PATIENCE)


def inspect(program, url, token):
    """Has the inspector list the tools, read a resource and call a tool."""
    inspector = node("mcp/node", INSPECTOR) / ".bin" / "mcp-inspector"
    env = ["-e", f"MATTERMOST_OAUTH_BASE_URL={url}", "-e", f"MATTERMOST_OAUTH_TOKEN={token}"]

    def asked(method, *more):
        command = [inspector, "--cli", *env, program, "--method", method, *more]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)

    names = [tool["name"] for tool in asked("tools/list")["tools"]]
    assert len(names) == 11 and "GetOAuthApps" in names, names
    text = asked("resources/read", "--uri", "docs://groups/oauth")["contents"][0]["text"]
    assert "GetOAuthApps" in text, text
    called = asked("tools/call", "--tool-name", "GetOAuthApps", "--tool-arg", "per_page=1")
    assert called["structuredContent"] == {"status": 200, "body": []}, called
    print("the inspector: tools listed and called, a resource read")


if __name__ == "__main__":
    main()
