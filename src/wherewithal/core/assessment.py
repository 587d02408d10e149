"""Around an assessment: who is due an advocate, what must be explained, and when it can be agreed."""

from collections.abc import Collection
from dataclasses import dataclass

from wherewithal.core.refusal import Refusal

ADVOCACY = "Care Act 2014 s67"
INVOLVES = "Care Act 2014 ss1(3)(b), 9(5)(a), 10(7)(a)"


class AdvocateNeeded(Refusal):
    """An assessment of somebody who must have an independent advocate, without the advocate's name."""


class NotExplained(Refusal):
    """An assessment agreed before the person was told what they need to know."""


class NotHeard(Refusal):
    """An assessment agreed on the worker's view alone, without saying why."""


class NoSuchExplanation(Refusal):
    """A code that is none of the things to explain."""


@dataclass(frozen=True)
class Explanation:
    """One thing that every person is told at assessment; ``says`` is for the worker, to tell it by."""

    code: str
    title: str
    says: str


# After: Association of Directors of Adult Social Services, Report on Personalisation Survey, September 2011,
# which lists what councils explain at assessment; in our words.
EXPLANATIONS = (
    Explanation("need", "What they need", "What was found about their needs, and how the council decides."),
    Explanation(
        "entitlement",
        "What they can get",
        "A personal budget, a direct payment, and what they may have to pay.",
    ),
    Explanation(
        "quality",
        "Good support and staying safe",
        "The quality they can expect, what to do when it is not met, and who keeps them safe.",
    ),
    Explanation("who", "Who can give support", "Personal assistants, organisations, family and friends."),
    Explanation("where", "Where to find it", "The directory, brokers, and other people who have been there."),
)


def advocate_due(*, substantial_difficulty: bool, appropriate_person: str) -> bool:
    """Must the council arrange an independent advocate? Where taking part would be very hard for the person
    and nobody appropriate supports them (Care Act 2014 s67)."""
    return substantial_difficulty and not appropriate_person.strip()


def check_advocate(*, substantial_difficulty: bool, appropriate_person: str, advocate: str) -> None:
    """Raise AdvocateNeeded where an advocate is due and none is named."""
    due = advocate_due(substantial_difficulty=substantial_difficulty, appropriate_person=appropriate_person)
    if due and not advocate.strip():
        raise AdvocateNeeded(
            "Taking part would be very hard for this person and nobody appropriate supports them. "
            "Arrange an independent advocate first, and give their name.",
            field="advocate",
            source=ADVOCACY,
        )


def explanation(code: str) -> Explanation:
    """Raises NoSuchExplanation."""
    for one in EXPLANATIONS:
        if one.code == code:
            return one
    known = ", ".join(one.code for one in EXPLANATIONS)
    raise NoSuchExplanation(f"“{code}” is none of the things to explain. They are: {known}.")


def check_explained(explained: Collection[str]) -> None:
    """Raise NotExplained naming the things, by title, that the person was not told yet."""
    missing = [one.title for one in EXPLANATIONS if one.code not in explained]
    if missing:
        raise NotExplained(
            f"The person was not told yet: {'; '.join(missing).lower()}. Explain it and record that you did."
        )


def check_heard(gave_own_answers: bool, reason: str) -> None:
    """Raise NotHeard where the person gave no answer of their own and nobody says why.

    An assessment involves the person, and has regard to their views, wishes and feelings.
    """
    if not gave_own_answers and not reason.strip():
        raise NotHeard(
            "There is no answer of the person's own, so this rests on the worker's view alone. Say why.",
            field="reason",
            source=INVOLVES,
        )
