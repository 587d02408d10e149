"""The groups of people that figures are told of."""

from typing import Any

import ibis

GROUPS: dict[str, tuple[int, int, str]] = {
    "18-64": (18, 64, "aged 18 to 64"),
    "65+": (65, 999, "aged 65 or over"),
}


def within(people: Any, group: str) -> Any:
    """Whether somebody, by their ``age``, is of the group; nobody of unknown age is of any but "total"."""
    if group == "total":
        return ibis.literal(True)
    youngest, oldest, _ = GROUPS[group]
    return people.age.between(youngest, oldest).fill_null(False)


def total(flags: Any) -> Any:
    """How many are true, or what numbers add up to; 0 where there are none."""
    return flags.sum().fill_null(0)
