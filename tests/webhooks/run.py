#!/usr/bin/env python3
"""Compares signatures of webhooks with PyPI's `standardwebhooks`, in both directions.

The package is installed below `target/`. Runs the test `webhooks::signed::judged` of `templates/`; takes a few seconds once that is built.
With `--judge` it is the other side: it reads what to sign and what to verify, one JSON object a line.
"""

import json
import sys
from datetime import datetime, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from others import python, test  # noqa: E402


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
    program = python("webhooks", "standardwebhooks==1.1.0")
    sys.exit(test("webhooks::signed::judged", WEBHOOKS_PYTHON=str(program), WEBHOOKS_JUDGE=str(Path(__file__).resolve())))


if __name__ == "__main__":
    judge() if "--judge" in sys.argv else main()
