"""Take-up held against a target: met, late or missed on its day, beside what the council says of itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from wherewithal.analytics.arrival import Arrival, arrival, percent
from wherewithal.analytics.pace import half_year
from wherewithal.core.period import written
from wherewithal.core.target import Held, OwnWord, Progress, Target, comparable, hold

OnTarget = Literal["yes", "no", "cannot be told"]


@dataclass(frozen=True)
class Step:
    """A milestone, or the target itself, against what was seen; ``held`` is None for what is no take-up."""

    due: date
    percent: Fraction | None
    held: Held | None
    says: str


@dataclass(frozen=True)
class Beside:
    """Computed and said of itself, kept apart: neither changes the other."""

    computed: OnTarget
    why: str
    own_words: tuple[OwnWord, ...]


@dataclass(frozen=True)
class Checked:
    """All that the figures tell of one target, ``steps`` in the order of their days, the target last."""

    target: Target
    steps: tuple[Step, ...]
    on_target: Beside


def check(progress: Progress, target: Target) -> Checked:
    """Raises AnotherDefinition where the figures are not of what the target is of, NothingSeen for none."""
    comparable(progress, target)
    steps = [
        _step(progress, one.due, one.percent, one.says) for one in target.milestones
    ] + [_step(progress, target.due, target.percent, target.title)]  # fmt: skip
    computed, why = on_target(progress, target, steps[-1].held)
    words = tuple(one for one in progress.own_words if one.target == target.id)
    return Checked(target, tuple(steps), Beside(computed, why, words))


def _step(progress: Progress, due: date, goal: Fraction | None, says: str) -> Step:
    held = None if goal is None else hold(progress, goal, due)
    return Step(due, goal, held, says)


def on_target(progress: Progress, target: Target, held: Held | None) -> tuple[OnTarget, str]:
    """Whether it is, and why: by its day once that is over, before it by the last half-year's pace."""
    if held is not None and held.verdict != "not due yet":
        answers: dict[str, OnTarget] = {"met": "yes", "late": "no", "missed": "no"}
        return answers.get(held.verdict, "cannot be told"), f"{held.verdict}: {held.why}"
    if progress.last.percent.low >= target.percent:
        return "yes", f"it was there on {written(progress.last.on)}, before the day"
    pace = half_year(progress)
    if pace is None:
        return "cannot be told", "no figure is about six months older than the last one, so no pace is known"
    comes = arrival("At the pace of the last six months", pace.a_month, progress, target)
    return _in_time(comes, target.due), comes.says


def _in_time(comes: Arrival, due: date) -> OnTarget:
    if comes.latest is not None and comes.latest <= due:
        return "yes"
    return "no" if comes.earliest is None or comes.earliest > due else "cannot be told"


def remarks(progress: Progress) -> Iterator[str]:
    """Which figures have bounds that can be seen in print, or are left out, and why."""
    for one in progress.observations:
        low, high = percent(one.percent.low, 1), percent(one.percent.high, 1)
        if low != high:
            yield f"{written(one.on)}: from {low} to {high}, as {one.remark}."
    yield from (f"{one}: left out." for one in progress.not_seen)


def said_elsewhere(progress: Progress, held: Iterable[Target]) -> Iterator[str]:
    """What a council says of itself about targets that its figures are not held against here."""
    here = {one.id for one in held}
    for word in progress.own_words:
        if word.target not in here:
            said = "on target" if word.on_target else "not on target"
            yield (
                f"Of “{word.target}” it said on {written(word.on)} that it is {said}; these figures are not "
                "held against that."
            )
