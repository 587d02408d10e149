"""What the server prints: a refusal in one line, an error with where it came from."""

import io
import logging
import re

import pytest
from django.urls import reverse
from making import council, signed_in, user

from wherewithal.core.roles import Role

pytestmark = pytest.mark.django_db
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[01]00"


@pytest.fixture
def printed():
    """What the console's handler prints, as the settings made it."""
    [console] = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    kept = console.setStream(io.StringIO())
    yield console.stream
    console.setStream(kept)


def test_a_refusal_is_one_line(client, printed):
    council()
    signed_in(client, user("Petra Person", Role.PERSON))
    assert client.get(reverse("people")).status_code == 403
    said = f"WARNING django.request Forbidden \\(Permission denied\\): {reverse('people')}"
    assert re.fullmatch(rf"{MOMENT} {said}\n", printed.getvalue())


def test_an_error_says_where_it_came_from(client, printed, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("wherewithal.web.home.render", lambda *_: 1 / 0)
    assert client.get(reverse("home")).status_code == 500
    assert "Traceback" in printed.getvalue() and "ZeroDivisionError" in printed.getvalue()
