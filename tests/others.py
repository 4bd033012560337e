"""What the scripts here share that let programs of others judge: installing those below the target directory, waiting for them, running tests."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from contextlib import contextmanager
from pathlib import Path
from socket import socket

ROOT = Path(__file__).resolve().parents[1]
CARGO = os.environ.get("CARGO", "cargo")


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()


def python(name, *packages):
    """A Python that has these packages of PyPI."""

    def install(home):
        venv.create(home, with_pip=True)
        pip = [home / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *packages], check=True)

    return installed(name, packages, install) / "bin" / "python"


def node(name, *packages):
    """The folder `node_modules` with these packages of npm; their programs are in `.bin`."""

    def install(home):
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", home]
        subprocess.run([*npm, *packages], check=True)

    return installed(name, packages, install) / "node_modules"


def node_script(modules, script):
    """A copy of a script in a place where it finds the packages of `modules`."""
    copy = modules.parent / script.name
    copy.write_text(script.read_text())
    return copy


def installed(name, packages, install):
    """A folder that `install` has filled: anew if other packages are wanted, or if it broke off."""
    home = target() / name
    mark, wanted = home / "installed", "\n".join(packages)
    if not mark.exists() or mark.read_text() != wanted:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        install(home)
        mark.write_text(wanted)
    return home


def free_port():
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process):
    """Returns when a URL responds; ends the script if the process that should does not."""
    for _ in range(300):
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended with {process.returncode}")
        try:
            return urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{url} does not respond")


def built_program(kind, *features):
    """The command line (`cli`) or the tools (`mcp`) of Mattermost, generated and built without TLS."""
    folder = target() / kind / "crates"
    folder.mkdir(parents=True, exist_ok=True)
    spec = ROOT / "specs" / "mattermost-oauth" / "openapi.yaml"
    generate = ["run", "--quiet", "--package", "specwright", "--", "generate", spec, "--name", "mattermost-oauth", "--emit", kind, "--out", folder]
    subprocess.run([CARGO, *generate], cwd=ROOT, check=True)
    (folder / "Cargo.toml").write_text(f'[workspace]\nresolver = "3"\nmembers = ["types", "client", "{kind}"]\n')
    # The versions that the repository itself is tested with.
    shutil.copy(ROOT / "Cargo.lock", folder)
    name = f"mattermost-oauth-{kind}"
    build = [CARGO, "build", "--quiet", "--package", name, "--no-default-features", "--features", ",".join(features)]
    subprocess.run([*build, "--target-dir", target()], cwd=folder, check=True)
    return target() / "debug" / name


def built_service():
    """The service of `tests/service`."""
    place = target() / "service"
    build = [CARGO, "build", "--quiet", "--locked", "--bins", "--target-dir", place]
    subprocess.run(build, cwd=ROOT / "tests" / "service", check=True)
    return place / "debug" / "mattermost-oauth-service"


@contextmanager
def real_service(program=None):
    """That service at work; gives its URL, a user who may do everything, and that user's token."""
    program = program or built_service()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        variables = {
            "DATABASE_URL": f"sqlite:{folder}/apps.db",
            "SERVICE_LISTEN": f"127.0.0.1:{port}",
            "SERVICE_REGISTRATION": "on",
            "SERVICE_REGISTRATIONS_PER_SECOND": "0",
        }
        env = dict(os.environ, **variables)
        permissions = ["manage_oauth", "manage_system_wide_oauth", "edit_other_users", "manage_system"]
        made = subprocess.run([program, "token", "root", *permissions], env=env, check=True, capture_output=True, text=True)
        user, token = made.stdout.split()
        with subprocess.Popen([program], env=env, stdout=subprocess.DEVNULL) as server:
            try:
                url = f"http://127.0.0.1:{port}"
                wait_for(f"{url}/.well-known/oauth-authorization-server", server)
                yield url, user, token
            finally:
                server.terminate()


def test(name, **variables):
    """Runs tests of `templates/`, and returns how cargo ended. None at all is a failure, too."""
    command = [CARGO, "test", "-p", "specwright-templates", "--test", "suite", name]
    ran = subprocess.run(command, cwd=ROOT, env=dict(os.environ, **variables), stdout=subprocess.PIPE, text=True)
    sys.stdout.write(ran.stdout)
    if ran.returncode == 0 and " 0 passed" in ran.stdout:
        sys.exit(f"there is no test {name}")
    return ran.returncode
