"""A publication as lines to read: years in order, councils by their names, series and groups in words."""

from collections.abc import Iterable, Iterator

from wherewithal.cli.tables import print_table, say
from wherewithal.policy.councils import name_of
from wherewithal.policy.published import PublishedFigure, publication, published_figures, rows
from wherewithal.policy.series import PARTS, Point, SeriesTable

PRINTED = "adass-2011"
"""The one table of figures that are printed one by one, each in a document at a place."""


def print_whose(id: str) -> None:
    """What a publication is, and whose."""
    of = publication(id)
    say(of.title, f"{of.publisher}: {of.publication}. {of.licence}.", of.says, "")


def print_rows(id: str) -> None:
    """A table without series."""
    found = [_printed(one) for one in published_figures(id)] if id == PRINTED else map(_named, rows(id))
    lines = list(found)
    print_table(tuple(lines[0]), [tuple(line.values()) for line in lines], "table")


def _printed(one: PublishedFigure) -> dict[str, str]:
    where = f"{one.document}, {one.place}"
    return {"figure": one.id, "where": where, "what": one.what, "printed": one.printed}


def _named(row: dict[str, str]) -> dict[str, str]:
    """Codes of councils with their names, in the columns that hold nothing else."""
    return {key: f"{name_of(cell)} ({cell})" if key in ("old", "new") else cell for key, cell in row.items()}


def print_points(table: SeriesTable, points: Iterable[Point]) -> None:
    """A table's figures, council by council. What is the same of all of them stands above, once."""
    groups, series = list(table.groups), list(table.series)
    found = sorted(
        points,
        key=lambda one: (one.council, groups.index(one.group), one.year, series.index(one.series)),
    )
    words = [
        {"council": name_of(one.council), "group": table.groups[one.group], "year": one.year,
         "series": table.series[one.series].title}
        for one in found
    ]  # fmt: skip
    same = {key for key in words[0] if len(words) > 1 and len({line[key] for line in words}) == 1}
    say(*_series(table, {one.series for one in found}))
    say(*(f"{key}: {words[0][key]}" for key in words[0] if key in same - {"series"}), "")
    head = [key for key in words[0] if key not in same]
    lines = [
        [*(line[key] for key in head), *(getattr(one, part).said for part in PARTS)]
        for one, line in zip(found, words, strict=True)
    ]
    print_table((*head, *PARTS), lines, "table")
    marks = {getattr(one, part).mark for one in found for part in PARTS} - {""}
    say(*(f"“{mark}”: {said}." for mark, said in table.marks.items() if mark in marks))


def _series(table: SeriesTable, shown: set[str]) -> Iterator[str]:
    """Each series that is shown, by the name that ``--series`` takes, and what it counts."""
    for id, one in table.series.items():
        if id in shown:
            yield f"{id}: {one.title} ({one.unit})"
            yield f"    {one.counts}{f', of {one.of}' if one.of else ''}"
