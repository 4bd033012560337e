#!/usr/bin/env python3
"""Compares signatures of webhooks with PyPI's `standardwebhooks`, in both directions.

The package is installed below `target/`. Runs the test `webhooks::signed::judged` of `templates/`; takes a few seconds once that is built.
With `--judge` it is the other side: it reads what to sign and what to verify, one JSON object a line.
"""

import json
import os
import subprocess
import sys
import venv
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "standardwebhooks==1.1.0"


def judge():
    from standardwebhooks.webhooks import Webhook, WebhookVerificationError

    for line in sys.stdin:
        asked = json.loads(line)
        webhook = Webhook(asked["secret"])
        if "headers" in asked:
            try:
                webhook.verify(asked["body"], asked["headers"])
                said = True
            except (WebhookVerificationError, ValueError):
                said = False
        else:
            time = datetime.fromtimestamp(asked["time"], tz=timezone.utc)
            said = webhook.sign(asked["id"], time, asked["body"])
        print(json.dumps(said), flush=True)


def main():
    home = ROOT / "target" / "webhooks"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGE], check=True)
    test = ["cargo", "test", "--quiet", "-p", "specwright-templates", "--test", "suite", "webhooks::signed::judged"]
    environment = dict(os.environ, WEBHOOKS_PYTHON=python, WEBHOOKS_JUDGE=__file__)
    sys.exit(subprocess.run(test, cwd=ROOT, env=environment).returncode)


if __name__ == "__main__":
    judge() if "--judge" in sys.argv else main()
