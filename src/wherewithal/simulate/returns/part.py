"""One part of the return, made in memory: so many rows, of one submission or of two."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from wherewithal.simulate.returns.columns import BLANK, Flags, Rows, code, days
from wherewithal.simulate.returns.faults import spoiled
from wherewithal.simulate.returns.lives import lived
from wherewithal.simulate.returns.people import draw
from wherewithal.simulate.returns.planning import Part

NOW = (date(2024, 4, 1), date(2025, 3, 31))
BEFORE = (date(2024, 1, 1), date(2024, 12, 31))

ROWS_A_PERSON = 2.2
"""Fewer than people have, so that enough of them are drawn at once in most cases."""


@dataclass(frozen=True)
class Submission:
    """The rows that a council sent of one period, its first and last day."""

    period: tuple[date, date]
    rows: Rows


def made(part: Part) -> list[Submission]:
    """The part's submissions, the newest first, with ``part.rows`` rows in all."""
    dice = part.dice
    many = int(part.rows / ROWS_A_PERSON) + 60
    rows = lived(dice, draw(dice, part, many))
    while len(rows) < part.rows:
        many *= 2
        rows = lived(dice, draw(dice, part, many))
    if not part.twice:
        return [Submission(NOW, spoiled(dice, rows.taken(slice(part.rows)), part))]
    newest = _how_many(rows, part.rows)
    now = spoiled(dice, rows.taken(slice(newest)), part)
    return [Submission(NOW, now), Submission(BEFORE, _a_quarter_before(now).taken(slice(part.rows - newest)))]


def _how_many(rows: Rows, in_all: int) -> int:
    """How many rows of the newest submission leave room for those that the one before has of them."""
    both = np.arange(1, len(rows) + 1) + np.cumsum(_known_before(rows))
    return int(np.searchsorted(both, in_all)) + 1


def _known_before(rows: Rows) -> Flags:
    """Which rows the submission of the quarter before has: what was over by then, and services begun."""
    last = days(BEFORE[1])
    over = rows.columns["Event_End_Date"] <= last
    service = rows.columns["Event_Type"] == code("Event_Type", "Service")
    return (rows.columns["Event_Start_Date"] <= last) & (over | service)


def _a_quarter_before(now: Rows) -> Rows:
    """The same people as they were known then: what ended since is open, and who died since is alive."""
    rows, last = now.taken(_known_before(now)), days(BEFORE[1])
    ends, died = rows.columns["Event_End_Date"], rows.columns["Date_of_Death"]
    later = ends > last
    rows.columns |= {
        "Event_End_Date": np.where(later, BLANK, ends),
        "Event_Outcome": np.where(later, BLANK, rows.columns["Event_Outcome"]),
        "Date_of_Death": np.where(died > last, BLANK, died),
    }
    return rows
