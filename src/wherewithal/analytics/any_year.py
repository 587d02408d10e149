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
    """A day of the year that the engine is told, by its name there."""

    name: str


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

    first: Told = Told("first")
    last: Told = Told("last")
    year_before: Told = Told("year_before")


def day(on: Day) -> Any:
    """A day as an expression."""
    return _told(_YEAR)[on.name] if isinstance(on, Told) else ibis.date(on.isoformat())


def in_words(on: Day) -> Any:
    """A day as people write it, such as 31 March 2026, as an expression."""
    return _told(_YEAR)[f"{on.name} in words"] if isinstance(on, Told) else ibis.literal(written(on))


def tell(duckdb: Any, period: ReportingYear) -> None:
    """The connection knows the days for which ``AnyYear`` stands, until it is to ``forget`` them."""
    days = {name: getattr(period, name) for name in vars(AnyYear())}
    known = [f"'{name}': DATE '{on}', '{name} in words': '{written(on)}'" for name, on in days.items()]
    duckdb.execute(f"SET VARIABLE {_YEAR} = {{{', '.join(known)}}}")


def forget(duckdb: Any) -> None:
    """The connection knows none of them."""
    duckdb.execute(f"RESET VARIABLE {_YEAR}")


_YEAR = "wherewithal_year"  # on a connection that may be another's
_DAYS = {
    name: kind for day in vars(AnyYear()) for name, kind in ((day, "date"), (f"{day} in words", "string"))
}


@ibis.udf.scalar.builtin(name="getvariable")  # type: ignore[untyped-decorator]
def _told(known_as: datatypes.string) -> datatypes.Struct(_DAYS):  # type: ignore[valid-type]
    """All that is told. DuckDB puts it in before it plans, so a day of it is as good as a written one."""
