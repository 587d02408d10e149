"""The pages that are open to anyone: nothing for axe-core to find, nothing wider than a phone."""

import pytest

# django_db: so that the test database, of which the council is a copy, is made for these alone too
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_public_pages_are_open_to_all(visitor, scripts):
    anyone = visitor(scripts=scripts)
    for address in ("/", "/budgets-explained/", "/sector/", "/enter/", "/accounts/login/"):
        anyone.go(address)
