"""The groups of people that figures are told of: a council's people, by age, gender, ethnic group and reason.

A breakdown puts each person in one group. Who cannot be put in one by age is in the total only; of the others
“Not known” is a group like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from wherewithal.analytics import ages
from wherewithal.analytics.populations import OPEN
from wherewithal.core.refusal import Refusal
from wherewithal.policy import table as policy

GROUPS: dict[str, tuple[int, int, str]] = {
    "18-64": (18, 64, "aged 18 to 64"),
    "65+": (65, OPEN, "aged 65 or over"),
}
TOTAL = "total"
EVERYWHERE = "all"  # in place of a council, where councils are counted together
AGE_NOT_KNOWN = ""
NOT_KNOWN = "Not known"
AND = " · "  # between crossed groups; a comma stands in words of Client Level Data


class NoSuchGroup(Refusal):
    """A breakdown that there is not, or more at once than figures are told by."""


@dataclass(frozen=True)
class Breakdown:
    """One way to tell people apart: the field that tells it, and how its groups are told in a base."""

    field: str
    says: str
    whole_word: bool = True  # or what stands before a colon


BREAKDOWNS: Mapping[str, Breakdown] = {
    "age": Breakdown("Date_of_Birth", ""),
    "gender": Breakdown("Gender", "whose gender is recorded as “{}”"),
    "ethnicity": Breakdown("Ethnicity", "whose ethnic group is recorded as “{}”", whole_word=False),
    "reason": Breakdown("Primary_Support_Reason", "whose main reason for support is “{}”"),
}
MOST = 2  # so many breakdowns at once; with more, groups are so small that they tell on people


@dataclass(frozen=True)
class By:
    """What figures are told by: each council or all together, and at most two breakdowns, crossed."""

    council: bool = True
    breakdowns: tuple[str, ...] = ("age",)

    @classmethod
    def of(cls, names: Sequence[str]) -> "By":
        """From names such as ``("council", "age")``. Raises NoSuchGroup."""
        known = ("council", *BREAKDOWNS)
        if strange := [name for name in names if name not in known]:
            raise NoSuchGroup(f"There is no breakdown “{strange[0]}”. There are: {', '.join(known)}.")
        breakdowns = tuple(dict.fromkeys(name for name in names if name != "council"))
        if len(breakdowns) > MOST:
            raise NoSuchGroup(
                f"Figures are told by at most {MOST} breakdowns at once; {', '.join(breakdowns)} are"
                f" {len(breakdowns)}."
            )
        return cls("council" in names, breakdowns)

    @property
    def ages(self) -> tuple[str, ...]:
        """The groups for what is told by age alone, the total first."""
        return (TOTAL, *GROUPS) if "age" in self.breakdowns else (TOTAL,)


def place(table: Any, by: By) -> Any:
    """The council of a row, or one word for all of them."""
    return table.LA_Code if by.council else ibis.literal(EVERYWHERE)


def within(people: Any, group: str) -> Any:
    """Whether somebody is of the group; nobody of unknown age, or between two, is of any but "total"."""
    if group == TOTAL:
        return ibis.literal(True)
    youngest, oldest, _ = GROUPS[group]
    return ages.between(people, youngest, oldest)


def facts(rows: Any, by: By) -> dict[str, Any]:
    """What the collapse to a row a person must keep to tell groups: the newest word that each field has.

    Of two words of one day the one that sorts last, so that every engine and every run takes the same.
    """
    found = {}
    for name in by.breakdowns:
        if name != "age":
            word = rows[BREAKDOWNS[name].field]
            dated = rows.Event_Start_Date.cast("string").fill_null("0000-00-00") + word
            found[f"of {name}"] = dated.max().substr(10)
    return found


def keys(people: Any, by: By) -> dict[str, Any]:
    """For each breakdown, the group of each person of the collapse; AGE_NOT_KNOWN where age is not known.

    A word that is not in the field's list makes no group: whatever stands there in a file, such as somebody's
    name, is told nowhere.
    """
    found = {}
    for name in by.breakdowns:
        if name == "age":
            bands = ((within(people, group), group) for group in GROUPS)
            found[name] = ibis.cases(*bands, else_=AGE_NOT_KNOWN)
        else:
            word = people[f"of {name}"]
            told = word if BREAKDOWNS[name].whole_word else word.split(":")[0]
            found[name] = ibis.cases((word.isin(_words(name)).fill_null(False), told), else_=NOT_KNOWN)
    return found


def _words(name: str) -> tuple[str, ...]:
    """The words of a breakdown's field, as Client Level Data lists them."""
    return tuple(policy("national/client-level-data")["values"][BREAKDOWNS[name].field]["words"])


def rolled_up(cell: Mapping[str, str]) -> list[str]:
    """The groups that a cell of crossed breakdowns is part of: itself, each breakdown alone, the total."""
    found: list[tuple[str, ...]] = [()]
    for name, value in cell.items():
        if name == "age" and value == AGE_NOT_KNOWN:
            continue
        part = value if name == "age" else f"{name}: {value}"
        found += [(*before, part) for before in found]
    return [named(parts) for parts in found]


def named(parts: Sequence[str]) -> str:
    """``total``, ``65+``, ``65+ · gender: Female``."""
    return AND.join(parts) or TOTAL


def in_order(found: Iterable[str]) -> list[str]:
    """Groups as they are told: the total, by age, then the others by name, the crossed ones after both."""
    places = {name: index for index, name in enumerate((TOTAL, *GROUPS))}

    def order(group: str) -> tuple[Any, ...]:
        parts = group.split(AND)
        return len(parts), [(places.get(part, len(places)), part) for part in parts]

    return sorted(found, key=order)


def in_words(group: str) -> str:
    """How a base tells the group: `` aged 65 or over``, `` whose gender is recorded as “Female”``."""
    told = []
    for part in group.split(AND) if group != TOTAL else ():
        name, _, value = part.partition(": ")
        told.append(GROUPS[part][2] if part in GROUPS else BREAKDOWNS[name].says.format(value))
    return "".join(f" {one}" for one in told)


def total(flags: Any) -> Any:
    """How many are true, or what numbers add up to; 0 where there are none."""
    return flags.sum().fill_null(0)
