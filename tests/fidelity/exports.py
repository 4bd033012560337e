"""Whether what `specwright upgrade` writes is valid: judged by openapi-spec-validator."""

import subprocess
import sys
import warnings

import yaml

VERSIONS = ["3.0", "3.1"]
# What is wrong in a description itself and stays so, by the validator's words.
KNOWN = [
    ("is not a 'regex'", "a pattern that Python's `re` doesn't take"),
    ("is not unique", "an operationId that the description gives to several operations"),
    ("is not a 'email'", "a contact without a usable address"),
    ("was not resolved", "parameters in the query of a path"),
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
    print(f"{valid} exported documents are valid")
    for why, shown in sorted(known.items()):
        print(f"{len(shown)} are not, because of {why}: {', '.join(shown)}")
    for document, version, found in bad:
        print(f"{document.shown} as {version} is invalid:", *found[:SHOWN], sep="\n  ")
    if valid == 0:
        sys.exit("nothing was exported")
    return min(1, len(bad))


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
