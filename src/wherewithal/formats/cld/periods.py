"""Which reporting periods each council states in a file; of more than one a count takes the rows of one."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from wherewithal.core.period import written
from wherewithal.core.return_check import LEAST_SHARE
from wherewithal.formats.cld.columns import NOTHING, Values
from wherewithal.formats.cld.hashing import together
from wherewithal.formats.cld.health import SHOWN, Fault, Instead
from wherewithal.formats.cld.words import WordColumn

MOST_MET = 5_000
"""Periods of all councils; of a column that holds something else, no more are told apart."""
MOST_TOLD = 20
"""Of one council; what comes after is told as one."""

_EPOCH = date(1970, 1, 1)


@dataclass
class _Stated:
    """A period of a council, as far as it was met."""

    council: str
    first: int
    last: int
    times: int = 0
    rows: list[int] = field(default_factory=list)

    @property
    def says(self) -> str:
        if self.first == self.last == NOTHING:
            return ""
        return f"{_day(self.first)} to {_day(self.last)}"


class Periods:
    """The periods that each council states, how often, and in which rows first."""

    def __init__(self) -> None:
        self._met: dict[int, _Stated] = {}

    def add(self, rows: npt.NDArray[np.int64], council: WordColumn, first: Values, last: Values) -> None:
        """Some rows: their councils, and the days on which the periods that they state begin and end."""
        if not len(rows):
            return
        keys = together(council.hashes(), first.astype(np.uint64), last.astype(np.uint64))
        if (keys == keys[0]).all():
            found = [(keys[0], 0, len(keys))]
        else:
            found = list(zip(*np.unique(keys, return_index=True, return_counts=True), strict=True))
        for key, place, times in found:
            known = int(key) in self._met or len(self._met) < MOST_MET
            if known and (code := council.value(place)) is not None:
                stated = self._met.setdefault(
                    int(key), _Stated(str(code), int(first[place]), int(last[place]))
                )
                stated.times += int(times)
                if (room := SHOWN - len(stated.rows)) > 0:
                    stated.rows += [int(row) for row in rows[np.flatnonzero(keys == key)[:room]]]

    def faults(self) -> list[Fault]:
        """A warning for each period that a council states beside the one of most of its rows."""
        of_council: dict[str, list[_Stated]] = {}
        for one in self._met.values():
            of_council.setdefault(one.council, []).append(one)
        found = []
        for stated in of_council.values():
            most, *others = sorted(stated, key=lambda one: (-one.times, -one.last))
            found += [_fault(one, most) for one in others[:MOST_TOLD]]
            if more := others[MOST_TOLD:]:
                found.append(_of_more(more, most))
        return found


def _of_more(more: list[_Stated], most: _Stated) -> Fault:
    """Periods that are too many to be any: most often the column holds something else."""
    rows = [row for one in more for row in one.rows][:SHOWN]
    return Fault(
        "warning", "Reporting_Period_End_Date", f"council {most.council}",
        Instead(f"{len(more):,} more periods, at least"),
        f"{most.says or 'no period'}, or one other; do the columns hold the days of events?", "",
        sum(one.times for one in more), tuple(rows), 0, (),
    )  # fmt: skip


def _fault(one: _Stated, most: _Stated) -> Fault:
    rows = "1 other row" if most.times == 1 else f"{most.times:,} other rows"
    states = "states" if most.times == 1 else "state"
    expected = f"{most.says or 'no period'}, which {rows} of council {one.council} {states}; "
    if not one.says:
        expected += "a count takes rows that state none only where no others of the council cover its year"
    elif one.times * LEAST_SHARE < most.times:
        expected += "so few rows are taken for a slip, and every count leaves them out"
    else:
        expected += (
            "each period is a submission of its own, of which a count takes the one that covers most of its "
            "year, else the one that ends last, and leaves out the rows of the other"
        )
    return Fault(
        "warning", "Reporting_Period_End_Date", f"council {one.council}", Instead(one.says), expected, "",
        one.times, tuple(one.rows), 0, (),
    )  # fmt: skip


def _day(number: int) -> str:
    return "no day" if number == NOTHING else written(_EPOCH + timedelta(number))
