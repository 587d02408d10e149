"""The days of each person's way: asked, assessed, support from and until, each after what led to it."""

from dataclasses import dataclass

import numpy as np

from wherewithal.simulate.returns.columns import BLANK, Ints, blank
from wherewithal.simulate.returns.people import FIRST, LAST, People, Way

CARERS = (Way.CARER_ASKED, Way.CARER_NEW, Way.CARER_BREAK)
SHORT = (Way.EQUIPMENT, Way.REABLEMENT, Way.SHORT_STAY)
OPEN_AFTER_DEATH = 0.2
"""Share of services that a council has not ended although the person died: our own guess."""


@dataclass(frozen=True)
class Days:
    """The days of each person's way, whether or not they come to it."""

    requested: Ints
    answered: Ints
    assessment: Ints
    assessed: Ints
    starts: Ints
    ends: Ints


def drawn(dice: np.random.Generator, people: People) -> Days:
    """Days for everybody, each of people who go that way at all."""
    many = len(people)

    def after(day: Ints, least: int, most: int) -> Ints:
        return day + dice.integers(least, most + 1, many)

    requested = dice.integers(FIRST - 30, LAST + 1, many)
    answered = after(requested, 0, 7)
    assessment = after(answered, 0, 30)
    assessed = after(assessment, 1, 28)
    since = FIRST - 1 - dice.exponential(900, many).astype(np.int64)
    starts = np.where(people.went(Way.NEW), after(assessed, 0, 21), since)
    starts = np.where(people.went(*SHORT), after(answered, 0, 5), starts)
    starts = np.where(people.went(*CARERS), after(assessed, 0, 14), starts)
    return Days(requested, answered, assessment, assessed, starts, _ends(dice, people, starts))


def _ends(dice: np.random.Generator, people: People, starts: Ints) -> Ints:
    many = len(people)
    ends = blank(many).astype(np.int64)
    for way, least, most in (
        (Way.EQUIPMENT, 0, 1), (Way.REABLEMENT, 14, 42), (Way.SHORT_STAY, 5, 28), (Way.CARER_BREAK, 1, 14),
    ):  # fmt: skip
        ends = np.where(people.went(way), starts + dice.integers(least, most + 1, many), ends)
    some = people.went(Way.NEW) & (dice.random(many) < 0.1)
    ends = np.where(some, starts + dice.integers(20, 200, many), ends)
    care_homes = people.went(Way.RESIDENTIAL, Way.NURSING) & (dice.random(many) < 0.12)
    ends = np.where(care_homes | people.went(Way.ENDED), dice.integers(FIRST, LAST + 1, many), ends)
    on_last_day = people.went(Way.BEFORE) & (dice.random(many) < 0.01)
    ends = np.where(on_last_day, LAST, ends)
    died = people.columns["Date_of_Death"]
    closed = (died != BLANK) & (dice.random(many) >= OPEN_AFTER_DEATH)
    return np.where(closed & ((ends == BLANK) | (ends > died)), died, ends)
