"""A page that the test client got, read as its reader does."""

import re

from lxml import html


def page(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.fromstring(answer.content.decode())


def words(found) -> str:
    """Its text, words apart by one space, none before a comma or a colon."""
    return re.sub(r" ([,:;.])", r"\1", " ".join(" ".join(found.itertext()).split()))


def errors(found) -> list[str]:
    """What the summary at its top says is wrong."""
    return [words(one) for one in found.xpath("//div[contains(@class, 'govuk-error-summary')]//li")]
