"""Every page of the table of routes, in some role: it opens, fits a phone, and axe-core finds nothing."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from browser.visitor import Visitor, looked_at
from browser.walk import files_linked, walk
from browser.walk import route as route_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TABLE = tomllib.loads((Path(__file__).parents[1] / "web/routes.toml").read_text())


def test_no_link_is_dead_and_every_page_is_open_to_all_in_every_role(visitor, more_people):
    pages = {"enter": "/enter/"}  # where everybody starts
    files: set[str] = set()
    dead, amiss = [], []
    somebody = visitor()  # one browser, which keeps what it has loaded: each enters in the place of the last
    for name in people(somebody):
        somebody.become(name)
        found = walk(somebody, pages)
        dead += [f"{name}: {one}" for one in found.dead]
        new = {route: address for route, address in found.pages.items() if route not in pages}
        amiss += looked_through(somebody, name, new)
        somebody.go("/enter/")  # where each of them may become another
        pages |= new
        files |= found.files
    for name in {who for who, _ in more_people.values()}:
        somebody.become(name)
        more = {route: address for route, (who, address) in more_people.items() if who == name}
        pages |= more
        amiss += looked_through(somebody, name, more, pages, files)
    assert not dead, "\n".join(dead)
    assert not amiss, "\n".join(amiss)
    routes = {route for route, row in TABLE.items() if row["get"]}
    unopened = sorted(routes - set(pages) - files)
    assert not unopened, "link to these pages, or make somebody for them in more_people.py"


def looked_through(
    somebody: Visitor,
    name: str,
    pages: dict[str, str],
    opened: Iterable[str] = (),
    files: set[str] | None = None,
) -> list[str]:
    """What is amiss with each of these pages, opened at a desk and looked at on a small phone too. Where no
    link leads to the pages themselves, ``files`` gains the routes of files that they lead to, which are none
    of those ``opened`` as pages.
    """
    amiss = []
    for route, address in pages.items():
        if address.endswith(".pdf"):  # the browser would keep it and show nothing
            status = somebody.page.request.get(address).status
            amiss += [f"{name}, {address}: {status}"] if status != 200 else []
            continue
        answer = somebody.page.goto(address)
        assert answer is not None
        if answer.status != 200 or route_of(somebody.page.url) != route:
            amiss.append(f"{name}, {address}: {answer.status} at {somebody.page.url}")
        amiss += [f"{name}, {address}: {one}" for one in looked_at(somebody.page)]
        if files is not None:
            files |= files_linked(somebody, {*opened, *files})
    return amiss


def people(anyone: Visitor) -> list[str]:
    """Whom the demo lets one enter as: somebody for each role."""
    anyone.go("/enter/")
    return anyone.page.locator(".ww-person__name").all_inner_texts()
