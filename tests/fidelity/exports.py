"""Whether what `specwright upgrade` and `specwright bundle` write is valid: judged by openapi-spec-validator."""

import subprocess
import sys
import warnings
from pathlib import Path

import yaml

VERSIONS = ["3.0", "3.1"]
# Descriptions in several files, which `bundle` is tried with.
SEVERAL = ["tests/cases/files/openapi.yaml", "tests/cases/files-swagger2/openapi.yaml"]
SHARED = "../shared/corpus/multifile/digitalocean/DigitalOcean-public.v2.yaml"
# What is wrong in a description itself and stays so, by the validator's words.
KNOWN = [
    ("is not a 'regex'", "a pattern that Python's `re` doesn't take"),
    ("is not unique", "an operationId that the description gives to several operations"),
    ("is not a 'email'", "a contact without a usable address"),
    ("was not resolved", "parameters in the query of a path"),
    ("None is not valid under any of the given schemas", "a `default: null` of what can't be null"),
    ("/links/empty: {} is not valid", "a link of the description that leads nowhere"),
    # The schema of OpenAPI 3.1 from 2022 calls it `body`.
    ("('server' was unexpected)", "a link with a server"),
    # The specification has any value there, that schema only text.
    ("/parameters/notify: True is not of type 'string'", "a link with a constant that isn't text"),
    ("RecursionError", "a recursion that the validator doesn't end"),
]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SHOWN = 5


def run(program, work, documents):
    """Writes and validates each description in each version; 1 if any is invalid for a reason that isn't known."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

        validators = dict(zip(VERSIONS, [OpenAPIV30SpecValidator, OpenAPIV31SpecValidator], strict=True))
        work.mkdir(parents=True, exist_ok=True)
        valid, known, bad = 0, {}, []
        for document in documents:
            for version in VERSIONS:
                text = write(program, document, version, work / "export.yaml")
                if text is None:
                    continue  # It is broken, as the generator says.
                found = list(problems(validators[version], text))
                reasons = {reason(problem) for problem in found}
                if None in reasons:
                    bad.append((document, version, [one for one in found if reason(one) is None]))
                elif reasons:
                    for one in reasons:
                        known.setdefault(one, []).append(f"{document.shown} ({version})")
                else:
                    valid += 1
        bad += bundles(program, work)
    print(f"{valid} exported documents are valid")
    for why, shown in sorted(known.items()):
        print(f"{len(shown)} are not, because of {why}: {', '.join(shown)}")
    for document, version, found in bad:
        print(f"{getattr(document, 'shown', document)} as {version} is invalid:", *found[:SHOWN], sep="\n  ")
    if valid == 0:
        sys.exit("nothing was exported")
    return min(1, len(bad))


def bundles(program, work):
    """The bundles that are invalid for a reason that isn't known, each with what is wrong."""
    from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    validators = {"2.0": OpenAPIV2SpecValidator, "3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator}
    root = Path(__file__).resolve().parents[2]
    several = [root / one for one in [*SEVERAL, SHARED] if (root / one).exists()]
    bad = []
    for spec in several:
        out = work / "bundle.yaml"
        subprocess.run([program, "bundle", spec, "--output", out], check=True, stderr=subprocess.DEVNULL)
        text = out.read_text()
        head = yaml.load(text, Loader=LOADER)
        version = str(head.get("swagger") or head["openapi"])[:3]
        found = [one for one in problems(validators[version], text) if reason(one) is None]
        if found:
            bad.append((spec, "a bundle", found))
    print(f"{len(several) - len(bad)} of {len(several)} bundles are valid")
    return bad


def write(program, document, version, out):
    """The exported text; `None` if the description can't be read."""
    out.unlink(missing_ok=True)
    command = [program, "upgrade", document.path, "--to", version, "--output", out]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out.read_text() if out.exists() else None


def problems(validator, text):
    """What is wrong, a line each. YAML is read as version 1.1 has it, which most tools do."""
    try:
        document = yaml.load(text, Loader=LOADER)
        for problem in validator(document).iter_errors():
            place = "/".join(map(str, problem.absolute_path))
            words = " ".join(str(problem.message).split())
            yield f"{place}: {words[:300]}"
    except Exception as error:  # noqa: BLE001: whatever a validator raises is a finding
        yield f"{type(error).__name__}: {str(error)[:300]}"


def reason(problem):
    """Why a problem is the description's own; `None` if it isn't."""
    return next((why for words, why in KNOWN if words in problem), None)
