"""A page in Chromium (Debian's package `chromium`), driven by its own protocol over a pipe, so that nothing else is needed.

It can't resolve any name, and tells what a page loads and what it does against its Content-Security-Policy.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [
    "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe",
    "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--window-size=1200,1600",
]

# Runs before the scripts of the page.
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


class Browser:
    """A page in Chromium."""

    def __init__(self, stack, pictures):
        """`pictures` is a folder for what the page looks like when a test fails."""
        self.pictures = Path(pictures)
        profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        (theirs_in, self.out), (self.into, theirs_out) = os.pipe(), os.pipe()

        def pipes():
            # Chromium reads from 3 and writes to 4.
            high_in, high_out = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(high_in, 3)
            os.dup2(high_out, 4)

        command = [*COMMAND, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(command, preexec_fn=pipes, close_fds=False, stderr=subprocess.DEVNULL)
        stack.callback(process.wait)
        stack.callback(process.kill)
        self.received, self.number, self.session, self.events = b"", 0, None, []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Network", "Runtime", "Log"]:
            self.ask(f"{domain}.enable")
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=WATCH)

    def ask(self, method, **params):
        """The result of a command."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def message(self):
        while b"\0" not in self.received:
            piece = os.read(self.into, 1 << 16)
            if not piece:
                sys.exit("Chromium has ended")
            self.received += piece
        message, self.received = self.received.split(b"\0", 1)
        return json.loads(message)

    def run(self, script):
        """The value of an expression in the page."""
        result = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait(self, script, seconds=30):
        """The value of an expression as soon as it is one."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := self.run(script):
                return value
            time.sleep(0.05)
        self.picture("failed")
        sys.exit(f"the page: nothing came of {script}")

    def click(self, selector):
        self.wait(f"document.querySelector({json.dumps(selector)}) && (document.querySelector({json.dumps(selector)}).click(), true)")

    def type(self, selector, text):
        """Types into a field, in the place of what is there."""
        field = f"document.querySelector({json.dumps(selector)})"
        self.wait(f"{field} && ({field}.focus(), {field}.select(), true)")
        self.ask("Input.insertText", text=text)

    def picture(self, name):
        self.pictures.mkdir(parents=True, exist_ok=True)
        picture = self.ask("Page.captureScreenshot", format="png")
        (self.pictures / f"{name}.png").write_bytes(base64.b64decode(picture["data"]))

    def requests(self):
        """The URLs that were requested."""
        return [event["params"]["request"]["url"] for event in self.events if event.get("method") == "Network.requestWillBeSent"]

    def errors(self):
        """What the page has logged as errors, but for statuses from 400 up, and what it has thrown."""
        entries = [event["params"]["entry"] for event in self.events if event.get("method") == "Log.entryAdded"]
        logged = [entry["text"] for entry in entries if entry["level"] == "error" and "Failed to load resource" not in entry["text"]]
        return logged + [event["params"] for event in self.events if event.get("method") == "Runtime.exceptionThrown"]
