#!/usr/bin/env python3
"""Runs the flows of `templates/tests/suite/oauth.rs` against oauth2-mock-server (npm), a server that nobody here wrote.

The server is installed below `target/`, and listens on a free port of the loopback address.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from others import free_port, node, test, wait_for  # noqa: E402


def main():
    program = node("oauth", "oauth2-mock-server@9.3.0") / ".bin" / "oauth2-mock-server"
    port = free_port()
    url = f"http://localhost:{port}"
    with subprocess.Popen([program, "-a", "localhost", "-p", str(port)], stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(f"{url}/.well-known/openid-configuration", server)
            sys.exit(test("of_others_issues_tokens", OAUTH_URL=url))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
