"""From a publication's files to its tidy table, by a mapping; what is not clear is said by file and row."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from wherewithal.core.refusal import Refusal
from wherewithal.formats.published.mapping import Cells, File, Mapped
from wherewithal.formats.published.sheets import sheet
from wherewithal.policy.councils import ENGLAND, councils
from wherewithal.policy.series import PARTS, Point, Printed, SeriesTable, printed, text, written

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)


class CannotBring(Refusal):
    """A folder that cannot be written, or a table that is there already."""


@dataclass(frozen=True)
class Brought:
    """The table with its figures; ``remarks`` say what could not be taken, by file and row, and ``missing``
    which councils of a year have no figure in a series.
    """

    table: SeriesTable
    remarks: tuple[str, ...]
    missing: tuple[str, ...]
    marks: Counter[str]


def bring(of: Mapped, folder: Path) -> Brought:
    """Every figure that the mapping names, from the files in ``folder``. Raises BadSheet."""
    found: dict[tuple[str, str, str, str], dict[str, Printed]] = {}
    remarks: list[str] = []
    for file in of.files:
        for key, part, cell, place in _cells(
            file, sheet(folder / file.name, file.sheet, file.encoding), remarks
        ):
            try:
                here = printed(_plain(cell), of.table.marks)
            except ValueError as fault:
                remarks.append(f"{place}: {fault}")
                continue
            if found.setdefault(key, {}).setdefault(part, here) != here:
                remarks.append(f"{place}: the {part} of this figure is there twice, and not the same")
    points = tuple(
        Point(*key, *(parts.get(part, Printed()) for part in PARTS)) for key, parts in sorted(found.items())
    )
    marks = Counter(getattr(one, part).mark for one in points for part in PARTS)
    del marks[""]
    table = replace(of.table, points=points)
    of_year = {file.year: file.councils for file in of.files}
    return Brought(table, tuple(remarks), tuple(_missing(table, of_year)), marks)


def write(brought: Brought, folder: Path) -> tuple[Path, Path]:
    """The table's two files. Raises CannotBring where one is there already or cannot be written."""
    files = folder / f"{brought.table.id}.toml", folder / f"{brought.table.id}.csv"
    if there := [file for file in files if file.exists()]:
        raise CannotBring(
            f"{there[0]} is there already. Take it away first if this is to stand in its place."
        )
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n").writerows(written(brought.table.points))
    try:
        for file, said in zip(files, (text(brought.table), lines.getvalue()), strict=True):
            file.write_text(said, encoding="utf-8", newline="")
    except OSError as error:
        raise CannotBring(f"{error.filename} cannot be written: {error.strerror or error}.") from error
    return files


def _cells(
    file: File, rows: Sequence[list[str]], remarks: list[str]
) -> Iterator[tuple[tuple[str, str, str, str], str, str, str]]:
    """Each cell that is a figure: what it is of, its part, its text, and its place in words."""
    codes = _codes(file)
    for number, row in enumerate(rows[file.first_row - 1 : file.last_row], file.first_row):
        where = f"{file.name}, row {number}"
        told = [one for one in file.cells if one.to <= len(row) and _of(one, row)]
        if not told or not any(row):
            continue
        name = row[file.council.column - 1] if file.council.column <= len(row) else ""
        if file.beside.fullmatch(name):
            continue
        if (code := _council(file, name, codes)) is None:
            remarks.append(f"{where}: “{name}” is no council of {file.councils}")
            continue
        for one in told:
            series, group, part = _of(one, row) or ("", "", "")
            cell = row[one.column - 1] if one.to == one.column else _sum(row[one.column - 1 : one.to])
            yield (series, file.year, code, group), part, cell, f"{where}, column {one.column}"


def _of(one: Cells, row: list[str]) -> tuple[str, str, str] | None:
    series, group, part = one.series.of(row), one.group.of(row), one.part.of(row)
    return None if series is None or group is None or part is None else (series, group, part)


def _codes(file: File) -> dict[str, str]:
    return {str(getattr(one, file.council.by)): one.code for one in councils(file.councils)}


def _council(file: File, name: str, codes: dict[str, str]) -> str | None:
    if name in file.england:
        return ENGLAND
    if file.council.pattern is not None:
        at = file.council.pattern.search(name)
        name = at[1] if at else name
    return codes.get(name)


def _plain(cell: str) -> str:
    """A number without the commas between its thousands."""
    return cell.replace(",", "") if _GROUPED.fullmatch(cell) else cell


def _sum(cells: Sequence[str]) -> str:
    """The cells added up, a whole sum without its point; or the first of them that is no number: of that no
    sum can be made.
    """
    try:
        added = sum((Decimal(_plain(cell)) for cell in cells), Decimal())
        return f"{added.to_integral_value() if added == added.to_integral_value() else added:f}"
    except InvalidOperation:
        return next(cell for cell in cells if not _NUMBER.fullmatch(_plain(cell)))


def _missing(table: SeriesTable, of_year: Mapping[str, str]) -> Iterator[str]:
    there: dict[tuple[str, str], set[str]] = {}
    for point in table.points:
        there.setdefault((point.series, point.year), set()).add(point.council)
    for (series, year), codes in sorted(there.items()):
        out = [one.name for one in councils(of_year[year]) if one.code not in codes]
        if out:
            few = ", ".join(out[:5]) + (f" and {len(out) - 5} more" if len(out) > 5 else "")
            yield f"{series}, {year}: nothing of {few}"
