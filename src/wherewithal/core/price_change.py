"""A price that changes while support runs: how far from what was signed off before it needs a new plan.

A yearly rise is a change of price. Support that costs half as much again, or a tenth of what was agreed, is
another budget: it goes through a new version of the plan and its sign-off, with the person involved (Care Act
2014, section 27(2) and (4)).
"""

from dataclasses import dataclass
from datetime import date

from wherewithal.core.money import a_week, pounds
from wherewithal.core.period import written, years_old
from wherewithal.core.refusal import Refusal


class NeedsANewVersion(Refusal):
    """A price further from the one that was signed off than policy lets it go without a decision."""


@dataclass(frozen=True)
class Leeway:
    """How far a price may move from the agreed one: a share of it for each year begun since, or a sum."""

    percent_a_year: int
    pence_per_week: int


@dataclass(frozen=True)
class Agreed:
    """What a decision agreed for one part of the plan, and when."""

    pence_per_week: int
    on: date


@dataclass(frozen=True)
class Range:
    """Pence a week, both ends allowed; never below a penny."""

    least: int
    most: int


def allowed(agreed: Agreed, first: date, leeway: Leeway) -> Range:
    """The prices from ``first`` on that need no new decision: whole pence, rounded towards the agreed one.

    A year begins on the day of the agreement; a price from before it has the leeway of the first year.
    """
    years = max(0, years_old(agreed.on, first)) + 1
    share = agreed.pence_per_week * leeway.percent_a_year * years // 100
    most = max(share, leeway.pence_per_week)
    return Range(max(1, agreed.pence_per_week - most), agreed.pence_per_week + most)


def check(agreed: Agreed, first: date, pence_per_week: int, leeway: Leeway) -> None:
    """Raises NeedsANewVersion for a price outside ``allowed``, saying what would be inside."""
    inside = allowed(agreed, first, leeway)
    if inside.least <= pence_per_week <= inside.most:
        return
    was = f"{a_week(agreed.pence_per_week)} was agreed on {written(agreed.on)}."
    raise NeedsANewVersion(
        f"{was} A price from {written(first)} can be between {pounds(inside.least)} and "
        f"{pounds(inside.most)}; for any other, start a new version of the plan, so that it is signed off.",
        field="pence_per_week",
    )
