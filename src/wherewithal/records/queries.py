"""Queries that are asked again and again, each time of other people: put into words once, not at each page.

Django takes longer to write the words of a query than PostgreSQL takes to answer it. A statement is written
with ANYBODY where the people's ids go, and is asked with theirs.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

ANYBODY = [-1]


def among(ids: list[int]) -> Q:
    """The rows of these people."""
    return Q(person_id__in=ids)


@dataclass(frozen=True)
class Statement:
    """``words`` with a place for each of ``values``, of which those that are ANYBODY stand for ids."""

    words: str
    values: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Statement":
        """The rows, ``among(ANYBODY)``, as a statement."""
        return cls(*rows.query.sql_with_params())

    def about(self, ids: list[int]) -> list[Any]:
        """The values with the ids in their places."""
        return [ids if value == ANYBODY else value for value in self.values]
