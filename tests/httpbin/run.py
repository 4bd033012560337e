#!/usr/bin/env python3
"""Runs the tests of `templates/tests/suite/httpbin.rs` against httpbin (PyPI), a server that nobody here wrote.

httpbin is installed below `target/`, and listens on a free port of the loopback address.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from others import free_port, python, test, wait_for  # noqa: E402


def main():
    program = python("httpbin", "httpbin==0.10.2", "waitress==3.0.2")
    url = f"http://127.0.0.1:{free_port()}"
    listen = f"--listen={url.removeprefix('http://')}"
    with subprocess.Popen([program, "-m", "waitress", listen, "--threads=8", "httpbin:app"]) as server:
        try:
            wait_for(f"{url}/get", server)
            sys.exit(test("httpbin", HTTPBIN_URL=url))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
