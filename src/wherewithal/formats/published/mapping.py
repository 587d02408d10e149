"""What a mapping file says: which cell of a publication's files is which figure of which council.

    id = "direct-payments-31-march"      # and title, publisher, publication, year, licence, says, [marks],
                                         # [groups] and [[series]], as in policy/published/
    [[files]]
    file = "activity-2008-09.csv"        # in the folder that is given
    sheet = ""                           # of a workbook
    encoding = "cp1252"                  # of a CSV
    year = "2008-09"
    first_row = 8                        # the first one with figures
    last_row = 159                       # and the last one; without it, the end of the sheet
    council = { column = 1, by = "code", pattern = "^(\\d{3})" }    # by: code, ons or name
    councils = "2008-09"                 # the year whose councils they are, where it is not that
    england = ["England"]                # what stands there for the whole
    beside = ["NE", "E07.*"]             # patterns of what stands there and is neither
    [[files.cells]]
    column = 28                          # with ``to = 30``, the sum of the columns 28 to 30
    series = "direct-payments-31-march"
    group = "all"
    part = "value"                       # numerator, denominator or value

Where a row says itself what it is of, ``series``, ``group`` or ``part`` is a table: ``{ column = 5,
is = { "1C1A" = "1c-1a" } }``; a row with something else there is passed over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wherewithal.core.policy import NoPolicy
from wherewithal.core.refusal import Refusal
from wherewithal.policy import read_table
from wherewithal.policy.rows import Misspelt, Row
from wherewithal.policy.series import PARTS, SeriesTable, parse

_OF_TABLE = ("title", "publisher", "publication", "year", "licence", "says")


class BadMapping(Refusal):
    """A mapping file with a mistake; the message names its place."""


@dataclass(frozen=True)
class Told:
    """What a cell is of: ``always`` the same, or what the row's ``column`` says, by its ``words``."""

    always: str = ""
    column: int = 0
    words: Mapping[str, str] | None = None

    def of(self, row: list[str]) -> str | None:
        """None where the row says something else."""
        if self.words is None:
            return self.always
        return self.words.get(row[self.column - 1]) if self.column <= len(row) else None


@dataclass(frozen=True)
class Cells:
    """A column of figures, or several that are added up, from ``column`` to ``to``."""

    column: int
    to: int
    series: Told
    group: Told
    part: Told


@dataclass(frozen=True)
class Council:
    """Where a row names its council, by what, and which part of the cell it is."""

    column: int
    by: str
    pattern: re.Pattern[str] | None


@dataclass(frozen=True)
class File:
    """One file of the publication. Rows and columns are numbered from 1, as on the screen."""

    name: str
    sheet: str
    encoding: str
    year: str
    councils: str
    first_row: int
    last_row: int | None
    council: Council
    england: tuple[str, ...]
    beside: re.Pattern[str]
    cells: tuple[Cells, ...]


@dataclass(frozen=True)
class Mapped:
    """A mapping: the table that it makes, without figures yet, and where these are."""

    table: SeriesTable
    files: tuple[File, ...]


def mapping(path: Path) -> Mapped:
    """A mapping file. Raises BadMapping."""
    try:
        body = read_table(path)
    except NoPolicy as unreadable:
        raise BadMapping(unreadable.says) from unreadable
    row = Row(path.name, body)
    try:
        row.only(f"id {' '.join(_OF_TABLE)} marks groups series files")
        files = tuple(_file(one) for one in row.rows("files", "file"))
        table = parse(row.text("id"), body, ())
        for one in files:
            _check(one, table, path.name)
    except Misspelt as fault:
        raise BadMapping(f"{fault}.") from None
    except NoPolicy as fault:
        raise BadMapping(fault.says) from None
    return Mapped(table, files)


def _file(row: Row) -> File:
    row.only("file sheet encoding year councils first_row last_row council england beside cells")
    at = Row(f"{row.where}, council", row.get("council", dict))
    at.only("column by pattern")
    if (by := at.text("by", "code")) not in ("code", "ons", "name"):
        raise Misspelt(f"{at.where}: “by” must be code, ons or name")
    beside = "|".join(row.texts("beside", ())) or "(?!)"
    return File(
        name=row.text("file"), sheet=row.text("sheet", ""), encoding=row.text("encoding", "utf-8-sig"),
        year=row.text("year"), councils=row.text("councils", row.text("year")),
        first_row=_place(row, "first_row"),
        last_row=_place(row, "last_row") if "last_row" in row.body else None,
        council=Council(
            _place(at, "column"), by, _pattern(at, at.text("pattern")) if "pattern" in at.body else None
        ),
        england=row.texts("england", ()), beside=_pattern(row, beside),
        cells=tuple(_cells(one) for one in row.rows("cells", "cells")),
    )  # fmt: skip


def _cells(row: Row) -> Cells:
    row.only("column to series group part")
    first = _place(row, "column")
    to = _place(row, "to") if "to" in row.body else first
    return Cells(first, to, *(_told(row, key) for key in ("series", "group", "part")))


def _told(row: Row, key: str) -> Told:
    if not isinstance(row.body.get(key), dict):
        return Told(row.text(key))
    inner = Row(f"{row.where}, {key}", row.get(key, dict))
    inner.only("column is")
    words: dict[str, Any] = inner.get("is", dict)
    return Told(
        column=_place(inner, "column"), words={name: Row(inner.where, words).text(name) for name in words}
    )


def _pattern(row: Row, written: str) -> re.Pattern[str]:
    try:
        return re.compile(written)
    except re.error as fault:
        raise Misspelt(f"{row.where}: “{written}” is no regular expression: {fault}") from None


def _place(row: Row, key: str) -> int:
    number = row.number(key)
    if not number or number < 1:
        raise Misspelt(f"{row.where}: “{key}” must be a whole number from 1")
    return number


def _check(file: File, table: SeriesTable, where: str) -> None:
    """Whatever a cell may be of is explained in the mapping itself."""
    known = {"series": table.series, "group": table.groups, "part": dict.fromkeys(PARTS)}
    for number, one in enumerate(file.cells, 1):
        for key, there in known.items():
            told: Told = getattr(one, key)
            for word in told.words.values() if told.words is not None else (told.always,):
                if word not in there:
                    raise BadMapping(
                        f"{where}, file “{file.name}”, cells {number}: the {key} “{word}” is not explained. "
                        f"There are: {', '.join(there)}."
                    )
