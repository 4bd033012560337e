#!/usr/bin/env python3
"""Projects that `specwright new` writes: formatted, without warnings, their tests pass, they answer and stop, and a second run keeps them.

    tests/scaffold/run.py                    # of specs/mattermost-oauth, in a minute or two
    tests/scaffold/run.py SPEC…              # of these descriptions
    tests/scaffold/run.py --all              # of a choice from ../shared/corpus
    tests/scaffold/run.py --formatted        # only whether they are formatted, of all documents of ../shared/corpus, in five minutes

The projects are below target/scaffold, and share one target directory. CARGO says how cargo is called.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "target/scaffold"
CARGO = os.environ.get("CARGO", "cargo")
CORPUS = ROOT.parent / "shared/corpus"
CHOICE = [line for line in (Path(__file__).parent / "choice.txt").read_text().splitlines() if line]


class Failed(Exception):
    pass


def run(*command, cwd=ROOT, **more):
    env = dict(os.environ, CARGO_TARGET_DIR=str(OUT / "target"), CARGO_INCREMENTAL="0", CARGO_TERM_COLOR="never")
    if cwd == ROOT:
        del env["CARGO_TARGET_DIR"]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, **more)
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout[-6000:]}{done.stderr[-6000:]}")
    return done.stdout


def specwright():
    run(CARGO, "build", "--quiet", "--bin", "specwright")
    return ROOT / "target/debug/specwright"


def texts(project):
    """The files of the user by path."""
    files = (path for path in project.rglob("*") if path.is_file())
    own = (path for path in files if "generated" not in path.parts and path.name != "Cargo.lock")
    return {str(path.relative_to(project)): path.read_bytes() for path in own}


def check(tool, spec, name, served):
    project = OUT / name
    if project.exists():
        shutil.rmtree(project)
    run(tool, "new", spec, project, "--name", name, *(["--serve-document"] if served else []))
    before = texts(project)
    run(CARGO, "fmt", "--check", cwd=project)
    run(CARGO, "clippy", "--quiet", "--all-targets", "--", "-D", "warnings", cwd=project)
    tested = run(CARGO, "test", "--quiet", cwd=project)
    if "test result: ok" not in tested:
        raise Failed(f"no tests\n{tested}")
    run(CARGO, "build", "--quiet", cwd=project)
    answers(OUT / f"target/debug/{name}-service", project, served)
    (group, *_) = sorted((project / "src/handlers").glob("[!m]*.rs")) or sorted(project.glob("src/handlers/m*s.rs"))
    group.unlink()
    run(tool, "new", spec, project)
    if texts(project) != before:
        raise Failed("a second run has changed something")


def answers(program, project, served):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    env = dict(os.environ, LISTEN=f"127.0.0.1:{port}", LOG_FORMAT="json")
    service = subprocess.Popen([program], env=env, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            if subprocess.run([program, "--health"], env=env, capture_output=True).returncode == 0:
                break
            time.sleep(0.1)
        else:
            raise Failed("the service isn't well")
        health = (project / "src/health.rs").read_text().split('PATH: &str = "')[1].split('"')[0]
        url = f"http://127.0.0.1:{port}"
        if urllib.request.urlopen(url + health).read() != b"ok\n":
            raise Failed("the health check answers something else")
        if served and b'"info"' not in urllib.request.urlopen(url + "/openapi.json").read():
            raise Failed("the description isn't served")
        try:
            urllib.request.urlopen(url + "/no/such/path/at/all/of/any/api")
        except urllib.error.HTTPError as error:
            if error.code != 404 or error.headers["content-type"] != "application/problem+json":
                raise Failed(f"an unknown path: {error.code} {error.headers}")
            if not error.headers["x-request-id"]:
                raise Failed("there is no request id")
        service.send_signal(signal.SIGTERM)
        _, log = service.communicate(timeout=20)
    finally:
        service.kill()
    if service.returncode or '"stopped"' not in log or "404" not in log:
        raise Failed(f"{service.returncode}\n{log}")


def formatted(tool):
    """Checks the format of every project of the corpus, as rustfmt breaks lines by rules that `new` has to know."""
    documents = (path for path in CORPUS.rglob("*") if path.suffix in {".json", ".yaml", ".yml"} and "multifile" not in path.parts)
    project, written, failed = OUT / "formatted", 0, 0
    for spec in sorted(documents):
        if project.exists():
            shutil.rmtree(project)
        try:
            run(tool, "new", spec, project, "--name", "api")
        except Failed:
            print(f"{spec}: not written", flush=True)  # The description is invalid.
            continue
        written += 1
        try:
            run("rustfmt", "--edition", "2024", "--check", *project.glob("src/**/*.rs"), *project.glob("tests/**/*.rs"))
        except Failed as error:
            print(f"{spec}: FAILED: {error}", flush=True)
            failed += 1
    print(f"{written} projects, {failed} not formatted")
    sys.exit(1 if failed or not written else 0)


def main(arguments):
    if arguments in (["--all"], ["--formatted"]) and not CORPUS.exists():
        return print("skipped: ../shared isn't there")
    if arguments == ["--formatted"]:
        OUT.mkdir(parents=True, exist_ok=True)
        return formatted(specwright())
    if arguments == ["--all"]:
        specs = [CORPUS / path for path in CHOICE]
    else:
        specs = [Path(path).resolve() for path in arguments] or [ROOT / "specs/mattermost-oauth/openapi.yaml"]
    OUT.mkdir(parents=True, exist_ok=True)
    tool, failed = specwright(), 0
    for number, spec in enumerate(specs):
        began = time.monotonic()
        try:
            # Every second one serves its description.
            check(tool, spec, f"api{number}" if len(specs) > 1 else "api", number % 2 == 0)
            said = "ok"
        except (Failed, OSError, subprocess.SubprocessError) as error:
            said, failed = f"FAILED: {error}", failed + 1
        print(f"{spec}: {said} ({time.monotonic() - began:.0f} s)", flush=True)
    sys.exit(1 if failed else 0)


main(sys.argv[1:])
