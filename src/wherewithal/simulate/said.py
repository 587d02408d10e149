"""What is said at a made-up review: it fits what is reviewed and how it goes, and differs from last time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Literal

from wherewithal.core.review_held import Change, Level, Said, Seen
from wherewithal.records.models import Review

Going = Literal["well", "mixed", "badly"]
SENTENCES: Mapping[tuple[str, Going], Sequence[str]] = {
    ("plan", "well"): (
        "Things are going well, and the plan does what it was made for.",
        "Happy with it. Would not be without the support now.",
        "Says the weeks have a shape again. Nothing needs to change.",
        "Good days outnumber bad ones, which was not so before.",
    ),
    ("plan", "mixed"): (
        "It works on the whole. Some of it takes longer than we thought.",
        "Tired since the winter, and yet more is managed than a year ago.",
        "Some weeks go well and some do not. Would like to give it more time.",
        "Pleased with most of it. We talked about what still gets in the way.",
    ),
    ("plan", "badly"): (
        "A hard time since we last met. The support came, but it was not enough to get out of the house.",
        "Ill for weeks, so that little of the plan could happen. Wants to try again before changing it.",
        "Feels that not much has moved. We agreed what to do first, and to talk again soon.",
    ),
    ("direct_payment", "well"): (
        "The money is easy to look after, and there is some put by for the unexpected.",
        "Likes to choose who comes and when. The statements are kept in a folder and add up.",
        "The account was looked at together, and every payment is for what is in the plan.",
        "Knows what is left at any time and asks when unsure.",
    ),
    ("direct_payment", "mixed"): (
        "The money works, but the statements are a chore. We looked at them together.",
        "Spent less than planned in some months, because support fell through now and then.",
        "Gets on with the direct payment, and would like somebody to ring about letters from the bank.",
        "The account is in order. It buys what is in the plan, though not yet all that was hoped for.",
    ),
    ("direct_payment", "badly"): (
        "The account is in order, but looking after it is a worry. Help with it was offered.",
        "The support that the money should buy was hard to find. We went through who else could be asked.",
        "Would rather not change how the money is held, though it bought less than was hoped for.",
    ),
}  # fmt: skip
NOTES: Mapping[Level, Sequence[str]] = {
    "met": ("", "", "Says so, and it shows.", "Better than a year ago.", "Would not want to miss it."),
    "partly": ("", "Slower than hoped.", "On good days.", "With help, and not every week."),
    "not_met": ("Not yet.", "Has not come to it.", "Harder than we thought. We talked about why."),
}


CHANGED: Mapping[Change, Sequence[str]] = {
    "saved": (
        "Does more alone than a year ago, and asked for fewer hours.",
        "A neighbour drives now, so the taxi is not needed.",
        "The class became cheaper for everybody.",
    ),
    "added": (
        "Nights have become harder, and somebody has to look in.",
        "Mother cannot lift any more, so a second pair of hands is needed.",
        "The group meets twice a week now.",
    ),
}
CHANGES_OF_TEN, A_STEP = 2, 150  # reviews of a plan that change its cost; pence a week, some of them


def at_review(rng: Random, review: Review, *, surplus_back_pence: int) -> Said:
    """Each outcome of the plan as it was seen, and a sentence for the whole; support goes on, some of it for
    less or for more.
    """
    seen = {str(outcome.pk): _seen(rng) for outcome in review.plan.outcomes.all()}
    said = Said(
        seen=seen,
        summary=_sentence(rng, review, _going([one.level for one in seen.values()])),
        next_step=Review.Next.CARRY_ON,
        surplus_back_pence=surplus_back_pence,
    )
    return _changed(rng, review, said)


def _changed(rng: Random, review: Review, said: Said) -> Said:
    """Of some reviews of a plan: its cost goes down or up, and why."""
    pence = A_STEP * rng.randint(2, 14)
    of_plan = review.kind == Review.Kind.PLAN and pence < (review.plan.final_pence_per_week or 0)
    if rng.randrange(10) >= CHANGES_OF_TEN or not of_plan:
        return said
    change: Change = rng.choice(("saved", "saved", "added"))
    return replace(
        said, change=change, change_pence_per_week=pence, why=rng.choice(CHANGED[change]),
        next_step=Review.Next.CHANGE_PLAN,
    )  # fmt: skip


def _seen(rng: Random) -> Seen:
    levels: Sequence[Level] = ("met", "partly", "not_met")
    level = rng.choices(levels, (55, 35, 10))[0]
    return Seen(level, rng.choice(NOTES[level]))


def _going(levels: Sequence[Level]) -> Going:
    if all(level == "met" for level in levels):
        return "well"
    return "mixed" if any(level == "met" for level in levels) or "not_met" not in levels else "badly"


def _sentence(rng: Random, review: Review, going: Going) -> str:
    """One that was not said at the person's review before this one."""
    before = Review.objects.filter(person=review.person_id, state=Review.State.DONE)
    last = before.order_by("-done_on", "-pk").values_list("summary", flat=True).first()
    return rng.choice([one for one in SENTENCES[review.kind, going] if one != last])
