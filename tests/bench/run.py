#!/usr/bin/env python3
"""Counts the instructions that generated code takes, beside what is written by hand for the same; see `--help`.

It needs valgrind (Debian's `valgrind`). What else it needs it builds below `target/`.
"""

import argparse
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
    parser.add_argument("--readers", action="store_true", help="count other readers of JSON instead, which nothing is held against")
    parser.add_argument("--generation", action="store_true", help="count what generation takes instead, which nothing is held against")
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    parser.add_argument("names", nargs="*", help="only tasks with one of these in their names [default: all]")
    return parser.parse_args()


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve() / "bench"


def count(program, wanted=()):
    """Instructions by task: those of generated code, and those by hand."""
    ran = subprocess.run([program], check=True, stdout=subprocess.PIPE, text=True)
    names = [name for name in ran.stdout.split() if not wanted or any(part in name for part in wanted)]
    each = lambda name, side: callgrind([program, name, side], "--toggle-collect=specwright_bench::counted_by_callgrind")
    return {name: {"ours": each(name, "ours"), "by_hand": each(name, "by-hand")} for name in names}


def loopback(target):
    """The same of a call of a server on this machine, by the generated client over reqwest and by reqwest alone.

    What 400 calls take more than 200 do is divided by 200, and the least of three counts: how often a socket is asked varies.
    """
    program = built(target, HERE, "example", "loopback", "--features=reqwest")
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
    generator = built(target.parent, ROOT, "bin", "specwright")
    twin = built(target, HERE, "bin", "rewrite")
    counts = {}
    for name, file in DOCUMENTS.items():
        with tempfile.TemporaryDirectory() as folder:
            ours = callgrind([generator, "generate", CORPUS / file, "--name", "api", "--out", f"{folder}/ours"])
            by_hand = callgrind([twin, CORPUS / file, f"{folder}/ours", f"{folder}/by-hand"])
            counts[name] = {"ours": ours, "by_hand": by_hand}
    return counts


def built(target, workspace, *what):
    """A program of a workspace, built: its kind and name, and further options."""
    kind, name, *options = what
    command = ["cargo", "build", "--quiet", "--locked", "--release", f"--{kind}", name, *options, "--target-dir", target]
    subprocess.run(command, cwd=workspace, check=True)
    return target / "release" / ("examples" if kind == "example" else "") / name


def callgrind(command, *options):
    """The instructions of a program, on one thread."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *options]
    environment = dict(os.environ, RAYON_NUM_THREADS="1")
    ran = subprocess.run([*valgrind, *map(str, command)], env=environment, check=True, capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", ran.stderr)[1])


HEAD = ["| task | generated | by hand | ratio |", "| --- | ---: | ---: | ---: |"]


def row(name, both):
    ours, hand = both["ours"], both["by_hand"]
    return f"| {name.replace('_', ' ').replace(':', ', ')} | {ours:,} | {hand:,} | {ours / hand:.2f} |"


def table(counts):
    return "\n".join(HEAD + [row(name, both) for name, both in counts.items()])


def recorded():
    """The counts in the table of README.md."""
    _, _, rows = README.read_text().partition("\n".join(HEAD) + "\n")
    rows = re.findall(r"^\| ([a-z ]+) \| ([\d,]+) \| ([\d,]+) \| [\d.]+ \|$", rows.partition("\n\n")[0], re.MULTILINE)
    number = lambda text: int(text.replace(",", ""))
    return {name.replace(" ", "_"): {"ours": number(ours), "by_hand": number(hand)} for name, ours, hand in rows}


def write(counts):
    """Writes what was counted into the table of README.md; other rows stay."""
    before = recorded()
    README.write_text(README.read_text().replace(table(before), table(before | counts)))


def worse(counts):
    before = recorded()
    ratio = lambda both: both["ours"] / both["by_hand"]
    for name, both in counts.items():
        if name not in before:
            yield f"{name}: not in README.md"
        elif ratio(both) > ratio(before[name]) * TOLERANCE:
            yield f"{name}: {ratio(both):.3f} times what it takes by hand, {ratio(before[name]):.3f} before"


def others(options, target):
    """What is counted besides, if the options ask for it."""
    if options.loopback:
        return loopback(target)
    if options.readers:
        return count(built(target, HERE, "example", "readers"))
    return generation(target) if options.generation else None


def main():
    options = arguments()
    if counts := others(options, target()):
        print(table(counts))
        return
    counts = count(built(target(), HERE, "bin", "count"), options.names)
    print(table(counts))
    failures = list(worse(counts)) if options.check else []
    if options.write:
        write(counts)
    sys.exit("\n".join(failures) if failures else 0)


if __name__ == "__main__":
    main()
