"""Arrangements as the rows of a spec write them."""

from datetime import date, datetime

from wherewithal.core.arrangement import ArrangementLine, Price
from wherewithal.core.money import pence
from wherewithal.core.period import Period

PERIOD = "20 April 2026 to 17 May 2026"


def day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007


def span(text: str) -> Period:
    """``20 April 2026 to 17 May 2026``, or ``20 April 2026 on`` for an open period."""
    first, _, last = text.removesuffix(" on").partition(" to ")
    return Period(day(first), day(last) if last else None)


def prices(text: str) -> tuple[Price, ...]:
    """``£100.00 from 20 April 2026, £107.00 from 4 May 2026``; a price alone has always been."""
    found = []
    for part in text.split(", "):
        amount, _, first = part.partition(" from ")
        found.append(Price(day(first) if first else date(2020, 1, 1), pence(amount)))
    return tuple(found)


def line(weekly: str, runs: str = "1 January 2026 on", **more) -> ArrangementLine:
    return ArrangementLine("PO-1", "Personal assistant", prices(weekly), (span(runs),), **more)
