"""The one next step for a person: what, who, by when. ``web/worklist.py`` asks the database the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from wherewithal.core.period import working_days_after
from wherewithal.core.policy import Used
from wherewithal.core.review import overdue
from wherewithal.core.roles import Role, may
from wherewithal.policy.holiday import bank_holidays
from wherewithal.policy.payment import payment_rules
from wherewithal.records.models import Decision, Offer, Person, Plan, Review, User
from wherewithal.records.models.assessment import Assessment, Kind
from wherewithal.records.reviewing import is_pressing
from wherewithal.records.standing import Standing, standings
from wherewithal.web.address import address, open_to


class Group(NamedTuple):
    """What people wait for: as a heading says it, and the permission of whoever does it."""

    title: str
    done_by: str


GROUPS = {
    "overdue": Group("Reviews overdue", "review.write"),
    "requests": Group("Requests to decide", "request.decide"),
    "sent_back": Group("Plans sent back", "plan.write"),
    "set_up": Group("Direct payments to set up", "direct_payment.decide"),
    "assess": Group("Assessments", "assessment.write"),
    "plan": Group("Budgets and plans to write", "plan.write"),
    "stop": Group("Support to end", "arrangement.change"),
    "waiting": Group("Waiting for a decision", "decision.decide"),
    "pay": Group("First payments to make", "run.draft"),
    "due": Group("Reviews coming up", "review.write"),
    "ask_again": Group("Direct payments to ask about again", "offer.make"),
    "look": Group("Plans to look at afterwards", "decision.decide"),
}
WHO = {
    Decision.Level.MANAGER: "a manager",
    Decision.Level.LIGHT: "a manager",
    Decision.Level.PANEL: "the risk enablement panel",
    Decision.Level.OFFICER: "a direct payment officer",
}
# The role that answers a question of each level; an officer's is answered by whoever may decide at all.
ASKED_OF = {
    Decision.Level.MANAGER: Role.MANAGER,
    Decision.Level.LIGHT: Role.MANAGER,
    Decision.Level.PANEL: Role.PANEL,
}


@dataclass(frozen=True)
class NextStep:
    """``text`` as a button says it, ``href`` '' where this deployment has no page for it; ``group`` is a key
    of GROUPS ('' when nothing presses); ``asks`` the question that the step is to answer.
    """

    text: str
    href: str
    who: str
    by: date | None = None
    group: str = ""
    asks: Decision | None = None

    def for_user(self, user: User) -> "NextStep":
        """The step as ``user`` meets it: a question for others waits for them, and what their roles do not
        open has no address.
        """
        if self.asks and not asked_of(self.asks, user):
            return replace(self, text=f"Waits for {self.who}: {_about(self.asks)}", href="")
        return self if self.href and open_to(user, self.href) else replace(self, href="")


def is_for(user: User, group: str) -> bool:
    """Is what this group waits for open to the user's roles to do?"""
    return may(user.roles, GROUPS[group].done_by)


def order_for(user: User) -> list[str]:
    """The groups as ``user`` meets them, the most pressing first: what is for others comes after all that is
    for them.
    """
    return sorted(GROUPS, key=lambda group: not is_for(user, group))


def asked_of(decision: Decision, user: User) -> bool:
    """Is the question for this user's roles to answer? What they wrote themselves is not."""
    role = ASKED_OF.get(Decision.Level(decision.level))
    return role is None or (role in user.roles and decision.author_id != user.pk)


def _about(decision: Decision) -> str:
    return str(decision.get_kind_display()).lower()


def next_step(
    person: Person, on: date, standing: Standing | None = None, order: Iterable[str] = GROUPS
) -> NextStep | None:
    """The one thing to do next, who does it and by when: of the first group in ``order`` that they are in.
    None when the record has ended.
    """
    at = standing or standings([person])[person.pk]
    if person.state == Person.State.ENDED:
        return None
    return next((found for group in order if (found := FOUND_BY[group](at, on))), None) or _rest(at)


def _overdue(at: Standing, on: date) -> NextStep | None:
    late = [review for review in at.reviews if overdue(review.due_on, on)]
    return _review(at.person, late[0], "overdue") if late else None


def _due(at: Standing, on: date) -> NextStep | None:
    near = [review for review in at.reviews if is_pressing(review, on)]
    return _review(at.person, near[0], "due") if near else None


def _review(person: Person, review: Review, group: str) -> NextStep:
    text = "Go on with the review" if review.state == Review.State.HELD else "Hold the review"
    return NextStep(text, address("review_hold", review.pk), worker(person), review.due_on, group)


def _request(at: Standing, on: date) -> NextStep | None:
    if at.undecided is None:
        return None
    href = address("request_decide", at.person.ref, at.undecided.pk)
    return NextStep("Decide the request", href, worker(at.person), None, "requests")


def _sent_back(at: Standing, on: date) -> NextStep | None:
    if at.open_plan is None or at.open_plan.state != Plan.State.SENT_BACK:
        return None
    href = address("person_plan", at.person.ref)
    return NextStep("Change the plan that was sent back", href, _writer(at.person), None, "sent_back")


def _set_up(at: Standing, on: date) -> NextStep | None:
    plan = at.agreed_plan
    if plan is None or not plan.by_direct_payment or at.agreement or at.open_plan:
        return None
    answered = at.conditions if at.conditions and at.conditions.plan_id == plan.pk else None
    who = WHO[Decision.Level.OFFICER]
    ref = at.person.ref
    if answered is None:
        href = address("dp_conditions", ref)
        return NextStep("Check the conditions of the direct payment", href, who, None, "set_up")
    if answered.outcome == Decision.Outcome.REFUSED:
        text = "Plan anew: the direct payment was refused"
        return NextStep(text, address("plan_start", ref), worker(at.person), None, "set_up")
    return NextStep("Sign the direct payment agreement", address("dp_sign", ref), who, None, "set_up")


def _assess(at: Standing, on: date) -> NextStep | None:
    ref, who = at.person.ref, worker(at.person)
    if at.assessment and at.assessment.state == Assessment.State.STARTED:
        return NextStep("Go on with the assessment", address("person_assessment", ref), who, None, "assess")
    if at.to_assess or _after_review(at, Review.Next.ASSESS_AGAIN, at.assessment):
        return NextStep("Start the assessment", address("assessment_start", ref), who, None, "assess")
    return None


def _plan(at: Standing, on: date) -> NextStep | None:
    ref, who = at.person.ref, worker(at.person)
    if at.open_plan and at.open_plan.state == Plan.State.DRAFT:
        href = address("person_plan", ref)
        return NextStep("Go on with the plan", href, _writer(at.person), None, "plan")
    if _after_review(at, Review.Next.CHANGE_PLAN, at.open_plan, at.agreed_plan):
        href = address("plan_start", ref)
        return NextStep("Write the plan anew after the review", href, _writer(at.person), None, "plan")
    assessment = at.assessment
    if assessment is None or not assessment.eligible or planned(at):
        return None
    if at.offer is None or not _belongs(at.offer, assessment):
        return NextStep("Offer a direct payment", address("offer_make", ref), who, None, "plan")
    if at.allocation is None or at.allocation.assessment_id != assessment.pk:
        return NextStep(
            "Work out the indicative budget", address("allocation_propose", ref), who, None, "plan"
        )
    pays = assessment.kind == Kind.ADULT and at.person.funding != Person.Funding.SELF_FUNDER
    if pays and (at.finance is None or at.finance.kind != Kind.ADULT):
        href = address("finance_assess", ref)
        return NextStep("Assess what the person pays", href, "a finance officer or the worker", None, "plan")
    return NextStep("Start the plan", address("plan_start", ref), _writer(at.person), None, "plan")


def _after_review(at: Standing, wanted: Review.Next, *since: Assessment | Plan | None) -> bool:
    """Did the last review ask for that, and has nothing of ``since`` been started from then on?"""
    review = at.reviewed
    if review is None or review.next_step != wanted or review.done_on is None:
        return False
    return all(row is None or row.started_on < review.done_on for row in since)


def _stop(at: Standing, on: date) -> NextStep | None:
    review = at.reviewed
    if review is None or review.next_step != Review.Next.END:
        return None
    if review.plan_id not in [plan_id for _, plan_id in at.running]:
        return None
    href = address("person_money", at.person.ref)
    return NextStep("End the support, as the review found", href, worker(at.person), None, "stop")


def planned(at: Standing) -> bool:
    """Is there a plan, waiting or agreed, that answers the latest assessment?"""
    assessment = at.assessment
    return assessment is not None and any(
        plan is not None and (plan.assessment_id == assessment.pk or plan.started_on >= assessment.agreed_on)
        for plan in (at.open_plan, at.agreed_plan)
    )


def _waiting(at: Standing, on: date) -> NextStep | None:
    waiting = at.waiting
    if waiting is None:
        return None
    who = WHO.get(Decision.Level(waiting.level), worker(at.person))
    text = f"Decide: {_about(waiting)}"
    return NextStep(text, address("decision", waiting.pk), who, None, "waiting", waiting)


def _pay(at: Standing, on: date) -> NextStep | None:
    agreement = at.agreement
    if agreement is None or agreement.first_paid_on:
        return None
    signed = agreement.signed_on
    days = payment_rules(Used(signed)).first_payment_working_days
    by = working_days_after(signed, days, bank_holidays(signed.year, signed.year + 1))
    return NextStep("Make the first payment", address("money"), "a finance officer", by, "pay")


def _ask_again(at: Standing, on: date) -> NextStep | None:
    """They wanted time to think, and the day has come."""
    later = _later(at)
    if later is None or later > on or at.agreement:
        return None
    href = address("offer_make", at.person.ref)
    return NextStep("Ask again about a direct payment", href, worker(at.person), later, "ask_again")


def _later(at: Standing) -> date | None:
    wanted = at.offer and at.offer.answer == Offer.Answer.LATER
    return at.offer.ask_again_on if at.offer and wanted else None


def _look(at: Standing, on: date) -> NextStep | None:
    look = at.second_look
    if look is None:
        return None
    href = address("decision", look.pk)
    text = "Look at the plan that its worker agreed"
    return NextStep(text, href, WHO[Decision.Level.MANAGER], None, "look", look)


def _rest(at: Standing) -> NextStep:
    ref, who = at.person.ref, worker(at.person)
    if later := _later(at):
        return NextStep("Ask again about a direct payment", address("offer_make", ref), who, later)
    if at.review:
        return NextStep("Hold the next review", address("person_reviews", ref), who, at.review.due_on)
    if not at.requests:
        return NextStep("Write down what they ask for", address("request_new", ref), who)
    return NextStep("Nothing to do now", "", "")


def _belongs(offer: Offer, assessment: Assessment) -> bool:
    return offer.assessment_id == assessment.pk or offer.made_on >= (
        assessment.agreed_on or assessment.started_on
    )


def worker(person: Person) -> str:
    if person.worker:
        return str(person.worker)
    return f"a worker of {person.team}" if person.team else "a worker"


def _writer(person: Person) -> str:
    return f"{person.broker}, broker" if person.broker else worker(person)


FOUND_BY: dict[str, Callable[[Standing, date], NextStep | None]] = {
    "overdue": _overdue,
    "requests": _request,
    "sent_back": _sent_back,
    "set_up": _set_up,
    "assess": _assess,
    "plan": _plan,
    "stop": _stop,
    "waiting": _waiting,
    "pay": _pay,
    "due": _due,
    "ask_again": _ask_again,
    "look": _look,
}
