"""From the request to the budget: an assessment seen from two sides, eligibility, the offer, the indicative
budget, and what the person pays towards it."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta

from wherewithal.actions import allocation as allocations
from wherewithal.actions import assessment as assessments
from wherewithal.actions import decision as decisions
from wherewithal.actions import finance
from wherewithal.actions import offer as offers
from wherewithal.actions import person as people
from wherewithal.core.assessment import EXPLANATIONS
from wherewithal.core.money import WEEKS_A_YEAR
from wherewithal.core.questions import Questionnaire, counted
from wherewithal.core.roles import Role
from wherewithal.policy.allocation import scheme_in_force
from wherewithal.policy.circumstances import circumstances
from wherewithal.policy.eligibility import rules
from wherewithal.policy.questionnaire import questionnaire_version
from wherewithal.records.models import Allocation, Assessment, Offer, Person, Request, Response
from wherewithal.records.reading import gave_own_answers
from wherewithal.simulate import needs
from wherewithal.simulate.clock import after
from wherewithal.simulate.means import means
from wherewithal.simulate.town import One

NOT_ELIGIBLE_POINTS = 4
WHY_NOT = (
    ("no_change_wanted", ""), ("too_much_paperwork", ""), ("not_an_employer", ""), ("nobody_to_help", ""),
    ("not_understood", "It was a lot to take in on one day."),
    ("other", "My daughter does the money and has enough to do."),
)  # fmt: skip
PAYS = "Has savings above the limit and says they will pay for their own care."
WITHOUT_THEM = "They preferred to talk it through with me, and did not want to fill anything in."
LOOK_AGAIN = "Nights were not counted. I am up twice and need somebody near."


@dataclass(frozen=True)
class Assessed:
    """What an assessment led to. ``allocation`` is None for somebody who is not eligible, or who pays alone;
    ``accepted``: a direct payment was, and the contribution leaves something of it."""

    assessment: Assessment
    allocation: Allocation | None
    unmet: tuple[str, ...]
    accepted: bool


Stage = Generator[datetime, datetime, Assessed]


def assess(one: One, request: Request | None, at: datetime, cared_for: Person | None = None) -> Stage:
    """Two to six weeks, from the first visit until the budget and the contribution are known."""
    rng = one.is_.rng("assess")
    started = assessments.start(
        person=one.person,
        kind=one.is_.kind,
        request=request,
        cared_for=cared_for,
        substantial_difficulty=not one.is_.has_capacity,
        appropriate_person=one.is_.representative if rng.random() < 0.6 else "",
        advocate="Avi Advocate" if not one.is_.has_capacity else "",
        by=one.worker,
        at=at,
    )
    one.opened(one.worker, "person_assessment", at)
    seen = yield from _answers(one, started, at)
    at = yield after(one.town.calendar.now, rng, 1, 9)
    started = _agree(one, started, seen, at)
    unmet = tuple(started.eligibility["unmet"])
    if not started.eligible:
        offers.make(person=one.person, assessment=started, what=Offer.What.INFORMATION, by=one.worker, at=at)
        return Assessed(started, None, unmet, False)
    accepted = yield from _offer(one, started, at)
    at = yield after(at, rng, 0, 5)
    if one.is_.holds == "own_money":
        one.person.refresh_from_db()
        people.change(person=one.person, funding="self_funder", reason=PAYS, by=one.worker, at=at)
        return Assessed(started, None, unmet, False)
    sparse = one.is_.home.place.sparse
    proposed = allocations.propose(assessment=started, sparse_place=sparse, by=one.worker, at=at)
    if one.is_.twist == "looked_again":
        at = yield from _look_again(one, proposed, at)
    at = yield after(at, rng, 1, 8)
    one.opened(one.worker, "person_budget", at)
    paid = finance.assess(person=one.person, means=means(one.is_, at.date()), first=at.date(),
                          by=one.staff(Role.FINANCE, "means"), at=at)  # fmt: skip
    nothing_left = paid.pence_per_week >= proposed.pence_per_week
    return Assessed(started, proposed, unmet, accepted and not nothing_left)


@dataclass(frozen=True)
class Seen:
    """The worker's answers, and to which questionnaire."""

    asked_of: Questionnaire
    answers: needs.Drawn


def _answers(one: One, started: Assessment, at: datetime) -> Generator[datetime, datetime, Seen]:
    """The worker's view is what counts; the person's own comes first, and now and then not at all."""
    rng = one.is_.rng(f"answers {started.started_on}")
    views = {response.view: response for response in started.responses.all()}
    worker_view, own_view = views[Response.View.WORKER], views[Response.View.OWN]
    asked_of = questionnaire_version(worker_view.questionnaire, worker_view.version)
    seen = needs.answers(asked_of, _points(one, asked_of, at), one.is_.facts, rng, least=3)
    at = yield after(at, rng, 2, 12)
    if rng.random() < 0.85:
        own = needs.seen_by_another(asked_of, seen, rng)
        _hand_in(one, own_view, own, at)
    at = yield after(at, rng, 1, 9)
    put_to_worker = questionnaire_version(worker_view.questionnaire, worker_view.version, worker_view.view)
    _hand_in(one, worker_view, counted(put_to_worker, seen), at)
    assessments.explain(assessment=started, what=[thing.code for thing in EXPLANATIONS], by=one.worker, at=at)
    return Seen(asked_of, seen)


def _hand_in(one: One, response: Response, answers: needs.Drawn, at: datetime) -> None:
    assessments.save_answers(response=response, answers=answers, by=one.worker, at=at)
    assessments.hand_in(response=response, by=one.worker, at=at)


def _points(one: One, asked_of: Questionnaire, at: datetime) -> int:
    if one.is_.becomes == "not_eligible":
        return NOT_ELIGIBLE_POINTS
    scheme = scheme_in_force(at.date(), "carer" if one.is_.carer else "adult")
    beside = circumstances(one.is_.facts, sparse_place=one.is_.home.place.sparse)
    wanted = one.is_.wanted_pence_per_year // WEEKS_A_YEAR
    return needs.points_for(scheme, wanted, beside, at.date(), needs.ceiling(asked_of))


def _agree(one: One, started: Assessment, seen: Seen, at: datetime) -> Assessment:
    rule = rules(one.is_.kind, at.date())
    found = needs.findings(rule, seen.asked_of, seen.answers, one.is_.rng("findings"))
    reason = "" if gave_own_answers(started) else WITHOUT_THEM
    return assessments.agree(assessment=started, findings=found, by=one.worker, at=at, reason=reason)


def _offer(one: One, started: Assessment, at: datetime) -> Generator[datetime, datetime, bool]:
    """Offered to everybody; most who will have one accept, some take their time first. True for a yes."""
    rng = one.is_.rng("offer")
    made = offers.make(person=one.person, assessment=started, by=one.worker, at=at)
    wants = one.is_.holds in ("direct_payment", "mixed")
    if not wants and one.is_.holds == "own_money" and rng.random() < 0.3:
        return False  # no answer yet
    if one.is_.twist == "declined_then_accepted" or (wants and rng.random() < 0.08):
        asked_again = at.date() + timedelta(days=10)
        offers.answer(offer=made, answer="later", ask_again_on=asked_again, by=one.worker, at=at)
        at = yield after(at, rng, 10, 14)
    if wants:
        offers.answer(offer=made, answer="accepted", by=one.worker, at=at)
        return True
    why_not, words = rng.choice(WHY_NOT)
    offers.answer(offer=made, answer="declined", why_not=why_not, words=words, by=one.worker, at=at)
    return False


def _look_again(one: One, proposed: Allocation, at: datetime) -> Generator[datetime, datetime, datetime]:
    """The person asks; a manager answers that it stands, since the plan may cost more where it says why."""
    rng = one.is_.rng("look again")
    at = yield after(at, rng, 3, 9)
    asked = allocations.ask_again(
        allocation=proposed, words=LOOK_AGAIN, who=one.is_.name, by=one.worker, at=at
    )
    at = yield after(at, rng, 2, 9)
    decisions.decide(
        decision=asked,
        outcome="upheld",
        reason="The points follow the answers. The plan can cost more: say in it what the nights need.",
        by=one.staff(Role.MANAGER, "look again"),
        at=at,
    )
    return at
