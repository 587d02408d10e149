"""Every route x every role: who opens what, and whose record. The table is routes.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse
from making import at, council, person, signed_in, team, user
from route_rows import make

from wherewithal.core.roles import MAY, Role, may
from wherewithal.records.models import Person, Representation

TABLE = tomllib.loads((Path(__file__).parent / "routes.toml").read_text())
NOT_OURS = {
    "account_": "allauth's sign-in pages, open before anybody has a role",
    "mfa_": "allauth's second factor, open to whoever signed in, for themselves only",
    "socialaccount_": "allauth's sign-in through another provider",
    "accounts/social/": "a redirect of allauth's without a name",
    "openid_connect_": "allauth's sign-in through another provider",
}
OPENED = {200, 302}


@cache
def routes() -> dict[str, URLPattern]:
    """Our routes by name, namespaces left out: they guard themselves and are tested on their own."""
    found = {}

    def walk(patterns: Any, prefix: str = "") -> None:
        for one in patterns:
            where = f"{prefix}{one.pattern}"
            if isinstance(one, URLPattern):
                if not (one.name or where).startswith(tuple(NOT_OURS)):
                    assert one.name, f"{where} has no name"
                    found[one.name] = one
            elif not getattr(one, "namespace", None):
                walk(one.url_patterns, where)

    walk(get_resolver().url_patterns)
    return found


def test_every_route_has_a_row_and_every_row_a_route():
    assert set(routes()) - set(TABLE) == set(), "add a row to tests/web/routes.toml"
    assert set(TABLE) - set(routes()) == set()


@pytest.mark.parametrize("name", sorted(routes()))
def test_a_view_carries_the_permission_of_its_row(name):
    view = routes()[name].callback
    assert hasattr(view, "permission"), "decorate it with @page, @public or @signed_in (web/page.py)"
    if name in TABLE:
        assert view.permission == TABLE[name]["permission"]
        assert TABLE[name]["permission"] in {*MAY, "public", "signed in"}


class World:
    """Two people, one of the team of whoever asks and one of another team."""

    def __init__(self, role: Role) -> None:
        council()
        self.role, self.user = role, user(f"Ro {role}", role, in_team=team("North"))
        self.near, self.far = person("Pat Example"), person("Otto Outside", team=team("South"))
        if role == Role.BROKER:
            Person.objects.filter(pk=self.near.pk).update(broker=self.user)
        if role in (Role.PERSON, Role.CARER):
            Person.objects.filter(pk=self.near.pk).update(user=self.user)
        if role == Role.REPRESENTATIVE:
            Representation.objects.create(
                person=self.near, kind="nominated", name="Ro", user=self.user, since=at().date()
            )
        self.made: dict[tuple[str, int], Any] = {}

    def address(self, name: str, whose: Person) -> str:
        given = TABLE[name].get("args", {})
        args = {}
        for parameter in routes()[name].pattern.converters:
            args[parameter] = (
                whose.ref if parameter == "ref" else self.argument(given.get(parameter, 0), whose)
            )
        return reverse(name, kwargs=args)

    def argument(self, value: Any, whose: Person) -> Any:
        """As routes.toml says under ``args``."""
        if value in ("user", "membership"):
            return self.user.pk if value == "user" else self.user.memberships.get().pk
        if not str(value).startswith("row:"):
            return value
        key = (value, whose.pk)
        if key not in self.made:
            self.made[key] = make(value.removeprefix("row:"), whose)
        return self.made[key]


def answer(client, method: str, address: str) -> int:
    """The status; everything that the request wrote is undone. An error of ours is a 500."""
    with transaction.atomic():
        try:
            response = getattr(client, method)(address)
            status = response.status_code
            if status == 302 and response.url.startswith(reverse("account_login")):
                status = 401
        except Exception as error:
            return f"500 {type(error).__name__}: {error}"  # type: ignore[return-value]
        finally:
            transaction.set_rollback(True)
    return status


def allowed(row: dict[str, Any], role: Role) -> bool:
    return row["permission"] in ("public", "signed in") or may(frozenset({role}), row["permission"])


def asked(row: dict[str, Any], role: Role) -> list[tuple[bool, str]]:
    """(near, method) of each request: one where the role opens nothing, all where it may."""
    if not allowed(row, role):
        return [(True, "get" if row["get"] else "post")]
    whose = (True, False) if row["scope"] in ("person", "row") else (True,)
    return [(near, method) for near in whose for method in ("get", "post")]


def wanted(row: dict[str, Any], role: Role, near: bool, method: str) -> set[int]:
    """The statuses that are right for this role, somebody near or far, asked so."""
    only_post = {302} if method == "get" and not row["get"] else set()
    if not allowed(row, role):
        return {403}
    if not near and row["scope"] in ("person", "row"):
        return {403} | only_post | ({404} if row["scope"] == "row" else set())
    if method == "post":
        return OPENED | {400, 404, 405, 422}  # what an empty form is told, or that there is nothing to change
    return only_post or OPENED | set(row.get("empty", []))


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_opens_what_it_may_of_whom_it_may(role, client):
    world = World(role)
    signed_in(client, world.user)
    wrong = []
    for name in set(routes()) & set(TABLE):
        for near, method in asked(TABLE[name], role):
            expected = wanted(TABLE[name], role, near, method)
            got = answer(client, method, world.address(name, world.near if near else world.far))
            if got not in expected:
                wrong.append(f"{method} {name}, {'in' if near else 'out of'} scope: {got}, not {expected}")
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.django_db
def test_a_visitor_opens_what_is_public_and_is_sent_to_sign_in_for_the_rest(client):
    world = World(Role.PERSON)
    wrong = []
    for name in set(routes()) & set(TABLE):
        status = answer(client, "get", world.address(name, world.near))
        public = TABLE[name]["permission"] == "public"
        if (status == 401) == public or (public and status not in OPENED | set(TABLE[name].get("empty", []))):
            wrong.append(f"{name}: {status}")
    assert not wrong, "\n".join(wrong)
