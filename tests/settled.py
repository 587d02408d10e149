"""Support at one price, and its four-weekly payments one after the other, as the core settles them."""

from datetime import date, timedelta

from wherewithal.core.arrangement import ArrangementLine, Price
from wherewithal.core.payments import Terms
from wherewithal.core.period import Period
from wherewithal.core.settling import Entry, settle

START = date(2026, 4, 20)
WEEKS = timedelta(days=28)
DAY = timedelta(days=1)


def period(number: int) -> Period:
    first = START + number * WEEKS
    return Period(first, first + WEEKS - DAY)


def line(reference: str = "PO-1", pence: int = 10000, first: date = START, **more) -> ArrangementLine:
    return ArrangementLine(
        reference, "Support", (Price(first, pence),), (Period(first, more.pop("last", None)),), **more
    )


def paid(terms: Terms, numbers: range) -> list[Entry]:
    """Entries as they stand after those periods were paid one after the other."""
    entries: list[Entry] = []
    for number in numbers:
        found = settle(terms, entries, period(number).last)
        entries += [Entry(part.period, part.reference, part.pence) for part in found.parts]
    return entries
