#!/usr/bin/env python3
"""Puts the service under load, beside the same service by hand on axum (`examples/by_hand.rs`); see `--help`.

It needs Linux, and Debian's packages `wrk` and `valgrind`. All connections are on loopback.
"""

import argparse
import contextlib
import http.client
import json
import os
import re
import resource
import select
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CONNECTIONS = 64
APPS = "/api/v4/oauth/apps"
NEW = {"name": "ci", "description": "CI login", "callback_urls": ["https://ci.test/cb"], "homepage": "https://ci.test"}
TICK = os.sysconf("SC_CLK_TCK")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=1, help="how long each request is sent, per round [default: 1]")
    parser.add_argument("--rounds", type=int, default=15, help="how often each side takes its turn [default: 15]")
    parser.add_argument("--requests", type=int, default=1_000_000, help="how many requests memory is watched for [default: 1,000,000]")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these [default: all]")
    return parser.parse_args()


def built(*what):
    """A program, built in release mode."""
    target = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve() / "service"
    cargo = os.environ.get("CARGO", "cargo")
    subprocess.run([cargo, "build", "--quiet", "--locked", "--release", "--bins", "--examples", "--target-dir", target], cwd=HERE, check=True)
    return target.joinpath("release", *what)


class Server:
    """One of both programs over a database of its own with 60 apps, and a token."""

    def __init__(self, stack, program, under=(), **more):
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        self.folder = Path(folder)
        environment = {**os.environ, "DATABASE_URL": f"sqlite:{folder}/apps.db", "SERVICE_KEYS": "07" * 32, "SERVICE_LISTEN": "127.0.0.1:0"}
        environment.update({"SERVICE_REGISTRATION": "on", "SERVICE_REGISTRATIONS_PER_SECOND": "0"}, **more)
        token = [built("mattermost-oauth-service"), "token", "ann", "manage_oauth", "manage_system_wide_oauth"]
        self.token = subprocess.run(token, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[1]
        self.process = stack.enter_context(subprocess.Popen([*under, program], env=environment, cwd=folder, stdout=subprocess.PIPE, text=True))
        stack.callback(self.process.kill)
        self.address = re.search(r"http://([^,\s]+)", self.process.stdout.readline())[1]
        self.app = [self.call("POST", APPS, NEW) for _ in range(60)][-1]
        host, port = self.address.split(":")
        self.socket_address = (host, int(port))

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.address, timeout=60)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body else None, headers)
        response = connection.getresponse()
        value = json.loads(response.read())
        connection.close()
        return value

    def cpu(self):
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self):
        """Resident memory, in KiB."""
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())[1])

    def head(self, method, path, *lines):
        return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: a", f"Authorization: Bearer {self.token}", *lines, "", ""]).encode()


# Name, method, path, body, expected status.
def cases(server):
    app = server.app["id"]
    return [
        ("one", "GET", f"{APPS}/{app}", None, 200),
        ("list of 60", "GET", f"{APPS}?per_page=60", None, 200),
        ("info", "GET", f"{APPS}/{app}/info", None, 200),
        ("metadata", "GET", "/.well-known/oauth-authorization-server", None, 200),
        ("update", "PUT", f"{APPS}/{app}", {**NEW, "id": app}, 200),
        ("refused", "POST", APPS, {**NEW, "name": ""}, 400),
        ("not found", "GET", f"{APPS}/{'a' * 26}", None, 404),
        ("not allowed", "PATCH", APPS, None, 405),
    ]


def script(server, requests):
    """A script of wrk that sends these requests in turn."""
    lines = ["local requests, next = {}, 0", "function init()"]
    for method, path, body in requests:
        text = json.dumps(json.dumps(body)) if body else "nil"
        headers = f'["Authorization"] = "Bearer {server.token}"' + (', ["Content-Type"] = "application/json"' if body else "")
        lines.append(f'  table.insert(requests, wrk.format("{method}", "{path}", {{{headers}}}, {text}))')
    lines += ["end", "function request() next = next % #requests + 1; return requests[next] end"]
    return "\n".join(lines)


def wrk(server, requests, seconds):
    """Requests, those that weren't 2xx or 3xx, and the processor time that the server took for them."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script(server, requests))
        file.flush()
        before = server.cpu()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", file.name, f"http://{server.address}"]
        out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    if errors := re.search(r"Socket errors: .*", out):
        sys.exit(f"wrk: {errors[0]}")
    sent = int(re.search(r"(\d+) requests in", out)[1])
    odd = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return sent, int(odd[1]) if odd else 0, server.cpu() - before


def ratio(options):
    """Requests per second of processor time, beside the same by hand."""
    print("| request | generated | by hand | ratio |\n| --- | ---: | ---: | ---: |")
    with contextlib.ExitStack() as stack:
        sides = [Server(stack, built("mattermost-oauth-service")), Server(stack, built("examples", "by_hand"))]
        everything = [cases(side) for side in sides]
        for number, (name, *_, status) in enumerate(everything[0]):
            speeds = [[], []]
            # Both take turns, so that what else the machine does meets both.
            for turn in range(options.rounds * 2):
                side = turn % 2
                _, method, path, body, _ = everything[side][number]
                sent, odd, cpu = wrk(sides[side], [(method, path, body)], options.seconds)
                assert odd == (sent if status >= 400 else 0), f"{name}: {odd} of {sent} responses have another status"
                speeds[side].append(sent / cpu)
            # The better third: the others were disturbed, if anything else runs.
            ours, hand = (statistics.mean(sorted(side)[-max(1, options.rounds // 3):]) for side in speeds)
            print(f"| {name} | {ours:,.0f} | {hand:,.0f} | {ours / hand:.2f} |", flush=True)


def instructions(_):
    """Instructions of one request, of all threads, beside the same by hand; it needs valgrind."""
    print("| request | generated | by hand | ratio |\n| --- | ---: | ---: | ---: |")
    callgrind = ["valgrind", "--quiet", "--tool=callgrind", "--callgrind-out-file=counts"]
    with contextlib.ExitStack() as stack:
        programs = [built("mattermost-oauth-service"), built("examples", "by_hand")]
        sides = [Server(stack, program, under=callgrind) for program in programs]
        for number, (name, *_) in enumerate(cases(sides[0])):
            ours, hand = (min(counted(side, cases(side)[number]) for _ in range(3)) for side in sides)
            print(f"| {name} | {ours:,.0f} | {hand:,.0f} | {ours / hand:.2f} |", flush=True)


def counted(server, case, count=50):
    """The instructions of one of these requests, which come one after the other on one connection."""
    _, method, path, body, status = case
    connection = http.client.HTTPConnection(server.address, timeout=60)
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
    for number in range(-5, count):
        if number == 0:
            subprocess.run(["callgrind_control", "-z", str(server.process.pid)], check=True, capture_output=True)
        connection.request(method, path, json.dumps(body) if body else None, headers)
        response = connection.getresponse()
        response.read()
        assert response.status == status
    connection.close()
    subprocess.run(["callgrind_control", "-d", str(server.process.pid)], check=True, capture_output=True)
    dumps = sorted(server.folder.glob("counts.*"), key=lambda dump: dump.stat().st_mtime_ns)
    return int(re.search(r"^(?:totals|summary): (\d+)", dumps[-1].read_text(), re.M)[1]) / count


def memory(options):
    """Resident memory while a mix of requests goes on."""
    with contextlib.ExitStack() as stack:
        server = Server(stack, built("mattermost-oauth-service"))
        one, listed, info, metadata, update, refused, missing, _ = [case[1:4] for case in cases(server)]
        mix = [one] * 12 + [listed, info, info, metadata, update, refused, missing, ("POST", APPS, NEW)]
        total, goal = 0, options.requests // 10
        print("| requests | resident memory |\n| ---: | ---: |")
        print(f"| 0 | {server.memory():,} KiB |", flush=True)
        while total < options.requests:
            total += wrk(server, mix, 10)[0]
            if total >= min(goal, options.requests):
                print(f"| {total:,} | {server.memory():,} KiB |", flush=True)
                goal = total + options.requests // 10


def connections(_):
    """9,000 open connections, each of which then sends a request."""
    count = 9000
    with contextlib.ExitStack() as stack:
        server = Server(stack, built("mattermost-oauth-service"), SERVICE_HEAD_SECONDS="120")
        before = server.memory()
        request = server.head("GET", f"{APPS}/{server.app['id']}")
        open_ones = [stack.enter_context(socket.create_connection(server.socket_address, 60)) for _ in range(count)]
        for one in open_ones:
            one.sendall(request)
        good = sum(answered(one) == b"200" for one in open_ones)
        while_open = server.memory()
        for one in open_ones:
            one.sendall(request)
        again = sum(answered(one) == b"200" for one in open_ones)
        print(f"{count:,} connections: {good:,} and then again {again:,} responses of 200; resident memory {before:,} KiB before, "
              f"{while_open:,} KiB with all of them open, {(while_open - before) / count:.1f} KiB each")
        assert good == again == count


def answered(one):
    """The status of a response whose body fits into one packet."""
    return one.recv(65536).split(b" ", 2)[1]


def slow(_):
    """Slow peers of each kind, and what others notice of them."""
    heads, bodies, readers = 300, 300, 50
    with contextlib.ExitStack() as stack:
        limits = {f"SERVICE_{what}_SECONDS": "2" for what in ["HEAD", "BODY", "WRITE"]}
        server = Server(stack, built("mattermost-oauth-service"), **limits)
        body = json.dumps({**NEW, "description": "d" * 512, "callback_urls": [f"https://{'a' * 900}.test"]}).encode()
        for _ in range(200):
            server.call("POST", APPS, json.loads(body))
        alone = latency(server)
        peers = []
        for number in range(heads + bodies + readers):
            one = stack.enter_context(socket.create_connection(server.socket_address, 60))
            if number < heads:
                one.sendall(b"GET / HTTP/1.1\r\nHost:")
            elif number < heads + bodies:
                one.sendall(server.head("POST", APPS, f"Content-Length: {len(body)}") + body[:10])
            else:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                one.sendall(server.head("GET", f"{APPS}?per_page=200") * 20)
            peers.append(one)
        start, beside = time.monotonic(), []
        watcher = threading.Thread(target=lambda: beside.append(latency(server)))
        watcher.start()
        shed = wait_until_shed(server, start)
        watcher.join()
        print(f"{heads} slow heads, {bodies} slow bodies and {readers} slow readers, limits of 2 s: all shed after {shed:.1f} s. Others wait "
              f"{alone * 1000:.1f} ms for a response without them, and {beside[0] * 1000:.1f} ms beside them (medians)")


def latency(server):
    """The median time of a request."""
    times = []
    for _ in range(100):
        start = time.monotonic()
        server.call("GET", f"{APPS}/{server.app['id']}")
        times.append(time.monotonic() - start)
        time.sleep(0.01)
    return statistics.median(times)


def wait_until_shed(server, start):
    """How long the server takes until it has closed all these connections."""
    while time.monotonic() - start < 60:
        listed = Path(f"/proc/{server.process.pid}/fd")
        sockets = sum(os.readlink(entry).startswith("socket:") for entry in map(str, listed.iterdir()) if os.path.islink(entry))
        # What listens, what the database and the runtime have, and the one that measures.
        if sockets < 20:
            return time.monotonic() - start
        time.sleep(0.1)
    sys.exit("slow peers were not shed")


PARTS = {"ratio": ratio, "instructions": instructions, "memory": memory, "connections": connections, "slow": slow}


def main():
    options = arguments()
    if missing := [name for name in ["wrk", "valgrind"] if not shutil.which(name)]:
        sys.exit(f"not installed: {' '.join(missing)}; on Debian: apt-get install wrk valgrind")
    # For many connections, here and in the server.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))
    for name in options.parts or PARTS:
        print(f"\n{name}: {PARTS[name].__doc__}\n", flush=True)
        PARTS[name](options)


if __name__ == "__main__":
    main()
