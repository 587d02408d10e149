"""The person's own pages for the tests: on their day, and read as the person reads them."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from lxml import html
from paying import moment

TODAY = date(2026, 5, 12)  # a Tuesday
DAY = timedelta(days=1)


def it_is(patch: pytest.MonkeyPatch, day: date) -> None:
    patch.setattr("django.utils.timezone.now", lambda: moment(day, 15))


def page(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.fromstring(answer.content)


def words(found) -> str:
    return re.sub(r"\s+", " ", found.text_content()).strip()


def main(client, name="my", *args, query="") -> str:
    """The text of a page's main part."""
    return words(page(client.get(reverse(name, args=args) + query)).xpath("//main")[0])


def href(found, says: str) -> str:
    """Where the one link goes that says this."""
    (link,) = [one for one in found.xpath("//main//a") if words(one) == says]
    return str(link.get("href"))


def rows(found, caption) -> list[str]:
    table = f"//table[caption[contains(., '{caption}')]]"
    return [words(row) for row in found.xpath(f"{table}/tbody/tr")]
