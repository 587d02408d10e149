"""Offers made, reviews on time, reviewed in a year, lives at home: by plain Python and by DuckDB."""

from datetime import date

from spec import oracle, particulars
from spec.events import person
from spec.tables import Page, Table
from wherewithal.analytics.count import count
from wherewithal.analytics.year import ReportingYear

YEAR = ReportingYear("2025-26")


def _of_record(measure: str, said: str, period: ReportingYear = YEAR) -> str:
    rows = particulars.people(*(one.strip() for one in said.split("|")))
    [figure] = count([], [measure], period, particulars=rows, by=("council",))
    assert (figure.numerator, figure.denominator) == particulars.figure(rows, measure, period)
    return f"{figure.numerator} of {figure.denominator}"


def _of_events(measure: str, support: str, period: ReportingYear = YEAR, died: str = "") -> str:
    rows = person(support, died=died)
    [figure] = count(rows, [measure], period, by=("council",))
    said = "yes" if figure.numerator else "base" if figure.denominator else "no"
    plain = oracle.standing(rows, measure, period)["999", 1]
    assert said == plain, f"DuckDB says {said}, plain Python {plain}"
    return said


def _offers(said: str) -> str:
    return _of_record("offers-made", said)


def _on_time(said: str) -> str:
    return _of_record("reviews-on-time", said)


def _reviewed(support: str, died: str) -> str:
    return _of_events("reviewed-in-twelve-months", support, died=died)


def _so_far(support: str, on: str) -> str:
    return _of_events("reviewed-in-twelve-months", support, YEAR.so_far(date.fromisoformat(on)))


def _home(support: str) -> str:
    return _of_events("local-living-independently", support)


OFFERS = Table(
    title="Offers of a direct payment",
    says="""People assessed as eligible or reviewed in 2025-26, and of them those with an offer on record at
one of these moments, whatever they answered. From our own record; people are parted by a bar.""",
    given=("Chances",),
    then=("Offered",),
    rows=(
        ("assessed, offered and accepted on 2025-06-01", "1 of 1"),
        ("assessed, offered and declined on 2025-06-01", "1 of 1"),
        ("assessed, offered on 2025-06-01", "1 of 1"),
        ("assessed, time asked for on 2025-06-01", "1 of 1"),
        ("assessed, no offer on 2025-06-01", "0 of 1"),
        ("assessed, no offer on 2025-06-01; reviewed, offered and accepted on 2025-12-01", "1 of 1"),
        ("assessed, offered and accepted on 2025-03-31; reviewed, no offer on 2025-04-01", "0 of 1"),
        ("assessed, offered and accepted on 2026-04-01", "0 of 0"),
        ("reviewed, no offer on 2026-03-31 | assessed, offered on 2025-04-01", "1 of 2"),
    ),
    run=_offers,
)

ON_TIME = Table(
    title="Reviews held on time",
    says="""Reviews that fell due in 2025-26, of plans and of direct payments, without those called off. One
that was not held by the last day is not on time. From our own record.""",
    given=("Reviews",),
    then=("On time",),
    rows=(
        ("review due, on time on 2025-06-01", "1 of 1"),
        ("review due, late on 2025-06-01", "0 of 1"),
        ("review due, not held on 2026-03-31", "0 of 1"),
        ("review due, on time on 2025-06-01; review due, late on 2025-12-01", "1 of 2"),
        ("review due, on time on 2025-03-31; review due, on time on 2026-04-01", "0 of 0"),
    ),
    run=_on_time,
)

REVIEWED = Table(
    title="Reviewed in the last twelve months",
    says="""From the events of any Client Level Data: people with long-term support on 31 March 2026 and on
31 March 2025, and of them those with a review that ended after the first of these days and by the second.""",
    given=("Support and reviews", "Died"),
    then=("Counted",),
    rows=(
        ("commissioned since 2024-05-01; review 2025-06-01 to 2025-06-10", "", "yes"),
        ("commissioned since 2024-05-01", "", "base"),
        ("commissioned since 2024-05-01; review 2025-03-20 to 2025-03-31", "", "base"),
        ("commissioned since 2024-05-01; review 2025-03-20 to 2025-04-01", "", "yes"),
        ("commissioned since 2024-05-01; review 2026-03-20 to 2026-03-31", "", "yes"),
        ("commissioned since 2024-05-01; review 2026-03-20 to 2026-04-01", "", "base"),
        ("commissioned since 2025-04-01; review 2025-06-01 to 2025-06-10", "", "no"),
        ("commissioned since 2025-03-31; review 2025-06-01 to 2025-06-10", "", "yes"),
        ("commissioned 2024-05-01 to 2025-06-01; nursing home since 2025-06-20; "
         "review 2025-06-10 to 2025-06-10",
         "", "yes"),
        ("commissioned 2024-05-01 to 2026-03-30; review 2025-06-01 to 2025-06-10", "", "no"),
        ("reablement since 2025-03-01; review 2025-06-01 to 2025-06-10", "", "no"),
        ("commissioned since 2024-05-01; review 2025-06-01 to 2025-06-10", "2026-03-30", "no"),
        ("commissioned since 2024-05-01; review 2025-06-01 to 2025-06-10", "2026-03-31", "yes"),
    ),
    run=_reviewed,
)  # fmt: skip

SO_FAR = Table(
    title="The same before the year ends",
    says="The twelve months to the day on which it is counted, and not the part of the year that is over.",
    given=("Support and reviews", "Counted on"),
    then=("Counted",),
    rows=(
        ("commissioned since 2024-05-01; review 2024-10-01 to 2024-10-01", "2025-09-30", "yes"),
        ("commissioned since 2024-05-01; review 2024-09-30 to 2024-09-30", "2025-09-30", "base"),
        ("commissioned since 2024-10-01; review 2025-06-01 to 2025-06-10", "2025-09-30", "no"),
    ),
    run=_so_far,
)

HOME = Table(
    title="Lives in a home of their own, or with family",
    says="""A measure that Exampleshire, which is made up, sets itself; any council's Client Level Data has
the field. People with long-term support in 2025-26, by every word of the year on where they live: two that
disagree, or none, leave them in the base only.""",
    given=("Support",),
    then=("Counted",),
    rows=(
        ("commissioned living in a home of her own since 2024-05-01", "yes"),
        ("commissioned living in a rented home 2024-05-01 to 2025-04-01", "yes"),
        ("residential home living in a care home since 2024-05-01", "base"),
        ("commissioned living in a place not known since 2024-05-01", "base"),
        ("commissioned since 2024-05-01", "base"),
        ("commissioned living in a home of her own since 2024-05-01; "
         "equipment living in a place not known 2025-05-01 to 2025-05-01", "yes"),
        ("commissioned living in a home of her own 2024-05-01 to 2025-09-01; "
         "nursing home living in a care home since 2025-09-02", "base"),
        ("residential home living in a care home 2024-05-01 to 2025-03-31; "
         "commissioned living in a home of her own since 2025-04-01", "yes"),
        ("reablement living in a home of her own 2025-06-01 to 2025-07-12", "no"),
        ("commissioned living in a home of her own 2024-05-01 to 2025-03-31", "no"),
    ),
    run=_home,
)  # fmt: skip

PAGE = Page(
    slug="offers-and-reviews",
    title="Offers, reviews, and where people live",
    says="""Whether people were offered a direct payment, whether reviews came when they were due, and who
lives in a home of their own. Some of it only our own record can tell; each table says from what it is
counted.""",
    tables=(OFFERS, ON_TIME, REVIEWED, SO_FAR, HOME),
)
