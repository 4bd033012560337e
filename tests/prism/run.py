#!/usr/bin/env python3
"""Sends the same requests to `specwright mock` and to Prism, and compares what they answer.

    tests/prism/run.py                 # `shop.yaml`, and small documents of the corpus where `../shared` is next to the repository
    tests/prism/run.py FILE...         # these
    tests/prism/run.py --generator PATH --verbose

For each operation of a document there is a request with all that it requires, and with one thing changed at a time: `Prefer`, `Accept`,
credentials, a parameter or the body that is missing or wrong, another method. Compared are the status, the media type, whether there is a
body, and the body itself where an example is what both have to answer. Each difference is one of `KNOWN`, which says why it is so, or a failure.

Prism (`@stoplight/prism-cli`, npm) is installed below `target/`. Both listen on free ports of the loopback address.
"""

import argparse
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from socket import socket
from urllib.parse import quote, urlencode

from known import why

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from others import free_port, node  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
PRISM = "@stoplight/prism-cli@5.14.2"
SAMPLE = [
    "openapi3/1password.local__connect.json",
    "openapi3/rev.ai.json",
    "openapi3/xero.com__xero_files.json",
    "openapi3/optimade.local.json",
    "openapi3/traccar.org.json",
    "openapi31/adyen.com__TestCardService.json",
    "openapi3/d7networks.com.json",
    "openapi3/libretranslate.local.json",
]
METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
SHOWN = 3


def prism():
    """The program, installed."""
    return node("prism", PRISM) / ".bin" / "prism"


class Server:
    """A mock that listens."""

    def __init__(self, command, log):
        self.port = free_port()
        self.command, self.log = [*map(str, command), "--port", str(self.port)], log

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=subprocess.STDOUT)
        for _ in range(600):
            try:
                with socket() as probe:
                    probe.connect(("127.0.0.1", self.port))
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise OSError(f"{self.command[0]} does not listen")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def call(self, request):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(request["method"].upper(), request["target"], body=request["body"], headers=request["headers"])
            response = connection.getresponse()
            body = response.read()
        except (http.client.HTTPException, OSError) as error:
            return {"status": 0, "type": type(error).__name__, "body": b"", "headers": {}}
        finally:
            connection.close()
        content_type = (response.headers.get("content-type") or "").partition(";")[0].strip().lower()
        return {"status": response.status, "type": content_type, "body": body, "headers": response.headers}


class Described:
    """A document in OpenAPI 3.1, and the requests to it."""

    def __init__(self, document):
        self.document = document

    def at(self, node):
        for _ in range(50):
            if not isinstance(node, dict) or "$ref" not in node:
                break
            target = self.document
            for token in node["$ref"].removeprefix("#").split("/")[1:]:
                target = target[token.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def operations(self):
        for path, item in (self.document.get("paths") or {}).items():
            item = self.at(item)
            for method in METHODS:
                if method in item:
                    parameters = [self.at(one) for one in item.get("parameters") or []]
                    own = [self.at(one) for one in item[method].get("parameters") or []]
                    mine = {(one["name"], one["in"]) for one in own}
                    parameters = [one for one in parameters if (one["name"], one["in"]) not in mine] + own
                    yield path, method, item[method], parameters

    def value(self, schema, depth=0):
        """A plain value of a schema."""
        schema = self.at(schema)
        if not isinstance(schema, dict) or depth > 6:
            return "text"
        for key in ("example", "const", "default"):
            if key in schema:
                return schema[key]
        if schema.get("examples"):
            return schema["examples"][0]
        if schema.get("enum"):
            return schema["enum"][0]
        if "allOf" in schema:
            parts = [self.value(part, depth + 1) for part in schema["allOf"]]
            whole = {}
            for part in parts:
                whole.update(part if isinstance(part, dict) else {})
            own = self.value({key: value for key, value in schema.items() if key != "allOf"}, depth + 1) if "properties" in schema else {}
            return {**whole, **own} if whole or own else parts[0]
        for key in ("oneOf", "anyOf"):
            if schema.get(key):
                return self.value(schema[key][0], depth + 1)
        kind = schema.get("type")
        kind = next((one for one in kind if one != "null"), "null") if isinstance(kind, list) else kind
        if kind is None:
            kind = "object" if "properties" in schema else "array" if "items" in schema else "string"
        if kind == "object":
            required = schema.get("required") or []
            properties = schema.get("properties") or {}
            return {name: self.value(properties.get(name, {}), depth + 1) for name in required if not self.at(properties.get(name, {})).get("readOnly")}
        if kind == "array":
            return [self.value(schema.get("items", {}), depth + 1)] * max(1, schema.get("minItems", 1))
        if kind in ("integer", "number"):
            least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
            return int(least) if kind == "integer" else least
        if kind == "boolean":
            return True
        formats = {
            "date": "2024-01-31", "date-time": "2024-01-31T10:00:00Z", "uuid": "123e4567-e89b-12d3-a456-426614174000",
            "email": "a@example.com", "uri": "https://example.com/", "ipv4": "127.0.0.1", "byte": "aGVsbG8=",
        }
        text = formats.get(schema.get("format"), "text")
        return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", 1000)]

    def request(self, path, method, operation, parameters):
        """A request with all that is required; its parts, to be changed."""
        parts = {"method": method, "path": path, "in": {}, "body": None, "headers": {"Accept": "*/*"}, "query": [], "cookies": {}}
        for one in parameters:
            if one.get("required") or one["in"] == "path":
                schema = one.get("schema") or next(iter((one.get("content") or {"": {}}).values())).get("schema") or {}
                given = one.get("example", next(iter(self.at(one).get("examples", {}).values()), {}).get("value") if one.get("examples") else None)
                parts["in"][one["in"], one["name"]] = self.value(schema) if given is None else given
        body = self.at(operation.get("requestBody") or {})
        content = body.get("content") or {}
        name = next((name for name in content if "json" in name), next(iter(content), None))
        if name and "*" not in name:
            media = content[name]
            examples = list((media.get("examples") or {}).values())
            value = media.get("example", self.at(examples[0]).get("value") if examples else None)
            value = self.value(media.get("schema") or {}) if value is None else value
            parts["body"], parts["media"] = value, name
        for requirement in self.security(operation)[:1]:
            for scheme in requirement:
                self.credential(self.at(self.document.get("components", {}).get("securitySchemes", {}).get(scheme) or {}), parts)
        return parts

    def security(self, operation):
        return operation.get("security", self.document.get("security")) or []

    def credential(self, scheme, parts):
        kind = scheme.get("type")
        if kind == "apiKey" and scheme["in"] == "header":
            parts["headers"][scheme["name"]] = "secret"
        elif kind == "apiKey" and scheme["in"] == "query":
            parts["query"].append((scheme["name"], "secret"))
        elif kind == "apiKey":
            parts["cookies"][scheme["name"]] = "secret"
        elif kind == "http" and scheme.get("scheme", "").lower() == "basic":
            parts["headers"]["Authorization"] = "Basic dTpw"
        elif kind:
            parts["headers"]["Authorization"] = "Bearer secret"


def plain(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(map(plain, value))
    if isinstance(value, dict):
        return ",".join(f"{key},{plain(one)}" for key, one in value.items())
    return str(value)


def sent(parts):
    """The request as it is sent."""
    path, query, headers = parts["path"], list(parts["query"]), dict(parts["headers"])
    cookies = dict(parts["cookies"])
    for (place, name), value in parts["in"].items():
        if place == "path":
            path = path.replace("{" + name + "}", quote(plain(value), safe=",") or "%20")
        elif place == "query":
            query += [(name, plain(one)) for one in value] if isinstance(value, list) else [(name, plain(value))]
        elif place == "header":
            headers[name] = plain(value).encode("ascii", "replace").decode()
        elif place == "cookie":
            cookies[name] = plain(value)
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    body = parts["body"]
    if parts.get("media"):
        headers["Content-Type"] = parts["media"]
        if "urlencoded" in parts["media"] and isinstance(body, dict):
            body = urlencode({key: plain(value) for key, value in body.items()})
        elif "multipart" in parts["media"] and isinstance(body, dict):
            headers["Content-Type"] += "; boundary=xyz"
            body = "".join(f'--xyz\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{plain(value)}\r\n' for key, value in body.items()) + "--xyz--\r\n"
        elif not isinstance(body, (str, bytes)) or "json" in parts["media"]:
            body = body if isinstance(body, bytes) else json.dumps(body)
    path = re.sub(r"[^!-~]", "_", path)
    return {"method": parts["method"], "target": path + ("?" + urlencode(query) if query else ""), "headers": headers, "body": body}


def variants(described, path, method, operation, parameters):
    """Each request with the name of what is special about it."""
    def change(**changes):
        parts = {**parts0, "in": dict(parts0["in"]), "headers": dict(parts0["headers"]), "query": list(parts0["query"]), "cookies": dict(parts0["cookies"])}
        parts.update(changes)
        return parts

    def header(name, value):
        parts = change()
        parts["headers"][name] = value
        return parts

    parts0 = described.request(path, method, operation, parameters)
    yield "valid", parts0
    responses = {key: described.at(one) for key, one in (operation.get("responses") or {}).items()}
    for key, response in responses.items():
        if key.isdigit() and int(key) >= 200:
            yield f"code described", header("Prefer", f"code={key}")
        elif key != "default":
            yield "code of a range", header("Prefer", f"code={key[0]}33")
    yield ("code by default" if "default" in responses else "code not described"), header("Prefer", "code=518")
    yield "code no number", header("Prefer", "code=abc")
    yield "dynamic", header("Prefer", "dynamic=true")
    yield "example unknown", header("Prefer", "example=none-such")
    for key, response in responses.items():
        for name, media in (response.get("content") or {}).items():
            if "*" not in name:
                accept = header("Accept", name)
                if key.isdigit():
                    accept["headers"]["Prefer"] = f"code={key}"
                yield "accept described", accept
            for example in media.get("examples") or {}:
                if key.isdigit():
                    named = header("Prefer", f"code={key}, example={example}")
                    named["headers"]["Accept"] = name
                    yield "example named", named
    yield "accept other", header("Accept", "application/x-none")
    yield "accept q", header("Accept", "application/x-none, text/plain;q=0.2, application/json;q=0.9, */*;q=0.1")
    for one in parameters:
        key = (one["in"], one["name"])
        schema = described.at(one.get("schema") or {})
        if one.get("required") and one["in"] != "path":
            parts = change()
            parts["in"].pop(key, None)
            yield f"{one['in']} missing", parts
        kinds = schema.get("type")
        wrong = {"integer": "abc", "number": "abc", "boolean": "abc"}.get(kinds)
        if schema.get("enum") and kinds == "string":
            wrong = "none-such"
        if kinds == "string" and schema.get("format") in ("uuid", "date", "date-time", "email"):
            yield f"{one['in']} wrong {schema['format']}", {**change(), "in": {**parts0["in"], key: "!"}}
        if wrong:
            parts = change()
            parts["in"][key] = wrong
            yield f"{one['in']} wrong {'enum' if 'enum' in schema else kinds}", parts
        if kinds in ("integer", "number") and "maximum" in schema:
            parts = change()
            parts["in"][key] = schema["maximum"] + 1
            yield f"{one['in']} beyond maximum", parts
        if kinds == "string" and "maxLength" in schema and schema["maxLength"] < 2000:
            parts = change()
            parts["in"][key] = "x" * (schema["maxLength"] + 1)
            yield f"{one['in']} beyond maxLength", parts
    yield "query unknown", change(query=[*parts0["query"], ("none_such", "1")])
    body = described.at(operation.get("requestBody") or {})
    if parts0.get("media"):
        form = "form" if "form" in parts0["media"] else "body"
        need = "required" if body.get("required") else "optional"
        yield f"{form} {need} missing", change(body=None, media=None)
        yield f"{form} {need} empty", change(body=b"")
        yield f"{form} of another media type", change(body=b"<a/>", media="text/x-none")
        yield f"{form} without media type", change(media=None, body=json.dumps(parts0["body"]) if form == "body" else b"a=1")
        if "json" in parts0["media"]:
            yield "body malformed", change(body=b"{")
            yield "body of another type", change(body=b"7")
            yield "body null", change(body=b"null")
            if isinstance(parts0["body"], dict):
                for name in list(parts0["body"])[:4]:
                    yield "body without a property", change(body={key: value for key, value in parts0["body"].items() if key != name})
                    yield "body with a property of another type", change(body={**parts0["body"], name: {"none": [1]}})
                yield "body with an unknown property", change(body={**parts0["body"], "none_such": 1})
        elif isinstance(parts0["body"], dict):
            for name in list(parts0["body"])[:4]:
                yield "form without a property", change(body={key: value for key, value in parts0["body"].items() if key != name})
    else:
        yield "body not described", change(body=b"{}", media="application/json")
    if described.security(operation):
        bare = change(query=[], cookies={})
        bare["headers"] = {"Accept": "*/*"}
        yield "credentials missing", bare
        bare = change(query=[], cookies={})
        bare["headers"] = {"Accept": "*/*", "Authorization": "Other x"}
        yield "credentials of another scheme", bare
    yield "method other", change(method="TRACE" if method != "trace" else "put", body=None, media=None)
    yield "path unknown", change(path=path + "/none/such/here")


def compared(document, described, ours, theirs, found, counts, verbose):
    for path, method, operation, parameters in described.operations():
        for label, parts in variants(described, path, method, operation, parameters):
            request = sent(parts)
            mine, other = ours.call(request), theirs.call(request)
            counts["requests"] += 1
            facts = {"label": label, "request": request, "operation": operation, "ours": mine, "theirs": other, "described": described}
            for what in differences(mine, other, label):
                counts["differences"] += 1
                reason = why(what, facts)
                if reason:
                    found[True, reason].append(what)
                else:
                    found[False, f"{label}: {what}"].append(
                        f"{document} {request['method'].upper()} {request['target']} {request['headers']} {str(request['body'])[:200]}\n"
                        f"        ours {mine['body'][:300]!r} {mine['headers'].get('sl-violations', '')[:300]}\n        theirs {other['body'][:500]!r}"
                    )


def differences(ours, theirs, label):
    if ours["status"] != theirs["status"]:
        yield f"status {ours['status']}, Prism {theirs['status']}"
        return
    if ours["type"] != theirs["type"]:
        yield f"media type {ours['type'] or 'none'}, Prism {theirs['type'] or 'none'}"
        return
    if bool(ours["body"]) != bool(theirs["body"]):
        yield f"{'a' if ours['body'] else 'no'} body, Prism {'one' if theirs['body'] else 'none'}"
        return
    if label == "example named" and ours["body"] != theirs["body"] and "problem" not in ours["type"]:
        try:
            same = json.loads(ours["body"]) == json.loads(theirs["body"])
        except ValueError:
            same = False
        if not same:
            yield "another example"
    for name in ("www-authenticate", "allow", "deprecation"):
        if (name in ours["headers"]) != (name in theirs["headers"]):
            yield f"{'a' if name in ours['headers'] else 'no'} header {name}, Prism {'one' if name in theirs['headers'] else 'none'}"


def documents(given):
    if given:
        return given
    corpus = [CORPUS / name for name in SAMPLE if (CORPUS / name).exists()]
    if not corpus:
        print(f"{CORPUS} is not there: only shop.yaml")
    return [HERE / "shop.yaml", *corpus]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument("--generator", type=Path, default=ROOT / "target" / "debug" / "specwright")
    parser.add_argument("--verbose", action="store_true", help="each difference that has no reason, with its requests")
    flags = parser.parse_args()
    program, work = prism(), ROOT / "target" / "prism-run"
    work.mkdir(parents=True, exist_ok=True)
    counts, found = Counter(), defaultdict(list)
    for document in documents(flags.documents):
        written = work / "document.json"
        written.unlink(missing_ok=True)
        subprocess.run([flags.generator, "upgrade", document, "--json", "--output", written], capture_output=True)
        if not written.exists():
            print(f"{document}: can't be read")
            continue
        described = Described(json.loads(written.read_text()))
        with open(work / "ours.log", "w") as mine, open(work / "prism.log", "w") as theirs:
            try:
                with Server([flags.generator, "mock", document, "--quiet"], mine) as ours, Server([program, "mock", document], theirs) as peer:
                    counts["documents"] += 1
                    compared(document.name, described, ours, peer, found, counts, flags.verbose)
            except OSError as error:
                print(f"{document}: {error}")
                counts["failed"] += 1
    unknown = {words: places for (is_known, words), places in found.items() if not is_known}
    for words, places in sorted(unknown.items(), key=lambda one: -len(one[1])):
        print(f"{len(places)} {words}", *places[: SHOWN if flags.verbose else 1], sep="\n    ")
    for (is_known, words), places in sorted(found.items(), key=lambda one: -len(one[1])):
        if is_known:
            print(f"{len(places)} known: {words}")
    print(
        f"{counts['documents']} documents, {counts['requests']} requests, {counts['differences']} differences, "
        f"{sum(map(len, unknown.values()))} without a reason"
    )
    return 1 if unknown or counts["failed"] or not counts["requests"] else 0


if __name__ == "__main__":
    sys.exit(main())
