#!/usr/bin/env python3
"""Looks at pages of `specwright report --format html` in Chromium (Debian's package `chromium`).

    tests/page/run.py [--generator PATH] [DESCRIPTION…]

A page must show what a hostile description says and run none of it, load nothing but itself, and draw what is chosen. Descriptions that are
named are looked at, too; each page has to load in a second for each megabyte, and may be as large as the description and a half.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/service/judges"))
sys.dont_write_bytecode = True
from browser import Browser  # noqa: E402

OUT = ROOT / "target/page"
EVIL = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>\" onload=\"window.ran = 3"
HOSTILE = {
    "openapi": "3.1.0",
    "info": {"title": EVIL, "version": EVIL},
    "tags": [{"name": "pets", "description": EVIL}],
    "paths": {
        "/pets/" + EVIL.replace("/", "|").replace("?", ""): {
            "get": {
                "operationId": "listPets",
                "tags": ["pets"],
                "responses": {"200": {"description": EVIL, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
            }
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "description": EVIL,
                "type": "object",
                "properties": {"owner": {"$ref": "#/components/schemas/Owner"}, "parent": {"$ref": "#/components/schemas/Pet"}, EVIL: {"$dynamicRef": "#" + "x"}},
            },
            "Owner": {"type": "object", "properties": {"kind": {"type": "string", "enum": [EVIL, "a"]}}},
        }
    },
}


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found!r}, not {wanted!r}")


def page(generator, spec, name):
    """The page about a description."""
    html = OUT / f"{name}.html"
    html.unlink(missing_ok=True)
    subprocess.run([generator, "report", spec, "--format", "html", "-o", html], cwd=OUT, check=True)
    return html


def opened(browser, html):
    browser.events.clear()
    start = time.monotonic()
    browser.ask("Page.navigate", url=html.as_uri())
    browser.wait("document.readyState === 'complete' && !!document.querySelector('#picture svg')")
    return time.monotonic() - start


def unharmed(browser, html):
    """Nothing ran, nothing was loaded, nothing was against the policy, and the policy is in force."""
    expect("what ran", browser.run("window.ran"), None)
    expect("requests", [url.split("#")[0] for url in browser.requests()], [html.as_uri()])
    expect("against the policy", browser.run("refused"), [])
    expect("errors", browser.errors(), [])
    browser.run("{ const it = document.createElement('script'); it.textContent = 'window.ran = 4'; document.body.append(it); }")
    browser.wait("refused.some((one) => one.startsWith('script-src'))")
    expect("a script within the page", browser.run("window.ran"), None)


def boxes(browser):
    """The names that are drawn, without ends."""
    return browser.run("[...document.querySelectorAll('#picture g.node text')].map((text) => text.textContent)")


def hostile(browser, generator):
    spec = OUT / "hostile.json"
    spec.write_text(json.dumps(HOSTILE))
    html = page(generator, spec, "hostile")
    opened(browser, html)
    expect("title", browser.run("document.querySelector('h1').firstChild.textContent.trim()"), EVIL)
    expect("the whole picture", sorted(boxes(browser)), ["Owner", "OwnerKind", "Pet", "list_pets", "pets"])
    expect("images", browser.run("document.images.length"), 0)
    # A click on a box draws what is around it.
    browser.run("document.querySelectorAll('#picture g.node')[[...document.querySelectorAll('#picture text')].findIndex((it) => it.textContent === 'Pet')]"
                ".dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    browser.wait("document.querySelector('#said').textContent.startsWith('struct Pet: ')")
    expect("around Pet", sorted(boxes(browser)), ["Owner", "OwnerKind", "Pet", "list_pets"])
    said = browser.run("document.querySelector('#said').textContent")
    expect("Pet", said.endswith("referred to by 1, refers to 1, and to itself"), True)
    expect("what is chosen", browser.run("[...document.querySelectorAll('#picture g.chosen text')].map((it) => it.textContent)"), ["Pet"])
    # Links of lists do the same, and the way back is the browser's.
    browser.run("[...document.querySelectorAll('#types ~ details a')].find((it) => it.textContent === 'OwnerKind').click()")
    browser.wait("document.querySelector('#said').textContent.startsWith('enum OwnerKind')")
    browser.run("history.go(-2)")
    browser.wait("document.querySelectorAll('#picture g.node').length === 5")
    browser.run("for (const it of document.querySelectorAll('details')) it.open = true")
    finding = browser.run("document.querySelector('#SW0312').innerText")
    expect("a finding with its place, excerpt and page", all(part in finding for part in ["hostile.json:1:", "│", "# SW0312"]), True)
    browser.picture("hostile")
    unharmed(browser, html)


def big(browser, generator, spec):
    html = page(generator, spec.resolve(), spec.stem)
    seconds, megabytes = opened(browser, html), html.stat().st_size / 1e6
    count = browser.run("JSON.parse(document.getElementById('graph').textContent).nodes.length")
    shown = len(boxes(browser))
    # Something is chosen, and no more is drawn than fits.
    expect("what is drawn", count <= 60 and shown == count or 1 <= shown <= 121, True)
    name = browser.run("JSON.parse(document.getElementById('graph').textContent).nodes.at(-1)[1]")
    browser.run(f"{{ const it = document.getElementById('choice'); it.value = {json.dumps(name)}; it.dispatchEvent(new Event('change')); }}")
    browser.wait(f"document.querySelector('#said').textContent.includes({json.dumps(name)})")
    browser.picture(spec.stem)
    unharmed(browser, html)
    print(f"{spec.stem}: {count} groups, operations and types; {megabytes:.1f} MB, shown after {seconds:.2f} s")
    expect("time", seconds < max(2, megabytes), True)
    expect("size", megabytes < 0.2 + 1.5 * spec.stat().st_size / 1e6, True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--generator", default=ROOT / "target/debug/specwright", type=Path)
    parser.add_argument("descriptions", nargs="*", type=Path)
    flags = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    generator = flags.generator.resolve()
    with contextlib.ExitStack() as stack:
        try:
            browser = Browser(stack, OUT)
        except FileNotFoundError:
            sys.exit("pages are looked at in Chromium: `apt-get install chromium`")
        hostile(browser, generator)
        for spec in flags.descriptions or [ROOT / "specs/mattermost-oauth/openapi.yaml"]:
            big(browser, generator, spec)
    print("pages: nothing ran, nothing was loaded")


if __name__ == "__main__":
    main()
