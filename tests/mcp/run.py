#!/usr/bin/env python3
"""Lets the Python and the TypeScript SDK of the Model Context Protocol call the tools of Mattermost, over standard input and output and over HTTP: each
operation against the service of `tests/service`, errors, results that are cut, and calls that are cancelled. The protocol's inspector lists and calls
them, too, and an authorization server gives tokens to callers over HTTP.

The crates are written and what else is needed is installed below `target/mcp`. `--service PROGRAM` takes a service that is built already.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from others import CARGO, ROOT, free_port, node, node_script, python, target, wait_for  # noqa: E402

SDK = "mcp==2.3.0"
TYPESCRIPT_SDK = "@modelcontextprotocol/sdk@1.32.2"
OAUTH_SERVER = "oidc-provider@9.13.3"
INSPECTOR = "@modelcontextprotocol/inspector@0.15.0"
SPEC = ROOT / "specs" / "mattermost-oauth" / "openapi.yaml"
PERMISSIONS = ["manage_oauth", "manage_system_wide_oauth", "edit_other_users", "manage_system"]
# Seconds for all calls of an SDK.
PATIENCE = 600


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--service", help="the program of tests/service [default: builds it]")
    given = parser.parse_args()
    program, service = tools(), given.service or built_service()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        variables = {
            "DATABASE_URL": f"sqlite:{folder}/apps.db",
            "SERVICE_LISTEN": f"127.0.0.1:{port}",
            "SERVICE_REGISTRATION": "on",
            "SERVICE_REGISTRATIONS_PER_SECOND": "0",
        }
        env = dict(os.environ, **variables)
        made = subprocess.run([service, "token", "root", *PERMISSIONS], env=env, check=True, capture_output=True, text=True)
        user, token = made.stdout.split()
        with subprocess.Popen([service], env=env, stdout=subprocess.DEVNULL) as server:
            try:
                wait_for(f"{url}/.well-known/oauth-authorization-server", server)
                asked = json.dumps({"program": str(program), "url": url, "user": user, "token": token, "port": free_port()})
                inspect(program, url, token)
                modules = node("mcp/typescript", TYPESCRIPT_SDK, OAUTH_SERVER)
                for script in ["calls.mjs", "protected.mjs"]:
                    subprocess.run(["node", node_script(modules, HERE / script), asked], check=True, timeout=PATIENCE)
                subprocess.run([python("mcp/python", SDK), HERE / "calls.py", asked], check=True, timeout=PATIENCE)
            finally:
                server.terminate()


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


def tools():
    """The program with the tools, generated and built."""
    folder = target() / "mcp" / "crates"
    folder.mkdir(parents=True, exist_ok=True)
    generate = ["run", "--quiet", "--package", "specwright", "--", "generate", SPEC, "--name", "mattermost-oauth", "--emit", "mcp", "--out", folder]
    subprocess.run([CARGO, *generate], cwd=ROOT, check=True)
    (folder / "Cargo.toml").write_text('[workspace]\nresolver = "3"\nmembers = ["types", "client", "mcp"]\n')
    # The versions that the repository itself is tested with, without TLS.
    shutil.copy(ROOT / "Cargo.lock", folder)
    build = [CARGO, "build", "--quiet", "--package", "mattermost-oauth-mcp", "--no-default-features", "--features", "streamable-http"]
    subprocess.run([*build, "--target-dir", target()], cwd=folder, check=True)
    return target() / "debug" / "mattermost-oauth-mcp"


def built_service():
    place = target() / "service"
    build = [CARGO, "build", "--quiet", "--locked", "--bins", "--target-dir", place]
    subprocess.run(build, cwd=ROOT / "tests" / "service", check=True)
    return place / "debug" / "mattermost-oauth-service"


if __name__ == "__main__":
    main()
