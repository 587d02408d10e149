"""What a council said of itself beside what was published of it: do the two agree, as far as rounding lets?

Both are spans: a share without decimals, rounded down, is anything up to the next whole number; a printed
count stands for all that round to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from wherewithal.core.period import written
from wherewithal.core.refusal import Refusal
from wherewithal.core.survey import Mode

NOT_COMPARED = {
    Mode.ANONYMOUS: "This survey is anonymous: nobody knows whose an answer is, so none can be held against "
    "what was published of a council.",
    Mode.ATTRIBUTED: "This survey is attributed: each answer stands under its council’s name among the "
    "replies, for everybody who reads them. Answers are held against what was published in confidential "
    "(coded) surveys only.",
}


class CannotCompare(Refusal):
    """Named replies of a wave whose replies have no names, or whose names are not to be looked at."""


class Verdict(StrEnum):
    AGREES = "agrees"
    ABOVE = "above"
    BELOW = "below"
    NOTHING_SAID = "nothing said"
    A_MARK = "a mark"
    NOTHING_PUBLISHED = "nothing published"


COMPARED = (Verdict.AGREES, Verdict.ABOVE, Verdict.BELOW)


@dataclass(frozen=True)
class Span:
    """From ``low`` to ``high``; without the very end where it is ``open``."""

    low: Fraction
    high: Fraction
    open: bool = False


def may_compare(
    *, mode: str, unit: str, state: str, keys_gone: bool, keys_go_on: date | None, on: date
) -> None:
    """Only a coded survey of councils that is closed, while its keys exist, and on days before the one on
    which respondents were told that they go. Raises CannotCompare.
    """
    if mode != Mode.CODED:
        raise CannotCompare(NOT_COMPARED[Mode(mode)])
    if unit != "council":
        raise CannotCompare("Figures are published of councils, and this survey asks others.")
    if state not in ("closed", "released"):
        raise CannotCompare(
            "The survey is not closed yet. Answers are held against nothing while they may change."
        )
    if keys_gone:
        raise CannotCompare("The keys are destroyed: nobody knows any more whose an answer is.")
    if keys_go_on is not None and keys_go_on <= on:
        raise CannotCompare(
            f"The keys are due to be destroyed since {written(keys_go_on)}: respondents were told that day. "
            "From then on no name is looked at, whether the keys are there still or not."
        )


def count_said(count: int) -> Span:
    """A number as it was said."""
    return Span(Fraction(count), Fraction(count))


def share_said(percent: int, of: int | None = None) -> Span:
    """A share rounded down to a whole per cent, in per cent; of so many people, in people."""
    times = Fraction(of, 100) if of is not None else Fraction(1)
    whole = percent >= 100
    return Span(percent * times, (percent if whole else percent + 1) * times, open=not whole)


def printed(number: Fraction, *, to: Fraction, leeway: Fraction) -> Span:
    """A figure that was rounded to ``to`` in print, and what of it is taken to agree."""
    wide = to / 2 + leeway
    return Span(number - wide, number + wide)


def verdict(said: Span, published: Span) -> Verdict:
    """They agree where the two have anything in common."""
    if said.low > published.high:
        return Verdict.ABOVE
    if said.high < published.low or (said.open and said.high == published.low):
        return Verdict.BELOW
    return Verdict.AGREES


def agreeing(verdicts: Iterable[Verdict]) -> tuple[int, int]:
    """How many agree, of those that can be compared: something was said, and a number was published."""
    compared = [one for one in verdicts if one in COMPARED]
    return compared.count(Verdict.AGREES), len(compared)
