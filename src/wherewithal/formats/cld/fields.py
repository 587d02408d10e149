"""The fields of Client Level Data, and the table that rows of it make."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import pyarrow as pa

from wherewithal.policy import table

MADE_UP_COUNCIL = "999"
"""The code of councils that do not exist."""


@dataclass(frozen=True)
class Field:
    """One field; ``words`` are those of release 2, ``was`` spellings of release 1 and what they became.
    A word outside a list that is not ``complete`` is let through; with ``others_told`` that is told.

    ``needed`` says which rows must have it: "rows" all, "events" all that are an event, or event types.
    """

    name: str
    kind: str
    needed: str | tuple[str, ...]
    words: tuple[str, ...]
    complete: bool
    was: Mapping[str, str] = field(hash=False)
    others_told: bool = False

    @property
    def type(self) -> pa.DataType:
        """What a column of it holds."""
        return _TYPES[self.kind]


_TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "list": pa.string(),
    "date": pa.date32(),
    "money": pa.decimal128(12, 2),
    "number": pa.decimal128(9, 2),
    "whole": pa.int64(),
}


@cache
def fields() -> tuple[Field, ...]:
    """Every field, in file order."""
    policy = table("national/client-level-data")
    found = []
    for row in policy["fields"]:
        words = policy["values"].get(row["name"], {})
        needed = row.get("needed", ())
        found.append(
            Field(
                row["name"],
                row["kind"],
                needed if isinstance(needed, str) else tuple(needed),
                tuple(words.get("words", ())),
                words.get("complete", False),
                words.get("was", {}),
                words.get("others") == "told",
            )
        )
    return tuple(found)


SCHEMA = pa.schema([("row", pa.int64()), *((field.name, field.type) for field in fields())])
"""A row of Client Level Data: ``row`` as a spreadsheet counts it, the header being 1, then every field in
file order. Words are those of release 2, money is pounds, a blank is null.
"""


def bare(text: str) -> str:
    """Letters and digits alone, in small letters: how spellings are compared."""
    return _NEITHER.sub("", text.casefold())


_NEITHER = re.compile(r"[^0-9a-z]")  # letter nor digit
