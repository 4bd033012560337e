"""Values that satisfy a schema, and values that break exactly one of its constraints."""

import base64
import json
import math
import random
import re
import signal
import struct
import time
import warnings
from contextlib import contextmanager

import jsonschema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException
from hypothesis.provisional import urls
from hypothesis_jsonschema import from_schema

warnings.simplefilter("ignore")  # that FORMATS replaces formats which the library has is meant

FORMATS = {
    "uuid": st.uuids().map(str),
    "byte": st.binary(max_size=12).map(lambda data: base64.b64encode(data).decode()),
    "base64url": st.binary(max_size=12).map(lambda data: base64.urlsafe_b64encode(data).decode()),
    "regex": st.sampled_from(["", "^a+$", "[a-z]{2,3}|\\d"]),
    "date-time-local": st.datetimes().map(lambda at: at.isoformat()),
    "time-local": st.times().map(lambda at: at.isoformat()),
    "binary": st.text(max_size=12),
    "uri": urls().map(lambda url: url if url.isascii() else "https://example.com/"),
    "url": urls().map(lambda url: url if url.isascii() else "https://example.com/"),
    "duration": st.sampled_from(["PT0S", "P1D", "P1Y2M3DT4H5M6S", "PT36H", "P4W", "PT0.5S"]),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    "password": st.text(max_size=20),
    "int32": st.integers(-(2**31), 2**31 - 1).map(str),
    "int64": st.integers(-(2**63), 2**63 - 1).map(str),
}


class TimeUp(BaseException):
    """Not an `Exception`: hypothesis would take that for a finding."""


@contextmanager
def limited(seconds):
    """Ends what is inside after some time, with `TimeUp`."""

    def ring(_signal, _frame):
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    # Again and again: an exception in a callback of Python's own goes nowhere.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def validator(schema):
    return jsonschema.Draft7Validator(schema)


def holds(check, value):
    """Whether a value satisfies a schema; not, where the schema can't be applied to it."""
    try:
        return check.is_valid(value)
    except (re.error, OverflowError, TypeError, ZeroDivisionError, RecursionError):
        return False


def draw(schemas, strict, wanted, seconds):
    """Up to `wanted` different values that satisfy `strict`, drawn from each of `schemas` in turn; and why there are none."""
    found, why = {}, ""
    for turn, schema in enumerate(schemas, start=1):
        until = wanted * turn // len(schemas)
        why = draw_from(schema, validator(strict), found, until, seconds / len(schemas)) or why
    return list(found.values()), why


def draw_from(schema, check, found, wanted, seconds):
    """Adds values of a schema to `found` until there are as many as wanted; why there aren't."""

    @settings(
        max_examples=wanted * 4,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(from_schema(schema, custom_formats=FORMATS, allow_x00=False))
    def collect(value):
        if value is not None and representable(value) and holds(check, value):
            found.setdefault(json.dumps(value, sort_keys=True), value)
        if len(found) >= wanted:
            raise TimeUp

    try:
        with limited(seconds):
            collect()
    except TimeUp:
        return "no value in the time given"
    except HypothesisException as error:
        return f"hypothesis: {type(error).__name__}"
    except Exception as error:  # whatever the library trips over, the next schema is drawn
        return f"hypothesis-jsonschema: {type(error).__name__}"
    return "nothing satisfies it"


def representable(value):
    """Whether `serde_json::Value` can hold it: integers of 64 bits, text without lone surrogates."""
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, int):
        return -(2**63) <= value < 2**64
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, str):
        return not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, list):
        return all(map(representable, value))
    return all(representable(key) and representable(item) for key, item in value.items())


def differences(left, right, floats, path=()):
    """Where two JSON values differ, as (path, what). Numbers are compared as numbers; key order doesn't matter."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in left:
            if key not in right:
                yield (*path, key), "lost null" if left[key] is None else "lost"
            else:
                yield from differences(left[key], right[key], floats, (*path, key))
        yield from (((*path, key), "added") for key in right if key not in left)
    elif isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            yield path, "other length"
        for index, (one, other) in enumerate(zip(left, right, strict=False)):
            yield from differences(one, other, floats, (*path, index))
    elif number(left) and number(right):
        if not same_number(left, right, floats):
            yield path, "other number"
    elif type(left) is not type(right):
        yield path, "other type"
    elif left != right:
        yield path, "other text" if isinstance(left, str) else "other value"


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same_number(left, right, floats):
    """`floats`: the schema has numbers of 32 bits."""
    # A double is the one that is nearest to what is written, and so is an integer that was read as one.
    left, right = float(left), float(right)
    if left == right:
        return True
    return floats and max(abs(left), abs(right)) < 3.5e38 and as_float(left) == as_float(right)


def as_float(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def nodes(schema, value, path=(), trail=()):
    """Every schema that a value, or something in it, was drawn from: (schema, value, path, the schemas around it)."""
    if not isinstance(schema, dict):
        return
    yield schema, value, path, trail
    inner = (*trail, schema)
    for part in schema.get("allOf", []):
        yield from nodes(part, value, path, inner)
    for key in ("anyOf", "oneOf"):
        for part in schema.get(key, []):
            if holds(validator(part), value):
                yield from nodes(part, value, path, inner)
    if isinstance(value, dict):
        for key, item in value.items():
            for part in of_property(schema, key):
                yield from nodes(part, item, (*path, key), inner)
    if isinstance(value, list):
        items = schema.get("items")
        for index, item in enumerate(value):
            part = items
            if isinstance(items, list):
                part = items[index] if index < len(items) else schema.get("additionalItems")
            yield from nodes(part, item, (*path, index), inner)


def of_property(schema, key):
    """The schemas that an object's schema has for one property."""
    found = [schema["properties"][key]] if key in schema.get("properties", {}) else []
    found += [part for pattern, part in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
    return found or [schema.get("additionalProperties")]


WRONG = {"string": 17, "integer": "seventeen", "number": "seventeen", "boolean": "true", "array": {}, "object": []}


def breaks(schema, value, choose):
    """Values that break one constraint of this schema: (keyword, value)."""

    def stated(key):
        return key in schema and key not in schema.get("x-unstated", [])

    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    if stated("type"):
        yield "type", WRONG.get(next((word for word in types if word != "null"), "string"), 17)
        if types == ["integer"]:
            yield "type (fraction)", 17.5
        if "null" not in types:
            yield "type (null)", None
    if "enum" in schema:
        words = [item for item in schema["enum"] if isinstance(item, str)]
        yield "enum", (max(words, key=len) + "-unlisted") if words else 987654
    if "const" in schema:
        yield "const", "unlisted" if isinstance(schema["const"], str) else 987654
    if "anyOf" in schema or "oneOf" in schema:
        for other in (None, True, 17.5, "unlisted", [], {}, {"zz-unlisted": 1}):
            yield "choice", other
    if isinstance(value, str):
        yield from broken_text(schema, value, stated)
    elif number(value):
        yield from broken_number(schema, value, stated)
    elif isinstance(value, list):
        yield from broken_list(schema, value)
    elif isinstance(value, dict):
        yield from broken_object(schema, value, choose)


def broken_text(schema, value, stated):
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if least:
        yield "minLength", value[: least - 1]
    if most is not None and most < 100_000:
        yield "maxLength", (value or "x") + "x" * (most + 1 - len(value or "x"))
    if stated("pattern"):
        for text in ("", "\u2603", value + "\u2603", " " + value, "0", "Zz"):
            if not re.search(schema["pattern"], text) and least <= len(text) <= (most or len(text)):
                yield "pattern", text
                break


def broken_number(schema, value, stated):
    whole = isinstance(value, int)
    if stated("minimum"):
        yield "minimum", schema["minimum"] - 1
    if stated("maximum"):
        yield "maximum", schema["maximum"] + 1
    if "exclusiveMinimum" in schema:
        yield "exclusiveMinimum", schema["exclusiveMinimum"]
    if "exclusiveMaximum" in schema:
        yield "exclusiveMaximum", schema["exclusiveMaximum"]
    step = schema.get("multipleOf")
    if step and (not whole or step != 1):
        yield "multipleOf", value + 1 if whole and isinstance(step, int) else value + step / 2


def broken_list(schema, value):
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if least:
        yield "minItems", value[: least - 1]
    if most is not None and most < 2000 and value:
        yield "maxItems", value + [value[-1]] * (most + 1 - len(value))
    if schema.get("uniqueItems") is True and value:
        yield "uniqueItems", [*value, value[0]]


def broken_object(schema, value, choose):
    present = [name for name in schema.get("required", []) if name in value]
    if present:
        gone = choose.choice(present)
        yield "required", {key: item for key, item in value.items() if key != gone}
    if schema.get("additionalProperties") is False:
        yield "additionalProperties", {**value, "zz-unlisted": 1}
    if schema.get("minProperties"):
        keep = list(value)[: schema["minProperties"] - 1]
        yield "minProperties", {key: value[key] for key in keep}
    most = schema.get("maxProperties")
    if most is not None and most < 1000 and value:
        more = {f"zz-{index}": next(iter(value.values())) for index in range(most + 1 - len(value))}
        yield "maxProperties", {**value, **more}


def invalid(loose, values, most, seconds):
    """Values that break one constraint at one place: (keyword, value, path, schema of the place, and the schemas around that).

    Each constraint of the schema that a drawn value reaches is broken once, up to `most`.
    """
    choose, check, seen = random.Random(0), validator(loose), set()
    end = time.monotonic() + seconds
    out = []
    for value in values:
        for schema, part, path, trail in nodes(loose, value):
            for keyword, broken in breaks(schema, part, choose):
                if len(out) >= most or time.monotonic() > end:
                    return out
                if (id(schema), keyword) in seen:
                    continue
                whole = replaced(value, path, broken)
                if not holds(check, whole):
                    seen.add((id(schema), keyword))
                    out.append((keyword, whole, path, schema, trail))
    return out


def with_points(values, check):
    """Some of the values, with whole numbers written as `1.0`: integers, as JSON Schema has it."""
    out = []
    for value in values:
        pointed = with_point(value)
        if len(out) < 2 and json.dumps(pointed) != json.dumps(value) and holds(check, pointed):
            out.append(pointed)
    return out


def with_point(value):
    if isinstance(value, dict):
        return {key: with_point(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_point(item) for item in value]
    whole = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if whole and abs(value) < 2**53 else value


def ambiguous(strict, loose, values, most):
    """Values of which several alternatives of a `oneOf` hold, and that break nothing else, with the place and the schema of the
    choice: some of those that were drawn, and what two of them say together."""
    exact, check = validator(strict), validator(loose)
    objects = [value for value in values if isinstance(value, dict)][:6]
    together = [{**one, **other} for one in objects for other in objects if one is not other]
    out = []
    for value in [*values, *together]:
        if len(out) < most and holds(check, value) and not holds(exact, value):
            places = ((path, schema) for schema, part, path, _ in nodes(strict, value) if several(schema, part))
            out += [(value, *place) for place in places][:1]
    return out


def several(schema, value):
    """Whether several alternatives of a `oneOf` hold; those that a `format` may tell apart don't count."""
    held = [part for part in schema.get("oneOf", []) if holds(validator(part), value)]
    return sum('"format"' not in json.dumps(part) for part in held) > 1


def replaced(value, path, new):
    """The value with something else at a place."""
    if not path:
        return new
    if isinstance(value, dict):
        return {key: replaced(item, path[1:], new) if key == path[0] else item for key, item in value.items()}
    return [replaced(item, path[1:], new) if index == path[0] else item for index, item in enumerate(value)]


def smaller(value):
    """Values with one part less."""
    if isinstance(value, dict):
        for key in value:
            yield {other: item for other, item in value.items() if other != key}
        for key, item in value.items():
            for less in smaller(item):
                yield {**value, key: less}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
        for index, item in enumerate(value):
            for less in smaller(item):
                yield [*value[:index], less, *value[index + 1 :]]
    elif isinstance(value, str) and len(value) > 1:
        yield value[: len(value) // 2]
        yield value[:-1]


def shrunk(value, fails, seconds):
    """A smaller value that still fails in the same way."""
    end = time.monotonic() + seconds
    again = True
    while again and time.monotonic() < end:
        again = False
        for less in smaller(value):
            if time.monotonic() > end:
                break
            if fails(less):
                value, again = less, True
                break
    return value
