"""What was found in a file of Client Level Data, to act on. What stood in a cell is told as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from wherewithal.core import return_check as words
from wherewithal.core.refusal import Refusal
from wherewithal.formats.cld.cells import Level
from wherewithal.policy.client_level_data import Effect

LEVELS = cast(tuple[Level, ...], tuple(words.LEVELS))
SHOWN = 20
"""Of faults that are alike, the rows of the first so many are named."""


class Instead(str):
    """Words of ours that are told in place of what stood in a cell: ``9 cells``. Nothing of the cell."""


@dataclass(frozen=True)
class OnMeasures:
    """One thing that a fault does to measures, in so many rows."""

    effect: Effect
    rows: int


@dataclass(frozen=True)
class Fault:
    """Faults that are alike: ``times`` of them, the ``rows`` of the first (the header being row 1).

    ``field`` is '' for a whole row or file, ``of`` says of which rows alone it is a fault ('' of any),
    ``value`` is what stood there first ('' nothing), ``now`` as what that was read ('' where it could not be
    used or stays as it is), ``people`` how many people the rows are about.
    """

    level: Level
    field: str
    of: str
    value: str
    expected: str
    now: str
    times: int
    rows: tuple[int, ...]
    people: int
    effects: tuple[OnMeasures, ...]

    def kept(self) -> dict[str, Any]:
        """All of it, ready for JSON; measures by their ids."""
        effects = [
            {"id": on.effect.id, "rows": on.rows, "of": on.effect.of, "says": on.effect.says,
             "measures": list(on.effect.measures)}
            for on in self.effects
        ]  # fmt: skip
        return {**vars(self), "rows": list(self.rows), "effects": effects}

    @property
    def says(self) -> str:
        """The fault at its first place, as a sentence."""
        place = ", ".join(part for part in (f"Row {self.rows[0]}", self.field, self.of) if part)
        found = f"“{self.value[:80]}” stood there" if self.value else "nothing stood there"
        read = f", and is read as “{self.now}”" if self.now else ""
        return f"{place}: {found}{read}; expected {self.expected}."

    @property
    def measures(self) -> tuple[str, ...]:
        """The ids of the measures that it changes."""
        return tuple(dict.fromkeys(id for one in self.effects for id in one.effect.measures))


class CannotBeTakenIn(Refusal):
    """A file of which nothing is counted; ``health`` has every fault."""

    def __init__(self, health: "Health") -> None:
        refused = health.of("refused")
        more = f" And {len(refused) - 1} more like this or other." if len(refused) > 1 else ""
        super().__init__(f"The file cannot be taken in. {refused[0].says}{more}")
        self.health = health


@dataclass(frozen=True)
class Health:
    """A file's state. ``councils`` are rows by code; ``stated`` the earliest and the latest day of the
    reporting periods that rows name, ``seen`` the first and the last day on which an event began or ended;
    ``absent`` the columns that the file does not have; ``blanked`` the cells that count as blank for their
    faults.
    """

    rows: int
    people: int
    councils: Mapping[str, int]
    stated: tuple[date | None, date | None]
    seen: tuple[date | None, date | None]
    absent: tuple[str, ...]
    blanked: int
    faults: tuple[Fault, ...]

    def of(self, level: Level) -> tuple[Fault, ...]:
        """The faults of one level, the most frequent first."""
        return tuple(fault for fault in self.faults if fault.level == level)

    @cached_property
    def worst(self) -> Level | None:
        """The gravest level that there is."""
        return next((level for level in LEVELS if self.of(level)), None)

    def must_be_taken_in(self) -> None:
        """Raises CannotBeTakenIn for a file that has refused faults."""
        if self.of("refused"):
            raise CannotBeTakenIn(self)
