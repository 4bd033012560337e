"""Whether what `specwright mock` answers is valid: judged by jsonschema.

Each document is mocked, each operation called for each status and media type that it describes, with examples and with
random values. Bodies in JSON are validated by the schemas of the document as `specwright upgrade` writes it, in the words
of JSON Schema 2020-12; without what is `writeOnly` among the required properties. A body that can't be made has to be
named with a reason (500 and SW0821), one whose example is broken likewise (SW0822). A body that was found valid for a schema
isn't judged by it again: many operations share their errors.
"""

import functools
import http.client
import json
import multiprocessing
import re
import subprocess
import sys
import threading
import time
from collections import Counter

SHOWN = 4
# Seconds from which a document is told of on standard error.
SLOW = 10
METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
# Why a body isn't judged, by what the validator says; and why a finding isn't one.
LIMITS = [
    ("bad escape", "a pattern that Python's `re` doesn't read"),
    ("unknown extension", "a pattern that Python's `re` doesn't read"),
    ("bad character range", "a pattern that Python's `re` doesn't read"),
    ("global flags", "a pattern that Python's `re` doesn't read"),
    ("RecursionError", "a schema that the validator doesn't end with"),
]


def run(program, work, documents, jobs):
    """Mocks and judges each description; 1 if any answer is wrong."""
    import jsonschema  # noqa: F401: missing is an error at once

    work.mkdir(parents=True, exist_ok=True)
    total, named, limits, wrong = Counter(), Counter(), Counter(), 0
    # The largest first, so that none is left alone at the end.
    documents = sorted(documents, key=lambda document: -document.path.stat().st_size)
    with multiprocessing.Pool(jobs, maxtasksperchild=1) as pool:
        results = pool.imap_unordered(functools.partial(judge, program, work), documents, chunksize=1)
        for shown, seconds, counts, found, names, whys in results:
            if counts is None:
                continue  # It is broken, as the generator says.
            total += counts
            total["documents"] += 1
            named += names
            limits += whys
            wrong += len(found)
            if seconds > SLOW:
                print(f"{shown}: {counts['answers']} answers in {seconds:.0f} s", file=sys.stderr, flush=True)
            if found:
                print(f"{shown}: {len(found)} of {counts['answers']} answers are wrong:", *found[:SHOWN], sep="\n  ", flush=True)
    print(
        f"{total['documents']} documents, {total['operations']} operations, {total['answers']} answers: "
        f"{total['judged']} bodies valid, {total['empty']} empty, {total['other']} in other media types than JSON, "
        f"{total['unmade']} named as impossible, {sum(limits.values())} not judged, {wrong} wrong"
    )
    for why, count in named.most_common(40):
        print(f"{count} named: {why}")
    for why, count in limits.most_common():
        print(f"{count} not judged: {why}")
    if not total["judged"]:
        sys.exit("nothing was judged")
    return min(1, wrong)


def judge(program, work, document):
    """One document: its name, the seconds it took, and what there was."""
    began, counts, found, named, limits = time.monotonic(), Counter(), [], Counter(), Counter()
    try:
        if not judged(program, work / f"{document.name}.json", document, (counts, found, named, limits)):
            counts = None
    except Exception as error:  # noqa: BLE001: whatever breaks off is a finding
        found.append(f"{type(error).__name__}: {error}")
    return document.shown, time.monotonic() - began, counts, found, named, limits


def judged(program, out, document, results):
    """Whether the document can be mocked; then it has been judged."""
    out.unlink(missing_ok=True)
    quiet = {"check": False, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([program, "upgrade", document.path, "--json", "--output", out], **quiet)
    if not out.exists():
        return False
    described = json.loads(out.read_text())
    out.unlink()
    with Server(program, document.path, []) as server:
        if server.port is None:
            return False
        Judged(described, server, *results).all()
    return True


class Server:
    """A running mock."""

    def __init__(self, program, path, flags):
        command = [program, "mock", path, "--port", "0", "--lenient", "--seed", "7", *flags]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
        )
        self.said = []
        threading.Thread(target=self.listen, daemon=True).start()
        line = self.process.stdout.readline()
        port = re.search(r":(\d+)\s*$", line)
        self.port = int(port.group(1)) if port else None
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60) if port else None

    def listen(self):
        for line in self.process.stderr:
            self.said.append(line.rstrip())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.connection:
            self.connection.close()
        self.process.kill()
        self.process.wait()

    def call(self, method, path, headers):
        for again in (True, False):
            try:
                self.connection.request(method.upper(), path, headers=headers)
                response = self.connection.getresponse()
                return response.status, response.headers, response.read()
            except (http.client.HTTPException, ConnectionError):
                # A machine that stands still for long finds its connection closed.
                self.connection.close()
                if not again:
                    raise


class Judged:
    """A document whose mock is called."""

    def __init__(self, described, server, counts, found, named, limits):
        import jsonschema
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        self.described, self.server = described, server
        self.counts, self.found, self.named, self.limits = counts, found, named, limits
        # The bodies that are valid, with the places of their schemas.
        self.valid = set()
        in_responses(described)
        resource = DRAFT202012.create_resource(described)
        registry = Registry().with_resource("urn:document", resource)
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        self.validator = lambda pointer: jsonschema.Draft202012Validator(
            {"$ref": "urn:document#" + pointer}, registry=registry, format_checker=checker
        )

    def all(self):
        for path, item in (self.described.get("paths") or {}).items():
            for method in METHODS:
                if method in item:
                    self.counts["operations"] += 1
                    self.operation(path, method, item[method])

    def operation(self, path, method, operation):
        pointer = f"/paths/{escaped(path)}/{method}"
        for key, response in (operation.get("responses") or {}).items():
            place = f"{pointer}/responses/{escaped(key)}"
            while "$ref" in response:
                place = response["$ref"].removeprefix("#")
                response = self.at(place)
            status = status_of(key, operation["responses"])
            if status is None:
                continue
            for name in response.get("content") or {"": None}:
                for dynamic in ("false", "true"):
                    self.answer(path, method, status, name, f"{place}/content/{escaped(name)}", response, dynamic, operation)

    def answer(self, path, method, status, name, place, response, dynamic, operation):
        headers = {"Prefer": f"code={status}, dynamic={dynamic}", "Accept": name or "*/*"}
        # A fragment isn't sent, unless it is a part of the path by mistake.
        before, _, fragment = path.partition("#")
        target = re.sub(r"\{[^}]*\}", "1", path if "/" in fragment else before)
        target = re.sub(r"[^!-~]|[\"#<>\\^`{|}]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target)
        headers |= dict(constants(operation, "header"))
        query = "&".join(f"{name}={value}" for name, value in constants(operation, "query", fragment != ""))
        if query:
            target += ("&" if "?" in target else "?") + query
        got, received, body = self.server.call(method, target, headers)
        self.counts["answers"] += 1
        what = f"{method.upper()} {path} {status} {name} dynamic={dynamic}"
        if got == 500 and b"SW0821" in body:
            self.counts["unmade"] += 1
            detail = json.loads(body)["detail"]
            self.named[re.sub(r"^.*?`: ", "", detail)[:160]] += 1
            return
        if got != int(status):
            self.found.append(f"{what}: status {got} {body[:200]!r}")
            return
        content_type = (received.get("content-type") or "").partition(";")[0].strip().lower()
        if "*" in name and content_type in response["content"]:
            # A range that has another media type of the response in it.
            place = place.removesuffix(escaped(name)) + escaped(content_type)
            name = content_type
        schema = (response.get("content") or {}).get(name, {}).get("schema") if name else None
        if method == "head" or not body:
            self.counts["empty"] += 1
            return
        if not (content_type == "application/json" or content_type.endswith("+json")) or "seq" in content_type:
            self.counts["other"] += 1
            return
        try:
            value = json.loads(body)
        except ValueError:
            self.found.append(f"{what}: no JSON {body[:200]!r}")
            return
        place = self.shared(schema, place + "/schema")
        if schema is None or (place, body) in self.valid:
            self.counts["judged"] += 1
            return
        try:
            problem = next(iter(self.validator(place).iter_errors(value)), None)
        except Exception as error:  # noqa: BLE001: the validator's own limits
            words = f"{type(error).__name__}: {error}"
            why = next((why for sign, why in LIMITS if sign in words), words[:120])
            self.limits[why] += 1
            return
        if problem is None:
            self.counts["judged"] += 1
            self.valid.add((place, body))
        else:
            where = "/".join(map(str, problem.absolute_path))
            self.found.append(f"{what}: at `{where}` {' '.join(problem.message.split())[:300]}")

    def shared(self, schema, place):
        """The place of a schema, or of the one that it is nothing but a reference to."""
        if isinstance(schema, dict) and list(schema) == ["$ref"] and schema["$ref"].startswith("#/"):
            return schema["$ref"].removeprefix("#")
        return place

    def at(self, pointer):
        node = self.described
        for token in pointer.split("/")[1:]:
            node = node[token.replace("~1", "/").replace("~0", "~")]
        return node


def constants(operation, place, all_required=False):
    """The parameters with one value, which tell operations of the same path apart, or all that are required."""
    for parameter in operation.get("parameters") or []:
        schema = parameter.get("schema") or {}
        if parameter.get("in") != place or not parameter.get("required"):
            continue
        values = schema.get("enum") or []
        if len(values) == 1 or values and all_required:
            yield parameter["name"], str(values[0])
        elif all_required:
            yield parameter["name"], "1"


def escaped(token):
    # As in the fragment of a URI, which is percent-decoded first.
    token = token.replace("~", "~0").replace("/", "~1")
    return re.sub(r"[^A-Za-z0-9._~$&'()*+,;=:@/?-]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), token)


def status_of(key, others):
    """A status that a response is for."""
    if key.isdigit():
        return key if 200 <= int(key) < 600 else None
    if re.fullmatch(r"[2-5]XX", key, re.IGNORECASE):
        digit = key[0]
        free = (f"{digit}{number:02}" for number in range(100))
    else:
        taken = {other[0] for other in others if re.fullmatch(r"[2-5]XX", other, re.IGNORECASE)}
        free = (str(status) for status in [500, 599, 499, 299, *range(200, 600)] if str(status)[0] not in taken)
    return next((status for status in free if status not in others and status not in ("204", "205", "304")), None)


def in_responses(node):
    """Takes what is `writeOnly` from the required properties of each schema."""
    open_ = [node]
    while open_:
        node = open_.pop()
        if isinstance(node, list):
            open_ += node
        elif isinstance(node, dict):
            open_ += node.values()
            properties = node.get("properties")
            if isinstance(properties, dict) and isinstance(node.get("required"), list):
                node["required"] = [name for name in node["required"] if not write_only(properties.get(name))]


def write_only(schema):
    return isinstance(schema, dict) and schema.get("writeOnly") is True
