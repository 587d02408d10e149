"""Every kind of page that a role can walk to: nothing for axe-core to find, nothing wider than a phone."""

import re
from urllib.parse import urlsplit

import pytest
from browser.conftest import enter_as, sideways, violations

from wherewithal.core.roles import Role

# django_db: so that the test database, of which the council is a copy, is made for these alone too
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]
FILES = re.compile(r"\.(pdf|csv|xml|ods|svg|json)$")


def kind(address: str) -> str:
    """The same for all pages of one route: references and numbers do not count."""
    path = urlsplit(address).path
    return re.sub(r"/(EX\d+|\d+|R-?[\w-]*\d+|[0-9a-f-]{36})(?=/|$)", "/*", path)


def walk(page, start: str, most: int = 60):
    """Open one page of each kind that can be reached by links from ``start``; yields its address."""
    waiting, seen = [start], {kind(start)}
    while waiting and most:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer.status < 400, f"{address} gave {answer.status}"
        yield address
        most -= 1
        for link in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            parts = urlsplit(link)
            ours = link.startswith(page.url[: page.url.index("/", 8)])
            known = kind(link) in seen or parts.path.startswith(("/accounts/", "/enter/"))
            if ours and not known and not FILES.search(parts.path):
                seen.add(kind(link))
                waiting.append(link)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_page_of_a_role_is_open_to_all(page, role):
    enter_as(page, role)
    wrong = []
    for address in walk(page, "/home/"):
        path = urlsplit(page.url).path
        page.set_viewport_size({"width": 1280, "height": 900})
        wrong += [f"{path}: {one}" for one in violations(page)]
        page.set_viewport_size({"width": 320, "height": 640})
        if sideways(page) > 0:
            wrong.append(f"{path} ({address}) is {sideways(page)} px too wide at 320 px")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("address", ["/", "/budgets-explained/", "/sector/", "/enter/", "/accounts/login/"])
def test_the_public_pages_are_open_to_all(page, address):
    page.goto(address)
    assert not violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways(page) <= 0
