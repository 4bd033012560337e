#!/usr/bin/env python3
"""Compares how generated clients read server-sent events with npm's `eventsource-parser`, on streams drawn at random.

The package is installed below `target/`. Runs the test `events::judged` of `templates/`; takes a few seconds once that is built. An argument
is the number of streams.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "target" / "events"
PACKAGE = "eventsource-parser@4.1.3"


def main():
    streams = sys.argv[1] if len(sys.argv) > 1 else "20000"
    HOME.mkdir(parents=True, exist_ok=True)
    if not (HOME / "node_modules" / "eventsource-parser").exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", HOME, PACKAGE]
        subprocess.run(command, check=True)
    script = HOME / "judge.mjs"
    script.write_text((Path(__file__).parent / "judge.mjs").read_text())
    said = HOME / "said.jsonl"
    with said.open("w") as out:
        subprocess.run(["node", script, streams], check=True, stdout=out)
    test = ["cargo", "test", "--quiet", "-p", "specwright-templates", "--test", "suite", "events::judged"]
    sys.exit(subprocess.run(test, cwd=ROOT, env=dict(os.environ, EVENTS_JUDGED=said)).returncode)


if __name__ == "__main__":
    main()
