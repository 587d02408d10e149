"""How a measure counts each of what it looks at, and what it needs to know of everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wherewithal.analytics.any_year import Day, day

PERSON = ("LA_Code", "person_key")


@dataclass(frozen=True)
class Answer:
    """For one measure, over the table of people: in base, in numerator, and on demand why."""

    counted: Any
    numerator: Any
    why: Callable[[], Any]


def living(people: Any, on: Day) -> Any:
    """Not dead before the day; who dies on it still counts."""
    return people.died_on.isnull() | (people.died_on >= day(on))
