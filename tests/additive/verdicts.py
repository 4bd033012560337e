#!/usr/bin/env python3
"""Compares the Rust verdicts of `specwright diff` with what really happens to the generated crates.

`verdicts.yaml` is changed in one place at a time. For each change the crates are generated, their API is documented as JSON by rustdoc, and
two judges look at it: `cargo semver-checks` (`cargo install cargo-semver-checks`), and a comparison of all signatures, as the former doesn't
look at types of fields and arguments. The verdict has to be the more severe of both.

    tests/additive/verdicts.py [--quick] [--only NAME] [--generator PATH]

Needs a nightly feature of rustdoc, which `RUSTC_BOOTSTRAP` allows. Everything is written below `target/verdicts`. `--quick` takes each
sixth change.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KINDS = ["types", "client", "server"]
BUMPS = ["patch", "minor", "major"]

# Name, text of the description, what stands there instead. A name begins with the rule that is expected among the findings.
NAME = 'name: {type: string, minLength: 1}'
FAULT = 'content: {application/json: {schema: {$ref: "#/components/schemas/Fault"}}}'
PET = 'content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}'
WHY = '        - {name: why, in: query, required: true, schema: {type: string}}\n'
CHANGES = [
    ("api-text-changed", "description: A shop", "description: The shop"),
    ("tag-text-changed", "description: Animals", "description: Beasts"),
    ("api-server-added", '"https://shop.example/v1"}', '"https://shop.example/v1"}, {url: "https://test.example/v1"}'),
    ("api-server-removed", 'servers: [{url: "https://shop.example/v1"}]\n', ""),
    ("security-scheme-added", "    key: {type: apiKey", "    basic: {type: http, scheme: basic}\n    key: {type: apiKey"),
    ("security-introduced", "      operationId: getPet\n", "      operationId: getPet\n      security: [{key: []}]\n"),
    ("schema-added", "    Spare:", "    Other: {type: object, properties: {x: {type: string}}}\n    Spare:"),
    ("schema-removed", '    Spare: {type: object, properties: {any: {type: string}}}\n', ""),
    ("operation-added", "  /old:\n    get:\n", "  /old:\n    put: {tags: [pets], operationId: newThing, responses: {\"204\": {description: x}}}\n    get:\n"),
    ("operation-group-added", "  /old:\n    get:\n", "  /old:\n    put: {tags: [shops], operationId: newThing, responses: {\"204\": {description: x}}}\n    get:\n"),
    ("deprecated-operation-removed", re.compile(r"  /old:\n(    .*\n)+"), ""),
    ("operation-removed", re.compile(r"    delete:\n(      .*\n)+"), ""),
    ("operation-moved", "  /old:\n", "  /older:\n"),
    ("operation-id-changed", "operationId: getPet", "operationId: readPet"),
    ("operation-group-changed", "      tags: [pets]\n      operationId: getPet", "      tags: [shops]\n      operationId: getPet"),
    ("operation-deprecated", "      operationId: getPet\n", "      operationId: getPet\n      deprecated: true\n"),
    ("operation-reactivated", "      deprecated: true\n", ""),
    ("operation-text-changed", "summary: Lists them", "summary: Lists all"),
    ("path-parameter-renamed", re.compile(r"  /pets/\{id\}/photo:(.*\n){5}.*name: id"), lambda m: m[0].replace("{id}", "{pet}").replace("name: id", "name: pet")),
    ("required-parameter-added", WHY, WHY + WHY.replace("why", "who")),
    ("optional-parameter-added", WHY, WHY + WHY.replace("why", "who").replace("required: true, ", "")),
    ("first-optional-parameter-added", re.compile(r"(operationId: getPet\n      parameters:\n)"), r"\1        - {name: deep, in: query, schema: {type: boolean}}\n"),
    ("parameter-removed", "        - {name: X-Trace, in: header, schema: {type: string, maxLength: 40}}\n", ""),
    ("parameter-became-required", "{name: sort, in: query,", "{name: sort, in: query, required: true,"),
    ("parameter-became-optional", "in: query, required: true, schema: {type: string}}", "in: query, schema: {type: string}}"),
    ("parameter-default-added", "{name: X-Trace, in: header, schema: {type: string,", "{name: X-Trace, in: header, schema: {type: string, default: none,"),
    ("parameter-default-removed", "default: 20, ", ""),
    ("parameter-default-changed", "default: 20", "default: 30"),
    ("parameter-deprecated", "{name: X-Trace, in: header,", "{name: X-Trace, in: header, deprecated: true,"),
    ("parameter-text-changed", "{name: X-Trace, in: header,", "{name: X-Trace, in: header, description: For support,"),
    ("limit-tightened parameter", "maximum: 100", "maximum: 50"),
    ("limit-relaxed parameter", "maxLength: 40", "maxLength: 80"),
    ("optional-body-added", '        "204": {description: Gone}', '        "204": {description: Gone}\n      requestBody: {content: {application/json: {schema: {type: string}}}}'),
    ("required-body-added", '        "204": {description: Gone}', '        "204": {description: Gone}\n      requestBody: {required: true, content: {application/json: {schema: {type: string}}}}'),
    ("bytes-body-became-required", "requestBody: {content: {application/octet-stream", "requestBody: {required: true, content: {application/octet-stream"),
    ("body-became-optional", "requestBody: {required: true, content: {application/json", "requestBody: {content: {application/json"),
    ("body-removed", "      requestBody: {content: {application/octet-stream: {}}}\n", ""),
    ("content-added request", "{content: {application/octet-stream: {}}}", "{content: {application/octet-stream: {}, application/json: {schema: {type: integer}}}}"),
    ("media-type-added request", "{content: {application/octet-stream: {}}}", "{content: {application/octet-stream: {}, image/png: {}}}"),
    ("content-kind-changed", "{content: {application/octet-stream: {}}}", "{content: {application/json: {schema: {type: integer}}}}"),
    ("success-status-added", '        "201": {description: Made,', '        "202": {description: Later}\n        "201": {description: Made,'),
    ("second-success-status-added", '        "204": {description: Gone}', '        "204": {description: Gone}\n        "202": {description: Later}'),
    ("success-status-removed", '        "201": {description: Made, ' + PET + '}\n', ""),
    ("error-status-added", '        "404": {description: None,', '        "403": {description: No, ' + FAULT + '}\n        "404": {description: None,'),
    ("error-type-changed first", '        "204": {description: Gone}', '        "204": {description: Gone}\n        "404": {description: None, ' + FAULT + '}'),
    ("error-status-removed", re.compile(r'        "409".*\n'), ""),
    ("response-text-changed", "description: One", "description: The one"),
    ("response-body-added", 'description: One, ' + PET, 'description: One', "REVERSED"),
    ("response-body-removed", 'description: One, ' + PET, 'description: One'),
    ("content-added response", 'description: One, content: {', 'description: One, content: {text/plain: {}, '),
    ("first-response-header-added", '{description: One,', '{description: One, headers: {X-Age: {schema: {type: integer}}},'),
    ("optional-response-header-added", 'headers: {X-Total:', 'headers: {X-Age: {schema: {type: integer}}, X-Total:'),
    ("required-response-header-added", 'headers: {X-Total:', 'headers: {X-Age: {required: true, schema: {type: integer}}, X-Total:'),
    ("optional-response-header-removed", 'headers: {X-Total: {schema: {type: integer}}}, ', ''),
    ("response-header-became-required", 'X-Total: {schema', 'X-Total: {required: true, schema'),
    ("response-header-became-optional", 'X-Size: {required: true, ', 'X-Size: {'),
    ("type-changed", "notes: {type: object, additionalProperties: {type: string}}", "notes: {type: boolean}"),
    ("precision-raised", "weight: {type: number, format: float}", "weight: {type: number}"),
    ("type-widened integer", "format: int32, minimum: 0", "format: int64, minimum: 0"),
    ("type-narrowed", "weight: {type: number, format: float}", "weight: {type: integer}"),
    ("schema-name-changed", re.compile(r"Owner"), "Keeper"),
    ("schema-deprecated", "Spare: {type: object,", "Spare: {type: object, deprecated: true,"),
    ("schema-text-changed", "Spare: {type: object,", "Spare: {type: object, description: Unused,"),
    ("became-nullable", NAME, NAME.replace("string", '[string, "null"]')),
    ("became-not-nullable", '[string, "null"]', "string"),
    ("format-added", "phone: {type: string}", "phone: {type: string, format: uuid}"),
    ("format-removed", "{type: string, format: date}", "{type: string}"),
    ("checked-format-removed", "site: {type: string, format: email}", "site: {type: string}"),
    ("unknown-format-changed", "phone: {type: string}", "phone: {type: string, format: phone}"),
    ("limit-added", "age: {type: integer, format: int32, ", "age: {type: integer, format: int32, maximum: 90, "),
    ("limit-removed", "format: int32, minimum: 0}", "format: int32}"),
    ("limit-relaxed", "maxItems: 5", "maxItems: 6"),
    ("pattern-added", "phone: {type: string}", 'phone: {type: string, pattern: "^[0-9]+$"}'),
    ("pattern-changed", '"^[A-Z]+$"', '"^[A-Z0-9]+$"'),
    ("unique-items-added", "items: {type: string}, maxItems: 5", "items: {type: string}, maxItems: 5, uniqueItems: true"),
    ("constraint-added", "labels: {type: array, items: {type: string}, maxItems: 5}", "labels: {type: array, items: {type: string}, maxItems: 5, contains: {const: a}}"),
    ("enum-added", "phone: {type: string}", "phone: {type: string, enum: [a, b]}"),
    ("enum-removed", "Colour: {type: string, enum: [red, green]}", "Colour: {type: string}"),
    ("enum-value-added", "enum: [red, green]", "enum: [red, green, blue]"),
    ("enum-value-removed", "enum: [red, green]", "enum: [red]"),
    ("enum-order-changed", "enum: [red, green]", "enum: [green, red]"),
    ("constant-value-added", "kind: {type: string, const: pet}", "kind: {type: string, enum: [pet, beast]}"),
    ("constant-changed", "const: pet", "const: beast"),
    ("required-property-added", "      required: [id, name, kind]\n      properties:\n", "      required: [id, name, kind, legs]\n      properties:\n        legs: {type: integer}\n"),
    ("constant-property-added", "      required: [id, name, kind]\n      properties:\n", "      required: [id, name, kind, zoo]\n      properties:\n        zoo: {type: string, const: x}\n"),
    ("optional-property-added", NAME, NAME + "\n        legs: {type: integer}"),
    ("optional-property-added unused", "Spare: {type: object, properties: {", "Spare: {type: object, properties: {more: {type: integer}, "),
    ("optional-property-removed", ", phone: {type: string}", ""),
    ("required-property-removed", "required: [id, name, kind]", "required: [id, kind]", NAME + "\n", "x-gone: {}\n"),
    ("property-became-required", "required: [id, name, kind]", "required: [id, name, kind, age]"),
    ("property-became-optional", "required: [id, name, kind]", "required: [id, kind]"),
    ("property-became-read-only", "phone: {type: string}", "phone: {type: string, readOnly: true}"),
    ("property-default-added", "phone: {type: string}", "phone: {type: string, default: none}"),
    ("property-default-removed", "quick: {type: boolean, default: false}", "quick: {type: boolean}"),
    ("property-default-changed", "quick: {type: boolean, default: false}", "quick: {type: boolean, default: true}"),
    ("property-deprecated", "phone: {type: string}", "phone: {type: string, deprecated: true}"),
    ("property-order-changed", "properties: {name: {type: string}, phone: {type: string}}", "properties: {phone: {type: string}, name: {type: string}}"),
    ("additional-properties-allowed", ", additionalProperties: false", ""),
    ("additional-properties-forbidden", "{message: {type: string}, detail", "{message: {type: string}, detail", "Fault: {type: object,", "Fault: {type: object, additionalProperties: false,"),
    ("additional-properties-added", "additionalProperties: false", "additionalProperties: {type: integer}"),
    ("additional-properties-typed", "Spare: {type: object,", "Spare: {type: object, additionalProperties: {type: integer},"),
    ("dependent-required-added", "Spare: {type: object,", "Spare: {type: object, dependentRequired: {any: [other]},"),
    ("alternative-added", "anyOf: [{type: string}, {type: integer}]", "anyOf: [{type: string}, {type: integer}, {type: boolean}]"),
    ("alternative-removed", "anyOf: [{type: string}, {type: integer}]", "anyOf: [{type: string}, {type: integer}, {type: boolean}]", "REVERSED"),
    ("alternatives-reduced", "Either: {anyOf: [{type: string}, {type: integer}]}", "Either: {type: string}"),
    ("alternatives-introduced", "phone: {type: string}", "phone: {anyOf: [{type: string}, {type: integer}]}"),
    ("tagged-alternative-added", '{$ref: "#/components/schemas/Tree"}]', '{$ref: "#/components/schemas/Tree"}, {$ref: "#/components/schemas/Cage"}]', 'tree: "#', 'cage: "#/components/schemas/Cage", tree: "#', "    Spare:", "    Cage: {type: object, required: [sort], properties: {sort: {type: string}}}\n    Spare:"),
    ("discriminator-removed", re.compile(r"      discriminator: .*\n"), ""),
    ("discriminator-value-added", "tree: \"#", "oak: \"#/components/schemas/Tree\", tree: \"#"),
    ("object-kind-changed", "notes: {type: object, additionalProperties: {type: string}}", "notes: {type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}"),
]


# Disagreements that are meant: client and server as the judges have it, and why the verdict is another one.
SHARED = (
    "what several operations share is named after what it holds, so it is another type under another name now; code names the operation's own "
    "alias, which stays"
)
COPIED = "public items of the support code come and go with what the description needs; no rule can know what else needs them"
KNOWN = {
    "operation-group-added": ("minor", "minor", "that a provider has to implement the new trait is a bound of a type that isn't public, where no judge looks"),
    "error-type-changed first": ("major", "major", SHARED),
    "optional-response-header-added": ("major", "major", SHARED),
    "required-response-header-added": ("major", "major", SHARED),
    "checked-format-removed": ("major", "major", COPIED),
    "constraint-added": ("minor", "minor", COPIED),
    "dependent-required-added": ("minor", "minor", COPIED),
}


def changed(base, change):
    text, pieces = base, list(change[1:])
    reverse = pieces[-1] == "REVERSED"
    pieces = pieces[:-1] if reverse else pieces
    for before, after in zip(pieces[::2], pieces[1::2]):
        new = before.sub(after, text) if isinstance(before, re.Pattern) else text.replace(before, after, 1)
        assert new != text or before == after, f"{change[0]}: {before!r} isn't there"
        text = new
    return (text, base) if reverse else (base, text)


def run(*command, **more):
    return subprocess.run([str(word) for word in command], text=True, capture_output=True, **more)


def generate(generator, out, name, text):
    out.mkdir(parents=True, exist_ok=True)
    spec = out / "openapi.yaml"
    spec.write_text(text)
    ran = run(generator, "generate", spec, "--name", name, "--out", out, "--force", cwd=out)
    assert ran.returncode == 0, f"{name}: {ran.stderr}"
    return spec


def document(folder, names, cargo):
    """The API of every crate as JSON, with one name for all versions of a crate."""
    members = [f"{name}/{kind}" for name in names for kind in KINDS]
    (folder / "Cargo.toml").write_text('[workspace]\nresolver = "3"\nmembers = ' + json.dumps(members) + "\n")
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")
    flags = "-Z unstable-options --output-format json --cap-lints allow"
    env = dict(os.environ, RUSTC_BOOTSTRAP="1", RUSTDOCFLAGS=flags, CARGO_TARGET_DIR=str(folder / "target"))
    ran = run(*cargo, "doc", "--workspace", "--no-deps", "--quiet", cwd=folder, env=env)
    assert ran.returncode == 0, ran.stderr
    for name in names:
        for kind in KINDS:
            text = (folder / f"target/doc/{name}_{kind}.json").read_text()
            for other in KINDS:
                text = text.replace(f"{name}_{other}", f"shop_{other}").replace(f"{name}-{other}", f"shop-{other}")
            (folder / name / f"{kind}.json").write_text(text)


def judged(before, after):
    """What `cargo semver-checks` says of two versions of a crate."""
    ran = run("cargo", "semver-checks", "--baseline-rustdoc", before, "--current-rustdoc", after, "--release-type", "patch")
    said = ran.stdout + ran.stderr
    assert "Checked [" in said, said
    failures = re.findall(r"--- failure (\w+): .*? ---\n(.*?)(?=\n--- |\Z)", said, re.S)
    wanted = re.search(r"requires new (\w+) version", said)
    bump, lints = BUMPS.index(wanted[1]) if wanted else 0, []
    for lint, _ in failures:
        lints.append(lint)
    return bump, lints


def signatures(path):
    """The public items of a crate, each by its path: what users can depend on."""
    crate = json.loads(Path(path).read_text())
    index, found = crate["index"], {}

    def plain(value):
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items() if key not in ("id", "docs", "links", "span", "attrs")}
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    def item(identity):
        return index.get(str(identity))

    def walk(identity, way, seen):
        one = item(identity)
        if one is None or identity in seen:
            return
        kind, inner = next(iter(one["inner"].items()))
        name = one["name"] or ""
        if one["visibility"] not in ("public", "default"):
            return
        here = way + [name]
        key = f"{kind} " + "::".join(here)
        note = [str(attr) for attr in one["attrs"] if "non_exhaustive" in str(attr) or "must_use" in str(attr)]
        seen = seen | {identity}
        if kind == "module":
            for child in inner["items"]:
                walk(child, here, seen)
        elif kind == "use":
            found[f"use {'::'.join(way)}::{inner['name']}"] = inner["source"]
            target = item(inner["id"]) if inner["id"] is not None else None
            if target is not None:
                if inner["is_glob"] and "module" in target["inner"]:
                    for child in target["inner"]["module"]["items"]:
                        walk(child, way, seen)
                elif inner["is_glob"] and "enum" in target["inner"]:
                    pass
                else:
                    walk(inner["id"], way, seen)
        elif kind in ("struct", "enum", "union"):
            found[key] = [plain(inner["generics"]), note]
            fields = inner.get("variants") or []
            if kind == "struct":
                shape = inner["kind"]
                fields = shape["plain"]["fields"] if isinstance(shape, dict) and "plain" in shape else shape.get("tuple", []) if isinstance(shape, dict) else []
            for child in fields:
                walk(child, here, seen)
            for implementation in inner["impls"]:
                body = item(implementation)
                if body is None:
                    continue
                block = body["inner"]["impl"]
                if block["is_synthetic"] or block["blanket_impl"]:
                    continue
                if block["trait"] is None:
                    for child in block["items"]:
                        walk(child, here, seen)
                else:
                    words = json.dumps(plain(block["trait"])) + json.dumps(plain(block["for"]))
                    found[f"impl {'::'.join(here)}: {words}"] = plain(block["generics"])
        elif kind == "trait":
            found[key] = [plain(inner["generics"]), plain(inner["bounds"])]
            for child in inner["items"]:
                walk(child, here, seen)
                method = item(child)
                body = method["inner"].get("function") if method else None
                if body and not body["has_body"]:
                    found[f"required {'::'.join(here)}"] = sorted(
                        index[str(one)]["name"] for one in inner["items"]
                        if "function" in index[str(one)]["inner"] and not index[str(one)]["inner"]["function"]["has_body"])
        elif kind == "function":
            signature = plain(inner["sig"])
            # Names of arguments are no part of the API.
            signature["inputs"] = [ty for _, ty in signature["inputs"]]
            found[key] = [signature, plain(inner["generics"])]
        elif kind == "variant":
            found[key] = [plain(inner.get("discriminant"))]
            shape = inner["kind"]
            fields = [] if shape == "plain" else shape.get("tuple") or shape.get("struct", {}).get("fields", [])
            for child in fields:
                walk(child, here, seen)
        else:
            found[key] = plain(inner)

    walk(crate["root"], [], frozenset())
    return found


def compared(before, after):
    """What a comparison of all signatures says: what is gone or different is major, what came is minor."""
    a, b = signatures(before), signatures(after)
    gone = [key for key in a if key not in b]
    other = [key for key in a if key in b and a[key] != b[key]]
    if gone or other:
        return 2, [f"gone: {key}" for key in gone[:3]] + [f"changed: {key}" for key in other[:3]]
    return (1, []) if any(key not in a for key in b) else (0, [])


def verdict(generator, before, after):
    ran = run(generator, "diff", before, after, "--format", "json")
    assert ran.returncode == 0, ran.stderr
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    last = lines.pop()
    rules = [line["rule"] for line in lines]
    return rules, [BUMPS.index(last[key] or "patch") for key in ("client", "server")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only")
    parser.add_argument("--generator", default=ROOT / "target/debug/specwright")
    parser.add_argument("--cargo", default="cargo")
    parser.add_argument("--rules", action="store_true", help="only look whether each change gives its rule")
    flags = parser.parse_args()
    folder = ROOT / "target/verdicts"
    base = (HERE / "verdicts.yaml").read_text()
    changes = [change for change in CHANGES if flags.only is None or flags.only in change[0]]
    changes = changes[::6] if flags.quick else changes
    shutil.rmtree(folder / "specs", ignore_errors=True)
    pairs, names = [], {base: "v000"}
    for change in changes:
        before, after = changed(base, change)
        for text in (before, after):
            names.setdefault(text, f"v{len(names):03}")
        pairs.append((change[0], names[before], names[after]))
    for text, name in names.items():
        spec = folder / "specs" / f"{name}.yaml"
        spec.parent.mkdir(parents=True, exist_ok=True)
        spec.write_text(text)
        if not flags.rules:
            generate(flags.generator, folder / name, name, text)
    if not flags.rules:
        document(folder, sorted(names.values()), flags.cargo.split())
    bad, meant = 0, 0
    for label, before, after in pairs:
        specs = [folder / "specs" / f"{name}.yaml" for name in (before, after)]
        rules, said = verdict(flags.generator, *specs)
        if label.split()[0] not in rules:
            bad += 1
            print(f"RULE {label}: {rules}")
        if flags.rules:
            continue
        found, why = {}, []
        for kind in KINDS:
            files = [folder / name / f"{kind}.json" for name in (before, after)]
            (checked, lints), (signed, details) = judged(*files), compared(*files)
            found[kind] = max(checked, signed)
            why += [f"{kind}: {words}" for words in lints + details]
        actual = [max(found["types"], found["client"]), max(found["types"], found["server"])]
        words = [" ".join(BUMPS[bump] for bump in pair) for pair in (said, actual)]
        if actual != said and words[1] == " ".join(KNOWN.get(label, ())[:2]):
            meant += 1
            print(f"MEANT {label}: said {words[0]}, is {words[1]}: {KNOWN[label][2]}")
        elif actual != said:
            bad += 1
            print(f"DIFFERS {label}: said {words[0]}, is {words[1]}: {rules}")
            for line in why[:6]:
                print(f"    {line}")
    print(f"{len(pairs)} pairs, {bad} disagreements, {meant} that are meant")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
