#!/usr/bin/env python3
"""Calls every operation of Mattermost by the command line: of the service of `tests/service`, also through Prism, which looks at each request and
response, and of Prism's mock.

The crates are written and what else is needed is installed below `target/`. `--service PROGRAM` takes a service that is built already.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from others import ROOT, built_program, free_port, node, real_service, wait_for  # noqa: E402

PRISM = "@stoplight/prism-cli@5.14.2"
SPEC = ROOT / "specs" / "mattermost-oauth" / "openapi.yaml"
APP = ["--name=ci", "--description=CI login", "--callback-urls=https://ci.test/cb", "--homepage=https://ci.test"]
UNKNOWN = "abcdefghijklmnopqrstuvwxyz"
USAGE, CLIENT_ERROR, SERVER_ERROR, NETWORK = 2, 3, 4, 5


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--service", help="the program of tests/service [default: builds it]")
    given = parser.parse_args()
    program = built_program("cli")
    with tempfile.TemporaryDirectory() as home, real_service(given.service) as (url, user, token):
        direct = CommandLine(program, home, url, token)
        each_operation(direct, user)
        errors(direct)
        with prism("proxy", SPEC, url, "--errors") as between:
            each_operation(CommandLine(program, home, between, token), user)
        with prism("mock", SPEC) as mock:
            mocked(CommandLine(program, home, mock, token))
    print("each operation called: of the service, through Prism, and of Prism's mock")


class CommandLine:
    """The program with a server and a token."""

    def __init__(self, program, home, url, token):
        self.program = program
        self.env = {"PATH": os.environ["PATH"], "HOME": home, "MATTERMOST_OAUTH_BASE_URL": url, "MATTERMOST_OAUTH_TOKEN": token}

    def run(self, operation, *words, code=0, **env):
        """What an operation prints, which has to end with this exit code."""
        command = [self.program, "oauth", operation, *words]
        ran = subprocess.run(command, env={**self.env, **env}, capture_output=True, text=True, timeout=60)
        assert ran.returncode == code, f"{command}: {ran.returncode} instead of {code}\n{ran.stdout}{ran.stderr}"
        assert self.env["MATTERMOST_OAUTH_TOKEN"] not in ran.stdout + ran.stderr, command
        return ran.stdout if code == 0 else ran.stderr

    def json(self, operation, *words):
        return json.loads(self.run(operation, *words))


def each_operation(tool, user):
    assert tool.json("get-authorization-server-metadata")["issuer"].startswith("http://")
    made = tool.json("create-oauth-app", *APP)
    app = made["id"]
    assert tool.json("get-oauth-app", app)["name"] == "ci"
    assert tool.run("get-oauth-app", app, "--query=$.callback_urls[0]", "--output=raw") == "https://ci.test/cb\n"
    assert tool.json("get-oauth-app-info", app)["id"] == app
    changed = tool.json("update-oauth-app", app, f"--id={app}", *APP, "--set=name=new", "--is-trusted")
    assert changed["name"] == "new" and changed["is_trusted"] is True
    tool.json("create-oauth-app", "--body", json.dumps({"name": "two", "description": "d", "callback_urls": ["https://b.test"], "homepage": "https://b.test"}))
    pages = tool.run("get-oauth-apps", "--per-page=1", "--all-pages").splitlines()
    assert {"new", "two"} <= {json.loads(line)["name"] for line in pages}, pages
    assert "CI login" in tool.run("get-oauth-apps", "--output=table")
    secret = tool.json("regenerate-oauth-app-secret", app)["client_secret"]
    assert secret and secret != made["client_secret"]
    assert tool.json("register-oauth-client", "--redirect-uris=https://dcr.test/cb")["client_id"]
    assert tool.json("get-authorized-oauth-apps-for-user", user) == []
    assert tool.json("delete-oauth-app", app)["status"] == "OK"


def errors(tool):
    assert "404" in tool.run("get-oauth-app", UNKNOWN, code=CLIENT_ERROR)
    assert "401" in tool.run("get-oauth-apps", code=CLIENT_ERROR, MATTERMOST_OAUTH_TOKEN="wrong")
    assert "name" in tool.run("create-oauth-app", "--description=d", code=USAGE)
    tool.run("get-oauth-apps", "--retries=0", code=NETWORK, MATTERMOST_OAUTH_BASE_URL=f"http://127.0.0.1:{free_port()}")


def mocked(tool):
    """Responses that the description has, and that the service doesn't give at will."""
    app = tool.json("get-oauth-app", UNKNOWN)
    assert isinstance(app["id"], str), app
    for operation, words in {
        "create-oauth-app": APP,
        "get-oauth-apps": [],
        "update-oauth-app": [UNKNOWN, f"--id={UNKNOWN}", *APP],
        "delete-oauth-app": [UNKNOWN],
        "regenerate-oauth-app-secret": [UNKNOWN],
        "get-oauth-app-info": [UNKNOWN],
        "get-authorization-server-metadata": [],
        "register-oauth-client": ["--redirect-uris=https://dcr.test/cb"],
        "get-authorized-oauth-apps-for-user": [UNKNOWN],
    }.items():
        tool.json(operation, *words)
    for status, code in [(403, CLIENT_ERROR), (501, SERVER_ERROR)]:
        said = tool.run("get-oauth-app", UNKNOWN, f"--header=Prefer: code={status}", "--retries=0", code=code)
        assert str(status) in said, said


@contextmanager
def prism(*words):
    """Prism at work; gives its URL."""
    port = free_port()
    command = [node("prism", PRISM) / ".bin" / "prism", *words, "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/.well-known/oauth-authorization-server", server)
            yield url
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
