"""Why `specwright mock` answers otherwise than Prism, where it does so on purpose."""


def why(what, facts):
    """The reason of a difference, if there is one."""
    return next((reason for is_it, reason in KNOWN if is_it(what, facts)), None)


def headers(name):
    return lambda what, facts: f"header {name}," in what


def labels(*wanted, status=None):
    def is_it(what, facts):
        return facts["label"].endswith(wanted) and (status is None or what == f"status {status}")

    return is_it


def answers_in_xml(what, facts):
    return "xml" in facts["theirs"]["type"] and "json" in facts["ours"]["type"]


def reads_xml(what, facts):
    return "xml" in facts["request"]["headers"].get("Content-Type", "") and "xml" in str(facts["operation"].get("requestBody"))


def has_deep_object(what, facts):
    parameters = facts["operation"].get("parameters") or []
    return "Prism 4" in what and any(one.get("style") == "deepObject" and not one.get("required") for one in parameters)


def allows_nobody(what, facts):
    return facts["label"].startswith("credentials") and {} in (facts["operation"].get("security") or []) and "Prism 401" in what


def is_described_before(what, facts):
    """Whether the response is of another status than the problem: `default`, or of a range."""
    return "status" in what and facts["theirs"]["status"] in (400, 415, 422) and facts["ours"]["status"] in (400, 415, 422)


KNOWN = [
    (lambda what, facts: "Prism 500" in what, "Prism fails: it writes no `*/*` and no objects as text, and its random values fail for some schemas"),
    (lambda what, facts: "Prism 0" in what, "Prism breaks off the connection: it can't read a header `Accept` that is no media type"),
    (headers("allow"), "405 has the methods in `Allow`, as RFC 9110 (section 15.5.6) demands; Prism has none"),
    (headers("www-authenticate"), "401 has challenges, as RFC 9110 (section 15.5.2) demands, also where the description has a response for it"),
    (headers("deprecation"), "no `Deprecation`: its value is a date (RFC 9745), which the description doesn't have; Prism sends `true`"),
    (reads_xml, "XML is read and checked; Prism takes it for text, and rejects each body whose schema is an object"),
    (has_deep_object, "an absent parameter in the style deepObject is absent; Prism takes it for an object without properties"),
    (allows_nobody, "where `security` lists `{}`, no credential is wrong; Prism rejects another scheme"),
    (labels("body null"), "`null` is a value, which the schema allows or not; Prism takes it for no body"),
    (labels("without media type"), "a body without `Content-Type` is read as the first media type in JSON that is described, as generated servers do (RFC 9110, "
     "section 8.3, leaves it to the recipient); Prism takes it for text"),
    (labels("body malformed"), "what isn't JSON is rejected as described for 400 or 422; Prism has an answer of its own for all"),
    (answers_in_xml, "of several media types that a client accepts equally, JSON is preferred; Prism takes the first"),
    (lambda what, facts: "*/*" in str(facts["operation"].get("responses")) and facts["label"].startswith("accept"),
     "a response described for `*/*` is in whatever the client accepts; Prism has no media type for it"),
]
