#!/usr/bin/env python3
"""Runs the flows of `templates/tests/suite/oauth.rs` against oauth2-mock-server (npm), a server that nobody here wrote.

The server is installed below `target/`, and listens on a free port of the loopback address.
"""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from socket import socket

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "oauth2-mock-server@9.3.0"


def installed():
    """The program of the server."""
    home = ROOT / "target" / "oauth"
    program = home / "node_modules" / ".bin" / "oauth2-mock-server"
    if not program.exists():
        home.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", home, PACKAGE]
        subprocess.run(install, check=True)
    return program


def free_port():
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url):
    for _ in range(100):
        try:
            return urllib.request.urlopen(url, timeout=1)
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{url} does not respond")


def main():
    program, port = installed(), free_port()
    url = f"http://localhost:{port}"
    with subprocess.Popen([program, "-a", "localhost", "-p", str(port)], stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(f"{url}/.well-known/openid-configuration")
            cargo = os.environ.get("CARGO", "cargo")
            test = [cargo, "test", "--quiet", "-p", "specwright-templates", "--test", "suite", "of_others_issues_tokens"]
            sys.exit(subprocess.run(test, cwd=ROOT, env=dict(os.environ, OAUTH_URL=url)).returncode)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
