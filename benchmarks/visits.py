"""Run inside a council's environment: counts its pages' queries, prints JSON with sessions to visit them."""

import json

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from wherewithal.core.roles import Role  # noqa: E402
from wherewithal.records.models import Person, User  # noqa: E402
from wherewithal.web.demo import BACKEND  # noqa: E402


def first(role: Role) -> User:
    """The first made-up person with this role who can be entered as."""
    shown = User.objects.filter(demo=True, memberships__role=role, memberships__ended_on=None)
    return shown.order_by("id")[0]


def client(role: Role) -> Client:
    """A browser of the first one with this role, past the second factor."""
    made = Client(SERVER_NAME="127.0.0.1")
    made.force_login(first(role), backend=BACKEND)
    session = made.session
    session["second_factor"] = "demo"
    session.save()
    return made


def main() -> None:
    of_the_team = Person.objects.filter(team__memberships__user=first(Role.MANAGER))
    ref = of_the_team.filter(agreements__ended_on=None, agreements__isnull=False).order_by("id")[0].ref
    visits = {
        "empty": (Role.MANAGER, reverse("budgets_explained")),
        "my": (Role.PERSON, reverse("my")),
        "caseload": (Role.MANAGER, reverse("caseload")),
        "person": (Role.MANAGER, reverse("person", args=[ref])),
    }
    found = {}
    for name, (role, address) in visits.items():
        visitor = client(role)
        visitor.get(address)  # what a process reads once is not the page's
        with CaptureQueriesContext(connection) as seen:
            answer = visitor.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} gave {answer.status_code}")
        session = visitor.cookies["sessionid"].value
        found[name] = {"address": address, "queries": len(seen), "session": session}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
