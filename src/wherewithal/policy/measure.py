"""The measures, read from ``policy/measures/*.toml``: what is counted, of whom, when, on what authority.

The kinds, and what each needs to know, stand in ``measure_kinds`` (services in a year, a rate, one setting a
person), ``measure_rows`` (people by their rows, amounts), ``measure_days`` and ``measure_particulars``; how
each is counted, in ``wherewithal.analytics``.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from wherewithal.core.policy import NoPolicy
from wherewithal.core.refusal import Refusal
from wherewithal.policy import names, read_table, table
from wherewithal.policy.measure_days import Days, days
from wherewithal.policy.measure_file import NotThere, body_of, definition_of, misspelt_word
from wherewithal.policy.measure_kinds import InYear, OneSetting, Rate, in_year, one_setting, rate
from wherewithal.policy.measure_particulars import Particulars, particulars
from wherewithal.policy.measure_rows import Amounts, People, amounts, people
from wherewithal.policy.rows import Misspelt, Row
from wherewithal.policy.spelling import nearest

Counts = InYear | Rate | OneSetting | People | Amounts | Days | Particulars
OF_EVENTS = InYear | Rate | OneSetting | People | Amounts
"""The kinds that look at each person of the events; the others look at journeys or at particulars."""

Unit = Literal["%", "days", "% change", "£ a week", "£ a year", "per 100,000"]
Breakdown = Literal["age", "gender", "ethnicity", "reason"]
FOLDER = "measures"
_beside: ContextVar[Mapping[str, "Measure"]] = ContextVar(
    "measures beside ours", default=MappingProxyType({})
)


class NoMeasure(Refusal):
    """A measure that no policy file defines, or one that cannot be read; it names the file and the key."""


@dataclass(frozen=True)
class Measure:
    """One measure. ``definition`` changes whenever anything in its definition does. A council set a ``local``
    one for itself. ``published`` names the table and the series of what was published by it. ``breakdowns``
    are what it may be told by. Of the base, only who is in that of the measure ``highest`` could have a
    personal budget; everybody where it is empty.
    """

    id: str
    family: str
    title: str
    plain: str
    unit: Unit
    decimals: int
    population: str
    numerator: str
    people_one: str
    people_many: str
    base: str
    reading: str
    source: str
    verified: bool
    breaks: tuple[str, ...]
    breakdowns: tuple[Breakdown, ...]
    holds_from: date | None
    holds_until: date | None
    counts: Counts
    definition: str
    local: bool = False
    published: tuple[str, str] | None = None
    highest: str = ""

    def held(self, first: date, last: date) -> bool:
        """Whether this was the definition in force for the whole of ``first`` to ``last``."""
        return (self.holds_from is None or self.holds_from <= first) and (
            self.holds_until is None or last <= self.holds_until
        )

    @property
    def snapshot(self) -> bool:
        """Whether it is taken on the last day; else it counts over the year."""
        match self.counts:
            case OneSetting() | Particulars():
                return self.counts.when != "in-year"
            case People():
                return all(clause.when != "in-year" for clause in self.counts.who)
            case Amounts():
                return True
        return False

    @property
    def from_events(self) -> bool:
        """Whether any council's Client Level Data can answer it, without our own record."""
        counts = self.counts
        return counts.source == "events" if isinstance(counts, Days) else isinstance(counts, OF_EVENTS)

    @property
    def rounding(self) -> str:
        """``to 1 decimal, halves up``."""
        to = {0: "whole numbers", 1: "1 decimal"}.get(self.decimals, f"{self.decimals} decimals")
        return f"to {to}, halves up"


def measures() -> dict[str, Measure]:
    """Every measure by its id, in the order of the files and within them; then those ``beside`` them."""
    more = _beside.get()
    return {**_ours(), **more} if more else _ours()


@contextmanager
def beside(more: Mapping[str, Measure]) -> Iterator[None]:
    """In the block these are measures too, such as those of ``definitions``."""
    before = _beside.set({**_beside.get(), **more})
    try:
        yield
    finally:
        _beside.reset(before)


@cache
def _ours() -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for name in names(FOLDER):
        _add(found, _read(f"{name}.toml", name.removeprefix(f"{FOLDER}/"), table(name)))
    return found


def measure(id: str) -> Measure:
    """One measure; raises NoMeasure naming the nearest, and where all are listed."""
    if id not in measures():
        near = ", ".join(nearest(id, measures(), most=3, alike=50))
        says = f"There is no measure “{id}”." + (f" The nearest to it: {near}." if near else "")
        raise NoMeasure(f"{says} “wherewithal measures list” lists all.")
    return measures()[id]


def definitions(folder: Path) -> dict[str, Measure]:
    """The measures that somebody wrote in a folder of their own, as files like those of ``policy/measures``:
    by id, in the order of the files. A file may stand on one of ours with ``as_in``.

    Raises NoMeasure, which names the file, the measure and the key, where something is missing, misspelt or
    of the wrong kind, where no file is there, and where one of our measures has the id.
    """
    found: dict[str, Measure] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            _add(found, _read(file.name, file.stem, read_table(file)))
        except NoPolicy as unreadable:
            raise NoMeasure(str(unreadable)) from unreadable
    if not found:
        raise NoMeasure(f"There is no definition in {folder}. Put files that end in .toml there.")
    if taken := next((id for id in found if id in _ours()), None):
        raise NoMeasure(f"“{taken}” is already a measure of ours. Give yours another name.")
    return found


def _add(found: dict[str, Measure], more: Mapping[str, Measure]) -> None:
    if twice := next((id for id in more if id in found), None):
        raise NoMeasure(f"Two measures are called “{twice}”.")
    found |= more


def _read(name: str, family: str, file: Mapping[str, Any]) -> dict[str, Measure]:
    try:
        ids = Row(name, file).inner("measures").body
        return {id: _measure(name, family, id, file) for id in ids}
    except (Misspelt, NotThere) as fault:
        raise NoMeasure(f"{fault}.") from fault


def _measure(name: str, family: str, id: str, file: Mapping[str, Any]) -> Measure:
    where = f"{name}, “{id}”"
    body = body_of(where, id, file)
    row = Row(where, body)
    counts = _KINDS[row.one_of("kind", tuple(_KINDS))](row)
    if wrong := misspelt_word(counts):
        raise Misspelt(f"{where}: {wrong}")
    own = Row(where, file["measures"][id])
    own.text("title")  # not that of its file
    published = own.inner("published") if "published" in own.body else None
    breakdowns = tuple(cast(Breakdown, one) for one in row.texts("breakdowns", ("age",)))
    if strange := set(breakdowns) - set(get_args(Breakdown)):
        raise Misspelt(f"{where}: “breakdowns” has {', '.join(sorted(strange))}, by which nothing is told")
    return Measure(
        id=id,
        family=family,
        **{key: row.text(key) for key in _TEXTS},
        unit=cast(Unit, row.one_of("unit", get_args(Unit))),
        decimals=cast(int, row.number("decimals")),
        verified=row.flag("verified"),
        breaks=row.texts("breaks"),
        breakdowns=breakdowns,
        holds_from=row.day("holds_from", None),
        holds_until=row.day("holds_until", None),
        counts=counts,
        definition=definition_of(id, body),
        local=row.flag("local", False),
        published=(published.text("table"), published.text("series")) if published else None,
        highest=Row(name, file).text("highest", ""),
    )


_TEXTS = (
    "title", "plain", "population", "numerator", "people_one", "people_many", "base", "reading", "source",
)  # fmt: skip
_KINDS: Mapping[str, Callable[[Row], Counts]] = {
    "services-in-year": in_year,
    "rate": rate,
    "one-setting": one_setting,
    "people": people,
    "amounts": amounts,
    "days": days,
    "particulars": particulars,
}
