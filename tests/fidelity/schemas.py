"""Schemas of descriptions, as JSON Schema (draft 7, which hypothesis-jsonschema reads) that needs nothing else.

Swagger 2.0 and OpenAPI 3.0 are brought to the same words: `nullable`, boolean exclusive bounds, the discriminator as a
constraint, the ranges of number formats. References are written out, down to a depth: what lies deeper is `False`, which
no value satisfies, and is then left out where it may be.

What the words don't say is read as specwright's users mean it; those places are marked in `x-unstated`, so that nobody
breaks a constraint that isn't there:

* a schema without `type` has the type that its other keywords are for;
* integers without a format have 64 bits.
"""

import copy
import json
import re
from pathlib import Path
from urllib.parse import unquote

import yaml

INT64 = (-(2**63), 2**63 - 1)
RANGES = {
    **{name: (-(2**7), 2**7 - 1) for name in ("int8",)},
    **{name: (-(2**15), 2**15 - 1) for name in ("int16", "short")},
    **{name: (-(2**31), 2**31 - 1) for name in ("int32", "int")},
    **{name: INT64 for name in ("int64", "long")},
    "uint8": (0, 2**8 - 1),
    "uint16": (0, 2**16 - 1),
    **{name: (0, 2**32 - 1) for name in ("uint32", "uint", "unsignedint")},
    **{name: (0, 2**64 - 1) for name in ("uint64", "unsignedlong", "unsigned")},
}
# Formats that values are drawn for, by their other spellings.
FORMATS = {
    **{name: "date-time" for name in ("datetime", "rfc3339")},
    "full-date": "date",
    "full-time": "time",
    **{name: "uuid" for name in ("guid", "uuid1", "uuid3", "uuid4", "uuid5", "uuid6", "uuid7")},
    "base64": "byte",
    **{name: "decimal" for name in ("big-decimal", "bigdecimal")},
    "host-name": "hostname",
    **{name: "ipv4" for name in ("ip", "ip-address", "ipaddress", "ipvanyaddress")},
    **{name: "uri-reference" for name in ("uriref", "url-reference")},
}
FLOAT = 3.4e38
TYPES = {"null", "boolean", "integer", "number", "string", "array", "object"}
CHOICES = ("allOf", "anyOf", "oneOf")
# What makes a schema more than the one it refers to.
ADDING = ("properties", "required", "additionalProperties", "anyOf", "oneOf", "not", "minProperties", "maxProperties")
# What is taken over as it is.
PLAIN = [
    "enum",
    "const",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
]


class Unusable(Exception):
    """Why no values can be drawn from a schema."""


class TooBig(Exception):
    """The schema, written out, has more nodes than is allowed."""


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2's core schema: `no` and `2020-01-01` are text."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN\0"),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("merge", r"^<<$", "<"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
]:
    firsts = [*first.replace("\0", ""), *([""] if "\0" in first else [])]
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), firsts)


class Files:
    """Descriptions and what they refer to, read once."""

    def __init__(self):
        self.read = {}

    def load(self, path):
        path = Path(path).resolve()
        if path not in self.read:
            text = path.read_text(encoding="utf-8-sig")
            if path.suffix == ".json":
                self.read[path] = json.loads(text)
            else:
                documents = yaml.load_all(text, Loader=Core)
                self.read[path] = next((document for document in documents if document), None)
        return self.read[path]

    def at(self, path, pointer):
        """The node at a JSON pointer."""
        node = self.load(path)
        for token in pointer.split("/")[1:]:
            token = token.replace("~1", "/").replace("~0", "~")
            if isinstance(node, list):
                node = node[int(token)]
            elif token in node:
                node = node[token]
            else:  # YAML has keys that aren't text: `200:`
                node = next(value for key, value in node.items() if str(key) == token)
        return node

    def follow(self, path, reference):
        """The file and the pointer that a `$ref` names."""
        target, _, fragment = reference.partition("#")
        if "://" in target:
            raise Unusable("a reference to a URL")
        path = (Path(path).parent / unquote(target)).resolve() if target else path
        return path, unquote(fragment)


class Reader:
    """Reads the schemas of one description."""

    def __init__(self, files, entry, limit):
        self.files, self.entry, self.limit = files, Path(entry).resolve(), limit
        root = files.load(entry)
        self.made_of = self.descendants(root)
        self.before_31 = "swagger" in root or str(root.get("openapi", "")).startswith("3.0")

    def schema(self, file, pointer):
        """The schema, with as many levels of references as the limit allows."""
        path = (self.entry.parent / file).resolve()
        last = None
        for depth in (8, 5, 3, 2, 1, 0):
            self.nodes = 0
            try:
                node = self.files.at(path, pointer)
                if not isinstance(node, (dict, bool)):
                    raise Unusable("the fields of a form, which Swagger 2 has no schema for")
                self.apply_in_place(node, path, set(), set())
                last = self.node(node, path, depth)
            except TooBig:
                continue
            except (KeyError, IndexError, StopIteration, ValueError, OSError, TypeError) as error:
                raise Unusable("a reference that leads nowhere") from error
            break
        if last is None:
            raise Unusable("too big")
        if last is False:
            raise Unusable("nothing satisfies it, or only what nests deeper")
        return last

    def apply_in_place(self, node, path, within, done):
        """Refuses a schema that applies itself to the same value: JSON Schema leaves open what that means (2020-12, 9.4.1)."""
        if not isinstance(node, dict) or id(node) in done:
            return
        if id(node) in within:
            raise Unusable("it applies itself to the same value")
        within.add(id(node))
        if isinstance(node.get("$ref"), str):
            where, pointer = self.files.follow(path, node["$ref"])
            self.apply_in_place(self.files.at(where, pointer), where, within, done)
        for key in ("allOf", "anyOf", "oneOf"):
            for part in node[key] if isinstance(node.get(key), list) else []:
                self.apply_in_place(part, path, within, done)
        within.remove(id(node))
        done.add(id(node))

    def descendants(self, root):
        """Of each schema with a discriminator, its own or that of what it is made of, by identity: its name, the discriminator, and
        name and schema of those made of it by `allOf`."""
        components = root.get("components") if isinstance(root.get("components"), dict) else {}
        named = root.get("definitions") or components.get("schemas") or {}
        named = {name: schema for name, schema in named.items() if isinstance(schema, dict)}

        def parts(schema, seen):
            for part in schema.get("allOf") or []:
                reference = part.get("$ref") if isinstance(part, dict) else None
                name = str(reference).rpartition("/")[2]
                if str(reference).startswith("#/") and name in named and name not in seen:
                    seen.add(name)
                    parts(named[name], seen)
            return seen

        def discriminator(name):
            for schema in (named[name], *(named[base] for base in sorted(parts(named[name], set())))):
                if tag_of(schema) in (schema.get("properties") or {}):
                    return schema["discriminator"]
            return None

        out = {}
        for name, schema in named.items():
            for base in sorted(parts(schema, set())):
                said = discriminator(base)
                if said and base != name:
                    out.setdefault(id(named[base]), (base, said, []))[2].append((name, schema))
        return out

    def any_descendant(self, base, path, depth):
        """A schema with a discriminator is any of those made of it, or itself."""
        own, said, made = self.made_of[id(base)]
        tag = said["propertyName"] if isinstance(said, dict) else said
        mapping = (said.get("mapping") if isinstance(said, dict) else None) or {}

        def tags(name):
            mapped = [str(value) for value, target in mapping.items() if str(target).rpartition("/")[2] == name]
            return mapped or [name]

        # Those that add nothing are the base, under another name.
        names = dict(made)

        def leads_to_base(name):
            if name == own:
                return True
            schema = names.get(name)
            if schema is None or len(schema.get("allOf")) > 1 or set(schema) & set(ADDING):
                return False
            return leads_to_base(str(schema["allOf"][0].get("$ref")).rpartition("/")[2])

        same = [name for name in names if leads_to_base(name)]
        members = [(tags(name), schema) for name, schema in made if name not in same]
        if not members:
            return self.keywords(base, path, depth)
        members.append(([tag for name in (own, *same) for tag in tags(name)], base))
        branches = [
            both(self.node(schema, path, max(depth - 1, 0), plain=True), tag_is(tag, values))
            for values, schema in members
        ]
        branches = [branch for branch in branches if branch is not False]
        return {"anyOf": branches} if branches else False

    def node(self, node, path, depth, plain=False):
        """Any schema. A `plain` one, as part of another one, isn't those that are made of it."""
        self.nodes += 1
        if self.nodes > self.limit:
            raise TooBig
        if not isinstance(node, dict):
            return node if isinstance(node, bool) else True
        if {"$dynamicRef", "$recursiveRef"} & set(node):
            raise Unusable("a dynamic reference")
        reference = node.get("$ref")
        if isinstance(reference, str):
            if depth == 0:
                return False
            where, pointer = self.files.follow(path, reference)
            target = self.node(self.files.at(where, pointer), where, depth - 1, plain)
            beside = {key: value for key, value in node.items() if key != "$ref"}
            if beside.get("unevaluatedProperties", True) is not True:
                raise Unusable("`unevaluatedProperties` beside what evaluates some; `--keywords` examines it")
            if self.before_31:
                beside = {key: beside[key] for key in ("nullable", "x-nullable") if key in beside}
            beside = self.keywords(beside, path, depth)
            return both(target, beside)
        if not plain and id(node) in self.made_of and not set(node) & {"oneOf", "anyOf"}:
            return self.any_descendant(node, path, depth)
        return self.keywords(node, path, depth)

    def keywords(self, node, path, depth):
        """A schema without its `$ref`."""
        out, unstated = {}, []
        for key in PLAIN:
            if node.get(key) is not None or (key == "const" and key in node):
                out[key] = node[key]
        if "enum" in out and not isinstance(out["enum"], list):
            out["enum"] = [out["enum"]]
        self.types(node, out, unstated)
        self.numbers(node, out, unstated)
        if not self.strings(node, out):
            return False
        parts = []
        all_of = node.get("allOf")
        if isinstance(all_of, dict):
            all_of = [all_of]
        if isinstance(all_of, list):
            # Alone, it is no part, but the schema under another name.
            plain = len(all_of) > 1 or bool(set(node) & set(ADDING))
            parts += [self.node(part, path, depth, plain) for part in all_of]
        for key in ("anyOf", "oneOf"):
            if isinstance(node.get(key), list):
                branches = [branch for branch in self.branches(node, key, path, depth) if branch is not False]
                if not branches:
                    return False
                parts.append({key: branches} if len(branches) > 1 else branches[0])
        if not self.objects(node, out, path, depth) or not self.arrays(node, out, path, depth):
            return False
        if isinstance(node.get("not"), dict):
            refused = self.node(node["not"], path, depth)
            if refused is True:
                return False
            out["not"] = refused
        for key in ("if", "then", "else"):
            if key in node:
                out[key] = self.node(node[key], path, depth)
        if unstated:
            out["x-unstated"] = unstated
        if node.get("readOnly") is True or node.get("writeOnly") is True:
            # The direction that has it; neither, for what is both.
            both_ways = node.get("readOnly") is node.get("writeOnly")
            out["x-one-way"] = None if both_ways else "response" if node.get("readOnly") is True else "request"
        if node.get("unevaluatedProperties") is False:
            if {"anyOf", "oneOf", "if", "not", "dependentSchemas", "patternProperties"} & set(node):
                raise Unusable("`unevaluatedProperties` beside what evaluates some; `--keywords` examines it")
            names = {name for part in [out, *parts] for name in declared(part)}
            parts.append({"propertyNames": {"enum": sorted(names)}} if names else {"maxProperties": 0})
        for part in parts:
            out = both(out, part)
        nullable = node.get("nullable") is True or node.get("x-nullable") is True
        return or_null(out) if nullable else out

    def types(self, node, out, unstated):
        stated = node.get("type")
        words = stated if isinstance(stated, list) else [stated] if stated is not None else []
        words = ["string" if word == "file" else word for word in words]
        if any(word not in TYPES for word in words):
            raise Unusable(f"`type: {stated}` is no type")
        if not words:
            word = implied(node)
            if word:
                words = [word]
                unstated.append("type")
        if words:
            out["type"] = words if len(words) > 1 else words[0]

    def numbers(self, node, out, unstated):
        for bound, keyword in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            exclusive = node.get(keyword)
            if exclusive is True and bound in out:
                out[keyword] = out.pop(bound)
            elif isinstance(exclusive, (int, float)) and not isinstance(exclusive, bool):
                out[keyword] = exclusive
        types = out.get("type", [])
        types = types if isinstance(types, list) else [types]
        form = node.get("format")
        if "integer" in types and "number" not in types:
            stated = str(form).lower() in RANGES
            least, most = self.range(str(form).lower(), out)
            for bound, excluded, limit, choose in (
                ("minimum", "exclusiveMinimum", least, max),
                ("maximum", "exclusiveMaximum", most, min),
            ):
                if bound not in out and not stated:
                    unstated.append(bound)
                if excluded not in out:
                    out[bound] = choose(out.get(bound, limit), limit)
        if "number" in types and form == "float":
            out.setdefault("minimum", -FLOAT)
            out.setdefault("maximum", FLOAT)
            unstated += ["minimum", "maximum"]
            out["x-float"] = True

    def range(self, form, out):
        """The least and the greatest integer of a format, unless the schema names one that it can't hold."""
        keys = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const")
        named = [*(out[key] for key in keys if key in out), *out.get("enum", [])]
        named = [value for value in named if isinstance(value, int)]
        wide = RANGES["uint64"] if max(named, default=0) > INT64[1] and min(named) >= 0 else INT64
        least, most = RANGES.get(form, wide)
        return (least, most) if all(least <= value <= most for value in named) else wide

    def strings(self, node, out):
        """Keywords of strings; whether any value is left."""
        pattern = node.get("pattern")
        if isinstance(pattern, str):
            try:
                out["pattern"] = in_python(pattern)
                re.compile(out["pattern"])
            except re.error:
                return False  # JavaScript may read it; no value is drawn from what this can't
        types = out.get("type", "string")
        if isinstance(node.get("format"), str) and "string" in types:
            form = node["format"].lower().replace("_", "-")
            out["format"] = FORMATS.get(form, form)
        encoding = str(node.get("contentEncoding")).lower()
        if encoding in ("base64", "base64url"):
            out["format"] = "byte" if encoding == "base64" else "base64url"
        return True

    def objects(self, node, out, path, depth):
        """Keywords of objects; whether any value is left."""
        properties = node.get("properties")
        required = node.get("required")
        required = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
        if required:
            out["required"] = sorted(set(required))
        if isinstance(properties, dict):
            out["properties"] = {str(name): self.node(value, path, depth) for name, value in properties.items()}
            if any(out["properties"].get(name) is False for name in required):
                return False
        if isinstance(node.get("patternProperties"), dict):
            out["patternProperties"] = {
                name: self.node(value, path, depth) for name, value in node["patternProperties"].items()
            }
        if "additionalProperties" in node:
            out["additionalProperties"] = self.node(node["additionalProperties"], path, depth)
        dependent = {**(node.get("dependentRequired") or {})}
        for name, part in (node.get("dependentSchemas") or {}).items():
            part = self.node(part, path, depth)
            dependent[name] = both(part, {"required": dependent[name]}) if name in dependent else part
        if dependent:
            out["dependencies"] = dependent
        if isinstance(node.get("unevaluatedProperties"), dict):
            raise Unusable("a keyword of objects that draft 7 hasn't; `--keywords` examines it")
        if isinstance(node.get("propertyNames"), dict):
            out["propertyNames"] = self.node(node["propertyNames"], path, depth)
        return True

    def arrays(self, node, out, path, depth):
        """Keywords of arrays; whether any value is left."""
        first = node.get("prefixItems", node.get("items"))
        if isinstance(first, list):
            out["items"] = [self.node(item, path, depth) for item in first]
            rest = node.get("items") if "prefixItems" in node else node.get("additionalItems")
            if rest is not None:
                out["additionalItems"] = self.node(rest, path, depth)
            return all(item is not False for item in out["items"])
        if "items" in node:
            items = self.node(node["items"], path, depth)
            if items is False:
                out["maxItems"] = 0
                return not out.get("minItems")
            out["items"] = items
        if {"minContains", "maxContains"} & set(node) or node.get("unevaluatedItems") not in (None, True):
            raise Unusable("a keyword of arrays that draft 7 hasn't; `--keywords` examines it")
        if isinstance(node.get("contains"), dict):
            out["contains"] = self.node(node["contains"], path, depth)
        return True

    def branches(self, node, key, path, depth):
        """The schemas of a choice, each with its tag where there is a discriminator."""
        branches = [self.node(branch, path, depth) for branch in node[key]]
        discriminator = node.get("discriminator")
        if not isinstance(discriminator, dict) or "propertyName" not in discriminator:
            return branches
        tag = discriminator["propertyName"]
        mapping = discriminator.get("mapping") or {}
        tagged = []
        for branch, written in zip(branches, node[key], strict=True):
            reference = written.get("$ref", "") if isinstance(written, dict) else ""
            name = reference.rpartition("/")[2]
            tags = [str(value) for value, target in mapping.items() if target in (reference, name)]
            if reference:
                branch = both(branch, tag_is(tag, tags or [name]))
            tagged.append(branch)
        return tagged


def in_python(pattern):
    """An ECMA-262 regular expression in Python's words, as far as they differ: classes are of ASCII, more
    characters end a line, and groups have a `P`."""
    out, inside, at = [], False, 0
    classes = {"d": "0-9", "w": "A-Za-z0-9_", "D": "^0-9", "W": "^A-Za-z0-9_"}
    while at < len(pattern):
        two = pattern[at : at + 2]
        if two[0] == "\\":
            named = classes.get(two[1:])
            if named and inside and named[0] == "^":
                raise re.error("a class less another one")
            out.append(two if not named else named if inside else f"[{named}]")
            at += 2
            continue
        if not inside and re.match(r"\(\?<\w", pattern[at : at + 4]):
            out.append("(?P<")
            at += 3
            continue
        if two[0] == "." and not inside:
            out.append("[^\\n\\r\\u2028\\u2029]")
        else:
            out.append("\\[" if inside and two[0] == "[" else two[0])
        inside = two[0] == "[" or (inside and two[0] != "]")
        at += 1
    return "".join(out)


def implied(node):
    """The type that the keywords of a schema without `type` are for."""
    if any(key in node for key in ("enum", "const")):
        return None
    form = node.get("format")
    kinds = [
        ("object", any(node.get(key) for key in ("properties", "required")) or "additionalProperties" in node),
        ("object", "minProperties" in node or "maxProperties" in node),
        ("array", any(key in node for key in ("items", "prefixItems", "minItems", "maxItems"))),
        ("string", any(key in node for key in ("pattern", "minLength", "maxLength"))),
        ("integer", form in ("int32", "int64")),
        ("number", form in ("float", "double")),
        ("string", isinstance(form, str)),
        ("number", any(key in node for key in ("minimum", "maximum", "multipleOf"))),
    ]
    return next((kind for kind, holds in kinds if holds), None)


def tag_of(schema):
    """The property that a discriminator names; nothing where there is none."""
    said = schema.get("discriminator")
    return said.get("propertyName") if isinstance(said, dict) else said


def tag_is(tag, values):
    return {
        "type": "object",
        "required": [tag],
        "properties": {tag: {"enum": values}},
        "x-unstated": ["type"],
    }


def or_null(schema):
    """The schema, or null."""
    if schema is True:
        return True
    if set(schema) & {"allOf", "anyOf", "oneOf", "not", "const", "if"}:
        return {"anyOf": [schema, {"type": "null"}]}
    out = dict(schema)
    if "type" in out:
        types = out["type"] if isinstance(out["type"], list) else [out["type"]]
        out["type"] = [*types, *(["null"] if "null" not in types else [])]
    if "enum" in out and None not in out["enum"]:
        out["enum"] = [*out["enum"], None]
    return out


def declared(schema):
    """The names of the properties that a schema, or a part of it, has a schema for."""
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})).union(*map(declared, schema.get("allOf", [])))


def both(left, right):
    """A schema for what satisfies both."""
    if left is False or right is False:
        return False
    if left is True or not left:
        return right
    if right is True or not right:
        return left
    if not set(left) & set(right):
        beside = {"additionalProperties", "patternProperties", "items", "additionalItems", "then", "else"}
        if not (set(left) | set(right)) & beside:
            return {**left, **right}
    parts = []
    for side in (left, right):
        parts += side["allOf"] if set(side) == {"allOf"} else [side]
    return {"allOf": parts}


def demanded(schema, direction, elsewhere=frozenset()):
    """The schema for one direction: of the properties that only the other one has, none is required. Without a direction, none of
    either one is."""
    if not isinstance(schema, dict):
        return schema
    elsewhere = elsewhere | one_way(schema, direction)
    out = {}
    for key, value in schema.items():
        if key == "required":
            out[key] = [name for name in value if name not in elsewhere]
        elif key in ("properties", "patternProperties"):
            out[key] = {name: demanded(part, direction) for name, part in value.items()}
        elif key in CHOICES:
            out[key] = [demanded(part, direction, elsewhere) for part in value]
        elif key == "items" and isinstance(value, list):
            out[key] = [demanded(part, direction) for part in value]
        elif key in ("items", "additionalItems", "additionalProperties"):
            out[key] = demanded(value, direction)
        elif key in ("then", "else"):
            out[key] = demanded(value, direction, elsewhere)
        else:
            out[key] = value
    return out


def one_way(schema, direction):
    """The properties of an object that a direction doesn't have."""
    names = set()
    for part in in_place(schema):
        for name, own in part.get("properties", {}).items():
            ways = [said["x-one-way"] for said in in_place(own) if "x-one-way" in said]
            if any(way != direction or way is None for way in ways):
                names.add(name)
    return frozenset(names)


def in_place(schema):
    """A schema and those that it applies to the same value."""
    if isinstance(schema, dict):
        yield schema
        for key in CHOICES:
            for part in schema.get(key, []):
                yield from in_place(part)


def any_for_one(schema):
    """The schema with `anyOf` for each `oneOf`: what breaks this one breaks a constraint, and isn't only ambiguous."""
    if isinstance(schema, list):
        return [any_for_one(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    out = {}
    for key, value in schema.items():
        if key in ("enum", "const", "x-unstated"):
            out[key] = copy.deepcopy(value)
        elif key in ("properties", "patternProperties"):
            out[key] = {name: any_for_one(member) for name, member in value.items()}
        else:
            out[key] = any_for_one(value)
    if "oneOf" in out:
        choice = {"anyOf": out.pop("oneOf")}
        out = both(out, choice) if out else choice
    return out


def closed(schema, composed=False):
    """The schema without properties that have no name, where nothing else speaks of the same object."""
    if not isinstance(schema, dict):
        return schema
    out = dict(schema)
    composed = composed or len(set(schema) & {*CHOICES, "properties"}) > 1 or "allOf" in schema
    for key in CHOICES:
        if key in schema:
            out[key] = [closed(part, composed) for part in schema[key]]
    if "properties" in schema:
        out["properties"] = {name: closed(part) for name, part in schema["properties"].items()}
        if not composed and "patternProperties" not in schema:
            out.setdefault("additionalProperties", False)
    for key in ("items", "additionalProperties"):
        if isinstance(out.get(key), dict):
            out[key] = closed(out[key])
    return out
