#!/usr/bin/env python3
"""Counts the instructions that generated code takes, beside what is written by hand for the same; see `--help`.

It needs valgrind (Debian's `valgrind`). What else it needs it builds below `target/`.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
ROOT = HERE.parents[1]

# Descriptions of which `--generation` counts the generation.
CORPUS = ROOT.parent / "shared" / "corpus" / "large"
DOCUMENTS = {
    "GitHub": "github.com__api.github.com.json",
    "Kubernetes": "kubernetes.io.json",
    "Stripe": "stripe.com.json",
}

# How much worse a ratio may get before `--check` fails.
TOLERANCE = 1.03


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="exit with 1 if a ratio is 3 %% above that of README.md")
    parser.add_argument("--loopback", action="store_true", help="count calls over a socket instead, which nothing is held against")
    parser.add_argument("--generation", action="store_true", help="count what generation takes instead, which nothing is held against")
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    parser.add_argument("names", nargs="*", help="only these benchmarks [default: all]")
    return parser.parse_args()


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve() / "bench"


def runner(target):
    """The program that runs benchmarks under valgrind, of the version of the library."""
    lock = (HERE / "Cargo.lock").read_text()
    version = re.search(r'name = "gungraun"\nversion = "([^"]+)"', lock)[1]
    root = target / f"gungraun-runner-{version}"
    program = root / "bin" / "gungraun-runner"
    if not program.exists():
        install = ["cargo", "install", "--quiet", "gungraun-runner", "--version", f"={version}", "--root", root]
        subprocess.run(install, check=True)
    return program


def count(target, names):
    """Instructions by benchmark: those of generated code, and those by hand."""
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target), GUNGRAUN_RUNNER=str(runner(target)))
    command = ["cargo", "bench", "--quiet", "--locked", "--bench", "instructions", "--"]
    command += ["--output-format=json", "--save-summary=json"]
    counts = {}
    # The runner takes one pattern at a time.
    for pattern in [f"*{name}*" for name in names] or ["*"]:
        ran = subprocess.run([*command, pattern], cwd=HERE, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        for line in ran.stdout.splitlines():
            if line.startswith("{"):
                summary = json.loads(line)
                counts.setdefault(summary["function_name"], {})[summary["id"]] = instructions(summary)
    return counts


def loopback(target):
    """The same of a call of a server on this machine, by the generated client over reqwest and by reqwest alone.

    What 400 calls take more than 200 do is divided by 200, and the least of three counts: how often a socket is asked varies.
    """
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target))
    build = ["cargo", "build", "--quiet", "--locked", "--release", "--example", "loopback", "--features", "reqwest"]
    subprocess.run(build, cwd=HERE, env=environment, check=True)
    program = target / "release" / "examples" / "loopback"
    with subprocess.Popen([program, "serve"], stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().strip()
            call = lambda side, what, calls: min(callgrind([program, side, what, address, calls]) for _ in range(3))
            each = lambda side, what: (call(side, what, 400) - call(side, what, 200)) // 200
            whats = ["one", "list", "not-found"]
            return {what: {"ours": each("ours", what), "by_hand": each("by-hand", what)} for what in whats}
        finally:
            server.kill()


def generation(target):
    """The same of generating the crates of a description, and of parsing it and writing the bytes of all files."""
    generator = built(target.parent, ROOT, "specwright", "release")
    twin = built(target, HERE, "rewrite", "bench")
    counts = {}
    for name, file in DOCUMENTS.items():
        with tempfile.TemporaryDirectory() as folder:
            ours = callgrind([generator, "generate", CORPUS / file, "--name", "api", "--out", f"{folder}/ours"])
            by_hand = callgrind([twin, CORPUS / file, f"{folder}/ours", f"{folder}/by-hand"])
            counts[name] = {"ours": ours, "by_hand": by_hand}
    return counts


def built(target, workspace, program, profile):
    """A program of a workspace, built."""
    command = ["cargo", "build", "--quiet", "--locked", "--profile", profile, "--bin", program, "--target-dir", target]
    subprocess.run(command, cwd=workspace, check=True)
    return target / "release" / program


def callgrind(command):
    """The instructions of a whole program, on one thread."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    environment = dict(os.environ, RAYON_NUM_THREADS="1")
    ran = subprocess.run([*valgrind, *map(str, command)], env=environment, check=True, capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", ran.stderr)[1])


def instructions(summary):
    """The instructions of one benchmark: the only event that doesn't depend on a simulated cache."""
    [profile] = [profile for profile in summary["profiles"] if profile["tool"] == "Callgrind"]
    return sum(part["metrics"]["Ir"]["values"]["new"] for part in profile["data"]["parts"])


def table(counts):
    lines = ["| task | generated | by hand | ratio |", "| --- | ---: | ---: | ---: |"]
    for name, both in counts.items():
        ours, hand = both["ours"], both["by_hand"]
        lines.append(f"| {name.replace('_', ' ')} | {ours:,} | {hand:,} | {ours / hand:.2f} |")
    return "\n".join(lines)


def recorded():
    """The ratios in the table of README.md."""
    rows = re.findall(r"^\| ([a-z ]+) \| ([\d,]+) \| ([\d,]+) \| [\d.]+ \|$", README.read_text(), re.MULTILINE)
    number = lambda text: int(text.replace(",", ""))
    return {name.replace(" ", "_"): number(ours) / number(hand) for name, ours, hand in rows}


def worse(counts):
    before = recorded()
    for name, both in counts.items():
        ratio = both["ours"] / both["by_hand"]
        if name not in before:
            yield f"{name}: not in README.md"
        elif ratio > before[name] * TOLERANCE:
            yield f"{name}: {ratio:.3f} times what it takes by hand, {before[name]:.3f} before"


def main():
    options = arguments()
    if options.loopback or options.generation:
        print(table(loopback(target()) if options.loopback else generation(target())))
        return
    counts = count(target(), options.names)
    print(table(counts))
    if options.write:
        text = README.read_text()
        README.write_text(re.sub(r"^\| task \| generated.*?\n\n", lambda _: table(counts) + "\n\n", text, flags=re.M | re.S))
    failures = list(worse(counts)) if options.check else []
    sys.exit("\n".join(failures) if failures else 0)


if __name__ == "__main__":
    main()
