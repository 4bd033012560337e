"""What `run.py` goes on as; `--help` says what it does."""

import argparse
import json
import multiprocessing
import os
import random
import re
import sys
import time
from pathlib import Path

import crates
import exports
import mocks
import report
import schemas
import values
import vocabulary

ROOT = crates.ROOT
CORPUS = ROOT.parent / "shared" / "corpus"
# Descriptions that are compiled together.
CHUNK = 24
# Small documents of the corpus for the everyday run, between them of every version and most of what schemas say.
SAMPLE = [
    "openapi3/1password.local__connect.json",
    "openapi3/rev.ai.json",
    "openapi31/adyen.com__TestCardService.json",
    "swagger2/go-swagger__bugs__2448__fixture-2448.yaml",
    "swagger2/go-swagger__enhancements__2444__fixture-2244.yaml",
]


def arguments():
    parser = argparse.ArgumentParser(
        prog="tests/fidelity/run.py",
        description="Draws values from the schemas of descriptions, lets the generated types read and write them, and tells "
        "which were refused or came back changed; then values that break one stated constraint, which must be refused. "
        "Each description is examined by the default configuration and with `unknown-fields = \"keep\"`.",
    )
    parser.add_argument("documents", nargs="*", type=Path, help="descriptions [default: a sample]")
    parser.add_argument(
        "--all", action="store_true", help="every description of specs/, tests/cases and ../shared/corpus"
    )
    parser.add_argument("--values", type=int, default=10, help="values drawn from each schema [default: 10]")
    parser.add_argument("--schemas", type=int, default=30, help="schemas of each description, at most [default: 30]")
    parser.add_argument("--seconds", type=float, default=4, help="time for drawing from one schema [default: 4]")
    parser.add_argument(
        "--nodes", type=int, default=250, help="size of a schema, references written out [default: 250]"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes [default: 2]")
    parser.add_argument("--minutes", type=float, default=600, help="begins nothing new after this time [default: 600]")
    parser.add_argument("--results", type=Path, help="where the report is written [default: standard output]")
    parser.add_argument("--least", type=float, default=0, help="exit with 1 if any share is below this percentage")
    parser.add_argument(
        "--keywords", type=int, metavar="N", help="examines each keyword instead, and N schemas drawn of several"
    )
    parser.add_argument(
        "--exports", action="store_true", help="instead, whether what `specwright upgrade` writes is valid"
    )
    parser.add_argument(
        "--mock", action="store_true", help="instead, whether what `specwright mock` answers is valid"
    )
    parser.add_argument("--seed", type=int, default=1, help="what these are drawn by [default: 1]")
    return parser.parse_args()


def main():
    options = arguments()
    target = Path(os.environ["FIDELITY_TARGET"])
    work = target / "fidelity" / "crates"
    if options.keywords is not None:
        program = crates.specwright(target, release=False)
        return min(1, vocabulary.run(program, work, options))
    documents = chosen(options)
    say(f"{len(documents)} descriptions")
    if options.exports:
        program = crates.specwright(target, release=options.all)
        once = {document.path: document for document in documents}
        return exports.run(program, target / "fidelity" / "exports", list(once.values()))
    if options.mock:
        program = crates.specwright(target, release=False)
        once = {document.path: document for document in documents}
        return mocks.run(program, target / "fidelity" / "mocks", list(once.values()), options.jobs)
    program = crates.specwright(target, release=options.all)
    crates.generate(program, documents, work, options.jobs)
    usable = [document for document in documents if document.problem is None and document.schemas]
    say(f"{len(usable)} have types")
    usable.sort(key=lambda document: len(document.schemas))
    results = []
    end = time.monotonic() + options.minutes * 60
    for first in range(0, len(usable), CHUNK):
        chunk = usable[first : first + CHUNK]
        if time.monotonic() > end:
            for document in chunk:
                document.problem = f"not begun after {options.minutes:g} minutes"
            continue
        results += examine_all(chunk, work, options)
        (work / "results.json").write_text(json.dumps(results))
    results.sort(key=lambda result: (result["document"], result["configuration"]))
    command = " ".join(["tests/fidelity/run.py", *sys.argv[1:]])
    before = options.results.read_text() if options.results and options.results.exists() else ""
    text = report.markdown(results, documents, command, before)
    if options.results:
        options.results.write_text(text)
    else:
        print(text)
    return report.verdict(results, options.least)


def examine_all(documents, work, options):
    """Compiles the drivers of some documents, and examines each."""
    for document in documents:
        document.schemas = sample(document.schemas, options.schemas)
    crates.build(documents, work, options.jobs)
    tasks = [(document, work, options) for document in reversed(documents) if document.problem is None]
    say(f"{len(tasks)} of {len(documents)} drivers compiled")
    results = []
    with multiprocessing.Pool(options.jobs, maxtasksperchild=1) as pool:
        for result in pool.imap_unordered(examine, tasks, chunksize=1):
            results.append(result)
            say(f"{result['document']} ({result['configuration']}): {report.line(result)}")
    return results


def say(text):
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def chosen(options):
    """The documents of this run."""
    if options.documents:
        paths = options.documents
    else:
        paths = [*ROOT.glob("specs/*/openapi.yaml"), *ROOT.glob("tests/cases/*/openapi.yaml")]
        paths = [path for path in paths if not path.parent.name.startswith("invalid-")]
        if options.all:
            paths += [path for path in CORPUS.glob("*/*") if path.suffix in (".json", ".yaml", ".yml")]
            paths += CORPUS.glob("multifile/*/*.y*ml")
        else:
            paths += [CORPUS / name for name in SAMPLE if (CORPUS / name).exists()]
    bases = [CORPUS, ROOT]
    documents = []
    for path in sorted(map(Path.resolve, paths)):
        base = next((base.resolve() for base in bases if path.is_relative_to(base.resolve())), path.parent)
        documents += [crates.Document(path, base, keep) for keep in (False, True)]
    return documents


def sample(all_schemas, most):
    """Some of a description's schemas, always the same ones."""
    if len(all_schemas) <= most:
        return all_schemas
    return sorted(random.Random(0).sample(all_schemas, most), key=lambda schema: schema["pointer"])


def examine(task):
    """Everything about one document."""
    document, work, options = task
    result = {"document": document.shown, "schemas": len(document.schemas), "undrawn": {}, "limits": {}, "failures": []}
    result["configuration"] = "keep" if document.keep else "default"
    result.update(values=0, accepted=0, equal=0, choices=0, told=0, invalid=0, refused=0)
    files = schemas.Files()
    driver = crates.Driver(crates.program(document, work))
    for number, listed in enumerate(document.schemas):
        examined = Examined(document, number, listed, driver, result)
        try:
            with values.limited(options.seconds * 5):
                examined.schema(schemas.Reader(files, document.path, options.nodes), options)
            continue
        except schemas.Unusable as reason:
            why = str(reason)
        except values.TimeUp:
            driver.close()  # there may be an answer that nobody read
            why = "out of time"
        except Exception as error:  # what one schema of a whole corpus does to this program shall not end it
            driver.close()
            why = f"this harness fails: {error!r:.100}"
        result["undrawn"][why] = result["undrawn"].get(why, 0) + 1
    driver.close()
    return result


class Examined:
    """One schema and its type."""

    def __init__(self, document, number, listed, driver, result):
        self.document, self.number, self.listed = document, number, listed
        self.driver, self.result = driver, result
        self.strict = self.loose = None
        self.check = None
        # What each check of the type has to find: of `validate`, `validate_request` and `validate_response`.
        self.checks = {}
        # Of the alternatives, if the schema is a choice: whether one holds, and the struct it is.
        self.alternatives = []

    def schema(self, reader, options):
        self.strict = reader.schema(self.listed["file"], self.listed["pointer"])
        self.loose = schemas.any_for_one(self.strict)
        self.check = values.validator(self.strict)
        ways = {"violations": None, "request": "request", "response": "response"}
        self.checks = {name: values.validator(schemas.demanded(self.strict, way)) for name, way in ways.items()}
        if self.listed["kind"] == "union":
            self.alternatives = self.structs(reader)
        # Half of the values have only the properties that have a name, the other half have others where they may.
        either = [schemas.closed(self.loose), self.loose]
        drawn, why = values.draw(either, self.strict, options.values, options.seconds)
        if not drawn:
            raise schemas.Unusable(why)
        for value in drawn + values.with_points(drawn, self.check):
            self.valid(value)
        for broken in values.invalid(self.loose, drawn, 30, options.seconds):
            self.invalid(*broken)
        for value, path, schema in values.ambiguous(self.strict, self.loose, drawn, 5):
            self.invalid("oneOf (several hold)", value, path, schema, ())

    def structs(self, reader):
        """The alternatives of a choice at the root that are structs of a name of their own."""
        file = (self.document.path.parent / self.listed["file"]).resolve()
        types = {
            ((self.document.path.parent / name).resolve(), pointer): schema
            for (name, pointer), schema in self.document.types.items()
        }
        found, written = [], reader.files.at(file, self.listed["pointer"])
        for key in ("oneOf", "anyOf"):
            for index, branch in enumerate(written.get(key) or []):
                pointer = f"{self.listed['pointer']}/{key}/{index}"
                reference = branch.get("$ref") if isinstance(branch, dict) else None
                place = reader.files.follow(file, reference) if reference else (file, pointer)
                made = types.get(place)
                name = made["type"].rpartition("::")[2] if made and made["kind"] == "struct" else None
                found.append((values.validator(reader.schema(self.listed["file"], pointer)), name))
        return found

    def ask(self, value):
        return self.driver.ask(self.number, value)

    def valid(self, value):
        self.result["values"] += 1
        self.told_apart(value)
        cause = self.cause(value)
        if cause is None or cause[0] == "changed":
            self.result["accepted"] += 1
        if cause is None:
            self.result["equal"] += 1
            return
        kind, why, path = cause
        less = value
        if not any((one["kind"], one["cause"]) == (kind, why) for one in self.result["failures"]):
            less = values.shrunk(value, lambda less: self.fails_alike(less, kind, why), 3)
            _, _, path = self.cause(less) or cause
        self.fail(kind, why, less, path)

    def told_apart(self, value):
        """Counts whether a value that only one alternative holds for was read as that one."""
        held = [name for check, name in self.alternatives if values.holds(check, value)]
        names = {name for _, name in self.alternatives if name}
        read = re.match(r"\w+\((\w+) \{", self.ask(value).get("is", ""))
        if len(held) != 1 or held[0] is None or not read or read[1] not in names:
            return
        self.result["choices"] += 1
        if read[1] == held[0]:
            self.result["told"] += 1
        else:
            self.fail("read as another alternative", f"as `{read[1]}`", value, ())

    def fails_alike(self, value, kind, why):
        if value is None or not values.holds(self.check, value):
            return False
        cause = self.cause(value)
        return cause is not None and cause[:2] == (kind, why)

    def cause(self, value):
        """What is wrong with what became of a valid value: (kind, words that such cases share, path), or nothing."""
        answer = self.ask(value)
        if "written" not in answer:
            text = answer.get("refused") or answer.get("unwritable") or "the driver died"
            path, message = self.told(text, value)
            return "refused at reading", f"{message}; {self.around(value, path)}", path
        for name in self.checks:
            if answer[name]:
                path, message = self.told(answer[name][0], value)
                return "refused by validate", f"{message}; {self.around(value, path)}", path
        floats = '"x-float"' in json.dumps(self.strict)
        for path, what in values.differences(value, json.loads(answer["written"]), floats):
            if what.startswith("lost") and not self.document.keep and not self.declared(value, path):
                continue
            return "changed", f"{what}; {self.around(value, path)}", path
        return None

    def declared(self, value, path):
        """Whether the schema says anything of what is at a place."""
        return any(at == path for _, _, at, _ in values.nodes(self.strict, value))

    def told(self, text, value):
        """The place and the words of a message."""
        pointer, colon, message = text.partition(": ")
        if not pointer.startswith("/") or not colon:
            return (), shorn(text)
        path, at = [], value
        for token in pointer.split("/")[1:]:
            token = token.replace("~1", "/").replace("~0", "~")
            token = int(token) if isinstance(at, list) and token.isdigit() else token
            path.append(token)
            try:
                at = at[token]
            except (KeyError, IndexError, TypeError):
                at = None
        return tuple(path), shorn(message)

    def around(self, value, path):
        """The keywords of the schemas that the place was drawn from."""
        here, before = set(), set()
        for schema, _, at, _ in values.nodes(self.loose, value):
            if at == path:
                here |= keywords(schema)
            elif at == path[:-1]:
                before |= keywords(schema)
        words = ", ".join(sorted(here)) or "no schema"
        return f"{words} (in {', '.join(sorted(before))})" if path else words

    def invalid(self, keyword, value, path, schema, trail):
        """A value that breaks a keyword of `schema`, which stands at `path`, inside `trail`."""
        self.result["invalid"] += 1
        answer = self.ask(value)
        wanted = {name: not values.holds(check, value) for name, check in self.checks.items()}
        refused = {name: "written" not in answer or bool(answer[name]) for name in wanted}
        for name in wanted:
            if refused[name] and not wanted[name]:
                # It lacks what only the other direction demands.
                if re.search("required property is missing", answer.get("refused", "")):
                    self.limited("a type that only one direction uses demands what that direction has when it is read")
                    self.result["refused"] += 1
                    return
                said = answer[name][0] if "written" in answer else str(answer)
                self.fail("refused by validate", f"{shorn(said)}, what only the other direction demands", value, path, schema)
                return
        if refused == wanted:
            self.result["refused"] += 1
            return
        limit = self.limit(keyword, (*trail, schema))
        if limit:
            self.limited(f"not refused: {limit}")
            return
        why = f"`{keyword}` of {', '.join(sorted(keywords(schema)))}"
        if any(set(one) & {"anyOf", "oneOf"} for one in trail):
            why += " inside a choice"
        self.fail("not refused", why, value, path, schema)

    def limited(self, limit):
        self.result["limits"][limit] = self.result["limits"].get(limit, 0) + 1

    def limit(self, keyword, trail):
        """The known limit by which nobody notices that a valid value was broken."""
        if keyword == "type (null)" and "application/merge-patch+json" in self.document.path.read_text():
            return "null removes what a merge patch is about (RFC 7396), whatever the schema declares"
        if self.listed["kind"] == "alias" and not any("properties" in one for one in trail):
            return "an alias is no type of its own: its constraints are checked where it is used"
        return None

    def fail(self, kind, cause, value, path, schema=None):
        if schema is None:
            at = [one for one, _, where, _ in values.nodes(self.strict, value) if where == path[:-1]]
            schema = at[0] if at else self.strict
        self.result["failures"].append(
            {
                "kind": kind,
                "cause": cause,
                "document": self.document.shown,
                "configuration": self.result["configuration"],
                "pointer": self.listed["pointer"],
                "type": self.listed["type"],
                "path": "/".join(map(str, path)),
                "schema": json.dumps(schema),
                "value": json.dumps(value),
            }
        )


def shorn(message):
    """A message without what differs from case to case."""
    return re.sub(r"\d+", "N", re.sub(r"`[^`]*`", "`…`", message))


def keywords(schema):
    """What a schema says, in words that other schemas share."""
    types = schema.get("type", [])
    out = set(types if isinstance(types, list) else [types])
    if isinstance(types, list) and types:
        out = {"|".join(types)}
    for key in ("allOf", "anyOf", "oneOf", "not", "const", "patternProperties", "propertyNames", "if"):
        if key in schema:
            out.add(key)
    if "enum" in schema:
        kinds = {type(item).__name__ for item in schema["enum"]}
        out.add(f"enum of {'/'.join(sorted(kinds))}")
    if isinstance(schema.get("items"), list):
        out.add("tuple")
    if "format" in schema:
        out.add(f"format {schema['format']}")
    if "additionalProperties" in schema and "properties" in schema:
        others = schema["additionalProperties"]
        out.add(f"additionalProperties {str(others).lower() if isinstance(others, bool) else 'typed'}")
    return out


if __name__ == "__main__":
    sys.exit(main())
