"""How far things are, in the person's words, where no budget runs yet: what comes next and who does it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from wherewithal.records.models import Person, Request
from wherewithal.records.models.assessment import Response
from wherewithal.records.standing import Standing, standings
from wherewithal.web.address import address
from wherewithal.web.journey import Step, journey
from wherewithal.web.next_step import NextStep, next_step

NAMES = {
    "Asked": "First asked",
    "Assessed": "What {they} need",
    "Indicative": "How much, about",
    "Plan": "{Your} plan",
    "Agreed": "We agree",
    "Paying": "Money and support",
    "Review": "How it goes",
    "Review by": "How it goes",
}
# What a worker's page calls the next step, and how the person reads it.
WORDS = {
    "Decide the request": "We read what was asked for. Then we tell you what happens next.",
    "Start the assessment": "We talk with {you} about {their} life and what {they} need.",
    "Go on with the assessment": "We talk with {you} about {their} life and what {they} need.",
    "Offer a direct payment": "We talk with {you} about the ways to hold {their} money.",
    "Work out the indicative budget": "We work out about how much money there is for {your} support.",
    "Assess what the person pays": "We work out how much of it {they} pay {themselves}.",
    "Start the plan": "{They} write {their} support plan, with help if {they} want it.",
    "Write the plan anew after the review": "We change the plan with {you}, after the talk we had.",
    "End the support, as the review found": "{Your} support ends, as we said when we talked with {them}.",
    "Go on with the plan": "{Your} support plan is being written.",
    "Change the plan that was sent back": "Something in {your} plan must change before we can agree to it.",
    "Check the conditions of the direct payment": "We check that a direct payment is right for {you}.",
    "Plan anew: the direct payment was refused": "We could not agree to a direct payment. We plan again.",
    "Sign the direct payment agreement": "The agreement about {your} direct payment is signed.",
    "Make the first payment": "We make {your} first payment.",
    "Go on with the review": "We finish our talk with {you} about how {their} plan goes.",
    "Hold the review": "We talk with {you} about how {their} plan goes.",
    "Hold the next review": "We talk with {you} about how {their} plan goes.",
    "Ask again about a direct payment": "We ask {you} again if {they} would like a direct payment.",
    "Look at the plan that its worker agreed": "We check how {your} plan was agreed. Nothing changes.",
    "Write down what they ask for": "Tell us what {they} need help with. We write it down.",
    "Nothing to do now": "There is nothing to do just now.",
    "Decide: sign-off of a plan": "Somebody at the council reads {your} plan and decides.",
    "Decide: conditions of a direct payment": "We decide about {your} direct payment.",
    "Decide: a budget to be looked at again": "We look again at how much money there is.",
}
CLOSED = {
    Request.Outcome.SIGNPOSTED: "We said where {they} can find help. If that is not enough, ask us again.",
    Request.Outcome.NHS: "We passed {your} request on to the NHS. If {they} do not hear from it, ask us.",
    Request.Outcome.NOTHING: "We closed {your} request. If {they} still need help, ask us again.",
}


@dataclass(frozen=True)
class Ahead:
    """``steps`` as the journey draws them; ``says`` what comes next, ``who`` does it, ``by`` when (or None);
    ``note`` what was decided where that is the end of it; ``questions_href`` where they answer themselves.
    """

    standing: Standing
    steps: list[Step]
    says: str
    who: str
    by: date | None
    note: str
    questions_href: str


def ahead(person: Person, on: date, put: Callable[[str], str]) -> Ahead:
    """A dozen queries and two more, whoever it is. ``put``: a text as it is put to whoever reads it."""
    standing = standings([person], on)[person.pk]
    step = next_step(person, on, standing)
    answering = bool(standing.assessment and standing.assessment.agreed_on is None and _own_open(person))
    return Ahead(
        standing=standing,
        steps=[replace(one, name=put(one.name)) for one in _steps(journey(person, on, standing), standing)],
        says=put(says(step)) if step else "",
        who=step.who if step else "",
        by=step.by if step else None,
        note=put(_note(standing)),
        questions_href=address("my_questions") if answering else "",
    )


def says(step: NextStep) -> str:
    """The step as the person reads it; one that has no words of its own yet is still told."""
    return WORDS.get(step.text, "We are working on it. Ask us how far we are.")


def _steps(steps: list[Step], standing: Standing) -> list[Step]:
    """In their names, without links into a worker's pages; where nobody asked, it begins at the second."""
    shown = steps[1:] if standing.assessment and not standing.requests else steps
    first_open = next((place for place, one in enumerate(shown) if one.state != "done"), None)
    open_end = any(one.state == "now" for one in steps)
    return [
        replace(
            one,
            name=NAMES.get(one.name, one.name),
            state="now" if open_end and place == first_open else one.state,
            href="",
        )
        for place, one in enumerate(shown)
    ]


def _own_open(person: Person) -> bool:
    own = Response.objects.filter(person=person, view=Response.View.OWN, state=Response.State.DRAFT)
    return own.filter(assessment__state="started").exists()


def _note(standing: Standing) -> str:
    if standing.assessment and standing.assessment.agreed_on and not standing.assessment.eligible:
        return (
            "We looked at what {they} need with {them}. By the law, the council does not have to pay for "
            "support. Ask us why if you do not know, and come back when something changes."
        )
    latest = standing.requests[-1] if standing.requests else None
    if latest is None or standing.assessment:
        return ""
    return CLOSED.get(Request.Outcome(latest.outcome), "") if latest.outcome else ""
