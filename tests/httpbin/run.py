#!/usr/bin/env python3
"""Runs the tests of `templates/tests/suite/httpbin.rs` against httpbin (PyPI), a server that nobody here wrote.

httpbin is installed below `target/`, and listens on a free port of the loopback address.
"""

import os
import subprocess
import sys
import time
import urllib.request
import venv
from pathlib import Path
from socket import socket

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["httpbin==0.10.2", "waitress==3.0.2"]


def installed():
    """The Python that has httpbin."""
    home = ROOT / "target" / "httpbin"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


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
    python, url = installed(), f"http://127.0.0.1:{free_port()}"
    listen = f"--listen={url.removeprefix('http://')}"
    with subprocess.Popen([python, "-m", "waitress", listen, "--threads=8", "httpbin:app"]) as server:
        try:
            wait_for(f"{url}/get")
            test = ["cargo", "test", "--quiet", "-p", "specwright-templates", "--test", "suite", "httpbin"]
            sys.exit(subprocess.run(test, cwd=ROOT, env=dict(os.environ, HTTPBIN_URL=url)).returncode)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
