"""Facts that others published, as small tidy tables in ``policy/published/``, each with whose they are."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from wherewithal.core.policy import NoPolicy
from wherewithal.policy import HERE, names, table
from wherewithal.policy.rows import Row


@dataclass(frozen=True)
class Publication:
    """Where a table's facts are from."""

    title: str
    publisher: str
    publication: str
    year: str
    licence: str
    says: str


@dataclass(frozen=True)
class PublishedFigure:
    """One figure as printed; None or '' where that part of it is not printed.

    ``numerator`` and ``denominator`` count councils or respondents, ``percentage`` has as many decimals as in
    print, ``words`` is a share in words ("a third"), ``value`` any other number or day.
    """

    id: str
    document: str
    place: str
    what: str
    numerator: int | None
    denominator: int | None
    percentage: Decimal | None
    words: str
    value: str

    @property
    def printed(self) -> str:
        """As it stands in print, in short: ``55 of 58, 97%``, ``a third, 16``."""
        of = f" of {self.denominator}" if self.denominator is not None else ""
        count = f"{self.numerator}{of}" if self.numerator is not None else of.strip()
        percent = f"{self.percentage}%" if self.percentage is not None else ""
        return ", ".join(part for part in (self.words, count, percent, self.value) if part)


def publications() -> tuple[str, ...]:
    """The ids of all tables, in alphabetical order."""
    return tuple(name.split("/")[1] for name in names("published"))


@cache
def publication(name: str) -> Publication:
    """Whose the table is. Raises NoPolicy for a table that is not there."""
    return whose(Row(f"published/{name}.toml", table(f"published/{name}")))


def whose(row: Row) -> Publication:
    """Whose a table is, from its own file. Raises Misspelt where it does not say so."""
    return Publication(*(row.text(key) for key in Publication.__dataclass_fields__))


@cache
def published_figures(name: str = "adass-2011") -> tuple[PublishedFigure, ...]:
    """What was printed, in the order of the documents. Raises NoPolicy for a table that is not there."""
    found = [
        PublishedFigure(
            id=row["id"], document=row["document"], place=row["place"], what=row["what"],
            numerator=int(row["numerator"]) if row["numerator"] else None,
            denominator=int(row["denominator"]) if row["denominator"] else None,
            percentage=Decimal(row["percentage"]) if row["percentage"] else None,
            words=row["words"], value=row["value"],
        )
        for row in rows(name)
    ]  # fmt: skip
    if len({row.id for row in found}) != len(found):
        raise NoPolicy(f"published/{name}.csv has an id twice.")
    return tuple(found)


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table, by column. Raises NoPolicy where it does not say whose it is."""
    publication(name)
    with (HERE / "published" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
