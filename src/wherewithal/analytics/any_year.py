"""The days of a period as a question names them: the engine is told them, so that a question is written once
for every year that is counted.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import ibis
from ibis.expr import datatypes

from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written


@dataclass(frozen=True)
class Told:
    """A day that the engine is told by this name, and in words by the other."""

    name: str

    @property
    def in_words(self) -> str:
        return f"{self.name}_in_words"


Day = date | Told


class Period(Protocol):
    """What questions ask of a period. ``year_before`` is before ``first``, and ``last`` is not."""

    @property
    def first(self) -> Day: ...

    @property
    def last(self) -> Day: ...

    @property
    def year_before(self) -> Day: ...


@dataclass(frozen=True)
class AnyYear:
    """Stands in a question for the reporting year that it is put of."""

    first: Told = Told("wherewithal_first")  # on a connection that may be another's
    last: Told = Told("wherewithal_last")
    year_before: Told = Told("wherewithal_year_before")


def day(on: Day) -> Any:
    """A day as an expression."""
    return _day(on.name) if isinstance(on, Told) else ibis.date(on.isoformat())


def in_words(on: Day) -> Any:
    """A day as people write it, such as 31 March 2026, as an expression."""
    return _words(on.in_words) if isinstance(on, Told) else ibis.literal(written(on))


def tell(duckdb: Any, period: ReportingYear) -> None:
    """The connection knows the days for which ``AnyYear`` stands, until it is to ``forget`` them."""
    days = ((told, getattr(period, name)) for name, told in _told())
    words = (
        f"{told.name} = DATE '{on}'; SET VARIABLE {told.in_words} = '{written(on)}'" for told, on in days
    )
    duckdb.execute("".join(f"SET VARIABLE {one}; " for one in words))


def forget(duckdb: Any) -> None:
    """The connection knows none of them."""
    names = (name for _, told in _told() for name in (told.name, told.in_words))
    duckdb.execute("".join(f"RESET VARIABLE {name}; " for name in names))


def _told() -> list[tuple[str, Told]]:
    return list(vars(AnyYear()).items())


# DuckDB puts the value in before it plans, so that a day it was told is as good as one that is written.


@ibis.udf.scalar.builtin(name="getvariable")  # type: ignore[untyped-decorator]
def _day(known_as: datatypes.string) -> datatypes.date:
    """The day of that name."""


@ibis.udf.scalar.builtin(name="getvariable")  # type: ignore[untyped-decorator]
def _words(known_as: datatypes.string) -> datatypes.string:
    """The words of that name."""
