"""Uses the explorer in Chromium as a user would: authorizes, sends requests, and looks at what is shown. Called by `judge.py`.

Whatever the page tries to load from elsewhere, or to do against its Content-Security-Policy, is a failure.
"""

import contextlib
import json
import sys

from browser import Browser

NEW = {"name": "explored", "description": "by a browser", "callback_urls": ["https://ci.test/cb"], "homepage": "https://ci.test"}


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
    browser.picture("explorer-done")
    return app


def strict(browser, url):
    """Nothing was loaded from elsewhere, and nothing was against the policy; then whether the policy is in force."""
    requests = browser.requests()
    elsewhere = [one for one in requests if not one.startswith((f"{url}/", "data:", "blob:", "about:"))]
    expect("requests elsewhere", elsewhere, [])
    expect("against the policy", browser.run("refused"), [])
    expect("errors of the page", browser.errors(), [])

    expect("a request elsewhere", browser.run("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')"), "refused")
    browser.wait("refused.some((one) => one.startsWith('connect-src'))")
    browser.run("{ const it = document.createElement('script'); it.textContent = 'window.ran = 1'; document.body.append(it); }")
    browser.wait("refused.some((one) => one.startsWith('script-src'))")
    expect("a script within the page", browser.run("window.ran"), None)
    browser.run("{ const it = document.createElement('style'); it.textContent = '* { color: red }'; document.body.append(it); }")
    browser.wait("refused.some((one) => one.startsWith('style-src'))")
    return len(requests)


def main():
    given = json.loads(sys.argv[1])
    with contextlib.ExitStack() as stack:
        try:
            browser = Browser(stack, sys.argv[2])
        except FileNotFoundError:
            sys.exit("the explorer is judged in Chromium: `apt-get install chromium`")
        app = explore(browser, given["on"], given["users"]["eve"]["token"])
        count = strict(browser, given["on"])
        print(f"explorer: four requests from the page, made {app['id']}; {count} loaded from the service, none from elsewhere")


if __name__ == "__main__":
    main()
