"""Councils with few made-up people, counted, and the pages of their figures."""

import re
from datetime import UTC, date, datetime

from django.urls import reverse
from lxml import html
from making import person

from wherewithal.actions.record import stand_in
from wherewithal.extract.counting import recount
from wherewithal.records.models import Arrangement, Price

ON = date(2026, 9, 30)
AT = datetime(2026, 9, 30, 9, 41, tzinfo=UTC)


def page(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.fromstring(answer.content)


def words(found) -> str:
    return re.sub(r"\s+", " ", found.text_content())


def arranged(
    count: int, service="community", held="commissioned", term="long", first=date(2025, 5, 1), **more
):
    """Support for so many people, from a day of 2025-26 on."""
    for _ in range(count):
        number = Arrangement.objects.count()
        who = person(f"Number{number} Example", born_on=date(1990, 1, 1))
        row = Arrangement.objects.create(
            person=who, order_number=f"PO-9{number:06d}",
            what="Made-up support", kind="home_care", held=held, term=term, service=service, state="active",
            first=first, **more,
        )  # fmt: skip
        Price.objects.create(arrangement=row, first=first, pence_per_week=5000)


def recounted() -> bool:
    return recount(on=ON, by=stand_in("counting", "Counting of figures"), at=AT)


def a_council() -> None:
    """Of ten with support three direct it; two have reablement only. It is counted."""
    arranged(2, held="direct_payment")
    arranged(1, held="individual_service_fund")
    arranged(5)
    arranged(2, "reablement", "in_house", "short")
    recounted()


def who_is_counted(found) -> list[list[str]]:
    """The rows of that table on a measure's page, without what is for screen readers alone."""
    (table,) = found.xpath("//table[contains(caption, 'Who is counted')]")
    for hidden in table.xpath(".//*[contains(@class, 'visually-hidden')]"):
        hidden.drop_tree()
    return [[words(cell).strip() for cell in row.xpath("./td")] for row in table.xpath("./tbody/tr")]


def measure_in(analyst, id: str, year="2026-27"):
    """A measure's page in a year."""
    return page(analyst.get(reverse("measure", args=[id]), {"year": year}))
