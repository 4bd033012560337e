#!/usr/bin/env python3
"""Compares how generated clients read server-sent events with npm's `eventsource-parser`, on streams drawn at random.

The package is installed below `target/`. Runs the test `events::judged` of `templates/`; takes a few seconds once that is built. An argument
is the number of streams.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from others import node, node_script, test  # noqa: E402


def main():
    streams = sys.argv[1] if len(sys.argv) > 1 else "20000"
    modules = node("events", "eventsource-parser@4.1.3")
    script = node_script(modules, Path(__file__).parent / "judge.mjs")
    said = modules.parent / "said.jsonl"
    with said.open("w") as out:
        subprocess.run(["node", script, streams], check=True, stdout=out)
    sys.exit(test("events::judged", EVENTS_JUDGED=str(said)))


if __name__ == "__main__":
    main()
