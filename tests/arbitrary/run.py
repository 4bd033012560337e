#!/usr/bin/env python3
"""Draws values of every type of real descriptions by proptest, as users' tests do, and reads what is written of each.

    tests/arbitrary/run.py                  # a sample of `../shared/corpus`, in a few minutes
    tests/arbitrary/run.py --count 200      # more of it
    tests/arbitrary/run.py openapi.yaml     # one description

A value that isn't valid is never drawn, as each is validated; what is counted is of which types none is found, and which values don't
equal what is read of their JSON.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"

DRIVER = """use proptest::arbitrary::Arbitrary;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fmt::Debug;

fn check<T>(name: &str)
where
    T: Arbitrary + serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug,
{
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for _ in 0..20 {
        let value = match T::arbitrary().new_tree(&mut runner) {
            Ok(tree) => tree.current(),
            Err(_) => return println!("none {name}"),
        };
        let json = serde_json::to_string(&value).unwrap();
        let read: Result<T, _> = serde_json::from_str(&json);
        if read.as_ref().ok() != Some(&value) {
            return println!("differs {name} {json}");
        }
    }
    println!("good {name}");
}

fn main() {
"""

MANIFEST = """[package]
name = "{name}-driver"
version = "0.0.0"
edition = "2024"

[dependencies]
proptest = {{ version = "1", default-features = false, features = ["std"] }}
serde = "1"
serde_json = {{ version = "1", features = ["float_roundtrip"] }}
types = {{ package = "{name}-types", path = "../types", features = ["proptest"] }}
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("documents", nargs="*", type=Path)
    options.add_argument("--count", type=int, default=12)
    options = options.parse_args()
    documents = options.documents or sample(options.count)
    if not documents:
        sys.exit(f"{CORPUS} isn't there: name a description")
    target = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
    work = target / "arbitrary"
    work.mkdir(parents=True, exist_ok=True)
    run("cargo", "build", "--quiet", "--bin", "specwright", "--manifest-path", ROOT / "Cargo.toml")
    crates = [crate for at, path in enumerate(documents) if (crate := generate(target, work, at, path))]
    members = [f'"{name}/{part}"' for _, name in crates for part in ("types", "driver")]
    (work / "Cargo.toml").write_text(
        f'[workspace]\nresolver = "3"\nmembers = [{", ".join(members)}]\n[profile.dev]\ndebug = false\n'
    )
    counts, failures = {}, []
    for path, name in crates:
        built = run("cargo", "build", "--quiet", "--manifest-path", work / name / "driver" / "Cargo.toml", check=False)
        if built.returncode:
            failures.append(f"{path}: doesn't compile\n{built.stderr[-2000:]}")
            continue
        ran = run(work / "target" / "debug" / f"{name}-driver", check=False)
        if ran.returncode:
            failures.append(f"{path}: {ran.stderr[-500:]}")
        for line in ran.stdout.splitlines():
            verdict, rest = line.split(" ", 1)
            counts[verdict] = counts.get(verdict, 0) + 1
            if verdict != "good":
                failures.append(f"{path}: {verdict} {rest[:300]}")
    print("\n".join(failures))
    print(f"{len(crates)} descriptions, types: {counts}")
    sys.exit(any(" differs " in line or "compile" in line for line in failures))


def sample(count):
    """Descriptions of all sizes up to a megabyte, and those of this repository."""
    found = [path for path in CORPUS.rglob("*") if path.suffix in {".json", ".yaml", ".yml"}]
    found = sorted((path for path in found if 2_000 < path.stat().st_size < 1_000_000), key=lambda path: (path.stat().st_size, path))
    step = max(len(found) // count, 1)
    return found[step // 2 :: step][:count]


def generate(target, work, at, path):
    name = f"d{at}"
    folder = work / name
    (folder / "driver" / "src").mkdir(parents=True, exist_ok=True)
    spec = json.dumps(str(path.resolve()))
    (folder / "specwright.toml").write_text(
        f'[apis.{name}]\nspec = {spec}\nout = "."\nemit = ["types"]\nproptest = true\nfeatures = false\n'
    )
    done = run(target / "debug" / "specwright", "generate", "--force", "--config", folder / "specwright.toml", check=False)
    tables = folder / "types" / "src" / "arbitrary.rs"
    if done.returncode or not tables.exists():
        return None
    names = re.findall(r"^    (\w+) = Draw::", tables.read_text(), re.M)
    calls = "".join(f'    check::<types::{name}>("{name}");\n' for name in names)
    (folder / "driver" / "src" / "main.rs").write_text(DRIVER + calls + "}\n")
    (folder / "driver" / "Cargo.toml").write_text(MANIFEST.format(name=name))
    return path, name


def run(*command, check=True):
    return subprocess.run([str(part) for part in command], check=check, capture_output=True, text=True)


if __name__ == "__main__":
    main()
