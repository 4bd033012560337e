"""Writes the descriptions that schemathesis judges the service by, and prints which checks are left out for each.

Arguments: the description, and a folder. Each line of the output is a file and the checks to exclude. Both files together leave out nothing but
what is said here:

- `as-it-is.json`, without `positive_data_acceptance`: the description doesn't say Mattermost's rules for ids, names and URLs, so that most of
  what it allows is rejected, with the 400 that it documents.
- `with-rules.json`, without `negative_data_rejection`: the same with rules that allow less than Mattermost does, so that all that is allowed
  has to be accepted. What breaks them isn't rejected in each case.

In both, `GET`, `PUT` and `DELETE` of an app may be 405: an app called `register` is another path, which has only `POST`.
"""

import json
import sys
from pathlib import Path

import yaml

APP = "/api/v4/oauth/apps/{app_id}"
ID = {"type": "string", "pattern": "^[a-z0-9]{26}$"}
TEXT = {"type": "string", "pattern": "^[ -~]{1,60}$"}
URL = {"type": "string", "pattern": "^https?://[a-z]{1,20}[.]test(/[a-z]{1,9})?$"}
URLS = {"type": "array", "items": URL, "minItems": 1, "maxItems": 5}
RULES = {"name": TEXT, "description": TEXT, "homepage": URL, "icon_url": URL, "callback_urls": URLS, "redirect_uris": URLS, "client_name": TEXT, "client_uri": URL}


def operations(document):
    for item in document["paths"].values():
        yield from (item[method] for method in ["get", "put", "post", "delete"] if method in item)


def with_rules(document):
    for operation in operations(document):
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path":
                parameter["schema"] = ID
            else:
                # An integer without a format has 64 bits.
                parameter["schema"].update({"minimum": -(1 << 63), "maximum": (1 << 63) - 1})
        body = operation.get("requestBody", {"content": {}})["content"].get("application/json", {"schema": {}})["schema"]
        body.get("properties", {}).update({name: rule for name, rule in RULES.items() if name in body.get("properties", {})})
    registration = document["components"]["schemas"]["ClientRegistrationRequest"]["properties"]
    registration.update({name: RULES[name] for name in registration})


def main():
    description, folder = Path(sys.argv[1]), Path(sys.argv[2])
    document = yaml.safe_load(description.read_text())
    for method in ["get", "put", "delete"]:
        document["paths"][APP][method]["responses"]["405"] = {"description": "another path"}
    as_it_is = folder / "as-it-is.json"
    as_it_is.write_text(json.dumps(document))
    with_rules(document)
    sharp = folder / "with-rules.json"
    sharp.write_text(json.dumps(document))
    print(as_it_is, "positive_data_acceptance")
    print(sharp, "negative_data_rejection")


if __name__ == "__main__":
    main()
