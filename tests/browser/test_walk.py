"""Every page that links lead to, in every role: it opens, axe-core finds nothing, it fits a small phone."""

import pytest
from browser.visitor import Visitor, looked_at
from browser.walk import walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

# What is reached whatever day it is and however the made-up people fare; the walk opens much more.
ALWAYS = {
    "home", "budgets_explained", "sector", "people", "person", "person_new", "person_change", "person_assign",
    "person_assessment", "person_offers", "person_budget", "person_plan", "person_money", "person_reviews",
    "person_history", "carer_add", "representative_add", "household_add", "request_new", "emergencies",
    "caseload", "decisions", "decision", "money", "reconciliation", "runs", "run", "run_draft", "payment",
    "imports", "import_new", "exceptions", "contributions_missed", "measures", "measure", "settings",
    "policy_file", "staff", "staff_invite", "staff_member", "role_give", "my", "my_plan", "my_held",
    "my_people", "my_letters", "my_spending", "my_looked", "my_review",
}  # fmt: skip


def test_no_link_is_dead_and_every_page_is_open_to_all_in_every_role(visitor):
    pages: dict[str, str] = {}
    dead, amiss = [], []
    for name in people(visitor()):
        somebody = visitor()
        somebody.enter(name)
        found = walk(somebody, pages)
        dead += [f"{name}: {one}" for one in found.dead]
        new = {route: address for route, address in found.pages.items() if route not in pages}
        for address in new.values():
            somebody.page.goto(address)
            amiss += [f"{name}, {address}: {one}" for one in looked_at(somebody.page)]
        pages |= new
    assert not dead, "\n".join(dead)
    assert not ALWAYS - set(pages)
    assert not amiss, "\n".join(amiss)


def people(anyone: Visitor) -> list[str]:
    """Whom the demo lets one enter as: somebody for each role."""
    anyone.go("/enter/")
    return anyone.page.locator(".ww-person__name").all_inner_texts()
