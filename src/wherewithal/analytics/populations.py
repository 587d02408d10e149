"""Which population each group of a published count belongs to: no group is divided by another's people.

The groups are those of ``published/population``, people aged 18 and over by their age. A group that is told
by more than age, such as people with a learning disability, has no population on record.
"""

from wherewithal.policy.series import ALL

OPEN = 999
"""The oldest of a group that is open, such as 85 and over."""
TABLE = SERIES = "population"
YEARS = ("2015", "2019", "2020")
OVER_65 = ("65-74", "75-84", "85-over")
ADULTS = ("18-64", *OVER_65)
AGES = {"18-64": (18, 64), "65-74": (65, 74), "75-84": (75, 84), "85-over": (85, OPEN)}
"""The ages of each group, both included."""

BY_AGE: dict[str, tuple[str, ...]] = {**{group: (group,) for group in ADULTS}, "65-over": OVER_65}
COUNT_ADULTS = ("direct-payments-31-march",)
"""Tables whose “all” are people aged 18 and over: its groups by age add up to it, and none is of children."""


def people_of(table: str, group: str) -> tuple[str, ...]:
    """The groups of the population that a group of a published table is of; () where none is on record."""
    if group == ALL:
        return ADULTS if table in COUNT_ADULTS else ()
    return BY_AGE.get(group, ())


def population(table: str, group: str, year: str) -> str:
    """The same in a year, named as ``analytics.rates.per`` reads it; '' where none is on record."""
    groups = people_of(table, group)
    return f"{TABLE}:{SERIES}:{year}:{'+'.join(groups)}" if groups and year in YEARS else ""
