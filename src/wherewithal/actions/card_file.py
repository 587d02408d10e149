"""A card provider's file looked at before it is taken in: every fault at once, its own and the record's.

No action: it changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wherewithal.core.money import pounds
from wherewithal.core.policy import Used
from wherewithal.formats.card_csv import COLUMNS, CardLine, Fault, Layout, Reading, read
from wherewithal.policy.card import card_file
from wherewithal.records.models import Actual
from wherewithal.records.spending import Cards

NOT_OURS = "the number of a card that belongs to a direct payment here"
ANOTHER = "a line that is the same as when it came before: {}"


@dataclass(frozen=True)
class Look:
    """``reading`` with every fault; ``new`` are its lines that are not on record, ``known`` how many are."""

    reading: Reading
    new: tuple[CardLine, ...]
    known: int

    @property
    def total_pence(self) -> int:
        """What was spent less what came back, in the new lines."""
        return sum(line.pence for line in self.new)


def layout(on: date) -> Layout:
    """How the provider writes its file on a day. Raises NoPolicy, LayoutBroken."""
    written = card_file(Used(on))
    return Layout(written.headings, written.leave_out, written.spending_is_below_0)


def dry_run(data: bytes, *, on: date) -> Look:
    """What a file given on ``on`` would bring. Never raises for what the file holds."""
    return look(read(data, on=on, layout=layout(on)), layout(on))


def look(reading: Reading, layout: Layout, *, hold: bool = False) -> Look:
    """The lines beside the record: cards of nobody and lines that changed are faults, known ones counted.

    With ``hold`` nobody else takes in lines of these cards until the transaction ends.
    """
    place = _places(reading.headings, layout)
    at_fault = _cards_at_fault(reading, place["card"])
    cards = Cards({*(line.card for line in reading.lines), *at_fault.values()}, hold=hold)
    known = on_record(reading.lines)
    faults = [
        Fault(row, place["card"], card, NOT_OURS) for row, card in at_fault.items() if not cards.known(card)
    ]
    new: list[CardLine] = []
    for line in reading.lines:
        before = known.get(line.identity)
        if not cards.known(line.card):
            faults.append(Fault(line.row, place["card"], line.card, NOT_OURS))
        elif before is None:
            new.append(line)
        elif not same(before, line):
            came = ANOTHER.format(f"{pounds(before.pence)} to {before.merchant}")
            faults.append(Fault(line.row, place["amount"], pounds(line.pence), came))
    rows = {fault.row for fault in faults}
    good = tuple(line for line in reading.lines if line.row not in rows)
    failed = {line.row: _cells(line, reading.headings, place) for line in reading.lines if line.row in rows}
    every = sorted((*reading.faults, *faults), key=lambda fault: fault.row)
    found = replace(reading, lines=good, faults=tuple(every), failed={**reading.failed, **failed})
    return Look(found, tuple(new), len(good) - len(new))


def on_record(lines: Sequence[CardLine]) -> dict[str, Actual]:
    """The lines that came before and were not undone, by their identity."""
    rows = Actual.objects.filter(line_id__in=[line.identity for line in lines])
    return {row.line_id: row for row in rows.exclude(state=Actual.State.UNDONE)}


def same(before: Actual, line: CardLine) -> bool:
    """Is it the same line again?"""
    return (before.card, before.spent_on, before.merchant, before.pence) == (
        line.card,
        line.posted_on,
        line.merchant,
        line.pence,
    )


def _cards_at_fault(reading: Reading, heading: str) -> dict[int, str]:
    """The card of each row that has a fault elsewhere: that it is nobody's is told with it, not after it."""
    if not heading:  # no such column
        return {}
    told = {fault.row for fault in reading.faults if fault.column == heading}
    whole = {row: cells for row, cells in reading.failed.items() if len(cells) == len(reading.headings)}
    return {
        row: cells[reading.headings.index(heading)].strip() for row, cells in whole.items() if row not in told
    }


def _places(headings: Sequence[str], layout: Layout) -> dict[str, str]:
    """Our column to the heading that it has in this file."""
    plain = {heading.strip().casefold(): heading for heading in headings}
    wanted = {column: layout.headings.get(column, column) for column in COLUMNS}
    return {column: plain.get(heading.strip().casefold(), "") for column, heading in wanted.items()}


def _cells(line: CardLine, headings: Sequence[str], place: Mapping[str, str]) -> tuple[str, ...]:
    """The line's cells again, under the file's own headings."""
    written = {
        "line_id": "" if line.identity.startswith("file:") else line.identity,
        "card": line.card,
        "posted_on": line.posted_on.isoformat(),
        "merchant": line.merchant,
        "merchant_code": line.merchant_code,
        "amount": pounds(line.pence).replace("£", "").replace(",", ""),
        "reference": line.reference,
    }
    by_heading = {place[column]: cell for column, cell in written.items() if place[column]}
    return tuple(by_heading.get(heading, "") for heading in headings)
