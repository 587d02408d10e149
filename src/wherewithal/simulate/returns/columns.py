"""A return's cells as numbers, a column each: words by their place in a list, days since 1970, hundredths."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from wherewithal.policy import table

Ints = Any  # a numpy array of int32, one number a row or a person
Flags = Any  # a numpy array of bool alike

BLANK = int(np.iinfo(np.int32).min)
"""Stands for an empty cell in every column."""

# Words of lists that policy says are not complete: a reader lets any word through.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "Autism_Spectrum_Disorder_ASD": ("Yes", "No", "Unknown"),
    "Dementia": ("Yes", "No", "Unknown"),
    "Review_Reason": ("Planned", "Unplanned"),
}

# Words that stand in no list, as councils send them now and then; they look like no word of a list.
OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "Delivery_Mechanism": ("Voucher", "Individual service fund"),
    "Service_Component": ("Befriending", "Gardening"),
    "Primary_Support_Reason": ("Frailty",),
    "Event_Outcome": ("Closed",),
    "Ethnicity": ("White",),
}


@dataclass(frozen=True)
class Words:
    """The words of a list field: release 2's, then those of no list; and release 1's in place of 2's."""

    words: tuple[str, ...]
    outside: tuple[str, ...]
    first_release: tuple[str, ...]

    def code(self, word: str) -> int:
        return self.words.index(word)


@cache
def fields() -> Mapping[str, str]:
    """The kind of each field by its name, in file order."""
    return {field["name"]: field["kind"] for field in table("national/client-level-data")["fields"]}


@cache
def words() -> Mapping[str, Words]:
    """The words of each list field."""
    found = {}
    lists = table("national/client-level-data")["values"]
    beside = {**BESIDE, "Method_of_Assessment": lists["Method_of_Review"]["words"]}
    for name, body in lists.items():
        now = (*body["words"], *beside.get(name, ()))
        was = {new: old for old, new in body.get("was", {}).items()}
        found[name] = Words(now, OUTSIDE.get(name, ()), tuple(was.get(word, word) for word in now))
    return found


def codes(field: str, *said: str) -> Ints:
    """The words' numbers, in the order given. Raises ValueError for a word that the field has not."""
    return np.array([words()[field].code(word) for word in said], np.int32)


def code(field: str, word: str) -> int:
    return words()[field].code(word)


def any_of(dice: np.random.Generator, field: str, many: int) -> Ints:
    """So many of the field's words, each as often as any other."""
    return dice.integers(0, len(words()[field].words), many, np.int32)


def days(on: date) -> int:
    return on.toordinal() - date(1970, 1, 1).toordinal()


def blank(many: int) -> Ints:
    return np.full(many, BLANK, np.int32)


@dataclass
class Rows:
    """One part's rows: whose each is (its place among the part's people), and the columns by field."""

    person: Ints
    columns: dict[str, Ints]

    def __len__(self) -> int:
        return len(self.person)

    def taken(self, which: Any) -> "Rows":
        """The rows that numpy takes by ``which``: places or flags, in that order."""
        return Rows(self.person[which], {name: column[which] for name, column in self.columns.items()})


def joined(parts: list[Rows]) -> Rows:
    """The rows of all, one after the other; what a part does not have is blank."""
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    columns = {
        name: np.concatenate([part.columns.get(name, blank(len(part))) for part in parts]) for name in names
    }
    return Rows(np.concatenate([part.person for part in parts]), columns)
