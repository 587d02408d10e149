"""How old somebody is on a period's last day: by their birth date, else by the age group that an extract has.

A group such as 75 to 84 is kept as the youngest and the oldest that somebody may be (``age`` and ``oldest``,
which are the same where the birth date is known). It puts nobody in a group of figures that it leaves.
"""

from typing import Any

import ibis

from wherewithal.analytics.any_year import YearAsked, day
from wherewithal.analytics.populations import OPEN

ADULT = 18


def facts(rows: Any) -> dict[str, Any]:
    """What the collapse to a row a person keeps of age groups, where the events have any; where they
    disagree no age fits, so none is known.
    """
    if "Age_From" not in rows.columns:
        return {}
    return {"youngest": rows.Age_From.max(), "no_older": rows.Age_To.min()}


def aged(people: Any, period: YearAsked) -> Any:
    """The people with ``age`` and ``oldest``, both empty where nothing tells."""
    by_birth = age(people.born_on, period)
    if "youngest" not in people.columns:
        return people.mutate(age=by_birth, oldest=by_birth)
    no_older = people.no_older.fill_null(OPEN)
    told = people.youngest.notnull() & (people.youngest <= no_older)
    return people.mutate(
        age=ibis.coalesce(by_birth, told.ifelse(people.youngest, ibis.null("int64"))),
        oldest=ibis.coalesce(by_birth, told.ifelse(no_older, ibis.null("int64"))),
    )


def age(born_on: Any, period: YearAsked) -> Any:
    """Whole years on the period's last day; who was born on 29 February is a year older on 1 March."""
    last = day(period.last)
    month, last_month = born_on.month(), last.month()
    before = (month > last_month) | ((month == last_month) & (born_on.day() > last.day()))
    return last.year() - born_on.year() - before.cast("int64")


def adult(people: Any) -> Any:
    """Aged 18 or over on the period's last day, perhaps so by their age group, or of unknown age."""
    return people.oldest.isnull() | (people.oldest >= ADULT)


def between(people: Any, youngest: int, oldest: int) -> Any:
    """Whether somebody is certainly of these ages, both included; nobody is whose age is not known."""
    return ((people.age >= youngest) & (people.oldest <= oldest)).fill_null(False)
