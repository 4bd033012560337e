"""The Rust side: specwright writes a types crate for each description, and each gets a driver that speaks JSON lines."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

DRIVER = """[package]
name = "{name}-driver"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
serde = {{ version = "1", default-features = false }}
serde_json = "1"
types = {{ package = "{name}-types", path = "../types" }}
"""

WORKSPACE = """[workspace]
resolver = "3"
members = [{members}]

[profile.dev]
debug = false
incremental = false
"""


class Document:
    """A description, and where its crates are."""

    def __init__(self, path, base, keep):
        self.path = Path(path).resolve()
        # Whether properties that the description doesn't name are kept (`unknown-fields = "keep"`).
        self.keep = keep
        shown = self.path.relative_to(base) if self.path.is_relative_to(base) else Path(self.path.name)
        self.shown = str(shown)
        stem = str(shown.with_suffix("")).lower().removesuffix("/openapi")
        # Packages can't have names of any length.
        key = hashlib.sha256(self.shown.encode()).hexdigest()[:8]
        self.name = "d-" + re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[-32:].strip("-") + f"-{key}"
        self.name += "-keep" if keep else "-default"
        # The places of all schemas with a generated type, and which it is: what a choice was read as is told by it.
        self.types = {}
        # Of each schema: file, pointer, Rust type, kind of type.
        self.schemas = []
        self.problem = None


def specwright(target, release):
    """Builds the generator; the path of the program."""
    profile = ["--release"] if release else []
    build = ["cargo", "build", "--quiet", "--bin", "specwright", "--manifest-path", ROOT / "Cargo.toml"]
    subprocess.run([*build, *profile], check=True, env={**os.environ, "CARGO_TARGET_DIR": str(target)})
    return target / ("release" if release else "debug") / "specwright"


def generate(program, documents, work, jobs):
    """Writes the types crate of each document; sets `schemas`, or `problem`."""
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(lambda document: generate_one(program, document, work), documents))


def generate_one(program, document, work):
    # What is there from an earlier run stays: specwright writes only what differs, so that only that is compiled again.
    config = work / document.name / "specwright.toml"
    write(
        config,
        f"[apis.{document.name}]\nspec = {json.dumps(str(document.path))}\n"
        f'out = "."\nemit = ["types"]\nunknown-fields = "{"keep" if document.keep else "ignore"}"\n',
    )
    ran = run(program, "generate", "--force", "--config", config)
    listed = run(program, "dump", "types", document.path) if ran.returncode == 0 else ran
    if listed.returncode == 0:
        listed = [json.loads(line) for line in listed.stdout.splitlines()]
        document.types = {(schema["file"], schema["pointer"]): schema for schema in listed if schema["kind"]}
        document.schemas = roots(listed)
    else:
        errors = [line for line in ran.stderr.splitlines() if line.startswith("error")]
        document.problem = "isn't generated: " + (errors or ["?"])[0]


def write(path, text):
    """Writes a file, unless that is what is in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def run(*arguments):
    return subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=False)


def roots(schemas):
    """The generated types whose schema isn't part of another one's."""
    named = [schema for schema in schemas if schema["kind"]]
    places = {(schema["file"], schema["pointer"]) for schema in named}
    out, seen = [], set()
    for schema in named:
        file, pointer = schema["file"], schema["pointer"]
        tokens = pointer.split("/")
        inside = any((file, "/".join(tokens[:end])) in places for end in range(2, len(tokens)))
        if not inside and (file, pointer) not in seen:
            seen.add((file, pointer))
            out.append(schema)
    return sorted(out, key=lambda schema: (schema["file"], schema["pointer"]))


def build(documents, work, jobs):
    """Compiles a driver for each document; sets `problem` where that fails."""
    members = []
    for document in documents:
        folder = work / document.name / "driver"
        write(folder / "Cargo.toml", DRIVER.format(name=document.name))
        write(folder / "src" / "main.rs", (HERE / "driver.rs").read_text())
        checks = "".join(f"    super::check::<types::{schema['type']}>,\n" for schema in document.schemas)
        write(folder / "src" / "table.rs", f"pub(crate) const TYPES: &[super::Check] = &[\n{checks}];\n")
        members += [f"{document.name}/types", f"{document.name}/driver"]
    listed = ", ".join(json.dumps(member) for member in members)
    write(work / "Cargo.toml", WORKSPACE.format(members=listed))
    shutil.copy(ROOT / "Cargo.lock", work / "Cargo.lock")
    target = work / "target"
    for document in documents:
        program(document, work).unlink(missing_ok=True)  # what doesn't compile now isn't there afterwards
    command = ["cargo", "build", "--quiet", "--keep-going", "--bins", "--jobs", str(jobs)]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target), "CARGO_TERM_COLOR": "never"}
    ran = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    (work / "build.log").write_text(ran.stderr)
    for document in documents:
        if not program(document, work).exists():
            document.problem = f"doesn't compile; see `build.log` in {work.name}"


def program(document, work):
    return work / "target" / "debug" / f"{document.name}-driver"


class Driver:
    """A running driver."""

    def __init__(self, path):
        self.path, self.process = path, None

    def ask(self, number, value):
        """What becomes of a value when it is read as the type of this number and written again."""
        if self.process is None:
            pipe = subprocess.PIPE
            self.process = subprocess.Popen([self.path], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        try:
            self.process.stdin.write(f"{number} {json.dumps(value)}\n".encode())
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer:
            self.close()
            return {"died": True}
        return json.loads(answer)

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
