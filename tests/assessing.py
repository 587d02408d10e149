"""Made-up people on the way from questions to a budget, through the real actions."""

from making import at, person, team, user

from wherewithal.actions import allocation, assessment, offer
from wherewithal.core.assessment import EXPLANATIONS
from wherewithal.core.eligibility import OutcomeFindings, Unmet
from wherewithal.core.roles import Role
from wherewithal.policy.questionnaire import questionnaire_version
from wherewithal.records.models import Allocation, Assessment, Person, Response, User

NEEDS = ("eating", "washing", "toilet", "dressing", "safe", "home", "people", "work", "places", "mind")
ALL_EXPLAINED = [one.code for one in EXPLANATIONS]
TWO_UNMET = OutcomeFindings(
    cause=True, unmet=(Unmet("a", "help"), Unmet("b", "pain")), impact=True, wellbeing=("dignity",)
)
WITHOUT_THEM = "They preferred to talk it through."
NONE_UNMET = OutcomeFindings(cause=True)


def worker() -> User:
    return user("Wren Worker", Role.PRACTITIONER, in_team=team())


def adult_answers(level: str = "some", **more):
    """A whole set of an adult's answers, every need at one level, nobody helping."""
    return {
        "filled_by": "me", "lives_alone": "yes", "has_children": "no", "helped": "no", "risks": ["none"],
        "night_need": "own" if level == "aid" else level, "left_alone": "own" if level == "aid" else level,
        **{f"{need}_need": level for need in NEEDS}, **more,
    }  # fmt: skip


def carer_answers(level: str = "some", **more):
    """A whole set of a carer's answers."""
    needs = ("health", "eating", "home", "people", "work", "places", "leisure")
    return {
        "cares_for": ["parent"], "lives_together": "no", "tasks": ["home"], "caring_hours": 20,
        "nights": level, "willing": "yes", "able": "yes", "has_children": "no", "cares_for_others": "no",
        "last_break": "year", "emergency": "yes", "risks": ["none"],
        **{f"{need}_need": level for need in needs}, **more,
    }  # fmt: skip


def started(who: Person | None = None, kind: str = "adult", moment=None, **more) -> Assessment:
    return assessment.start(person=who or person(), kind=kind, by=worker(), at=moment or at(), **more)


def answers_of(of: Assessment, view: str = "worker") -> Response:
    return of.responses.get(view=view)


def answered(of: Assessment, answers=None, view: str = "worker", moment=None) -> Response:
    """The answers of one side, handed in; those to what that side is not asked are left out."""
    answers = answers or (adult_answers() if of.kind == "adult" else carer_answers())
    common = {"by": worker(), "at": moment or at()}
    given = answers_of(of, view)
    asked_of = questionnaire_version(given.questionnaire, given.version, view).questions
    answers = {id: answer for id, answer in answers.items() if id in asked_of}
    assessment.save_answers(response=given, answers=answers, **common)
    return assessment.hand_in(response=answers_of(of, view), **common)


def agreed(
    who: Person | None = None, answers=None, findings=TWO_UNMET, moment=None, own=None, **more
) -> Assessment:
    """An assessment from start to agreement, all on one day."""
    of = started(who, moment=moment, **more)
    answered(of, answers, moment=moment)
    if own:
        answered(of, own, "own", moment=moment)
    common = {"by": worker(), "at": moment or at()}
    assessment.explain(assessment=of, what=ALL_EXPLAINED, **common)
    return assessment.agree(assessment=of, findings=findings, reason="" if own else WITHOUT_THEM, **common)


def offered(of: Assessment, moment=None, **answer):
    return offer.make(person=of.person, assessment=of, by=worker(), at=moment or at(), **answer)


def proposed(who: Person | None = None, moment=None, sparse_place: bool = False, **more) -> Allocation:
    """A person with an indicative budget."""
    of = agreed(who, moment=moment, **more)
    offered(of, moment)
    return allocation.propose(assessment=of, by=worker(), at=moment or at(), sparse_place=sparse_place)
