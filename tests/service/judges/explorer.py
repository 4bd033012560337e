"""Uses the explorer in Chromium as a user would: authorizes, sends requests, and looks at what is shown. Called by `judge.py`.

Chromium (Debian's package `chromium`) is driven by its own protocol over a pipe, so nothing else is needed. It can't resolve any name, and
whatever the page tries to load from elsewhere, or to do against its Content-Security-Policy, is a failure.
"""

import base64
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time

COMMAND = [
    "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe",
    "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--window-size=1200,1600",
]

# Runs before the scripts of the page.
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""

NEW = {"name": "explored", "description": "by a browser", "callback_urls": ["https://ci.test/cb"], "homepage": "https://ci.test"}


class Browser:
    """A page in Chromium."""

    def __init__(self, stack):
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
        sys.exit(f"the explorer: nothing came of {script}")

    def click(self, selector):
        self.wait(f"document.querySelector({json.dumps(selector)}) && (document.querySelector({json.dumps(selector)}).click(), true)")

    def type(self, selector, text):
        """Types into a field, in the place of what is there."""
        field = f"document.querySelector({json.dumps(selector)})"
        self.wait(f"{field} && ({field}.focus(), {field}.select(), true)")
        self.ask("Input.insertText", text=text)

    def picture(self, name):
        picture = self.ask("Page.captureScreenshot", format="png")
        path = os.path.join(sys.argv[2], f"explorer-{name}.png")
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))


def send(browser, operation, body=None):
    """Sends a request of an operation from the page. Returns the status and the body that it shows."""
    block = f"#operations-OAuth-{operation}"
    if not browser.run(f"document.querySelector('{block}').classList.contains('is-open')"):
        browser.click(f"{block} .opblock-summary-control")
        browser.click(f"{block} .try-out__btn")
    if body is not None:
        browser.type(f"{block} textarea.body-param__text", json.dumps(body))
    live = f"document.querySelector('{block} .live-responses-table tbody .response-col_status')"
    if browser.run(f"!!{live}"):
        browser.click(f"{block} .btn-clear")
        browser.wait(f"!{live}")
    browser.click(f"{block} .execute")
    status = browser.wait(f"{live} && {live}.innerText")
    shown = browser.wait(f"document.querySelector('{block} .live-responses-table tbody .response-col_description .highlight-code code')?.textContent")
    return int(status.split()[0]), json.loads(shown)


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"the explorer: {what}: {found!r}, not {wanted!r}")


def explore(browser, url, token):
    browser.ask("Page.navigate", url=f"{url}/explorer")
    browser.wait("!!document.querySelector('#operations-OAuth-GetOAuthApps')")
    expect("title", browser.run("document.title"), "Mattermost API Reference")
    expect("server", browser.run("document.querySelector('.servers select').value"), url)

    expect("without a token", send(browser, "GetOAuthApps")[0], 401)
    browser.click(".auth-wrapper .authorize")
    browser.type("#auth-bearer-value, .auth-container input[type=text]", token)
    browser.click(".auth-container button[type=submit]")
    browser.click(".auth-container .btn-done")

    status, app = send(browser, "CreateOAuthApp", NEW)
    expect("creating", (status, app["name"], len(app["id"])), (201, "explored", 26))
    status, apps = send(browser, "GetOAuthApps")
    expect("the list", (status, app["id"] in [one["id"] for one in apps]), (200, True))
    status, problem = send(browser, "CreateOAuthApp", {})
    expect("a body that isn't as described", (status, problem["status_code"]), (400, 400))
    browser.picture("done")
    return app


def strict(browser, url):
    """Nothing was loaded from elsewhere, and nothing was against the policy; then whether the policy is in force."""
    requests = [event["params"]["request"]["url"] for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    elsewhere = [one for one in requests if not one.startswith((f"{url}/", "data:", "blob:", "about:"))]
    expect("requests elsewhere", elsewhere, [])
    expect("against the policy", browser.run("refused"), [])
    entries = [event["params"]["entry"] for event in browser.events if event.get("method") == "Log.entryAdded"]
    # Statuses from 400 up are entries, too.
    errors = [entry["text"] for entry in entries if entry["level"] == "error" and "Failed to load resource" not in entry["text"]]
    thrown = [event["params"] for event in browser.events if event.get("method") == "Runtime.exceptionThrown"]
    expect("errors of the page", errors + thrown, [])

    expect("a request elsewhere", browser.run("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')"), "refused")
    browser.wait("refused.some((one) => one.startsWith('connect-src'))")
    browser.run("{ const it = document.createElement('script'); it.textContent = 'window.ran = 1'; document.body.append(it); }")
    browser.wait("refused.some((one) => one.startsWith('script-src'))")
    expect("a script within the page", browser.run("window.ran"), None)
    return len(requests)


def main():
    given = json.loads(sys.argv[1])
    with contextlib.ExitStack() as stack:
        try:
            browser = Browser(stack)
        except FileNotFoundError:
            sys.exit("the explorer is judged in Chromium: `apt-get install chromium`")
        app = explore(browser, given["on"], given["users"]["root"]["token"])
        count = strict(browser, given["on"])
        print(f"explorer: four requests from the page, made {app['id']}; {count} loaded from the service, none from elsewhere")


if __name__ == "__main__":
    main()
