"""What is to be said of judged rows: of each cell, of the cells of a row together, and of what that does."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np

from wherewithal.formats.cld.cells import Level, expected_in, written
from wherewithal.formats.cld.columns import NOTHING, Mask
from wherewithal.formats.cld.fields import Field, fields
from wherewithal.formats.cld.findings import Findings
from wherewithal.formats.cld.health import Instead
from wherewithal.formats.cld.judged import Judged
from wherewithal.policy.client_level_data import Effect, effects

_WITHOUT_EVENT = ("Unpaid carer known by association",)
_EPOCH = date(1970, 1, 1)


def tell(rows: Judged, found: Findings) -> None:
    """Tells ``found`` every fault of the rows, and counts them."""
    told = _Told(rows, found)
    for field in fields():
        told.cells(field)
        told.needed(field)
    told.order("Event_End_Date", "error", "a day on or after the start of the event")
    told.order("Date_of_Death", "warning", "a day on or after the start of the event")
    told.outlasted()
    for effect in effects():
        if effect.fault == "blank":
            told.blank(effect)
    _count(rows, found)


class _Told:
    """The telling of one block."""

    def __init__(self, rows: Judged, found: Findings) -> None:
        self._rows = rows
        self._found = found
        self._meets: dict[Effect, Mask] = {}

    def cells(self, field: Field) -> None:
        """What each cell says by itself."""
        for said, value, where in self._rows[field.name].said():
            touched = _of(field.name, "blank") if said.level != "warning" else ()
            self._found.tell(
                said.level, field.name, value, said.expected, self._rows.rows[where], like=said.like,
                now=said.now, people=self._rows.people[where], effects=self._effects(touched, where),
            )  # fmt: skip
            self._found.blanked += len(where) if said.level == "error" else 0

    def needed(self, field: Field) -> None:
        """Nothing stood where something must."""
        missing = self._rows[field.name].empty & self._must(field) if field.needed else _NONE
        if missing.any():
            level: Level = "refused" if field.name == "LA_Code" else "error"
            self._tell(level, field.name, "", expected_in(field), missing, _of(field.name, "blank"))

    def order(self, ends: str, level: Level, expected: str) -> None:
        """Something ends before the event starts."""
        starts, until = (self._rows.numbers(name) for name in ("Event_Start_Date", ends))
        wrong = (until < starts) & (until != NOTHING)
        if wrong.any():
            first = int(np.flatnonzero(wrong)[0])
            value = Instead(f"{_day(until[first])}, with a start on {_day(starts[first])}")
            self._tell(level, ends, value, expected, wrong, _of(ends, "order"))

    def outlasted(self) -> None:
        """A service goes on after the person's death."""
        starts, until, died = (
            self._rows.numbers(name) for name in ("Event_Start_Date", "Event_End_Date", "Date_of_Death")
        )
        lived = (starts != NOTHING) & (died != NOTHING) & (starts <= died)
        wrong = lived & ((until == NOTHING) | (until > died))
        if wrong.any():
            services = wrong & self._rows.words("Event_Type").among(("Service",))
            value = Instead("no end, or one after the person’s death")
            expected = "an end no later than the person’s death"
            self._tell("warning", "Event_End_Date", value, expected, services, _of("Event_End_Date", "open"))

    def blank(self, effect: Effect) -> None:
        """Nothing stood where nothing must, but a measure misses it."""
        field = next(field for field in fields() if field.name == effect.field)
        missed = self._rows[field.name].empty & ~self._must(field)
        if missed.any():
            self._tell(
                "warning", field.name, "", expected_in(field), missed & self._where(effect), (effect,),
                effect.of,
            )  # fmt: skip

    def _tell(
        self, level: Level, name: str, value: str, expected: str, where: Mask, touched: Sequence[Effect],
        of: str = "",
    ) -> None:  # fmt: skip
        places = np.flatnonzero(where)
        if len(places):
            self._found.tell(
                level, name, value, expected, self._rows.rows[places], like="", of=of,
                people=self._rows.people[places], effects=self._effects(touched, places),
            )  # fmt: skip

    def _effects(self, touched: Sequence[Effect], places: np.ndarray) -> list[tuple[Effect, int]]:
        found = [(effect, int(self._where(effect)[places].sum())) for effect in touched]
        return [(effect, times) for effect, times in found if times]

    def _where(self, effect: Effect) -> Mask:
        if effect not in self._meets:
            self._meets[effect] = self._rows.meets(effect.only, effect.but)
        return self._meets[effect]

    def _must(self, field: Field) -> Mask:
        """The rows that must have the field."""
        if field.needed == "rows":
            return np.ones(len(self._rows.rows), bool)
        if field.needed == "events":
            return ~self._rows.words("Client_Type").among(_WITHOUT_EVENT)
        return self._rows.words("Event_Type").among(field.needed)


_NONE: Mask = np.zeros(0, bool)


@cache
def _of(field: str, fault: str) -> tuple[Effect, ...]:
    return tuple(one for one in effects() if (one.field, one.fault) == (field, fault))


def _count(rows: Judged, found: Findings) -> None:
    """How many rows, of whom, of which days."""
    found.rows += len(rows.rows)
    found.people.add(rows.people[rows.people != 0])
    found.councils.update(rows.words("LA_Code").tally())
    found.whose.add(rows.rows, rows.events(), rows.own, rows.nhs)
    stated = [rows.numbers(name) for name in ("Reporting_Period_Start_Date", "Reporting_Period_End_Date")]
    found.periods.add(rows.rows, rows.words("LA_Code"), *stated)
    found.period(
        _span(rows, "Reporting_Period_Start_Date", "Reporting_Period_End_Date"),
        _span(rows, "Event_Start_Date", "Event_End_Date"),
    )


def _span(rows: Judged, *names: str) -> list[date]:
    """The first and the last of the days in some fields."""
    days = np.concatenate([rows.numbers(name) for name in names])
    days = days[days != NOTHING]
    return [_EPOCH + timedelta(int(day)) for day in (days.min(), days.max())] if len(days) else []


def _day(number: int) -> str:
    return written(_EPOCH + timedelta(int(number)))
