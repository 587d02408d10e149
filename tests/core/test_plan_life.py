"""When a plan may be changed, when its lines run, and what differs between two versions."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from wherewithal.core import plan_life, starting
from wherewithal.core.costing import CostedLine
from wherewithal.core.period import Period
from wherewithal.core.plan_versions import side_by_side

AGREED = date(2026, 4, 9)
LINE = CostedLine(
    id="1", outcome="swim", what="Swimming", kind="personal_assistant", units=Fraction(8), unit="hour",
    pence_per_unit=1500, how_often="weekly", first=date(2026, 4, 6), last=None, held="direct_payment",
)  # fmt: skip


@pytest.mark.parametrize("state", ["submitted", "agreed", "superseded", "ended"])
def test_only_a_draft_or_what_was_sent_back_is_changed(state):
    plan_life.may_change("draft")
    plan_life.may_change("sent_back")
    with pytest.raises(plan_life.PlanNotOpen):
        plan_life.may_change(state)


@pytest.mark.parametrize(
    ("first", "takes_over"),
    [(date(2026, 4, 1), AGREED), (AGREED, AGREED), (date(2026, 5, 4), date(2026, 5, 4))],
)
def test_a_plan_takes_over_when_agreed_or_on_its_first_day_if_later(first, takes_over):
    later = replace(LINE, first=date(2026, 6, 1))
    assert starting.takes_over_on([later, replace(LINE, first=first)], AGREED) == takes_over


def test_a_plan_without_lines_takes_over_when_it_is_agreed():
    assert starting.takes_over_on([], AGREED) == AGREED


def test_a_line_runs_from_its_own_first_day_or_from_the_day_it_takes_over():
    assert starting.runs(LINE) == Period(date(2026, 4, 6))
    assert starting.runs(LINE, AGREED) == Period(AGREED)
    assert starting.runs(replace(LINE, first=date(2026, 5, 4)), AGREED) == Period(date(2026, 5, 4))
    assert starting.runs(replace(LINE, last=AGREED), AGREED) == Period(AGREED, AGREED)
    assert starting.runs(replace(LINE, last=date(2026, 4, 8)), AGREED) is None


def test_a_one_off_runs_for_52_weeks_or_until_its_own_last_day():
    once = replace(LINE, how_often="one-off")
    days = starting.runs(once)
    assert days is not None and days.weeks == 52
    assert starting.runs(replace(once, last=date(2026, 4, 6))) == Period(date(2026, 4, 6), date(2026, 4, 6))


def test_two_versions_side_by_side_show_what_came_went_and_changed():
    lunch, art = replace(LINE, what="Lunch"), replace(LINE, what="Art")
    dearer = replace(LINE, what="  swimming ", pence_per_unit=1600)
    pairs = side_by_side([LINE, lunch, LINE], [dearer, art, replace(LINE, first=AGREED)])
    assert [(pair.what.strip(), pair.change, pair.difference_pence_per_week) for pair in pairs] == [
        ("swimming", "changed", 800),
        ("Art", "new", 12000),
        ("Swimming", "same", 0),
        ("Lunch", "gone", -12000),
    ]
