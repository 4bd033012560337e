"""Four Python clients of Mattermost, unchanged, against the service: each operation that each has, through the statuses of its errors.

Arguments: a JSON object with `on` and `off`, URLs of the service with the provider switched on and off, and `users`: names to ids and tokens.
Each client gets an adapter that turns what it returns or raises into a status and a dictionary; the scenario is the same for all.
"""

import asyncio
import contextlib
import io
import json
import logging
import sys
from urllib.parse import urlsplit

NEW = {"name": "ci", "description": "CI login", "callback_urls": ["https://ci.test/cb"], "homepage": "https://ci.test"}
UNKNOWN = "abcdefghijklmnopqrstuvwxyz"

# What a client raises for a status, which has the same name in three of them.
RAISED = {
    "InvalidOrMissingParameters": 400,
    "NoAccessTokenProvided": 401,
    "NotEnoughPermissions": 403,
    "ResourceNotFound": 404,
    "TooManyRequests": 429,
    "FeatureDisabled": 501,
}


def attempt(call):
    """Status and value of a call that returns values and raises errors."""
    try:
        return None, call()
    except Exception as error:  # which types there are differs by client
        status = RAISED.get(type(error).__name__)
        if status is None:
            raise
        return status, {"message": str(error), "id": getattr(error, "error_id", None), "request_id": getattr(error, "request_id", None)}


class Matterapi:
    name = "matterapi"

    def __init__(self, url, token):
        from matterapi.client.base import ApiClientOptions, AuthToken
        from matterapi.client.sync_client import SyncClient

        # It prints its URL.
        with contextlib.redirect_stdout(io.StringIO()):
            self.oauth = SyncClient(options=ApiClientOptions(url=url, auth=AuthToken(token=token))).oauth

    def run(self, operation, *path, **more):
        status, value = attempt(lambda: self.called(getattr(self.oauth, operation), *path, **more))
        if isinstance(value, list):
            return status, [item.model_dump() for item in value]
        return status, value if isinstance(value, dict) else value.model_dump()

    def called(self, method, *path, **more):
        return method(*path, **more)

    def create(self, app):
        from matterapi.models import CreateOAuthAppJsonBody

        return self.run("create_oauth_app", json_body=CreateOAuthAppJsonBody(**app))

    def list(self, page, per_page):
        return self.run("get_oauth_apps", page=page, per_page=per_page)

    def get(self, app_id):
        return self.run("get_oauth_app", app_id)

    def update(self, app_id, app):
        return self.run("update_oauth_app", app_id, json_body=app)

    def delete(self, app_id):
        return self.run("delete_oauth_app", app_id)

    def regenerate(self, app_id):
        return self.run("regenerate_oauth_app_secret", app_id)

    def info(self, app_id):
        return self.run("get_oauth_app_info", app_id)

    def authorized(self, user_id):
        return self.run("get_authorized_oauth_apps_for_user", user_id)


class MatterapiAsync(Matterapi):
    name = "matterapi (async)"

    def __init__(self, url, token):
        from matterapi.client.async_client import AsyncClient
        from matterapi.client.base import ApiClientOptions, AuthToken

        with contextlib.redirect_stdout(io.StringIO()):
            self.oauth = AsyncClient(options=ApiClientOptions(url=url, auth=AuthToken(token=token))).oauth

    def called(self, method, *path, **more):
        return asyncio.run(method(*path, **more))


class Mattermostdriver:
    name = "mattermostdriver"

    def __init__(self, url, token):
        from mattermostdriver import Driver

        url = urlsplit(url)
        # `login` would ask for the user, which is no operation of OAuth.
        driver = Driver({"scheme": url.scheme, "url": url.hostname, "port": url.port, "token": token})
        driver.client.token = token
        self.oauth = driver.oauth

    def create(self, app):
        return attempt(lambda: self.oauth.register_oauth_app(app))

    def list(self, page, per_page):
        return attempt(lambda: self.oauth.get_oauth_apps({"page": page, "per_page": per_page}))

    def get(self, app_id):
        return attempt(lambda: self.oauth.get_oauth_app(app_id))

    def delete(self, app_id):
        return attempt(lambda: self.oauth.delete_oauth_app(app_id))

    def regenerate(self, app_id):
        return attempt(lambda: self.oauth.regenerate_oauth_app_secret(app_id))

    def info(self, app_id):
        return attempt(lambda: self.oauth.get_info_on_oauth_app(app_id))

    def authorized(self, user_id):
        # It forgets the slash between `/users` and the id.
        return attempt(lambda: self.oauth.get_authorized_oauth_apps("/" + user_id))


class Mattermostautodriver:
    name = "mattermostautodriver"

    def __init__(self, url, token):
        from mattermostautodriver import TypedDriver as Driver

        url = urlsplit(url)
        driver = Driver({"scheme": url.scheme, "url": url.hostname, "port": url.port, "token": token})
        driver.client.token = token
        self.oauth = driver.o_auth

    def create(self, app):
        return attempt(lambda: self.oauth.create_o_auth_app(**app))

    def list(self, page, per_page):
        return attempt(lambda: self.oauth.get_o_auth_apps(page=page, per_page=per_page))

    def get(self, app_id):
        return attempt(lambda: self.oauth.get_o_auth_app(app_id))

    def update(self, app_id, app):
        return attempt(lambda: self.oauth.update_o_auth_app(app_id, **app))

    def delete(self, app_id):
        return attempt(lambda: self.oauth.delete_o_auth_app(app_id))

    def regenerate(self, app_id):
        return attempt(lambda: self.oauth.regenerate_o_auth_app_secret(app_id))

    def info(self, app_id):
        return attempt(lambda: self.oauth.get_o_auth_app_info(app_id))

    def authorized(self, user_id):
        return attempt(lambda: self.oauth.get_authorized_o_auth_apps_for_user(user_id))

    def metadata(self):
        return attempt(lambda: self.oauth.get_authorization_server_metadata())

    def register(self, client):
        return attempt(lambda: self.oauth.register_o_auth_client(client))


class ReferenceClient:
    name = "mattermost-api-reference-client"

    def __init__(self, url, token):
        from mattermost_api_reference_client import AuthenticatedClient

        self.client = AuthenticatedClient(base_url=url, token=token, raise_on_unexpected_status=True)

    def run(self, module, *path, **more):
        from importlib import import_module

        operation = import_module(f"mattermost_api_reference_client.api.o_auth.{module}")
        response = operation.sync_detailed(*path, client=self.client, **more)
        parsed = response.parsed
        value = [item.to_dict() for item in parsed] if isinstance(parsed, list) else parsed.to_dict()
        return (None if response.status_code < 400 else int(response.status_code)), value

    def create(self, app):
        from mattermost_api_reference_client.models import CreateOAuthAppBody

        return self.run("create_o_auth_app", body=CreateOAuthAppBody.from_dict(app))

    def list(self, page, per_page):
        return self.run("get_o_auth_apps", page=page, per_page=per_page)

    def get(self, app_id):
        return self.run("get_o_auth_app", app_id)

    def update(self, app_id, app):
        from mattermost_api_reference_client.models import UpdateOAuthAppBody

        return self.run("update_o_auth_app", app_id, body=UpdateOAuthAppBody.from_dict(app))

    def delete(self, app_id):
        return self.run("delete_o_auth_app", app_id)

    def regenerate(self, app_id):
        return self.run("regenerate_o_auth_app_secret", app_id)

    def info(self, app_id):
        return self.run("get_o_auth_app_info", app_id)

    def authorized(self, user_id):
        return self.run("get_authorized_o_auth_apps_for_user", user_id)


class Checks:
    """Counts what is as it should be, and stops at what isn't."""

    def __init__(self, client):
        self.client, self.count, self.statuses = client, 0, {}

    def good(self, operation, answer):
        status, value = answer
        assert status is None, f"{self.client} {operation}: {status} {value}"
        self.note(operation, 200)
        return value

    def refused(self, operation, expected, answer):
        status, error = answer
        assert status == expected, f"{self.client} {operation}: {status} instead of {expected}: {error}"
        assert error["message"], f"{self.client} {operation}: no message"
        self.note(operation, expected)

    def same(self, what, one, other):
        assert one == other, f"{self.client} {what}: {one!r} is not {other!r}"
        self.count += 1

    def note(self, operation, status):
        self.statuses.setdefault(operation, set()).add(status)
        self.count += 1


def scenario(adapter, on, off, users):
    checks = Checks(adapter.name)
    token = lambda name: users[name]["token"]
    ann, bob, guest = (adapter(on, token(name)) for name in ["ann", "bob", "guest"])
    has = lambda operation: hasattr(adapter, operation)

    app = checks.good("create", ann.create(NEW))
    app_id = app["id"]
    for name, value in NEW.items():
        checks.same(name, app[name], value)
    checks.same("length of the secret", len(app["client_secret"]), 26)
    checks.same("get", checks.good("get", ann.get(app_id))["client_secret"], app["client_secret"])
    listed = checks.good("list", ann.list(0, 200))
    checks.same("list", app_id in [item["id"] for item in listed], True)
    checks.same("a page of one", len(checks.good("list", ann.list(0, 1))), 1)
    if has("update"):
        updated = checks.good("update", ann.update(app_id, {**NEW, "id": app_id, "name": "new"}))
        checks.same("update", (updated["name"], updated["client_secret"]), ("new", app["client_secret"]))
        checks.refused("update", 400, ann.update(app_id, {**NEW, "id": UNKNOWN}))
        checks.refused("update", 403, bob.update(app_id, {**NEW, "id": app_id}))
        checks.refused("update", 404, ann.update(UNKNOWN, {**NEW, "id": UNKNOWN}))
    regenerated = checks.good("regenerate", ann.regenerate(app_id))
    checks.same("regenerate", regenerated["client_secret"] != app["client_secret"], True)
    checks.same("info", checks.good("info", guest.info(app_id))["client_secret"], "")
    public = checks.good("create", ann.create({**NEW, "is_public": True}))
    checks.same("a public client", public["client_secret"], "")
    checks.refused("regenerate", 400, ann.regenerate(public["id"]))
    authorized = checks.good("authorized", adapter(on, token("guest")).authorized("me"))
    checks.same("authorized", [item["client_secret"] for item in authorized], [""])
    checks.good("authorized", ann.authorized(users["ann"]["id"]))

    checks.refused("create", 400, ann.create({**NEW, "name": ""}))
    checks.refused("create", 403, guest.create(NEW))
    checks.refused("list", 403, guest.list(0, 60))
    checks.refused("authorized", 400, ann.authorized("short"))
    checks.refused("authorized", 403, ann.authorized(users["guest"]["id"]))
    for operation in ["get", "delete", "regenerate"]:
        checks.refused(operation, 400, getattr(ann, operation)("short"))
        checks.refused(operation, 403, getattr(bob, operation)(app_id))
        checks.refused(operation, 404, getattr(ann, operation)(UNKNOWN))
    checks.refused("info", 400, ann.info("short"))
    checks.refused("info", 404, ann.info(UNKNOWN))

    for server, status, name in [(on, 401, "old"), (off, 501, "ann")]:
        there = adapter(server, token(name))
        checks.refused("create", status, there.create(NEW))
        checks.refused("list", status, there.list(0, 60))
        if has("update"):
            checks.refused("update", status, there.update(app_id, {**NEW, "id": app_id}))
        for operation in ["get", "delete", "regenerate", "info"]:
            checks.refused(operation, status, getattr(there, operation)(app_id))
        checks.refused("authorized", status, there.authorized("me"))
    if has("metadata"):
        checks.same("metadata", "code" in checks.good("metadata", ann.metadata())["response_types_supported"], True)
        checks.refused("metadata", 501, adapter(off, token("ann")).metadata())
    if has("register"):
        client = checks.good("register", ann.register({"redirect_uris": ["https://a.test"], "client_name": "A"}))
        checks.same("register", (len(client["client_id"]), client["client_name"]), (26, "A"))
        checks.refused("register", 400, ann.register({"redirect_uris": ["ftp://a.test"]}))
        checks.refused("register", 501, adapter(off, token("ann")).register({"redirect_uris": ["https://a.test"]}))

    checks.same("delete", checks.good("delete", ann.delete(app_id))["status"], "OK")
    checks.refused("get", 404, ann.get(app_id))
    checks.good("delete", ann.delete(public["id"]))
    statuses = "; ".join(f"{name} {','.join(map(str, sorted(seen)))}" for name, seen in sorted(checks.statuses.items()))
    print(f"{adapter.name}: {checks.count} checks of {len(checks.statuses)} operations ({statuses})")


def main():
    given = json.loads(sys.argv[1])
    # They log each error, and there are many.
    logging.disable(logging.ERROR)
    for adapter in [Matterapi, MatterapiAsync, Mattermostdriver, Mattermostautodriver, ReferenceClient]:
        scenario(adapter, given["on"], given["off"], given["users"])


if __name__ == "__main__":
    main()
