"""The pages that are open to anyone: nothing for axe-core to find, nothing wider than a phone."""

import pytest
from browser.conftest import sideways, violations

# django_db: so that the test database, of which the council is a copy, is made for these alone too
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]


@pytest.mark.parametrize("address", ["/", "/budgets-explained/", "/sector/", "/enter/", "/accounts/login/"])
def test_the_public_pages_are_open_to_all(page, address):
    page.goto(address)
    assert not violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert sideways(page) <= 0
