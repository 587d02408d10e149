"""One share of a survey: its figure as it is printed, with its base, its weight and its error beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wherewithal.analytics.base import ALL, Base, Kind
from wherewithal.analytics.disclosure import Shown, wants_a_second_look
from wherewithal.analytics.figures import Figure, Status
from wherewithal.analytics.interval import standard_error, wilson
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.tally import Group, Sums
from wherewithal.analytics.weights import effective
from wherewithal.core.questions import Question
from wherewithal.core.refusal import Refusal
from wherewithal.policy.disclosure import Rule


class CannotTabulate(Refusal):
    """A table that must not or cannot be made; ``says`` why."""


@dataclass(frozen=True)
class Survey:
    """What a survey's tables have in common: its name, whose words it is in, what answers it, by which rule.

    ``field`` is the size of what a probability sample was drawn from; None for who chose to answer.
    """

    wave: str
    rule: Rule
    unit: str = "council"
    units: str = "councils"
    of: Kind = "answered"
    field: int | None = None


@dataclass(frozen=True)
class Weighting:
    """One weight a reply, in the replies' order, and what they were made by, in words.

    ``apart`` are the groups to which the weights give each its own share.
    """

    weights: Sequence[float]
    says: str
    apart: frozenset[Group] = frozenset()

    @property
    def note(self) -> str:
        return f"Weighted {self.says}."

    @property
    def effective(self) -> float:
        """How many replies without weights would tell as much."""
        return effective(self.weights)


@dataclass(frozen=True)
class Cell:
    """One share. ``figure`` is what is printed; the rest is beside it where it applies.

    ``second_look``: so few said so (or did not) that a second person looks first. ``weighted`` in percent;
    ``error`` its standard error in points; ``interval`` in percent, of a probability sample only.
    """

    figure: Figure
    base: Base
    second_look: bool = False
    weighted: float | None = None
    error: float | None = None
    interval: tuple[float, float] | None = None


def figure_of(
    question: Question,
    value: str,
    label: str,
    group: str,
    base: Base,
    seen: Shown,
    sums: Sums,
    whole: Sums,
    survey: Survey,
) -> Figure:
    """The share of a base that has a value, as it is printed: ``seen`` of what ``sums`` and ``whole`` are."""
    rule, status, percent = survey.rule, seen.status, None
    if base.hidden:
        status = "c"
    count = None if status == "c" else seen.value
    part, of = (seen.value, base.count) if rule.percent_of_rounded else (sums.replies, whole.replies)
    if count is not None and part is not None and of:
        percent = rounded(Fraction(100 * part, of), rule.percent_decimals)
    says: Status = "x" if percent is None and status == "ok" else status
    return Figure(
        measure=f"{question.id}:{value}", period=survey.wave, council=ALL, group=group, numerator=count,
        denominator=base.count, value=percent, status=says, unit="%", base=base.says,
        definition=f"{question.text} {label}", source=survey.wave, verified=True,
    )  # fmt: skip


def cell_of(
    figure: Figure, base: Base, sums: Sums, whole: Sums, survey: Survey, weighting: Weighting | None
) -> Cell:
    """The figure with what stands beside it where it applies."""
    look = wants_a_second_look(sums.replies, whole.replies, survey.rule)
    if figure.value is None:
        return Cell(figure, base, look)
    weighted, error = _weighted(sums, whole) if weighting is not None else (None, None)
    interval = _interval(sums, whole, survey) if figure.group == ALL else None
    return Cell(figure, base, look, weighted, error, interval)


def _weighted(sums: Sums, whole: Sums) -> tuple[float | None, float | None]:
    """The weighted share in percent and its standard error in points; nothing where no weight is."""
    if not whole.weight:
        return None, None
    error = standard_error(whole.replies, whole.weight, whole.squares, sums.weight, sums.squares)
    return 100 * sums.weight / whole.weight, 100 * error


def _interval(sums: Sums, whole: Sums, survey: Survey) -> tuple[float, float] | None:
    if survey.field is None:
        return None
    low, high = wilson(sums.replies, whole.replies, survey.field)
    return 100 * low, 100 * high


def change(first: Cell, second: Cell, *, comparable: bool, same_field: bool) -> Decimal:
    """Points from the first wave to the second.

    Raises CannotTabulate, in words, where the two do not compare: another question, another kind of base, or
    respondents that are not of the same field.
    """
    if not comparable:
        raise CannotTabulate("The question changed between the waves, so its shares are not compared.")
    if first.base.kind != second.base.kind:
        raise CannotTabulate(f"One share is of {first.base}, the other of {second.base}.")
    if not same_field:
        raise CannotTabulate("Other respondents answered: a difference could be theirs and not a change.")
    if first.figure.value is None or second.figure.value is None:
        raise CannotTabulate("One of the two is not shown.")
    return second.figure.value - first.figure.value
