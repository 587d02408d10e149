"""The days of a period as a question names them: DuckDB is told them, so that a question is written once for
every year that is counted.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Protocol

import ibis
from ibis.expr import datatypes

from wherewithal.analytics.year import ReportingYear
from wherewithal.core.period import written


@dataclass(frozen=True)
class NamedDay:
    """A day that is known by its name alone while a question is written."""

    name: str


Day = date | NamedDay


class YearAsked(Protocol):
    """What questions ask of a reporting year. ``year_before`` is before ``first``, and ``last`` is not."""

    @property
    def first(self) -> Day: ...

    @property
    def last(self) -> Day: ...

    @property
    def year_before(self) -> Day: ...


@dataclass(frozen=True)
class AnyYear:
    """Stands in a question for the reporting year that it is put of."""

    first: NamedDay = NamedDay("first")
    last: NamedDay = NamedDay("last")
    year_before: NamedDay = NamedDay("year_before")


def day(on: Day) -> Any:
    """A day as an expression."""
    return _year(_YEAR)[on.name] if isinstance(on, NamedDay) else ibis.date(on.isoformat())


def in_words(on: Day) -> Any:
    """A day as people write it, such as 31 March 2026, as an expression."""
    return _year(_YEAR)[_words(on.name)] if isinstance(on, NamedDay) else ibis.literal(written(on))


def tell(duckdb: Any, year: ReportingYear) -> None:
    """A connection of DuckDB knows from now on of which year questions of ``AnyYear`` are."""
    days: dict[str, date] = {name: getattr(year, name) for name in _DAYS}
    known = days | {_words(name): written(on) for name, on in days.items()}
    duckdb.execute(f"SET VARIABLE {_YEAR} = ?", [known])


def _words(name: str) -> str:
    return f"{name} in words"


_YEAR = "year"
_DAYS = tuple(field.name for field in fields(AnyYear))
_TYPES = dict.fromkeys(_DAYS, "date") | dict.fromkeys(map(_words, _DAYS), "string")


@ibis.udf.scalar.builtin(name="getvariable")  # type: ignore[untyped-decorator]
def _year(known_as: datatypes.string) -> datatypes.Struct(_TYPES):  # type: ignore[valid-type]
    """The year's days. DuckDB puts them in before it plans, so that they are as good as written ones."""
