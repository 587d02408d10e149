"""What a mapping file says of an extract: which column is which field, which value is which word.

    id = "our-system"                    # and title, publisher, publication, year, licence, says, sources,
                                         # verified = false where a reading was not confirmed
    encoding = "utf-8"                   # utf-8 without it
    separator = ","                      # "," without it; ";" and "\\t" are common too
    a_row_is_a_person = true             # where the extract has no number for people that can be relied on

    [[lacks]]                            # what the extract does not hold: of that nobody is counted, never 0
    what = "direct payments"
    fields = ["Delivery_Mechanism"]      # what needs these is not told; so of any field that nothing gives
    says = "No column tells who has one."
    sources = ["..."]

    [councils]                           # code -> name; without it, the English councils of all years
    S100 = "Aberdeen City"

    [always]                             # the same in every event: field -> value
    Event_Type = "Service"

    [[columns]]                          # every column of the extract, each once
    column = "Sex"                       # its name in the header
    says = "M or F"
    field = "Gender"                     # what it becomes
    is = { M = "Male", F = "Female" }    # value -> value; without it, a value stays as it is
    blank = ["."]                        # values that stand for nothing
    otherwise = "refused"                # a value not named: refused (without it), blank or kept
    prefix = "S"                         # put before a value that stays as it is
    dates = "%Y%m%d"                     # how a date is written, where it is not 31/03/2026 or 2026-03-31

A column is one of four: ``field``; ``ages = { 1 = "18-64", 4 = "85+" }`` for an age group in place of a birth
date; ``passed_over = "why"``; or one that only ``when`` looks at, whose values are ``may_be = ["0", "1"]``.

    [[events]]                           # a row is an event for each of these; without any, it is one
    title = "Direct payment"
    when = { has_dp = ["1"] }            # column -> the values that make it one; each column must have one. A
                                         # list of such tables: those of any one of them
    always = { Service_Component = "Direct payment" }
    [[events.columns]]                   # columns that are fields of this event alone, as above
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from wherewithal.core.policy import NoPolicy
from wherewithal.core.refusal import Refusal
from wherewithal.policy import HERE, read_table
from wherewithal.policy.rows import Misspelt, Row

SHIPPED = HERE / "mappings"
_ABOUT = ("id", "title", "publisher", "publication", "year", "licence", "says")
_COLUMN = "column says field is blank otherwise dates prefix ages passed_over may_be"


class BadMapping(Refusal):
    """A mapping file with a mistake; the message names its place."""


class Ages(NamedTuple):
    """Whole years, both included; an open band has no ``oldest``, an age that is not known neither."""

    youngest: int | None
    oldest: int | None


NO_AGE = Ages(None, None)


@dataclass(frozen=True)
class Column:
    """One column. ``becomes`` is what each of its values does: a field's word, or ages; None for any."""

    name: str
    says: str
    field: str
    becomes: Mapping[str, str | Ages] | None
    blank: tuple[str, ...]
    otherwise: str
    dates: str
    prefix: str
    passed_over: str
    may_be: tuple[str, ...]

    @property
    def has_ages(self) -> bool:
        return not self.field and self.becomes is not None


@dataclass(frozen=True)
class Event:
    """One event of each row that has one of the values of each column of a table of ``when``; without any
    table, of every row.
    """

    title: str
    when: tuple[Mapping[str, tuple[str, ...]], ...]
    always: Mapping[str, str]
    columns: tuple[Column, ...]


WHOLE_ROW = Event("a row", (), {}, ())
"""What a mapping without events makes of each row."""


@dataclass(frozen=True)
class Lack:
    """Something that the extract does not hold, and why; what needs one of ``fields`` cannot be told."""

    what: str
    fields: tuple[str, ...]
    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ExtractMapping:
    """A mapping file. ``councils`` is empty where they are England's."""

    id: str
    title: str
    publisher: str
    publication: str
    year: str
    licence: str
    says: str
    sources: tuple[str, ...]
    verified: bool
    encoding: str
    separator: str
    a_row_is_a_person: bool
    lacks: tuple[Lack, ...]
    councils: Mapping[str, str]
    always: Mapping[str, str]
    columns: tuple[Column, ...]
    events: tuple[Event, ...]


def shipped() -> tuple[str, ...]:
    """The mappings that come with this, by name."""
    return tuple(sorted(file.stem for file in SHIPPED.glob("*.toml")))


def mapping(name: str) -> ExtractMapping:
    """A mapping that comes with this, by its name, or anybody's, by its file's path. Raises BadMapping."""
    path = SHIPPED / f"{name}.toml" if name in shipped() else Path(name)
    if path.suffix != ".toml":
        raise BadMapping(
            f"There is no mapping “{name}”. There are: {', '.join(shipped())}. One of your own goes by the "
            "path of its file, which ends in .toml."
        )
    try:
        body = read_table(path)
    except NoPolicy as unreadable:
        raise BadMapping(unreadable.says) from unreadable
    try:
        return _mapping(Row(path.name, body))
    except Misspelt as fault:
        raise BadMapping(f"{fault}.") from None


def _mapping(row: Row) -> ExtractMapping:
    row.only(
        " ".join(_ABOUT)
        + " sources verified encoding separator a_row_is_a_person lacks councils always columns events"
    )
    separator = row.text("separator", ",") if "separator" not in row.body else row.get("separator", str)
    if len(separator) != 1:
        raise Misspelt(f"{row.where}: “separator” must be one character")
    return ExtractMapping(
        **{key: row.text(key) for key in _ABOUT},
        sources=row.texts("sources", ()),
        verified=row.flag("verified", True),
        encoding=row.text("encoding", "utf-8"),
        separator=separator,
        a_row_is_a_person=row.flag("a_row_is_a_person", False),
        lacks=tuple(_lack(one) for one in row.rows("lacks", "lack", ())),
        councils={code: _plain(name) for code, name in row.get("councils", dict, {}).items()},
        always=_always(row),
        columns=tuple(_column(one) for one in _named(row, "columns", "column", by="column")),
        events=tuple(_event(one) for one in _named(row, "events", "event", by="title", default=())),
    )


def _lack(row: Row) -> Lack:
    row.only("what fields says sources")
    return Lack(row.text("what"), row.texts("fields"), row.text("says"), row.texts("sources", ()))


def _event(row: Row) -> Event:
    row.only("title when always columns")
    when = row.body.get("when", [])
    tables = [Row(row.where, when)] if isinstance(when, dict) else row.rows("when", "when", ())
    return Event(
        row.text("title"),
        tuple({column: one.texts(column) for column in one.body} for one in tables),
        _always(row),
        tuple(_column(one) for one in _named(row, "columns", "column", by="column", default=())),
    )


def _column(row: Row) -> Column:
    row.only(_COLUMN)
    name = row.text("column")
    kinds = [key for key in ("field", "ages", "passed_over", "may_be") if key in row.body]
    if len(kinds) != 1:
        raise Misspelt(f"{row.where}: give one of field, ages, passed_over and may_be")
    if (otherwise := row.text("otherwise", "refused")) not in ("refused", "blank", "kept"):
        raise Misspelt(f"{row.where}: “otherwise” must be refused, blank or kept")
    becomes: dict[str, str | Ages] | None = None
    if "ages" in row.body:
        bands = Row(f"{row.where}, ages", row.get("ages", dict))
        becomes = {value: _ages(bands, value) for value in bands.body}
    elif "is" in row.body:
        becomes = {value: _plain(word) for value, word in row.get("is", dict).items()}
    return Column(
        name, row.text("says"), row.text("field", ""), becomes, row.texts("blank", ()), otherwise,
        row.text("dates", ""), row.text("prefix", ""), row.text("passed_over", ""), row.texts("may_be", ()),
    )  # fmt: skip


def _ages(row: Row, value: str) -> Ages:
    found = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3})|(\+))", row.text(value), re.ASCII)
    if not found or (found[2] and int(found[2]) < int(found[1])):
        raise Misspelt(f"{row.where}: “{row.text(value)}” must be an age group such as 18-64 or 85+")
    return Ages(int(found[1]), int(found[2]) if found[2] else None)


def _always(row: Row) -> dict[str, str]:
    return {field: _plain(value) for field, value in row.get("always", dict, {}).items()}


def _plain(value: Any) -> str:
    """As it would stand in a cell of Client Level Data."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _named(
    row: Row, key: str, called: str, *, by: str, default: Sequence[Mapping[str, Any]] | None = None
) -> Iterator[Row]:
    """The tables of a list, each called by its own name."""
    found = row.rows(key, called) if default is None else row.rows(key, called, default)
    for one in found:
        yield Row(f"{row.where}, {called} “{one.text(by)}”", one.body)
