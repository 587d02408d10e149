"""Facts that others published, as small tidy tables in ``policy/published/``, each with whose they are."""

import csv
from dataclasses import dataclass
from functools import cache

from wherewithal.core.policy import NoPolicy
from wherewithal.policy import HERE, table
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
class CouncilRow:
    """One council: ``code`` in social care collections, ``ons`` its code in national statistics."""

    code: str
    name: str
    type: str
    region: str
    ons: str


@cache
def publication(name: str) -> Publication:
    """Whose the table is. Raises NoPolicy for a table that is not there."""
    row = Row(f"published/{name}.toml", table(f"published/{name}"))
    return Publication(*(row.text(key) for key in Publication.__dataclass_fields__))


@cache
def councils(year: str = "2010-11") -> tuple[CouncilRow, ...]:
    """The councils of a year, by code. Raises NoPolicy for a year that is not on record."""
    publication(f"councils-{year}")
    path = HERE / "published" / f"councils-{year}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [CouncilRow(**row) for row in csv.DictReader(file)]
    if len({row.code for row in rows}) != len(rows):
        raise NoPolicy(f"published/councils-{year}.csv has a code twice.")
    return tuple(rows)
