"""What is due for many periods of one direct payment, without working the same sum out again and again."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from datetime import date
from typing import get_args

from wherewithal.core.arrangement import ArrangementLine
from wherewithal.core.payments import Difference, Due, Mode, Paid, Terms, difference_statement, due
from wherewithal.core.period import Period


class Dues:
    """What is due for periods, worked out once for all periods alike: a year of steady weeks is one sum."""

    def __init__(self, terms: Terms, mode_on: Callable[[date], Mode] | None) -> None:
        self._terms: dict[Mode, Terms] = {mode: replace(terms, mode=mode) for mode in get_args(Mode)}
        self._mode_on = mode_on or (lambda day: terms.mode)
        self._alike: dict[Hashable, Due] = {}

    def anew(self, period: Period) -> Due:
        """With the days and the words of this very period."""
        return due(period, self._terms[self._mode_on(period.first)])

    def of(self, period: Period) -> Due:
        """Its pence are those of ``period``; its days and words may be those of another period alike."""
        mode = self._mode_on(period.first)
        rates = _rates(period, self._terms[mode])
        if rates is None:
            return self.anew(period)
        if (mode, rates) not in self._alike:
            self._alike[mode, rates] = self.anew(period)
        return self._alike[mode, rates]

    def difference(self, period: Period, have: Mapping[str, int]) -> Difference:
        """What was paid for the period beside what is due, with the words for it."""
        return difference_statement(
            [Paid(period, sum(have.values()))], self._terms[self._mode_on(period.first)]
        )


def _rates(period: Period, terms: Terms) -> Hashable | None:
    """All that decides what is due where nothing changes within the period; None where something does."""
    if any(item.on in period for item in terms.one_offs):
        return None
    rates: list[int] = [period.days]
    for line in terms.lines:
        rate = _rate(line, period)
        if rate is None:
            return None
        rates.append(rate)
    assert period.last
    if any(period.first < first <= period.last for first in terms.contribution_changes_on):
        return None
    return (*rates, *(terms.asked(period.first, as_carer=kind) for kind in (False, True)))


def _rate(line: ArrangementLine, period: Period) -> int | None:
    """The line's one rate over the whole period; None where it changes or has no price yet."""
    first, last = period.first, period.last
    assert last
    if line.ended is not None and line.ended.on < last:
        return 0 if line.ended.on < first else None
    near = [run for run in line.active if run.first <= last and (run.last is None or run.last >= first)]
    if not near:
        return 0
    if not any(run.first <= first and (run.last is None or run.last >= last) for run in near):
        return None
    if any(
        one.days.first <= last and (one.days.last is None or one.days.last >= first) for one in line.suspended
    ):
        return None
    in_force = [price.pence_per_week for price in line.prices if price.first <= first]
    changed = any(first < price.first <= last for price in line.prices)
    return None if changed or not in_force else in_force[-1]
