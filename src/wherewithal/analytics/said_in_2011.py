"""What councils said of themselves in 2011 about each target, beside what follows from it.

No council is named in print and no series on record is by a target's definition, so nobody's own word can be
held against a count. What can be worked out is how many of those who say one thing must have said another.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.analytics.national_picture import printed
from wherewithal.analytics.pace import months_between
from wherewithal.analytics.rounding import rounded
from wherewithal.core.policy import NoPolicy
from wherewithal.core.target import Target

BEFORE_FIELDWORK = date(2011, 7, 31)
"""The fieldwork was in August 2011 (R1.5-aug2011): no reply is of an earlier day than the end of July."""
_EVERYONE = ("everyone-eligible-2013", "everyone-ongoing-2013", "everyone-direct-payment-2013")
_THIRTY = ("30-percent-ongoing", "30-percent-with-short-term")


@dataclass(frozen=True)
class Said:
    """``said`` by councils of themselves, ``computed`` from the printed figures ``of``, and the rest."""

    said: str
    computed: str
    not_told: str
    of: tuple[str, ...]


def said_in_2011(target: Target) -> tuple[Said, ...]:
    """Nothing where no printed figure is about it. Raises NoPolicy where a printed part is not there."""
    if target.id in _EVERYONE:
        return (_on_target(target),)
    if target.id in _THIRTY:
        return (_a_third(),)
    if target.id == "everyone-by-end-2011-12":
        three, replies = _count("R2.1-three-100"), _count("R1.5-58")
        return (
            Said(
                f"{three} of {replies} councils that replied expect it.",
                "Nothing: how many people these have is not printed.",
                "Which councils they are.",
                ("R2.1-three-100", "R1.5-58", "R2.1-end-1112"),
            ),
        )
    return ()


def must_be_below(said: int, at_or_above: int, unclear: int) -> int:
    """Of those who say they are on target, how many at least must be among those below."""
    return max(0, said - at_or_above - unclear)


def _on_target(target: Target) -> Said:
    said, replies = _count("R2.1-on-target"), _count("R1.5-58")
    below, above, unclear = (_count(id) for id in ("R2.1-below60", "R2.1-60plus", "R2.1-six"))
    least = must_be_below(said, above, unclear)
    edge = int(printed("R2.1-below60-threshold").value)
    months = months_between(BEFORE_FIELDWORK, target.due)
    pace = rounded(Fraction(100 - edge) / months, 1)
    return Said(
        f"{said} of {replies} councils that replied say that they are on target.",
        f"Of the {replies}, {above} state or imply a take-up of {edge}% or more, {below} one below, "
        f"{unclear} nothing or too little. So at least {least} of the {said} are below {edge}%, and need "
        f"more than {pace} points a month on average from August 2011 to reach 100%.",
        "Which of the three wordings of 2013 each had in mind, and how fast each grew: so of none of them "
        "can it be told whether it is on target.",
        ("R2.1-on-target", "R2.1-60plus", "R2.1-below60", "R2.1-six", "R1.5-aug2011"),
    )


def _a_third() -> Said:
    met, replies, half = _count("R1.2-83"), _of("R1.2-83"), _count("R1.2-27")
    return Said(
        f"{met} of {replies} councils that replied to a survey of March 2011 had budgets for a third or "
        f"more, {half} of these for over half.",
        f"A third is more than 30%, so at least {met} of the {replies} met it by their own count.",
        "Whether people with short-term support are in that count: each council decided who is eligible. "
        "How many lay between 30% and a third.",
        ("R1.2-83", "R1.2-27", "R1.2-third-or-more"),
    )


def _count(id: str) -> int:
    numerator = printed(id).numerator
    if numerator is None:
        raise NoPolicy(f"The figure “{id}” is printed without a count.")
    return numerator


def _of(id: str) -> int:
    denominator = printed(id).denominator
    if denominator is None:
        raise NoPolicy(f"The figure “{id}” is printed without what it is of.")
    return denominator
