"""Points to money: the indicative budget, with workings like a payslip.

A resource allocation scheme is a guide to plan with and must say how it got there (R (KM) v Cambridgeshire
County Council [2012] UKSC 23): every result carries its workings and the fingerprint of its policy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from wherewithal.core.allocation_lines import explain_adjustment, explain_points
from wherewithal.core.circumstances import Circumstances
from wherewithal.core.ladder import ladder_pence
from wherewithal.core.money import half_up, pence_per_year, pounds
from wherewithal.core.policy import Dated
from wherewithal.core.refusal import Refusal
from wherewithal.core.scheme import Scheme
from wherewithal.core.workings import Workings

GUIDE = "R (KM) v Cambridgeshire County Council [2012] UKSC 23"


class NotScored(Refusal):
    """Points that no budget can be worked out from."""


class Scored(Protocol):
    """One answered question, as a questionnaire scores it (``core.questions.ScoreLine``)."""

    @property
    def text(self) -> str: ...
    @property
    def answer_text(self) -> str: ...
    @property
    def points(self) -> int: ...


@dataclass(frozen=True)
class Allocation:
    """The indicative budget, its workings, and the policy it was made with (JSON-ready rows)."""

    scheme_id: str
    scheme_version: str
    pence_per_week: int
    pence_per_year: int
    workings: Workings
    fingerprint: str
    policy: tuple[dict[str, Any], ...]


def allocate(
    scheme: Scheme,
    *,
    points: int,
    score_lines: Sequence[Scored] = (),
    circumstances: Circumstances,
    on: date,
) -> Allocation:
    """The indicative budget of ``points`` under ``scheme`` on a day.

    ``score_lines`` are the answered questions, shown first in the workings; without them the points are
    taken as given. Exact until the end, then rounded once to whole pence a week, half up; a year is 52 of
    those weeks. Raises SchemeNotInForce, NoPolicy (no price on the day), and NotScored for points below 0
    or that the lines do not add up to.
    """
    in_force = scheme.on(on)
    _check(points, score_lines)
    workings = Workings()
    for line in score_lines:
        workings.add(line.text, line.points, "points", answer=line.answer_text)
    workings.add("Total points", points, "points")
    amount = _converted(scheme, in_force.price, points)
    explain_points(workings, scheme, in_force.price, points, half_up(amount))
    for adjustment in scheme.adjustments:
        before, amount = amount, adjustment.applied(amount, circumstances.level(adjustment))
        pence = half_up(amount) - half_up(before)
        explain_adjustment(workings, scheme, adjustment, circumstances, pence)
    week = half_up(amount)
    year = pence_per_year(week)
    workings.add("Indicative budget a week", week, "pence_per_week", source=scheme.source)
    workings.add("Indicative budget a year", year, "pence_per_year", answer="52 weeks")
    workings.add("This is a guide to plan with, not the final budget.", source=GUIDE)
    return Allocation(scheme.id, scheme.version, week, year, workings, in_force.fingerprint, in_force.record)


def indicative(scheme: Scheme, *, points: int, circumstances: Circumstances, on: date) -> int:
    """The same pence a week as ``allocate``, without workings: for comparing many cases."""
    amount = _converted(scheme, scheme.on(on).price, points)
    for adjustment in scheme.adjustments:
        amount = adjustment.applied(amount, circumstances.level(adjustment))
    return half_up(amount)


def what_would_change(
    scheme: Scheme, *, points: int, circumstances: Circumstances, on: date
) -> tuple[str, ...]:
    """Short sentences for the page: what would move this budget, and by how much a week."""

    def week(points: int = points, circumstances: Circumstances = circumstances) -> int:
        return indicative(scheme, points=points, circumstances=circumstances, on=on)

    now = week()
    ahead = _points_to_next_step(scheme, points)
    says = [_about_points(scheme, points, ahead, week(points + ahead) - now)]
    if circumstances.willing:
        more = week(circumstances=replace(circumstances, willing=False)) - now
        says += [f"If the unpaid care could not go on, {pounds(more)} a week would be added."] if more else []
    if circumstances.lives_with_someone:
        more = week(circumstances=replace(circumstances, lives_with_someone=False)) - now
        says += [f"Living alone would add {pounds(more)} a week."] if more else []
    return tuple(says)


def _check(points: int, score_lines: Sequence[Scored]) -> None:
    if points < 0:
        raise NotScored(f"A score cannot be below 0 (it is {points}). Check the questionnaire's points.")
    total = sum(line.points for line in score_lines)
    if score_lines and total != points:
        raise NotScored(f"The answers add up to {total} points, but {points} were given. Score them again.")


def _converted(scheme: Scheme, price: Dated | None, points: int) -> Fraction:
    """Pence a week that the points carry before adjustments, exact."""
    if price:
        return Fraction(max(0, points - scheme.free_points) * price.value)
    if scheme.way == "percentile":
        return ladder_pence(scheme.table, points)
    reached = [step.pence_per_week for step in scheme.table if step.points_from <= points]
    return Fraction(reached[-1] if reached else 0)


def _points_to_next_step(scheme: Scheme, points: int) -> int:
    """How many more points to the next change: the next band, the first paid point, else one."""
    if scheme.way == "price_per_point":
        return max(1, scheme.free_points + 1 - points)
    above = [step.points_from for step in scheme.table if step.points_from > points]
    return (above[0] - points if scheme.way == "bands" else 1) if above else 0


def _about_points(scheme: Scheme, points: int, ahead: int, more: int) -> str:
    if not ahead:
        return (
            "This is the top of the table: more points would not add money. "
            "If this is not enough, show why in the support plan."
        )
    if scheme.way == "bands":
        return f"The next band starts at {points + ahead} points and would add {pounds(more)} a week."
    if ahead > 1:
        return f"Money starts at {points + ahead} points, with {pounds(more)} a week."
    return f"One more point would add {pounds(more)} a week."
