#!/usr/bin/env python3
"""Measures how faithfully generated types read and write the values that descriptions allow; see `--help`.

It needs Python 3.11. It makes a virtual environment below `target/`, installs `requirements.txt` into it, and
goes on as `harness.py` there.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    if sys.version_info < (3, 11):
        sys.exit("the packages in requirements.txt need Python 3.11")
    target = Path(os.environ.get("CARGO_TARGET_DIR") or HERE.parents[1] / "target").resolve()
    wanted = (HERE / "requirements.txt").read_bytes()
    # The environment of other requirements, or of another Python, is left alone.
    key = hashlib.sha256(wanted + sys.version.encode()).hexdigest()[:12]
    place = target / "fidelity" / f"venv-{key}"
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        venv.create(place, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", HERE / "requirements.txt"], check=True)
        (place / "complete").touch()
    os.environ["FIDELITY_TARGET"] = str(target)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(target / "fidelity" / "hypothesis")
    os.execv(python, [str(python), str(HERE / "harness.py"), *sys.argv[1:]])


if __name__ == "__main__":
    main()
