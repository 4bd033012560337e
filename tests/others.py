"""What the scripts here share that let programs of others judge: installing those below the target directory, waiting for them, running tests."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
import venv
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


def test(name, **variables):
    """Runs tests of `templates/`, and returns how cargo ended. None at all is a failure, too."""
    command = [CARGO, "test", "-p", "specwright-templates", "--test", "suite", name]
    ran = subprocess.run(command, cwd=ROOT, env=dict(os.environ, **variables), stdout=subprocess.PIPE, text=True)
    sys.stdout.write(ran.stdout)
    if ran.returncode == 0 and " 0 passed" in ran.stdout:
        sys.exit(f"there is no test {name}")
    return ran.returncode
