"""What is found while a file is read: gathered as it is told, block by block, in bounded memory."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from wherewithal.formats.cld.cells import Level
from wherewithal.formats.cld.hashing import Hashes, distinct
from wherewithal.formats.cld.health import LEVELS, SHOWN, Fault, Health, OnMeasures
from wherewithal.formats.cld.periods import Periods
from wherewithal.formats.cld.whose import Whose
from wherewithal.policy.client_level_data import Effect

KINDS = 200
"""So many kinds of fault of one field are told apart; what comes after is told as one."""

Rows = npt.NDArray[np.int64]


class People:
    """How many different people there are among all that were added."""

    def __init__(self) -> None:
        self._held: list[Hashes] = []
        self._waiting = 0

    def add(self, whose: Hashes) -> None:
        self._held.append(whose)
        self._waiting += len(whose)
        if self._waiting > 1 << 20:
            self.count()

    def count(self) -> int:
        if len(self._held) > 1 or self._waiting:
            self._held = [distinct(np.concatenate(self._held))]
            self._waiting = 0
        return len(self._held[0]) if self._held else 0


@dataclass
class _Alike:
    """Faults that are alike, so far."""

    value: str
    expected: str
    now: str
    times: int = 0
    rows: list[int] = field(default_factory=list)
    people: People = field(default_factory=People)
    effects: Counter[Effect] = field(default_factory=Counter)


class Failed(Protocol):
    """Wants to know of each row with a fault that must be mended."""

    def note(self, rows: Sequence[int] | Rows, field: str, expected: str) -> None:
        """Something else was expected in a field of these rows."""


class Findings:
    """Filled by whoever reads a file; ``health`` says what was found, at the end or on the way. With
    ``failed``, that is told of each row too.
    """

    def __init__(self, failed: Failed | None = None) -> None:
        self.failed = failed
        self.rows = 0
        self.blanked = 0
        self.councils: Counter[str] = Counter()
        self.people = People()
        self.whose = Whose()
        self.periods = Periods()
        self.absent: tuple[str, ...] = ()
        self._stated: tuple[date | None, date | None] = (None, None)
        self._seen: tuple[date | None, date | None] = (None, None)
        self._alike: dict[tuple[str, ...], _Alike] = {}
        self._kinds: Counter[tuple[str, str]] = Counter()

    def tell(
        self,
        level: Level,
        of_field: str,
        value: str,
        expected: str,
        rows: Sequence[int] | Rows,
        *,
        like: str | None = None,
        of: str = "",
        now: str = "",
        people: Hashes | None = None,
        effects: Sequence[tuple[Effect, int]] = (),
    ) -> None:
        """Faults of one kind in some rows. ``like`` says which are of a kind, else ``value`` does; ``now`` is
        as what it was read, if it was; ``people`` are numbers of those that the rows are about; ``effects``
        say in how many of the rows each comes.
        """
        one = self._one(level, of_field, of, value if like is None else like, value, expected, now)
        one.times += len(rows)
        if self.failed and level != "warning":
            self.failed.note(rows, of_field, expected)
        if len(one.rows) < SHOWN:
            one.rows += [int(row) for row in rows[: SHOWN - len(one.rows)]]
        if people is not None:
            one.people.add(people)
        for effect, times in effects:
            one.effects[effect] += times

    def _one(
        self, level: str, of_field: str, of: str, like: str, value: str, expected: str, now: str
    ) -> _Alike:
        key = (level, of_field, of, like, expected)
        if key not in self._alike:
            if self._kinds[level, of_field] >= KINDS:
                key = (level, of_field, "", "", "others")
                value = f"{value[:40]}, and more that differ"
            self._kinds[level, of_field] += 1
            self._alike.setdefault(key, _Alike(value, expected, now))
        return self._alike[key]

    def period(self, stated: Sequence[date | None], seen: Sequence[date | None]) -> None:
        """Days that a reporting period or an event begins or ends on."""
        self._stated = _widened(self._stated, stated)
        self._seen = _widened(self._seen, seen)

    @property
    def refused(self) -> bool:
        """Whether something was found for which nothing may be taken in."""
        return any(key[0] == "refused" for key in self._alike)

    def health(self) -> Health:
        """What was found so far."""
        faults = [_fault(key, one) for key, one in self._alike.items()]
        faults += self.whose.faults() + self.periods.faults()
        faults.sort(key=lambda one: (LEVELS.index(one.level), -one.times, one.rows))
        return Health(
            self.rows, self.people.count(), dict(self.councils.most_common()), self._stated, self._seen,
            self.absent, self.blanked, tuple(faults),
        )  # fmt: skip


def _fault(key: tuple[str, ...], one: _Alike) -> Fault:
    level: Any
    level, of_field, of, *_ = key
    effects = tuple(OnMeasures(effect, rows) for effect, rows in one.effects.items())
    return Fault(
        level, of_field, of, one.value, one.expected, one.now, one.times, tuple(one.rows), one.people.count(),
        effects,
    )  # fmt: skip


def _widened(
    known: tuple[date | None, date | None], days: Sequence[date | None]
) -> tuple[date | None, date | None]:
    found = [day for day in (*known, *days) if day is not None]
    return (min(found), max(found)) if found else (None, None)
