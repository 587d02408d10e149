"""Which published series are of one subject, read from ``policy/trends/*.toml``, and where they break.

The series of a trend follow each other and are never joined: between two of them, and wherever the same
words were counted in another way, a break stands with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from wherewithal.core.policy import NoPolicy
from wherewithal.policy import names, table
from wherewithal.policy.rows import Misspelt, Row
from wherewithal.policy.series import Series, series_table


@dataclass(frozen=True)
class Part:
    """A series of a published table."""

    table: str
    series: str

    @property
    def of(self) -> Series:
        return series_table(self.table).series[self.series]

    @cached_property
    def years(self) -> tuple[str, ...]:
        return tuple(sorted({point.year for point in series_table(self.table).of(self.series)}))


@dataclass(frozen=True)
class Break:
    """Nothing joins these two years, and why."""

    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class TrendDefinition:
    """A subject: its series in the order of time, and every break."""

    id: str
    title: str
    says: str
    parts: tuple[Part, ...]
    breaks: tuple[Break, ...]

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(year for part in self.parts for year in part.years)


def trends() -> tuple[str, ...]:
    """The ids of all trends, in alphabetical order."""
    return tuple(name.split("/")[1] for name in names("trends"))


@cache
def trend(id: str) -> TrendDefinition:
    """A trend by its id. Raises NoPolicy where it is not there or does not hold together."""
    if id not in trends():
        raise NoPolicy(f"There is no trend “{id}”. There are: {', '.join(trends())}.")
    return parse(id, table(f"trends/{id}"))


def parse(id: str, body: Mapping[str, Any]) -> TrendDefinition:
    """A trend from its file. Raises NoPolicy: for series that overlap in time, and for one that follows
    another definition without a break that says why.
    """
    row = Row(f"trends/{id}.toml", body)
    try:
        row.only("title says parts breaks")
        parts = tuple(_part(one) for one in row.rows("parts", "part"))
        breaks = tuple(_break(one) for one in row.rows("breaks", "break", ()))
        found = TrendDefinition(id, row.text("title"), row.text("says"), parts, breaks)
    except Misspelt as fault:
        raise NoPolicy(f"{fault}.") from None
    if list(found.years) != sorted(set(found.years)):
        raise NoPolicy(f"{row.where}: its series must follow each other in time, each year once.")
    reasons = {(one.before, one.after) for one in breaks}
    neighbours = list(pairwise(found.years))
    if strange := reasons - set(neighbours):
        before, after = sorted(strange)[0]
        raise NoPolicy(f"{row.where}: {before} and {after} do not follow each other in it.")
    for one, other in pairwise(parts):
        between = (one.years[-1], other.years[0])
        if one.of.definition != other.of.definition and between not in reasons:
            raise NoPolicy(
                f"{row.where}: {between[0]} and {between[1]} have two definitions; say why in a break."
            )
    return found


def _part(row: Row) -> Part:
    row.only("table series")
    found = Part(row.text("table"), row.text("series"))
    if found.series not in series_table(found.table).series:
        raise Misspelt(f"{row.where}: {found.table} has no series “{found.series}”")
    return found


def _break(row: Row) -> Break:
    row.only("before after reason")
    return Break(row.text("before"), row.text("after"), row.text("reason"))
