"""Risk: likelihood times impact, a mitigation, scored again after; taken knowingly where it is worth it.

No risk without a mitigation, from the library or in own words: in 2011 councils had a matrix and could seldom
say what they did about it (ADASS, Report on Personalisation Survey, September 2011, section 8.2).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wherewithal.core.period import written
from wherewithal.core.problem import Problem
from wherewithal.core.refusal import Refusal

RiskKind = Literal["customer", "operational", "reputational"]


class NotAScore(Refusal):
    """A likelihood or an impact outside 1 to 5."""


class NoSuchBand(Refusal):
    """Bands that do not cover every score, or a band that is not among them."""


@dataclass(frozen=True)
class Score:
    """How likely and how bad, 1 to 5 each; ``value`` is their product, 1 to 25. Raises NotAScore."""

    likelihood: int
    impact: int

    def __post_init__(self) -> None:
        for name, number in (("likelihood", self.likelihood), ("impact", self.impact)):
            if number not in range(1, 6):
                raise NotAScore(f"The {name} must be a whole number from 1 to 5, not {number}.", field=name)

    @property
    def value(self) -> int:
        return self.likelihood * self.impact


@dataclass(frozen=True)
class Band:
    """Scores from ``from_score`` up to the next band."""

    id: str
    title: str
    from_score: int


@dataclass(frozen=True)
class Mitigation:
    """One entry of the council's library, and the kinds of risk it is meant for."""

    id: str
    says: str
    kinds: tuple[RiskKind, ...]


@dataclass(frozen=True)
class Acceptance:
    """A risk taken knowingly: why it is worth it, and when that is looked at again."""

    reason: str
    review_on: date | None


@dataclass(frozen=True)
class Risk:
    """``mitigations`` are ids of the library; ``own_words`` is a mitigation that is not in it."""

    id: str
    says: str
    kind: RiskKind
    before: Score
    mitigations: tuple[str, ...] = ()
    own_words: str = ""
    after: Score | None = None
    accepted: Acceptance | None = None

    @property
    def mitigated(self) -> bool:
        return bool(self.mitigations or self.own_words.strip())


def band(score: Score, bands: Sequence[Band]) -> Band:
    """The band that the score falls in; the lowest score of a band is in it. Raises NoSuchBand."""
    reached = [one for one in bands if one.from_score <= score.value]
    if not reached:
        raise NoSuchBand(f"No band covers a score of {score.value}. Whoever keeps the policy adds one.")
    return max(reached, key=lambda one: one.from_score)


def reaches(risk: Risk, band_id: str, bands: Sequence[Band]) -> bool:
    """After its mitigation (before it, until it is scored again), is the risk in that band or above?

    Raises NoSuchBand when the policy has no such band.
    """
    floor = next((one.from_score for one in bands if one.id == band_id), None)
    if floor is None:
        raise NoSuchBand(f"There is no band of risk called “{band_id}”.")
    return (risk.after or risk.before).value >= floor


def needs(risk: Risk, library: Collection[Mitigation], on: date) -> list[Problem]:
    """What is still missing from a risk before a plan that carries it can go on.

    ``on`` is the day it is asked: an acceptance must be looked at again after it.
    """
    known = {mitigation.id for mitigation in library}
    where = f"risk:{risk.id}"
    said = [
        Problem(where, f"“{id}” is not in the library of mitigations.")
        for id in risk.mitigations
        if id not in known
    ]
    if not risk.mitigated:
        said.append(Problem(where, f"“{risk.says}” has no mitigation. Choose one or write your own."))
    if risk.after is None:
        said.append(Problem(where, f"“{risk.says}” has not been scored again after its mitigation."))
    elif risk.after.value > risk.before.value:
        scores = f"({risk.after.value}) than before ({risk.before.value})"
        worse = f"“{risk.says}” scores higher after its mitigation {scores}."
        said.append(Problem(where, worse, blocks=False))
    return said + _acceptance(risk, on)


def _acceptance(risk: Risk, on: date) -> list[Problem]:
    if risk.accepted is None:
        return []
    said, where = [], f"risk:{risk.id}"
    if not risk.accepted.reason.strip():
        said.append(
            Problem(where, f"“{risk.says}” is accepted without a reason. Say why it is worth taking.")
        )
    if risk.accepted.review_on is None or risk.accepted.review_on <= on:
        says = f"“{risk.says}” is accepted: give a day after {written(on)} to look at it again."
        said.append(Problem(where, says))
    return said
