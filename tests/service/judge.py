#!/usr/bin/env python3
"""Lets others judge the service: five clients of Mattermost, schemathesis and Prism, unchanged, and a browser; see `--help`.

What it needs it installs below `target/service/judges`: packages of PyPI and npm, for which it needs Python 3.11 and Node.js 20. The versions
are in `judges/`. For the explorer it needs Chromium, Debian's package.
"""

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SPEC = ROOT / "specs" / "mattermost-oauth" / "openapi.yaml"
JUDGES = HERE / "judges"

PERMISSIONS = ["manage_oauth", "manage_system_wide_oauth", "edit_other_users", "manage_system"]
USERS = {"ann": ["manage_oauth"], "bob": ["manage_oauth"], "guest": [], "root": PERMISSIONS, "old": ["--seconds", "0", *PERMISSIONS]}
# Sees only apps that were made in the browser: those of the others fill the first page of the list.
USERS["eve"] = ["manage_oauth"]

UNKNOWN = "abcdefghijklmnopqrstuvwxyz"
APPS = "/api/v4/oauth/apps"
METADATA = "/.well-known/oauth-authorization-server"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few examples of schemathesis, in a minute or two")
    parser.add_argument("--database", help="a URL, such as postgres://… [default: a new file of SQLite]")
    parser.add_argument("judges", nargs="*", choices=[*RUN, []], help="only these [default: all]")
    return parser.parse_args()


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve() / "service"


def installed(name, mark, *commands):
    """A folder that these commands filled, again when `mark` has changed."""
    folder = target() / "judges" / name
    done = folder / "installed"
    if not done.exists() or done.read_text() != mark:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for command in commands:
            subprocess.run([str(part) for part in command], cwd=folder, check=True)
        done.write_text(mark)
    return folder


def python(name):
    """Python with the packages of `judges/NAME.txt`."""
    listed = JUDGES / f"{name}.txt"
    install = ["bin/pip", "install", "--quiet", "--disable-pip-version-check", "-r", listed]
    return installed(name, listed.read_text(), [sys.executable, "-m", "venv", "."], install) / "bin"


def node():
    """The folder with the packages of `judges/package.json`."""
    listed = JUDGES / "package.json"
    copy = ["cp", listed, "."]
    return installed("node", listed.read_text(), copy, ["npm", "install", "--silent", "--no-fund", "--no-audit"])


def program():
    """The service, built."""
    cargo = os.environ.get("CARGO", "cargo")
    subprocess.run([cargo, "build", "--quiet", "--locked", "--bins", "--target-dir", target()], cwd=HERE, check=True)
    return target() / "debug" / "mattermost-oauth-service"


class Service:
    """The service with the provider on, and with it off, over one database, and users of it."""

    def __init__(self, stack, database):
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        self.program = program()
        self.environment = {
            "DATABASE_URL": database or f"sqlite:{folder}/apps.db",
            "SERVICE_KEYS": os.urandom(32).hex(),
            "SERVICE_LISTEN": "127.0.0.1:0",
            "SERVICE_REGISTRATION": "on",
            "SERVICE_REGISTRATIONS_PER_SECOND": "0",
            # What isn't as described is 500, which nobody expects.
            "SERVICE_CHECK_RESPONSES": "refuse",
        }
        self.on = self.started(stack, {})
        self.off = self.started(stack, {"SERVICE_PROVIDER": "off"})
        self.users = {name: self.user(name, permissions) for name, permissions in USERS.items()}
        # A client whose app the guest has authorized.
        app = self.call("POST", APPS, "root", NEW)[1]
        self.command("authorize", self.users["guest"]["id"], app["id"])

    def started(self, stack, more):
        environment = {**os.environ, **self.environment, **more}
        process = stack.enter_context(subprocess.Popen([self.program], env=environment, stdout=subprocess.PIPE, text=True))
        stack.callback(process.terminate)
        return re.search(r"http://[^,\s]+", process.stdout.readline())[0]

    def command(self, *arguments):
        environment = {**os.environ, **self.environment}
        ran = subprocess.run([self.program, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True)
        return ran.stdout.split()

    def user(self, name, permissions):
        id, token = self.command("token", name, *permissions)
        return {"id": id, "token": token}

    def call(self, method, path, user=None, body=None, url=None, connection=None):
        """Status, body and headers of a response."""
        connection = connection or http.client.HTTPConnection((url or self.on).removeprefix("http://"), timeout=30)
        headers = {"Authorization": f"Bearer {self.users[user]['token']}"} if user else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if text else None, response.headers


NEW = {"name": "ci", "description": "CI login", "callback_urls": ["https://ci.test/cb"], "homepage": "https://ci.test"}


def clients(service, _):
    """The Python clients."""
    given = json.dumps({"on": service.on, "off": service.off, "users": service.users})
    subprocess.run([python("clients") / "python", JUDGES / "clients.py", given], check=True)


def javascript(service, _):
    """The client of npm."""
    given = json.dumps({"on": service.on, "off": service.off, "users": service.users})
    environment = {**os.environ, "NODE_PATH": str(node() / "node_modules")}
    subprocess.run(["node", JUDGES / "client.js", given], env=environment, check=True)


def schemathesis(service, options):
    """Each check in each phase, with a token that may do everything; `judges/described.py` says what is excepted, and why."""
    programs = python("schemathesis")
    described = subprocess.run([programs / "python", JUDGES / "described.py", SPEC, target()], check=True, stdout=subprocess.PIPE, text=True)
    for line in described.stdout.splitlines():
        document, excluded = line.split()
        command = [programs / "schemathesis", "--config-file", JUDGES / "schemathesis.toml", "run", document, "--exclude-checks", excluded]
        command += ["--url", service.on, "--header", f"Authorization: Bearer {service.users['root']['token']}"]
        command += ["--max-examples", "10" if options.quick else "100", "--seed", "7", "--no-color", "--continue-on-failure"]
        ran = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, cwd=target())
        if ran.returncode != 0:
            sys.exit(f"{ran.stdout}\nschemathesis found something")
        summary = re.search(r"Test cases:.*\n.*", ran.stdout)
        print(f"schemathesis, {Path(document).stem}: {' '.join(summary[0].split()) if summary else ran.stdout}")


def prism(service, _):
    """1,000 valid calls through Prism, which compares requests and responses with the description."""
    free = socket.socket()
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    command = ["node", node() / "node_modules" / ".bin" / "prism", "proxy", SPEC, service.on, "--host", "127.0.0.1", "--port", str(port)]
    with tempfile.TemporaryFile("w+") as log, subprocess.Popen(list(map(str, command)), stdout=log, stderr=log) as process:
        try:
            wait_for(port, process, log)
            statuses = proxied(service, f"127.0.0.1:{port}")
        finally:
            process.terminate()
    print(f"Prism: no violation in {sum(statuses.values())} calls, of these by status: {dict(sorted(statuses.items()))}")


def wait_for(port, process, log):
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            log.seek(0)
            sys.exit(f"Prism didn't start: {log.read()}")
        time.sleep(0.1)
    sys.exit("Prism didn't start")


def proxied(service, address):
    """Calls by status. Exits at the first violation."""
    draw, ids, statuses = random.Random(7), [], {}
    connection = http.client.HTTPConnection(address, timeout=30)
    for _ in range(1000):
        method, path, user, body = drawn(draw, ids, service.users)
        status, value, headers = service.call(method, path, user, body, connection=connection)
        if violations := headers.get("sl-violations"):
            sys.exit(f"Prism: {method} {path} {body} -> {status} {value}\n{violations}")
        if method == "POST" and path == APPS and status == 201:
            ids.append(value["id"])
        statuses[status] = statuses.get(status, 0) + 1
    return statuses


def drawn(draw, ids, users):
    """A call that the description allows, whatever the response will be."""
    app_id = draw.choice([*ids[-20:], UNKNOWN, "short"])
    user = draw.choice(["ann", "ann", "ann", "bob", "root", "guest", "old"])
    app = {**NEW, "name": draw.choice(["ci", "ü" * 9, "", "n" * 70]), "icon_url": draw.choice(["", "https://ci.test/i"])}
    page = draw.choice(["", "?page=0", "?page=1&per_page=2", "?per_page=-1", "?page=-7"])
    client = {"redirect_uris": [draw.choice(["https://a.test", "ftp://a.test"])], "client_name": "A", "client_uri": draw.choice(["https://a.test", "urn:a"])}
    return draw.choice([
        ("POST", APPS, user, app),
        ("POST", APPS, user, {**app, "is_public": True, "is_trusted": True}),
        ("GET", APPS + page, user, None),
        ("GET", f"{APPS}/{app_id}", user, None),
        ("PUT", f"{APPS}/{app_id}", user, {**app, "id": app_id}),
        ("DELETE", f"{APPS}/{app_id}", user, None),
        ("POST", f"{APPS}/{app_id}/regen_secret", user, None),
        ("GET", f"{APPS}/{app_id}/info", user, None),
        ("GET", METADATA, None, None),
        ("POST", f"{APPS}/register", None, client),
        ("GET", f"/api/v4/users/{draw.choice(['me', users['guest']['id'], 'short'])}/oauth/apps/authorized{page}", user, None),
    ])


def explorer(service, _):
    """The page that sends requests, in Chromium."""
    given = json.dumps({"on": service.on, "users": service.users})
    subprocess.run([sys.executable, JUDGES / "explorer.py", given, target()], check=True)


RUN = {"clients": clients, "javascript": javascript, "schemathesis": schemathesis, "prism": prism, "explorer": explorer}


def main():
    options = arguments()
    with contextlib.ExitStack() as stack:
        service = Service(stack, options.database)
        for name in options.judges or RUN:
            start = time.monotonic()
            RUN[name](service, options)
            print(f"-- {name}: {time.monotonic() - start:.0f} s\n", flush=True)


if __name__ == "__main__":
    main()
